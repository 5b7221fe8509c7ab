//! Bash quoting: parsing a partial line, and inserting a candidate.
//!
//! bash inserts candidates literally. They are single-quoted rather than escaped with backslashes,
//! because in a GBK locale a backslash after a UTF-8 character would be read as half of another
//! character.

/// A command line up to the cursor.
pub(super) struct TypedCommand {
    /// The words without quotes; the one at the cursor is last.
    pub(super) words: Vec<String>,
    /// The part of the last word that bash keeps, without quotes.
    kept: String,
    /// The quote that is open where the replaced part begins.
    open: Option<char>,
    /// Whether the replaced part begins with a tilde for the home folder.
    tilde: bool,
}

impl TypedCommand {
    /// Parses a line whose end, `replaced`, a candidate will replace. Returns `None` if the line
    /// does not end so.
    pub(super) fn new(line: &str, replaced: &str) -> Option<Self> {
        let (words, last, _) = split(line);
        let (mut kept, _, open) = split(last.strip_suffix(replaced)?);
        Some(Self {
            words,
            kept: kept.pop()?,
            open,
            tilde: last == replaced && last.starts_with("~/"),
        })
    }

    /// Returns the text that bash should insert for a candidate, which is a whole word.
    pub(super) fn inserted(&self, candidate: &str) -> Option<String> {
        let rest = candidate.strip_prefix(&self.kept)?;
        let home = rest.strip_prefix("~/").filter(|_| self.tilde);
        Some(match home {
            Some(rest) => format!("~/{}", quoted(rest, None)),
            None => quoted(rest, self.open),
        })
    }
}

/// Returns the unquoted words of a line, the last word as typed, and the quote still open at the
/// end. Nothing is expanded.
fn split(line: &str) -> (Vec<String>, &str, Option<char>) {
    let (mut words, mut word, mut last) = (Vec::new(), String::new(), line);
    let (mut open, mut chars) = (None, line.chars());
    while let Some(c) = chars.next() {
        match (open, c) {
            (None, ' ' | '\t' | '\n') => {
                if !word.is_empty() {
                    words.push(std::mem::take(&mut word));
                }
                last = chars.as_str();
            }
            (None, '\'' | '"') => open = Some(c),
            (Some(mark), _) if mark == c => open = None,
            (None, '\\') => word.extend(chars.next()),
            (Some('"'), '\\') => match chars.next() {
                Some(next @ ('$' | '`' | '"' | '\\')) => word.push(next),
                next => word.extend(std::iter::once('\\').chain(next)),
            },
            _ => word.push(c),
        }
    }
    words.push(word);
    (words, last, open)
}

/// Quotes a text as one bash word; inside an open quote it begins with that (readline does not
/// double it).
fn quoted(text: &str, open: Option<char>) -> String {
    let is_plain = |c: char| c.is_alphanumeric() || "_@%+=:,./-".contains(c);
    if open == Some('"') {
        let inside = |c| match c {
            '$' | '`' | '"' | '\\' | '!' => format!("\"'{c}'\""),
            _ => String::from(c),
        };
        return format!("\"{}\"", text.chars().map(inside).collect::<String>());
    }
    if open.is_none() && text.chars().all(is_plain) {
        return text.to_owned();
    }
    // A folder stays open, to be completed further.
    let end = if text.ends_with('/') { "" } else { "'" };
    format!("'{}{end}", text.replace('\'', r"'\''"))
}

#[cfg(test)]
mod tests {
    use super::TypedCommand;

    #[test]
    fn a_candidate_replaces_what_bash_replaces() {
        for (line, replaced, candidate, inserted) in [
            ("kouan log by:zh", "zh", "by:zhang", Some("zhang")),
            ("kouan log by:zh", "by:zh", "by:zh$(x)", Some("'by:zh$(x)'")),
            ("kouan log by:zh", "zh", "by:zh$(x)", Some("'zh$(x)'")),
            ("kouan log by:zh\\$", "zh\\$", "by:zh$x", Some("'zh$x'")),
            (
                "kouan log 'by:zh",
                "by:zh",
                "by:zh'x",
                Some(r"'by:zh'\''x'"),
            ),
            (
                "kouan log by:\"zh",
                "zh",
                "by:zh`x\"",
                Some("\"zh\"'`'\"x\"'\"'\"\""),
            ),
            ("kouan merge ~/a", "~/a", "~/a b/", Some("~/'a b/")),
            ("kouan log by:", "", "by:~/x", Some("'~/x'")),
            ("kouan log by:", "", "is:done", None),
        ] {
            let typed = TypedCommand::new(line, replaced).expect(line);
            assert_eq!(typed.inserted(candidate).as_deref(), inserted, "{line}");
        }
        assert!(TypedCommand::new("kouan log", "other").is_none());
    }
}
