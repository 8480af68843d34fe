import pytest
from sentences import find_claim, read, stated

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
)
"""Sentences, a claim that each states, and who says so; none where the document itself does."""


@pytest.mark.parametrize(("sentence", "claim", "speaker"), SPOKEN)
def test_find_speaker_of_a_claim(reader, sentence, claim, speaker):
    reading = read(reader, sentence)
    found = find_claim(reading, claim)
    assert found is not None, stated(reading)
    assert (None if found.speaker is None else reading.entities[found.speaker].names[0]) == speaker
