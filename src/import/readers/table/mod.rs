//! Tables: any CSV or Excel file whose columns can be told apart, by a mapping or by a guess at one.
//!
//! This is the last resort among the readers, and the way in for frameworks that only exist as somebody's list. The guess is meant to
//! be shown before anything is written ([`guess`], [`Guess`]); [`template`] is a file to begin with.

pub(super) mod excel;
mod groups;
mod guess;
mod mapping;
mod names;
pub(super) mod quotes;
mod read;
pub(super) mod rows;
pub(super) mod sheet;

pub use guess::Guess;
pub use mapping::{Column, Mapping, Role};

use crate::import::bundle::{Bundle, BundleFile};
use crate::import::pack::StandsFor;
use crate::import::release::{Head, Release};
use crate::import::tally::{Outcome, Spot, Tally};

use super::json;
use super::reader::Reader;
use crate::import::fault::ReadFault;
use crate::import::pathways::pathway;
use groups::Group;
use sheet::Sheet;

/// The name of the reader.
pub const NAME: &str = "table";

/// The reader.
pub const READER: Reader = Reader {
    name: NAME,
    title: "a table",
    recognize: is,
    read,
};

/// Whether a download holds a table.
#[must_use]
pub fn is(bundle: &Bundle) -> bool {
    bundle.files.iter().any(|file| {
        excel::is(file)
            || rows::beginning(file).is_some_and(|sheet| {
                pathway(file).is_none()
                    && guess::guess(&sheet, &file.path).is_some_and(|guess| guess.is_likely())
            })
    })
}

/// Whether a file has rows and columns, whatever is in them.
pub(super) fn is_table(file: &BundleFile) -> bool {
    excel::is(file) || rows::beginning(file).is_some()
}

/// Whether there is something to name the items by.
fn is_enough(mapping: &Mapping) -> bool {
    [Role::Label, Role::Statement]
        .iter()
        .any(|role| mapping.columns.iter().any(|column| column.role == *role))
}

/// Reads the tables with the mappings that are guessed: a release for each group of tables that belong together.
///
/// # Errors
/// Damaged files, and tables whose columns cannot be told apart.
pub fn read(bundle: &Bundle) -> Result<Vec<Release>, ReadFault> {
    read_mapped(bundle, None)
}

/// Reads the tables with a mapping; without one, it is guessed. With a mapping, those with its columns are one framework.
///
/// # Errors
/// As with [`read`]; and a column of the mapping that is not there.
pub fn read_mapped(bundle: &Bundle, mapping: Option<&Mapping>) -> Result<Vec<Release>, ReadFault> {
    let read = read_guessed(bundle, mapping)?.into_iter();
    Ok(read.map(|(release, _)| release).collect())
}

/// The same, with what the columns of each release were taken for, to be shown before it is kept.
///
/// # Errors
/// As with [`read_mapped`].
pub fn read_guessed(
    bundle: &Bundle,
    mapping: Option<&Mapping>,
) -> Result<Vec<(Release, Guess)>, ReadFault> {
    let mut tally = Tally::default();
    let sheets = sheets(bundle, &mut tally)?;
    if sheets.iter().all(|sheet| sheet.rows.len() < 2) {
        return Err(ReadFault::new(
            "there is nothing below the names of the columns",
        ));
    }
    let groups = groups::of(bundle, &sheets, mapping);
    if groups.is_empty() {
        return Err(no_table());
    }
    count_others(&sheets, &groups, &mut tally);
    let mut releases = Vec::with_capacity(groups.len());
    for group in &groups {
        let is_named = groups.len() > 1 && {
            let of_file = |other: &Group| file_of(other, &sheets) == file_of(group, &sheets);
            groups.iter().filter(|other| of_file(other)).count() > 1
        };
        let release = release_of(bundle, &sheets, group, is_named, std::mem::take(&mut tally))?;
        releases.push((release, group.guess.clone()));
    }
    let bare: Vec<(Release, Guess)> = releases
        .extract_if(.., |(release, _)| release.records.is_empty())
        .collect();
    let (first, _) = releases.first_mut().ok_or_else(no_table)?;
    for (release, _) in bare {
        first.tally.take_in(&release.tally);
    }
    Ok(releases)
}

/// Sheets that are read by nobody.
fn count_others(sheets: &[Sheet], groups: &[Group], tally: &mut Tally) {
    for (position, sheet) in sheets.iter().enumerate() {
        let is_read = |group: &Group| group.sheets.iter().any(|part| part.position == position);
        if groups.iter().any(is_read) {
            continue;
        }
        let spot = Spot {
            file: sheet.file,
            line: 0,
        };
        let reason = "sheets in which no column of names is seen, which are not read";
        json::leave_out_of(tally, "sheet", reason, spot, &sheet.name);
    }
}

fn file_of<'s>(group: &Group, sheets: &'s [Sheet]) -> Option<&'s u32> {
    sheets.get(group.lead).map(|sheet| &sheet.file)
}

/// The release of one group. Where several stand in one file, the name of the sheet stands for the title.
fn release_of(
    bundle: &Bundle,
    sheets: &[Sheet],
    group: &Group,
    is_named: bool,
    tally: Tally,
) -> Result<Release, ReadFault> {
    let mut release = Release {
        head: Head {
            stands_for: Some(StandsFor::Skill),
            ..Head::default()
        },
        tally,
        ..Release::default()
    };
    let mut rows = read::Rows::default();
    for part in &group.sheets {
        if let Some(sheet) = sheets.get(part.position) {
            read::read(sheet, part.header, &part.mapping, &mut rows, &mut release)?;
        }
    }
    read::bind(rows, &mut release);
    let lead = sheets.get(group.lead);
    let file = lead.and_then(|sheet| {
        let file = usize::try_from(sheet.file).ok()?;
        bundle.files.get(file)
    });
    let stem = file.map_or("", |file| {
        let name = file.name();
        name.split_once('.').map_or(name, |(stem, _)| stem)
    });
    let lead_mapping = &group.guess.mapping;
    let mut labels = lead_mapping
        .columns
        .iter()
        .filter(|column| column.role == Role::Label);
    // Where every name has a language, the first one is the main one.
    if let Some(first) = labels.next()
        && !first.language.is_empty()
        && labels.all(|label| !label.language.is_empty())
    {
        release.head.language = Some(first.language.clone());
    }
    if let (None, true, Some(sheet)) = (&release.head.title, is_named, lead) {
        let title = format!("{stem}: {}", sheet.name);
        let reason = "titles that the files do not state: the name of the sheet stands for it";
        let spot = Spot {
            file: sheet.file,
            line: 0,
        };
        release.tally.note(Outcome::Mended, reason, spot, &title);
        release.head.title = Some(title);
    }
    let title = release.head.title.as_deref().unwrap_or(stem);
    release.head.id = json::id_of(title, "framework");
    Ok(release)
}

fn sheets(bundle: &Bundle, tally: &mut Tally) -> Result<Vec<Sheet>, ReadFault> {
    let mut found = Vec::new();
    for (number, file) in bundle.indexed() {
        // A readme or a picture beside the table is no table.
        if is_table(file) || bundle.files.len() == 1 {
            found.append(&mut rows::sheets(number, file, tally)?);
        }
    }
    Ok(found)
}

fn no_table() -> ReadFault {
    ReadFault::new("there is no table in it with a column of names")
        .help("say which column is which, with `--map code=…,label=…,parent=…`")
}

/// A table to begin with: its names are guessed rightly, and its rows show what goes where.
#[must_use]
pub fn template() -> String {
    "code,label,label:fr,alternative,statement,description,kind,parent,iri,status,replaced-by\n\
     1,Working with wood,Travailler le bois,,,From the board to the piece.,area,,,,\n\
     1.1,Choosing wood,Choisir le bois,selecting timber; picking boards,\"Chooses wood that suits the piece, and says why.\",,skill,1,,,\n\
     1.2,Joining boards,Assembler des planches,,Joins two boards so that they hold.,,skill,1,https://crafts.example/id/1.2,,\n\
     1.3,Gluing boards,,,,,skill,1,,withdrawn,1.2\n"
        .to_owned()
}

#[cfg(test)]
mod tests;
