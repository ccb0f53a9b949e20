//! Skills of an issuer's own as source text: frameworks as far as badges name them, and scales of the levels that badges name.
//!
//! Goes in: alignments of badges, in all their languages. Comes out: frameworks with their skills, and the paths by which badges refer
//! to them. A skill is its address: what a second badge says otherwise of it is counted and left out.

use rustc_hash::FxHashSet;

use super::model::{Alignment, Badge};
use super::statements::{Statement, level, statements};
use crate::import::source::{Ids, Writer, name, quoted};
use crate::import::tally::{Outcome, Spot, Tally};

/// The frameworks of a catalogue's issuers.
#[derive(Debug, Default)]
pub struct Skills {
    frameworks: Vec<Local>,
}

/// A framework of an issuer's own, as far as badges name it.
#[derive(Debug)]
struct Local {
    id: String,
    name: String,
    /// Its name in other languages.
    translations: Vec<(String, String)>,
    scale: Option<Scale>,
    skills: Vec<LocalSkill>,
}

/// Levels in the order in which badges name them.
#[derive(Debug)]
struct Scale {
    id: String,
    ids: Ids,
    levels: Vec<LocalLevel>,
}

#[derive(Debug)]
struct LocalLevel {
    id: String,
    name: String,
    translations: Vec<(String, String)>,
}

/// A skill of an issuer's own.
#[derive(Debug)]
struct LocalSkill {
    id: String,
    alignment: Alignment,
    /// The same in other languages.
    translations: Vec<(String, Alignment)>,
    /// What it is elsewhere, as lines of source.
    mappings: Vec<String>,
    /// Where the badge is that names it first.
    spot: Spot,
}

impl Skills {
    /// The path of a skill that was entered before.
    pub fn path(&self, address: &str) -> Option<String> {
        self.frameworks.iter().find_map(|framework| {
            let mut skills = framework.skills.iter();
            let skill = skills.find(|skill| skill.alignment.url == address)?;
            Some(format!("{}.{}", framework.id, skill.id))
        })
    }

    /// Enters the skill that a badge is aligned with, in all its languages. Gives its path, with the level if the badge names one.
    pub fn enter(
        &mut self,
        alignment: &Alignment,
        badge: &Badge,
        ids: &mut Ids,
        tally: &mut Tally,
    ) -> String {
        let named = match alignment.framework.is_empty() {
            true => "Skills",
            false => alignment.framework.as_str(),
        };
        // An address stands for one skill, whatever a badge calls it.
        let of_address = self.frameworks.iter().position(|framework| {
            let mut skills = framework.skills.iter();
            skills.any(|skill| skill.alignment.url == alignment.url)
        });
        let of_name = || {
            let mut frameworks = self.frameworks.iter();
            frameworks.position(|framework| framework.name == named)
        };
        let position = of_address.or_else(of_name).unwrap_or_else(|| {
            self.frameworks.push(Local {
                id: ids.make(&[named], "framework"),
                name: named.to_owned(),
                translations: Vec::new(),
                scale: None,
                skills: Vec::new(),
            });
            self.frameworks.len() - 1
        });
        let Some(framework) = self.frameworks.get_mut(position) else {
            return String::new();
        };
        let mut skills = framework.skills.iter();
        let skill = match skills.position(|skill| skill.alignment.url == alignment.url) {
            Some(known) => {
                if let Some(skill) = framework.skills.get_mut(known) {
                    differences(&mut skill.alignment, alignment, badge, tally);
                }
                known
            }
            None => {
                let id = ids.make(&[&alignment.name, &alignment.code], "skill");
                framework.skills.push(LocalSkill {
                    id,
                    alignment: alignment.clone(),
                    translations: Vec::new(),
                    mappings: Vec::new(),
                    spot: badge.spot,
                });
                framework.skills.len() - 1
            }
        };
        framework.translate(skill, badge, tally);
        let id = framework.skills.get(skill).map_or("", |skill| &skill.id);
        let path = format!("{}.{id}", framework.id);
        match framework.level(alignment, badge, ids, tally) {
            Some(level) => format!("{path} at {level}"),
            None => path,
        }
    }

    /// Says what a skill that was entered is elsewhere.
    pub fn map(&mut self, address: &str, mapping: String) {
        let frameworks = self.frameworks.iter_mut();
        let mut skills = frameworks.flat_map(|framework| &mut framework.skills);
        if let Some(skill) = skills.find(|skill| skill.alignment.url == address)
            && !skill.mappings.contains(&mapping)
        {
            skill.mappings.push(mapping);
        }
    }

    /// All frameworks as source text. `addresses` has the IRIs that were given already.
    pub fn source(&self, addresses: &mut FxHashSet<String>, tally: &mut Tally) -> String {
        let mut writer = Writer::default();
        for framework in &self.frameworks {
            writer.gap();
            if let Some(scale) = &framework.scale {
                scale.write(&framework.name, &mut writer);
                writer.gap();
            }
            writer.comment("as far as badges name them", "");
            writer.open(&format!(
                "framework {} {}",
                framework.id,
                quoted(&framework.name)
            ));
            if let Some(scale) = &framework.scale {
                writer.line(&format!("scale {}", scale.id));
            }
            for skill in &framework.skills {
                skill.write(addresses, &mut writer, tally);
            }
            for (tag, told) in &framework.translations {
                writer.line(&format!("in {tag} {{ name {} }}", quoted(told)));
            }
            writer.close();
        }
        writer.finish()
    }
}

/// Fills what is not known of a skill yet, and counts what is said otherwise.
fn differences(known: &mut Alignment, other: &Alignment, badge: &Badge, tally: &mut Tally) {
    let Alignment {
        name,
        url: _,
        code,
        framework,
        description,
        kind: _,
        rest,
    } = other;
    let told = level(description).0.to_owned();
    let mut differs = Vec::new();
    let mut fill = |field: &'static str, slot: &mut String, text: &String| {
        if slot.is_empty() {
            slot.clone_from(text);
        } else if !text.is_empty() && slot != text {
            differs.push((field, text.clone()));
        }
    };
    fill("name", &mut known.name, name);
    fill("code", &mut known.code, code);
    fill("framework", &mut known.framework, framework);
    if level(&known.description).0 != told {
        fill("description", &mut known.description, &told);
    }
    for (field, words) in differs {
        let reason = format!(
            "skills of which a badge says another {field} than the first; the first counts"
        );
        tally.note(Outcome::Merged, &reason, badge.spot, &words);
    }
    for field in rest {
        if !known.rest.contains(field) {
            known.rest.push(field.clone());
        }
    }
}

/// Adds what something is called in a language; counts another word for it.
fn learn(
    known: &mut Vec<(String, String)>,
    (tag, words): (&str, &str),
    badge: &Badge,
    tally: &mut Tally,
) {
    match known.iter().find(|(known, _)| known == tag) {
        Some((_, first)) if first == words => {}
        Some(_) => {
            let reason = "names of frameworks and levels that badges translate otherwise; the first words count";
            tally.note(Outcome::Merged, reason, badge.spot, words);
        }
        None => known.push((tag.to_owned(), words.to_owned())),
    }
}

impl Local {
    /// Enters what a skill and the framework are called in the other languages of a badge.
    fn translate(&mut self, skill: usize, badge: &Badge, tally: &mut Tally) {
        let Some(skill) = self.skills.get_mut(skill) else {
            return;
        };
        for (tag, words) in &badge.translations {
            let mut alignments = words.alignments.iter();
            let Some(told) = alignments.find(|told| told.url == skill.alignment.url) else {
                continue;
            };
            if !told.framework.is_empty() {
                let words = (tag.as_str(), told.framework.as_str());
                learn(&mut self.translations, words, badge, tally);
            }
            match skill
                .translations
                .iter_mut()
                .find(|(known, _)| known == tag)
            {
                Some((_, known)) => differences(known, told, badge, tally),
                None => skill.translations.push((tag.clone(), told.clone())),
            }
        }
    }

    /// The id of the level at which a badge has a skill.
    fn level(
        &mut self,
        alignment: &Alignment,
        badge: &Badge,
        ids: &mut Ids,
        tally: &mut Tally,
    ) -> Option<String> {
        let (_, Some(words)) = level(&alignment.description) else {
            return None;
        };
        let words = name(words);
        let scale = self.scale.get_or_insert_with(|| Scale {
            id: ids.make(&[&format!("{}-levels", self.id)], "levels"),
            ids: Ids::default(),
            levels: Vec::new(),
        });
        let mut levels = scale.levels.iter();
        let position = match levels.position(|level| level.name == words) {
            Some(known) => known,
            None => {
                let reason =
                    "levels of skills, which make a scale in the order in which badges name them";
                tally.note(Outcome::Mended, reason, badge.spot, &words);
                scale.levels.push(LocalLevel {
                    id: scale.ids.make(&[&words], "level"),
                    name: words,
                    translations: Vec::new(),
                });
                scale.levels.len() - 1
            }
        };
        let entered = scale.levels.get_mut(position)?;
        for (tag, words) in &badge.translations {
            let told = words
                .alignments
                .iter()
                .find(|told| told.url == alignment.url);
            if let Some(words) = told.and_then(|told| level(&told.description).1) {
                let words = (tag.as_str(), &*name(words));
                learn(&mut entered.translations, words, badge, tally);
            }
        }
        Some(entered.id.clone())
    }
}

impl Scale {
    fn write(&self, framework: &str, writer: &mut Writer) {
        writer.comment(
            "in the order in which badges name them; put the lowest level first",
            "",
        );
        let title = quoted(&format!("Levels of {framework}"));
        writer.open(&format!("scale {} {title}", self.id));
        for level in &self.levels {
            writer.line(&format!("{} {}", level.id, quoted(&level.name)));
        }
        let translated = self.levels.iter().flat_map(|level| &level.translations);
        let tags: std::collections::BTreeSet<&String> = translated.map(|(tag, _)| tag).collect();
        for tag in tags {
            writer.open(&format!("in {tag}"));
            for level in &self.levels {
                let told = level.translations.iter().find(|(known, _)| known == tag);
                if let Some((_, words)) = told {
                    writer.line(&format!("{} {}", level.id, quoted(words)));
                }
            }
            writer.close();
        }
        writer.close();
    }
}

impl LocalSkill {
    fn write(&self, addresses: &mut FxHashSet<String>, writer: &mut Writer, tally: &mut Tally) {
        let alignment = &self.alignment;
        writer.open(&format!("skill {} {}", self.id, quoted(&alignment.name)));
        let said = statements(&alignment.description);
        for Statement { keyword, words } in &said {
            writer.text(keyword, words);
        }
        if !alignment.code.is_empty() {
            writer.line(&format!("code {}", quoted(&alignment.code)));
        }
        if addresses.insert(alignment.url.clone()) {
            writer.iri("iri", &alignment.url);
        }
        for mapping in &self.mappings {
            writer.line(mapping);
        }
        for (field, words) in &alignment.rest {
            writer.comment(field, words);
        }
        for (tag, told) in &self.translations {
            writer.open(&format!("in {tag}"));
            writer.line(&format!("name {}", quoted(&told.name)));
            let translated = statements(&told.description);
            let keywords = |list: &[Statement<'_>]| -> Vec<&str> {
                list.iter().map(|statement| statement.keyword).collect()
            };
            // Statements stand for those of the main language, in order.
            if keywords(&said) == keywords(&translated) {
                for Statement { keyword, words } in &translated {
                    writer.text(keyword, words);
                }
            } else if !translated.is_empty() {
                writer.comment("says", &told.description);
                let reason = "statements of skills in another language that do not fit those of the main one, kept as comments";
                tally.note(Outcome::Noted, reason, self.spot, &told.description);
            }
            writer.close();
        }
        writer.close();
    }
}
