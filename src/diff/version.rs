//! Which version number the new state should have.
//!
//! Numbers with three places move as in semantic versioning: the first for a breaking change, the second for a compatible
//! one, the third for words. Where the first place is a year it says when, not what: then the second place moves for a
//! breaking change, and the third for anything else.

use super::rules::Grade;

/// The advice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Advice {
    /// The version of the old state.
    pub old: String,
    /// The version that the new state gives itself.
    pub given: Option<String>,
    /// The least that it should be.
    pub least: String,
    /// Whether the given one is enough.
    pub enough: bool,
}

/// The version that changes of a grade ask for; `None` where the old state has none that can be counted on from.
#[must_use]
pub fn advise(old: Option<&str>, new: Option<&str>, grade: Option<Grade>) -> Option<Advice> {
    let old = old?;
    let numbers = parse(old)?;
    let least = next(numbers, grade);
    let enough = new.and_then(parse).is_some_and(|new| new >= least);
    Some(Advice {
        old: old.to_owned(),
        given: new.map(str::to_owned),
        least: shown(old, least),
        enough,
    })
}

/// Whether a version comes before another one, as far as both are counted: `None` where one of them is not numbers.
#[must_use]
pub fn is_before(one: &str, other: &str) -> Option<bool> {
    Some(parse(one)? < parse(other)?)
}

/// Years are told from version numbers by their size.
const FIRST_YEAR: u64 = 1900;

fn next([first, second, third]: [u64; 3], grade: Option<Grade>) -> [u64; 3] {
    let is_year = first >= FIRST_YEAR;
    match grade {
        None => [first, second, third],
        Some(Grade::Breaking) if is_year => [first, second.saturating_add(1), 0],
        Some(Grade::Breaking) => [first.saturating_add(1), 0, 0],
        Some(Grade::Compatible) if !is_year => [first, second.saturating_add(1), 0],
        Some(Grade::Compatible | Grade::Editorial) => [first, second, third.saturating_add(1)],
    }
}

/// One to three numbers with points between them.
fn parse(text: &str) -> Option<[u64; 3]> {
    let mut numbers = [0; 3];
    let mut parts = text.trim().trim_start_matches('v').split('.');
    for (number, part) in numbers.iter_mut().zip(parts.by_ref()) {
        *number = part.parse().ok()?;
    }
    parts.next().is_none().then_some(numbers)
}

/// With as many places as were written, or as many as are needed.
fn shown(old: &str, [first, second, third]: [u64; 3]) -> String {
    let places = old.split('.').count();
    if places >= 3 || third > 0 {
        format!("{first}.{second}.{third}")
    } else if places == 2 || second > 0 {
        format!("{first}.{second}")
    } else {
        first.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_move_at_their_place() {
        let least = |old, grade| advise(Some(old), None, Some(grade)).map(|advice| advice.least);
        assert_eq!(least("1.4.2", Grade::Breaking).as_deref(), Some("2.0.0"));
        assert_eq!(least("1.4.2", Grade::Compatible).as_deref(), Some("1.5.0"));
        assert_eq!(least("1.4", Grade::Editorial).as_deref(), Some("1.4.1"));
        assert_eq!(
            least("2026.1.0", Grade::Breaking).as_deref(),
            Some("2026.2.0")
        );
        assert_eq!(
            least("2026.1", Grade::Compatible).as_deref(),
            Some("2026.1.1")
        );
        assert_eq!(least("spring", Grade::Breaking), None);
        assert_eq!(is_before("2.9", "2.10"), Some(true));
        assert_eq!(is_before("3", "3.0.0"), Some(false));
        assert_eq!(is_before("spring", "autumn"), None);
        let enough = advise(Some("1.4.2"), Some("3"), Some(Grade::Breaking));
        assert!(enough.is_some_and(|advice| advice.enough));
    }
}
