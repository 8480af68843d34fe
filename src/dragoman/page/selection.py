"""What of a graph a page shows: all of it, or, where no browser would open that, what is central and well attested.

Of the entities, those that claims join to most others stay; of the claims among these, for each entity the one that
most documents state, and then all others, those of most documents first. The names of the rest stay, so that search
finds every entity of the graph and tells where to ask for it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

from dragoman.records import Claim, Entity

__all__ = ["MOST_CLAIMS", "MOST_ENTITIES", "MOST_QUOTES", "Selection", "count_neighbours", "select"]

MOST_ENTITIES = 10_000
"""Entities of a page; of so many, the first picture takes two seconds."""
MOST_CLAIMS = 30_000
"""Claims of a page."""
MOST_QUOTES = 5
"""Quotes of a claim, where not all claims are shown: a page has to fit into memory with them."""


@dataclass(frozen=True, slots=True)
class Selection:
    """What a page shows, in the order of the graph; `others` are the entities that it knows by name alone."""

    entities: Sequence[Entity]
    claims: Sequence[Claim]
    others: Sequence[Entity] = ()
    other_claims: Mapping[str, int] | None = None  # of each of the others by id, how many tell of it
    all_claims: int = 0  # of the graph

    @property
    def is_part(self) -> bool:
        """Whether there is more than the page shows."""
        return self.other_claims is not None


def select(entities: Sequence[Entity], claims: Sequence[Claim]) -> Selection:
    """All `entities` and `claims`, or, where they are too many for a page, the most central and best attested."""
    if len(entities) <= MOST_ENTITIES and len(claims) <= MOST_CLAIMS:
        return Selection(entities, claims, all_claims=len(claims))
    neighbours = count_neighbours(claims)
    central = sorted(entities, key=lambda entity: (-neighbours[entity.id], entity.id))[:MOST_ENTITIES]
    ids = {entity.id for entity in central}
    among = [
        claim
        for claim in claims
        if claim.subject in ids and claim.object in ids and (not claim.speaker or claim.speaker in ids)
    ]
    attested = sorted(among, key=lambda claim: (-len(claim.documents), -claim.confidence, claim.id))
    kept = {claim.id for claim in _pick(attested)}
    told = Counter(end for claim in claims for end in {claim.subject, claim.object})
    others = [entity for entity in entities if entity.id not in ids]
    return Selection(
        entities=[entity for entity in entities if entity.id in ids],
        claims=[claim for claim in claims if claim.id in kept],
        others=others,
        other_claims={entity.id: told[entity.id] for entity in others},
        all_claims=len(claims),
    )


def count_neighbours(claims: Iterable[Claim]) -> Counter[str]:
    """For each entity id, how many others claims join it to, whatever their modality."""
    pairs = {
        (claim.subject, claim.object) if claim.subject < claim.object else (claim.object, claim.subject)
        for claim in claims
        if claim.subject != claim.object
    }
    return Counter(chain.from_iterable(pairs))


def _pick(claims: Sequence[Claim]) -> list[Claim]:
    """The first claim of each entity, and the first of the others, so many as a page takes."""
    seen: set[str] = set()
    first: list[Claim] = []
    rest: list[Claim] = []
    for claim in claims:
        new = {claim.subject, claim.object} - seen
        seen |= new
        (first if new else rest).append(claim)
    return [*first, *rest][:MOST_CLAIMS]
