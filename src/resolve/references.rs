//! References: a path or a code in the text to the thing it names, or one clear message.

use crate::diag::early;
use crate::model::{
    CredentialId, Entity, ExternalItemId, ExternalUse, FrameworkId, Id, ItemId, LevelRef, ScaleId,
    Text,
};
use crate::source::{Place, Span};
use crate::syntax::tree::Arg;

use super::View;
use super::outcome::{Outcome, Wanted};

impl Entity {
    /// What the thing is, for messages.
    pub(super) const fn words(self) -> &'static str {
        match self {
            Self::Issuer(_) => "an issuer",
            Self::Scale(_) => "a scale",
            Self::Framework(_) => "a framework",
            Self::Rubric(_) => "a rubric",
            Self::Credential(_) => "a credential",
            Self::Set(_) => "a set",
            Self::Recognition(_) => "a recognition",
            Self::Role(_) => "a role",
            Self::Pathway(_) => "a pathway",
        }
    }
}

impl<'a> View<'a> {
    /// Something declared at top level, of the kind that `pick` takes.
    pub(super) fn entity<T>(
        self,
        span: Span,
        wanted: Wanted,
        pick: impl Fn(Entity) -> Option<T>,
        outcome: &mut Outcome,
    ) -> Option<T> {
        let tables = self.linker.tables;
        let path = self.slice(span);
        let found = tables
            .names
            .find(path)
            .and_then(|name| tables.by_name.get(&name));
        if let Some(&(entity, declared)) = found {
            let picked = pick(entity);
            if picked.is_none() {
                self.wrong_kind(span, entity.words(), declared, wanted, outcome);
            }
            return picked;
        }
        if let Some(item) = self.item_quietly(span, None) {
            let declared = self.item_place(item);
            self.wrong_kind(span, "an item of a framework", declared, wanted, outcome);
            return None;
        }
        self.undefined(
            span,
            path,
            wanted,
            format!("there is no {} named `{path}`", wanted.noun()),
            outcome,
        );
        None
    }

    /// Reports a reference to nothing, unless its spelling has been reported: then nothing certain can be said of it.
    fn undefined(
        self,
        span: Span,
        wrong: &str,
        wanted: Wanted,
        message: String,
        outcome: &mut Outcome,
    ) {
        if self.tree.respelled.contains_key(&span) {
            outcome.faults += 1;
        } else {
            outcome.undefined(self.place(span), wrong, wanted, message);
        }
    }

    /// As [`View::entity`], from an argument; anything but a path is of the wrong kind.
    pub(super) fn entity_arg<T>(
        self,
        arg: Arg,
        wanted: Wanted,
        pick: impl Fn(Entity) -> Option<T>,
        outcome: &mut Outcome,
    ) -> Option<T> {
        match arg {
            Arg::Path(span) | Arg::Id(span) => self.entity(span, wanted, pick, outcome),
            Arg::Missing(..) => {
                outcome.faults += 1;
                None
            }
            other => {
                outcome
                    .report(&early::TYPE_WRONG_KIND, self.place(other.span()))
                    .message(format!("expected {}", wanted.words()))
                    .label(format!("not {}", wanted.words()));
                None
            }
        }
    }

    pub(super) fn credential(
        self,
        arg: Arg,
        outcome: &mut Outcome,
    ) -> Option<(CredentialId, Place)> {
        let id = self.entity_arg(arg, Wanted::Credential, as_credential, outcome)?;
        Some((id, self.arg_place(arg)))
    }

    fn wrong_kind(
        self,
        span: Span,
        is: &str,
        declared: Place,
        wanted: Wanted,
        outcome: &mut Outcome,
    ) {
        outcome
            .report(&early::TYPE_WRONG_KIND, self.place(span))
            .message(format!(
                "`{}` is {is}, expected {}",
                self.slice(span),
                wanted.words()
            ))
            .label(format!("not {}", wanted.words()))
            .also(declared, "declared here");
    }

    /// Where the id of an item stands.
    fn item_place(self, item: ItemId) -> Place {
        self.declaration_place(self.linker.tables.items[item.index()])
    }

    /// An item by its whole path, or, inside a framework, by its path there; no message.
    fn item_quietly(self, span: Span, scope: Option<FrameworkId>) -> Option<ItemId> {
        let tables = self.linker.tables;
        let path = self.slice(span);
        if let Some(item) = scope.and_then(|framework| self.item_in(framework, path)) {
            return Some(item);
        }
        tables
            .names
            .find(path)
            .and_then(|name| tables.items_by_path.get(name))
    }

    /// An item of one framework by its path there.
    fn item_in(self, framework: FrameworkId, path: &str) -> Option<ItemId> {
        let tables = self.linker.tables;
        let declaration = tables.frameworks.get(framework.index())?;
        let full = format!("{}.{path}", self.declared_id(*declaration)?.0);
        tables
            .names
            .find(&full)
            .and_then(|name| tables.items_by_path.get(name))
    }

    /// An item; inside a framework its path may be short.
    pub(super) fn item(
        self,
        span: Span,
        scope: Option<FrameworkId>,
        outcome: &mut Outcome,
    ) -> Option<ItemId> {
        let tables = self.linker.tables;
        let path = self.slice(span);
        let full = tables
            .names
            .find(path)
            .and_then(|name| tables.items_by_path.get(name));
        let short = scope.and_then(|framework| self.item_in(framework, path));
        if let (Some(full), Some(short)) = (full, short)
            && full != short
        {
            outcome
                .report(&early::NAME_AMBIGUOUS, self.place(span))
                .message(format!("`{path}` could mean two items"))
                .label("which one?")
                .also(self.item_place(short), "this one, written short")
                .also(self.item_place(full), "or this one, written in full")
                .help("write the path in full, starting with the framework");
            return None;
        }
        if let Some(item) = short.or(full) {
            return Some(item);
        }
        if let Some(&(entity, declared)) = tables
            .names
            .find(path)
            .and_then(|name| tables.by_name.get(&name))
        {
            self.wrong_kind(span, entity.words(), declared, Wanted::Item, outcome);
            return None;
        }
        let message = match self.framework_of(path, scope) {
            Some((framework, rest)) => format!("`{framework}` has no item `{rest}`"),
            None => format!("there is no item `{path}`"),
        };
        let wrong = match scope.and_then(|framework| tables.frameworks.get(framework.index())) {
            Some(declaration) if self.framework_of(path, None).is_none() => self
                .declared_id(*declaration)
                .map_or_else(|| path.to_owned(), |(id, _)| format!("{id}.{path}")),
            _ => path.to_owned(),
        };
        self.undefined(span, &wrong, Wanted::Item, message, outcome);
        None
    }

    /// The framework a path begins with (or the one it stands in), and what follows.
    fn framework_of(self, path: &str, scope: Option<FrameworkId>) -> Option<(String, String)> {
        let tables = self.linker.tables;
        if let Some((first, rest)) = path.split_once('.')
            && let Some(&(Entity::Framework(_), _)) = tables
                .names
                .find(first)
                .and_then(|name| tables.by_name.get(&name))
        {
            return Some((first.to_owned(), rest.to_owned()));
        }
        let declaration = tables.frameworks.get(scope?.index())?;
        Some((
            self.declared_id(*declaration)?.0.to_owned(),
            path.to_owned(),
        ))
    }

    /// A code of an external framework or a plain address. The use is recorded; unknown codes are found by a rule.
    pub(super) fn external(
        self,
        arg: Arg,
        label: Option<Text>,
        outcome: &mut Outcome,
    ) -> Option<ExternalItemId> {
        let externals = &self.linker.tables.externals;
        let found = match arg {
            Arg::External { alias, code } => {
                let framework = self
                    .linker
                    .tables
                    .names
                    .find(self.slice(alias))
                    .and_then(|alias| externals.framework(alias));
                framework.and_then(|framework| externals.item(framework, self.slice(code)))
            }
            Arg::Iri(span) => {
                self.checked_iri(span, outcome)?;
                externals.plain(self.slice(span))
            }
            _ => None,
        };
        match found {
            Some(item) => outcome.uses.push(ExternalUse {
                item,
                place: self.arg_place(arg),
                label,
            }),
            // An alias that stands for nothing has been reported when the codes were collected.
            None => outcome.faults += 1,
        }
        found
    }

    /// A level: `eqf:5`, a level of the scale in use here, or `scale.level`.
    pub(super) fn level(
        self,
        arg: Arg,
        scale: Option<ScaleId>,
        outcome: &mut Outcome,
    ) -> Option<LevelRef> {
        match arg {
            Arg::External { .. } | Arg::Iri(_) => {
                self.external(arg, None, outcome).map(LevelRef::External)
            }
            Arg::Path(span) | Arg::Id(span) => self.own_level(span, scale, outcome),
            _ => {
                outcome.faults += 1;
                None
            }
        }
    }

    /// What to write for a code that follows the name of its framework without a colon, as in `eqf5` and `eqf.5`.
    fn level_of_framework(self, written: &str) -> Option<String> {
        let frameworks = &self.linker.tables.externals.frameworks;
        frameworks.iter().find_map(|framework| {
            let alias = self.linker.tables.names.text(framework.alias);
            let code = written.strip_prefix(alias)?;
            let code = code.trim_start_matches(['.', '-']);
            framework.pack.as_ref()?.find(code)?;
            Some(format!("write a colon before the code: `{alias}:{code}`"))
        })
    }

    fn own_level(
        self,
        span: Span,
        scale: Option<ScaleId>,
        outcome: &mut Outcome,
    ) -> Option<LevelRef> {
        let tables = self.linker.tables;
        let path = self.slice(span);
        let (named, level) = match path.split_once('.') {
            Some((scale_id, level)) => {
                let found = tables
                    .names
                    .find(scale_id)
                    .and_then(|name| tables.by_name.get(&name));
                match found {
                    Some(&(Entity::Scale(named), declared)) => {
                        if let Some(expected) = scale
                            && expected != named
                        {
                            let expected_place = self.scale_place(expected);
                            outcome
                                .report(&early::TYPE_WRONG_SCALE, self.place(span))
                                .message(format!(
                                    "`{path}` is not a level of {}",
                                    self.scale_in_words(expected)
                                ))
                                .label("a level of another scale")
                                .also(expected_place, "the scale used here")
                                .also(declared, "the scale of this level");
                            return None;
                        }
                        (Some(named), level)
                    }
                    _ => {
                        outcome.undefined(
                            self.place(span),
                            scale_id,
                            Wanted::Scale,
                            format!("there is no scale named `{scale_id}`"),
                        );
                        return None;
                    }
                }
            }
            None => (scale, path),
        };
        let Some(named) = named else {
            outcome
                .report(&early::TYPE_WRONG_SCALE, self.place(span))
                .message(format!("it is not clear which scale the level `{path}` belongs to"))
                .label("no scale is known here")
                .help(self.level_of_framework(path).unwrap_or_else(|| {
                    "give the framework a `scale`, or write the scale before the level: `scale.level`"
                        .to_owned()
                }));
            return None;
        };
        let found = tables
            .names
            .find(level)
            .and_then(|name| tables.levels_by_id.get(&(named, name)).copied());
        if let Some(level) = found {
            return Some(LevelRef::Own(level));
        }
        let levels = self.level_ids(named);
        let other = self.level_elsewhere(level);
        let known = levels.join(", ");
        let rule = if other.is_some() {
            &early::TYPE_WRONG_SCALE
        } else {
            &early::NAME_UNDEFINED
        };
        let diagnostic = outcome.report(rule, self.place(span));
        diagnostic
            .message(format!(
                "`{level}` is not a level of {}",
                self.scale_in_words(named)
            ))
            .label("not a level of it");
        diagnostic.also(self.scale_place(named), "the scale used here");
        if let Some(other) = other {
            diagnostic.also(other, "a level of this name stands here");
        }
        let near = crate::diag::did_you_mean(level, levels.iter().copied());
        diagnostic.help(near.unwrap_or_else(|| format!("choose one of: {known}")));
        None
    }

    /// The ids of a scale's levels, lowest first.
    fn level_ids(self, scale: ScaleId) -> Vec<&'a str> {
        let tables = self.linker.tables;
        let (start, end) = tables
            .level_ranges
            .get(scale.index())
            .copied()
            .unwrap_or_default();
        let levels = tables
            .levels
            .get(start as usize..end as usize)
            .unwrap_or_default();
        levels
            .iter()
            .filter_map(|&level| self.declared_id(level))
            .map(|(text, _)| text)
            .collect()
    }

    /// The id that a declaration gives, and where.
    pub(super) fn declared_id(
        self,
        declaration: super::tables::Declaration,
    ) -> Option<(&'a str, Place)> {
        let view = self.linker.file(declaration.file);
        let span = super::declare::id_span(view.tree, view.tree.statement(declaration.statement))?;
        Some((view.slice(span), view.place(span)))
    }

    /// A level of that name in any scale.
    fn level_elsewhere(self, level: &str) -> Option<Place> {
        let levels = self.linker.tables.levels.iter();
        levels
            .filter_map(|&declaration| self.declared_id(declaration))
            .find(|&(text, _)| text == level)
            .map(|(_, place)| place)
    }

    /// A scale by its id, where it has one.
    fn scale_in_words(self, scale: ScaleId) -> String {
        let declared = self.linker.tables.scales.get(scale.index());
        declared
            .and_then(|&declared| self.declared_id(declared))
            .map_or_else(
                || "the scale used here".to_owned(),
                |(id, _)| format!("`{id}`, the scale used here"),
            )
    }

    fn scale_place(self, scale: ScaleId) -> Place {
        self.declaration_place(self.linker.tables.scales[scale.index()])
    }

    /// The id of a declaration, or its keyword where the id is missing.
    fn declaration_place(self, declaration: super::tables::Declaration) -> Place {
        let view = self.linker.file(declaration.file);
        let keyword = view.tree.statement(declaration.statement).keyword;
        self.declared_id(declaration)
            .map_or_else(|| view.place(keyword), |(_, place)| place)
    }

    /// The scale that the levels of an item belong to.
    pub(super) fn scale_of(self, item: ItemId) -> Option<ScaleId> {
        let frame = self.linker.tables.item_frames.get(item.index())?;
        self.linker
            .tables
            .framework_scales
            .get(frame.framework.index())
            .copied()
            .flatten()
    }
}

pub(super) const fn as_credential(entity: Entity) -> Option<CredentialId> {
    match entity {
        Entity::Credential(id) => Some(id),
        _ => None,
    }
}
