//! Frameworks from elsewhere: `use`, and the codes that the project refers to.

use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};

use super::Inputs;
use super::outcome::Outcome;
use super::tables::Tables;
use crate::diag::{closest, did_you_mean, early};
use crate::import::bundled;
use crate::import::pack::Pack;
use crate::model::{
    ExternalFramework, ExternalFrameworkId, ExternalItem, ExternalItemId, Id, Name,
};
use crate::source::{FileId, Place, Span};
use crate::syntax::Parsed;
use crate::syntax::text;
use crate::syntax::tree::{Arg, Key, Statement, Tree};

/// One code (with its alias) or plain address in the text, before it is looked up.
#[derive(Debug, Clone, Copy)]
pub(super) struct Mention<'a> {
    /// Empty for a plain address.
    alias: &'a str,
    code: &'a str,
    place: Place,
}

/// The external frameworks and items of a project, for look-ups while lowering.
#[derive(Default)]
pub(super) struct Externals {
    pub(super) frameworks: Vec<ExternalFramework>,
    pub(super) items: Vec<ExternalItem>,
    by_alias: FxHashMap<Name, ExternalFrameworkId>,
    /// For each framework, its items by code.
    by_code: Vec<FxHashMap<String, ExternalItemId>>,
    by_iri: FxHashMap<String, ExternalItemId>,
    /// Aliases before a colon that stand for nothing; reported.
    strangers: FxHashSet<String>,
}

impl Externals {
    /// The framework behind an alias.
    pub(super) fn framework(&self, alias: Name) -> Option<ExternalFrameworkId> {
        self.by_alias.get(&alias).copied()
    }

    /// The item of a code, if its framework is known.
    pub(super) fn item(
        &self,
        framework: ExternalFrameworkId,
        code: &str,
    ) -> Option<ExternalItemId> {
        self.by_code.get(framework.index())?.get(code).copied()
    }

    /// Whether an alias stands for nothing, which has been said at its first code.
    pub(super) fn is_stranger(&self, alias: &str) -> bool {
        self.strangers.contains(alias)
    }

    /// The item that is given by its address alone.
    pub(super) fn plain(&self, iri: &str) -> Option<ExternalItemId> {
        self.by_iri.get(iri).copied()
    }
}

/// All codes of one file, in order.
pub(super) fn mentions<'a>(tree: &'a Tree, file: FileId, text: &'a str) -> Vec<Mention<'a>> {
    let slice = |span: Span| tree.word(text, span);
    let mut mentions = Vec::new();
    for statement in &tree.statements {
        let plain = matches!(
            statement.key,
            Key::Mapping | Key::Row | Key::For | Key::Level | Key::Field
        );
        for arg in tree.args(statement) {
            match *arg {
                Arg::External { alias, code } => {
                    mentions.push(Mention {
                        alias: slice(alias),
                        code: slice(code),
                        place: Place::new(file, alias),
                    });
                }
                Arg::Iri(span) if plain => mentions.push(Mention {
                    alias: "",
                    code: slice(span),
                    place: Place::new(file, span),
                }),
                _ => {}
            }
        }
    }
    mentions
}

/// Opens the frameworks of all `use` statements and looks up every code.
pub(super) fn open<'a>(
    tables: &mut Tables,
    parsed: &[Parsed],
    inputs: &Inputs,
    mentions: impl Iterator<Item = Mention<'a>>,
    outcome: &mut Outcome,
) {
    for (index, parsed) in parsed.iter().enumerate() {
        for (_, statement) in parsed.tree.roots() {
            if statement.key == Key::Use {
                open_one(
                    tables,
                    &parsed.tree,
                    statement,
                    FileId(index as u32),
                    inputs,
                    outcome,
                );
            }
        }
    }
    let mut strangers: Vec<(Mention<'a>, usize)> = Vec::new();
    let mut stranger_of: FxHashMap<&'a str, usize> = FxHashMap::default();
    // Neighbors mostly speak of the same framework.
    let mut last: (&str, Option<ExternalFrameworkId>) = ("", None);
    for mention in mentions {
        if mention.alias.is_empty() {
            enter_plain(&mut tables.externals, mention.code);
            continue;
        }
        if mention.alias != last.0 {
            let alias = tables.names.find(mention.alias);
            let framework = alias.and_then(|alias| tables.externals.framework(alias));
            last = (mention.alias, framework);
        }
        match last.1 {
            Some(framework) => enter(&mut tables.externals, framework, mention.code),
            None => {
                let at = *stranger_of.entry(mention.alias).or_insert_with(|| {
                    strangers.push((mention, 0));
                    strangers.len() - 1
                });
                strangers[at].1 += 1;
            }
        }
    }
    for (mention, count) in strangers {
        tables.externals.strangers.insert(mention.alias.to_owned());
        report_stranger(tables, inputs, mention, count, outcome);
    }
}

fn report_stranger(
    tables: &Tables,
    inputs: &Inputs,
    mention: Mention<'_>,
    count: usize,
    outcome: &mut Outcome,
) {
    let alias = mention.alias;
    let more = if count > 1 {
        format!(" ({count} references)")
    } else {
        String::new()
    };
    let known = |id: &str| {
        bundled::find(id, None).is_some() || inputs.packs.iter().any(|pack| pack.id == id)
    };
    let help = if known(alias) {
        Some(format!("add `use {alias}` to the project"))
    } else {
        let used = tables
            .externals
            .frameworks
            .iter()
            .map(|framework| tables.names.text(framework.alias));
        did_you_mean(alias, used.chain(bundled::all().iter().map(|pack| pack.id)))
    };
    outcome
        .report(&early::NAME_UNDEFINED, mention.place)
        .message(format!(
            "no framework is in use under the name `{alias}`{more}"
        ))
        .label("not in use")
        .help_opt(help);
}

/// Reads `use NAME VERSION? (as ALIAS)?`.
fn open_one(
    tables: &mut Tables,
    tree: &Tree,
    statement: &Statement,
    file: FileId,
    inputs: &Inputs,
    outcome: &mut Outcome,
) {
    let source = inputs.sources.file(file);
    let args = tree.args(statement);
    let Some(&Arg::Id(id_span)) = args.first() else {
        return;
    };
    let id = tree.word(source.text(), id_span);
    let (mut version, mut alias) = (None, id_span);
    let mut after_as = false;
    for arg in args.iter().skip(1) {
        match *arg {
            Arg::Number(span) => version = Some((source.slice(span).to_owned(), span)),
            Arg::Text(span, form) => {
                version = Some((text::value(source.slice(span), form).into_owned(), span))
            }
            Arg::Word(..) => after_as = true,
            Arg::Id(span) if after_as => alias = span,
            _ => {}
        }
    }
    let place = Place::new(file, id_span);
    let alias_name = tables.names.intern(tree.word(source.text(), alias));
    if let Some(&known) = tables.externals.by_alias.get(&alias_name) {
        let known = &tables.externals.frameworks[known.index()];
        let same = tables.names.text(known.id) == id
            && (version.is_none()
                || known.version.as_ref() == version.as_ref().map(|(version, _)| version));
        if !same {
            outcome
                .report(&early::NAME_AMBIGUOUS, Place::new(file, alias))
                .message(format!(
                    "`{}` already stands for another framework or version",
                    source.slice(alias)
                ))
                .label("used again here")
                .also(known.place, "used first here")
                .help(format!(
                    "give one of them another name: `use {id}{} as {id}-2`",
                    version
                        .as_ref()
                        .map(|&(_, span)| format!(" {}", source.slice(span)))
                        .unwrap_or_default()
                ));
        }
        return;
    }
    let wanted = version.as_ref().map(|(version, _)| version.as_str());
    let pack = find_pack(id, wanted, inputs);
    if pack.is_none() {
        if has_faulty_pack(id, inputs) {
            outcome.faults += 1;
        } else {
            report_unknown(id, version.as_ref(), place, inputs, outcome);
        }
    }
    let framework = ExternalFramework {
        alias: alias_name,
        id: tables.names.intern(id),
        version: pack
            .as_ref()
            .map(|pack| pack.version.clone())
            .or(version.map(|(version, _)| version)),
        place,
        pack,
        referenced: false,
    };
    let new = ExternalFrameworkId::from_index(tables.externals.frameworks.len());
    tables.externals.frameworks.push(framework);
    tables.externals.by_alias.insert(alias_name, new);
    tables.externals.by_code.push(FxHashMap::default());
}

/// The project's own pack goes before the shipped one; without a version the latest is meant.
fn find_pack(id: &str, version: Option<&str>, inputs: &Inputs) -> Option<Arc<Pack>> {
    let own = inputs
        .packs
        .iter()
        .filter(|pack| pack.id == id && version.is_none_or(|version| fits(&pack.version, version)));
    if let Some(pack) = own.max_by(|a, b| bundled::compare_versions(&a.version, &b.version)) {
        return Some(Arc::clone(pack));
    }
    let shipped = match version {
        None => bundled::find(id, None),
        Some(version) => bundled::all()
            .iter()
            .rfind(|pack| pack.id == id && fits(pack.version, version)),
    };
    Pack::parse(shipped?.text).ok().map(Arc::new)
}

/// `1.1` is met by `1.1` and by `1.1.1`.
fn fits(have: &str, wanted: &str) -> bool {
    have.strip_prefix(wanted)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}

/// Whether the project keeps a pack of this id with faults in it, which have been reported. Among the texts there are, of all packs, only
/// such; they are called after their framework and its version.
fn has_faulty_pack(id: &str, inputs: &Inputs) -> bool {
    let count = u32::try_from(inputs.sources.len()).unwrap_or(u32::MAX);
    (0..count).any(|index| {
        let name = inputs.sources.file(FileId(index)).name();
        let (folder, file) = name.rsplit_once('/').unwrap_or(("", name));
        let of_packs = folder == "frameworks" || folder.ends_with("/frameworks");
        let sort = [".gradus", ".tsv"].iter().any(|end| file.ends_with(end));
        of_packs
            && !sort
            && file
                .strip_prefix(id)
                .is_some_and(|rest| rest.starts_with(['-', '.']))
    })
}

/// Public frameworks that are too large or not free to be shipped.
const KNOWN_ELSEWHERE: &[&str] = &[
    "asn",
    "case",
    "ctdl",
    "dcwf",
    "esco",
    "lightcast",
    "onet",
    "rsd",
    "sfia",
];

fn report_unknown(
    id: &str,
    version: Option<&(String, Span)>,
    place: Place,
    inputs: &Inputs,
    outcome: &mut Outcome,
) {
    let mut at_hand: Vec<&str> = inputs
        .packs
        .iter()
        .filter(|pack| pack.id == id)
        .map(|pack| pack.version.as_str())
        .collect();
    at_hand.extend(
        bundled::all()
            .iter()
            .filter(|pack| pack.id == id)
            .map(|pack| pack.version),
    );
    let diagnostic = outcome.report(&early::NAME_UNKNOWN_FRAMEWORK, place);
    if let (Some((version, span)), false) = (version, at_hand.is_empty()) {
        diagnostic.place = Place::new(place.file, *span);
        diagnostic
            .message(format!("version `{version}` of `{id}` is not at hand"))
            .label("this version")
            .help(format!("use one that is: {}", at_hand.join(", ")));
        return;
    }
    // Names that everybody in the field knows are not misspelt names of others.
    if KNOWN_ELSEWHERE.contains(&id) {
        diagnostic
            .message(format!(
                "the framework `{id}` is neither shipped nor in the project"
            ))
            .label("not at hand")
            .help("import it from its publisher's download: `gradus import SOURCE`");
        return;
    }
    let ids = || {
        inputs
            .packs
            .iter()
            .map(|pack| pack.id.as_str())
            .chain(bundled::all().iter().map(|pack| pack.id))
    };
    let help = match closest(id, ids()) {
        Some(near) => format!("did you mean `{near}`?"),
        None => "put its pack into the project's `frameworks` folder; `gradus frameworks list` shows those that are shipped".to_owned(),
    };
    diagnostic
        .message(format!(
            "the framework `{id}` is neither shipped nor in the project"
        ))
        .label("not at hand")
        .help(help);
}

fn enter(externals: &mut Externals, framework: ExternalFrameworkId, code: &str) {
    if externals.by_code[framework.index()].contains_key(code) {
        return;
    }
    let known = &mut externals.frameworks[framework.index()];
    known.referenced = true;
    let index = known
        .pack
        .as_ref()
        .and_then(|pack| pack.find(code).or_else(|| pack.find_iri(code)));
    let iri = match (&known.pack, index) {
        (Some(pack), Some(index)) => Some(pack.iri(index).to_owned()),
        _ => oxiri::Iri::parse(code).is_ok().then(|| code.to_owned()),
    };
    let id = ExternalItemId::from_index(externals.items.len());
    externals.items.push(ExternalItem {
        framework: Some(framework),
        code: code.to_owned(),
        index,
        iri,
        label: None,
    });
    externals.by_code[framework.index()].insert(code.to_owned(), id);
}

fn enter_plain(externals: &mut Externals, iri: &str) {
    if externals.by_iri.contains_key(iri) {
        return;
    }
    let id = ExternalItemId::from_index(externals.items.len());
    externals.items.push(ExternalItem {
        framework: None,
        code: iri.to_owned(),
        index: None,
        iri: Some(iri.to_owned()),
        label: None,
    });
    externals.by_iri.insert(iri.to_owned(), id);
}
