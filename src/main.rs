//! The trucebook program: parse, run, print the error, exit.

use std::process::ExitCode;

/// What one thread reads another writes and lets go of, which this one is quick at. Huge pages are left off in `Cargo.toml`:
/// to clear one of 2 MiB takes a short command longer than all it has to do with it.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    trucebook::cli::main(std::env::args_os())
}
