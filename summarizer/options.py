"""What may be asked of a summary, checked and with its defaults.

Knows what may be asked, not how it is done: what methods there are is found out later.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from summarizer.errors import InvalidOptionsError
from summarizer.models import MAX_TEXT_CHARS

DEFAULT_SENTENCES = 3

HEADLINE_PRESETS: Mapping[str, int] = MappingProxyType(
    {"ticker": 33, "wire": 64, "web": 75, "long": 100}
)
"""Named headline lengths, in characters."""

HEADLINE_CHARS_RANGE = range(20, 501)
KEYWORDS_RANGE = range(0, 101)

# The outer shape of a tag of BCP 47, such as en or pt-BR; it need not be a language we know.
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{1,8}){0,8}")


class Avoid(StrEnum):
    """Kinds of sentence that a paragraph may be told to do without."""

    QUOTES = "quotes"
    QUESTIONS = "questions"
    EXCLAMATIONS = "exclamations"


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """How to summarise. The length budget is one of sentences, words, chars or ratio.

    Attributes:
        method: a name in `METHODS`.
        sentences: at most so many sentences in the paragraph; 3 when no budget is given.
        words: at most so many words.
        chars: at most so many characters.
        ratio: at most this share of the article's words, above 0 and up to 1.
        headline_chars: at most so many characters in the headline (see `HEADLINE_PRESETS`).
        language: ISO 639-1 code, or "auto" to detect it.
        query: words that the paragraph should be about.
        keywords: how many keywords to return.
        avoid: kinds of sentence to do without where others are left.

    Raises:
        InvalidOptionsError: a value is out of range, or more than one budget is given.
    """

    method: str = "news"
    sentences: int | None = None
    words: int | None = None
    chars: int | None = None
    ratio: float | None = None
    headline_chars: int = HEADLINE_PRESETS["web"]
    language: str = "auto"
    query: str | None = None
    keywords: int = 0
    avoid: tuple[Avoid, ...] = ()

    def __post_init__(self) -> None:
        self._check_budget()
        if not isinstance(self.method, str) or not self.method:
            raise InvalidOptionsError("method", self.method, "the name of a method")
        _check_integer("headline_chars", self.headline_chars, HEADLINE_CHARS_RANGE)
        _check_integer("keywords", self.keywords, KEYWORDS_RANGE)
        is_code = isinstance(self.language, str) and _LANGUAGE.fullmatch(self.language)
        if not is_code and self.language != "auto":
            allowed = 'an ISO 639-1 code such as "en", or "auto"'
            raise InvalidOptionsError("language", self.language, allowed)
        if self.query is not None and not isinstance(self.query, str):
            raise InvalidOptionsError("query", self.query, "text")
        object.__setattr__(self, "avoid", _checked_avoid(self.avoid))

    def _check_budget(self) -> None:
        given = [name for name in ("sentences", "words", "chars", "ratio") if self._is_set(name)]
        if len(given) > 1:
            raise InvalidOptionsError(
                " and ".join(given),
                ", ".join(str(getattr(self, name)) for name in given),
                "give one length budget only",
            )
        if not given:
            object.__setattr__(self, "sentences", DEFAULT_SENTENCES)
        elif given == ["ratio"]:
            ratio = self.ratio
            is_number = isinstance(ratio, int | float) and not isinstance(ratio, bool)
            if not is_number or not 0 < (ratio or 0) <= 1:
                raise InvalidOptionsError("ratio", ratio, "a number above 0 and up to 1")
        else:
            _check_integer(given[0], getattr(self, given[0]), range(1, MAX_TEXT_CHARS))

    def _is_set(self, name: str) -> bool:
        return getattr(self, name) is not None

    @classmethod
    def from_mapping(cls, values: Mapping[str, Any]) -> Options:
        """Make options from names and values as JSON or a command line gives them.

        Args:
            values: option names and values; `headline_chars` may also be a preset's name.

        Raises:
            InvalidOptionsError: an unknown name, or a value out of range.
        """
        if not isinstance(values, Mapping):
            raise InvalidOptionsError("options", values, "a mapping of names to values")
        known = {field.name for field in fields(cls)}
        for name in values:
            if name not in known:
                raise InvalidOptionsError(name, values[name], f"known: {', '.join(sorted(known))}")
        checked = dict(values)
        preset = checked.get("headline_chars")
        if isinstance(preset, str):
            if preset not in HEADLINE_PRESETS:
                names = ", ".join(HEADLINE_PRESETS)
                raise InvalidOptionsError("headline_chars", preset, f"a number, or one of {names}")
            checked["headline_chars"] = HEADLINE_PRESETS[preset]
        return cls(**checked)

    def to_dict(self) -> dict[str, Any]:
        """Return the options that differ from the defaults, as JSON has them."""
        default = Options()
        changed = {
            field.name: getattr(self, field.name)
            for field in fields(self)
            if getattr(self, field.name) != getattr(default, field.name)
        }
        # Another budget implies that `sentences` is unset; saying so would be a second budget.
        if changed.get("sentences", 0) is None:
            del changed["sentences"]
        if "avoid" in changed:
            changed["avoid"] = [kind.value for kind in self.avoid]
        return changed


def _check_integer(option: str, value: object, allowed: range) -> None:
    """Refuse anything but a whole number in range; True is not 1 here."""
    if isinstance(value, bool) or not isinstance(value, int) or value not in allowed:
        limits = f"a whole number from {allowed.start} to {allowed.stop - 1}"
        raise InvalidOptionsError(option, value, limits)


def _checked_avoid(kinds: object) -> tuple[Avoid, ...]:
    """Return the kinds in one order, each once, so that equal options compare equal."""
    names = f"a list of {', '.join(kind.value for kind in Avoid)}"
    if isinstance(kinds, str) or not isinstance(kinds, tuple | list | set | frozenset):
        raise InvalidOptionsError("avoid", kinds, names)
    unknown = [kind for kind in kinds if kind not in list(Avoid)]
    if unknown:
        raise InvalidOptionsError("avoid", unknown[0], names)
    return tuple(kind for kind in Avoid if kind in kinds)
