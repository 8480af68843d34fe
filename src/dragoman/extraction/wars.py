"""Conflicts that one document names by several descriptions: by their aggressor, by their place, by a known name."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from dragoman.extraction.drafts import DraftTable
from dragoman.extraction.mentions import Mention, MentionIndex
from dragoman.language.tokens import Doc
from dragoman.lexicon import Lexicon

__all__ = ["WarTold", "Wars", "find_scene", "tell_war"]

SHORTEST = 4
"""Words of a sentence that sets a scene."""


class WarTold(NamedTuple):
    """Whom a name or description of a war names: all of them, those whom it is waged in or against, and those only."""

    sides: frozenset[int]
    suffering: frozenset[int] = frozenset()
    is_placed: bool = False  # it tells where it is, "the war in X", and no more

    def agrees(self, other: WarTold) -> bool:
        """Whether one names no party that the other does not; the war in X is none that X wages elsewhere."""
        if not (self.sides <= other.sides or other.sides <= self.sides):
            return False
        if self.is_placed == other.is_placed:
            return True
        placed, waged = (self, other) if self.is_placed else (other, self)
        return placed.sides <= waged.suffering


def tell_war(
    inner: Iterable[tuple[Mention, tuple[int, ...]]], owners: Iterable[int], doc: Doc, lexicon: Lexicon
) -> WarTold:
    """What a description tells of a war by the names within it, and by its owners.

    :param inner: the names, with what they mean.
    """
    sides, placed, suffering = set(owners), set[int](), set[int]()
    for mention, refs in inner:
        at = mention.start - 1
        if at > 0 and lexicon.is_in("owningDeterminer", doc[at].lower_):
            at -= 1
        before = doc[at].lower_ if at >= 0 else ""
        sides.update(refs)
        if lexicon.is_in("placePreposition", before):
            placed.update(refs)
        if lexicon.is_in("placePreposition", before) or lexicon.is_in("harmedPreposition", before):
            suffering.update(refs)
    return WarTold(frozenset(sides), frozenset(suffering), bool(sides) and sides == placed)


class Wars:
    """The wars and crises of one document, with their parties or places; `renamed` are those with another name."""

    def __init__(self, table: DraftTable) -> None:
        self.table = table
        self.renamed: dict[int, int] = {}  # drafts known by a description only, with the known conflict that they are
        self._aggressions: list[tuple[WarTold, int]] = []

    def note(self, told: WarTold, at: int) -> None:
        """Remember by which parties a war was named."""
        if told.sides:
            self._aggressions.append((told, at))

    def same(self, told: WarTold) -> int | None:
        """The war that "X's aggression" is, after "X's invasion of Y"."""
        return next((at for known, at in reversed(self._aggressions) if told.agrees(known)), None)

    def name(self, told: WarTold, known: int) -> None:
        """Let "X's aggression", spoken of before, be the known war that the text names now."""
        before = self.same(told)
        if before is not None and before != known and self.table[before].thing is None:
            self.rename(before, known)
            self._aggressions = [(parties, known if at == before else at) for parties, at in self._aggressions]
        self.note(told, known)

    def place(self, cls: str, where: set[int], known: int) -> None:
        """Let "the crisis in X", before or after, be the known crisis that the text calls "the X-ish crisis"."""
        key = (cls, tuple(where))
        if len(where) != 1:
            return
        at = self.table.by_key.setdefault(key, known)
        if at != known and self.table[at].thing is None and at not in self.renamed:
            self.rename(at, known)
            self.table.by_key[key] = known

    def rename(self, before: int, known: int) -> None:
        """Let what was described before be the known thing that the text names now."""
        self.renamed[before] = known
        self.table[known].mentions.extend(self.table[before].mentions)
        for name in self.table[before].names:
            self.table.name(known, name)


def find_scene(conflict: Mention, doc: Doc, index: MentionIndex, lexicon: Lexicon) -> Mention | None:
    """The place that opens a sentence which tells of a conflict there: "In X, after years of fighting, ..."."""
    noun = doc[conflict.head]
    sentence = noun.sent
    if len(sentence) < SHORTEST or sentence[0].lower_ != "in":
        return None
    if noun.tag_ == "NNS" and noun.i == conflict.start and noun.lower_ not in lexicon.heads:
        return None  # "In X it was well to prevent conflicts"
    at = sentence.start + 1 + (sentence[1].lower_ == "the")
    places = (m for m in index.at(at) if m.start == at and m.cls in {"State", "Place"})
    scene = next((m for m in places if m.thing is not None), None)
    return scene if scene is not None and conflict.start >= scene.end and doc[scene.end].text == "," else None
