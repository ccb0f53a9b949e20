//! Criteria as a build of this program writes them: the words of the source first, then sections that it adds.
//!
//! A badge that was published, imported and published again has these sections twice. Goes in: the words of criteria. Comes out: the
//! same with the first of each, so that importing again gives the same source.

/// Headings of sections that a build adds for what an import reads: how a badge is assessed, its level, field and credit.
const ADDED: &[&str] = &[
    "## How it is assessed",
    "## At a glance",
    "## Évaluation",
    "## En bref",
];

/// The words without the second section under one of these headings; whether there was one.
pub fn once(text: &str) -> (String, bool) {
    let mut seen: Vec<&str> = Vec::new();
    let mut kept: Vec<&str> = Vec::new();
    let mut is_second = false;
    let mut found = false;
    for line in text.lines() {
        if line.starts_with("## ") {
            let heading = line.trim_end();
            is_second = ADDED.contains(&heading) && seen.contains(&heading);
            found |= is_second;
            seen.push(heading);
        }
        if !is_second {
            kept.push(line);
        }
    }
    match found {
        true => (kept.join("\n").trim().to_owned(), true),
        false => (text.to_owned(), false),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sections_that_a_build_adds_stand_once() {
        let text = "Do.\n\n## Award\n\nA\n\n## At a glance\n\n- Level: 4\n- Hours: 5";
        assert_eq!(once(text), (text.to_owned(), false));
        let built = format!("{text}\n\n## At a glance\n\n- Level: 4\n\n## Award\n\nB");
        assert_eq!(once(&built), (format!("{text}\n\n## Award\n\nB"), true));
    }
}
