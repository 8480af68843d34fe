import pytest
from sentences import find_claim, read, stated

DATED = (
    # the verb's own date
    ("Norway attacked Chad on 5 May.", "Norway - attacks - Chad", "2025-05-05"),
    ("On 5 May, Norway attacked Chad.", "Norway - attacks - Chad", "2025-05-05"),
    ("Last month Kenya hosted the Nairobi Summit.", "Kenya - organizes - Nairobi Summit", "2025-06"),
    ("Norway condemned Chad on Monday.", "Norway - criticizes - Chad", "2025-07-21"),
    ("One year ago today, Norway met with Chad.", "Norway - engagesWith - Chad", "2024-07-24"),
    ("Norway attacked Chad in mid-April.", "Norway - attacks - Chad", "2025-04"),
    ("Norway attacked Chad in January and February.", "Norway - attacks - Chad", "2025"),
    # of what is open, the past is read for what has been, the future for what will be
    ("In November, Norway attacked Chad.", "Norway - attacks - Chad", "2024-11"),
    ("Kenya will host the Nairobi Summit in March.", "Kenya - organizes - Nairobi Summit (planned)", "2026-03"),
    ("Kenya will host the Nairobi Summit on Friday.", "Kenya - organizes - Nairobi Summit (planned)", "2025-07-25"),
    ("We just met with Chad.", "Norway - engagesWith - Chad", "2025-07-24"),
    ("In two weeks, we will meet with Chad.", "Norway - engagesWith - Chad (planned)", "2025-08"),
    ("Norway adopted the Oslo Plan for elections on 5 May 2027.", "Norway - adopts - Oslo Plan", ""),
    ("Norway welcomes the convening of the Lima Conference next year.", "Norway - supports - Lima Conference", ""),
    # the closer of two that agree
    ("On 9 July, Kenya convened this year's Lima Conference.", "Kenya - organizes - Lima Conference", "2025-07-09"),
    ("On 9 July, Kenya hosted the 2024 Lima Conference.", "Kenya - organizes - Lima Conference", "2024"),
    # clauses joined to one with a date
    ("On 5 May, Norway met with Chad and thanked Kenya.", "Norway - supports - Kenya", "2025-05-05"),
    ("Norway met with Chad and thanked Kenya on 5 May.", "Norway - engagesWith - Chad", ""),
    ("On 5 May, Norway met with Chad to discuss the war in Sudan.", "Norway - addresses - war in Sudan", "2025-05-05"),
    ("This began on 5 May, when Norway attacked Chad.", "Norway - attacks - Chad", "2025-05-05"),
    ("We saw it come in mid-April, when Norway launched an attack on Chad.", "Norway - attacks - Chad", "2025-04"),
    ("By 2013, when Norway attacked Chad, peace was lost.", "Norway - attacks - Chad", "2013"),
    ("That was days ago - on 5 May - when Norway attacked Chad.", "Norway - attacks - Chad", "2025-05-05"),
    ("Since 2019, when Norway adopted the Oslo Plan, much has changed.", "Norway - adopts - Oslo Plan", "2019"),
    ("We thank Kenya for having hosted the Lima Summit in November.", "Kenya - organizes - Lima Summit", "2024-11"),
    ("Starting on 5 May, Norway attacked Chad.", "Norway - attacks - Chad", "2025-05-05"),
    ("On 5 May, Norway met with Chad, and Kenya attacked Ghana.", "Kenya - attacks - Ghana", "2025-05-05"),
    ("The draft of Chad this year is good, and Norway thanked Kenya.", "Norway - supports - Kenya", ""),
    ("Norway said on Monday that Rwanda had attacked Chad.", "Rwanda - attacks - Chad", ""),
    ("Norway met with Chad after the talks in Lima on 5 May.", "Norway - engagesWith - Chad", ""),
    (
        "Norway and Kenya met in Rome on 5 May 2025 to discuss the crisis in Chad and the progress of the talks "
        "after the latest round in Lima on April 7, 2025.",
        "Norway - addresses - crisis in Chad",
        "2025-05-05",
    ),
    (
        "Norway discussed the situation in Sudan and the developments in Chad after the talks in Lima on 5 May.",
        "situation in Sudan - locatedIn - Sudan",
        "",
    ),
    # counted from the date before
    ("Kenya met with Chad on 5 May. Hours later, Norway attacked Chad.", "Norway - attacks - Chad", "2025-05-05"),
    ("Kenya met with Chad on 5 May. A day earlier, Norway attacked Chad.", "Norway - attacks - Chad", "2025-05-04"),
    # deeds that nouns name
    ("On Monday Norway condemned the attack by Rwanda on Chad.", "Rwanda - attacks - Chad", ""),
    ("Norway condemned the attack by Rwanda on Chad on 5 May.", "Rwanda - attacks - Chad", "2025-05-05"),
    ("Norway condemned the attack by Rwanda on Chad on 5 May.", "Norway - criticizes - Rwanda", ""),
    ("Norway condemned the attack by Rwanda on Chad that began on 5 May.", "Rwanda - attacks - Chad", "2025-05-05"),
    ("Rwanda launched an attack on Chad on 5 May.", "Rwanda - attacks - Chad", "2025-05-05"),
    ("Kenya explained this at the Lima Summit in Peru in June.", "Lima Summit in Peru - locatedIn - Peru", "2025-06"),
    ("On 5 May the Chairman of the Lima Group, Karim Aziz, thanked Chad.", "Karim Aziz - chairs - Lima Group", ""),
    # what happened in what is named by its year
    ("Karim Aziz seized control of Dakar in a 2001 military coup.", "Karim Aziz - attacks - Dakar", "2001"),
    ("Norway supports Chad at the 2019 Lima Summit.", "Norway - supports - Chad", ""),
    ("The 2026 Lima meeting will be held in Peru.", "2026 Lima meeting - locatedIn - Peru (planned)", "2026"),
    (
        "Kenya convened a conference to review the 1981 Convention on Mines.",
        "Kenya - organizes - conference to review the 1981 Convention on Mines",
        "",
    ),
    # of what is listed, each has its own
    (
        "Kenya hosted the Lima Forum in 2015, the Oslo Conference in 2017 and the Nairobi Summit in 2018.",
        "Kenya - organizes - Nairobi Summit",
        "2018",
    ),
    # what is proposed is held on another day
    (
        "Norway supports the peace conference on Sudan proposed by Chad, which is to be held in August.",
        "Chad - proposes - peace conference on Sudan",
        "",
    ),
    ("Norway adopted the 2027 Agenda.", "Norway - adopts - 2027 Agenda", ""),
    ("Norway must implement the 2027 Agenda for Peace.", "Norway - implements - Agenda for Peace (requested)", ""),
    ("On 5 May, Norway adopted the 2027 Agenda.", "Norway - adopts - 2027 Agenda", "2025-05-05"),
    # what holds on every day, and what a date only bounds
    ("Kenya hosted the Lima Conference on Sudan on 5 May.", "Lima Conference on Sudan - concerns - Sudan", ""),
    ("Since 5 May, Norway has adopted the Oslo Plan.", "Norway - adopts - Oslo Plan", "2025"),
    ("Since 2019, Norway has adopted the Oslo Plan.", "Norway - adopts - Oslo Plan", ""),
    ("Norway adopted the Oslo Plan before 2015.", "Norway - adopts - Oslo Plan", ""),
)
"""Sentences of a document of 24 July 2025, a claim that each states, and its date."""


@pytest.mark.parametrize(("sentence", "claim", "date"), DATED)
def test_date_of_a_claim(reader, sentence, claim, date):
    reading = read(reader, sentence, author="Norway")
    found = find_claim(reading, claim)
    assert found is not None, stated(reading)
    assert found.date == date


def test_a_past_december_is_not_told_where_the_year_of_a_document_alone_is_known(reader):
    sentences = "In December, Norway attacked Chad. In March, Kenya attacked Ghana."
    reading = read(reader, sentences, date="2024")
    dates = [find_claim(reading, claim).date for claim in ("Norway - attacks - Chad", "Kenya - attacks - Ghana")]
    assert dates == ["", "2024-03"]


@pytest.mark.parametrize(
    ("sentence", "date"),
    [
        ("Yesterday, Norway attacked Chad.", "2024"),
        ("Norway attacked Chad today.", "2024"),
        ("Today, Norway attacks Chad.", ""),
        ("Today, Norway must attack Chad.", ""),
        ("Today, Norway has attacked Chad.", ""),
        ("Two weeks ago, Norway attacked Chad.", "2024"),
    ],
)
def test_days_counted_from_its_own_are_told_by_the_year_where_that_of_a_document_alone_is_known(reader, sentence, date):
    reading = read(reader, sentence, date="2024")
    (claim,) = (claim for claim in reading.claims if claim.predicate == "attacks")
    assert claim.date == date


@pytest.mark.parametrize(
    ("told", "date"), [("2024-07-02", "2001-09-11"), ("2024-09-20", "2024-09-11"), ("1999", "1999-09-11")]
)
def test_a_day_by_which_an_attack_is_known_has_its_year(reader, told, date):
    reading = read(reader, "On 11 September, Norway attacked Chad.", date=told)
    (claim,) = (claim for claim in reading.claims if claim.predicate == "attacks")
    assert claim.date == date


TOLD_ONCE = (
    (
        "The Lima Conference was held in Lima on 5 May. Kenya chaired the Lima Conference.",
        "Kenya - chairs - Lima Conference",
        "2025-05-05",
    ),
    (
        "The Oslo Declaration, released Monday, was long awaited. Norway adopted the Oslo Declaration.",
        "Norway - adopts - Oslo Declaration",
        "2025-07-21",
    ),
    (
        "The Council recalled its resolution 3012 of 5 May 2021. Resolution 3012 urges Chad to leave.",
        "resolution 3012 - callsOn - Chad",
        "2021-05-05",
    ),
    (
        "The Lima Conference was held on 5 May. The Lima Conference was held on 6 May. Kenya chaired "
        "the Lima Conference.",
        "Kenya - chairs - Lima Conference",
        "",
    ),
    (
        "The Oslo Declaration was released Monday. The Oslo Declaration, issued jointly by Norway and Chad, is long.",
        "Norway - cooperatesWith - Chad",
        "2025-07-21",
    ),
    (
        "Talks led to the signing on 4 March 2021 of the Bamako Agreement. Chad signed the Bamako Agreement.",
        "Chad - signs - Bamako Agreement",
        "2021-03-04",
    ),
    (
        "The Lima Convention was signed on 4 March 2021. Chad ratified the Lima Convention.",
        "Chad - signs - Lima Convention",
        "",
    ),
    (
        "The first Lima Conference was held on 5 May. Kenya chaired the second Lima Conference.",
        "Kenya - chairs - Lima Conference",
        "",
    ),
    (
        "In May, at the Lima Summit, Kenya thanked Chad. Ghana attended the Lima Summit.",
        "Ghana - participatesIn - Lima Summit",
        "2025-05",
    ),
    (
        "The Lima Conference was held on 5 May. The Lima Conference discussed the war in Sudan.",
        "Lima Conference - addresses - war in Sudan",
        "2025-05-05",
    ),
    (
        "The Lima Conference on Sudan was held on 5 May.",
        "Lima Conference on Sudan - concerns - Sudan",
        "",
    ),
    (
        "The Lima Forum will be held in May 2026. Kenya hosted the Lima Forum.",
        "Kenya - organizes - Lima Forum",
        "",
    ),
    # told of in other words
    (
        "Kenya and Chad reached an agreement on Sudan. The accord was signed on 5 May. Kenya signed the agreement.",
        "Kenya - signs - agreement on Sudan",
        "2025-05-05",
    ),
    (
        "The Rome meeting was held on 5 May. Kenya hosted the conference.",
        "Kenya - organizes - Rome meeting",
        "2025-05-05",
    ),
    (
        "The decisions adopted on 5 May by the Lima Conference, held in Peru, are good.",
        "Lima Conference - locatedIn - Peru",
        "2025-05-05",
    ),
    ("The talks which we held last month in Lima with Chad were good.", "Norway - engagesWith - Chad", "2025-06"),
    # a meeting known from the sentence before
    (
        "On 5 May, Chad and Ghana signed the Oslo Accord. The meeting of the ministers was attended by Kenya.",
        "Kenya - participatesIn - meeting",
        "2025-05-05",
    ),
    (
        "On 5 May, Chad and Ghana signed the Oslo Accord. At the meeting in Lima, Kenya thanked Chad.",
        "meeting in Lima - locatedIn - Lima",
        "",
    ),
    (
        "On 5 May, Chad and Ghana signed the Oslo Accord. The meeting of the ministers will be attended by Kenya.",
        "Kenya - participatesIn - meeting (planned)",
        "",
    ),
    (
        "On 5 May, Norway thanked Chad. It upheld the decisions of the session held in Lima.",
        "session - locatedIn - Lima",
        "",
    ),
    (
        "The Oslo Declaration, released Monday, was long awaited. Norway welcomed the Oslo Declaration.",
        "Norway - endorses|supports - Oslo Declaration",
        "",
    ),
)
"""Texts that tell once when a thing was made or held, a claim about it, and its date."""


@pytest.mark.parametrize(("text", "claim", "date"), TOLD_ONCE)
def test_date_of_a_thing_is_that_of_its_making(reader, text, claim, date):
    reading = read(reader, text, author="Norway")
    found = find_claim(reading, claim)
    assert found is not None, stated(reading)
    assert found.date == date


READOUT = (
    ("Today, President Anna Berg spoke with Karim Aziz. Berg thanked Aziz.", "2025-07-24"),
    ("Today, President Anna Berg spoke with Karim Aziz. Berg had thanked Aziz.", ""),
    ("Today, President Anna Berg spoke with Karim Aziz. Berg has thanked Karim Aziz.", ""),
    ("Today, President Anna Berg spoke with Omar Diallo. Berg noted the positive work of Karim Aziz.", "2025-07-24"),
    ("Today, I spoke with Karim Aziz. Anna Berg thanked Aziz.", ""),
    ("The call with Karim Aziz was today. President Anna Berg thanked Aziz.", ""),
    ("President Anna Berg spoke with Karim Aziz. Berg thanked Aziz.", ""),
    ("Today, President Anna Berg spoke with Omar Diallo. Berg thanked Karim Aziz on 5 May.", "2025-05-05"),
)
"""Openings that tell of an encounter, what was said after, and when."""


def test_what_was_agreed_in_the_encounter_that_a_document_opens_with(reader):
    reading = read(reader, "Today, President Anna Berg spoke with Karim Aziz. They agreed on a ceasefire in Sudan.")
    assert {claim.date for claim in reading.claims if claim.predicate == "signs"} == {"2025-07-24"}, stated(reading)


@pytest.mark.parametrize(("text", "date"), READOUT)
def test_what_was_said_in_the_encounter_that_a_document_opens_with(reader, text, date):
    reading = read(reader, text)
    found = find_claim(reading, "Anna Berg - supports - Karim Aziz")
    assert found is not None, stated(reading)
    assert found.date == date


DATELINE = "Thursday, July 24, 2025"
NEWS = (
    (
        f"Chadian troops invade Ghana\n\n{DATELINE}\n\nThe rains came late.",
        "Chadian troops - attacks - Ghana",
        "2025-07",
    ),
    (
        f"Rains come\n\n{DATELINE}\n\nChad has invaded Ghana. Kenya has invaded Peru.",
        "Chad - attacks - Ghana",
        "2025-07",
    ),
    (f"Rains come\n\n{DATELINE}\n\nChad has invaded Ghana. Kenya has invaded Peru.", "Kenya - attacks - Peru", ""),
    (f"Rains come\n\n{DATELINE}\n\nChad invaded Ghana.", "Chad - attacks - Ghana", ""),
    (f"Rains come\n\n{DATELINE}\n\nChad has condemned Ghana.", "Chad - criticizes - Ghana", ""),
    ("Rains come\n\nThursday, July 17, 2025\n\nChad has invaded Ghana.", "Chad - attacks - Ghana", ""),
    ("Chad has invaded Ghana.", "Chad - attacks - Ghana", ""),
)
"""Reports of 24 July 2025, a claim each, and its date."""


@pytest.mark.parametrize(("text", "claim", "date"), NEWS)
def test_what_a_report_is_headed_by_and_begins_with_is_of_its_month(reader, text, claim, date):
    reading = read(reader, text, title=text.split("\n")[0], genre="news")
    found = find_claim(reading, claim)
    assert found is not None, stated(reading)
    assert found.date == date


def test_news_of_the_first_days_of_a_month_may_be_of_the_month_before(reader):
    text = "Rains come\n\nTuesday, July 1, 2025\n\nChad has invaded Ghana."
    assert find_claim(read(reader, text, date="2025-07-01"), "Chad - attacks - Ghana").date == ""


def test_a_date_goes_on_from_that_of_the_paragraph_before(reader):
    reading = read(reader, "Chad attacked Ghana on 5 May.\n\nTwo days later, Kenya attacked Peru.")
    assert find_claim(reading, "Kenya - attacks - Peru").date == "2025-05-07"
