"""Measure what the kept resources are worth: stems, frequency lists, and these in place of our lists of stop words."""

import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager, nullcontext
from dataclasses import replace
from functools import lru_cache, partial
from typing import Any

from bot.matching.reading import language as languages
from bot.matching.reading.language import Language, language
from bot.matching.reading.spelling.wordlist import WordList, word_list
from tests.benchmarks.ablate import Worth, measure
from tests.benchmarks.progress import Tick
from tests.benchmarks.samples import all_samples
from tests.benchmarks.settings import changed
from tests.stories import load_story

COMMONEST = (150, 300)  # words of a frequency list that stand for the stop words of its language
NO_LANGUAGE = "zxx"  # the code of ISO 639 for what has no language, and so no list


@contextmanager
def everywhere(value: object, other: Any) -> Iterator[None]:
    """Replace a function in each module of the matcher that has it, and forget what was computed, until the end."""
    with ExitStack() as stack:
        for module in _modules():
            for name in [name for name, held in vars(module).items() if held is value]:
                stack.enter_context(changed(module, name, other))
        _forget()
        try:
            yield
        finally:
            _forget()


def without_stems() -> AbstractContextManager[None]:
    """Compare words as they are typed."""
    return everywhere(languages._stem, _as_it_is)


def without_lists() -> AbstractContextManager[None]:
    """Read no frequency list: words are corrected to those of the story alone, and none is rarer than another."""
    return everywhere(word_list, partial(_no_list, word_list(NO_LANGUAGE)))


def with_common_words(number: int) -> AbstractContextManager[None]:
    """Take the commonest words of each frequency list for stop words."""
    return everywhere(language, lru_cache(partial(_with_common_words, number)))


def resources_worth(stories: Sequence[str], tick: Tick) -> Iterator[Worth]:
    """Leave each resource out, or use another one, by words alone."""
    others: Mapping[str, Callable[[], AbstractContextManager[None]]] = {
        "as it is": nullcontext,
        "without stems": without_stems,
        "without the frequency lists": without_lists,
        **{f"stop words: the {count} commonest": partial(with_common_words, count) for count in COMMONEST},
    }
    for story in stories:
        load_story(story)  # its questions are checked with the resources as they are
    for change, other in others.items():
        tick(change, 1)
        with other():
            yield measure(change, all_samples(stories, None))


RESOURCE_STEPS = 3 + len(COMMONEST)


def _as_it_is(_algorithm: str | None, word: str) -> str:
    return word


def _no_list(empty: WordList, _code: str) -> WordList:
    return empty


def _with_common_words(number: int, code: str) -> Language:
    common = frozenset([*word_list(code).counts][:number])
    return replace(language(code), stop=common) if common else language(code)


def _modules() -> list[Any]:
    return [module for name, module in sys.modules.items() if name.startswith("bot.matching")]


def _forget() -> None:
    for module in _modules():
        for held in list(vars(module).values()):
            if hasattr(held, "cache_clear"):
                held.cache_clear()
