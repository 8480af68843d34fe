import pytest
from sentences import find_entity, read, stated, unread

TEXTS = (
    ("Kenya hosted the Nairobi Summit. It also thanked Chad.", "Kenya - supports - Chad"),
    ("Anna Berg arrived in Rome. She met Karim Aziz.", "Anna Berg - engagesWith - Karim Aziz"),
    ("Anna Berg arrived in Rome. There, Berg met Karim Aziz.", "Anna Berg - engagesWith - Karim Aziz"),
    (
        "Chad and Niger left the hall. They rejected the Marsh Plan.",
        "Chad - opposes - Marsh Plan; Niger - opposes - Marsh Plan",
    ),
    (
        "The Organization of Islamic Cooperation met in Jeddah. The Organization condemned Israel.",
        "Organization of Islamic Cooperation - criticizes - Israel",
    ),
    (
        "The Economic Community of West African States (ECOWAS) met. ECOWAS condemned the coup in Niger.",
        "Economic Community of West African States - criticizes - coup in Niger",
    ),
    ("Mali signed the Bamako Agreement. Niger rejected the Agreement.", "Niger - opposes - Bamako Agreement"),
    (
        "The Lome Commission met in Togo. The Commission endorsed the Marsh Plan.",
        "Lome Commission - endorses - Marsh Plan",
    ),
    ("Kenya expressed its support for Somalia.", "Kenya - supports - Somalia"),
    ("The war in Sudan goes on. Kenya condemned the war.", "Kenya - criticizes - war in Sudan"),
    ("The Government of Kenya thanked Norway.", "Kenya - supports - Norway"),
    ("Togo left. In its report, the Lake Council thanked Chad.", "Lake Council - adopts - report"),
    ("Mali left. By its attacks on Togo, Ghana broke the Lome Accord.", "Ghana - attacks - Togo"),
    (
        "Mali left. By its attacks on Togo and its invasion of Benin, Ghana broke the Lome Accord.",
        "Ghana - attacks - Benin",
    ),
    (
        "Chad and Mali left. Kenya urged the Ghanaian authorities to end their support for Togo.",
        "Ghana - supports - Togo",
    ),
    ("The Iranian authorities rejected the Marsh Plan.", "Iran - opposes - Marsh Plan"),
    ("Moscow condemned Norway.", "Russia - criticizes - Norway"),
    ("The Sahel Conference opened in Dakar. Chad attended the conference.", "Chad - participatesIn - Sahel Conference"),
    ("Karim Aziz, Chairperson of the Lake Council, condemned Togo. He thanked Ghana.", "Karim Aziz - supports - Ghana"),
    (
        "Anna Berg met Karim Aziz. They condemned Al-Shabaab.",
        "Anna Berg - criticizes - Al-Shabaab; Karim Aziz - criticizes - Al-Shabaab",
    ),
    (
        "Foreign Minister Anna Berg arrived in Rome. The Minister thanked Italy.",
        "Anna Berg - supports - Italy",
    ),
)
"""Texts that take up what they named before, and a claim for which one has to know what is meant."""


@pytest.mark.parametrize(("text", "claims"), TEXTS)
def test_link_finds_what_is_meant(reader, text, claims):
    reading = read(reader, text)
    assert unread(reading, claims) == [], stated(reading)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("The Lake Council (LC) met Chad. The LC thanked Chad.", ("Lake Council", "LC")),
        ("The United Nations met Chad. The UN thanked Chad.", ("United Nations", "UN")),
        ("Anna Berg met Peter Lund. Ms. Berg thanked Peter Lund.", ("Anna Berg", "Ms. Berg")),
        ("The Lake Council met Chad. The Council thanked Chad.", ("Lake Council",)),
    ],
)
def test_link_joins_the_names_of_one_thing(reader, text, names):
    reading = read(reader, text)
    assert len([entity for entity in reading.entities if set(names) & set(entity.names)]) == 1
    assert unread(reading, f"{names[0]} - supports - " + ("Peter Lund" if "Lund" in text else "Chad")) == []


def test_link_keeps_two_persons_of_one_surname_apart(reader):
    reading = read(reader, "Anna Berg thanked Chad. Peter Berg thanked Togo.")
    assert unread(reading, "Anna Berg - supports - Chad; Peter Berg - supports - Togo") == []
    assert find_entity(reading, "Anna Berg") != find_entity(reading, "Peter Berg")


def test_link_leaves_a_pronoun_alone_that_stands_for_nothing(reader):
    assert stated(read(reader, "It is essential to condemn Al-Shabaab.")) == []


def test_it_is_none_of_several_that_were_named_together(reader):
    reading = read(reader, "Chad and Niger will host the Lake Conference next week, and it condemned Norway.")
    assert not any("criticizes" in claim and ("Chad" in claim or "Niger" in claim) for claim in stated(reading)), (
        stated(reading)
    )


def test_items_of_a_resolution_speak_of_who_adopts_it(reader):
    text = """The Security Council,
Recalling its resolution 2500 (2019),
Reaffirming its strong commitment to the sovereignty of Libya,
1. Calls upon Chad to sign the Lima Convention;
2. Requests the Secretary-General to report on Libya;
3. Condemns the smuggling of arms by Al-Shabaab."""
    reading = read(reader, text, author="Security Council", genre="resolution")
    council = "United Nations Security Council"
    claims = (
        f"{council} - adopts - resolution 2500 (2019); {council} - supports - Libya; {council} - callsOn - Chad; "
        f"{council} - callsOn - Secretary-General; {council} - criticizes - Al-Shabaab"
    )
    assert unread(reading, claims) == [], stated(reading)


def test_we_are_those_whom_the_opening_names(reader):
    text = "We, the Ministers and representatives of Kenya, Ghana and Togo, met today. We thank Norway."
    assert unread(read(reader, text, author="Ministry"), "Kenya - supports - Norway; Togo - supports - Norway") == []


@pytest.mark.parametrize(
    "opening",
    [
        "May we, in turn, congratulate you on your election to the General Assembly. Togo, your country, is a friend.",
        "“We the peoples of the United Nations” believe in dignity.",
        "We, the nations of the world, gathered here at the General Assembly, have work to do.",
        "Like the others, we, as members of the African Union, are at home here.",
    ],
)
def test_we_are_not_those_whom_the_opening_merely_names(reader, opening):
    reading = read(reader, f"{opening}\n\nWe thank Norway.", author="Chad")
    thankful = {line.split(" - ")[0] for line in stated(reading) if line.endswith("supports - Norway")}
    assert thankful == {"Chad"}, stated(reading)


def test_the_international_community_is_no_other_community(reader):
    text = "Chad joined the East African Community. We call on the international community to help Chad."
    claims = stated(read(reader, text, author="Norway"))
    assert "Norway - callsOn - international community" in claims
    assert not any(line.startswith("Norway - callsOn - East") for line in claims)


def test_a_conflict_named_and_described_by_the_same_words_is_one(reader):
    reading = read(reader, "The Framework of the Conflict in Darfur was signed in Abuja.")
    assert len([entity for entity in reading.entities if "Conflict in Darfur" in entity.names]) == 1


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        (
            "Ghana opened the Lome talks. The talks were held in May between Chad and Niger.",
            "Niger - participatesIn - Lome talks",
        ),
        (
            "Togo condemned the invasion of Ghana. The war between the two Muslim States, Chad and Niger, goes on.",
            "Chad - partyTo - invasion of Ghana",
        ),
        (
            "Togo saw the war in Sudan. Wise leaders prevent a frightening crisis. Chad must prevent a crisis.",
            "Chad - addresses - war in Sudan",
        ),
        (
            "The wars in Sudan and Mali were long. Chad studied the Mali crisis. Norway must end the conflicts.",
            "Norway - addresses - Mali crisis",
        ),
        (
            "Togo is one of the least developed countries. We urge the developed countries to help.",
            "Norway - callsOn - least developed countries",
        ),
        (
            "Ghana opened the ninth session of the Lake Forum. Chad attended the special session in May.",
            "Chad - participatesIn - ninth session of the Lake Forum",
        ),
        ("Chad saw the war in Mali. Togo must overcome the economic crisis.", "Togo - addresses - war in Mali"),
        (
            "Chad raised the Cyprus question. Togo discussed the question of taxes.",
            "Togo - addresses - Cyprus question",
        ),
        ("Chad made a proposal on Mali. Togo supports our proposal.", "Togo - supports - proposal on Mali"),
        ("Chad and Niger met. Wise governments kept their word. We call on them to help.", "Norway - callsOn - Chad"),
        ("Norway opened the Lome talks. Chad supports the democratic process.", "Chad - supports - Lome talks"),
        (
            "Chad and Niger left. The two countries thanked Togo. The developing countries thanked Ghana.",
            "Chad - supports - Ghana",
        ),
        (
            "Chad saw the war in Sudan.\n\nTogo left.\n\nGhana saw the war in Mali.\n\nIt rained.\n\n"
            "It snowed.\n\nNorway must end this crisis.",
            "Norway - addresses - war in Mali",
        ),
    ],
)
def test_what_is_told_apart_is_not_the_last_one(reader, text, claim):
    reading = read(reader, text, author="Norway")
    assert claim not in [line.removesuffix(" (requested)") for line in stated(reading)], stated(reading)


def test_the_two_are_named_not_long_before(reader):
    rain = " ".join(["It rained in the night and the roads were closed."] * 9)
    reading = read(reader, f"Chad and Niger left. {rain} The two sides thanked Ghana.")
    assert not any("Ghana" in line for line in stated(reading)), stated(reading)


def test_an_agreement_told_by_its_parties_is_not_the_last_one(reader):
    text = "Togo recalls the Lome Convention. The agreement signed at Bergen between Chad and Niger is a step."
    reading = read(reader, text)
    assert not any("Lome Convention" in line and "signs" in line for line in stated(reading)), stated(reading)
    assert sum(" - signs - " in line for line in stated(reading)) == 2


def test_the_council_is_the_one_that_speaks(reader):
    text = "The Council welcomed the report of the Security Council. The Council thanked Chad."
    reading = read(reader, text, author="Council of the European Union")
    assert unread(reading, "Council of the European Union - supports - Chad") == [], stated(reading)


def test_our_organization_is_not_named_after_who_joins_it(reader):
    names = {
        name
        for entity in read(reader, "We welcome the entry into our Organization of Togo.").entities
        for name in entity.names
    }
    assert not any(name.startswith("Organization of Togo") for name in names)


def test_a_small_community_is_people(reader):
    entity = find_entity(read(reader, "Chad attacked the Zaghawa community."), "Zaghawa community")
    assert entity is not None
    assert entity.cls == "Population"


@pytest.mark.parametrize("opening", ["Ministers", "The Ministers"])
def test_ministers_are_the_issuers(reader, opening):
    reading = read(reader, f"{opening} thanked Norway.", author="Kenya, Ghana, Togo")
    assert unread(reading, "Kenya - supports - Norway; Togo - supports - Norway") == [], stated(reading)


def test_an_army_described_first_is_the_one_named_later(reader):
    reading = read(reader, "Sudan's army rejected the Marsh Plan. The Sudanese Armed Forces thanked Chad.")
    claims = "Sudanese Armed Forces - opposes - Marsh Plan; Sudanese Armed Forces - supports - Chad"
    assert unread(reading, claims) == [], stated(reading)


@pytest.mark.parametrize("regime", ["Pretoria regime", "racist regime of South Africa", "South African regime"])
def test_a_regime_is_its_state(reader, regime):
    reading = read(reader, f"The {regime} attacked Angola.")
    assert unread(reading, "South Africa - attacks - Angola") == [], stated(reading)


def test_problems_are_no_dispute(reader):
    reading = read(reader, "The Cyprus question remains. The United Nations must solve the problems of mankind.")
    assert not any("addresses" in line for line in stated(reading)), stated(reading)


@pytest.mark.parametrize("sayer", ["Kenya", "My country, Kenya,"])
def test_who_says_that_it_does_is_it(reader, sayer):
    reading = read(reader, f"The Security Council adopted resolution 9999. {sayer} said it would thank Norway.")
    assert unread(reading, "Kenya - supports - Norway (planned)") == [], stated(reading)


def test_their_is_of_those_who_act_though_unnamed(reader):
    text = "Chad and Niger attacked Togo. Our partners will follow with their own support for Ghana."
    reading = read(reader, text, author="Norway")
    assert not any("Ghana" in line for line in stated(reading)), stated(reading)


def test_a_people_and_a_government_are_two(reader):
    names = {
        name
        for entity in read(reader, "We support the people of Chad and the Chadian government.").entities
        for name in entity.names
    }
    assert "people of Chad" in names
    assert not any(name.endswith("and the Chadian") for name in names)


def test_the_territory_of_another_is_the_other(reader):
    assert "Togo - attacks - Mali" in stated(read(reader, "Togo attacked Mali's territory."))


def test_the_agreement_may_be_a_ceasefire(reader):
    reading = read(reader, "Chad and Niger signed a ceasefire agreement. Togo must implement the agreement.")
    assert unread(reading, "Togo - implements - ceasefire agreement (requested)") == [], stated(reading)


def test_a_mission_with_its_noun_is_the_mission(reader):
    names = [entity.names for entity in read(reader, "Norway supports the KFOR mission. KFOR left.").entities]
    assert not any("KFOR mission" in several for several in names), names


def test_the_stand_of_my_delegation_is_that_of_its_state(reader):
    text = "Chad attacked Togo. My delegation reaffirms its support for Ghana."
    reading = read(reader, text, author="Norway")
    assert unread(reading, "Norway - supports - Ghana") == [], stated(reading)


def test_its_is_of_who_acts_though_unnamed(reader):
    text = "Chad attacked Togo. A nation will keep its commitment to Ghana."
    assert not any(line.startswith("Chad") and line.endswith("Ghana") for line in stated(read(reader, text)))


def test_a_state_and_its_army_are_not_the_two_sides(reader):
    text = "The two sides welcomed the Lomé Accord. They voiced support for Lebanon and the Lebanese Armed Forces."
    assert not any(line.endswith("Lomé Accord") for line in stated(read(reader, text)))


@pytest.mark.parametrize(("noun", "is_taken_up"), [("conflict", True), ("hostilities", True), ("conflicts", False)])
def test_conflicts_in_general_are_not_the_last_one(reader, noun, is_taken_up):
    lines = stated(read(reader, f"Kenya mediated the war in Sudan. Chad failed to end the {noun}."))
    assert any("addresses" in line for line in lines) is is_taken_up, lines


def test_in_a_long_text_a_bare_noun_takes_up_nothing_that_was_named_long_ago(reader):
    plans = "\n\n".join(f"Chad welcomed the {name} Plan." for name in ("Marsh", "Ridge", "Valley", "Harbour"))
    evening = "\n\n".join(["The sea was calm, and those who had come by boat went home the same evening."] * 16)
    near, far = (
        read(reader, "\n\n".join(("Togo put forward the Lome Initiative.", *between, "Mali rejected the initiative.")))
        for between in ((), (plans, evening))
    )
    assert unread(near, "Mali - opposes - Lome Initiative") == []
    assert unread(far, "Mali - opposes - Lome Initiative") != []


@pytest.mark.parametrize(
    ("text", "claims"),
    [
        ("We welcome the proposal by Chad.", "Chad - proposes - proposal"),
        ("We welcome this proposal.", "Norway - endorses|supports - Lome Proposal"),
        ("We welcome the proposal.", "Norway - endorses|supports - Lome Proposal"),
        ("We welcome the proposal put forward by Chad.", "Norway - endorses|supports - proposal"),
    ],
)
def test_what_is_told_after_a_noun_is_not_the_last_of_its_kind(reader, text, claims):
    assert unread(read(reader, f"Mali put forward the Lome Proposal. {text}", author="Norway"), claims) == []


def test_the_plight_of_refugees_is_no_situation_named_before(reader):
    reading = read(reader, "The situation in Sudan is grave. The Oslo Conference on the plight of refugees began.")
    assert "Oslo Conference - addresses - plight" in stated(reading)


def test_the_question_is_that_of_which_the_text_speaks(reader):
    opening = "The question of Palestine is old. The problem of Cyprus is another."
    reading = read(reader, f"{opening} Chad has taken steps to resolve the question.")
    assert unread(reading, "Chad - addresses - problem of Cyprus") == []
