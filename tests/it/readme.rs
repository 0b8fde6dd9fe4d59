//! The README's examples, run as they stand: every `$` line of a `console` block, in order, in one folder.
//!
//! `TRUCEBOOK_README=write cargo test readme` writes what the program prints now into the README.

use std::fmt::Write as _;
use std::path::Path;
use std::process::Command;

use crate::environment::World;

/// When the README's examples happen: the evening after the last dispatch of its first import.
const NOW: &str = "2020-10-30T18:00:00Z";

#[test]
fn every_example_of_the_readme_prints_what_it_says() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let readme = std::fs::read_to_string(root.join("README.md")).unwrap();
    let world = World::new().at(NOW);
    std::os::unix::fs::symlink(root.join("examples"), world.path("examples")).unwrap();
    let now = replay(&readme, &world);
    if std::env::var_os("TRUCEBOOK_README").is_some_and(|value| value == "write") {
        std::fs::write(root.join("README.md"), &now).unwrap();
    }
    assert!(readme.contains("```console"), "the README shows no example");
    assert_eq!(readme, now, "the README prints other than the program; TRUCEBOOK_README=write mends it");
}

/// The README with what its commands print today.
fn replay(readme: &str, world: &World) -> String {
    let mut replayed = String::new();
    let mut lines = readme.lines().peekable();
    let mut in_example = false;
    while let Some(line) = lines.next() {
        writeln!(replayed, "{line}").unwrap();
        if line.starts_with("```") {
            in_example = line == "```console";
        }
        if let Some(command) = line.strip_prefix("$ ").filter(|_| in_example) {
            let mut shown = Vec::new();
            while let Some(line) = lines.next_if(|line| !line.starts_with("```") && !line.starts_with("$ ")) {
                shown.push(line);
            }
            replayed.push_str(&cut_as(&shown, &printed(command, world)));
        }
    }
    replayed
}

/// A long output cut where the README cuts it: a line `…` stands for all between what comes before and after it.
fn cut_as(shown: &[&str], printed: &str) -> String {
    let Some(before) = shown.iter().position(|line| *line == "…") else { return printed.to_owned() };
    let lines: Vec<_> = printed.lines().collect();
    let after = shown.len() - before - 1;
    let kept = [&lines[..before.min(lines.len())], &["…"], &lines[lines.len().saturating_sub(after)..]].concat();
    kept.iter().fold(String::new(), |text, line| text + line + "\n")
}

/// What a shell line prints, standard error after standard output, as a terminal without colour would show it.
fn printed(line: &str, world: &World) -> String {
    let program = Path::new(env!("CARGO_BIN_EXE_trucebook"));
    let line = line.replace("cargo run --release --", "trucebook");
    let path = format!("{}:/usr/bin:/bin", program.parent().unwrap().display());
    let output = Command::new("/bin/sh")
        .args(["-c", &format!("{{ {line}\n}} 2>&1")])
        .current_dir(world.folder())
        .env_clear()
        .env("PATH", path)
        .env("TRUCEBOOK_NOW", NOW)
        .output()
        .unwrap();
    without_hashes(&String::from_utf8(output.stdout).unwrap())
}

/// Every ledger has a head of its own, random from its first row on: no example can show it.
fn without_hashes(printed: &str) -> String {
    let hash = regex::Regex::new(r"\b[0-9a-f]{12,64}\b").unwrap();
    hash.replace_all(printed, "…").into_owned()
}
