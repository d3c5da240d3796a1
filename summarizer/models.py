"""Frozen records that go in and come out: Article, Options, Summary and its parts.

Knows the shape of things only: no text is read, no score computed here. All positions are
half-open spans of code points in the text as given.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from enum import StrEnum
from types import MappingProxyType
from typing import Any, NamedTuple

from summarizer.errors import InvalidOptionsError

DEFAULT_SENTENCES = 3

HEADLINE_PRESETS: Mapping[str, int] = MappingProxyType(
    {"ticker": 33, "wire": 64, "web": 75, "long": 100}
)
"""Named headline lengths, in characters."""

MAX_TEXT_CHARS = 5_000_000
"""The longest article that is accepted, in code points."""

HEADLINE_CHARS_RANGE = range(20, 501)
KEYWORDS_RANGE = range(0, 101)


class Span(NamedTuple):
    """A half-open range of code points in the text as given."""

    start: int
    end: int


class Avoid(StrEnum):
    """Kinds of sentence that a paragraph may be told to do without."""

    QUOTES = "quotes"
    QUESTIONS = "questions"
    EXCLAMATIONS = "exclamations"


class RemovedKind(StrEnum):
    """What cleaning recognises as not being the story."""

    DATELINE = "dateline"
    BYLINE = "byline"
    SIGN_OFF = "sign_off"
    TRASH_LINE = "trash_line"
    SUB_HEAD = "sub_head"
    CREDIT = "credit"
    READ_MORE = "read_more"
    CONTACT = "contact"
    MARKUP = "markup"


class WarningCode(StrEnum):
    """What a summary may warn of; none of them is an error."""

    METHOD_DOWNGRADED = "method_downgraded"
    LANGUAGE_UNSUPPORTED = "language_unsupported"
    LANGUAGE_UNCERTAIN = "language_uncertain"
    SENTENCE_CUT = "sentence_cut"
    HEADLINE_CUT = "headline_cut"
    BUDGET_RELAXED = "budget_relaxed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """One article to summarise.

    Attributes:
        text: the body, plain text; every offset in a summary counts code points of it.
        title: the publisher's own headline, used to judge sentences and never quoted.
        language: ISO 639-1 code; None leaves it to `Options.language`.
        published_at: RFC 3339 time of publication, carried along.
    """

    text: str
    title: str | None = None
    language: str | None = None
    published_at: str | None = None


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
        if not isinstance(self.language, str) or not self.language:
            raise InvalidOptionsError("language", self.language, 'an ISO 639-1 code or "auto"')
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
            if not is_number or not 0 < float(ratio or 0) <= 1:
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


@dataclass(frozen=True, slots=True, kw_only=True)
class SummaryWarning:
    """Something that the reader of a summary should know; the summary stands all the same."""

    code: WarningCode
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Removed:
    """A stretch of the text that cleaning took out, and what it was taken for."""

    kind: RemovedKind
    start: int
    end: int


# A tuple: it is made for every sentence, and a data class takes six times as long.
class Sentence(NamedTuple):
    """One sentence of the article: `article_text[start:end] == text`.

    Attributes:
        index: its place among the sentences, from 0.
        score: how much the method values it, 0 to 1.
        selected: whether it stands in the paragraph.
        reasons: what spoke for it, in words; only for selected sentences.
    """

    index: int  # type: ignore[assignment]  # no sentence is searched as a tuple is
    text: str
    start: int
    end: int
    score: float
    selected: bool
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Headline:
    """A headline made of words of one sentence, in order.

    The texts at `spans`, joined by single spaces, are the headline but for a capital first letter,
    a dropped final full stop and white space.
    """

    text: str
    sentence_index: int
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """The chosen sentences in source order, joined by one space.

    `spans` holds the place of each; shorter than its sentence where that had to be cut to fit.
    """

    text: str
    sentence_indexes: tuple[int, ...]
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Keyword:
    """A word or phrase that the article is about, as it first stands there."""

    text: str
    score: float
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """What one article came to: headline, paragraph and every sentence with its score."""

    headline: Headline
    paragraph: Paragraph
    sentences: tuple[Sentence, ...]
    removed: tuple[Removed, ...]
    keywords: tuple[Keyword, ...]
    language: str
    method: str
    warnings: tuple[SummaryWarning, ...]
    engine_version: str

    def to_dict(self) -> dict[str, Any]:
        """Return the JSON of the API: plain dicts, lists, strings and numbers."""
        return {
            "headline": {
                "text": self.headline.text,
                "sentence_index": self.headline.sentence_index,
                "spans": [list(span) for span in self.headline.spans],
            },
            "paragraph": {
                "text": self.paragraph.text,
                "sentence_indexes": list(self.paragraph.sentence_indexes),
                "spans": [list(span) for span in self.paragraph.spans],
            },
            "sentences": [
                {
                    "index": sentence.index,
                    "text": sentence.text,
                    "start": sentence.start,
                    "end": sentence.end,
                    "score": sentence.score,
                    "selected": sentence.selected,
                    "reasons": list(sentence.reasons),
                }
                for sentence in self.sentences
            ],
            "removed": [
                {"kind": removed.kind.value, "start": removed.start, "end": removed.end}
                for removed in self.removed
            ],
            "keywords": [
                {
                    "text": keyword.text,
                    "score": keyword.score,
                    "spans": [list(span) for span in keyword.spans],
                }
                for keyword in self.keywords
            ],
            "language": self.language,
            "method": self.method,
            "warnings": [
                {"code": warning.code.value, "message": warning.message}
                for warning in self.warnings
            ],
            "engine_version": self.engine_version,
        }


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
