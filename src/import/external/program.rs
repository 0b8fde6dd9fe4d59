//! The process of another extractor: fed line by line, its answer read at the same time, and ended when it is silent
//! for too long or says too much.

use std::io::{BufRead, BufReader, Read, Write};
use std::process::{Child, ChildStdin, Command, ExitStatus, Stdio};
use std::sync::mpsc::{Receiver, Sender, SyncSender, channel, sync_channel};
use std::thread;
use std::time::Duration;

use crate::error::{Error, Kind, Result, quoted};
use crate::model::text::{cut, shown};

/// A line may be so long, in bytes.
const LINE_MAX: u64 = 1 << 20;
/// It may answer so many bytes, and for each byte it is given [`ANSWER_RATIO`] more.
const ANSWER_MIN: usize = 16 << 20;
const ANSWER_RATIO: usize = 32;
/// So many events wait to be heard before its threads wait too.
const EVENTS_WAITING: usize = 64;
/// How often it is looked whether a program that has closed its output has ended.
const LOOK_EVERY: Duration = Duration::from_millis(5);
/// Of what it complains, so many last characters are told.
const COMPLAINT_MAX: usize = 400;

/// What its threads tell of it.
enum Event {
    /// A line was written to it.
    Took,
    /// It stopped reading.
    Stopped,
    /// It said a line.
    Said(Vec<u8>),
    /// It said a line longer than [`LINE_MAX`].
    Flooded,
    /// It closed its output.
    Closed,
}

/// A running program. Dropped, it is killed.
pub(super) struct Program {
    child: Child,
    name: String,
    patience: Duration,
    /// Lines for the thread that writes to it; gone once all is asked.
    asking: Option<Sender<Vec<u8>>>,
    events: Receiver<Event>,
    complaint: Receiver<String>,
    answer: Vec<Vec<u8>>,
    answered: usize,
    given: usize,
    closed: bool,
    stopped: bool,
}

impl Program {
    /// Starts it.
    pub(super) fn start(command: &[String], patience: Duration) -> Result<Self> {
        let (name, arguments) = command.split_first().ok_or_else(|| Error::usage("the extractor is not named"))?;
        let mut child = Command::new(name)
            .args(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .map_err(|error| {
                Error::new(Kind::Io, format!("cannot start the extractor {}: {error}", quoted(name)))
                    .hint("name a program, with its path unless it is on $PATH, and its arguments")
                    .caused_by(error)
            })?;
        let (asking, asked) = channel();
        let (tell, events) = sync_channel(EVENTS_WAITING);
        let (complain, complaint) = channel();
        if let Some(stdin) = child.stdin.take() {
            let tell = tell.clone();
            thread::spawn(move || write_lines(stdin, &asked, &tell));
        }
        if let Some(stdout) = child.stdout.take() {
            thread::spawn(move || read_lines(stdout, &tell));
        }
        if let Some(stderr) = child.stderr.take() {
            thread::spawn(move || complain.send(last_words(stderr)));
        }
        Ok(Self {
            child,
            name: name.clone(),
            patience,
            asking: Some(asking),
            events,
            complaint,
            answer: Vec::new(),
            answered: 0,
            given: 0,
            closed: false,
            stopped: false,
        })
    }

    /// Gives it a line and waits until it has taken it. Nothing more is given once it has stopped reading.
    pub(super) fn ask(&mut self, mut line: Vec<u8>) -> Result<()> {
        line.push(b'\n');
        self.given += line.len();
        let handed = self.asking.as_ref().is_some_and(|asking| asking.send(line).is_ok());
        let mut waiting = handed && !self.stopped;
        while waiting {
            waiting = !matches!(self.next()?, Event::Took | Event::Stopped | Event::Closed);
        }
        Ok(())
    }

    /// Ends its input and waits for the rest of its answer, line by line.
    pub(super) fn answer(mut self) -> Result<Vec<Vec<u8>>> {
        self.asking = None;
        while !self.closed {
            self.next()?;
        }
        let ended = self.ended()?;
        if ended.success() {
            return Ok(std::mem::take(&mut self.answer));
        }
        let complaint = self.complaint.recv_timeout(self.patience).unwrap_or_default();
        let error = Error::new(Kind::Data, self.trouble(&format!("failed: {ended}")));
        Err(match complaint.trim() {
            "" => error.hint("nothing was written; it did not say what was wrong"),
            words => error.hint(format!("nothing was written; it said: {}", shown(words))),
        })
    }

    /// Waits until it has ended, having closed its output.
    fn ended(&mut self) -> Result<ExitStatus> {
        let looks = self.patience.as_millis() / LOOK_EVERY.as_millis();
        for _ in 0..=looks {
            let ended = self.child.try_wait();
            if let Some(ended) =
                ended.map_err(|error| Error::new(Kind::Io, self.trouble("is lost")).caused_by(error))?
            {
                return Ok(ended);
            }
            thread::sleep(LOOK_EVERY);
        }
        Err(self.silent())
    }

    fn silent(&self) -> Error {
        let seconds = self.patience.as_secs();
        Error::new(Kind::Busy, self.trouble(&format!("was silent for {seconds} s and was ended")))
            .hint("nothing was written; --patience SECONDS gives it longer")
    }

    /// Waits for what happens next.
    fn next(&mut self) -> Result<Event> {
        let event = self.events.recv_timeout(self.patience).map_err(|_| self.silent())?;
        match &event {
            Event::Said(line) => self.answered += line.len() + 1,
            Event::Closed => self.closed = true,
            Event::Stopped => self.stopped = true,
            Event::Took | Event::Flooded => {}
        }
        let most = ANSWER_MIN.saturating_add(self.given.saturating_mul(ANSWER_RATIO));
        if self.answered > most || matches!(event, Event::Flooded) {
            return Err(Error::new(Kind::Data, self.trouble("says more than any text holds and was ended"))
                .hint("nothing was written; it may answer 1 MiB a line"));
        }
        if let Event::Said(line) = event {
            self.answer.push(line);
            return Ok(Event::Said(Vec::new()));
        }
        Ok(event)
    }

    fn trouble(&self, what: &str) -> String {
        format!("the extractor {} {what}", quoted(&self.name))
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        // One that has ended already is not hurt by it.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn write_lines(mut stdin: ChildStdin, asked: &Receiver<Vec<u8>>, tell: &SyncSender<Event>) {
    for line in asked {
        let event = if stdin.write_all(&line).is_ok() { Event::Took } else { Event::Stopped };
        let stopped = matches!(event, Event::Stopped);
        if tell.send(event).is_err() || stopped {
            return;
        }
    }
}

fn read_lines(stdout: impl Read, tell: &SyncSender<Event>) {
    let mut stdout = BufReader::new(stdout);
    loop {
        let mut line = Vec::new();
        let read = stdout.by_ref().take(LINE_MAX).read_until(b'\n', &mut line);
        let event = match read {
            Ok(0) | Err(_) => Event::Closed,
            Ok(read) if read as u64 == LINE_MAX && line.last() != Some(&b'\n') => Event::Flooded,
            Ok(_) => Event::Said(line),
        };
        let last = !matches!(event, Event::Said(_));
        if tell.send(event).is_err() || last {
            return;
        }
    }
}

/// The end of what it wrote to its standard error; all of it is read, so that it never waits for a reader.
fn last_words(mut stderr: impl Read) -> String {
    let mut kept = Vec::new();
    let mut piece = [0; 4096];
    while let Ok(read @ 1..) = stderr.read(&mut piece) {
        kept.extend_from_slice(piece.get(..read).unwrap_or_default());
        kept.drain(..kept.len().saturating_sub(4 * COMPLAINT_MAX));
    }
    let words = String::from_utf8_lossy(&kept);
    let skipped = words.chars().count().saturating_sub(COMPLAINT_MAX);
    cut(&words.chars().skip(skipped).collect::<String>(), COMPLAINT_MAX)
}
