"""Bytes to an article and options: every byte string is one, and near ones are near."""

from __future__ import annotations

from dataclasses import dataclass

from summarizer import METHODS, Article, Avoid, Options

HEADER_BYTES = 8

# Control characters stand for what news and the web leave in texts.
_PIECES = (
    "The harbour reopened on Monday after the storm. ", "“No,” she said. ", "\nPARIS (AP) — ",
    "\n\n", "... ", " – ", "\nRead more: ", "He left. ", "<b>", "</p>", "&nbsp;",
    "<script>var a = 1;</script>", "[link](http://example.com) ", "AFP\n", "日本語。", "U.S. ",
    "\x00", "\ud800", "(", "”", "a" * 90, "\n## ", "By Jane Doe, Reuters\n",
    "(Reporting by A. Smith; Editing by B. Jones)", "\u202e", "\ufeff", "e\u0301", "Mr. ",
)  # fmt: skip
_CODES = [code for code in range(1, 32) if chr(code) not in "\t\n\r"]
_TABLE = dict(zip(_CODES, _PIECES, strict=True))

_METHODS = tuple(METHODS)
_LANGUAGES = ("auto", "en", "de", "fr", "es", "ru", "ja", "zh", "ar", "tr", "el", "xx", "en-GB")
_BUDGETS = ("sentences", "words", "chars", "ratio")


@dataclass(frozen=True, slots=True)
class Case:
    """One call of the library."""

    article: Article
    options: Options


def read_case(data: bytes) -> Case:
    """Read a case: eight bytes of options, the title up to a byte of 0xFF, the text."""
    method, language, budget, size, headline, avoid, keywords, query = data[:HEADER_BYTES].ljust(
        HEADER_BYTES, b"\0"
    )
    title, has_title, text = data[HEADER_BYTES:].rpartition(b"\xff")
    name = _BUDGETS[budget % len(_BUDGETS)]
    limit = (size + 1) / 256 if name == "ratio" else size + 1
    options = Options.from_mapping(
        {
            name: limit,
            "method": _METHODS[method % len(_METHODS)],
            "language": _LANGUAGES[language % len(_LANGUAGES)],
            "headline_chars": 20 + headline,
            "avoid": [kind for bit, kind in enumerate(Avoid) if avoid >> bit & 1],
            "keywords": keywords % 12,
            "query": _read_text(text[:query]) if query else None,
        }
    )
    article = Article(text=_read_text(text), title=_read_text(title) if has_title else None)
    return Case(article=article, options=options)


def write_case(text: str, *, title: str | None = None) -> bytes:
    """Return bytes that `read_case` reads as this text with the default method."""
    head = bytes([0, 0, 0, 2, 55, 0, 0, 0])
    return head + (title.encode() + b"\xff" if title else b"") + text.encode()


def _read_text(data: bytes) -> str:
    return data.decode("utf-8", "ignore").translate(_TABLE)
