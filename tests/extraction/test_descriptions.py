import pytest
from sentences import find_entity, read, stated


@pytest.mark.parametrize(
    ("text", "name", "cls"),
    [
        ("The ceasefire between Chad and Togo holds.", "ceasefire between Chad and Togo", "Ceasefire"),
        ("The war in Sudan goes on.", "war in Sudan", "ArmedConflict"),
        ("The dispute between Peru and Chile is old.", "dispute between Peru and Chile", "Dispute"),
        ("The Syrian crisis goes on.", "Syrian crisis", "Crisis"),
        ("The humanitarian situation in Yemen is dire.", "humanitarian situation in Yemen", "Crisis"),
        ("The arms embargo on Libya was lifted.", "arms embargo on Libya", "Sanctions"),
        ("A draft resolution on Myanmar was read.", "draft resolution on Myanmar", "Resolution"),
        ("The OIC resolution on Iran was read.", "OIC resolution on Iran", "Resolution"),
        ("Talks between India and Nepal began.", "Talks between India and Nepal", "Process"),
        ("Afghan security forces left.", "Afghan security forces", "GovernmentBody"),
        ("The transitional government of Chad left.", "transitional government of Chad", "GovernmentBody"),
        ("The de facto authorities of Afghanistan left.", "de facto authorities of Afghanistan", "GovernmentBody"),
        ("Civilians in Gaza fled.", "Civilians in Gaza", "Population"),
        ("Syrian refugees fled.", "Syrian refugees", "Population"),
        ("The people of Ghana voted.", "people of Ghana", "Population"),
        ("The long and devastating war in Sudan goes on.", "war in Sudan", "ArmedConflict"),
        (
            "We held face-to-face talks with Norway on Yemen.",
            "face-to-face talks with Norway on Yemen",
            "Process",
        ),
        ("At-risk people in Yemen fled.", "At-risk people in Yemen", "Population"),
        ("Some 1,500 Kenyan soldiers left.", "Kenyan soldiers", "GovernmentBody"),
        ("The treaties on disarmament and arms control hold.", "disarmament", "ThematicIssue"),
    ],
)
def test_find_descriptions_of_what_is_fixed(reader, text, name, cls):
    entity = find_entity(read(reader, text), name)
    assert entity is not None
    assert entity.cls == cls


@pytest.mark.parametrize(
    "text",
    [
        "The relevant resolutions are known.",
        "International partners met.",
        "The peace process is slow.",
        "The Agreement is known.",
        "The parties met.",
        "Any such conference would help.",
        "The rebel leader spoke.",
    ],
)
def test_find_descriptions_of_nothing_where_nothing_is_fixed(reader, text):
    assert read(reader, text).entities == ()


@pytest.mark.parametrize("who", ["The Norwegian authorities", "The Government of Norway", "Norway's leadership"])
def test_a_government_is_its_state(reader, who):
    reading = read(reader, f"{who} thanked Ghana.")
    assert stated(reading) == ["Norway - supports - Ghana"]
    assert {entity.cls for entity in reading.entities} == {"State"}


def test_many_or_any_such_things_are_none(reader):
    reading = read(reader, "Many conferences on Libya and any ceasefire between Chad and Togo would help.")
    assert {entity.cls for entity in reading.entities} == {"State"}


def test_the_war_and_the_conflict_of_a_place_are_one(reader):
    reading = read(reader, "The war in Sudan goes on. The conflict in Sudan is long.")
    assert find_entity(reading, "war in Sudan").names == ("war in Sudan", "conflict in Sudan")
