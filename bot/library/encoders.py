"""Find and load the sentence encoder named in the settings: a folder, or a model id on the Hugging Face hub."""

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
from bot.library.votes import read_votes
from bot.matching.ranking.encoder import CachedEncoder, Encoder
from bot.matching.ranking.onnx import OFFERED_INPUTS, SENTENCE_OUTPUT, UNRELATED_SENTENCES, OnnxEncoder, OnnxModel
from bot.settings import SettingsError

SETTING = "ONRECORD_ENCODER"
REQUIRED_PACKAGES = ("onnxruntime", "tokenizers", "huggingface_hub")
HUB_ID = re.compile(r"[\w.-]+/[\w.-]+")
BLOCK_BYTES, MAX_BLOCKS = 65_536, 64  # that are read to tell one version of a file from another
THREADS_PER_MODEL = 1  # the matrices are small, and other questions need the other cores


def load_encoder(value: str, cache: Path) -> Encoder:
    """Return the encoder in a folder or on the hub; its model is loaded on first use.

    Raises SettingsError if files are missing; `encode` raises it if they cannot be loaded.
    """
    folder = model_folder(value, cache)
    model = _model_in(folder)
    if model is None:
        raise SettingsError(f"{SETTING}: there is no .onnx file in {folder}.")
    vocabulary = _vocabulary_of(folder, model)
    if vocabulary is None:
        raise SettingsError(f"{SETTING}: there is no tokenizer.json in {folder}; add the one of this model.")
    prompt = prompt_of(folder, value)
    fingerprints = [_fingerprint(path) for path in (vocabulary, *sorted(model.parent.glob(f"{model.name}*")))]
    identity = prompt, pooling_of(folder), token_limit(folder), UNRELATED_SENTENCES, fingerprints
    name = f"{folder.name}/{sha256(repr(identity).encode()).hexdigest()}"
    load = partial(_load, folder, model, vocabulary, prompt)
    return CachedEncoder(OnnxEncoder(name, load, read_votes(folder, name)))


def model_folder(value: str, cache: Path) -> Path:
    """Return the folder of a model, downloaded if it is one of the hub; raise SettingsError if there is none."""
    if not all(map(find_spec, REQUIRED_PACKAGES)):
        raise SettingsError(f"{SETTING}: this needs the extra `encoder`: pip install 'onrecord[encoder]'.")
    folder = Path(value).expanduser()
    return folder if folder.is_dir() else _download(value, cache / "models")


def _download(value: str, cache: Path) -> Path:
    """Return the folder of a model on the hub, downloaded on first use; raise SettingsError if there is none."""
    if not HUB_ID.fullmatch(value):
        raise SettingsError(f"{SETTING}: there is no folder {value}.")
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
            f"{SETTING}: there is no folder {value}, and no model of that name can be downloaded from huggingface.co "
            f"({_first_line(error)}). Without a network, put its .onnx and .json files in a folder and name it."
        ) from error


def _model_in(folder: Path) -> Path | None:
    found = choose_model([path.relative_to(folder).as_posix() for path in folder.glob("**/*.onnx")])
    return folder / found if found else None


def _vocabulary_of(folder: Path, model: Path) -> Path | None:
    return next((path for place in (folder, model.parent) if (path := place / "tokenizer.json").is_file()), None)


def _fingerprint(path: Path) -> tuple[str, int, str]:
    """Identify a version of a file by its size and some blocks: half a gigabyte at each start would take too long.

    A file that was trained, quantised or exported again differs in every block.
    """
    size, digest = path.stat().st_size, sha256()
    with path.open("rb") as file:
        for at in range(0, size, max(BLOCK_BYTES, size // MAX_BLOCKS)):
            file.seek(at)
            digest.update(file.read(BLOCK_BYTES))
    return path.name, size, digest.hexdigest()


def _load(folder: Path, model: Path, vocabulary: Path, prompt: str) -> OnnxModel:
    import onnxruntime
    from tokenizers import Tokenizer

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = THREADS_PER_MODEL
    try:
        session: Any = onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])
        tokenizer: Any = Tokenizer.from_file(str(vocabulary))
    except Exception as error:  # neither package has its own exception for a damaged file
        raise SettingsError(f"{SETTING}: {folder} cannot be loaded: {_first_line(error)}") from error
    tokenizer.no_padding()
    tokenizer.enable_truncation(token_limit(folder))
    inputs = frozenset(item.name for item in session.get_inputs())
    outputs = [item.name for item in session.get_outputs()]
    if strange := sorted(inputs - OFFERED_INPUTS):
        raise SettingsError(f"{SETTING}: {model} is not a text encoder: it needs {', '.join(strange)}.")
    if SENTENCE_OUTPUT not in outputs and has_dense_layers(folder):
        raise SettingsError(
            f"{SETTING}: {model} lacks the layers after its pooling; use an export with the output {SENTENCE_OUTPUT}."
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
