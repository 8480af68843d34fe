from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.extraction.times import TimeExpression, TimeFinder, times_within
from dragoman.lexicon import load_lexicon
from dragoman.ontology import load_ontology
from dragoman.records import DATE

THURSDAY = "2025-07-24"
TIMES = TimeFinder(load_lexicon(load_ontology()))


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("on 9 July 2021", "2021-07-09"),
        ("on July 9, 2021", "2021-07-09"),
        ("on the 9th of July 2021", "2021-07-09"),
        ("on 9 July", "2025-07-09"),
        ("on July 9th", "2025-07-09"),
        ("on 3 Dec. 2020", "2020-12-03"),
        ("in July 2021", "2021-07"),
        ("since March", "2025-03"),
        ("in 2015", "2015"),
        ("(2015)", "2015"),
        ("the 1998 Accord", "1998"),
        ("from 9 to 11 July 2021", "2021-07"),
        ("on the 27th September last year", "2024-09-27"),
        ("in July this year", "2025-07"),
        ("on July 9-11, 2021", "2021-07"),
        ("today", "2025-07-24"),
        ("yesterday", "2025-07-23"),
        ("tomorrow", "2025-07-25"),
        ("the day before yesterday", "2025-07-22"),
        ("the day after tomorrow", "2025-07-26"),
        ("on Monday", "2025-07-21"),
        ("last month", "2025-06"),
        ("next month", "2025-08"),
        ("this year", "2025"),
        ("last year", "2024"),
        ("this summer", "2025"),
        ("this past spring", "2025"),
        ("last summer", ""),
        ("earlier this month", "2025-07"),
        ("next week", ""),
        ("last week", "2025-07"),
        ("three days ago", "2025-07-21"),
        ("two weeks ago", "2025-07"),
        ("two months ago", "2025-05"),
        ("ten years ago", "2015"),
        ("one month ago", "2025-06"),
        ("a year ago today", "2024-07-24"),
        ("two years ago this month", "2023-07"),
        ("more than ten years ago", ""),
        ("this morning", "2025-07-24"),
        ("last night", "2025-07-23"),
        ("next Monday", "2025-07-28"),
        ("last Thursday", "2025-07-17"),
        ("on Friday, 3 March 2023", "2023-03-03"),
        ("in mid-April", "2025-04"),
        ("in late 2020", "2020"),
        ("in January and February", "2025"),
        ("from March to May 2015", "2015"),
        ("between 5 May and 10 June 2015", "2015"),
        ("on July 17 and 18", "2025-07"),
        ("in 2015 and 2016", ""),
        ("from 1992 to 1995", ""),
        ("on the eve of 13 April", "2025-04-12"),
        ("the day after 7 May", "2025-05-08"),
        ("next March", "2026-03"),
        ("next October", "2025-10"),
        ("last September", "2024-09"),
    ],
)
def test_find_times_resolves_against_the_date_of_the_document(text, iso):
    assert [time.iso for time in TIMES.find(f"They met {text}.", THURSDAY)] == ([iso] if iso else [])


@pytest.mark.parametrize(
    "text",
    [
        "They may meet.",
        "Resolution 2254 was read.",
        "A/RES/2015",
        "They march on.",
        "in the second session",
    ],
)
def test_find_times_takes_no_other_word_for_a_date(text):
    assert TIMES.find(text, THURSDAY) == []


@pytest.mark.parametrize(
    ("text", "reference", "iso"),
    [
        ("on 9 July", "", None),
        ("on 9 July", "2019", "2019-07-09"),
        ("on 9 July 2021", "", "2021-07-09"),
        ("last year", "2019", "2018"),
        ("last month", "2019", "2019"),
        ("next week", "2019", "2019"),
        ("on Friday", "2019", "2019"),
        ("yesterday", "2019", "2019"),
        ("two days ago", "2019", "2019"),
        ("two months ago", "2019", "2019"),
        ("six months ago", "2019", None),
        ("in two weeks", "2019", "2019"),
        ("last month", "", None),
        ("yesterday", "", None),
        ("next March", "2019", None),
        ("last month", "2019-01", "2018-12"),
        ("yesterday", "2019-01", None),
        ("on 20 December", "2019-01-15", "2018-12-20"),
        ("on 5 January", "2019-12-15", "2020-01-05"),
        ("yesterday", "2020-03-01", "2020-02-29"),
    ],
)
def test_find_times_is_as_exact_as_the_date_of_the_document(text, reference, iso):
    assert [time.iso for time in TIMES.find(f"They met {text}.", reference)] == ([iso] if iso else [])


@pytest.mark.parametrize(("date", "told"), [("2019", ""), ("2019-09-25", "2019-09-25")])
def test_today_may_be_any_day_where_the_year_of_a_document_alone_is_known(date, told):
    (time,) = TIMES.find("They meet today.", date)
    assert (time.told(past=True), time.told(ahead=True), time.told()) == (date, date, told)


def test_find_times_gives_the_words_of_each_date_in_text_order():
    text = "Signed in 2015, renewed on 3 March 2021 and broken last month."
    times = TIMES.find(text, THURSDAY)
    assert [(text[time.start : time.end], time.iso) for time in times] == [
        ("in 2015", "2015"),
        ("3 March 2021", "2021-03-03"),
        ("last month", "2025-06"),
    ]
    assert list(times_within(times, 8, 40)) == times[1:2]


@pytest.mark.parametrize(
    ("text", "nearest", "past", "ahead"),
    [
        ("on 9 October", "2025-10-09", "2024-10-09", "2025-10-09"),
        ("on 9 July", "2025-07-09", "2025-07-09", "2026-07-09"),
        ("on 24 July", "2025-07-24", "2025-07-24", "2025-07-24"),
        ("in March", "2025-03", "2025-03", "2026-03"),
        ("on Friday", "2025-07-18", "2025-07-18", "2025-07-25"),
        ("on Thursday", "2025-07-24", "2025-07-24", "2025-07-24"),
        ("in March 2019", "2019-03", "2019-03", "2019-03"),
    ],
)
def test_a_date_left_open_is_read_as_past_or_to_come(text, nearest, past, ahead):
    (time,) = TIMES.find(f"They met {text}.", THURSDAY)
    assert (time.told(), time.told(past=True), time.told(ahead=True)) == (nearest, past, ahead)


@pytest.mark.parametrize(
    ("text", "dates"),
    [
        ("They met on 9 July. Five days later they met again.", ["2025-07-09", "2025-07-14"]),
        ("They met on 9 July. On that day they signed.", ["2025-07-09", "2025-07-09"]),
        ("They met in 2015 and signed the following year.", ["2015", "2016"]),
        ("They met in May. Two weeks later they signed.", ["2025-05"]),
        ("Two weeks later they signed.", []),
        ("They met on 9 July. Hours later they signed.", ["2025-07-09", "2025-07-09"]),
        ("They met on 9 July and, later that day, signed.", ["2025-07-09", "2025-07-09"]),
        ("They met on 9 July. A day earlier, they had talked.", ["2025-07-09", "2025-07-08"]),
        ("They met on 9 July 2015. The previous year, they had talked.", ["2015-07-09", "2014"]),
        ("They met on 9 July, a month earlier than planned.", ["2025-07-09"]),
        ("It began the day after the 7 May raid. Hours later, it spread.", ["2025-05-08", "2025-05-07", "2025-05-08"]),
    ],
)
def test_a_date_that_goes_on_from_another(text, dates):
    assert [time.iso for time in TIMES.find(text, THURSDAY)] == dates


def test_a_date_without_a_year_is_of_that_of_the_date_before_it_where_nothing_else_tells():
    for text, past in [
        ("It began on 30 October 2018. On 2 November it ended.", "2018-11-02"),
        ("It began on 30 October 2018. On 12 October it ended.", "?"),
        ("On 2 November it ended.", "?"),
    ]:
        assert TIMES.find(text, "2020")[-1].past == past


def test_what_is_since_a_date_shares_with_that_of_the_document():
    assert [time.until_now for time in TIMES.find("since 5 May, since June, since 2019", "2025-06-24")] == [
        "2025",
        "2025-06",
        "",
    ]


@pytest.mark.parametrize(
    ("text", "bound"),
    [
        ("since 5 May", "since"),
        ("by 2030", "by"),
        ("until 5 May", "until"),
        ("after May 2019", "after"),
        ("in 2019", ""),
    ],
)
def test_a_date_may_be_but_a_bound(text, bound):
    assert [time.bound for time in TIMES.find(f"They met {text}.", THURSDAY)] == [bound]


def test_a_day_has_the_year_that_the_document_gives_it_elsewhere():
    days = TIMES.find_days("On 7 May 2023 it began. On 3 June 2021, and on June 3, 2022, nothing.")
    assert days == {"05-07": "2023"}
    assert [time.iso for time in TIMES.find("since the May 7 attack and 3 June", THURSDAY, days)] == [
        "2023-05-07",
        "2025-06-03",
    ]


PLAIN = (
    *TIMES.words.months,
    "last",
    "this",
    "next",
    "week",
    "month",
    "year",
    "ago",
    "two",
    "a",
    "the",
    "of",
    "in",
    "Monday",
    "today",
)
MARKS = ("9", "31", "30th", "2015", "1998", "-", ",", "(", ")", "–", "0", "99", "to", "and", "yesterday", "earlier")
TEXTS = st.lists(st.one_of(st.sampled_from(PLAIN + MARKS), st.text(max_size=4)), max_size=16).map(" ".join)
DAYS = st.dates(min_value=date(1901, 1, 1), max_value=date(2099, 12, 31)).map(date.isoformat)
REFERENCES = st.one_of(st.just(""), DAYS, DAYS.map(lambda day: day[:7]), DAYS.map(lambda day: day[:4]))


@settings(max_examples=500, deadline=None)
@given(text=TEXTS, reference=REFERENCES)
def test_find_times_stays_within_any_text_and_gives_dates_of_the_calendar(text, reference):
    reach = 0
    for time in TIMES.find(text, reference):
        assert isinstance(time, TimeExpression)
        assert reach <= time.start < time.end <= len(text)
        reach = time.end
        assert DATE.fullmatch(time.iso)
        if len(time.iso) == len("2025-07-24"):
            date.fromisoformat(time.iso)


@settings(max_examples=200, deadline=None)
@given(day=DAYS, reference=REFERENCES)
def test_find_times_reads_back_a_full_date(day, reference):
    written = f"{date.fromisoformat(day):%d %B %Y}"
    assert [time.iso for time in TIMES.find(f"on {written}", reference)] == [day]
