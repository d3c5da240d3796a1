"""A digest as one HTML page; must not know other formats.

The page needs no script and loads nothing. Under each paragraph its source can be opened: chosen
sentences are marked, the others are the greyer the less they scored, the headline's words are
underlined.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, BinaryIO, Final

from workers.outputs.digests import Failures, counted, shown_slot
from workers.outputs.escaping import markup_text, printable_line, rfc3339, shown_time, web_url
from workers.outputs.page_style import STYLE
from workers.outputs.records import OutputItem, RunInfo

MAX_SOURCES: Final = 500
"""Under so many paragraphs the source can be opened: more would be too much for a browser."""

_GREYS: Final = 5
_PARAGRAPH_GAP: Final = 2
_OPENING_CHARS: Final = 60

_HEAD = """\
<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>{title}</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<style>{style}</style>
</head>
<body>
<header>
<h1 dir="auto">{schedule}</h1>
<p><time datetime="{instant}">{slot}</time> · {counted}</p>
</header>
<main>
"""


class PageWriter:
    """Headlines and paragraphs by source, then what could not be summarised, and why."""

    def __init__(self, stream: BinaryIO, *, run: RunInfo) -> None:
        self._stream = stream
        self._run = run
        self._source: str | None = None
        self._failures = Failures()
        self._shown = 0
        slot = markup_text(shown_slot(run))
        self._write(
            _HEAD.format(
                title=f"{markup_text(run.schedule)}, {slot}",
                style=STYLE,
                schedule=markup_text(run.schedule),
                instant=run.slot.isoformat(),
                slot=slot,
                counted=markup_text(counted(run)),
            )
        )

    def add(self, item: OutputItem) -> None:
        """Write one article, or keep it for the end."""
        summary = item.summary
        if summary is None:
            self._failures.add(item)
            return
        if item.source != self._source:
            self._open_section(item.source)
        language = markup_text(summary["language"])
        self._write(
            f'<article id="article-{item.index}">\n',
            f'<h3 lang="{language}" dir="auto">{_line(summary["headline"]["text"])}</h3>\n',
            f'<p lang="{language}" dir="auto">{_line(summary["paragraph"]["text"])}</p>\n',
            f'<p class="origin">{_origin(item)}</p>\n',
        )
        if self._shown < MAX_SOURCES:
            self._shown += 1
            self._write(*_details(summary, language))
        self._write("</article>\n")

    def finish(self) -> None:
        """Write what failed, and close the page."""
        if self._source is not None:
            self._write("</section>\n")
        lines = [
            f'<li dir="auto">{_line(what)}: {_line(why)}</li>\n'
            for what, why in self._failures.lines(self._run)
        ]
        if lines:
            self._write("<section>\n<h2>Not summarised</h2>\n<ul>\n", *lines, "</ul>\n</section>\n")
        self._write("</main>\n</body>\n</html>\n")

    def _open_section(self, source: str) -> None:
        if self._source is not None:
            self._write("</section>\n")
        self._source = source
        self._write(f'<section>\n<h2 dir="auto">{_line(source) or "Articles"}</h2>\n')

    def _write(self, *parts: str) -> None:
        self._stream.write("".join(parts).encode())


def _line(text: str) -> str:
    return markup_text(printable_line(text))


def _origin(item: OutputItem) -> str:
    """Return where an article is from: the publisher's headline, its date."""
    url = web_url(item.url)
    title = f'<span dir="auto">{_line(item.title or item.custom_id)}</span>'
    if url:
        title = f'<a href="{markup_text(url)}" rel="noopener noreferrer">{title}</a>'
    instant = rfc3339(item.published_at)
    time = f'<time datetime="{instant}">{shown_time(instant)}</time>' if instant else ""
    return " · ".join(filter(None, (title, time)))


def _details(summary: Mapping[str, Any], language: str) -> Iterator[str]:
    """Yield the source of a summary: its sentences, in paragraphs, each as it scored."""
    sentences = summary["sentences"]
    chosen = sum(sentence["selected"] for sentence in sentences)
    yield "<details>\n"
    yield f"<summary>Source: {chosen} of {len(sentences)} sentences chosen</summary>\n"
    yield f'<div class="source" lang="{language}" dir="auto">\n<p>'
    end = None
    for sentence in sentences:
        if end is not None:
            # Sentences next to each other stand one space apart; an empty line is two characters.
            yield "</p>\n<p>" if sentence["start"] - end >= _PARAGRAPH_GAP else " "
        yield _sentence(sentence, summary["headline"]["spans"])
        end = sentence["end"]
    yield "</p>\n</div>\n"
    if chosen:
        # A mark's title is seen with a mouse only: not by keyboard, touch or screen reader.
        yield '<p class="origin">Why these sentences:</p>\n<ul>\n'
        for sentence in sentences:
            if sentence["selected"]:
                opening = _opening(printable_line(sentence["text"]))
                quoted = f'<q lang="{language}" dir="auto">{markup_text(opening)}</q>'
                yield f"<li>{quoted} {markup_text(_why(sentence))}</li>\n"
        yield "</ul>\n"
    yield "</details>\n"


def _sentence(sentence: Mapping[str, Any], spans: Sequence[Sequence[int]]) -> str:
    text = _underlined(sentence["text"], sentence["start"], spans)
    if sentence["selected"]:
        return f'<mark title="{markup_text(_why(sentence))}">{text}</mark>'
    grey = min(int(sentence["score"] * _GREYS), _GREYS - 1)
    return f'<span class="grey-{grey}">{text}</span>'


def _opening(text: str) -> str:
    """Return the text, or its first words where it is long."""
    if len(text) <= _OPENING_CHARS:
        return text
    # Not at a space where there is none, as in Chinese.
    words = text[:_OPENING_CHARS].rpartition(" ")[0]
    return f"{words or text[:_OPENING_CHARS]} …"


def _why(sentence: Mapping[str, Any]) -> str:
    """Return a chosen sentence's score and the reasons for it."""
    reasons = ", ".join(sentence["reasons"]).replace("_", " ")
    return f"{sentence['score']:.2f} {reasons}".strip()


def _underlined(text: str, start: int, spans: Sequence[Sequence[int]]) -> str:
    """Return a sentence with the words that the headline took underlined.

    Args:
        text: the sentence.
        start: where it begins in the article.
        spans: the headline's words, as offsets into the article, in order.
    """
    parts: list[str] = []
    done = 0
    for first, last in spans:
        begin, end = max(first - start, done), min(last - start, len(text))
        if begin < end:
            parts += (markup_text(text[done:begin]), "<u>", markup_text(text[begin:end]), "</u>")
            done = end
    return "".join((*parts, markup_text(text[done:])))
