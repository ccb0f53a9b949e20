//! Makes `src/suggest/weights.txt`, and prints the scores that the engine reaches on the gold tables.
//!
//! `cargo run --release --example suggest-weights -- DATA [--write]`, where DATA is a folder with `esco-1.1.1`, `onet-29.2` and `crosswalks` (gzip-compressed
//! releases and mapping tables). Two kinds of numbers are printed and must not be mixed up: *cross-validated* ones, where each
//! fold of subjects is ranked by what the others teach, and those of weights that know no mapping of the framework at hand (learnt from the one
//! table, counted on the other). The shipped weights are learnt from both tables, without anything that is known of mappings.

use std::collections::HashMap;
use std::error::Error;
use std::io::Read;
use std::path::{Path, PathBuf};

use gradus::mapping::read;
use gradus::suggest::calibration::curve;
use gradus::suggest::concept::{Concept, Concepts, Known, Label, LabelRole, Statement};
use gradus::suggest::evaluate::{Asked, Evaluation, Method, evaluate};
use gradus::suggest::features::{Row, prepare};
use gradus::suggest::gold;
use gradus::suggest::ranker::Ranker;
use gradus::suggest::trees::Lessons;
use gradus::suggest::weights;
use gradus::workspace::download;

/// Fewer and larger steps than a project's own ranker takes: the file is read at each start.
const LESSONS: Lessons = Lessons {
    trees: 110,
    leaves: 15,
    rate: 0.12,
    least: 20,
    calm: 5.0,
    turns: 2,
};
/// Subjects of the larger table are taken in turn, so that it does not outweigh the smaller one.
const EVERY: usize = 5;
const HEAD: &str = "Learnt from the ESCO-O*NET crosswalk (O*NET 29.2, ESCO 1.1.1) and from every fifth subject of the German employment
agency's mapping of skills to ESCO. This uses the ESCO classification of the European Commission, and O*NET data of the U.S. Department of Labor.
Made by `cargo run --release --example suggest-weights -- DATA --write`; do not edit by hand.";

type Outcome<T> = Result<T, Box<dyn Error>>;

/// Both sides with the gold between them.
struct Task {
    name: &'static str,
    source: Concepts,
    target: Concepts,
    gold: Vec<Known>,
    asked: Vec<Asked>,
}

fn main() -> Outcome<()> {
    let mut arguments = std::env::args().skip(1);
    let folder = PathBuf::from(arguments.next().ok_or("name the folder of the data")?);
    let write = arguments.next().as_deref() == Some("--write");
    let tasks = [occupations(&folder)?, skills(&folder)?];
    let mut all: Vec<(Vec<Row>, Vec<Known>)> = Vec::new();
    for (number, task) in tasks.iter().enumerate() {
        let prepared = prepare(&task.source, &task.target);
        let sources: Vec<u32> = (0..u32::try_from(task.source.items.len())?).collect();
        let every = if number == 0 { 1 } else { EVERY };
        let mapped: std::collections::HashSet<u32> =
            task.gold.iter().map(|row| row.source).collect();
        let rows = prepared.rows(&sources, &[], None);
        let rows: Vec<Row> = rows
            .into_iter()
            .filter(|row| mapped.contains(&row.source))
            .enumerate()
            .filter(|(at, _)| at % every == 0)
            .map(|(_, row)| shifted(row, number))
            .collect();
        let known = task
            .gold
            .iter()
            .map(|row| Known {
                source: row.source + shift(number),
                target: row.target,
                verb: row.verb,
            })
            .collect();
        all.push((rows, known));
    }
    for (task, other) in [(0, 1), (1, 0)] {
        if let (Some(task), Some((rows, known))) = (tasks.get(task), all.get(other)) {
            let rows: Vec<&Row> = rows.iter().collect();
            let ranker = Ranker::fit(&rows, known, LESSONS);
            let found = evaluate(
                &task.source,
                &task.target,
                &task.gold,
                &task.asked,
                Method::Fixed(&ranker),
                None,
            );
            print(
                &format!(
                    "{}: weights of the other table, no mapping known",
                    task.name
                ),
                &found,
            );
        }
    }
    let rows: Vec<&Row> = all.iter().flat_map(|(rows, _)| rows).collect();
    let known: Vec<Known> = all
        .iter()
        .flat_map(|(_, known)| known.iter().copied())
        .collect();
    let mut seen = Vec::new();
    for fold in 0..5 {
        let of = |row: &&&Row| row.source % 5 == fold;
        let taught: Vec<&Row> = rows.iter().filter(|row| !of(row)).copied().collect();
        let ranker = Ranker::fit(&taught, &known, LESSONS);
        for row in rows.iter().filter(of) {
            seen.extend(ranker.rank(row).iter().take(10).map(|one| {
                let right = known
                    .iter()
                    .any(|gold| gold.source == row.source && gold.target == one.target);
                (one.related, right)
            }));
        }
    }
    let mut ranker = Ranker::fit(&rows, &known, LESSONS);
    ranker.honest = curve(seen);
    if write {
        let place = concat!(env!("CARGO_MANIFEST_DIR"), "/src/suggest/weights.txt");
        std::fs::write(place, weights::write(&ranker, HEAD))?;
    }
    for task in &tasks {
        let found = evaluate(
            &task.source,
            &task.target,
            &task.gold,
            &task.asked,
            Method::CrossValidated(5),
            None,
        );
        print(
            &format!("{}: cross-validated, 5 folds by subject", task.name),
            &found,
        );
    }
    Ok(())
}

fn print(title: &str, found: &Evaluation) {
    println!(
        "{title} ({} to {}, {} rows)",
        found.sources, found.targets, found.rows
    );
    for score in &found.scores {
        println!(
            "  {:<18} {:>5} subjects  hit@1 {:.3}  hit@5 {:.3}  hit@10 {:.3}  MRR@10 {:.3}",
            score.relation, score.subjects, score.hit_1, score.hit_5, score.hit_10, score.mrr_10
        );
    }
    println!(
        "  verb {:.3}, calibration error {:.4}",
        found.verb, found.error
    );
    for line in &found.reliability {
        println!(
            "  up to {:.1}: {:>6} proposals, said {:.3}, true {:.3}",
            line.up_to, line.proposals, line.said, line.true_share
        );
    }
}

/// Keeps the concepts of several tables apart.
fn shift(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(0) * 1_000_000
}

fn shifted(mut row: Row, number: usize) -> Row {
    row.source += shift(number);
    row
}

fn text(folder: &Path, name: &str) -> Outcome<String> {
    let file = std::fs::File::open(folder.join(name))?;
    let mut bytes = Vec::new();
    flate2::read::MultiGzDecoder::new(file).read_to_end(&mut bytes)?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

/// A mapping table as gold.
fn mappings(folder: &Path, name: &str) -> Outcome<gold::Gold> {
    let bundle = download::open(&folder.join(name), download::LIMITS)
        .map_err(|fault| format!("{name}: {fault:?}"))?;
    let reading = read::read(&bundle).map_err(|fault| fault.message)?;
    Ok(gold::of_table(&reading.table))
}

/// The rows of a table by column name.
fn table(folder: &Path, name: &str, tabs: bool) -> Outcome<Vec<HashMap<String, String>>> {
    let text = text(folder, name)?;
    let mut builder = csv::ReaderBuilder::new();
    builder.flexible(true);
    if tabs {
        builder.delimiter(b'\t').quoting(false);
    }
    let mut reader = builder.from_reader(text.as_bytes());
    let columns = reader.headers()?.clone();
    let mut rows = Vec::new();
    for record in reader.records() {
        let record = record?;
        rows.push(
            columns
                .iter()
                .map(str::to_owned)
                .zip(record.iter().map(str::to_owned))
                .collect(),
        );
    }
    Ok(rows)
}

fn cell<'a>(row: &'a HashMap<String, String>, column: &str) -> &'a str {
    row.get(column).map_or("", String::as_str)
}

fn label(text: &str, role: LabelRole) -> Label {
    Label {
        language: "en".to_owned(),
        text: text.to_owned(),
        role,
    }
}

fn statement(text: &str) -> Statement {
    Statement {
        language: "en".to_owned(),
        text: text.to_owned(),
    }
}

/// All occupations of O*NET to all occupations and ISCO groups of ESCO.
fn occupations(folder: &Path) -> Outcome<Task> {
    let mut source = Concepts {
        name: "onet".to_owned(),
        items: Vec::new(),
    };
    let mut at: HashMap<String, usize> = HashMap::new();
    for row in table(folder, "onet-29.2/Occupation Data.txt.gz", true)? {
        let code = cell(&row, "O*NET-SOC Code");
        at.insert(code.to_owned(), source.items.len());
        source.items.push(Concept {
            key: code.to_owned(),
            code: code.to_owned(),
            kind: "occupation".to_owned(),
            labels: vec![label(cell(&row, "Title"), LabelRole::Preferred)],
            statements: vec![statement(cell(&row, "Description"))],
            parents: Vec::new(),
        });
    }
    for row in table(folder, "onet-29.2/Alternate Titles.txt.gz", true)? {
        let concept = at
            .get(cell(&row, "O*NET-SOC Code"))
            .and_then(|at| source.items.get_mut(*at));
        if let Some(concept) = concept {
            concept
                .labels
                .push(label(cell(&row, "Alternate Title"), LabelRole::Alternative));
        }
    }
    for row in table(folder, "onet-29.2/Task Statements.txt.gz", true)? {
        let concept = at
            .get(cell(&row, "O*NET-SOC Code"))
            .and_then(|at| source.items.get_mut(*at));
        if let Some(concept) = concept {
            concept.statements.push(statement(cell(&row, "Task")));
        }
    }
    let mut target = Concepts {
        name: "esco".to_owned(),
        items: Vec::new(),
    };
    let mut places: HashMap<String, u32> = HashMap::new();
    for (file, kind) in [
        ("occupations_en", "occupation"),
        ("ISCOGroups_en", "ISCO group"),
    ] {
        for row in table(folder, &format!("esco-1.1.1/{file}.csv.gz"), false)? {
            places.insert(
                cell(&row, "conceptUri").to_owned(),
                u32::try_from(target.items.len())?,
            );
            let mut labels = vec![label(cell(&row, "preferredLabel"), LabelRole::Preferred)];
            let others = cell(&row, "altLabels")
                .split('\n')
                .filter(|other| !other.trim().is_empty());
            labels.extend(others.map(|other| label(other, LabelRole::Alternative)));
            target.items.push(Concept {
                key: cell(&row, "conceptUri").to_owned(),
                code: cell(&row, "code").to_owned(),
                kind: kind.to_owned(),
                labels,
                statements: vec![statement(cell(&row, "description"))],
                parents: Vec::new(),
            });
        }
    }
    for row in table(folder, "esco-1.1.1/broaderRelationsOccPillar.csv.gz", false)? {
        let child = places.get(cell(&row, "conceptUri"));
        if let (Some(child), Some(parent)) = (child, places.get(cell(&row, "broaderUri")))
            && let Some(child) = target.items.get_mut(*child as usize)
        {
            child.parents.push(*parent);
        }
    }
    let table = mappings(folder, "crosswalks/onet-esco-occupations.csv.gz")?;
    let known = table.between(&source, &target);
    Ok(Task {
        name: "O*NET occupations to ESCO",
        asked: table.asked(&known),
        gold: known.into_iter().flatten().collect(),
        source,
        target,
    })
}

/// The German agency's skills to the ESCO skills of its table, with the German names there.
fn skills(folder: &Path) -> Outcome<Task> {
    let table = mappings(folder, "crosswalks/de-esco-skills.csv.gz")?;
    let (source, target, known) = table.concepts();
    Ok(Task {
        name: "German skills to ESCO",
        asked: table.asked(&known),
        gold: known.into_iter().flatten().collect(),
        source,
        target,
    })
}
