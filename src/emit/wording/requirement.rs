//! Requirements in words: as a nested Markdown list, or in one line.
//!
//! Goes in: a requirement and, for Markdown, what its credentials link to. Invariants: the text is linear in the requirement
//! plus the sets it names: each set is spelled out once, large ones are named only, and a circle of sets ends.

use std::borrow::Cow;
use std::cell::RefCell;

use super::{Wording, capitalized, escape_markdown, fill, join, markdown_link, one_line};
use crate::model::{
    CredentialId, ItemId, LevelRef, Prose, Requirement, RequirementKind, SetId, SetMember, Sum,
    SumPart, SumPartKind,
};

/// The address that a credential's name links to, if any.
pub type Link<'l> = &'l dyn Fn(CredentialId) -> Option<String>;

/// Sets with more members than this are named with their size instead of being spelled out.
const MOST_MEMBERS: usize = 60;

impl Wording<'_> {
    /// A requirement in one line of plain text: `Chart Reader and any 2 of these (Dashboards, Infographics, Maps)`.
    #[must_use]
    pub fn requirement_line(&self, requirement: &Requirement) -> String {
        Speaker::new(self, None).line(requirement, false)
    }

    /// Several requirements that all hold, in one line of plain text.
    #[must_use]
    pub fn requirements_line(&self, all: &[Requirement]) -> String {
        Speaker::new(self, None).all(all, false)
    }

    /// A requirement in one line of Markdown with links.
    #[must_use]
    pub fn requirement_markdown_line(&self, requirement: &Requirement, link: Link<'_>) -> String {
        Speaker::new(self, Some(link)).line(requirement, false)
    }

    /// A requirement as a nested Markdown list with links; each line ends with a line end.
    #[must_use]
    pub fn requirement_list(&self, requirement: &Requirement, link: Link<'_>) -> String {
        let mut out = String::new();
        let speaker = Speaker::new(self, Some(link));
        match &requirement.kind {
            RequirementKind::All(all) if !all.is_empty() => {
                for one in all {
                    speaker.entry(&mut out, 0, one);
                }
            }
            _ => speaker.entry(&mut out, 0, requirement),
        }
        out
    }

    /// Several requirements that all hold, as a nested Markdown list.
    #[must_use]
    pub fn requirements_list(&self, all: &[Requirement], link: Link<'_>) -> String {
        let mut out = String::new();
        let speaker = Speaker::new(self, Some(link));
        for one in all {
            speaker.entry(&mut out, 0, one);
        }
        out
    }
}

/// What is being said: Markdown where there is a link function, plain text otherwise.
struct Speaker<'w, 'a, 'l> {
    wording: &'w Wording<'a>,
    link: Option<Link<'l>>,
    /// Sets spelled out so far.
    spelled: RefCell<Vec<SetId>>,
    /// What the sets around the current place leave out.
    except: RefCell<Vec<SetMember>>,
}

impl<'w, 'a, 'l> Speaker<'w, 'a, 'l> {
    fn new(wording: &'w Wording<'a>, link: Option<Link<'l>>) -> Self {
        Self {
            wording,
            link,
            spelled: RefCell::default(),
            except: RefCell::default(),
        }
    }

    /// A text of the author, escaped where Markdown is made.
    fn text<'t>(&self, text: Cow<'t, str>) -> Cow<'t, str> {
        if self.link.is_some() {
            escape_markdown(text)
        } else {
            one_line(text)
        }
    }

    fn prose(&self, prose: &Prose) -> Cow<'a, str> {
        if self.link.is_some() {
            self.wording.markdown_line(prose)
        } else {
            one_line(self.wording.prose(prose))
        }
    }

    fn credential(&self, id: CredentialId) -> Cow<'a, str> {
        let name = &self.wording.project.credentials[id].declared.name;
        let name = self.text(self.wording.prose(name));
        match self.link.and_then(|link| link(id)) {
            Some(address) => Cow::Owned(markdown_link(&name, &address)),
            None => name,
        }
    }

    fn skill(&self, item: ItemId, level: Option<LevelRef>) -> String {
        let wording = self.wording;
        let name = self.text(wording.item_name(item));
        let name = wording.quoted(&name);
        match level {
            None => fill(wording.phrases.skill, &[("skill", &name)]),
            Some(level) => {
                let level = self.text(wording.level(level));
                fill(
                    wording.phrases.skill_at,
                    &[("skill", &name), ("level", &level)],
                )
            }
        }
    }

    /// The name of a set, with what it leaves out (where the members do not show it) and its size (where it is large).
    fn set_name(&self, id: SetId, spelled_out: bool) -> String {
        let set = &self.wording.project.sets[id];
        let mut name = self
            .text(self.wording.prose(&set.declared.name))
            .into_owned();
        if spelled_out {
            return name;
        }
        if set.members.len() > MOST_MEMBERS {
            let count = set.members.len().to_string();
            name = fill(
                self.wording.phrases.set_with_count,
                &[("set", &name), ("count", &count)],
            );
        }
        if !set.except.is_empty() {
            let except: Vec<String> = set
                .except
                .iter()
                .map(|(member, _)| match *member {
                    SetMember::Credential(id) => self.credential(id).into_owned(),
                    SetMember::Set(id) => {
                        let name = &self.wording.project.sets[id].declared.name;
                        self.text(self.wording.prose(name)).into_owned()
                    }
                })
                .collect();
            let except = join(&except, self.wording.phrases.and);
            name = fill(
                self.wording.phrases.set_except,
                &[("set", &name), ("except", &except)],
            );
        }
        name
    }

    fn is_left_out(&self, member: SetMember) -> bool {
        self.except.borrow().contains(&member)
    }

    /// Runs a closure inside a set, where what it excepts is left out.
    fn inside(&self, id: SetId, then: impl FnOnce()) {
        let set = &self.wording.project.sets[id];
        self.spelled.borrow_mut().push(id);
        let before = self.except.borrow().len();
        self.except
            .borrow_mut()
            .extend(set.except.iter().map(|&(member, _)| member));
        then();
        self.except.borrow_mut().truncate(before);
    }

    /// Whether a set will be spelled out when its turn comes.
    fn will_spell(&self, id: SetId) -> bool {
        self.wording.project.sets[id].members.len() <= MOST_MEMBERS
            && !self.spelled.borrow().contains(&id)
    }

    // The list.

    fn start(out: &mut String, depth: usize) {
        for _ in 0..depth {
            out.push_str("  ");
        }
        out.push_str("- ");
    }

    fn simple(&self, out: &mut String, depth: usize, text: &str) {
        Self::start(out, depth);
        out.push_str(text);
        out.push('\n');
    }

    fn label(&self, out: &mut String, depth: usize, text: &str) {
        Self::start(out, depth);
        out.push_str(&capitalized(text));
        out.push_str(self.wording.phrases.colon.trim_end());
        out.push('\n');
    }

    /// One entry of the list, with what lies below it.
    fn entry(&self, out: &mut String, depth: usize, requirement: &Requirement) {
        let phrases = self.wording.phrases;
        match &requirement.kind {
            RequirementKind::Credential(id) => {
                if !self.is_left_out(SetMember::Credential(*id)) {
                    self.simple(out, depth, &self.credential(*id));
                }
            }
            RequirementKind::Set(id) => {
                if self.is_left_out(SetMember::Set(*id)) {
                    return;
                }
                let spelled = self.will_spell(*id);
                let name = self.set_name(*id, spelled);
                let name = fill(phrases.all_of_set, &[("set", &name)]);
                if spelled {
                    self.label(out, depth, &name);
                    self.inside(*id, || {
                        for member in &self.wording.project.sets[*id].members {
                            self.entry(out, depth + 1, member);
                        }
                    });
                } else {
                    self.simple(out, depth, &name);
                }
            }
            RequirementKind::Skill { item, level } => {
                self.simple(out, depth, &self.skill(*item, *level));
            }
            RequirementKind::All(all) => match all.as_slice() {
                [] => self.simple(out, depth, phrases.nothing),
                [one] => self.entry(out, depth, one),
                all => {
                    self.label(out, depth, phrases.all_of);
                    for one in all {
                        self.entry(out, depth + 1, one);
                    }
                }
            },
            RequirementKind::Any { least, of } => {
                self.label(out, depth, &self.any_label(*least));
                for one in of {
                    self.entry(out, depth + 1, one);
                }
            }
            RequirementKind::Sum(sum) => {
                self.label(out, depth, &self.sum_label(sum));
                for part in &sum.parts {
                    self.part_entry(out, depth + 1, part);
                }
            }
            RequirementKind::Judgement(prose) => self.simple(out, depth, &self.prose(prose)),
            RequirementKind::Unresolved => self.simple(out, depth, phrases.unknown),
        }
    }

    fn part_entry(&self, out: &mut String, depth: usize, part: &SumPart) {
        let phrases = self.wording.phrases;
        match &part.kind {
            SumPartKind::Credential(id) => {
                if !self.is_left_out(SetMember::Credential(*id)) {
                    self.simple(out, depth, &self.credential(*id));
                }
            }
            SumPartKind::Set(id) => self.sum_set(out, depth, *id),
            SumPartKind::AtMost { most, parts } => {
                let most = self.wording.quantity(most);
                self.label(out, depth, &fill(phrases.at_most, &[("quantity", &most)]));
                for part in parts {
                    self.part_entry(out, depth + 1, part);
                }
            }
            SumPartKind::Unresolved => self.simple(out, depth, phrases.unknown),
        }
    }

    /// A set in a sum: each of its members brings credit in.
    fn sum_set(&self, out: &mut String, depth: usize, id: SetId) {
        if self.is_left_out(SetMember::Set(id)) {
            return;
        }
        let spelled = self.will_spell(id);
        let name = self.set_name(id, spelled);
        if !spelled {
            self.simple(out, depth, &name);
            return;
        }
        self.label(out, depth, &name);
        self.inside(id, || {
            for member in &self.wording.project.sets[id].members {
                if let RequirementKind::Set(inner) = member.kind {
                    self.sum_set(out, depth + 1, inner);
                } else {
                    self.entry(out, depth + 1, member);
                }
            }
        });
    }

    fn any_label(&self, least: u32) -> String {
        let phrases = self.wording.phrases;
        if least == 1 {
            phrases.any_one_of.to_owned()
        } else {
            fill(phrases.any_of, &[("count", &least.to_string())])
        }
    }

    fn sum_label(&self, sum: &Sum) -> String {
        let phrases = self.wording.phrases;
        let least = self.wording.quantity(&sum.least);
        let phrase = if sum.counted_once {
            phrases.sum_counted_once
        } else {
            phrases.sum_of
        };
        fill(phrase, &[("quantity", &least)])
    }

    // The line. Sets are named, not spelled out.

    /// A requirement in one line; `inside` another one, what would be ambiguous goes into brackets.
    fn line(&self, requirement: &Requirement, inside: bool) -> String {
        let phrases = self.wording.phrases;
        match &requirement.kind {
            RequirementKind::Credential(id) => self.credential(*id).into_owned(),
            RequirementKind::Set(id) => {
                let name = self.set_name(*id, false);
                fill(phrases.all_of_set, &[("set", &name)])
            }
            RequirementKind::Skill { item, level } => self.skill(*item, *level),
            RequirementKind::All(all) => self.all(all, inside),
            RequirementKind::Any { least, of } => {
                let parts: Vec<String> = of.iter().map(|one| self.line(one, true)).collect();
                match parts.as_slice() {
                    [only] if *least == 1 => only.clone(),
                    _ if *least == 1 && !inside => join(&parts, phrases.or),
                    _ if *least == 1 => format!("({})", join(&parts, phrases.or)),
                    _ => format!("{} ({})", self.any_label(*least), parts.join(", ")),
                }
            }
            RequirementKind::Sum(sum) => {
                format!("{} ({})", self.sum_label(sum), self.parts(&sum.parts))
            }
            RequirementKind::Judgement(prose) => self.prose(prose).into_owned(),
            RequirementKind::Unresolved => phrases.unknown.to_owned(),
        }
    }

    fn all(&self, all: &[Requirement], inside: bool) -> String {
        let phrases = self.wording.phrases;
        match all {
            [] => phrases.nothing.to_owned(),
            [one] => self.line(one, inside),
            all => {
                let parts: Vec<String> = all.iter().map(|one| self.line(one, true)).collect();
                let joined = join(&parts, phrases.and);
                if inside {
                    format!("({joined})")
                } else {
                    joined
                }
            }
        }
    }

    fn parts(&self, parts: &[SumPart]) -> String {
        let phrases = self.wording.phrases;
        let parts: Vec<String> = parts
            .iter()
            .map(|part| match &part.kind {
                SumPartKind::Credential(id) => self.credential(*id).into_owned(),
                SumPartKind::Set(id) => self.set_name(*id, false),
                SumPartKind::AtMost { most, parts } => {
                    let most = self.wording.quantity(most);
                    let label = fill(phrases.at_most, &[("quantity", &most)]);
                    format!("{label} ({})", self.parts(parts))
                }
                SumPartKind::Unresolved => phrases.unknown.to_owned(),
            })
            .collect();
        parts.join(", ")
    }
}
