"""Constructions of reports, communiques and resolutions: who attacks, talks, leaves and is warned.

Each is a text, the claims that it states, and those that it does not; written as in `test_claims`.
"""

import pytest
from sentences import read, stated, unread

STATED = (
    ("Chad shelled the Lomé district of Togo.", "Chad - attacks - Lomé district"),
    ("Malian forces seized control of Goma.", "Malian forces - attacks - Goma"),
    ("Malian forces regained control over Goma.", "Malian forces - attacks - Goma"),
    ("Malian forces took over Goma.", "Malian forces - attacks - Goma"),
    ("Malian forces drove out the M23 from Goma.", "Malian forces - attacks - M23"),
    ("Malian forces recaptured Goma from the M23.", "Malian forces - attacks - Goma; Malian forces - attacks - M23"),
    ("Malian troops repelled the M23.", "Malian troops - attacks - M23"),
    ("Malian forces opened fire on Chad.", "Malian forces - attacks - Chad"),
    (
        "After exchanging fire with the M23, Malian forces left Goma.",
        "Malian forces - attacks - M23; M23 - attacks - Malian forces",
    ),
    ("The M23 fired rockets into Goma.", "M23 - attacks - Goma"),
    ("M23 rockets hit Goma.", "M23 - attacks - Goma"),
    ("The M23 ambushed a convoy of the World Food Programme.", "M23 - attacks - World Food Programme"),
    ("Malian drones hit a hospital in Goma.", "Mali - attacks - Goma"),
    ("The M23 seized the airport of Goma.", "M23 - attacks - Goma"),
    ("The M23 attacked a village near Goma.", "M23 - attacks - Goma"),
    ("The M23 claimed responsibility for an attack on Goma.", "M23 - attacks - Goma"),
    ("Chad deployed mercenaries against Togo.", "Chad - attacks - Togo"),
    (
        "Fighting broke out between Chad and the M23.",
        "Chad - partyTo - Fighting between Chad and the M23; M23 - partyTo - Fighting between Chad and the M23",
    ),
    (
        "Clashes erupted between Malian forces and the M23.",
        "Malian forces - partyTo - Clashes between Malian forces and the M23",
    ),
    (
        "The truce ended two months of fighting between Chad and the M23.",
        "Chad - partyTo - fighting between Chad and the M23",
    ),
    ("A meeting took place between Chad and Togo.", "Chad - engagesWith - Togo"),
    (
        "An agreement was reached between Chad and Togo.",
        "Chad - signs - agreement between Chad and Togo; Togo - signs - agreement between Chad and Togo",
    ),
    ("The war in the Tavush region of Armenia is over.", "war in the Tavush region of Armenia - locatedIn - Tavush"),
    ("The M23's leader Anna Berg spoke.", "Anna Berg - chairs - M23"),
    ("The M23 leader Anna Berg visited Chad.", "Anna Berg - chairs - M23; Anna Berg - engagesWith - Chad"),
    (
        "The leader of Hezbollah, Karim Haddad, met Anna Berg.",
        "Karim Haddad - chairs - Hezbollah; Karim Haddad - engagesWith - Anna Berg",
    ),
    ("Chad killed the M23's longtime leader, Anna Berg.", "Chad - attacks - Anna Berg; Anna Berg - chairs - M23"),
    ("Chad sought to overthrow President Berg.", "Chad - opposes - Berg (planned)"),
    ("Togo considers the annexation of Crimea illegal.", "Togo - opposes - annexation of Crimea"),
    ("The annexation of Crimea was viewed as illegal by Togo.", "Togo - opposes - annexation of Crimea"),
    ("Togo acted to stem the flow of illegal immigration.", "Togo - addresses - illegal immigration"),
    ("The truce brought the war in Mali to an end.", "truce - addresses - war in Mali"),
    ("The M23 declared a unilateral ceasefire.", "M23 - adopts - ceasefire"),
    ("Chad suspended the Lomé Treaty.", "Chad - violates - Lomé Treaty"),
    ("Chad warned Togo against strikes on Goma.", "Chad - callsOn - Togo"),
    ("Chad warned Togo not to support the M23.", "Chad - callsOn - Togo"),
    ("Moscow warned Kyiv against strikes on Crimea.", "Russia - callsOn - Ukraine"),
    ("Togo, Mali and Niger announced their withdrawal from ECOWAS.", "Mali - memberOf - ECOWAS (negated)"),
    ("The Arab League readmitted Syria.", "Syria - memberOf - Arab League"),
    ("Anna Berg arrived in Lomé for talks with Togo.", "Anna Berg - engagesWith - Togo"),
    ("Anna Berg briefed the Security Council.", "Anna Berg - engagesWith - Security Council"),
    ("Anna Berg will meet Malian leaders.", "Anna Berg - engagesWith - Malian leaders (planned)"),
    ("Anna Berg hosted the leaders of Chad and Togo.", "Anna Berg - engagesWith - leaders of Chad and Togo"),
    ("Togo lodged a protest with Chad.", "Togo - criticizes - Chad"),
    ("Togo filed a case against Chad.", "Togo - criticizes - Chad"),
    ("Chad's newly elected President, Anna Berg, spoke.", "President of Chad - represents - Chad"),
    (
        "Togo's acting Foreign Minister Anna Berg spoke.",
        "Anna Berg - holdsPost - Foreign Minister of Togo; Foreign Minister of Togo - represents - Togo",
    ),
    ("Supporters of President Berg fled.", "Supporters of President Berg - supports - Berg"),
    ("Togo rejects the actions of Chad in violation of the Lomé Treaty.", "Chad - violates - Lomé Treaty"),
    (
        "Togo is happy to note the progress that Mali has made in the field of trade, and commends Chad.",
        "Togo - supports - Chad",
    ),
    ("Chad expelled opponents of Anna Berg.", "opponents of Anna Berg - opposes - Anna Berg"),
    ("Rebels loyal to Anna Berg fled.", "Rebels - supports - Anna Berg"),
    ("Chad swore allegiance to Togo.", "Chad - supports - Togo"),
    ("The Security Council took action on the crisis in Mali.", "Security Council - addresses - crisis in Mali"),
    (
        "Norway entrusted Togo to host the Lomé Summit.",
        "Norway - callsOn - Togo; Togo - organizes - Lomé Summit (requested)",
    ),
    ("Norway deplored the killing of civilians in Chad by the M23.", "M23 - attacks - civilians in Chad"),
    ("The M23's assassination of Anna Berg was condemned.", "M23 - attacks - Anna Berg"),
    (
        "Chad and Togo exchanged artillery fire.",
        "Chad - attacks - Togo; Togo - attacks - Chad",
    ),
    ("Malian forces took Goma.", "Malian forces - attacks - Goma"),
    ("On Monday rebels in Chad attacked Togo.", "rebels in Chad - attacks - Togo"),
    ("Last week rebels attacked Togo.", "rebels - attacks - Togo"),
    (
        "The presidents of Chad and Togo signed the Lomé Declaration.",
        "Chad - signs - Lomé Declaration; Togo - signs - Lomé Declaration",
    ),
    ("Mali recalled its ambassador after Chad backed Togo.", "Chad - supports - Togo"),
    (
        "Norway thanked Chad for its support to Mali and Togo for its contribution to AMISOM.",
        "Norway - supports - Togo; Chad - supports - Mali; Togo - participatesIn - AMISOM",
    ),
    (
        "Norway commended Chad for hosting the talks and Togo for its contribution to AMISOM.",
        "Norway - supports - Togo; Chad - organizes - talks; Togo - participatesIn - AMISOM",
    ),
    (
        "The Security Council decides to extend the mandate of UNISFA until 30 June 2027.",
        "Security Council - adopts - UNISFA",
    ),
    ("The Security Council,\n\n1. Decides to extend the mandate of UNISFA;", "Security Council - adopts - UNISFA"),
    (
        "The Security Council will decide to extend the mandate of UNISFA.",
        "Security Council - adopts - UNISFA (planned)",
    ),
)
NOT_STATED = (
    ("Norway commended Chad for hosting the talks and Togo for its contribution.", "Togo", "organizes"),
    ("A UN-backed mission left.", "UN-backed mission", "partOf"),
    ("The Iraq-Kuwait Boundary Commission met.", "Iraq-Kuwait Boundary Commission", "partOf"),
    (
        "Anna Berg is Chairman of the Committee of the Uruguay Round of the General Agreement on Tariffs and Trade.",
        "Chairman",
        "represents",
    ),
    ("They met during a visit by the French president to Athens.", "French president to Athens", "concerns"),
    ("We helped African countries to meet their goals.", "Norway", "engagesWith"),
    ("The chief of the M23, Anna Berg, left.", "M23", "locatedIn"),
    ("The money must have been given by the M23.", "Norway", "callsOn"),
    ("Togo rejects the actions of Chad in violation of the Lomé Treaty.", "Togo", "violates"),
    ("We are at one in dealing with the occupation by Chad of the Lomé islands.", "Chad", "addresses"),
    ("We welcome the President of Chad as a friend.", "Norway", "engagesWith"),
    ("Norway is grateful for the removal of President Berg.", "Norway", "supports"),
    ("Chad pledged allegiance to Togo.", "Chad", "aids"),
)


@pytest.mark.parametrize(("text", "claims"), STATED, ids=[text for text, _ in STATED])
def test_claims_of_a_report(reader, text, claims):
    assert unread(read(reader, text), claims) == []


@pytest.mark.parametrize(("text", "name", "predicate"), NOT_STATED, ids=[text for text, *_ in NOT_STATED])
def test_a_report_that_states_no_such_claim(reader, text, name, predicate):
    reading = read(reader, text, author="Norway")
    subjects = [reading.entities[c.subject].names for c in reading.claims if c.predicate == predicate]
    assert not [names for names in subjects if any(one.startswith(name) for one in names)]


DATED = (
    ("The M23 captured Goma in January and Bukavu in February.", {"Goma": "2025-01", "Bukavu": "2025-02"}),
    ("Togo joined the African Union in 1963 and ECOWAS in 1975.", {"African Union": "1963", "ECOWAS": "1975"}),
)
SAID = (
    ('"Chad must go," Norway\'s foreign minister, Anna Berg, told reporters in Oslo.', "Anna Berg"),
    ('"We condemn Chad," a spokesman for the Malian army, General Karim Haddad, said on Monday.', "Karim Haddad"),
    ("Chad, Anna Berg said, supports Togo.", "Anna Berg"),
    ("Norway said in a letter that Chad supports Togo.", "Norway"),
    ("The M23, which Chad says is backed by Togo, took Goma.", "Chad"),
)


@pytest.mark.parametrize(("text", "dates"), DATED, ids=[text for text, _ in DATED])
def test_deeds_told_in_turn_have_a_date_each(reader, text, dates):
    reading = read(reader, text)
    found = {reading.entities[claim.object].names[0]: claim.date for claim in reading.claims}
    assert {name: found[name] for name in dates} == dates


@pytest.mark.parametrize(("text", "speaker"), SAID, ids=[text for text, _ in SAID])
def test_who_says_it_behind_a_quotation_or_in_the_midst(reader, text, speaker):
    reading = read(reader, text)
    said = [claim for claim in reading.claims if claim.speaker is not None]
    assert [reading.entities[claim.speaker].names[0] for claim in said] == [speaker]


def test_a_post_behind_its_holder_is_not_that_of_the_next(reader):
    text = "At the invitation of Anna Berg, Minister of Chad, Karim Haddad, President of Togo, visited Chad."
    held = [line for line in stated(read(reader, text)) if "holdsPost" in line]
    assert held == ["Anna Berg - holdsPost - Minister of Chad", "Karim Haddad - holdsPost - President of Togo"]


def test_a_stretch_of_time_in_an_apposition_dates_nothing(reader):
    reading = read(reader, "Anna Berg met Karim Haddad at the palace, the first visit by a Malian leader since 1946.")
    assert [claim.date for claim in reading.claims] == [""]


def test_a_name_that_two_states_share_is_read_as_it_is_said(reader):
    reading = read(reader, "Congo signed a truce with Chad.", title="Truce of the Congo")
    assert [entity.names for entity in reading.entities if "Congo" in entity.names[0]] == [("Congo",)]
