"""Names under ``ontology/names`` taken together: whose a name is, and whom a person speaks for."""

from __future__ import annotations

from collections import defaultdict
from functools import cache

import pyoxigraph as ox

from dragoman.ontology import DGM, RDF, SKOS, ontology_folder, read_turtle

ID = "https://w3id.org/dragoman/id/"
ORGANIZATIONS = {"InternationalOrganization", "OrganizationBody", "CivilSocietyOrganization"}
SPOKEN_FOR = {"State", "GovernmentBody", "ArmedGroup", *ORGANIZATIONS}
NAMES = (SKOS + "prefLabel", SKOS + "altLabel", DGM + "acronym")


@cache
def store() -> ox.Store:
    return read_turtle(sorted((ontology_folder() / "names").glob("*.ttl")))


def pairs(predicate: str) -> list[tuple[str, str]]:
    """Every id with a value of `predicate`, IRIs by their last part."""
    quads = store().quads_for_pattern(None, ox.NamedNode(predicate), None)
    return [(quad.subject.value.removeprefix(ID), quad.object.value.removeprefix(ID)) for quad in quads]


def test_a_name_that_two_share_in_any_file_is_told_apart_by_notes_on_both():
    owners: dict[str, set[str]] = defaultdict(set)
    for predicate in NAMES:
        for id_, name in pairs(predicate):
            owners[name].add(id_)
    noted = {id_ for id_, _ in pairs(SKOS + "note")}
    assert {name: ids for name, ids in owners.items() if len(ids) > 1 and not ids <= noted} == {}


def test_persons_speak_for_one_listed_state_organization_or_group():
    classes = dict(pairs(RDF + "type"))
    spoken_for = dict(pairs(DGM + "speaksFor"))
    assert len(spoken_for) == len(pairs(DGM + "speaksFor")) >= 1300
    assert {classes[id_].removeprefix(DGM) for id_ in spoken_for} == {"Person"}
    assert {classes[whom].removeprefix(DGM) for whom in spoken_for.values()} <= SPOKEN_FOR


def test_given_names_stand_by_themselves():
    assert {id_ for id_, _ in pairs(DGM + "givenName")} == {"given-names"}
    assert "given-names" not in dict(pairs(RDF + "type"))
