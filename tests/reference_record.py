"""What a person read in a document of the small record, and a graph of it that is right, wrong and incomplete."""

from __future__ import annotations

from dataclasses import replace

from dragoman.record import Record
from dragoman.records import Claim, Entity, Modality
from dragoman.references import Reference, ReferenceClaim, ReferenceEntity
from small_record import FIRST, RECORD, quote

NAMES = (FIRST.name,)


def thing(id_: str, cls: str, *names: str) -> Entity:
    return Entity(id_, cls, names[0], names[1:], documents=NAMES)


def claim(subject: str, predicate: str, object_: str, words: str = "Norland", **more) -> Claim:
    given = {"modality": Modality.ASSERTED, "rule": f"{predicate}-rule", "confidence": 0.85} | more
    return Claim(subject, predicate, object_, evidence=(quote(FIRST, words),), **given)


def wanted(subject: str, property_: str, object_: str, **more) -> ReferenceClaim:
    return ReferenceClaim(subject, property_, object_, more.pop("modality", Modality.ASSERTED), **more)


def named(id_: str, cls: str, *names: str, optional: bool = False) -> ReferenceEntity:
    return ReferenceEntity(id_, cls, names, optional)


ENTITIES = (
    thing("norland", "State", "Norland", "Kingdom of Norland"),
    thing("red-column", "ArmedGroup", "Red Column"),
    thing("sudmark", "State", "Sudmark"),
    thing("truce-in-vale", "Agreement", "truce in Vale"),
    thing("vale", "Place", "Vale"),
    thing("extra", "Person", "Nobody Known"),
)
REFERENCE = Reference(
    document=FIRST.name,
    entities=(
        named("n", "State", "Norland"),
        named("r", "ArmedGroup", "the Red Column"),
        named("s", "State", "Republic of Sudmark", "Sudmark"),
        named("t", "Ceasefire", "truce in Vale"),
        named("v", "Place", "Vale"),
        named("c", "InternationalOrganization", "World Council"),
        named("o", "Person", "Somebody", optional=True),
    ),
    claims=(
        wanted("n", "criticizes", "r", date="2024-03", quote="Norland condemned the Red Column"),
        wanted("n", "cooperatesWith", "s"),
        wanted("n", "callsOn", "t", also=("supports",), attributed_to="v"),
        wanted("t", "locatedIn", "v", optional=True),
        wanted("n", "memberOf", "c", quote="Norland and Sudmark cooperate"),
        wanted("s", "supports", "n"),
        wanted("r", "attacks", "v", modality=Modality.NEGATED),
    ),
)
CLAIMS = (
    claim("norland", "criticizes", "red-column", date="2024-03-05", confidence=0.95),
    claim("sudmark", "cooperatesWith", "norland", modality=Modality.PLANNED),
    claim("norland", "supports", "truce-in-vale", speaker="sudmark", confidence=0.72),
    claim("truce-in-vale", "locatedIn", "vale"),
    claim("norland", "supports", "sudmark", confidence=0.66),
    claim("red-column", "attacks", "vale", confidence=0.4),
    claim("extra", "addresses", "vale", "Vale", rule="addresses-bad", confidence=0.3),
)


def record(claims=CLAIMS, entities=ENTITIES) -> Record:
    return replace(RECORD, entities=tuple(entities), claims=tuple(claims))
