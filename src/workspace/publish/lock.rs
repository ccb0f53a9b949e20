//! One build at a time: a lock beside the output folder, gone when the build is.

use std::path::Path;

use super::super::Fault;
use super::super::hold::{self, Hold};
use super::generation::beside;

/// Takes the lock of an output folder.
///
/// # Errors
/// Another build holds it, or the place beside the folder cannot be written.
pub(super) fn take(out: &Path) -> Result<Hold, Fault> {
    let path = beside(out, "lock")?;
    if let Some(parent) = out.parent() {
        std::fs::create_dir_all(parent)
            .map_err(|error| Fault::unwritable("the output folder cannot be made", &error))?;
    }
    let held = hold::attempt(&path).map_err(|error| {
        Fault::unwritable(
            "the folder that holds the output folder cannot be written",
            &error,
        )
    })?;
    held.ok_or_else(|| Fault::Unwritable {
        message: "another build is writing to the same folder".to_owned(),
        help: Some("wait until it has finished".to_owned()),
    })
}
