//! Faulty and hostile packs: every fault has its place and its words, and nothing makes the reader panic or run away.

use std::time::{Duration, Instant};

use super::*;

const HEAD: &str = r#"id: tools
version: 1.10
title: Tools
publisher: Guild
licence: CC0
attribution: The Guild
source: https://guild.example/tools
language: en
kind-of: skills
items:
"#;

/// The faults of a text, one a line, as `line:column message`.
fn faults(text: &str) -> String {
    match Pack::parse(text) {
        Ok(pack) => format!("clean, {} items", pack.items().len()),
        Err(faults) => {
            let lines = faults
                .iter()
                .map(|fault| format!("{}:{} {}", fault.line, fault.column, fault.message));
            lines.collect::<Vec<_>>().join("\n")
        }
    }
}

fn faults_of_items(items: &str) -> String {
    faults(&format!("{HEAD}{items}"))
}

#[test]
fn numbers_without_quotes_keep_their_letters() {
    let pack = Pack::parse(&format!("{HEAD}  - {{ code: 0110, label: 3.0 }}\n"))
        .unwrap_or_else(|f| panic!("{f:?}"));
    assert_eq!(
        (pack.version.as_str(), pack.items()[0].code.as_str()),
        ("1.10", "0110")
    );
    assert_eq!(pack.items()[0].label, "3.0");
}

#[test]
fn all_faults_of_meaning_are_reported_together() {
    let items = r#"  - { code: "1", label: One, kind-of: tools }
  - { code: "1", label: " Two" }
  - { label: Three, status: gone }
  - { code: "4", parent: "9" }
  - { code: "5", label: Five, parent: "5", labels: { "not a tag": Cinq, fr: "" } }
  - { code: "6", label: Six, replaced-by: "1" }
  - { code: "7", label: Seven, iri: "no scheme" }
  - { code: "8", label: Eight, kind-of: levels }
  - { code: "a", label: A, iri: "https://x.example/a" }
  - { code: "b", label: B, iri: "https://x.example/a" }
"#;
    assert_eq!(
        faults_of_items(items),
        "\
11:39 `tools` is not one of: skills, levels, fields, occupations
12:13 the code `1` is already that of the item in line 11
12:25 the label has blanks around it
13:5 this item has no `code`
13:29 `gone` is not a status: `active` or `withdrawn`
14:5 this item has no `label`
14:26 the parent `9` is not the code of an item
15:39 the parent of `5` is `5` itself
15:67 `not a tag` is not a language tag such as `en` or `pt-BR`
15:77 the label is empty
16:43 `6` has a replacement, but its status is not `withdrawn`
17:37 `no scheme` is not an IRI
18:5 the level `8` has no `rank`, so it cannot be compared with others
20:33 `https://x.example/a` is already the IRI of the item in line 19"
    );
}

#[test]
fn faults_above_the_items_are_reported_together() {
    let text = "id: My Tools\nversion: a b\nsource: nowhere\nlanguage: not a tag\nkind-of: tool\nitem-iri: https://x.example/\n";
    assert_eq!(
        faults(text),
        "\
1:1 `attribution` is missing
1:1 `title` is missing
1:1 there are no `items`
1:5 `My Tools` is not an id: lower-case letters, digits and hyphens, a letter first
2:10 the version `a b` has a blank in it
3:9 `nowhere` is not an IRI
4:11 `not a tag` is not a language tag such as `en` or `pt-BR`
5:10 `tool` is not one of: skills, levels, fields, occupations
6:11 `https://x.example/` does not say where the code goes: write `{code}` there"
    );
}

#[test]
fn a_circle_of_parents_is_reported_once_with_its_way() {
    let items = r#"  - { code: "x", label: X, parent: "a" }
  - { code: "a", label: A, parent: "b" }
  - { code: "b", label: B, parent: "c" }
  - { code: "c", label: C, parent: "a" }
  - { code: "y", label: Y, parent: "c" }
"#;
    assert_eq!(
        faults_of_items(items),
        "12:36 the parents form a circle: a → b → c → a"
    );
}

#[test]
fn two_circles_are_two_faults() {
    let items = "  - { code: a, label: A, parent: b }\n  - { code: b, label: B, parent: a }
  - { code: c, label: C, parent: d }\n  - { code: d, label: D, parent: c }\n";
    assert_eq!(
        faults_of_items(items),
        "11:34 the parents form a circle: a → b → a\n13:34 the parents form a circle: c → d → c"
    );
}

#[test]
fn faults_of_form_have_a_place() {
    let cases = [
        (
            "just words",
            "1:1 expected keys with values, such as `id: eqf`",
        ),
        (
            "- id: x",
            "1:1 expected keys with values, such as `id: eqf`",
        ),
        ("id: [1, 2]", "1:5 expected a text"),
        ("id: x\nid: y", "2:1 the key `id` is given twice"),
        ("items: { a: b }", "1:8 expected a list"),
        (
            "items: [[1]]",
            "1:9 expected keys with values, such as `id: eqf`",
        ),
        ("items: [{ code: { a: b } }]", "1:17 expected a text"),
        ("items: [{ rank: high }]", "1:17 expected a whole number"),
        ("items: [{ rank: -1 }]", "1:17 expected a whole number"),
        ("id: \"open", "1:5 not readable as YAML: unclosed quote"),
        (
            "id: x\n---\nid: y",
            "3:1 expected one document, but a second one starts here",
        ),
        (
            "id: *nobody",
            "1:5 aliases such as `*name` are not accepted in a framework",
        ),
        (
            "id: &a x\ntitle: *a",
            "2:8 aliases such as `*name` are not accepted in a framework",
        ),
        (
            "id: \0",
            "1:5 not readable as YAML: unexpected character: `\\u{0}'",
        ),
        (
            "[[[[[[[[[[[[[[[[[[[[[[[[[[[[",
            "1:17 not readable as YAML: recursion limit exceeded",
        ),
    ];
    for (text, expected) in cases {
        assert_eq!(faults(text), expected, "for {text:?}");
    }
    let unknown = faults("id: x\nname: y");
    assert!(
        unknown.starts_with("2:1 `name` is not a key here; the keys are `id`, `version`, "),
        "{unknown}"
    );
    assert!(faults("").contains("1:1 `id` is missing"));
}

#[test]
fn many_faults_are_cut_short() {
    let found = faults_of_items(&"  - { label: x }\n".repeat(1_000));
    assert_eq!(found.lines().count(), MOST_FAULTS + 1);
    assert!(found.ends_with("and 900 more"), "{found}");
}

/// Reads hostile text and says that it took no time to speak of.
fn hostile(text: &str) -> String {
    let start = Instant::now();
    let found = faults(text);
    assert!(
        start.elapsed() < Duration::from_secs(10),
        "{:?} for {} bytes",
        start.elapsed(),
        text.len()
    );
    assert!(!found.starts_with("clean"), "{found}");
    found
}

#[test]
fn alias_bombs_are_refused() {
    // A billion laughs, where lists are expected and where they are ignored.
    let mut bomb = String::from("a0: &a0 [x, x, x, x, x, x, x, x, x]\n");
    for step in 1..30 {
        let before = step - 1;
        bomb.push_str(&format!(
            "a{step}: &a{step} [{}]\n",
            vec![format!("*a{before}"); 9].join(", ")
        ));
    }
    hostile(&bomb);
    hostile(&format!("{bomb}items: *a29\n"));
    let nested = bomb.replace("a0: &a0", "items: &a0");
    hostile(&nested);
    // One long value repeated by cheap aliases.
    let long = "x".repeat(500_000);
    let items = "  - { code: *l, label: *l }\n".repeat(20_000);
    let found = hostile(&format!(
        "{HEAD}  - {{ code: &l {long}, label: x }}\n{items}"
    ));
    assert!(found.contains("alias"), "{found}");
}

#[test]
fn an_item_that_holds_itself_is_refused() {
    hostile(&format!("{HEAD}  - &self {{ code: a, label: *self }}\n"));
    hostile("items: &all [*all]\n");
    hostile("id: &x *x\n");
}

#[test]
fn deep_nesting_is_refused() {
    for (open, close) in [("[", "]"), ("{ a: ", "}")] {
        for depth in [200, 2_000, 100_000] {
            hostile(&open.repeat(depth));
            hostile(&format!("{}{}", open.repeat(depth), close.repeat(depth)));
            hostile(&format!(
                "items: {}{}",
                open.repeat(depth),
                close.repeat(depth)
            ));
        }
    }
    hostile(&"- ".repeat(100_000));
    hostile(&"? ".repeat(100_000));
    let steps: String = (0..1_000)
        .map(|depth| format!("{}a:\n", " ".repeat(depth)))
        .collect();
    hostile(&steps);
}

#[test]
fn text_that_is_too_large_is_refused() {
    let found = hostile(&"#".repeat(LARGEST_TEXT + 1));
    assert_eq!(
        found,
        "1:1 the text of a framework may not be larger than 4 MiB"
    );
}

#[test]
fn no_damage_to_a_good_text_makes_the_reader_panic() {
    let good = format!(
        "{HEAD}  - {{ code: \"1\", label: Ünïcode, labels: {{ fr: A }}, rank: 1 }}\n  - {{ code: \"2\", label: B, parent: \"1\" }}\n"
    );
    assert_eq!(faults(&good), "clean, 2 items");
    for (at, letter) in good.char_indices() {
        let mut shorter = good.clone();
        shorter.remove(at);
        let _ = faults(&shorter);
        for other in [
            "\0", "\n", "[", "{", "&", "*", "\"", ":", "!", "\u{feff}", "\u{85}", "-", "%",
        ] {
            let mut changed = good.clone();
            changed.replace_range(at..at + letter.len_utf8(), other);
            let _ = faults(&changed);
        }
        let _ = faults(&good[..at]);
    }
}

#[test]
fn the_documented_example_is_a_pack() {
    let page = include_str!("../../docs/framework-packs.md");
    let start = page
        .find("```yaml\n")
        .map(|at| at + "```yaml\n".len())
        .unwrap_or_else(|| panic!("no example"));
    let length = page[start..]
        .find("```")
        .unwrap_or_else(|| panic!("the example does not end"));
    assert_eq!(faults(&page[start..start + length]), "clean, 6 items");
    for key in [
        "licence-url",
        "item-iri",
        "kind-of",
        "replaced-by",
        "labels",
        "rank",
        "status",
        "iri",
        "attribution",
    ] {
        assert!(
            page.contains(&format!("`{key}`")),
            "the page does not explain `{key}`"
        );
    }
}
