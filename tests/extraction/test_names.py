import pytest
from sentences import find_entity, read

from dragoman.extraction.mentions import find_known
from dragoman.extraction.names import find_names
from dragoman.language.tokens import to_doc


def names_in(reader, text):
    doc = to_doc(reader.nlp(text))
    known = find_known(doc, reader.gazetteer, reader.lexicon, 0)
    return [(mention.name, mention.cls) for mention in find_names(doc, known, reader.lexicon, reader.gazetteer, 0)]


@pytest.mark.parametrize(
    ("text", "name", "cls"),
    [
        ("The Lake Accord was read.", "Lake Accord", "Agreement"),
        ("The Treaty of Bergen was read.", "Treaty of Bergen", "Agreement"),
        ("The Bergen Declaration on the Lake was read.", "Bergen Declaration on the Lake", "Statement"),
        ("The Recovery and Reconstruction Plan was read.", "Recovery and Reconstruction Plan", "Plan"),
        ("The Second Bergen Conference on Fisheries opened.", "Second Bergen Conference on Fisheries", "Meeting"),
        ("The Bergen Fund for Fishers grew.", "Bergen Fund for Fishers", "Programme"),
        ("The Norwegian Ministry of Fisheries closed.", "Norwegian Ministry of Fisheries", "GovernmentBody"),
        ("The Joint Commission on the Lake met.", "Joint Commission on the Lake", "OrganizationBody"),
        (
            "The Department of Coastal and Harbour Affairs wrote.",
            "Department of Coastal and Harbour Affairs",
            "OrganizationBody",
        ),
        ("The Lake Liberation Front left.", "Lake Liberation Front", "ArmedGroup"),
        ("The University of Bergen opened.", "University of Bergen", "CivilSocietyOrganization"),
        ("The Group of Friends of the Lake met.", "Group of Friends of the Lake", "Coalition"),
        ("The Minister of Fisheries spoke.", "Minister of Fisheries", "Post"),
        ("Ms. Leila Brandt spoke.", "Leila Brandt", "Person"),
        ("They met in Vallberg.", "Vallberg", "Place"),
        ("The General Accord on Fisheries was read.", "General Accord on Fisheries", "Agreement"),
        ("General Leila Brandt spoke.", "Leila Brandt", "Person"),
        ("The rebel leader Brandt spoke.", "Brandt", "Person"),
        ("Amal Said Brandt, a government spokesman, left.", "Amal Said Brandt", "Person"),
        ("Leila Brandt Odum, the defence minister, left.", "Leila Brandt Odum", "Person"),
    ],
)
def test_find_names_takes_the_class_from_the_head_or_what_stands_around(reader, text, name, cls):
    assert names_in(reader, text) == [(name, cls)]


@pytest.mark.parametrize(
    ("text", "name", "cls"),
    [
        ("Resolution 9999 (2031) was read.", "Resolution 9999 (2031)", "Resolution"),
        ("The Security Council met.", "Security Council", "OrganizationBody"),
        (
            "Togo signed the Convention on the Prohibition of the Use of Lake Mines.",
            "Convention on the Prohibition of the Use of Lake Mines",
            "Agreement",
        ),
        (
            "Ana Ruiz, Minister for the Protection of the Environment of Chad, spoke.",
            "Minister for the Protection of the Environment of Chad",
            "Post",
        ),
        ("Haiti suffered from Hurricane Olga.", "Hurricane Olga", "Crisis"),
        (
            "The Special Envoy of the Secretary-General for Myanmar spoke.",
            "Special Envoy of the Secretary-General for Myanmar",
            "Post",
        ),
    ],
)
def test_names_are_found_in_other_ways_too(reader, text, name, cls):
    assert find_entity(read(reader, text), name).cls == cls


@pytest.mark.parametrize(
    ("text", "known_id"),
    [
        ("Togo read the Manila Declaration on Fisheries.", ""),
        ("Togo read the Manila Declaration on the Peaceful Settlement of Disputes.", "manila-declaration"),
        ("Togo read the Manila Declaration on Monday.", "manila-declaration"),
        ("Togo read the Manila Declaration on 5 May 2025.", "manila-declaration"),
        ("Togo read the Paris Agreement on Climate Change.", "paris-agreement"),
    ],
)
def test_a_declaration_on_another_subject_is_not_the_known_one(reader, text, known_id):
    found = [e.known_id for e in read(reader, text).entities if e.cls in {"Agreement", "Statement"}]
    assert len(found) == 1
    assert found[0].startswith(known_id) if known_id else found == [""]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Prime Minister Peter Lund spoke.", [("Prime Minister", "Post"), ("Peter Lund", "Person")]),
        ("The Speaker of the Danish Parliament left.", [("Speaker of the Danish Parliament", "Post")]),
        ("Oslo, Vallberg and Nordheim were calm.", [("Vallberg", "Place"), ("Nordheim", "Place")]),
        ("The cities of Vallberg and Nordheim were calm.", [("Vallberg", "Place"), ("Nordheim", "Place")]),
        (
            "The Lake Accord and the Hill Accord were read.",
            [("Lake Accord", "Agreement"), ("Hill Accord", "Agreement")],
        ),
    ],
)
def test_find_names_tells_names_beside_each_other_apart(reader, text, names):
    assert names_in(reader, text) == names


@pytest.mark.parametrize(
    "text",
    [
        "On Monday they met.",
        "Today, I speak of peace.",
        "THE LAKE ACCORD WAS READ",
        "Ghana and Togo met.",
        "Ladies and Gentlemen, thank you.",
        "They spoke of cooperation in Maintaining International Peace.",
    ],
)
def test_find_names_leaves_other_capitals_alone(reader, text):
    assert names_in(reader, text) == []


def test_names_of_several_resolutions_bear_their_own_number(reader):
    reading = read(reader, "They read resolutions 822 (1993), 853 (1993) and 874 (1993).")
    assert [entity.names[0] for entity in reading.entities] == [
        "resolution 822 (1993)",
        "resolution 853 (1993)",
        "resolution 874 (1993)",
    ]


def test_names_say_where_they_stand(reader):
    text = "The Lake Accord was read. All praised the Lake Accord."
    spans = find_entity(read(reader, text), "Lake Accord").spans
    assert [text[span.start : span.end] for span in spans] == ["Lake Accord", "Lake Accord"]
