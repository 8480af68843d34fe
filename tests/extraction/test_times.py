from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.extraction.times import MONTHS, TimeExpression, find_times, times_within
from dragoman.records import DATE

THURSDAY = "2025-07-24"


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
        ("on Monday", "2025-07-21"),
        ("last month", "2025-06"),
        ("next month", "2025-08"),
        ("this year", "2025"),
        ("last year", "2024"),
        ("earlier this month", "2025-07"),
        ("next week", ""),
        ("last week", "2025-07"),
        ("three days ago", "2025-07-21"),
        ("two weeks ago", "2025-07"),
        ("two months ago", "2025-05"),
        ("ten years ago", "2015"),
    ],
)
def test_find_times_resolves_against_the_date_of_the_document(text, iso):
    assert [time.iso for time in find_times(f"They met {text}.", THURSDAY)] == ([iso] if iso else [])


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
    assert find_times(text, THURSDAY) == []


@pytest.mark.parametrize(
    ("text", "reference", "iso"),
    [
        ("on 9 July", "", None),
        ("on 9 July", "2019", "2019-07-09"),
        ("on 9 July 2021", "", "2021-07-09"),
        ("last year", "2019", "2018"),
        ("last month", "2019", None),
        ("last month", "2019-01", "2018-12"),
        ("yesterday", "2019-01", None),
        ("on 20 December", "2019-01-15", "2018-12-20"),
        ("on 5 January", "2019-12-15", "2020-01-05"),
        ("yesterday", "2020-03-01", "2020-02-29"),
    ],
)
def test_find_times_is_as_exact_as_the_date_of_the_document(text, reference, iso):
    assert [time.iso for time in find_times(f"They met {text}.", reference)] == ([iso] if iso else [])


def test_find_times_gives_the_words_of_each_date_in_text_order():
    text = "Signed in 2015, renewed on 3 March 2021 and broken last month."
    times = find_times(text, THURSDAY)
    assert [(text[time.start : time.end], time.iso) for time in times] == [
        ("in 2015", "2015"),
        ("3 March 2021", "2021-03-03"),
        ("last month", "2025-06"),
    ]
    assert list(times_within(times, 8, 40)) == times[1:2]


PLAIN = (
    *MONTHS,
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
    for time in find_times(text, reference):
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
    assert [time.iso for time in find_times(f"on {written}", reference)] == [day]
