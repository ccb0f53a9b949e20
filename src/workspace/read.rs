//! Reading a project: its texts in parallel, its project file, its framework packs.
//!
//! Goes in: a [`Root`]. Comes out: [`Loaded`], everything that analysis needs, with what is already known to be wrong.
//! Each text can be parsed as soon as it is there, while others are still being read.
//! The `.gradus` files are the first files of the sources, in the order of their paths; project file and packs follow.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::io::Read;
use std::path::Path;
use std::sync::Arc;

use rayon::prelude::*;

use super::find::{self, Root, Scope};
use super::packs::{self, PackOnDisk};
use super::pins::{self, Lock};
use super::{Fault, released, shown, tables};
use crate::config::{self, Known, ProjectFile};
use crate::diag::{Sink, early};
use crate::import::pack::Pack;
use crate::mapping::table::Table;
use crate::source::{FileId, Place, Sources, Span};
use crate::syntax::{self, Parsed, encoding};

/// A project as it was read.
#[derive(Debug)]
pub struct Loaded {
    /// All texts; the first [`Loaded::gradus_files`] are the `.gradus` files.
    pub sources: Arc<Sources>,
    /// How many `.gradus` files there are.
    pub gradus_files: usize,
    /// The project file's text, if there is one.
    pub project_file: Option<FileId>,
    /// What it says.
    pub project: ProjectFile,
    /// Framework packs of the project.
    pub packs: Vec<Arc<Pack>>,
    /// The published mapping tables that the project keeps; none where no crosswalk asks for them.
    pub tables: Vec<Arc<Table>>,
    /// The trees of the `.gradus` files, where they were asked for.
    pub parsed: Option<Vec<Parsed>>,
    /// What is wrong with bytes, settings and packs.
    pub sink: Sink,
}

/// Whether texts are parsed while others are still being read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Parsing {
    /// At once: a text is parsed while it is still at hand.
    Now,
    /// Only once it is known that trees are needed.
    Later,
}

/// Spans are 32 bits wide.
const LONGEST: u64 = u32::MAX as u64 - 1;

/// Reads everything that belongs to a project.
///
/// # Errors
/// A file or folder cannot be read, or a file is too long.
pub fn load(root: &Root, known: Known<'_>, parsing: Parsing) -> Result<Loaded, Fault> {
    // The project file says which files there are, and yet its text comes after theirs: so it is read into sources of
    // its own first, and again, cheaply, once the others have their places.
    let settings = match &root.project_file {
        Some(path) => Some(read_text(path)?),
        None => None,
    };
    let globs = match &settings {
        Some(text) => {
            let mut sources = Sources::new();
            let file = sources.add(config::FILE_NAME, text.text.as_str());
            config::read(&sources, file, known, &mut Sink::new()).sources
        }
        None => ProjectFile::default().sources,
    };
    let gradus_texts = gradus_texts(root, &globs, parsing)?;
    let mut sink = Sink::new();
    let mut sources = Sources::new();
    let gradus_files = gradus_texts.len();
    let mut parsed: Vec<Option<Parsed>> = Vec::with_capacity(gradus_files);
    for (name, text, tree) in gradus_texts {
        add(&mut sources, name, text, &mut sink);
        parsed.push(tree);
    }
    let mut project_file = None;
    let mut project = ProjectFile::default();
    if let (Some(text), Some(path)) = (settings, &root.project_file) {
        let name = path.file_name().map(|name| name.to_string_lossy());
        let name = format!(
            "{}{}",
            root.prefix,
            name.unwrap_or(Cow::Borrowed(config::FILE_NAME))
        );
        let file = add(&mut sources, name, text, &mut sink);
        project = config::read(&sources, file, known, &mut sink);
        project_file = Some(file);
    }
    if let Scope::Project = root.scope
        && let Some(Ok(lock)) = pins::text(&root.folder)?.map(|text| Lock::parse(&text))
    {
        project.settings.released = released::releases(&lock);
    }
    let packs = match root.scope {
        Scope::Project => load_packs(root, &mut sources, &mut sink)?,
        Scope::File(_) | Scope::Stdin => Vec::new(),
    };
    let tables = match root.scope {
        Scope::Project if asks_for_tables(&sources) => tables::load(root, &mut sources, &mut sink)?,
        Scope::Project | Scope::File(_) | Scope::Stdin => Vec::new(),
    };
    Ok(Loaded {
        sources: Arc::new(sources),
        gradus_files,
        project_file,
        project,
        packs,
        tables,
        parsed: parsed.into_iter().collect(),
        sink,
    })
}

/// The name, the text and, if asked for, the tree of each `.gradus` file.
fn gradus_texts(
    root: &Root,
    globs: &[String],
    parsing: Parsing,
) -> Result<Vec<(String, Decoded, Option<Parsed>)>, Fault> {
    let with_tree = |index: usize, name: String, text: Decoded| {
        let file = FileId(index as u32);
        let parsed = (parsing == Parsing::Now).then(|| syntax::parse(file, &text.text));
        (name, text, parsed)
    };
    match &root.scope {
        Scope::Stdin => {
            let text = decode(read_stdin()?);
            Ok(vec![with_tree(0, "<stdin>".to_owned(), text)])
        }
        Scope::File(path) => {
            let name = path.file_name().map(|name| name.to_string_lossy());
            let name = format!("{}{}", root.prefix, name.unwrap_or(Cow::Borrowed("")));
            Ok(vec![with_tree(0, name, read_text(path)?)])
        }
        Scope::Project => project_files(root, globs)?
            .into_par_iter()
            .enumerate()
            .map(|(index, path)| {
                let text = read_text(&root.folder.join(&path))?;
                Ok(with_tree(index, format!("{}{path}", root.prefix), text))
            })
            .collect(),
    }
}

/// Whether any text may have a crosswalk through a third framework. The tables are large, and nothing else needs them.
fn asks_for_tables(sources: &Sources) -> bool {
    sources
        .iter()
        .any(|(_, file)| memchr::memmem::find(file.text().as_bytes(), b"through").is_some())
}

/// The files of a project: those of the globs, and the one that the user named.
fn project_files(root: &Root, globs: &[String]) -> Result<Vec<String>, Fault> {
    let mut files = find::sources(&root.folder, globs)?;
    let named = root.named.as_deref();
    if let Some(named) = named.and_then(|file| find::below(&root.folder, file))
        && let Err(at) = files.binary_search(&named)
    {
        files.insert(at, named);
    }
    Ok(files)
}

/// The packs in the project's `frameworks` folder, in the order of their names, compared with what the lock pins.
fn load_packs(
    root: &Root,
    sources: &mut Sources,
    sink: &mut Sink,
) -> Result<Vec<Arc<Pack>>, Fault> {
    let files = packs::files(&root.folder)?;
    let read: Vec<_> = files.par_iter().map(PackOnDisk::pack).collect();
    let mut packs = Vec::new();
    let mut digests = Vec::new();
    for (on_disk, pack) in files.into_iter().zip(read) {
        let faults = match pack {
            // Its bytes are not needed any more.
            Ok((pack, digest)) => {
                packs.push(Arc::new(pack));
                digests.push((on_disk.file, digest));
                continue;
            }
            Err(faults) => faults,
        };
        // Bytes that are no text are not shown.
        let text = if on_disk.is_binary() {
            Vec::new()
        } else {
            on_disk.bytes
        };
        let name = format!("{}{}", root.prefix, on_disk.file);
        let file = add(sources, name, decode(text), sink);
        for fault in faults {
            let span = span_at(sources, file, fault.line, fault.column);
            sink.report(&early::PROJECT_BAD_PACK, Place::new(file, span))
                .message(fault.message)
                .label("here");
        }
    }
    report_twice(root, &packs, &digests, sources, sink);
    pins::check(&root.folder, &root.prefix, &digests, sources, sink)?;
    Ok(packs)
}

/// One framework of one version in two files: which of them is meant, nobody can say.
fn report_twice(
    root: &Root,
    packs: &[Arc<Pack>],
    digests: &[(String, String)],
    sources: &mut Sources,
    sink: &mut Sink,
) {
    let mut first: BTreeMap<(&str, &str), &str> = BTreeMap::new();
    for (pack, (file, _)) in packs.iter().zip(digests) {
        let Some(other) = first.insert((&pack.id, &pack.version), file) else {
            continue;
        };
        let shown = sources.add(format!("{}{file}", root.prefix), String::new());
        sink.report(&early::PROJECT_BAD_PACK, Place::new(shown, Span::new(0, 0)))
            .message(format!(
                "`{file}` holds `{}` {}, and so does `{other}`",
                pack.id, pack.version
            ))
            .label("here")
            .help("remove the file that is not meant, and run `gradus frameworks pin`");
    }
}

/// The value that starts at a line and column: up to the end of what is written there.
pub(super) fn span_at(sources: &Sources, file: FileId, line: u32, column: u32) -> Span {
    let source = sources.file(file);
    let (start, end) = source.lines().range(line.saturating_sub(1) as usize);
    let text = source.slice(Span::new(start, end));
    let before: usize = text
        .chars()
        .take(column.saturating_sub(1) as usize)
        .map(char::len_utf8)
        .sum();
    let rest = text.get(before..).unwrap_or("");
    let length = rest
        .find([',', '}', ']', '\n', '\r', '#'])
        .unwrap_or(rest.len());
    let length = rest.get(..length).unwrap_or("").trim_end().len();
    let start = start + before as u32;
    Span::new(start, start + length as u32)
}

/// A text, and where its bytes were none.
#[derive(Debug)]
struct Decoded {
    text: String,
    /// Byte offsets in the file, and how many bytes.
    bad: Vec<(usize, usize)>,
}

fn read_text(path: &Path) -> Result<Decoded, Fault> {
    let metadata = std::fs::metadata(path).map_err(|error| Fault::unreadable(path, &error))?;
    if metadata.len() > LONGEST {
        return Err(too_long(path));
    }
    let bytes = std::fs::read(path).map_err(|error| Fault::unreadable(path, &error))?;
    if bytes.len() as u64 > LONGEST {
        return Err(too_long(path));
    }
    Ok(decode(bytes))
}

fn read_stdin() -> Result<Vec<u8>, Fault> {
    let mut bytes = Vec::new();
    std::io::stdin()
        .lock()
        .take(LONGEST + 1)
        .read_to_end(&mut bytes)
        .map_err(|error| Fault::unreadable(Path::new("<stdin>"), &error))?;
    if bytes.len() as u64 > LONGEST {
        return Err(too_long(Path::new("<stdin>")));
    }
    Ok(bytes)
}

fn too_long(path: &Path) -> Fault {
    Fault::Unreadable {
        path: path.to_owned(),
        reason: format!("it is longer than 4 GiB ({})", shown(path)),
    }
}

/// Bytes to text, without a copy where they are UTF-8.
fn decode(bytes: Vec<u8>) -> Decoded {
    match String::from_utf8(bytes) {
        Ok(text) => Decoded {
            text,
            bad: Vec::new(),
        },
        Err(error) => {
            let (text, bad) = encoding::decode(error.as_bytes());
            Decoded { text, bad }
        }
    }
}

/// Adds a text to the sources, and says where its bytes were none.
fn add(sources: &mut Sources, name: String, decoded: Decoded, sink: &mut Sink) -> FileId {
    let file = sources.add(name, decoded.text);
    if !decoded.bad.is_empty() {
        for diagnostic in encoding::findings(file, sources.file(file).text(), &decoded.bad) {
            sink.push(diagnostic);
        }
    }
    file
}
