//! Parses a generated project a number of times on one thread, and says how many bytes one time was. `instructions.sh` counts
//! the instructions of runs that differ in the number alone, so that everything else cancels out.

#[expect(dead_code, reason = "other benches write the project to disk")]
mod generator;

use std::hint::black_box;

use gradus::source::FileId;
use gradus::syntax;

fn main() {
    let mut arguments = std::env::args().skip(1);
    let mut number = || arguments.next().and_then(|text| text.parse::<usize>().ok());
    let skills = number().unwrap_or(500);
    let times = number().unwrap_or(1);
    let alone = std::env::args().any(|argument| argument == "--grammar");
    let files = generator::project(skills);
    let texts: Vec<&str> = files
        .iter()
        .filter(|file| file.path.ends_with(".gradus"))
        .map(|file| file.text.as_str())
        .collect();
    for _ in 0..times {
        for (index, text) in texts.iter().enumerate() {
            if alone {
                black_box(syntax::grammar_alone(text));
            } else {
                black_box(syntax::parse(FileId(index as u32), text));
            }
        }
    }
    println!("{}", texts.iter().map(|text| text.len()).sum::<usize>());
}
