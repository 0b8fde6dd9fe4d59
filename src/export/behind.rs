//! Writing behind: a thread writes what was read while the one that called reads on.

use std::sync::mpsc::sync_channel;
use std::thread;

use crate::error::{Error, Kind, Result};

/// How many things go over at a time.
const THINGS: usize = 256;
/// How many times so many may wait.
const WAITING: usize = 8;

/// Has all that `read` gives written, in its order. An error of either ends both; that of `write` is told before that of
/// `read`, which it may have caused.
pub(super) fn behind<T: Send>(
    read: impl FnOnce(&mut dyn FnMut(T) -> Result<()>) -> Result<()>,
    write: impl FnMut(T) -> Result<()> + Send,
) -> Result<()> {
    thread::scope(|scope| {
        let (give, take) = sync_channel::<Vec<T>>(WAITING);
        let writer = scope.spawn(move || take.into_iter().flatten().try_for_each(write));
        let mut things = Vec::with_capacity(THINGS);
        let hand_over = |things| give.send(things).map_err(|_| Error::new(Kind::Io, "what is read is written no more"));
        let done = read(&mut |thing| {
            things.push(thing);
            if things.len() < THINGS {
                return Ok(());
            }
            hand_over(std::mem::replace(&mut things, Vec::with_capacity(THINGS)))
        });
        let done = done.and_then(|()| hand_over(things));
        drop(give);
        writer.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)).and(done)
    })
}
