import pytest

from dragoman.reading.english import find_other_language

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
