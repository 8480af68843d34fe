import pytest
from sentences import read, stated, unread

from dragoman.extraction.author import Author, find_author
from dragoman.records import Document

ANNA = "Anna Berg, Minister for Foreign Affairs, Norway"
SPOKEN = (
    ("We thank Qatar for its patience.", "Norway - supports - Qatar"),
    ("I thank the African Union.", "Anna Berg - supports - African Union"),
    ("My country condemns Al-Shabaab.", "Norway - criticizes - Al-Shabaab"),
    ("My delegation supports the Marsh Plan.", "Norway - supports|endorses - Marsh Plan"),
    ("We call on Iran to release the sailors.", "Norway - callsOn - Iran"),
    (
        "Iran must comply with the Lima Convention.",
        "Norway - callsOn - Iran; Iran - implements - Lima Convention (requested)",
    ),
    ("Our support for Ukraine will not waver.", "Norway - supports - Ukraine"),
    ("We will host the Bergen Summit next year.", "Norway - organizes - Bergen Summit (planned)"),
    ("We have not recognized the Marsh Plan.", "Norway - endorses - Marsh Plan (negated)"),
    ("We are deeply grateful to Jordan.", "Norway - supports - Jordan"),
    ("Norway and its allies reject the annexation of Crimea.", "Norway - opposes - annexation of Crimea"),
    (
        "We welcome the ceasefire between Israel and Lebanon.",
        "Norway - supports|endorses - ceasefire between Israel and Lebanon",
    ),
)
"""What Anna Berg says, and what it states: "I" is she, "we" is Norway."""


def author_of(gazetteer, lexicon, author="", title="", genre="") -> Author:
    return find_author(Document("a.txt", "", "0" * 64, title=title, author=author, genre=genre), gazetteer, lexicon)


@pytest.mark.parametrize(
    ("author", "persons", "sides"),
    [
        (ANNA, ["Anna Berg"], ["Norway"]),
        ("H.E. Anna Berg, Prime Minister, Kingdom of Norway", ["Anna Berg"], ["Norway"]),
        ("ANNA BERG, PRESIDENT, GHANA", ["Anna Berg"], ["Ghana"]),
        ("Mr. Peter Lund, Permanent Representative of Denmark", ["Peter Lund"], ["Denmark"]),
        ("BERG, Norway", ["Berg"], ["Norway"]),
        ("Turkmen, Ghana", ["Turkmen"], ["Ghana"]),
        ("Mr. NAS, Ghana", ["NAS"], ["Ghana"]),
        ("Anna Berg, Minister for Fisheries, Marshall islands", ["Anna Berg"], ["Marshall Islands"]),
        ("Anna Berg, President, Korea, Republic of", ["Anna Berg"], ["South Korea"]),
        ("Anna Berg, UN Representative, Norway", ["Anna Berg"], ["Norway"]),
        ("France, Germany and Italy", [], ["France", "Germany", "Italy"]),
        ("Bosnia and Herzegovina; Trinidad and Tobago", [], ["Bosnia and Herzegovina", "Trinidad and Tobago"]),
        ("Lake Troika (Norway, Ghana, Chad)", [], ["Lake Troika"]),
        ("African Union", [], ["African Union"]),
        ("Friends of the Lake Group", [], ["Friends of the Lake Group"]),
        ("", [], []),
    ],
)
def test_find_author_tells_who_i_am_and_who_we_are(gazetteer, lexicon, author, persons, sides):
    found = author_of(gazetteer, lexicon, author)
    assert [voice.name for voice in found.persons] == persons
    assert [voice.name for voice in found.sides] == sides


@pytest.mark.parametrize(
    ("title", "sides"),
    [
        ("Joint Statement of Norway and Ghana on the Lake", ["Norway", "Ghana"]),
        ("Ghana-Norway Declaration", ["Ghana", "Norway"]),
        ("G7 Statement on the Lake", ["Group of Seven"]),
        ("A Day on the Lake", []),
    ],
)
def test_find_author_asks_the_title_where_a_house_published(gazetteer, lexicon, title, sides):
    found = author_of(gazetteer, lexicon, "", title)
    assert [voice.name for voice in found.sides] == sides


def test_find_author_of_a_joint_statement_finds_the_states_of_leaders_in_office(gazetteer, lexicon):
    title = "Joint Statement from President Macron and Chancellor Merkel on the Lake"
    document = Document("a.txt", "Text.", "0" * 64, title=title, date="2019-01-22", author="Norway")
    assert [voice.name for voice in find_author(document, gazetteer, lexicon).sides] == ["France", "Germany"]


def test_find_author_gives_a_reporter_no_voice(gazetteer, lexicon):
    assert author_of(gazetteer, lexicon, "Norway", genre="news report") == Author()
    assert author_of(gazetteer, lexicon, "Norway", genre="news statement").sides


def test_find_author_marks_a_mere_publisher(gazetteer, lexicon):
    assert author_of(gazetteer, lexicon, "Norway", "A Day on the Lake").is_publisher
    assert not author_of(gazetteer, lexicon, ANNA).is_publisher


@pytest.mark.parametrize(("sentence", "claims"), SPOKEN)
def test_claims_in_the_voice_of_the_author(reader, sentence, claims):
    reading = read(reader, sentence, author=ANNA)
    assert unread(reading, claims) == [], stated(reading)
    assert {claim.speaker for claim in reading.claims} == {None}


def test_claims_of_several_issuers_are_one_each(reader):
    reading = read(reader, "We condemn Al-Shabaab.", author="France, Germany and Italy")
    assert (
        unread(reading, "; ".join(f"{who} - criticizes - Al-Shabaab" for who in ("France", "Germany", "Italy"))) == []
    )


def test_a_minister_speaks_for_a_state_though_all_members_are_called_we(reader):
    text = "We, the Members of the United Nations, have work to do. We thank Ghana."
    assert unread(read(reader, text, author=ANNA), "Norway - supports - Ghana") == []


def test_nobody_is_we_in_a_report(reader):
    assert stated(read(reader, "We condemn Al-Shabaab.", genre="news report")) == []
