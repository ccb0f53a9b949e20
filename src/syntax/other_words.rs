//! Words that other formats and everyday speech use where the language has another: what to write instead.
//!
//! Goes in: what stands where no keyword does, and the place. Comes out: help, only where the word meant can stand there.

use super::keywords::KEYWORDS;
use super::placement::{Context, may_stand};
use super::tree::Key;
use crate::source::{FINISH_MERGE, MERGE_SIGNS};

/// Words of others, sorted, and the keyword that says the same.
const SAME: &[(&str, &str)] = &[
    ("achieves", "teaches"),
    ("competencies", "teaches"),
    ("components", "stacks"),
    ("consists", "stacks"),
    ("contains", "stacks"),
    ("credits", "credit"),
    ("description", "about"),
    ("duration", "workload"),
    ("e-mail", "email"),
    ("ects", "credit"),
    ("effort", "workload"),
    ("exam", "assessment"),
    ("expires", "valid until"),
    ("expiry", "valid until"),
    ("homepage", "url"),
    ("hours", "workload"),
    ("icon", "image"),
    ("includes", "stacks"),
    ("issued", "by"),
    ("keywords", "tags"),
    ("learning-outcomes", "teaches"),
    ("logo", "image"),
    ("mail", "email"),
    ("outcomes", "teaches"),
    ("parts", "stacks"),
    ("picture", "image"),
    ("prerequisite", "requires"),
    ("prerequisites", "requires"),
    ("required", "requires"),
    ("skills", "teaches"),
    ("summary", "about"),
    ("test", "assessment"),
    ("validity", "valid for"),
    ("website", "url"),
];

/// What to do about a word that is no keyword here; `rest` begins with it.
pub(super) fn help(context: Context, word: &str, rest: &str) -> Option<String> {
    if ["//", "/*", "--", "<!--"]
        .iter()
        .any(|sign| rest.starts_with(sign))
    {
        return Some("begin a remark with `#`".to_owned());
    }
    if MERGE_SIGNS.iter().any(|sign| rest.starts_with(sign)) {
        return Some(FINISH_MERGE.to_owned());
    }
    let digits = word.bytes().take_while(u8::is_ascii_digit).count();
    if digits > 0 && may_stand(context, Key::Any) {
        let after = rest.get(digits..)?.trim_start();
        return after
            .starts_with("of")
            .then(|| format!("write `any {} of {{ a  b  c }}`", &word[..digits]));
    }
    let lower = word.to_ascii_lowercase();
    if matches!(lower.as_str(), "title" | "label" | "called") {
        return Some("write the name in quotes after the id".to_owned());
    }
    let found = SAME
        .binary_search_by_key(&lower.as_str(), |&(other, _)| other)
        .ok()?;
    let (_, phrase) = SAME.get(found)?;
    let keyword = KEYWORDS.iter().find(|keyword| keyword.phrase == *phrase)?;
    may_stand(context, keyword.key).then(|| format!("write `{}`", keyword.usage))
}

#[cfg(test)]
mod tests {
    use super::{KEYWORDS, SAME};

    #[test]
    fn the_words_are_sorted_and_mean_keywords() {
        assert!(SAME.windows(2).all(|pair| pair[0].0 < pair[1].0));
        for (other, phrase) in SAME {
            assert!(KEYWORDS.iter().any(|keyword| keyword.phrase == *phrase));
            assert!(KEYWORDS.iter().all(|keyword| keyword.phrase != *other));
        }
    }
}
