//! Search results, in document order and ranked. The expected clauses were picked from the text by
//! eye; a query with equal orders has one column.

use crate::search::stage::Stage;
use kouan::search::{Query, highlight};

const HAIGUAN: &str =
    "1.1 2.1 3.1 4.1 5.1 6.1 8.2 9.1 10.3 11.1 11.2 12.1 13.2 15.2 16.2 16.3 17.1 20.1 20.3";
const GANGJITUAN: &str = "1.2 8.1 9.1 15.1 16.1 18.2 20.1";
const BIANLI: &str = "2.1 5.2 6.1 8.2 10.3 14.1 18.2 19.1 19.2 19.3 19.4 20.3 20.4";
const BIANLI_RANKED: &str = "19.1 19.2 19.3 19.4 2.1 18.2 10.3 6.1 8.2 20.4 20.3 5.2 14.1";

/// Queries whose ranking is the document order.
#[rustfmt::skip]
const IN_ORDER: &[(&str, &str)] = &[
    // Han, in a row.
    ("锂电池", "1.1 1.2"),
    ("跨境电商", "13.1 13.2 13.3 15.2"),
    ("单一窗口", "16.1 16.2 16.3 16.4"),
    ("药食同源", "2.1"),
    ("外籍", "19.1 19.2"),
    ("银行", "17.1"),
    ("冷链", "11.3"),
    ("霍尔果斯", "9.1"),
    ("9610跨关区", "13.2"),
    ("贸易便利", ""),
    ("量子", ""),
    ("海关监管模式", ""),
    // Folding: traditional, full width, case.
    ("霍爾果斯", "9.1"),
    ("農業銀行", "17.1"),
    ("ＡＥＯ", "17.1 17.2"),
    ("aeo", "17.1 17.2"),
    ("（aeo）", "17.1 17.2"),
    ("９６１０", "13.2"),
    ("961", "13.2"),
    ("9160", ""),
    // Phrases.
    ("\"2 年以内\"", "19.3"),
    ("“药食同源”商品", "2.1"),
    ("“有效 邀请”", ""),
    // Loose if tight; near misses if not.
    ("锂池", "1.1 1.2"),
    ("口岸费", "20.2"),
    ("跨境物流成本", "20.1 20.2 20.3 20.4"),
    ("单窗", "16.1 16.2 16.3 16.4"),
    ("2年", "19.3"),
    ("海关通", ""),
    ("窗单", ""),
    ("锂时", ""),
    // Exactly.
    ("'口岸费", ""),
    ("exact:一单制", "8.1"),
    ("'tjhg", ""),
    // Pinyin: initials, syllables, mixes, unfinished.
    ("kjds", "13.1 13.2 13.3 15.2"),
    ("duoshi", "8.1 8.2 11.1"),
    ("dsly", "8.1 8.2 11.1"),
    ("duoshilianyun", "8.1 8.2 11.1"),
    ("duoshily", "8.1 8.2 11.1"),
    ("duoshilianyu", "8.1 8.2 11.1"),
    ("lidianchi", "1.1 1.2"),
    ("锂dc", "1.1 1.2"),
    ("9610jg", "13.2"),
    ("aeoqiye", ""),
    ("youlun", "6.1"),
    ("dianzitidan", "15.1"),
    ("ribaoripi", "20.4"),
    ("lianhejili", "17.1 17.2"),
    ("dtyj", ""),
    ("duoshx", ""),
    ("duslian", ""),
    // Polyphones: 行 重 长 单 便 调 降 融 会 率, and ü.
    ("yinhang", "17.1"),
    ("hangyun", "8.1 15.1"),
    ("zhongdian", "15.1"),
    ("changtian", "18.2"),
    ("huandan", "15.1"),
    ("tiaozheng", "20.1"),
    ("chongfu", ""),
    ("haidan", ""),
    ("xingyun", ""),
    ("tuoshui", ""),
    ("tuishui", "13.3"),
    ("zhinengtai", ""),
    // Units.
    ("@天津海关", HAIGUAN),
    ("@海关", HAIGUAN),
    ("@hg", HAIGUAN),
    ("@tjhg", HAIGUAN),
    ("@tianjinhg", HAIGUAN),
    ("@天津海關", HAIGUAN),
    ("@市发改委", "10.1 20.1"),
    ("@市发展改革委", "10.1 20.1"),
    ("@fgw", "10.1 20.1"),
    ("@港集团", GANGJITUAN),
    ("@tjg", GANGJITUAN),
    ("@边检", "16.2 16.4 19.4"),
    ("@国铁", "8.1 9.2 10.2"),
    ("@海事", "16.2 20.1 20.4"),
    // 市药监局 is also 市药品监管局.
    ("@监管", "2.1 7.1 14.1 20.1 20.2"),
    ("@海关总署", ""),
    // Numbers.
    ("#16", "16.1 16.2 16.3 16.4"),
    ("#16.3", "16.3"),
    ("no:13", "13.1 13.2 13.3"),
    ("＃20。4", "20.4"),
    ("#99", ""),
    ("#1", "1.1 1.2"),
    ("ch:4", "16.1 16.2 16.3 16.4"),
    ("ch:6", ""),
    // Several terms, and negation.
    ("ch:2 @hg", "8.2 9.1 10.3 11.1 11.2 12.1"),
    ("#20 @海事", "20.1 20.4"),
    ("@天津港集团 !港口", "9.1 16.1"),
    ("@机场 物流", "11.1"),
    ("物流 ！@海关 港口 ！#8", "18.1 18.2"),
    ("not:ch:5 not:ch:3 not:ch:2 not:ch:1", "16.1 16.2 16.3 16.4"),
    ("is:done", ""),
    ("is:open 锂", "1.1 1.2"),
];

/// Queries whose ranking differs: in document order, and ranked.
#[rustfmt::skip]
const RANKED: &[(&str, &str, &str)] = &[
    // A number first, then text containing it.
    ("16.3", "16.3", "16.3"),
    ("第16条", "16.1 16.2 16.3 16.4", "16.1 16.2 16.3 16.4"),
    ("@海关,商务局 #16,8.1", "16.1 16.2 16.3", "16.1 16.2 16.3"),
    ("通关", "2.1 10.3 13.2 16.2", "2.1 10.3 16.2 13.2"),
    ("班列", "9.2 10.1 10.2 10.3", "10.1 10.2 10.3 9.2"),
    ("保税", "3.1 4.1 11.2", "4.1 3.1 11.2"),
    ("铁路", "8.1 8.2 10.3", "8.1 10.3 8.2"),
    ("便利化水平", "6.1 8.2 10.3", "10.3 6.1 8.2"),
    ("物流", "8.1 11.1 15.2 18.1 18.2 20.1 20.2 20.3 20.4", "18.1 18.2 20.1 20.2 20.3 20.4 15.2 11.1 8.1"),
    ("天津港", "1.2 8.1 9.1 15.1 16.1 18.1 18.2 20.1", "18.2 18.1 20.1 9.1 1.2 8.1 15.1 16.1"),
    ("海关", HAIGUAN, "16.3 16.2 20.3 13.2 17.1 2.1 1.1 3.1 4.1 5.1 6.1 8.2 9.1 10.3 11.1 11.2 12.1 15.2 20.1"),
    ("檢驗", "1.1 1.2 5.1 7.1 16.3", "1.1 1.2 7.1 16.3 5.1"),
    ("收费", "20.1 20.2", "20.2 20.1"),
    ("机场", "11.1 12.1 14.1", "14.1 11.1 12.1"),
    // Contiguous before loose: 进口, then 进出口.
    ("进口", "2.1 5.1 5.2 7.1 15.1 18.1 20.1 20.2 20.3 20.4", "5.1 5.2 7.1 2.1 15.1 20.3 20.2 20.4 20.1 18.1"),
    // A title before a body, also by sound.
    ("dianzi", "13.3 15.1 15.2 16.3", "15.1 16.3 15.2 13.3"),
    ("jizhuangxiang", "1.2 8.1 10.2 15.1 18.2", "10.2 18.2 15.1 1.2 8.1"),
    ("jiangdi", "3.1 20.1 20.2 20.3 20.4", "20.1 20.2 20.3 20.4 3.1"),
    ("hangkong", "12.1 14.1", "12.1 14.1"),
    // 便 is bian and pian.
    ("bianli", BIANLI, BIANLI_RANKED),
    ("pianli", BIANLI, BIANLI_RANKED),
    // ü as v, as u, and itself.
    ("xiaolv", "8.2 10.3 16.2 18.1", "10.3 8.2 16.2 18.1"),
    ("xiaolu", "8.2 10.3 16.2 18.1", "10.3 8.2 16.2 18.1"),
    ("xiaolü", "8.2 10.3 16.2 18.1", "10.3 8.2 16.2 18.1"),
    // 市场 and 时长 differ only in tone.
    ("shichang", "2.1 18.2 20.1 20.2", "18.2 2.1 20.1 20.2"),
    ("hezuo", "8.1 9.1 17.1 19.2", "19.2 8.1 9.1 17.1"),
    ("xingzheng", "16.4 20.1", "20.1 16.4"),
    ("shouxu", "15.2 20.4", "15.2 20.4"),
    // The letter itself in a title, then 俄, 尔 and 二 by sound.
    ("e", "9.1 9.2 10.2 17.1 17.2", "17.1 17.2 9.2 9.1 10.2"),
    // Several words add up.
    ("物流 服务", "8.1 11.1 18.1 18.2 20.3 20.4", "18.1 18.2 20.3 20.4 8.1 11.1"),
    ("\"港口\" wl", "1.2 8.1 18.1 18.2 20.1", "18.1 18.2 20.1 1.2 8.1"),
];

fn check(stage: &Stage, query: &str, in_document: &str, ranked: &str) {
    let matches = stage.find(query);
    assert_eq!(stage.ids(&matches.clauses), in_document, "{query}");
    assert_eq!(stage.ids(&matches.ranked()), ranked, "{query}, ranked");
    assert_eq!(
        matches.best(),
        matches.ranked().first().copied(),
        "{query}, best"
    );
    let read = Query::parse(query);
    assert_eq!(read.unread(), &[] as &[String], "{query}");
}

#[test]
fn what_is_found_in_which_order() {
    let stage = Stage::new();
    for (query, expected) in IN_ORDER {
        check(&stage, query, expected, expected);
    }
    for (query, in_document, ranked) in RANKED {
        check(&stage, query, in_document, ranked);
    }
    assert!(IN_ORDER.len() + RANKED.len() >= 60);
}

#[test]
fn an_empty_query_finds_everything() {
    let stage = Stage::new();
    let matches = stage.find("");
    assert!(matches.clauses.iter().copied().eq(0..42));
    assert_eq!(matches.ranked(), matches.clauses);
    assert_eq!(matches.best(), Some(0));
    assert_eq!(
        stage.find("nothing:x 锂池").clauses,
        stage.find("锂池").clauses
    );
    assert_eq!(stage.find("量子").best(), None);
}

#[test]
fn what_is_highlighted() {
    for (query, text, expected) in [
        ("通关", "快速通关，便利通关", &["通关", "通关"][..]),
        ("tg", "快速通关", &["通关"]),
        ("tianjinhg", "由天津海关负责", &["天津海关"]),
        ("aeo", "（ＡＥＯ）企业", &["ＡＥＯ"]),
        ("關", "海关", &["关"]),
        ("锂池", "锂电池", &["锂", "池"]),
        // Only the best kind of match in a text is marked.
        ("进口", "进出口，进口", &["进口"]),
        ("海 关", "海关", &["海关"]),
        ("口岸 岸收", "口岸收费", &["口岸收"]),
        ("!海", "海关", &[]),
        ("@海关 is:open", "海关", &[]),
        ("(aeo)", "（AEO）", &["（AEO）"]),
        ("", "海关", &[]),
        ("海", "", &[]),
    ] {
        let ranges = highlight(&Query::parse(query), text);
        let marked: Vec<_> = ranges
            .into_iter()
            .filter_map(|range| text.get(range))
            .collect();
        assert_eq!(marked, expected, "{query} in {text}");
    }
}
