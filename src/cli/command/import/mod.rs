//! `gradus import`: makes a framework pack of what a publisher offers for download.
//!
//! Goes in: a folder, an archive or a file. Comes out: one file in the project's `frameworks` folder and its line in `gradus.lock`, and
//! the table of what was read, kept, merged and left out. Nothing is written before everything was read and put in order.
//! Badges, and with `--source` frameworks, become `.gradus` files instead ([`source`]).

mod report;
mod source;

use std::path::{Path, PathBuf};

use super::super::Exit;
use super::super::args::{Import, ReportFormat};
use super::super::terminal::Terminal;
use crate::import::assemble::{Assembled, PackFile, Wanted, assemble};
use crate::import::bundle::Bundle;
use crate::import::details::Details;
use crate::import::readers::table::{self, Mapping};
use crate::import::readers::{self, READERS, ReadFault, badges};
use crate::import::release::Release;
use crate::import::tally::Tally;
use crate::workspace::pins::{self, Pin};
use crate::workspace::{Fault, Target, download, find, packs, shown};
use report::Report;

pub(in crate::cli) fn run(
    options: &Import,
    config: Option<PathBuf>,
    terminal: &Terminal,
) -> Result<Exit, Fault> {
    let Some(path) = options.source.as_ref().filter(|_| !options.template) else {
        terminal.print(&table::template())?;
        return Ok(Exit::Clean);
    };
    let root = find::root(&Target { path: None, config })?;
    let bundle = download::open(path, download::LIMITS)?;
    let mapping = mapping(options)?;
    if options.as_source || badges::is(&bundle) {
        return source::run(options, &bundle, mapping.as_ref(), &root, terminal);
    }
    let imported = import(&bundle, path, mapping.as_ref(), &wanted(options)?)?;
    let file = format!("{}/{}", packs::FOLDER, imported.assembled.file.name);
    let mut lock = pins::read(&root.folder)?;
    refuse_edited(&root.folder, &file, &imported.assembled.file, &lock)?;
    if !options.plan {
        packs::write(&root.folder.join(&file), &imported.assembled.file.bytes)?;
        lock.pin(Pin {
            id: imported.assembled.pack.id.clone(),
            version: imported.assembled.pack.version.clone(),
            file: file.clone(),
            sha256: packs::digest(&imported.assembled.file.bytes),
            source: Some(bundle.name.clone()),
        });
        packs::write(&root.folder.join(pins::FILE_NAME), lock.text().as_bytes())?;
    }
    let report = Report {
        bundle: &bundle,
        format: imported.format,
        assembled: &imported.assembled,
        file: format!("{}{file}", root.prefix),
        written: !options.plan,
        guess: guess(&bundle, imported.format, mapping.as_ref()),
    };
    match options.report {
        ReportFormat::Text => terminal.print(&report.text(terminal.color))?,
        ReportFormat::Json => terminal.print(&report.json())?,
    }
    Ok(Exit::Clean)
}

/// A download that was read and put in order.
pub(super) struct Imported {
    /// The name of the reader.
    pub format: &'static str,
    pub assembled: Assembled,
}

/// Reads a download by the reader that recognizes it. A pack file stands for itself.
pub(super) fn import(
    bundle: &Bundle,
    source: &Path,
    mapping: Option<&Mapping>,
    wanted: &Wanted,
) -> Result<Imported, Fault> {
    if let Some(assembled) = of_pack(bundle) {
        let id = &assembled.pack.id;
        if wanted.id.as_ref().is_some_and(|wanted| wanted != id) {
            return Err(Fault::Usage {
                message: format!("`{}` is the framework `{id}`", shown(source)),
                help: Some(
                    "a pack keeps its id; use it by another name with `use … as …`".to_owned(),
                ),
            });
        }
        return Ok(Imported {
            format: "pack",
            assembled,
        });
    }
    let read = read(bundle, source, mapping)?;
    let assembled = assemble(read.release, wanted, &bundle.name)
        .map_err(|fault| said(&fault, bundle, read.title))?;
    Ok(Imported {
        format: read.format,
        assembled,
    })
}

/// A download as its reader found it.
struct Read {
    /// The name of the reader.
    format: &'static str,
    /// What it reads, in words.
    title: &'static str,
    release: Release,
}

/// Reads a download: as a table where a mapping says which column is what, else by the reader that recognizes it.
fn read(bundle: &Bundle, source: &Path, mapping: Option<&Mapping>) -> Result<Read, Fault> {
    if let Some(mapping) = mapping {
        const TITLE: &str = "a table";
        let release = table::read_mapped(bundle, Some(mapping))
            .map_err(|fault| said(&fault, bundle, TITLE))?;
        return Ok(Read {
            format: TABLE,
            title: TITLE,
            release,
        });
    }
    let Some(reader) = readers::recognize(bundle) else {
        let known: Vec<&str> = READERS.iter().map(|reader| reader.title).collect();
        return Err(Fault::Usage {
            message: format!("`{}` is in no format that is known", shown(source)),
            help: Some(format!("give one of: {}; badges", known.join("; "))),
        });
    };
    let release = (reader.read)(bundle).map_err(|fault| said(&fault, bundle, reader.title))?;
    Ok(Read {
        format: reader.name,
        title: reader.title,
        release,
    })
}

/// The name of the reader of tables.
const TABLE: &str = "table";

fn mapping(options: &Import) -> Result<Option<Mapping>, Fault> {
    let mapping = options.map.as_deref().map(Mapping::parse).transpose();
    mapping.map_err(|message| Fault::usage(format!("--map: {message}")))
}

/// What the columns of a table were taken for, to be looked at, where nobody said it.
fn guess(bundle: &Bundle, format: &str, mapping: Option<&Mapping>) -> Option<String> {
    if format != TABLE || mapping.is_some() {
        return None;
    }
    table::guess(bundle).ok().map(|guess| guess.to_string())
}

/// What is already a pack.
fn of_pack(bundle: &Bundle) -> Option<Assembled> {
    let [file] = bundle.files.as_slice() else {
        return None;
    };
    let (pack, details) = Details::open(&file.bytes).ok()?;
    let mut tally = Tally::default();
    for item in pack.items() {
        let kind = item.kind.as_deref().unwrap_or("item");
        tally.read(kind);
        tally.kept(kind);
    }
    let file = PackFile::of(&pack, file.bytes.clone());
    Some(Assembled {
        pack,
        details,
        tally,
        file,
    })
}

/// What stops a reader, as a fault of the command line.
fn said(fault: &ReadFault, bundle: &Bundle, title: &str) -> Fault {
    let place = fault
        .spot
        .map(|spot| format!("{}: ", bundle.shown(spot)))
        .unwrap_or_default();
    Fault::Usage {
        message: format!("this looks like {title}, but {place}{}", fault.message),
        help: fault.help.clone(),
    }
}

fn wanted(options: &Import) -> Result<Wanted, Fault> {
    let mut set = Vec::new();
    for pair in &options.set {
        let Some((key, value)) = pair.split_once('=') else {
            return Err(Fault::usage(format!(
                "`{pair}` does not say what is set: write it as `licence=CC0`"
            )));
        };
        set.push((key.trim().to_owned(), value.trim().to_owned()));
    }
    Ok(Wanted {
        id: options.id.clone(),
        version: options.version.clone(),
        set,
    })
}

/// A file that somebody edited is not overwritten.
fn refuse_edited(
    project: &Path,
    file: &str,
    new: &PackFile,
    lock: &pins::Lock,
) -> Result<(), Fault> {
    let Ok(there) = std::fs::read(project.join(file)) else {
        return Ok(());
    };
    let pinned = lock
        .of(file)
        .is_some_and(|pin| pin.sha256 == packs::digest(&there));
    if there == new.bytes || pinned {
        return Ok(());
    }
    Err(Fault::Usage {
        message: format!("`{file}` is there already, and is not what an import has written"),
        help: Some("move it away, or give the new one another id with `--as`".to_owned()),
    })
}
