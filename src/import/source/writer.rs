//! Writing the language: lines, blocks, texts in quotes, comments.

use std::borrow::Cow;

/// Source text that grows line by line.
#[derive(Debug, Clone, Default)]
pub struct Writer {
    out: String,
    depth: usize,
}

impl Writer {
    /// The text.
    #[must_use]
    pub fn finish(self) -> String {
        self.out
    }

    /// Whether nothing was written.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.out.is_empty()
    }

    fn indent(&mut self) {
        for _ in 0..self.depth {
            self.out.push_str("  ");
        }
    }

    /// A line as it is.
    pub fn line(&mut self, line: &str) {
        self.indent();
        self.out.push_str(line);
        self.out.push('\n');
    }

    /// Lines that another writer has made, at this depth. Texts of several lines stay as they are meant: a block takes shared indentation away.
    pub fn lines(&mut self, text: &str) {
        for line in text.lines() {
            if line.is_empty() {
                self.out.push('\n');
            } else {
                self.line(line);
            }
        }
    }

    /// An empty line, unless there is one already or nothing yet.
    pub fn gap(&mut self) {
        if !self.out.is_empty() && !self.out.ends_with("\n\n") {
            self.out.push('\n');
        }
    }

    /// Begins a block.
    pub fn open(&mut self, head: &str) {
        self.line(&format!("{head} {{"));
        self.depth += 1;
    }

    /// Ends a block.
    pub fn close(&mut self) {
        self.depth = self.depth.saturating_sub(1);
        // The last thing in a block is no empty line.
        while self.out.ends_with("\n\n") {
            self.out.pop();
        }
        self.line("}");
    }

    /// A comment of one line: what it is about, and the words. Long ones are cut, which an ellipsis says.
    pub fn comment(&mut self, about: &str, words: &str) {
        let words = name(words);
        let mut cut: String = words.chars().take(LONGEST_COMMENT).collect();
        if cut.len() < words.len() {
            cut.push('…');
        }
        let line = if cut.is_empty() {
            format!("# {about}")
        } else {
            format!("# {about}: {cut}")
        };
        self.line(line.trim_end());
    }

    /// A keyword with a text: on one line, or as a block where the text has several.
    pub fn text(&mut self, keyword: &str, text: &str) {
        let text = cleaned(text);
        let text = text.trim();
        if !fits_block(text) {
            self.line(&format!("{keyword} {}", quoted(text)));
            return;
        }
        self.line(&format!("{keyword} \"\"\""));
        self.depth += 1;
        for line in text.split('\n') {
            if line.is_empty() {
                self.out.push('\n');
            } else {
                self.line(line);
            }
        }
        self.line("\"\"\"");
        self.depth -= 1;
    }

    /// A keyword with an address, if that is one.
    pub fn iri(&mut self, keyword: &str, address: &str) -> bool {
        let Some(address) = iri(address) else {
            return false;
        };
        self.line(&format!("{keyword} {address}"));
        true
    }
}

/// How many letters of a comment are written.
const LONGEST_COMMENT: usize = 300;

/// Whether a text of several lines comes out of a block as it went in: a block takes blanks at line ends and shared indentation away.
fn fits_block(text: &str) -> bool {
    let blank = |line: &str| line.starts_with([' ', '\t']);
    let unshared = text
        .split('\n')
        .any(|line| !line.is_empty() && !blank(line));
    text.contains('\n')
        && !text.contains("\"\"\"")
        && unshared
        && text.split('\n').all(|line| line.trim_end() == line)
}

/// A text without what the language has no place for: control characters. Line ends are line feeds.
fn cleaned(text: &str) -> Cow<'_, str> {
    let foreign = |letter: char| letter.is_control() && !matches!(letter, '\n' | '\t');
    if !text.contains(foreign) {
        return Cow::Borrowed(text);
    }
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    Cow::Owned(text.chars().filter(|&letter| !foreign(letter)).collect())
}

/// A text in quotes on one line.
#[must_use]
pub fn quoted(text: &str) -> String {
    let text = cleaned(text);
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for letter in text.chars() {
        match letter {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\u{9}"),
            other => out.push(other),
        }
    }
    out.push('"');
    out
}

/// A text as a name: on one line, with single blanks. No-break spaces inside it stay, as French has them before a colon.
#[must_use]
pub fn name(text: &str) -> String {
    let text = cleaned(text);
    let stays = |letter: char| matches!(letter, '\u{a0}' | '\u{202f}' | '\u{2007}' | '\u{2060}');
    let words = text
        .trim()
        .split(|letter: char| letter.is_whitespace() && !stays(letter));
    let words: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
    words.join(" ")
}

/// An address in angle brackets; `None` if it is none in full, or cannot stand there.
#[must_use]
pub fn iri(address: &str) -> Option<String> {
    let fits = !address.contains(['<', '>', ' ', '\n', '\t']) && !address.starts_with("data:");
    (fits && oxiri::Iri::parse(address).is_ok()).then(|| format!("<{address}>"))
}

/// Whether an address is one of the web.
#[must_use]
pub fn is_web_address(address: &str) -> bool {
    (address.starts_with("https://") || address.starts_with("http://")) && iri(address).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_quoted_so_that_they_come_back() {
        assert_eq!(quoted("a \"b\" \\ c\td\ne"), r#""a \"b\" \\ c\u{9}d\ne""#);
        assert_eq!(quoted("a\u{7}b\r\nc"), r#""ab\nc""#);
        let mut writer = Writer::default();
        writer.open("badge a \"A\"");
        writer.text("criteria", "One\n\n  two\nthree");
        writer.text("about", "trailing  \nblanks");
        writer.text("about", "three \"\"\" quotes\nhere");
        writer.comment("left out", "a\nb");
        writer.close();
        assert_eq!(
            writer.finish(),
            "badge a \"A\" {\n  criteria \"\"\"\n    One\n\n      two\n    three\n    \"\"\"\n  about \"trailing  \\nblanks\"\n  about \"three \\\"\\\"\\\" quotes\\nhere\"\n  # left out: a b\n}\n"
        );
    }

    #[test]
    fn names_keep_their_no_break_spaces() {
        assert_eq!(
            name("\u{a0}Exposé\u{a0}: le\n  style\u{202f}! "),
            "Exposé\u{a0}: le style\u{202f}!"
        );
    }

    #[test]
    fn only_addresses_stand_in_angle_brackets() {
        assert_eq!(
            iri("https://a.example/x").as_deref(),
            Some("<https://a.example/x>")
        );
        for wrong in [
            "x",
            "https://a.example/a b",
            "https://a.example/>x",
            "data:image/png;base64,AA",
        ] {
            assert_eq!(iri(wrong), None, "{wrong}");
        }
        assert!(!is_web_address("urn:uuid:1"));
    }
}
