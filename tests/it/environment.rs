//! The frozen world tests run in: a clock that stands still, an empty environment, a temporary folder.

use std::fmt;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::time::Duration;

use assert_cmd::Command;
use tempfile::TempDir;

/// When everything happens, unless a test moves the clock.
pub(crate) const NOW: &str = "2020-10-12T09:00:00Z";

/// A temporary folder to run the program in, and what it sees of the world.
pub(crate) struct World {
    folder: TempDir,
    now: String,
    variables: Vec<(&'static str, String)>,
}

impl World {
    /// An empty folder.
    pub(crate) fn new() -> Self {
        Self { folder: TempDir::new().unwrap(), now: NOW.to_owned(), variables: Vec::new() }
    }

    /// A folder with a ledger of office KHI, zone Asia/Yerevan, in `trucebook.db`.
    pub(crate) fn with_ledger() -> Self {
        let world = Self::new();
        let made = world.run(&["init", "--code", "KHI", "--title", "Karabakh desk", "--tz", "Asia/Yerevan"]);
        assert_eq!(made.status, 0, "{made}");
        world
    }

    /// Moves the clock.
    pub(crate) fn at(mut self, now: &str) -> Self {
        now.clone_into(&mut self.now);
        self
    }

    /// Sets an environment variable.
    pub(crate) fn variable(mut self, name: &'static str, value: &str) -> Self {
        self.variables.push((name, value.to_owned()));
        self
    }

    /// A path in the folder.
    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Writes a file into the folder.
    pub(crate) fn file(&self, name: &str, content: impl AsRef<[u8]>) -> PathBuf {
        let path = self.path(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, content).unwrap();
        path
    }

    /// The folder.
    pub(crate) fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// The names of all that lies in the folder, sorted.
    pub(crate) fn files(&self) -> Vec<String> {
        let entries = std::fs::read_dir(self.folder()).unwrap();
        let mut names: Vec<_> = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }

    /// The program, about to run here.
    pub(crate) fn command(&self) -> Command {
        self.in_world(std::process::Command::new(env!("CARGO_BIN_EXE_trucebook")))
    }

    fn in_world(&self, program: std::process::Command) -> Command {
        let mut command = Command::from_std(program);
        command.current_dir(self.folder()).env_clear().env("TRUCEBOOK_NOW", &self.now);
        command.envs(self.variables.iter().map(|(name, value)| (name, value)));
        command.timeout(Duration::from_mins(2));
        command
    }

    /// Runs the program.
    pub(crate) fn run(&self, arguments: &[&str]) -> Ran {
        Ran::of(self.command().args(arguments))
    }

    /// Runs another program in this world.
    pub(crate) fn other_program(&self, program: &str, arguments: &[&str]) -> Ran {
        let mut command = self.in_world(std::process::Command::new(program));
        Ran::of(command.args(arguments).env("PATH", std::env::var_os("PATH").unwrap_or_default()))
    }

    /// Runs the program as a user who owns nothing. `None` where this user may not become another.
    pub(crate) fn as_nobody(&self, arguments: &[&str]) -> Option<Ran> {
        const NOBODY: u32 = 65_534;
        let mut program = std::process::Command::new(env!("CARGO_BIN_EXE_trucebook"));
        program.gid(NOBODY).uid(NOBODY);
        let mut command = self.in_world(program);
        command.args(arguments).output().ok().map(Ran::from)
    }

    /// Runs the program with this on its standard input.
    pub(crate) fn run_with(&self, arguments: &[&str], input: impl Into<Vec<u8>>) -> Ran {
        Ran::of(self.command().args(arguments).write_stdin(input))
    }
}

/// The text with every hash, full or cut, as `HASH`: a ledger's first one is random.
fn without_hashes(text: &str) -> String {
    let mut kept = String::new();
    let mut rest = text;
    while let Some(at) = rest.find(|c: char| c.is_ascii_hexdigit()) {
        let (before, from) = rest.split_at(at);
        let hex = from.find(|c: char| !c.is_ascii_hexdigit()).unwrap_or(from.len());
        let (run, after) = from.split_at(hex);
        kept += before;
        kept += match run.len() {
            64 => "HASH",
            12 => "HASH--------",
            _ => run,
        };
        rest = after;
    }
    kept + rest
}

/// What a run printed and how it ended. Its `Display` holds all three, for snapshots.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Ran {
    pub(crate) stdout: String,
    pub(crate) stderr: String,
    pub(crate) status: i32,
}

impl Ran {
    fn of(command: &mut Command) -> Self {
        command.output().expect("the program runs").into()
    }

    /// Asserts that it ended with this status, printed this, and said nothing.
    #[track_caller]
    pub(crate) fn prints(&self, status: i32, stdout: &str) {
        assert_eq!((self.status, self.stdout.as_str(), self.stderr.as_str()), (status, stdout, ""), "{self}");
    }

    /// Asserts that it ended with this status, printed the first and said the second.
    #[track_caller]
    pub(crate) fn prints_and_says(&self, status: i32, stdout: &str, stderr: &str) {
        assert_eq!((self.status, self.stdout.as_str(), self.stderr.as_str()), (status, stdout, stderr), "{self}");
    }

    /// Asserts that it failed with this on standard error and nothing on standard output.
    #[track_caller]
    pub(crate) fn fails(&self, stderr: &str) {
        assert_eq!((self.status, self.stdout.as_str(), self.stderr.as_str()), (2, "", stderr), "{self}");
    }
}

impl From<std::process::Output> for Ran {
    fn from(output: std::process::Output) -> Self {
        Self {
            stdout: String::from_utf8(output.stdout).expect("standard output is UTF-8"),
            stderr: String::from_utf8(output.stderr).expect("standard error is UTF-8"),
            status: output.status.code().expect("the program was not killed"),
        }
    }
}

impl fmt::Display for Ran {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "status {}", self.status)?;
        for (name, text) in [("stdout", &self.stdout), ("stderr", &self.stderr)] {
            if !text.is_empty() {
                writeln!(f, "--- {name}\n{}", without_hashes(text.trim_end_matches('\n')))?;
            }
        }
        Ok(())
    }
}
