//! The courses of the data set `ucsd-prereqs.json.gz`, and how they are written in the language. The bench of routes uses it too.

use std::fmt::Write as _;
use std::io::Read as _;
use std::path::Path;

#[derive(serde::Deserialize)]
pub struct Course {
    pub course: String,
    /// All of these groups, one course of each.
    pub prereqs: Vec<Vec<Named>>,
}

#[derive(serde::Deserialize)]
pub struct Named {
    pub course: String,
}

pub fn read() -> Option<Vec<Course>> {
    let path =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data/pathways/ucsd-prereqs.json.gz");
    let Ok(file) = std::fs::File::open(&path) else {
        eprintln!("SKIPPED: the UCSD prerequisites are not at hand (../shared/data/pathways)");
        return None;
    };
    let mut text = String::new();
    flate2::read::GzDecoder::new(file)
        .read_to_string(&mut text)
        .expect("a gzip file");
    Some(serde_json::from_str(&text).expect("a list of courses"))
}

/// `MATH 20C` → `math-20c`; what has no letter first, or is a word of the language, gets one.
pub fn id(course: &str) -> String {
    let words: String = course
        .to_lowercase()
        .chars()
        .map(|character| {
            if character.is_ascii_alphanumeric() {
                character
            } else {
                ' '
            }
        })
        .collect();
    let id = words.split_whitespace().collect::<Vec<_>>().join("-");
    // One "course" of the data is called `OR`, which is a word of the language there.
    if id != "or" && id.starts_with(|first: char| first.is_ascii_lowercase()) {
        id
    } else {
        format!("course-{id}").trim_end_matches('-').to_owned()
    }
}

/// The courses in the language.
pub fn convert(courses: &[Course]) -> String {
    let mut text = String::from(
        "issuer ucsd \"UC San Diego\" { url <https://ucsd.example>  email \"a@ucsd.example\"  country US }\n",
    );
    for course in courses {
        let _ = write!(
            text,
            "course {} \"{}\" {{\n  by ucsd\n  criteria \"Passing grade.\"\n",
            id(&course.course),
            course.course
        );
        if !course.prereqs.is_empty() {
            text.push_str("  requires {\n");
            for group in &course.prereqs {
                let names: Vec<String> = group.iter().map(|named| id(&named.course)).collect();
                let _ = match names.as_slice() {
                    [only] => writeln!(text, "    {only}"),
                    _ => writeln!(text, "    any {{ {} }}", names.join("  ")),
                };
            }
            text.push_str("  }\n");
        }
        text.push_str("}\n");
    }
    text
}
