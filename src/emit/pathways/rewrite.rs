//! Events of Markdown as Markdown again, in one way of writing it.
//!
//! Goes in: events that [`super::markdown`] has let through. Comes out: text in which every mark of the author's that is not a
//! construct is escaped, and every construct is closed, so that it can stand between other Markdown.

use std::fmt::Write;

use pulldown_cmark::{Event, Tag, TagEnd};

/// Blocks; ends with a line end unless empty.
#[must_use]
pub fn blocks(events: &[Event<'_>]) -> String {
    Writer::default().write(events)
}

/// Everything on one line.
#[must_use]
pub fn line(events: &[Event<'_>]) -> String {
    let writer = Writer {
        is_line: true,
        ..Writer::default()
    };
    writer.write(events)
}

/// Writes events as Markdown.
#[derive(Default)]
struct Writer {
    out: String,
    /// What starts each line of the blocks that are open: quote marks and the indentation of lists.
    prefix: Vec<String>,
    /// Open lists: the next number, and whether an entry has been written.
    lists: Vec<(Option<u64>, bool)>,
    /// Where open links lead.
    links: Vec<String>,
    /// Within a fenced block.
    is_code: bool,
    /// Everything stays on one line.
    is_line: bool,
    /// The mark of a list entry that has just begun stands on this line already.
    is_begun: bool,
    /// A blank line is due before the next block.
    is_due: bool,
    /// For each open entry and quote, whether blank lines stand between its blocks.
    loose: Vec<bool>,
}

impl Writer {
    fn write(mut self, events: &[Event<'_>]) -> String {
        for (index, event) in events.iter().enumerate() {
            match event {
                Event::Start(tag) => self.start(tag, events.get(index + 1)),
                Event::End(tag) => self.end(*tag),
                Event::Text(text) if self.is_code => self.code_lines(text),
                Event::Text(text) => self.text(text),
                Event::Code(code) => self.code(code),
                Event::SoftBreak if self.is_line => self.out.push(' '),
                Event::HardBreak if self.is_line => self.out.push(' '),
                Event::SoftBreak => self.next_line(),
                Event::HardBreak => {
                    self.out.push('\\');
                    self.next_line();
                }
                Event::Rule => {
                    self.block();
                    self.out.push_str("* * *");
                    self.close();
                }
                Event::Html(_)
                | Event::InlineHtml(_)
                | Event::InlineMath(_)
                | Event::DisplayMath(_)
                | Event::FootnoteReference(_)
                | Event::TaskListMarker(_) => {}
            }
        }
        let end = self.out.trim_end().len();
        self.out.truncate(end);
        if !self.out.is_empty() {
            self.out.push('\n');
        }
        self.out
    }

    fn next_line(&mut self) {
        self.out.push('\n');
        for part in &self.prefix {
            self.out.push_str(part);
        }
    }

    /// Begins a block: after a blank line, unless it is the first of its list entry.
    fn block(&mut self) {
        if self.is_begun {
            self.is_begun = false;
        } else if self.is_due {
            let tight = self.loose.last() == Some(&false);
            if !tight {
                self.out.push('\n');
                let end: String = self.prefix.concat();
                self.out.push_str(end.trim_end());
            }
            self.next_line();
        } else {
            let prefix = self.prefix.concat();
            self.out.push_str(&prefix);
        }
        self.is_due = false;
    }

    fn close(&mut self) {
        self.is_due = true;
    }

    fn start(&mut self, tag: &Tag<'_>, next: Option<&Event<'_>>) {
        match tag {
            Tag::Paragraph => self.block(),
            Tag::Heading { level, .. } => {
                self.block();
                for _ in 0..*level as usize {
                    self.out.push('#');
                }
                self.out.push(' ');
            }
            Tag::BlockQuote(_) => {
                self.block();
                self.out.push_str("> ");
                self.prefix.push("> ".to_owned());
                self.loose.push(true);
                self.is_begun = true;
            }
            Tag::CodeBlock(_) => {
                self.block();
                self.out.push_str("```");
                self.is_code = true;
                self.next_line();
            }
            Tag::List(first) => {
                // Beginning the list is its first entry's to do.
                self.lists.push((*first, false));
                self.is_due |= !self.is_begun && !self.out.is_empty();
            }
            Tag::Item => {
                let is_loose = matches!(next, Some(Event::Start(Tag::Paragraph)));
                let is_later = self.lists.last().is_some_and(|&(_, written)| written);
                if is_later {
                    self.loose.push(is_loose);
                    self.block();
                } else {
                    self.block();
                    self.loose.push(is_loose);
                }
                let mark = match self.lists.last_mut() {
                    Some((Some(number), written)) => {
                        *written = true;
                        let mark = format!("{number}. ");
                        *number += 1;
                        mark
                    }
                    Some((None, written)) => {
                        *written = true;
                        "- ".to_owned()
                    }
                    None => "- ".to_owned(),
                };
                self.out.push_str(&mark);
                self.prefix.push(" ".repeat(mark.len()));
                self.is_begun = true;
            }
            Tag::Emphasis => {
                self.inline();
                self.out.push('*');
            }
            Tag::Strong => {
                self.inline();
                self.out.push_str("**");
            }
            Tag::Link { dest_url, .. } => {
                self.inline();
                self.out.push('[');
                self.links.push(dest_url.to_string());
            }
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Paragraph | TagEnd::Heading(_) => self.close(),
            TagEnd::BlockQuote(_) => {
                self.prefix.pop();
                self.loose.pop();
                self.is_begun = false;
                self.close();
            }
            TagEnd::CodeBlock => {
                self.is_code = false;
                self.out.push_str("```");
                self.close();
            }
            TagEnd::List(_) => {
                self.lists.pop();
                self.close();
            }
            TagEnd::Item => {
                self.prefix.pop();
                self.loose.pop();
                self.is_begun = false;
                self.close();
            }
            TagEnd::Emphasis => self.out.push('*'),
            TagEnd::Strong => self.out.push_str("**"),
            TagEnd::Link => {
                let address = self.links.pop().unwrap_or_default();
                self.out.push_str("](<");
                for character in address.chars() {
                    match character {
                        '<' => self.out.push_str("%3C"),
                        '>' => self.out.push_str("%3E"),
                        '\\' => self.out.push_str("%5C"),
                        other => self.out.push(other),
                    }
                }
                self.out.push_str(">)");
                if !address.contains(['(', ')', ' ', '<', '>', '\\']) {
                    // The short form where it is safe.
                    let short = format!("]({address})");
                    let long = short.len() + 2;
                    let keep = self.out.len().saturating_sub(long);
                    self.out.truncate(keep);
                    self.out.push_str(&short);
                }
            }
            _ => {}
        }
    }

    /// Text directly inside a tight list entry begins like a block.
    fn inline(&mut self) {
        self.is_begun = false;
    }

    fn text(&mut self, text: &str) {
        self.inline();
        let at_start = self.out.is_empty()
            || self.out.ends_with('\n')
            || self.out.ends_with("- ")
            || self.out.ends_with("> ")
            || self.out.ends_with("  ");
        let digits = text.bytes().take_while(u8::is_ascii_digit).count();
        for (index, character) in text.char_indices() {
            match character {
                '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '&' | '~' | '|' => {
                    self.out.push('\\');
                    self.out.push(character);
                }
                '#' | '+' | '-' | '=' | ':' if index == 0 && at_start => {
                    self.out.push('\\');
                    self.out.push(character);
                }
                '.' | ')' if at_start && digits > 0 && index == digits => {
                    self.out.push('\\');
                    self.out.push(character);
                }
                '.' | ')' if index == 0 && self.is_after_number() => {
                    self.out.push('\\');
                    self.out.push(character);
                }
                '!' if text.len() == index + 1 => self.out.push_str("\\!"),
                '\n' | '\r' => self.out.push(' '),
                other => self.out.push(other),
            }
        }
    }

    /// Whether the line so far is a number that a point would make a list of.
    fn is_after_number(&self) -> bool {
        let line = self.out.rsplit('\n').next().unwrap_or("");
        line.ends_with(|character: char| character.is_ascii_digit())
            && !line.contains(char::is_alphabetic)
    }

    fn code(&mut self, code: &str) {
        self.inline();
        let mut longest = 0;
        let mut run = 0;
        for character in code.chars() {
            run = if character == '`' { run + 1 } else { 0 };
            longest = longest.max(run);
        }
        let fence = "`".repeat(longest + 1);
        let space = if code.starts_with('`') || code.ends_with('`') {
            " "
        } else {
            ""
        };
        let _ = write!(
            self.out,
            "{fence}{space}{}{space}{fence}",
            code.replace('\n', " ")
        );
    }

    fn code_lines(&mut self, text: &str) {
        for line in text.lines() {
            // A fence inside would close the block.
            self.out.push_str(&line.replace("```", "` ` `"));
            self.next_line();
        }
    }
}
