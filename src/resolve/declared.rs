//! What every declaration has: identity, names, `about`, address, former ids, and whether it could be read whole.

use crate::model::{Declared, Text};
use crate::syntax::tree::{Arg, Key, StatementId};

use super::View;
use super::outcome::Outcome;
use super::singles::Singles;
use super::translation::Translations;

impl View<'_> {
    /// Identity, names and `about` of a declaration.
    pub(super) fn declared(
        self,
        id: StatementId,
        translations: &Translations<'_>,
        outcome: &mut Outcome,
    ) -> Declared {
        let statement = self.tree.statement(id);
        let args = self.args(statement);
        let id_span = match args.first() {
            Some(&Arg::Id(span)) => span,
            _ => statement.keyword,
        };
        let own_name = args.iter().find_map(|&arg| self.as_text(arg));
        // The id stands in for a name that is not written.
        let name = own_name.unwrap_or(Text {
            place: self.place(id_span),
            form: crate::syntax::tree::TextForm::Plain,
        });
        let mut declared = Declared {
            id: self.name(id_span),
            place: self.place(id_span),
            whole: self.place(statement.span),
            name: translations.prose(name, Key::Name, 0),
            about: None,
            iri: None,
            formerly: Vec::new(),
            incomplete: false,
        };
        let mut single = Singles::default();
        for (_, child) in self.tree.children(id) {
            single.see(self, child, outcome);
            match child.key {
                Key::About => {
                    declared.about = self
                        .text(child)
                        .map(|text| translations.prose(text, Key::About, 0))
                }
                Key::Iri => declared.iri = self.iri(child, outcome).or(declared.iri),
                Key::Formerly => {
                    for &arg in self.args(child) {
                        if let Arg::Id(span) | Arg::Path(span) = arg {
                            declared.formerly.push((self.name(span), self.place(span)));
                        }
                    }
                }
                _ => {}
            }
        }
        declared
    }

    /// Whether anything in a declaration was broken in the text, or a fault was found while reading it. A second
    /// declaration of an id is a fault too: whatever names it speaks of the first.
    pub(super) fn incomplete(
        self,
        id: StatementId,
        faults_before: usize,
        outcome: &Outcome,
    ) -> bool {
        let end = self.tree.statement(id).end as usize;
        let all = self
            .tree
            .statements
            .get(id.0 as usize..end)
            .unwrap_or_default();
        outcome.faults > faults_before
            || self.is_duplicate(id)
            || all
                .iter()
                .any(|statement| statement.broken || statement.key == Key::Bad)
    }

    /// Whether another declaration of the project has the id of this one, and had it first.
    pub(super) fn is_duplicate(self, id: StatementId) -> bool {
        let statement = self.tree.statement(id);
        let named = matches!(
            statement.key,
            Key::Issuer
                | Key::Scale
                | Key::Framework
                | Key::Rubric
                | Key::Credential
                | Key::Set
                | Key::Recognition
                | Key::Role
                | Key::Pathway
        );
        let Some(&Arg::Id(span)) = self.args(statement).first() else {
            return false;
        };
        let tables = &self.linker.tables;
        named
            && tables
                .by_name
                .get(&self.name(span))
                .is_some_and(|&(_, first)| first != self.place(span))
    }
}
