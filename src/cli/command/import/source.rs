//! `gradus import --source`: badges and frameworks as `.gradus` files, for those who already have something.
//!
//! Goes in: a download. Comes out: files in the project's folder, none of which was there before, and the table of what was read.

use std::path::PathBuf;

use super::super::super::Exit;
use super::super::super::args::{Import, ReportFormat};
use super::super::super::terminal::Terminal;
use super::super::load_if_any;
use super::report::SourceReport;
use super::{Given, reading, said, unfit};
use crate::import::readers::badges;
use crate::import::readers::table::Mapping;
use crate::import::release::Release;
use crate::import::source::{Place, SourceFiles, framework_source_in, id_from};
use crate::model::address;
use crate::workspace::{Analysis, Fault, Root, packs};

pub(super) fn run(
    options: &Import,
    given: &Given,
    mapping: Option<&Mapping>,
    config: Option<PathBuf>,
    terminal: &Terminal,
) -> Result<Exit, Fault> {
    if mapping.is_none() && badges::is(&given.bundle) {
        refuse_settings(options)?;
    }
    let (root, analysis) = load_if_any(None, config)?;
    let place = place(options, &analysis);
    let (format, mut made) = made(options, given, mapping, &place)?;
    let is_badges = format == BADGES;
    name_files(&mut made, given, (options.id.as_deref(), is_badges), &root);
    let paths: Vec<_> = made
        .files
        .iter()
        .map(|(name, _)| root.folder.join(name))
        .collect();
    if let Some(there) = paths.iter().position(|path| path.exists()) {
        let name = made.files.get(there).map_or("", |(name, _)| name.as_str());
        return Err(Fault::Usage {
            message: format!("`{}{name}` is there already", root.prefix),
            help: Some("give another name with `--as`, or move the file away".to_owned()),
        });
    }
    if !options.plan {
        for (number, (path, (_, text))) in paths.iter().zip(&made.files).enumerate() {
            if let Err(fault) = packs::write(path, text.as_bytes()) {
                // Half of a framework is worse than none. What cannot be taken away is seen by the user, as is the fault.
                for written in paths.iter().take(number) {
                    let _ = std::fs::remove_file(written);
                }
                return Err(fault);
            }
        }
    }
    let files: Vec<String> = made
        .files
        .iter()
        .map(|(name, _)| format!("{}{name}", root.prefix))
        .collect();
    let report = SourceReport {
        bundle: &given.bundle,
        format,
        tally: &made.tally,
        files: &files,
        written: !options.plan,
    };
    match options.report {
        ReportFormat::Text => terminal.print(&report.text())?,
        ReportFormat::Json => terminal.print(&report.json())?,
    }
    Ok(Exit::Clean)
}

/// What the project has already, and what the user wants the new things to be called.
fn place(options: &Import, analysis: &Analysis) -> Place {
    let project = &analysis.project;
    let mut place = Place {
        id: options.id.clone(),
        taken: project
            .by_name
            .keys()
            .map(|&name| project.name(name).to_owned())
            .collect(),
        ..Place::default()
    };
    for (id, issuer) in project.issuers.iter() {
        let own = project.name(issuer.declared.id);
        for by in [
            address::issuer_profile(project, id).address,
            address::issuer_2(project, id).address,
            project.prose(&issuer.declared.name).into_owned(),
        ] {
            place.issuers.entry(by).or_insert_with(|| own.to_owned());
        }
    }
    for (id, _) in project.credentials.iter() {
        for language in address::languages(project, id) {
            place.credentials.extend([
                address::achievement(project, id, language).address,
                address::badge_class(project, id, language).address,
            ]);
        }
    }
    for (id, item) in project.items.iter() {
        let path = project.name(item.full_path).to_owned();
        place.items.insert(address::item_address(project, id), path);
    }
    place
}

/// Names the files after what the user wants, else the framework or the issuer of all badges, or else the download. A name that
/// nobody has asked for gets a number where there is such a file.
fn name_files(
    made: &mut SourceFiles,
    given: &Given,
    (wanted, is_badges): (Option<&str>, bool),
    root: &Root,
) {
    let name = &given.bundle.name;
    let of_download = name.rsplit('/').next().unwrap_or(name);
    let of_download = of_download.split('.').next().unwrap_or(of_download);
    let stem = [wanted.unwrap_or(""), &made.name, &id_from(of_download)]
        .into_iter()
        .find(|stem| !stem.is_empty())
        .unwrap_or("imported")
        .to_owned();
    let stem = stem.strip_suffix("-badges").unwrap_or(&stem);
    let called = |stem: &str| -> Vec<String> {
        let names = made.files.iter().map(|(name, _)| match is_badges {
            true => format!("{stem}-{name}"),
            false => format!("{stem}.gradus"),
        });
        names.collect()
    };
    let mut names = called(stem);
    let mut number = 2;
    while wanted.is_none() && names.iter().any(|name| root.folder.join(name).exists()) {
        names = called(&format!("{stem}-{number}"));
        number += 1;
    }
    for ((name, _), new) in made.files.iter_mut().zip(names) {
        *name = new;
    }
}

/// Badges say themselves what version they are.
fn refuse_settings(options: &Import) -> Result<(), Fault> {
    let given = [
        ("--version", options.version.is_some()),
        ("--set", !options.set.is_empty()),
    ];
    match given.iter().find(|(_, given)| *given) {
        Some((option, _)) => Err(Fault::Usage {
            message: format!("`{option}` is for frameworks, and these are badges"),
            help: Some("leave it out, and write it into the file that is made".to_owned()),
        }),
        None => Ok(()),
    }
}

/// What badges are called in place of the name of a reader.
const BADGES: &str = "badges";

fn made(
    options: &Import,
    given: &Given,
    mapping: Option<&Mapping>,
    place: &Place,
) -> Result<(&'static str, SourceFiles), Fault> {
    let bundle = &given.bundle;
    let wanted = place.wanted().map_err(|fault| unfit("--as", fault))?;
    if mapping.is_none() && badges::is(bundle) {
        let made = badges::read_badges_into(bundle, place)
            .map_err(|fault| said(&fault, bundle, "a catalogue of badges"))?;
        return Ok((BADGES, made));
    }
    if let Some(taken) = wanted.filter(|&id| place.taken.contains(id)) {
        return Err(Fault::Usage {
            message: format!("the project has something called `{taken}` already"),
            help: Some("give another id with `--as`".to_owned()),
        });
    }
    let stated = super::wanted(options)?;
    let found = reading::read(given, mapping)?;
    let found = reading::choose(given, found, options.only.as_deref())?;
    let mut read = reading::one(
        given,
        found,
        "import one of them, by its own path or with `--only ID`",
    )?;
    stated.apply(&mut read.release.head);
    refuse_twice(&read.release, place)?;
    Ok((read.format, framework_source_in(&read.release, place)))
}

/// The same framework a second time would give its addresses to two items each.
fn refuse_twice(release: &Release, place: &Place) -> Result<(), Fault> {
    let mut addresses = release
        .records
        .iter()
        .filter_map(|record| record.iri.as_ref());
    match addresses.find_map(|address| place.items.get(address)) {
        Some(path) => Err(Fault::Usage {
            message: format!(
                "the project has this framework already: `{path}` is one of its items"
            ),
            help: Some("import into another project, or take it out of this one first".to_owned()),
        }),
        None => Ok(()),
    }
}
