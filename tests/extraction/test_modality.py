import pytest
from sentences import find_claim, read, stated, unread

from dragoman.records import Modality

SENTENCES = (
    ("Norway called on Rwanda to stop attacking Burundi.", "Rwanda - attacks - Burundi"),
    ("Egypt urged Ethiopia to sign the Lima Convention.", "Ethiopia - signs - Lima Convention (requested)"),
    (
        "The Security Council demands that Rwanda and Burundi implement the Arusha Agreement.",
        "Rwanda - implements - Arusha Agreement (requested); Burundi - implements - Arusha Agreement (requested)",
    ),
    ("Ghana refused to sign the Lima Convention.", "Ghana - signs - Lima Convention (negated)"),
    ("Ghana's failure to implement the Lima Convention is known.", "Ghana - implements - Lima Convention (negated)"),
    ("Norway hopes that Iran will ratify the Lima Convention.", "Iran - signs - Lima Convention (planned)"),
    ("Iran may withdraw from the Lima Convention.", "Iran - violates - Lima Convention (possible)"),
    ("Iran could attack Kuwait.", "Iran - attacks - Kuwait (possible)"),
    ("Iran allegedly violated the Lima Convention.", "Iran - violates - Lima Convention (possible)"),
    ("Ghana will not hesitate to sign the Lima Convention.", "Ghana - signs - Lima Convention (planned)"),
    ("Ghana did not hesitate to sign the Lima Convention.", "Ghana - signs - Lima Convention"),
    ("Ghana did not fail to sign the Lima Convention.", "Ghana - signs - Lima Convention"),
    ("Ghana should ratify the Lima Convention.", "Ghana - signs - Lima Convention (requested)"),
    ("Mali needs to implement the Bamako Agreement.", "Mali - implements - Bamako Agreement (requested)"),
    ("Kenya is ready to host the Nairobi Summit.", "Kenya - organizes - Nairobi Summit (planned)"),
    ("Kenya pledged to fund the African Union.", "Kenya - aids - African Union (planned)"),
    ("Kenya not only supports Somalia but also trains the Somali army.", "Kenya - supports - Somalia"),
    (
        "Ghana did not attend the Sahel Conference and did not sign the Lome Declaration.",
        "Ghana - participatesIn - Sahel Conference (negated); Ghana - signs - Lome Declaration (negated)",
    ),
    (
        "Togo, which has not signed the Lima Convention, supports the Marsh Plan.",
        "Togo - signs - Lima Convention (negated); Togo - supports|endorses - Marsh Plan",
    ),
    ("Norway regrets that Peru has not ratified the Lima Convention.", "Peru - signs - Lima Convention (negated)"),
    ("Norway reaffirmed its readiness to mediate the war in Sudan.", "Norway - mediates - war in Sudan (planned)"),
    ("The Lima Convention has never been ratified by Peru.", "Peru - signs - Lima Convention (negated)"),
    ("The upcoming Nairobi Summit will be hosted by Kenya.", "Kenya - organizes - Nairobi Summit (planned)"),
    ("The Lima Convention must be respected by Rwanda.", "Rwanda - implements - Lima Convention (requested)"),
    (
        "Japan neither supports nor opposes the Marsh Plan.",
        "Japan - supports|endorses - Marsh Plan (negated); Japan - opposes - Marsh Plan (negated)",
    ),
    ("Norway denied that it had attacked Iceland.", "Norway - attacks - Iceland (negated)"),
    ("Without condemning Togo, Ghana asked for restraint.", "Ghana - criticizes - Togo (negated)"),
    ("Norway supports efforts by Kenya to mediate the war in Sudan.", "Kenya - mediates - war in Sudan"),
    ("Norway is not a member of the European Union.", "Norway - memberOf - European Union (negated)"),
    ("Norway urged Ghana not to attack Togo.", "Ghana - attacks - Togo (negated)"),
    ("Ghana was asked to support Togo.", "Ghana - supports - Togo (requested)"),
    ("The Nairobi Summit will contribute to strengthening Togo.", "Nairobi Summit - supports - Togo (planned)"),
    ("As a member of the African Union, Ghana will help Togo.", "Ghana - memberOf - African Union"),
    ("Ghana would like to host the Nairobi Summit.", "Ghana - organizes - Nairobi Summit (planned)"),
    ("Ghana threatened to attack Togo.", "Ghana - attacks - Togo (possible); Ghana - threatens - Togo"),
    ("The Lima Convention forbids Ghana to attack Togo.", "Ghana - attacks - Togo (negated)"),
    ("Norway barred Ghana from attending the Nairobi Summit.", "Ghana - participatesIn - Nairobi Summit (negated)"),
    ("Ghana denied supporting the M23.", "Ghana - supports - M23 (negated)"),
    ("The Houthis have vowed to attack Israel.", "Houthis - attacks - Israel (planned)"),
    ("Ghana must bring to an end its illegal occupation of Togo.", "Ghana - attacks - Togo"),
    ("Ghana must start talks with Togo to that end.", "Ghana - engagesWith - Togo (requested)"),
    ("By its war on Togo, Ghana hoped to win.", "Ghana - attacks - Togo"),
    ("Should Ghana attack Togo, Norway would leave.", "Ghana - attacks - Togo (possible)"),
)
"""Sentences that ask, plan, doubt, deny or fail, and what they state."""
FORMS = {
    "supports": "asserted",
    "has supported": "asserted",
    "will support": "planned",
    "intends to support": "planned",
    "has decided to support": "planned",
    "should support": "requested",
    "must support": "requested",
    "may support": "possible",
    "might support": "possible",
    "reportedly supports": "possible",
    "does not support": "negated",
    "has never supported": "negated",
    "failed to support": "negated",
    "refused to support": "negated",
    "cannot support": "negated",
    "will not support": "negated",
    "should not support": "negated",
}


@pytest.mark.parametrize(("form", "modality"), FORMS.items())
def test_find_modality_of_a_verb(reader, form, modality):
    reading = read(reader, f"Ghana {form} Togo.")
    line = f"Ghana - supports - Togo ({modality})"
    assert find_claim(reading, line) is not None, stated(reading)
    assert [claim.modality for claim in reading.claims] == [Modality(modality)]


@pytest.mark.parametrize(("sentence", "claims"), SENTENCES)
def test_find_modality_in_a_sentence(reader, sentence, claims):
    reading = read(reader, sentence)
    assert unread(reading, claims) == [], stated(reading)


OWN = (
    ("We wish to join the African Union.", "Norway - memberOf - African Union (planned)"),
    ("We want to support Togo.", "Norway - supports - Togo"),
    (
        "My delegation would like to take this opportunity to convey our deep gratitude to Togo.",
        "Norway - supports - Togo",
    ),
    ("We wish to join others in congratulating Togo.", "Norway - supports - Togo"),
    ("I should like to tell you that Togo signed the Lima Convention.", "Togo - signs - Lima Convention"),
    ("We would like to host the Nairobi Summit.", "Norway - organizes - Nairobi Summit (planned)"),
)
"""What those who speak wish to do is planned, unless it is done by saying so."""


@pytest.mark.parametrize(("text", "claims"), OWN, ids=[text for text, _ in OWN])
def test_wishes_of_those_who_speak(reader, text, claims):
    assert unread(read(reader, text, author="Norway"), claims) == []
