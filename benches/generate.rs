//! Writes a generated project to a folder, for measurements of the whole program:
//! `cargo run --release --example generate -- 100000 FOLDER`.

mod generator;

use std::path::PathBuf;
use std::process::ExitCode;

fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1);
    let skills = arguments.next().and_then(|text| text.parse().ok());
    let (Some(skills), Some(folder)) = (skills, arguments.next()) else {
        eprintln!("usage: generate SKILLS FOLDER");
        return ExitCode::from(2);
    };
    let folder = PathBuf::from(folder);
    match generator::write(skills, &folder) {
        Ok(bytes) => {
            println!("{bytes} bytes for {skills} skills in {}", folder.display());
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("{}: {error}", folder.display());
            ExitCode::from(3)
        }
    }
}
