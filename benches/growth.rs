//! Fails loudly where cost does not grow linearly, or where a goal that is a ratio is missed. Run by CI:
//! `cargo bench --bench growth`.
//!
//! Each stage is timed at 10,000 and 100,000 skills (the shortest of several runs); ten times the project may take at most
//! twelve times as long. `GRADUS_BENCH_SIZES=1000,10000` chooses other sizes, a factor of ten apart.

mod generator;
mod measure;

use std::process::ExitCode;
use std::time::Duration;

use gradus::emit::EMITTERS;
use measure::{Prepared, prepare, shortest, write, write_plainly};

/// The most that ten times the project may cost, as a multiple.
const MOST_GROWTH: f64 = 12.0;
/// The most that `check` may cost, as a multiple of reading the files and running the grammar over them.
const MOST_CHECK: f64 = 2.0;
/// The most that `build --only open-badges-3` may cost, as a multiple of writing the same files.
const MOST_BUILD: f64 = 2.5;
/// Below this, a stage is not timed but guessed.
const LEAST: Duration = Duration::from_millis(1);

/// What was measured at one size: stage and time.
type Times = Vec<(String, Duration)>;

fn main() -> ExitCode {
    let sizes = std::env::var("GRADUS_BENCH_SIZES").unwrap_or_else(|_| "10000,100000".to_owned());
    let sizes: Vec<usize> = sizes
        .split(',')
        .filter_map(|text| text.trim().parse().ok())
        .collect();
    let &[small, large] = sizes.as_slice() else {
        eprintln!("GRADUS_BENCH_SIZES: two sizes with a comma between them");
        return ExitCode::from(2);
    };
    let mut faults = Vec::new();
    let mut all: Vec<Times> = Vec::new();
    for (skills, runs) in [(small, 5), (large, 3)] {
        let prepared = match prepare(skills) {
            Ok(prepared) => prepared,
            Err(error) => {
                eprintln!("no project could be generated: {error}");
                return ExitCode::from(3);
            }
        };
        let times = stages(&prepared, runs);
        if skills == large {
            ratios(&times, &prepared, &mut faults);
        }
        all.push(times);
    }
    growth(&all, large as f64 / small as f64, &mut faults);
    for fault in &faults {
        println!("FAIL {fault}");
    }
    if faults.is_empty() {
        println!("all stages grow linearly, and the ratios hold");
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}

fn stages(prepared: &Prepared, runs: usize) -> Times {
    let mut times: Times = Vec::new();
    let mut time = |name: &str, taken: Duration| {
        println!(
            "{:>7} skills  {name:<24} {:>9.1} ms",
            prepared.skills,
            millis(taken)
        );
        times.push((name.to_owned(), taken));
    };
    time("read", shortest(runs, || prepared.read()));
    time("grammar", shortest(runs, || prepared.grammar()));
    time(
        "read + grammar",
        shortest(runs, || prepared.read_and_grammar()),
    );
    time("parse", shortest(runs, || prepared.parse()));
    time("link", shortest(runs, || prepared.link()));
    time("graph", shortest(runs, || prepared.build_graph()));
    time("rules", shortest(runs, || prepared.rules()));
    time("check", shortest(runs, || prepared.check()));
    for emitter in EMITTERS {
        let name = format!("emit {}", emitter.name);
        time(&name, shortest(runs, || prepared.emit(emitter.name)));
    }
    let files = prepared.emit("open-badges-3");
    time(
        "write open-badges-3",
        in_new_folders(runs, |out| write(out, &files)),
    );
    time(
        "write plainly",
        in_new_folders(runs, |out| write_plainly(out, &files.files)),
    );
    time(
        "build open-badges-3",
        in_new_folders(runs, |out| prepared.build(&["open-badges-3"], out)),
    );
    times
}

/// The shortest of several runs, each into a folder that is new.
fn in_new_folders<T>(runs: usize, mut run: impl FnMut(&std::path::Path) -> T) -> Duration {
    (0..runs)
        .filter_map(|_| {
            let folder = tempfile::tempdir().ok()?;
            let out = folder.path().join("dist");
            Some(shortest(1, || run(&out)))
        })
        .min()
        .unwrap_or_default()
}

fn ratios(times: &Times, prepared: &Prepared, faults: &mut Vec<String>) {
    let of = |wanted: &str| {
        let found = times.iter().find(|(name, _)| name == wanted);
        found.map_or(0.0, |(_, time)| millis(*time))
    };
    println!(
        "parse: {:.0} MB/s on {} threads",
        prepared.bytes as f64 / 1000.0 / of("parse"),
        rayon::current_num_threads()
    );
    for (name, one, other, most) in [
        (
            "check / (read + grammar)",
            "check",
            "read + grammar",
            MOST_CHECK,
        ),
        (
            "build open-badges-3 / writing its files",
            "build open-badges-3",
            "write plainly",
            MOST_BUILD,
        ),
    ] {
        let ratio = of(one) / of(other);
        println!("{name}: {ratio:.2} (at most {most})");
        // Not a number is a fault too.
        if ratio.is_nan() || ratio > most {
            faults.push(format!("{name} is {ratio:.2}, at most {most} is allowed"));
        }
    }
}

fn growth(all: &[Times], factor: f64, faults: &mut Vec<String>) {
    let [small, large] = all else {
        return;
    };
    let most = MOST_GROWTH * factor / 10.0;
    for ((name, short), (_, long)) in small.iter().zip(large) {
        let ratio = millis(*long) / millis((*short).max(LEAST));
        println!("{name:<24} grows {ratio:.1} times (at most {most:.1})");
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
