//! Lines that version control leaves in a file when two people changed the same place.
//!
//! Goes in: a text. Comes out: the first such line, and what to say of it in every format of file.

use super::Span;

/// How such lines begin.
pub const MERGE_SIGNS: [&str; 3] = ["<<<<<<<", "=======", ">>>>>>>"];

/// What is wrong with a file that has them.
pub const UNFINISHED_MERGE: &str = "a merge of two versions was not finished";

/// What to do about them.
pub const FINISH_MERGE: &str = "finish the merge: keep one of the two versions, and remove the lines that begin with `<<<<<<<`, `=======` and `>>>>>>>`";

/// The sign that opens the first place where two versions stand one after the other.
#[must_use]
pub fn merge_sign(text: &str) -> Option<Span> {
    let [opening, _, _] = MERGE_SIGNS;
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        if line.starts_with(opening) {
            let start = u32::try_from(at).ok()?;
            return Some(Span::new(start, start + opening.len() as u32));
        }
        at += line.len();
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sign_stands_at_the_start_of_a_line() {
        assert_eq!(merge_sign("a\n<<<<<<< ours\n"), Some(Span::new(2, 9)));
        assert_eq!(merge_sign("a <<<<<<< b\n"), None);
    }
}
