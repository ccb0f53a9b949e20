//! Crosswalks: rows from a framework of the project to another.

use crate::diag::early;
use crate::model::{
    Crosswalk, CrosswalkId, CrosswalkTarget, Declared, Entity, FrameworkId, MappingVerb,
    PendingRow, Prose, Row, RowKind, Standing, Text, Through,
};
use crate::source::Place;
use crate::syntax::tree::{Arg, Key, Statement, TextForm, Word};

use super::View;
use super::outcome::{Outcome, Wanted};
use super::tables::Declaration;
use super::translation::Translations;

/// A crosswalk from or to nothing is reported and left out.
pub(super) fn crosswalk(
    view: View<'_>,
    declaration: &Declaration,
    _id: CrosswalkId,
    outcome: &mut Outcome,
) -> Option<Crosswalk> {
    let before = outcome.faults;
    let statement = view.tree.statement(declaration.statement);
    let args = view.args(statement);
    let translations = view.translations(declaration.statement, outcome);
    let from_arg = args
        .iter()
        .copied()
        .find(|arg| matches!(arg, Arg::Path(_) | Arg::Id(_)))?;
    let to_at = args
        .iter()
        .position(|arg| matches!(arg, Arg::Word(Word::To, _)))?;
    let &to_arg = args.get(to_at + 1)?;
    let from = view.entity_arg(from_arg, Wanted::Framework, as_framework, outcome);
    let to = view.crosswalk_target(to_arg, outcome);
    let (from, to) = from.zip(to)?;
    let id = format!(
        "{}-to-{}",
        view.slice(from_arg.span()),
        view.slice(to_arg.span())
    );
    let place = view.place(from_arg.span());
    let whole = view.place(statement.span);
    // The names of both sides stand in for a name: the text between them in the file reads `a to b`.
    let name_place = view.place(from_arg.span().to(to_arg.span()));
    let mut crosswalk = Crosswalk {
        declared: Declared {
            id: view
                .linker
                .tables
                .names
                .find(&id)
                .unwrap_or(crate::model::Name(0)),
            place,
            whole,
            name: Prose::new(Text {
                place: name_place,
                form: TextForm::Plain,
            }),
            about: None,
            iri: None,
            formerly: Vec::new(),
            incomplete: false,
        },
        from,
        from_place: place,
        to,
        to_place: view.place(to_arg.span()),
        issuer: None,
        version: None,
        licence: None,
        through: view.through(args, (from, to), outcome),
        rows: Vec::new(),
        derived: Vec::new(),
        pending: Vec::new(),
    };
    for (_, child) in view.tree.children(declaration.statement) {
        match child.key {
            Key::Row => match view.row(child, from, &translations, outcome) {
                Some((row, Some((standing, standing_place)))) => {
                    crosswalk
                        .pending
                        .extend(pending(row, standing, standing_place));
                }
                Some((row, None)) => crosswalk.rows.push(row),
                None => {}
            },
            Key::About => {
                crosswalk.declared.about = view
                    .text(child)
                    .map(|text| translations.prose(text, Key::About, 0))
            }
            Key::By => crosswalk.issuer = view.issuer_ref(child, outcome),
            Key::Version => crosswalk.version = view.text(child),
            Key::Licence => crosswalk.licence = view.licence(child, outcome),
            Key::Iri => crosswalk.declared.iri = view.iri(child, outcome),
            _ => {}
        }
    }
    crosswalk.issuer = crosswalk.issuer.or_else(|| view.default_issuer());
    crosswalk.declared.incomplete = view.incomplete(declaration.statement, before, outcome);
    Some(crosswalk)
}

/// A row that states nothing; there is none for `has no match`, which the grammar keeps apart.
fn pending(row: Row, standing: Standing, standing_place: Place) -> Option<PendingRow> {
    match row.kind {
        RowKind::Match(mapping) => Some(PendingRow {
            item: row.item,
            place: row.place,
            mapping,
            standing,
            standing_place,
        }),
        RowKind::NoMatch { .. } => None,
    }
}

pub(super) const fn as_framework(entity: Entity) -> Option<FrameworkId> {
    match entity {
        Entity::Framework(id) => Some(id),
        _ => None,
    }
}

impl View<'_> {
    fn crosswalk_target(self, arg: Arg, outcome: &mut Outcome) -> Option<CrosswalkTarget> {
        if let Arg::Path(span) | Arg::Id(span) = arg {
            let tables = self.linker.tables;
            let alias = tables
                .names
                .find(self.slice(span))
                .and_then(|name| tables.externals.framework(name));
            if let Some(framework) = alias {
                return Some(CrosswalkTarget::External(framework));
            }
            let declared = tables
                .names
                .find(self.slice(span))
                .is_some_and(|name| tables.by_name.contains_key(&name));
            if !declared && tables.externals.is_stranger(self.slice(span)) {
                outcome.faults += 1;
                return None;
            }
            if !declared {
                let message = format!(
                    "no framework is in use or declared under the name `{}`",
                    self.slice(span)
                );
                outcome.undefined(self.place(span), self.slice(span), Wanted::Alias, message);
                return None;
            }
        }
        self.entity_arg(arg, Wanted::Framework, as_framework, outcome)
            .map(CrosswalkTarget::Own)
    }

    /// The frameworks in the middle. One that is a side of the crosswalk itself is no way to anywhere.
    fn through(
        self,
        args: &[Arg],
        (from, to): (FrameworkId, CrosswalkTarget),
        outcome: &mut Outcome,
    ) -> Vec<Through> {
        let word = args
            .iter()
            .position(|arg| matches!(arg, Arg::Word(Word::Through, _)));
        let mut found: Vec<Through> = Vec::new();
        for &arg in word.map_or(&[][..], |at| args.get(at + 1..).unwrap_or_default()) {
            let Some(framework) = self.crosswalk_target(arg, outcome) else {
                continue;
            };
            let place = self.arg_place(arg);
            if framework == to || framework == CrosswalkTarget::Own(from) {
                outcome
                    .report(&early::TYPE_BAD_VALUE, place)
                    .message(format!(
                        "`{}` is one of the two sides of this crosswalk",
                        self.slice(arg.span())
                    ))
                    .label("not in the middle")
                    .help("name a framework that both sides are mapped to");
            } else if found.iter().all(|known| known.framework != framework) {
                found.push(Through { framework, place });
            }
        }
        found
    }

    fn row(
        self,
        statement: &Statement,
        from: FrameworkId,
        translations: &Translations<'_>,
        outcome: &mut Outcome,
    ) -> Option<(Row, Option<(Standing, Place)>)> {
        let args = self.args(statement);
        let (Some(&Arg::Path(path) | &Arg::Id(path)), Some(&Arg::Word(word, word_span))) =
            (args.first(), args.get(1))
        else {
            outcome.faults += 1;
            return None;
        };
        let item = self.item(path, Some(from), outcome);
        let rest = args.get(2..).unwrap_or_default();
        let kind = match verb(word) {
            Some(verb) => {
                let verb_place = self.place(word_span);
                RowKind::Match(self.mapping_after(
                    verb,
                    verb_place,
                    rest,
                    None,
                    translations,
                    outcome,
                )?)
            }
            None => {
                let note = rest.iter().find_map(|&arg| self.as_text(arg));
                RowKind::NoMatch {
                    note: note.map(|text| translations.judgement(text)),
                }
            }
        };
        // Both words on one row: the last judgement counts.
        let standing = rest.iter().rev().find_map(|&arg| match arg {
            Arg::Word(Word::Proposed, span) => Some((Standing::Proposed, self.place(span))),
            Arg::Word(Word::Refused, span) => Some((Standing::Refused, self.place(span))),
            _ => None,
        });
        let row = Row {
            item: item?,
            place: self.place(path),
            kind,
        };
        Some((row, standing))
    }
}

/// The mapping verb of a word; `None` for `has no match`.
const fn verb(word: Word) -> Option<MappingVerb> {
    match word {
        Word::IsExactly => Some(MappingVerb::IsExactly),
        Word::IsCloseTo => Some(MappingVerb::IsCloseTo),
        Word::IsWithin => Some(MappingVerb::IsWithin),
        Word::Covers => Some(MappingVerb::Covers),
        Word::RelatesTo => Some(MappingVerb::RelatesTo),
        _ => None,
    }
}
