//! The importer on text that nobody wrote: no panic, nothing lost, and a document that reads back.

use kouan::document::{
    import::{ImportError, Options, import},
    yaml,
};
use proptest::prelude::*;

/// What documents are made of, and what breaks them.
const PARTS: [&str; 60] = [
    "\n",
    "\n\n",
    " ",
    "\u{3000}",
    "一、",
    "二、",
    "（一）",
    "（二）",
    "(三)",
    "1.",
    "2．",
    "3、",
    "10. ",
    "(1)",
    "（2）",
    "第一条 ",
    "第二章 ",
    "# ",
    "## ",
    "- [ ] ",
    "- [x] ",
    "* ",
    "- ",
    "1) ",
    "支持企业申请",
    "优化流程",
    "，",
    "。",
    "；",
    "：",
    "“",
    "”",
    "（责任单位：",
    "(责任单位:",
    "牵头单位：",
    "〔配合单位：",
    "【",
    "】",
    "）",
    ")",
    "〕",
    "（",
    "(",
    "市商务局",
    "、",
    "天津海关",
    "市发改委",
    "等",
    "按职责分工",
    "负责",
    "牵头",
    "指导",
    "参与",
    "6月底完成",
    "排在第一位的为牵头单位，下同",
    "—2—",
    "附件",
    "2019年1月12日",
    "国务院",
    "text, words",
];

fn soup() -> impl Strategy<Value = String> {
    let part = prop_oneof![
        20 => proptest::sample::select(&PARTS[..]).prop_map(str::to_owned),
        1 => "\\PC{0,3}",
    ];
    proptest::collection::vec(part, 0..120).prop_map(|parts| parts.concat())
}

/// Documents that are nearly right: a heading, items, brackets, with soup between.
fn nearly() -> impl Strategy<Value = String> {
    proptest::collection::vec((soup(), 0usize..6), 1..8).prop_map(|items| {
        let mut out = String::from("某市若干措施\n一、甲\n");
        for (i, (soup, kind)) in items.into_iter().enumerate() {
            let n = i + 1;
            let part = match kind {
                0 => format!("{n}.做好{soup}。推进。（责任单位：市商务局）\n"),
                1 => format!("{n}.标题。{soup}（市商务局牵头，天津海关参与）\n"),
                2 => format!("（{n}）标题\n{soup}\n牵头单位：市商务局\n"),
                3 => format!("二、{soup}\n1.标题。{soup}（责任单位：天津海关\n"),
                4 => format!("{soup}\n"),
                _ => format!("- [ ] {soup}\n"),
            };
            out.push_str(&part);
        }
        out
    })
}

fn check(text: &str) -> Result<(), TestCaseError> {
    match import(text, &Options::default()) {
        Ok(imported) => {
            let written = yaml::write(&imported.document);
            let read = yaml::read(&written, "fuzz");
            prop_assert!(read.is_ok(), "{:?}\n{text}\n{written}", read.err());
            prop_assert_eq!(read.ok(), Some(imported.document));
        }
        Err(error) => prop_assert!(
            !matches!(error, ImportError::Lost { .. }),
            "{text:?}: {error}"
        ),
    }
    Ok(())
}

proptest! {

    #[test]
    fn any_soup_is_imported_whole_or_refused(text in soup()) {
        check(&text)?;
    }

    #[test]
    fn what_is_nearly_a_document_is_imported_whole(text in nearly()) {
        check(&text)?;
    }

    #[test]
    fn any_text_at_all_is_imported_whole_or_refused(text in "(?s).{0,200}") {
        check(&text)?;
    }
}
