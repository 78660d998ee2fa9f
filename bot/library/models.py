"""Find and load the sentence encoder that the settings name: a folder, or an id of the Hugging Face hub."""

import re
from collections.abc import Mapping
from functools import partial
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from bot.library.modelfiles import (
    choose_model,
    has_dense_layers,
    pooling_of,
    prompt_of,
    special_tokens,
    token_limit,
)
from bot.matching.ranking.encoder import Encoder, Remembering
from bot.matching.ranking.onnx import OFFERED_INPUTS, SENTENCE_OUTPUT, UNRELATED, OnnxEncoder, OnnxModel
from bot.settings import SettingsError

KEY = "ONRECORD_ENCODER"
NEEDED = ("onnxruntime", "tokenizers", "huggingface_hub")
HUB_ID = re.compile(r"[\w.-]+/[\w.-]+")
THREADS = 1  # matrices are small, and other threads answer other questions


def load_encoder(value: str, cache: Path) -> Encoder:
    """Return the encoder that a folder or hub id names; it is loaded when it is first asked.

    Raises SettingsError if the files are not there, and `encode` raises it if they cannot be used.
    """
    if not all(map(find_spec, NEEDED)):
        raise SettingsError(f"{KEY}: this needs an extra: pip install 'onrecord[encoder]'.")
    folder = Path(value).expanduser()
    if not folder.is_dir():
        folder = _fetched(value, cache / "models")
    model = _model_in(folder)
    if model is None:
        raise SettingsError(f"{KEY}: there is no .onnx file in {folder}.")
    vocabulary = _vocabulary_of(folder, model)
    if vocabulary is None:
        raise SettingsError(f"{KEY}: there is no tokenizer.json in {folder}; a model needs its own.")
    prompt = prompt_of(folder, value)
    stamps = [_stamp(path) for path in (vocabulary, *sorted(model.parent.glob(f"{model.name}*")))]
    version = sha256(repr((prompt, pooling_of(folder), token_limit(folder), UNRELATED, stamps)).encode()).hexdigest()
    return Remembering(OnnxEncoder(f"{folder.name}/{version}", partial(_load, folder, model, vocabulary, prompt)))


def _fetched(value: str, cache: Path) -> Path:
    """Return the folder of a hub's model, fetched once; raise SettingsError if it is neither here nor there."""
    if not HUB_ID.fullmatch(value):
        raise SettingsError(f"{KEY}: there is no folder {value}.")
    from huggingface_hub import snapshot_download
    from huggingface_hub.errors import EntryNotFoundError, HfHubHTTPError, HFValidationError

    fetch = partial(snapshot_download, value, cache_dir=cache)
    failures = (OSError, EntryNotFoundError, HfHubHTTPError, HFValidationError)
    try:
        here = Path(fetch(local_files_only=True, allow_patterns=["*.json"]))
    except failures:
        here = None
    if here and (model := _model_in(here)) and _vocabulary_of(here, model):
        return here
    try:
        files: Any = fetch(dry_run=True)
        chosen = choose_model([row.filename for row in files])
        return Path(fetch(allow_patterns=["*.json", *([chosen, f"{chosen}_data", f"{chosen}.data"] if chosen else [])]))
    except failures as error:
        raise SettingsError(
            f"{KEY}: there is no folder {value}, and huggingface.co does not give a model of that name "
            f"({_first_line(error)}). Without a network, put its .onnx and .json files into a folder and name that."
        ) from error


def _model_in(folder: Path) -> Path | None:
    found = choose_model([path.relative_to(folder).as_posix() for path in folder.glob("**/*.onnx")])
    return folder / found if found else None


def _vocabulary_of(folder: Path, model: Path) -> Path | None:
    return next((path for place in (folder, model.parent) if (path := place / "tokenizer.json").is_file()), None)


def _stamp(path: Path) -> tuple[str, int, int]:
    """Tell a file from its next version; to read half a gigabyte at each start would take longer than the start."""
    status = path.stat()
    return path.name, status.st_size, status.st_mtime_ns


def _load(folder: Path, model: Path, vocabulary: Path, prompt: str) -> OnnxModel:
    import onnxruntime
    from tokenizers import Tokenizer

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = THREADS
    try:
        session: Any = onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])
        tokenizer: Any = Tokenizer.from_file(str(vocabulary))
    except Exception as error:  # neither package has an error of its own for a damaged file
        raise SettingsError(f"{KEY}: {folder} cannot be loaded: {_first_line(error)}") from error
    tokenizer.no_padding()
    tokenizer.enable_truncation(token_limit(folder))
    inputs = frozenset(item.name for item in session.get_inputs())
    outputs = [item.name for item in session.get_outputs()]
    if strange := sorted(inputs - OFFERED_INPUTS):
        raise SettingsError(f"{KEY}: {model} is no encoder of texts: it asks for {', '.join(strange)}.")
    if SENTENCE_OUTPUT not in outputs and has_dense_layers(folder):
        raise SettingsError(
            f"{KEY}: {model} lacks the layers after its pooling; take an export with the output {SENTENCE_OUTPUT}."
        )
    return OnnxModel(
        tokenize=lambda texts: [tokenizer.encode(text).ids for text in texts],
        pieces=lambda word: tokenizer.encode(word, add_special_tokens=False).ids,
        run=lambda values: _by_name(session, outputs, values),
        inputs=inputs,
        pooling=pooling_of(folder),
        prompt=prompt,
        padding=_id_of(tokenizer, special_tokens(folder, "pad_token", "<pad>", "[PAD]")) or 0,
        unknown=_id_of(tokenizer, special_tokens(folder, "unk_token", "<unk>", "[UNK]")),
    )


def _by_name(session: Any, outputs: list[str], values: Mapping[str, Any]) -> dict[str, Any]:
    return dict(zip(outputs, session.run(outputs, dict(values)), strict=True))


def _id_of(tokenizer: Any, tokens: tuple[str, ...]) -> int | None:
    return next((found for token in tokens if (found := tokenizer.token_to_id(token)) is not None), None)


def _first_line(error: Exception) -> str:
    return (str(error) or type(error).__name__).splitlines()[0]
