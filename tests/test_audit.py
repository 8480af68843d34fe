"""An audit: claims drawn by chance, marks read back, the precision that follows, and decisions."""

from __future__ import annotations

import csv
import io
import json
import re
from collections import Counter
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from dragoman.audit.drawing import allocate, band_of, draw
from dragoman.audit.marks import COLUMNS, Mark, Marked, Marks, MarksError, format_marks, read_marks, to_decisions
from dragoman.audit.page import format_page
from dragoman.audit.precision import describe_precision, estimate, find_wilson, to_tables
from dragoman.cli import main
from dragoman.decisions import Kind, parse_decisions, read_decisions
from dragoman.records import Claim, Evidence, Modality, Span
from dragoman.vocabulary import BASE
from small_record import CLAIMS, CONDEMNED, COOPERATE, DENIED, DOCUMENTS, ONTOLOGY, RECORD, trap_record, write_output

QUOTE = Evidence("a.txt", Span(0, 1), "x", "", "")


def make_claims(numbers: dict[str, int], confidence: float = 0.9) -> list[Claim]:
    """So many claims of each property."""
    return [
        Claim(f"s{number}", predicate, f"o{number}", Modality.ASSERTED, (QUOTE,), "a rule", confidence)
        for predicate, count in numbers.items()
        for number in range(count)
    ]


def mark(claim: Claim, what: Mark = Mark.RIGHT, weight: float = 1, **told: str) -> Marked:
    """A marked claim."""
    return Marked(claim, what, weight, where="m.csv:2", **told)


def write_marks(path: Path, *rows: str, columns: str = "claim,mark,weight,who,when,why") -> Path:
    """A table of marks."""
    path.write_text("\n".join([columns, *rows]) + "\n", encoding="utf-8")
    return path


def run(*arguments: object) -> tuple[int, str, str]:
    """Exit code, output and complaints of the command ``audit``."""
    result = CliRunner().invoke(main, ["audit", *map(str, arguments)])
    return result.exit_code, result.stdout, result.stderr


@pytest.fixture
def out(tmp_path: Path) -> Path:
    """An output folder."""
    return write_output(tmp_path / "out")


# -- drawing


@given(st.dictionaries(st.text(min_size=1), st.integers(1, 300), min_size=1, max_size=20), st.integers(0, 400))
def test_each_stratum_gives_one_at_least_and_no_more_than_it_has(sizes, more):
    sample = len(sizes) + more
    counts = allocate(sizes, sample)
    assert sum(counts.values()) == min(sample, sum(sizes.values()))
    assert all(1 <= counts[key] <= sizes[key] for key in sizes)


def test_allocation_is_in_proportion():
    assert allocate({"a": 500, "b": 300, "c": 200}, 100) == {"a": 50, "b": 30, "c": 20}


@given(st.integers(1, 250), st.integers(-5, 5))
def test_weights_of_drawn_claims_sum_up_to_the_graph(sample, seed):
    claims = make_claims({"supports": 150, "opposes": 40, "signs": 9, "adopts": 1})
    drawn = draw(claims, sample, seed=seed)
    assert len(drawn) == min(sample, 200)
    assert len({one.claim.id for one in drawn}) == len(drawn)
    assert sum(one.weight for one in drawn) == pytest.approx(200)
    assert all(one.weight >= 1 for one in drawn)


def test_rare_property_is_drawn_where_the_sample_goes_so_far():
    claims = make_claims({"supports": 900, "adopts": 1})
    assert Counter(one.claim.predicate for one in draw(claims, 20))["adopts"] == 1


def test_small_strata_are_put_together_where_there_are_many():
    numbers = dict.fromkeys(list(ONTOLOGY.properties)[:20], 2) | {"supports": 400}
    drawn = draw(make_claims(numbers), 10)
    assert len(drawn) == 10
    assert max(one.weight for one in drawn) < 100
    assert sum(one.weight for one in drawn) == pytest.approx(sum(numbers.values()))


def test_draw_is_the_same_whatever_the_order_and_another_with_another_seed():
    claims = make_claims({"supports": 200, "opposes": 50})
    drawn = draw(claims, 30)
    assert draw(claims[::-1], 30) == drawn
    assert draw(claims, 30, seed=1) != drawn
    assert [one.claim.id for one in drawn] != sorted(one.claim.id for one in drawn)


def test_most_claims_stay_drawn_when_the_graph_grows():
    claims = make_claims({"supports": 200})
    before, after = ({one.claim.id for one in draw(some, 50)} for some in (claims[:190], claims))
    assert len(before & after) >= 40


def test_graph_without_claims_gives_an_empty_sample_and_a_sample_of_none_is_an_error():
    assert draw([], 5) == []
    with pytest.raises(ValueError, match="draw one or more"):
        draw(CLAIMS, 0)


@pytest.mark.parametrize(
    ("confidence", "band"),
    [(0.0, "below 0.6"), (0.59, "below 0.6"), (0.6, "0.6 to 0.8"), (0.8, "0.8 and above"), (1.0, "0.8 and above")],
)
def test_bands_of_confidence(confidence, band):
    assert band_of(confidence) == band


# -- precision


@pytest.mark.parametrize(
    ("right", "n", "low", "high"),
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_wilson_is_that_of_the_tables(right, n, low, high):
    """Values of method 3 in Newcombe 1998, table I, https://doi.org/10.1002/(SICI)1097-0258(19980430)17:8<857."""
    assert find_wilson(right / n, n) == pytest.approx((low, high), abs=5e-5)


@given(st.floats(0, 1), st.floats(0.5, 1e6))
def test_wilson_stays_within_0_and_1_and_holds_the_share(share, n):
    low, high = find_wilson(share, n)
    assert 0 <= low <= share + 1e-9
    assert share - 1e-9 <= high <= 1


def test_weights_count_for_what_they_stand_for():
    claims = make_claims({"supports": 2, "opposes": 2})
    marks = [
        *(mark(claim, Mark.RIGHT, 9) for claim in claims[:2]),
        *(mark(claim, Mark.WRONG, 1) for claim in claims[2:]),
    ]
    found = estimate(marks)
    assert (found.precision, found.right, found.wrong, found.n) == (0.9, 2, 2, 4)
    assert (found.low, found.high) == pytest.approx(find_wilson(0.9, 20**2 / (2 * 81 + 2)))


def test_unsure_counts_neither_way():
    claims = make_claims({"supports": 3})
    marks = [mark(claims[0]), mark(claims[1], Mark.WRONG), mark(claims[2], Mark.UNSURE)]
    assert estimate(marks).precision == 0.5
    assert describe_precision(Marks(tuple(marks), unmarked=7)) == [
        "precision 0.50, n = 2 (95 % interval 0.09-0.91)",
        "1 unsure, left out: 0.33 if all of them were wrong, 0.67 if right",
        "7 drawn and not marked yet",
    ]


def test_intervals_hold_the_truth_about_as_often_as_they_say():
    numbers = {"supports": 300, "opposes": 60, "signs": 30, "adopts": 8}
    claims = make_claims(numbers)
    rights = {"supports": 0.9, "opposes": 0.6, "signs": 0.5, "adopts": 0.25}
    right = {claim.id for claim in claims if int(claim.id, 16) % 1000 < 1000 * rights[claim.predicate]}
    truth = len(right) / len(claims)
    held = 0
    for seed in range(200):
        drawn = draw(claims, 60, seed=seed)
        marks = [mark(o.claim, Mark.RIGHT if o.claim.id in right else Mark.WRONG, o.weight) for o in drawn]
        found = estimate(marks)
        held += found.low <= truth <= found.high
    assert held >= 186  # 93 of 100


def test_tables_tell_each_property_modality_and_band_of_the_graph():
    marks = [mark(CONDEMNED), mark(DENIED, Mark.WRONG)]
    whole, properties, modalities, confidences = to_tables(marks, CLAIMS, ONTOLOGY)
    assert whole.rows[0][4:] == (2, 1, 1, 0, 5)
    rows = {row[0]: row for row in properties.rows}
    assert rows.keys() == {claim.predicate for claim in CLAIMS}
    assert rows["criticizes"][1] == 0.5
    assert rows["attacks"][1:5] == (None, None, None, 0)
    assert [row[0] for row in modalities.rows] == ["asserted", "possible", "negated"]
    assert [row[0] for row in confidences.rows] == ["0.8 and above", "0.6 to 0.8"]


# -- the table of marks


def test_table_holds_the_drawn_claims_and_comes_back_marked(tmp_path):
    drawn = draw(CLAIMS, 4)
    rows = list(csv.DictReader(io.StringIO(format_marks(drawn, RECORD, ONTOLOGY), newline="")))
    assert [row["claim"] for row in rows] == [f"claim/{one.claim.id}" for one in drawn]
    condemned = next((row for row in rows if row["quote"] == "Norland condemned the Red Column"), rows[0])
    assert condemned["subject"]
    for row, what in zip(rows, ("right", "Wrong", "UNSURE", ""), strict=True):
        row["mark"] = what
    path = tmp_path / "m.csv"
    for delimiter in ",;\t":
        with path.open("w", newline="", encoding="utf-8-sig") as file:
            writer = csv.DictWriter(file, COLUMNS, delimiter=delimiter)
            writer.writeheader()
            writer.writerows(rows)
        marks = read_marks(path, RECORD)
        assert [(f"claim/{one.claim.id}", one.mark) for one in marks.marked] == [
            (row["claim"], what) for row, what in zip(rows, Mark, strict=False)
        ]
        assert [one.weight for one in marks.marked] == pytest.approx([one.weight for one in drawn[:3]], rel=1e-5)
        assert marks.unmarked == 1


def test_cells_that_a_spreadsheet_would_run_are_harmless():
    record = trap_record()
    evil = replace(record, entities=(replace(record.entities[0], label="=1+1"), *record.entities[1:]))
    table = format_marks(draw(evil.claims, 5), evil, ONTOLOGY)
    for row in csv.DictReader(io.StringIO(table, newline="")):
        assert row["subject"] == "'=1+1"
        assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r")) for cell in row.values())


@pytest.mark.parametrize(
    ("rows", "columns", "words"),
    [
        (["ID,rigth"], "claim,mark", r"m\.csv:2: no mark 'rigth'; did you mean 'right'\?"),
        (["ID,5"], "claim,mark", r"m\.csv:2: no mark '5'; one of: right, wrong, unsure"),
        (["# a note", "", "4.5e12,right"], "claim,mark", r"m\.csv:4: claim '4\.5e12' is no id of a claim"),
        (["ID,right,0"], "claim,mark,weight", r"m\.csv:2: weight '0' is no number from 1 on"),
        (["ID,right,nan"], "claim,mark,weight", r"m\.csv:2: weight 'nan' is no number"),
        (["ID,right", "ID,wrong"], "claim,mark", r"m\.csv:3: marks as wrong what line 2 marks as right; drop one"),
        (["ID,right"], "claim,marks", r"m\.csv:1: has no column 'mark'"),
        (["ID,right,x"], "claim,mark,mark", r"m\.csv:1: has twice the column 'mark'"),
        (["ID,right,a,b"], "claim,mark", r"m\.csv:2: has 4 cells for 2 columns"),
        (['ID,"right'], "claim,mark", r"m\.csv:2: is no table: .*quotation mark without its pair"),
        (["0123456789abcdef,right"], "claim,mark", r"m\.csv:2: no claim of the table is in the graph"),
    ],
)
def test_bad_table_is_told_with_file_and_line(tmp_path, rows, columns, words):
    rows = [row.replace("ID", CONDEMNED.id) for row in rows]
    with pytest.raises(MarksError, match=words):
        read_marks(write_marks(tmp_path / "m.csv", *rows, columns=columns), RECORD)


def test_file_that_is_no_text_is_told(tmp_path):
    (tmp_path / "m.csv").write_bytes(b"claim,mark\n\xff\xfe")
    with pytest.raises(MarksError, match=r"m\.csv:2: is not UTF-8 text; save the table as CSV in UTF-8"):
        read_marks(tmp_path / "m.csv", RECORD)
    with pytest.raises(MarksError, match=r"gone\.csv: cannot be read: .*; give a table of marks"):
        read_marks(tmp_path / "gone.csv", RECORD)


def test_claim_that_is_gone_from_the_graph_is_told_and_the_same_mark_twice_counts_once(tmp_path):
    rows = (f"{CONDEMNED.id},right", "0123456789abcdef,wrong", f"{CONDEMNED.id.upper()},right")
    marks = read_marks(write_marks(tmp_path / "m.csv", *rows, columns="claim,mark"), RECORD)
    assert len(marks.marked) == 1
    assert [place.rsplit(":", 1)[-1] for place in marks.gone] == ["3"]


def test_empty_table_has_no_marks(tmp_path):
    (tmp_path / "m.csv").write_text("")
    assert read_marks(tmp_path / "m.csv", RECORD) == Marks(())


# -- decisions


def test_marks_become_decisions_that_the_build_reads():
    marks = [
        mark(CONDEMNED, Mark.RIGHT, who="AR", when="2031-05-02", why="plain"),
        mark(COOPERATE, Mark.WRONG),
        mark(DENIED, Mark.UNSURE),
    ]
    decisions = to_decisions(marks, who="BS", when="2031-05-03")
    assert [(one.kind, one.predicate, one.documents, one.who, one.why) for one in decisions] == [
        (Kind.RIGHT, "criticizes", ("remarks/first.txt",), "AR", "plain"),
        (Kind.WRONG, "cooperatesWith", ("remarks/first.txt",), "BS", "audited"),
        (Kind.WRONG, "cooperatesWith", ("second.txt",), "BS", "audited"),
    ]


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ({}, "has no who and no when; fill it in, or give --who and --when"),
        ({"who": "AR"}, "has no when; fill it in, or give --when"),
        ({"who": "AR", "when": "2.5.2031"}, r"when '2\.5\.2031' is not YYYY-MM-DD"),
    ],
)
def test_decision_needs_who_and_when(told, words):
    with pytest.raises(MarksError, match=rf"m\.csv:2: {words}"):
        to_decisions([mark(CONDEMNED, **told)])


# -- the page


def test_page_holds_what_documents_say_as_data_alone():
    texts = {document.name: f"{document.text} <script>alert(1)</script>" for document in DOCUMENTS}
    documents = tuple(
        replace(document, text=texts[document.name], sha256=sha256(texts[document.name].encode()).hexdigest())
        for document in DOCUMENTS
    )
    record = replace(RECORD, documents=documents)
    drawn = draw(CLAIMS, 5)
    page = format_page(drawn, record, ONTOLOGY)
    assert page == format_page(drawn, record, ONTOLOGY)
    assert "alert(1)</script>" not in page
    assert "default-src 'none'" in page
    assert not re.search(r"(?:src|href)=\"(?!data:)", page)
    data = json.loads(re.search(r'id="data">(.*?)</script>', page)[1])
    assert len(data["items"]) == 5
    for item, one in zip(data["items"], drawn, strict=True):
        assert [answer["label"] for answer in item["answers"]] == ["Right", "Wrong", "Unsure"]
        for answer in item["answers"]:
            (row,) = answer["rows"]
            assert row.keys() <= set(COLUMNS)
            assert (row["claim"], row["mark"]) == (f"claim/{one.claim.id}", answer["label"].lower())


def test_quote_tells_the_page_of_the_original():
    paged = replace(CONDEMNED, evidence=(replace(CONDEMNED.evidence[0], page=7),))
    record = replace(RECORD, claims=(paged,))
    data = json.loads(re.search(r'id="data">(.*?)</script>', format_page(draw([paged], 1), record, ONTOLOGY))[1])
    assert data["items"][0]["parts"][0]["quotes"][0]["where"] == "page 7"
    (row,) = csv.DictReader(io.StringIO(format_marks(draw([paged], 1), record, ONTOLOGY), newline=""))
    assert row["where"] == "page 7"


def test_page_of_no_claims_can_be_written():
    assert "To mark: 0 of 0 claims" in format_page([], replace(RECORD, claims=()), ONTOLOGY)


# -- the command


def test_command_draws_a_page_or_a_table_the_same_each_time(out, tmp_path):
    code, told, _ = run(out, "--sample", 3)
    assert code == 0
    assert f"Written: {out}/audit.html: 3 of 5 claims" in told
    for name in ("a.csv", "b.csv"):
        assert run(out, "--sample", 3, "-o", tmp_path / name)[0] == 0
    assert (tmp_path / "a.csv").read_bytes() == (tmp_path / "b.csv").read_bytes()
    code, _, complaint = run(out, "-o", tmp_path / "a.xlsx")
    assert code == 2
    assert "no audit is written as .xlsx; one of: .html, .csv" in complaint
    code, _, complaint = run(out, "-o", tmp_path / "gone" / "a.csv")
    assert (code, "gone: no such folder; make it first" in complaint) == (2, True)


def test_command_tells_the_precision_and_writes_decisions(out, tmp_path):
    (out / "decisions.csv").write_text("decision,subject,object,who,when,why\nrename,norland,N,CD,2030-01-01,so\n")
    rows = [f"{claim.id},right,1,AR,2031-05-02," for claim in CLAIMS[:4]] + [f"{CLAIMS[4].id},wrong,1,AR,2031-05-02,no"]
    path = write_marks(tmp_path / "m.csv", *rows)
    code, told, _ = run(out, "--marks", path, "--decisions", tmp_path / "d.csv")
    assert code == 0
    assert told.startswith("precision 0.80, n = 5 (95 % interval 0.38-0.96)\n")
    assert "By property" in told
    decided = read_decisions(tmp_path / "d.csv", ONTOLOGY, base=BASE)
    assert decided[0].kind is Kind.RENAME
    assert Counter(one.kind for one in decided)[Kind.RIGHT] == 4
    again = (tmp_path / "d.csv").read_bytes()
    (out / "decisions.csv").write_bytes(again)
    assert run(out, "--marks", path, "--decisions", tmp_path / "d.csv")[0] == 0
    assert (tmp_path / "d.csv").read_bytes() == again
    table = json.loads(run(out, "--marks", path, "--format", "json")[1])
    assert table["precision"][0]["n"] == 5


def test_mark_against_a_kept_decision_is_told_and_nothing_is_written(out, tmp_path):
    row = f"wrong claim,norland,criticizes,red-column,asserted,{CONDEMNED.date}"
    text = f"decision,subject,predicate,object,modality,date,who,when,why\n{row},CD,2030-01-01,so\n"
    assert parse_decisions(text, ONTOLOGY, base=BASE)
    (out / "decisions.csv").write_text(text)
    path = write_marks(tmp_path / "m.csv", f"{CONDEMNED.id},right,1,AR,2031-05-02,")
    code, _, complaint = run(out, "--marks", path, "--decisions", tmp_path / "d.csv")
    assert code == 1
    assert "this right claim is the wrong claim of line" in complaint
    assert not (tmp_path / "d.csv").exists()


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (("--marks", "m.csv", "--sample", "5"), 2, "--marks goes with none of --sample, --seed and -o"),
        (("--decisions", "d.csv"), 2, "--decisions, --who and --when go with --marks"),
        (("--sample", "0"), 2, "0 is not in the range"),
        (("--marks", "bad.csv"), 1, "bad.csv:2: no mark 'maybe'"),
        (("--marks", "m.csv", "--decisions", "d.csv"), 1, "m.csv:2: has no who and no when"),
    ],
)
def test_fault_is_one_line_with_its_exit_code(out, tmp_path, monkeypatch, arguments, code, words):
    monkeypatch.chdir(tmp_path)
    write_marks(Path("m.csv"), f"{CONDEMNED.id},right", columns="claim,mark")
    write_marks(Path("bad.csv"), f"{CONDEMNED.id},maybe", columns="claim,mark")
    found, _, complaint = run(out, *arguments)
    assert found == code
    assert words in complaint
    assert complaint.count("\n") == 1


def test_claims_gone_from_the_graph_are_complained_of(out, tmp_path):
    path = write_marks(tmp_path / "m.csv", f"{CONDEMNED.id},right", "0123456789abcdef,wrong", columns="claim,mark")
    code, told, complaint = run(out, "--marks", path)
    assert code == 0
    assert "n = 1" in told
    assert "m.csv:3: its claim is not in the graph any more, and left out" in complaint
