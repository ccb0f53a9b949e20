//! Markdown of authors and of ours, made safe: as HTML, and as Markdown again.
//!
//! Goes in: Markdown in which raw HTML, odd addresses and unclosed fences may stand. Comes out: the same text in which HTML is
//! shown as text, links lead to http, https, mailto or pages of the catalogue, pictures are their words, headings stand below
//! those of the page, and every construct is closed. Links to pages are written as [`PAGE`] and [`FILE`] addresses and become
//! relative here.

use std::borrow::Cow;
use std::fmt::Write;

use pulldown_cmark::{CowStr, Event, HeadingLevel, LinkType, Options, Parser, Tag, TagEnd};

/// Starts the address of a page of the catalogue: a folder below the base, perhaps with an anchor.
pub const PAGE: &str = "gradus-page:";
/// Starts the address of another file of the catalogue.
pub const FILE: &str = "gradus-file:";

/// How links to pages are written.
#[derive(Debug, Clone, Copy)]
pub struct Links<'a> {
    /// The folder of the page on which they stand, with a slash at its end, or empty.
    pub from: &'a str,
    /// The file of each page's folder: `index.html` or `index.md`.
    pub file: &'static str,
}

impl Links<'_> {
    /// A path below the base, seen from the page.
    #[must_use]
    pub fn relative(&self, path: &str) -> String {
        let same: usize = self
            .from
            .split_inclusive('/')
            .zip(path.split_inclusive('/'))
            .take_while(|(one, other)| one == other && one.ends_with('/'))
            .map(|(one, _)| one.len())
            .sum();
        let up = self
            .from
            .get(same..)
            .map_or(0, |rest| rest.matches('/').count());
        let mut out = String::with_capacity(path.len() + 3 * up);
        for _ in 0..up {
            out.push_str("../");
        }
        out.push_str(path.get(same..).unwrap_or(path));
        out
    }

    /// A page's folder, perhaps with an anchor, seen from the page.
    #[must_use]
    pub fn page(&self, path: &str) -> String {
        let (folder, anchor) = path
            .split_once('#')
            .map_or((path, None), |(folder, anchor)| (folder, Some(anchor)));
        let mut out = if folder == self.from && anchor.is_some() {
            String::new()
        } else {
            let mut out = self.relative(folder);
            out.push_str(self.file);
            out
        };
        if let Some(anchor) = anchor {
            out.push('#');
            out.push_str(anchor);
        }
        out
    }

    /// Where a link leads, if it may.
    fn resolve<'d>(&self, address: &'d str) -> Option<Cow<'d, str>> {
        if let Some(path) = address.strip_prefix(PAGE) {
            return is_inside(path).then(|| Cow::Owned(self.page(path)));
        }
        if let Some(path) = address.strip_prefix(FILE) {
            return is_inside(path).then(|| Cow::Owned(self.relative(path)));
        }
        is_allowed(address).then_some(Cow::Borrowed(address))
    }
}

/// Whether a path stays below the base.
fn is_inside(path: &str) -> bool {
    !path.starts_with('/')
        && !path.split('/').any(|part| part == "..")
        && path
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"-_./#~".contains(&byte))
}

/// Whether a link of an author is kept.
#[must_use]
pub fn is_allowed(address: &str) -> bool {
    let starts = |scheme: &str| {
        address
            .get(..scheme.len())
            .is_some_and(|start| start.eq_ignore_ascii_case(scheme))
    };
    (starts("https://") || starts("http://") || starts("mailto:"))
        && !address
            .chars()
            .any(|character| character.is_control() || character.is_whitespace())
}

/// What is kept of a text, as events.
fn events<'t>(text: &'t str, links: Links<'_>) -> Vec<Event<'t>> {
    let mut out = Vec::new();
    let mut kept = Vec::new();
    for event in Parser::new_ext(text, Options::empty()) {
        match event {
            Event::Html(html) | Event::InlineHtml(html) => out.push(Event::Text(html)),
            Event::Start(Tag::HtmlBlock) => out.push(Event::Start(Tag::Paragraph)),
            Event::End(TagEnd::HtmlBlock) => out.push(Event::End(TagEnd::Paragraph)),
            Event::Start(Tag::Link {
                dest_url,
                link_type,
                ..
            }) => {
                let address = match link_type {
                    LinkType::Email => Some(Cow::Owned(format!("mailto:{dest_url}"))),
                    _ => links.resolve(&dest_url),
                };
                kept.push(address.is_some());
                if let Some(address) = address {
                    out.push(Event::Start(Tag::Link {
                        link_type: LinkType::Inline,
                        dest_url: CowStr::from(address.into_owned()),
                        title: CowStr::Borrowed(""),
                        id: CowStr::Borrowed(""),
                    }));
                }
            }
            Event::End(TagEnd::Link) => {
                if kept.pop() == Some(true) {
                    out.push(Event::End(TagEnd::Link));
                }
            }
            Event::Start(Tag::Image { .. }) | Event::End(TagEnd::Image) => {}
            Event::Start(Tag::Heading { level, .. }) => out.push(Event::Start(Tag::Heading {
                level: lower(level),
                id: None,
                classes: Vec::new(),
                attrs: Vec::new(),
            })),
            Event::End(TagEnd::Heading(level)) => {
                out.push(Event::End(TagEnd::Heading(lower(level))));
            }
            other => out.push(other),
        }
    }
    out
}

fn lower(level: HeadingLevel) -> HeadingLevel {
    match level {
        HeadingLevel::H1 => HeadingLevel::H4,
        HeadingLevel::H2 => HeadingLevel::H5,
        HeadingLevel::H3 | HeadingLevel::H4 | HeadingLevel::H5 | HeadingLevel::H6 => {
            HeadingLevel::H6
        }
    }
}

/// Markdown as HTML.
#[must_use]
pub fn html(text: &str, links: Links<'_>) -> String {
    let mut out = String::with_capacity(text.len() * 2);
    pulldown_cmark::html::push_html(&mut out, events(text, links).into_iter());
    out
}

/// Markdown of one line as HTML without a paragraph around it.
#[must_use]
pub fn inline_html(text: &str, links: Links<'_>) -> String {
    if is_plain(text) {
        return text.to_owned();
    }
    let inline = events(text, links).into_iter().filter(is_inline);
    let mut out = String::with_capacity(text.len() * 2);
    pulldown_cmark::html::push_html(&mut out, inline);
    out
}

/// Whether a text of one line is the same in Markdown and HTML.
fn is_plain(text: &str) -> bool {
    text.starts_with(|character: char| character.is_alphabetic())
        && text.bytes().all(|byte| {
            byte >= 0x80 || byte.is_ascii_alphanumeric() || b" .,:;()%/-?'".contains(&byte)
        })
        && !text.ends_with(' ')
}

fn is_inline(event: &Event<'_>) -> bool {
    match event {
        Event::Start(tag) => matches!(tag, Tag::Emphasis | Tag::Strong | Tag::Link { .. }),
        Event::End(tag) => matches!(tag, TagEnd::Emphasis | TagEnd::Strong | TagEnd::Link),
        Event::Rule => false,
        _ => true,
    }
}

/// Markdown, written again in one way, safe to stand between other Markdown. Ends with a line end unless empty.
#[must_use]
pub fn markdown(text: &str, links: Links<'_>) -> String {
    Writer::default().write(&events(text, links))
}

/// Markdown of one line, written again.
#[must_use]
pub fn inline_markdown(text: &str, links: Links<'_>) -> String {
    if is_plain(text) {
        return text.to_owned();
    }
    let inline: Vec<_> = events(text, links).into_iter().filter(is_inline).collect();
    let out = Writer {
        is_line: true,
        ..Writer::default()
    }
    .write(&inline);
    out.trim_end().to_owned()
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

#[cfg(test)]
mod tests {
    use super::*;

    const HERE: Links<'static> = Links {
        from: "fr/credentials/chart-reader/",
        file: "index.html",
    };

    #[test]
    fn links_are_relative() {
        let page = |path| HERE.page(path);
        assert_eq!(
            page("fr/credentials/table-reader/"),
            "../table-reader/index.html"
        );
        assert_eq!(page("fr/"), "../../index.html");
        assert_eq!(page(""), "../../../index.html");
        assert_eq!(page("credentials/x/"), "../../../credentials/x/index.html");
        assert_eq!(page("fr/credentials/chart-reader/#a"), "#a");
        assert_eq!(
            HERE.relative("open-badges-3/x.json"),
            "../../../open-badges-3/x.json"
        );
        let root = Links {
            from: "",
            file: "index.md",
        };
        assert_eq!(root.page("credentials/x/#a"), "credentials/x/index.md#a");
        assert_eq!(root.page(""), "index.md");
    }

    #[test]
    fn html_of_authors_is_text() {
        let html = |text| html(text, HERE);
        assert_eq!(
            html("<script>alert(1)</script>"),
            "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>\n"
        );
        assert_eq!(
            html("a <b onclick=x>b</b>"),
            "<p>a &lt;b onclick=x&gt;b&lt;/b&gt;</p>\n"
        );
        assert_eq!(html("[x](javascript:alert(1))"), "<p>x</p>\n");
        assert_eq!(html("[x](../../secret)"), "<p>x</p>\n");
        assert_eq!(html("[x](gradus-page:../../secret)"), "<p>x</p>\n");
        assert_eq!(html("![x](https://a/b.png)"), "<p>x</p>\n");
        assert_eq!(
            html("[x](https://a/?b=1&c=2 \"t\")"),
            "<p><a href=\"https://a/?b=1&amp;c=2\">x</a></p>\n"
        );
        assert_eq!(html("# Big"), "<h4>Big</h4>\n");
        assert_eq!(
            inline_html("# *Big* \\<i\\>", HERE),
            "<em>Big</em> &lt;i&gt;"
        );
    }

    #[test]
    fn markdown_is_closed_and_quiet() {
        let again = |text| markdown(text, HERE);
        assert_eq!(again("# Big\n\ntext"), "#### Big\n\ntext\n");
        assert_eq!(again("```\nopen"), "```\nopen\n```\n");
        assert_eq!(again("<div>\n# x\n</div>"), "\\<div\\> \\# x \\</div\\>\n");
        assert_eq!(again("- a\n- b\n  - c\n"), "- a\n- b\n  - c\n");
        assert_eq!(again("1. a\n2. b"), "1. a\n2. b\n");
        assert_eq!(again("> a\n> b\n\nc"), "> a\n> b\n\nc\n");
        assert_eq!(again("*a* **b** `c`"), "*a* **b** `c`\n");
        assert_eq!(
            again("[x](javascript:1) [y](https://z/(a))"),
            "x [y](<https://z/(a)>)\n"
        );
        assert_eq!(again("[y](https://z)"), "[y](https://z)\n");
        assert_eq!(again("a\\\nb"), "a\\\nb\n");
    }

    #[test]
    fn written_again_it_says_the_same() {
        for text in [
            "- a\n\n  b\n- c\n",
            "para\n\n- one\n- two\n\n  - deep\n\n> quote\n> - x\n>   - y\n",
            "1. a\n   - b\n     c\n2. d\n",
            "a *b **c*** d\n",
            "\\# no\n\\- no\n1\\. no\n",
            "- > q\n  > r\n- ```\n  code\n  ```\n",
        ] {
            let once = markdown(text, HERE);
            assert_eq!(once, markdown(&once, HERE), "{text}");
            assert_eq!(html(text, HERE), html(&once, HERE), "{text}\n{once}");
        }
    }
}
