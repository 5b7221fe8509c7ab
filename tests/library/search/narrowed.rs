//! A query that grows is answered from the last answer, and the answer is the same.

use crate::search::stage::Stage;
use kouan::search::{Matches, Query, find, highlight, narrow};
use proptest::prelude::*;
use std::sync::LazyLock;

static STAGE: LazyLock<Stage> = LazyLock::new(Stage::new);

fn grown(line: &str) -> Result<(), TestCaseError> {
    let scene = STAGE.scene();
    let mut last = Matches::default();
    for (end, _) in line.char_indices().chain([(line.len(), ' ')]) {
        let line = line.get(..end).unwrap_or_default();
        let query = Query::parse(line);
        let whole = find(&query, &scene, &STAGE.index);
        if end > 0 {
            last = narrow(&last, &query, &scene, &STAGE.index);
            prop_assert_eq!(&last, &whole, "{}", line);
        }
        last = whole;
    }
    Ok(())
}

#[test]
fn queries_as_typed() {
    for line in [
        "天津海关 通关",
        "tianjinhaiguan",
        "tjhg is:open",
        "!海关 物流",
        "@tjhg #16.3",
        "'通关",
        "“单一窗口” 边检",
        "口岸收费 not:ch:5",
        "9610跨关区",
        "2年以内",
        "xi'an",
        "长tianjin",
        "due:none 锂dianchi",
        "a海",
        "锂dian池",
    ] {
        grown(line).unwrap_or_else(|e| panic!("{line}: {e}"));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(100))]

    #[test]
    fn narrowing_finds_what_finding_finds(
        line in "([!@'\"]?(tianjin|haiguan|[a-z]{1,3}|海关|口岸|单一|通|关|长|行|9610|2|年|#1|is:open|ch:2|[a-zü海关物流']{1,4}) ?){1,5}"
    ) {
        grown(&line)?;
    }

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
