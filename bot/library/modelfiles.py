"""Read what a model's own files say about it, in the form that sentence-transformers gives them.

https://sbert.net/docs/sentence_transformer/usage/custom_models.html describes `modules.json` and the folders it names;
`config_sentence_transformers.json` holds the prompts, `tokenizer_config.json` the marks of the tokenizer.
"""

import json
import re
from collections.abc import Collection
from pathlib import Path
from typing import Any

from bot.matching.ranking.onnx import Pooling
from bot.settings import SettingsError

MODEL_FILES = ("model_quantized.onnx", "model_int8.onnx", "model.onnx")  # whole numbers are the fastest on a processor
MODEL_FOLDERS = ("", "onnx/")
SYMMETRIC_PROMPTS = ("sts", "sentence-similarity", "s2s", "s2s_query", "query")  # the best first
FAMILY_PROMPTS = {  # of models whose files name no prompt, from their cards
    "embeddinggemma": "task: sentence similarity | query: ",
    "e5": "query: ",
}
USUAL_TOKENS = 512  # of the longest text, if the files do not tell
MOST_TOKENS = 8192  # more is a placeholder for "no limit"
POOLINGS: dict[str, Pooling] = {
    "pooling_mode_cls_token": "cls",
    "pooling_mode_lasttoken": "last",
    "pooling_mode_mean_tokens": "mean",
}


def read_json(path: Path) -> Any:
    """Return what a JSON file holds, None if there is none; raise SettingsError if it is not JSON."""
    try:
        return json.loads(path.read_text("utf-8"))
    except OSError:
        return None
    except ValueError as error:
        raise SettingsError(f"ONRECORD_ENCODER: {path} is not JSON: {error}") from error


def choose_model(files: Collection[str]) -> str | None:
    """Choose the model among the paths of a folder: the smallest that loses little, else the first."""
    for name in MODEL_FILES:
        for folder in MODEL_FOLDERS:
            if folder + name in files:
                return folder + name
    return min((path for path in files if path.endswith(".onnx")), default=None)


def pooling_of(folder: Path) -> Pooling:
    """Return how the vectors of tokens become one; the mean if the files do not tell."""
    config = _table(folder / "1_Pooling" / "config.json")
    if config.get("pooling_mode") in POOLINGS.values():
        chosen: Pooling = config["pooling_mode"]
        return chosen
    chosen_keys = [key for key, value in config.items() if key.startswith("pooling_mode") and value]
    unknown = [key for key in chosen_keys if key not in POOLINGS]
    if unknown:
        raise SettingsError(f"ONRECORD_ENCODER: {folder} pools by {', '.join(unknown)}, which is not supported.")
    return next((POOLINGS[key] for key in chosen_keys), "mean")


def has_dense_layers(folder: Path) -> bool:
    """Return whether layers come after the pooling, whose weights only a `sentence_embedding` output includes."""
    return any(str(row.get("type")).endswith("Dense") for row in read_json(folder / "modules.json") or ())


def prompt_of(folder: Path, name: str) -> str:
    """Return what stands before every text: questions are compared with questions, so both sides have the same."""
    config = _table(folder / "config_sentence_transformers.json")
    prompts = {key.lower(): str(text) for key, text in (config.get("prompts") or {}).items()}
    chosen = next((prompts[key] for key in SYMMETRIC_PROMPTS if key in prompts), None)
    if chosen is None:
        chosen = prompts.get(str(config.get("default_prompt_name")).lower())
    if chosen is None:
        parts = re.split(r"[^a-z0-9]+", name.lower())
        chosen = next((prompt for family, prompt in FAMILY_PROMPTS.items() if family in parts), "")
    return chosen


def token_limit(folder: Path) -> int:
    """Return the number of tokens that the model reads of a text."""
    limits = (
        _table(folder / "sentence_bert_config.json").get("max_seq_length"),
        _table(folder / "tokenizer_config.json").get("model_max_length"),
    )
    return min((limit for limit in limits if isinstance(limit, int) and limit <= MOST_TOKENS), default=USUAL_TOKENS)


def special_tokens(folder: Path, role: str, *usual: str) -> tuple[str, ...]:
    """Return the tokens that may have a role such as `pad_token`: the configured one, else the usual ones."""
    token = _table(folder / "tokenizer_config.json").get(role)
    token = token.get("content") if isinstance(token, dict) else token
    return (token,) if token else usual


def _table(path: Path) -> dict[str, Any]:
    found = read_json(path)
    return found if isinstance(found, dict) else {}
