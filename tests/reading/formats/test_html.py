import pytest

from dragoman.reading.formats.html import read
from dragoman.reading.formats.parsed import Limits, Options, UnreadableError

OPTIONS = Options()
NEWS = """<!doctype html><html lang="en"><head><title>Council hails talks | Norland Press</title>
<meta property="og:site_name" content="Norland Press"><link rel="canonical" href="https://press.example/a/1">
<script type="application/ld+json">{"@context": "https://schema.org", "@graph": [{"@type": "NewsArticle",
"headline": "Council hails talks", "datePublished": "2031-05-04T10:00:00Z", "contentLocation": {"name": "Geneva"},
"author": [{"@type": "Person", "name": "Ana Ruiz"}]}]}</script></head>
<body><header><nav><ul><li><a href=/>Home</a><li><a href=/x>World</a></ul></nav></header>
<div class=page><div class=left><ul><li><a>one</a><li><a>two</a><li><a>three</a></ul></div>
<div class=text><h1>Council hails talks</h1><p>GENEVA — The Council on Monday hailed the talks that <b>Norland</b> and
<a href=z>Sudmark</a> opened in the harbour town of Vale last week, and asked both to go on.</p>
<p>It urged the parties:<ol><li>to keep the truce;<li><p>to open the crossing;</p><p>as agreed.</p></ol>
<table><tr><th>State<th>Troops<tr><td>Norland<td>200<tr><td>Sudmark | x<td>10</table>
<blockquote><p>We will go on, said the envoy, whatever the weather may bring us in the days to come.</p></blockquote>
</div></div><div hidden>Secret</div><div style="display: none">Secret</div><footer>All rights</footer></body></html>"""


def text_of(page: str) -> str:
    return read(page.encode(), OPTIONS).text


def test_the_main_text_of_a_news_page_with_items_tables_and_headings():
    assert text_of(NEWS) == (
        "# Council hails talks\n\nGENEVA — The Council on Monday hailed the talks that Norland and Sudmark opened in "
        "the harbour town of Vale last week, and asked both to go on.\n\nIt urged the parties:\n\n"
        "1. to keep the truce;\n\n2. to open the crossing;\n\nas agreed.\n\n"
        "| State | Troops |\n| Norland | 200 |\n| Sudmark / x | 10 |\n\n"
        "We will go on, said the envoy, whatever the weather may bring us in the days to come.\n"
    )


def test_each_block_is_known_by_its_xpath():
    parsed = read(NEWS.encode(), OPTIONS)
    found = {place.element: parsed.text[place.start :].split("\n")[0] for place in parsed.places}
    assert found["/html/body/div[1]/div[2]/h1[1]"] == "# Council hails talks"
    assert found["/html/body/div[1]/div[2]/ol[1]/li[2]/p[1]"] == "2. to open the crossing;"
    assert found["/html/body/div[1]/div[2]/table[1]/tbody[1]/tr[2]"] == "| Norland | 200 |"


def test_metadata_of_a_news_page():
    found = read(NEWS.encode(), OPTIONS).metadata
    assert (found.title, found.date, found.author) == ("Council hails talks", "2031-05-04", "Ana Ruiz")
    assert (found.organization, found.venue, found.address) == ("Norland Press", "Geneva", "https://press.example/a/1")


@pytest.mark.parametrize(
    ("head", "name", "value"),
    [
        ('<meta property="og:title" content="Talks  resume">', "title", "Talks resume"),
        ("<title>Talks &amp; more</title>", "title", "Talks & more"),
        ('<meta name="DC.date.issued" content="2031-05-04">', "date", "2031-05-04"),
        ('<meta property="article:published_time" content="2031-05-04T09:00:00+02:00">', "date", "2031-05-04"),
        ('<time datetime="2031-05-04">yesterday</time>', "date", "2031-05-04"),
        ('<meta name="date" content="soon">', "date", ""),
        ('<meta name="author" content="Ana Ruiz">', "author", "Ana Ruiz"),
        ('<meta property="article:author" content="https://example.org/ana">', "author", ""),
        ('<link rel="canonical" href="javascript:alert(1)">', "address", ""),
        ('<meta property="og:url" content="https://example.org/a">', "address", "https://example.org/a"),
        ('<script type="application/ld+json">{"@type": "Article", "headline": </script>', "title", ""),
        ('<script type="application/ld+json">' + "[" * 20_000 + "</script>", "title", ""),
        ('<script type="application/ld+json">[{"@type": ["X", "Article"], "headline": "A"}]</script>', "title", "A"),
    ],
)
def test_metadata_of_other_kinds(head, name, value):
    assert getattr(read(f"<html><head>{head}</head><body><p>Text.".encode(), OPTIONS).metadata, name) == value


def test_the_address_of_a_saved_page():
    page = "<!-- saved from url=(0029)https://press.example/b/2.html --><html><body><p>Text."
    assert read(page.encode(), OPTIONS).metadata.address == "https://press.example/b/2.html"


def test_a_page_that_marks_its_main_text():
    page = "<body><div><p>Around the text.</p></div><main><p>The parties met.</p></main><div>After</div>"
    assert text_of(page) == "The parties met.\n"


def test_a_page_laid_out_by_tables():
    long = "The two delegations met in the harbour town and agreed to open the crossing before the winter. " * 5
    links = "<a href=1>One</a> <a href=2>Two</a> <a href=3>Three</a>"
    page = f"<table><tr><td>{links}</td><td><p>{long}</p><p>{long}</p></td>"
    assert "|" not in text_of(page)


def test_a_page_without_any_mark_of_structure():
    assert text_of("The parties met.<br><br>They agreed.") == "The parties met.\n\nThey agreed.\n"


def test_scripts_styles_and_comments_are_no_text():
    page = "<p>One.<script>alert('x')</script><style>p{}</style><!-- c --><noscript>n</noscript></p>"
    page += "<textarea>t</textarea>"
    assert text_of(page) == "One.\n"


def test_entities_and_control_characters():
    assert text_of("<p>a &lt;b&gt; &amp;amp; &nbsp; c&#0;d&#x202e;") == "a <b> &amp; c\ufffdd\u202e\n"


@pytest.mark.parametrize("encoding", ["iso-8859-1", "utf-8", "windows-1252", "utf-16"])
def test_the_encoding_that_a_page_declares(encoding):
    data = f'<meta charset="{encoding}"><p>Yaoundé’s envoy</p>'.replace("’", "'").encode(encoding)
    assert read(data, OPTIONS).text == "Yaoundé's envoy\n"


def test_ten_megabytes_of_nesting_are_refused_at_once():
    page = b"<div>" * 2_000_000
    with pytest.raises(UnreadableError, match="nested 2000000 deep, more than the limit of 2000; --limit nesting="):
        read(page, OPTIONS)


def test_elements_whose_end_may_be_left_out_do_not_count_as_nested():
    page = "<p>one<p>two<ul>" + "<li>x" * 5000
    assert read(page.encode(), Options(Limits(nesting=5))).text.startswith("one\n\ntwo\n\n- x")


def test_nothing_is_fetched_or_opened(tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("top secret")
    page = f'<!DOCTYPE html [<!ENTITY e SYSTEM "file://{secret}">]><p>a &e;</p><iframe src="file://{secret}"></iframe>'
    assert "secret" not in text_of(page).replace(str(secret), "")
