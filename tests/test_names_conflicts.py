"""The name files on conflicts, instruments, armed actors, missions, themes, places, people and posts."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from functools import cache
from pathlib import Path

import pyoxigraph
import pytest

NAMES = Path(__file__).parent.parent / "ontology" / "names"
DGM = "https://w3id.org/dragoman/ontology#"
ID = "https://w3id.org/dragoman/id/"
SKOS = "http://www.w3.org/2004/02/skos/core#"
DCTERMS = "http://purl.org/dc/terms/"
TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
LABELS = {SKOS + "prefLabel", SKOS + "altLabel", DGM + "acronym"}
INSTRUMENTS = {"Agreement", "Ceasefire", "Plan", "Statement", "Process", "Meeting", "Sanctions", "Programme"}
# file: the classes it may use, the least number of things it names
FILES: dict[str, tuple[set[str], int]] = {
    "armed-groups": ({"ArmedGroup"}, 200),
    "government-bodies": ({"GovernmentBody"}, 120),
    "conflicts": ({"ArmedConflict", "Dispute", "Crisis"}, 200),
    "instruments": (INSTRUMENTS, 300),
    "missions": ({"Mission"}, 120),
    "themes": ({"ThematicIssue"}, 70),
    "places": ({"Place"}, 900),
    "persons": ({"Person"}, 250),
    "posts": ({"Post"}, 60),
}


@cache
def triples(file: str) -> tuple[tuple[str, str, str], ...]:
    parsed = pyoxigraph.parse(path=str(NAMES / f"{file}.ttl"), format=pyoxigraph.RdfFormat.TURTLE)
    return tuple((t.subject.value, t.predicate.value, t.object.value) for t in parsed)


def values(file: str, predicate: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for subject, stated, value in triples(file):
        if stated == predicate:
            found[subject].append(value)
    return found


@pytest.mark.parametrize("file", FILES)
def test_each_name_has_one_class_and_one_preferred_label(file: str) -> None:
    subjects = {subject for subject, _, _ in triples(file)}
    for predicate in (TYPE, SKOS + "prefLabel"):
        found = values(file, predicate)
        assert {subject: found[subject] for subject in subjects if len(found[subject]) != 1} == {}


@pytest.mark.parametrize("file", FILES)
def test_each_file_uses_its_own_classes_and_holds_enough(file: str) -> None:
    allowed, least = FILES[file]
    classes = Counter(found[0] for found in values(file, TYPE).values())
    assert set(classes) <= {DGM + name for name in allowed}
    assert sum(classes.values()) >= least


@pytest.mark.parametrize("file", FILES)
def test_ids_are_lower_case_ascii_slugs(file: str) -> None:
    slugs = {subject.removeprefix(ID) for subject, _, _ in triples(file)}
    assert {slug for slug in slugs if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", slug)} == set()


def test_an_id_stands_in_one_names_file_only() -> None:
    homes: dict[str, set[str]] = defaultdict(set)
    for path in sorted(NAMES.glob("*.ttl")):
        for subject, predicate, _ in triples(path.stem):
            if predicate == SKOS + "prefLabel":
                homes[subject].add(path.stem)
    assert {subject: files for subject, files in homes.items() if len(files) > 1} == {}


def test_a_label_of_two_ids_is_told_apart_by_notes() -> None:
    owners: dict[str, set[str]] = defaultdict(set)
    noted: set[str] = set()
    for file in FILES:
        noted |= set(values(file, SKOS + "note"))
        for subject, predicate, value in triples(file):
            if predicate in LABELS:
                owners[value].add(subject)
    assert {label: ids for label, ids in owners.items() if len(ids) > 1 and not ids <= noted} == {}


def test_a_label_is_listed_once() -> None:
    for file in FILES:
        stated = Counter((s, value) for s, predicate, value in triples(file) if predicate in LABELS)
        assert [key for key, count in stated.items() if count > 1] == []


def test_states_and_wholes_are_named_somewhere() -> None:
    states = {subject for subject, predicate, _ in triples("states") if predicate == TYPE}
    known = {subject for path in NAMES.glob("*.ttl") for subject, _, _ in triples(path.stem)}
    for file in FILES:
        located = {value for found in values(file, DGM + "inState").values() for value in found}
        assert located <= states
        assert {value for found in values(file, DCTERMS + "isPartOf").values() for value in found} <= known


def test_given_names_are_single_capitalised_words() -> None:
    found = {value for _, predicate, value in triples("given-names") if predicate == DGM + "givenName"}
    assert len(found) >= 2500
    assert {name for name in found if " " in name or not name[0].isupper()} == set()


def test_no_given_name_is_the_whole_name_of_something_else() -> None:
    given = {value for _, predicate, value in triples("given-names") if predicate == DGM + "givenName"}
    named = {value for file in FILES if file != "persons" for _, p, value in triples(file) if p in LABELS}
    named |= {value for _, predicate, value in triples("states") if predicate in LABELS}
    assert given & named == set()
