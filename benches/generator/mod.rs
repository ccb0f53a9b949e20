//! Projects of any size that read like real ones: the same number of skills always gives the same files, byte for byte.
//!
//! Goes in: how many skills. Comes out: the files of a project that checks clean. For a thousand skills: two frameworks with
//! areas and competencies, two hundred credentials with several assessments each, six pathways with a role each, rubrics,
//! sets of electives, and a crosswalk for every other framework. A hundred thousand skills make some 65 MB in 1,800 files.
//!
//! It is used by the benches and by `cargo run --release --example generate`.

mod credentials;
mod pathways;
mod words;

use std::fmt::Write;
use std::io;
use std::path::Path;

use words::Words;

/// Skills in each framework, and credentials that assess them.
const SKILLS: usize = 500;
/// Skills that one credential teaches: those of one competency.
const TAUGHT: usize = 5;
/// Credentials of each framework.
const CREDENTIALS: usize = SKILLS / TAUGHT;
/// Competencies in each area.
const COMPETENCIES: usize = 10;
/// Credentials that stand in one file.
const IN_A_FILE: usize = 15;
/// Frameworks that share an issuer.
const OF_AN_ISSUER: usize = 10;

/// One file of a generated project.
pub struct File {
    /// Below the project's folder, with `/`.
    pub path: String,
    /// Its text.
    pub text: String,
}

/// The files of a project with at least this many skills (whole frameworks of 500).
pub fn project(skills: usize) -> Vec<File> {
    let frameworks = skills.div_ceil(SKILLS).max(1);
    let mut files = vec![
        File {
            path: "gradus.yaml".to_owned(),
            text: project_file(skills),
        },
        File {
            path: "college.gradus".to_owned(),
            text: college(frameworks),
        },
    ];
    for number in 0..frameworks {
        let framework = Framework::new(number);
        files.push(framework.file("framework", framework.text()));
        files.push(framework.file("pathways", pathways::text(&framework)));
        for first in (0..CREDENTIALS).step_by(IN_A_FILE) {
            let last = (first + IN_A_FILE).min(CREDENTIALS);
            let mut text = String::new();
            for credential in first..last {
                credentials::write(&framework, credential, &mut text);
            }
            files.push(framework.file(&format!("credentials-{:02}", first / IN_A_FILE + 1), text));
        }
    }
    files
}

/// Writes a project into a folder.
pub fn write(skills: usize, folder: &Path) -> io::Result<usize> {
    let files = project(skills);
    for file in &files {
        let path = folder.join(&file.path);
        if let Some(parent) = path.parent() {
            std::fs::create_dir_all(parent)?;
        }
        std::fs::write(path, &file.text)?;
    }
    Ok(files.iter().map(|file| file.text.len()).sum())
}

fn project_file(skills: usize) -> String {
    format!(
        "name: college-{skills}\nversion: 2026.1.0\nbase: https://badges.college.example/\nlanguages: [en]\n\
         licence: https://creativecommons.org/licenses/by/4.0/\n"
    )
}

fn college(frameworks: usize) -> String {
    let mut text = String::from(
        "# A college of many departments.\n\nuse eqf\nuse isced-f\nuse digcomp\nuse entrecomp\n\n\
         scale mastery \"Mastery\" {\n  foundation   \"Foundation\"   matches eqf:4\n\
         \x20 practitioner \"Practitioner\" matches eqf:5\n  expert       \"Expert\"       matches eqf:6\n}\n",
    );
    for number in 0..frameworks.div_ceil(OF_AN_ISSUER) {
        let _ = write!(
            text,
            "\nissuer school-{number} \"School {} of the College\" {{\n  url     <https://college.example/schools/{number}>\n\
             \x20 email   \"badges-{number}@college.example\"\n  country NZ\n}}\n",
            number + 1
        );
    }
    text
}

/// A framework by its number: names and texts all follow from it.
struct Framework {
    number: usize,
    id: String,
}

impl Framework {
    fn new(number: usize) -> Self {
        Self {
            number,
            id: format!("trade-{}", number + 1),
        }
    }

    fn file(&self, name: &str, text: String) -> File {
        File {
            path: format!("{}/{name}.gradus", self.id),
            text,
        }
    }

    fn issuer(&self) -> String {
        format!("school-{}", self.number / OF_AN_ISSUER)
    }

    /// The words of a skill by its place in the framework.
    fn words(&self, skill: usize) -> Words {
        Words::of(self.number * SKILLS + skill)
    }

    /// The path of a skill below the framework.
    fn path(&self, skill: usize) -> String {
        let competency = skill / TAUGHT;
        format!(
            "a{}.c{}.{}-{}",
            competency / COMPETENCIES + 1,
            competency % COMPETENCIES + 1,
            self.words(skill).slug(),
            skill % TAUGHT + 1
        )
    }

    fn credential(&self, number: usize) -> String {
        format!("{}-{:02}", self.id, number)
    }

    fn text(&self) -> String {
        let mut text = String::with_capacity(SKILLS * 520);
        let _ = write!(
            text,
            "framework {id} \"Professional practice {number}\" {{\n  version \"2026.1\"\n  by      {issuer}\n  scale   mastery\n\
             \x20 about   \"What graduates of department {number} are able to do, as agreed with employers of the region.\"\n",
            id = self.id,
            number = self.number + 1,
            issuer = self.issuer(),
        );
        for skill in 0..SKILLS {
            let competency = skill / TAUGHT;
            if skill % (TAUGHT * COMPETENCIES) == 0 {
                let _ = write!(
                    text,
                    "\n  area a{} \"Field of work {}\" {{\n",
                    competency / COMPETENCIES + 1,
                    competency / COMPETENCIES + 1
                );
            }
            if skill % TAUGHT == 0 {
                let _ = writeln!(
                    text,
                    "    competency c{} \"Task {}.{}\" {{",
                    competency % COMPETENCIES + 1,
                    competency / COMPETENCIES + 1,
                    competency % COMPETENCIES + 1
                );
            }
            self.skill(skill, &mut text);
            if skill % TAUGHT == TAUGHT - 1 {
                text.push_str("    }\n");
            }
            if skill % (TAUGHT * COMPETENCIES) == TAUGHT * COMPETENCIES - 1 {
                text.push_str("  }\n");
            }
        }
        text.push_str("}\n");
        text
    }

    fn skill(&self, skill: usize, text: &mut String) {
        let words = self.words(skill);
        let _ = write!(
            text,
            "      skill {slug}-{place} \"{name}\" {{\n        can   \"{statement}\"\n",
            slug = words.slug(),
            place = skill % TAUGHT + 1,
            name = words.name(),
            statement = words.statement(),
        );
        if skill % 3 != 1 {
            let _ = writeln!(text, "        about \"{}\"", words.about());
        }
        if skill % 50 == 7 {
            text.push_str("        relates to entrecomp:3.4 \"Working with others\"\n");
        }
        if skill % TAUGHT == 3 {
            let _ = writeln!(text, "        builds on {}", self.path(skill - 3));
        }
        text.push_str("      }\n");
    }
}
