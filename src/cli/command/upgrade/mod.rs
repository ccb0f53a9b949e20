//! `gradus upgrade`: what a new release of a framework does to the codes that the project uses.
//!
//! Goes in: the project and a newer release. Comes out: for every code that is used, what became of it; with `--fix`, the mends that are
//! certain, in the files themselves, the new pack and its line in `gradus.lock`. What is not certain is said and left to a person.

mod guesses;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::PathBuf;

use super::super::Exit;
use super::super::args::Upgrade;
use super::super::render::counted;
use super::super::terminal::{Terminal, bold};
use super::import::keep::{Keeping, Kept};
use super::{fix, import, open};
use crate::diag::Edit;
use crate::import::assemble::{Assembled, Wanted};
use crate::import::details::Details;
use crate::import::pack::{Pack, PackItemIndex};
use crate::import::upgrade::{Changes, Fate, Releases};
use crate::model::{ExternalFramework, ExternalUse};
use crate::source::{FileId, Place, Span};
use crate::syntax::tree::TextForm;
use crate::workspace::{Analysis, Fault, Root, pins, shown};

pub(in crate::cli) fn run(
    options: &Upgrade,
    config: Option<PathBuf>,
    terminal: &Terminal,
) -> Result<Exit, Fault> {
    let (root, analysis) = open(None, config)?;
    let given = import::Given::open(&options.source)?;
    let mut set = set_before(&root, &analysis, &options.id)?;
    let before: Vec<String> = set.keys().cloned().collect();
    set.extend(import::settings(&options.set)?);
    let (new, is_pack) = release(options, &set, &given, &analysis)?;
    let bundle = &given.bundle;
    let mut upgrade = Upgraded::new(&analysis, &new.pack);
    upgrade.frameworks(&options.id)?;
    upgrade.uses(&options.id);
    upgrade.guess(&new.details);
    terminal.print(&upgrade.text(terminal.color))?;
    if is_pack {
        set.clear();
    } else if !before.is_empty() {
        terminal.note(&format!(
            "set again as before: {} (give another value with `--set`)",
            before.join(", ")
        ));
    }
    if !options.fix {
        terminal.note(&format!(
            "{} can be made with certainty: run the same with `--fix`",
            counted(upgrade.edits.len(), "edit", "edits")
        ));
        return Ok(upgrade.exit());
    }
    let count = upgrade.edits.len();
    let exit = upgrade.exit();
    // The pack goes first: files that name the new version can then always be checked.
    let renamed = set.contains_key("iri") || set.contains_key("title");
    let keeping = Keeping::new(&root, &Kept::read(&root)?, &new, &bundle.name, renamed)?;
    keeping.write(&bundle.name, set)?;
    fix::apply(&root, &analysis, &fix::of_edits(upgrade.edits))?;
    terminal.note(&format!("{} made", counted(count, "edit", "edits")));
    Ok(exit)
}

/// What a person has set of the releases that the project has: of those that it uses, where it says which.
fn set_before(
    root: &Root,
    analysis: &Analysis,
    id: &str,
) -> Result<BTreeMap<String, String>, Fault> {
    let project = &analysis.project;
    let used = |version: &str| {
        let mut frameworks = project.external_frameworks.as_slice().iter();
        frameworks.any(|framework| {
            let pack = framework.pack.as_deref();
            pack.is_some_and(|pack| pack.id == id && pack.version == version)
        })
    };
    let lock = pins::read(&root.folder)?;
    let (first, last): (Vec<_>, Vec<_>) = lock
        .frameworks
        .into_iter()
        .filter(|pin| pin.id == id)
        .partition(|pin| !used(&pin.version));
    let pins = if last.is_empty() { first } else { last };
    Ok(pins.into_iter().flat_map(|pin| pin.set).collect())
}

/// The new release, by the id that the project uses, and whether it is a pack, which says everything itself.
fn release(
    options: &Upgrade,
    set: &BTreeMap<String, String>,
    given: &import::Given,
    analysis: &Analysis,
) -> Result<(Assembled, bool), Fault> {
    let version = import::version(options.version.as_deref())?;
    let wanted = |id: Option<&String>| Wanted {
        id: id.cloned(),
        version: version.clone(),
        unversioned: false,
        set: set.clone().into_iter().collect(),
    };
    let own = import::release(given, &wanted(None), &options.id)?;
    let is_pack = own.format == import::PACK;
    let settings = [
        ("--version", options.version.is_some()),
        ("--set", !options.set.is_empty()),
    ];
    if let Some((option, _)) = settings.iter().find(|(_, given)| is_pack && *given) {
        return Err(Fault::Usage {
            message: format!("`{option}` cannot change a framework pack"),
            help: Some("leave it out".to_owned()),
        });
    }
    if own.assembled.pack.id == options.id {
        return Ok((own.assembled, is_pack));
    }
    // A framework may have been given another id; then it is told by what is in it.
    let project = &analysis.project;
    let mut old = project
        .external_frameworks
        .as_slice()
        .iter()
        .filter(|framework| project.names.text(framework.id) == options.id)
        .filter_map(|framework| framework.pack.as_deref())
        .peekable();
    if old.peek().is_some() && !old.any(|old| have_in_common(old, &own.assembled.pack)) {
        return Err(Fault::Usage {
            message: format!(
                "`{}` is the framework `{}`, and nothing in it is of `{}`",
                shown(&options.source),
                own.assembled.pack.id,
                options.id
            ),
            help: Some(format!("give a release of `{}`", options.id)),
        });
    }
    let named = import::release(given, &wanted(Some(&options.id)), &options.id)?;
    Ok((named.assembled, is_pack))
}

/// Whether two packs have an item with one address, or with one code and name.
fn have_in_common(old: &Pack, new: &Pack) -> bool {
    new.items().iter().any(|item| {
        old.find_iri(&item.iri).is_some()
            || old
                .find(&item.code)
                .is_some_and(|known| old.item(known).label == item.label)
    })
}

/// What is said under each heading, in this order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Heading {
    Kept,
    Relabelled,
    Moved,
    Recoded,
    Replaced,
    Withdrawn,
    Gone,
    Doubtful,
    Unknown,
}

impl Heading {
    fn words(self) -> &'static str {
        match self {
            Self::Kept => "kept",
            Self::Relabelled => "relabelled",
            Self::Moved => "moved to another place in the framework",
            Self::Recoded => "recoded, or with another address",
            Self::Replaced => "withdrawn, with a successor",
            Self::Withdrawn => "withdrawn, without one successor",
            Self::Gone => "gone",
            Self::Doubtful => "relabelled, to be judged by a person (left as it is)",
            Self::Unknown => "not in the old release either",
        }
    }
}

struct Upgraded<'a> {
    analysis: &'a Analysis,
    new: &'a Pack,
    /// Lines for people, each once, by heading, with where the project says it.
    lines: BTreeMap<Heading, BTreeMap<String, Vec<String>>>,
    /// Codes that are gone and that nothing in the new release is called like, with the release that had them.
    gone: Vec<(&'a Pack, PackItemIndex)>,
    edits: Vec<Edit>,
}

impl<'a> Upgraded<'a> {
    fn new(analysis: &'a Analysis, new: &'a Pack) -> Self {
        Self {
            analysis,
            new,
            lines: BTreeMap::new(),
            gone: Vec::new(),
            edits: Vec::new(),
        }
    }

    /// The versions in `use`.
    fn frameworks(&mut self, id: &str) -> Result<(), Fault> {
        let project = &self.analysis.project;
        let mut used = false;
        for framework in project.external_frameworks.as_slice() {
            if project.names.text(framework.id) != id {
                continue;
            }
            if framework.pack.is_none() {
                return Err(Fault::Usage {
                    message: format!("the release of `{id}` that the project uses is not at hand"),
                    help: Some(format!("import it first: `gradus import SOURCE --as {id}`")),
                });
            }
            used = true;
            self.version(framework);
        }
        if used {
            return Ok(());
        }
        Err(Fault::Usage {
            message: format!("the project does not use `{id}`"),
            help: Some("import it: `gradus import SOURCE`".to_owned()),
        })
    }

    /// `use esco "1.1.1"` names the new version afterwards; without a version, the latest is meant anyway.
    fn version(&mut self, framework: &ExternalFramework) {
        let place = framework.place;
        if (place.file.0 as usize) >= self.analysis.gradus_files {
            return;
        }
        let text = self.analysis.sources.file(place.file).text();
        let end = place.span.end as usize;
        let rest = text.get(end..).unwrap_or("");
        let blanks = rest.len() - rest.trim_start_matches([' ', '\t']).len();
        let written = rest.get(blanks..).unwrap_or("");
        let length = match written.strip_prefix('"') {
            Some(inner) => inner.find('"').map(|at| at + 2),
            None => Some(
                written
                    .find(|letter: char| !(letter.is_ascii_digit() || letter == '.'))
                    .unwrap_or(written.len()),
            ),
        };
        let Some(length @ 1..) = length else { return };
        let version = format!("\"{}\"", self.new.version);
        if written.get(..length) != Some(version.as_str()) {
            // Files are shorter than 4 GiB.
            let start = (end + blanks) as u32;
            self.edit(place.file, Span::new(start, start + length as u32), version);
        }
    }

    fn uses(&mut self, id: &str) {
        let analysis = self.analysis;
        let project = &analysis.project;
        let mut releases: BTreeMap<&str, Releases<'a>> = BTreeMap::new();
        for used in &project.external_uses {
            let Some(framework) = project.external_framework(used.item) else {
                continue;
            };
            let Some(old) = &framework.pack else { continue };
            if project.names.text(framework.id) != id
                || (used.place.file.0 as usize) >= analysis.gradus_files
            {
                continue;
            }
            match project.external_items[used.item].index {
                Some(index) => {
                    let releases = releases
                        .entry(&old.version)
                        .or_insert_with(|| Releases::new(old, self.new));
                    let fate = releases.fate(index);
                    self.one(used, old, index, fate);
                }
                None => {
                    let line = project.slice(used.place).to_owned();
                    self.say(Heading::Unknown, line, used.place);
                }
            }
        }
    }

    fn one(&mut self, used: &ExternalUse, old: &'a Pack, index: PackItemIndex, fate: Fate) {
        let before = old.item(index);
        let name = |index: PackItemIndex| {
            let item = self.new.item(index);
            format!("{} {}", item.code, item.label)
        };
        let was = format!("{} {}", before.code, before.label);
        let place = used.place;
        match fate {
            Fate::There(_, changes) if changes.is_none() => self.say(Heading::Kept, was, place),
            Fate::There(now, changes) => {
                let heading = heading(changes);
                let line = format!("{was} → {}", name(now));
                let line = if changes.moved {
                    let parent = self.new.parent(now);
                    let above = parent.map_or("the top".to_owned(), name);
                    format!("{line}, in {above}")
                } else {
                    line
                };
                self.say(heading, line, place);
                self.mend(used, old, index, now);
            }
            Fate::Replaced(now) => {
                self.say(Heading::Replaced, format!("{was} → {}", name(now)), place);
                self.mend(used, old, index, now);
            }
            Fate::Withdrawn(_) => self.say(Heading::Withdrawn, was, place),
            Fate::Gone(Some(hint)) => {
                let line = format!("{was}; a guess: {} has its name", name(hint));
                self.say(Heading::Gone, line, place);
            }
            Fate::Doubtful(now) => {
                self.say(Heading::Doubtful, format!("{was} → {}", name(now)), place);
            }
            Fate::Gone(None) => {
                let is_known = self
                    .gone
                    .iter()
                    .any(|&(of, known)| std::ptr::eq(of, old) && known == index);
                if !is_known {
                    self.gone.push((old, index));
                }
                self.say(Heading::Gone, was, place);
            }
        }
    }

    fn say(&mut self, heading: Heading, line: String, place: Place) {
        let file = self.analysis.sources.file(place.file);
        let number = file.lines().line_of(place.span.start) + 1;
        let places = self.lines.entry(heading).or_default().entry(line);
        places
            .or_default()
            .push(format!("{}:{number}", file.name()));
    }

    /// For codes that are gone: what the new release has that is most like them, as `gradus suggest` finds it. A guess, and never
    /// applied.
    fn guess(&mut self, details: &Details) {
        for (was, guess) in guesses::guesses(&self.gone, (self.new, details)) {
            let Some(lines) = self.lines.get_mut(&Heading::Gone) else {
                continue;
            };
            if let Some(places) = lines.remove(&was) {
                lines.insert(format!("{was}; {guess}"), places);
            }
        }
    }

    /// Writes the new code where the old one stands, and the new name beside it where one is written.
    fn mend(&mut self, used: &ExternalUse, old: &Pack, index: PackItemIndex, now: PackItemIndex) {
        let analysis = self.analysis;
        let project = &analysis.project;
        let written = project.slice(used.place);
        let (before, after) = (old.item(index), self.new.item(now));
        let code = &project.external_items[used.item].code;
        let (was, is) = if *code == before.iri {
            (&before.iri, &after.iri)
        } else {
            (&before.code, &after.code)
        };
        if was != is
            && let Some((alias, _)) = written.split_once(':')
        {
            let text = format!("{alias}:{}", in_source(is));
            self.edit(used.place.file, used.place.span, text);
        }
        if let Some(label) = used.label
            && before.label != after.label
            && let Some(text) = inside_quotes(label.form, &after.label)
        {
            self.edit(label.place.file, label.place.span, text);
        }
    }

    fn edit(&mut self, file: FileId, span: Span, text: String) {
        let edit = Edit {
            place: Place::new(file, span),
            text,
        };
        if !self.edits.contains(&edit) {
            self.edits.push(edit);
        }
    }

    fn text(&self, color: bool) -> String {
        let mut out = format!(
            "{}\n",
            bold(&format!("{} {}", self.new.id, self.new.version), color)
        );
        for (heading, lines) in &self.lines {
            // Writing to a string cannot fail.
            let _ = writeln!(out, "\n{}: {}", heading.words(), lines.len());
            for (line, places) in lines {
                let _ = writeln!(out, "  {line}\n      {}", listed(places));
            }
        }
        out
    }

    /// What needs a person is a finding.
    fn exit(&self) -> Exit {
        let open = [
            Heading::Withdrawn,
            Heading::Gone,
            Heading::Doubtful,
            Heading::Unknown,
        ];
        if open.iter().any(|heading| self.lines.contains_key(heading)) {
            Exit::Findings
        } else {
            Exit::Clean
        }
    }
}

/// How many places of one code are shown.
const PLACES: usize = 6;

fn listed(places: &[String]) -> String {
    let mut shown: Vec<&str> = places.iter().take(PLACES).map(String::as_str).collect();
    let more = places.len().saturating_sub(PLACES);
    let rest = format!("and {more} more");
    if more > 0 {
        shown.push(&rest);
    }
    shown.join(", ")
}

fn heading(changes: Changes) -> Heading {
    if changes.recoded || changes.readdressed {
        Heading::Recoded
    } else if changes.relabelled {
        Heading::Relabelled
    } else {
        Heading::Moved
    }
}

/// A code after the colon: in quotes where it has more than letters, digits, dots and hyphens.
pub(super) fn in_source(code: &str) -> String {
    let plain = code
        .bytes()
        .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_'))
        && code.ends_with(|last: char| last.is_ascii_alphanumeric());
    if plain {
        code.to_owned()
    } else {
        let inside = inside_quotes(TextForm::Plain, code);
        format!("\"{}\"", inside.as_deref().unwrap_or(code))
    }
}

/// A name between the quotes that are there; nothing where it would have to be laid out anew.
fn inside_quotes(form: TextForm, text: &str) -> Option<String> {
    crate::check::quoted(form, text)
}
