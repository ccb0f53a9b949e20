//! What has become of every item, as CSV.

use crate::diff::Successor;

pub(super) fn render(successors: &[Successor]) -> String {
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
