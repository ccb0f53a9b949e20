//! A scale runs from low to high. Levels that match a public framework in another order turn every comparison around.

use crate::check::Context;
use crate::diag::{Rule, Severity, Sink};
use crate::model::{ExternalFrameworkId, Ladder, LevelRef};
use crate::source::Place;

pub static RULE: Rule = Rule {
    name: "framework/scale-order",
    severity: Severity::Error,
    summary: "levels of a scale that match public levels in another order",
};

pub fn check(context: &Context<'_>, sink: &mut Sink) {
    let project = context.project;
    for scale in project.scales.as_slice() {
        // For each public framework, the lowest level that the level before is said to match.
        let mut before: Vec<(ExternalFrameworkId, u32, Place)> = Vec::new();
        for &level in &scale.levels {
            let level = &project.levels[level];
            let mut lowest: Vec<(ExternalFrameworkId, u32, Place)> = Vec::new();
            for &(item, place) in &level.matches {
                let Some((Ladder::External(framework), rank)) =
                    project.rank(LevelRef::External(item))
                else {
                    continue;
                };
                match lowest.iter_mut().find(|known| known.0 == framework) {
                    Some(known) if known.1 <= rank => {}
                    Some(known) => *known = (framework, rank, place),
                    None => lowest.push((framework, rank, place)),
                }
            }
            for (framework, rank, place) in lowest {
                let Some(known) = before.iter_mut().find(|known| known.0 == framework) else {
                    before.push((framework, rank, place));
                    continue;
                };
                if rank < known.1 {
                    sink.report(&RULE, place)
                        .message(format!(
                            "`{}` of `{}` matches `{}`, which is below `{}` of the level before it",
                            project.id(&level.declared),
                            project.id(&scale.declared),
                            project.slice(place),
                            project.slice(known.2)
                        ))
                        .label("lower than before")
                        .also(known.2, "the level before")
                        .help("write the levels from low to high");
                }
                *known = (framework, rank, place);
            }
        }
    }
}
