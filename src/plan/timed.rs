//! Work that looks at the clock too seldom, kept within its time from outside.
//!
//! The solver looks at the clock once in a thousand pivots, and not while it lays out a program: in a large one, that may be many
//! times what it was given. So where there is a limit, it works on a thread of its own, and is waited for a little longer than it
//! was told to take. After that it is left to itself: nothing it does can be seen any more, and it ends when it looks at the clock.

use core::time::Duration;
use std::sync::mpsc;
use std::thread;

/// What is waited for beyond the limit, so that whoever ends in time can say so.
fn patience(limit: Duration) -> Duration {
    limit + limit / 20 + Duration::from_millis(50)
}

/// What a solver is told to take of what is left: some less, so that what it has proven is heard before it is waited for no more.
pub(super) fn told(limit: Option<Duration>) -> Option<Duration> {
    limit.map(|limit| limit - limit / 10)
}

/// What the work comes to; `None` where it was not done within its limit and a little more.
pub(super) fn within<T: Send + 'static>(
    limit: Option<Duration>,
    work: impl FnOnce() -> T + Send + 'static,
) -> Option<T> {
    let Some(limit) = limit else {
        return Some(work());
    };
    let (done, result) = mpsc::channel();
    let worker = thread::Builder::new().spawn(move || {
        // Nobody may be waiting any more.
        let _ = done.send(work());
    });
    match worker {
        Ok(_) => result.recv_timeout(patience(limit)).ok(),
        // Without a thread there is no way to keep the limit.
        Err(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_takes_longer_is_left_to_itself() {
        assert_eq!(within(None, || 1), Some(1));
        assert_eq!(within(Some(Duration::from_secs(600)), || 2), Some(2));
        // It would never end.
        let (_open, never) = mpsc::channel::<()>();
        let ended = within(Some(Duration::from_millis(1)), move || never.recv().is_ok());
        assert_eq!(ended, None);
    }
}
