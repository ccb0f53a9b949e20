//! Breaks that somebody has decided to make: `accepted-breaks.yaml` in a comparison, and by itself.

use crate::change_command::two;
use crate::changes::SMALL;
use crate::support::{gradus, put};

#[test]
fn accepted_breaks_are_used_up_and_end() {
    let folder = two(SMALL, &SMALL.replace("any { a b }", "all { a b }"));
    let entry = |item: &str| {
        format!(
            "- rule: change/requirement-narrowed\n  item: {item}\n  reason: agreed with the faculty\n  who: J. Kerr\n  until: 2027-06-30\n"
        )
    };
    let run = |text: &str, today: &str| {
        put(folder.path(), &[("new/accepted-breaks.yaml", text)]);
        let arguments = [
            "diff",
            "old",
            "new",
            "--fail-on",
            "breaking",
            "--today",
            today,
        ];
        gradus(folder.path(), &arguments)
    };
    let ran = run(&entry("c"), "2027-06-30");
    assert_eq!(ran.code, 0, "{}", ran.all());
    assert!(
        ran.out.contains("accepted by J. Kerr until 2027-06-30"),
        "{}",
        ran.out
    );
    let ran = run(&entry("c"), "2027-07-01");
    assert_eq!(ran.code, 1, "{}", ran.all());
    assert!(ran.err.contains("new/accepted-breaks.yaml:1: J. Kerr accepted `change/requirement-narrowed` of `c` until 2027-06-30, and that day is over"), "{}", ran.err);
    let both = format!("{}{}", entry("c"), entry("b"));
    let ran = run(&both, "2027-01-01");
    assert_eq!(ran.code, 1, "{}", ran.all());
    assert!(
        ran.err.contains(
            "new/accepted-breaks.yaml:6: `b` has no change `change/requirement-narrowed`"
        ),
        "{}",
        ran.err
    );
    let ran = run("- rule: change/removed\n", "2027-01-01");
    assert_eq!(ran.code, 2, "{}", ran.all());
    // What is wrong in the file has its line.
    let near = entry("b").replace("narrowed", "narowed");
    let ran = run(&format!("{}{near}", entry("c")), "2027-01-01");
    assert_eq!(ran.code, 2, "{}", ran.all());
    let words = "line 6, column 9: there is no rule `change/requirement-narowed`; did you mean `change/requirement-narrowed`?";
    assert!(ran.err.contains(words), "{}", ran.err);
    // So has an entry that says the same once more, which is not called unused.
    let twice = format!("{}{}", entry("c"), entry("c"));
    let ran = run(&twice, "2027-01-01");
    assert_eq!(ran.code, 2, "{}", ran.all());
    let words = "line 6, column 9: `change/requirement-narrowed` of `c` is accepted by the entry on line 1 already";
    assert!(ran.err.contains(words), "{}", ran.err);
}

/// What is wrong in the file of accepted breaks by itself is found before there is anything to compare.
#[test]
fn accepted_breaks_are_checked_with_the_project() {
    let folder = two(SMALL, SMALL);
    let good = "- rule: change/removed\n  item: gone\n  reason: agreed\n  who: J. Kerr\n  until: 2020-06-30\n";
    let check = |text: &str| {
        put(folder.path(), &[("new/accepted-breaks.yaml", text)]);
        gradus(folder.path(), &["check", "new", "--format", "concise"])
    };
    // Whether it is needed, or over, only a comparison says.
    assert!(!check(good).out.contains("accepted-breaks"));
    let bad = format!(
        "{good}- rule: change/removd\n  item: gone\n  reason: \"\"\n  who: J. Kerr\n  until: 2027-06-31\n- item: b\n  whom: c\n{good}"
    );
    let ran = check(&bad);
    assert_eq!(ran.code, 1, "{}", ran.all());
    let found: Vec<&str> = ran
        .out
        .lines()
        .filter_map(|line| line.strip_prefix("new/accepted-breaks.yaml:"))
        .collect();
    assert_eq!(
        found,
        [
            "6:9: error[project/bad-accepted-break]: there is no rule `change/removd`; did you mean `change/removed`?",
            "8:11: error[project/bad-accepted-break]: the entry needs a reason",
            "10:10: error[project/bad-accepted-break]: `2027-06-31` is not a day, such as 2027-06-30",
            "11:3: error[project/bad-accepted-break]: the entry has no `rule`, `reason`, `who` and `until`",
            "12:3: error[project/bad-accepted-break]: an entry has no `whom`; did you mean `who`?",
            "13:9: error[project/bad-accepted-break]: `change/removed` of `gone` is accepted by the entry on line 1 already: keep one of them",
        ]
    );
    let ran = check("- rule: [\n");
    assert_eq!(ran.code, 1, "{}", ran.all());
    assert!(ran.out.contains("it cannot be read as YAML"), "{}", ran.out);
}
