//! The trucebook program: parse, run, print the error, exit.

use std::process::ExitCode;

fn main() -> ExitCode {
    trucebook::cli::main(std::env::args_os())
}
