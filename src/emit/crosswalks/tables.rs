//! A set of mappings of the project as a mapping table, for the formats that [`crate::mapping::write`] knows.
//!
//! Everything that the set says is in the table; the canonical SSSOM of a build has its own writer beside this one, which
//! also condenses and names prefixes by the project's own words. Rows keep the order of the set.

use crate::emit::paths;
use crate::mapping::path::{Path, Step};
use crate::mapping::table::{
    NO_TERM_FOUND, Predicate, Row, Table, Term, TermId, address_of_code, justification,
};
use crate::model::mapping_sets::{EntryKind, MappingEntry};
use crate::model::{DerivedPath, ItemId, Mapping, MappingTarget, Project};
use crate::resolve::predicate;

use super::cells::one_line;
use super::{Published, TargetItem, framework_address, target_framework, target_item, target_name};

/// The table of one set.
pub(super) fn table(project: &Project, published: &Published<'_>) -> Table {
    let set = &published.set;
    let mut table = Table::default();
    about(project, published, &mut table);
    let cardinalities = super::cardinalities::Cardinalities::of(&set.entries);
    for entry in &set.entries {
        let subject = own(&mut table, project, entry.item);
        let mut row = match entry.kind {
            EntryKind::Match(mapping) => matched(&mut table, project, entry, mapping, subject),
            EntryKind::NoMatch(note) => {
                let nothing = table.address(NO_TERM_FOUND);
                let mut row = Row::new(subject, Predicate::Exact, nothing);
                let note = note.map(|note| one_line(&project.prose(note)));
                row.set("comment", &note.unwrap_or_default());
                row
            }
        };
        let item = &project.items[entry.item];
        row.subject_label = some(&one_line(&project.prose(&item.declared.name)));
        row.set("subject_category", item.kind.word());
        row.set("mapping_cardinality", cardinalities.word(entry));
        table.rows.push(row);
    }
    table.spread();
    table
}

fn about(project: &Project, published: &Published<'_>, table: &mut Table) {
    let set = &published.set;
    let from = &project.frameworks[set.from];
    let to = target_framework(project, set.to);
    let crosswalk = set.declared.map(|id| &project.crosswalks[id]);
    let page = paths::framework_page(project, set.from, project.main_language()).address;
    let prefix = project.address_id(&from.declared).replace('-', "_");
    table.prefixes.insert(prefix, format!("{page}#"));
    table.say(
        "mapping_set_id",
        &format!("{}.sssom.tsv", published.stem.address),
    );
    let title = format!("{} to {}", project.prose(&from.declared.name), to.title);
    table.say("mapping_set_title", &one_line(&title));
    let licence = crosswalk
        .and_then(|crosswalk| crosswalk.licence)
        .map(|licence| project.text(licence.iri).into_owned())
        .or_else(|| project.settings.licence.clone());
    table.say("license", &licence.unwrap_or_default());
    let version = crosswalk
        .and_then(|crosswalk| crosswalk.version)
        .map(|version| project.text(version).into_owned())
        .or_else(|| project.settings.version.clone());
    table.say("mapping_set_version", &version.unwrap_or_default());
    let issuer = crosswalk
        .and_then(|crosswalk| crosswalk.issuer)
        .or(from.issuer);
    if let Some(issuer) = issuer {
        let name = one_line(&project.prose(&project.issuers[issuer].declared.name));
        table.say("creator_label", &crate::mapping::slots::join(&[name]));
    }
    table.say("mapping_tool", "Gradus");
    table.say("subject_source", &framework_address(project, set.from));
    if let Some(version) = from.version {
        table.say("subject_source_version", &project.text(version));
    }
    table.say("object_source", &to.address.unwrap_or_default());
    table.say("object_source_version", &to.version.unwrap_or_default());
    table.say(
        "comment",
        &to.attribution
            .map(|line| one_line(&line))
            .unwrap_or_default(),
    );
}

fn some(text: &str) -> Option<std::sync::Arc<str>> {
    (!text.is_empty()).then(|| text.into())
}

fn own(table: &mut Table, project: &Project, item: ItemId) -> TermId {
    table.address(&paths::item_address(project, item))
}

fn matched(
    table: &mut Table,
    project: &Project,
    entry: &MappingEntry<'_>,
    mapping: &Mapping,
    subject: TermId,
) -> Row {
    let target = target_item(project, mapping.target, mapping.label);
    let label = target.label.as_deref().map(one_line).unwrap_or_default();
    let object = other(table, project, mapping.target, &target);
    let mut row = Row::new(subject, predicate(mapping.verb), object);
    if matches!(table.term(object), Term::Address(_)) {
        row.object_label = some(&label);
    }
    row.set(
        "object_category",
        &target.kind.map(|kind| one_line(&kind)).unwrap_or_default(),
    );
    if let Some(by) = mapping.by {
        let by = one_line(&project.text(by));
        row.set("author_label", &crate::mapping::slots::join(&[by]));
    }
    row.confidence = mapping.confidence.map(crate::model::Amount::as_f64);
    if let Some(because) = &mapping.because {
        row.set("comment", &one_line(&project.prose(because)));
    }
    if let Some(derived) = entry.derived {
        row.justification = justification("MappingChaining");
        let all = std::iter::once(&derived.path).chain(&derived.others);
        row.paths = all.map(|path| way(table, project, subject, path)).collect();
    }
    row
}

/// The target as a term: by its address, by a made one where its framework is not at hand.
fn other(table: &mut Table, project: &Project, target: MappingTarget, item: &TargetItem) -> TermId {
    match &item.address {
        Some(address) => table.address(address),
        None => {
            let to = crate::model::mapping_sets::target_framework(project, target);
            table.address(&address_of_code(target_name(project, to), &item.code))
        }
    }
}

fn way(table: &mut Table, project: &Project, start: TermId, path: &DerivedPath) -> Path {
    let steps = path.steps.iter().map(|step| {
        let target = target_item(project, step.to, None);
        // What stands in the files is the verb as it was written.
        let written = if step.inverse {
            crate::mapping::chain::inverse_of(&predicate(step.verb)).unwrap_or(Predicate::Related)
        } else {
            predicate(step.verb)
        };
        Step {
            predicate: written,
            inverse: step.inverse,
            to: other(table, project, step.to, &target),
        }
    });
    Path {
        start,
        steps: steps.collect(),
    }
}

/// How a derived row came about, for people: `a → b → c`, other ways behind a semicolon.
pub(super) fn shown(project: &Project, entry: &MappingEntry<'_>) -> Option<String> {
    let derived = entry.derived?;
    let start = project.name(project.items[entry.item].path);
    let all = std::iter::once(&derived.path).chain(&derived.others);
    let ways: Vec<String> = all
        .map(|path| {
            let mut way = start.to_owned();
            for step in &path.steps {
                way.push_str(" → ");
                way.push_str(&name(project, step.to));
            }
            way
        })
        .collect();
    Some(ways.join("; "))
}

/// A target as the language writes it, without quotes.
fn name(project: &Project, target: MappingTarget) -> String {
    match target {
        MappingTarget::Own(item) => project.name(project.items[item].full_path).to_owned(),
        MappingTarget::External(_) => {
            let framework = crate::model::mapping_sets::target_framework(project, target);
            let code = target_item(project, target, None).code;
            match framework {
                Some(_) => format!("{}:{code}", target_name(project, framework)),
                None => code,
            }
        }
    }
}
