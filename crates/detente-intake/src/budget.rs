//! What archives may cost, counted while they unpack.

use std::cell::Cell;
use std::io::{self, Read};
use std::rc::Rc;

/// How many times its size a file may unpack to. Text packs to a fifth, markup to a twentieth; what packs to less was
/// made to do harm.
const MOST_TIMES: u64 = 120;

/// Below this, how many times does not matter.
const HARMLESS: u64 = 16 << 20;

/// Bytes that a file made to do harm costs.
const PENALTY: u64 = 1 << 30;

/// What is left, shared by all archives of one parcel.
#[derive(Clone, Debug)]
pub(crate) struct Budget(Rc<Cell<u64>>);

impl Budget {
    pub(crate) fn new(bytes: u64) -> Budget {
        Budget(Rc::new(Cell::new(bytes)))
    }

    /// Is nothing left?
    pub(crate) fn spent(&self) -> bool {
        self.0.get() == 0
    }

    /// What comes out of an archive, counted; `packed` tells how many bytes went in so far.
    pub(crate) fn meter<R: Read, P: Fn() -> u64>(&self, inner: R, packed: P) -> Metered<R, P> {
        Metered { inner, packed, out: 0, budget: self.clone() }
    }
}

/// A stream that ends with an error where it has become too much.
pub(crate) struct Metered<R, P> {
    inner: R,
    packed: P,
    out: u64,
    budget: Budget,
}

impl<R: Read, P: Fn() -> u64> Read for Metered<R, P> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer)? as u64;
        self.out += read;
        let Some(left) = self.budget.0.get().checked_sub(read) else {
            self.budget.0.set(0);
            return Err(io::Error::other("all that it holds is more than is unpacked"));
        };
        self.budget.0.set(left);
        if self.out > HARMLESS && self.out / MOST_TIMES > (self.packed)() {
            // Who makes one makes many: each costs a piece of what may be unpacked in all.
            self.budget.0.set(left.saturating_sub(PENALTY));
            return Err(io::Error::other(format!("it unpacks to more than {MOST_TIMES} times its size")));
        }
        Ok(usize::try_from(read).unwrap_or(usize::MAX))
    }
}

/// A stream whose bytes are counted as they go in.
pub(crate) struct Counted<R> {
    inner: R,
    count: Rc<Cell<u64>>,
}

impl<R> Counted<R> {
    /// The stream, and where its bytes are counted.
    pub(crate) fn new(inner: R) -> (Counted<R>, Rc<Cell<u64>>) {
        let count = Rc::new(Cell::new(0));
        (Counted { inner, count: Rc::clone(&count) }, count)
    }
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer)?;
        self.count.set(self.count.get() + read as u64);
        Ok(read)
    }
}
