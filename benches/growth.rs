//! Fails loudly where cost does not grow linearly, and says which goals that are ratios are missed:
//! `cargo bench --bench growth`.
//!
//! Each stage runs at 10,000 and 100,000 skills, several times; the least is taken. Ten times the project may take at most
//! twelve times as much processor time (which, unlike wall time, hardly changes on a busy machine).
//! `GRADUS_BENCH_SIZES=1000,10000` chooses other sizes; `GRADUS_BENCH_STAGES=link,emit` runs the stages that start so.

mod generator;
mod measure;

use std::process::ExitCode;
use std::time::Duration;

use gradus::emit::EMITTERS;
use measure::{Cost, Prepared, least, least_in_new_folders, prepare, write, write_plainly};

/// The most that ten times the project may cost, as a multiple.
const MOST_GROWTH: f64 = 12.0;
/// The most that `check` may cost, as a multiple of reading the files and running the grammar over them.
const MOST_CHECK: f64 = 2.0;
/// The most that `build --only open-badges-3` may cost, as a multiple of writing the same files.
const MOST_BUILD: f64 = 2.5;
/// What is faster than this is taken to cost this much: its growth says nothing.
const LEAST: Duration = Duration::from_millis(2);

/// What was measured at one size: stages and their costs.
type Costs = Vec<(String, Cost)>;

fn main() -> ExitCode {
    let setting = |name: &str, otherwise: &str| {
        let given = std::env::var(name).unwrap_or_else(|_| otherwise.to_owned());
        let parts = given.split(',').map(|part| part.trim().to_owned());
        parts.collect::<Vec<String>>()
    };
    let sizes = setting("GRADUS_BENCH_SIZES", "10000,100000");
    let stages = setting("GRADUS_BENCH_STAGES", "");
    let sizes: Vec<usize> = sizes.iter().filter_map(|size| size.parse().ok()).collect();
    let &[small, large] = sizes.as_slice() else {
        eprintln!("GRADUS_BENCH_SIZES: two sizes with a comma between them");
        return ExitCode::from(2);
    };
    let mut faults = Vec::new();
    let mut all: Vec<Costs> = Vec::new();
    for (skills, runs) in [(small, 5), (large, 3)] {
        let prepared = match prepare(skills) {
            Ok(prepared) => prepared,
            Err(error) => {
                eprintln!("no project could be generated: {error}");
                return ExitCode::from(3);
            }
        };
        let costs = measure_stages(&prepared, runs, &stages);
        if skills == large {
            ratios(&costs, &prepared);
        }
        all.push(costs);
    }
    growth(&all, large as f64 / small as f64, &mut faults);
    for fault in &faults {
        println!("FAIL {fault}");
    }
    if faults.is_empty() {
        println!("all stages grow linearly");
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}

fn measure_stages(prepared: &Prepared, runs: usize, wanted: &[String]) -> Costs {
    let mut costs: Costs = Vec::new();
    let mut stage = |name: &str, run: &dyn Fn() -> Cost| {
        if !wanted.iter().any(|start| name.starts_with(start.as_str())) {
            return;
        }
        let cost = run();
        println!(
            "{:>7} skills  {name:<22} {:>9.1} ms   {:>9.1} ms of processor time",
            prepared.skills,
            millis(cost.wall),
            millis(cost.processor)
        );
        costs.push((name.to_owned(), cost));
    };
    stage("read", &|| least(runs, || prepared.read()));
    stage("grammar", &|| least(runs, || prepared.grammar()));
    stage("parse", &|| least(runs, || prepared.parse()));
    stage("link", &|| least(runs, || prepared.link()));
    stage("graph", &|| least(runs, || prepared.build_graph()));
    stage("rules", &|| least(runs, || prepared.rules()));
    stage("read + grammar", &|| {
        least(runs, || prepared.read_and_grammar())
    });
    stage("check", &|| least(runs, || prepared.check()));
    for emitter in EMITTERS {
        stage(&format!("emit {}", emitter.name), &|| {
            least(runs, || prepared.emit(emitter.name))
        });
    }
    let badges = std::cell::OnceCell::new();
    let badges = || badges.get_or_init(|| prepared.emit("open-badges-3"));
    stage("write badges", &|| {
        let files = badges();
        least_in_new_folders(runs, |out| write(out, files))
    });
    stage("write badges plainly", &|| {
        let files = badges();
        least_in_new_folders(runs, |out| write_plainly(out, &files.files))
    });
    stage("build badges", &|| {
        least_in_new_folders(runs, |out| prepared.build(&["open-badges-3"], out))
    });
    costs
}

fn ratios(costs: &Costs, prepared: &Prepared) {
    let wall = |wanted: &str| {
        let found = costs.iter().find(|(name, _)| name == wanted);
        found.map(|(_, cost)| millis(cost.wall))
    };
    if let Some(parse) = wall("parse") {
        println!(
            "parse: {:.0} MB/s on {} threads",
            prepared.bytes as f64 / 1000.0 / parse,
            rayon::current_num_threads()
        );
    }
    for (name, one, other, most) in [
        (
            "check / (read + grammar)",
            "check",
            "read + grammar",
            MOST_CHECK,
        ),
        (
            "build badges / writing their files",
            "build badges",
            "write badges plainly",
            MOST_BUILD,
        ),
    ] {
        let (Some(one), Some(other)) = (wall(one), wall(other)) else {
            continue;
        };
        let ratio = one / other;
        println!("{name}: {ratio:.2} (at most {most})");
        // The ratios are goals; they are said loudly and do not fail the run, which growth does. Not a number misses, too.
        if ratio.is_nan() || ratio > most {
            println!("!! GOAL MISSED: {name} is {ratio:.2}, the goal is at most {most}");
        }
    }
}

fn growth(all: &[Costs], factor: f64, faults: &mut Vec<String>) {
    let [small, large] = all else {
        return;
    };
    let most = MOST_GROWTH * factor / 10.0;
    for ((name, short), (_, long)) in small.iter().zip(large) {
        let ratio = millis(long.processor) / millis(short.processor.max(LEAST));
        println!("{name:<22} grows {ratio:>5.1} times (at most {most:.1})");
        if ratio > most {
            faults.push(format!(
                "`{name}` takes {ratio:.1} times as long for {factor:.0} times the project, at most {most:.1} is allowed"
            ));
        }
    }
}

fn millis(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}
