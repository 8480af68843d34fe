"""How long work takes, for tests that hold its growth: as little as the machine and its other work let it be."""

import time
from collections.abc import Callable

from dragoman.uncollected import uncollected

TIMES = 3


def least_seconds(work: Callable[[], object], times: int = TIMES) -> float:
    """Seconds of processor time of the quickest of a few runs, none of which pays for the garbage of other tests."""

    def once() -> float:
        start = time.process_time()
        work()
        return time.process_time() - start

    with uncollected():
        return min(once() for _ in range(times))
