//! Input states: which keys count at the moment.

/// Which keys count at the moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Mode {
    /// Walking the outline.
    Browse,
    /// The checklist is shown as it was on an earlier day.
    Past,
    /// A clause is open, with the numbered menu.
    Detail,
    /// The help is open.
    Help,
    /// The history is open.
    History,
    /// The history of one clause is open.
    Dossier,
    /// The deadlines are shown.
    Deadlines,
    /// The documents are shown.
    Documents,
    /// Carried progress is decided on, pair by pair.
    Review,
    /// A list to pick from is open.
    Pick,
    /// The exports to choose from.
    Export,
    /// A question waits for yes or no.
    Confirm,
    /// A line is being typed.
    Line,
    /// A remark is being written.
    Write,
    /// The table of units is open.
    Units,
    /// A meeting goes through clauses, one a screen.
    Meeting,
}

impl Mode {
    /// All modes, in the order of the help.
    pub const ALL: [Self; 16] = [
        Self::Browse,
        Self::Detail,
        Self::Meeting,
        Self::Units,
        Self::Deadlines,
        Self::Past,
        Self::Pick,
        Self::Export,
        Self::History,
        Self::Dossier,
        Self::Documents,
        Self::Review,
        Self::Confirm,
        Self::Line,
        Self::Write,
        Self::Help,
    ];

    /// Returns the key of its name in `data/locales`.
    pub const fn name_key(self) -> &'static str {
        match self {
            Self::Browse => "mode.browse",
            Self::Past => "mode.past",
            Self::Detail => "mode.detail",
            Self::Dossier => "mode.dossier",
            Self::Deadlines => "mode.deadlines",
            Self::Help => "mode.help",
            Self::Pick => "mode.pick",
            Self::Export => "mode.export",
            Self::History => "mode.history",
            Self::Documents => "mode.documents",
            Self::Review => "mode.review",
            Self::Confirm => "mode.confirm",
            Self::Line => "mode.line",
            Self::Write => "mode.write",
            Self::Units => "mode.units",
            Self::Meeting => "mode.meeting",
        }
    }

    /// Returns whether it is a box over another screen, with its keys in its title.
    pub const fn is_popup(self) -> bool {
        matches!(
            self,
            Self::Pick | Self::Export | Self::Documents | Self::Confirm | Self::Line | Self::Write
        )
    }

    /// Returns whether a character without a key begins something: in the outline, digits a jump
    /// and Han characters a search; in the help and in a meeting, Han characters a search.
    pub fn takes(self, c: char) -> bool {
        let is_word = !c.is_ascii() && c.is_alphanumeric();
        match self {
            Self::Browse => is_word || c.is_ascii_digit(),
            Self::Help | Self::Meeting => is_word,
            _ => self.is_typing(),
        }
    }

    /// Returns whether characters are text here, not keys.
    pub const fn is_typing(self) -> bool {
        matches!(self, Self::Line | Self::Write)
    }
}
