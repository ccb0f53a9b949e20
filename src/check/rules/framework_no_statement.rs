//! A name is not an outcome: what someone who has the skill can do is what assessors judge and crosswalks compare.
//!
//! Asked of items at the ends of the tree that are no areas. An `about` is accepted in its place.

use crate::check::Context;
use crate::diag::{Rule, Severity, Sink};
use crate::model::{ItemKind, Status};

pub static RULE: Rule = Rule {
    name: "framework/no-statement",
    severity: Severity::Warning,
    summary: "a skill that does not say what someone who has it can do",
};

pub fn check(context: &Context<'_>, sink: &mut Sink) {
    let project = context.project;
    for item in context.items() {
        let verb = match item.kind {
            ItemKind::Skill | ItemKind::Competency | ItemKind::Attitude => "can",
            ItemKind::Knowledge => "knows",
            ItemKind::Area => continue,
        };
        if !item.children.is_empty()
            || !item.statements.is_empty()
            || item.declared.about.is_some()
            || item.status == Status::Deprecated
            || item.declared.incomplete
        {
            continue;
        }
        sink.report(&RULE, item.declared.place)
            .message(format!(
                "`{}` has a name and no statement",
                project.name(item.full_path)
            ))
            .label("nothing to assess or to compare")
            .help(format!(
                "add what someone who has it {verb}: `{verb} \"…\"`"
            ));
    }
}
