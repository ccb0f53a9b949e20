//! The value of a quoted text: escapes read, blocks dedented.

use std::borrow::Cow;

use super::tree::TextForm;

/// The value of a text from what stands between its quotes. Escapes that do not exist stay as written (they are reported
/// while parsing).
#[must_use]
pub fn value(raw: &str, form: TextForm) -> Cow<'_, str> {
    match form {
        TextForm::Plain => Cow::Borrowed(raw),
        TextForm::Escaped => Cow::Owned(unescape(raw)),
        TextForm::Block => Cow::Owned(dedent(raw)),
    }
}

fn unescape(raw: &str) -> String {
    let mut out = String::with_capacity(raw.len());
    let mut rest = raw;
    while let Some(at) = rest.find('\\') {
        out.push_str(&rest[..at]);
        let after = &rest[at + 1..];
        let mut characters = after.chars();
        match characters.next() {
            Some('n') => out.push('\n'),
            Some(quoted @ ('"' | '\\')) => out.push(quoted),
            Some('u') => {
                if let Some((character, used)) = unicode_escape(after) {
                    out.push(character);
                    rest = &after[used..];
                    continue;
                }
                out.push_str("\\u");
            }
            Some(other) => {
                out.push('\\');
                out.push(other);
            }
            None => out.push('\\'),
        }
        rest = characters.as_str();
    }
    out.push_str(rest);
    out
}

/// Reads `u{…}`: the character and how many bytes were used. Control characters are no part of a text, however they are
/// written, but for tabs and line feeds.
#[must_use]
pub fn unicode_escape(text: &str) -> Option<(char, usize)> {
    any_unicode_escape(text).filter(|&(character, _)| !is_refused(character))
}

/// How many bytes `u{…}` takes that stands for a control character.
#[must_use]
pub fn control_escape(text: &str) -> Option<usize> {
    let (character, used) = any_unicode_escape(text)?;
    is_refused(character).then_some(used)
}

fn is_refused(character: char) -> bool {
    character.is_control() && !matches!(character, '\t' | '\n')
}

fn any_unicode_escape(text: &str) -> Option<(char, usize)> {
    let digits = text.strip_prefix("u{")?;
    let end = digits.find('}')?;
    let hex = &digits[..end];
    if hex.is_empty() || hex.len() > 6 || !hex.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return None;
    }
    let character = u32::from_str_radix(hex, 16).ok().and_then(char::from_u32)?;
    Some((character, end + 3))
}

/// Removes the first line break, the last line's blanks, and the indentation that all lines share.
fn dedent(raw: &str) -> String {
    let raw = raw.replace("\r\n", "\n");
    let body = raw.strip_prefix('\n').unwrap_or(&raw);
    let body = match body.rfind('\n') {
        Some(at) if body[at..].trim().is_empty() => &body[..at],
        _ => body,
    };
    let indent = |line: &str| line.len() - line.trim_start_matches([' ', '\t']).len();
    let shared = body
        .split('\n')
        .filter(|line| !line.trim().is_empty())
        .map(indent)
        .min()
        .unwrap_or(0);
    let mut out = String::with_capacity(body.len());
    for (index, line) in body.split('\n').enumerate() {
        if index > 0 {
            out.push('\n');
        }
        out.push_str(line.get(shared..).unwrap_or("").trim_end());
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_and_blocks() {
        assert_eq!(
            value(r#"a \"b\" \\ \u{e9}\n"#, TextForm::Escaped),
            "a \"b\" \\ é\n"
        );
        assert_eq!(
            value(r"odd \q \u{zz} \", TextForm::Escaped),
            r"odd \q \u{zz} \"
        );
        assert_eq!(
            value(r"\u{0} \u{9}\u{1b} \u{7f} \u{85} \u{a0}", TextForm::Escaped),
            "\\u{0} \t\\u{1b} \\u{7f} \\u{85} \u{a0}"
        );
        assert_eq!(
            value("\n    one\n      two\n\n    three\n  ", TextForm::Block),
            "one\n  two\n\nthree"
        );
        assert_eq!(value("", TextForm::Block), "");
    }
}
