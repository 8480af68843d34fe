"""What a text is about at a place: the entities mentioned last, and which of them a pronoun means."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NamedTuple

from dragoman.extraction.drafts import DraftTable, Suits, kin
from dragoman.extraction.mentions import Mention
from dragoman.language.tokens import Doc

__all__ = ["SEVERAL", "SINGLE", "Salience"]

SEVERAL = frozenset({"Population", "Coalition", "ArmedGroup"})
"""Classes of things that are spoken of as many."""
SINGLE = frozenset({"Person", "Post", "State"})
"""Classes of things that are spoken of as one."""
LOOK_BACK = 2
"""Sentences before its own in which a pronoun looks for what it stands for."""
NEAR, FAR = 1, 200
"""Passages before its own, and words, beyond which a thing is far from a noun that may take it up."""
JUST = 60
"""Words before its own within which what was named was just named."""
MANY = 3
"""Things of one class mentioned of late, above which a noun takes up none that is far."""
FORGOTTEN = frozenset(
    {
        *("Agreement", "ArmedConflict", "ArmedGroup", "Coalition", "Crisis", "Dispute", "GovernmentBody", "Meeting"),
        *("Plan", "Population", "Process", "Statement"),
    }
)
"""Classes of things of which many pass by in a long text: "the initiative" is no more the one of ten minutes ago."""
REMEMBERED = 80
"""Mentions that are remembered."""
SUBJECT, DISTANCE, PLACE, NUMBER = 2.0, 1.2, 0.1, 1.5
"""For an antecedent counts to be a subject, and for "they" to be many; against it, sentences and mentions between."""


class _Salient(NamedTuple):
    sentence: int
    refs: tuple[int, ...]
    is_subject: bool
    is_pair: bool = False  # "between X and Y"
    is_asked: bool = False  # "urges X to do it"


class Salience:
    """The mentions of late, oldest first."""

    def __init__(self, table: DraftTable) -> None:
        self.table = table
        self._recent: list[_Salient] = []
        self._begins = [0]  # of each passage, the words before it; last, all words

    def read(self, doc: Doc) -> None:
        """Go on to another passage."""
        self._begins.append(self._begins[-1] + len(doc))

    def note(
        self, sentence: int, refs: tuple[int, ...], *, is_subject: bool, is_pair: bool = False, is_asked: bool = False
    ) -> None:
        """Remember that `refs` were mentioned, those coordinated together, in place of the first of them by itself.

        None were where several have no name.
        """
        last = self._recent[-1] if self._recent else None
        while len(refs) > 1 and last and last[:3] == (sentence, refs[:-1], is_subject):
            self._recent.pop()
            last = self._recent[-1] if self._recent else None
        self._recent.append(_Salient(sentence, refs, is_subject, is_pair, is_asked))
        del self._recent[:-REMEMBERED]

    def last_group(self, suits: Callable[[tuple[int, ...]], bool], since: int = 0) -> tuple[int, ...]:
        """The last entities that were mentioned together, in the sentence `since` or later, and suit together."""
        groups = (s.refs[:4] for s in reversed(self._recent) if len(s.refs) >= 2 and s.sentence >= since)
        return next((refs for refs in groups if suits(refs)), ())

    def do_together(self, refs: tuple[int, ...]) -> bool:
        """Whether entities did something together when last mentioned so, or something was between them."""
        last = next((s for s in reversed(self._recent) if s.refs[:4] == refs), None)
        return last is not None and (last.is_subject or last.is_pair)

    def last_of(self, classes: Iterable[str], since: int = 0) -> list[int]:
        """Entities of these classes, mentioned in the sentence `since` or later, the last first."""
        wanted = set(classes)
        refs = (ref for salient in reversed(self._recent) if salient.sentence >= since for ref in salient.refs)
        return list(dict.fromkeys(ref for ref in refs if self.table[ref].cls in wanted))

    def last_place(self, at: int) -> tuple[int, int]:
        """The passage and the word at which an entity was last named, (-1, -1) for one that was not."""
        last = self.table[at].last
        return (last.passage, last.start) if last else (-1, -1)

    def just_named(self, mention: Mention) -> list[int]:
        """The last entity of the class of `mention`, if it was named in the same passage a little before."""
        last = self.last_of({mention.cls})[:1]
        passage, word = self.last_place(last[0]) if last else (-1, -1)
        return last if passage == mention.passage and mention.start - word < JUST else []

    def is_far(self, mention: Mention, at: int) -> bool:
        """Whether an entity was named too long ago for a bare noun to take it up: "the region" is always near."""
        passage, word = self.last_place(at)
        if mention.passage - passage <= NEAR:
            return False
        if mention.cls == "Place" or passage < 0:
            return mention.cls == "Place"
        words = self._begins[mention.passage] + mention.start - self._begins[passage] - word
        return mention.cls in FORGOTTEN and words >= FAR and len(self.last_of(kin(mention.cls))) > MANY

    def antecedent(self, sentence: int, suits: Suits, *, plural: bool, says: bool = False) -> tuple[int, ...]:
        """What a pronoun in `sentence` means: a subject before others, the near before the far.

        :param says: whether it tells or judges something, as those do who asked somebody else before.
        """
        best: tuple[float, tuple[int, ...]] = (float("-inf"), ())
        for place, salient in enumerate(reversed(self._recent[-30:])):
            distance = sentence - salient.sentence
            if distance > LOOK_BACK:
                break
            refs = tuple(ref for ref in salient.refs if suits(self.table[ref]))
            if not refs and (salient.refs or not plural):
                continue
            if not plural and len(salient.refs) > 1:
                continue  # "it" is none of several
            leads = salient.is_subject and not (says and salient.is_asked)
            score = SUBJECT * leads - DISTANCE * distance - PLACE * place
            if plural and len(refs) == 1 and self.table[refs[0]].cls in SINGLE:
                continue  # "they" are not one person, nor one state
            if plural:
                score += NUMBER if len(refs) != 1 or self.table[refs[0]].cls in SEVERAL else -NUMBER
            best = max(best, (score, refs), key=lambda pair: pair[0])
        return best[1]
