//! A project can promise how much of each framework its crosswalks map (`coverage` in the project file). `has no match` is
//! honest, and maps nothing: it does not count toward the floor. Neither do proposed rows, and a crosswalk of nothing else is not begun.

use crate::check::{Context, coverage};
use crate::diag::{Rule, Severity, Sink};
use crate::model::Amount;

pub static RULE: Rule = Rule {
    name: "crosswalk/below-coverage-floor",
    severity: Severity::Error,
    summary: "a crosswalk that maps less than the project asks for",
};

pub fn check(context: &Context<'_>, sink: &mut Sink) {
    let project = context.project;
    let Some(floor) = project.settings.coverage else {
        return;
    };
    let all = coverage::of_all(project);
    for ((_, crosswalk), coverage) in project.crosswalks.iter().zip(all) {
        let total = coverage.total();
        if total == 0 || crosswalk.declared.incomplete || crosswalk.states_nothing_yet() {
            continue;
        }
        let thousandths = (coverage.mapped as i128) * 100_000 / (total as i128);
        if thousandths >= i128::from(floor.0) {
            continue;
        }
        let share = Amount(i64::try_from(thousandths).unwrap_or(0) / 100 * 100);
        sink.report(&RULE, crosswalk.from_place)
            .message(format!(
                "`{}` is mapped to `{}` by {share}%, and the project asks for {floor}%",
                project.slice(crosswalk.from_place),
                project.slice(crosswalk.to_place)
            ))
            .label(format!("{} of {total} items are mapped", coverage.mapped))
            .help(format!(
                "map {} more, or lower `coverage` in the project file",
                missing(coverage.mapped, total, floor)
            ));
    }
}

/// How many more items reach the floor.
fn missing(mapped: usize, total: usize, floor: Amount) -> usize {
    let needed = (total as i128 * i128::from(floor.0) + 99_999) / 100_000;
    usize::try_from(needed)
        .unwrap_or(total)
        .min(total)
        .saturating_sub(mapped)
}
