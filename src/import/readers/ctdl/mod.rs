//! CTDL and CTDL-ASN: competency frameworks, qualifications frameworks with their levels, and concept schemes as JSON-LD.
//!
//! Goes in: documents of the Credential Engine's vocabularies in any of their dialects: names with `ceasn:`, `asn:` or no prefix, a
//! `@graph` or a bare list, texts by language or plain. Comes out: a record for each competency, level and concept; the framework as
//! the head. Nodes that are no part of a framework (organizations) are kept as a field of it.

mod frameworks;
mod levels;
#[cfg(test)]
mod tests;

use rustc_hash::{FxHashMap, FxHashSet};

use super::reader::Reader;
use super::skos::{Prepared, add_concepts, count_foreign_texts, graph_of, head_of};
use crate::import::bundle::{Bundle, BundleFile};
use crate::import::fault::ReadFault;
use crate::import::file_text::beginning;
use crate::import::linked::vocabulary::{self, ASN, CEASN, CETERMS};
use crate::import::linked::{Graph, Node, Value, same_language};
use crate::import::pack::StandsFor;
use crate::import::release::{Fields, Record, Relation, Release, TextRole};
use crate::import::tally::{Outcome, Spot, Tally};
use frameworks::is_framework;

/// The reader.
pub(super) const READER: Reader = Reader {
    name: "ctdl",
    title: "a framework in CTDL or CTDL-ASN",
    recognize: is,
    read,
};

/// Whether a file holds competencies, levels or alignments of CTDL.
#[must_use]
pub fn is(bundle: &Bundle) -> bool {
    bundle.files.iter().any(is_ctdl)
}

fn is_ctdl(file: &BundleFile) -> bool {
    if !beginning(file, 1 << 12)
        .trim_start()
        .starts_with(['{', '['])
    {
        return false;
    }
    let names = |word: &str| memchr::memmem::find(&file.bytes, word.as_bytes()).is_some();
    let vocabulary = [
        "ceasn:",
        "ceterms:",
        "/ctdlasn/",
        "credreg.net",
        "purl.org/ctdl",
    ];
    let things = [
        "CompetencyFramework\"",
        "Competency\"",
        "QualificationsFramework\"",
        "ProgressionModel\"",
        "skos:ConceptScheme\"",
        "AlignmentMap\"",
    ];
    // Badges are aligned with competencies of CTDL, and are none.
    let badges = ["/spec/ob/v3p0", "w3id.org/openbadges"];
    !badges.iter().any(|word| names(word))
        && vocabulary.iter().any(|word| names(word))
        && things.iter().any(|word| names(word))
}

/// A name in each of the vocabularies in which it is met.
pub(super) fn spellings(local: &str) -> [String; 4] {
    [CEASN, ASN, CETERMS, "http://purl.org/gem/qualifiers/"]
        .map(|namespace| format!("{namespace}{local}"))
}

/// The names that a node gives with a property, whatever its prefix.
pub(super) fn names<'n>(node: &'n Node, local: &str) -> Vec<&'n str> {
    let mut found: Vec<&str> = Vec::new();
    let mut seen: FxHashSet<&str> = FxHashSet::default();
    for spelling in spellings(local) {
        for name in node.names(&spelling) {
            if seen.insert(name) {
                found.push(name);
            }
        }
    }
    found
}

/// Whether a node is of a class, whatever its prefix.
fn is_of(node: &Node, class: &str) -> bool {
    spellings(class).iter().any(|spelling| node.is_a(spelling))
}

/// Reads a CTDL download: a release for each framework in it.
///
/// # Errors
/// A file that cannot be read, or none with a competency, a level or a concept.
pub fn read(bundle: &Bundle) -> Result<Vec<Release>, ReadFault> {
    let mut tally = Tally::default();
    let graph = graph_of(bundle, is_ctdl, &mut tally)?;
    let graphs = frameworks::tell_apart(graph, &mut tally);
    let mut releases = Vec::with_capacity(graphs.len());
    let mut aligned = 0;
    for graph in &graphs {
        let (release, count) = release_of(graph, std::mem::take(&mut tally));
        aligned += count;
        releases.push(release);
    }
    let bare: Vec<Release> = releases
        .extract_if(.., |release| release.records.is_empty())
        .collect();
    let Some(first) = releases.first_mut() else {
        return Err(if aligned > 0 {
            ReadFault::new("these files hold a mapping between frameworks, and no framework")
                .help("import the frameworks, and the mapping with `gradus crosswalk import`")
        } else {
            ReadFault::new("there is no competency and no level in these files")
        });
    };
    // What a framework without items says is kept where there is one with items.
    for mut release in bare {
        let spot = Spot::default();
        let title = release.head.title.unwrap_or_default();
        first.tally.take_in(&release.tally);
        first.tally.read("framework");
        let reason = "frameworks without a competency, a level or a concept";
        first.tally.skipped("framework", reason, spot, &title);
        first.relations.append(&mut release.relations);
    }
    Ok(releases)
}

/// The release of the graph of one framework, and how many alignments there are in it.
fn release_of(graph: &Graph, tally: Tally) -> (Release, usize) {
    let mut release = Release {
        tally,
        ..Release::default()
    };
    head(graph, &mut release);
    levels::read(graph, &mut release);
    competencies(graph, &mut release);
    let concepts = Prepared::new(graph, &mut release.tally);
    add_concepts(&concepts, &mut release);
    let aligned = alignments(graph, &mut release);
    if !release.records.is_empty() {
        keep_others(graph, &mut release);
        count_outside(graph, &mut release);
        count_foreign_texts(&mut release);
        for record in &mut release.records {
            sound_address(record, &mut release.tally);
        }
    }
    (release, aligned)
}

/// The framework, else the first concept scheme.
fn head(graph: &Graph, release: &mut Release) {
    let framework = graph.nodes().iter().find(|node| is_framework(node));
    let scheme = || {
        let scheme = format!("{}ConceptScheme", vocabulary::SKOS);
        graph.nodes().iter().find(|node| node.is_a(&scheme))
    };
    let Some(main) = framework.or_else(scheme) else {
        release.head.language = Some("en".to_owned());
        return;
    };
    let language = language_of(main);
    release.head = head_of(graph, main, &language);
    release.head.language = Some(language);
    release.head.iri = release.head.iri.take().filter(|iri| is_address(iri));
    if framework.is_some() {
        release.tally.read("framework");
        release.tally.kept("framework");
    }
}

/// The language that the framework declares, else that of its name.
fn language_of(framework: &Node) -> String {
    let declared = vocabulary::LANGUAGES
        .iter()
        .flat_map(|predicate| framework.names(predicate))
        .find_map(vocabulary::language_tag);
    let of_name = || {
        let named: Vec<&str> = framework
            .statements
            .iter()
            .filter(|(name, _)| name.ends_with("name"))
            .filter_map(|(_, value)| match value {
                Value::Text(literal) if !literal.language.is_empty() => {
                    Some(literal.language.as_str())
                }
                Value::Text(_) | Value::Node(_) => None,
            })
            .collect();
        let english = named.iter().find(|tag| same_language(tag, "en"));
        english
            .or_else(|| named.first())
            .and_then(|tag| vocabulary::language_tag(tag))
    };
    declared.or_else(of_name).unwrap_or_else(|| "en".to_owned())
}

/// What has a place of its own in the record of a competency.
const USED: &[&str] = &[
    "competencyLabel",
    "competencyText",
    "codedNotation",
    "isChildOf",
    "hasChild",
    "isTopChildOf",
    "name",
    "description",
    "comment",
];

/// Properties that bind a competency to something else.
const BOUND: &[&str] = &[
    "exactAlignment",
    "broadAlignment",
    "narrowAlignment",
    "majorAlignment",
    "minorAlignment",
    "prerequisiteAlignment",
    "alignTo",
    "alignFrom",
    "conceptTerm",
    "hasProgressionLevel",
];

fn competencies(graph: &Graph, release: &mut Release) {
    let competencies: Vec<&Node> = graph
        .nodes()
        .iter()
        .filter(|node| is_of(node, "Competency"))
        .collect();
    let mut told: FxHashMap<&str, Vec<&str>> = FxHashMap::default();
    for node in graph.nodes() {
        for child in names(node, "hasChild") {
            told.entry(child).or_default().push(&node.id);
        }
        // What a level is like in each respect is a part of the level.
        for part in names(node, "facetedDescription") {
            told.entry(part).or_default().push(&node.id);
        }
    }
    let frameworks: FxHashSet<&str> = graph
        .nodes()
        .iter()
        .filter(|node| is_of(node, "CompetencyFramework"))
        .map(|node| node.id.as_str())
        .collect();
    let used: Vec<String> = USED
        .iter()
        .chain(BOUND)
        .flat_map(|local| spellings(local))
        .chain([vocabulary::TYPE.to_owned()])
        .collect();
    let mut used: Vec<&str> = used.iter().map(String::as_str).collect();
    let part_of = format!("{CEASN}isPartOf");
    for node in competencies {
        release.tally.read("competency");
        let mut record = Record {
            key: node.id.clone(),
            iri: Some(node.id.clone()),
            kind: Some("competency".to_owned()),
            code: names(node, "codedNotation")
                .first()
                .copied()
                .unwrap_or("")
                .trim()
                .to_owned(),
            stands_for: Some(StandsFor::Skill),
            spot: node.spot,
            ..Record::default()
        };
        let turned = told.get(node.id.as_str()).cloned().unwrap_or_default();
        for parent in names(node, "isChildOf").into_iter().chain(turned) {
            let known = record.parents.iter().any(|known| known == parent);
            if !known && !frameworks.contains(parent) {
                record.parents.push(parent.to_owned());
            }
        }
        texts(node, &mut record);
        for kind in BOUND {
            relate(node, kind, &spellings(kind), release);
        }
        let of_head = names(node, "isPartOf")
            .iter()
            .all(|whole| frameworks.contains(whole));
        used.retain(|name| *name != part_of);
        if of_head {
            used.push(&part_of);
        }
        record.fields = graph.fields(node, &used);
        release.records.push(record);
    }
}

/// A competency is called by its label; its text is the statement, and the name too where there is no label.
fn texts(node: &Node, record: &mut Record) {
    let roles = [
        ("competencyLabel", TextRole::Label),
        ("name", TextRole::Label),
        ("competencyText", TextRole::Statement),
        ("description", TextRole::Description),
        ("comment", TextRole::Note),
    ];
    for (local, role) in roles {
        for literal in spellings(local).iter().flat_map(|name| node.texts(name)) {
            let tag = vocabulary::language_tag(&literal.language).unwrap_or_default();
            record.text(role, &tag, &literal.text);
        }
    }
    if !record.texts.iter().any(|text| text.role == TextRole::Label) {
        let statements = record
            .texts
            .iter()
            .filter(|text| text.role == TextRole::Statement);
        let named: Vec<_> = statements.cloned().collect();
        for text in named {
            record.text(TextRole::Label, &text.language, &text.text);
        }
    }
}

/// Relations of one kind that start at a node.
fn relate(node: &Node, kind: &str, predicates: &[String], release: &mut Release) {
    let mut seen: FxHashSet<&str> = FxHashSet::default();
    for to in predicates
        .iter()
        .flat_map(|predicate| node.names(predicate))
    {
        if seen.insert(to) {
            release.relations.push(Relation {
                from: node.id.clone(),
                to: to.to_owned(),
                kind: kind.to_owned(),
                fields: Fields::new(),
                spot: node.spot,
            });
        }
    }
}

/// Alignments that are things of their own: from a source to a target, with their kind. Gives their number.
fn alignments(graph: &Graph, release: &mut Release) -> usize {
    let mut count = 0;
    for node in graph
        .nodes()
        .iter()
        .filter(|node| is_of(node, "AlignmentObject"))
    {
        count += 1;
        release.tally.read("alignment");
        let source = names(node, "sourceNode");
        let target = names(node, "targetNode");
        let kind = names(node, "alignmentType");
        let (Some(source), Some(target)) = (source.first(), target.first()) else {
            let words = source.first().copied().unwrap_or("");
            let reason = "alignments that say only that there is no match";
            release.tally.skipped("alignment", reason, node.spot, words);
            continue;
        };
        release.tally.kept("alignment");
        release.relations.push(Relation {
            from: (*source).to_owned(),
            to: (*target).to_owned(),
            kind: kind
                .first()
                .map_or("alignment", |kind| vocabulary::last_part(kind))
                .to_owned(),
            fields: Fields::new(),
            spot: node.spot,
        });
    }
    count
}

/// Keeps nodes that are neither of the framework nor inside another node.
fn keep_others(graph: &Graph, release: &mut Release) {
    let known: FxHashSet<String> = release
        .records
        .iter()
        .map(|record| record.key.clone())
        .collect();
    for node in graph.nodes() {
        let handled = known.contains(&node.id)
            || node.is_blank()
            || node.is_a(&format!("{}ConceptScheme", vocabulary::SKOS))
            || [
                "CompetencyFramework",
                "QualificationsFramework",
                "ProgressionModel",
            ]
            .iter()
            .any(|class| is_of(node, class));
        if handled {
            continue;
        }
        let class = node.names(vocabulary::TYPE).next();
        let class = class.map_or_else(|| "untyped node".to_owned(), vocabulary::short);
        release.tally.read(&class);
        let reason = "nodes beside the framework, kept as a field of it";
        release.tally.skipped(&class, reason, node.spot, &node.id);
        keep(graph, node, "nodes", release);
    }
}

/// Keeps a node as a field of the head, in a list of this name.
fn keep(graph: &Graph, node: &Node, list: &str, release: &mut Release) {
    let mut fields = graph.fields(node, &[]);
    fields.insert("@id".to_owned(), node.id.as_str().into());
    let fields = serde_json::Value::Object(fields.into_iter().collect());
    let entry = release.head.fields.entry(list.to_owned());
    let kept = entry.or_insert_with(|| serde_json::Value::Array(Vec::new()));
    if let serde_json::Value::Array(kept) = kept {
        kept.push(fields);
    }
}

/// Counts references to things that the files do not hold, where one would expect them there.
fn count_outside(graph: &Graph, release: &mut Release) {
    const EXPECTED: &[&str] = &[
        "publisher",
        "creator",
        "isPartOf",
        "isChildOf",
        "hasChild",
        "isTopChildOf",
        "hasTopChild",
        "hasProgressionLevel",
        "hasProgressionModel",
        "inProgressionModel",
        "facetedDescription",
        "conceptTerm",
        "precedes",
        "preceeds",
        "precededBy",
    ];
    let skos = ["hasTopConcept", "inScheme", "topConceptOf"]
        .map(|local| format!("{}{local}", vocabulary::SKOS));
    for node in graph.nodes() {
        let of_skos = skos.iter().flat_map(|name| node.names(name));
        let own = EXPECTED.iter().flat_map(|local| names(node, local));
        for name in own.chain(of_skos) {
            if graph.node(name).is_none() {
                let reason = "references that lead out of the files";
                release.tally.note(Outcome::Noted, reason, node.spot, name);
            }
        }
    }
}

/// Whether a name is an address, and not one with a prefix that nobody explains: `res:level1`.
fn is_address(name: &str) -> bool {
    ["http://", "https://", "urn:", "did:", "tag:"]
        .iter()
        .any(|scheme| name.starts_with(scheme))
        && oxiri::Iri::parse(name).is_ok()
}

fn sound_address(record: &mut Record, tally: &mut Tally) {
    if record.iri.as_deref().is_some_and(|iri| !is_address(iri)) {
        let reason = "names that are no address, and are used as keys only";
        tally.note(Outcome::Noted, reason, record.spot, &record.key);
        record.iri = None;
    }
}
