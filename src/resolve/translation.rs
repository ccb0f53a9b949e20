//! What every declaration has, and `in LANG { … }`: which text translates which.
//!
//! Translations follow the order of the originals: the second `can` in `in fr { … }` translates the second `can`. Levels,
//! criteria and cells are matched by their id; free text inside requirements by repeating the text (`text "…" as "…"`).

use crate::diag::early;
use crate::model::{Declared, Language, Name, Prose, Text};
use crate::source::{Place, Span};
use crate::syntax::tree::{Arg, Key, Statement, StatementId};

use super::View;
use super::outcome::Outcome;

/// The `in` blocks of one declaration.
pub(super) struct Translations<'a> {
    view: View<'a>,
    blocks: Vec<(Language, StatementId)>,
}

impl<'a> View<'a> {
    /// The `in` blocks that stand directly in a declaration.
    pub(super) fn translations(self, id: StatementId, outcome: &mut Outcome) -> Translations<'a> {
        let mut blocks: Vec<(Language, StatementId)> = Vec::new();
        for (block, statement) in self.tree.children(id) {
            if statement.key != Key::In {
                continue;
            }
            let Some(span) = self.id_arg(statement) else {
                continue;
            };
            let Some(language) = self.language(span, outcome) else {
                continue;
            };
            if let Some(&(_, first)) = blocks.iter().find(|(known, _)| *known == language) {
                let first = self.place(self.tree.statement(first).keyword);
                outcome
                    .report(&early::SYNTAX_REPEATED, self.place(span))
                    .message(format!("`in {}` stands twice here", self.slice(span)))
                    .label("a second block for the same language")
                    .also(first, "the first")
                    .help("put both into one block");
                continue;
            }
            blocks.push((language, block));
        }
        Translations { view: self, blocks }
    }

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
}

impl View<'_> {
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

impl Translations<'_> {
    /// A text with the translations that stand `nth` among those of its key.
    pub(super) fn prose(&self, text: Text, key: Key, nth: usize) -> Prose {
        let mut prose = Prose::new(text);
        for &(language, block) in &self.blocks {
            let translated = self
                .view
                .tree
                .children(block)
                .filter(|(_, child)| child.key == key)
                .nth(nth);
            if let Some(text) = translated.and_then(|(_, child)| self.view.text(child)) {
                prose.translations.push((language, text));
            }
        }
        prose
    }

    /// The `nth` text of a list property such as `tags`.
    pub(super) fn prose_in_list(&self, text: Text, key: Key, nth: usize) -> Prose {
        let mut prose = Prose::new(text);
        for &(language, block) in &self.blocks {
            let lists = self
                .view
                .tree
                .children(block)
                .filter(|(_, child)| child.key == key);
            let texts = lists
                .flat_map(|(_, child)| self.view.args(child))
                .filter_map(|&arg| self.view.as_text(arg));
            if let Some(text) = texts.into_iter().nth(nth) {
                prose.translations.push((language, text));
            }
        }
        prose
    }

    /// What an image shows: `image "…" alt "…"` is translated by `alt "…"`.
    pub(super) fn image_alt(&self, text: Text) -> Prose {
        self.prose(text, Key::Alt, 0)
    }

    /// A free text, translated by repeating it: `text "…" as "…"`.
    pub(super) fn judgement(&self, text: Text) -> Prose {
        let mut prose = Prose::new(text);
        let sources = self.view.linker.sources;
        for &(language, block) in &self.blocks {
            for (_, child) in self.view.tree.children(block) {
                if child.key != Key::TextAs {
                    continue;
                }
                let mut texts = self
                    .view
                    .args(child)
                    .iter()
                    .filter_map(|&arg| self.view.as_text(arg));
                let (Some(one), Some(other)) = (texts.next(), texts.next()) else {
                    continue;
                };
                if one.read(sources) == text.read(sources) {
                    prose.translations.push((language, other));
                }
            }
        }
        prose
    }

    /// A text of a nested thing that is translated by its id, as in `levels { full "Complet" }` and `criterion x "…" { full "…" }`.
    ///
    /// `path` names the way: keys and ids from the `in` block down; a step without id takes the only block of its key.
    pub(super) fn prose_at(&self, text: Text, path: &[(Key, Option<Name>)]) -> Prose {
        let mut prose = Prose::new(text);
        for &(language, block) in &self.blocks {
            let mut at = Some(block);
            for &(key, id) in path {
                at = at.and_then(|block| {
                    let mut children = self.view.tree.children(block);
                    children
                        .find(|(_, child)| {
                            child.key == key && id.is_none_or(|id| self.has_id(child, id))
                        })
                        .map(|(found, _)| found)
                });
            }
            if let Some(text) = at.and_then(|found| self.view.text(self.view.tree.statement(found)))
            {
                prose.translations.push((language, text));
            }
        }
        prose
    }

    fn has_id(&self, statement: &Statement, id: Name) -> bool {
        self.view
            .id_arg(statement)
            .is_some_and(|span| self.view.name(span) == id)
    }

    /// Adds the translations of the block around: `in fr { … }` of a rubric speaks of its criteria, too.
    pub(super) fn extend(&self, prose: &mut Prose, outer: Prose) {
        for (language, text) in outer.translations {
            if prose.translation(language).is_none() {
                prose.translations.push((language, text));
            }
        }
    }
}

/// Finds statements that stand twice where one is possible.
#[derive(Default)]
pub(super) struct Singles {
    seen: Vec<(Key, Span)>,
}

impl Singles {
    pub(super) fn see(&mut self, view: View<'_>, statement: &Statement, outcome: &mut Outcome) {
        if !is_single(statement.key) {
            return;
        }
        let first = self
            .seen
            .iter()
            .find(|(key, _)| *key == statement.key)
            .map(|&(_, span)| span);
        match first {
            None => self.seen.push((statement.key, statement.keyword)),
            Some(first) => {
                let keyword = view.slice(statement.keyword);
                let keyword = keyword.split_whitespace().collect::<Vec<_>>().join(" ");
                let first: Place = view.place(first);
                outcome
                    .report(&early::SYNTAX_REPEATED, view.place(statement.keyword))
                    .message(format!("`{keyword}` stands twice here"))
                    .label("said again here")
                    .also(first, "said first here")
                    .help("keep one of them");
            }
        }
    }
}

/// Whether a construct may stand only once in its block.
const fn is_single(key: Key) -> bool {
    matches!(
        key,
        Key::About
            | Key::Url
            | Key::Email
            | Key::Phone
            | Key::Country
            | Key::Version
            | Key::By
            | Key::UsesScale
            | Key::Code
            | Key::Iri
            | Key::Licence
            | Key::Language
            | Key::Status
            | Key::ReplacedBy
            | Key::Image
            | Key::Criteria
            | Key::Workload
            | Key::Credit
            | Key::Mode
            | Key::Participation
            | Key::Supervision
            | Key::ValidFor
            | Key::ValidUntil
            | Key::Renew
            | Key::Requires
            | Key::Recommends
            | Key::Alongside
            | Key::Stacks
            | Key::AwardedBy
            | Key::AssessmentKind
            | Key::UsesRubric
            | Key::Pass
            | Key::Weight
            | Key::From
            | Key::RubricLevels
            | Key::Name
    )
}
