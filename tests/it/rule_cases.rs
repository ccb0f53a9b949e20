//! Addresses, levels, credit, pass marks and translations: where a rule speaks, and where just not.

use crate::rule_details::{HEAD, check, check_with};

/// The findings of one rule, as the underlined text and the message.
fn only(rule: &str, text: &str) -> Vec<String> {
    let mark = format!("{rule} | ");
    check(text)
        .iter()
        .filter_map(|line| {
            let mut parts = line.strip_prefix(&mark)?.split(" | ");
            Some(format!("{} | {}", parts.next()?, parts.next()?))
        })
        .collect()
}

#[test]
fn every_file_has_one_owner() {
    let badge = |id: &str, iri: &str| {
        let iri = if iri.is_empty() {
            String::new()
        } else {
            format!("iri <https://example.org/{iri}>  ")
        };
        format!("badge {id} \"The {id}\" {{ {iri}criteria \"Pour ten cups.\" }}\n")
    };
    let found = |badges: &[String]| {
        only(
            "publish/address-collision",
            &format!("{HEAD}{}", badges.concat()),
        )
    };
    assert_eq!(
        found(&[badge("index", "")]),
        [
            "index | `index` would be published as `open-badges-3/index.json`, which is the list of all badges"
        ]
    );
    let b = badge("b", "");
    for (iri, owner) in [
        ("credentials/b/index.html", "`b` is published"),
        ("Credentials/B/index.md", "`b` is published"),
        ("credentials/b", "`b` is published"),
        ("open-badges-2/b.json", "`b` is published"),
        ("open-badges-3/b.json/more.json", "`b` is published"),
        (
            "open-badges-3/issuers/harbour.json",
            "`harbour` is published",
        ),
        (
            "open-badges-3/index.json",
            "the catalogue itself is published",
        ),
        (
            "credentials/a/index.html",
            "another of its own files is published",
        ),
    ] {
        assert_eq!(
            found(&[badge("a", iri), b.clone()]),
            [format!(
                "https://example.org/{iri} | the `iri` of `a` is where {owner}"
            )]
        );
    }
    assert_eq!(
        found(&[badge("a", "x.json"), badge("c", "X.json")]).len(),
        1
    );
    assert_eq!(found(&[badge("a", "x"), badge("c", "x/y.json")]).len(), 1);
    assert!(found(&[badge("a", "open-badges-3/a.json"), b]).is_empty());
}

#[test]
fn an_address_under_the_base_is_a_file() {
    let found = |iri: &str| {
        only(
            "publish/unservable-iri",
            &format!("{HEAD}badge a \"A\" {{ iri <{iri}>  criteria \"Pour ten cups.\" }}\n"),
        )
        .len()
    };
    for path in ["", "a/", "a?id=1", "a#b", "../a", "a%20b", ".a/b", "a//b"] {
        assert_eq!(found(&format!("https://example.org/{path}")), 1, "{path}");
    }
    assert_eq!(found("https://example.org/badges/a.json"), 0);
    assert_eq!(found("https://elsewhere.example/badges/show?id=1"), 0);
}

#[test]
fn an_assessment_below_the_level_taught_is_not_enough() {
    let found = |assesses: &str| {
        only(
            "credential/taught-not-assessed",
            &format!(
                "{HEAD}scale steps \"Steps\" {{ lo \"Low\"  hi \"High\" }}\n\
                 framework bar \"Bar\" {{ scale steps  skill milk \"Milk\" {{ can \"steam milk\" }} }}\n\
                 badge a \"A\" {{ teaches bar.milk at hi\n\
                   assessment cup \"Ten cups\" {{ {assesses}  evidence artefact \"Ten cups\" }} }}\n"
            ),
        )
    };
    assert_eq!(
        found("assesses bar.milk at lo"),
        ["hi | `a` teaches `bar.milk` at `hi` and assesses it at `lo` only"]
    );
    assert!(found("assesses bar.milk at hi").is_empty());
    assert!(found("assesses bar.milk").is_empty());
}

#[test]
fn a_successor_is_not_told_to_ask_for_itself() {
    let text = format!(
        "{HEAD}badge old \"Old\" {{ status deprecated  replaced by new  criteria \"Pour ten cups.\" }}\n\
         badge new \"New\" {{ criteria \"Pour twenty cups.\"  requires {{ old }} }}\n"
    );
    let found: Vec<String> = check(&text)
        .into_iter()
        .filter(|line| line.starts_with("credential/requires-deprecated"))
        .collect();
    assert_eq!(
        found,
        ["credential/requires-deprecated | old | `new` requires `old`, which is deprecated |  | "]
    );
}

#[test]
fn credit_that_counts_toward_another_exists_and_fits() {
    let found = |counts: &str| {
        only(
            "pathway/double-counting",
            &format!(
                "{HEAD}badge a \"A\" {{ credit 2 ects  criteria \"Pour ten cups.\"  {counts} }}\n\
                 certificate b \"B\" {{ credit 5 ects  criteria \"Pour twenty cups.\" }}\n\
                 certificate c \"C\" {{ credit 1 ects  criteria \"Pour thirty cups.\" }}\n\
                 certificate d \"D\" {{ credit 60 cats  criteria \"Pour forty cups.\" }}\n"
            ),
        )
    };
    for (counts, message) in [
        (
            "counts toward b for 6 ects",
            "6 ects | `a` has 2 ECTS and counts 6 ECTS toward others",
        ),
        ("counts toward a", "a | `a` counts toward itself"),
        (
            "counts toward c for 2 ects",
            "2 ects | `a` counts 2 ECTS toward `c`, which has 1 ECTS in all",
        ),
        (
            "counts toward b for 2 cats",
            "2 cats | `a` has 2 ECTS and counts 2 CATS toward others",
        ),
    ] {
        assert_eq!(found(counts), [message]);
    }
    assert!(found("counts toward b for 2 ects").is_empty());
    assert!(found("counts toward d for 4 cats").is_empty());
}

#[test]
fn a_choice_brings_its_smallest_branches() {
    let found = |stacks: &str| {
        only(
            "credential/credit-below-parts",
            &format!(
                "{HEAD}badge low \"Low\" {{ credit 1 ects  criteria \"Pour ten cups.\" }}\n\
                 badge mid \"Mid\" {{ credit 2 ects  criteria \"Pour twenty cups.\" }}\n\
                 badge top \"Top\" {{ credit 4 ects  criteria \"Pour forty cups.\" }}\n\
                 certificate all-of \"All\" {{ credit 2 ects  stacks {{ {stacks} }} }}\n"
            ),
        )
    };
    assert_eq!(
        found("any 2 of { low  mid  top }"),
        ["2 ects | `all-of` gives 2 ECTS and its parts bring 3 ECTS already"]
    );
    assert_eq!(found("low  any { mid  top }").len(), 1);
    assert!(found("any { low  top }").is_empty());
    // What stands in both branches is taken once.
    assert!(found("any 2 of { all { mid  low }  mid  top }").is_empty());
}

#[test]
fn a_pass_mark_is_compared_with_the_weakest_work() {
    let found = |pass: &str| {
        only(
            "credential/pass-mark-met-by-all",
            &format!(
                "{HEAD}rubric foam \"Foam\" {{ levels {{ flat 1 \"Flat\"  fine 4 \"Fine\" }}\n\
                   criterion look \"Look\" {{ flat \"Gray.\"  fine \"White.\" }}\n\
                   criterion feel \"Feel\" {{ flat \"Dry.\"  fine \"Wet.\" }} }}\n\
                 badge a \"A\" {{ criteria \"Pour ten cups.\"\n\
                   assessment cup \"Ten cups\" {{ rubric foam  pass {pass}  evidence artefact \"Ten cups\" }} }}\n"
            ),
        )
        .len()
    };
    assert_eq!(found("2 points"), 1);
    assert_eq!(found("3 points"), 0);
    assert_eq!(found("25%"), 1);
    assert_eq!(found("26%"), 0);
    assert_eq!(found("level flat"), 1);
}

#[test]
fn both_sides_of_a_mapping_between_own_frameworks_agree() {
    let found = |verb: &str| {
        only(
            "crosswalk/both-ways",
            &format!(
                "framework f \"F\" {{ skill s \"S\" {{ can \"steam milk\"  is within g.t }} }}\n\
                 framework g \"G\" {{ skill t \"T\" {{ can \"pull a shot\"  {verb} f.s }} }}\n"
            ),
        )
    };
    assert_eq!(
        found("is within"),
        ["is within | `g.t` `is within` `f.s`, and the other way round too"]
    );
    assert!(found("covers").is_empty());
}

#[test]
fn an_understanding_is_not_observed_behind_other_words_either() {
    let found = |words: &str| {
        only(
            "prose/unmeasurable-verb",
            &format!("framework f \"F\" {{ skill s \"S\" {{ can \"{words}\" }} }}\n"),
        )
        .len()
    };
    for words in [
        "to understand milk",
        "demonstrate an understanding of milk",
        "demonstrate knowledge of milk",
        "demonstrate awareness of milk",
    ] {
        assert_eq!(found(words), 1, "{words}");
    }
    assert_eq!(found("demonstrate how milk is steamed"), 0);
    assert_eq!(found("to steam milk"), 0);
}

#[test]
fn texts_of_credentials_are_expected_in_every_language() {
    let text = format!(
        "{HEAD}badge first \"One\" {{ image \"a.png\" alt \"A cup\"  participation \"Evenings\"  open to \"Anyone\"\n\
           prior learning \"A year at a bar\"  criteria \"Pour ten cups.\"  requires {{ \"Patience\" }}\n\
           in fr {{ name \"Un\"  criteria \"Verser dix tasses.\" }} }}\n"
    );
    let found = check_with(
        &text,
        Some("base: https://badges.harbour.example/\nlanguages: [en, fr]\n"),
    );
    assert!(
        found.iter().any(|line| line.contains(
            "`first` is not fully in `fr`: alt, participation, open to, prior learning, text of a requirement missing"
        )),
        "{found:#?}"
    );
}

#[test]
fn promises_are_compared_by_what_they_say_and_what_they_start_from() {
    let text = |blocks: &str| {
        format!(
            "{HEAD}badge a \"A\" {{ criteria \"Pour ten cups.\" }}\nbadge b \"B\" {{ criteria \"Pour twenty cups.\" }}\n{blocks}"
        )
    };
    let repeated = |blocks: &str| only("expectation/repeated", &text(blocks));
    // In other words and another order it is the same; with another start or limit it is not.
    assert_eq!(
        repeated(
            "expect \"x\" { given a  reach b within 2 stages and 3 ects  reach b within 3 ects and 2 stages }"
        ),
        [
            "reach b within 3 ects and 2 stages | `reach b within 3 ects and 2 stages` is claimed already, with the same start"
        ]
    );
    assert_eq!(
        repeated(
            "expect \"x\" { reach b }\nexpect \"y\" { given a  reach b }\nexpect \"z\" { reach b within 1 stages }"
        ),
        [""; 0]
    );
    // What is accepted does not ask for a start.
    assert_eq!(
        repeated("expect \"x\" { a accepts everyone whom b accepts }\nexpect \"y\" { given a  a accepts everyone whom b accepts }").len(),
        1
    );
    let contradicted = |blocks: &str| only("expectation/contradiction", &text(blocks));
    assert_eq!(
        contradicted("expect \"x\" { given a  reach b  cannot reach b }"),
        [
            "cannot reach b | `cannot reach b` contradicts `reach b`, which is claimed with the same start"
        ]
    );
    assert_eq!(
        contradicted("expect \"x\" { reach b }\nexpect \"y\" { given a  cannot reach b }"),
        [
            "cannot reach b | `cannot reach b` contradicts `reach b`, which is claimed with less at the start"
        ]
    );
    assert_eq!(
        contradicted("expect \"x\" { given a  reach b }\nexpect \"y\" { cannot reach b }"),
        [""; 0]
    );
    assert_eq!(
        only("expectation/empty", &text("expect \"x\" { }")),
        ["expect | the expectation `x` claims nothing"]
    );
}
