//! `gradus suggest --evaluate`: how good the proposals are on a table of mappings that people made.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use serde::Serialize;

use super::super::super::Exit;
use super::super::super::args::{Suggest, SuggestFormat};
use super::super::super::terminal::Terminal;
use super::super::crosswalk_files::reading;
use super::super::load_if_any;
use super::{class, model, side};
use crate::suggest::concept::Known;
use crate::suggest::evaluate::{Evaluation, Method, evaluate};
use crate::suggest::features::Outside;
use crate::suggest::nearness::{Nearness, Vectors};
use crate::suggest::{gold, weights};
use crate::workspace::Fault;

pub(super) fn run(
    options: &Suggest,
    table: &Path,
    config: Option<PathBuf>,
    terminal: &Terminal,
) -> Result<Exit, Fault> {
    let gold = gold::of_table(&reading(table)?.1.table);
    let (source, target, known) = match (&options.from, &options.to) {
        (Some(from), Some(to)) => {
            let (root, analysis) = load_if_any(options.project.clone(), config)?;
            let project = Some(&analysis).filter(|analysis| analysis.gradus_files > 0);
            let from = side::open(&root, project, from)?;
            let to = side::open(&root, project, to)?;
            // What most subjects of the table stand for is looked at, among all that stands for the same on the other side.
            let kind = match options.kind {
                Some(kind) => Some(class(kind)),
                None => from.class_of(gold.rows.iter().map(|row| &row.source)),
            };
            let classes = side::classes(&from, &to, kind);
            let (ours, theirs) = classes.first().copied().unwrap_or((kind, None));
            let source = from.side(project, ours).concepts;
            let target = to.side(project, theirs).concepts;
            let known = gold.between(&source, &target);
            (source, target, known)
        }
        (None, None) => gold.concepts(),
        (None, Some(to)) => {
            let (root, analysis) = load_if_any(options.project.clone(), config)?;
            let project = Some(&analysis).filter(|analysis| analysis.gradus_files > 0);
            let to = side::open(&root, project, to)?;
            gold.concepts_within(&to.side(project, None).concepts)
        }
        (Some(_), None) => {
            return Err(Fault::Usage {
                message: "the framework that is mapped cannot be measured alone".to_owned(),
                help: Some(
                    "add `--to` with the other one, or take the names in the table by leaving it out"
                        .to_owned(),
                ),
            });
        }
    };
    let asked = gold.asked(&known);
    let missing = known.iter().filter(|row| row.is_none()).count();
    let rows: Vec<Known> = known.into_iter().flatten().collect();
    if rows.is_empty() {
        return Err(Fault::usage(format!(
            "no row of `{}` has both its ends in the frameworks",
            table.display()
        )));
    }
    let shipped = weights::shipped().unwrap_or_default();
    let method = match options.folds {
        0 => Method::Fixed(&shipped),
        folds => Method::CrossValidated(folds),
    };
    let nearness = match &options.model {
        Some(folder) => {
            let encoder = model::open(folder)?;
            let mut vectors = Vectors::default();
            let found = Nearness::new(&source, &target, &mut vectors, encoder.as_ref());
            Some(found.map_err(Fault::usage)?)
        }
        None => None,
    };
    let outside = nearness.as_ref().map(|nearness| nearness as Outside<'_>);
    let found = evaluate(&source, &target, &rows, &asked, method, outside);
    let report = match options.format {
        SuggestFormat::Text => text_of(&found, missing, gold.without),
        SuggestFormat::Json => json_of(&found, missing, gold.without)?,
        SuggestFormat::Csv => csv_of(&found),
    };
    terminal.print(&report)?;
    Ok(Exit::Clean)
}

fn text_of(found: &Evaluation, missing: usize, without: usize) -> String {
    let mut text = String::new();
    // Writing to a string cannot fail.
    let _ = writeln!(
        text,
        "{} concepts to {} targets, {} gold rows ({missing} with an end in neither framework, {without} without a relation)",
        found.sources, found.targets, found.rows
    );
    let _ = match found.folds {
        0 => writeln!(
            text,
            "shipped weights, nothing learnt from the gold; they have been learnt from the tables named in weights.txt, on which this is no measurement\n"
        ),
        folds => writeln!(
            text,
            "cross-validated: {folds} folds by subject, each ranked by what the others teach\n"
        ),
    };
    let _ = writeln!(
        text,
        "{:<18}{:>9}{:>8}{:>8}{:>8}{:>8}",
        "relation", "subjects", "hit@1", "hit@5", "hit@10", "MRR@10"
    );
    for score in &found.scores {
        let _ = writeln!(
            text,
            "{:<18}{:>9}{:>8.3}{:>8.3}{:>8.3}{:>8.3}",
            score.relation, score.subjects, score.hit_1, score.hit_5, score.hit_10, score.mrr_10
        );
    }
    let _ = writeln!(
        text,
        "\nverb of first proposals that are in the gold: {:.3} right",
        found.verb
    );
    let _ = writeln!(text, "\nconfidence    proposals    said    true");
    for line in &found.reliability {
        let _ = writeln!(
            text,
            "{:.1} to {:.1}{:>14}{:>8.3}{:>8.3}",
            line.up_to - 0.1,
            line.up_to,
            line.proposals,
            line.said,
            line.true_share
        );
    }
    let _ = writeln!(text, "expected calibration error {:.4}", found.error);
    text
}

/// The report for programs.
#[derive(Debug, Serialize)]
struct Report {
    sources: usize,
    targets: usize,
    rows: usize,
    rows_without_ends: usize,
    rows_without_relation: usize,
    folds: u32,
    scores: Vec<ScoreLine>,
    verb_accuracy: f32,
    calibration_error: f32,
    reliability: Vec<ReliabilityLine>,
}

/// One line of scores.
#[derive(Debug, Serialize)]
struct ScoreLine {
    relation: &'static str,
    subjects: usize,
    hit_1: f32,
    hit_5: f32,
    hit_10: f32,
    mrr_10: f32,
}

/// One line of the reliability table.
#[derive(Debug, Serialize)]
struct ReliabilityLine {
    up_to: f32,
    proposals: usize,
    said: f32,
    came_true: f32,
}

fn score_lines(found: &Evaluation) -> Vec<ScoreLine> {
    let line = |score: &crate::suggest::evaluate::Score| ScoreLine {
        relation: score.relation,
        subjects: score.subjects,
        hit_1: score.hit_1,
        hit_5: score.hit_5,
        hit_10: score.hit_10,
        mrr_10: score.mrr_10,
    };
    found.scores.iter().map(line).collect()
}

fn json_of(found: &Evaluation, missing: usize, without: usize) -> Result<String, Fault> {
    let report = Report {
        sources: found.sources,
        targets: found.targets,
        rows: found.rows,
        rows_without_ends: missing,
        rows_without_relation: without,
        folds: found.folds,
        scores: score_lines(found),
        verb_accuracy: found.verb,
        calibration_error: found.error,
        reliability: found
            .reliability
            .iter()
            .map(|line| ReliabilityLine {
                up_to: line.up_to,
                proposals: line.proposals,
                said: line.said,
                came_true: line.true_share,
            })
            .collect(),
    };
    serde_json::to_string_pretty(&report)
        .map(|text| text + "\n")
        .map_err(|error| Fault::Internal(format!("the report cannot be written: {error}")))
}

fn csv_of(found: &Evaluation) -> String {
    let mut text = "relation,subjects,hit@1,hit@5,hit@10,mrr@10\n".to_owned();
    for line in score_lines(found) {
        // Writing to a string cannot fail.
        let _ = writeln!(
            text,
            "\"{}\",{},{:.4},{:.4},{:.4},{:.4}",
            line.relation, line.subjects, line.hit_1, line.hit_5, line.hit_10, line.mrr_10
        );
    }
    text
}
