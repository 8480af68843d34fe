"""How a language model is reached and what it may cost, from environment variables and a TOML file.

A variable ``DRAGOMAN_LLM_NAME`` goes before ``name`` in the table ``[llm]`` of the file that ``DRAGOMAN_LLM_CONFIG``
names. Prices are of 1,000 tokens, in whatever currency; the limit on cost is in the same.
"""

from __future__ import annotations

import ipaddress
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from dragoman.registry import ReaderError

__all__ = ["CONFIG", "PREFIX", "Key", "Settings", "is_exposed", "parse_settings", "place_of"]

PREFIX = "DRAGOMAN_LLM_"
CONFIG = f"{PREFIX}CONFIG"
FORMS = ("json_schema", "json_object", "text")
"""How a server is asked for JSON: by a schema, as any object, or by the words of the prompt alone."""
MAX_COST = 5.0
"""What a build may cost at most where prices are set and no limit is."""
HIDDEN = "…"


@dataclass(frozen=True, slots=True, repr=False)
class Key:
    """A secret that no message shows; `reveal` is for the header of a request alone."""

    _value: str = ""

    def __bool__(self) -> bool:
        return bool(self._value)

    def __repr__(self) -> str:
        return HIDDEN if self._value else "none"

    def reveal(self) -> str:
        """The secret itself."""
        return self._value

    def hide_in(self, text: str) -> str:
        """`text` without the secret.

        >>> Key("sk-1234").hide_in("wrong key sk-1234")
        'wrong key …'
        """
        return text.replace(self._value, HIDDEN) if self._value else text


@dataclass(frozen=True, slots=True)
class Settings:
    """How a language model is asked.

    `timeout` is in seconds for one request as a whole, `piece` in characters of a document for one request, `answer` in
    tokens of one answer, `speed` in tokens that the model is taken to write in a second, for the estimate alone.
    """

    url: str = ""
    model: str = ""
    key: Key = field(default_factory=Key)
    price_in: float | None = None
    price_out: float | None = None
    max_cost: float | None = None
    timeout: float = 120.0
    tries: int = 4
    parallel: int = 4
    piece: int = 6000
    answer: int = 4096
    speed: float = 50.0
    form: str = FORMS[0]
    temperature: float | None = 0.0
    limit: str = "max_tokens"

    @property
    def has_prices(self) -> bool:
        """Whether the cost of a request can be told."""
        return self.price_in is not None and self.price_out is not None

    @property
    def cap(self) -> float | None:
        """What a build may cost at most; none where prices are not known."""
        if not self.has_prices:
            return None
        return MAX_COST if self.max_cost is None else self.max_cost


def parse_settings(environ: Mapping[str, str]) -> Settings:
    """The settings that environment variables, and the file that one of them names, give.

    :raises ReaderError: for a file that cannot be read, a name that is no setting, or a value that does not fit it; for
        a limit on cost without prices. No message holds a key.
    """
    config = environ.get(CONFIG, "")
    told: dict[str, tuple[str, Any]] = {}
    for name, value in _read_config(Path(config)).items() if config else ():
        told[name] = (f"{config}: {name}", value)
    for name in _names():
        if (PREFIX + name.upper()) in environ:
            told[name] = (PREFIX + name.upper(), environ[PREFIX + name.upper()])
    found = {name: _convert(name, value, where) for name, (where, value) in told.items()}
    settings = Settings(**found)
    if settings.max_cost is not None and not settings.has_prices:
        raise ReaderError(
            "a limit on cost can be held only where prices are known: "
            f"set {PREFIX}PRICE_IN and {PREFIX}PRICE_OUT, the prices of 1,000 tokens"
        )
    if settings.key and settings.url and is_exposed(settings.url):
        raise ReaderError(f"{place_of(settings.url)}: the key would go there unencrypted; give an address with https")
    return settings


def is_exposed(url: str) -> bool:
    """Whether what is sent to `url` can be read on its way: it is not encrypted, and leaves this machine.

    >>> is_exposed("http://127.0.0.1:8000/v1"), is_exposed("https://models.example/v1"), is_exposed("http://box/v1")
    (False, False, True)
    """
    parts = urlsplit(url)
    return parts.scheme != "https" and not is_loopback(parts.hostname or "")


def is_loopback(host: str) -> bool:
    """Whether `host` is this machine."""
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def place_of(url: str) -> str:
    """`url` without what should not be shown: user, password and query.

    >>> place_of("https://me:secret@models.example:8443/v1?key=1")
    'https://models.example:8443/v1'
    """
    parts = urlsplit(url)
    return urlunsplit((parts.scheme, parts.netloc.rpartition("@")[2], parts.path, "", ""))


def _names() -> list[str]:
    return [each.name for each in fields(Settings)]


def _read_config(path: Path) -> dict[str, Any]:
    try:
        data = path.read_bytes()
    except OSError as cause:
        raise ReaderError(f"{path}: cannot be read: {cause.strerror}") from cause
    try:
        table = tomllib.loads(data.decode())
    except ValueError as cause:
        place = str(cause).rpartition("(")[2].rstrip(")") if isinstance(cause, tomllib.TOMLDecodeError) else "not UTF-8"
        raise ReaderError(f"{path}: is no TOML ({place})") from None  # the cause may quote a key
    found = table.get("llm")
    if not isinstance(found, dict):
        raise ReaderError(f"{path}: has no table [llm]; write it above the settings")
    for name in found:
        if name not in _names():
            raise ReaderError(f"{path}: {name!r} is no setting; there are {', '.join(_names())}")
    return found


def _convert(name: str, value: Any, where: str) -> Any:
    """The value of a setting, however it was written.

    :raises ReaderError: if it does not fit, without the value where that may be a secret.
    """
    convert, wanted = _KINDS[name]
    try:
        if isinstance(value, str):
            return convert(value)
        if name in {"url", "model", "key"} or isinstance(value, bool) or not isinstance(value, int | float):
            raise ValueError
        return convert(str(value))
    except ValueError:
        shown = "what is given" if name in {"key", "url"} else repr(value)
        raise ReaderError(f"{where}: {shown} is not {wanted}") from None


def _to_key(text: str) -> Key:
    bare = text.strip()
    if not bare.isascii() or not bare.isprintable() or " " in bare:
        raise ValueError
    return Key(bare)


def _to_url(text: str) -> str:
    parts = urlsplit(text.strip())
    if parts.scheme not in {"http", "https"} or not parts.hostname or "@" in parts.netloc:
        raise ValueError
    path = parts.path.rstrip("/").removesuffix("/chat/completions")
    return urlunsplit((parts.scheme, parts.netloc, path, parts.query, ""))


def _number(least: float, most: float) -> Callable[[str], float]:
    def convert(text: str) -> float:
        value = float(text)
        if not least <= value <= most:
            raise ValueError
        return value

    return convert


def _whole(least: int, most: int) -> Callable[[str], int]:
    def convert(text: str) -> int:
        value = int(text)
        if not least <= value <= most:
            raise ValueError
        return value

    return convert


def _word(*allowed: str) -> Callable[[str], str]:
    def convert(text: str) -> str:
        if (allowed and text not in allowed) or not text.isprintable():
            raise ValueError
        return text

    return convert


_MONEY = (_number(0, 1e9), "a number, 0 or more")
_KINDS: Mapping[str, tuple[Callable[[str], Any], str]] = {
    "url": (_to_url, "an http(s) address without user and password, such as http://127.0.0.1:8000/v1"),
    "model": (_word(), "a model's name"),
    "key": (_to_key, "a key of printable ASCII characters"),
    "price_in": _MONEY,
    "price_out": _MONEY,
    "max_cost": _MONEY,
    "timeout": (_number(0.1, 3600), "a number of seconds from 0.1 to 3600"),
    "tries": (_whole(1, 10), "a whole number from 1 to 10"),
    "parallel": (_whole(1, 64), "a whole number from 1 to 64"),
    "piece": (_whole(500, 200_000), "a whole number of characters from 500 to 200000"),
    "answer": (_whole(64, 100_000), "a whole number of tokens from 64 to 100000"),
    "speed": (_number(0.1, 1e6), "a number of tokens in a second"),
    "form": (_word(*FORMS), f"one of {', '.join(FORMS)}"),
    "temperature": (lambda text: None if text == "none" else _number(0, 2)(text), "a number from 0 to 2, or none"),
    "limit": (_word("max_tokens", "max_completion_tokens"), "max_tokens or max_completion_tokens"),
}
"""For each setting, how it is read and what is wanted."""
