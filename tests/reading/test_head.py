import pytest

from dragoman.reading.head import find_author, find_genre, find_head, load_genres

BODY = "The two ministers met in the harbour town and agreed to reopen the crossing before the winter."


@pytest.mark.parametrize(
    ("text", "title", "date", "author"),
    [
        (f"Talks resume in Arvik\n\n{BODY}", "Talks resume in Arvik", "", ""),
        (f"# Talks *resume*\n\n{BODY}", "Talks resume", "", ""),
        (f"Talks resume in Arvik\n{BODY}", "Talks resume in Arvik", "", ""),
        (f"Talks resume\nBy Ana Ruiz\n3 May 2024\n\n{BODY}", "Talks resume", "2024-05-03", "Ana Ruiz"),
        (f"Friday, May 3, 2024\n\nTalks resume\n\n{BODY}", "Talks resume", "2024-05-03", ""),
        (f"Talks resume\n\nARVIK, 3 May 2024 — {BODY}", "Talks resume", "2024-05-03", ""),
        (
            f"Remarks by the Special Envoy Ana Ruiz to the Lake Council on\nthe Crossing\n"
            f"Arvik, 3 May 2024\nMadam Chair,\n{BODY}",
            "Remarks by the Special Envoy Ana Ruiz to the Lake Council on the Crossing",
            "2024-05-03",
            "Special Envoy Ana Ruiz",
        ),
        (
            f"Statement by\n\nH.E. Mr. Ado Ren\n\nArvik, 2024-05-03\n\nMadam Chair,\n\n{BODY}",
            "Statement by H.E. Mr. Ado Ren",
            "2024-05-03",
            "H.E. Mr. Ado Ren",
        ),
        (BODY, "", "", ""),
        (f"Madam Chair,\nMembers of the Lake Council,\n{BODY}", "", "", ""),
        (f"The Council met in the harbour town and\nagreed on a plan.\n\n{BODY}", "", "", ""),
        (f"{BODY} It was late.\n\n{BODY}", "", "", ""),
        ("Only a line", "", "", ""),
        ("", "", "", ""),
    ],
)
def test_find_head_reads_title_date_and_author(text, title, date, author):
    head = find_head(text)
    assert (head.title, head.date, head.author) == (title, date, author)


@pytest.mark.parametrize(
    ("title", "author"),
    [
        (
            "Statement by Mr. Ado Ren, Minister for Trade of Arland, at the Forum",
            "Mr. Ado Ren, Minister for Trade of Arland",
        ),
        ("STATEMENT BY MR. ADO REN, MINISTER OF TRADE, AT THE FORUM", "MR. ADO REN, MINISTER OF TRADE"),
        ("Joint statement delivered by Arland and Borland on fishing", "Arland and Borland"),
        ("Address by Omar bin Said following the vote", "Omar bin Said"),
        ("Attack by raiders in the north", ""),
        ("Statement by both sides", ""),
        ("Statement on the floods", ""),
    ],
)
def test_find_author_reads_it_from_the_title(title, author):
    assert find_author(title) == author


def test_find_genre_takes_the_first_and_longest_capitalised_name():
    assert find_genre("Press Statement by the Chair") == "press statement"
    assert find_genre("Final Communique of the Forum") == "communiqué"
    assert find_genre("Forum makes a statement") == ""
    assert load_genres()["opening remarks"] == "remarks"
