//! What a project says of the codes of a framework: who says it, with which word, and where.
//!
//! Goes in: the project that the command runs in. Comes out: lines for people, by code, in the order of the source.

use std::collections::BTreeMap;
use std::path::PathBuf;

use rustc_hash::FxHashMap;

use super::super::open as open_project;
use crate::import::pack::Pack;
use crate::model::{Declared, Mapping, Occupation, Project, RowKind, Standing};
use crate::source::Place;

/// What a project maps to the codes of a framework.
#[derive(Default)]
pub(super) struct Uses {
    /// Lines for people, by code.
    by_code: BTreeMap<String, Vec<String>>,
}

impl Uses {
    /// Reads the project that the command runs in; what cannot be read maps to nothing.
    pub fn of_project(config: Option<PathBuf>, pack: &Pack) -> Uses {
        let mut uses = Uses::default();
        let Ok((_, analysis)) = open_project(None, config) else {
            return uses;
        };
        let project = &analysis.project;
        let said = said(project);
        for used in &project.external_uses {
            let Some(framework) = project.external_framework(used.item) else {
                continue;
            };
            if project.names.text(framework.id) != pack.id {
                continue;
            }
            let item = &project.external_items[used.item];
            // What is given by its address is the code that has it.
            let known = framework.pack.as_ref().zip(item.index);
            let code = known.map_or(item.code.as_str(), |(pack, index)| &pack.item(index).code);
            let (file, place) = (used.place.file, used.place);
            if (file.0 as usize) < analysis.sources.len() {
                let file = analysis.sources.file(file);
                let at = format!(
                    "{}:{}",
                    file.name(),
                    file.lines().line_of(place.span.start) + 1
                );
                let lines = uses.by_code.entry(code.to_owned()).or_default();
                lines.push(match said.get(&place) {
                    Some(said) => format!("{said}  ({at})"),
                    None => at,
                });
            }
        }
        uses
    }

    /// The lines of a code.
    pub fn of(&self, code: &str) -> &[String] {
        self.by_code.get(code).map_or(&[], Vec::as_slice)
    }
}

/// Who says what at each place where a code is written.
fn said(project: &Project) -> FxHashMap<Place, String> {
    let mut found: FxHashMap<Place, String> = FxHashMap::default();
    let mapped = |who: &str, mapping: &Mapping, standing: &str| {
        let verb = project.slice(mapping.verb_place);
        let verb = verb.split_whitespace().collect::<Vec<_>>().join(" ");
        (mapping.place, format!("{who} {verb}{standing}"))
    };
    for (_, item) in project.items.iter() {
        let who = project.name(item.full_path);
        let own = item.mappings.iter();
        found.extend(own.map(|mapping| mapped(who, mapping, "")));
    }
    for crosswalk in project.crosswalks.as_slice() {
        for row in &crosswalk.rows {
            if let RowKind::Match(mapping) = &row.kind {
                let who = project.name(project.items[row.item].full_path);
                found.extend([mapped(who, mapping, "")]);
            }
        }
        for row in &crosswalk.pending {
            let standing = match row.standing {
                Standing::Proposed => ", proposed",
                Standing::Refused => ", refused",
            };
            let who = project.name(project.items[row.item].full_path);
            found.extend([mapped(who, &row.mapping, standing)]);
        }
    }
    let kinds_of = |declared: &Declared| project.id(declared).to_owned();
    for (_, credential) in project.credentials.iter() {
        let who = kinds_of(&credential.declared);
        let own = credential.mappings.iter();
        found.extend(own.map(|mapping| mapped(&who, mapping, "")));
        let word = |word: &str| format!("{who} {word}");
        let levels = credential.levels.iter();
        found.extend(levels.map(|&(_, place)| (place, word("level"))));
        let fields = credential.fields.iter();
        found.extend(fields.map(|&(_, place)| (place, word("field"))));
        for &(occupation, place) in &credential.occupations {
            match occupation {
                Occupation::External(_) => found.extend([(place, word("for"))]),
                Occupation::Role(_) => {}
            }
        }
    }
    for (_, role) in project.roles.iter() {
        let who = kinds_of(&role.declared);
        let own = role.mappings.iter();
        found.extend(own.map(|mapping| mapped(&who, mapping, "")));
    }
    for (_, level) in project.levels.iter() {
        let scale = &project.scales[level.scale];
        let who = format!(
            "{}.{}",
            kinds_of(&scale.declared),
            kinds_of(&level.declared)
        );
        let own = level.matches.iter();
        found.extend(own.map(|&(_, place)| (place, format!("{who} matches"))));
    }
    found
}
