//! From a pathway of the project to the picture of it that is drawn.
//!
//! Goes in: a pathway in a language. Comes out: its [`Picture`], with the prerequisites between the credentials that appear,
//! and links as HTML pages have them. Long lists of choices are cut; what all must do is always drawn.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use super::context::Context;
use super::diagram::{self, Frame, FrameKind, Need, Node, Part, Picture, Shape, Words};
use super::markdown::Links;
use super::page::Diagram;
use crate::emit::wording::{capitalized, fill, join, one_line};
use crate::model::{
    CredentialId, Pathway, PathwayId, Requirement, RequirementKind, SetId, SumPart, SumPartKind,
};

/// Choices of more than this are cut.
const MOST_CHOICES: usize = 16;
/// Requirements are drawn to this depth, and in words below.
const MOST_DEPTH: usize = 12;

/// Draws a pathway for the page in a folder.
pub fn diagram(context: &Context<'_, '_>, id: PathwayId, folder: &str) -> Diagram {
    let picture = picture(context, &context.project.pathways[id], folder);
    let words = context.words;
    let mut legend = Vec::new();
    if picture.stages.iter().any(|stage| !stage.after.is_empty()) || !picture.goals.is_empty() {
        legend.push(("order", words.legend_order));
    }
    if picture.needs.iter().any(|need| !need.alternative) {
        legend.push(("need", words.legend_need));
    }
    if picture.needs.iter().any(|need| need.alternative) {
        legend.push(("alternative", words.legend_alternative));
    }
    let exits = picture.stages.iter().flat_map(|stage| &stage.exits);
    if exits.clone().any(|exit| !exit.is_goal) {
        legend.push(("exit", words.legend_exit));
    }
    legend.push(("goal", words.legend_goal));
    Diagram {
        wide: diagram::svg(&picture, diagram::Flow::Across, "wide"),
        narrow: diagram::svg(&picture, diagram::Flow::Down, "narrow"),
        legend,
        text: crate::emit::wording::escape_markdown(Cow::Borrowed(&picture.description))
            .into_owned(),
    }
}

/// The picture of a pathway.
pub fn picture(context: &Context<'_, '_>, pathway: &Pathway, folder: &str) -> Picture {
    let project = context.project;
    let goals: BTreeSet<CredentialId> = pathway.leads_to.iter().map(|&(id, _)| id).collect();
    let mut painter = Painter {
        context,
        links: Links {
            from: folder,
            file: "index.html",
        },
        goals: &goals,
        drawn: BTreeSet::new(),
    };
    let mut stages = Vec::with_capacity(pathway.stages.len());
    for &id in &pathway.stages {
        let stage = &project.stages[id];
        let mut parts = Vec::new();
        for one in &stage.asks {
            painter.part(one, 0, true, &mut parts);
        }
        stages.push(diagram::Stage {
            name: context.plain_name(&stage.declared),
            after: stage
                .after
                .iter()
                .filter_map(|&(before, _)| pathway.stages.iter().position(|&one| one == before))
                .collect(),
            parts,
            exits: Vec::new(),
        });
    }
    // What a stage awards at its end, unless it is a goal with a place of its own. What may be taken away there can be needed further
    // on all the same; where no stage asks for it, its own box says so.
    let awards = || {
        let stages = pathway.stages.iter();
        stages.flat_map(|&id| project.stages[id].awards.iter().map(|&(award, _)| award))
    };
    let shown: BTreeSet<CredentialId> = painter.drawn.iter().copied().chain(awards()).collect();
    let onward = needed_for(context, &shown.union(&goals).copied().collect());
    let asked = painter.drawn.clone();
    for (stage, &id) in stages.iter_mut().zip(&pathway.stages) {
        for &(award, _) in &project.stages[id].awards {
            if goals.contains(&award) {
                continue;
            }
            let needed = onward.get(&award).filter(|_| !asked.contains(&award));
            let mut exit = painter.credential(award, needed.is_some());
            if let Some(needed) = needed {
                let names: Vec<String> = needed
                    .iter()
                    .map(|&id| context.plain_name(&project.credentials[id].declared))
                    .collect();
                let names = join(&names, context.phrases().and);
                let onward = format!("{} {names}", context.words.legend_need);
                exit.detail = [exit.detail, onward]
                    .into_iter()
                    .filter(|part| !part.is_empty())
                    .collect::<Vec<_>>()
                    .join(diagram::SEPARATOR);
            }
            stage.exits.push(exit);
        }
    }
    let drawn: BTreeSet<CredentialId> = painter.drawn.clone();
    let standing: Vec<Node> = goals
        .difference(&drawn)
        .map(|&id| painter.credential(id, false))
        .collect();
    let names: Vec<String> = goals
        .iter()
        .map(|&id| context.plain_name(&project.credentials[id].declared))
        .collect();
    let stage_names: Vec<&str> = stages.iter().map(|stage| stage.name.as_str()).collect();
    let name = context.plain_name(&pathway.declared);
    let words = context.words;
    let description = if stage_names.is_empty() {
        words.no_stages.to_owned()
    } else {
        let goals = if names.is_empty() {
            "…".to_owned()
        } else {
            join(&names, context.phrases().and)
        };
        fill(
            words.diagram_text,
            &[("stages", &stage_names.join(", ")), ("goals", &goals)],
        )
    };
    Picture {
        title: fill(words.diagram_title, &[("name", &name)]),
        description,
        stages,
        goals: standing,
        needs: needs(context, &drawn),
        words: Words {
            goal: words.goal,
            exit: words.off_ramp,
        },
    }
}

/// For each credential which of these ask for it, themselves and with no other way: as a prerequisite, a part or company.
fn needed_for(
    context: &Context<'_, '_>,
    shown: &BTreeSet<CredentialId>,
) -> BTreeMap<CredentialId, BTreeSet<CredentialId>> {
    let mut needed: BTreeMap<CredentialId, BTreeSet<CredentialId>> = BTreeMap::new();
    for &id in shown {
        let credential = &context.project.credentials[id];
        let gates = [
            &credential.requires,
            &credential.stacks,
            &credential.alongside,
        ];
        for requirement in gates.into_iter().flatten() {
            prerequisites(requirement, false, &mut |from, alternative| {
                if from != id && !alternative {
                    needed.entry(from).or_default().insert(id);
                }
            });
        }
    }
    needed
}

/// Prerequisites between credentials that are drawn.
fn needs(context: &Context<'_, '_>, drawn: &BTreeSet<CredentialId>) -> Vec<Need> {
    let mut needs = Vec::new();
    for &id in drawn {
        let credential = &context.project.credentials[id];
        if let Some(requires) = &credential.requires {
            prerequisites(requires, false, &mut |from, alternative| {
                if from != id && drawn.contains(&from) {
                    needs.push(Need {
                        from: from.0,
                        to: id.0,
                        alternative,
                    });
                }
            });
        }
    }
    needs
}

/// Credentials that a requirement names itself, and whether there are other ways.
fn prerequisites(
    requirement: &Requirement,
    alternative: bool,
    meet: &mut dyn FnMut(CredentialId, bool),
) {
    match &requirement.kind {
        RequirementKind::Credential(id) => meet(*id, alternative),
        RequirementKind::All(of) => {
            of.iter()
                .for_each(|one| prerequisites(one, alternative, meet));
        }
        RequirementKind::Any { least, of } => {
            let all = usize::try_from(*least).is_ok_and(|least| least >= of.len());
            of.iter()
                .for_each(|one| prerequisites(one, alternative || !all, meet));
        }
        RequirementKind::Set(_)
        | RequirementKind::Skill { .. }
        | RequirementKind::Sum(_)
        | RequirementKind::Judgement(_)
        | RequirementKind::Unresolved => {}
    }
}

struct Painter<'p, 's, 'a> {
    context: &'p Context<'s, 'a>,
    links: Links<'p>,
    goals: &'p BTreeSet<CredentialId>,
    drawn: BTreeSet<CredentialId>,
}

impl Painter<'_, '_, '_> {
    fn credential(&mut self, id: CredentialId, is_part: bool) -> Node {
        let context = self.context;
        let credential = &context.project.credentials[id];
        if is_part {
            self.drawn.insert(id);
        }
        let mut needs = String::new();
        if let Some(requires) = &credential.requires {
            let line = context.wording.requirement_line(requires);
            if !line.is_empty() {
                needs = format!("{}{}{line}", context.words.needs, context.phrases().colon);
            }
        }
        Node {
            key: is_part.then_some(id.0),
            shape: Shape::Credential,
            name: context.plain_name(&credential.declared),
            detail: context.kind_and_credit(id),
            needs: if is_part { needs } else { String::new() },
            href: Some(self.links.page(&context.credential_folder(id))),
            is_goal: self.goals.contains(&id),
        }
    }

    fn words(shape: Shape, name: String) -> Part {
        Part::Node(Node {
            key: None,
            shape,
            name,
            detail: String::new(),
            needs: String::new(),
            href: None,
            is_goal: false,
        })
    }

    /// The parts of a requirement. What is asked of all stands without a frame of its own at the top.
    fn part(&mut self, requirement: &Requirement, depth: usize, is_top: bool, out: &mut Vec<Part>) {
        let context = self.context;
        let phrases = context.phrases();
        if depth > MOST_DEPTH {
            let line = context.wording.requirement_line(requirement);
            out.push(Self::words(Shape::Judgement, line));
            return;
        }
        match &requirement.kind {
            RequirementKind::Credential(id) => {
                let node = self.credential(*id, true);
                out.push(Part::Node(node));
            }
            RequirementKind::Set(id) => {
                let frame = self.set(*id, true);
                out.push(Part::Frame(frame));
            }
            RequirementKind::All(of) if is_top || of.len() < 2 => {
                for one in of {
                    self.part(one, depth, is_top, out);
                }
            }
            RequirementKind::All(of) => {
                let label = capitalized(phrases.all_of);
                let frame = self.frame(FrameKind::All, label, of, depth);
                out.push(Part::Frame(frame));
            }
            RequirementKind::Any { least, of } => {
                let label = if *least == 1 {
                    phrases.any_one_of.to_owned()
                } else {
                    fill(phrases.any_of, &[("count", &least.to_string())])
                };
                let frame = self.frame(FrameKind::Choice, capitalized(&label), of, depth);
                out.push(Part::Frame(frame));
            }
            RequirementKind::Sum(sum) => {
                let least = context.wording.quantity(&sum.least);
                let phrase = if sum.counted_once {
                    phrases.sum_counted_once
                } else {
                    phrases.sum_of
                };
                let label = fill(phrase, &[("quantity", &least)]);
                let mut parts = Vec::new();
                self.sources(&sum.parts, depth, &mut parts);
                out.push(Part::Frame(Frame {
                    kind: FrameKind::Threshold,
                    label: capitalized(&label),
                    parts,
                }));
            }
            RequirementKind::Skill { .. } => {
                let line = context.wording.requirement_line(requirement);
                out.push(Self::words(Shape::Skill, capitalized(&line)));
            }
            RequirementKind::Judgement(prose) => {
                let line = one_line(context.wording.prose(prose)).into_owned();
                out.push(Self::words(Shape::Judgement, line));
            }
            RequirementKind::Unresolved => {
                out.push(Self::words(Shape::Judgement, phrases.unknown.to_owned()));
            }
        }
    }

    fn frame(&mut self, kind: FrameKind, label: String, of: &[Requirement], depth: usize) -> Frame {
        let mut parts = Vec::with_capacity(of.len());
        let shown = match kind {
            FrameKind::All => of.len(),
            FrameKind::Choice | FrameKind::Threshold | FrameKind::Cap | FrameKind::Set => {
                self.shown(of.len())
            }
        };
        for one in of.iter().take(shown) {
            self.part(one, depth + 1, false, &mut parts);
        }
        self.more(of.len() - shown, &mut parts);
        Frame { kind, label, parts }
    }

    fn set(&mut self, id: SetId, all: bool) -> Frame {
        let context = self.context;
        let mut label = context.plain_name(&context.project.sets[id].declared);
        if all {
            label = fill(context.phrases().all_of_set, &[("set", &label)]);
        }
        let members = context.site.members(id);
        let shown = self.shown(members.len());
        let mut parts = Vec::with_capacity(shown);
        for &member in members.iter().take(shown) {
            let node = self.credential(member, true);
            parts.push(Part::Node(node));
        }
        self.more(members.len() - shown, &mut parts);
        Frame {
            kind: FrameKind::Set,
            label: capitalized(&label),
            parts,
        }
    }

    fn sources(&mut self, sources: &[SumPart], depth: usize, out: &mut Vec<Part>) {
        let context = self.context;
        let shown = self.shown(sources.len());
        for source in sources.iter().take(shown) {
            match &source.kind {
                SumPartKind::Credential(id) => {
                    let node = self.credential(*id, true);
                    out.push(Part::Node(node));
                }
                SumPartKind::Set(id) => {
                    let frame = self.set(*id, false);
                    out.push(Part::Frame(frame));
                }
                SumPartKind::AtMost { most, parts } => {
                    let most = context.wording.quantity(most);
                    let label = fill(context.phrases().at_most, &[("quantity", &most)]);
                    let mut inner = Vec::new();
                    if depth <= MOST_DEPTH {
                        self.sources(parts, depth + 1, &mut inner);
                    }
                    out.push(Part::Frame(Frame {
                        kind: FrameKind::Cap,
                        label: capitalized(&label),
                        parts: inner,
                    }));
                }
                SumPartKind::Unresolved => {
                    let text = context.phrases().unknown.to_owned();
                    out.push(Self::words(Shape::Judgement, text));
                }
            }
        }
        self.more(sources.len() - shown, out);
    }

    /// How many of a list are drawn: all, or so many that the rest is worth a box of its own.
    fn shown(&self, count: usize) -> usize {
        if count <= MOST_CHOICES {
            count
        } else {
            MOST_CHOICES - 1
        }
    }

    fn more(&self, count: usize, out: &mut Vec<Part>) {
        if count > 0 {
            let text = fill(self.context.words.more, &[("count", &count.to_string())]);
            out.push(Self::words(Shape::More, text));
        }
    }
}
