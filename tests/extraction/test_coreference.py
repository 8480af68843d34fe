import pytest
from sentences import find_entity, read, stated, unread

TEXTS = (
    ("Kenya hosted the Nairobi Summit. It also thanked Chad.", "Kenya - supports - Chad"),
    ("Anna Berg arrived in Rome. She met Karim Aziz.", "Anna Berg - engagesWith - Karim Aziz"),
    ("Anna Berg arrived in Rome. There, Berg met Karim Aziz.", "Anna Berg - engagesWith - Karim Aziz"),
    (
        "Chad and Niger left the hall. They rejected the Marsh Plan.",
        "Chad - opposes - Marsh Plan; Niger - opposes - Marsh Plan",
    ),
    (
        "The Organization of Islamic Cooperation met in Jeddah. The Organization condemned Israel.",
        "Organization of Islamic Cooperation - criticizes - Israel",
    ),
    (
        "The Economic Community of West African States (ECOWAS) met. ECOWAS condemned the coup in Niger.",
        "Economic Community of West African States - criticizes - coup in Niger",
    ),
    ("Mali signed the Bamako Agreement. Niger rejected the Agreement.", "Niger - opposes - Bamako Agreement"),
    (
        "The Lome Commission met in Togo. The Commission endorsed the Marsh Plan.",
        "Lome Commission - endorses - Marsh Plan",
    ),
    ("Kenya expressed its support for Somalia.", "Kenya - supports - Somalia"),
    ("The war in Sudan goes on. Kenya condemned the war.", "Kenya - criticizes - war in Sudan"),
    ("The Government of Kenya thanked Norway.", "Kenya - supports - Norway"),
    ("The Iranian authorities rejected the Marsh Plan.", "Iran - opposes - Marsh Plan"),
    ("Moscow condemned Norway.", "Russia - criticizes - Norway"),
    ("The Sahel Conference opened in Dakar. Chad attended the conference.", "Chad - participatesIn - Sahel Conference"),
    ("Karim Aziz, Chairperson of the Lake Council, condemned Togo. He thanked Ghana.", "Karim Aziz - supports - Ghana"),
    (
        "Anna Berg met Karim Aziz. They condemned Al-Shabaab.",
        "Anna Berg - criticizes - Al-Shabaab; Karim Aziz - criticizes - Al-Shabaab",
    ),
    (
        "Foreign Minister Anna Berg arrived in Rome. The Minister thanked Italy.",
        "Anna Berg - supports - Italy",
    ),
)
"""Texts that take up what they named before, and a claim for which one has to know what is meant."""


@pytest.mark.parametrize(("text", "claims"), TEXTS)
def test_link_finds_what_is_meant(reader, text, claims):
    reading = read(reader, text)
    assert unread(reading, claims) == [], stated(reading)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("The Lake Council (LC) met Chad. The LC thanked Chad.", ("Lake Council", "LC")),
        ("The United Nations met Chad. The UN thanked Chad.", ("United Nations", "UN")),
        ("Anna Berg met Peter Lund. Ms. Berg thanked Peter Lund.", ("Anna Berg", "Ms. Berg")),
        ("The Lake Council met Chad. The Council thanked Chad.", ("Lake Council",)),
    ],
)
def test_link_joins_the_names_of_one_thing(reader, text, names):
    reading = read(reader, text)
    assert len([entity for entity in reading.entities if set(names) & set(entity.names)]) == 1
    assert unread(reading, f"{names[0]} - supports - " + ("Peter Lund" if "Lund" in text else "Chad")) == []


def test_link_keeps_two_persons_of_one_surname_apart(reader):
    reading = read(reader, "Anna Berg thanked Chad. Peter Berg thanked Togo.")
    assert unread(reading, "Anna Berg - supports - Chad; Peter Berg - supports - Togo") == []
    assert find_entity(reading, "Anna Berg") != find_entity(reading, "Peter Berg")


def test_link_leaves_a_pronoun_alone_that_stands_for_nothing(reader):
    assert stated(read(reader, "It is essential to condemn Al-Shabaab.")) == []


def test_it_is_none_of_several_that_were_named_together(reader):
    reading = read(reader, "Chad and Niger will host the Lake Conference next week, and it condemned Norway.")
    assert not any("criticizes" in claim and ("Chad" in claim or "Niger" in claim) for claim in stated(reading)), (
        stated(reading)
    )


def test_items_of_a_resolution_speak_of_who_adopts_it(reader):
    text = """The Security Council,
Recalling its resolution 2500 (2019),
Reaffirming its strong commitment to the sovereignty of Libya,
1. Calls upon Chad to sign the Lima Convention;
2. Requests the Secretary-General to report on Libya;
3. Condemns the smuggling of arms by Al-Shabaab."""
    reading = read(reader, text, author="Security Council", genre="resolution")
    council = "United Nations Security Council"
    claims = (
        f"{council} - adopts - resolution 2500 (2019); {council} - supports - Libya; {council} - callsOn - Chad; "
        f"{council} - callsOn - Secretary-General; {council} - criticizes - Al-Shabaab"
    )
    assert unread(reading, claims) == [], stated(reading)


def test_we_are_those_whom_the_opening_names(reader):
    text = "We, the Ministers and representatives of Kenya, Ghana and Togo, met today. We thank Norway."
    assert unread(read(reader, text, author="Ministry"), "Kenya - supports - Norway; Togo - supports - Norway") == []


@pytest.mark.parametrize(
    "opening",
    [
        "May we, in turn, congratulate you on your election to the General Assembly. Togo, your country, is a friend.",
        "“We the peoples of the United Nations” believe in dignity.",
        "We, the nations of the world, gathered here at the General Assembly, have work to do.",
        "Like the others, we, as members of the African Union, are at home here.",
    ],
)
def test_we_are_not_those_whom_the_opening_merely_names(reader, opening):
    reading = read(reader, f"{opening}\n\nWe thank Norway.", author="Chad")
    thankful = {line.split(" - ")[0] for line in stated(reading) if line.endswith("supports - Norway")}
    assert thankful == {"Chad"}, stated(reading)


def test_the_international_community_is_no_other_community(reader):
    text = "Chad joined the East African Community. We call on the international community to help Chad."
    claims = stated(read(reader, text, author="Norway"))
    assert "Norway - callsOn - international community" in claims
    assert not any(line.startswith("Norway - callsOn - East") for line in claims)


def test_a_conflict_named_and_described_by_the_same_words_is_one(reader):
    reading = read(reader, "The Framework of the Conflict in Darfur was signed in Abuja.")
    assert len([entity for entity in reading.entities if "Conflict in Darfur" in entity.names]) == 1
