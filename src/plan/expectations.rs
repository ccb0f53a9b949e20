//! What a project promises, decided: each claim of each expectation, with the smallest counterexample where it fails.

use super::accepts::{Accepts, accepts, route_around};
use super::blame::blame;
use super::price::Measure;
use super::route::{Question, assumptions};
use super::solve::{Answer, Ask, Found, Left, Planner};
use super::target::Aim;
use super::words::{self, counted, list};
use crate::graph::Graph;
use crate::model::coverage::items_in_order;
use crate::model::{
    Amount, Claim, CredentialId, Expectation, FrameworkId, ItemId, Project, Quantity, Target, Unit,
};
use crate::source::Place;

/// One expectation, evaluated.
#[derive(Debug, Clone)]
pub struct Tested {
    pub name: String,
    pub place: Place,
    pub claims: Vec<Judged>,
}

/// One claim, evaluated.
#[derive(Debug, Clone)]
pub struct Judged {
    /// The claim as it is written, on one line.
    pub claim: String,
    pub place: Place,
    pub verdict: Verdict,
    /// Why: the counterexample where it fails, what it rests on where it holds. The first line says it in short.
    pub details: Vec<String>,
}

/// Whether a claim holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    Holds,
    Fails,
    /// Not decided: time ran out, or a name in it is not known.
    Open,
}

impl Tested {
    /// Whether every claim holds.
    #[must_use]
    pub fn holds(&self) -> bool {
        self.claims
            .iter()
            .all(|claim| claim.verdict == Verdict::Holds)
    }
}

/// Evaluates all expectations of a project, in the order of the text.
#[must_use]
pub fn test(project: &Project, graph: &Graph, left: Left<'_>) -> Vec<Tested> {
    project
        .expectations
        .iter()
        .map(|(_, expectation)| {
            let case = Case {
                project,
                graph,
                expectation,
                left,
            };
            case.test()
        })
        .collect()
}

pub(super) struct Case<'c> {
    pub(super) project: &'c Project,
    pub(super) graph: &'c Graph,
    expectation: &'c Expectation,
    pub(super) left: Left<'c>,
}

type Said = (Verdict, Vec<String>);

impl Case<'_> {
    fn test(&self) -> Tested {
        let unread = &self.expectation.unread;
        let read = self.expectation.claims.iter();
        let mut claims: Vec<Judged> = read
            .filter(|(_, place)| !unread.contains(place))
            .map(|(claim, place)| self.judged(*place, self.judge(claim)))
            .collect();
        claims.extend(unread.iter().map(|&place| self.judged(place, unreadable())));
        claims.sort_by_key(|claim| claim.place.span.start);
        if claims.is_empty() && !self.expectation.incomplete {
            claims.push(Judged {
                claim: "something is claimed".to_owned(),
                place: self.expectation.place,
                verdict: Verdict::Fails,
                details: vec!["it claims nothing, and so tests nothing".to_owned()],
            });
        }
        if self.expectation.incomplete && unread.is_empty() {
            let (verdict, details) = unreadable();
            claims.push(Judged {
                claim: "every name is known".to_owned(),
                place: self.expectation.place,
                verdict,
                details,
            });
        }
        Tested {
            name: self.project.text(self.expectation.name).into_owned(),
            place: self.expectation.place,
            claims,
        }
    }

    fn judged(&self, place: Place, (verdict, details): Said) -> Judged {
        let written = self.project.slice(place);
        Judged {
            claim: written.split_whitespace().collect::<Vec<_>>().join(" "),
            place,
            verdict,
            details,
        }
    }

    fn judge(&self, claim: &Claim) -> Said {
        match claim {
            Claim::Reach { target, within } => self.reach(*target, within),
            Claim::CannotReach(target) => self.cannot_reach(*target),
            Claim::Coverage { framework, least } => self.coverage(*framework, *least),
            Claim::EveryRoute { to, passes } => self.every_route(*to, *passes),
            Claim::AcceptsEveryoneOf { new, old } => self.accepts(*new, *old),
        }
    }

    fn given(&self) -> Vec<CredentialId> {
        self.expectation.given.iter().map(|&(id, _)| id).collect()
    }

    fn planner(&self, target: Target) -> Planner<'_> {
        let goal = Aim::from(target).goal(self.project);
        Planner::new(self.project, self.graph, &goal, self.given())
    }

    fn reach(&self, target: Target, within: &[Quantity]) -> Said {
        let mut planner = self.planner(target);
        let aim = Aim::from(target);
        if !planner.is_reachable() {
            let blame = blame(
                self.project,
                &planner.cone,
                &planner.most,
                &[aim],
                self.left,
            );
            let id = aim.id(self.project);
            let mut details = vec![format!("`{id}` cannot be reached: these rules exclude it")];
            details.extend(blame.rules.iter().map(|rule| {
                let place = words::place(self.project, rule.place);
                format!("{} ({place})", rule.sentence(self.project, &[id]))
            }));
            return (Verdict::Fails, details);
        }
        let mut ask = Ask::default();
        for limit in within {
            if limit.unit == Unit::Stages {
                let rounds = u32::try_from(limit.amount.0 / 1000).unwrap_or(0);
                ask.rounds = Some(ask.rounds.map_or(rounds, |known| known.min(rounds)));
            } else if let Some(measure) = Measure::of_unit(limit.unit) {
                let amount = match limit.unit {
                    Unit::Minutes => limit.hours().unwrap_or(limit.amount),
                    _ => limit.amount,
                };
                ask.within.push((measure, amount));
            }
        }
        ask.minimise = ask.within.first().map(|&(measure, _)| measure);
        match planner.solve(&ask, self.left) {
            Answer::Route(found) => {
                let measure = ask.minimise.unwrap_or(Measure::Count);
                let mut details = vec![self.cheapest(&planner, measure, &found)];
                let question = Question {
                    aims: vec![aim],
                    ..Question::default()
                };
                let assumed = assumptions(&planner, &question, &found);
                details.extend(assumed.into_iter().map(|one| match one.owner {
                    Some(id) => format!(
                        "assuming {} for `{}`",
                        one.text,
                        words::id(self.project, id)
                    ),
                    None => format!("assuming {}", one.text),
                }));
                (Verdict::Holds, details)
            }
            Answer::Unknown => out_of_time(),
            Answer::None => (Verdict::Fails, self.too_dear(&mut planner, &ask)),
        }
    }

    /// What each limit would have to be.
    fn too_dear(&self, planner: &mut Planner<'_>, ask: &Ask) -> Vec<String> {
        let mut details = Vec::new();
        let mut each_alone = true;
        for &(measure, limit) in &ask.within {
            let alone = Ask {
                minimise: Some(measure),
                ..Ask::default()
            };
            if let Answer::Route(found) = planner.solve(&alone, self.left)
                && found.price > limit
            {
                each_alone = false;
                details.push(format!(
                    "more than {}: {}",
                    measure.show(self.project, limit),
                    self.cheapest(planner, measure, &found)
                ));
            }
        }
        if let Some(rounds) = ask.rounds
            && let Some(least) = planner.most.goal
            && least > rounds
        {
            each_alone = false;
            details.push(format!(
                "even the shortest way takes {}, one after the other",
                counted(least as usize, "stage", "stages")
            ));
        }
        if each_alone {
            details.push("each limit can be kept, but not all of them by one route".to_owned());
        }
        details
    }

    fn cheapest(&self, planner: &Planner<'_>, measure: Measure, found: &Found) -> String {
        let route = self.in_order(planner, found);
        if route.is_empty() {
            return "it is held from the start".to_owned();
        }
        format!(
            "the cheapest route takes {}: {}",
            measure.show(self.project, found.price),
            route.join(" → ")
        )
    }

    fn in_order(&self, planner: &Planner<'_>, found: &Found) -> Vec<String> {
        let earned = planner.cone.earn(&found.chosen, None);
        let mut route: Vec<(Option<u32>, CredentialId)> = found
            .positions()
            .map(|at| (earned.rounds[at], planner.cone.members()[at].credential))
            .collect();
        route.sort_unstable();
        route
            .into_iter()
            .map(|(_, id)| words::id(self.project, id).to_owned())
            .collect()
    }

    fn cannot_reach(&self, target: Target) -> Said {
        let mut planner = self.planner(target);
        if !planner.is_reachable() {
            return (Verdict::Holds, vec!["no route leads there".to_owned()]);
        }
        match planner.solve(&Ask::default(), self.left) {
            Answer::Route(found) => {
                let route = self.in_order(&planner, &found);
                let text = if route.is_empty() {
                    "it is held from the start".to_owned()
                } else {
                    format!("it can be reached: {}", route.join(" → "))
                };
                (Verdict::Fails, vec![text])
            }
            // The closure has shown that it can be.
            Answer::None | Answer::Unknown => {
                (Verdict::Fails, vec!["it can be reached".to_owned()])
            }
        }
    }

    fn coverage(&self, framework: FrameworkId, least: Amount) -> Said {
        let items: Vec<ItemId> = items_in_order(self.project, framework)
            .filter(|&item| !self.project.items[item].statements.is_empty())
            .collect();
        let missing: Vec<ItemId> = items
            .iter()
            .copied()
            .filter(|&item| self.graph.assessors(item).is_empty())
            .collect();
        let covered = items.len() - missing.len();
        if items.is_empty() {
            let verdict = if least <= Amount::ZERO {
                Verdict::Holds
            } else {
                Verdict::Fails
            };
            return (verdict, vec!["it has no item with a statement".to_owned()]);
        }
        let holds = (covered as i64).saturating_mul(100_000)
            >= (items.len() as i64).saturating_mul(least.0);
        let share = Amount((covered as i64).saturating_mul(100_000) / items.len() as i64);
        let mut details = vec![format!(
            "{covered} of {} are assessed, {share}%",
            counted(items.len(), "item", "items")
        )];
        if holds {
            return (Verdict::Holds, details);
        }
        details.extend(missing.iter().map(|&item| {
            let item = &self.project.items[item];
            format!(
                "nothing assesses `{}` ({})",
                self.project.name(item.full_path),
                words::place(self.project, item.declared.place)
            )
        }));
        (Verdict::Fails, details)
    }

    fn every_route(&self, to: Target, passes: Target) -> Said {
        let given = self.given();
        let aim = Aim::from(to).goal(self.project);
        let through = Aim::from(passes).goal(self.project);
        if !self.planner(to).is_reachable() {
            let to = Aim::from(to).id(self.project);
            return (
                Verdict::Fails,
                vec![format!(
                    "no route leads to `{to}`, so that the claim says nothing; `gradus plan {to}` tells why"
                )],
            );
        }
        let goals = (&aim, &through);
        match route_around(self.project, self.graph, goals, &given, self.left) {
            Accepts::Everyone => (Verdict::Holds, vec!["there is no way around it".to_owned()]),
            Accepts::NotAll(route) => {
                let ids: Vec<&str> = route
                    .iter()
                    .map(|&id| words::id(self.project, id))
                    .collect();
                let text = if ids.is_empty() {
                    "it is held from the start".to_owned()
                } else {
                    format!("this route goes around it: {}", ids.join(" → "))
                };
                (Verdict::Fails, vec![text])
            }
            Accepts::Unknown => out_of_time(),
        }
    }

    fn accepts(&self, new: Target, old: Target) -> Said {
        let (new_aim, old_aim) = (Aim::from(new), Aim::from(old));
        let (met, asked) = (new_aim.gates(self.project), old_aim.gates(self.project));
        // More never hurts: what nobody meets who holds everything, nobody meets.
        let everything: Vec<CredentialId> = self.project.credentials.ids().collect();
        if !Planner::new(self.project, self.graph, &asked, everything).is_reachable() {
            let old = old_aim.id(self.project);
            return (
                Verdict::Fails,
                vec![format!(
                    "`{old}` accepts nobody, not even who holds everything, so that the claim says nothing"
                )],
            );
        }
        match accepts(self.project, self.graph, &met, &asked, self.left) {
            Accepts::Everyone => {
                let mut details = vec![format!(
                    "whoever meets `{}` meets `{}`",
                    old_aim.id(self.project),
                    new_aim.id(self.project)
                )];
                details.extend(self.assuming(&met, &asked));
                (Verdict::Holds, details)
            }
            Accepts::NotAll(held) => {
                let ids: Vec<&str> = held.iter().map(|&id| words::id(self.project, id)).collect();
                let holding = if ids.is_empty() {
                    "holding nothing".to_owned()
                } else {
                    format!("holding {}", list(&ids))
                };
                let mut details = vec![format!(
                    "{holding} is enough for `{}` and not for `{}`",
                    old_aim.id(self.project),
                    new_aim.id(self.project)
                )];
                details.extend(self.assuming_for(&asked, &held));
                (Verdict::Fails, details)
            }
            Accepts::Unknown => out_of_time(),
        }
    }
}

fn unreadable() -> Said {
    (
        Verdict::Open,
        vec!["something in it could not be read; `gradus check` says what".to_owned()],
    )
}

fn out_of_time() -> Said {
    (
        Verdict::Open,
        vec!["not decided in the time that was given; `--time-limit` gives more".to_owned()],
    )
}
