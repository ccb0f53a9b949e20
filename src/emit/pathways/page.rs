//! A page, before it is Markdown or HTML: titles, facts, sections, and what stands in them.
//!
//! All texts are Markdown, escaped where they are names. The two forms of a page are made from this one value, so that they
//! say the same. [`Page::to_markdown`] makes the one, [`super::html`] the other.

use std::fmt::Write;

use super::markdown::{Links, inline_markdown, markdown};

/// A page.
#[derive(Debug, Clone, Default)]
pub struct Page {
    /// The folder, below the base, with a slash at its end; empty for the start page.
    pub folder: String,
    /// The language tag of the page.
    pub language: String,
    /// The full address.
    pub canonical: String,
    /// What kind of thing it shows.
    pub kicker: String,
    pub title: String,
    /// What stands in the window's title after the page's own.
    pub site: String,
    /// The plain text of search results.
    pub description: String,
    /// The way from the start page: text and folder.
    pub trail: Vec<(String, String)>,
    /// The page in other languages and this one: tag and folder.
    pub editions: Vec<(String, String)>,
    pub notices: Vec<String>,
    pub image: Option<Picture>,
    /// A few sentences below the title.
    pub lead: String,
    pub facts: Vec<Fact>,
    pub sections: Vec<Section>,
    /// Lines about the frameworks of others that are named.
    pub sources: Vec<String>,
    pub sources_label: &'static str,
    pub contents_label: &'static str,
    pub languages_label: &'static str,
    pub skip_label: &'static str,
    /// Between a label and its value in Markdown.
    pub colon: &'static str,
}

/// A picture beside the title.
#[derive(Debug, Clone)]
pub struct Picture {
    /// A path below the base or a whole address.
    pub address: String,
    pub words: String,
}

/// A label and what it says.
#[derive(Debug, Clone)]
pub struct Fact {
    pub label: String,
    pub value: String,
}

impl Fact {
    /// A fact.
    pub fn new(label: impl Into<String>, value: impl Into<String>) -> Self {
        Self {
            label: label.into(),
            value: value.into(),
        }
    }
}

/// A part of a page with a heading.
#[derive(Debug, Clone, Default)]
pub struct Section {
    /// Its anchor; unique on the page.
    pub id: String,
    pub title: String,
    pub blocks: Vec<Block>,
    pub parts: Vec<Part>,
}

/// A part of a section: a stage, an assessment, an item.
#[derive(Debug, Clone, Default)]
pub struct Part {
    /// Its anchor, if others lead to it.
    pub id: String,
    /// How it is set: `stage`, `card`, `item`, `area`.
    pub style: &'static str,
    /// How deep it stands, from 0.
    pub depth: usize,
    /// Above the title, small.
    pub kicker: String,
    pub title: String,
    pub blocks: Vec<Block>,
}

/// What stands in sections.
#[derive(Debug, Clone)]
pub enum Block {
    /// Paragraphs, lists and the like, as Markdown.
    Text(String),
    /// A line that is set apart.
    Note(String),
    /// A line that is said by the way.
    Aside(String),
    Facts(Vec<Fact>),
    Table(Table),
    /// Drawings of one thing for wide and for narrow pages, and what their marks mean.
    Diagram(Diagram),
    /// Links with a line or two about each.
    Entries(Vec<Entry>),
}

/// A table; the first cell of each row is its heading.
#[derive(Debug, Clone, Default)]
pub struct Table {
    pub head: Vec<String>,
    pub rows: Vec<Vec<String>>,
    /// The last row, if it adds up the others.
    pub foot: Vec<String>,
    /// From this column on, numbers.
    pub numbers_from: usize,
}

/// A drawing in two flows, made for the links of HTML pages.
#[derive(Debug, Clone, Default)]
pub struct Diagram {
    pub wide: String,
    pub narrow: String,
    /// Mark and meaning.
    pub legend: Vec<(&'static str, &'static str)>,
    /// What it shows, for the form that has no drawings.
    pub text: String,
}

/// A link and what it leads to.
#[derive(Debug, Clone, Default)]
pub struct Entry {
    pub link: String,
    pub detail: String,
    pub text: String,
}

impl Page {
    /// The page as Markdown.
    #[must_use]
    pub fn to_markdown(&self) -> String {
        let mut writer = MarkdownWriter {
            out: String::with_capacity(2048),
            links: Links {
                from: &self.folder,
                file: "index.md",
            },
            colon: self.colon,
        };
        writer.page(self);
        let mut out = writer.out;
        out.truncate(out.trim_end().len());
        out.push('\n');
        out
    }
}

struct MarkdownWriter<'p> {
    out: String,
    links: Links<'p>,
    colon: &'static str,
}

impl MarkdownWriter<'_> {
    fn line(&self, text: &str) -> String {
        inline_markdown(text, self.links)
    }

    fn paragraph(&mut self, text: &str) {
        if !text.is_empty() {
            self.out.push_str(text);
            self.out.push_str("\n\n");
        }
    }

    fn page(&mut self, page: &Page) {
        let trail: Vec<String> = page
            .trail
            .iter()
            .map(|(text, folder)| format!("[{}]({})", self.line(text), self.links.page(folder)))
            .collect();
        self.paragraph(&trail.join(" / "));
        let editions: Vec<String> = page
            .editions
            .iter()
            .filter(|(tag, _)| *tag != page.language)
            .map(|(tag, folder)| format!("[{tag}]({})", self.links.page(folder)))
            .collect();
        if !editions.is_empty() {
            let text = format!(
                "{}{}{}",
                page.languages_label,
                self.colon,
                editions.join(", ")
            );
            self.paragraph(&text);
        }
        let title = format!("# {}", self.line(&page.title));
        self.paragraph(&title);
        if !page.kicker.is_empty() {
            let kicker = format!("*{}*", self.line(&page.kicker));
            self.paragraph(&kicker);
        }
        for notice in &page.notices {
            let text = format!("> **{}**", self.line(notice));
            self.paragraph(&text);
        }
        if let Some(image) = &page.image {
            let address = if image.address.contains("://") {
                image.address.clone()
            } else {
                self.links.relative(&image.address)
            };
            let text = format!("![{}](<{address}>)", self.line(&image.words));
            self.paragraph(&text);
        }
        let lead = markdown(&page.lead, self.links);
        self.paragraph(lead.trim_end());
        self.facts(&page.facts);
        for section in &page.sections {
            let title = format!("## {}", self.line(&section.title));
            self.paragraph(&title);
            self.blocks(&section.blocks);
            for part in &section.parts {
                self.part(part);
            }
        }
        if !page.sources.is_empty() {
            self.paragraph("* * *");
            for source in &page.sources {
                let text = self.line(source);
                self.paragraph(&text);
            }
        }
    }

    fn part(&mut self, part: &Part) {
        if !part.id.is_empty() {
            let _ = writeln!(self.out, "<a id=\"{}\"></a>\n", part.id);
        }
        if !part.title.is_empty() {
            let marks = "#".repeat((3 + part.depth).min(6));
            let title = format!("{marks} {}", self.line(&part.title));
            self.paragraph(&title);
        }
        if !part.kicker.is_empty() {
            let kicker = format!("*{}*", self.line(&part.kicker));
            self.paragraph(&kicker);
        }
        self.blocks(&part.blocks);
    }

    fn blocks(&mut self, blocks: &[Block]) {
        for block in blocks {
            match block {
                Block::Text(text) => {
                    let text = markdown(text, self.links);
                    self.paragraph(text.trim_end());
                }
                Block::Note(text) => {
                    let text = format!("> {}", self.line(text));
                    self.paragraph(&text);
                }
                Block::Aside(text) => {
                    let text = self.line(text);
                    self.paragraph(&text);
                }
                Block::Facts(facts) => self.facts(facts),
                Block::Table(table) => self.table(table),
                Block::Diagram(diagram) => {
                    let text = self.line(&diagram.text);
                    self.paragraph(&text);
                }
                Block::Entries(entries) => self.entries(entries),
            }
        }
    }

    fn facts(&mut self, facts: &[Fact]) {
        for fact in facts {
            let (label, value) = (self.line(&fact.label), self.line(&fact.value));
            let _ = writeln!(self.out, "- **{label}**{}{value}", self.colon);
        }
        if !facts.is_empty() {
            self.out.push('\n');
        }
    }

    fn table(&mut self, table: &Table) {
        let row = |writer: &mut Self, cells: &[String], bold: bool| {
            writer.out.push('|');
            for cell in cells {
                let cell = writer.line(cell);
                if bold && !cell.is_empty() {
                    let _ = write!(writer.out, " **{cell}** |");
                } else {
                    let _ = write!(writer.out, " {cell} |");
                }
            }
            writer.out.push('\n');
        };
        row(self, &table.head, false);
        self.out.push('|');
        for column in 0..table.head.len() {
            let right = table.numbers_from > 0 && column >= table.numbers_from;
            self.out.push_str(if right { " ---: |" } else { " --- |" });
        }
        self.out.push('\n');
        for cells in &table.rows {
            row(self, cells, false);
        }
        if !table.foot.is_empty() {
            row(self, &table.foot, true);
        }
        self.out.push('\n');
    }

    fn entries(&mut self, entries: &[Entry]) {
        for entry in entries {
            let _ = write!(self.out, "- {}", self.line(&entry.link));
            for more in [&entry.detail, &entry.text] {
                if !more.is_empty() {
                    let more = self.line(more);
                    let _ = write!(self.out, " — {more}");
                }
            }
            self.out.push('\n');
        }
        if !entries.is_empty() {
            self.out.push('\n');
        }
    }
}
