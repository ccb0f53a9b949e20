//! What has become of every item, as a mapping table: for software that holds old items and wants the new ones.
//!
//! Goes in: two states and the successors of the old items. Comes out: a row for each old item whose address leads to something
//! else now: `skos:exactMatch` where the item only stands elsewhere, *term replaced by* (`IAO:0100001`) where another has taken its
//! place, `skos:exactMatch` to `sssom:NoTermFound` where it is gone. An item that keeps its address has no row: it is found
//! where it was.

use super::{Side, Successor};
use crate::mapping::table::{NO_TERM_FOUND, Predicate, Row, Table, Term};
use crate::model::Project;

/// The start of the addresses of the Information Artifact Ontology.
const IAO: &str = "http://purl.obolibrary.org/obo/IAO_";

/// The table.
#[must_use]
pub fn items_table(old: &Side<'_>, new: &Side<'_>, successors: &[Successor]) -> Table {
    let (before, after) = (old.project, new.project);
    let version = |project: &Project| project.settings.version.clone().unwrap_or_default();
    let mut table = Table::default();
    table.prefixes.insert("IAO".to_owned(), IAO.to_owned());
    let name = &after.settings.name;
    table.say(
        "mapping_set_id",
        &format!("{}released/items.sssom.tsv", after.settings.base),
    );
    table.say(
        "mapping_set_title",
        &format!("{name}: old items to new items"),
    );
    table.say("mapping_set_version", &version(after));
    table.say("license", after.settings.licence.as_deref().unwrap_or(""));
    table.say("subject_source_version", &version(before));
    table.say("object_source_version", &version(after));
    let replaced = Predicate::of_address(&format!("{IAO}0100001"));
    for one in successors {
        if one.old_address == one.new_address {
            continue;
        }
        let subject = table.intern(Term::address(&one.old_address));
        let (predicate, object) = match one.fate {
            "gone" => (Predicate::Exact, NO_TERM_FOUND),
            "replaced" => (replaced.clone(), one.new_address.as_str()),
            _ => (Predicate::Exact, one.new_address.as_str()),
        };
        let object = table.intern(Term::address(object));
        let mut row = Row::new(subject, predicate, object);
        row.subject_label = Some(one.old_name.as_str().into());
        if one.fate == "gone" {
            row.set("mapping_cardinality", "1:0");
        } else {
            row.object_label = Some(one.new_name.as_str().into());
        }
        row.set("comment", one.fate);
        table.rows.push(row);
    }
    table
}
