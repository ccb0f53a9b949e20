//! Real outcomes of many trades stay silent; doubtful ones are found, with the right words underlined.

use super::*;

/// Sensible statements, in the manner of course catalogues and public frameworks.
const SENSIBLE: &[&str] = &[
    "interpret common chart types and say what each of them hides",
    "find, filter and summarise values in a table",
    "choose the one chart that answers the question asked",
    "mention sources and their date",
    "position a patient for an X-ray",
    "question the assumptions behind a forecast",
    "document a design decision",
    "implement a queue with two stacks",
    "experiment with materials of different stiffness",
    "balance the books at the end of a month",
    "finance a small business with outside capital",
    "evidence a claim with at least two sources",
    "reference sources in the style asked for",
    "bring a meeting to a decision",
    "string a tennis racket",
    "sing a second voice at sight",
    "ring-fence a budget",
    "spring-clean a database",
    "A/B test a landing page",
    "in a team, plan and share out the work",
    "with support, read a bus timetable",
    "under supervision, operate a forklift",
    "given a data set, pick a fitting test",
    "working alone, build a small web page",
    "using a spreadsheet, sort and filter a list",
    "following written steps, assemble a pump",
    "when asked, explain a decision to a customer",
    "learn lines and cues for a part",
    "learn independently from a manual",
    "grasp and lift loads safely",
    "realise a technical drawing in metal",
    "realize assets at the end of a lease",
    "dispose of chemical waste",
    "conceive of alternatives before choosing",
    "graduate measuring cylinders",
    "master a recording for radio",
    "present findings to an audience without training in statistics",
    "water plants according to their needs",
    "man a reception desk",
    "staff a shift of ten people",
    "house a server safely",
    "file a tax return",
    "light a stage for a dance performance",
    "dress a wound",
    "table a motion",
    "chair a meeting",
    "book a ferry for a group",
    "can fruit and vegetables safely, step by step",
    "be responsible for a small budget",
    "have a patient confirm their name",
    "get feedback from users",
    "develop a prototype and test it",
    "gain consent before an examination",
    "sequence the steps of a proof",
    "influence a decision with data",
    "license a piece of software",
    "condition hair before a treatment",
    "caution a suspect in the words of the law",
    "provision a virtual machine",
    "transition a team to a new tool",
    "envision three futures for a town",
    "ration supplies on a crossing",
    "witness a signature",
    "harness a horse",
    "ensure that equipment is ready",
    "network with people of the trade",
    "code a responsive layout",
    "both read and write short messages",
    "not only read but also draw a circuit diagram",
    "name the parts of a ship",
    "sight-read a hymn",
    "weld thin sheet in any position",
    "understand spoken German at work",
    "understand written Dutch",
    "ship goods abroad with the right papers",
    "commence of their own accord",
    "apply the law of large numbers",
    "say who owns which data",
    "use `git bisect` to find a change",
    "",
    " ",
    "…",
    "«lire» un plan",
];

#[test]
fn sensible_outcomes_stay_silent() {
    for text in SENSIBLE {
        assert_eq!(unmeasurable(text, Judged::English), None, "{text}");
        assert_eq!(without_verb(text), None, "{text}");
        if !text.starts_with("can ") {
            assert_eq!(keyword_again(text, "can"), None, "{text}");
        }
    }
}

#[test]
fn sensible_french_outcomes_stay_silent() {
    for text in [
        "interpréter les graphiques courants",
        "apprécier la qualité d’une source",
        "appréhender un suspect",
        "reconnaître une plante à ses feuilles",
        "appliquer la méthode",
        "être à l’écoute d’un client",
        "avoir un échange de cinq minutes en anglais",
        "apprendre seul avec un manuel",
        "prendre la parole en public",
        "connaîtrait",
    ] {
        assert_eq!(unmeasurable(text, Judged::French), None, "{text}");
    }
}

#[test]
fn unmeasurable_beginnings_are_found() {
    for (text, words) in [
        ("understand charts", "understand"),
        ("Understand, and use, charts", "Understand"),
        ("fully understand the law", "understand"),
        ("know when to stop", "know"),
        ("appreciate the role of data", "appreciate"),
        ("be aware of risks", "be aware"),
        ("be familiar with SQL", "be familiar"),
        ("become familiar  with SQL", "become familiar"),
        ("learn how to weld", "learn how"),
        ("have an understanding of trade", "have an understanding"),
        ("gain insight into markets", "gain insight"),
    ] {
        let found = unmeasurable(text, Judged::English).map(|(place, _)| &text[place]);
        assert_eq!(found, Some(words), "{text}");
    }
    for (text, words) in [
        ("comprendre les graphiques", "comprendre"),
        ("Connaître la loi", "Connaître"),
        ("savoir utiliser un tableur", "savoir"),
        ("être conscient des risques", "être conscient"),
        ("se familiariser avec SQL", "se familiariser"),
    ] {
        let found = unmeasurable(text, Judged::French).map(|(place, _)| &text[place]);
        assert_eq!(found, Some(words), "{text}");
    }
}

#[test]
fn statements_without_a_verb_are_found() {
    for (text, kind) in [
        ("the basics of welding", NoVerb::Article),
        ("an overview of markets", NoVerb::Article),
        ("knowledge of the law", NoVerb::Noun),
        ("ability to weld", NoVerb::Noun),
        ("interpretation of charts", NoVerb::Noun),
        ("management of budgets, people and time", NoVerb::Noun),
        ("maintenance of engines", NoVerb::Noun),
        ("analysis of data", NoVerb::Noun),
        ("reading charts", NoVerb::Gerund),
        ("Welding in all positions", NoVerb::Gerund),
        ("students will weld", NoVerb::Subject),
        ("I weld", NoVerb::Subject),
    ] {
        assert_eq!(
            without_verb(text).map(|(_, kind)| kind),
            Some(kind),
            "{text}"
        );
    }
}

#[test]
fn a_keyword_said_twice_is_found_with_the_blank_behind_it() {
    let cut = |text: &'static str, keyword| keyword_again(text, keyword).map(|place| &text[place]);
    assert_eq!(cut("can read charts", "can"), Some("can "));
    assert_eq!(cut("is able to read", "can"), Some("is able to "));
    assert_eq!(cut("to be able to read", "can"), Some("to be able to "));
    assert_eq!(cut("knows the law", "knows"), Some("knows "));
    assert_eq!(cut("know the law", "knows"), None);
    assert_eq!(cut("can", "can"), None);
    assert_eq!(cut("canoe on a lake", "can"), None);
}

#[test]
fn other_languages_are_not_judged() {
    assert_eq!(Judged::from_tag("en-AU"), Some(Judged::English));
    assert_eq!(Judged::from_tag("FR"), Some(Judged::French));
    assert_eq!(Judged::from_tag("de"), None);
    assert_eq!(Judged::from_tag("enm"), None);
}
