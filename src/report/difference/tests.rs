//! Differences of two small documents, for a terminal and in Markdown.

use super::*;
use crate::document::{
    compare::compare,
    import::{ImportOptions, import},
};
use crate::text::{Policy, Tone, stretches};

fn document(id: &str, text: &str) -> Document {
    let mut document = import(
        &format!("某市若干措施\n\n{text}"),
        &ImportOptions::default(),
    )
    .unwrap()
    .document;
    id.clone_into(&mut document.id);
    document
}

const OLD: &str = "\
一、总则
1.压缩时间。进一步压缩货物整体通关时间，优化作业流程。（责任单位：天津海关）
2.降低成本。规范口岸收费。（责任单位：市商务局）
3.便利企业。推行网上办理，公布事项清单。（责任单位：市司法局）
";
const NEW: &str = "\
一、总则
1.压缩时间。持续压缩货物整体通关时间，优化作业流程。（责任单位：天津海关、市交通运输委）
2.便利企业。推行网上办理，公布事项清单。（责任单位：市司法局）
3.数字赋能。建设 *智慧* 口岸平台。（责任单位：天津海关）
";

fn with<T>(lang: Lang, look: impl FnOnce(&Versions<'_>) -> T) -> T {
    let (old, new) = (document("draft", OLD), document("final", NEW));
    let comparison = compare(&old, &new);
    look(&Versions {
        old: &old,
        new: &new,
        comparison: &comparison,
        lang,
    })
}

fn plain(width: Option<usize>) -> String {
    let layout = DifferenceLayout {
        policy: Policy::Narrow,
        width,
    };
    let toned = with(Lang::ZhCn, |v| v.plain(layout, false)).join("\n");
    stretches(&toned).map(|(_, text)| text).collect()
}

#[test]
fn a_pipe_has_a_line_a_text_with_signs() {
    insta::assert_snapshot!(plain(None));
}

#[test]
fn a_wide_terminal_has_them_side_by_side_and_a_narrow_one_below_each_other() {
    insta::assert_snapshot!("wide", plain(Some(100)));
    insta::assert_snapshot!("narrow", plain(Some(40)));
    for width in [1, 2, 10, 40, 99, 100, 101] {
        for line in plain(Some(width)).lines().filter(|l| l.contains("通关")) {
            assert!(
                Policy::Narrow.width(line) <= width.max(4),
                "{width}: {line}"
            );
        }
    }
}

#[test]
fn what_changed_has_a_tone_besides_its_signs() {
    let layout = DifferenceLayout {
        policy: Policy::Narrow,
        width: Some(40),
    };
    let lines = with(Lang::ZhCn, |v| v.plain(layout, false)).join("\n");
    let parts: Vec<_> = stretches(&lines).collect();
    for part in [(Tone::Removed, "[-进一步-]"), (Tone::Added, "{+持续+}")] {
        assert!(parts.contains(&part), "{parts:?}");
    }
}

#[test]
fn markdown_has_one_text_with_both() {
    for lang in [Lang::ZhCn, Lang::En] {
        let text = with(lang, |v| v.markdown(false));
        insta::assert_snapshot!(format!("markdown_{}", lang.tag()), text);
    }
}

#[test]
fn unchanged_clauses_are_shown_on_demand() {
    let old = document("a", OLD);
    let comparison = compare(&old, &old);
    let versions = Versions {
        old: &old,
        new: &old,
        comparison: &comparison,
        lang: Lang::En,
    };
    let layout = DifferenceLayout {
        policy: Policy::Narrow,
        width: None,
    };
    assert_eq!(versions.plain(layout, false), [""; 0]);
    assert_eq!(versions.plain(layout, true).len(), 5);
    assert_eq!(versions.counts(), "3 unchanged");
}
