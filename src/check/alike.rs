//! Texts that are the same to a reader: upper and lower case, and how many blanks there are, make no difference.
//!
//! Goes in: a text. Comes out: a hash for tables, and a comparison for when hashes meet. Nothing is allocated; for texts in
//! ASCII, which are most, the hash runs over bytes.

/// A hash that is equal for texts that are [`same`].
pub fn hash(text: &str) -> u64 {
    let mut hash = 0;
    if text.is_ascii() {
        for byte in text.bytes().filter(|byte| !byte.is_ascii_whitespace()) {
            hash = mix(hash, u64::from(byte.to_ascii_lowercase()));
        }
    } else {
        for letter in letters(text) {
            hash = mix(hash, u64::from(u32::from(letter)));
        }
    }
    hash
}

/// Whether two texts differ at most in case and blanks.
pub fn same(one: &str, other: &str) -> bool {
    let words = |text: &'_ str| text.split_whitespace().count();
    one == other || (words(one) == words(other) && letters(one).eq(letters(other)))
}

/// The text without a full stop at its end.
pub fn without_stop(text: &str) -> &str {
    text.trim_end_matches(|letter: char| matches!(letter, '.' | ';') || letter.is_whitespace())
}

const fn mix(hash: u64, value: u64) -> u64 {
    (hash.rotate_left(5) ^ value).wrapping_mul(0x517c_c1b7_2722_0a95)
}

fn letters(text: &str) -> impl Iterator<Item = char> + '_ {
    text.chars()
        .filter(|letter| !letter.is_whitespace())
        .flat_map(char::to_lowercase)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_and_blanks_make_no_difference() {
        for (one, other) in [
            ("Read charts", "read  charts "),
            ("ÉCRIRE un texte", "écrire un texte"),
            ("", " "),
        ] {
            assert!(same(one, other), "{one}");
            assert_eq!(hash(one), hash(other), "{one}");
        }
        assert!(!same("read charts", "readcharts"));
        assert!(!same("read charts", "read chart"));
        assert_eq!(without_stop("Read charts. "), "Read charts");
    }
}
