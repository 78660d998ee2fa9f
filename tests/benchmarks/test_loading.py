"""Loading a long story: each text is read once, and the event loop goes on meanwhile."""

from collections import Counter
from pathlib import Path

import pytest

from bot.checking.readings import ReadingsCheck
from bot.library.library import FileLibrary, read_knowledge
from bot.library.readings import Readings
from bot.matching.deciding.decide import Decider
from bot.matching.reading import question, reader
from tests.benchmarks.bigstory import write_story
from tests.benchmarks.loading import command_milliseconds, reload_lags

IN_A_THREAD = "in a thread"


def test_each_text_is_read_once_for_the_index_and_the_checker(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Reading is most of loading: the index, the contents of the facts and the checker share it."""
    write_story(tmp_path, 20)
    shelf = read_knowledge(tmp_path / "knowledge", tmp_path / "seeds").shelf
    assert shelf
    story, parse = shelf.editions[0].story, question.parse
    read: Counter[str] = Counter()

    def counted(text: str, *others: object) -> object:
        read[text] += 1
        return parse(text, *others)  # type: ignore[arg-type]

    monkeypatch.setattr(reader, "parse", counted)  # it counts, and changes nothing
    Decider(story, readings=Readings(story, None, ReadingsCheck(story)))
    texts = [text for fact in story.facts for text in (*fact.text.values(), *(one for _, one in fact.asked.values()))]
    assert {text: read[text] for text in texts} == dict.fromkeys(texts, 1)


@pytest.mark.clock
async def test_a_reload_lets_the_loop_go_on_and_commands_look_up_by_index(tmp_path: Path) -> None:
    write_story(tmp_path, 200)
    library = await FileLibrary.open(tmp_path / "knowledge", tmp_path / "seeds")
    assert (await reload_lags(library))[-1] < 100  # 1,000 and more while the collector ran
    slow = {name: took for name, took in command_milliseconds(library).items() if took > 20 and IN_A_THREAD not in name}
    assert slow == {}
