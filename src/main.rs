//! The door: arguments in, exit code out.

use std::{ffi::OsString, process::ExitCode};

fn main() -> ExitCode {
    // Reports a panic, which is always a mistake of ours, in a form that can be sent on.
    // It fails only where a hook stands already, which then does the same.
    let _ = color_eyre::install();
    let args: Vec<OsString> = std::env::args_os().collect();
    ExitCode::from(kouan::cli::main(&args))
}
