//! A plan: the cheapest route in the order in which it is walked, what each choice cost, and what had to be assumed.

use super::blame::{self, Blame};
use super::imported::Gap;
use super::lean::is_late;
use super::price::{Measure, measures};
use super::relied::Relying;
use super::solve::{Answer, Ask, Found, Left, Planner};
use super::target::{Aim, Start, gates_of, stages_in_order, together};
use super::words;
use crate::graph::Graph;
use crate::graph::cone::Goal;
use crate::graph::requirements::{Mention, mentions};
use crate::model::{Amount, CredentialId, Project, Requirement, StageId};
use crate::source::Place;

/// How many choices are priced at most.
const CHOICES: usize = 40;

/// What somebody asks.
#[derive(Debug, Clone, Default)]
pub struct Question {
    pub aims: Vec<Aim>,
    /// Roles from elsewhere, as far as the credentials of the project can close what they ask.
    pub gaps: Vec<Gap>,
    pub start: Start,
    /// `None` for what the project mostly counts in.
    pub minimise: Option<Measure>,
    pub within: Vec<(Measure, Amount)>,
    pub steps: Option<u32>,
}

impl Question {
    /// Everything that is to be reached.
    #[must_use]
    pub fn goal<'a>(&'a self, project: &'a Project) -> Goal<'a> {
        let mut goal = together(project, &self.aims);
        let asks = self.gaps.iter().flat_map(|gap| &gap.asks);
        goal.requirements.extend(asks);
        goal
    }
}

/// The answer.
#[derive(Debug)]
pub struct Plan {
    /// What was made as small as possible.
    pub measure: Measure,
    pub verdict: Verdict,
}

/// What came out.
#[derive(Debug)]
pub enum Verdict {
    Route(Box<Route>),
    /// It can be reached, but not within the limits.
    TooDear(TooDear),
    /// Nobody can reach it.
    Unreachable(Blame),
    /// Time ran out.
    Unknown,
}

/// Limits that no route keeps together, each with what it would have to be if it were the only one.
#[derive(Debug, Clone)]
pub struct TooDear {
    /// Measure, limit, and the least that will do where that is known.
    pub limits: Vec<(Measure, Amount, Option<Amount>)>,
    /// The limit of steps, and the fewest that will do.
    pub steps: Option<(u32, u32)>,
}

/// A route in order.
#[derive(Debug, Clone)]
pub struct Route {
    pub steps: Vec<Step>,
    /// What it costs in each measure that its credentials declare anything in; the one that was minimised first.
    pub totals: Vec<(Measure, Amount)>,
    /// No route costs less.
    pub least: Amount,
    pub is_proven: bool,
    pub choices: Vec<Choice>,
    /// Whether every choice was priced.
    pub all_priced: bool,
    pub assumptions: Vec<Assumption>,
}

/// What can be earned at the same time.
#[derive(Debug, Clone)]
pub struct Step {
    /// The stage of the pathway that asks for it.
    pub stage: Option<StageId>,
    /// Each with what it adds to the price.
    pub earned: Vec<(CredentialId, Amount)>,
}

/// A credential of the route that is not in every route, and what it would cost to do without it.
#[derive(Debug, Clone)]
pub struct Choice {
    pub chosen: CredentialId,
    /// How much dearer the cheapest route without it is; `None` where time ran out.
    pub more: Option<Amount>,
    /// What that route has instead.
    pub instead: Vec<CredentialId>,
}

/// Something that no credential proves.
#[derive(Debug, Clone)]
pub struct Assumption {
    pub owner: Option<CredentialId>,
    pub text: String,
    pub place: Place,
}

/// Plans. Linear for reachability; the price is proven by integer programming on what the goal can depend on.
#[must_use]
pub fn plan(project: &Project, graph: &Graph, question: &Question, left: Left<'_>) -> Plan {
    let goal = question.goal(project);
    let held = question.start.held(project);
    let mut planner = Planner::new(project, graph, &goal, held);
    let used = measures(project, &planner.cone);
    let measure = question
        .minimise
        .or_else(|| question.within.first().map(|&(measure, _)| measure))
        .or_else(|| used.first().copied())
        .unwrap_or(Measure::Count);
    if !planner.is_reachable() {
        let blame = blame::blame(project, &planner.cone, &planner.most, &question.aims, left);
        return Plan {
            measure,
            verdict: Verdict::Unreachable(blame),
        };
    }
    let ask = Ask {
        minimise: Some(measure),
        within: question.within.clone(),
        rounds: question.steps,
        ..Ask::default()
    };
    let verdict = match planner.solve(&ask, left) {
        Answer::Route(found) => {
            let route = describe(&mut planner, &ask, question, &found, &used, left);
            Verdict::Route(Box::new(route))
        }
        Answer::Unknown => Verdict::Unknown,
        Answer::None => Verdict::TooDear(too_dear(&mut planner, question, left)),
    };
    Plan { measure, verdict }
}

/// What each limit would have to be by itself.
fn too_dear(planner: &mut Planner<'_>, question: &Question, left: Left<'_>) -> TooDear {
    let mut limits = Vec::new();
    for &(measure, limit) in &question.within {
        let alone = Ask {
            minimise: Some(measure),
            ..Ask::default()
        };
        let least = match planner.solve(&alone, left) {
            Answer::Route(found) if found.is_proven() => Some(found.price),
            Answer::Route(_) | Answer::None | Answer::Unknown => None,
        };
        limits.push((measure, limit, least));
    }
    TooDear {
        limits,
        steps: question.steps.zip(planner.most.goal),
    }
}

fn describe(
    planner: &mut Planner<'_>,
    ask: &Ask,
    question: &Question,
    found: &Found,
    used: &[Measure],
    left: Left<'_>,
) -> Route {
    let measure = ask.minimise.unwrap_or(Measure::Count);
    let price = planner.price(measure);
    let mut totals = vec![(measure, found.price)];
    for &other in used.iter().filter(|&&other| other != measure) {
        totals.push((other, planner.price(other).of(&found.chosen)));
    }
    let mut scheduled = schedule(planner, &question.aims, found);
    // The order of stages gates nothing: where it would break the limit of steps, it is left aside.
    if ask
        .rounds
        .is_some_and(|most| scheduled.len() > most as usize)
    {
        scheduled = schedule(planner, &[], found);
    }
    let steps = scheduled
        .into_iter()
        .map(|(stage, positions)| Step {
            stage,
            earned: positions
                .into_iter()
                .map(|position| {
                    let credential = planner.cone.members()[position].credential;
                    (credential, price.added(position, &found.chosen))
                })
                .collect(),
        })
        .collect();
    let (choices, all_priced) = choices(planner, ask, found, left);
    Route {
        steps,
        totals,
        least: found.least,
        is_proven: found.is_proven(),
        choices,
        all_priced,
        assumptions: assumptions(planner, question, found),
    }
}

/// For each credential that is not in every route: the cheapest route without it.
fn choices(
    planner: &mut Planner<'_>,
    ask: &Ask,
    found: &Found,
    left: Left<'_>,
) -> (Vec<Choice>, bool) {
    if is_late(found.chosen.len(), left) {
        return (Vec::new(), false);
    }
    let mut open: Vec<usize> = Vec::new();
    let mut rest: Vec<bool> = vec![true; found.chosen.len()];
    for position in found.positions() {
        if is_late(found.chosen.len(), left) {
            return (Vec::new(), false);
        }
        rest[position] = false;
        if planner.reaches(&rest, ask.rounds) {
            open.push(position);
        }
        rest[position] = true;
    }
    let mut choices = Vec::new();
    for &position in open.iter().take(CHOICES) {
        if is_late(found.chosen.len(), left) {
            return (choices, false);
        }
        let without = Ask {
            without: vec![position],
            ..ask.clone()
        };
        let chosen = planner.cone.members()[position].credential;
        match planner.solve(&without, left) {
            Answer::Route(other) => choices.push(Choice {
                chosen,
                more: other
                    .is_proven()
                    .then(|| Amount(other.price.0.saturating_sub(found.price.0).max(0))),
                instead: other
                    .positions()
                    .filter(|&position| !found.chosen[position])
                    .map(|position| planner.cone.members()[position].credential)
                    .collect(),
            }),
            // No other route keeps the limits.
            Answer::None => {}
            Answer::Unknown => choices.push(Choice {
                chosen,
                more: None,
                instead: Vec::new(),
            }),
        }
    }
    let all = open.len() <= CHOICES && choices.iter().all(|choice| choice.more.is_some());
    (choices, all)
}

/// The positions of a route by steps. Where the aim is a pathway, what its first stage needs comes before the rest.
pub(in crate::plan) fn schedule(
    planner: &Planner<'_>,
    aims: &[Aim],
    found: &Found,
) -> Vec<(Option<StageId>, Vec<usize>)> {
    let cone = &planner.cone;
    let mut state = cone.begin();
    let mut allowed = vec![false; found.chosen.len()];
    let mut steps: Vec<(Option<StageId>, Vec<usize>)> = Vec::new();
    let mut walk = |stage: Option<StageId>, allowed: &[bool]| {
        let before = state.rounds.clone();
        cone.go_on(&mut state, allowed, None);
        let mut now: Vec<(u32, usize)> = (0..before.len())
            .filter(|&position| before[position].is_none())
            .filter_map(|position| Some((state.rounds[position]?, position)))
            .collect();
        now.sort_unstable_by_key(|&(round, position)| (round, cone.members()[position].credential));
        for step in now.chunk_by(|one, other| one.0 == other.0) {
            let positions = step.iter().map(|&(_, position)| position).collect();
            steps.push((stage, positions));
        }
    };
    for aim in aims {
        let Aim::Pathway(pathway) = *aim else {
            continue;
        };
        for (id, stage) in stages_in_order(planner.project, pathway) {
            allow_needed(planner, found, &stage.asks, &mut allowed);
            walk(Some(id), &allowed);
        }
    }
    walk(None, &found.chosen);
    steps
}

/// Allows what of a route some requirements can lean on, with all that it leans on itself. What is allowed already has had that done
/// for it.
fn allow_needed(planner: &Planner<'_>, found: &Found, asks: &[Requirement], allowed: &mut [bool]) {
    let (project, graph) = (planner.project, planner.graph);
    let mut stack: Vec<CredentialId> = Vec::new();
    let named = |requirement: &Requirement, stack: &mut Vec<CredentialId>| {
        for (mention, _) in mentions(requirement) {
            match mention {
                Mention::Credential(id) => stack.push(id),
                Mention::Set(set) => stack.extend(graph.sets().reach(project, graph, set)),
                Mention::Skill { item, .. } => {
                    stack.extend(graph.assessors(item).iter().map(|one| one.credential));
                }
            }
        }
    };
    for requirement in asks {
        named(requirement, &mut stack);
    }
    while let Some(id) = stack.pop() {
        let Some(position) = planner.cone.position(id) else {
            continue;
        };
        if !found.chosen[position] || allowed[position] {
            continue;
        }
        allowed[position] = true;
        for requirement in gates_of(project, id) {
            named(requirement, &mut stack);
        }
    }
}

/// Human judgements that the route relies on, what it takes for eligibility, and what was recognized.
pub(super) fn assumptions(
    planner: &Planner<'_>,
    question: &Question,
    found: &Found,
) -> Vec<Assumption> {
    let project = planner.project;
    let held = |id: CredentialId| {
        planner.cone.given().binary_search(&id).is_ok()
            || planner
                .cone
                .position(id)
                .is_some_and(|position| found.chosen[position])
    };
    let mut assumed = Vec::new();
    for &recognition in &question.start.recognised {
        let declared = &project.recognitions[recognition].declared;
        assumed.push(Assumption {
            owner: None,
            text: format!("`{}` is recognized", project.id(declared)),
            place: declared.place,
        });
    }
    let goal = question.goal(project);
    let mut trees: Vec<(Option<CredentialId>, &Requirement)> = Vec::new();
    trees.extend(goal.requirements.iter().map(|&tree| (None, tree)));
    for position in found.positions() {
        let id = planner.cone.members()[position].credential;
        trees.extend(gates_of(project, id).map(|tree| (Some(id), tree)));
        for words in &project.credentials[id].open_to {
            assumed.push(Assumption {
                owner: Some(id),
                text: format!("open to \"{}\"", project.prose(words)),
                place: words.text.place,
            });
        }
    }
    let mut relying = Relying::new(project, planner.graph, &held);
    for (owner, tree) in trees {
        let mut judgements = Vec::new();
        relying.relied(tree, &mut judgements);
        for (prose, place) in judgements {
            assumed.push(Assumption {
                owner,
                text: format!("\"{}\"", project.prose(prose)),
                place,
            });
        }
    }
    assumed.sort_by_key(|assumption| (assumption.place.file, assumption.place.span.start));
    assumed.dedup_by_key(|assumption| (assumption.place, assumption.owner));
    assumed
}

impl Route {
    /// The credentials of the route in order.
    pub fn credentials(&self) -> impl Iterator<Item = CredentialId> + '_ {
        self.steps
            .iter()
            .flat_map(|step| step.earned.iter().map(|&(id, _)| id))
    }

    /// Its ids, in order.
    #[must_use]
    pub fn ids<'p>(&self, project: &'p Project) -> Vec<&'p str> {
        self.credentials()
            .map(|id| words::id(project, id))
            .collect()
    }
}
