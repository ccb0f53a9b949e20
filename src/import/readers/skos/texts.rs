//! The names and texts of concepts: which properties hold them, and what each is for.

use rustc_hash::FxHashSet;

use crate::import::linked::{Graph, Literal, Node, Value, evidence};
use crate::import::release::{Record, Release, Text, TextRole};
use crate::import::tally::{Outcome, Spot, Tally};

const LITERAL_FORM: &str = "http://www.w3.org/2008/05/skos-xl#literalForm";

/// Texts and what they are for, in the order in which they are handed over. SKOS-XL says them at one remove.
pub(super) const TEXTS: &[(&str, TextRole)] = &[
    (
        "http://www.w3.org/2004/02/skos/core#prefLabel",
        TextRole::Label,
    ),
    (
        "http://www.w3.org/2008/05/skos-xl#prefLabel",
        TextRole::Label,
    ),
    (
        "http://www.w3.org/2004/02/skos/core#altLabel",
        TextRole::Alternative,
    ),
    (
        "http://www.w3.org/2008/05/skos-xl#altLabel",
        TextRole::Alternative,
    ),
    (
        "http://www.w3.org/2004/02/skos/core#hiddenLabel",
        TextRole::Hidden,
    ),
    (
        "http://www.w3.org/2008/05/skos-xl#hiddenLabel",
        TextRole::Hidden,
    ),
    (
        "http://www.w3.org/2004/02/skos/core#definition",
        TextRole::Description,
    ),
    (
        "http://www.w3.org/2004/02/skos/core#scopeNote",
        TextRole::Note,
    ),
    (
        "http://www.w3.org/2004/02/skos/core#example",
        TextRole::Note,
    ),
    ("http://www.w3.org/2004/02/skos/core#note", TextRole::Note),
];

/// Texts that stand in where SKOS has its own: a name, a description.
pub(super) const SUBSTITUTES: &[(&str, TextRole)] = &[
    (
        "http://www.w3.org/2000/01/rdf-schema#label",
        TextRole::Label,
    ),
    ("http://purl.org/dc/terms/title", TextRole::Label),
    ("http://purl.org/dc/elements/1.1/title", TextRole::Label),
    (
        "http://purl.org/dc/terms/description",
        TextRole::Description,
    ),
    (
        "http://purl.org/dc/elements/1.1/description",
        TextRole::Description,
    ),
    (
        "http://www.w3.org/2000/01/rdf-schema#comment",
        TextRole::Description,
    ),
];

/// The names and texts of a node, each in its role.
pub fn add_texts(
    graph: &Graph,
    node: &Node,
    language: &str,
    record: &mut Record,
    tally: &mut Tally,
) {
    let mut texts = Texts::default();
    for &(predicate, role) in TEXTS {
        for value in node.values(predicate) {
            match value {
                Value::Text(literal) => texts.add(node, role, literal, tally),
                // SKOS-XL: the label is a thing, and its form is the text.
                Value::Node(id) => {
                    let Some(label) = graph.node(id) else {
                        continue;
                    };
                    for literal in label.texts(LITERAL_FORM) {
                        texts.add(node, role, literal, tally);
                    }
                }
            }
        }
    }
    for &(predicate, role) in SUBSTITUTES {
        let has_own = texts.all.iter().any(|text| text.role == role);
        for literal in node.texts(predicate) {
            let (role, role_is_own) = match role {
                TextRole::Label if has_own => (TextRole::Alternative, true),
                TextRole::Description if has_own => (TextRole::Note, true),
                role => (role, false),
            };
            if literal.text.trim().is_empty() || texts.words.contains(&literal.text) {
                continue;
            }
            if role == TextRole::Label && !role_is_own {
                tally.note(
                    Outcome::Noted,
                    "concepts that are named by another vocabulary only",
                    node.spot,
                    &literal.text,
                );
            }
            texts.push(role, literal);
        }
    }
    record.texts = texts.all;
    // The label of the main language comes first, so that it is found as the label.
    record.texts.sort_by_key(|text| {
        (
            text.role,
            text.role == TextRole::Label
                && !crate::import::linked::same_language(&text.language, language),
        )
    });
}

/// The texts of one node so far. Some nodes have tens of thousands of names, so nothing is looked for one by one.
#[derive(Default)]
struct Texts {
    all: Vec<Text>,
    seen: FxHashSet<Text>,
    /// The words, whatever they are for.
    words: FxHashSet<String>,
    /// The languages that have a preferred label.
    labelled: FxHashSet<String>,
}

impl Texts {
    fn add(&mut self, node: &Node, role: TextRole, literal: &Literal, tally: &mut Tally) {
        if literal.text.trim().is_empty() {
            tally.note(Outcome::Noted, "texts that are empty", node.spot, &node.id);
            return;
        }
        if self.seen.contains(&text(role, literal)) {
            return;
        }
        if role == TextRole::Label && !self.labelled.insert(literal.language.clone()) {
            tally.note(
                Outcome::Mended,
                "second preferred labels of one language, kept as alternatives",
                node.spot,
                &literal.text,
            );
            self.push(TextRole::Alternative, literal);
        } else {
            self.push(role, literal);
        }
    }

    fn push(&mut self, role: TextRole, literal: &Literal) {
        let text = text(role, literal);
        self.words.insert(text.text.clone());
        self.seen.insert(text.clone());
        self.all.push(text);
    }
}

fn text(role: TextRole, literal: &Literal) -> Text {
    Text {
        role,
        language: literal.language.clone(),
        text: literal.text.clone(),
    }
}

/// Counts texts that read as another language than the one they are tagged with. The tags stay as they are: what to do about them is
/// for people to say.
pub fn count_foreign_texts(release: &mut Release) {
    let main = release.head.language.clone().unwrap_or_default();
    let mut found: Vec<(String, Spot, &str)> = Vec::new();
    for record in &release.records {
        for text in &record.texts {
            let tag = if text.language.is_empty() {
                main.as_str()
            } else {
                text.language.as_str()
            };
            if let Some(language) = evidence::reads_as(&text.text, tag) {
                let reason = format!("texts tagged `{tag}` that read as `{language}`");
                found.push((reason, record.spot, &text.text));
            }
        }
    }
    for (reason, spot, text) in found {
        release.tally.note(Outcome::Noted, &reason, spot, text);
    }
}
