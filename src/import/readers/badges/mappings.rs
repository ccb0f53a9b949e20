//! What a published badge says of a target elsewhere: how one of its skills, or the badge itself, relates to it.
//!
//! Goes in: the description of an alignment as this program publishes it (`Wider than “Ropes”, and includes it`). Comes out: the verb
//! of the language, and what it is said of.

/// The words before and behind a name, and the verb: what the target is to that name, the other way round.
const SAID: &[(&str, &str, &str)] = &[
    ("The same as ", "", "is exactly"),
    ("Close to ", "", "is close to"),
    ("Wider than ", ", and includes it", "is within"),
    ("Narrower than ", ", and part of it", "covers"),
    ("Related to ", "", "relates to"),
    ("Identique à ", "", "is exactly"),
    ("Proche de ", "", "is close to"),
    ("Plus large que ", ", qui en fait partie", "is within"),
    ("Plus étroit que ", ", dont il fait partie", "covers"),
    ("En rapport avec ", "", "relates to"),
];

/// The verb and the name in quotation marks.
pub fn said(description: &str) -> Option<(&'static str, &str)> {
    let text = description.trim();
    SAID.iter().find_map(|(before, behind, verb)| {
        let name = text.strip_prefix(before)?.strip_suffix(behind)?;
        let name = name
            .strip_prefix('“')
            .and_then(|name| name.strip_suffix('”'))
            .or_else(|| name.strip_prefix('«')?.strip_suffix('»'))?;
        Some((*verb, name.trim()))
    })
}

#[cfg(test)]
mod tests {
    use super::said;

    #[test]
    fn relations_are_read_as_they_are_published() {
        assert_eq!(
            said("Wider than “Ropes”, and includes it"),
            Some(("is within", "Ropes"))
        );
        assert_eq!(
            said("Plus étroit que «\u{a0}Cordes\u{a0}», dont il fait partie"),
            Some(("covers", "Cordes"))
        );
        assert_eq!(said("Related to “Ropes”"), Some(("relates to", "Ropes")));
        for other in ["Related to Ropes", "Wider than “Ropes”", "Ropes"] {
            assert_eq!(said(other), None, "{other}");
        }
    }
}
