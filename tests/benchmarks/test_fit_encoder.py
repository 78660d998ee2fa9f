"""The votes fitted for an encoder are found beside its model and decide on its rankings."""

import tomllib
from pathlib import Path

import pytest

from bot.library.encoders import load_encoder
from bot.library.votes import VOTES_FILE
from bot.matching.deciding.context import context_vote_for
from bot.matching.deciding.decide import Decider
from bot.matching.deciding.vote import vote_for
from bot.matching.ranking.encoder import Encoder
from tests.benchmarks.__main__ import votes_for
from tests.stories import load_story
from tests.tiny_model import write_tiny_model

pytest.importorskip("onnx")
pytest.importorskip("onnxruntime")
pytest.importorskip("tokenizers")
pytest.importorskip("huggingface_hub")

pytestmark = pytest.mark.slow

SMALL = ("chai", "musee")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_tiny_model(tmp_path_factory.mktemp("encoder") / "tiny")


@pytest.fixture(scope="module")
def fitted(folder: Path) -> Encoder:
    """The tiny model, with votes that were fitted for it on two stories."""
    (folder / VOTES_FILE).write_text(votes_for(load_encoder(str(folder), folder), SMALL), "utf-8")
    return load_encoder(str(folder), folder)


def test_the_votes_fitted_for_an_encoder_decide_on_its_rankings(fitted: Encoder) -> None:
    decider = Decider(load_story("chai"), fitted)
    written = tomllib.loads(fitted.votes)
    assert decider.is_fitted
    assert decider.min_probability == written["vote"]["answer"] == vote_for(fitted).answer
    assert decider.dialogue.vote.answer == written["context"]["answer"] == context_vote_for(fitted).answer


def test_what_was_fitted_on_is_told_in_the_file(fitted: Encoder) -> None:
    assert tomllib.loads(fitted.votes)["encoder"] == fitted.name
    assert "short questions on 2 stories, each judged by a vote fitted on the others" in fitted.votes


def test_another_model_in_the_folder_is_not_decided_on_by_them(fitted: Encoder, folder: Path, tmp_path: Path) -> None:
    other = write_tiny_model(tmp_path / "tiny", output="sentence_embedding")
    (other / VOTES_FILE).write_text((folder / VOTES_FILE).read_text("utf-8"), "utf-8")
    assert fitted.votes
    assert not Decider(load_story("chai"), load_encoder(str(other), tmp_path)).is_fitted
