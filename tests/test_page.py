"""The page as text: same bytes, data that stays data, nothing asked of the network."""

import json
import math
import re
import time
from base64 import b64encode
from hashlib import sha256
from itertools import combinations, product
from operator import mul

import pytest

from dragoman.ontology import ClassTerm, Ontology, PropertyTerm, load_ontology
from dragoman.page import data as page_module
from dragoman.page import format_page, selection, write_page
from dragoman.page.data import page_data, to_edges, to_nodes
from dragoman.page.layout import place_nodes
from dragoman.page.page import format_json
from dragoman.page.selection import Selection
from dragoman.records import Claim, Document, Entity, Evidence, Modality, Span

ONTOLOGY = Ontology(
    classes={
        "Actor": ClassTerm("Actor", "actor", "Who acts.", (), "#4a7f9e", "dot", 10),
        "State": ClassTerm("State", "state", "A country.", ("Actor",), "#4B96E1", "dot", 11),
        "Statement": ClassTerm("Statement", "statement", "A text.", (), "javascript:x", "image", 40),
    },
    properties={
        "cooperatesWith": PropertyTerm("cooperatesWith", "cooperates with", "", (), True, "#0072b2", 111),
        "supports": PropertyTerm("supports", "supports", "", (), False, "#009068", 112),
        "criticizes": PropertyTerm("criticizes", "criticizes", "", (), False, "#d9642a", 121),
    },
)
DOCUMENT = Document("north.txt", "Norland praised Suthria. Norland praised Suthria.", "0" * 64, "Remarks", "2025-03-04")
ENTITIES = [
    Entity("norland", "State", "Norland", ("Kingdom of Norland",), documents=("north.txt",)),
    Entity("suthria", "State", "Suthria", documents=("north.txt",)),
    Entity("harbour-note", "Statement", "Harbour Note"),
]


def claim(subject="norland", predicate="supports", object_="suthria", modality=Modality.ASSERTED, **more):
    evidence = more.pop("evidence", (Evidence("north.txt", Span(0, 24), "Norland praised Suthria.", "", " Norland"),))
    return Claim(subject, predicate, object_, modality, evidence, "verb", 0.9, **more)


def page(entities=ENTITIES, claims=None, documents=(DOCUMENT,), measures=None, title="Two shores"):
    return format_page(
        entities=entities,
        claims=[claim()] if claims is None else claims,
        documents=documents,
        measures=measures or {},
        ontology=ONTOLOGY,
        title=title,
    )


def block(text, name):
    return json.loads(re.search(rf'<script type="application/json" id="{name}">(.*?)</script>', text, re.S)[1])


def edges(*claims):
    return to_edges(ENTITIES, claims, ONTOLOGY)


def test_page_is_the_same_bytes_twice(tmp_path):
    for name in ("one.html", "two.html"):
        write_page(
            tmp_path / name,
            entities=ENTITIES,
            claims=[claim()],
            documents=[DOCUMENT],
            measures={"pagerank": {"norland": 1 / 3}},
            ontology=ONTOLOGY,
            title="Two shores",
        )
    assert (tmp_path / "one.html").read_bytes() == (tmp_path / "two.html").read_bytes()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["one.html", "two.html"]


def test_page_replaces_an_old_page_and_leaves_nothing_beside(tmp_path):
    target = tmp_path / "graph.html"
    target.write_text("old")
    write_page(target, entities=[], claims=[], documents=[], measures={}, ontology=ONTOLOGY, title="Empty")
    assert target.read_text(encoding="utf-8").startswith("<!DOCTYPE html>")
    assert list(tmp_path.iterdir()) == [target]


def test_page_asks_for_nothing():
    text = page()
    ours = re.sub(r"<script>/\*\*\n \* vis-network.*?</script>", "", text, flags=re.S)
    assert len(ours) < len(text) / 2, "the library was not set aside"
    assert "http://" not in ours.replace("http://www.w3.org/2000/svg", "")
    assert "https://" not in ours
    assert not re.search(r"<(script|img|iframe|object|embed)\b[^>]*\bsrc=", ours)
    assert re.findall(r"<link[^>]*>", ours) == ['<link rel="icon" href="data:,">']
    assert not re.search(r"@import|url\(|sourceMappingURL", text.split("</style>")[0])
    assert "sourceMappingURL" not in text


def policy_of(text):
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', text)[1]
    return {name: values.split() for name, _, values in (part.strip().partition(" ") for part in policy.split(";"))}


def source(text):
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"


def test_page_admits_its_own_scripts_and_styles_only():
    text = page()
    policy = policy_of(text)
    scripts = re.findall(r"<script>(.*?)</script>", text, re.S)
    assert len(scripts) == 2
    assert policy["script-src"] == [source(script) for script in scripts]
    assert source(re.search(r"<style>(.*?)</style>", text, re.S)[1]) in policy["style-src"]
    assert policy["default-src"] == ["'none'"]
    assert policy["require-trusted-types-for"] == ["'script'"]
    assert all(value.startswith("'sha256-") for value in policy["style-src"])
    assert not re.search(r"\son[a-z]+=|\sstyle=", text.split("<body>")[1].split("<script")[0]), (
        "no inline handler or style"
    )


@pytest.mark.parametrize(
    "hostile", ["</script><script>alert(1)</script>", "<!--<script>", "{{ 7 * 7 }}{% raw %}", "a\u2028b", "&lt;"]
)
def test_page_keeps_hostile_words_as_data(hostile):
    entity = Entity("norland", "State", hostile, (hostile,))
    evidence = (Evidence("north.txt", Span(0, 5), hostile, hostile, hostile),)
    text = page(
        entities=[entity, *ENTITIES[1:]],
        claims=[claim(evidence=evidence)],
        documents=[Document("north.txt", "x", "0" * 64, hostile, author=hostile)],
        title=hostile,
    )
    data = block(text, "data")
    assert data["entities"][0]["label"] == hostile
    assert data["claims"][0]["ev"] == [[0, hostile, hostile, hostile]]
    assert data["documents"][0]["title"] == hostile
    assert text.count("</script") == 5
    assert "<script>alert" not in text
    assert "\u2028" not in text.split("<body>")[1].split('id="data">')[1].split("</script>")[0]


def test_json_escapes_what_could_end_a_script():
    assert format_json("</a>&\u2028\u2029é") == '"\\u003c/a\\u003e\\u0026\\u2028\\u2029é"'
    half, numbers = "\ud800<", [0.0, 1.0, 2.5e-07, 0.85, 12, True, None]
    assert json.loads(format_json([half, numbers])) == [half, numbers]
    assert json.loads(format_json({"a": numbers})) == {"a": numbers}


def test_page_writes_a_lone_surrogate_without_failing(tmp_path):
    entities = [Entity("odd", "State", "bad \ud800 mark")]
    target = tmp_path / "p.html"
    write_page(target, entities=entities, claims=[], documents=[], measures={}, ontology=ONTOLOGY, title="x")
    assert "bad ? mark" in target.read_text(encoding="utf-8")


def test_nodes_of_an_unknown_class_are_drawn_grey_and_round():
    (node,) = to_nodes([Entity("x", "Spaceship", "X")], [], ONTOLOGY)
    assert (node["shape"], node["color"]) == ("dot", "#888888")
    data = page_data(Selection([Entity("x", "Spaceship", "X")], []), documents=[], measures={}, ontology=ONTOLOGY)
    assert data["classes"][0]["id"] == "Spaceship"


def test_classes_of_a_user_come_in_their_order_with_their_look(tmp_path):
    own = tmp_path / "own.ttl"
    own.write_text(
        """@prefix dgm: <https://w3id.org/dragoman/ontology#> . @prefix owl: <http://www.w3.org/2002/07/owl#> .
        @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
        dgm:Guild a owl:Class ; rdfs:subClassOf dgm:Actor ; rdfs:label "guild"@en ;
            dgm:colour "#3344cc" ; dgm:shape "star" ; dgm:order 5 .
        dgm:Hamlet a owl:Class ; rdfs:subClassOf dgm:Place ; rdfs:label "hamlet"@en .""",
        encoding="utf-8",
    )
    ontology = load_ontology(own)
    entities = [Entity("h", "Hamlet", "H"), Entity("s", "State", "S"), Entity("g", "Guild", "G")]
    data = page_data(Selection(entities, []), documents=[], measures={}, ontology=ontology)
    rows = [(row["id"], row["colour"], row["shape"], row["top"]) for row in data["classes"]]
    place = ontology.classes["Place"]
    assert rows == [
        ("Guild", "#3344cc", "star", "actor"),
        ("State", ontology.classes["State"].colour, "dot", "actor"),
        ("Hamlet", place.colour, place.shape, "place"),
    ]
    assert [node["shape"] for node in to_nodes(entities, [], ontology)] == [place.shape, "dot", "star"]


def test_nodes_take_no_colour_or_shape_that_is_none():
    (node,) = to_nodes([ENTITIES[2]], [], ONTOLOGY)
    assert (node["shape"], node["color"]) == ("dot", "#888888")


def test_edges_of_an_unknown_property_are_drawn():
    assert edges(claim(predicate="teleports"))[0]["color"] == "#888888"


def test_edges_join_claims_that_look_alike():
    first, second = edges(claim(), claim(date="2024"), claim(modality=Modality.NEGATED))
    assert (first["claims"], second["claims"]) == ([0, 1], [2])
    assert (first["dashes"], first["crossed"]) == (False, False)
    assert (second["dashes"], second["crossed"], second["color"]) == (False, True, "#c0392b")
    assert first["smooth"] != second["smooth"], "edges between the same two bend apart"


def test_edges_of_each_modality_look_their_own_way():
    looks = [(str(edge["dashes"]), edge["crossed"]) for edge in edges(*(claim(modality=each) for each in Modality))]
    assert len(set(looks)) == len(Modality)
    assert looks[list(Modality).index(Modality.ASSERTED)] == ("False", False)
    assert looks[list(Modality).index(Modality.NEGATED)] == ("False", True)


def test_edges_of_a_symmetric_property_have_no_arrow_and_no_direction():
    (edge,) = edges(claim(predicate="cooperatesWith"), claim("suthria", "cooperatesWith", "norland"))
    assert (edge["arrows"], edge["claims"]) == ("", [0, 1])


def test_edges_refuse_a_claim_about_nobody():
    with pytest.raises(ValueError, match=r"claim norland supports atlantis: no entity has the id 'atlantis'"):
        edges(claim(object_="atlantis"))


def test_data_numbers_families_where_the_order_leaves_a_gap():
    claims = [claim(), claim(predicate="cooperatesWith"), claim(predicate="criticizes"), claim(predicate="teleports")]
    data = page_data(Selection(ENTITIES, claims), documents=[DOCUMENT], measures={}, ontology=ONTOLOGY)
    assert [row["family"] for row in data["properties"]] == [0, 0, 1, 3]


def test_data_names_a_document_that_was_not_given():
    data = page_data(Selection(ENTITIES, [claim()]), documents=[], measures={}, ontology=ONTOLOGY)
    assert data["documents"] == [{"name": "north.txt", "title": "", "date": "", "author": ""}]


def test_data_counts_degree_where_no_measure_is_given():
    data = page_data(Selection(ENTITIES, [claim()]), documents=[DOCUMENT], measures={}, ontology=ONTOLOGY)
    assert data["measures"] == ["degree"]
    assert [entity["m"] for entity in data["entities"]] == [[1.0], [1.0], [0.0]]


def test_data_links_claims_that_contradict():
    denied = claim(modality=Modality.NEGATED)
    claims = [denied, claim(contradicts=(denied.id, "gone"))]
    data = page_data(Selection(ENTITIES, claims), documents=[], measures={}, ontology=ONTOLOGY)
    assert [row["against"] for row in data["claims"]] == [[], [0]]


def test_data_numbers_communities_from_the_largest():
    communities = {"norland": "North", "suthria": "South & Harbour", "harbour-note": "South & Harbour"}
    data = page_data(Selection(ENTITIES, []), documents=[], measures={}, ontology=ONTOLOGY, communities=communities)
    assert data["communities"] == [{"id": "South & Harbour"}, {"id": "North"}]
    assert [entity["group"] for entity in data["entities"]] == [1, 0, 0]


def test_data_knows_entities_without_a_community():
    data = page_data(Selection(ENTITIES, []), documents=[], measures={}, ontology=ONTOLOGY)
    assert data["communities"] == []
    assert {entity["group"] for entity in data["entities"]} == {-1}


@pytest.mark.parametrize("count", [1, 2, 40, 900])
def test_places_are_whole_apart_and_the_same_twice(count):
    links = [(node, (node * 7 + 3) % count) for node in range(count)] + [(0, node) for node in range(0, count, 5)]
    places = place_nodes(count, links)
    assert places == place_nodes(count, reversed(links))
    assert all(isinstance(number, int) for place in places for number in place)
    assert len(set(places)) == count


def test_places_put_lone_nodes_below_the_rest():
    places = place_nodes(6, [(0, 1), (1, 2)])
    assert min(y for _, y in places[3:]) > max(y for _, y in places[:3])


def test_places_put_the_largest_part_above_and_no_part_within_another():
    large = [(node, (node * 5 + 1) % 40) for node in range(40)] + [(0, node) for node in range(40)]
    small = [[(40, 41)], [(42, 43), (43, 44)], [(45, 46), (46, 47), (47, 45)]]
    places = place_nodes(48, large + [link for part in small for link in part])
    boxes = [box(places[:40])] + [box([places[node] for node in sorted({*sum(part, ())})]) for part in small]
    assert all(low[1] > boxes[0][1][1] for low, _ in boxes[1:])
    for number, (low, high) in enumerate(boxes):
        for other_low, other_high in boxes[number + 1 :]:
            assert low[0] > other_high[0] or other_low[0] > high[0] or low[1] > other_high[1] or other_low[1] > high[1]


def box(places):
    return tuple(map(min, zip(*places, strict=True))), tuple(map(max, zip(*places, strict=True)))


def test_places_of_many_put_what_hangs_on_one_node_beside_it():
    hubs, around = 8, 60
    ring = [(hub, (hub + 1) % hubs) for hub in range(hubs)]
    hanging = {hubs + number: number % hubs for number in range(hubs * around)}
    places = place_nodes(hubs + len(hanging), [*ring, *hanging.items()])
    nearest = {node: min(range(hubs), key=lambda hub: math.dist(places[hub], places[node])) for node in hanging}
    assert sum(nearest[node] == hub for node, hub in hanging.items()) > 0.95 * len(hanging)
    assert len(set(places)) == len(places)


@pytest.mark.parametrize("links", [[(0, node) for node in range(1, 500)], [(node, node + 1) for node in range(499)]])
def test_places_of_a_star_and_of_a_chain_of_many_are_apart(links):
    assert len(set(place_nodes(500, links))) == 500


def test_places_of_many_are_found_in_seconds():
    count = 3000
    started = time.perf_counter()
    place_nodes(count, [(node, node * 7919 % (node + 1)) for node in range(1, count)])
    assert time.perf_counter() - started < 20


# -- Colours --------------------------------------------------------------------------------------------------------

SIGHT = {
    "full": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "without red": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "without green": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.01182, 0.04294, 0.968881)),
}
"""What colour-blind eyes make of linear RGB: Machado, Oliveira and Fernandes 2009, https://doi.org/10.1109/TVCG.2009.113."""
APART = 9.0
"""Distance in CIELAB at which two patches are plainly two."""
FRIENDLY = ("cooperatesWith", "engagesWith", "supports", "aids")
HOSTILE = ("criticizes", "opposes", "sanctions", "threatens", "attacks", "violates")


@pytest.mark.parametrize("sight", SIGHT)
def test_classes_of_one_shape_are_told_apart_by_colour(sight):
    terms = load_ontology().classes.values()
    for one, other in combinations(terms, 2):
        if one.shape == other.shape:
            assert distance(one.colour, other.colour, sight) > APART, f"{one.name} and {other.name}"


@pytest.mark.parametrize("sight", SIGHT)
def test_friendly_and_hostile_links_are_told_apart_by_colour(sight):
    terms = load_ontology().properties
    for friendly, hostile in product(FRIENDLY, HOSTILE):
        apart = distance(terms[friendly].colour, terms[hostile].colour, sight)
        assert apart > 2 * APART, f"{friendly} and {hostile}"


def distance(one, other, sight):
    """Of two colours in CIELAB (CIE 1976), as the sight has them."""
    return math.dist(to_lab(one, SIGHT[sight]), to_lab(other, SIGHT[sight]))


def to_lab(colour, sight):
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in channels]
    red, green, blue = (min(1, max(0, sum(map(mul, row, linear)))) for row in sight)
    xyz = (
        (0.4124 * red + 0.3576 * green + 0.1805 * blue) / 0.9505,
        0.2126 * red + 0.7152 * green + 0.0722 * blue,
        (0.0193 * red + 0.1192 * green + 0.9505 * blue) / 1.089,
    )
    x, y, z = (value ** (1 / 3) if value > 0.008856 else 7.787 * value + 16 / 116 for value in xyz)
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def test_page_of_a_large_graph_shows_what_is_central_and_well_attested(monkeypatch):
    monkeypatch.setattr(selection, "MOST_ENTITIES", 3)
    monkeypatch.setattr(selection, "MOST_CLAIMS", 2)
    monkeypatch.setattr(page_module, "MOST_QUOTES", 1)
    names = ("hub", "north", "south", "east", "alone")
    entities = [Entity(name, "State", name.title(), (f"{name} land",)) for name in names]
    quotes = tuple(Evidence(f"{number}.txt", Span(0, 3), "Hub", "", "") for number in range(3))
    claims = [
        claim("hub", "supports", "north", evidence=quotes[:1]),
        claim("hub", "supports", "north", Modality.PLANNED, evidence=quotes),
        claim("south", "opposes", "hub", evidence=quotes[:2]),
        claim("north", "supports", "south", evidence=quotes[:1]),
        claim("hub", "supports", "east", evidence=quotes),
    ]
    text = page(entities, claims)
    found = block(text, "data")
    assert [entity["id"] for entity in found["entities"]] == ["hub", "north", "south"]
    assert [(row["s"], row["o"], row["quotes"], len(row["ev"]), len(row["docs"])) for row in found["claims"]] == [
        (0, 1, 3, 1, 3),
        (2, 0, 2, 1, 2),
    ]
    assert found["allClaims"] == 5
    assert found["others"] == [
        {"label": "state", "entities": [["east", 1, "East", "east land"], ["alone", 0, "Alone", "alone land"]]}
    ]
    assert len(block(text, "nodes")) == 3


def test_page_of_a_usual_graph_shows_all():
    found = block(page(), "data")
    assert (len(found["entities"]), len(found["claims"]), found["others"]) == (3, 1, [])
