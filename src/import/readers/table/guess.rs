//! Guessing which column plays which part, from the names of the columns and from what they hold.
//!
//! Goes in: a sheet. Comes out: the row with the names, a mapping with a reason for each column, and what is left over, as a text to
//! be shown before anything is imported. A guess never takes a column for two parts, and one part has one column, apart from
//! those with a language or with several values.

use std::fmt;

use rustc_hash::FxHashSet;

use crate::import::search::fold;

use super::mapping::{Column, Mapping, Role};
use super::names::{self, Sureness};
use super::sheet::{Row, Sheet, column_name};

/// How many rows are looked at for the names of the columns.
const HEADER_WITHIN: usize = 40;

/// The reasons that lie in the name of a column, the surer first.
const BY_NAME: [(Sureness, &str); 2] = [
    (Sureness::Whole, "by its name"),
    (Sureness::Word, "by a word of its name"),
];

/// Columns that only tables of mappings have, folded.
const MAPPING_COLUMNS: [&str; 3] = ["predicateid", "mappingrelation", "typeofmatch"];

/// A guess.
#[derive(Debug, Clone)]
pub struct Guess {
    pub mapping: Mapping,
    /// Which row of the sheet holds the names, from 0.
    pub(super) header: usize,
    /// The line of that row in the file.
    pub header_line: u32,
    /// The file's path, and the sheet's name where there are several.
    pub source: String,
    delimiter: Option<u8>,
    /// Why each column of the mapping has its part, in the order of the mapping.
    reasons: Vec<&'static str>,
    /// Columns without a part; they are kept as fields.
    left: Vec<String>,
}

impl Guess {
    /// Whether it is likely enough to take a file for a table of items unasked: it has names for its items, one column at least
    /// is known by its name, and it is no table of mappings.
    pub(super) fn is_likely(&self) -> bool {
        let is_mapping = |name: &String| {
            let letters: String = fold(name)
                .chars()
                .filter(|sign| sign.is_alphanumeric())
                .collect();
            MAPPING_COLUMNS.contains(&letters.as_str())
        };
        let mut names = self.mapping.columns.iter().map(|column| &column.name);
        let roles = |role| {
            self.mapping
                .columns
                .iter()
                .any(|column| column.role == role)
        };
        let is_named = roles(Role::Label) || roles(Role::Statement);
        let by_name = |reason: &&str| BY_NAME.iter().any(|(_, known)| known == reason);
        is_named
            && self.reasons.iter().any(by_name)
            && self.mapping.columns.len() >= 2
            && !names.any(is_mapping)
            && !self.left.iter().any(is_mapping)
    }
}

impl Guess {
    /// Takes a column for the parent whose values are codes of another table. Says whether there is one.
    pub(super) fn take_parent(&mut self, sheet: &Sheet, codes: &FxHashSet<String>) -> bool {
        const REASON: &str = "its values are codes of another table";
        let Some(row) = sheet.rows.get(self.header) else {
            return false;
        };
        let below = sheet.rows.get(self.header + 1..).unwrap_or_default();
        let names: Vec<&str> = row.cells.iter().map(|cell| cell.trim()).collect();
        for position in 0..names.len() {
            let name = column_name(&names, position);
            let taken = self
                .mapping
                .columns
                .iter()
                .position(|column| column.name == name);
            let role = taken.and_then(|at| self.mapping.columns.get(at).map(|column| column.role));
            if !matches!(role, None | Some(Role::Kind | Role::Parent))
                || !leads_up(below, position, None, &name, codes)
            {
                continue;
            }
            // One column is the parent.
            let is_other = |column: &Column| column.role == Role::Parent && column.name != name;
            if self.mapping.columns.iter().any(is_other) {
                continue;
            }
            if let Some(at) = taken {
                self.mapping.columns.remove(at);
                self.reasons.remove(at);
            }
            self.left.retain(|left| *left != name);
            let at = self
                .mapping
                .columns
                .partition_point(|column| column.role <= Role::Parent);
            let column = Column {
                role: Role::Parent,
                language: String::new(),
                name,
            };
            self.mapping.columns.insert(at, column);
            self.reasons.insert(at, REASON);
            return true;
        }
        false
    }
}

impl fmt::Display for Guess {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            source,
            header_line,
            ..
        } = self;
        write!(
            formatter,
            "{source}: the names of the columns stand in line {header_line}"
        )?;
        match self.delimiter {
            Some(b'\t') => formatter.write_str(", tabs divide the cells")?,
            Some(delimiter) => {
                let delimiter = char::from(delimiter);
                write!(formatter, ", `{delimiter}` divides the cells")?;
            }
            None => {}
        }
        formatter.write_str("\n")?;
        let word = |column: &Column| match column.language.as_str() {
            "" => column.role.word().to_owned(),
            language => format!("{}:{language}", column.role.word()),
        };
        let columns = &self.mapping.columns;
        let wide = |text: &str| text.chars().count();
        let first = columns.iter().map(|column| wide(&word(column))).max();
        let second = columns.iter().map(|column| wide(&column.name)).max();
        let (first, second) = (first.unwrap_or(0), second.unwrap_or(0));
        for (column, reason) in columns.iter().zip(&self.reasons) {
            let (word, name) = (word(column), &column.name);
            writeln!(formatter, "  {word:first$}  {name:second$}  {reason}")?;
        }
        if !self.left.is_empty() {
            writeln!(formatter, "  kept as they are: {}", self.left.join(", "))?;
        }
        writeln!(formatter, "  --map '{}'", self.mapping)
    }
}

/// What a column holds.
struct Content {
    filled: usize,
    distinct: FxHashSet<String>,
    /// How many cells look like an IRI.
    iris: usize,
    /// How many cells have letters.
    worded: usize,
    /// How many cells have blanks.
    spaced: usize,
    numeric: usize,
    length: usize,
}

/// Guesses; `None` where the sheet has no row of names and no row below it.
pub(super) fn guess(sheet: &Sheet, path: &str) -> Option<Guess> {
    let header = header_row(sheet)?;
    let row = sheet.rows.get(header)?;
    let below = sheet.rows.get(header + 1..).unwrap_or_default();
    if below.is_empty() {
        return None;
    }
    let names: Vec<&str> = row.cells.iter().map(|cell| cell.trim()).collect();
    let names: Vec<String> = (0..names.len())
        .map(|column| column_name(&names, column))
        .collect();
    let contents: Vec<Content> = (0..names.len())
        .map(|column| content(below.iter().map(|row| row.cell(column))))
        .collect();
    let mut parts: Vec<Option<(Column, &'static str)>> = names.iter().map(|_| None).collect();
    by_name(&names, &contents, &mut parts);
    by_content(&names, &contents, below.len(), &mut parts);
    parent_by_content(&names, below, &mut parts);
    let left = names
        .iter()
        .zip(&parts)
        .filter(|(_, part)| part.is_none())
        .map(|(name, _)| name.clone())
        .collect();
    let mut found: Vec<(Column, &'static str)> = parts.into_iter().flatten().collect();
    found.sort_by_key(|(column, _)| (column.role, column.language.clone()));
    let (columns, reasons) = found.into_iter().unzip();
    Some(Guess {
        mapping: Mapping { columns },
        header,
        header_line: row.line,
        source: if sheet.name.is_empty() {
            path.to_owned()
        } else {
            format!("{path}, sheet `{}`", sheet.name)
        },
        delimiter: sheet.delimiter,
        reasons,
        left,
    })
}

/// The row with the names: the one with most names that are known, the widest among those, the first among those.
fn header_row(sheet: &Sheet) -> Option<usize> {
    let rows = sheet.rows.get(..HEADER_WITHIN).unwrap_or(&sheet.rows);
    let widest = rows.iter().map(|row| row.cells.len()).max()?;
    let mut best: Option<(usize, usize)> = None;
    for (position, row) in rows.iter().enumerate() {
        let filled: Vec<&str> = row
            .cells
            .iter()
            .map(|cell| cell.trim())
            .filter(|cell| !cell.is_empty())
            .collect();
        let distinct: FxHashSet<&str> = filled.iter().copied().collect();
        if filled.len() * 2 < widest || filled.is_empty() || !row.numbers.is_empty() {
            continue;
        }
        let known = filled
            .iter()
            .filter(|cell| cell.len() <= 60 && names::meaning(cell).is_some())
            .count();
        // Data repeats itself and is long; names are short, and each is there once.
        let short = filled.iter().all(|cell| cell.chars().count() <= 80);
        let score =
            known * 10 + usize::from(short) * 2 + usize::from(distinct.len() == filled.len());
        if best.is_none_or(|(other, _)| score > other) {
            best = Some((score, position));
        }
    }
    best.map(|(_, position)| position)
}

fn content<'a>(cells: impl Iterator<Item = &'a str>) -> Content {
    let mut content = Content {
        filled: 0,
        distinct: FxHashSet::default(),
        iris: 0,
        worded: 0,
        spaced: 0,
        numeric: 0,
        length: 0,
    };
    for cell in cells {
        let cell = cell.trim();
        if cell.is_empty() {
            continue;
        }
        content.filled += 1;
        content.iris += usize::from(cell.contains("://") || cell.starts_with("urn:"));
        content.worded += usize::from(cell.chars().any(char::is_alphabetic));
        content.spaced += usize::from(cell.contains(char::is_whitespace));
        content.numeric += usize::from(cell.bytes().all(|byte| byte.is_ascii_digit()));
        content.length += cell.chars().count();
        content.distinct.insert(fold(cell));
    }
    content
}

/// Whether what a column holds fits the part that its name speaks of.
fn fits(role: Role, content: &Content) -> bool {
    if content.filled == 0 {
        return false;
    }
    match role {
        Role::Code => content.distinct.len() * 2 >= content.filled,
        Role::Label => content.worded * 2 >= content.filled,
        Role::Iri => content.iris * 2 >= content.filled,
        Role::Kind => content.distinct.len() <= content.filled.div_ceil(2).max(3),
        Role::Rank => content.numeric == content.filled,
        Role::Alternative
        | Role::Hidden
        | Role::Statement
        | Role::Description
        | Role::Note
        | Role::Parent
        | Role::Status
        | Role::ReplacedBy => true,
    }
}

fn by_name(names: &[String], contents: &[Content], parts: &mut [Option<(Column, &'static str)>]) {
    for (sureness, reason) in BY_NAME {
        for (position, name) in names.iter().enumerate() {
            let Some(meaning) = names::meaning(name) else {
                continue;
            };
            let fits = contents
                .get(position)
                .is_some_and(|content| fits(meaning.role, content));
            if meaning.sureness != sureness || !fits {
                continue;
            }
            let several = matches!(meaning.role, Role::Alternative | Role::Hidden | Role::Note);
            let taken = parts.iter().flatten().any(|(column, _)| {
                column.role == meaning.role && column.language == meaning.language
            });
            if taken && !several {
                continue;
            }
            if let Some(part @ None) = parts.get_mut(position) {
                let column = Column {
                    role: meaning.role,
                    language: meaning.language,
                    name: name.clone(),
                };
                *part = Some((column, reason));
            }
        }
    }
}

fn by_content(
    names: &[String],
    contents: &[Content],
    rows: usize,
    parts: &mut [Option<(Column, &'static str)>],
) {
    let column_of = |parts: &[Option<(Column, &'static str)>], wanted: Role| {
        parts.iter().position(|part| {
            part.as_ref()
                .is_some_and(|(column, _)| column.role == wanted)
        })
    };
    let free = |parts: &[Option<(Column, &'static str)>], fits: &dyn Fn(&Content) -> bool| {
        (0..parts.len()).find(|position| {
            parts.get(*position).is_some_and(Option::is_none)
                && contents.get(*position).is_some_and(fits)
        })
    };
    let take = |parts: &mut [Option<(Column, &'static str)>], position, role, reason| {
        let name = names.get(position).cloned().unwrap_or_default();
        if let Some(part) = parts.get_mut(position) {
            let language = String::new();
            *part = Some((
                Column {
                    role,
                    language,
                    name,
                },
                reason,
            ));
        }
    };
    let without_iri = column_of(parts, Role::Iri).is_none();
    if without_iri {
        let is_iri = |content: &Content| {
            content.filled > 0 && content.iris == content.filled && content.distinct.len() == rows
        };
        if let Some(position) = free(parts, &is_iri) {
            take(parts, position, Role::Iri, "each cell is another IRI");
        }
    }
    if column_of(parts, Role::Code).is_none() {
        let is_code = |content: &Content| {
            content.distinct.len() == rows
                && content.spaced * 10 <= rows
                && content.iris == 0
                && content.length <= rows * 24
        };
        if let Some(position) = free(parts, &is_code) {
            take(
                parts,
                position,
                Role::Code,
                "its values are short, and none occurs twice",
            );
        }
    }
    let named = [Role::Label, Role::Statement]
        .iter()
        .any(|role| column_of(parts, *role).is_some());
    if !named {
        let is_label = |content: &Content| {
            content.filled * 10 >= rows * 9
                && content.worded == content.filled
                && content.iris == 0
                && content.distinct.len() * 10 >= content.filled * 7
        };
        if let Some(position) = free(parts, &is_label) {
            take(
                parts,
                position,
                Role::Label,
                "its values are words, and few occur twice",
            );
        }
    }
}

/// The column that says what an item is a part of, if no name does: nine in ten of its values name other rows, and one row at least is
/// at the top. A column that was taken for the kind is a parent if it holds codes or addresses.
fn parent_by_content(
    names: &[String],
    below: &[Row],
    parts: &mut [Option<(Column, &'static str)>],
) {
    let is_parent = |part: &Option<(Column, &'static str)>| {
        part.as_ref()
            .is_some_and(|(column, _)| column.role == Role::Parent)
    };
    if parts.iter().any(is_parent) {
        return;
    }
    for (role, reason) in [
        (Role::Code, "its values are codes of other rows"),
        (Role::Iri, "its values are addresses of other rows"),
        (Role::Label, "its values are names of other rows"),
    ] {
        let of_role = parts
            .iter()
            .position(|part| part.as_ref().is_some_and(|(column, _)| column.role == role));
        let Some(of_role) = of_role else {
            continue;
        };
        let known: FxHashSet<String> = below
            .iter()
            .map(|row| fold(row.cell(of_role).trim()))
            .filter(|cell| !cell.is_empty())
            .collect();
        let found = names.iter().enumerate().find(|(position, name)| {
            let is_free = match parts.get(*position) {
                Some(None) => true,
                Some(Some((column, _))) => column.role == Role::Kind && role != Role::Label,
                None => false,
            };
            is_free && leads_up(below, *position, Some(of_role), name, &known)
        });
        if let Some((position, name)) = found
            && let Some(part) = parts.get_mut(position)
        {
            let column = Column {
                role: Role::Parent,
                language: String::new(),
                name: name.clone(),
            };
            *part = Some((column, reason));
            return;
        }
    }
}

/// Whether the values of a column name what is known. In a table that names its own rows, one at least has to be at the top. Plain
/// numbers are names only where the column is called so.
fn leads_up(
    below: &[Row],
    column: usize,
    own: Option<usize>,
    name: &str,
    known: &FxHashSet<String>,
) -> bool {
    let (mut filled, mut named, mut numeric, mut at_top) = (0, 0, 0, 0);
    for row in below {
        let cell = row.cell(column).trim();
        if cell.is_empty() {
            at_top += 1;
            continue;
        }
        filled += 1;
        let is_number = cell.bytes().all(|byte| byte.is_ascii_digit());
        numeric += usize::from(is_number);
        let is_own = own.is_some_and(|own| row.cell(own).trim() == cell);
        let is_known = |cell: &str| known.contains(&fold(cell.trim()));
        if is_known(cell) || cell.split([';', '|', ',', '\n']).all(is_known) {
            named += 1;
            // A number at its own row may be the number of something else.
            at_top += usize::from(is_own && !is_number);
        } else {
            at_top += 1;
        }
    }
    filled > 0
        && named * 10 >= filled * 9
        && (own.is_none() || at_top > 0)
        && (numeric < filled || names::is_grouping(name))
}
