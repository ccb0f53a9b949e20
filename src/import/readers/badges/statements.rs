//! What badges say of skills, taken apart: statements, and the level in brackets.

/// A statement of the language: its keyword and its words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Statement<'t> {
    pub keyword: &'static str,
    pub words: &'t str,
}

/// The words with which descriptions of skills begin, and the keywords of the language for them.
const VERBS: [(&str, &str); 8] = [
    ("Can ", "can"),
    ("can ", "can"),
    ("Knows ", "knows"),
    ("Understands ", "understands"),
    ("Sait ", "can"),
    ("Connaît ", "knows"),
    ("Comprend ", "understands"),
    ("Peut ", "can"),
];

/// A description as statements of the language, without what a badge puts around them: `Can read charts; Knows their names (Level:
/// Foundation)` says `can "read charts"` and `knows "their names"`. What begins otherwise is said with `about`.
pub fn statements(description: &str) -> Vec<Statement<'_>> {
    let text = level(description).0;
    if text.is_empty() {
        return Vec::new();
    }
    let Some(first) = verb(text) else {
        let keyword = "about";
        return vec![Statement {
            keyword,
            words: text,
        }];
    };
    let mut found = vec![first];
    // A semicolon parts statements where a verb with a capital follows; another one stays in the text.
    while let Some(last) = found.last_mut() {
        let parts = last.words.match_indices("; ");
        let next = parts.into_iter().find_map(|(at, _)| {
            let (before, after) = (last.words.get(..at)?, last.words.get(at + 2..)?);
            let next = verb(after).filter(|_| after.starts_with(char::is_uppercase))?;
            Some((before.trim(), next))
        });
        let Some((before, next)) = next else { break };
        last.words = before;
        found.push(next);
    }
    found
}

fn verb(text: &str) -> Option<Statement<'_>> {
    VERBS.iter().find_map(|&(word, keyword)| {
        let words = text.strip_prefix(word)?.trim();
        Some(Statement { keyword, words })
    })
}

/// A description without the level in brackets at its end, and that level.
pub fn level(description: &str) -> (&str, Option<&str>) {
    let text = description.trim();
    // A skill of which nothing else is said has its level without brackets.
    if let Some(level) = name_of_level(text) {
        return ("", Some(level));
    }
    let parted = text.strip_suffix(')').and_then(|text| {
        // Levels may have brackets in their names.
        let mut open = text.match_indices(" (");
        open.find_map(|(at, _)| {
            let level = name_of_level(text.get(at + 2..)?)?;
            Some((text.get(..at)?.trim(), level))
        })
    });
    match parted {
        Some((words, level)) => (words, Some(level)),
        None => (text, None),
    }
}

/// The name of a level after the word for it: `Level: Foundation`, `Niveau : Base`.
fn name_of_level(text: &str) -> Option<&str> {
    let words = ["Level", "Niveau"];
    let rest = words.iter().find_map(|word| text.strip_prefix(word))?;
    let level = rest.trim_start().strip_prefix(':')?.trim();
    (!level.is_empty() && !level.contains('\n')).then_some(level)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn descriptions_are_taken_apart() {
        let said = |text| -> Vec<(&str, &str)> {
            let said = statements(text);
            said.iter().map(|one| (one.keyword, one.words)).collect()
        };
        assert_eq!(
            said("Can tie knots; Knows ropes; and hitches; Can splice (Level: Deckhand (junior))"),
            [
                ("can", "tie knots"),
                ("knows", "ropes; and hitches"),
                ("can", "splice")
            ]
        );
        assert_eq!(
            said("Sait nouer\u{a0}; Connaît les cordes (Niveau\u{a0}: Mousse)"),
            [("can", "nouer"), ("knows", "les cordes")]
        );
        assert_eq!(
            said("About ropes; Can tie (a lot)"),
            [("about", "About ropes; Can tie (a lot)")]
        );
        assert_eq!(said("Level: Basic"), []);
        assert_eq!(level("Level: Basic").1, Some("Basic"));
        assert_eq!(level("x (Niveau\u{a0}: A (b))"), ("x", Some("A (b)")));
        assert_eq!(
            level("Levels (Level of water)"),
            ("Levels (Level of water)", None)
        );
    }
}
