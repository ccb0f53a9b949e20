//! `gradus import`: makes a framework pack of what a publisher offers for download.
//!
//! Goes in: a folder, an archive or a file. Comes out: one file in the project's `frameworks` folder and its line in `gradus.lock`, and
//! the table of what was read, kept, merged and left out. Nothing is written before everything was read and put in order.
//! Badges, and with `--source` frameworks, become `.gradus` files instead ([`source`]).

pub(super) mod keep;
mod reading;
pub(super) mod report;
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
use crate::import::fault::ReadFault;
use crate::import::readers::badges;
use crate::import::readers::table::{self, Mapping};
use crate::import::tally::{Spot, Tally};
use crate::workspace::pins::Pin;
use crate::workspace::{Fault, Root, Target, download, find, packs, shown};
use keep::Keeping;
use reading::Read;
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
    let imported = imports(options, &opened, mapping.as_ref(), &root)?;
    let kept = keep::Kept::read(&root)?;
    let keeping: Vec<Keeping<'_>> = imported
        .iter()
        .map(|one| Keeping::new(&root, &kept, &one.assembled, &bundle.name, one.renamed))
        .collect::<Result<_, _>>()?;
    keep::refuse_same_file(keeping.iter())?;
    let notes: Vec<(String, Vec<String>)> = keeping
        .iter()
        .map(|keeping| (keeping.file.clone(), keeping.replaced.clone()))
        .collect();
    if !options.plan {
        let sets = imported.iter().map(|one| one.set.clone());
        keep::write_all(&root, &bundle.name, keeping.into_iter().zip(sets).collect())?;
    }
    let reports: Vec<Report<'_>> = imported
        .iter()
        .zip(&notes)
        .map(|(one, (file, _))| Report {
            bundle: &one.files,
            format: one.format,
            assembled: &one.assembled,
            file: format!("{}{file}", root.prefix),
            written: !options.plan,
            guess: one.guess.clone(),
        })
        .collect();
    // What would stop the writing stops the plan too, once all was shown.
    let stopped = imported.iter().find_map(Imported::lacks_version);
    match options.report {
        ReportFormat::Text => terminal.print(&report::text(&reports, terminal.color))?,
        ReportFormat::Json => terminal.print(&report::json(&bundle.name, &reports))?,
    }
    for (file, replaced) in notes {
        for old in replaced {
            let done = if options.plan { "would be" } else { "was" };
            terminal.note(&format!(
                "{file} takes the place of {old}, which {done} removed"
            ));
        }
    }
    match stopped {
        Some(fault) => Err(fault),
        None => Ok(Exit::Clean),
    }
}

/// What the user named, opened.
pub(super) struct Given {
    path: PathBuf,
    pub bundle: Bundle,
    /// What was decoded and put together when it was opened, by file.
    decoded: Vec<Tally>,
}

impl Given {
    /// Opens it, with its tables in UTF-8.
    ///
    /// # Errors
    /// It cannot be read, or is refused.
    pub fn open(path: &Path) -> Result<Self, Fault> {
        let (mut bundle, repeated) = download::open_all(path, download::LIMITS)?;
        let mut decoded = encoding::settle(&mut bundle);
        for path in repeated {
            let at = bundle.files.iter().position(|file| file.path == path);
            if let Some(tally) = at.and_then(|at| decoded.get_mut(at)) {
                let reason = "files of the archive with the path of a later one, which counts";
                tally.read("file");
                tally.merged("file", reason, Spot::default(), "");
            }
        }
        Ok(Self {
            path: path.to_owned(),
            bundle,
            decoded,
        })
    }
}

/// A framework that was read and put in order.
pub(super) struct Imported {
    /// The name of the reader.
    pub format: &'static str,
    /// What it reads, in words.
    title: &'static str,
    pub assembled: Assembled,
    /// What places in the tally mean.
    files: Bundle,
    /// What the columns of a table were taken for, where that was guessed.
    guess: Option<String>,
    /// What was set by the user, now or before.
    set: BTreeMap<String, String>,
    /// Whether its title or address was set before.
    renamed: bool,
}

impl Imported {
    /// The fault of a framework that was only looked at, and has no version to be written with.
    fn lacks_version(&self) -> Option<Fault> {
        (self.assembled.pack.version == assemble::NO_VERSION)
            .then(|| said(&assemble::no_version(), &self.files, self.title))
    }

    fn of_pack(given: &Given, assembled: Assembled) -> Self {
        Self {
            format: PACK,
            title: "a framework pack",
            assembled,
            files: reading::names_of(&given.bundle),
            guess: None,
            set: BTreeMap::new(),
            renamed: false,
        }
    }
}

/// Reads the new release of a framework that the project calls by this id. A pack file stands for itself.
pub(super) fn release(given: &Given, wanted: &Wanted, id: &str) -> Result<Imported, Fault> {
    if let Some(assembled) = of_pack(&given.bundle) {
        refuse_other_id(given, &assembled, wanted.id.as_deref())?;
        return Ok(Imported::of_pack(given, assembled));
    }
    let found = reading::read(given, None)?;
    put_in_order(reading::release_of(given, found, id)?, wanted)
}

/// Reads all frameworks of a download that are wanted, with what was set for them before.
fn imports(
    options: &Import,
    given: &Given,
    mapping: Option<&Mapping>,
    root: &Root,
) -> Result<Vec<Imported>, Fault> {
    if let Some(assembled) = of_pack(&given.bundle) {
        refuse_other_id(given, &assembled, options.id.as_deref())?;
        refuse_settings(options)?;
        return Ok(vec![Imported::of_pack(given, assembled)]);
    }
    let found = reading::read(given, mapping)?;
    let several = found.len() > 1;
    let found = reading::choose(given, found, options.only.as_deref())?;
    let wanted = wanted(options)?;
    if found.len() > 1 {
        refuse_for_one(options, &wanted, &found)?;
    }
    let before = keep::pins_of(&root.folder, &given.bundle.name)?;
    let mut imported = Vec::with_capacity(found.len());
    for read in found {
        let mut wanted = wanted.clone();
        if several && wanted.id.is_none() {
            wanted.id = Some(read.id.clone());
        }
        // What was set before counts as what is set now.
        let set = remember(&before, &wanted, &read);
        wanted.set = set.clone().into_iter().collect();
        let mut one = put_in_order(read, &wanted)?;
        one.renamed = set.contains_key("iri") || set.contains_key("title");
        one.set = set;
        imported.push(one);
    }
    Ok(imported)
}

fn put_in_order(read: Read, wanted: &Wanted) -> Result<Imported, Fault> {
    let Read {
        format,
        title,
        release,
        files,
        guess,
        name,
        ..
    } = read;
    let first = release.records.first().map(|record| record.spot.file);
    let assembled = assemble::assemble(release, wanted, &name).map_err(|mut fault| {
        // Which of several it is has to be said.
        if name != files.name {
            let of_file = |file| Spot { file, line: 0 };
            fault.spot = fault.spot.or(first.map(of_file));
        }
        said(&fault, &files, title)
    })?;
    Ok(Imported {
        format,
        title,
        assembled,
        files,
        guess,
        set: BTreeMap::new(),
        renamed: false,
    })
}

fn refuse_other_id(
    given: &Given,
    assembled: &Assembled,
    wanted: Option<&str>,
) -> Result<(), Fault> {
    let id = &assembled.pack.id;
    if wanted.is_some_and(|wanted| wanted != id) {
        return Err(Fault::Usage {
            message: format!("`{}` is the framework `{id}`", shown(&given.path)),
            help: Some("a pack keeps its id; use it by another name with `use … as …`".to_owned()),
        });
    }
    Ok(())
}

/// What is said of one framework cannot be said of several.
fn refuse_for_one(options: &Import, wanted: &Wanted, found: &[Read]) -> Result<(), Fault> {
    let of_one = ["title", "iri"];
    let option = match wanted
        .set
        .iter()
        .find(|(key, _)| of_one.contains(&key.as_str()))
    {
        _ if options.id.is_some() => "--as".to_owned(),
        Some((key, _)) => format!("--set {key}=…"),
        None => return Ok(()),
    };
    Err(Fault::Usage {
        message: format!(
            "`{option}` is for one framework, and there {}",
            reading::list(found)
        ),
        help: Some("choose one of them with `--only ID`".to_owned()),
    })
}

/// What is said of a pack in place of the name of a reader.
pub(super) const PACK: &str = "pack";

fn mapping(options: &Import) -> Result<Option<Mapping>, Fault> {
    let mapping = options.map.as_deref().map(Mapping::parse).transpose();
    mapping.map_err(|message| Fault::usage(format!("--map: {message}")))
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
fn remember(before: &[Pin], wanted: &Wanted, read: &Read) -> BTreeMap<String, String> {
    let stem = assemble::file_stem(&read.release.head, wanted, &read.name);
    let stem = stem.map(|stem| format!("{}/{stem}", packs::FOLDER));
    let of_file = |pin: &&Pin| Some(packs::stem(&pin.file)) == stem.as_deref();
    let known = before.iter().find(of_file);
    let mut set = known.map(|pin| pin.set.clone()).unwrap_or_default();
    set.extend(wanted.set.iter().cloned());
    set
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
