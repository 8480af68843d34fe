from dragoman.reading.metadata import Metadata, find_front_matter, merge, parse_table

TABLE = """\
date,file,extra,title,author,genre
3 May 2024,a.txt,x,"Talks, again",Ana Ruiz,news
"""


def test_parse_table_takes_columns_in_any_order():
    table = parse_table(TABLE)
    assert table.rows == {"a.txt": Metadata("Talks, again", "2024-05-03", "Ana Ruiz", "news")}
    assert table.notes == ()


def test_parse_table_reads_semicolons_and_tabs():
    assert parse_table("file;title\na.txt;One, two\n").rows["a.txt"].title == "One, two"
    assert parse_table("File\tTitle\na.txt\tOne\n").rows["a.txt"].title == "One"


def test_parse_table_says_what_is_wrong_in_which_row():
    table = parse_table(
        "file,title,date\na.txt,One,someday\nb.txt,Two\n\n,Three,2024\na.txt,Four,2024\nc.txt,Five,2024-05\n"
    )
    assert table.notes == (
        "row 2: date 'someday' is not YYYY, YYYY-MM, YYYY-MM-DD or like '24 July 2025'; not used",
        "row 3: 2 columns where the heading has 3; the row is not used",
        "row 5: the column 'file' is empty; the row is not used",
        "row 6: a.txt has row 2 already; this one is not used",
    )
    assert table.rows == {"a.txt": Metadata("One"), "c.txt": Metadata("Five", "2024-05")}


def test_parse_table_tells_a_column_that_is_likely_mistyped():
    table = parse_table("file,titel,autor,date_from,characters,date\na.txt,One,Ana Ruiz,first lines,12,2024\n")
    assert table.notes == (
        "row 1: the column 'titel' is not used; did you mean 'title'?",
        "row 1: the column 'autor' is not used; did you mean 'author'?",
    )
    assert table.rows == {"a.txt": Metadata(date="2024")}


def test_parse_table_without_file_column_is_one_note():
    assert parse_table("name,title\na,b\n").notes == ("row 1: no column 'file' among name, title; no row is used",)
    assert parse_table("").notes == ("row 1: no column 'file' among none; no row is used",)


def test_parse_table_reports_a_field_too_large_for_csv():
    assert parse_table("file,title\na.txt," + "x" * 200_000).notes[0].startswith("not readable as comma-separated")


def test_find_front_matter_reads_simple_lines():
    text = "---\n# comment\nTitle: 'Talks: again'\ndate: 2024-05\ntags:\n  - lake\n---\nText"
    front = find_front_matter(text)
    assert front.metadata == Metadata("Talks: again", "2024-05")
    assert text[front.end :] == "Text"


def test_find_front_matter_leaves_prose_between_rules():
    for text in (
        "---\nThe Council met.\n---\nText",
        "---\ntitle: a\nno end",
        "Text\n---\ntitle: a\n---\n",
        "---\n---\n",
    ):
        assert find_front_matter(text).end == 0


def test_find_front_matter_notes_a_bad_date():
    assert find_front_matter("---\ndate: soon\n---\n").notes[0].startswith("front matter: date 'soon' is not YYYY")


def test_merge_takes_each_property_from_the_first_account_that_tells_it_and_says_which():
    accounts = [
        ("table", Metadata(title="From table")),
        ("front matter", Metadata(title="From front matter", author="Front")),
        ("first lines", Metadata(date="2024-05-04", author="Lines")),
    ]
    found, origins = merge(accounts)
    assert found == Metadata("From table", "2024-05-04", "Front")
    assert origins == (("title", "table"), ("date", "first lines"), ("author", "front matter"))
