//! Which column of a table plays which part: what `--map code=ID,label=Name,label:fr=Nom` says.
//!
//! Goes in: that text. Comes out: the columns by role, and the same text again. A name with a comma or an equals sign stands in double
//! quotes; `#3` is the third column.

use std::fmt;

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// The publisher's code.
    Code,
    /// The name.
    Label,
    /// Other names, divided by `;`, `|` or line breaks.
    Alternative,
    /// Names to search by and not to show.
    Hidden,
    /// What someone who has it can do or knows.
    Statement,
    /// What it is.
    Description,
    /// Notes.
    Note,
    /// What the publisher calls such a thing.
    Kind,
    /// What it is a part of: a code, an IRI or a name; several are divided as alternatives are.
    Parent,
    /// The full IRI.
    Iri,
    /// Whether it is in force.
    Status,
    /// What takes the place of one that is withdrawn, as with parents.
    ReplacedBy,
    /// The order among levels.
    Rank,
}

impl Role {
    /// All roles with their words, in the order in which they are shown.
    pub const ALL: [(Role, &'static str); 13] = [
        (Role::Code, "code"),
        (Role::Label, "label"),
        (Role::Alternative, "alternative"),
        (Role::Hidden, "hidden"),
        (Role::Statement, "statement"),
        (Role::Description, "description"),
        (Role::Note, "note"),
        (Role::Kind, "kind"),
        (Role::Parent, "parent"),
        (Role::Iri, "iri"),
        (Role::Status, "status"),
        (Role::ReplacedBy, "replaced-by"),
        (Role::Rank, "rank"),
    ];

    /// The word for it.
    #[must_use]
    pub fn word(self) -> &'static str {
        Role::ALL
            .iter()
            .find(|(role, _)| *role == self)
            .map_or("", |(_, word)| word)
    }

    /// Whether it holds words of a language.
    #[must_use]
    pub fn has_language(self) -> bool {
        match self {
            Role::Label
            | Role::Alternative
            | Role::Hidden
            | Role::Statement
            | Role::Description
            | Role::Note => true,
            Role::Code
            | Role::Kind
            | Role::Parent
            | Role::Iri
            | Role::Status
            | Role::ReplacedBy
            | Role::Rank => false,
        }
    }
}

/// One column with its part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    pub role: Role,
    /// The language of its words, a BCP 47 tag; empty for the main language.
    pub language: String,
    /// The name in the header, or `#` and its number.
    pub name: String,
}

/// The columns that play a part.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Mapping {
    pub columns: Vec<Column>,
}

impl Mapping {
    /// Reads `code=ID,label=Name`.
    ///
    /// # Errors
    /// What is wrong with it, in one line.
    pub fn parse(text: &str) -> Result<Self, String> {
        let mut mapping = Self::default();
        for part in split(text)? {
            let Some((part, name)) = part.split_once('=') else {
                return Err(format!(
                    "expected a role and a column in `{part}`, such as `code=ID`"
                ));
            };
            let (word, language) = match part.split_once(':') {
                Some((word, language)) => (word.trim(), language.trim()),
                None => (part.trim(), ""),
            };
            let role = Role::ALL.iter().find(|(_, known)| *known == word);
            let Some((role, _)) = role else {
                let known: Vec<&str> = Role::ALL.iter().map(|(_, word)| *word).collect();
                return Err(format!(
                    "`{word}` is no role; there are {}",
                    known.join(", ")
                ));
            };
            if !language.is_empty() {
                if !role.has_language() {
                    return Err(format!("a column for `{word}` has no language"));
                }
                if oxilangtag::LanguageTag::parse(language).is_err() {
                    return Err(format!("`{language}` is no language tag"));
                }
            }
            let name = name.trim();
            let name = name
                .strip_prefix('"')
                .and_then(|name| name.strip_suffix('"'))
                .map_or_else(|| name.to_owned(), |name| name.replace("\"\"", "\""));
            if name.is_empty() {
                return Err(format!("no column is named for `{word}`"));
            }
            let twice = mapping.columns.iter().any(|column| column.role == *role);
            if twice && !role.has_language() {
                return Err(format!(
                    "`{word}` is given twice, and can be one column only"
                ));
            }
            mapping.columns.push(Column {
                role: *role,
                language: language.to_owned(),
                name,
            });
        }
        let has = |role| mapping.columns.iter().any(|column| column.role == role);
        if has(Role::Label) || has(Role::Statement) || has(Role::Code) {
            Ok(mapping)
        } else {
            Err("a column for `label`, `statement` or `code` is needed".to_owned())
        }
    }
}

/// The parts between commas that stand outside quotes.
fn split(text: &str) -> Result<Vec<&str>, String> {
    let mut parts = Vec::new();
    let (mut start, mut quoted) = (0, false);
    for (at, sign) in text.char_indices() {
        match sign {
            '"' => quoted = !quoted,
            ',' if !quoted => {
                parts.push(text.get(start..at).unwrap_or(""));
                start = at + 1;
            }
            _ => {}
        }
    }
    if quoted {
        return Err("a double quote is not closed".to_owned());
    }
    parts.push(text.get(start..).unwrap_or(""));
    Ok(parts)
}

impl fmt::Display for Mapping {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (position, column) in self.columns.iter().enumerate() {
            if position > 0 {
                formatter.write_str(",")?;
            }
            formatter.write_str(column.role.word())?;
            if !column.language.is_empty() {
                write!(formatter, ":{}", column.language)?;
            }
            if column.name.contains([',', '=', '"']) || column.name.trim() != column.name {
                write!(formatter, "=\"{}\"", column.name.replace('"', "\"\""))?;
            } else {
                write!(formatter, "={}", column.name)?;
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mapping_is_read_and_written() {
        for text in [
            "code=ID,label=Name,label:fr=Nom,parent=#4",
            "label=\"Name, in full\",code=\"a=b\"",
            "label=\"say \"\"x\"\"\"",
        ] {
            let mapping = Mapping::parse(text).unwrap_or_else(|fault| panic!("{fault}"));
            assert_eq!(mapping.to_string(), text);
        }
    }

    #[test]
    fn faults_are_told() {
        for (text, words) in [
            ("code", "such as `code=ID`"),
            ("name=x", "`name` is no role"),
            ("label=x,code:fr=y", "has no language"),
            ("label:12345678910=x", "no language tag"),
            ("label=", "no column is named"),
            ("label=\"x", "not closed"),
            ("kind=x", "is needed"),
            ("label=x,code=y,code=z", "is given twice"),
        ] {
            let fault = Mapping::parse(text).expect_err(text);
            assert!(fault.contains(words), "{fault}");
        }
    }
}
