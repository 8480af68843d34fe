"""Names of states, organizations and everything else under ``ontology/names``: what must hold of the data."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from pathlib import Path

import pyoxigraph as ox
import pytest

from dragoman.ontology import DGM, RDF, SKOS, load_ontology, ontology_folder, read_turtle

ID = "https://w3id.org/dragoman/id/"
DCTERMS = "http://purl.org/dc/terms/"
OWL = "http://www.w3.org/2002/07/owl#"
OF_OTHERS = {"given-names.ttl", "holders.ttl"}
"""Files without entries of their own."""
FILES = [path for path in sorted((ontology_folder() / "names").glob("*.ttl")) if path.name not in OF_OTHERS]
OURS = [path for path in FILES if path.name in {"states.ttl", "organizations.ttl"}]
NAMES = (SKOS + "prefLabel", SKOS + "altLabel", DGM + "acronym", DGM + "adjective", DGM + "people", DGM + "capital")
OF_ORGANIZATIONS = ("InternationalOrganization", "OrganizationBody", "Coalition")


def read(path: Path) -> ox.Store:
    return read_turtle([path])


def values(store: ox.Store, predicate: str) -> dict[str, list[str]]:
    """For each id, the values of `predicate`, IRIs by their last part."""
    found: dict[str, list[str]] = defaultdict(list)
    for quad in store.quads_for_pattern(None, ox.NamedNode(predicate), None):
        value = quad.object.value
        found[quad.subject.value.removeprefix(ID)].append(re.split("[/#]", value)[-1] if is_iri(quad) else value)
    return dict(found)


def is_iri(quad: ox.Quad) -> bool:
    return isinstance(quad.object, ox.NamedNode)


def slug(label: str) -> str:
    """The id that a label gives: ASCII, lower case, apostrophes left out, hyphens for the rest."""
    plain = unicodedata.normalize("NFKD", label).encode("ascii", "ignore").decode().lower()
    return re.sub("[^a-z0-9]+", "-", plain.replace("'", "").replace("&", " and ")).strip("-")


def test_states_and_organizations_are_among_the_files():
    assert [path.name for path in OURS] == ["organizations.ttl", "states.ttl"]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_each_id_has_one_class_of_the_ontology_and_one_preferred_label(path):
    store = read(path)
    classes, labels = values(store, RDF + "type"), values(store, SKOS + "prefLabel")
    known = load_ontology().classes
    subjects = {quad.subject.value.removeprefix(ID) for quad in store if quad.subject.value.startswith(ID)}
    assert subjects
    assert {id_: classes.get(id_) for id_ in subjects if len(classes.get(id_, [])) != 1} == {}
    assert {id_: labels.get(id_) for id_ in subjects if len(labels.get(id_, [])) != 1} == {}
    assert {id_: classes[id_] for id_ in subjects if classes[id_][0] not in known} == {}


def test_an_id_stands_in_one_file_only():
    files: dict[str, set[str]] = defaultdict(set)
    for path in FILES:
        for id_ in values(read(path), RDF + "type"):
            files[id_].add(path.name)
    assert {id_: names for id_, names in files.items() if len(names) > 1} == {}


@pytest.mark.parametrize("path", OURS, ids=lambda path: path.name)
def test_an_id_is_the_slug_of_its_preferred_label_and_is_described_once(path):
    for id_, (label,) in values(read(path), SKOS + "prefLabel").items():
        assert id_ == slug(label)
    described = Counter(re.findall(r"^id:(\S+) a ", path.read_text(encoding="utf-8"), re.MULTILINE))
    assert [id_ for id_, times in described.items() if times > 1] == []


@pytest.mark.parametrize("path", OURS, ids=lambda path: path.name)
def test_names_are_english_and_free_of_stray_spaces(path):
    literals = [quad.object for quad in read(path) if quad.predicate.value in NAMES]
    assert [name.value for name in literals if name.language != "en"] == []
    assert [name.value for name in literals if name.value != " ".join(name.value.split()) or not name.value] == []


@pytest.mark.parametrize("path", OURS, ids=lambda path: path.name)
def test_a_name_that_two_share_is_told_apart_by_notes(path):
    store = read(path)
    bearers: dict[str, set[str]] = defaultdict(set)
    for predicate in NAMES:
        for id_, names in values(store, predicate).items():
            for name in names:
                bearers[name].add(id_)
    noted = values(store, SKOS + "note").keys()
    assert {name: ids for name, ids in bearers.items() if len(ids) > 1 and not ids <= noted} == {}


@pytest.mark.parametrize("path", OURS, ids=lambda path: path.name)
def test_what_something_is_part_of_is_listed(path):
    listed = {id_ for file in FILES for id_ in values(read(file), RDF + "type")}
    wholes = values(read(path), DCTERMS + "isPartOf")
    assert {id_: whole for id_, whole in wholes.items() if not listed.issuperset(whole)} == {}


@pytest.mark.parametrize(("code", "form"), [("iso2", "[A-Z]{2}"), ("iso3", "[A-Z]{3}")])
def test_iso_codes_are_well_formed_and_unique(code, form):
    codes = values(read(ontology_folder() / "names" / "states.ttl"), DGM + code)
    assert {id_: found for id_, found in codes.items() if len(found) != 1 or not re.fullmatch(form, found[0])} == {}
    assert [value for value, times in Counter(found[0] for found in codes.values()).items() if times > 1] == []


def test_a_two_letter_code_never_stands_without_the_three_letter_one():
    store = read(ontology_folder() / "names" / "states.ttl")
    assert values(store, DGM + "iso2").keys() <= values(store, DGM + "iso3").keys()


def test_members_and_observers_of_the_united_nations_are_there():
    store = read(ontology_folder() / "names" / "states.ttl")
    assert {cls for (cls,) in values(store, RDF + "type").values()} == {"State"}
    assert len(values(store, DGM + "iso2")) >= 193 + 2  # those without are former states and Kosovo
    assert {"holy-see", "palestine"} <= values(store, DGM + "iso3").keys()


def test_wikidata_items_are_well_formed_and_unique():
    items = values(read(ontology_folder() / "names" / "states.ttl"), OWL + "sameAs")
    assert [found for found in items.values() if len(found) != 1 or not re.fullmatch(r"Q[1-9]\d*", found[0])] == []
    assert len({found[0] for found in items.values()}) == len(items) >= 194


@pytest.mark.parametrize(
    ("id_", "predicate", "name"),
    [
        ("afghanistan", DGM + "adjective", "Afghan"),
        ("cote-divoire", SKOS + "altLabel", "Ivory Coast"),
        ("democratic-republic-of-the-congo", DGM + "acronym", "DRC"),
        ("republic-of-the-congo", SKOS + "altLabel", "Congo"),
        ("north-korea", SKOS + "altLabel", "Democratic People's Republic of Korea"),
        ("turkiye", SKOS + "altLabel", "Turkey"),
        ("united-states", DGM + "acronym", "U.S."),
        ("soviet-union", DGM + "acronym", "USSR"),
        ("yugoslavia", SKOS + "altLabel", "Federal Republic of Yugoslavia"),
    ],
)
def test_a_state_bears_the_names_it_is_known_by(id_, predicate, name):
    assert name in values(read(ontology_folder() / "names" / "states.ttl"), predicate)[id_]


@pytest.mark.parametrize("adjective", ["Congolese", "Dominican", "Korean", "Central African"])
def test_an_adjective_that_two_states_share_is_left_out(adjective):
    adjectives = values(read(ontology_folder() / "names" / "states.ttl"), DGM + "adjective")
    assert not [id_ for id_, found in adjectives.items() if adjective in found]


def test_at_least_350_organizations_bodies_and_coalitions_are_there():
    classes = values(read(ontology_folder() / "names" / "organizations.ttl"), RDF + "type")
    assert len([id_ for id_, (cls,) in classes.items() if cls in OF_ORGANIZATIONS]) >= 350
    assert {cls for (cls,) in classes.values()} == {*OF_ORGANIZATIONS, "CivilSocietyOrganization"}


def test_a_body_of_the_security_council_is_part_of_the_united_nations():
    wholes = values(read(ontology_folder() / "names" / "organizations.ttl"), DCTERMS + "isPartOf")
    assert wholes["counter-terrorism-committee"] == ["united-nations-security-council"]
    assert wholes["united-nations-security-council"] == ["united-nations"]


def test_nothing_is_part_of_itself():
    wholes = values(read(ontology_folder() / "names" / "organizations.ttl"), DCTERMS + "isPartOf")
    for id_ in wholes:
        above: list[str] = []
        at = [id_]
        while at:
            above += at
            at = wholes.get(at[0], [])
            assert id_ not in at, f"{id_} is part of itself: {' < '.join([*above, id_])}"
