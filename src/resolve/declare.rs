//! First step of linking: which things there are. Allots ids, interns names, opens external frameworks.
//!
//! Reading the trees happens side by side; allotting ids in the order of files and lines, so ids do not depend on chance.

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::Inputs;
use super::external;
use super::items::FileItems;
use super::outcome::Outcome;
use super::outline::{ItemNames, Outline};
use super::tables::{Declaration, Tables};
use crate::diag::early;
use crate::model::{
    CreditUnit, Entity, FrameworkId, Hashed, Id, Name, PathwayId, RubricId, ScaleId,
};
use crate::source::{FileId, Place, Span};
use crate::syntax::Parsed;
use crate::syntax::tree::{Arg, Key, Statement, StatementId, Tree};

pub(super) fn declare(parsed: &[Parsed], inputs: &Inputs, outcome: &mut Outcome) -> Tables {
    let sources = &inputs.sources;
    let outlines: Vec<Outline<'_>> = parsed
        .par_iter()
        .enumerate()
        .map(|(index, parsed)| {
            let file = FileId(index as u32);
            Outline::of(&parsed.tree, file, sources.file(file).text())
        })
        .collect();
    let mut tables = Tables {
        units_in_doubt: inputs.settings.is_doubtful("units"),
        ..Tables::default()
    };
    for unit in CreditUnit::known()
        .into_iter()
        .chain(inputs.settings.units.iter().cloned())
    {
        let name = tables.names.intern(&unit.word);
        tables.credit_units.insert(name, unit);
    }
    for language in &inputs.settings.languages {
        tables.names.intern(language);
    }
    let texts: Vec<Vec<Hashed<'_>>> = outlines.par_iter().map(Outline::texts).collect();
    tables.names.intern_all(&texts);
    let item_names: Vec<Vec<ItemNames>> = outlines
        .par_iter()
        .zip(&texts)
        .map(|(outline, texts)| outline.names(texts, &tables.names))
        .collect();
    drop(texts);
    let mut walk = Walk {
        tables: &mut tables,
        outcome,
        text: "",
        tree: None,
        file: FileId(0),
        folder: "",
        crosswalks: FxHashMap::default(),
        top_items: Vec::new(),
    };
    let files = sources
        .iter()
        .zip(parsed)
        .zip(outlines.iter().zip(item_names));
    for (((file, source), parsed), (outline, item_names)) in files {
        walk.text = source.text();
        walk.tree = Some(&parsed.tree);
        walk.file = file;
        walk.folder = source
            .name()
            .rsplit_once('/')
            .map_or("", |(folder, _)| folder);
        let mut items = FileItems {
            outline,
            names: item_names,
            first: walk.tables.items.len() as u32,
            next: 0,
        };
        for (id, statement) in parsed.tree.roots() {
            walk.root(&parsed.tree, id, statement, &mut items);
        }
    }
    walk.shadowed();
    external::open(
        &mut tables,
        parsed,
        inputs,
        outlines
            .iter()
            .flat_map(|outline| outline.externals.iter().copied()),
        outcome,
    );
    scales_of_frameworks(&mut tables, parsed, inputs);
    tables
}

/// The walk over all declarations, in order.
pub(super) struct Walk<'w, 't> {
    pub(super) tables: &'w mut Tables,
    outcome: &'w mut Outcome,
    text: &'t str,
    tree: Option<&'t Tree>,
    pub(super) file: FileId,
    folder: &'t str,
    /// Crosswalks seen so far, by their id.
    crosswalks: FxHashMap<Name, Place>,
    /// Top items of frameworks, to be compared with the ids of frameworks once all are known.
    pub(super) top_items: Vec<(Name, Place)>,
}

/// Ids that mean something else inside a block of requirements, so that nothing there could refer to them.
pub(super) const RESERVED: &[&str] = &[
    "all", "and", "any", "at", "counting", "except", "from", "least", "most", "not", "nothing",
    "of", "one", "or", "skill",
];

impl Walk<'_, '_> {
    pub(super) fn slice(&self, span: Span) -> &str {
        self.tree.map_or("", |tree| tree.word(self.text, span))
    }

    pub(super) fn place(&self, span: Span) -> Place {
        Place::new(self.file, span)
    }

    fn root(
        &mut self,
        tree: &Tree,
        id: StatementId,
        statement: &Statement,
        items: &mut FileItems<'_>,
    ) {
        let declaration = Declaration {
            file: self.file,
            statement: id,
            within: 0,
        };
        let tables = &mut *self.tables;
        match statement.key {
            Key::Issuer => {
                let entity = Entity::Issuer(push(&mut tables.issuers, declaration));
                self.name(tree, statement, entity);
            }
            Key::Scale => {
                let scale: ScaleId = push(&mut tables.scales, declaration);
                self.name(tree, statement, Entity::Scale(scale));
                self.levels(tree, id, scale);
            }
            Key::Framework => {
                let framework: FrameworkId = push(&mut tables.frameworks, declaration);
                self.name(tree, statement, Entity::Framework(framework));
                self.items(tree, id, framework, items);
            }
            Key::Rubric => {
                let rubric: RubricId = push(&mut tables.rubrics, declaration);
                self.name(tree, statement, Entity::Rubric(rubric));
                self.rubric_levels(tree, id, rubric);
            }
            Key::Credential => {
                let entity = Entity::Credential(push(&mut tables.credentials, declaration));
                self.name(tree, statement, entity);
            }
            Key::Set => {
                let entity = Entity::Set(push(&mut tables.sets, declaration));
                self.name(tree, statement, entity);
            }
            Key::Recognition => {
                let entity = Entity::Recognition(push(&mut tables.recognitions, declaration));
                self.name(tree, statement, entity);
            }
            Key::Role => {
                let entity = Entity::Role(push(&mut tables.roles, declaration));
                self.name(tree, statement, entity);
            }
            Key::Pathway => {
                let pathway: PathwayId = push(&mut tables.pathways, declaration);
                self.name(tree, statement, Entity::Pathway(pathway));
                self.stages(tree, id, pathway);
            }
            Key::Crosswalk => {
                tables.crosswalks.push(declaration);
                self.crosswalk(tree, statement);
            }
            Key::Expect => tables.expectations.push(declaration),
            Key::Defaults => self.defaults(statement, declaration),
            // `use` is read by `external::open`; anything else at file level has been reported as misplaced.
            _ => {}
        }
    }

    /// Enters a declared id; a second one of the same spelling is reported with both places.
    fn name(&mut self, tree: &Tree, statement: &Statement, entity: Entity) -> Option<Name> {
        let span = id_span(tree, statement)?;
        let text = self.slice(span).to_owned();
        let name = self.tables.names.intern(&text);
        let place = self.place(span);
        self.reserved(&text, place, statement.keyword);
        if let Some(&(_, first)) = self.tables.by_name.get(&name) {
            self.duplicate(&text, place, first);
        } else {
            self.tables.by_name.insert(name, (entity, place));
        }
        Some(name)
    }

    fn reserved(&mut self, text: &str, place: Place, keyword: Span) {
        if RESERVED.contains(&text) {
            let keyword = self.slice(keyword);
            let kind = keyword.rsplit('-').next().unwrap_or(keyword).to_owned();
            self.outcome
                .report(&early::NAME_RESERVED, place)
                .message(format!(
                    "`{text}` is a word of the language and cannot be an id"
                ))
                .label("reserved word")
                .help(format!("choose another id, for instance `{text}-{kind}`"));
        }
    }

    pub(super) fn duplicate(&mut self, text: &str, place: Place, first: Place) {
        self.outcome
            .report(&early::NAME_DUPLICATE, place)
            .message(format!("`{text}` is declared twice"))
            .label("declared again here")
            .also(first, "first declared here")
            .help("give one of them another id");
    }

    fn levels(&mut self, tree: &Tree, scale_statement: StatementId, scale: ScaleId) {
        let start = self.tables.levels.len() as u32;
        let mut places: FxHashMap<Name, Place> = FxHashMap::default();
        for (id, statement) in tree.children(scale_statement) {
            let (Key::ScaleLevel, Some(span)) = (statement.key, id_span(tree, statement)) else {
                continue;
            };
            let text = self.slice(span).to_owned();
            let name = self.tables.names.intern(&text);
            let place = self.place(span);
            if let Some(&first) = places.get(&name) {
                self.duplicate(&text, place, first);
                continue;
            }
            places.insert(name, place);
            let level = push(
                &mut self.tables.levels,
                Declaration {
                    file: self.file,
                    statement: id,
                    within: scale.0,
                },
            );
            self.tables.levels_by_id.insert((scale, name), level);
        }
        self.tables
            .level_ranges
            .push((start, self.tables.levels.len() as u32));
    }

    fn rubric_levels(&mut self, tree: &Tree, rubric_statement: StatementId, rubric: RubricId) {
        let mut position = 0;
        for (list, statement) in tree.children(rubric_statement) {
            if statement.key != Key::RubricLevels {
                continue;
            }
            for (_, level) in tree.children(list) {
                let (Key::RubricLevel, Some(span)) = (level.key, id_span(tree, level)) else {
                    continue;
                };
                let text = self.slice(span).to_owned();
                let name = self.tables.names.intern(&text);
                self.tables
                    .rubric_levels
                    .entry((rubric, name))
                    .or_insert(position);
                position += 1;
            }
        }
    }

    fn stages(&mut self, tree: &Tree, pathway_statement: StatementId, pathway: PathwayId) {
        let start = self.tables.stages.len() as u32;
        let mut places: FxHashMap<Name, Place> = FxHashMap::default();
        for (id, statement) in tree.children(pathway_statement) {
            if statement.key != Key::Stage {
                continue;
            }
            let stage = push(
                &mut self.tables.stages,
                Declaration {
                    file: self.file,
                    statement: id,
                    within: pathway.0,
                },
            );
            let Some(span) = id_span(tree, statement) else {
                continue;
            };
            let text = self.slice(span).to_owned();
            let name = self.tables.names.intern(&text);
            let place = self.place(span);
            if let Some(&first) = places.get(&name) {
                self.duplicate(&text, place, first);
            } else {
                places.insert(name, place);
                self.tables.stages_by_id.insert((pathway, name), stage);
            }
        }
        self.tables
            .stage_ranges
            .push((start, self.tables.stages.len() as u32));
    }

    /// A top item with the id of a framework would be meant wherever that framework's items are written in full.
    fn shadowed(&mut self) {
        for (name, place) in std::mem::take(&mut self.top_items) {
            let Some(&(Entity::Framework(_), first)) = self.tables.by_name.get(&name) else {
                continue;
            };
            let text = self.tables.names.text(name);
            self.outcome
                .report(&early::NAME_SHADOWED, place)
                .message(format!("`{text}` here hides the framework `{text}`"))
                .label("the same id as a framework")
                .also(first, "this framework")
                .help("give the item another id");
        }
    }

    /// A crosswalk is known by its two sides; a second one between the same two is reported.
    fn crosswalk(&mut self, tree: &Tree, statement: &Statement) {
        let sides = tree.args(statement).iter().filter_map(|&arg| match arg {
            Arg::Path(span) | Arg::Id(span) => Some(span),
            _ => None,
        });
        let sides: Vec<Span> = sides.collect();
        let [from, to, ..] = sides[..] else { return };
        let id = format!("{}-to-{}", self.slice(from), self.slice(to));
        let name = self.tables.names.intern(&id);
        let place = self.place(from.to(to));
        if let Some(&first) = self.crosswalks.get(&name) {
            let sides = self.text_of(place);
            self.outcome
                .report(&early::NAME_DUPLICATE, place)
                .message(format!("there are two crosswalks `{sides}`"))
                .label("the second")
                .also(first, "the first")
                .help("put their rows into one");
        } else {
            self.crosswalks.insert(name, place);
        }
    }

    fn text_of(&self, place: Place) -> String {
        self.slice(place.span)
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" ")
    }

    fn defaults(&mut self, statement: &Statement, declaration: Declaration) {
        if let Some(first) = self.tables.defaults.get(self.folder) {
            let first = Place::new(first.file, Span::at(0));
            let place = self.place(statement.keyword);
            self.outcome
                .report(&early::NAME_DUPLICATE, place)
                .message("`defaults` stands twice in this folder")
                .label("second here")
                .also(first, "this file has them already")
                .help("keep one `defaults` in a folder; it holds for the files of the folder and below");
        } else {
            self.tables
                .defaults
                .insert(self.folder.to_owned(), declaration);
        }
    }
}

/// Which scale each framework uses, so that levels of its items can be read everywhere.
fn scales_of_frameworks(tables: &mut Tables, parsed: &[Parsed], inputs: &Inputs) {
    let scales = tables
        .frameworks
        .iter()
        .map(|declaration| {
            let tree = &parsed[declaration.file.0 as usize].tree;
            let (_, uses) = tree
                .children(declaration.statement)
                .find(|(_, statement)| statement.key == Key::UsesScale)?;
            let Some(Arg::Path(span)) = tree.args(uses).first() else {
                return None;
            };
            let text = tree.word(inputs.sources.file(declaration.file).text(), *span);
            match tables.by_name.get(&tables.names.find(text)?) {
                Some(&(Entity::Scale(scale), _)) => Some(scale),
                _ => None,
            }
        })
        .collect();
    tables.framework_scales = scales;
}

/// The span of a declaration's id.
pub(super) fn id_span(tree: &Tree, statement: &Statement) -> Option<Span> {
    match tree.args(statement).first() {
        Some(&Arg::Id(span)) => Some(span),
        _ => None,
    }
}

pub(super) fn push<I: Id>(list: &mut Vec<Declaration>, declaration: Declaration) -> I {
    let id = I::from_index(list.len());
    list.push(declaration);
    id
}
