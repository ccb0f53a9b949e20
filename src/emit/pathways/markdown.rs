//! Markdown of authors and of ours, made safe: as HTML, and as Markdown again.
//!
//! Goes in: Markdown in which raw HTML, odd addresses and unclosed fences may stand. Comes out: the same text in which HTML is
//! shown as text, links lead to http, https, mailto or pages of the catalogue, pictures are their words, headings stand below
//! those of the page, and every construct is closed. Links to pages are written as [`PAGE`] and [`FILE`] addresses and become
//! relative here.

use std::borrow::Cow;

use pulldown_cmark::{CowStr, Event, HeadingLevel, LinkType, Options, Parser, Tag, TagEnd};

use super::rewrite;
use crate::emit::wording::one_line;

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

/// The words of Markdown on one line, without any marks; what stands in code is left as it is.
#[must_use]
pub fn words(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for event in Parser::new_ext(text, Options::empty()) {
        match event {
            Event::Text(words)
            | Event::Code(words)
            | Event::Html(words)
            | Event::InlineHtml(words) => {
                out.push_str(&words);
            }
            Event::SoftBreak | Event::HardBreak | Event::Rule => out.push(' '),
            Event::End(
                TagEnd::Paragraph
                | TagEnd::Heading(_)
                | TagEnd::Item
                | TagEnd::BlockQuote(_)
                | TagEnd::CodeBlock
                | TagEnd::HtmlBlock,
            ) => out.push(' '),
            _ => {}
        }
    }
    one_line(Cow::Owned(out)).into_owned()
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
    rewrite::blocks(&events(text, links))
}

/// Markdown of one line, written again.
#[must_use]
pub fn inline_markdown(text: &str, links: Links<'_>) -> String {
    if is_plain(text) {
        return text.to_owned();
    }
    let inline: Vec<_> = events(text, links).into_iter().filter(is_inline).collect();
    let out = rewrite::line(&inline);
    out.trim_end().to_owned()
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
    fn words_have_no_marks() {
        assert_eq!(
            words("# Big\n\nReads **charts** and [tables](https://a.example).\n\n- `one`\n- two\n"),
            "Big Reads charts and tables. one two"
        );
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
