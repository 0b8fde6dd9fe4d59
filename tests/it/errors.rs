//! Every refusal: what it says, what it advises, how it ends.

use crate::environment::World;

#[test]
fn a_word_that_is_no_verb() {
    World::new().run(&["frob"]).fails("error: `frob` is no verb\n  hint: see `trucebook --help`\n");
}

#[test]
fn a_zone_that_is_none() {
    World::new()
        .run(&["add", "--tz", "Mars"])
        .fails("error: --tz: `Mars` is no time zone\n  hint: one of: Asia/Yerevan, Europe/Kyiv, Asia/Beirut, +04:00\n");
}

#[test]
fn an_option_value_that_would_act_on_a_terminal_is_shown_escaped() {
    World::new()
        .run(&["report", "--format", "\u{1b}[2Jx"])
        .fails("error: `\\u{1b}[2Jx` is no value of `--format`\n  hint: one of: table, json, jsonl, csv, tsv, md\n");
}

#[test]
fn a_clock_that_is_none() {
    World::new().at("yesterday").run(&["list"]).fails(
        "error: $TRUCEBOOK_NOW is `yesterday`, which is no instant\n  hint: write it as 2020-10-12T09:00:00Z, or unset it to use the clock\n",
    );
}
