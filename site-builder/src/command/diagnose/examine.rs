//! Examining input of any length: this thread reads it and cuts it into blocks, others look what is in them.

use diagnosis::evidence::{Block, Blocks, Examined, Gathered, Recogniser};
use std::io::Read;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread::Scope;

/// The bytes that are read at once.
const READ: usize = 1 << 20;

/// Reads `input` to its end and says what was recognised; memory does not grow with its length.
pub fn examine(recogniser: &Recogniser<'_>, mut input: impl Read) -> std::io::Result<Examined> {
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    std::thread::scope(|scope| {
        let mut readers = Readers { of_blocks: (0..threads).map(|_| Reader::start(scope, recogniser)).collect(), next: 0, gathered: None };
        let mut blocks = Blocks::default();
        let mut buffer = vec![0; READ];
        loop {
            let length = match input.read(&mut buffer) {
                Err(error) if error.kind() == std::io::ErrorKind::Interrupted => continue,
                length => length?,
            };
            if length == 0 {
                break;
            }
            for block in blocks.push(&buffer[..length]) {
                readers.hand_over(block)?;
            }
        }
        readers.hand_over(blocks.finish())?;
        Ok(recogniser.conclude(readers.finish()?))
    })
}

/// Threads that read blocks in turn, so that what they found can be put together in order.
struct Readers {
    of_blocks: Vec<Reader>,
    /// The one whose turn it is.
    next: usize,
    gathered: Option<Gathered>,
}

/// A thread that reads one block after the other.
struct Reader {
    blocks: SyncSender<Block<'static>>,
    found: Receiver<Gathered>,
    is_busy: bool,
}

impl Readers {
    /// Gives a block to the reader whose turn it is, once it is done with its last one.
    fn hand_over(&mut self, block: Block<'static>) -> std::io::Result<()> {
        self.take_found()?;
        let reader = &mut self.of_blocks[self.next];
        reader.blocks.send(block).map_err(std::io::Error::other)?;
        reader.is_busy = true;
        self.next = (self.next + 1) % self.of_blocks.len();
        Ok(())
    }

    /// Waits for all readers.
    fn finish(mut self) -> std::io::Result<Gathered> {
        for _ in 0..self.of_blocks.len() {
            self.take_found()?;
            self.next = (self.next + 1) % self.of_blocks.len();
        }
        self.gathered.ok_or_else(|| std::io::Error::other("nothing was read"))
    }

    fn take_found(&mut self) -> std::io::Result<()> {
        let reader = &mut self.of_blocks[self.next];
        if !std::mem::take(&mut reader.is_busy) {
            return Ok(());
        }
        let found = reader.found.recv().map_err(std::io::Error::other)?;
        match &mut self.gathered {
            Some(gathered) => gathered.then(found),
            None => self.gathered = Some(found),
        }
        Ok(())
    }
}

impl Reader {
    fn start<'scope>(scope: &'scope Scope<'scope, '_>, recogniser: &'scope Recogniser<'_>) -> Self {
        let (blocks, to_read) = sync_channel::<Block<'static>>(1);
        let (done, found) = sync_channel(1);
        scope.spawn(move || {
            for block in to_read {
                if done.send(recogniser.read(&block)).is_err() {
                    break;
                }
            }
        });
        Self { blocks, found, is_busy: false }
    }
}
