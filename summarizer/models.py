"""Frozen records that go in and come out: Article, Summary and its parts.

Knows the shape of things only: no text is read, no score computed here. All positions are
half-open spans of code points in the text as given.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any, NamedTuple

MAX_TEXT_CHARS = 5_000_000
"""The longest article that is accepted, in code points."""


class Span(NamedTuple):
    """A half-open range of code points in the text as given."""

    start: int
    end: int


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
    AVOID_RELAXED = "avoid_relaxed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """One article to summarise.

    Attributes:
        text: the body, plain text; every offset in a summary counts code points of it.
        title: the publisher's own headline, used to judge sentences and never quoted.
        language: ISO 639-1 code, or "auto" to detect it; None leaves it to `Options.language`.
        published_at: RFC 3339 time of publication, carried along.
    """

    text: str
    title: str | None = None
    language: str | None = None
    published_at: str | None = None


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
