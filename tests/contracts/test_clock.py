"""The contract of clocks, for the machine's and for the fakes."""

from datetime import timedelta

import pytest

from bot.answering.ports import Clock
from bot.app import SystemClock
from tests.fakes import SetClock, SteppedClock


@pytest.fixture(params=[SystemClock, SteppedClock, SetClock])
def clock(request: pytest.FixtureRequest) -> Clock:
    made: Clock = request.param()
    return made


def test_the_time_is_aware_in_utc_and_never_goes_back(clock: Clock) -> None:
    times = [clock.now() for _ in range(3)]
    assert all(time.utcoffset() == timedelta(0) for time in times)
    assert times == sorted(times)


def test_seconds_for_measuring_never_go_back(clock: Clock) -> None:
    seconds = [clock.perf() for _ in range(3)]
    assert all(isinstance(second, float) for second in seconds)
    assert seconds == sorted(seconds)
