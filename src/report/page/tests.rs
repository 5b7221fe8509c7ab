//! Tests that the page is complete, and that all text in it stays text.

use super::PageInput;
use crate::{
    locale::Lang,
    progress::{Body, Draft, Due, Edit, Kind, Progress, Status, Target},
    report::{
        Basis,
        export::{Format, Ledger},
    },
    search::{Limits, Scene, Units},
};
use std::sync::Arc;

/// Calls `check` with a document of two clauses, the second overdue and with a remark.
fn with(remark: &str, check: impl Fn(&Basis<'_>)) {
    let text = crate::document::catalogue::load("tianjin-2025", std::path::Path::new("/nowhere"));
    let document = Arc::new(text.unwrap());
    let mut progress = Progress::new(Arc::clone(&document));
    let id = |clause: usize| document.clauses[clause].id;
    for (week, edit) in [
        ("2026-11-02T02:00:00Z", Edit::status(id(0), Status::Done)),
        (
            "2026-11-20T02:00:00Z",
            Edit {
                due: Some(Some(Due::Date(jiff::civil::date(2026, 11, 21)))),
                owner: Some(Some(remark.to_owned())),
                remark: Some((Kind::Problem, remark.to_owned())),
                ..Edit::new(Target::clause(id(1)))
            },
        ),
    ] {
        let draft = Draft::new(remark, "s", Body::Edits(vec![edit]));
        progress.insert(draft.at(week.parse().unwrap(), None, jiff::tz::Offset::UTC));
    }
    let now: jiff::Timestamp = "2026-11-23T02:00:00Z".parse().unwrap();
    let zone = jiff::tz::TimeZone::UTC;
    let basis = Basis {
        scene: Scene {
            document: &document,
            progress: &progress,
            me: "a",
            units: Units::builtin(),
            today: jiff::civil::date(2026, 11, 23),
            now,
            zone: &zone,
            limits: Limits::default(),
            views: &crate::search::NO_VIEWS,
        },
        lang: Lang::ZhCn,
    };
    check(&basis);
}

fn html(basis: &Basis<'_>) -> String {
    String::from_utf8(Ledger::of(basis).bytes(Format::Html).unwrap()).unwrap()
}

#[test]
fn a_page_has_all_parts_and_asks_for_nothing() {
    with("接口未开通", |basis| {
        let page = html(basis);
        for part in [
            "<html lang=\"zh-CN\">",
            "default-src 'none'",
            "<main>",
            "<polyline class=\"complete\"",
            "<details class=\"chapter\" open>",
            "<table class=\"sorted\" id=\"clauses-table\">",
            "<tr data-state=\"todo overdue\">",
            "接口未开通",
            "1/42",
        ] {
            assert!(page.contains(part), "{part}");
        }
        for outside in ["http://", "https://", "src=", "url(", "@import", "style=\""] {
            assert!(!page.contains(outside), "{outside}");
        }
        assert_eq!(page.matches("<tr data-state").count(), 42);
        assert_eq!(page.matches("<article>").count(), 42);
        let opened = page.matches("<details").count();
        assert_eq!(opened, page.matches("</details>").count());
    });
}

#[test]
fn a_page_of_one_clause_shows_that_clause() {
    with("", |basis| {
        let page = PageInput {
            basis,
            clauses: &[1],
            sections: &[],
        };
        let page = page.print();
        assert_eq!(page.matches("<article>").count(), 1);
        assert!(page.contains("42 款中的 1 款"));
    });
}

#[test]
fn what_people_typed_is_text_on_a_page() {
    for hostile in [
        "<script>alert(1)</script>",
        "</style></script><img src=x onerror=alert(1)>",
        "\" onmouseover=\"alert(1)",
        "' onclick='x",
        "abc\u{202e}gpj\u{1b}[31m",
    ] {
        with(hostile, |basis| {
            let page = html(basis);
            let (_, body) = page.split_once("<body>").unwrap();
            let (body, _) = body.rsplit_once("<script>").unwrap();
            for tag in [
                "<script",
                "<img",
                "\" onmouse",
                "' onclick",
                "\u{202e}",
                "\u{1b}",
            ] {
                assert!(!body.contains(tag), "{tag}");
            }
        });
    }
}

#[test]
fn only_addresses_are_links_on_a_page() {
    let evidence = "见 https://a.cn/?x=1&y='2 javascript:alert(1) file:///srv/纪要.docx\" onclick=\"x \
                    data:text/html,z http://b.cn/<script> mailto:a@b.cn\u{1b}]8;;evil http://c.cn\u{202e}";
    with(evidence, |basis| {
        let page = html(basis);
        let link = |part: &str| part.split('"').next().unwrap().to_owned();
        let mut links: Vec<String> = page.split("<a href=\"").skip(1).map(link).collect();
        links.sort();
        links.dedup();
        assert_eq!(
            links,
            [
                "file:///srv/纪要.docx",
                "http://b.cn/",
                "http://c.cn",
                "https://a.cn/?x=1&amp;y=",
                "mailto:a@b.cn"
            ]
        );
        for bad in [
            "href=\"javascript",
            "\" onclick",
            "<script>\u{20}",
            "\u{1b}",
        ] {
            assert!(!page.contains(bad), "{bad}");
        }
    });
}

#[test]
fn every_status_has_its_colours_in_the_style() {
    let style = include_str!("../../../data/page.css");
    for status in Status::ALL {
        let has = |start: &str| {
            let rule = format!("{start}.{}", status.id());
            [" {", ","]
                .iter()
                .any(|end| style.contains(&(rule.clone() + end)))
        };
        assert!(
            has("\n") || has(" "),
            "data/page.css colours no .{}",
            status.id()
        );
        assert!(
            has("svg rect"),
            "data/page.css fills no svg rect.{}",
            status.id()
        );
    }
}
