//! The three ways of matching a pattern.

use super::*;
use proptest::prelude::*;

fn find(pattern: &str, text: &str) -> Option<(MatchKind, String)> {
    let pattern = Pattern::new(pattern, false);
    let text = fold::text(text, fold::any);
    let few = Matcher::new(&pattern).find(&text);
    assert_eq!(few, Matcher::for_many(&pattern).find(&text));
    few.map(|(way, place)| (way, text.get(place).expect("a place").to_owned()))
}

#[test]
fn what_a_text_has() {
    let table = [
        // Initials, syllables and mixes; the last may be a prefix.
        (
            "tjhg",
            "由天津海关负责",
            Some((MatchKind::Sound, "天津海关")),
        ),
        (
            "tianjinhg",
            "由天津海关负责",
            Some((MatchKind::Sound, "天津海关")),
        ),
        (
            "tianjhaiguan",
            "由天津海关负责",
            Some((MatchKind::Sound, "天津海关")),
        ),
        ("tianj", "由天津海关负责", Some((MatchKind::Sound, "天津"))),
        ("tia", "由天津海关负责", Some((MatchKind::Sound, "天"))),
        ("duoshi", "集装箱多式联运", Some((MatchKind::Sound, "多式"))),
        ("zhg", "中国", Some((MatchKind::Sound, "中国"))),
        ("zg", "中国", Some((MatchKind::Sound, "中国"))),
        ("zhongg", "中国", Some((MatchKind::Sound, "中国"))),
        (
            "天津hg",
            "由天津海关负责",
            Some((MatchKind::Sound, "天津海关")),
        ),
        ("tjkouan", "天津口岸", Some((MatchKind::Sound, "天津口岸"))),
        // An incomplete syllable must be the last.
        ("tiahg", "天津海关", None),
        ("tianiin", "天津", None),
        ("tjhg", "天津的海关", None),
        ("tjhgx", "天津海关", None),
        // Polyphones, and readings that nobody means.
        ("yinhang", "中国银行", Some((MatchKind::Sound, "银行"))),
        ("yinxing", "中国银行", Some((MatchKind::Sound, "银行"))),
        ("zhongdian", "以重点企业", Some((MatchKind::Sound, "重点"))),
        ("chongfu", "重复", Some((MatchKind::Sound, "重复"))),
        ("csj", "长三角", Some((MatchKind::Sound, "长三角"))),
        ("zengzhang", "增长", Some((MatchKind::Sound, "增长"))),
        ("changdu", "长度", Some((MatchKind::Sound, "长度"))),
        ("huanhui", "还会", Some((MatchKind::Sound, "还会"))),
        ("jiangdi", "降低", Some((MatchKind::Sound, "降低"))),
        ("xiangdi", "降低", Some((MatchKind::Sound, "降低"))),
        ("pianyi", "便宜", Some((MatchKind::Sound, "便宜"))),
        ("diaodu", "调度", Some((MatchKind::Sound, "调度"))),
        ("tiaozheng", "调整", Some((MatchKind::Sound, "调整"))),
        ("tuoshui", "退税", None),
        ("fu", "市", None),
        ("xiong", "能", None),
        ("tuo", "税", None),
        // ü.
        ("lvse", "绿色", Some((MatchKind::Sound, "绿色"))),
        ("luse", "绿色", Some((MatchKind::Sound, "绿色"))),
        ("lüse", "绿色", Some((MatchKind::Sound, "绿色"))),
        ("xiaolv", "效率", Some((MatchKind::Sound, "效率"))),
        ("shuai", "效率", Some((MatchKind::Sound, "率"))),
        ("celve", "策略", Some((MatchKind::Sound, "策略"))),
        ("celue", "策略", Some((MatchKind::Sound, "策略"))),
        // An apostrophe divides syllables.
        ("xi'an", "先去西安", Some((MatchKind::Sound, "西安"))),
        ("xian", "先去西安", Some((MatchKind::Sound, "先"))),
        // ASCII text matches exactly first; also mixed with sound.
        ("AEO", "（AEO）企业", Some((MatchKind::Exact, "aeo"))),
        ("aeo", "ＡＥＯ企业", Some((MatchKind::Exact, "aeo"))),
        ("９６１０", "海关9610监管", Some((MatchKind::Exact, "9610"))),
        (
            "9610jg",
            "海关9610监管",
            Some((MatchKind::Sound, "9610监管")),
        ),
        ("961", "9-6-1", None),
        // Folding.
        ("關稅", "关税", Some((MatchKind::Exact, "关税"))),
        ("关税", "關稅", Some((MatchKind::Exact, "关税"))),
        ("(aeo)", "（AEO）企业", Some((MatchKind::Exact, "(aeo)"))),
        // Loose: tight, in order, within one phrase.
        ("锂池", "锂电池", Some((MatchKind::Loose, "锂电池"))),
        ("口岸费", "口岸收费", Some((MatchKind::Loose, "口岸收费"))),
        (
            "边检站",
            "天津边检总站",
            Some((MatchKind::Loose, "边检总站")),
        ),
        (
            "跨境物流成本",
            "跨境物流全流程综合成本",
            Some((MatchKind::Loose, "跨境物流全流程综合成本")),
        ),
        ("通关", "通过海关", None),
        ("锂检", "锂电池检", None),
        ("池锂", "锂电池", None),
        ("市海关", "集团、市，海关", None),
        ("锂电检验", "锂电池包装使用鉴定检验", None),
    ];
    for (pattern, text, expected) in table {
        let expected = expected.map(|(way, place)| (way, place.to_owned()));
        assert_eq!(find(pattern, text), expected, "{pattern} in {text}");
    }
}

#[test]
fn exact_is_exact() {
    for (pattern, text, expected) in [
        ("通关", "快速通关", true),
        ("tg", "快速通关", false),
        ("通关", "通海关", false),
        ("單一", "单一", true),
    ] {
        let pattern = Pattern::new(pattern, true);
        let found = Matcher::for_many(&pattern).find(text);
        assert_eq!(found.is_some(), expected, "{text}");
    }
}

#[test]
fn the_tightest_loose_place_and_all_exact_ones() {
    let pattern = Pattern::new("边检站", false);
    let places = Matcher::new(&pattern).places("边检某站，边检站台，边某检某站");
    assert_eq!(places, vec![15..24]);
    let loose = Matcher::new(&pattern).places("边某检某某站，边检总站");
    assert_eq!(loose, [21..24, 24..27, 30..33]);
    let sound = Pattern::new("bj", false);
    assert_eq!(Matcher::new(&sound).places("边检或北京"), [0..6, 9..15]);
}

proptest! {
    #[test]
    fn places_are_apart_and_on_boundaries(pattern in "[a-z海关天'，]{1,6}", text in "[a-z海关天津，]{0,20}") {
        let pattern = Pattern::new(&pattern, false);
        let mut last = 0;
        for place in Matcher::new(&pattern).places(&text) {
            prop_assert!(place.start >= last && place.end > place.start);
            prop_assert!(text.get(place.clone()).is_some());
            last = place.end;
        }
    }
}
