//! Eliding and padding in each policy.

use super::*;
use proptest::prelude::*;

#[test]
fn elides_at_the_end_with_the_mark_of_the_policy() {
    let title = "探索“药食同源”进口";
    assert_eq!(elide(Policy::Narrow, title, 18), title);
    assert_eq!(elide(Policy::Narrow, title, 17), "探索“药食同源”进…");
    assert_eq!(elide(Policy::Narrow, title, 6), "探索“…");
    assert_eq!(elide(Policy::Wide, title, 20), title);
    assert_eq!(elide(Policy::Wide, title, 18), "探索“药食同源”..");
    assert_eq!(elide(Policy::Safe, title, 19), "探索“药食同源”..");
    let small = [0, 1, 2, 3].map(|w| elide(Policy::Wide, title, w).into_owned());
    assert_eq!(small, ["", ".", "..", ".."]);
    let small = [0, 1, 2, 3].map(|w| elide(Policy::Narrow, title, w).into_owned());
    assert_eq!(small, ["", "…", "…", "探…"]);
}

#[test]
fn elides_in_the_middle() {
    let path = "/srv/口岸/tianjin-2025.yaml";
    assert_eq!(elide_middle(Policy::Narrow, path, 27), path);
    assert_eq!(elide_middle(Policy::Narrow, path, 15), "/srv/口…25.yaml");
    assert_eq!(elide_middle(Policy::Wide, path, 15), "/srv/口..5.yaml");
    assert_eq!(elide_middle(Policy::Safe, path, 1), ".");
}

#[test]
fn elides_so_that_a_place_is_seen() {
    let text = "探索“药食同源”进口商品便利通关措施";
    let around = |of: &str, width| {
        let start = text.find(of).unwrap();
        elide_around(Policy::Narrow, text, &(start..start + of.len()), width).into_owned()
    };
    assert_eq!(around("通关", 40), text);
    assert_eq!(around("药食", 17), "探索“药食同源”进…");
    assert_eq!(around("通关", 17), "…商品便利通关措施");
    assert_eq!(around("便利", 13), "…商品便利通…");
    assert_eq!(around("措施", 13), "…便利通关措施");
    assert_eq!(around("通关", 3), "探…");
    assert_eq!(around("通关", 0), "");
}

#[test]
fn pads_on_either_side() {
    assert_eq!(pad(Policy::Narrow, "“关”", 6), "“关”  ");
    assert_eq!(pad(Policy::Wide, "“关”", 7), "“关” ");
    assert_eq!(pad(Policy::Wide, "“关税”", 7), "“关.. ");
    assert_eq!(pad_left(Policy::Narrow, "3/9", 5), "  3/9");
}

fn text() -> impl Strategy<Value = String> {
    prop_oneof!["[a-z“”中—…é①🙂\u{301} ]{0,24}", any::<String>()]
}

proptest! {
    #[test]
    fn padded_text_has_exactly_the_width(text in text(), width in 0..30usize) {
        for policy in Policy::ALL {
            prop_assert_eq!(policy.width(&pad(policy, &text, width)), width);
            prop_assert_eq!(policy.width(&pad_left(policy, &text, width)), width);
        }
    }

    #[test]
    fn text_around_a_place_fits_and_shows_it(
        before in text(), place in "[a-z中]{1,3}", after in text(), width in 0..30usize
    ) {
        // Blanks keep the surrounding text from joining its graphemes.
        let text = format!("{before} {place} {after}");
        let start = before.len() + 1;
        let range = start..start + place.len();
        for policy in Policy::ALL {
            let cut = elide_around(policy, &text, &range, width);
            prop_assert!(policy.width(&cut) <= width);
            prop_assert!(width < 12 || cut.contains(&place), "{cut:?} {place}");
        }
    }

    #[test]
    fn elided_text_fits_and_begins_as_the_text(text in text(), width in 0..30usize) {
        for policy in Policy::ALL {
            let elided = elide(policy, &text, width);
            prop_assert!(policy.width(&elided) <= width);
            prop_assert!(policy.width(&elide_middle(policy, &text, width)) <= width);
            if policy.width(&text) <= width {
                prop_assert_eq!(&elided, &text);
            } else {
                let kept = elided.trim_end_matches(['…', '.']);
                prop_assert!(text.starts_with(kept));
                // At most a wide glyph minus one column is wasted.
                let widest = policy.graphemes(&text).map(|(_, _, w)| w).max().unwrap_or(0);
                prop_assert!(policy.width(&elided) + widest > width);
            }
        }
    }
}
