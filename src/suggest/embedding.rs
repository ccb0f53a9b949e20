//! An embedding model that runs here: a BERT encoder with its tokenizer, from the bytes of its files.
//!
//! Goes in: `config.json`, `tokenizer.json` and `model.safetensors` as sentence-embedding models of the BERT family are handed on. Comes out: an
//! [`Encoder`] that takes the mean of the last layer over the tokens of a text and brings it to length 1. Files that do not fit are refused with a
//! reason; sizes are looked at before anything is made of them. `candle` and `tokenizers` are named in this file only.

use candle_core::{DType, Device, Tensor};
use candle_nn::VarBuilder;
use candle_transformers::models::bert::{BertModel, Config};
use rayon::prelude::*;
use serde::Deserialize;
use tokenizers::{Encoding, Tokenizer, TruncationParams};

use super::nearness::Encoder;

/// Names are short; what is longer is cut here, if the model does not cut it earlier.
const LONGEST: usize = 128;
/// So many texts go through the model at once.
const BATCH: usize = 64;
/// No text encoder that runs on a processor has more of anything.
const LARGEST: usize = 1 << 20;

/// The files of a model.
#[derive(Debug, Default)]
pub struct Files {
    /// `config.json`.
    pub config: Vec<u8>,
    /// `tokenizer.json`.
    pub tokenizer: Vec<u8>,
    /// `model.safetensors`.
    pub weights: Vec<u8>,
    /// `1_Pooling/config.json`, where there is one.
    pub pooling: Option<Vec<u8>>,
}

/// Why a model cannot be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unfit {
    /// The file that is at fault.
    pub file: &'static str,
    pub reason: String,
}

/// A model that is ready.
pub struct Model {
    bert: BertModel,
    tokenizer: Tokenizer,
    device: Device,
}

/// How a model makes one vector of many, as far as it matters here.
#[derive(Debug, Deserialize)]
struct Pooling {
    #[serde(default)]
    pooling_mode_mean_tokens: bool,
}

fn unfit(file: &'static str, reason: impl Into<String>) -> Unfit {
    Unfit {
        file,
        reason: reason.into(),
    }
}

/// The first line of a library's message; traces follow it.
fn first_line(error: &dyn std::fmt::Display) -> String {
    let text = error.to_string();
    text.lines().next().unwrap_or("").trim().to_owned()
}

/// Reads the configuration, and refuses what the model could not be built with.
fn config(bytes: &[u8]) -> Result<Config, Unfit> {
    const FILE: &str = "config.json";
    /// What is asked first, so that a model of another family is named as such.
    #[derive(Deserialize)]
    struct Family {
        model_type: Option<String>,
    }
    let read = |error: serde_json::Error| unfit(FILE, first_line(&error));
    let family: Family = serde_json::from_slice(bytes).map_err(read)?;
    if let Some(other) = family.model_type.filter(|family| family != "bert") {
        return Err(unfit(
            FILE,
            format!("it is a model of the family `{other}`, and only `bert` can be used"),
        ));
    }
    let config: Config = serde_json::from_slice(bytes).map_err(read)?;
    let sizes = [
        ("vocab_size", config.vocab_size),
        ("hidden_size", config.hidden_size),
        ("num_hidden_layers", config.num_hidden_layers),
        ("num_attention_heads", config.num_attention_heads),
        ("intermediate_size", config.intermediate_size),
        ("max_position_embeddings", config.max_position_embeddings),
        ("type_vocab_size", config.type_vocab_size),
    ];
    for (name, size) in sizes {
        if size == 0 || size > LARGEST {
            return Err(unfit(FILE, format!("`{name}` is {size}")));
        }
    }
    if !config
        .hidden_size
        .is_multiple_of(config.num_attention_heads)
    {
        return Err(unfit(
            FILE,
            "`hidden_size` cannot be divided by `num_attention_heads`",
        ));
    }
    if config.max_position_embeddings < 8 {
        return Err(unfit(
            FILE,
            "`max_position_embeddings` leaves no room for a text",
        ));
    }
    Ok(config)
}

/// Reads the tokenizer, set to cut long texts and to leave short ones as they are.
fn tokenizer(bytes: &[u8], config: &Config) -> Result<Tokenizer, Unfit> {
    const FILE: &str = "tokenizer.json";
    let fault =
        |error: Box<dyn std::error::Error + Send + Sync>| unfit(FILE, first_line(&error.as_ref()));
    let mut tokenizer = Tokenizer::from_bytes(bytes).map_err(fault)?;
    let largest = tokenizer.get_vocab(true).into_values().max().unwrap_or(0);
    if largest as usize >= config.vocab_size {
        return Err(unfit(
            FILE,
            format!(
                "it has the token {largest}, and `config.json` has room for {}",
                config.vocab_size
            ),
        ));
    }
    tokenizer.with_padding(None);
    tokenizer
        .with_truncation(Some(TruncationParams {
            max_length: LONGEST.min(config.max_position_embeddings),
            ..TruncationParams::default()
        }))
        .map_err(fault)?;
    Ok(tokenizer)
}

impl Model {
    /// Builds the model.
    ///
    /// # Errors
    ///
    /// Names the file that is at fault, and why.
    pub fn new(files: Files) -> Result<Model, Unfit> {
        let config = config(&files.config)?;
        if let Some(bytes) = &files.pooling {
            const FILE: &str = "1_Pooling/config.json";
            let pooling: Pooling =
                serde_json::from_slice(bytes).map_err(|error| unfit(FILE, first_line(&error)))?;
            if !pooling.pooling_mode_mean_tokens {
                return Err(unfit(
                    FILE,
                    "the model wants another pooling than the mean of the tokens",
                ));
            }
        }
        let tokenizer = tokenizer(&files.tokenizer, &config)?;
        let weights = |error: candle_core::Error| unfit("model.safetensors", first_line(&error));
        let device = Device::Cpu;
        let variables = VarBuilder::from_buffered_safetensors(files.weights, DType::F32, &device)
            .map_err(weights)?;
        let bert = BertModel::load(variables, &config).map_err(weights)?;
        Ok(Model {
            bert,
            tokenizer,
            device,
        })
    }

    /// The vectors of a few texts that are about equally long.
    fn batch(&self, texts: &[&Encoding]) -> candle_core::Result<Vec<Vec<f32>>> {
        let longest = texts.iter().map(|text| text.get_ids().len()).max();
        let longest = longest.unwrap_or(0);
        if longest == 0 {
            return Ok(vec![Vec::new(); texts.len()]);
        }
        let mut ids: Vec<u32> = Vec::with_capacity(texts.len() * longest);
        let mut mask: Vec<u32> = Vec::with_capacity(texts.len() * longest);
        for text in texts {
            let length = text.get_ids().len();
            ids.extend_from_slice(text.get_ids());
            ids.resize(ids.len() + longest - length, 0);
            mask.resize(mask.len() + length, 1);
            mask.resize(mask.len() + longest - length, 0);
        }
        let shape = (texts.len(), longest);
        let ids = Tensor::from_vec(ids, shape, &self.device)?;
        let mask = Tensor::from_vec(mask, shape, &self.device)?;
        let layer = self.bert.forward(&ids, &ids.zeros_like()?, Some(&mask))?;
        let kept = mask.to_dtype(DType::F32)?.unsqueeze(2)?;
        let sums = layer.broadcast_mul(&kept)?.sum(1)?;
        let mean = sums.broadcast_div(&kept.sum(1)?.clamp(1e-9f32, f32::MAX)?)?;
        mean.to_vec2::<f32>()
    }
}

impl Encoder for Model {
    fn encode(&self, texts: &[&str]) -> Result<Vec<Vec<f32>>, String> {
        let encoded = self
            .tokenizer
            .encode_batch(texts.to_vec(), true)
            .map_err(|error| first_line(&error))?;
        // Texts of about the same length go together, so that little is padded.
        let mut order: Vec<(usize, &Encoding)> = encoded.iter().enumerate().collect();
        order.sort_by_key(|(at, text)| (text.get_ids().len(), *at));
        let done: Vec<Vec<(usize, Vec<f32>)>> = order
            .par_chunks(BATCH)
            .map(|chunk| {
                let texts: Vec<&Encoding> = chunk.iter().map(|(_, text)| *text).collect();
                let vectors = self.batch(&texts).map_err(|error| first_line(&error))?;
                Ok(chunk.iter().map(|(at, _)| *at).zip(vectors).collect())
            })
            .collect::<Result<_, String>>()?;
        let mut vectors = vec![Vec::new(); texts.len()];
        for (at, mut vector) in done.into_iter().flatten() {
            let length = vector.iter().map(|value| value * value).sum::<f32>().sqrt();
            if length > 0.0 {
                vector.iter_mut().for_each(|value| *value /= length);
            }
            if let Some(slot) = vectors.get_mut(at) {
                *slot = vector;
            }
        }
        Ok(vectors)
    }
}
