//! `gradus new`: a small project that works from the first minute.

use std::path::{Path, PathBuf};

use super::super::Exit;
use super::super::args::New;
use super::super::terminal::Terminal;
use crate::workspace::{Fault, reason, shown};

/// The files of a new project; `{name}` stands for its name.
const FILES: &[(&str, &str)] = &[
    ("gradus.yaml", include_str!("../starter/gradus.yaml")),
    ("skills.gradus", include_str!("../starter/skills.gradus")),
    ("badges.gradus", include_str!("../starter/badges.gradus")),
    ("README.md", include_str!("../starter/README.md")),
    (".gitignore", "/dist\n"),
];

pub(in crate::cli) fn run(options: &New, terminal: &Terminal) -> Result<Exit, Fault> {
    let name = &options.name;
    let plain = name.starts_with(|first: char| first.is_ascii_lowercase())
        && name
            .bytes()
            .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-');
    if !plain {
        return Err(Fault::Usage {
            message: format!("`{name}` cannot be the name of a project"),
            help: Some("use small letters, digits and hyphens, starting with a letter".to_owned()),
        });
    }
    let folder = options.dir.clone().unwrap_or_else(|| PathBuf::from(name));
    let failed = |path: &Path, error: &std::io::Error| Fault::Unwritable {
        message: format!("`{}` cannot be written: {}", shown(path), reason(error)),
        help: None,
    };
    match std::fs::read_dir(&folder).map(|mut entries| entries.next().is_some()) {
        Ok(true) => {
            return Err(Fault::Usage {
                message: format!("the folder `{}` is not empty", shown(&folder)),
                help: Some("choose another one with `--dir`".to_owned()),
            });
        }
        Ok(false) => {}
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            std::fs::create_dir_all(&folder).map_err(|error| failed(&folder, &error))?;
        }
        Err(error) => return Err(failed(&folder, &error)),
    }
    for (file, text) in FILES {
        let path = folder.join(file);
        std::fs::write(&path, text.replace("{name}", name))
            .map_err(|error| failed(&path, &error))?;
    }
    let place = shown(&folder);
    terminal.note(&format!(
        "`{place}` is ready. Read `{place}/README.md`, then try:\n  gradus check {place}\n  gradus build {place}"
    ));
    Ok(Exit::Clean)
}
