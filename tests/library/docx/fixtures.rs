//! Word files written by other programs.
//!
//! - `libreoffice.docx`: made by `LibreOffice` 7.4 from `libreoffice.fodt` beside it: `soffice
//!   --headless --convert-to docx libreoffice.fodt`. It has automatic numbers, tracked changes, a
//!   footnote, a link, hidden text, a line break, merged cells, a page break.
//! - `python-docx.docx`: made by python-docx 1.2 from its own template, stripped of what no reader
//!   needs (theme, thumbnail, unused styles): `add_paragraph(…, style='List Number')`, `add_table`,
//!   `cell.merge`, a header. Its numbers come from a style.
//!
//! `KOUAN_WRITE=1 cargo test --test library docx` rewrites the expected results.

use super::{read, told};
use kouan::document::{
    import::{ImportOptions, import, proof},
    yaml,
};
use std::{fs, path::PathBuf};

#[test]
fn word_files_of_other_programs_give_the_expected_documents() {
    for name in ["libreoffice", "python-docx"] {
        let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/docx");
        let source = read(fs::read(folder.join(format!("{name}.docx"))).unwrap());
        let options = ImportOptions {
            name: Some(format!("{name}.docx")),
            ..ImportOptions::default()
        };
        let document = import(&source.text, &options).unwrap().document;
        // Joined again, it is the text extracted from the file.
        assert_eq!(proof::check(&source.text, &document), Ok(()));
        let told = told(&source).replace('\n', "\n# ");
        let made = format!("# {told}\n{}", yaml::write(&document));
        let expected = folder.join(format!("{name}.yaml"));
        if std::env::var_os("KOUAN_WRITE").is_some() {
            fs::write(&expected, &made).unwrap();
        }
        assert_eq!(made, fs::read_to_string(expected).unwrap(), "{name}");
    }
}
