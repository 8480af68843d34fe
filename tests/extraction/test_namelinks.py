import pytest
from sentences import read, stated, unread


@pytest.mark.parametrize(
    ("text", "claims"),
    [
        ("Prime Minister Peter Lund spoke.", "Peter Lund - holdsPost - Prime Minister"),
        ("Peter Lund, Prime Minister of Denmark, spoke.", "Peter Lund - holdsPost - Prime Minister of Denmark"),
        ("Prime Minister Peter Lund of Denmark spoke.", "Peter Lund - holdsPost - Prime Minister of Denmark"),
        ("The Prime Minister of Denmark, Peter Lund, spoke.", "Peter Lund - holdsPost - Prime Minister of Denmark"),
        (
            "The Minister for Foreign Affairs of Ghana spoke.",
            "Minister for Foreign Affairs of Ghana - represents - Ghana",
        ),
        ("The Special Envoy on Myanmar spoke.", "Special Envoy on Myanmar - concerns - Myanmar"),
        (
            "The Special Envoy to Combat Islamophobia spoke.",
            "Special Envoy to Combat Islamophobia - addresses - Islamophobia",
        ),
        (
            "They heard the report of the Special Envoy for Sudan, Ms. Anna Berg.",
            "Anna Berg - holdsPost - Special Envoy for Sudan",
        ),
        (
            "They heard the Special Envoy for Sudan and Head of MINUSMA, Anna Berg.",
            "Anna Berg - holdsPost - Special Envoy for Sudan; Anna Berg - chairs - MINUSMA",
        ),
        ("The UN Lake Commission met.", "UN Lake Commission - partOf - UN"),
        (
            "The Harbour Committee of the African Union met.",
            "Harbour Committee of the African Union - partOf - African Union",
        ),
        ("Ghana's Ministry of Fisheries closed.", "Ministry of Fisheries - partOf - Ghana"),
        ("The OIC Member States met.", "OIC Member States - memberOf - OIC"),
        (
            "The Lake Troika (Chad, Niger and Togo) met.",
            "Chad - memberOf - Lake Troika; Niger - memberOf - Lake Troika; Togo - memberOf - Lake Troika",
        ),
    ],
)
def test_find_name_claims_that_need_no_verb(reader, text, claims):
    reading = read(reader, text)
    assert unread(reading, claims) == [], stated(reading)


def test_find_holders_lets_the_person_act(reader):
    reading = read(reader, "Prime Minister Peter Lund thanked Ghana.")
    assert "Peter Lund - supports - Ghana" in stated(reading)
    assert "Prime Minister - supports - Ghana" not in stated(reading)


def test_a_post_serves_no_council_whose_name_is_the_end_of_another(reader):
    lines = stated(read(reader, "The Chairperson of the Peace and Security Council met Togo."))
    assert not any(line.endswith("represents - Security Council") for line in lines), lines


def test_a_name_alone_claims_once(reader):
    reading = read(reader, "The Special Envoy on Myanmar rose. The Special Envoy on Myanmar spoke.")
    assert stated(reading) == ["Special Envoy on Myanmar - concerns - Myanmar"]


@pytest.mark.parametrize(
    "text",
    ["Peter Lund met the Prime Minister of Denmark.", "Peter Lund spoke and the Prime Minister of Denmark rose."],
)
def test_a_person_near_a_post_does_not_hold_it(reader, text):
    assert [line for line in stated(read(reader, text)) if "holdsPost" in line] == []


def test_a_member_that_means_nothing_is_left_out_of_a_list(reader):
    text = (
        "Norway appeals to the countries of Latin America to act, and thanks them. Norway asked the Secretary-General "
        "for a plan to submit to the Governments of Latin America and the Caribbean. Norway offers a meeting of "
        "all the countries of the region, the industrialized countries and the developing countries which may wish to "
        "speak."
    )
    assert unread(read(reader, text), "Norway - callsOn - countries of Latin America") == []
