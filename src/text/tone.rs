//! Marks spans of a line with what they are, so that the printer can clean the line first and
//! colour it afterwards.
//!
//! A span is enclosed in noncharacters, which Unicode (23.7) reserves for a program's own use;
//! lines are laid out before, since the marks have no width. In text that others typed they are
//! cleaned away; one that got through could do no more than colour.

/// What a span is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Tone {
    /// Running text.
    #[default]
    Plain,
    /// A heading.
    Heading,
    /// Secondary text: labels, signatures.
    Quiet,
    /// In progress.
    Doing,
    /// Done or closed.
    Done,
    /// Without an end.
    Ongoing,
    /// Blocked or overdue.
    Bad,
    /// Due soon.
    Soon,
    /// Only in the old text.
    Removed,
    /// Only in the new text.
    Added,
}

const END: char = '\u{fddf}';

const MARKS: [(char, Tone); 9] = [
    ('\u{fdd0}', Tone::Heading),
    ('\u{fdd1}', Tone::Quiet),
    ('\u{fdd2}', Tone::Doing),
    ('\u{fdd3}', Tone::Done),
    ('\u{fdd4}', Tone::Ongoing),
    ('\u{fdd5}', Tone::Bad),
    ('\u{fdd6}', Tone::Soon),
    ('\u{fdd7}', Tone::Removed),
    ('\u{fdd8}', Tone::Added),
];

impl Tone {
    /// Returns the text as a span.
    pub fn set(self, text: &str) -> String {
        let mark = MARKS.iter().find(|(_, tone)| *tone == self);
        mark.map_or_else(|| text.to_owned(), |(mark, _)| format!("{mark}{text}{END}"))
    }
}

/// Returns the spans of a line with their tones.
pub fn stretches(line: &str) -> impl Iterator<Item = (Tone, &str)> {
    let mut next = Tone::Plain;
    line.split_inclusive(|c| matches!(c, '\u{fdd0}'..=END))
        .map(move |part| {
            let text = part.trim_end_matches(|c| matches!(c, '\u{fdd0}'..=END));
            let last = part.chars().next_back();
            let mark = MARKS.iter().find(|(mark, _)| Some(*mark) == last);
            (
                std::mem::replace(&mut next, mark.map_or(Tone::Plain, |m| m.1)),
                text,
            )
        })
}

#[cfg(test)]
mod tests {
    use super::{MARKS, Tone, stretches};

    #[test]
    fn a_stretch_ends_where_it_was_set_to() {
        for (_, tone) in MARKS {
            let line = format!("通{}关", tone.set("“港”"));
            let parts: Vec<_> = stretches(&line).collect();
            assert_eq!(
                parts,
                [(Tone::Plain, "通"), (tone, "“港”"), (Tone::Plain, "关")]
            );
        }
        let line = Tone::Bad.set("");
        assert!(stretches(&line).all(|(_, text)| text.is_empty()));
    }
}
