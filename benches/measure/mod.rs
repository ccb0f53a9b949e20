//! The stages of the program, one by one, on a generated project. Shared by the benches.

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use gradus::config::Known;
use gradus::diag::Sink;
use gradus::emit::{self, Catalogue, EMITTERS, Input, OutputFile};
use gradus::graph::Graph;
use gradus::model::Project;
use gradus::resolve::{self, Inputs};
use gradus::source::Sources;
use gradus::syntax::{self, Parsed};
use gradus::workspace::read::Parsing;
use gradus::workspace::{self, Analysis, Loaded, Target, analysis, find, publish, read};
use rayon::prelude::*;
use tempfile::TempDir;

use crate::generator;

/// The allocator of the program, so that a stage costs here what it costs there.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// A generated project on disk, and what each stage hands to the next.
pub struct Prepared {
    /// How many skills were asked for.
    pub skills: usize,
    /// How large the `.gradus` files are together.
    pub bytes: usize,
    folder: TempDir,
    paths: Vec<PathBuf>,
    sources: Arc<Sources>,
    settings: gradus::model::Settings,
    parsed: Vec<Parsed>,
    /// The linked project.
    pub project: Project,
    /// Its graph.
    pub graph: Graph,
}

/// Generates, reads and links a project of a size.
pub fn prepare(skills: usize) -> io::Result<Prepared> {
    let folder = new_folder()?;
    generator::write(skills, folder.path())?;
    let loaded = load(folder.path());
    let paths = find::sources(folder.path(), &loaded.project.sources)
        .unwrap_or_else(|fault| panic!("{fault}"))
        .into_iter()
        .map(|path| folder.path().join(path))
        .collect();
    let sources = Arc::clone(&loaded.sources);
    let settings = loaded.project.settings.clone();
    let parsed = loaded.parsed.unwrap_or_default();
    let project = link(&parsed, &sources, &settings);
    let graph = Graph::build(&project);
    let bytes = (0..loaded.gradus_files)
        .map(|index| {
            let id = gradus::source::FileId(index as u32);
            sources.file(id).text().len()
        })
        .sum();
    Ok(Prepared {
        skills,
        bytes,
        folder,
        paths,
        sources,
        settings,
        parsed,
        project,
        graph,
    })
}

/// Finds and reads a project as the program does.
pub fn load(folder: &Path) -> Loaded {
    let target = Target {
        path: Some(folder.to_owned()),
        config: None,
    };
    let rules = analysis::rule_names();
    let outputs: Vec<&str> = EMITTERS.iter().map(|emitter| emitter.name).collect();
    let known = Known {
        rules: &rules,
        outputs: &outputs,
    };
    let root = find::root(&target).unwrap_or_else(|fault| panic!("{fault}"));
    read::load(&root, known, Parsing::Now).unwrap_or_else(|fault| panic!("{fault}"))
}

/// Finds and reads the files of a project and runs the grammar over them, side by side, with no further work.
pub fn read_and_grammar(folder: &Path) -> bool {
    let target = Target {
        path: Some(folder.to_owned()),
        config: None,
    };
    let Ok(root) = find::root(&target) else {
        return false;
    };
    let Ok(paths) = find::sources(&root.folder, &["**/*.gradus".to_owned()]) else {
        return false;
    };
    paths.par_iter().all(|path| {
        let text = std::fs::read_to_string(root.folder.join(path));
        text.is_ok_and(|text| syntax::grammar_alone(&text))
    })
}

fn parse(sources: &Sources, files: usize) -> Vec<Parsed> {
    (0..files)
        .into_par_iter()
        .map(|index| {
            let id = gradus::source::FileId(index as u32);
            syntax::parse(id, sources.file(id).text())
        })
        .collect()
}

fn link(parsed: &[Parsed], sources: &Arc<Sources>, settings: &gradus::model::Settings) -> Project {
    let inputs = Inputs {
        sources: Arc::clone(sources),
        settings: settings.clone(),
        packs: Vec::new(),
        tables: Vec::new(),
    };
    resolve::link(parsed, inputs, &mut Sink::new())
}

impl Prepared {
    /// The project's folder.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// Reads every file, side by side; gives the bytes read.
    pub fn read(&self) -> usize {
        self.read_texts().iter().map(String::len).sum()
    }

    fn read_texts(&self) -> Vec<String> {
        self.paths
            .par_iter()
            .map(|path| {
                std::fs::read_to_string(self.folder.path().join(path))
                    .unwrap_or_else(|error| panic!("{}: {error}", path.display()))
            })
            .collect()
    }

    /// Runs the grammar over every file, side by side, with no further work.
    pub fn grammar(&self) -> bool {
        (0..self.paths.len()).into_par_iter().all(|index| {
            let id = gradus::source::FileId(index as u32);
            syntax::grammar_alone(self.sources.file(id).text())
        })
    }

    /// Reads the same bytes and runs the grammar over them: what `check` is held against.
    pub fn read_and_grammar(&self) -> bool {
        self.paths.par_iter().all(|path| {
            let text = std::fs::read_to_string(self.folder.path().join(path));
            text.is_ok_and(|text| syntax::grammar_alone(&text))
        })
    }

    /// Parses every file.
    pub fn parse(&self) -> usize {
        parse(&self.sources, self.paths.len()).len()
    }

    /// Links.
    pub fn link(&self) -> usize {
        link(&self.parsed, &self.sources, &self.settings)
            .items
            .len()
    }

    /// Builds the graph.
    pub fn build_graph(&self) -> Graph {
        Graph::build(&self.project)
    }

    /// Builds the graph and runs every rule; gives the number of findings.
    pub fn rules(&self) -> usize {
        let mut sink = Sink::new();
        gradus::check::run(&self.project, &mut sink);
        sink.as_slice().len()
    }

    /// Runs one rule, with the graph if it asks for it; gives the number of findings.
    pub fn rule(&self, check: fn(&gradus::check::Context<'_>, &mut Sink)) -> usize {
        let shared = gradus::check::Shared::default();
        let context = gradus::check::Context::new(&self.project, &shared);
        let mut sink = Sink::new();
        check(&context, &mut sink);
        sink.as_slice().len()
    }

    /// Everything that `gradus check` does but printing.
    pub fn check(&self) -> Analysis {
        workspace::analyze(load(self.folder()), &|_| None)
    }

    /// Makes the files of one output.
    pub fn emit(&self, output: &str) -> Catalogue {
        emit_from(&self.project, &self.graph, &[output])
    }
}

fn emit_from(project: &Project, graph: &Graph, outputs: &[&str]) -> Catalogue {
    let assets = BTreeMap::new();
    let input = Input {
        project,
        graph,
        assets: &assets,
    };
    emit::collect(&input, outputs).unwrap_or_else(|error| panic!("{error}"))
}

/// Publishes files into a folder as the program does.
pub fn write(out: &Path, catalogue: &Catalogue) -> usize {
    publish::write(out, catalogue, &[], &|_| {})
        .unwrap_or_else(|fault| panic!("{fault}"))
        .written
}

/// Writes the same bytes to the same number of files, side by side, and nothing else: what `build` is held against.
pub fn write_plainly(out: &Path, files: &[OutputFile]) {
    let mut folders: Vec<PathBuf> = files
        .iter()
        .filter_map(|file| out.join(&file.path).parent().map(Path::to_owned))
        .collect();
    folders.sort_unstable();
    folders.dedup();
    for folder in folders {
        std::fs::create_dir_all(&folder)
            .unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    }
    files.par_iter().for_each(|file| {
        std::fs::write(out.join(&file.path), &file.contents)
            .unwrap_or_else(|error| panic!("{}: {error}", file.path));
    });
}

/// A new folder, in memory where the system has such a place with room for the largest project: on a disk, what is measured
/// is how busy the disk is with the files of the run before.
fn new_folder() -> io::Result<TempDir> {
    const ROOM: u64 = 2 << 30;
    let memory = Path::new("/dev/shm");
    match rustix::fs::statvfs(memory) {
        Ok(room) if room.f_bavail.saturating_mul(room.f_frsize) > ROOM => {
            tempfile::tempdir_in(memory)
        }
        Ok(_) | Err(_) => tempfile::tempdir(),
    }
}

/// How long something took.
#[derive(Debug, Clone, Copy, Default)]
pub struct Cost {
    /// By the clock on the wall.
    pub wall: Duration,
    /// On processors, of all threads together: hardly changes when the machine is busy with other things.
    pub processor: Duration,
}

impl Cost {
    fn least(self, other: Self) -> Self {
        Self {
            wall: self.wall.min(other.wall),
            processor: self.processor.min(other.processor),
        }
    }
}

/// The least cost of several runs.
pub fn least<T>(runs: usize, mut run: impl FnMut() -> T) -> Cost {
    (0..runs)
        .map(|_| once(&mut run))
        .reduce(Cost::least)
        .unwrap_or_default()
}

/// The least cost of several runs, each into a folder that is new.
pub fn least_in_new_folders<T>(runs: usize, mut run: impl FnMut(&Path) -> T) -> Cost {
    (0..runs)
        .map(|_| {
            let folder = new_folder().unwrap_or_else(|error| panic!("{error}"));
            let out = folder.path().join("dist");
            once(&mut || run(&out))
        })
        .reduce(Cost::least)
        .unwrap_or_default()
}

fn once<T>(run: &mut impl FnMut() -> T) -> Cost {
    let (wall, processor) = (Instant::now(), processor_time());
    let made = run();
    let cost = Cost {
        wall: wall.elapsed(),
        processor: processor_time().saturating_sub(processor),
    };
    // Taking apart what was made is not part of the stage.
    drop(made);
    cost
}

/// What all threads of this process have used so far.
fn processor_time() -> Duration {
    let time = rustix::time::clock_gettime(rustix::time::ClockId::ProcessCPUTime);
    Duration::new(
        u64::try_from(time.tv_sec).unwrap_or_default(),
        u32::try_from(time.tv_nsec).unwrap_or_default(),
    )
}
