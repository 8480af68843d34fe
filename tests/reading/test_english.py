import subprocess
import sys

import pytest

from dragoman.reading.containers import Part
from dragoman.reading.english import find_foreign, find_other_language, has_english
from dragoman.reading.formats.parsed import Parsed
from dragoman.reading.layout import find_passages
from dragoman.reading.parts import to_documents
from dragoman.records import Skipped

ENGLISH = "The mediators said on Monday that both governments had agreed to open the border crossings for aid convoys. "
FRENCH = "Les médiateurs ont déclaré lundi que les deux gouvernements avaient accepté d'ouvrir les postes frontières. "
SPANISH = "Los mediadores dijeron el lunes que los dos gobiernos habían aceptado abrir los pasos fronterizos. "
RUSSIAN = "Посредники заявили в понедельник, что оба правительства согласились открыть пограничные переходы. "


@pytest.mark.parametrize("times", [1, 3, 100])
@pytest.mark.parametrize(("text", "code"), [(FRENCH, "fr"), (SPANISH, "es"), (RUSSIAN, "ru")])
def test_find_other_language_names_the_language(text, code, times):
    assert find_other_language(text * times) == code


@pytest.mark.parametrize(
    "text",
    [
        ENGLISH * 3,
        (ENGLISH * 3).upper(),
        ENGLISH,
        "Le ministre se félicite.",  # too short to tell
        "",
        "12345 " * 500,
        "Contributions by State and year\n" + "".join(f"{year}\t{year * 7}\n" for year in range(1900, 2200)),
        "Deutsche Gesellschaft für Internationale Zusammenarbeit, Carlos Andrés Pérez, Punta Cana, Northern Iraq",
        ENGLISH * 40 + FRENCH * 40,  # English in one window is enough
        "Mr. Ado Ren, Ms. Bea Sun, Mr. Cal Tor, Ms. Dia Umo, Mr. Eli Vas, Ms. Fay Wen, Mr. Gus Xan, Ms. Hab Yel. " * 3,
    ],
)
def test_find_other_language_accepts_english_and_what_cannot_be_told(text):
    assert find_other_language(text) == ""


ENGLISH_PROSE = "The two ministers met in the harbour town and agreed to reopen the crossing before the winter sets in."
FRENCH_PROSE = (
    "Les deux ministres se sont réunis dans la ville portuaire et ont décidé de rouvrir le passage avant l'hiver, "
    "comme leurs gouvernements l'avaient promis."
)
RUSSIAN_PROSE = (
    "Министры двух стран встретились в портовом городе и договорились открыть переход до начала зимы этого года."
)


def test_passages_in_other_languages_are_found_where_a_text_mixes_them():
    text = f"{ENGLISH_PROSE}\n\n{FRENCH_PROSE}\n\n{FRENCH_PROSE}\n\n{ENGLISH_PROSE}\n{RUSSIAN_PROSE * 4}\n"
    french, russian = find_foreign(text)
    assert (french.language, text[french.start : french.end].strip()) == ("fr", f"{FRENCH_PROSE}\n\n{FRENCH_PROSE}")
    assert russian.language == "ru"
    assert has_english(text)
    assert not has_english(FRENCH_PROSE * 5)


def test_passages_in_other_languages_are_not_parsed_and_are_told():
    text = f"{ENGLISH_PROSE}\n\n{FRENCH_PROSE}\n\nThey will meet again in the spring, as both of them said.\n"
    result = to_documents(Part("a.txt", "0" * 64, Parsed(text)))
    (document,) = result.documents
    assert [passage.text[:12] for passage in find_passages(document)] == ["The two mini", "They will me"]
    reason = f"not English, left out: 1 passage of {len(FRENCH_PROSE) + 1} characters in 'fr', from character 104"
    assert result.notes == [Skipped("a.txt", reason)]


def test_a_text_that_is_mostly_french_keeps_its_english():
    text = f"{FRENCH_PROSE * 30}\n\n{ENGLISH_PROSE}\n\n{FRENCH_PROSE * 30}\n"
    (document,) = to_documents(Part("a.txt", "0" * 64, Parsed(text))).documents
    assert [passage.text for passage in find_passages(document)] == [ENGLISH_PROSE]


@pytest.mark.parametrize(
    "words",
    [
        "Dag Hammarskjöld, Boutros Boutros-Ghali, Kofi Annan, Ban Ki-moon, António Guterres, Javier Pérez de Cuéllar",
        "4 May",
    ],
)
def test_names_and_short_lines_are_not_foreign(words):
    assert find_foreign(f"{ENGLISH_PROSE}\n\n{words}\n") == []


@pytest.mark.parametrize(
    "text",
    [
        "Danmark beder i dag om, at alle holder fred, og at hjælpen kan nå frem til dem, der har brug for den. "
        "Vi har at gøre med en by, som burde have været tom, sagde ministeren, for der er ikke tid at spilde.",
        "Norge ber partene om at de straks slutter fred. For oss er det viktig at hjelpen når fram til dem som trenger "
        "den, og at to byer får strøm igjen. Ingen har noe å vinne på at krigen går videre.",
        "Nederland roept de partijen op om het vuren te staken. We had gehoopt dat de hulp er nu of morgen zou zijn, "
        "maar de weg naar de stad is dicht. Het is aan de partijen of er vrede komt, zei de minister.",
    ],
)
def test_words_that_english_shares_with_a_neighbour_do_not_make_a_text_english(text):
    assert find_other_language(text) in {"da", "nb", "no", "nn", "nl"}


def test_english_is_known_without_the_library_that_weighs_languages():
    text = (
        "Norland will hold talks with Sudmark on the release of those who were taken, as both had said that they would."
    )
    script = (
        "import sys\nfrom dragoman.reading.english import find_other_language\n"
        f"print(find_other_language({text!r}), 'py3langid' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False"]
