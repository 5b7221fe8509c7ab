//! The exports that can be chosen on the screen. May use: `report`.

use crate::report::export::Format;

/// An export that can be chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Export {
    /// The key of its name in `data/locales`.
    pub name_key: &'static str,
    /// As what.
    pub format: Format,
    /// Whether each unit has a sheet of its own.
    pub by_unit: bool,
}

const fn export(name_key: &'static str, format: Format, by_unit: bool) -> Export {
    Export {
        name_key,
        format,
        by_unit,
    }
}

/// The exports, in the order of the picker.
pub static EXPORTS: [Export; 5] = [
    export("export.book", Format::Xlsx, false),
    export("export.units", Format::Xlsx, true),
    export("export.csv", Format::Csv, false),
    export("export.page", Format::Markdown, false),
    export("export.data", Format::Json, false),
];

/// The exports to choose from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// What the clauses are called together, where they are not all: the search, or that they are
    /// marked.
    pub topic: Option<String>,
    /// The clauses; none are all.
    pub clauses: Option<Vec<usize>>,
    /// The place of the export under the cursor in [`EXPORTS`].
    pub selected: usize,
}
