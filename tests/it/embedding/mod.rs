//! The embedding model that runs here: its vectors beside those of another implementation, and folders that are no models.
//!
//! The model is tiny, and written by the test: two layers, 32 wide, numbers from a fixed sequence. `expected.json` holds what `reference.py` says
//! of it.

use std::path::Path;

use gradus::suggest::embedding::{Files, Model};
use gradus::suggest::nearness::Encoder;
use serde::Deserialize;

use super::support::{Ran, gradus, put};

const WIDTH: usize = 32;
const BETWEEN: usize = 64;
const LAYERS: usize = 2;
const PLACES: usize = 40;
const PIECES: &[&str] = &[
    "[PAD]",
    "[UNK]",
    "[CLS]",
    "[SEP]",
    "bake",
    "bread",
    "bak",
    "##ing",
    "sour",
    "##dough",
    "in",
    "a",
    "stone",
    "oven",
    "protect",
    "device",
    "##s",
    "fleet",
    ",",
    "&",
    ":",
    "-",
    "accent",
    "unknown",
    "word",
    "flott",
    "##e",
    "ver",
    "##wal",
    "##ten",
    "devices",
    "net",
    "##iquette",
    "search",
    "data",
];

fn config() -> String {
    format!(
        r#"{{"model_type":"bert","vocab_size":{},"hidden_size":{WIDTH},"num_hidden_layers":{LAYERS},"num_attention_heads":4,
"intermediate_size":{BETWEEN},"hidden_act":"gelu","hidden_dropout_prob":0.1,"attention_probs_dropout_prob":0.1,
"max_position_embeddings":{PLACES},"type_vocab_size":2,"initializer_range":0.02,"layer_norm_eps":1e-12,"pad_token_id":0}}"#,
        PIECES.len()
    )
}

fn tokenizer() -> String {
    let pieces: Vec<String> = PIECES
        .iter()
        .enumerate()
        .map(|(at, piece)| format!("{piece:?}:{at}"))
        .collect();
    let added: Vec<String> = PIECES
        .iter()
        .take(4)
        .enumerate()
        .map(|(at, piece)| {
            format!(
                r#"{{"id":{at},"content":{piece:?},"single_word":false,"lstrip":false,"rstrip":false,"normalized":false,"special":true}}"#
            )
        })
        .collect();
    format!(
        r###"{{"version":"1.0","truncation":null,"padding":null,"added_tokens":[{}],
"normalizer":{{"type":"BertNormalizer","clean_text":true,"handle_chinese_chars":true,"strip_accents":null,"lowercase":true}},
"pre_tokenizer":{{"type":"BertPreTokenizer"}},
"post_processor":{{"type":"BertProcessing","sep":["[SEP]",3],"cls":["[CLS]",2]}},
"decoder":{{"type":"WordPiece","prefix":"##","cleanup":true}},
"model":{{"type":"WordPiece","unk_token":"[UNK]","continuing_subword_prefix":"##","max_input_chars_per_word":100,"vocab":{{{}}}}}}}"###,
        added.join(","),
        pieces.join(",")
    )
}

/// The names and shapes of a BERT encoder's numbers.
fn shapes() -> Vec<(String, Vec<usize>)> {
    let mut all: Vec<(String, Vec<usize>)> = Vec::new();
    let mut add = |name: String, shape: &[usize]| all.push((name, shape.to_vec()));
    for (name, rows) in [
        ("word_embeddings", PIECES.len()),
        ("position_embeddings", PLACES),
        ("token_type_embeddings", 2),
    ] {
        add(format!("embeddings.{name}.weight"), &[rows, WIDTH]);
    }
    let mut norms = vec!["embeddings.LayerNorm".to_owned()];
    for layer in 0..LAYERS {
        let at = format!("encoder.layer.{layer}");
        for (name, out, into) in [
            ("attention.self.query", WIDTH, WIDTH),
            ("attention.self.key", WIDTH, WIDTH),
            ("attention.self.value", WIDTH, WIDTH),
            ("attention.output.dense", WIDTH, WIDTH),
            ("intermediate.dense", BETWEEN, WIDTH),
            ("output.dense", WIDTH, BETWEEN),
        ] {
            add(format!("{at}.{name}.weight"), &[out, into]);
            add(format!("{at}.{name}.bias"), &[out]);
        }
        norms.push(format!("{at}.attention.output.LayerNorm"));
        norms.push(format!("{at}.output.LayerNorm"));
    }
    for norm in norms {
        add(format!("{norm}.weight"), &[WIDTH]);
        add(format!("{norm}.bias"), &[WIDTH]);
    }
    all
}

/// The model's numbers as a safetensors file: the length of the head, the head as JSON, then the numbers.
fn weights() -> Vec<u8> {
    let mut state = 0x9e37_79b9_7f4a_7c15_u64;
    let mut next = || {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        u16::try_from(state >> 52).map_or(0.0, |top| f32::from(top) / 2048.0 - 1.0)
    };
    let mut head = Vec::new();
    let mut numbers: Vec<u8> = Vec::new();
    for (name, shape) in shapes() {
        let from = numbers.len();
        let scale = if name.contains("LayerNorm") { 0.3 } else { 0.4 };
        let base = if name.ends_with("LayerNorm.weight") {
            1.0
        } else {
            0.0
        };
        for _ in 0..shape.iter().product() {
            numbers.extend((base + scale * next()).to_le_bytes());
        }
        let shape: Vec<String> = shape.iter().map(usize::to_string).collect();
        head.push(format!(
            r#""{name}":{{"dtype":"F32","shape":[{}],"data_offsets":[{from},{}]}}"#,
            shape.join(","),
            numbers.len()
        ));
    }
    let head = format!("{{{}}}", head.join(","));
    let mut file = (head.len() as u64).to_le_bytes().to_vec();
    file.extend(head.into_bytes());
    file.extend(numbers);
    file
}

fn files() -> Files {
    Files {
        config: config().into_bytes(),
        tokenizer: tokenizer().into_bytes(),
        weights: weights(),
        pooling: None,
    }
}

fn write(folder: &Path) {
    std::fs::create_dir_all(folder).expect("a folder");
    std::fs::write(folder.join("config.json"), config()).expect("written");
    std::fs::write(folder.join("tokenizer.json"), tokenizer()).expect("written");
    std::fs::write(folder.join("model.safetensors"), weights()).expect("written");
}

/// What the other implementation says of one text.
#[derive(Debug, Deserialize)]
struct Expected {
    text: String,
    vector: Vec<f32>,
}

#[test]
fn vectors_are_those_of_another_implementation() {
    if let Some(folder) = std::env::var_os("GRADUS_KEEP_MODEL") {
        write(Path::new(&folder));
    }
    let expected: Vec<Expected> =
        serde_json::from_str(include_str!("expected.json")).expect("the record is JSON");
    assert_eq!(expected.len(), 5);
    let model = Model::new(files()).unwrap_or_else(|unfit| panic!("{unfit:?}"));
    let texts: Vec<&str> = expected.iter().map(|one| one.text.as_str()).collect();
    let vectors = model.encode(&texts).expect("vectors");
    assert_eq!(vectors.len(), expected.len());
    for (one, vector) in expected.iter().zip(&vectors) {
        assert_eq!(vector.len(), WIDTH);
        for (expected, value) in one.vector.iter().zip(vector) {
            assert!(
                (expected - value).abs() < 2e-5,
                "{}: {expected} {value}",
                one.text
            );
        }
    }
    // The vectors tell texts apart, so that agreeing means something.
    let dot = |one: usize, other: usize| -> f32 {
        let pairs = vectors.get(one).into_iter().flatten();
        pairs
            .zip(vectors.get(other).into_iter().flatten())
            .map(|(a, b)| a * b)
            .sum()
    };
    assert!((dot(0, 0) - 1.0).abs() < 1e-5 && dot(0, 2) < 0.99);
    // More words than the model has places for are cut.
    let long = "bread ".repeat(500);
    let cut = model.encode(&[&long]).expect("a vector");
    assert!(cut.iter().flatten().all(|value| value.is_finite()));
    // Alone or among others, a text has the same vector.
    for (text, vector) in texts.iter().zip(&vectors) {
        let alone = model.encode(&[text]).expect("a vector");
        let same = alone.iter().flatten().zip(vector);
        assert!(
            same.clone().count() == WIDTH && same.into_iter().all(|(a, b)| (a - b).abs() < 1e-5)
        );
    }
}

#[test]
fn files_that_are_no_model_are_refused_with_their_name() {
    let refused = |change: &dyn Fn(&mut Files)| {
        let mut files = files();
        change(&mut files);
        match Model::new(files) {
            Ok(_) => panic!("taken"),
            Err(unfit) => unfit,
        }
    };
    let config_with = |from: &str, to: &str| config().replace(from, to).into_bytes();
    for (from, to, said) in [
        ("\"bert\"", "\"mpnet\"", "`mpnet`"),
        ("_heads\":4", "_heads\":0", "`num_attention_heads` is 0"),
        ("_heads\":4", "_heads\":5", "divided"),
        ("\"gelu\"", "\"swish\"", "swish"),
        (
            "\"hidden_size\":32",
            "\"hidden_size\":99999999999",
            "`hidden_size`",
        ),
        ("{\"model_type\"", "[\"model_type\"", ""),
    ] {
        let unfit = refused(&|files| files.config = config_with(from, to));
        assert_eq!(unfit.file, "config.json", "{unfit:?}");
        assert!(unfit.reason.contains(said), "{unfit:?}");
    }
    let unfit =
        refused(&|files| files.config = config_with("\"hidden_size\":32", "\"hidden_size\":64"));
    assert_eq!(unfit.file, "model.safetensors", "{unfit:?}");
    let unfit = refused(&|files| files.tokenizer = b"{}".to_vec());
    assert_eq!(unfit.file, "tokenizer.json", "{unfit:?}");
    let unfit = refused(&|files| {
        files.tokenizer = tokenizer()
            .replace("\"data\":34", "\"data\":3400")
            .into_bytes();
    });
    assert!(unfit.reason.contains("3400"), "{unfit:?}");
    let unfit = refused(&|files| {
        files.pooling = Some(b"{\"pooling_mode_cls_token\":true}".to_vec());
    });
    assert_eq!(unfit.file, "1_Pooling/config.json", "{unfit:?}");
    // A file that was cut, a head that promises more than there is, and one that is no head.
    let whole = weights();
    for cut in [0, 7, 8, 200, whole.len() / 2, whole.len() - 1] {
        let unfit = refused(&|files| files.weights.truncate(cut));
        assert_eq!(unfit.file, "model.safetensors", "{cut} {unfit:?}");
    }
    for (at, byte) in [(7, 0xff), (1, 0xff), (8, b'x'), (60, b'}')] {
        let unfit = refused(&|files| {
            if let Some(slot) = files.weights.get_mut(at) {
                *slot = byte;
            }
        });
        assert_eq!(unfit.file, "model.safetensors", "{at} {unfit:?}");
    }
}

#[test]
fn numbers_that_are_none_are_refused_and_not_ranked() {
    let mut broken = files();
    let end = broken.weights.len();
    // The last numbers are those of the last norm; infinite ones spoil every vector.
    for slot in broken.weights.iter_mut().skip(end - 4 * WIDTH) {
        *slot = 0xff;
    }
    let model = Model::new(broken).unwrap_or_else(|unfit| panic!("{unfit:?}"));
    let vectors = model.encode(&["bake bread"]).expect("vectors");
    assert!(vectors.iter().flatten().all(|value| !value.is_finite()));
    let home = tempfile::tempdir().expect("folder");
    write(&home.path().join("model"));
    let path = home.path().join("model/model.safetensors");
    let mut bytes = weights();
    for slot in bytes.iter_mut().skip(end - 4 * WIDTH) {
        *slot = 0xff;
    }
    std::fs::write(path, bytes).expect("written");
    let ran = suggest(home.path(), "model");
    assert_eq!(ran.code, 2, "{}", ran.all());
    assert!(ran.err.contains("not made of numbers"), "{}", ran.err);
}

fn suggest(home: &Path, model: &str) -> Ran {
    put(
        home,
        &[
            (
                "gradus.yaml",
                "name: small\nbase: https://badges.example.org/\n",
            ),
            (
                "data.gradus",
                "use digcomp 2.2\n\nframework data \"Data literacy\" {\n  skill protect \"Protecting devices\" { can \"protect devices against threats\" }\n}\n",
            ),
        ],
    );
    gradus(
        home,
        &[
            "suggest", "data", "--to", "digcomp", "--least", "0", "--model", model,
        ],
    )
}

#[test]
fn a_folder_with_a_model_joins_in_and_others_are_named() {
    let home = tempfile::tempdir().expect("folder");
    write(&home.path().join("model"));
    let ran = suggest(home.path(), "model");
    assert_eq!(ran.code, 0, "{}", ran.all());
    assert!(
        ran.out.contains("protect is exactly digcomp:4.1"),
        "{}",
        ran.all()
    );
    let ran = suggest(home.path(), "nowhere");
    assert_eq!(ran.code, 2, "{}", ran.all());
    assert!(ran.err.contains("no folder `nowhere`"), "{}", ran.err);
    for file in ["model.safetensors", "tokenizer.json", "config.json"] {
        std::fs::remove_file(home.path().join("model").join(file)).expect("removed");
        let ran = suggest(home.path(), "model");
        assert_eq!(ran.code, 2, "{}", ran.all());
        assert!(ran.err.contains(&format!("no `{file}`")), "{}", ran.err);
    }
}
