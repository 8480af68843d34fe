"""A record made by hand that gives each of the ready questions an answer that a person can check by reading it."""

from __future__ import annotations

from hashlib import sha256

from dragoman.record import Record
from dragoman.records import Claim, Document, Entity, Evidence, Modality, Span

SENTENCES = {
    "one.txt": [
        "Norland and the Red Column fight the war in Vale.",
        "The war in Vale displaced the Valians.",
        "The River Union mediates in the war in Vale.",
        "The Vale Accord addresses the war in Vale.",
        "Norland signed the Vale Accord.",
        "The Red Column violated the Vale Accord.",
        "Sudmark belongs to the River Union.",
        "Ana Ruiz is Secretary of the River Union.",
        "The River Union proposed the Lake Summit.",
        "Norland and Sudmark cooperate.",
    ],
    "two.txt": [
        "Norland and Sudmark cooperate on trade.",
        "Norland and the River Union attended the Lake Summit.",
        "Bo Tan is Secretary of the River Union.",
        "Bo Tan speaks for the River Union.",
        "Bo Tan said that the Red Column should join a truce.",
        "Norland condemned the Red Column.",
        "Sudmark backs Norland.",
        "Sudmark sent relief to the Valians.",
        "Sudmark imposed an embargo on the Red Column.",
        "The Red Column attacked Vale City.",
    ],
    "three.txt": [
        "Norland did not condemn the Red Column.",
        "Sudmark will host the Hill Conference.",
        "The River Union called on Norland to hold its fire.",
        "The Vale Accord rests on the Lake Charter.",
        "The River Union proposed the Hill Conference.",
    ],
}
HEADS = {
    "one.txt": {"title": "First report", "date": "2023-05-01", "author": "Press desk"},
    "two.txt": {"title": "Second report", "date": "2024-02-10"},
    "three.txt": {"date": "2024-06"},
}
DOCUMENTS = tuple(
    Document(name, " ".join(lines), sha256(" ".join(lines).encode()).hexdigest(), **HEADS[name])
    for name, lines in sorted(SENTENCES.items())
)
TEXTS = {document.name: document.text for document in DOCUMENTS}
BY_NAME = {document.name: document for document in DOCUMENTS}
CLASSES = {
    "ana-ruiz": ("Person", "Ana Ruiz"),
    "bo-tan": ("Person", "Bo Tan"),
    "embassy-of-norland": ("GovernmentBody", "Embassy of Norland"),
    "hill-conference": ("Meeting", "Hill Conference"),
    "lake-charter": ("Agreement", "Lake Charter"),
    "lake-summit": ("Meeting", "Lake Summit"),
    "norland": ("State", "Norland"),
    "red-column": ("ArmedGroup", "Red Column"),
    "river-union": ("InternationalOrganization", "River Union"),
    "secretary": ("Post", "Secretary of the River Union"),
    "sudmark": ("State", "Südmark"),
    "truce": ("Ceasefire", "truce"),
    "vale-accord": ("Agreement", "Vale Accord"),
    "vale-city": ("Place", "Vale City"),
    "valians": ("Population", "Valians"),
    "war-in-vale": ("ArmedConflict", "war in Vale"),
    "water-dispute": ("Dispute", "water dispute in Vale"),
}
OTHER_NAMES = {
    "river-union": ("RU",),
    "norland": ("Kingdom of Norland",),
    "vale-accord": ("Accord",),
    "lake-charter": ("Charter",),
}
ENTITIES = tuple(
    Entity(
        id_,
        cls,
        label,
        OTHER_NAMES.get(id_, ()),
        documents=tuple(sorted(SENTENCES)) if id_ == "norland" else ("one.txt",),
    )
    for id_, (cls, label) in CLASSES.items()
)


def quote(name: str, number: int) -> Evidence:
    """Sentence `number` of a document, without its full stop."""
    words = SENTENCES[name][number].rstrip(".")
    start = BY_NAME[name].text.index(words)
    return Evidence.of(BY_NAME[name], Span(start, start + len(words)))


def claim(stated: str, *places: tuple[str, int], how: str = "asserted", **details: str | tuple[str, ...]) -> Claim:
    """A claim such as ``norland signs vale-accord``, with the sentences that state it."""
    subject, predicate, object_ = stated.split()
    evidence = tuple(sorted(quote(*place) for place in places))
    return Claim(subject, predicate, object_, Modality(how), evidence, "rule", 0.9, **details)


CONDEMNED = claim("norland criticizes red-column", ("two.txt", 5), date="2024-02-09")
CLAIMS = tuple(
    sorted(
        (
            claim("norland partyTo war-in-vale", ("one.txt", 0)),
            claim("red-column partyTo war-in-vale", ("one.txt", 0)),
            claim("valians affectedBy war-in-vale", ("one.txt", 1)),
            claim("river-union mediates war-in-vale", ("one.txt", 2)),
            claim("vale-accord addresses war-in-vale", ("one.txt", 3)),
            claim("norland signs vale-accord", ("one.txt", 4), date="2023-04"),
            claim("red-column violates vale-accord", ("one.txt", 5)),
            claim("sudmark memberOf river-union", ("one.txt", 6)),
            claim("ana-ruiz holdsPost secretary", ("one.txt", 7)),
            claim("river-union proposes lake-summit", ("one.txt", 8)),
            claim("norland cooperatesWith sudmark", ("one.txt", 9), ("two.txt", 0)),
            claim("norland participatesIn lake-summit", ("two.txt", 1), date="2024-01-15"),
            claim("river-union participatesIn lake-summit", ("two.txt", 1), date="2024-01-15"),
            claim("bo-tan holdsPost secretary", ("two.txt", 2)),
            claim("bo-tan represents river-union", ("two.txt", 3)),
            claim("red-column participatesIn truce", ("two.txt", 4), how="requested", speaker="bo-tan"),
            CONDEMNED,
            claim("sudmark supports norland", ("two.txt", 6)),
            claim("sudmark aids valians", ("two.txt", 7)),
            claim("sudmark sanctions red-column", ("two.txt", 8)),
            claim("red-column attacks vale-city", ("two.txt", 9)),
            claim("norland criticizes red-column", ("three.txt", 0), how="negated", contradicts=(CONDEMNED.id,)),
            claim("sudmark organizes hill-conference", ("three.txt", 1), how="planned", date="2024-09"),
            claim("river-union callsOn norland", ("three.txt", 2)),
            claim("vale-accord basedOn lake-charter", ("three.txt", 3)),
            claim("river-union proposes hill-conference", ("three.txt", 4)),
        ),
        key=lambda each: each.id,
    )
)
MEASURES = {"degree": {"norland": 6.0, "red-column": 5.0}, "betweenness": {"norland": 0.5, "red-column": 0.25}}
RECORD = Record(DOCUMENTS, ENTITIES, CLAIMS, MEASURES)
