//! A text in the user's own editor. May use: `tempfile`.

use std::{
    io::{self, Write as _},
    process::Command,
};

/// Opens a text in `$VISUAL`, `$EDITOR` or vi, waits, and returns what it left.
///
/// # Errors
///
/// Fails where the file can't be made or read, or the editor can't be run or ends with an error:
/// then nothing is taken.
pub fn edit(text: &str) -> io::Result<String> {
    // A name that nobody can foresee, for its owner only.
    let mut file = tempfile::Builder::new()
        .prefix("kouan-")
        .suffix(".txt")
        .tempfile()?;
    file.write_all(text.as_bytes())?;
    file.flush()?;
    // The shell splits the variable, which may hold options: `code --wait`.
    let script = r#"eval "exec ${VISUAL:-${EDITOR:-vi}} \"\$1\"""#;
    let status = Command::new("sh")
        .args(["-c", script, "sh"])
        .arg(file.path())
        .status()?;
    if !status.success() {
        return Err(io::Error::other(status.to_string()));
    }
    // Read by its name: an editor may have put another file in its place.
    std::fs::read_to_string(file.path())
}
