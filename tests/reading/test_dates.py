import pytest

from dragoman.reading.dates import find_full_dates, parse_date


@pytest.mark.parametrize(
    ("value", "iso"),
    [
        ("2025", "2025"),
        ("2025-07", "2025-07"),
        ("2025-07-24", "2025-07-24"),
        ("24 July 2025", "2025-07-24"),
        ("July 24, 2025", "2025-07-24"),
        ("1st of March, 1998", "1998-03-01"),
        ("Sept. 3, 2001", "2001-09-03"),
        ("JULY 2025", "2025-07"),
        ("2025-07-24T10:00:00Z", "2025-07-24"),
        ("29 February 2024", "2024-02-29"),
        ("29 February 2023", ""),
        ("2025-13", ""),
        ("2025-00", ""),
        ("24.07.2025", "2025-07-24"),
        ("24.13.2025", ""),
        ("24/07/2025", ""),
        ("next week", ""),
        ("", ""),
    ],
)
def test_parse_date_gives_iso_or_nothing(value, iso):
    assert parse_date(value) == iso


def test_find_full_dates_finds_days_and_leaves_ranges_of_days():
    assert find_full_dates("Oslo, 3 May 2024") == [(6, 16, "2024-05-03")]
    assert find_full_dates("held on May 3-5, 2024, by section 2.1.3.2024") == []


def test_months_have_all_names_that_the_lexicon_knows(lexicon):
    months = lexicon.numbers["month"]
    assert {word: parse_date(f"{word.title()} 2020") for word in months} == {
        word: f"2020-{number:02}" for word, number in months.items()
    }
