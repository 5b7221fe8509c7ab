//! Highlights lie within the text.

use kouan::search::{Query, highlight};
use proptest::prelude::*;

proptest! {
    #![proptest_config(ProptestConfig::with_cases(100))]

    #[test]
    fn highlights_are_in_order_apart_and_on_boundaries(
        line in "[!@'\"a-z海关天津ＡÜ， ]{0,10}",
        text in "[a-zA-Z海关天津長ＡÜ，“ ]{0,24}",
    ) {
        let mut last = None;
        for range in highlight(&Query::parse(&line), &text) {
            prop_assert!(range.start < range.end && last.is_none_or(|last| last < range.start));
            prop_assert!(text.get(range.clone()).is_some());
            last = Some(range.end);
        }
    }
}
