//! What a reader is: a format with its name, how its files are recognized, and how they are read.

use crate::import::bundle::Bundle;
use crate::import::fault::ReadFault;
use crate::import::release::Release;

/// One format.
#[derive(Debug, Clone, Copy)]
pub struct Reader {
    /// What reports and pack files call it: `esco`.
    pub name: &'static str,
    /// What it is, in words that read well after "this looks like".
    pub title: &'static str,
    /// Whether the files are of this format. Quick: it looks at headers, not at every record.
    pub recognize: fn(&Bundle) -> bool,
    /// Reads them: one release for each framework in them, in the order in which they are met, and at least one.
    pub read: fn(&Bundle) -> Result<Vec<Release>, ReadFault>,
}
