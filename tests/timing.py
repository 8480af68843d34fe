"""How the time of work grows, for tests: as little of other work as the machine lets be is measured with it."""

import time
from collections.abc import Callable

from dragoman.uncollected import uncollected

ROUNDS = 6


def seconds(work: Callable[[], object]) -> float:
    """Seconds of processor time, the garbage of other tests left where it is."""
    with uncollected():
        start = time.process_time()
        work()
        return time.process_time() - start


def times_as_long(small: Callable[[], object], large: Callable[[], object], *, wanted: float, floor: float) -> float:
    """How many times as long `large` takes as `small`, of which `floor` seconds are the least that count.

    Each is the quickest of some runs; they are run again, a few times at most, while it is more than what is `wanted`.
    """
    least = most = float("inf")
    for _ in range(ROUNDS):
        least, most = min(least, seconds(small)), min(most, seconds(large))
        if most < wanted * max(least, floor):
            break
    return most / max(least, floor)
