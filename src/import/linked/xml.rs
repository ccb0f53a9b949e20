//! What an XML file may declare before it is read: entities stand for short texts, and unfold to no more than a bounded size.
//!
//! The library that reads RDF/XML unfolds the entities of a file's own document type. That is common and harmless where an entity
//! abbreviates a namespace. It is a bomb where entities are made of entities, and a leak where they name files. So declarations
//! are looked at first, and what is neither short nor plain is refused.

use crate::import::fault::ReadFault;
use crate::import::tally::Spot;

/// The longest text that an entity may stand for; longer than any namespace.
const LONGEST_VALUE: usize = 1024;

/// How many entities a file may declare.
const MOST_ENTITIES: usize = 256;

/// By how much the text of a file may grow when its entities are unfolded, besides doubling.
const GROWTH: usize = 1 << 20;

/// Refuses a file whose entities are not short, plain texts.
pub fn check_entities(text: &str, file: u32) -> Result<(), ReadFault> {
    let mut entities: Vec<(&str, usize)> = Vec::new();
    for (at, _) in text.match_indices("<!ENTITY") {
        let declaration = text.get(at + "<!ENTITY".len()..).unwrap_or("");
        let refuse = |why: &str| {
            Err(ReadFault::at(
                Spot {
                    file,
                    line: line_of(text, at),
                },
                format!("the file declares an XML entity {why}, and such files are not read"),
            )
            .help("save it without a document type, or as Turtle"))
        };
        let mut words = declaration.split_ascii_whitespace();
        let name = words.next().unwrap_or("");
        if name.starts_with('%') {
            return refuse("for its own declarations");
        }
        if matches!(words.next(), Some("SYSTEM" | "PUBLIC")) {
            return refuse("that is kept in another place");
        }
        let value = declaration
            .find(['"', '\''])
            .and_then(|open| {
                let quote = declaration.get(open..)?.chars().next()?;
                declaration.get(open + 1..)?.split(quote).next()
            })
            .unwrap_or("");
        if value.contains(['&', '%']) {
            return refuse("that is made of other entities");
        }
        if value.len() > LONGEST_VALUE {
            return refuse("that stands for a long text");
        }
        entities.push((name, value.len()));
        if entities.len() > MOST_ENTITIES {
            return refuse("as one of hundreds");
        }
    }
    let unfolded: usize = entities
        .iter()
        .map(|(name, length)| {
            let reference = format!("&{name};");
            memchr::memmem::find_iter(text.as_bytes(), reference.as_bytes()).count() * length
        })
        .sum();
    if unfolded > text.len() + GROWTH {
        return Err(ReadFault::at(
            Spot { file, line: 0 },
            "the XML entities of the file would unfold to many times its size, and it is not read",
        ));
    }
    Ok(())
}

/// Refuses a file that ends before its root element does: a part of a download.
pub fn check_complete(text: &str, file: u32) -> Result<(), ReadFault> {
    let root = text
        .match_indices('<')
        .filter_map(|(at, _)| text.get(at + 1..))
        .find(|rest| rest.starts_with(|first: char| first.is_alphabetic() || first == '_'))
        .and_then(|rest| {
            rest.split(|letter: char| letter.is_whitespace() || matches!(letter, '>' | '/'))
                .next()
        });
    let Some(root) = root else { return Ok(()) };
    let closed = text.contains(&format!("</{root}"));
    let alone = text.trim_end().ends_with("/>") && !text.contains("</");
    if closed || alone {
        return Ok(());
    }
    let line = line_of(text, text.len());
    Err(ReadFault::at(
        Spot { file, line },
        format!("the file ends before its element `{root}` does"),
    )
    .help("download it again: a part is missing"))
}

/// The line from 1 of a place in a text.
pub fn line_of(text: &str, at: usize) -> u32 {
    let before = text.as_bytes().get(..at).unwrap_or_default();
    let lines = memchr::memchr_iter(b'\n', before).count();
    u32::try_from(lines + 1).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(text: &str) -> String {
        check_entities(text, 0).expect_err("refused").message
    }

    #[test]
    fn abbreviated_namespaces_are_fine() {
        let text = "<!DOCTYPE rdf:RDF [\n <!ENTITY skos \"http://www.w3.org/2004/02/skos/core#\" >\n]>\n<a b='&skos;Concept'/>";
        assert_eq!(check_entities(text, 0), Ok(()));
    }

    #[test]
    fn bombs_leaks_and_growth_are_refused() {
        assert!(
            refused("<!ENTITY a \"ha\">\n<!ENTITY b \"&a;&a;\">")
                .contains("made of other entities")
        );
        assert!(
            refused("<!ENTITY a SYSTEM \"file:///etc/passwd\">").contains("kept in another place")
        );
        assert!(refused("<!ENTITY % a \"x\">").contains("its own declarations"));
        assert!(refused(&format!("<!ENTITY a \"{}\">", "x".repeat(5000))).contains("a long text"));
        let many = format!(
            "<!ENTITY a \"{}\">{}",
            "x".repeat(1000),
            "&a;".repeat(10_000)
        );
        assert!(refused(&many).contains("many times its size"));
        let fault = check_entities("\n\n<!ENTITY a PUBLIC \"b\">", 4).expect_err("refused");
        assert_eq!(fault.spot, Some(Spot { file: 4, line: 3 }));
    }
}
