"""Makes `expected.json`: what Hugging Face's own BERT says of the model that `embedding.rs` writes.

    pip install torch transformers safetensors
    cargo test --features embedding --test it embedding     (leaves the model in the folder that GRADUS_KEEP_MODEL names)
    python3 tests/it/embedding/reference.py FOLDER > tests/it/embedding/expected.json

Recorded with torch 1.13.0, transformers 4.30.2, tokenizers 0.13.3 and safetensors 0.3.3, on a processor.
"""

import json
import sys

import torch
from safetensors.torch import load_file
from transformers import BertConfig, BertModel, PreTrainedTokenizerFast

TEXTS = [
    "bake bread",
    "baking sourdough bread in a stone oven",
    "protect devices",
    "fleets, unknown-words & accents: Flotte verwälten",
    "",
]

folder = sys.argv[1]
model = BertModel(BertConfig.from_pretrained(folder), add_pooling_layer=False)
lacking, unknown = model.load_state_dict(load_file(f"{folder}/model.safetensors"), strict=False)
assert not unknown and all("position_ids" in name for name in lacking), (lacking, unknown)
model.eval()
tokenizer = PreTrainedTokenizerFast(tokenizer_file=f"{folder}/tokenizer.json", pad_token="[PAD]")
found = []
for text in TEXTS:
    # One at a time, so that nothing is padded here; the engine pads.
    batch = tokenizer([text], return_tensors="pt")
    with torch.no_grad():
        layer = model(
            input_ids=batch["input_ids"],
            attention_mask=batch["attention_mask"],
            token_type_ids=torch.zeros_like(batch["input_ids"]),
        ).last_hidden_state
    vector = torch.nn.functional.normalize(layer[0].mean(0), dim=0)
    found.append({"text": text, "tokens": batch["input_ids"][0].tolist(), "vector": [round(v, 6) for v in vector.tolist()]})
print("[\n" + ",\n".join(json.dumps(one) for one in found) + "\n]")
