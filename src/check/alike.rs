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

/// A number made from the first and last letters and digits only; equal for texts that are [`same`] but for a stop at the end.
pub fn glance(text: &str) -> u64 {
    if !text.is_ascii() {
        return hash(without_stop(text));
    }
    let kept = |byte: &u8| byte.is_ascii_alphanumeric();
    let packed = |hash: u64, bytes: &mut dyn Iterator<Item = u8>, words: usize| {
        (0..words).fold(hash, |hash, _| {
            let word = bytes
                .take(8)
                .fold(0, |word, byte| (word << 8) | u64::from(byte | 0x20));
            mix(hash, word)
        })
    };
    let first = packed(0, &mut text.bytes().filter(kept), 3);
    packed(first, &mut text.bytes().rev().filter(kept), 2)
}

/// Whether two texts differ at most in case and blanks.
pub fn same(one: &str, other: &str) -> bool {
    if one == other {
        return true;
    }
    let (mut ones, mut others) = (one.split_whitespace(), other.split_whitespace());
    loop {
        match (ones.next(), others.next()) {
            (None, None) => return true,
            (Some(one), Some(other)) if letters(one).eq(letters(other)) => {}
            (Some(_), Some(_)) | (Some(_), None) | (None, Some(_)) => return false,
        }
    }
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
        assert_eq!(glance("Read 3 charts. "), glance("read  3 Charts"));
        assert_eq!(glance("ÉCRIRE un texte."), glance("écrire un  texte"));
        assert_ne!(glance("read charts"), glance("read tables"));
        assert!(!same("read charts", "readcharts"));
        assert!(!same("read charts", "read chart"));
        assert!(!same("skill 1 11", "skill 11 1"));
        assert_eq!(without_stop("Read charts. "), "Read charts");
    }
}
