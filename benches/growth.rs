//! Fails loudly where cost does not grow linearly, and says which goals that are ratios are missed:
//! `cargo bench --bench growth`.
//!
//! Each stage runs at 10,000 and 100,000 skills, several times; the least is taken. Ten times the project may take at most
//! twelve times as much processor time (which, unlike wall time, hardly changes on a busy machine); what comes near that is said,
//! what is far beyond it fails the run.
//! `GRADUS_BENCH_SIZES=1000,10000` chooses other sizes; `GRADUS_BENCH_STAGES=link,emit` runs the stages that start so.

mod generator;
mod measure;

use std::io;
use std::path::Path;
use std::process::{Command, ExitCode, Stdio};
use std::time::{Duration, Instant};

use gradus::emit::EMITTERS;
use measure::{Cost, Prepared, least, least_in_new_folders, prepare, write, write_plainly};

/// The most that ten times the project may cost, as a multiple.
const MOST_GROWTH: f64 = 12.0;
/// The most that `check` may cost, as a multiple of reading the files and running the grammar over them.
const MOST_CHECK: f64 = 2.0;
/// The most that `build --only open-badges-3` may cost, as a multiple of writing the same files.
const MOST_BUILD: f64 = 2.5;
/// How far above the goal a stage may grow before the run fails: what lies between is the machine's caches and said loudly,
/// what is quadratic grows eight times the goal.
const QUADRATIC: f64 = 1.75;
/// How often the two sides of a ratio take turns.
const TURNS: usize = 7;
/// The argument with which the bench reads a folder and runs the grammar over it, and no more.
const ALONE: &str = "--read-and-grammar";
/// The program.
const PROGRAM: &str = env!("CARGO_BIN_EXE_gradus");
/// What is faster than this is taken to cost this much: its growth says nothing.
const LEAST: Duration = Duration::from_millis(2);

/// What was measured at one size: stages and their costs.
type Costs = Vec<(String, Cost)>;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().collect();
    // The bench calls itself for what `check` is held against, so that both are whole processes.
    if let Some(at) = arguments.iter().position(|argument| argument == ALONE) {
        let folder = arguments.get(at + 1).map_or(".", String::as_str);
        return match measure::read_and_grammar(Path::new(folder)) {
            true => ExitCode::SUCCESS,
            false => ExitCode::FAILURE,
        };
    }
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
            ratios(&costs, &prepared, &stages, &mut faults);
        }
        all.push(costs);
    }
    growth(&all, large as f64 / small as f64, &mut faults);
    for fault in &faults {
        println!("FAIL {fault}");
    }
    if faults.is_empty() {
        println!("no stage is far from growing linearly");
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
        if !name.starts_with("rule ") || cost.processor > LEAST * 5 {
            println!(
                "{:>7} skills  {name:<22} {:>9.1} ms   {:>9.1} ms of processor time",
                prepared.skills,
                millis(cost.wall),
                millis(cost.processor)
            );
        }
        costs.push((name.to_owned(), cost));
    };
    stage("read", &|| least(runs, || prepared.read()));
    stage("grammar", &|| least(runs, || prepared.grammar()));
    stage("parse", &|| least(runs, || prepared.parse()));
    stage("link", &|| least(runs, || prepared.link()));
    stage("graph", &|| least(runs, || prepared.build_graph()));
    stage("rules", &|| least(runs, || prepared.rules()));
    // One by one, so that a single rule that goes quadratic cannot hide among the others.
    for entry in gradus::check::RULES {
        if let Some((_, check)) = entry.check {
            let name = format!("rule {}", entry.rule.name);
            stage(&name, &|| least(runs, || prepared.rule(check)));
        }
    }
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
    costs
}

/// The goals that are ratios, each from whole processes that take turns, so that a busy machine disturbs both alike.
fn ratios(costs: &Costs, prepared: &Prepared, wanted: &[String], faults: &mut Vec<String>) {
    if let Some((_, parse)) = costs.iter().find(|(name, _)| name == "parse") {
        println!(
            "parse: {:.0} MB/s on {} threads",
            prepared.bytes as f64 / 1000.0 / millis(parse.wall),
            rayon::current_num_threads()
        );
    }
    let mut ratio = |name: &str, most: f64, run: &dyn Fn() -> io::Result<(Duration, Duration)>| {
        if !wanted.iter().any(|start| name.starts_with(start.as_str())) {
            return;
        }
        match run() {
            Ok((one, other)) => {
                let ratio = millis(one) / millis(other);
                println!(
                    "{name}: {ratio:.2} (at most {most}): {:.0} ms and {:.0} ms",
                    millis(one),
                    millis(other)
                );
                // Ratios of wall time are said loudly and do not fail the run; growth does. Not a number misses, too.
                if ratio.is_nan() || ratio > most {
                    println!("!! GOAL MISSED: {name} is {ratio:.2}, the goal is at most {most}");
                }
            }
            Err(error) => faults.push(format!("{name} could not be measured: {error}")),
        }
    };
    ratio("check / (read + grammar)", MOST_CHECK, &|| {
        take_turns(
            || timed(Command::new(PROGRAM).arg("check").arg(prepared.folder())),
            || {
                timed(
                    Command::new(std::env::current_exe()?)
                        .arg(ALONE)
                        .arg(prepared.folder()),
                )
            },
        )
    });
    ratio("build badges / writing their files", MOST_BUILD, &|| {
        let files = prepared.emit("open-badges-3").files;
        take_turns(
            || {
                in_new_folder_on_disk(|out| {
                    let mut build = Command::new(PROGRAM);
                    build.args(["build", "--only", "open-badges-3", "--out"]);
                    timed(build.arg(out).arg(prepared.folder()))
                })
            },
            || {
                in_new_folder_on_disk(|out| {
                    let start = Instant::now();
                    write_plainly(out, &files);
                    Ok(start.elapsed())
                })
            },
        )
    });
}

/// The least time of two things that run one after the other, several times.
fn take_turns(
    one: impl Fn() -> io::Result<Duration>,
    other: impl Fn() -> io::Result<Duration>,
) -> io::Result<(Duration, Duration)> {
    let mut least = (Duration::MAX, Duration::MAX);
    for _ in 0..TURNS {
        least.0 = least.0.min(one()?);
        least.1 = least.1.min(other()?);
    }
    Ok(least)
}

/// How long a process takes; one that fails is an error.
fn timed(command: &mut Command) -> io::Result<Duration> {
    let start = Instant::now();
    let status = command
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()?;
    let time = start.elapsed();
    if status.success() {
        Ok(time)
    } else {
        Err(io::Error::other(format!("a process ended with {status}")))
    }
}

/// Runs with a folder that does not exist yet, on the disk of temporary files, once what was written before is on it.
fn in_new_folder_on_disk(run: impl FnOnce(&Path) -> io::Result<Duration>) -> io::Result<Duration> {
    let folder = tempfile::tempdir()?;
    rustix::fs::sync();
    run(&folder.path().join("dist"))
}

fn growth(all: &[Costs], factor: f64, faults: &mut Vec<String>) {
    let [small, large] = all else {
        return;
    };
    let most = MOST_GROWTH * factor / 10.0;
    for ((name, short), (_, long)) in small.iter().zip(large) {
        let ratio = millis(long.processor) / millis(short.processor.max(LEAST));
        if ratio <= most && name.starts_with("rule ") {
            continue;
        }
        println!("{name:<22} grows {ratio:>5.1} times (at most {most:.1})");
        if ratio > most && ratio <= most * QUADRATIC {
            println!(
                "!! GOAL MISSED: `{name}` grows {ratio:.1} times, the goal is at most {most:.1}"
            );
        } else if ratio > most {
            faults.push(format!(
                "`{name}` takes {ratio:.1} times as long for {factor:.0} times the project, at most {most:.1} is allowed"
            ));
        }
    }
}

fn millis(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}
