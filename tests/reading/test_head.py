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
        (
            f"Resolution 12 (2024)\nAdopted by the Lake Council at its 7th meeting, on 3 May 2024\n\n{BODY}",
            "Resolution 12 (2024)",
            "2024-05-03",
            "",
        ),
        (
            f"Resolution 12 (2024)\nAdopted by the Lake Council at its 7th meeting, on\n3 May 2024\n"
            f"The Lake Council,\n{BODY}",
            "Resolution 12 (2024)",
            "2024-05-03",
            "",
        ),
        (
            f"Joint Statement of Arland and Borland\nWashington, D.C.\n3 May 2024\n\n{BODY}",
            "Joint Statement of Arland and Borland",
            "2024-05-03",
            "",
        ),
        (f"Talks resume\nA New Round\n3 May 2024\n\n{BODY}", "Talks resume A New Round", "2024-05-03", ""),
        (f"Concerned at the floods of 3 May 2024,\n{BODY}", "", "", ""),
        (f"Talks resume: a brief\nArvik, May 2024\n\n{BODY}", "Talks resume: a brief", "2024-05", ""),
        (f"Talks resume: a brief\nMarch 2 Gate\n\n{BODY}", "Talks resume: a brief March 2 Gate", "", ""),
        (
            f"LETTER DATED 3 MAY 2024 FROM THE ENVOY\nOF ARLAND TO THE LAKE COUNCIL\n\n{BODY}",
            "LETTER DATED 3 MAY 2024 FROM THE ENVOY OF ARLAND TO THE LAKE COUNCIL",
            "2024-05-03",
            "ENVOY OF ARLAND",
        ),
        (
            f"United Nations S/2024/9\nSecurity Council Distr.: General\n4 May 2024\n24-12345 (E)\n\n"
            f"Letter dated 3 May 2024 from the Envoy of Arland addressed to the President\n\n{BODY}",
            "Letter dated 3 May 2024 from the Envoy of Arland addressed to the President",
            "2024-05-03",
            "Envoy of Arland",
        ),
        (f"Security Council\nTalks resume\n\n{BODY}", "Security Council Talks resume", "", ""),
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
