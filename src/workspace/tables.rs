//! The published mapping tables that a project keeps: `frameworks/*.sssom.tsv`, as `gradus crosswalk import` writes them.

use std::path::PathBuf;
use std::sync::Arc;

use super::{Fault, Root, find};
use crate::diag::{Sink, early};
use crate::import::bundle::{Bundle, BundleFile};
use crate::mapping::read;
use crate::mapping::table::Table;
use crate::source::{Place, Sources, Span};

/// Reads them, in the order of their names. One that cannot be read is reported and left out.
pub(super) fn load(
    root: &Root,
    sources: &mut Sources,
    sink: &mut Sink,
) -> Result<Vec<Arc<Table>>, Fault> {
    let folder = root.folder.join("frameworks");
    if !folder.is_dir() {
        return Ok(Vec::new());
    }
    let mut paths: Vec<PathBuf> = std::fs::read_dir(&folder)
        .and_then(|entries| {
            entries
                .map(|entry| entry.map(|entry| entry.path()))
                .collect()
        })
        .map_err(|error| Fault::unreadable(&folder, &error))?;
    paths.retain(|path| {
        path.to_string_lossy().ends_with(".sssom.tsv") && find::is_file_inside(&root.folder, path)
    });
    paths.sort_unstable();
    let mut tables = Vec::with_capacity(paths.len());
    for path in paths {
        let bytes = std::fs::read(&path).map_err(|error| Fault::unreadable(&path, &error))?;
        let name = path.file_name().map(|name| name.to_string_lossy());
        let name = format!("{}frameworks/{}", root.prefix, name.unwrap_or_default());
        let bundle = Bundle {
            name: name.clone(),
            files: vec![BundleFile {
                path: name.clone(),
                bytes,
            }],
        };
        match read::read(&bundle) {
            Ok(reading) => tables.push(Arc::new(reading.table)),
            Err(fault) => {
                // Its text is of no use to anyone; the name says which file it is.
                let file = sources.add(name, String::new());
                sink.report(&early::PROJECT_BAD_PACK, Place::new(file, Span::at(0)))
                    .message(fault.message)
                    .label("here");
            }
        }
    }
    Ok(tables)
}
