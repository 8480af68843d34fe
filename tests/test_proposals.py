"""Near matches of names, proposed and not made."""

from __future__ import annotations

import pytest

from dragoman.gazetteer import load_gazetteer
from dragoman.lexicon import load_lexicon
from dragoman.namekeys import NameKeys
from dragoman.ontology import load_ontology
from dragoman.proposals import LARGEST, find_proposals
from dragoman.records import Entity

ONTOLOGY = load_ontology()
NAMES = NameKeys(load_gazetteer(ONTOLOGY), load_lexicon(ONTOLOGY), ONTOLOGY)


def entity(id_: str, cls: str, *names: str, documents: tuple[str, ...] = ("a.txt",)) -> Entity:
    return Entity(id_, cls, names[0], names[1:], documents=documents)


@pytest.mark.parametrize(
    ("cls", "left", "right", "why"),
    [
        ("CivilSocietyOrganization", "Vale Relief Watch", "VRW", "one may be the initials of the other"),
        ("Person", "Julius Alder", "J. Alder", "one may be a shorter name of the other"),
        ("Person", "Julius Alder", "Alder", "one may be a shorter name of the other"),
        ("Person", "Katerina Alder", "Katarina Alder", "one may be a shorter name of the other"),
        ("Agreement", "Vale Peace Agreement", "Vale Agreement", "their names differ by little"),
        ("ArmedConflict", "war in Malawi", "conflict in Malawi", "their names differ by little"),
        ("Plan", "Ulvan Bekara Plan", "Ulven Bekara Plan", "their names differ by little"),
    ],
)
def test_near_matches_are_proposed(cls, left, right, why):
    pair = [entity("l", cls, left, documents=("a.txt", "b.txt")), entity("r", cls, right)]
    assert find_proposals(pair, NAMES) == [("l", "r", why)]
    assert find_proposals(pair[::-1], NAMES) == [("l", "r", why)]


@pytest.mark.parametrize(
    ("cls", "left", "right"),
    [
        ("Meeting", "First Vale Summit", "Second Vale Summit"),
        ("Resolution", "Security Council resolution 2254", "Security Council resolution 2255"),
        ("Person", "Julius Alder", "K. Alder"),
        ("Person", "Julius Alder", "Martin Alder"),
        ("ArmedConflict", "war in Malawi", "war in Zambia"),
        ("ArmedGroup", "Red Column", "Blue Column"),
        ("State", "Niger", "Nigeria"),
    ],
)
def test_what_differs_is_not_proposed(cls, left, right):
    assert find_proposals([entity("l", cls, left), entity("r", cls, right)], NAMES) == []


def test_entities_of_different_kinds_or_of_no_document_are_not_proposed():
    plan = entity("l", "Plan", "Vale Relief Watch")
    assert find_proposals([plan, entity("r", "Place", "VRW")], NAMES) == []
    assert find_proposals([plan, entity("r", "Plan", "VRW", documents=())], NAMES) == []


def test_what_many_share_is_not_proposed():
    many = [entity(f"e{n}", "Plan", f"Vale {chr(97 + n) * 6} Plan") for n in range(LARGEST + 1)]
    assert find_proposals([*many, entity("x", "Plan", "Vale Plan")], NAMES) == []
