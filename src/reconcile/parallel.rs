//! Work on many things in a few threads, with the same result as in one.

use std::ops::Range;
use std::thread;

/// Below so many things a second thread costs more than it saves.
const FEW: usize = 2_000;

/// Most threads, whatever the machine has: more find nothing to do beside the ledger's one reader.
const THREADS: usize = 8;

/// Works on `count` things in parts, each with a thread of its own; the results in the order of the parts.
pub(super) fn in_parts<T: Send>(count: usize, work: impl Fn(Range<usize>) -> T + Sync) -> Vec<T> {
    let threads = if count < FEW { 1 } else { thread::available_parallelism().map_or(1, usize::from).min(THREADS) };
    if threads == 1 {
        return vec![work(0..count)];
    }
    let part = count.div_ceil(threads);
    thread::scope(|scope| {
        let work = &work;
        let handles: Vec<_> = (0..threads)
            .map(|n| {
                let range = (n * part).min(count)..((n + 1) * part).min(count);
                (range.clone(), scope.spawn(move || work(range)))
            })
            .collect();
        // A part whose thread failed is done over here, where a panic reaches the caller.
        handles.into_iter().map(|(range, handle)| handle.join().unwrap_or_else(|_| work(range))).collect()
    })
}
