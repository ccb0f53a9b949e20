//! Scales, levels, frameworks and their items.

use crate::diag::early;
use crate::model::{
    Amount, BuildsOn, Framework, FrameworkId, Id, Item, ItemId, ItemKind, Level, LevelId, Licence,
    Mapping, MappingTarget, MappingVerb, Scale, ScaleId, Statement as ItemStatement, StatementVerb,
    Status,
};
use crate::source::Place;
use crate::syntax::tree::{Arg, Key, Statement, StatementId, Word};

use super::View;
use super::outcome::{Outcome, Wanted};
use super::tables::Declaration;
use super::translation::Translations;

pub(super) fn scale(
    view: View<'_>,
    declaration: &Declaration,
    id: ScaleId,
    outcome: &mut Outcome,
) -> Scale {
    let before = outcome.faults;
    let translations = view.translations(declaration.statement, outcome);
    let mut declared = view.declared(declaration.statement, &translations, outcome);
    let (start, end) = view
        .linker
        .tables
        .level_ranges
        .get(id.index())
        .copied()
        .unwrap_or_default();
    declared.incomplete = view.incomplete(declaration.statement, before, outcome);
    Scale {
        declared,
        levels: (start..end).map(LevelId).collect(),
    }
}

pub(super) fn level(
    view: View<'_>,
    declaration: &Declaration,
    id: LevelId,
    outcome: &mut Outcome,
) -> Level {
    let before = outcome.faults;
    let scale = ScaleId(declaration.within);
    let translations = view.translations(declaration.statement, outcome);
    let mut declared = view.declared(declaration.statement, &translations, outcome);
    let scale_statement = view
        .linker
        .tables
        .scales
        .get(scale.index())
        .map_or(StatementId(0), |scale| scale.statement);
    let around = view.translations(scale_statement, &mut Outcome::default());
    let outer = around.prose_at(declared.name.text, &[(Key::ScaleLevel, Some(declared.id))]);
    around.extend(&mut declared.name, outer);
    let statement = view.tree.statement(declaration.statement);
    let mut matches = Vec::new();
    for &arg in view.args(statement) {
        if let Arg::External { .. } | Arg::Iri(_) = arg
            && let Some(item) = view.external(arg, None, outcome)
        {
            matches.push((item, view.arg_place(arg)));
        }
    }
    let first = view
        .linker
        .tables
        .level_ranges
        .get(scale.index())
        .map_or(0, |&(start, _)| start);
    declared.incomplete = view.incomplete(declaration.statement, before, outcome);
    Level {
        declared,
        scale,
        rank: id.0.saturating_sub(first),
        matches,
    }
}

pub(super) fn framework(
    view: View<'_>,
    declaration: &Declaration,
    id: FrameworkId,
    outcome: &mut Outcome,
) -> Framework {
    let before = outcome.faults;
    let translations = view.translations(declaration.statement, outcome);
    let declared = view.declared(declaration.statement, &translations, outcome);
    let mut framework = Framework {
        declared,
        issuer: None,
        version: None,
        code: None,
        scale: None,
        licence: None,
        language: None,
        tags: Vec::new(),
        status: Status::Active,
        replaced_by: None,
        roots: Vec::new(),
    };
    for (_, child) in view.tree.children(declaration.statement) {
        match child.key {
            Key::By => framework.issuer = view.issuer_ref(child, outcome),
            Key::Version => framework.version = view.text(child),
            Key::Code => framework.code = view.text(child),
            Key::Licence => framework.licence = view.licence(child, outcome),
            Key::Language => {
                framework.language = view
                    .id_arg(child)
                    .and_then(|span| view.language(span, outcome))
            }
            Key::Tags => view.tags(child, &translations, &mut framework.tags),
            Key::Status => framework.status = view.status(child, outcome).unwrap_or(Status::Active),
            Key::UsesScale => {
                let arg = view.args(child).first().copied();
                framework.scale =
                    arg.and_then(|arg| view.entity_arg(arg, Wanted::Scale, as_scale, outcome));
            }
            Key::ReplacedBy => {
                let arg = view.args(child).first().copied();
                let found = arg.and_then(|arg| {
                    view.entity_arg(
                        arg,
                        Wanted::Framework,
                        super::crosswalk::as_framework,
                        outcome,
                    )
                });
                framework.replaced_by = found
                    .zip(arg)
                    .map(|(found, arg)| (found, view.arg_place(arg)));
            }
            _ => {}
        }
    }
    if framework.issuer.is_none() {
        framework.issuer = view.default_issuer();
    }
    let frames = &view.linker.tables.item_frames;
    // The items of one framework lie together: jump from each top item over what is inside it.
    let mut next = frames.partition_point(|frame| frame.framework < id);
    while let Some(frame) = frames.get(next).filter(|frame| frame.framework == id) {
        framework.roots.push(ItemId::from_index(next));
        next = frame.end as usize;
    }
    // Items speak for themselves; only the framework's own statements make it incomplete.
    let own_broken = view
        .tree
        .children(declaration.statement)
        .any(|(_, child)| child.broken || child.key == Key::Bad);
    framework.declared.incomplete = outcome.faults > before
        || own_broken
        || view.is_duplicate(declaration.statement)
        || view.tree.statement(declaration.statement).broken;
    framework
}

pub(super) fn item(
    view: View<'_>,
    declaration: &Declaration,
    id: ItemId,
    outcome: &mut Outcome,
) -> Item {
    let before = outcome.faults;
    let frames = &view.linker.tables.item_frames;
    let frame = frames[id.index()];
    let translations = view.translations_of_item(declaration.statement, id, outcome);
    let declared = view.declared(declaration.statement, &translations, outcome);
    let statement = view.tree.statement(declaration.statement);
    let mut item = Item {
        declared,
        kind: ItemKind::from_word(view.slice(statement.keyword)).unwrap_or(ItemKind::Skill),
        framework: frame.framework,
        parent: frame.parent,
        children: Vec::new(),
        path: frame.path,
        full_path: frame.full_path,
        code: None,
        statements: Vec::new(),
        builds_on: Vec::new(),
        mappings: Vec::new(),
        status: Status::Active,
        replaced_by: None,
        tags: Vec::new(),
    };
    let mut counts = [0_usize; 3];
    let mut broken = statement.broken;
    for (child_id, child) in view.tree.children(declaration.statement) {
        broken = broken || (child.key != Key::Item && child.broken) || child.key == Key::Bad;
        match child.key {
            Key::Can => view.statement(
                child,
                StatementVerb::Can,
                &translations,
                &mut counts[0],
                &mut item.statements,
            ),
            Key::Knows => view.statement(
                child,
                StatementVerb::Knows,
                &translations,
                &mut counts[1],
                &mut item.statements,
            ),
            Key::Understands => view.statement(
                child,
                StatementVerb::Understands,
                &translations,
                &mut counts[2],
                &mut item.statements,
            ),
            Key::Code => item.code = view.text(child),
            Key::Status => item.status = view.status(child, outcome).unwrap_or(Status::Active),
            Key::Tags => view.tags(child, &translations, &mut item.tags),
            Key::BuildsOn => {
                for &arg in view.args(child) {
                    let place = view.arg_place(arg);
                    if let Some(text) = view.as_text(arg) {
                        item.builds_on
                            .push((BuildsOn::Outside(translations.judgement(text)), place));
                    } else if let Arg::Path(span) = arg
                        && let Some(found) = view.item(span, Some(frame.framework), outcome)
                    {
                        item.builds_on.push((BuildsOn::Item(found), place));
                    }
                }
            }
            Key::ReplacedBy => {
                if let Some(&Arg::Path(span)) = view.args(child).first() {
                    item.replaced_by = view
                        .item(span, Some(frame.framework), outcome)
                        .map(|found| (found, view.place(span)));
                }
            }
            Key::Mapping => item.mappings.extend(view.mapping(
                child_id,
                Some(frame.framework),
                &translations,
                outcome,
            )),
            _ => {}
        }
    }
    let mut next = id.index() + 1;
    while let Some(inner) = frames.get(next).filter(|_| next < frame.end as usize) {
        item.children.push(ItemId::from_index(next));
        next = inner.end as usize;
    }
    item.declared.incomplete = broken || outcome.faults > before;
    item
}

impl View<'_> {
    fn statement(
        self,
        child: &Statement,
        verb: StatementVerb,
        translations: &Translations<'_>,
        nth: &mut usize,
        statements: &mut Vec<ItemStatement>,
    ) {
        if let Some(text) = self.text(child) {
            statements.push(ItemStatement {
                verb,
                prose: translations.prose(text, child.key, *nth),
            });
        }
        *nth += 1;
    }

    pub(super) fn status(self, child: &Statement, outcome: &mut Outcome) -> Option<Status> {
        let span = self.id_arg(child)?;
        self.word(
            span,
            "a status",
            Status::from_word,
            &["draft", "active", "deprecated"],
            outcome,
        )
    }

    pub(super) fn licence(self, child: &Statement, outcome: &mut Outcome) -> Option<Licence> {
        Some(Licence {
            iri: self.url(child, outcome)?,
            name: self.text(child),
        })
    }

    pub(super) fn tags(
        self,
        child: &Statement,
        translations: &Translations<'_>,
        tags: &mut Vec<crate::model::Prose>,
    ) {
        for &arg in self.args(child) {
            if let Some(text) = self.as_text(arg) {
                tags.push(translations.prose_in_list(text, Key::Tags, tags.len()));
            }
        }
    }

    /// A mapping verb and what follows it; `skip` arguments belong to something else (the item of a row).
    pub(super) fn mapping(
        self,
        id: StatementId,
        scope: Option<FrameworkId>,
        translations: &Translations<'_>,
        outcome: &mut Outcome,
    ) -> Option<Mapping> {
        let statement = self.tree.statement(id);
        let words = self
            .slice(statement.keyword)
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" ");
        let verb = MappingVerb::from_word(&words)?;
        self.mapping_after(
            verb,
            self.place(statement.keyword),
            self.args(statement),
            scope,
            translations,
            outcome,
        )
    }

    /// What follows a mapping verb: target, label, confidence, by, because.
    pub(super) fn mapping_after(
        self,
        verb: MappingVerb,
        verb_place: Place,
        args: &[Arg],
        scope: Option<FrameworkId>,
        translations: &Translations<'_>,
        outcome: &mut Outcome,
    ) -> Option<Mapping> {
        let (&target_arg, rest) = args.split_first()?;
        let label = rest.first().and_then(|&arg| self.as_text(arg));
        let target = match target_arg {
            Arg::Path(span) => MappingTarget::Own(self.item(span, scope, outcome)?),
            _ => MappingTarget::External(self.external(target_arg, label, outcome)?),
        };
        let place = self.arg_place(target_arg);
        let mut mapping = Mapping {
            verb,
            verb_place,
            target,
            place,
            label,
            confidence: None,
            by: None,
            because: None,
        };
        let mut rest = rest.iter().copied().peekable();
        while let Some(arg) = rest.next() {
            let Arg::Word(word, _) = arg else { continue };
            match (word, rest.peek().copied()) {
                (Word::Confidence, Some(Arg::Number(span))) => {
                    mapping.confidence = self.number(
                        span,
                        "a confidence of",
                        Amount::ZERO,
                        Amount::whole(1),
                        outcome,
                    );
                }
                (Word::By, Some(text)) => mapping.by = self.as_text(text),
                (Word::Because, Some(text)) => {
                    mapping.because = self.as_text(text).map(|text| translations.judgement(text))
                }
                _ => {}
            }
        }
        Some(mapping)
    }
}

const fn as_scale(entity: crate::model::Entity) -> Option<ScaleId> {
    match entity {
        crate::model::Entity::Scale(id) => Some(id),
        _ => None,
    }
}

impl View<'_> {
    /// Reports a second declaration of a nested id.
    pub(super) fn nested_duplicate(
        self,
        text: &str,
        place: Place,
        first: Place,
        outcome: &mut Outcome,
    ) {
        outcome
            .report(&early::NAME_DUPLICATE, place)
            .message(format!("`{text}` is declared twice"))
            .label("declared again here")
            .also(first, "first declared here")
            .help("give one of them another id");
    }
}
