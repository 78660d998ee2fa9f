"""Pauses grow while attempts fail, up to a longest one, however long that goes on."""

from itertools import islice

from bot.surface.platform.pauses import growing, pause_before


def test_each_pause_is_twice_the_one_before_up_to_the_longest() -> None:
    assert list(islice(growing(1.0, 20.0), 7)) == [1.0, 2.0, 4.0, 8.0, 16.0, 20.0, 20.0]


def test_an_outage_of_days_overflows_nothing() -> None:
    assert pause_before(1_000_000, 1.0, 60.0) == 60.0
