//! `gradus import`: makes a framework pack of what a publisher offers for download.
//!
//! Goes in: a folder, an archive or a file. Comes out: one file in the project's `frameworks` folder and its line in `gradus.lock`, and
//! the table of what was read, kept, merged and left out. Nothing is written before everything was read and put in order.
//! Badges, and with `--source` frameworks, become `.gradus` files instead ([`source`]).

pub(super) mod keep;
mod report;
mod source;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::super::Exit;
use super::super::args::{Import, ReportFormat};
use super::super::terminal::Terminal;
use crate::import::assemble::{self, Assembled, PackFile, Wanted};
use crate::import::bundle::Bundle;
use crate::import::details::Details;
use crate::import::encoding;
use crate::import::readers::table::{self, Mapping};
use crate::import::readers::{self, READERS, ReadFault, Reader, badges};
use crate::import::release::Release;
use crate::import::tally::Tally;
use crate::mapping::read::is_mappings;
use crate::workspace::{Fault, Root, Target, download, find, shown};
use keep::Keeping;
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
    let root = find::root(&Target {
        path: None,
        config: config.clone(),
    })?;
    let opened = Given::open(path)?;
    let bundle = &opened.bundle;
    let mapping = mapping(options)?;
    if options.as_source || badges::is(bundle) {
        return source::run(options, &opened, mapping.as_ref(), config, terminal);
    }
    let mut wanted = wanted(options)?;
    let given: BTreeMap<_, _> = wanted.set.iter().cloned().collect();
    let mut imported = import(&opened, mapping.as_ref(), &wanted)?;
    let is_pack = imported.format == PACK;
    if is_pack {
        refuse_settings(options)?;
    }
    let set = remember(bundle, &root, &mut wanted, &imported)?;
    // Keys that were given now are not counted twice.
    if !is_pack && set.len() > given.len() {
        imported = import(&opened, mapping.as_ref(), &wanted)?;
    }
    let renamed = wanted
        .set
        .iter()
        .any(|(key, _)| key == "iri" || key == "title");
    let keeping = Keeping::new(&root, &imported.assembled, &bundle.name, renamed)?;
    let file = keeping.file.clone();
    let replaced = keeping.replaced.clone();
    if !options.plan {
        keeping.write(&bundle.name, set)?;
    }
    let report = Report {
        bundle,
        format: imported.format,
        assembled: &imported.assembled,
        file: format!("{}{file}", root.prefix),
        written: !options.plan,
        guess: guess(bundle, imported.format, mapping.as_ref()),
    };
    match options.report {
        ReportFormat::Text => terminal.print(&report.text(terminal.color))?,
        ReportFormat::Json => terminal.print(&report.json())?,
    }
    for old in replaced {
        let done = if options.plan { "would be" } else { "was" };
        terminal.note(&format!(
            "{file} takes the place of {old}, which {done} removed"
        ));
    }
    Ok(Exit::Clean)
}

/// What the user named, opened.
pub(super) struct Given {
    path: PathBuf,
    pub bundle: Bundle,
    /// What was decoded when it was opened.
    decoded: Tally,
}

impl Given {
    /// Opens it, with its tables in UTF-8.
    ///
    /// # Errors
    /// It cannot be read, or is refused.
    pub fn open(path: &Path) -> Result<Self, Fault> {
        let mut bundle = download::open(path, download::LIMITS)?;
        let decoded = encoding::settle(&mut bundle);
        Ok(Self {
            path: path.to_owned(),
            bundle,
            decoded,
        })
    }
}

/// A download that was read and put in order.
pub(super) struct Imported {
    /// The name of the reader.
    pub format: &'static str,
    pub assembled: Assembled,
}

/// Reads a download by the reader that recognizes it. A pack file stands for itself.
pub(super) fn import(
    given: &Given,
    mapping: Option<&Mapping>,
    wanted: &Wanted,
) -> Result<Imported, Fault> {
    let bundle = &given.bundle;
    if let Some(assembled) = of_pack(bundle) {
        let id = &assembled.pack.id;
        if wanted.id.as_ref().is_some_and(|wanted| wanted != id) {
            return Err(Fault::Usage {
                message: format!("`{}` is the framework `{id}`", shown(&given.path)),
                help: Some(
                    "a pack keeps its id; use it by another name with `use … as …`".to_owned(),
                ),
            });
        }
        return Ok(Imported {
            format: PACK,
            assembled,
        });
    }
    let read = read(given, mapping)?;
    let assembled = assemble::assemble(read.release, wanted, &bundle.name)
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
fn read(given: &Given, mapping: Option<&Mapping>) -> Result<Read, Fault> {
    let Given {
        path: source,
        bundle,
        decoded,
    } = given;
    if let Some(mapping) = mapping {
        const TITLE: &str = "a table";
        let mut release = table::read_mapped(bundle, Some(mapping))
            .map_err(|fault| said(&fault, bundle, TITLE))?;
        release.tally.take_in(decoded);
        return Ok(Read {
            format: TABLE,
            title: TITLE,
            release,
        });
    }
    let Some(reader) = readers::recognize(bundle) else {
        let known: Vec<&str> = READERS.iter().map(|reader| reader.title).collect();
        if is_mappings(bundle) {
            return Err(Fault::Usage {
                message: format!(
                    "`{}` is a table of mappings, not a framework",
                    shown(source)
                ),
                help: Some("read it with `gradus crosswalk import`".to_owned()),
            });
        }
        let why = match bundle.files.as_slice() {
            [] => ": there is no file in it",
            files if files.iter().all(|file| file.bytes.trim_ascii().is_empty()) => {
                ": there is nothing in it"
            }
            [file] if memchr::memchr(b'\n', file.bytes.trim_ascii()).is_none() => {
                ": it has one line, and no records below it"
            }
            _ => "",
        };
        return Err(Fault::Usage {
            message: format!("`{}` is in no format that is known{why}", shown(source)),
            help: Some(format!("give one of: {}; badges", known.join("; "))),
        });
    };
    refuse_several(bundle, source, reader)?;
    let mut release = (reader.read)(bundle).map_err(|fault| said(&fault, bundle, reader.title))?;
    release.tally.take_in(decoded);
    Ok(Read {
        format: reader.name,
        title: reader.title,
        release,
    })
}

/// How many frameworks are listed where a download holds several.
const LISTED: usize = 12;

/// Several frameworks of one download are not stirred into one.
fn refuse_several(bundle: &Bundle, source: &Path, reader: &Reader) -> Result<(), Fault> {
    let found =
        readers::apart::frameworks(bundle).map_err(|fault| said(&fault, bundle, reader.title))?;
    if found.len() < 2 {
        return Ok(());
    }
    let file = |&position: &usize| bundle.files.get(position).map(|file| file.path.as_str());
    let mut list: Vec<String> = found
        .iter()
        .take(LISTED)
        .map(|framework| {
            let title = report::printable(&framework.title);
            let first = framework.files.iter().find_map(file).unwrap_or("");
            match framework.files.len() {
                0 | 1 => format!("`{title}` in `{}`", report::printable(first)),
                count => format!(
                    "`{title}` in `{}` and {} more",
                    report::printable(first),
                    count - 1
                ),
            }
        })
        .collect();
    if found.len() > LISTED {
        list.push(format!("and {} more", found.len() - LISTED));
    }
    Err(Fault::Usage {
        message: format!(
            "there are {} frameworks in `{}`: {}",
            found.len(),
            shown(source),
            list.join("; ")
        ),
        help: Some("import each of them by its own path".to_owned()),
    })
}

/// What is said of a pack in place of the name of a reader.
pub(super) const PACK: &str = "pack";
/// The name of the reader of tables.
const TABLE: &str = table::NAME;

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
    Ok(Wanted {
        id: options.id.clone(),
        version: version(options.version.as_deref())?,
        unversioned: options.plan,
        set: settings(&options.set)?,
    })
}

/// The facts that were given with `--set`.
pub(super) fn settings(pairs: &[String]) -> Result<Vec<(String, String)>, Fault> {
    let pairs = pairs.iter().map(|pair| assemble::setting(pair));
    pairs
        .map(|pair| pair.map_err(|fault| unfit("--set", fault)))
        .collect()
}

/// The version that was given.
pub(super) fn version(given: Option<&str>) -> Result<Option<String>, Fault> {
    let version = given.map(assemble::version).transpose();
    version.map_err(|fault| unfit("--version", fault))
}

/// What cannot stand behind an option.
fn unfit(option: &str, fault: ReadFault) -> Fault {
    Fault::Usage {
        message: format!("{option}: {}", fault.message),
        help: fault.help,
    }
}

/// What was set for this framework before stays set, unless it is set anew. Gives all that is set.
fn remember(
    bundle: &Bundle,
    root: &Root,
    wanted: &mut Wanted,
    imported: &Imported,
) -> Result<BTreeMap<String, String>, Fault> {
    let file = keep::file_of(&imported.assembled.file);
    let mut set = keep::set_before(&root.folder, &file, &bundle.name)?;
    let before: Vec<_> = set.clone().into_iter().collect();
    wanted.set.splice(0..0, before);
    set.extend(wanted.set.iter().cloned());
    Ok(set)
}

/// A pack says everything itself.
fn refuse_settings(options: &Import) -> Result<(), Fault> {
    let given = [
        ("--version", options.version.is_some()),
        ("--set", !options.set.is_empty()),
        ("--map", options.map.is_some()),
    ];
    match given.iter().find(|(_, given)| *given) {
        Some((option, _)) => Err(Fault::Usage {
            message: format!("`{option}` cannot change a framework pack"),
            help: Some("leave it out, or import what the pack was made of".to_owned()),
        }),
        None => Ok(()),
    }
}
