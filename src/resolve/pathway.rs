//! Pathways and their stages.

use crate::diag::early;
use crate::model::{Pathway, PathwayId, Stage, StageId};
use crate::syntax::tree::{Arg, Key};

use super::View;
use super::outcome::Outcome;
use super::tables::Declaration;

pub(super) fn pathway(
    view: View<'_>,
    declaration: &Declaration,
    id: PathwayId,
    outcome: &mut Outcome,
) -> Pathway {
    let before = outcome.faults;
    let translations = view.translations(declaration.statement, outcome);
    let declared = view.declared(declaration.statement, &translations, outcome);
    let (start, end) = view
        .linker
        .tables
        .stage_ranges
        .get(id.0 as usize)
        .copied()
        .unwrap_or_default();
    let mut pathway = Pathway {
        declared,
        issuer: None,
        version: None,
        tags: Vec::new(),
        audience: Vec::new(),
        stages: (start..end).map(StageId).collect(),
        leads_to: Vec::new(),
        language: None,
    };
    for (_, child) in view.tree.children(declaration.statement) {
        match child.key {
            Key::By => pathway.issuer = view.issuer_ref(child, outcome),
            Key::Version => pathway.version = view.text(child),
            Key::Tags => view.tags(child, &translations, &mut pathway.tags),
            Key::For => view.occupations(child, &mut pathway.audience, outcome),
            Key::Language => {
                pathway.language = view
                    .id_arg(child)
                    .and_then(|span| view.language(span, outcome))
            }
            Key::LeadsTo => {
                for &arg in view.args(child) {
                    pathway.leads_to.extend(view.credential(arg, outcome));
                }
            }
            _ => {}
        }
    }
    pathway.issuer = pathway.issuer.or_else(|| view.default_issuer());
    pathway.language = pathway.language.or_else(|| view.default_language());
    pathway.declared.incomplete = view.incomplete(declaration.statement, before, outcome);
    pathway
}

pub(super) fn stage(
    view: View<'_>,
    declaration: &Declaration,
    _id: StageId,
    outcome: &mut Outcome,
) -> Stage {
    let before = outcome.faults;
    let pathway = PathwayId(declaration.within);
    let pathway_statement = view.linker.tables.pathways[declaration.within as usize].statement;
    let around = view.translations(pathway_statement, &mut Outcome::default());
    let translations = view.translations_inside(declaration.statement, &around, outcome);
    let declared = view.declared(declaration.statement, &translations, outcome);
    let asks = view.requirements(declaration.statement, &translations, outcome);
    let mut stage = Stage {
        declared,
        pathway,
        after: Vec::new(),
        asks,
        awards: Vec::new(),
    };
    for (_, child) in view.tree.children(declaration.statement) {
        match child.key {
            Key::After => {
                for &arg in view.args(child) {
                    if let Arg::Path(span) | Arg::Id(span) = arg
                        && let Some(found) = view.stage_ref(span, pathway, outcome)
                    {
                        stage.after.push((found, view.place(span)));
                    }
                }
            }
            Key::Awards => {
                for &arg in view.args(child) {
                    stage.awards.extend(view.credential(arg, outcome));
                }
            }
            _ => {}
        }
    }
    stage.declared.incomplete = view.incomplete(declaration.statement, before, outcome);
    stage
}

impl View<'_> {
    fn stage_ref(
        self,
        span: crate::source::Span,
        pathway: PathwayId,
        outcome: &mut Outcome,
    ) -> Option<StageId> {
        let tables = self.linker.tables;
        let written = self.slice(span);
        let name = tables.names.find(written);
        let found = name.and_then(|name| tables.stages_by_id.get(&(pathway, name)).copied());
        if found.is_none() {
            let (start, end) = tables
                .stage_ranges
                .get(pathway.0 as usize)
                .copied()
                .unwrap_or_default();
            let stages = tables
                .stages
                .get(start as usize..end as usize)
                .unwrap_or_default();
            let known: Vec<&str> = stages
                .iter()
                .filter_map(|&stage| self.declared_id(stage))
                .map(|(id, _)| id)
                .collect();
            let help = crate::diag::did_you_mean(written, known.iter().copied())
                .unwrap_or_else(|| format!("the stages are: {}", known.join(", ")));
            outcome
                .report(&early::NAME_UNDEFINED, self.place(span))
                .message(format!("this pathway has no stage `{written}`"))
                .label("not found")
                .help(help);
        }
        found
    }
}
