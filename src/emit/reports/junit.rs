//! Results of `gradus test` in the form that build servers read (the schema of the Ant JUnit task).
//!
//! No clock is read: times are zero, and the time stamp, which the schema asks for, is a fixed day.

use std::fmt::Write as _;

use crate::plan::expectations::{Tested, Verdict};

/// The results as XML; `place` says where something is written.
#[must_use]
pub fn junit(
    project: &str,
    tested: &[Tested],
    place: &dyn Fn(crate::source::Place) -> String,
) -> String {
    let mut out = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites>\n");
    for (id, test) in tested.iter().enumerate() {
        let failures = count(test, Verdict::Fails);
        let errors = count(test, Verdict::Open);
        let _ = writeln!(
            out,
            "  <testsuite package=\"{}\" id=\"{id}\" name=\"{}\" timestamp=\"2000-01-01T00:00:00\" hostname=\"localhost\" tests=\"{}\" failures=\"{failures}\" errors=\"{errors}\" time=\"0\">\n    <properties/>",
            escaped(project),
            escaped(&test.name),
            test.claims.len(),
        );
        for claim in &test.claims {
            let head = format!(
                "    <testcase name=\"{}\" classname=\"{}\" time=\"0\"",
                escaped(&claim.claim),
                escaped(&test.name)
            );
            let first = claim.details.first().map_or("", String::as_str);
            let mut text = format!("{}\n", place(claim.place));
            text.push_str(&claim.details.join("\n"));
            let _ = match claim.verdict {
                Verdict::Holds => writeln!(out, "{head}/>"),
                Verdict::Fails => writeln!(
                    out,
                    "{head}>\n      <failure message=\"{}\" type=\"expectation\">{}</failure>\n    </testcase>",
                    escaped(first),
                    escaped(&text)
                ),
                Verdict::Open => writeln!(
                    out,
                    "{head}>\n      <error message=\"{}\" type=\"undecided\">{}</error>\n    </testcase>",
                    escaped(first),
                    escaped(&text)
                ),
            };
        }
        out.push_str("    <system-out/>\n    <system-err/>\n  </testsuite>\n");
    }
    out.push_str("</testsuites>\n");
    out
}

fn count(test: &Tested, verdict: Verdict) -> usize {
    test.claims
        .iter()
        .filter(|claim| claim.verdict == verdict)
        .count()
}

/// What XML allows, with its own characters escaped, on one line in attributes.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\t' => out.push(' '),
            '\n' => out.push('\n'),
            control if control.is_control() => {}
            '\u{fffe}' | '\u{ffff}' => {}
            character => out.push(character),
        }
    }
    out
}
