"""Conflicts that one document names by several descriptions: by their aggressor, by their place, by a known name."""

from __future__ import annotations

from dragoman.extraction.drafts import DraftTable

__all__ = ["Wars"]


class Wars:
    """The wars and crises of one document, with their parties or places; `renamed` are those with another name."""

    def __init__(self, table: DraftTable) -> None:
        self.table = table
        self.renamed: dict[int, int] = {}  # drafts known by a description only, with the known conflict that they are
        self._aggressions: list[tuple[set[int], int]] = []

    def note(self, sides: set[int], at: int) -> None:
        """Remember by which parties a war was named."""
        if sides:
            self._aggressions.append((sides, at))

    def same(self, sides: set[int]) -> int | None:
        """The war that "X's aggression" is, after "X's invasion of Y": one names no party that the other does not."""
        same = (at for known, at in reversed(self._aggressions) if sides <= known or known <= sides)
        return next(same, None)

    def name(self, sides: set[int], known: int) -> None:
        """Let "X's aggression", spoken of before, be the known war that the text names now."""
        before = self.same(sides)
        if before is not None and before != known and self.table[before].thing is None:
            self.rename(before, known)
            self._aggressions = [(parties, known if at == before else at) for parties, at in self._aggressions]
        self.note(sides, known)

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
