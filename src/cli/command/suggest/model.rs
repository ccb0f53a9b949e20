//! `gradus suggest --model DIR`: finds the files of an embedding model in a folder.
//!
//! Goes in: the folder. Comes out: an encoder, or what is missing or wrong in plain words. Without the feature `embedding` there is no
//! part of the program that could run a model, and that is said.

use std::path::Path;

use crate::suggest::nearness::Encoder;
use crate::workspace::Fault;

/// The encoder in a folder.
#[cfg(not(feature = "embedding"))]
pub(super) fn open(_folder: &Path) -> Result<Box<dyn Encoder>, Fault> {
    Err(Fault::Usage {
        message: "this build of gradus cannot run embedding models".to_owned(),
        help: Some(
            "build it with `cargo build --release --features embedding`, or leave `--model` out"
                .to_owned(),
        ),
    })
}

/// The encoder in a folder.
#[cfg(feature = "embedding")]
pub(super) fn open(folder: &Path) -> Result<Box<dyn Encoder>, Fault> {
    use crate::suggest::embedding::{Files, Model};
    if !folder.is_dir() {
        return Err(Fault::Usage {
            message: format!("there is no folder `{}`", folder.display()),
            help: Some(HELP.to_owned()),
        });
    }
    let files = Files {
        config: file(folder, "config.json", LARGEST_TEXT)?,
        tokenizer: file(folder, "tokenizer.json", LARGEST_TEXT)?,
        weights: file(folder, "model.safetensors", LARGEST_WEIGHTS)?,
        pooling: match folder.join(POOLING).is_file() {
            true => Some(file(folder, POOLING, LARGEST_TEXT)?),
            false => None,
        },
    };
    match Model::new(files) {
        Ok(model) => Ok(Box::new(model)),
        Err(unfit) => Err(Fault::Usage {
            message: format!(
                "the model in `{}` cannot be used, because of `{}`: {}",
                folder.display(),
                unfit.file,
                unfit.reason
            ),
            help: None,
        }),
    }
}

#[cfg(feature = "embedding")]
const HELP: &str = "name a folder with `config.json`, `tokenizer.json` and `model.safetensors` of a BERT-like sentence-embedding model";
#[cfg(feature = "embedding")]
const POOLING: &str = "1_Pooling/config.json";
#[cfg(feature = "embedding")]
const LARGEST_TEXT: u64 = 64 << 20;
/// Models that run on a processor in good time are far smaller.
#[cfg(feature = "embedding")]
const LARGEST_WEIGHTS: u64 = 4 << 30;

#[cfg(feature = "embedding")]
fn file(folder: &Path, name: &str, largest: u64) -> Result<Vec<u8>, Fault> {
    let path = folder.join(name);
    if !path.is_file() {
        return Err(Fault::Usage {
            message: format!("there is no `{name}` in `{}`", folder.display()),
            help: Some(HELP.to_owned()),
        });
    }
    let unreadable = |error: std::io::Error| Fault::unreadable(&path, &error);
    if std::fs::metadata(&path).map_err(unreadable)?.len() > largest {
        return Err(Fault::usage(format!(
            "`{name}` in `{}` is larger than {} MB",
            folder.display(),
            largest >> 20
        )));
    }
    std::fs::read(&path).map_err(unreadable)
}
