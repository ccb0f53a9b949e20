//! A page as HTML: all texts become HTML here, the template only puts them in their places.
//!
//! The template escapes what is not marked as HTML, and a value that it does not get is an error. The environment is made
//! once; a page is one call.

use minijinja::syntax::SyntaxConfig;
use minijinja::value::Value;
use minijinja::{Environment, UndefinedBehavior, context};

use super::markdown::{Links, html, inline_html};
use super::page::{Block, Fact, Page, Part, Section, Table};
use crate::emit::badge_image::text::escaped;
use crate::emit::wording::one_line;
use std::borrow::Cow;

const TEMPLATE: &str = include_str!("templates/page.html.j2");
const STYLE: &str = include_str!("templates/style.css");

/// Makes pages.
#[derive(Debug)]
pub struct Renderer {
    environment: Environment<'static>,
    style: Value,
}

impl Renderer {
    /// A renderer with its template read.
    #[must_use]
    pub fn new() -> Self {
        let mut environment = Environment::new();
        environment.set_undefined_behavior(UndefinedBehavior::Strict);
        let syntax = SyntaxConfig::builder()
            .trim_blocks(true)
            .lstrip_blocks(true)
            .build();
        debug_assert!(syntax.is_ok(), "{syntax:?}");
        if let Ok(syntax) = syntax {
            environment.set_syntax(syntax);
        }
        // The template is ours; the tests of this module render with it.
        let added = environment.add_template("page.html", TEMPLATE);
        debug_assert!(added.is_ok(), "{added:?}");
        let style: String = STYLE
            .lines()
            .map(str::trim)
            .filter(|line| !line.is_empty() && !line.starts_with("/*"))
            .collect::<Vec<_>>()
            .join("\n");
        Self {
            environment,
            style: Value::from_safe_string(style),
        }
    }

    /// The page as HTML.
    #[must_use]
    pub fn render(&self, page: &Page) -> String {
        let mut out = match self.try_render(page) {
            Ok(out) => out,
            // A fault of the template, which the tests below would have found: better a bare page than none.
            Err(_) => bare(page),
        };
        if !out.ends_with('\n') {
            out.push('\n');
        }
        out
    }

    fn try_render(&self, page: &Page) -> Result<String, minijinja::Error> {
        let links = Links {
            from: &page.folder,
            file: "index.html",
        };
        let view = Maker { links }.view(page, &self.style);
        self.environment.get_template("page.html")?.render(view)
    }
}

/// The text of a page and nothing else.
fn bare(page: &Page) -> String {
    let text = page.to_markdown();
    format!(
        "<!doctype html>\n<meta charset=\"utf-8\">\n<title>{}</title>\n<pre>{}</pre>\n",
        escaped(&page.title),
        text.lines().map(escaped).collect::<Vec<_>>().join("\n"),
    )
}

/// Makes views with the links of one page.
#[derive(Clone, Copy)]
struct Maker<'p> {
    links: Links<'p>,
}

impl<'p> Maker<'p> {
    fn line(self, text: &str) -> Value {
        if text.is_empty() {
            return Value::from("");
        }
        Value::from_safe_string(inline_html(text, self.links))
    }

    fn view(self, page: &Page, style: &Value) -> Value {
        let title = plain(&page.title, self.links);
        let window_title = if page.site.is_empty() {
            title
        } else {
            format!("{title} · {}", page.site)
        };
        let alternates: Vec<Value> = page
            .editions
            .iter()
            .map(|(tag, folder)| {
                context! { tag, href => address(&self.links.page(folder)), current => *tag == page.language }
            })
            .collect();
        let editions = if alternates.len() > 1 {
            alternates.clone()
        } else {
            Vec::new()
        };
        let trail: Vec<Value> = page
            .trail
            .iter()
            .map(|(text, folder)| context! { href => address(&self.links.page(folder)), text => self.line(text) })
            .collect();
        // A short page needs no list of its parts.
        let contents: Vec<Value> = if page.sections.len() > 2 {
            page.sections
                .iter()
                .map(|section| {
                    context! { href => address(&format!("#{}", section.id)), text => self.line(&section.title) }
                })
                .collect()
        } else {
            Vec::new()
        };
        let image = page.image.as_ref().map(|image| {
            let src = if image.address.contains("://") {
                image.address.clone()
            } else {
                self.links.relative(&image.address)
            };
            context! { src => address(&src), words => one_line(Cow::Borrowed(image.words.as_str())).into_owned() }
        });
        let lead = if page.lead.is_empty() {
            Value::from("")
        } else {
            Value::from_safe_string(html(&page.lead, self.links))
        };
        context! {
            language => page.language.as_str(),
            direction => direction(&page.language),
            window_title,
            description => one_line(Cow::Borrowed(page.description.as_str())).into_owned(),
            canonical => address(&page.canonical),
            alternates,
            editions,
            style,
            trail,
            languages_label => page.languages_label,
            contents_label => page.contents_label,
            sources_label => page.sources_label,
            skip_label => page.skip_label,
            kicker => self.line(&page.kicker),
            title => self.line(&page.title),
            notices => self.lines(&page.notices),
            image,
            lead,
            facts => self.facts(&page.facts),
            contents,
            sections => page.sections.iter().map(|section| self.section(section)).collect::<Vec<_>>(),
            sources => self.lines(&page.sources),
        }
    }

    fn lines(self, texts: &[String]) -> Vec<Value> {
        texts.iter().map(|text| self.line(text)).collect()
    }

    fn facts(self, facts: &[Fact]) -> Vec<Value> {
        facts
            .iter()
            .map(|fact| context! { label => self.line(&fact.label), value => self.line(&fact.value) })
            .collect()
    }

    fn section(self, section: &Section) -> Value {
        context! {
            id => section.id.as_str(),
            title => self.line(&section.title),
            blocks => self.blocks(&section.blocks),
            // Parts of one kind are set as a group.
            group => section.parts.first().map_or("", |part| part.style),
            parts => section.parts.iter().map(|part| self.part(part)).collect::<Vec<_>>(),
        }
    }

    fn part(self, part: &Part) -> Value {
        context! {
            id => part.id.as_str(),
            style => part.style,
            depth => part.depth.min(6),
            level => (3 + part.depth).min(6),
            kicker => self.line(&part.kicker),
            title => self.line(&part.title),
            blocks => self.blocks(&part.blocks),
        }
    }

    fn blocks(self, blocks: &[Block]) -> Vec<Value> {
        blocks.iter().map(|block| self.block(block)).collect()
    }

    fn block(self, block: &Block) -> Value {
        match block {
            Block::Text(text) => {
                context! { kind => "text", html => Value::from_safe_string(html(text, self.links)) }
            }
            Block::Note(text) => context! { kind => "note", html => self.line(text) },
            Block::Aside(text) => context! { kind => "aside", html => self.line(text) },
            Block::Facts(facts) => context! { kind => "facts", facts => self.facts(facts) },
            Block::Table(table) => self.table(table),
            Block::Diagram(diagram) => {
                let legend: Vec<Value> = diagram
                    .legend
                    .iter()
                    .map(|&(mark, text)| context! { mark, text })
                    .collect();
                context! {
                    kind => "diagram",
                    wide => Value::from_safe_string(diagram.wide.clone()),
                    narrow => Value::from_safe_string(diagram.narrow.clone()),
                    legend,
                }
            }
            Block::Entries(entries) => {
                let entries: Vec<Value> = entries
                    .iter()
                    .map(|entry| {
                        context! {
                            link => self.line(&entry.link),
                            detail => self.line(&entry.detail),
                            text => self.line(&entry.text),
                        }
                    })
                    .collect();
                context! { kind => "entries", entries }
            }
        }
    }

    fn table(self, table: &Table) -> Value {
        let row = |cells: &[String]| -> Vec<Value> {
            cells
                .iter()
                .enumerate()
                .map(|(column, cell)| {
                    let number = table.numbers_from > 0 && column >= table.numbers_from;
                    context! { html => self.line(cell), number }
                })
                .collect()
        };
        context! {
            kind => "table",
            head => row(&table.head),
            rows => table.rows.iter().map(|cells| row(cells)).collect::<Vec<_>>(),
            foot => row(&table.foot),
        }
    }
}

/// An address for an attribute: escaped here, because the template would also escape each slash.
fn address(address: &str) -> Value {
    Value::from_safe_string(escaped(address).into_owned())
}

/// A text without marks, for titles of windows.
fn plain(text: &str, links: Links<'_>) -> String {
    let html = inline_html(text, links);
    let mut out = String::with_capacity(html.len());
    let mut is_tag = false;
    for character in html.chars() {
        match character {
            '<' => is_tag = true,
            '>' if is_tag => is_tag = false,
            other if !is_tag => out.push(other),
            _ => {}
        }
    }
    out.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&amp;", "&")
}

/// Languages that are written from right to left, by their primary tag.
fn direction(tag: &str) -> &'static str {
    match tag.split('-').next().unwrap_or(tag) {
        "ar" | "arc" | "ckb" | "dv" | "fa" | "he" | "ks" | "ps" | "sd" | "ug" | "ur" | "yi" => {
            "rtl"
        }
        _ => "ltr",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::emit::pathways::page::{Diagram, Entry, Picture};

    /// A page with everything that pages can have.
    fn full() -> Page {
        let fact = || vec![Fact::new("Label", "*value*")];
        Page {
            folder: "credentials/x/".to_owned(),
            language: "en".to_owned(),
            canonical: "https://example.org/credentials/x/".to_owned(),
            kicker: "Badge".to_owned(),
            title: "A \\<b\\> & b".to_owned(),
            site: "Catalogue".to_owned(),
            description: "\"quoted\"".to_owned(),
            trail: vec![("Catalogue".to_owned(), String::new())],
            editions: vec![
                ("en".to_owned(), "credentials/x/".to_owned()),
                ("fr".to_owned(), "fr/credentials/x/".to_owned()),
            ],
            notices: vec!["notice".to_owned()],
            image: Some(Picture {
                address: "images/x.svg".to_owned(),
                words: "a \"picture\"".to_owned(),
            }),
            lead: "lead".to_owned(),
            facts: fact(),
            sections: vec![
                Section {
                    id: "one".to_owned(),
                    title: "One".to_owned(),
                    blocks: vec![
                        Block::Text("text".to_owned()),
                        Block::Note("note".to_owned()),
                        Block::Facts(fact()),
                        Block::Table(Table {
                            head: vec!["a".to_owned(), "b".to_owned()],
                            rows: vec![vec!["c".to_owned(), "1".to_owned()]],
                            foot: vec!["sum".to_owned(), "1".to_owned()],
                            numbers_from: 1,
                        }),
                        Block::Diagram(Diagram {
                            wide: "<svg></svg>".to_owned(),
                            narrow: "<svg></svg>".to_owned(),
                            legend: vec![("order", "order")],
                            text: "words".to_owned(),
                        }),
                        Block::Entries(vec![Entry {
                            link: "[x](gradus-page:credentials/y/)".to_owned(),
                            detail: "detail".to_owned(),
                            text: "text".to_owned(),
                        }]),
                    ],
                    parts: vec![Part {
                        id: "part".to_owned(),
                        style: "card",
                        depth: 1,
                        kicker: "kicker".to_owned(),
                        title: "part".to_owned(),
                        blocks: vec![Block::Text("text".to_owned())],
                    }],
                },
                Section::default(),
                Section::default(),
            ],
            sources: vec!["source".to_owned()],
            ..Page::default()
        }
    }

    /// The relative luminance of a color such as `#fdfcf9` (WCAG 2.2).
    fn luminance(color: &str) -> f64 {
        let part = |start: usize| {
            let hex = color.get(start..start + 2).unwrap_or("0");
            let value = f64::from(u8::from_str_radix(hex, 16).unwrap_or(0)) / 255.0;
            if value <= 0.04045 {
                value / 12.92
            } else {
                ((value + 0.055) / 1.055).powf(2.4)
            }
        };
        0.2126 * part(1) + 0.7152 * part(3) + 0.0722 * part(5)
    }

    /// The colors of one scheme by name.
    fn colors(block: &str) -> std::collections::BTreeMap<&str, &str> {
        block
            .split(';')
            .filter_map(|one| one.trim().strip_prefix("--")?.split_once(": "))
            .collect()
    }

    #[test]
    fn texts_and_lines_stand_out_in_light_and_dark() {
        let mut blocks = STYLE
            .split(":root {")
            .skip(1)
            .take(2)
            .filter_map(|rest| rest.split('}').next());
        for block in [blocks.next(), blocks.next()] {
            let colors = colors(block.unwrap_or_default());
            let contrast = |one: &str, other: &str| {
                let of =
                    |name| luminance(colors.get(name).unwrap_or_else(|| panic!("no --{name}")));
                let (high, low) = (of(one).max(of(other)), of(one).min(of(other)));
                (high + 0.05) / (low + 0.05)
            };
            let texts = [
                ("ink", "paper"),
                ("soft", "paper"),
                ("link", "paper"),
                ("accent", "paper"),
                ("ink", "wash"),
                ("soft", "wash"),
                ("link", "wash"),
                ("accent", "wash"),
                ("ink", "notice"),
                ("link", "notice"),
                ("ink", "stage"),
                ("link", "box"),
                ("soft", "box"),
                ("link", "goal"),
                ("soft", "goal"),
                ("accent", "goal"),
                ("link", "exit"),
                ("soft", "exit"),
                ("exit-line", "exit"),
                ("paper", "accent"),
            ];
            for (one, other) in texts {
                let found = contrast(one, other);
                assert!(found >= 4.5, "{one} on {other}: {found:.2}");
            }
            let lines = [
                ("box-line", "box"),
                ("box-line", "stage"),
                ("frame-line", "stage"),
                ("order", "paper"),
                ("need", "paper"),
                ("need", "stage"),
                ("accent", "stage"),
                ("exit-line", "stage"),
            ];
            for (one, other) in lines {
                let found = contrast(one, other);
                assert!(found >= 3.0, "{one} on {other}: {found:.2}");
            }
        }
    }

    #[test]
    fn the_template_has_a_place_for_everything() {
        let page = full();
        let renderer = Renderer::new();
        let html = renderer.try_render(&page);
        assert!(
            html.is_ok(),
            "{:?}",
            html.err().map(|error| error.to_string())
        );
        let html = html.unwrap_or_default();
        let (before, rest) = html.split_once("<style>").unwrap_or_default();
        let (style, after) = rest.split_once("</style>").unwrap_or_default();
        assert!(style.contains("--paper"), "{style}");
        insta::assert_snapshot!(format!("{before}<style>…</style>{after}"));
    }

    #[test]
    fn a_page_may_be_empty() {
        let html = Renderer::new().try_render(&Page::default());
        assert!(html.is_ok(), "{:?}", html.err());
    }
}
