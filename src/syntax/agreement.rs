//! The table of places against the grammar: for every block and every construct, both say the same.

use super::grammar::{Rule, pairs};
use super::lower::lower;
use super::placement::{Context, may_stand};
use super::tree::{Key, Tree};

/// A statement of a construct, as it stands in a place.
fn statement(key: Key, context: Context) -> Option<&'static str> {
    let translated = matches!(context, Context::Translation(_));
    Some(match key {
        Key::Use => "use eqf",
        Key::Defaults => "defaults { }",
        Key::Issuer => r#"issuer a "A""#,
        Key::Scale => r#"scale a "A""#,
        Key::Framework => r#"framework a "A""#,
        Key::Rubric => r#"rubric a "A""#,
        Key::Credential => r#"badge a "A""#,
        Key::Set => "set a { }",
        Key::Recognition => r#"recognition a "A""#,
        Key::Role => r#"role a "A""#,
        Key::Pathway => r#"pathway a "A""#,
        Key::Crosswalk => "crosswalk a to b through c",
        Key::Expect => r#"expect "a""#,
        // Without a keyword, these are told apart by where they stand.
        Key::ScaleLevel | Key::Cell => r#"aa "A""#,
        Key::RubricLevel if translated => r#"aa "A""#,
        Key::RubricLevel => r#"aa 1 "A""#,
        Key::Item => r#"skill a "A""#,
        Key::RubricLevels => "levels { }",
        Key::Criterion => r#"criterion a "A""#,
        Key::Assessment => r#"assessment a "A""#,
        Key::Stage => r#"stage a "A""#,
        Key::In => "in fr { }",
        Key::About => r#"about "a""#,
        Key::Name => r#"name "a""#,
        Key::Url => "url <https://a.example>",
        Key::Email => r#"email "a""#,
        Key::Phone => r#"phone "a""#,
        Key::Country => "country AU",
        Key::Version => r#"version "1""#,
        Key::By => "by a",
        Key::UsesScale => "scale a",
        Key::Code => r#"code "a""#,
        Key::Iri => "iri <https://a.example>",
        Key::Formerly => "formerly a",
        Key::Licence => "licence <https://a.example>",
        Key::Language => "language en",
        Key::Tags => r#"tags "a""#,
        Key::Status => "status draft",
        Key::ReplacedBy => "replaced by a",
        Key::Can => r#"can "a""#,
        Key::Knows => r#"knows "a""#,
        Key::Understands => r#"understands "a""#,
        Key::BuildsOn => "builds on a",
        Key::Mapping => "is exactly a:b",
        Key::Image => r#"image "a""#,
        Key::Alt => r#"alt "a""#,
        Key::Criteria => r#"criteria "a""#,
        Key::Field => "field a:b",
        Key::Level => "level a:b",
        Key::Workload => "workload 1 hours",
        Key::Credit => "credit 1 ects",
        Key::Mode => "mode blended",
        Key::Participation => r#"participation "a""#,
        Key::Supervision => "supervision onsite",
        Key::Quality => r#"quality by "a""#,
        Key::ValidFor => "valid for 1 months",
        Key::ValidUntil => "valid until 2030-12-31",
        Key::Renew => "renew { }",
        Key::Introduces => "introduces a",
        Key::Reinforces => "reinforces a",
        Key::Teaches => "teaches a",
        Key::Requires => "requires { }",
        Key::Recommends => "recommends { }",
        Key::Alongside => "alongside { }",
        Key::Stacks => "stacks { }",
        Key::OpenTo => r#"open to "a""#,
        Key::CountsToward => "counts toward a",
        Key::PriorLearning => r#"prior learning "a""#,
        Key::For => "for a",
        Key::AwardedBy => "awarded by machine",
        Key::AssessmentKind => "kind test",
        Key::Assesses => "assesses a",
        Key::UsesRubric => "rubric a",
        Key::Evidence if translated => r#"evidence "a""#,
        Key::Evidence => r#"evidence artefact "a""#,
        Key::Pass => "pass 60%",
        Key::Weight => "weight 2",
        Key::From => "from <https://a.example>",
        Key::Grants => "grants a",
        Key::Needs => "needs a",
        Key::After => "after a",
        Key::Awards => "awards a",
        Key::LeadsTo => "leads to a",
        Key::Row => "a is exactly b:c",
        Key::Except => "except a",
        Key::Given => "given nothing",
        Key::Reach => "reach a",
        Key::CannotReach => "cannot reach a",
        Key::CoverageOf => "coverage of a at least 90%",
        Key::EveryRoute => "every route to a passes b",
        Key::Accepts => "a accepts everyone whom b accepts",
        Key::TextAs => r#"text "a" as "b""#,
        Key::Held => "aa",
        Key::HoldsSkill => "skill a.b",
        Key::All => "all { }",
        Key::Any => "any { }",
        Key::AtLeast => "at least 6 ects from { }",
        Key::CountingAtMost => "counting at most 6 ects from { }",
        Key::Judgement => r#""a""#,
        Key::Bad => return None,
    })
}

/// The text around a block of a construct.
fn holder(key: Key) -> Option<(&'static str, &'static str)> {
    Some(match key {
        Key::Defaults => ("defaults {", "}"),
        Key::Issuer => (r#"issuer x "X" {"#, "}"),
        Key::Scale => (r#"scale x "X" {"#, "}"),
        Key::ScaleLevel => (r#"scale x "X" { low "Low" {"#, "} }"),
        Key::Framework => (r#"framework x "X" {"#, "}"),
        Key::Item => (r#"framework x "X" { skill y "Y" {"#, "} }"),
        Key::Rubric => (r#"rubric x "X" {"#, "}"),
        Key::RubricLevels => (r#"rubric x "X" { levels {"#, "} }"),
        Key::Criterion => (r#"rubric x "X" { criterion y "Y" {"#, "} }"),
        Key::Credential => (r#"badge x "X" {"#, "}"),
        Key::Assessment => (r#"badge x "X" { assessment y "Y" {"#, "} }"),
        Key::Set => ("set x {", "}"),
        Key::Recognition => (r#"recognition x "X" {"#, "}"),
        Key::Role => (r#"role x "X" {"#, "}"),
        Key::Pathway => (r#"pathway x "X" {"#, "}"),
        Key::Stage => (r#"pathway x "X" { stage y "Y" {"#, "} }"),
        Key::Crosswalk => ("crosswalk x to y through z {", "}"),
        Key::Expect => (r#"expect "x" {"#, "}"),
        Key::Renew => (r#"badge x "X" { renew {"#, "} }"),
        Key::Requires => (r#"badge x "X" { requires {"#, "} }"),
        Key::Recommends => (r#"badge x "X" { recommends {"#, "} }"),
        Key::Alongside => (r#"badge x "X" { alongside {"#, "} }"),
        Key::Stacks => (r#"badge x "X" { stacks {"#, "} }"),
        Key::All => (r#"badge x "X" { stacks { all {"#, "} } }"),
        Key::Any => (r#"badge x "X" { stacks { any {"#, "} } }"),
        Key::AtLeast => (r#"badge x "X" { stacks { at least 1 ects from {"#, "} } }"),
        Key::CountingAtMost => (
            r#"badge x "X" { stacks { at least 1 ects from { counting at most 1 ects from {"#,
            "} } } }",
        ),
        _ => return None,
    })
}

/// The keys that the strict grammar gives to a text, if it reads it.
fn keys(text: &str) -> Option<Vec<Key>> {
    let pairs = pairs(Rule::file, text).ok()?;
    let mut tree = Tree::default();
    lower(pairs, text, 0, &mut tree);
    Some(
        tree.statements
            .iter()
            .map(|statement| statement.key)
            .collect(),
    )
}

#[test]
fn table_and_grammar_agree_on_what_may_stand_where() {
    let mut contexts = vec![(Context::File, String::new(), "")];
    for &key in Key::ALL {
        let Some((before, after)) = holder(key) else {
            continue;
        };
        contexts.push((Context::Block(key), before.to_owned(), after));
        if may_stand(Context::Block(key), Key::In) && key != Key::Defaults {
            let inner = format!("{before} in fr {{");
            contexts.push((Context::Translation(key), inner, after));
        }
    }
    let mut differences = Vec::new();
    for (context, before, after) in contexts {
        let close = if matches!(context, Context::Translation(_)) {
            "}"
        } else {
            ""
        };
        for &key in Key::ALL {
            let Some(statement) = statement(key, context) else {
                continue;
            };
            let text = format!("{before} {statement} {close} {after}");
            let empty = keys(&format!("{before} {close} {after}")).map_or(0, |keys| keys.len());
            let read = keys(&text).is_some_and(|keys| {
                keys.get(empty) == Some(&key) && (keys.len() == empty + 1 || key == Key::Needs)
            });
            if read != may_stand(context, key) {
                differences.push(format!("{context:?} {key:?}: the grammar says {read}"));
            }
        }
    }
    assert!(differences.is_empty(), "{}", differences.join("\n"));
}
