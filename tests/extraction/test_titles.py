"""Who is who: surnames, titles that one person bears, posts that differ by what they are for."""

import pytest
from sentences import find_entity, read, stated, unread


@pytest.mark.parametrize("later", ["Al-Nuri", "al-Nuri", "Nuri"])
def test_a_surname_is_found_with_its_particle_and_without(reader, later):
    reading = read(reader, f"General Yasir al-Nuri arrived in Rome. Later {later} thanked Chad.")
    assert unread(reading, "Yasir al-Nuri - supports - Chad") == [], stated(reading)


def test_a_surname_after_a_place_is_its_bearer(reader):
    reading = read(reader, "Peter Lund arrived in Rome. In Juba, Lund thanked Chad.")
    assert unread(reading, "Peter Lund - supports - Chad") == [], stated(reading)


def test_a_further_surname_makes_another_person(reader):
    names = {name for entity in read(reader, "Kofi Annan Mensah thanked Chad.").entities for name in entity.names}
    assert "Kofi Annan Mensah" in names
    assert "Kofi Annan" not in names


@pytest.mark.parametrize(
    ("text", "post"),
    [
        ("Secretary Lund spoke. Secretary of State Peter Lund thanked Chad.", "Secretary of State"),
        ("Danish Foreign Minister Peter Lund spoke. Foreign Minister Lund left.", "Foreign Minister of Denmark"),
    ],
)
def test_two_titles_of_one_person_are_one_post(reader, text, post):
    reading = read(reader, text)
    held = {reading.entities[claim.object].names[0] for claim in reading.claims if claim.predicate == "holdsPost"}
    assert held == {post}


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Minister of Finance", "Minister of Justice"),
        ("Minister of Finance of Denmark", "Minister of Justice of Denmark"),
        ("Danish Minister of Finance", "Danish Minister of Justice"),
    ],
)
def test_posts_are_told_apart_by_what_they_are_for(reader, first, second):
    reading = read(reader, f"The {first} thanked Chad. The {second} thanked Togo.")
    assert find_entity(reading, first) != find_entity(reading, second)


def test_a_minister_of_two_portfolios_holds_one_post(reader):
    text = "We thank the Minister for Foreign Affairs, Trade and Industry of Ghana, Anna Berg."
    claims = "Anna Berg - holdsPost - Minister for Foreign Affairs, Trade and Industry of Ghana"
    reading = read(reader, text)
    assert unread(reading, claims) == [], stated(reading)


def test_its_representative_is_that_of_the_organization(reader):
    reading = read(reader, "We support the African Union and its High Representative, Anna Berg.")
    assert unread(reading, "High Representative - represents - African Union") == [], stated(reading)


def test_a_professor_between_comma_and_name_is_but_a_title(reader):
    reading = read(reader, "We met the Executive Secretary, Professor Anna Berg.")
    assert unread(reading, "Anna Berg - holdsPost - Executive Secretary") == [], stated(reading)


def test_the_name_of_a_state_names_no_other(reader):
    names = {entity.names[0] for entity in read(reader, "The war in the Central African Republic goes on.").entities}
    assert "Africa" not in names


def test_a_known_post_of_a_state_ends_before_its_holder(reader):
    reading = read(reader, "U.S. Special Envoy for the Horn of Africa Anna Berg thanked Chad.")
    claims = "Anna Berg - holdsPost - U.S. Special Envoy for the Horn of Africa; Anna Berg - supports - Chad"
    assert unread(reading, claims) == [], stated(reading)


def test_a_part_of_a_land_is_a_place(reader):
    entity = find_entity(read(reader, "They met in Upper Egypt."), "Upper Egypt")
    assert entity is not None
    assert entity.cls == "Place"


def test_a_title_that_begins_with_a_preposition_begins_there(reader):
    assert find_entity(read(reader, "Under Secretary Berg thanked Chad."), "Under Secretary") is not None


def test_a_given_name_ends_the_name_of_a_post(reader):
    text = "The Minister of Finance and Economic Planning Peter Lund thanked Chad."
    assert unread(read(reader, text), "Peter Lund - supports - Chad") == []


def test_the_given_name_of_a_place_is_of_a_person(reader):
    reading = read(reader, "Milan Radovich attacked Serbia.")
    assert unread(reading, "Milan Radovich - attacks - Serbia") == [], stated(reading)


def test_the_holder_of_two_posts_holds_both(reader):
    reading = read(reader, "We thank the Special Envoy on Myanmar, Deputy Prime Minister Peter Lund.")
    claims = "Peter Lund - holdsPost - Special Envoy on Myanmar; Peter Lund - holdsPost - Deputy Prime Minister"
    assert unread(reading, claims) == [], stated(reading)


def test_an_apposition_tells_the_class_of_a_name(reader):
    entity = find_entity(
        read(reader, "Norway sanctioned Oslo Marine Trading, a company based in Chad."), "Oslo Marine Trading"
    )
    assert entity is not None
    assert entity.cls == "CivilSocietyOrganization"


def test_we_are_the_state_that_an_author_serves(reader):
    text = "By Anna Berg, Foreign Minister of Ghana\n\nWe thank Norway."
    reading = read(reader, text, author="Anna Berg")
    assert unread(reading, "Ghana - supports - Norway") == [], stated(reading)


def test_the_holder_of_a_post_after_a_rank_and_a_comma(reader):
    reading = read(reader, "We thank the Director of the African Union Commission, H.E. Ambassador Anna Berg.")
    held = [line for line in stated(reading) if line.startswith("Anna Berg - holdsPost")]
    assert held == ["Anna Berg - holdsPost - Director of the African Union Commission"]


def test_its_envoy_is_of_the_union_named_beside_it(reader):
    text = "Chad thanked Togo. We support the African Union and its High Representative Anna Berg."
    assert unread(read(reader, text, author="Norway"), "Anna Berg - represents - African Union") == []


def test_a_mission_in_a_state_is_in_no_other(reader):
    reading = read(reader, "The UN Peacebuilding Office in Guinea-Bissau closed.")
    assert not any(line.endswith("- Guinea") for line in stated(reading)), stated(reading)


@pytest.mark.parametrize("verb", ["called on", "urged", "criticized"])
def test_a_capital_that_is_asked_or_blamed_is_a_state(reader, verb):
    assert any(line.endswith("- North Korea") for line in stated(read(reader, f"Norway {verb} Pyongyang to stop.")))


def test_the_leaders_of_members_speak_for_the_whole(reader):
    text = "We, the Heads of State and Government of the ASEAN Member States, met in Hanoi. We thank Norway."
    reading = read(reader, text, author="ASEAN")
    names = {reading.entities[claim.subject].known_id for claim in reading.claims if claim.predicate == "supports"}
    assert names == {"association-of-southeast-asian-nations"}, stated(reading)


@pytest.mark.parametrize("land", ["Latin American", "Pan-American", "Indian Ocean"])
def test_the_name_of_a_land_holds_no_state(reader, land):
    named = {entity.known_id for entity in read(reader, f"The {land} Commission thanked Chad.").entities}
    assert not named & {"united-states", "india"}
