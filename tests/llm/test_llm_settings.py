"""Settings of a language model from environment and file, and what its use may cost."""

from __future__ import annotations

import pytest

from dragoman.llm.budget import Budget, to_estimate
from dragoman.llm.client import Completion
from dragoman.llm.settings import CONFIG, PREFIX, Key, Settings, parse_settings
from dragoman.registry import ReaderError

SECRET = "sk-secret-42"


def env(**values: object) -> dict[str, str]:
    return {PREFIX + name.upper(): str(value) for name, value in values.items()}


def test_the_environment_goes_before_the_file(tmp_path):
    path = tmp_path / "llm.toml"
    path.write_text(f'[llm]\nurl = "https://models.example/v1/"\nmodel = "one"\nkey = "{SECRET}"\nprice_in = 1\n')
    settings = parse_settings({CONFIG: str(path), **env(model="two", price_out=0.5), "HOME": "/"})
    assert settings == Settings("https://models.example/v1", "two", Key(SECRET), 1.0, 0.5)
    assert SECRET not in repr(settings)
    assert (settings.cap, Settings().cap, parse_settings(env(price_in=0, price_out=0, max_cost=2)).cap) == (
        5.0,
        None,
        2,
    )


@pytest.mark.parametrize(
    ("given", "found"),
    [
        ("https://models.example/v1/chat/completions", "https://models.example/v1"),
        (" http://127.0.0.1:8080 ", "http://127.0.0.1:8080"),
        ("https://models.example/openai?api-version=1", "https://models.example/openai?api-version=1"),
    ],
)
def test_addresses_are_taken_with_or_without_their_end(given, found):
    assert parse_settings(env(url=given)).url == found


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"url": f"ftp://{SECRET}@x"}, "DRAGOMAN_LLM_URL: what is given is not an http"),
        ({"url": f"https://me:{SECRET}@x/v1"}, "without user and password"),
        ({"url": "models.example"}, "such as http://127.0.0.1:8000/v1"),
        ({"key": f"{SECRET}\nX: y"}, "DRAGOMAN_LLM_KEY: what is given is not a key"),
        ({"key": f"{SECRET}é"}, "printable ASCII"),
        ({"key": SECRET, "url": "http://models.example/v1"}, "the key would go there unencrypted"),
        ({"timeout": "soon"}, "DRAGOMAN_LLM_TIMEOUT: 'soon' is not a number of seconds from 0.1 to 3600"),
        ({"timeout": "nan"}, "from 0.1 to 3600"),
        ({"tries": "0"}, "a whole number from 1 to 10"),
        ({"piece": "12"}, "from 500 to 200000"),
        ({"form": "xml"}, "one of json_schema, json_object, text"),
        ({"temperature": "hot"}, "a number from 0 to 2, or none"),
        ({"price_in": "-1"}, "a number, 0 or more"),
        ({"max_cost": "3"}, "set DRAGOMAN_LLM_PRICE_IN and DRAGOMAN_LLM_PRICE_OUT"),
    ],
)
def test_a_setting_that_does_not_fit_is_told_without_secrets(values, message):
    with pytest.raises(ReaderError, match=message) as caught:
        parse_settings(env(**values))
    assert SECRET not in str(caught.value)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (None, "cannot be read: No such file"),
        (f'[llm]\nkey = "{SECRET}\n', r"is no TOML \(at line 2"),
        (b'[llm]\nkey = "\xff"', r"is no TOML \(not UTF-8\)"),
        ('model = "x"', r"has no table \[llm\]"),
        ("llm = 3", r"has no table \[llm\]"),
        ('[llm]\nmodle = "x"', "'modle' is no setting; there are url, model"),
        (f'[llm]\nkey = ["{SECRET}"]', "key: what is given is not a key"),
        ("[llm]\ntries = true", "tries: True is not a whole number"),
    ],
)
def test_a_file_that_does_not_fit_is_told_without_secrets(tmp_path, text, message):
    path = tmp_path / "llm.toml"
    if text is not None:
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
    with pytest.raises(ReaderError, match=message) as caught:
        parse_settings({CONFIG: str(path)})
    assert str(caught.value).startswith(str(path))
    assert SECRET not in str(caught.value)


def test_an_estimate_is_of_the_dearest_outcome():
    settings = Settings(price_in=0.1, price_out=0.2, answer=1000, speed=100, parallel=2)
    estimate = to_estimate([3000, 3000, 6000], settings)
    assert (estimate.requests, estimate.tokens_in, estimate.tokens_out) == (3, 4000, 3000)
    assert estimate.cost == pytest.approx(0.4 + 0.6)
    assert estimate.seconds == 20
    assert "cost not known, as no prices are set" in str(to_estimate([3000], Settings()))


def test_what_is_set_aside_is_settled_by_what_was_told_or_reckoned():
    budget = Budget(Settings(price_in=1, price_out=1, answer=1000, max_cost=2.5))
    assert budget.set_aside(3000)
    assert not budget.set_aside(3000), "the first may yet cost 2"
    budget.settle(3000, Completion("x" * 30, False, 100, 50))
    assert (budget.used.tokens_in, budget.used.tokens_out, budget.used.cost) == (100, 50, pytest.approx(0.15))
    assert budget.set_aside(3000)
    budget.settle(3000, None, billed=False)
    assert budget.used.cost == pytest.approx(0.15)
    assert budget.set_aside(3000)
    budget.settle(3000, None, billed=True)
    assert budget.used.cost == pytest.approx(2.15)
    assert not budget.set_aside(3000)
    assert budget.used.describe(seconds=7, has_prices=True) == (
        "3 requests, 1,100 tokens sent, 1,050 received, cost 2.15, 7 s"
    )
