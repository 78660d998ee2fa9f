"""Generate any number of utterances in a made-up language, reproducibly from a seed.

The language follows the two laws of word counts that the cost of an index depends on. Its dictionary grows with the
number T of words written by Heaps' law, k * T ** b (Manning, Raghavan and Schütze, Introduction to Information
Retrieval, 2008, section 5.1.1), with the k and b of CLINC150's training part: 1,436 distinct words in 1,000 utterances,
5,863 in 15,000. The probability of a word falls with its rank r by Zipf's law in Mandelbrot's form, 1 / (r + 2.7)
(Piantadosi, Zipf's word frequency law in natural language, 2014, https://doi.org/10.3758/s13423-014-0585-6). Frequent
words are short.

A label is a core of four words; each of its ten paraphrases has three in four of them and others up to a length of 5 to
10 words, in any order. A question is an utterance without one of its words, mistyped. It is so close to the utterance
that a comparison by letters nearly always finds it. People's questions differ more, so the share of labels found only
shows whether they are lost as the index grows.
"""

from collections.abc import Iterator, Sequence
from itertools import accumulate, count, islice, product
from random import Random

from tests.benchmarks.data import Pair, mistype

HEAPS_FACTOR, HEAPS_EXPONENT = 13.4, 0.52
ZIPF_SHIFT = 2.7
PARAPHRASES = 10  # per label
CORE_WORDS, CORE_SHARE = 4, 0.75  # words of a label, and the share of them in an utterance
MIN_UTTERANCE_WORDS, MAX_UTTERANCE_WORDS = 5, 10
SPARSENESS = 4  # one in four possible words exists, so a typo seldom makes another word
SYLLABLES = ["".join(parts) for parts in product("bdfgklmnprstvz", "aeiou", ["", "l", "n", "r", "s", "t"])]


def utterances(size: int, seed: int) -> list[Pair]:
    """Generate this number of utterances."""
    chance = Random(seed)
    words = dictionary(size, chance)
    cumulative = list(accumulate(1 / (rank + ZIPF_SHIFT) for rank in range(1, len(words) + 1)))
    pairs = []
    for number in range(size):
        if number % PARAPHRASES == 0:
            core = chance.choices(words, cum_weights=cumulative, k=CORE_WORDS)
        text = [word for word in core if chance.random() < CORE_SHARE]
        text += chance.choices(
            words, cum_weights=cumulative, k=chance.randint(MIN_UTTERANCE_WORDS, MAX_UTTERANCE_WORDS) - len(text)
        )
        chance.shuffle(text)
        pairs.append((" ".join(text), f"label {number // PARAPHRASES}"))
    return pairs


def dictionary(size: int, chance: Random) -> list[str]:
    """Return the dictionary of this number of utterances, the most frequent words first."""
    written = size * (MIN_UTTERANCE_WORDS + MAX_UTTERANCE_WORDS) / 2
    return list(islice(_words(chance), round(HEAPS_FACTOR * written**HEAPS_EXPONENT)))


def _words(chance: Random) -> Iterator[str]:
    """Yield words of one syllable, then of two, and so on, in random order for each length."""
    for syllables in count(1):
        words = ["".join(parts) for parts in product(SYLLABLES, repeat=syllables)]
        yield from chance.sample(words, len(words) // SPARSENESS)


def questions(pairs: Sequence[Pair], number: int, seed: int) -> list[Pair]:
    """Return this number of questions: utterances without one of their words, and with typos."""
    chance = Random(seed)
    asked = []
    for text, label in chance.choices(pairs, k=number):
        words = text.split()
        del words[chance.randrange(len(words))]
        asked.append((mistype(" ".join(words), chance), label))
    return asked
