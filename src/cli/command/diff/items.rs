//! What has become of every item, as CSV and as SSSOM/TSV.

use crate::diff::{self, Side, Successor};
use crate::mapping::write::{Format, write};
use crate::workspace::Fault;

/// Old items and new ones as SSSOM/TSV.
pub(in crate::cli) fn sssom(old: &Side<'_>, new: &Side<'_>) -> Result<String, Fault> {
    let table = diff::items_table(old, new, &diff::successors(old, new));
    let bytes = write(&table, Format::Sssom).map_err(|fault| Fault::usage(fault.0))?;
    Ok(String::from_utf8(bytes).unwrap_or_default())
}

pub(in crate::cli) fn render(successors: &[Successor]) -> String {
    let mut writer = csv::Writer::from_writer(Vec::new());
    // Writing to memory cannot fail.
    let _ = writer.write_record([
        "framework",
        "old_item",
        "old_address",
        "fate",
        "new_item",
        "new_address",
    ]);
    for one in successors {
        let _ = writer.write_record([
            &one.framework,
            &one.old_path,
            &one.old_address,
            one.fate,
            &one.new_path,
            &one.new_address,
        ]);
    }
    String::from_utf8(writer.into_inner().unwrap_or_default()).unwrap_or_default()
}
