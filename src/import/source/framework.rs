//! A release as a framework in the language: areas and skills, statements, codes, translations, levels, what builds on what.

use rustc_hash::FxHashSet;

use super::SourceFiles;
use super::ids::Ids;
use super::place::Place;
use super::relations::Bonds;
use super::remarks::comments_of_head;
use super::tree::{Tree, stands_for};
use super::words::{keyword, licence_address, shortened, verb};
use super::writer::{Writer, name, quoted};
use crate::import::assemble::kind;
use crate::import::linked::same_language;
use crate::import::pack::StandsFor;
use crate::import::release::{Record, Release, TextRole};
use crate::import::tally::{Outcome, Spot, Tally};

/// Writes a release as source. Everything that is kept for the language's use is in the text; what has no place in it stands in
/// comments or is counted.
#[must_use]
pub fn framework_source(release: &Release) -> SourceFiles {
    framework_source_in(release, &Place::default())
}

/// The same for a project that has something already. The id that the user wants is taken as it is.
#[must_use]
pub fn framework_source_in(release: &Release, place: &Place) -> SourceFiles {
    let mut tally = release.tally.clone();
    let tree = Tree::grow(release, &mut tally);
    let mut source = Source::new(release, &tree, tally, place);
    let mut writer = Writer::default();
    source.write(&mut writer);
    // Every record is written: as an item, or as a level of the scale.
    for record in &release.records {
        source.tally.kept(kind(record));
    }
    source.tally.settle();
    SourceFiles {
        name: source.id.clone(),
        files: vec![(format!("{}.gradus", source.id), writer.finish())],
        tally: source.tally,
    }
}

/// What is known while a release is written.
pub(super) struct Source<'r> {
    release: &'r Release,
    tree: &'r Tree,
    pub(super) tally: Tally,
    /// The id of the framework.
    id: String,
    /// The language of its texts.
    language: String,
    /// Records that become levels of the scale, in order.
    levels: Vec<usize>,
    /// The id of each record, where it becomes something with an id.
    ids: Vec<String>,
    /// The path of each item in the framework.
    paths: Vec<String>,
    /// Addresses that were given already.
    addresses: FxHashSet<String>,
    bonds: Bonds<'r>,
}

impl<'r> Source<'r> {
    fn new(release: &'r Release, tree: &'r Tree, mut tally: Tally, place: &Place) -> Self {
        let bonds = Bonds::sort_out(release, tree, &mut tally);
        let head = &release.head;
        if head.language.is_none() {
            tally.note(
                Outcome::Noted,
                "languages that the files do not state, taken to be `en`: give them with `--set language=…`",
                head.spot.unwrap_or_default(),
                head.title.as_deref().unwrap_or("the framework"),
            );
        }
        let count = release.records.len();
        let title = head.title.as_deref().unwrap_or("");
        let mut outer = Ids::beside(&place.taken);
        let mut make = || match &place.id {
            Some(id) => id.clone(),
            None => outer.make(&[&head.id, title], "framework"),
        };
        let mut id = make();
        // The scale of its levels is called after it.
        while place.id.is_none() && place.taken.contains(&format!("{id}-levels")) {
            id = make();
        }
        let mut ids = Ids::beside([&id]);
        let mut source = Self {
            release,
            tree,
            tally,
            id,
            language: head.language.clone().unwrap_or_else(|| "en".to_owned()),
            levels: Vec::new(),
            ids: vec![String::new(); count],
            paths: vec![String::new(); count],
            addresses: FxHashSet::default(),
            bonds,
        };
        source.name_all(&mut ids);
        source
    }

    fn record(&self, position: usize) -> Option<&'r Record> {
        self.release.records.get(position)
    }

    fn is_level(&self, position: usize) -> bool {
        self.record(position)
            .is_some_and(|record| stands_for(self.release, record) == StandsFor::Level)
    }

    /// Whether a record is written inside the framework: levels only where something lies under them.
    fn is_item(&self, position: usize) -> bool {
        let has_children = self
            .tree
            .children
            .get(position)
            .is_some_and(|children| !children.is_empty());
        !self.is_level(position) || has_children
    }

    fn name_all(&mut self, ids: &mut Ids) {
        for position in 0..self.release.records.len() {
            if self.is_level(position) {
                self.levels.push(position);
            }
        }
        let release = self.release;
        self.levels.sort_by_key(|&position| {
            let rank = release.records.get(position).and_then(|record| record.rank);
            rank.unwrap_or(u32::MAX)
        });
        let mut open: Vec<(usize, String)> = self
            .tree
            .roots
            .iter()
            .rev()
            .map(|&root| (root, String::new()))
            .collect();
        while let Some((position, above)) = open.pop() {
            let Some(record) = self.record(position) else {
                continue;
            };
            let label = self.label(record);
            let id = ids.make(&[&label, &record.code, &record.key], "item");
            let path = if above.is_empty() {
                id.clone()
            } else {
                format!("{above}.{id}")
            };
            if let Some(slot) = self.ids.get_mut(position) {
                *slot = id;
            }
            let children = self
                .tree
                .children
                .get(position)
                .map_or(&[][..], Vec::as_slice);
            open.extend(children.iter().rev().map(|&child| (child, path.clone())));
            if let Some(slot) = self.paths.get_mut(position) {
                *slot = path;
            }
        }
    }

    /// The name of a record: its label in the main language, else any, else its statement or code.
    fn label(&self, record: &Record) -> String {
        let of_role = |role: TextRole| record.texts.iter().filter(move |text| text.role == role);
        let main = |text: &&crate::import::release::Text| self.is_main(&text.language);
        let label = of_role(TextRole::Label)
            .find(main)
            .or_else(|| of_role(TextRole::Label).next())
            .or_else(|| of_role(TextRole::Statement).find(main))
            .or_else(|| of_role(TextRole::Statement).next())
            .map(|text| name(&text.text))
            .filter(|label| !label.is_empty());
        let label = label.unwrap_or_else(|| match record.code.is_empty() {
            true => record.key.clone(),
            false => record.code.clone(),
        });
        shortened(&label)
    }

    pub(super) fn is_main(&self, language: &str) -> bool {
        language.is_empty() || same_language(language, &self.language)
    }

    fn write(&mut self, writer: &mut Writer) {
        let head = &self.release.head;
        let roots = self.tree.roots.clone();
        self.write_scale(writer);
        writer.gap();
        comments_of_head(head, writer, &mut self.tally);
        let title = head
            .title
            .as_deref()
            .map(name)
            .filter(|title| !title.is_empty());
        let title = title.unwrap_or_else(|| self.id.clone());
        writer.open(&format!("framework {} {}", self.id, quoted(&title)));
        if let Some(version) = &head.version {
            writer.line(&format!("version {}", quoted(&name(version))));
        }
        if !self.levels.is_empty() {
            writer.line(&format!("scale {}-levels", self.id));
        }
        let licence = head.licence_url.as_deref().and_then(super::iri);
        let known = head.licence.as_deref().and_then(licence_address);
        let licence = licence.or_else(|| {
            let words = head.licence.as_deref()?;
            let address = super::iri(&known?)?;
            let reason = "licences in words that have a known address, which is added";
            self.tally
                .note(Outcome::Mended, reason, Spot::default(), words);
            Some(address)
        });
        match (&licence, &head.licence) {
            (Some(url), Some(words)) => {
                writer.line(&format!("licence {url} {}", quoted(&name(words))));
            }
            (Some(url), None) => writer.line(&format!("licence {url}")),
            (None, Some(words)) => {
                writer.comment("licence", words);
                let reason = "licences in words without an address, kept as comments";
                self.tally
                    .note(Outcome::Noted, reason, Spot::default(), words);
            }
            (None, None) => {}
        }
        if let Some(odd) = &head.licence_url
            && super::iri(odd).is_none()
        {
            writer.comment("licence", odd);
            let reason = "addresses of licences that are none, kept as comments";
            self.tally
                .note(Outcome::Noted, reason, Spot::default(), odd);
        }
        if let Some(tag) = crate::import::linked::vocabulary::language_tag(&self.language) {
            writer.line(&format!("language {tag}"));
        }
        if let Some(address) = &head.iri
            && writer.iri("iri", address)
        {
            self.addresses.insert(address.clone());
        }
        for root in roots {
            if self.is_item(root) {
                self.write_item(root, writer);
            }
        }
        writer.close();
    }

    /// The levels of the framework as a scale.
    fn write_scale(&mut self, writer: &mut Writer) {
        if self.levels.is_empty() {
            return;
        }
        let title = self
            .release
            .head
            .title
            .as_deref()
            .map_or_else(String::new, name);
        let scale = format!(
            "scale {}-levels {}",
            self.id,
            quoted(&format!("Levels of {title}"))
        );
        writer.open(&scale);
        for position in self.levels.clone() {
            let Some(record) = self.record(position) else {
                continue;
            };
            let id = self.ids.get(position).cloned().unwrap_or_default();
            let level = format!("{id} {}", quoted(&self.label(record)));
            let about = self.joined(record, TextRole::Description, None);
            if about.is_empty() {
                writer.line(&level);
            } else {
                writer.open(&level);
                writer.text("about", &about);
                writer.close();
            }
        }
        writer.close();
    }

    /// Texts of a role in a language (the main one for `None`), as paragraphs.
    pub(super) fn joined(&self, record: &Record, role: TextRole, language: Option<&str>) -> String {
        let texts: Vec<&str> = record
            .texts
            .iter()
            .filter(|text| text.role == role)
            .filter(|text| match language {
                None => self.is_main(&text.language),
                Some(language) => text.language == language,
            })
            .map(|text| text.text.trim())
            .collect();
        texts.join("\n\n")
    }

    fn write_item(&mut self, position: usize, writer: &mut Writer) {
        let Some(record) = self.record(position) else {
            return;
        };
        let children = self
            .tree
            .children
            .get(position)
            .cloned()
            .unwrap_or_default();
        let id = self.ids.get(position).cloned().unwrap_or_default();
        let kind = keyword(record, !children.is_empty());
        let label = self.label(record);
        let is_level = self.is_level(position);
        if self.tree.depths.get(position) == Some(&0) {
            writer.gap();
        }
        writer.open(&format!("{kind} {id} {}", quoted(&label)));
        let statements = self.statements(record, &label, kind, None);
        for statement in &statements {
            writer.line(&format!("{} {}", verb(kind), quoted(statement)));
        }
        let about = self.about(record, &statements);
        // The scale has it already.
        if !about.is_empty() && !is_level {
            writer.text("about", &about);
        }
        if !record.code.is_empty() {
            writer.line(&format!("code {}", quoted(&name(&record.code))));
        }
        self.write_address(record, writer);
        if record.withdrawn {
            writer.line("status deprecated");
            self.write_successor(record, writer);
        }
        let before = self
            .bonds
            .builds_on
            .get(position)
            .cloned()
            .unwrap_or_default();
        let before: Vec<&str> = before
            .iter()
            .filter_map(|&position| self.paths.get(position))
            .map(String::as_str)
            .collect();
        if !before.is_empty() {
            writer.line(&format!("builds on {}", before.join(", ")));
        }
        for (verb, address) in self
            .bonds
            .mappings
            .get(position)
            .cloned()
            .unwrap_or_default()
        {
            if let Some(address) = super::iri(address) {
                writer.line(&format!("{verb} {address}"));
            }
        }
        self.write_comments(record, writer);
        self.write_translations(record, &label, kind, statements.len(), writer);
        for child in children {
            if self.is_item(child) {
                self.write_item(child, writer);
            }
        }
        writer.close();
    }

    /// What an item is: its name in full, where it had to be cut and no statement says it, and its descriptions.
    fn about(&self, record: &Record, statements: &[String]) -> String {
        let descriptions = self.joined(record, TextRole::Description, None);
        let label = record
            .texts
            .iter()
            .find(|text| text.role == TextRole::Label && self.is_main(&text.language))
            .map(|text| text.text.trim())
            .filter(|label| shortened(&name(label)) != name(label))
            .filter(|label| !statements.iter().any(|statement| statement == label));
        match (label, descriptions.is_empty()) {
            (Some(label), true) => label.to_owned(),
            (Some(label), false) => format!("{label}\n\n{descriptions}"),
            (None, _) => descriptions,
        }
    }

    fn write_address(&mut self, record: &Record, writer: &mut Writer) {
        let Some(address) = &record.iri else { return };
        if !self.addresses.insert(address.clone()) {
            let reason = "addresses that another record has already, left out";
            self.tally
                .note(Outcome::Mended, reason, record.spot, address);
        } else if !writer.iri("iri", address) {
            writer.comment("its address there", address);
            let reason = "addresses that are not absolute, kept as comments";
            self.tally
                .note(Outcome::Noted, reason, record.spot, address);
        }
    }

    /// One thing takes the place of what is deprecated; further ones are told in a comment.
    fn write_successor(&mut self, record: &Record, writer: &mut Writer) {
        let mut named = false;
        for successor in &record.successors {
            let position = self.bonds.position(successor);
            let path = position
                .filter(|&position| self.is_item(position))
                .and_then(|position| self.paths.get(position));
            match path {
                Some(path)
                    if !named && position.is_some_and(|position| !self.is_withdrawn(position)) =>
                {
                    writer.line(&format!("replaced by {path}"));
                    named = true;
                }
                Some(_) | None => writer.comment("also replaced by", successor),
            }
        }
    }

    fn is_withdrawn(&self, position: usize) -> bool {
        self.record(position).is_some_and(|record| record.withdrawn)
    }

    /// What someone can do: the statements, but for one that only repeats the name of an area.
    pub(super) fn statements(
        &self,
        record: &Record,
        label: &str,
        kind: &str,
        language: Option<&str>,
    ) -> Vec<String> {
        let mut found: Vec<String> = Vec::new();
        for text in &record.texts {
            let fits = text.role == TextRole::Statement
                && match language {
                    None => self.is_main(&text.language),
                    Some(language) => text.language == language,
                };
            let statement = text.text.trim();
            let repeats = kind == "area" && name(statement) == label;
            if fits
                && !statement.is_empty()
                && !repeats
                && !found.iter().any(|known| known == statement)
            {
                found.push(statement.to_owned());
            }
        }
        found
    }
}
