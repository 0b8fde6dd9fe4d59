//! The trucebook program: parse, run, print the error, exit.

use std::process::ExitCode;

/// What one thread reads another writes and lets go of, which this one is quick at.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    trucebook::cli::main(std::env::args_os())
}
