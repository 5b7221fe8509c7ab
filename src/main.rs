//! Entry point: arguments in, exit code out.

use std::{ffi::OsString, process::ExitCode};

fn main() -> ExitCode {
    // Panics are our bugs; this prints them in a form that can be sent on. It fails only if a hook
    // is already installed, which is then as good.
    let _ = color_eyre::install();
    let args: Vec<OsString> = std::env::args_os().collect();
    ExitCode::from(kouan::cli::main(&args))
}
