//! Tables: any CSV or Excel file whose columns can be told apart, by a mapping or by a guess at one.
//!
//! This is the last resort among the readers, and the way in for frameworks that only exist as somebody's list. The guess is meant to
//! be shown before anything is written ([`guess`], [`Guess`]); [`template`] is a file to begin with.

pub(super) mod excel;
mod guess;
mod mapping;
mod names;
pub(super) mod quotes;
mod read;
pub(super) mod rows;

pub use guess::Guess;
pub use mapping::{Column, Mapping, Role};

use crate::import::bundle::Bundle;
use crate::import::pack::StandsFor;
use crate::import::release::{Head, Release};
use crate::import::tally::{Outcome, Spot, Tally};

use super::{ReadFault, Reader, json};
use rows::Sheet;

/// The name of the reader.
pub const NAME: &str = "table";

/// The reader.
pub(super) const READER: Reader = Reader {
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
                guess::guess(&sheet, &file.path).is_some_and(|guess| guess.is_likely())
            })
    })
}

/// Whether there is something to name the items by.
fn is_enough(mapping: &Mapping) -> bool {
    [Role::Label, Role::Statement]
        .iter()
        .any(|role| mapping.columns.iter().any(|column| column.role == *role))
}

/// Reads the table with the mapping that is guessed.
///
/// # Errors
/// Damaged files, and tables whose columns cannot be told apart.
pub fn read(bundle: &Bundle) -> Result<Release, ReadFault> {
    read_mapped(bundle, None)
}

/// What the columns seem to be, to be shown before the import.
///
/// # Errors
/// As with [`read`].
pub fn guess(bundle: &Bundle) -> Result<Guess, ReadFault> {
    let sheets = sheets(bundle, &mut Tally::default())?;
    best(bundle, &sheets, None)
        .map(|(_, guess)| guess)
        .ok_or_else(no_table)
}

/// Reads the table with a mapping; without one, it is guessed.
///
/// # Errors
/// As with [`read`]; and a column of the mapping that is not there.
pub fn read_mapped(bundle: &Bundle, mapping: Option<&Mapping>) -> Result<Release, ReadFault> {
    let mut release = Release {
        head: Head {
            stands_for: Some(StandsFor::Skill),
            ..Head::default()
        },
        ..Release::default()
    };
    let sheets = sheets(bundle, &mut release.tally)?;
    if sheets.iter().all(|sheet| sheet.rows.len() < 2) {
        return Err(ReadFault::new(
            "there is nothing below the names of the columns",
        ));
    }
    let (chosen, guess) = best(bundle, &sheets, mapping).ok_or_else(no_table)?;
    let mapping = mapping.unwrap_or(&guess.mapping);
    let names = sheets
        .get(chosen)
        .and_then(|sheet| sheet.rows.get(guess.header))
        .map(|row| row.cells.clone())
        .unwrap_or_default();
    let mut rows = read::Rows::default();
    for (position, sheet) in sheets.iter().enumerate() {
        // Sheets with the same columns are parts of one table.
        let header = if position == chosen {
            Some(guess.header)
        } else {
            sheet.rows.iter().position(|row| row.cells == names)
        };
        match header {
            Some(header) => read::read(sheet, header, mapping, &mut rows, &mut release)?,
            None => {
                let spot = Spot {
                    file: sheet.file,
                    line: 0,
                };
                let reason = "sheets with other columns, which are not read";
                release
                    .tally
                    .note(Outcome::Skipped, reason, spot, &sheet.name);
            }
        }
    }
    read::bind(rows, &mut release);
    if release.records.is_empty() {
        return Err(no_table());
    }
    let file = sheets.get(chosen).and_then(|sheet| {
        let file = usize::try_from(sheet.file).ok()?;
        bundle.files.get(file)
    });
    let stem = file.map_or("", |file| {
        let name = file.name();
        name.split_once('.').map_or(name, |(stem, _)| stem)
    });
    let mut labels = mapping
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
    let title = release.head.title.as_deref().unwrap_or(stem);
    release.head.id = json::id_of(title, "framework");
    Ok(release)
}

fn sheets(bundle: &Bundle, tally: &mut Tally) -> Result<Vec<Sheet>, ReadFault> {
    let mut found = Vec::new();
    for (number, file) in bundle.indexed() {
        // A readme or a picture beside the table is no table.
        if excel::is(file) || rows::beginning(file).is_some() || bundle.files.len() == 1 {
            found.append(&mut rows::sheets(number, file, tally)?);
        }
    }
    Ok(found)
}

/// The sheet that looks most like a table of this kind, with its guess. With a mapping, the row of names is the first that has
/// its columns.
fn best(bundle: &Bundle, sheets: &[Sheet], mapping: Option<&Mapping>) -> Option<(usize, Guess)> {
    let mut best: Option<((usize, usize), usize, Guess)> = None;
    for (position, sheet) in sheets.iter().enumerate() {
        let file = usize::try_from(sheet.file).ok()?;
        let path = bundle.files.get(file).map_or("", |file| &file.path);
        let Some(mut guess) = guess::guess(sheet, path) else {
            continue;
        };
        let mut score = (guess.mapping.columns.len(), sheet.rows.len());
        if let Some(mapping) = mapping {
            let fits = |row: &rows::Row| read::has_columns(row, mapping);
            let at = sheet.rows.iter().take(200).position(fits);
            score.0 = usize::from(at.is_some());
            guess.header = at.unwrap_or(guess.header);
        } else if !is_enough(&guess.mapping) {
            continue;
        }
        if best.as_ref().is_none_or(|(other, _, _)| score > *other) {
            best = Some((score, position, guess));
        }
    }
    best.map(|(_, position, guess)| (position, guess))
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
