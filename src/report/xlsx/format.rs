//! How cells and pages of a workbook look.

use crate::report::Column;
use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder, Worksheet};

pub(super) fn title() -> Format {
    Format::new()
        .set_bold()
        .set_font_size(16)
        .set_align(FormatAlign::Center)
}

pub(super) fn framed() -> Format {
    Format::new()
        .set_border(FormatBorder::Thin)
        .set_align(FormatAlign::VerticalCenter)
        .set_text_wrap()
}

pub(super) fn head() -> Format {
    framed()
        .set_bold()
        .set_align(FormatAlign::Center)
        .set_background_color(Color::RGB(0x00D9_E2F3))
}

/// Returns the limits of a column's width, so that all fit legibly on an A4 page.
pub(super) const fn limits(column: Column) -> (usize, usize) {
    match column {
        Column::Text => (16, 36),
        Column::Progress | Column::Problem | Column::Next => (14, 20),
        Column::Measure | Column::Updated => (10, 16),
        Column::Units | Column::Lead | Column::Owner => (8, 14),
        Column::Chapter => (8, 12),
        _ => (6, 10),
    }
}

/// Returns whether a column holds sentences, which are left-aligned.
pub(super) const fn is_long(column: Column) -> bool {
    matches!(
        column,
        Column::Text
            | Column::Measure
            | Column::Chapter
            | Column::Units
            | Column::Lead
            | Column::Progress
            | Column::Problem
            | Column::Next
    )
}

/// Sets up the page: A4 landscape, one page wide, numbered.
pub(super) fn page(sheet: &mut Worksheet) -> &mut Worksheet {
    sheet
        .set_landscape()
        .set_paper_size(9)
        .set_print_fit_to_pages(1, 0)
        .set_footer("&C&P / &N")
}
