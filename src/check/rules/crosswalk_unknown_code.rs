//! A code that its framework does not have leads nowhere: no other software will find what is meant.
//!
//! Every use of a code is looked at: mappings, fields, levels and occupations. Suggestions come from the code itself and from the
//! label beside it; they are made for the first codes only, so that a wrong version of a large framework costs little.

use rustc_hash::FxHashMap;

use crate::check::Context;
use crate::diag::{Rule, Severity, Sink, did_you_mean};
use crate::import::pack::{Pack, PackItemIndex};
use crate::import::search::fold;
use crate::model::{ExternalFrameworkId, ExternalUse, Project};

pub static RULE: Rule = Rule {
    name: "crosswalk/unknown-code",
    severity: Severity::Error,
    summary: "a code that its framework does not have",
};

/// How many unknown codes are compared with all codes of their framework.
const SUGGESTIONS: usize = 40;

pub fn check(context: &Context<'_>, sink: &mut Sink) {
    let project = context.project;
    let mut labels: FxHashMap<ExternalFrameworkId, Labels> = FxHashMap::default();
    let mut suggested = 0;
    for external in &project.external_uses {
        let item = &project.external_items[external.item];
        if item.index.is_some() {
            continue;
        }
        let Some(framework) = item.framework else {
            continue;
        };
        let known = &project.external_frameworks[framework];
        let Some(pack) = known.pack.as_deref() else {
            continue;
        };
        let help = if suggested < SUGGESTIONS {
            suggested += 1;
            let labels = labels.entry(framework).or_insert_with(|| labels_of(pack));
            by_label(project, external, pack, labels, project.name(known.alias))
                .or_else(|| by_words(&item.code, pack, labels, project.name(known.alias)))
                .or_else(|| by_code(&item.code, pack))
                .or_else(|| by_beginning(&item.code, pack))
                .or_else(|| Some(where_to_look(pack)))
        } else {
            None
        };
        sink.report(&RULE, external.place)
            .message(format!(
                "`{}` has no item with the code `{}`",
                project.name(known.alias),
                item.code
            ))
            .label(format!("not in {} {}", pack.title, pack.version))
            .help_opt(help);
    }
}

/// Items by their folded label; `None` where several share it.
type Labels = FxHashMap<String, Option<PackItemIndex>>;

fn labels_of(pack: &Pack) -> Labels {
    let mut labels = Labels::default();
    for index in pack.indexes() {
        labels
            .entry(fold(&pack.item(index).label))
            .and_modify(|known| *known = None)
            .or_insert(Some(index));
    }
    labels
}

fn by_label(
    project: &Project,
    external: &ExternalUse,
    pack: &Pack,
    labels: &Labels,
    alias: &str,
) -> Option<String> {
    by_words(&project.text(external.label?), pack, labels, alias)
}

/// The only item that has these words as its label.
fn by_words(words: &str, pack: &Pack, labels: &Labels, alias: &str) -> Option<String> {
    let index = (*labels.get(&fold(words.trim()))?)?;
    let item = pack.item(index);
    Some(format!(
        "use `{alias}:{}`, which has the label `{}`",
        written(&item.code),
        item.label
    ))
}

fn by_code(code: &str, pack: &Pack) -> Option<String> {
    did_you_mean(code, pack.items().iter().map(|item| item.code.as_str()))
}

/// The only code that begins so.
fn by_beginning(code: &str, pack: &Pack) -> Option<String> {
    let mut beginning = pack
        .items()
        .iter()
        .filter(|item| code.len() > 1 && item.code.starts_with(code));
    match (beginning.next(), beginning.next()) {
        (Some(only), None) => Some(format!("did you mean `{}`?", only.code)),
        _ => None,
    }
}

/// All codes where they are few, else how to find one.
fn where_to_look(pack: &Pack) -> String {
    const FEW: usize = 12;
    if pack.items().len() <= FEW {
        let codes: Vec<&str> = pack.items().iter().map(|item| item.code.as_str()).collect();
        return format!("use one of its codes: {}", codes.join(", "));
    }
    format!("look for the code by words of its name: `gradus frameworks search {} \"…\"`", pack.id)
}

/// A code as it is written after the colon.
pub(super) fn written(code: &str) -> String {
    let plain = !code.is_empty()
        && code
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_'));
    if plain {
        code.to_owned()
    } else if code.contains("://") {
        format!("<{code}>")
    } else {
        format!("\"{code}\"")
    }
}
