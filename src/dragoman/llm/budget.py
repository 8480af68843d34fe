"""What asking costs: told before, held to a limit on the way, counted after.

Tokens that a server does not tell are reckoned from characters, rather too many than too few. Before each request its
dearest outcome is set aside, so that the limit holds however much the model writes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from threading import Lock

from dragoman.llm.client import Completion
from dragoman.llm.settings import Settings

__all__ = ["Budget", "Estimate", "Usage", "to_estimate"]

CHARACTERS_PER_TOKEN = 3
"""English has about four, says https://help.openai.com/en/articles/4936856-what-are-tokens-and-how-to-count-them; fewer
are taken, to be on the safe side."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """What some requests take at most: tokens, cost where prices are known, and seconds at the speed that is set."""

    requests: int
    tokens_in: int
    tokens_out: int
    cost: float | None
    seconds: float

    def __str__(self) -> str:
        cost = "cost not known, as no prices are set" if self.cost is None else f"at most {format_cost(self.cost)}"
        requests = f"{self.requests:,} {'request' if self.requests == 1 else 'requests'}"
        return (
            f"{requests} of about {self.tokens_in:,} tokens, answers of at most {self.tokens_out:,}; "
            f"{cost}; about {_format_time(self.seconds)} at most"
        )


@dataclass(slots=True)
class Usage:
    """What was used: requests, tokens, cost where prices are known."""

    requests: int = 0
    tokens_in: int = 0
    tokens_out: int = 0
    cost: float = 0.0

    def describe(self, *, seconds: float, has_prices: bool) -> str:
        """A line for people."""
        requests = f"{self.requests:,} {'request' if self.requests == 1 else 'requests'}"
        cost = f", cost {format_cost(self.cost)}" if has_prices else ""
        tokens = f"{self.tokens_in:,} tokens sent, {self.tokens_out:,} received"
        return f"{requests}, {tokens}{cost}, {_format_time(seconds)}"


def to_estimate(characters: Sequence[int], settings: Settings) -> Estimate:
    """What requests of so many characters take at most, if each is answered at once."""
    tokens_in = sum(map(_tokens, characters))
    tokens_out = settings.answer * len(characters)
    rounds = -(-len(characters) // settings.parallel)
    return Estimate(
        requests=len(characters),
        tokens_in=tokens_in,
        tokens_out=tokens_out,
        cost=_cost(tokens_in, tokens_out, settings) if settings.has_prices else None,
        seconds=rounds * settings.answer / settings.speed,
    )


class Budget:
    """Keeps to the limit on cost that `settings` give; from any thread."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.used = Usage()
        self._set_aside = 0.0
        self._lock = Lock()

    def set_aside(self, characters: int) -> bool:
        """Whether a request of so many characters can be paid for, whatever it is answered; if so, it is paid for."""
        dearest = self._dearest(characters)
        with self._lock:
            if self.settings.cap is not None and self.used.cost + self._set_aside + dearest > self.settings.cap:
                return False
            self._set_aside += dearest
            self.used.requests += 1
        return True

    def settle(self, characters: int, completion: Completion | None, *, billed: bool = True) -> None:
        """Count what the request took in the end; all that was set aside where that is not known but `billed`."""
        tokens_in = tokens_out = 0
        if completion:
            tokens_in = _told_or(completion.tokens_in, _tokens(characters))
            tokens_out = _told_or(completion.tokens_out, _tokens(len(completion.content)))
        elif billed:
            tokens_in, tokens_out = _tokens(characters), self.settings.answer
        with self._lock:
            self._set_aside -= self._dearest(characters)
            self.used.tokens_in += tokens_in
            self.used.tokens_out += tokens_out
            self.used.cost += _cost(tokens_in, tokens_out, self.settings)

    def _dearest(self, characters: int) -> float:
        return _cost(_tokens(characters), self.settings.answer, self.settings)


def format_cost(cost: float) -> str:
    """A cost, in the currency of the prices.

    >>> format_cost(1234.5), format_cost(0.000213)
    ('1,234.50', '0.00021')
    """
    return f"{cost:,.2f}" if cost >= 0.1 or not cost else f"{cost:.2g}"


def _told_or(told: int | None, reckoned: int) -> int:
    return reckoned if told is None or told < 0 else told


def _tokens(characters: int) -> int:
    return -(-characters // CHARACTERS_PER_TOKEN)


def _cost(tokens_in: int, tokens_out: int, settings: Settings) -> float:
    return (tokens_in * (settings.price_in or 0.0) + tokens_out * (settings.price_out or 0.0)) / 1000


def _format_time(seconds: float) -> str:
    if seconds < 100:
        return f"{seconds:.0f} s"
    return f"{seconds / 60:.0f} min" if seconds < 6000 else f"{seconds / 3600:.1f} h"
