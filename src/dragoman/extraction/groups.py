"""Which several a noun takes up: "the two sides", "both countries", later "the parties"; "the leaders" of a text."""

from __future__ import annotations

from collections.abc import Set

from dragoman.extraction.drafts import Draft, DraftTable
from dragoman.extraction.salience import Salience

__all__ = ["ACTING", "HUMAN", "Groups"]

ACTING = frozenset({"State", "InternationalOrganization", "ArmedGroup", "GovernmentBody", "Person", "OrganizationBody"})
"""Classes of what "the two sides" can be."""
JOINT = frozenset({"InternationalOrganization", "Coalition"})
"""Classes of authors whose leaders and ministers speak for them."""
HUMAN = frozenset({"Person", "Post"})
"""Classes of what "the two leaders" can be."""
PAIRED = ("State", "InternationalOrganization", "ArmedGroup")
"""Classes whose last two are "the two sides" where no two were named together."""
GROUPED = 8
"""Sentences before its own in which "the two sides" looks for two that were named together, "the sides" for those."""
NAMED = 3
"""Sentences before its own in which they are named by themselves, two and no more."""


class Groups:
    """Those who were named together so far, and those whom a noun meant by "the two" of them."""

    def __init__(self, table: DraftTable, salience: Salience) -> None:
        self.table, self.lexicon, self._salience = table, table.lexicon, salience
        self._groups: dict[str, tuple[int, tuple[int, ...]]] = {}  # by their noun, with the sentence of "the two"
        self._pairs: list[tuple[int, ...]] = []
        self._stand_ins: dict[
            int, tuple[set[str], int]
        ] = {}  # "the two leaders" before they are named, with twos so far

    def note(self, refs: tuple[int, ...]) -> None:
        """Remember who was named together: two, unless a third follows."""
        if len(refs) == 2:
            self._pairs.append(refs)
        elif len(refs) == 3 and self._pairs and self._pairs[-1] == refs[:2]:
            self._pairs.pop()

    def stand_in(self, name: str, opening: Set[str], heads: set[str]) -> tuple[int, ...]:
        """Something that stands for "the two leaders" or "both countries" until two are named together.

        :param opening: the first words of the description `name`, whose nouns are `heads`.
        """
        words = self.lexicon.words
        if not opening & words["twoWord"] or not heads & (words["issuerNoun"] | words["stateNoun"]):
            return ()
        known = next((at for at, (others, _) in self._stand_ins.items() if others & heads), None)
        at = self.table.add(Draft("Coalition", [name])) if known is None else known
        self._stand_ins.setdefault(at, (heads, len(self._pairs)))
        return (at,)

    def named_later(self) -> dict[int, tuple[int, ...]]:
        """For each stand-in, the first two named together after it that can be meant, or nobody; for the end."""
        return {at: self._first_pair(heads, after) for at, (heads, after) in self._stand_ins.items()}

    def _first_pair(self, heads: set[str], after: int) -> tuple[int, ...]:
        acting = self._acting(heads)
        acting = acting if acting is HUMAN else acting - HUMAN  # two who talk are no "sides"
        return next((pair for pair in self._pairs[after:] if self._are_alike(pair, acting)), ())

    def _are_alike(self, refs: tuple[int, ...], acting: Set[str]) -> bool:
        """Whether entities can be "the two sides": a state and its army are not."""
        classes = {self.table[ref].cls for ref in refs}
        return classes <= acting and (len(classes) == 1 or "State" not in classes or classes <= set(PAIRED))

    def _acting(self, heads: set[str]) -> frozenset[str]:
        """Classes of what "the two countries", "the two leaders" or "the two sides" can be."""
        if heads & self.lexicon.words["stateNoun"]:
            return frozenset({"State"})
        return HUMAN if heads & self.lexicon.words["officeHolder"] else ACTING

    def meant(
        self, sentence: int, words: set[str], heads: set[str], sides: tuple[int, ...], *, told: bool
    ) -> tuple[int, ...]:
        """ "The two countries", "both sides", and later "the sides"; "the leaders" of a joint statement.

        :param sentence: the number of the sentence that has the noun.
        :param words: of the description; `heads` are its nouns, `sides` who the text is by.
        :param told: whether it is told whose they are: "the leaders of X".
        """
        if words & self.lexicon.words["pairWord"] and heads & self.lexicon.words["groupNoun"]:
            acting = self._acting(heads)
            two = bool(words & self.lexicon.words["twoWord"])

            def suits(refs: tuple[int, ...]) -> bool:
                return self._are_alike(refs, acting) and (not two or len(refs) == 2)

            group = self._salience.last_group(suits, sentence - GROUPED)
            before = max(self._groups.values(), default=(0, ()))
            if before[1] and sentence - before[0] <= GROUPED and not self._salience.do_together(group):
                group = before[1] if self._are_alike(before[1], acting) else group  # of "both sides", no two thanked
            if group or acting is HUMAN:
                self._groups |= dict.fromkeys(heads if group else (), (sentence, group))
                return group
            paired = ("State",) if heads & self.lexicon.words["stateNoun"] else PAIRED
            states = self._salience.last_of(paired, sentence - NAMED)
            return tuple(states) if len(states) == 2 else ()
        since, named_before = next((self._groups[head] for head in sorted(heads) if head in self._groups), (0, ()))
        if named_before and sentence - since <= GROUPED and words & self.lexicon.words["groupDeterminer"]:
            return named_before
        if heads & self.lexicon.words["issuerNoun"] and not told:
            together = len(sides) > 1 or any(self.table[side].cls in JOINT for side in sides)
            return sides if together else self._salience.last_group(lambda refs: self._are_alike(refs, HUMAN))
        return ()
