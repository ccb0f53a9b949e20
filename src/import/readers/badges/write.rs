//! A catalogue of badges as source text.

use rustc_hash::FxHashSet;

use super::assessments;
use super::forms::{amount, kind_of};
use super::issuers::host_of;
use super::known::Known;
use super::mappings::said;
use super::model::{Alignment, Badge, Catalogue, Picture};
use super::parts::{badge_ids, criteria, issuer_end, told, translation};
use super::rubrics::Rubrics;
use super::skills::Skills;
use super::statements::level;
use crate::import::pack::StandsFor;
use crate::import::source::{
    Ids, Place, SourceFiles, Writer, id_from, iri, is_web_address, name, quoted,
};
use crate::import::tally::{Outcome, Spot, Tally};

/// Writes the source files of a catalogue.
pub fn source(catalogue: &Catalogue, mut tally: Tally, place: &Place) -> SourceFiles {
    let mut ids = Ids::beside(&place.taken);
    let mut there = FxHashSet::default();
    let mut issuers: Vec<String> = Vec::new();
    for (position, issuer) in catalogue.issuers.iter().enumerate() {
        let known = |by: &String| place.issuers.get(by).filter(|_| !by.is_empty());
        let known = known(&issuer.id).or_else(|| known(&issuer.name));
        issuers.push(match known {
            Some(known) => {
                let reason = "issuers that the project has already, which stay as they are there";
                tally.note(Outcome::Noted, reason, Spot::default(), &issuer.name);
                there.insert(position);
                known.clone()
            }
            None => ids.make(&[issuer_end(&issuer.id), &issuer.name], "issuer"),
        });
    }
    let name = match catalogue.issuers.as_slice() {
        [only] => id_from(&only.name),
        _ => String::new(),
    };
    let badges = badge_ids(catalogue, &mut ids);
    let mut out = Out {
        catalogue,
        place,
        there,
        tally,
        ids,
        issuers,
        badges,
        addresses: FxHashSet::default(),
        known: Known::default(),
        own: Skills::default(),
        rubrics: Rubrics::default(),
        unnamed: None,
    };
    if catalogue
        .badges
        .iter()
        .any(|badge| !badge.alignments.is_empty())
    {
        out.known = Known::read();
    }
    let badges = out.badges();
    let issuers = out.issuers();
    let skills = out.own.source(&mut out.addresses, &mut out.tally);
    let files = [
        ("badges.gradus", badges),
        ("issuers.gradus", issuers),
        ("skills.gradus", skills),
        ("rubrics.gradus", out.rubrics.source()),
    ];
    SourceFiles {
        name,
        files: files
            .into_iter()
            .filter(|(_, text)| !text.is_empty())
            .map(|(name, text)| (name.to_owned(), text))
            .collect(),
        tally: out.tally,
    }
}

pub(super) struct Out<'c> {
    pub(super) catalogue: &'c Catalogue,
    place: &'c Place,
    /// Issuers that the project has already.
    pub(super) there: FxHashSet<usize>,
    tally: Tally,
    ids: Ids,
    pub(super) issuers: Vec<String>,
    badges: Vec<String>,
    /// IRIs that were given already.
    pub(super) addresses: FxHashSet<String>,
    known: Known,
    own: Skills,
    rubrics: Rubrics,
    /// The id of the issuer that stands for the unnamed one, if it is needed.
    pub(super) unnamed: Option<String>,
}

impl Out<'_> {
    fn badges(&mut self) -> String {
        let mut body = Writer::default();
        for (position, badge) in self.catalogue.badges.iter().enumerate() {
            body.gap();
            let id = self.badges.get(position).cloned().unwrap_or_default();
            self.badge(&id, badge, &mut body);
        }
        let mut writer = Writer::default();
        self.known.uses(&mut writer);
        writer.gap();
        let mut text = writer.finish();
        text.push_str(&body.finish());
        text
    }

    fn badge(&mut self, id: &str, badge: &Badge, writer: &mut Writer) {
        let kind = kind_of(&badge.kind);
        writer.open(&format!(
            "{} {id} {}",
            kind.unwrap_or("badge"),
            quoted(&name(&badge.words.name))
        ));
        if kind.is_none() {
            writer.comment("achievement type", &badge.kind);
            let reason = "achievement types that the language does not have, written as badges";
            self.tally
                .note(Outcome::Noted, reason, badge.spot, &badge.kind);
        }
        let issuer = badge
            .issuer
            .and_then(|issuer| self.issuers.get(issuer).cloned());
        if badge.words.results.is_empty()
            && badge.alignments.iter().any(|one| self.is_own(one, badge))
        {
            let reason = "badges that do not say how their skills are assessed; only what is assessed is published";
            self.note(reason, badge.spot, &badge.words.name);
        }
        let issuer = match issuer {
            Some(issuer) => issuer,
            None => {
                let (issuer, reason) = self.unnamed_issuer();
                writer.comment("the badge names no issuer", "");
                let name = &badge.words.name;
                self.tally.note(Outcome::Mended, reason, badge.spot, name);
                issuer
            }
        };
        writer.line(&format!("by {issuer}"));
        if !badge.words.description.is_empty() {
            writer.text("about", &badge.words.description);
        }
        let has_alt = self.picture(&badge.image, badge, writer);
        if !badge.code.is_empty() {
            writer.line(&format!("code {}", quoted(&name(&badge.code))));
        }
        if !badge.version.is_empty() {
            writer.line(&format!("version {}", quoted(&name(&badge.version))));
        }
        if !badge.language.is_empty() {
            writer.line(&format!("language {}", badge.language));
        }
        if !badge.tags.is_empty() {
            let tags: Vec<String> = badge.tags.iter().map(|tag| quoted(tag)).collect();
            writer.line(&format!("tags {}", tags.join(", ")));
        }
        self.address(id, badge, writer);
        self.credits(badge, writer);
        let taught = self.alignments(badge, writer);
        let assessments = self.assessments(badge, &taught, writer);
        criteria(badge, writer, &mut self.tally);
        for related in &badge.related {
            writer.comment("related", related);
            let reason =
                "related editions and versions that are not one badge with this, kept as comments";
            self.tally.note(Outcome::Noted, reason, badge.spot, related);
        }
        for (field, words) in &badge.rest {
            writer.comment(field, words);
        }
        for (tag, words) in &badge.translations {
            let own = assessments.iter().filter(|(known, _)| known == tag);
            let own: Vec<&str> = own.map(|(_, line)| line.as_str()).collect();
            let tally = &mut self.tally;
            translation(badge, (tag, words), has_alt, &own, writer, tally);
        }
        writer.close();
    }

    /// Writes how the badge is assessed; gives the lines that translate it, with their languages.
    fn assessments(
        &mut self,
        badge: &Badge,
        taught: &[(String, String)],
        writer: &mut Writer,
    ) -> Vec<(String, String)> {
        if badge.words.results.is_empty() {
            return Vec::new();
        }
        // Skills have the level that the badge names; others were entered with another badge.
        let mut path = |address: &str| {
            let here = taught.iter().find(|(known, _)| known == address);
            here.map(|(_, path)| path.clone())
                .or_else(|| self.place.items.get(address).cloned())
                .or_else(|| self.own.path(address))
        };
        let shared = (&mut self.ids, &mut self.rubrics);
        assessments::write(badge, shared, &mut path, writer, &mut self.tally)
    }

    /// The issuer of badges that name none, made when it is first needed, and what is said of it.
    fn unnamed_issuer(&mut self) -> (String, &'static str) {
        // A catalogue with one issuer has no other.
        if let [only] = self.issuers.as_slice() {
            let reason = "badges that name no issuer, which get the only one of the download";
            return (only.clone(), reason);
        }
        let reason = "badges that name no issuer, which get one without a name";
        if let Some(id) = &self.unnamed {
            return (id.clone(), reason);
        }
        let id = self.ids.make(&["Unnamed issuer"], "issuer");
        self.unnamed = Some(id.clone());
        (id, reason)
    }

    /// Writes a picture; whether it has words to translate.
    fn picture(&mut self, picture: &Picture, badge: &Badge, writer: &mut Writer) -> bool {
        let address = picture.address.trim();
        if address.is_empty() {
            return false;
        }
        if !is_web_address(address) {
            let embedded = address.starts_with("data:");
            let (reason, words) = match embedded {
                true => (
                    "pictures that are written into the file, left out",
                    "a picture in the file itself",
                ),
                false => (
                    "pictures by a path, kept as comments until they are there",
                    address,
                ),
            };
            writer.comment("image", words);
            self.tally
                .note(Outcome::Noted, reason, badge.spot, &badge.words.name);
            return false;
        }
        let caption = name(&picture.caption);
        let image = format!("image {}", quoted(address));
        match caption.is_empty() {
            true => writer.line(&image),
            false => writer.line(&format!("{image} alt {}", quoted(&caption))),
        }
        !caption.is_empty()
    }

    /// The address under which the badge is published already.
    fn address(&mut self, id: &str, badge: &Badge, writer: &mut Writer) {
        let address = badge.id.as_str();
        if address.is_empty() {
            return;
        }
        // Another file of the badge is published there as soon as the project has the same base.
        if address.ends_with(&format!("/open-badges-2/{id}.json")) {
            writer.comment("its address there", address);
            let reason = "addresses that badges of this id have of themselves under the same `base`, kept as comments";
            self.tally.note(Outcome::Noted, reason, badge.spot, address);
            return;
        }
        let is_new = self.addresses.insert(address.to_owned());
        if !(is_new && writer.iri("iri", address)) {
            writer.comment("id", address);
            let reason =
                "ids that are no absolute address, or belong to another one, kept as comments";
            self.tally.note(Outcome::Noted, reason, badge.spot, address);
        }
    }

    fn credits(&mut self, badge: &Badge, writer: &mut Writer) {
        if badge.credits.is_empty() {
            return;
        }
        match amount(&badge.credits) {
            Some(amount) => writer.line(&format!("credit {amount} credits")),
            None => {
                writer.comment("credits", &badge.credits);
                let reason = "credits that are no number, kept as comments";
                self.tally
                    .note(Outcome::Noted, reason, badge.spot, &badge.credits);
            }
        }
    }

    /// Writes what the badge is aligned with; gives the skills that it teaches, by their addresses, with their levels.
    fn alignments(&mut self, badge: &Badge, writer: &mut Writer) -> Vec<(String, String)> {
        let mut paths: Vec<(String, String)> = Vec::new();
        let mut levels: Vec<String> = Vec::new();
        let mut fields: Vec<String> = Vec::new();
        let mut occupations: Vec<String> = Vec::new();
        let mut taught: Vec<String> = Vec::new();
        let mut mappings: Vec<String> = Vec::new();
        let add = |list: &mut Vec<String>, entry: String| {
            if !list.contains(&entry) {
                list.push(entry);
            }
        };
        for alignment in &badge.alignments {
            let relation = said(&alignment.description).filter(|_| alignment.rest.is_empty());
            let relation = relation.and_then(|(verb, of)| {
                // Of the badge itself, or of one of its own skills, which was entered before.
                let mut own = badge.alignments.iter();
                let own = own.find(|one| one.name == of && self.is_own(one, badge));
                match own {
                    Some(skill) if self.own.path(&skill.url).is_some() => {
                        Some((verb, Some(skill.url.clone())))
                    }
                    Some(_) | None => (of == badge.words.name).then_some((verb, None)),
                }
            });
            if let Some((verb, of)) = relation
                && !self.place.items.contains_key(&alignment.url)
                && !self.is_own(alignment, badge)
                && let Some((target, label)) = self.target(alignment)
            {
                let mut mapping = self.mapping(verb, &target, &label, (alignment, badge));
                if let Some(whose) = self.whose(alignment, &target, badge) {
                    mapping.push_str(&whose);
                }
                match of {
                    Some(skill) => self.own.map(&skill, mapping),
                    None => add(&mut mappings, mapping),
                }
            } else if let Some((code, stands_for, label)) = self.known.item(&alignment.url) {
                let more = told(&Alignment {
                    description: alignment.description.clone(),
                    rest: alignment.rest.clone(),
                    ..Alignment::default()
                });
                if !more.is_empty() {
                    writer.comment(&format!("{code}, which is said there"), &more);
                    self.note(MORE_SAID, badge.spot, &more);
                }
                match stands_for {
                    StandsFor::Level => add(&mut levels, code),
                    StandsFor::Field => add(&mut fields, code),
                    StandsFor::Occupation => add(&mut occupations, code),
                    StandsFor::Skill => add(
                        &mut mappings,
                        format!("relates to {code} {}", quoted(&label)),
                    ),
                }
            } else if let Some(path) = self.place.items.get(&alignment.url) {
                if let (_, Some(level)) = level(&alignment.description) {
                    writer.comment(&format!("{path}, level"), level);
                    let reason = "levels of skills that the project has already, kept as comments";
                    self.tally.note(Outcome::Noted, reason, badge.spot, level);
                }
                let more = told(&Alignment {
                    description: alignment.description.clone(),
                    rest: alignment.rest.clone(),
                    ..Alignment::default()
                });
                if !more.is_empty() {
                    writer.comment(&format!("{path}, of which is said"), &more);
                    let reason =
                        "what badges say of skills that the project has already, kept as comments";
                    self.tally.note(Outcome::Noted, reason, badge.spot, &more);
                }
                paths.push((alignment.url.clone(), path.clone()));
                add(&mut taught, path.clone());
            } else if self.is_own(alignment, badge) {
                for (_, words) in &alignment.rest {
                    self.note(MORE_SAID, badge.spot, words);
                }
                let (ids, tally) = (&mut self.ids, &mut self.tally);
                let path = self.own.enter(alignment, badge, ids, tally);
                paths.push((alignment.url.clone(), path.clone()));
                add(&mut taught, path);
            } else if let Some(address) = iri(&alignment.url) {
                let of = (alignment, badge);
                let mapping = self.mapping("relates to", &address, &alignment.name, of);
                add(&mut mappings, mapping);
                self.keep_alignment(alignment, badge, writer);
            } else {
                writer.comment("aligned with", &told(alignment));
                let reason = "alignments without an address, kept as comments";
                self.tally
                    .note(Outcome::Noted, reason, badge.spot, &alignment.name);
            }
        }
        for (keyword, list) in [
            ("level", &levels),
            ("field", &fields),
            ("for", &occupations),
            ("teaches", &taught),
        ] {
            if !list.is_empty() {
                writer.line(&format!("{keyword} {}", list.join(", ")));
            }
        }
        for mapping in mappings {
            writer.line(&mapping);
        }
        paths
    }

    /// A mapping to a target, with the name that the target has.
    fn mapping(
        &mut self,
        verb: &str,
        target: &str,
        label: &str,
        (alignment, badge): (&Alignment, &Badge),
    ) -> String {
        if label == alignment.url {
            let reason = "alignments that have their address for a name, written without one";
            self.tally.note(Outcome::Mended, reason, badge.spot, label);
            return format!("{verb} {target}");
        }
        format!("{verb} {target} {}", quoted(label))
    }

    /// Behind a mapping to an address: the framework and the code that a target has elsewhere, for which the language has no place
    /// without the framework itself.
    fn whose(&mut self, alignment: &Alignment, target: &str, badge: &Badge) -> Option<String> {
        let parts = [&alignment.framework, &alignment.code].map(|part| name(part));
        let told: Vec<&str> = parts
            .iter()
            .map(|part| &**part)
            .filter(|part| !part.is_empty())
            .collect();
        if told.is_empty() || !target.starts_with('<') {
            return None;
        }
        let told = told.join(", ");
        let reason = "frameworks and codes of targets elsewhere, kept as comments: a mapping has them once the framework is imported and its code written";
        self.note(reason, badge.spot, &told);
        Some(format!("  # {told}"))
    }

    /// What a mapping can lead to: a skill of a framework that ships with the program, or an address; and its label.
    fn target(&mut self, alignment: &Alignment) -> Option<(String, String)> {
        match self.known.item(&alignment.url) {
            Some((code, StandsFor::Skill, label)) => Some((code, label)),
            Some((_, StandsFor::Level | StandsFor::Field | StandsFor::Occupation, _)) => None,
            None => Some((iri(&alignment.url)?, alignment.name.clone())),
        }
    }

    /// What an alignment says besides name and address.
    fn keep_alignment(&mut self, alignment: &Alignment, badge: &Badge, writer: &mut Writer) {
        let more = told(&Alignment {
            url: String::new(),
            ..alignment.clone()
        });
        if more != alignment.name {
            writer.comment("aligned with", &more);
            self.note(MORE_SAID, badge.spot, &alignment.name);
        }
    }

    /// Whether an alignment leads to a skill of the issuer's own: on the same host as the badge, and no credential.
    fn is_own(&self, alignment: &Alignment, badge: &Badge) -> bool {
        let Some(host) = host_of(&alignment.url) else {
            return false;
        };
        let issuer = badge
            .issuer
            .and_then(|issuer| self.catalogue.issuers.get(issuer));
        let own = [
            host_of(&badge.id),
            issuer.and_then(|issuer| host_of(&issuer.url)),
            issuer.and_then(|issuer| host_of(&issuer.id)),
        ];
        let is_credential = alignment.kind.contains("Credential")
            || self
                .catalogue
                .badges
                .iter()
                .any(|badge| badge.id == alignment.url);
        own.contains(&Some(host)) && !is_credential && iri(&alignment.url).is_some()
    }

    pub(super) fn note(&mut self, reason: &str, spot: Spot, words: &str) {
        self.tally.note(Outcome::Noted, reason, spot, words);
    }
}

const MORE_SAID: &str =
    "alignments of which more is said than the language has a place for, kept as comments";
