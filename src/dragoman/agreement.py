"""Claims of all documents: those that say the same become one, those that cannot both hold point at each other.

Nothing is settled here: contradicting claims stand side by side, each with its evidence.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import replace
from functools import cache
from itertools import combinations
from operator import attrgetter

from dragoman.ontology import Ontology
from dragoman.records import Claim, Entity, Evidence, LocalClaim, Modality, Reading
from dragoman.spelling import Spelling, load_spelling

__all__ = ["merge_claims", "with_contradictions"]

HOLDS = "holdsPost"
POST = "Post"
MONTH = len("2024-01")
"""Characters of a date that is precise enough to tell that two hold a post at once."""
DAY = len("2024-01-01")


def merge_claims(
    readings: Sequence[Reading], ids: Mapping[str, Sequence[str]], entities: Iterable[Entity], ontology: Ontology
) -> tuple[list[Claim], list[tuple[Claim, str]]]:
    """Claims by id, and those that the ontology does not admit, with the reason.

    Claims that say the same at the same date by the same speaker become one, with the evidence of all. An entity has
    one class, where documents may see several: that is why some are not admitted.

    :param ids: for each document, the ids of the entities of its reading.
    """
    classes = {entity.id: entity.cls for entity in entities}
    kept, refused = [], []
    admits = cache(ontology.admits)
    for claim in _merge(readings, ids, ontology):
        ends = classes[claim.subject], classes[claim.object]
        if admits(claim.predicate, *ends):
            kept.append(claim)
        else:
            reason = f"{claim.predicate} cannot join {claim.subject} ({ends[0]}) to {claim.object} ({ends[1]})"
            refused.append((claim, reason))
    return kept, refused


def with_contradictions(
    claims: Sequence[Claim], entities: Iterable[Entity], dates: Mapping[str, str] | None = None
) -> list[Claim]:
    """The claims in their order, those that cannot both hold pointing at each other.

    These are: asserted and denied of the same ends, unless at two dates; done once (``ontology/identity.ttl`` says what
    is), on two dates; one post that one person holds, two holders in one month or on one day, as the claims are dated,
    or else on the day of two documents of which each names one.

    :param dates: those of the documents, by name.
    """
    against: dict[str, set[str]] = defaultdict(set)
    spelling = load_spelling()
    sole = {entity.id for entity in entities if entity.cls == POST and _is_sole(entity, spelling)}
    pairs = (*_contradictions(claims, sole, spelling.once), *_rival_holders(claims, sole, dates or {}))
    for left, right in pairs:
        against[left.id].add(right.id)
        against[right.id].add(left.id)
    told = ((claim, tuple(sorted(against[claim.id])) if claim.id in against else ()) for claim in claims)
    return [claim if claim.contradicts == others else replace(claim, contradicts=others) for claim, others in told]


def _merge(readings: Sequence[Reading], ids: Mapping[str, Sequence[str]], ontology: Ontology) -> list[Claim]:
    stated: dict[tuple[str, str, str, Modality, str, str], list[tuple[LocalClaim, Evidence]]] = defaultdict(list)
    symmetric = {name for name, term in ontology.properties.items() if term.symmetric}
    for reading in readings:
        id_of = ids[reading.document.name]
        for local in reading.claims:
            subject, object_ = id_of[local.subject], id_of[local.object]
            if subject == object_:
                continue
            if local.predicate in symmetric:
                subject, object_ = min(subject, object_), max(subject, object_)
            speaker = "" if local.speaker is None else id_of[local.speaker]
            key = (subject, local.predicate, object_, local.modality, local.date, speaker)
            stated[key].append((local, Evidence.of(reading.document, local.span)))
    claims = []
    for (subject, predicate, object_, modality, date, speaker), found in stated.items():
        surest, piece = found[0]
        evidence: tuple[Evidence, ...] = (piece,)
        if len(found) > 1:
            surest = min((local for local, _ in found), key=lambda local: (-local.confidence, local.rule))
            evidence = tuple(sorted({piece for _, piece in found}))
        claims.append(
            Claim(
                subject=subject,
                predicate=predicate,
                object=object_,
                modality=modality,
                evidence=evidence,
                rule=surest.rule,
                confidence=surest.confidence,
                date=date,
                speaker=speaker,
                readers=_all_readers(found) if len(found) > 1 or len(surest.readers) > 1 else surest.readers,
            )
        )
    return sorted(claims, key=attrgetter("id"))


def _all_readers(found: Iterable[tuple[LocalClaim, Evidence]]) -> tuple[str, ...]:
    return tuple(sorted({name for local, _ in found for name in local.readers}))


def _contradictions(claims: Sequence[Claim], sole: Set[str], once: frozenset[str]) -> Iterator[tuple[Claim, Claim]]:
    told = [claim for claim in claims if claim.modality in {Modality.ASSERTED, Modality.NEGATED}]
    for several in _grouped(told, lambda claim: (claim.subject, claim.predicate, claim.object)):
        for left, right in combinations(several, 2):
            if left.modality != right.modality and _meet(left.date, right.date):
                yield left, right
    asserted = [claim for claim in told if claim.modality == Modality.ASSERTED and claim.date]
    done_once = [claim for claim in asserted if claim.predicate in once]
    for several in _grouped(done_once, lambda claim: (claim.subject, claim.predicate, claim.object)):
        yield from (pair for pair in combinations(several, 2) if not _meet(pair[0].date, pair[1].date))
    holders = [claim for claim in asserted if claim.predicate == HOLDS and claim.object in sole]
    for several in _grouped(holders, lambda claim: claim.object):
        for left, right in combinations(several, 2):
            if left.subject != right.subject and left.date == right.date and len(left.date) >= MONTH:
                yield left, right


def _rival_holders(claims: Iterable[Claim], sole: Set[str], dates: Mapping[str, str]) -> Iterator[tuple[Claim, Claim]]:
    """Claims without a date that two hold one post, which documents of one day state, none of them both."""
    holding: dict[tuple[str, str], list[Claim]] = defaultdict(list)
    for claim in claims:
        if claim.predicate == HOLDS and claim.object in sole and claim.modality == Modality.ASSERTED and not claim.date:
            for day in {dates.get(name, "") for name in claim.documents}:
                if len(day) == DAY:
                    holding[claim.object, day].append(claim)
    for several in holding.values():
        for left, right in combinations(several, 2):
            if left.subject != right.subject and not {*left.documents} & {*right.documents}:
                yield left, right


def _grouped(claims: Iterable[Claim], key: Callable[[Claim], Hashable]) -> Iterator[list[Claim]]:
    groups: dict[Hashable, list[Claim]] = defaultdict(list)
    for claim in claims:
        groups[key(claim)].append(claim)
    return (group for group in groups.values() if len(group) > 1)


def _meet(left: str, right: str) -> bool:
    """Whether two dates may be one day: the more precise lies within the other."""
    return left.startswith(right) or right.startswith(left)


def _is_sole(post: Entity, spelling: Spelling) -> bool:
    words = post.label.lower().replace("-", " ").split()
    label = f" {' '.join(words)} "
    return spelling.shared.isdisjoint(words) and any(f" {name.replace('-', ' ')} " in label for name in spelling.sole)
