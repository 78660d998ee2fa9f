"""A sentence encoder of a few kilobytes, made when it is needed: each word has a vector, translations the same."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

MARKS = ("<pad>", "<unk>", "<s>", "</s>")
MEANINGS = (
    ("bridge", "pont", "puente"),
    ("closed", "fermé", "cerrado"),
    ("when", "quand", "cuándo"),
    ("who", "qui", "quién"),
    ("built", "construit", "construyó"),
    ("tower", "tour", "torre"),
    ("price", "prix", "precio"),
    ("ticket", "billet", "billete"),
    ("query", ":"),
)
WORDS = (*MARKS, *(word for words in MEANINGS for word in words))
DIMENSIONS = 16


def table() -> Any:
    """Return a row a word; all share a large part, as the vectors of many models do."""
    numbers = np.random.default_rng(7)
    rows = [np.zeros(DIMENSIONS) for _ in MARKS]
    for words in MEANINGS:
        rows += [numbers.normal(size=DIMENSIONS)] * len(words)
    return (np.array(rows) + 5.0).astype(np.float32)


def write_tiny_model(
    folder: Path,
    *,
    name: str = "model.onnx",
    output: str = "last_hidden_state",
    inputs: Sequence[str] = ("input_ids", "attention_mask"),
    files: Mapping[str, Any] | None = None,
) -> Path:
    """Write the model, its tokenizer and any JSON files beside them; return the folder."""
    from onnx import TensorProto, helper, numpy_helper, save
    from tokenizers import Tokenizer, models, pre_tokenizers, processors

    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    shape = ["texts", "tokens"]
    nodes = [helper.make_node("Gather", ["table", inputs[0]], ["vectors"])]
    if output == "sentence_embedding":
        nodes.append(helper.make_node("ReduceMax", ["vectors"], [output], axes=[1], keepdims=0))
    else:
        nodes.append(helper.make_node("Identity", ["vectors"], [output]))
    graph = helper.make_graph(
        nodes,
        "tiny",
        [helper.make_tensor_value_info(given, TensorProto.INT64, shape) for given in inputs],
        [helper.make_tensor_value_info(output, TensorProto.FLOAT, None)],
        [numpy_helper.from_array(table(), "table")],
    )
    save(helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8), path)
    tokenizer = Tokenizer(models.WordLevel({word: number for number, word in enumerate(WORDS)}, unk_token="<unk>"))
    tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
    tokenizer.post_processor = processors.TemplateProcessing("<s> $0 </s>", special_tokens=[("<s>", 2), ("</s>", 3)])
    tokenizer.save(str(folder / "tokenizer.json"))
    for file, content in (files or {}).items():
        (folder / file).parent.mkdir(exist_ok=True)
        (folder / file).write_text(json.dumps(content), "utf-8")
    return folder
