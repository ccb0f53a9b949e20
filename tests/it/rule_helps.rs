//! Helps that depend on what stands around the fault: they name what is there, in the author's words.

use crate::rule_details::{HEAD, check};
use crate::support::gradus;

/// The helps of one rule.
fn helps(rule: &str, text: &str) -> Vec<String> {
    check(&format!("{HEAD}{text}"))
        .iter()
        .filter_map(|line| line.strip_prefix(&format!("{rule} | ")))
        .filter_map(|rest| rest.split(" | ").nth(2).map(str::to_owned))
        .collect()
}

#[test]
fn a_level_is_named_as_the_project_can_write_it() {
    let badge = "micro-credential a \"A\" { workload 25 hours  criteria \"Pour ten cups.\" }\n";
    assert_eq!(
        helps("credential/no-level", badge),
        ["add `level`, for instance `level eqf:5` with `use eqf` at the top of the file"]
    );
    assert_eq!(
        helps("credential/no-level", &format!("use eqf as frame\n{badge}")),
        ["add `level`, for instance `level frame:5`"]
    );
}

#[test]
fn a_choice_among_too_few_is_widened_or_asks_for_all() {
    let found = |choice: &str| {
        helps(
            "pathway/impossible-choice",
            &format!(
                "badge a \"A\" {{ criteria \"Pour ten cups.\" }}\nbadge b \"B\" {{ criteria \"Pour five cups.\" }}\n\
                 badge c \"C\" {{ stacks {{ {choice} }} }}\n"
            ),
        )
    };
    assert_eq!(
        found("any 3 of { a  b }"),
        ["add to the choice, write `all` to ask for all 2, or ask for fewer"]
    );
    assert_eq!(
        found("any 2 of { a }"),
        ["write the branch without `any`, or add to the choice"]
    );
}

#[test]
fn the_longer_of_two_branches_leaves_no_choice() {
    let found = |more: &str| {
        helps(
            "pathway/dead-branch",
            &format!(
                "badge a \"A\" {{ criteria \"Pour ten cups.\" }}\nbadge b \"B\" {{ criteria \"Pour five cups.\" }}\n\
                 badge d \"D\" {{ criteria \"Pour two cups.\" }}\n\
                 badge c \"C\" {{ stacks {{ any {{ a  all {{ a  b }}{more} }} }} }}\n"
            ),
        )
    };
    assert_eq!(found(""), ["keep one of the two, without `any`"]);
    assert_eq!(found("  d"), ["take this branch out, or the shorter one"]);
}

#[test]
fn a_missing_id_is_made_of_the_name() {
    assert_eq!(
        helps(
            "syntax/missing",
            "badge \"Été du café\" { criteria \"Pour ten cups.\" }\n"
        ),
        ["write `badge ete-du-cafe \"Été du café\" { … }`"]
    );
    // No letters that an id could have.
    assert_eq!(
        helps(
            "syntax/missing",
            "badge \"数据\" { criteria \"Pour ten cups.\" }\n"
        ),
        ["write `badge id \"Name\" { … }`"]
    );
}

#[test]
fn the_last_day_of_a_month_is_named() {
    let found = |day: &str| {
        helps(
            "type/bad-date",
            &format!("badge a \"A\" {{ valid until {day}  criteria \"Pour ten cups.\" }}\n"),
        )
    };
    for (day, last) in [
        ("2028-02-30", "2028-02-29"),
        ("2027-02-29", "2027-02-28"),
        ("2027-04-31", "2027-04-30"),
        ("2027-12-32", "2027-12-31"),
    ] {
        assert_eq!(
            found(day),
            [format!(
                "write a day that the month has, at the latest `{last}`"
            )]
        );
    }
    assert_eq!(
        found("2027-13-01"),
        ["write year, month and day, such as `2028-12-31`"]
    );
}

#[test]
fn the_second_use_of_a_name_gets_another() {
    for (uses, help) in [
        (
            "use digcomp 2.2\nuse digcomp 3.0\n",
            "`use digcomp 3.0 as digcomp-2`",
        ),
        (
            "use eqf as d\nuse digcomp as d\n",
            "`use digcomp as digcomp-2`",
        ),
    ] {
        assert_eq!(
            helps("name/ambiguous", uses),
            [format!("give one of them another name: {help}")]
        );
    }
}

#[test]
fn a_block_that_is_not_read_leaves_its_keyword_a_block() {
    let deep = format!(
        "badge a \"A\" {{ criteria \"Pour ten cups.\"  requires {{ {}\"an interview\"{} }} }}\n",
        "all { ".repeat(300),
        " }".repeat(300)
    );
    let found = check(&format!("{HEAD}{deep}"));
    assert_eq!(
        found,
        [
            "syntax/too-deep | { | blocks are nested more than 256 deep | \
             take blocks out, or name a part of them as a `set` | "
        ]
    );
}

#[test]
fn an_unfinished_merge_is_said_to_be_one() {
    let found = check(&format!(
        "{HEAD}<<<<<<< ours\nbadge a \"A\" {{ criteria \"Pour ten cups.\" }}\n=======\n\
         badge b \"B\" {{ criteria \"Pour ten cups.\" }}\n>>>>>>> theirs\n"
    ));
    let helps: Vec<&str> = found
        .iter()
        .filter_map(|line| line.split(" | ").nth(3))
        .collect();
    assert_eq!(helps.len(), 3, "{found:?}");
    assert!(
        helps
            .iter()
            .all(|help| help.starts_with("finish the merge:"))
    );
}

#[test]
fn a_level_that_nobody_assesses_is_named_as_it_was_written() {
    let text = "scale steps \"Steps\" { lo \"Low\"  hi \"High\" }\n\
         framework bar \"Bar\" { scale steps  skill milk \"Milk\" { can \"steam milk\" } }\n\
         badge a \"A\" { assessment cup \"Cups\" { assesses bar.milk at lo  evidence artefact \"Cups\" } }\n\
         badge b \"B\" { criteria \"Pour.\"  requires { skill bar.milk at hi } }\n";
    let found = check(&format!("{HEAD}{text}"));
    assert!(
        found.iter().any(|line| line.contains(
            "`b` can never be earned: no credential assesses `bar.milk` at `hi` or above"
        )),
        "{found:?}"
    );
}

#[test]
fn an_id_beside_a_word_of_the_language_says_what_it_is() {
    for (text, id) in [
        ("framework any \"Any\" { }\n", "any-framework"),
        (
            "micro-credential of \"Of\" { criteria \"Pour ten cups.\" }\n",
            "of-credential",
        ),
        ("scale at \"At\" { one \"One\" }\n", "at-scale"),
    ] {
        assert_eq!(
            helps("name/reserved", text),
            [format!("choose another id, for instance `{id}`")]
        );
    }
}

#[test]
fn units_and_days_of_elsewhere_are_answered_with_what_the_author_means() {
    for (written, said) in [
        ("workload 50 Stunden", "write `50 hours`"),
        ("valid for 2 Jahre", "write `2 years`"),
        ("credit 1 CP", "write `1 ects`"),
        (
            "workload 50 credit 2 ects",
            "`50` has no unit\n  in a.gradus, line 1, column 53 to 54: `credit` begins the next statement\n",
        ),
        ("valid until 12/31/2028", "write `valid until 2028-12-31`"),
        ("valid until 2028-2-30", "write `valid until 2028-02-29`"),
        (
            "valid until \"31 December 2028\"",
            "write `valid until 2028-12-31`",
        ),
    ] {
        let home = tempfile::tempdir().expect("folder");
        let text = format!("badge a \"A\" {{ criteria \"Attends all days.\" {written} }}\n");
        std::fs::write(home.path().join("a.gradus"), text).expect("written");
        let ran = gradus(home.path(), &["check", "--format", "plain"]);
        assert!(ran.out.contains(said), "{written}: {}", ran.all());
    }
}

#[test]
fn a_country_is_known_by_its_name() {
    for (written, said) in [
        ("Austria", "did you mean `AT`?"),
        ("Russia", "did you mean `RU`?"),
        ("Atlantis", "use two capital letters"),
    ] {
        let text = format!("issuer guild \"Guild\" {{ country {written} }}\n");
        let found = check(&text);
        let told = |line: &String| line.starts_with("type/country") && line.contains(said);
        assert!(found.iter().any(told), "{written}: {found:#?}");
    }
}
