//! How much matching may cost, so that time stays linear whatever the text.

/// Bytes that may be looked at for each byte of a line; real lines need about ten.
const FACTOR: usize = 256;
/// Bytes that may be looked at for any line: enough for a page that runs over several lines.
const LEAST: usize = 1 << 17;

/// What is left of the effort that one line is worth.
pub struct Effort(usize);

impl Effort {
    /// The effort for everything that is tried in a line of so many bytes.
    pub fn for_line(length: usize) -> Self {
        Self(length.saturating_mul(FACTOR).saturating_add(LEAST))
    }

    /// Takes the effort of looking at so many bytes; `None` when nothing is left.
    pub(super) fn spend(&mut self, bytes: usize) -> Option<()> {
        self.0 = self.0.checked_sub(bytes)?;
        Some(())
    }
}
