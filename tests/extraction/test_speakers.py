import pytest
from sentences import find_claim, read, stated

NORWAYS_MINISTER = "Karim Aziz - holdsPost - Foreign Minister"
SPOKEN = (
    ("“I have urged Chad to sign the Lima Convention,” Anna Berg said.", "Anna Berg - callsOn - Chad", "Anna Berg"),
    ("Norway accused Chad of violating the Lima Convention.", "Chad - violates - Lima Convention", "Norway"),
    (
        "Anna Berg said that Rwanda had violated the Lima Convention.",
        "Rwanda - violates - Lima Convention",
        "Anna Berg",
    ),
    ("Rwanda, Anna Berg said, has violated the Lima Convention.", "Rwanda - violates - Lima Convention", "Anna Berg"),
    ("According to Kenya, the M23 attacked Goma.", "M23 - attacks - Goma", "Kenya"),
    ('"The M23 attacked Goma on Monday," said Karim Aziz.', "M23 - attacks - Goma", "Karim Aziz"),
    ('Karim Aziz told reporters: "The M23 attacked Goma on Monday."', "M23 - attacks - Goma", "Karim Aziz"),
    (
        "The African Union reported that Chad signed the Bamako Agreement.",
        "Chad - signs - Bamako Agreement",
        "African Union",
    ),
    ("Anna Berg thanked Kenya.", "Anna Berg - supports - Kenya", None),
    ("Kenya condemned Rwanda.", "Kenya - criticizes - Rwanda", None),
    ("Anna Berg added that Norway supports Chad.", "Norway - supports - Chad", "Anna Berg"),
    ("Anna Berg thanked Kenya for its support for Chad.", "Kenya - supports - Chad", "Anna Berg"),
    ("Anna Berg expressed gratitude for the support of Kenya for Chad.", "Kenya - supports - Chad", "Anna Berg"),
    ("Anna Berg thanked Kenya for its support for Chad.", "Anna Berg - supports - Kenya", None),
    ("Anna Berg said that Norway's Foreign Minister, Karim Aziz, had left.", NORWAYS_MINISTER, "Anna Berg"),
    ("Norway's Foreign Minister, Karim Aziz, has left.", NORWAYS_MINISTER, None),
    (
        "The African Union further appeals for direct and open dialogue between Kenya and Chad.",
        "Kenya - engagesWith - Chad (requested)",
        "African Union",
    ),
    ("The M23 attacked Goma, the UN mission in Congo said.", "M23 - attacks - Goma", "UN mission in Congo"),
    ("The M23 attacked Goma, the spokesman of Kenya told reporters.", "M23 - attacks - Goma", "spokesman of Kenya"),
    ("The M23 attacked Goma, officials of Kenya have said.", "M23 - attacks - Goma", "Kenya"),
    (
        '"The M23 attacked Goma on Monday," said Under Secretary of the Treasury Omar Berg.',
        "M23 - attacks - Goma",
        "Omar Berg",
    ),
    ("The M23 report says that Rwanda attacked Goma.", "Rwanda - attacks - Goma", "M23 report"),
)
"""Sentences, a claim that each states, and who says so; none where the document itself does."""


@pytest.mark.parametrize(("sentence", "claim", "speaker"), SPOKEN)
def test_find_speaker_of_a_claim(reader, sentence, claim, speaker):
    reading = read(reader, sentence)
    found = find_claim(reading, claim)
    assert found is not None, stated(reading)
    assert (None if found.speaker is None else reading.entities[found.speaker].names[0]) == speaker


def test_one_of_several_authors_speaks_for_itself(reader):
    reading = read(reader, "Kenya states that Rwanda attacked Goma. We urge Chad to leave.", author="Kenya, Norway")
    found = find_claim(reading, "Rwanda - attacks - Goma")
    assert found is not None, stated(reading)
    assert found.speaker is not None
    assert reading.entities[found.speaker].names[0] == "Kenya"


def test_what_several_say_is_said_by_each_of_them(reader):
    reading = read(reader, "Kenya and Norway said that Rwanda had attacked Goma.")
    said = [(claim.predicate, claim.speaker) for claim in reading.claims if claim.predicate == "attacks"]
    assert [reading.entities[speaker].names[0] for _, speaker in said if speaker is not None] == ["Kenya", "Norway"]


def test_what_one_of_several_speakers_does_is_said_by_itself(reader):
    reading = read(reader, "Kenya and Norway said that Kenya supports Chad.")
    found = find_claim(reading, "Kenya - supports - Chad")
    assert found is not None, stated(reading)
    assert found.speaker is None
