//! What stands around the items: title, stage and preamble before them, the trailer after them.
//! May use: `lines`, `flow`, `outline`, `report`.

use super::{
    flow::{Flow, Joint, is_cut, is_stop},
    lines::{Line, is_blank},
    outline::structural,
    report::{Notes, Rule},
    responsibility,
};

/// The text before the first item.
#[derive(Debug, Default)]
pub(super) struct Front {
    pub masthead: Option<String>,
    pub title: String,
    pub stage: Option<String>,
    pub preamble: Option<String>,
}

/// How the titles of documents end.
const TITLES: [&str; 18] = [
    "措施", "意见", "方案", "通知", "办法", "规定", "计划", "清单", "细则", "规划", "决定", "要点",
    "条例", "批复", "通告", "公告", "分工", "安排",
];

/// How stages end: （征求意见稿）, （试行）.
const STAGES: [&str; 6] = ["稿", "试行", "暂行", "草案", "修订", "版"];

/// Returns where the items begin: the first numbered line that is not the title itself.
pub(super) fn body_start(lines: &[Line<'_>]) -> usize {
    lines
        .iter()
        .position(|l| structural(l.text).is_some())
        .unwrap_or(lines.len())
}

/// Returns where the tasks begin in a text without numbers: the first paragraph that says who
/// answers for it.
pub(super) fn unnumbered_start(lines: &[Line<'_>]) -> usize {
    let opener = |c| matches!(c, '（' | '(' | '【' | '〔');
    let labelled = |text: &str| {
        responsibility::has_label(text) || text.split(opener).skip(1).any(responsibility::has_label)
    };
    let first = lines.iter().position(|l| labelled(l.text));
    let mut start = first.unwrap_or(lines.len());
    // A line that only holds the bracket, or was cut, belongs to the lines above it.
    while start > 1 && start < lines.len() {
        let (line, before) = (&lines[start], &lines[start - 1]);
        let bare = responsibility::has_label(line.text.trim_start_matches(opener));
        if !(bare && start == first.unwrap_or(0)
            || is_cut(before.text) && !stands_alone(before.text))
        {
            break;
        }
        start -= 1;
    }
    start
}

/// Reads the lines before the first item.
pub(super) fn read(lines: &[Line<'_>], notes: &mut Notes) -> Front {
    let mut front = Front::default();
    let head = lines
        .iter()
        .take(12)
        .take_while(|l| is_masthead(l.text))
        .count();
    // A paper that is all number and date keeps its first line as the title.
    let head = if head < lines.len() { head } else { 0 };
    front.masthead = block(lines.get(..head).unwrap_or_default(), notes);
    let lines = lines.get(head..).unwrap_or_default();
    let mut rest = title(lines, &mut front, notes);
    if let Some(line) = lines.get(rest)
        && let Some(stage) = stage(line.text)
    {
        note_stage(line, line.text, stage, notes);
        front.stage = Some(stage.to_owned());
        rest += 1;
    }
    front.preamble = paragraphs(lines.get(rest..).unwrap_or_default(), notes);
    if front.title.is_empty()
        && let Some(mut head) = front.masthead.take()
    {
        // Above no title, it is the beginning of the text.
        if let Some(preamble) = &front.preamble {
            head.push('\n');
            head.push_str(preamble);
        }
        front.preamble = Some(head);
    }
    front
}

/// Takes the title off the front, which may go over several lines; returns where it ends.
fn title(lines: &[Line<'_>], front: &mut Front, notes: &mut Notes) -> usize {
    let Some(first) = lines.first().filter(|l| !ends_sentence(l.text)) else {
        return 0;
    };
    let mut flow = Flow::default();
    let text = first
        .text
        .trim_start_matches('#')
        .trim_start_matches(is_blank);
    if text.len() < first.text.len() {
        notes.correct(first.number, first.text, text, Rule::HeadingMark);
    }
    flow.push(first, text, Joint::Break, notes);
    let mut count = 1;
    while let Some(line) = lines.get(count) {
        let complete = TITLES.iter().any(|t| flow.text.ends_with(t));
        if complete || count > 4 || line.gap && !first.gap || !continues_title(line.text) {
            break;
        }
        if line.gap && !lines[count - 1].gap {
            break;
        }
        flow.push(line, line.text, Joint::Cut, notes);
        count += 1;
    }
    front.title = flow.text;
    split_stage(first, front, notes);
    count
}

/// Takes the stage off the end of the title: …措施（征求意见稿）.
fn split_stage(line: &Line<'_>, front: &mut Front, notes: &mut Notes) {
    let Some(at) = front.title.rfind(['（', '(']).filter(|at| *at > 0) else {
        return;
    };
    let printed = front.title.get(at..).unwrap_or_default().to_owned();
    if let Some(stage) = stage(&printed) {
        note_stage(line, &printed, stage, notes);
        front.stage = Some(stage.to_owned());
        front.title.truncate(at);
        let length = front.title.trim_end_matches(is_blank).len();
        front.title.truncate(length);
    }
}

fn note_stage(line: &Line<'_>, printed: &str, stage: &str, notes: &mut Notes) {
    let read = format!("（{stage}）");
    if printed != read {
        notes.correct(line.number, printed, &read, Rule::Stage);
    }
}

fn ends_sentence(text: &str) -> bool {
    text.ends_with(is_stop) || text.ends_with(['：', ':'])
}

fn continues_title(text: &str) -> bool {
    text.chars().count() <= 40
        && !ends_sentence(text)
        && !text.contains('。')
        && stage(text).is_none()
        && !is_number_line(text)
        && !is_date(text)
}

/// Reads `（再次征求意见稿）`.
fn stage(text: &str) -> Option<&str> {
    let inner = text.strip_prefix(['（', '('])?.strip_suffix(['）', ')'])?;
    let short = inner.chars().count() <= 16 && !inner.contains(['（', '(']);
    (short && STAGES.iter().any(|s| inner.ends_with(s))).then_some(inner)
}

/// Tells whether a line is a document's number (文号): 国发〔2019〕3号.
fn is_number_line(text: &str) -> bool {
    text.ends_with('号') && text.contains(['〔', '[', '［', '（', '(']) && text.len() <= 90
}

/// Tells whether a line is a date and nothing else: 2019年1月12日, 二〇一九年一月十二日.
fn is_date(text: &str) -> bool {
    if !text.ends_with('日') || text.len() > 80 {
        return false;
    }
    let tight: String = text.chars().filter(|c| !is_blank(*c)).take(16).collect();
    let digit = |c: char| c.is_numeric() || "〇○零一二三四五六七八九十".contains(c);
    let shape: String = tight.chars().filter(|c| !digit(*c)).collect();
    shape == "年月日" && tight.ends_with('日') && tight.starts_with(digit)
}

/// Joins lines into paragraphs, one a line.
fn paragraphs(lines: &[Line<'_>], notes: &mut Notes) -> Option<String> {
    let mut flow = Flow::default();
    let mut before: Option<&Line<'_>> = None;
    for line in lines {
        let cut = before.is_some_and(|b| is_cut(b.text) && !stands_alone(b.text));
        let joint = if cut && !stands_alone(line.text) {
            Joint::Cut
        } else {
            Joint::Break
        };
        flow.push(line, line.text, joint, notes);
        before = Some(line);
    }
    (!flow.text.is_empty()).then_some(flow.text)
}

/// Tells whether a line is one by itself though it ends without a stop: numbers, dates, offices,
/// titles.
fn stands_alone(text: &str) -> bool {
    is_number_line(text)
        || is_date(text)
        || text.starts_with("附件")
        || TITLES.iter().any(|t| text.ends_with(t))
        || (text.chars().count() <= 16 && !text.contains(|c| is_stop(c) || c == '，'))
}

/// Returns where the trailer begins: the issuing office and date that end a document, the note that
/// it is public, its attachments.
pub(super) fn trailer_start(lines: &[Line<'_>], body_start: usize) -> usize {
    let mut start = lines.len();
    for (i, line) in lines.iter().enumerate().skip(body_start).rev() {
        if responsibility::has_label(line.text.trim_start_matches(['（', '(', '【', '〔'])) {
            break;
        }
        let note = line.text.starts_with("（此件") || line.text.starts_with("(此件");
        let attachment = line.text.starts_with("附件") && line.text.chars().count() <= 60;
        if is_date(line.text) || note || attachment {
            start = i;
        }
    }
    // The offices stand above the date.
    while start < lines.len()
        && start > body_start
        && lines.get(start - 1).is_some_and(|l| is_office(l.text))
    {
        start -= 1;
    }
    start
}

fn is_office(text: &str) -> bool {
    text.chars().count() <= 30
        && !text.contains(|c| is_stop(c) || matches!(c, '，' | '：' | ':' | '、' | '）' | ')'))
        && structural(text).is_none()
}

/// Tells whether a line stands above titles: a number (文号), 某市人民政府文件, 索引号：….
fn is_masthead(text: &str) -> bool {
    #[rustfmt::skip]
    const LABELS: [&str; 20] = [
        "索引号", "主题分类", "主题词", "发文机关", "发文单位", "发文字号", "发文时间", "发布机构",
        "发布日期", "发布时间", "成文日期", "生成日期", "来源", "标题", "名称", "有效性", "效力状态",
        "文件类型", "文号", "公开方式",
    ];
    let tight: String = text.chars().filter(|c| !is_blank(*c)).take(12).collect();
    let labelled = tight.contains(['：', ':']) && LABELS.iter().any(|l| tight.starts_with(l));
    let digit = |c: char| c.is_numeric() || matches!(c, '：' | ':');
    let attached = tight
        .strip_prefix("附件")
        .is_some_and(|n| n.chars().all(digit));
    labelled
        || attached
        || is_number_line(text)
        || is_date(text)
        || text.chars().count() <= 24 && text.ends_with("文件")
}

/// Keeps lines as they are.
pub(super) fn block(lines: &[Line<'_>], notes: &mut Notes) -> Option<String> {
    let mut flow = Flow::default();
    for line in lines {
        flow.push(line, line.text, Joint::Break, notes);
    }
    (!flow.text.is_empty()).then_some(flow.text)
}
