//! Examining a text of any length with constant memory: it is cut into blocks, each is read on its own, and what was found is put together.
//!
//! Blocks are cut where lines begin. Each carries some of the text before and behind it, so that what runs over several
//! lines is seen whole; it counts where it begins.

use super::collect::Collected;
use super::lines::{LONGEST_LINE, ends_line};
use super::{Evidence, Quote, Recogniser};
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Range;

/// The bytes of a block.
const BLOCK: usize = 16 * LONGEST_LINE;
/// The bytes around a block that are read with it: more than the longest message that runs over several lines.
const CONTEXT: usize = 1 << 15;

/// A part of a text, with what stands around it.
pub struct Block<'t> {
    pub(super) window: Cow<'t, [u8]>,
    /// The bytes of the window that are the block.
    pub(super) own: Range<usize>,
    /// Whether the text begins with it.
    pub(super) is_first: bool,
}

/// Cuts a text that comes in pieces of any size into blocks.
pub struct Blocks {
    window: Vec<u8>,
    own_start: usize,
    is_first: bool,
    block: usize,
}

impl Default for Blocks {
    fn default() -> Self {
        Self { window: Vec::new(), own_start: 0, is_first: true, block: BLOCK }
    }
}

impl Blocks {
    /// Blocks of another size, within limits: smaller ones take less memory, and more time.
    pub fn of_size(bytes: usize) -> Self {
        // The first block holds all prose that is read, whatever it is cut off to end with a line.
        Self { block: bytes.next_multiple_of(LONGEST_LINE).max(2 * LONGEST_LINE), ..Self::default() }
    }

    /// Takes more of the text; gives the blocks that are complete.
    pub fn push(&mut self, bytes: &[u8]) -> Vec<Block<'static>> {
        let mut blocks = Vec::new();
        for piece in bytes.chunks(self.block) {
            self.window.extend_from_slice(piece);
            while self.window.len() > self.own_start + self.block + CONTEXT {
                blocks.push(self.next_block());
            }
        }
        blocks
    }

    /// The text has ended; gives the last block.
    pub fn finish(self) -> Block<'static> {
        let own = self.own_start..self.window.len();
        Block { window: Cow::Owned(self.window), own, is_first: self.is_first }
    }

    fn next_block(&mut self) -> Block<'static> {
        let own_end = self.last_start(self.own_start + self.block);
        let window = self.window[..own_end + CONTEXT].to_vec();
        let block = Block { window: Cow::Owned(window), own: self.own_start..own_end, is_first: self.is_first };
        let before = self.first_start(own_end.saturating_sub(CONTEXT)..own_end);
        self.window.drain(..before);
        self.own_start = own_end - before;
        self.is_first = false;
        block
    }

    /// The last byte up to `limit` at which a line, or a piece of a long one, begins.
    fn last_start(&self, limit: usize) -> usize {
        let line_end = (self.own_start..limit).rev().find(|at| ends_line(&self.window, *at));
        let line_start = line_end.map_or(self.own_start, |at| at + 1);
        limit - (limit - line_start) % LONGEST_LINE
    }

    /// The first byte in `range` at which a line begins, or its end.
    fn first_start(&self, range: Range<usize>) -> usize {
        range.clone().find(|at| ends_line(&self.window, *at)).map_or(range.end, |at| at + 1)
    }
}

/// What blocks of a text hold, put together in their order.
pub struct Gathered(pub(super) Collected);

impl Gathered {
    /// Adds what the next block holds.
    pub fn then(&mut self, next: Gathered) {
        self.0.then(next.0);
    }
}

/// A text that is being examined, piece by piece.
pub struct Examination<'r, 'k> {
    recogniser: &'r Recogniser<'k>,
    blocks: Blocks,
    gathered: Option<Gathered>,
}

/// What was recognised in a text, and the lines in which it was.
pub struct Examined {
    /// What was recognised.
    pub evidence: Evidence,
    /// By the number of the line.
    pub quotes: BTreeMap<usize, Quote>,
}

impl Examination<'_, '_> {
    /// Takes more of the text.
    pub fn push(&mut self, bytes: &[u8]) {
        for block in self.blocks.push(bytes) {
            add(&mut self.gathered, self.recogniser.read(&block));
        }
    }

    /// The text has ended: says what was recognised in it.
    pub fn finish(mut self) -> Examined {
        let last = self.recogniser.read(&self.blocks.finish());
        match self.gathered.take() {
            None => self.recogniser.conclude(last),
            Some(mut gathered) => {
                gathered.then(last);
                self.recogniser.conclude(gathered)
            }
        }
    }
}

fn add(gathered: &mut Option<Gathered>, next: Gathered) {
    match gathered {
        Some(gathered) => gathered.then(next),
        None => *gathered = Some(next),
    }
}

impl<'k> Recogniser<'k> {
    /// Reads `text` and says what was recognised in it. Any bytes will do.
    pub fn examine(&self, text: &[u8]) -> Evidence {
        if text.len() > BLOCK {
            let mut examination = self.examination();
            text.chunks(BLOCK).for_each(|piece| examination.push(piece));
            return examination.finish().evidence;
        }
        let whole = Block { window: Cow::Borrowed(text), own: 0..text.len(), is_first: true };
        self.conclude(self.read(&whole)).evidence
    }

    /// Begins to examine a text that comes piece by piece.
    pub fn examination<'r>(&'r self) -> Examination<'r, 'k> {
        Examination { recogniser: self, blocks: Blocks::default(), gathered: None }
    }

    /// What all blocks of a text together amount to.
    pub fn conclude(&self, gathered: Gathered) -> Examined {
        gathered.0.conclude(self.knowledge)
    }
}
