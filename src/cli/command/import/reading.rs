//! The frameworks of a download, as their readers found them.
//!
//! Goes in: a download that was opened. Comes out: each framework in it with the files that it was read from, or a refusal. Files that
//! are nobody's are counted with the first framework.

use std::collections::{BTreeMap, BTreeSet};

use crate::import::assemble::{guessed_id, longer_id};
use crate::import::bundle::{Bundle, BundleFile};
use crate::import::details::Details;
use crate::import::pathways;
use crate::import::readers::apart::{self, Part};
use crate::import::readers::table::{self, Guess, Mapping};
use crate::import::readers::{READERS, Reader};
use crate::import::release::Release;
use crate::import::tally::{Spot, Tally};
use crate::mapping::read::is_mappings;
use crate::workspace::{Fault, shown};

use super::report::printable;
use super::{Given, said};

/// A framework as its reader found it.
#[derive(Clone)]
pub(super) struct Read {
    /// The name of the reader.
    pub format: &'static str,
    /// What it reads, in words.
    pub title: &'static str,
    pub release: Release,
    /// The files that were read for it and those that are counted with it: their names only.
    pub files: Bundle,
    /// What the columns of a table were taken for, where that was guessed.
    pub guess: Option<String>,
    /// What its title and version may be taken from: the name of the download, or of its own file where there are several frameworks.
    pub name: String,
    /// The id that it gets, if nobody wants another one; each has its own.
    pub id: String,
}

/// Reads a download: as a table where a mapping says which column is what, else by the readers that recognize its files.
pub(super) fn read(given: &Given, mapping: Option<&Mapping>) -> Result<Vec<Read>, Fault> {
    let bundle = &given.bundle;
    let (parts, left) = match mapping {
        Some(_) => {
            let files = (0..bundle.files.len()).collect();
            let reader = &table::READER;
            (vec![Part { reader, files }], Vec::new())
        }
        None => {
            let apart = apart::apart(bundle);
            (apart.parts, apart.left)
        }
    };
    if parts.is_empty() {
        return Err(unknown(given));
    }
    let mut found = Vec::new();
    for part in parts {
        read_part(given, &part, mapping, &mut found)?;
    }
    leave(bundle, &left, &mut found);
    let several = found.len() > 1;
    for read in &mut found {
        read.name = match read.release.records.first() {
            Some(first) if several => file_name(&read.files, first.spot),
            Some(_) | None => bundle.name.clone(),
        };
        read.id = guessed_id(&read.release.head, &read.name);
    }
    number(&mut found);
    Ok(found)
}

fn read_part(
    given: &Given,
    part: &Part,
    mapping: Option<&Mapping>,
    found: &mut Vec<Read>,
) -> Result<(), Fault> {
    let of_part;
    let bundle = if part.files.len() == given.bundle.files.len() {
        &given.bundle
    } else {
        of_part = apart::only(&given.bundle, &part.files);
        &of_part
    };
    let Reader { name, title, .. } = *part.reader;
    let releases = if name == table::NAME {
        let of_tables = table::read_guessed(bundle, mapping);
        // What was said by the user is no guess.
        let shown = |guess: Guess| mapping.is_none().then(|| guess.to_string());
        of_tables.map(|all| {
            let all = all.into_iter();
            all.map(|(release, guess)| (release, shown(guess)))
                .collect()
        })
    } else {
        (part.reader.read)(bundle).map(|all| all.into_iter().map(|one| (one, None)).collect())
    };
    let mut releases: Vec<(Release, Option<String>)> =
        releases.map_err(|fault| said(&fault, bundle, title))?;
    for (number, position) in (0..).zip(&part.files) {
        let Some(decoded) = given
            .decoded
            .get(*position)
            .filter(|tally| !tally.is_empty())
        else {
            continue;
        };
        let is_of = |release: &Release| release.records.iter().any(|one| one.spot.file == number);
        let at = releases.iter().position(|(release, _)| is_of(release));
        if let Some((release, _)) = releases.get_mut(at.unwrap_or(0)) {
            release.tally.take_in(&decoded.clone().at_file(number));
        }
    }
    let files = names_of(bundle);
    for (release, guess) in releases {
        found.push(Read {
            format: name,
            title,
            release,
            files: files.clone(),
            guess,
            name: String::new(),
            id: String::new(),
        });
    }
    Ok(())
}

/// The files of a bundle without what is in them.
pub(super) fn names_of(bundle: &Bundle) -> Bundle {
    let files = bundle.files.iter().map(|file| BundleFile {
        path: file.path.clone(),
        bytes: Vec::new(),
    });
    Bundle {
        name: bundle.name.clone(),
        files: files.collect(),
    }
}

fn file_name(files: &Bundle, spot: Spot) -> String {
    let file = files.files.get(spot.file as usize);
    file.map_or("", BundleFile::name).to_owned()
}

/// Counts files that are nobody's.
fn leave(bundle: &Bundle, left: &[usize], found: &mut [Read]) {
    let Some(first) = found.first_mut() else {
        return;
    };
    for &position in left {
        let Some(file) = bundle.files.get(position) else {
            continue;
        };
        let alone = apart::only(bundle, &[position]);
        let reason = if Details::open(&file.bytes).is_ok() {
            "framework packs, which are imported by their own path"
        } else if is_mappings(&alone) {
            "tables of mappings: read them with `gradus crosswalk import`"
        } else if pathways::pathway(file).is_some() {
            "pathways, which are no frameworks: write them as a `pathway` with its stages"
        } else if READERS.iter().any(|reader| (reader.recognize)(&alone)) {
            "files in a known format that hold no framework of their own"
        } else {
            "files in no format that is known"
        };
        let spot = Spot {
            file: u32::try_from(first.files.files.len()).unwrap_or(u32::MAX),
            line: 0,
        };
        first.files.files.push(BundleFile {
            path: file.path.clone(),
            bytes: Vec::new(),
        });
        let tally: &mut Tally = &mut first.release.tally;
        tally.read("file");
        tally.skipped("file", reason, spot, "");
    }
}

/// Tells ids apart that several frameworks of one version would have: by more of their titles, else by a number for all but the first.
fn number(found: &mut [Read]) {
    let mut alike: BTreeMap<(String, Option<String>), usize> = BTreeMap::new();
    for read in found.iter() {
        let version = read.release.head.version.clone();
        *alike.entry((read.id.clone(), version)).or_default() += 1;
    }
    for read in found.iter_mut() {
        let version = read.release.head.version.clone();
        if alike
            .get(&(read.id.clone(), version))
            .is_some_and(|&count| count > 1)
        {
            read.id = longer_id(&read.release.head, &read.name);
        }
    }
    let mut taken: BTreeSet<(String, Option<String>)> = BTreeSet::new();
    // How many there were of an id, so that thousands of one id are not counted from the start each.
    let mut counts: BTreeMap<(String, Option<String>), usize> = BTreeMap::new();
    for read in found {
        let version = read.release.head.version.clone();
        let id = read.id.clone();
        let count = counts.entry((id.clone(), version.clone())).or_insert(0);
        loop {
            *count += 1;
            if *count > 1 {
                read.id = format!("{id}-{count}");
            }
            if taken.insert((read.id.clone(), version.clone())) {
                break;
            }
        }
    }
}

/// A download that no reader knows.
fn unknown(given: &Given) -> Fault {
    let Given {
        path: source,
        bundle,
        ..
    } = given;
    let known: Vec<&str> = READERS.iter().map(|reader| reader.title).collect();
    if is_mappings(bundle) {
        return Fault::Usage {
            message: format!(
                "`{}` is a table of mappings, not a framework",
                shown(source)
            ),
            help: Some("read it with `gradus crosswalk import`".to_owned()),
        };
    }
    if let Some(what) = pathways::first_pathway(bundle) {
        return Fault::Usage {
            message: format!("`{}` is {what}, not a framework", shown(source)),
            help: Some(pathways::WHAT_TO_DO.to_owned()),
        };
    }
    let is_pack = |file: &BundleFile| Details::open(&file.bytes).is_ok();
    if bundle.files.iter().any(is_pack) {
        return Fault::Usage {
            message: format!(
                "`{}` holds framework packs, and nothing that a pack can be made of",
                shown(source)
            ),
            help: Some("give the path of one of them".to_owned()),
        };
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
    // A table that breaks the bounds of tables says where.
    let is_table = |file: &BundleFile| {
        let ending = file.name().rsplit_once('.').map(|(_, ending)| ending);
        ending.is_some_and(|ending| {
            ending.eq_ignore_ascii_case("csv") || ending.eq_ignore_ascii_case("tsv")
        })
    };
    if bundle.files.iter().any(is_table)
        && let Err(fault) = table::read_mapped(bundle, None)
        && fault.spot.is_some()
    {
        return said(&fault, bundle, "a table");
    }
    Fault::Usage {
        message: format!("`{}` is in no format that is known{why}", shown(source)),
        help: Some(format!("give one of: {}; badges", known.join("; "))),
    }
}

/// The frameworks that the user wants of those in the download: all, or those with this id.
pub(super) fn choose(
    given: &Given,
    found: Vec<Read>,
    only: Option<&str>,
) -> Result<Vec<Read>, Fault> {
    let Some(only) = only else {
        return Ok(found);
    };
    if !found.iter().any(|read| read.id == only) {
        return Err(absent(
            given,
            &found,
            only,
            "give `--only` one of these ids",
        ));
    }
    Ok(found.into_iter().filter(|read| read.id == only).collect())
}

/// A framework is not in the download.
fn absent(given: &Given, found: &[Read], id: &str, help: &str) -> Fault {
    Fault::Usage {
        message: format!(
            "there is no framework `{id}` in `{}`: there {}",
            shown(&given.path),
            list(found)
        ),
        help: Some(help.to_owned()),
    }
}

/// The new release of the framework that the project calls by this id: of several in the download the one that has it.
pub(super) fn release_of(given: &Given, mut found: Vec<Read>, id: &str) -> Result<Read, Fault> {
    const HELP: &str = "give the path of its own file";
    if found.len() > 1 {
        if !found.iter().any(|read| read.id == id) {
            return Err(absent(given, &found, id, HELP));
        }
        found.retain(|read| read.id == id);
    }
    one(given, found, HELP)
}

/// The one framework of a download.
pub(super) fn one(given: &Given, found: Vec<Read>, help: &str) -> Result<Read, Fault> {
    let is_one = found.len() == 1;
    let list = list(&found);
    found
        .into_iter()
        .next()
        .filter(|_| is_one)
        .ok_or_else(|| Fault::Usage {
            message: format!("in `{}` there {list}", shown(&given.path)),
            help: Some(help.to_owned()),
        })
}

/// How many frameworks are listed where a download holds several.
const LISTED: usize = 12;

/// What stands after "there": how many frameworks there are, with their ids.
pub(super) fn list(found: &[Read]) -> String {
    let mut list: Vec<String> = found
        .iter()
        .take(LISTED)
        .map(|read| {
            let spot = read.release.records.first().map(|record| record.spot);
            let path = spot.and_then(|spot| read.files.files.get(spot.file as usize));
            let path = path.map_or("", |file| file.path.as_str());
            let title = read.release.head.title.as_deref().unwrap_or(read.title);
            format!(
                "`{}` (`{}` in `{}`)",
                read.id,
                printable(title),
                printable(path)
            )
        })
        .collect();
    if found.len() > LISTED {
        list.push(format!("and {} more", found.len() - LISTED));
    }
    match found.len() {
        1 => format!("is {}", list.join("")),
        count => format!("are {count} frameworks: {}", list.join("; ")),
    }
}
