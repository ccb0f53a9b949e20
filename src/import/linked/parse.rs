//! From the bytes of a file to statements, through the libraries that know the syntaxes.

use oxjsonld::JsonLdParser;
use oxrdf::{NamedOrBlankNode, Term};
use oxrdfxml::RdfXmlParser;
use oxttl::TurtleParser;

use super::graph::{Graph, Literal, Value};
use super::into::{BASE, Into};
use super::json::{self, Kind};
use super::vocabulary::{LANG_STRING, XSD_STRING};
use super::xml;
use crate::import::bundle::BundleFile;
use crate::import::fault::ReadFault;
use crate::import::file_text::{beginning, text};
use crate::import::tally::{Outcome, Spot, Tally};

/// How a file of linked data is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Syntax {
    /// Turtle, of which N-Triples is a part.
    Turtle,
    RdfXml,
    /// JSON-LD, RDF/JSON, or RDF/XML that was turned into JSON.
    Json,
}

/// How many bytes are looked at to tell the syntax.
const LOOKED_AT: usize = 1 << 12;

/// The syntax that a file begins like, or `None` if it is no linked data.
#[must_use]
pub fn sniff(file: &BundleFile) -> Option<Syntax> {
    let start = beginning(file, LOOKED_AT).trim_start();
    if start.starts_with(['{', '[']) {
        return Some(Syntax::Json);
    }
    if start.starts_with("<?xml") || start.starts_with("<!") || start.starts_with("<rdf:RDF") {
        return start
            .contains("22-rdf-syntax-ns#")
            .then_some(Syntax::RdfXml);
    }
    // Comments may stand before the first statement, also long ones.
    let statement = start
        .lines()
        .map(str::trim_start)
        .find(|line| !line.is_empty() && !line.starts_with('#'))?;
    let lower = statement.get(..8).unwrap_or(statement).to_ascii_lowercase();
    let turtle = [
        "@prefix", "@base", "prefix ", "base <", "<http", "<urn:", "_:",
    ]
    .iter()
    .any(|word| lower.starts_with(word));
    turtle.then_some(Syntax::Turtle)
}

/// Reads a file into the graph.
///
/// # Errors
/// What is no such syntax, refers to contexts that are not at hand, or declares entities that are not harmless.
pub fn read(
    number: u32,
    file: &BundleFile,
    syntax: Syntax,
    graph: &mut Graph,
    tally: &mut Tally,
) -> Result<(), ReadFault> {
    let text = text(number, file)?;
    let mut into = Into::new(graph, number);
    match syntax {
        Syntax::Turtle => turtle(text, &mut into),
        Syntax::RdfXml => rdf_xml(text, &mut into),
        Syntax::Json => match json::kind(number, text)? {
            Kind::Rdf(subjects) => {
                rdf_json(subjects, &mut into);
                Ok(())
            }
            Kind::XmlAsJson(document) => {
                json::xml_as_json(&document, &mut into);
                Ok(())
            }
            Kind::JsonLd(document) => {
                let document = json::prepared(number, document)?;
                json_ld(&document, &mut into, tally)
            }
        },
    }
}

fn turtle(text: &str, into: &mut Into<'_>) -> Result<(), ReadFault> {
    let mut parser = TurtleParser::new()
        .lenient()
        .with_base_iri(BASE)
        .map_err(|error| ReadFault::new(error.to_string()))?
        .low_level();
    // Line by line, so that the line of every statement is known.
    let mut lines = text.split_inclusive('\n');
    let mut number: u32 = 0;
    loop {
        match lines.next() {
            Some(line) => {
                number = number.saturating_add(1);
                parser.extend_from_slice(line.as_bytes());
            }
            None => parser.end(),
        }
        while let Some(triple) = parser.parse_next() {
            let triple = triple.map_err(|error| {
                let line = u32::try_from(error.location().start.line + 1).unwrap_or(u32::MAX);
                let spot = Spot {
                    file: into.number,
                    line,
                };
                ReadFault::at(
                    spot,
                    format!("this is not Turtle: {}", plain(error.message())),
                )
            })?;
            into.add(
                &subject(&triple.subject),
                triple.predicate.as_str(),
                value(triple.object),
                Some(number),
            );
        }
        if parser.is_end() {
            return Ok(());
        }
    }
}

fn rdf_xml(text: &str, into: &mut Into<'_>) -> Result<(), ReadFault> {
    xml::check_entities(text, into.number)?;
    let file = into.number;
    let mut parser = RdfXmlParser::new()
        .lenient()
        .with_base_iri(BASE)
        .map_err(|error| ReadFault::new(error.to_string()))?
        .for_slice(text);
    let mut lines = Lines::new(text);
    while let Some(triple) = parser.next() {
        let line = lines.at(parser.buffer_position());
        let triple = triple.map_err(|error| {
            let message = format!("this is not RDF/XML: {}", plain(&error.to_string()));
            ReadFault::at(Spot { file, line }, message)
        })?;
        into.add(
            &subject(&triple.subject),
            triple.predicate.as_str(),
            value(triple.object),
            Some(line),
        );
    }
    // The library takes the end of the file for the end of every open element.
    xml::check_complete(text, file)
}

fn json_ld(document: &str, into: &mut Into<'_>, tally: &mut Tally) -> Result<(), ReadFault> {
    let file = into.number;
    let parser = JsonLdParser::new()
        .lenient()
        .with_base_iri(BASE)
        .map_err(|error| ReadFault::new(error.to_string()))?
        .for_slice(document)
        .with_load_document_callback(|url, _| {
            super::context::built_in(url).ok_or_else(|| format!("`{url}` is not at hand").into())
        });
    let mut statements = 0_usize;
    let mut first: Option<String> = None;
    for quad in parser {
        match quad {
            Ok(quad) => {
                statements += 1;
                into.add(
                    &subject(&quad.subject),
                    quad.predicate.as_str(),
                    value(quad.object),
                    None,
                );
            }
            Err(error) => {
                let message = plain(&error.to_string());
                tally.note(
                    Outcome::Noted,
                    "values that JSON-LD cannot hold",
                    Spot { file, line: 0 },
                    &message,
                );
                first.get_or_insert(message);
            }
        }
    }
    match first {
        Some(message) if statements == 0 => Err(ReadFault::at(
            Spot { file, line: 0 },
            format!("this is not JSON-LD: {message}"),
        )),
        _ => Ok(()),
    }
}

fn rdf_json(subjects: json::Subjects, into: &mut Into<'_>) {
    for (id, predicates) in subjects.0 {
        for (predicate, values) in predicates.0 {
            for value in values {
                into.add(&id, &predicate, value.into_value(), None);
            }
        }
    }
}

fn subject(node: &NamedOrBlankNode) -> String {
    match node {
        NamedOrBlankNode::NamedNode(node) => node.as_str().to_owned(),
        NamedOrBlankNode::BlankNode(node) => format!("_:{}", node.as_str()),
    }
}

fn value(term: Term) -> Value {
    match term {
        Term::NamedNode(node) => Value::Node(node.into_string()),
        Term::BlankNode(node) => Value::Node(format!("_:{}", node.as_str())),
        Term::Literal(literal) => {
            let (text, datatype, language) = literal.destruct();
            let datatype = datatype.map_or_else(String::new, oxrdf::NamedNode::into_string);
            Value::Text(Literal {
                text,
                language: language.unwrap_or_default(),
                datatype: if datatype == XSD_STRING || datatype == LANG_STRING {
                    String::new()
                } else {
                    datatype
                },
            })
        }
    }
}

/// A library's message as one line in our manner.
fn plain(message: &str) -> String {
    let line: String = message
        .chars()
        .map(|letter| if letter.is_control() { ' ' } else { letter })
        .take(200)
        .collect();
    let line = line.trim().trim_end_matches('.');
    let mut letters = line.chars();
    match letters.next() {
        // A name in capitals stays one.
        Some(first) if letters.clone().next().is_some_and(char::is_lowercase) => {
            first.to_lowercase().chain(letters).collect()
        }
        _ => line.to_owned(),
    }
}

/// Lines of growing places in a text.
struct Lines<'t> {
    bytes: &'t [u8],
    at: usize,
    line: u32,
}

impl<'t> Lines<'t> {
    fn new(text: &'t str) -> Self {
        Self {
            bytes: text.as_bytes(),
            at: 0,
            line: 1,
        }
    }

    /// The line of a byte that does not stand before one asked for earlier.
    fn at(&mut self, byte: u64) -> u32 {
        let byte = usize::try_from(byte)
            .unwrap_or(usize::MAX)
            .min(self.bytes.len());
        let between = self.bytes.get(self.at..byte).unwrap_or_default();
        let more = memchr::memchr_iter(b'\n', between).count();
        self.line = self
            .line
            .saturating_add(u32::try_from(more).unwrap_or(u32::MAX));
        self.at = self.at.max(byte);
        self.line
    }
}
