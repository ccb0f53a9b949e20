//! Programs that look like faults and are none: rules about prerequisites and pathways stay silent. And beside some of them
//! the fault that they look like, which is found.

use crate::rules::findings;

/// What the rules of the families `graph` and `pathway` find.
fn found(program: &str) -> Vec<String> {
    let (sources, found) = findings(program, None);
    let broken: Vec<_> = found
        .iter()
        .filter(|diagnostic| {
            ["syntax", "name", "type"].contains(&diagnostic.rule.family())
                && diagnostic.rule.name != "name/unused"
        })
        .collect();
    assert!(broken.is_empty(), "{broken:#?}");
    found
        .iter()
        .filter(|diagnostic| ["graph", "pathway"].contains(&diagnostic.rule.family()))
        .map(|diagnostic| {
            let text = sources.slice(diagnostic.place);
            format!(
                "{} at `{text}`: {}",
                diagnostic.rule.name, diagnostic.message
            )
        })
        .collect()
}

#[track_caller]
fn silent(program: &str) {
    assert_eq!(found(program), Vec::<String>::new());
}

#[track_caller]
fn says(program: &str, expected: &[&str]) {
    assert_eq!(found(program), expected);
}

#[test]
fn a_badge_may_contain_the_sibling_of_its_own_prerequisite() {
    silent(
        r#"
        badge basics "Basics" { }
        badge left   "Left"   { requires { basics } }
        badge right  "Right"  { requires { basics } }
        badge whole  "Whole"  { requires { left }  stacks { right } }
        "#,
    );
}

#[test]
fn membership_in_a_set_is_not_a_prerequisite() {
    silent(
        r#"
        badge alpha   "One"   { requires { beta } }
        badge beta   "Two"   { }
        badge gamma "Three" { requires { any 2 of { alpha  beta  delta } } }
        badge delta  "Four"  { }
        set all-of-them { alpha  beta  gamma  delta }
        "#,
    );
}

#[test]
fn asking_for_the_set_one_belongs_to_is_a_prerequisite() {
    says(
        r#"
        badge alpha "One" { requires { pair } }
        badge beta "Two" { }
        set pair { alpha  beta }
        "#,
        &[
            "graph/self-requirement at `pair`: `alpha` can only be earned by those who hold it already",
        ],
    );
}

#[test]
fn a_circle_through_an_optional_branch_is_fine() {
    silent(
        r#"
        badge alpha   "One"   { requires { any { beta  gamma } } }
        badge beta   "Two"   { requires { alpha } }
        badge gamma "Three" { }
        "#,
    );
}

#[test]
fn a_circle_through_every_branch_is_not() {
    says(
        r#"
        badge alpha   "One"   { requires { any { beta  gamma } } }
        badge beta   "Two"   { requires { alpha } }
        badge gamma "Three" { requires { alpha } }
        "#,
        &[
            "graph/prerequisite-cycle at `beta`: these prerequisites wait for each other: `alpha → beta → alpha`",
        ],
    );
}

#[test]
fn only_the_circle_is_reported_and_not_what_hangs_on_it() {
    says(
        r#"
        badge first  "First"  { requires { second } }
        badge second "Second" { requires { third } }
        badge third  "Third"  { requires { first } }
        badge after  "After"  { requires { third } }
        certificate all-in-all "All in all" { stacks { after  first } }
        pathway way "Way" { stage alpha "One" { after-all }  leads to all-in-all }
        badge after-all "After all" { requires { after } }
        "#,
        &[
            "graph/prerequisite-cycle at `second`: these prerequisites wait for each other: `first → second → third → first`",
        ],
    );
}

#[test]
fn a_recognition_is_another_way_into_a_circle() {
    silent(
        r#"
        badge a "A" { requires { b } }
        badge b "B" { requires { a } }
        recognition elsewhere "Learned elsewhere" { grants a }
        "#,
    );
    silent(
        r#"
        badge a "A" { requires { a } }
        recognition elsewhere "Learned elsewhere" { grants a }
        "#,
    );
}

#[test]
fn a_recognition_in_one_circle_leaves_another_locked() {
    says(
        r#"
        badge a "A" { requires { b } }
        badge b "B" { requires { c } }
        badge c "C" { requires { b  any { a  d } } }
        badge d "D" { }
        recognition elsewhere "Learned elsewhere" { grants a }
        "#,
        &["graph/prerequisite-cycle at `c`: these prerequisites wait for each other: `b → c → b`"],
    );
}

#[test]
fn two_ways_in_make_a_circle_of_circles_fine() {
    silent(
        r#"
        badge a "A" { requires { any { b  c } } }
        badge b "B" { requires { any { a  c } } }
        badge c "C" { requires { any { a  d } } }
        badge d "D" { }
        "#,
    );
}

#[test]
fn a_circle_through_a_skill_is_found() {
    says(
        r#"
        framework f "F" { skill s "S" { can "draw" } }
        badge alpha "One" { requires { skill f.s } }
        badge beta "Two" { requires { alpha }  assessment a "A" { assesses f.s } }
        "#,
        &[
            "graph/prerequisite-cycle at `skill`: these prerequisites wait for each other: `alpha → beta → alpha`",
        ],
    );
}

#[test]
fn corequisites_that_name_each_other_are_fine() {
    silent(
        r#"
        course lecture "Lecture" { alongside { lab } }
        course lab     "Lab"     { alongside { lecture } }
        "#,
    );
}

#[test]
fn choices_inside_choices_are_fine() {
    silent(
        r#"
        badge a "A" { }
        badge b "B" { }
        badge c "C" { }
        badge d "D" { }
        certificate whole "Whole" {
          stacks { any { all { a  b }  any 2 of { b  c  d }  all { c  any { a  d } } } }
        }
        "#,
    );
}

#[test]
fn credit_from_a_set_counts_each_credential_once() {
    silent(
        r#"
        badge a "A" { credit 3 ects }
        badge b "B" { credit 3 ects }
        badge c "C" { credit 4 ects }
        set electives { a  b  c }
        set methods   { electives except c }
        certificate whole "Whole" { stacks { at least 10 ects from { electives  methods } } }
        "#,
    );
    says(
        r#"
        badge a "A" { credit 3 ects }
        badge b "B" { credit 3 ects }
        badge c "C" { credit 4 ects }
        set electives { a  b  c }
        set methods   { electives except c }
        certificate whole "Whole" { stacks { at least 11 ects from { electives  methods } } }
        "#,
        &[
            "pathway/threshold-out-of-reach at `11 ects`: 11 ECTS can never add up: what is counted here brings in 10 ECTS at most",
        ],
    );
}

#[test]
fn a_credential_does_not_count_toward_its_own_sum() {
    says(
        r#"
        badge a "A" { credit 3 ects }
        set electives { a  whole }
        certificate whole "Whole" { credit 6 ects  stacks { at least 6 ects from { electives } } }
        "#,
        &[
            "pathway/threshold-out-of-reach at `6 ects`: 6 ECTS can never add up: what is counted here brings in 3 ECTS at most",
        ],
    );
}

#[test]
fn several_exits_and_several_ends_are_fine() {
    silent(
        r#"
        badge a "A" { }
        badge b "B" { }
        certificate small "Small" { stacks { a } }
        certificate other "Other" { stacks { a } }
        diploma     large "Large" { stacks { small  b } }
        pathway way "Way" {
          stage alpha "One" { a  awards small, other }
          stage beta "Two" { after alpha  b }
          leads to large, other
        }
        "#,
    );
}

#[test]
fn a_skill_that_one_branch_of_a_choice_leaves_out_is_only_a_dead_branch() {
    says(
        r#"
        framework f "F" { skill s "S" { can "draw" } }
        badge a "A" { }
        badge b "B" { requires { any { a  skill f.s } } }
        "#,
        &[
            "pathway/dead-branch at `skill`: this branch can never be met: no credential assesses `f.s`",
        ],
    );
}

#[test]
fn a_branch_of_no_use_is_said_once() {
    says(
        r#"
        badge a "A" { }
        badge b "B" { requires { a } }
        badge c "C" { requires { any { a  all { a  b } } } }
        "#,
        &[
            "pathway/dead-branch at `all`: this branch is of no use: `a`, which is part of it, is enough",
        ],
    );
}

#[test]
fn sets_that_hold_nothing_are_said_where_they_are_made() {
    says(
        r#"
        badge a "A" { }
        set none { }
        set pair { a }
        set rest { pair except pair }
        set around { rest  none }
        set reduced { pair  none  except a }
        "#,
        &[
            "pathway/empty-set at `none`: the set `none` holds nothing",
            "pathway/empty-set at `rest`: the set `rest` holds nothing: all of it is excepted",
            "pathway/empty-set at `reduced`: the set `reduced` holds nothing: all of it is excepted",
        ],
    );
    silent(
        r#"
        framework f "F" { skill s "S" { can "draw" } }
        badge a "A" { assessment x "X" { assesses f.s } }
        set pair { a  "patience" }
        set skills { a  skill f.s  except a }
        set rest { pair except a }
        "#,
    );
}

#[test]
fn dense_prerequisites_are_looked_through_in_time() {
    let mut program = String::new();
    for at in 0..800 {
        program.push_str(&format!("badge b{at} \"Badge {at}\" {{ "));
        if at > 0 {
            let earlier: Vec<String> = (0..at).map(|earlier| format!("b{earlier}")).collect();
            program.push_str(&format!("requires {{ {} }} ", earlier.join("  ")));
        }
        program.push_str("}\n");
    }
    let begun = std::time::Instant::now();
    let found = found(&program);
    let taken = begun.elapsed();
    assert!(taken.as_secs() < 60, "{taken:?}");
    assert_eq!(
        found.first().map(String::as_str),
        Some(
            "pathway/redundant-requirement at `b0`: `b0` is required twice: whoever holds `b1` has it already"
        )
    );
    assert!(
        found
            .iter()
            .any(|line| line.ends_with("(and 778 more like it)"))
    );
}

#[test]
fn a_stage_may_name_a_credential_and_its_prerequisite() {
    silent(
        r#"
        badge a "A" { }
        badge b "B" { requires { a } }
        certificate both "Both" { stacks { a  b } }
        pathway way "Way" { stage alpha "One" { a  b }  leads to both }
        "#,
    );
}

#[test]
fn a_project_without_pathways_needs_none() {
    silent(r#"badge alone "Alone" { }"#);
}
