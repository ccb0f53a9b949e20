//! A page being made: the words of its language, links to other pages, and the frameworks of others that it names.

use std::borrow::Cow;
use std::cell::RefCell;
use std::collections::BTreeSet;

use super::diagram::SEPARATOR;
use super::markdown::{FILE, PAGE, is_allowed, words};
use super::page::{Entry, Page};
use super::phrases::{PagePhrases, page_phrases};
use super::site::Site;
use crate::emit::badges::{self, Edition, web_address};
use crate::emit::paths;
use crate::emit::wording::{
    Phrases, Wording, escape_markdown, fill, join, markdown_link, one_line,
};
use crate::model::{
    CredentialId, Declared, ExternalFrameworkId, ExternalItemId, FrameworkId, ItemId, Language,
    LevelRef, Mapping, MappingTarget, Occupation, PathwayId, Project, Prose, RecognitionId,
    Requirement, RoleId, Text,
};
use crate::syntax::tree::TextForm;

/// The most links that one list of relations shows.
const MOST_LINKS: usize = 60;

/// Codes that are longer say nothing to readers: they are addresses, or parts of one.
const LONGEST_CODE: usize = 16;

/// What a page is made with.
#[derive(Debug)]
pub struct Context<'s, 'a> {
    pub site: &'s Site<'a>,
    pub project: &'a Project,
    pub wording: Wording<'a>,
    pub language: Language,
    pub words: &'static PagePhrases,
    /// Frameworks of others that the page names.
    sources: RefCell<BTreeSet<ExternalFrameworkId>>,
}

impl<'s, 'a> Context<'s, 'a> {
    /// For a page in a language.
    pub fn new(site: &'s Site<'a>, language: Language) -> Self {
        let project = site.project;
        Self {
            site,
            project,
            wording: Wording::new(project, language),
            language,
            words: page_phrases(project.name(language)),
            sources: RefCell::default(),
        }
    }

    /// The phrases of all outputs.
    pub fn phrases(&self) -> &'static Phrases {
        self.wording.phrases
    }

    /// A page with what all pages have. `folder` is its place in each language.
    pub fn page(&self, kicker: String, title: String, folder: impl Fn(Language) -> String) -> Page {
        let home = paths::language_folder(self.project, self.language);
        let own = folder(self.language);
        let editions = self
            .project
            .languages
            .iter()
            .map(|&language| (self.project.name(language).to_owned(), folder(language)));
        Page {
            language: self.project.name(self.language).to_owned(),
            canonical: paths::address(self.project, &own),
            kicker,
            title,
            site: self.words.catalogue.to_owned(),
            trail: if own == home {
                Vec::new()
            } else {
                vec![(self.words.catalogue.to_owned(), home)]
            },
            editions: editions.collect(),
            folder: own,
            sources_label: self.words.sources,
            contents_label: self.words.contents,
            languages_label: self.words.languages,
            skip_label: self.words.skip,
            colon: self.phrases().colon,
            ..Page::default()
        }
    }

    /// The lines that the frameworks named so far ask for; to be called last.
    pub fn sources(&self) -> Vec<String> {
        self.sources
            .borrow()
            .iter()
            .filter_map(|&id| self.project.external_frameworks[id].pack.as_deref())
            .map(|pack| {
                escape_markdown(one_line(Cow::Borrowed(pack.attribution.as_str()))).into_owned()
            })
            .collect()
    }

    // Texts.

    /// A text of the author as Markdown within one line.
    pub fn line(&self, prose: &Prose) -> String {
        let text = prose.translation(self.language).unwrap_or(prose.text);
        let value = one_line(self.project.text(text));
        match text.form {
            TextForm::Block => value.into_owned(),
            TextForm::Plain | TextForm::Escaped => escape_markdown(value).into_owned(),
        }
    }

    /// A text of the author as Markdown blocks.
    pub fn block(&self, prose: &Prose) -> String {
        self.wording.markdown(prose).into_owned()
    }

    /// A text without marks, as it is.
    pub fn plain(&self, prose: &Prose) -> String {
        one_line(self.wording.prose(prose)).into_owned()
    }

    /// A text for the description of a page in search results: words without marks of Markdown.
    pub fn description(&self, prose: &Prose) -> String {
        let text = prose.translation(self.language).unwrap_or(prose.text);
        let value = self.project.text(text);
        if text.is_markdown() {
            words(&value)
        } else {
            one_line(value).into_owned()
        }
    }

    /// A written text as Markdown within one line, if it says anything.
    pub fn text(&self, text: Option<Text>) -> Option<String> {
        badges::text(self.project, text).map(|text| escape_markdown(one_line(text)).into_owned())
    }

    /// The name of a declaration without marks; its id where the name is blank.
    pub fn plain_name(&self, declared: &Declared) -> String {
        let name = self.plain(&declared.name);
        if name.is_empty() {
            self.project.id(declared).to_owned()
        } else {
            name
        }
    }

    /// The name of a declaration as Markdown.
    pub fn name(&self, declared: &Declared) -> String {
        escape_markdown(Cow::Owned(self.plain_name(declared))).into_owned()
    }

    // Links.

    /// The folder of a credential's page.
    pub fn credential_folder(&self, id: CredentialId) -> String {
        paths::credential_page(self.project, id, self.language).path
    }

    /// A credential by its name, with a link to its page.
    pub fn credential(&self, id: CredentialId) -> String {
        let name = self.name(&self.project.credentials[id].declared);
        markdown_link(&name, &self.credential_address(id))
    }

    fn credential_address(&self, id: CredentialId) -> String {
        format!("{PAGE}{}", self.credential_folder(id))
    }

    /// A pathway by its name, with a link.
    pub fn pathway(&self, id: PathwayId) -> String {
        let name = self.name(&self.project.pathways[id].declared);
        let folder = paths::pathway_page(self.project, id, self.language).path;
        markdown_link(&name, &format!("{PAGE}{folder}"))
    }

    /// A framework by its name, with a link.
    pub fn framework(&self, id: FrameworkId) -> String {
        let name = self.name(&self.project.frameworks[id].declared);
        let folder = paths::framework_page(self.project, id, self.language).path;
        markdown_link(&name, &format!("{PAGE}{folder}"))
    }

    /// A role by its name, with a link.
    pub fn role(&self, id: RoleId) -> String {
        let name = self.name(&self.project.roles[id].declared);
        let folder = paths::role_page(self.project, id, self.language).path;
        markdown_link(&name, &format!("{PAGE}{folder}"))
    }

    /// A recognition by its name, with a link.
    pub fn recognition(&self, id: RecognitionId) -> String {
        let name = self.name(&self.project.recognitions[id].declared);
        let folder = paths::recognition_page(self.project, id, self.language).path;
        markdown_link(&name, &format!("{PAGE}{folder}"))
    }

    /// An item by its name, with a link to its place on its framework's page.
    pub fn item(&self, id: ItemId) -> String {
        let item = &self.project.items[id];
        let name = self.name(&item.declared);
        let folder = paths::framework_page(self.project, item.framework, self.language).path;
        let anchor = paths::item_anchor(self.project, id);
        markdown_link(&name, &format!("{PAGE}{folder}#{anchor}"))
    }

    /// A file of the catalogue.
    pub fn file(text: &str, path: &str) -> String {
        markdown_link(text, &format!("{FILE}{path}"))
    }

    /// A text that leads to an address of the web, where it is one.
    pub fn web(text: &str, address: Option<Cow<'_, str>>) -> String {
        match address
            .and_then(web_address)
            .filter(|address| is_allowed(address))
        {
            Some(address) => markdown_link(text, &address),
            None => text.to_owned(),
        }
    }

    /// An item of a framework of others: its label, its code, a link.
    pub fn external(&self, id: ExternalItemId) -> String {
        let item = &self.project.external_items[id];
        let label = escape_markdown(one_line(self.wording.external_label(id))).into_owned();
        let mut out = Self::web(&label, item.iri.as_deref().map(Cow::Borrowed));
        if let Some(framework) = item.framework {
            self.sources.borrow_mut().insert(framework);
            let known = &self.project.external_frameworks[framework];
            let title = known.pack.as_ref().map_or_else(
                || self.project.name(known.alias).to_owned(),
                |pack| short_title(&pack.title).to_owned(),
            );
            // No brackets in brackets: a framework may be called `ESCO (excerpt)`.
            let (open, close) = if title.contains('(') {
                (", ", "")
            } else {
                (" (", ")")
            };
            out.push_str(open);
            out.push_str(&escape_markdown(one_line(Cow::Owned(title))));
            if item.code != self.wording.external_label(id) && item.code.len() <= LONGEST_CODE {
                out.push_str(", ");
                out.push_str(&escape_markdown(one_line(Cow::Borrowed(&item.code))));
            }
            out.push_str(close);
        }
        out
    }

    /// A level by its name.
    pub fn level(&self, level: LevelRef) -> String {
        match level {
            LevelRef::Own(_) => {}
            LevelRef::External(id) => {
                let framework = self.project.external_items[id].framework;
                self.sources.borrow_mut().extend(framework);
            }
        }
        escape_markdown(one_line(self.wording.level(level))).into_owned()
    }

    /// Who something is for.
    pub fn occupation_name(&self, occupation: Occupation) -> String {
        match occupation {
            Occupation::External(id) => self.external(id),
            Occupation::Role(id) => self.role(id),
        }
    }

    /// A mapping in words.
    pub fn mapping(&self, mapping: &Mapping) -> String {
        let target = match mapping.target {
            MappingTarget::External(id) => self.external(id),
            MappingTarget::Own(id) => {
                let framework = self.project.items[id].framework;
                let framework = self.name(&self.project.frameworks[framework].declared);
                if framework.contains('(') {
                    format!("{}, {framework}", self.item(id))
                } else {
                    format!("{} ({framework})", self.item(id))
                }
            }
        };
        let phrase = (self.words.relation)(mapping.verb);
        fill(phrase, &[("item", &target)])
    }

    // Requirements.

    /// A requirement as a nested list with links.
    pub fn requirement(&self, requirement: &Requirement) -> String {
        self.wording
            .requirement_list(requirement, &|id| Some(self.credential_address(id)))
    }

    /// Several requirements that all hold, as a nested list with links.
    pub fn requirements(&self, all: &[Requirement]) -> String {
        self.wording
            .requirements_list(all, &|id| Some(self.credential_address(id)))
    }

    /// A requirement within a line, with links.
    pub fn requirement_line(&self, requirement: &Requirement) -> String {
        self.wording
            .requirement_markdown_line(requirement, &|id| Some(self.credential_address(id)))
    }

    // Lists.

    /// Links within a line; very long lists are cut.
    pub fn list<T>(&self, all: &[T], show: impl Fn(&T) -> String) -> String {
        let mut parts: Vec<String> = all.iter().take(MOST_LINKS).map(show).collect();
        if all.len() > MOST_LINKS {
            let count = (all.len() - MOST_LINKS).to_string();
            parts.push(fill(self.words.and_more, &[("count", &count)]));
        }
        join(&parts, ", ")
    }

    /// A credential as an entry of a list: its name, its kind and credit, what it is about.
    pub fn entry(&self, id: CredentialId) -> Entry {
        let credential = &self.project.credentials[id];
        Entry {
            link: self.credential(id),
            detail: escape_markdown(Cow::Owned(self.kind_and_credit(id))).into_owned(),
            text: credential
                .declared
                .about
                .as_ref()
                .map_or_else(String::new, |about| self.line(about)),
        }
    }

    /// `Micro-credential · 2 ECTS`, without marks.
    pub fn kind_and_credit(&self, id: CredentialId) -> String {
        let credential = &self.project.credentials[id];
        let mut out = Edition::new(self.project, id, self.language)
            .kind()
            .to_owned();
        if let Some(quantity) = credential.credit.as_ref().or(credential.workload.as_ref()) {
            out.push_str(SEPARATOR);
            out.push_str(&self.wording.quantity(quantity));
        }
        out
    }
}

/// The short name that a title contains: before a colon, or in brackets at its end.
pub fn short_title(title: &str) -> &str {
    if let Some((before, _)) = title.split_once(": ") {
        return before;
    }
    title
        .strip_suffix(')')
        .and_then(|title| title.rsplit_once(" ("))
        .map(|(_, inside)| inside)
        .filter(|inside| inside.starts_with(|character: char| character.is_uppercase()))
        .unwrap_or(title)
}

#[cfg(test)]
mod tests {
    use super::short_title;

    #[test]
    fn titles_are_shortened_where_they_say_how() {
        let long = "DigComp 2.2: The Digital Competence Framework for Citizens";
        assert_eq!(short_title(long), "DigComp 2.2");
        let fields = "ISCED Fields of Education and Training 2013 (ISCED-F 2013)";
        assert_eq!(short_title(fields), "ISCED-F 2013");
        assert_eq!(short_title("ESCO (excerpt)"), "ESCO (excerpt)");
    }
}
