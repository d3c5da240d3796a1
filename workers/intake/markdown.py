"""Markdown to the plain text that a reader sees; must not know files, or what becomes of it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from markdown_it import MarkdownIt
from markdown_it.token import Token

# What generators of web sites keep before the text: fields between two lines of dashes.
_FRONT_MATTER = re.compile(r"\A---[ \t]*\n(.*?\n)?(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_TITLE = re.compile(r"^title:[ \t]*([\"']?)(.+?)\1[ \t]*$", re.MULTILINE)
_READER = MarkdownIt("commonmark").enable(["table", "strikethrough"])


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkdownArticle:
    """What stands in a Markdown file.

    Attributes:
        title: what its front matter says, or the heading that opens it.
        text: its paragraphs, separated by an empty line, without headings, tables and code.
    """

    title: str | None
    text: str


def read_markdown(source: str) -> MarkdownArticle:
    """Read an article written in Markdown (CommonMark 0.31, with the tables of GFM)."""
    matter = _FRONT_MATTER.match(source)
    field = _TITLE.search(matter[1] or "") if matter else None
    title = field[2] if field else None
    source = source[matter.end() :] if matter else source
    paragraphs: list[str] = []
    for is_heading, text in _blocks(_READER.parse(source)):
        if not is_heading:
            paragraphs.append(text)
        elif title is None and not paragraphs:
            title = text
    return MarkdownArticle(title=title, text="\n\n".join(paragraphs))


def _blocks(tokens: Sequence[Token]) -> Iterator[tuple[bool, str]]:
    """Give the paragraphs and headings that hold words, and which are headings."""
    skipped_until = ""
    is_heading = False
    for token in tokens:
        if skipped_until:
            skipped_until = "" if token.type == skipped_until else skipped_until
        elif token.type == "table_open":
            skipped_until = "table_close"
        elif token.type in ("heading_open", "heading_close"):
            is_heading = token.type == "heading_open"
        elif token.type == "inline":
            text = _text(token.children or []).strip()
            if text:
                yield is_heading, text


def _text(tokens: Sequence[Token]) -> str:
    breaks = ("softbreak", "hardbreak")
    return "".join(
        "\n" if token.type in breaks else token.content
        for token in tokens
        if token.type not in ("image", "html_inline")
    )
