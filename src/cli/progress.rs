//! How far a long import has come, with rate and remaining time: on a terminal only, and only after a second.

use std::path::PathBuf;
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::Context;
use crate::import::source::Stream;

/// Work shorter than this shows nothing.
const PATIENCE: Duration = Duration::from_secs(1);
/// How many rows go by between two looks at the clock.
const ROWS: u64 = 256;

/// A bar over the bytes of files.
#[derive(Debug)]
pub struct Progress {
    bar: ProgressBar,
    began: Instant,
    shows: bool,
    may_show: bool,
    rows: u64,
}

impl Progress {
    /// Over files; standard input has no length, so that with it in play there is no remaining time.
    pub fn over(files: &[PathBuf], context: &Context) -> Self {
        let sizes = files.iter().map(|file| std::fs::metadata(file).ok().map(|about| about.len()));
        let total: Option<u64> = sizes.sum();
        let bar = ProgressBar::with_draw_target(total, ProgressDrawTarget::hidden());
        let template = "{wide_bar} {percent:>3} %  {bytes_per_sec}, {msg} rows, {eta} left";
        if let Ok(style) = ProgressStyle::with_template(template) {
            bar.set_style(style);
        }
        Self { bar, began: Instant::now(), shows: false, may_show: context.terminals.errors, rows: 0 }
    }

    /// Counts the bytes that are read.
    pub fn watch(&self, read: Stream) -> Stream {
        Box::new(self.bar.wrap_read(read))
    }

    /// Counts a row.
    pub fn row(&mut self) {
        self.rows += 1;
        if !self.may_show || !self.rows.is_multiple_of(ROWS) {
            return;
        }
        if !self.shows && self.began.elapsed() > PATIENCE {
            self.shows = true;
            self.bar.set_draw_target(ProgressDrawTarget::stderr());
        }
        if self.shows {
            self.bar.set_message(self.rows.to_string());
        }
    }

    /// Ends the bar.
    pub fn finish(&self) {
        self.bar.finish_and_clear();
    }
}
