//! Text around the items: title, stage and preamble before, trailer after.

use crate::{
    document::{
        Document,
        vocabulary::{self as of, vocabulary},
    },
    text::simplified::simplify,
};

use super::{
    flow::{Flow, Joint, is_cut, is_stop},
    lines::{SourceLine, is_blank},
    outline::structural,
    report::{Notes, ReadingRule},
    responsibility,
};

/// Returns where the items begin: the first numbered line or table row that is not the title, with
/// the headings right above it.
pub(super) fn body_start(lines: &[SourceLine<'_>]) -> usize {
    let in_table = |l: &SourceLine<'_>| l.row().is_some_and(|r| r.assigns) || l.heading() > Some(4);
    let begins =
        |l: &SourceLine<'_>| structural(l.text).is_some() || l.mark.is_some() && in_table(l);
    let first = lines.iter().position(begins);
    let mut start = first.unwrap_or(lines.len());
    while start > 1 && start < lines.len() && lines[start - 1].heading().is_some() {
        start -= 1;
    }
    start
}

/// Returns where the items begin after a notice that only forwards them: after its date or the word
/// 附件, if assignments come only after that (the first in line `assigned`).
pub(super) fn behind_notice(
    lines: &[SourceLine<'_>],
    start: usize,
    assigned: usize,
) -> Option<usize> {
    let inside = lines.iter().enumerate().skip(start);
    let before = inside.take_while(|(_, l)| l.number < assigned);
    let (cover, _) = before.filter(|(_, l)| ends_notice(l)).last()?;
    let after = lines.iter().enumerate().skip(cover + 1);
    let mut numbered = after.take_while(|(_, l)| l.number <= assigned);
    let first = numbered.find(|(_, l)| structural(l.text).is_some());
    let rest = lines.get(cover + 1..).unwrap_or_default();
    Some(first.map_or_else(|| cover + 1 + unnumbered_start(rest), |(at, _)| at))
}

/// Returns whether a line may end a forwarding notice.
pub(super) fn ends_notice(line: &SourceLine<'_>) -> bool {
    is_date(line.text) || is_annex(line.text)
}

/// Returns whether a line is 附件 alone, perhaps with its number.
fn is_annex(text: &str) -> bool {
    let tight: String = text.chars().filter(|c| !is_blank(*c)).take(12).collect();
    let digit = |c: char| c.is_numeric() || matches!(c, '：' | ':' | '-' | '—');
    tight
        .strip_prefix("附件")
        .is_some_and(|n| n.chars().all(digit))
}

/// Returns where the tasks begin in a text without numbers: the first paragraph with an assignment.
pub(super) fn unnumbered_start(lines: &[SourceLine<'_>]) -> usize {
    let opener = |c| matches!(c, '（' | '(' | '【' | '〔');
    let labelled = |text: &str| {
        !text.is_ascii() && responsibility::has_label(text)
            || text.split(opener).skip(1).any(responsibility::has_label)
    };
    let first = lines.iter().position(|l| labelled(l.text));
    let mut start = first.unwrap_or(lines.len());
    // A bracket alone, or a line that was cut, belongs to the lines above.
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

/// Reads the lines before the first item: title, stage, and the text around them.
pub(super) fn read(lines: &[SourceLine<'_>], notes: &mut Notes) -> Document {
    let mut front = Document::default();
    let head = masthead(lines);
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
        // Without a title below, it is the beginning of the text.
        if let Some(preamble) = &front.preamble {
            head.push('\n');
            head.push_str(preamble);
        }
        front.preamble = Some(head);
    }
    front
}

/// The most lines searched for a letterhead.
const HEAD: usize = 12;

/// Returns the number of lines above the title: numbers, dates, letterhead, web navigation.
fn masthead(lines: &[SourceLine<'_>]) -> usize {
    let han = |t: &str| t.contains(|c| crate::text::simplified::slot(c).is_some());
    let chinese = lines.iter().take(HEAD * 2).any(|l| han(l.text));
    // 某省甲厅 / 某省乙委员会文件 / 某甲字〔2025〕8号: all of it, unless the title is above its
    // number.
    let number = lines.iter().take(HEAD).position(|l| is_number_line(l.text));
    let block = number.filter(|at| {
        let above = lines.get(..*at).unwrap_or_default();
        let short = |l: &SourceLine<'_>| l.text.chars().count() <= 24 && !ends_sentence(l.text);
        above.iter().all(|l| short(l) && !is_title(l.text))
    });
    let mut head = block.map_or(0, |at| at + 1);
    let above = |text: &str| is_masthead(text) || chinese && !han(text) && is_code(text);
    while lines
        .get(head)
        .is_some_and(|l| head < HEAD && above(l.text))
    {
        head += 1;
    }
    // The title is the last line that reads like one before the first sentence, if none comes first
    // or a web page puts its own above.
    let rest = lines.get(head..).unwrap_or_default();
    let talk = rest.iter().position(|l| ends_sentence(l.text));
    let names: Vec<usize> = (0..talk.unwrap_or(rest.len()).min(HEAD))
        .filter(|at| is_title(&title_of(rest, *at).0))
        .collect();
    let page = lines.iter().take(head).any(|l| is_navigation(l.text));
    if let Some(last) = names.last().filter(|_| page || !names.contains(&0)) {
        head += last;
    }
    // If everything is number and date, the first line is the title.
    if head < lines.len() { head } else { 0 }
}

/// Returns whether a line without Han characters is a filing number: XXSP00－2025－0010.
fn is_code(text: &str) -> bool {
    text.chars().count() <= 40 && text.contains(char::is_numeric)
}

/// Returns whether a text ends like a title, without its stage, with every 《 closed.
fn is_title(text: &str) -> bool {
    let stage_at = text.rfind(['（', '(']);
    let stage_at = stage_at.filter(|at| text.get(*at..).is_some_and(|t| stage(t).is_some()));
    let text = stage_at.and_then(|at| text.get(..at)).unwrap_or(text);
    is_complete(text.trim_end_matches(is_blank))
}

/// Returns whether a title is complete: it ends like one, with every 《 closed.
fn is_complete(text: &str) -> bool {
    let open = text.matches('《').count() > text.matches('》').count();
    !open && of::ends(&simplify(text), &vocabulary().titles)
}

/// Reads the title, which may take several lines; returns where it ends.
fn title(lines: &[SourceLine<'_>], front: &mut Document, notes: &mut Notes) -> usize {
    let Some(first) = lines.first().filter(|l| !ends_sentence(l.text)) else {
        return 0;
    };
    let (_, count) = title_of(lines, 0);
    let mut flow = Flow::default();
    for (i, line) in lines.iter().take(count).enumerate() {
        let text = line
            .text
            .trim_start_matches(['#', '*'])
            .trim_start_matches(is_blank);
        let text = if i == 0 { text } else { line.text };
        if text.len() < line.text.len() {
            notes.correct(line.number, line.text, text, ReadingRule::HEADING_MARK);
        }
        // 某省甲厅 某省乙委员会 / 某省丙厅关于…
        let offices = flow.text.contains(is_blank) && of::ends(&flow.text, &vocabulary().closed);
        if offices {
            flow.text.push(' ');
        }
        flow.push(line, text, Joint::Cut, notes);
    }
    front.title = flow.text;
    split_stage(first, front, notes);
    count
}

/// Returns the title that begins in a line, and its number of lines.
fn title_of(lines: &[SourceLine<'_>], at: usize) -> (String, usize) {
    const MOST: usize = 5;
    let lines = lines.get(at..).unwrap_or_default();
    let Some(first) = lines.first() else {
        return (String::new(), 0);
    };
    let mut text = first.text.to_owned();
    let mut count = 1;
    while let (Some(line), Some(before)) = (lines.get(count), lines.get(count - 1)) {
        let apart = line.gap && (!first.gap || !before.gap);
        if is_complete(&text) || count >= MOST || apart || !continues_title(line.text) {
            break;
        }
        text.push_str(line.text);
        count += 1;
    }
    (text, count)
}

/// Splits the stage off the title: …措施（征求意见稿）.
fn split_stage(line: &SourceLine<'_>, front: &mut Document, notes: &mut Notes) {
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

fn note_stage(line: &SourceLine<'_>, printed: &str, stage: &str, notes: &mut Notes) {
    let read = format!("（{stage}）");
    if printed != read {
        notes.correct(line.number, printed, &read, ReadingRule::STAGE);
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
    let plain = simplify(inner);
    (short && of::ends(&plain, &vocabulary().stages)).then_some(inner)
}

/// Returns whether a line is a document number (文号): 国发〔2019〕3号.
fn is_number_line(text: &str) -> bool {
    text.ends_with('号') && text.contains(['〔', '[', '［', '（', '(']) && text.len() <= 90
}

/// Returns whether a line is only a date: 2019年1月12日, 二〇一九年一月十二日.
fn is_date(text: &str) -> bool {
    if !text.ends_with('日') || text.len() > 80 {
        return false;
    }
    let tight: String = text.chars().filter(|c| !is_blank(*c)).take(16).collect();
    let digit = |c: char| c.is_numeric() || "〇○零一二三四五六七八九十".contains(c);
    let shape: String = tight.chars().filter(|c| !digit(*c)).collect();
    shape == "年月日" && tight.ends_with('日') && tight.starts_with(digit)
}

/// Joins lines into paragraphs, one per line.
fn paragraphs(lines: &[SourceLine<'_>], notes: &mut Notes) -> Option<String> {
    let mut flow = Flow::default();
    let mut before: Option<&SourceLine<'_>> = None;
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

/// Returns whether a line is complete though it ends without punctuation: numbers, dates, offices,
/// titles.
fn stands_alone(text: &str) -> bool {
    is_number_line(text)
        || is_date(text)
        || text.starts_with("附件")
        || of::ends(&simplify(text), &vocabulary().titles)
        || (text.chars().count() <= 16 && !text.contains(|c| is_stop(c) || c == '，'))
}

/// Returns where the trailer begins: issuing office and date, the note on publication, attachments.
pub(super) fn trailer_start(lines: &[SourceLine<'_>], body_start: usize) -> usize {
    let mut start = lines.len();
    for (i, line) in lines.iter().enumerate().skip(body_start).rev() {
        let opener = ['（', '(', '【', '〔'];
        if line.row().is_some() || responsibility::has_label(line.text.trim_start_matches(opener)) {
            break;
        }
        let note = line.text.starts_with("（此件") || line.text.starts_with("(此件");
        let attachment = line.text.starts_with("附件") && line.text.chars().count() <= 60;
        if is_date(line.text) || note || attachment {
            start = i;
        }
    }
    // The offices are above the date.
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

/// Returns whether a line belongs above titles: a number (文号), 某市人民政府文件, 索引号：….
fn is_masthead(text: &str) -> bool {
    let tight: String = text.chars().filter(|c| !is_blank(*c)).take(12).collect();
    let tight = simplify(&tight);
    let labelled = tight.contains(['：', ':']) && of::begins(&tight, &vocabulary().masthead);
    labelled
        || is_annex(text)
        || is_navigation(text)
        || is_number_line(text)
        || is_date(text)
        || text.chars().count() <= 24 && text.ends_with("文件")
}

/// Returns whether a line is web navigation: 返回首页, 首页 > 政务公开 > 文件.
fn is_navigation(text: &str) -> bool {
    let path = text.matches(['>', '＞', '»']).count() > 1 && text.chars().count() <= 80;
    let mut parts = text
        .split(['|', '｜', ' ', '\u{3000}', '[', ']', '【', '】'])
        .filter(|part| !part.is_empty());
    path || parts.all(|part| of::is_one(part, &vocabulary().navigation))
}

/// Keeps lines unchanged.
pub(super) fn block(lines: &[SourceLine<'_>], notes: &mut Notes) -> Option<String> {
    let mut flow = Flow::default();
    for line in lines {
        flow.push(line, line.text, Joint::Break, notes);
    }
    (!flow.text.is_empty()).then_some(flow.text)
}
