"""An encoder from a folder or the hub: found, loaded, told apart from other versions; every failure has a message."""

import json
import os
from pathlib import Path
from typing import Any

import pytest

from bot.library.encoders import load_encoder
from bot.library.modelfiles import choose_model, pooling_of, prompt_of, token_limit
from bot.matching import Matcher
from bot.settings import SettingsError
from tests.library.hub import MODEL, serving
from tests.tiny_model import DIMENSIONS, write_tiny_model

pytest.importorskip("onnx")
pytest.importorskip("onnxruntime")
pytest.importorskip("tokenizers")
constants = pytest.importorskip("huggingface_hub.constants")

PAIRS = [("quand le pont a été fermé", "closed"), ("qui a construit la tour", "built"), ("le prix du billet", "price")]


@pytest.fixture(autouse=True)
def _no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(constants, "HF_HUB_OFFLINE", True)


def test_a_model_in_a_folder_compares_meaning_across_languages(tmp_path: Path) -> None:
    encoder = load_encoder(str(write_tiny_model(tmp_path / "tiny")), tmp_path)
    assert (tmp_path / "tiny" / "model.onnx").stat().st_size < 10_000
    matcher = Matcher(PAIRS, encoder)
    questions = {"when bridge closed": "closed", "quién construyó torre": "built", "ticket price": "price"}
    assert {text: matcher.rank(text)[0].label for text in questions} == questions
    assert [encoder.is_word(word) for word in ("puente", "peunte")] == [True, False]


@pytest.mark.parametrize(
    "changes",
    [
        {"inputs": ("input_ids", "attention_mask", "token_type_ids", "position_ids")},
        {"inputs": ("input_ids",)},
        {"output": "sentence_embedding"},
        {"output": "token_embeddings"},
        {"output": "another_name"},
        {"name": "onnx/model_quantized.onnx"},
    ],
)
def test_inputs_and_outputs_are_taken_by_name(tmp_path: Path, changes: dict[str, Any]) -> None:
    encoder = load_encoder(str(write_tiny_model(tmp_path / "tiny", **changes)), tmp_path)
    bridge, pont, ticket = encoder.encode(["bridge closed", "pont fermé", "ticket price"])
    assert bridge @ pont == pytest.approx(1, abs=1e-4)
    assert bridge @ ticket < 0.9


def test_a_name_stands_for_the_model_its_version_and_how_it_is_asked(tmp_path: Path) -> None:
    folder = write_tiny_model(tmp_path / "tiny")
    first = load_encoder(str(folder), tmp_path).name
    assert load_encoder(str(folder), tmp_path).name == first
    assert first.startswith("tiny/")
    os.utime(folder / "model.onnx", ns=(1, 1))
    assert load_encoder(str(folder), tmp_path).name == first  # a copy of the same model
    with (folder / "model.onnx").open("r+b") as file:
        file.seek(-4, os.SEEK_END)
        file.write(b"\0\0\0\0")
    second = load_encoder(str(folder), tmp_path).name
    (folder / "config_sentence_transformers.json").write_text(json.dumps({"prompts": {"query": "query : "}}))
    third = load_encoder(str(folder), tmp_path).name
    assert len({first, second, third}) == 3


def test_a_hubs_model_is_fetched_once_with_no_other_file_than_it_needs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_tiny_model(
        tmp_path / "tiny", name="onnx/model_fp16.onnx", files={"1_Pooling/config.json": {"pooling_mode": "cls"}}
    )
    write_tiny_model(tmp_path / "tiny", name="onnx/model.onnx")
    with serving(tmp_path / "tiny") as hub:
        monkeypatch.setattr(constants, "HF_HUB_OFFLINE", False)
        template = constants.HUGGINGFACE_CO_URL_TEMPLATE.replace(constants.ENDPOINT, hub.address)
        monkeypatch.setattr(constants, "HUGGINGFACE_CO_URL_TEMPLATE", template)
        monkeypatch.setattr(constants, "ENDPOINT", hub.address)
        encoder = load_encoder(MODEL, tmp_path / "cache")
        assert sorted(hub.fetched) == ["1_Pooling/config.json", "onnx/model.onnx", "tokenizer.json"]
    assert encoder.encode(["bridge"]).shape == (1, DIMENSIONS)
    assert load_encoder(MODEL, tmp_path / "cache").name == encoder.name  # the hub is gone


@pytest.mark.parametrize(
    ("value", "sentence"),
    [
        ("nowhere", "there is no folder nowhere"),
        (
            "some/model",
            "no model of that name can be downloaded .*Without a network, put its .onnx and .json",
        ),
        ("empty", "there is no .onnx file in .*empty"),
        ("no-tokenizer", "there is no tokenizer.json in .*no-tokenizer"),
        ("bad-json", "tokenizer_config.json is not JSON"),
        ("pools-oddly", "pools by pooling_mode_weightedmean_tokens, which is not supported"),
    ],
)
def test_what_is_not_there_is_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, value: str, sentence: str
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "empty").mkdir()
    (write_tiny_model(tmp_path / "no-tokenizer") / "tokenizer.json").unlink()
    (write_tiny_model(tmp_path / "bad-json") / "tokenizer_config.json").write_text("{")
    odd = {"1_Pooling/config.json": {"pooling_mode_weightedmean_tokens": True}}
    write_tiny_model(tmp_path / "pools-oddly", files=odd)
    with pytest.raises(SettingsError, match=f"ONRECORD_ENCODER: .*{sentence}"):
        load_encoder(value, tmp_path / "cache")


def test_an_extra_that_is_not_installed_is_a_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.library.encoders.REQUIRED_PACKAGES", ("onnxruntime", "a_package_that_nobody_has"))
    with pytest.raises(SettingsError, match=r"pip install 'onrecord\[encoder\]'"):
        load_encoder(str(tmp_path), tmp_path)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"inputs": ("input_ids", "pixel_values")}, "not a text encoder: it needs pixel_values"),
        (
            {"files": {"modules.json": [{"type": "sentence_transformers.models.Dense"}]}},
            "use an export with the output",
        ),
        ({"damaged": True}, "cannot be loaded"),
    ],
)
def test_a_model_that_cannot_be_used_is_a_sentence_at_the_first_text(
    tmp_path: Path, changes: dict[str, Any], sentence: str
) -> None:
    damaged = changes.pop("damaged", False)
    folder = write_tiny_model(tmp_path / "tiny", **changes)
    if damaged:
        (folder / "model.onnx").write_bytes(b"no model")
    encoder = load_encoder(str(folder), tmp_path)
    with pytest.raises(SettingsError, match=f"ONRECORD_ENCODER: .*{sentence}"):
        encoder.encode(["bridge"])


@pytest.mark.parametrize(
    ("files", "chosen"),
    [
        (["model.onnx"], "model.onnx"),
        (["onnx/model.onnx", "onnx/model_quantized.onnx", "onnx/model_fp16.onnx"], "onnx/model_quantized.onnx"),
        (["b.onnx", "a.onnx", "README.md"], "a.onnx"),
        (["README.md"], None),
    ],
)
def test_the_model_is_the_smallest_that_loses_little(files: list[str], chosen: str | None) -> None:
    assert choose_model(files) == chosen


@pytest.mark.parametrize(
    ("name", "config", "prompt"),
    [
        ("plain", {}, ""),
        ("plain", {"prompts": {"query": "ask: ", "STS": "alike: ", "document": "doc: "}}, "alike: "),
        ("plain", {"prompts": {"query": "ask: ", "document": "doc: "}}, "ask: "),
        ("plain", {"prompts": {"main": "do: "}, "default_prompt_name": "main"}, "do: "),
        ("multilingual-e5-small", {}, "query: "),
        ("intfloat/multilingual-e5-small", {"prompts": None, "default_prompt_name": None}, "query: "),
        ("onnx-community/embeddinggemma-300m-ONNX", {}, "task: sentence similarity | query: "),
    ],
)
def test_the_prompt_is_that_of_likeness_else_of_a_question(
    tmp_path: Path, name: str, config: dict[str, Any], prompt: str
) -> None:
    (tmp_path / "config_sentence_transformers.json").write_text(json.dumps(config))
    assert prompt_of(tmp_path, name) == prompt


@pytest.mark.parametrize(
    ("config", "pooling"),
    [
        ({}, "mean"),
        ({"pooling_mode_cls_token": True, "pooling_mode_mean_tokens": False}, "cls"),
        ({"pooling_mode_lasttoken": True}, "last"),
        ({"pooling_mode": "mean"}, "mean"),
        ({"pooling_mode": "cls"}, "cls"),
    ],
)
def test_the_pooling_is_the_models_own(tmp_path: Path, config: dict[str, Any], pooling: str) -> None:
    (tmp_path / "1_Pooling").mkdir()
    (tmp_path / "1_Pooling" / "config.json").write_text(json.dumps(config))
    assert pooling_of(tmp_path) == pooling


@pytest.mark.parametrize(
    ("files", "tokens"),
    [
        ({}, 512),
        ({"tokenizer_config": {"model_max_length": 256}}, 256),
        ({"tokenizer_config": {"model_max_length": 10**30}, "sentence_bert_config": {"max_seq_length": 128}}, 128),
    ],
)
def test_the_longest_text_is_the_models_own(tmp_path: Path, files: dict[str, Any], tokens: int) -> None:
    for name, content in files.items():
        (tmp_path / f"{name}.json").write_text(json.dumps(content))
    assert token_limit(tmp_path) == tokens
