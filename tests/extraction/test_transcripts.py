"""Transcripts: "we" is who speaks, others than the author are told as speakers, of questions nothing is stated."""

from sentences import read, stated

BRIEFING = """SECRETARY BERG: Good afternoon. We condemn Chad.

QUESTION: Togo attacked Mali. Will you sanction Togo?

SECRETARY BERG: We call on Togo to leave Mali.

PRIME MINISTER ODUM: We support Chad. I met Anna Berg.

Niger must sign the Lomé Accord."""


def told(reading):
    """Each claim with who says it."""
    names = [entity.names[0] for entity in reading.entities]
    speakers = ["" if claim.speaker is None else names[claim.speaker] for claim in reading.claims]
    return dict(zip(stated(reading), speakers, strict=True))


def test_who_speaks_in_a_transcript(reader):
    reading = read(
        reader,
        "Briefing by Secretary Anna Berg and Prime Minister Karim Odum of Kenya\n\n" + BRIEFING,
        author="Anna Berg, Minister for Foreign Affairs, Norway",
    )
    claims = told(reading)
    assert claims["Norway - criticizes - Chad"] == ""
    assert claims["Norway - callsOn - Togo"] == ""
    assert claims["Kenya - supports - Chad"] == "Karim Odum"
    assert claims["Kenya - callsOn - Niger"] == "Karim Odum"
    assert "Togo - attacks - Mali" not in claims
    assert not [claim for claim in claims if claim.startswith("Norway - sanctions")]


def test_the_state_in_brackets_is_whom_one_speaks_for(reader):
    turns = (
        "Mr. Odum (Kenya): We support Chad.",
        "Ms. Berg (Norway): We condemn Chad.",
        "Mr. Odum (Kenya): Chad must act.",
    )
    claims = told(read(reader, "\n\n".join(turns)))
    assert claims["Kenya - supports - Chad"] == "Odum"
    assert claims["Norway - criticizes - Chad"] == "Berg"
    assert claims["Kenya - callsOn - Chad"] == "Odum"


def test_a_question_is_not_the_authors(reader):
    text = "QUESTION: We think Chad must go.\n\nMR. ODUM: We do too.\n\nQUESTION: Thank you."
    assert stated(read(reader, text, author="Norway")) == []
