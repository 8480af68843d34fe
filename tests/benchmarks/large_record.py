"""A made-up record of any size, the same each time: entities that are named the more often the lower their number."""

from __future__ import annotations

from random import Random

from dragoman.ontology import load_ontology
from dragoman.record import Record
from dragoman.records import Claim, Document, Entity, Evidence, Modality, Span

SEED = 20250724
MODALITIES = [*[Modality.ASSERTED] * 7, Modality.PLANNED, Modality.REQUESTED, Modality.NEGATED]
WORDS = """
    river harbour council border ceasefire treaty grain water relief envoy mountain delta trade mission northern island
    summit charter valley election corridor fishery refugee radio bridge railway
"""


def make_record(claims: int) -> Record:
    """A record with so many claims, some in several documents; about 25 triples each."""
    random, ontology, vocabulary = Random(SEED), load_ontology(), WORDS.split()
    documents = [
        Document(
            f"d{n:05}.txt",
            "",
            f"{n:064x}",
            title=f"Report {n}",
            date=f"{2000 + n % 26}-{n % 12 + 1:02}-{n % 28 + 1:02}",
        )
        for n in range(max(claims // 25, 2))
    ]
    classes = list(ontology.classes)
    names: dict[str, list[str]] = {}
    mentioned: dict[str, set[str]] = {}
    for number in range(max(claims // 6, len(classes))):
        cls = classes[number % len(classes)]
        label = f"{random.choice(vocabulary)} {random.choice(vocabulary)} {cls} {number}"
        mentioned[f"e{number}"] = set()
        names[f"e{number}"] = [cls, label]
    ids = list(names)
    by_class: dict[str, list[str]] = {}
    for id_ in ids:
        for cls in (names[id_][0], *ontology.classes[names[id_][0]].ancestors):
            by_class.setdefault(cls, []).append(id_)
    made: dict[str, Claim] = {}
    signatures = [
        (name, left, right)
        for name, term in ontology.properties.items()
        for lefts, rights in term.signatures
        for left in sorted(lefts)
        for right in sorted(rights)
        if left in by_class and right in by_class
    ]
    while len(made) < claims:
        predicate, left, right = random.choice(signatures)
        subject, object_, speaker = (_skewed(random, by_class[cls]) for cls in (left, right, "Actor"))
        if subject == object_:
            continue
        evidence = []
        for _ in range(2 if random.random() < 0.15 else 1):
            document = random.choice(documents)
            start = random.randrange(100_000)
            words = " ".join(random.choices(vocabulary, k=9))
            evidence.append(Evidence(document.name, Span(start, start + len(words)), words, "before ", " after"))
            for id_ in (subject, object_, speaker):
                mentioned[id_].add(document.name)
        claim = Claim(
            subject,
            predicate,
            object_,
            random.choice(MODALITIES),
            tuple(evidence),
            "rule",
            0.9,
            date=f"{2000 + random.randrange(26)}-{random.randrange(12) + 1:02}" if random.random() < 0.4 else "",
            speaker=speaker if random.random() < 0.3 else "",
        )
        made[claim.id] = claim
    entities = [
        Entity(id_, cls, label, (f"{label} too",), documents=tuple(sorted(mentioned[id_])))
        for id_, (cls, label) in names.items()
    ]
    measures = {"degree": {id_: float(len(mentioned[id_])) for id_ in ids}, "betweenness": dict.fromkeys(ids, 0.0)}
    return Record(tuple(documents), tuple(entities), tuple(sorted(made.values(), key=lambda claim: claim.id)), measures)


def _skewed(random: Random, ids: list[str]) -> str:
    return ids[int(len(ids) * random.random() ** 3)]
