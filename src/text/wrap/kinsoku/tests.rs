//! The table against the standard's own lists.

use super::*;

#[test]
fn marks_that_begin_no_line() {
    for c in "，。、；：！？）》”’】〕〉」』…·～%％℃,.;:!?)]}々ー".chars()
    {
        assert!(
            kind(c).never_begins(false) && kind(c).never_begins(true),
            "{c}"
        );
        assert!(!kind(c).never_ends(), "{c}");
    }
    assert!(kind('-').never_begins(false) && !kind('-').never_begins(true));
}

#[test]
fn marks_that_end_no_line() {
    for c in "（《“‘【〔〈「『([{￥$№".chars() {
        assert!(kind(c).never_ends() && !kind(c).never_begins(false), "{c}");
    }
    assert!(kind('/').never_ends() && kind('/').never_begins(true));
}

#[test]
fn text_may_begin_and_end_a_line() {
    for c in "天年a9第①é🙂".chars() {
        assert!(!kind(c).never_begins(false) && !kind(c).never_ends(), "{c}");
    }
}
