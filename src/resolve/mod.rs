//! Floor 4: names to ids. From the trees of all files to one [`Project`].
//!
//! Goes in: what parsing gave for each file, the settings, and the packs the project brings. Comes out: a project that is
//! always whole; what could not be resolved is reported once and left out (or kept as *unresolved*, where its absence would
//! say something else), and its declaration is marked incomplete.
//!
//! Three steps: [`declare`] walks the trees and allots ids; the lowering modules make the things of the model, side by side,
//! against read-only tables; [`finish`] puts them together. References to nothing wait for their suggestions until all are
//! known, so that the same ones get a suggestion on every run.

mod assessment;
mod attained;
mod credential;
mod crosswalk;
mod declare;
mod declared;
mod derive;
mod expect;
mod external;
mod finish;
mod framework;
mod gathered;
mod issuer;
mod items;
mod outcome;
mod outline;
mod pathway;
mod references;
mod requirement;
mod rubric;
mod singles;
mod tables;
mod translated;
mod translation;
mod values;

use std::sync::Arc;

use rayon::prelude::*;

use crate::diag::Sink;
use crate::import::pack::Pack;
use crate::mapping::table::Table;
use crate::model::{Id, Project, Settings};
use crate::source::{FileId, Sources};
use crate::syntax::Parsed;

pub use derive::predicate;
use gathered::Gathered;
use outcome::Outcome;
use tables::{Declaration, Tables};

/// What linking needs beside the trees.
#[derive(Debug)]
pub struct Inputs {
    /// The texts behind the trees.
    pub sources: Arc<Sources>,
    /// What the project file says.
    pub settings: Settings,
    /// Packs that the project brings itself; they go before the shipped ones.
    pub packs: Vec<Arc<Pack>>,
    /// Published mapping tables that the project keeps, for crosswalks through a framework from elsewhere.
    pub tables: Vec<Arc<Table>>,
}

/// Links the files of a project; `parsed[n]` is file `n` of the sources.
///
/// Findings about names and types go to the sink. Files that were parsed with faults take part with what could be read.
#[must_use]
pub fn link(parsed: &[Parsed], inputs: Inputs, sink: &mut Sink) -> Project {
    let mut outcome = Outcome::default();
    let tables = declare::declare(parsed, &inputs, &mut outcome);
    let parts = Linker {
        parsed,
        sources: &inputs.sources,
        tables: &tables,
    }
    .lower(&mut outcome);
    let mut project = finish::finish(&inputs, tables, parts, &mut outcome);
    derive::derive(&mut project, &inputs.tables);
    outcome.finish(&outcome::Suggestions { project: &project }, sink);
    project
}

/// The read-only tables that every lowering looks things up in.
#[derive(Clone, Copy)]
struct Linker<'a> {
    parsed: &'a [Parsed],
    sources: &'a Sources,
    tables: &'a Tables,
}

impl<'a> Linker<'a> {
    /// The view on one file.
    fn file(self, file: FileId) -> View<'a> {
        View {
            linker: self,
            file,
            tree: &self.parsed[file.0 as usize].tree,
        }
    }

    fn lower(self, outcome: &mut Outcome) -> finish::Parts {
        let tables = self.tables;
        let mut defaults: Vec<Declaration> = tables.defaults.values().copied().collect();
        defaults.sort_by_key(|declaration| (declaration.file, declaration.statement));
        for declaration in defaults {
            credential::check_defaults(self.file(declaration.file), declaration.statement, outcome);
        }
        let checked: Vec<Outcome> = (0..self.parsed.len())
            .into_par_iter()
            .map(|index| {
                let mut outcome = Outcome::default();
                translated::check(self.file(FileId(index as u32)), &mut outcome);
                outcome
            })
            .collect();
        for found in checked {
            outcome.append(found);
        }
        let crosswalks = self.each(&tables.crosswalks, outcome, crosswalk::crosswalk);
        finish::Parts {
            issuers: self.each(&tables.issuers, outcome, issuer::issuer).into(),
            scales: self.each(&tables.scales, outcome, framework::scale).into(),
            levels: self.each(&tables.levels, outcome, framework::level).into(),
            frameworks: self
                .each(&tables.frameworks, outcome, framework::framework)
                .into(),
            items: self.each(&tables.items, outcome, framework::item).into(),
            rubrics: self.each(&tables.rubrics, outcome, rubric::rubric).into(),
            credentials: self
                .each(&tables.credentials, outcome, credential::credential)
                .into(),
            sets: self.each(&tables.sets, outcome, requirement::set).into(),
            recognitions: self
                .each(&tables.recognitions, outcome, issuer::recognition)
                .into(),
            roles: self.each(&tables.roles, outcome, issuer::role).into(),
            pathways: self
                .each(&tables.pathways, outcome, pathway::pathway)
                .into(),
            stages: self.each(&tables.stages, outcome, pathway::stage).into(),
            crosswalks: crosswalks.into_iter().flatten().collect::<Vec<_>>().into(),
            expectations: self
                .each(&tables.expectations, outcome, expect::expectation)
                .into(),
        }
    }

    /// Lowers all declarations of one type, side by side, in order.
    fn each<I: Id, T: Send>(
        self,
        declarations: &[Declaration],
        outcome: &mut Outcome,
        lower: impl Fn(View<'_>, &Declaration, I, &mut Outcome) -> T + Sync,
    ) -> Vec<T> {
        // Few large things, such as crosswalks, go to all threads as well; many small ones go there in lots.
        let lot = (declarations.len() / 64).clamp(1, 512);
        let gathered = Gathered::default();
        let mut all = Vec::new();
        declarations
            .par_iter()
            .enumerate()
            .with_min_len(lot)
            .map_init(
                || gathered.lot(),
                |lot, (index, declaration)| {
                    lower(
                        self.file(declaration.file),
                        declaration,
                        I::from_index(index),
                        lot.outcome(index),
                    )
                },
            )
            .collect_into_vec(&mut all);
        gathered.append_to(outcome);
        all
    }
}

/// One file and the tables: what a lowering function is given.
#[derive(Clone, Copy)]
struct View<'a> {
    linker: Linker<'a>,
    file: FileId,
    tree: &'a crate::syntax::tree::Tree,
}
