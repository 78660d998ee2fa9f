"""Read a model's configuration from its own files, in the format of sentence-transformers.

https://sbert.net/docs/sentence_transformer/usage/custom_models.html describes `modules.json` and the folders it names;
`config_sentence_transformers.json` has the prompts, `tokenizer_config.json` the special tokens.
"""

import json
import re
from collections.abc import Collection
from pathlib import Path
from typing import Any

from bot.matching.ranking.onnx import Pooling
from bot.settings import SettingsError

MODEL_FILE_NAMES = ("model_quantized.onnx", "model_int8.onnx", "model.onnx")  # integer weights are the fastest on a CPU
MODEL_FOLDERS = ("", "onnx/")
SYMMETRIC_PROMPTS = ("sts", "sentence-similarity", "s2s", "s2s_query", "query")  # best first
FAMILY_PROMPTS = {  # for models whose files name no prompt; from their model cards
    "embeddinggemma": "task: sentence similarity | query: ",
    "e5": "query: ",
}
DEFAULT_MAX_TOKENS = 512  # if the files give no limit
MAX_CREDIBLE_TOKENS = 8192  # a larger number is a placeholder for "no limit"
POOLINGS: dict[str, Pooling] = {
    "pooling_mode_cls_token": "cls",
    "pooling_mode_lasttoken": "last",
    "pooling_mode_mean_tokens": "mean",
}


def read_json(path: Path) -> Any:
    """Return the content of a JSON file, None if there is no file; raise SettingsError if it is not JSON."""
    try:
        return json.loads(path.read_text("utf-8"))
    except OSError:
        return None
    except ValueError as error:
        raise SettingsError(f"ONRECORD_ENCODER: {path} is not JSON: {error}") from error


def choose_model(files: Collection[str]) -> str | None:
    """Choose a model among the paths in a folder: the smallest that is nearly as good, else the first by name."""
    for name in MODEL_FILE_NAMES:
        for folder in MODEL_FOLDERS:
            if folder + name in files:
                return folder + name
    return min((path for path in files if path.endswith(".onnx")), default=None)


def pooling_of(folder: Path) -> Pooling:
    """Return how the tokens' vectors are pooled into one; the mean if the files do not say."""
    config = _read_object(folder / "1_Pooling" / "config.json")
    if config.get("pooling_mode") in POOLINGS.values():
        chosen: Pooling = config["pooling_mode"]
        return chosen
    chosen_keys = [key for key, value in config.items() if key.startswith("pooling_mode") and value]
    unknown = [key for key in chosen_keys if key not in POOLINGS]
    if unknown:
        raise SettingsError(f"ONRECORD_ENCODER: {folder} pools by {', '.join(unknown)}, which is not supported.")
    return next((POOLINGS[key] for key in chosen_keys), "mean")


def has_dense_layers(folder: Path) -> bool:
    """Return whether dense layers follow the pooling; only a `sentence_embedding` output includes their weights."""
    return any(str(row.get("type")).endswith("Dense") for row in read_json(folder / "modules.json") or ())


def prompt_of(folder: Path, name: str) -> str:
    """Return the prefix of every text; both sides get the same one, since questions are compared with questions."""
    config = _read_object(folder / "config_sentence_transformers.json")
    prompts = {key.lower(): str(text) for key, text in (config.get("prompts") or {}).items()}
    chosen = next((prompts[key] for key in SYMMETRIC_PROMPTS if key in prompts), None)
    if chosen is None:
        chosen = prompts.get(str(config.get("default_prompt_name")).lower())
    if chosen is None:
        parts = re.split(r"[^a-z0-9]+", name.lower())
        chosen = next((prompt for family, prompt in FAMILY_PROMPTS.items() if family in parts), "")
    return chosen


def token_limit(folder: Path) -> int:
    """Return how many tokens of a text the model reads."""
    limits = (
        _read_object(folder / "sentence_bert_config.json").get("max_seq_length"),
        _read_object(folder / "tokenizer_config.json").get("model_max_length"),
    )
    credible = (limit for limit in limits if isinstance(limit, int) and limit <= MAX_CREDIBLE_TOKENS)
    return min(credible, default=DEFAULT_MAX_TOKENS)


def special_tokens(folder: Path, role: str, *usual: str) -> tuple[str, ...]:
    """Return the tokens for a role such as `pad_token`: the configured one, else the usual ones."""
    token = _read_object(folder / "tokenizer_config.json").get(role)
    token = token.get("content") if isinstance(token, dict) else token
    return (token,) if token else usual


def _read_object(path: Path) -> dict[str, Any]:
    found = read_json(path)
    return found if isinstance(found, dict) else {}
