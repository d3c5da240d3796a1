"""Every format says what the results say, and is valid, whatever the articles contain."""

from __future__ import annotations

import csv
import io
import re
import warnings
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import html5lib
import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from markdown_it import MarkdownIt

from summarizer import Article, summarize
from workers.outputs import (
    FILE_NAMES,
    OutputFormat,
    OutputItem,
    RunInfo,
    RunProblem,
    make_writer,
    read_output_item,
    write_outputs,
)
from workers.outputs.digests import MAX_FAILURES
from workers.outputs.escaping import csv_cell, markdown_text, markup_text, printable_line, web_url
from workers.outputs.page import MAX_SOURCES
from workers.outputs.page_style import STYLE

PARIS = ZoneInfo("Europe/Paris")
RUN = RunInfo(
    schedule="night",
    slot=datetime(2026, 11, 23, 2, 0, tzinfo=PARIS),
    succeeded=2,
    errored=1,
    problems=(RunProblem(place="https://b.example/rss", message="status 503 <b>"),),
)
TEXT = (
    "Ferries to the outer islands sailed again on Monday after four days of storm, the harbour "
    "master said. Two boats had been damaged at the quay & will be repaired in May.\n\n"
    'Residents welcomed the news. "We were down to <tinned> fish," said one of them. The county '
    "said it would pay for half of the repairs. Insurers will look at the rest in January."
)
FEED = "https://news.example/rss?a=1&b=2"
ATOM = "{http://www.w3.org/2005/Atom}"


def succeeded(
    index: int = 0, *, text: str = TEXT, title: str | None = "Ferries <sail> again"
) -> OutputItem:
    summary = summarize(Article(text=text, language="en")).to_dict()
    record = {
        "index": index,
        "custom_id": f"urn:story:{index}",
        "result": {"type": "succeeded", "summary": summary},
    }
    return read_output_item(
        orjson.dumps(record),
        title=title,
        url=f"https://news.example/{index}?a=1&b=2",
        source=FEED,
        published_at="2026-11-22T22:05:00+01:00",
    )


def errored(index: int = 9, *, title: str = "=cmd|' /C calc'!A0") -> OutputItem:
    error = {"code": "empty_article", "message": "the article is empty"}
    record = {"index": index, "custom_id": "b", "result": {"type": "errored", "error": error}}
    return read_output_item(orjson.dumps(record), title=title, source="inbox/*.txt")


def write(
    kind: OutputFormat, items: Sequence[OutputItem], folder: Path, run: RunInfo = RUN
) -> bytes:
    (path,) = write_outputs(items, formats=[kind], folder=folder, run=run)
    return path.read_bytes()


def summary_of(item: OutputItem) -> dict[str, Any]:
    assert item.summary is not None
    return dict(item.summary)


def at(parent: etree._Element, path: str) -> etree._Element:
    """Return the first element at a path, which must be there."""
    element = parent.find(path)
    assert element is not None, path
    return element


def text_of(parent: etree._Element, path: str = ".") -> str:
    return "".join(map(str, at(parent, path).itertext()))


STORY = succeeded()


class TestJsonLines:
    def test_a_line_is_the_result_and_what_the_run_knows(self, tmp_path: Path) -> None:
        lines = write(OutputFormat.JSONL, [succeeded(), errored()], tmp_path).splitlines()
        first, second = map(orjson.loads, lines)
        assert first["result"]["summary"] == summary_of(STORY)
        assert (first["url"], first["source"]) == ("https://news.example/0?a=1&b=2", FEED)
        assert second["result"]["error"]["code"] == "empty_article"
        assert second["url"] is None


class TestCsv:
    def rows(self, content: bytes) -> list[dict[str, str]]:
        return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))

    def test_there_is_a_row_for_every_article(self, tmp_path: Path) -> None:
        content = write(OutputFormat.CSV, [succeeded(), errored()], tmp_path)
        assert content.startswith("\ufeffindex,custom_id,".encode())
        first, second = self.rows(content)
        summary = summary_of(STORY)
        assert first["headline"] == summary["headline"]["text"]
        assert first["paragraph"] == summary["paragraph"]["text"]
        assert (first["status"], first["error_code"]) == ("succeeded", "")
        assert (second["status"], second["error_code"]) == ("errored", "empty_article")

    def test_no_cell_begins_a_formula(self, tmp_path: Path) -> None:
        content = write(OutputFormat.CSV, [errored()], tmp_path)
        assert self.rows(content)[0]["title"] == "'=cmd|' /C calc'!A0"

    @pytest.mark.parametrize(
        "text", ["=1", "+1", "-1", "@x", " =1", "\t=1", "\r=1", "\n@x", "＝1", "\ufeff"]
    )
    def test_every_beginning_of_a_formula_is_defused(self, text: str) -> None:
        assert csv_cell(text).startswith("'") is (text != "\ufeff")

    @settings(deadline=None)
    @given(st.text(st.characters(exclude_categories=["Cc", "Cs", "Cn"])))
    def test_any_text_comes_back_from_a_cell(self, text: str) -> None:
        row = io.StringIO(newline="")
        csv.writer(row).writerow([csv_cell(text), "end"])
        row.seek(0)
        ((cell, end),) = csv.reader(row)
        assert (cell.removeprefix("'"), end) == (text.removeprefix("'"), "end")


class TestMarkdown:
    def test_the_digest_is_in_order(self, tmp_path: Path) -> None:
        text = write(OutputFormat.MARKDOWN, [succeeded(), errored()], tmp_path).decode()
        html = MarkdownIt().render(text)
        headings = re.findall(r"<h(\d)>(.*?)</h", html)
        summary = summary_of(STORY)
        assert headings == [
            ("1", "night, 23 November 2026, 02:00 CET"),
            ("2", markup_text(FEED)),
            ("3", markup_text(summary["headline"]["text"])),
            ("2", "Not summarised"),
        ]
        assert '<a href="https://news.example/0?a=1&amp;b=2">Ferries &lt;sail&gt; again</a>' in html
        assert "2026-11-22 21:05 UTC" in html
        assert "the article is empty" in html
        assert "status 503 &lt;b&gt;" in html

    @settings(deadline=None)
    @given(st.text(st.characters()))
    def test_any_text_is_only_text(self, text: str) -> None:
        markdown = MarkdownIt("commonmark").enable(["table", "strikethrough"])
        for block in (f"{markdown_text(text)}\n", f"### {markdown_text(text)}\n"):
            tokens = markdown.parse(block)
            inline = [token for token in tokens if token.type == "inline"]
            kinds = {child.type for token in inline for child in token.children or ()}
            shown = "".join(child.content for token in inline for child in token.children or ())
            assert kinds <= {"text", "text_special"}
            assert shown == printable_line(text)

    @pytest.mark.parametrize(
        "text", ["1. Port", "- Port", "+ Port", "# Port", "> Port", "```", "1) x", "===", "| a |"]
    )
    def test_no_line_begins_a_block(self, text: str) -> None:
        tokens = MarkdownIt("commonmark").enable("table").parse(markdown_text(text))
        assert [token.type for token in tokens] == ["paragraph_open", "inline", "paragraph_close"]


class TestPage:
    def parsed(self, content: bytes) -> etree._Element:
        """Parse as a browser does; any error of the page is an error of the test."""
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            parser = html5lib.HTMLParser(
                html5lib.getTreeBuilder("lxml"), strict=True, namespaceHTMLElements=False
            )
            root: etree._Element = parser.parse(content, likely_encoding="utf-8").getroot()
            return root

    def test_the_page_is_valid_and_says_what_the_results_say(self, tmp_path: Path) -> None:
        page = self.parsed(
            write(OutputFormat.HTML, [succeeded(0), succeeded(1), errored()], tmp_path)
        )
        summary = summary_of(STORY)
        assert page.get("lang") == "en"
        assert page.findtext(".//title") == "night, 23 November 2026, 02:00 CET"
        assert [h.text for h in page.iter("h1", "h2")] == ["night", FEED, "Not summarised"]
        article = at(page, ".//article")
        assert text_of(article, "h3") == summary["headline"]["text"]
        assert text_of(article, "p") == summary["paragraph"]["text"]
        assert at(article, ".//a").get("href") == "https://news.example/0?a=1&b=2"
        assert text_of(article, ".//a/span") == "Ferries <sail> again"

    def test_chosen_sentences_are_marked_and_others_graded(self, tmp_path: Path) -> None:
        page = self.parsed(write(OutputFormat.HTML, [succeeded()], tmp_path))
        summary = summary_of(STORY)
        source = at(page, ".//details/div")
        marked = [text_of(mark) for mark in source.iter("mark")]
        assert marked == [s["text"] for s in summary["sentences"] if s["selected"]]
        others = [span for span in source.iter("span") if span.get("class", "").startswith("grey-")]
        assert [text_of(span) for span in others] == [
            s["text"] for s in summary["sentences"] if not s["selected"]
        ]
        # The article has two paragraphs, and so has its source.
        assert len(source.findall("p")) == 2

    def test_why_sentences_were_chosen_can_be_read_without_a_mouse(self, tmp_path: Path) -> None:
        page = self.parsed(write(OutputFormat.HTML, [succeeded()], tmp_path))
        chosen = [s for s in summary_of(STORY)["sentences"] if s["selected"]]
        lines = [text_of(line) for line in at(page, ".//details/ul").findall("li")]
        assert len(lines) == len(chosen)
        for line, sentence in zip(lines, chosen, strict=True):
            assert line.startswith(sentence["text"][:40])
            assert f" {sentence['score']:.2f} " in line
            assert line.endswith(", ".join(sentence["reasons"]).replace("_", " "))

    def test_the_headline_s_words_are_underlined_where_they_stand(self, tmp_path: Path) -> None:
        page = self.parsed(write(OutputFormat.HTML, [succeeded()], tmp_path))
        summary = summary_of(STORY)
        words = [element.text for element in page.iter("u")]
        assert words == [TEXT[start:end] for start, end in summary["headline"]["spans"]]

    def test_nothing_is_loaded_or_run(self, tmp_path: Path) -> None:
        hostile = "<script>alert(1)</script> The port\x00 <img src=x onerror=alert(1)> was closed."
        items = [succeeded(text=hostile, title="</title><script>x</script>")]
        run = RunInfo(schedule="<script>x</script>", slot=RUN.slot)
        page = self.parsed(write(OutputFormat.HTML, items, tmp_path, run))
        names = {element.tag for element in page.iter() if isinstance(element.tag, str)}
        assert names.isdisjoint(("script", "img", "link", "iframe", "object"))
        assert not [
            name
            for element in page.iter()
            for name in map(str, element.attrib)
            if name.startswith("on")
        ]
        policy = at(page, ".//meta[@http-equiv]").get("content")
        assert policy == "default-src 'none'; style-src 'unsafe-inline'"

    def test_a_long_night_leaves_sources_out(self, tmp_path: Path) -> None:
        items = [succeeded(index) for index in range(3)]
        long = [items[n % 3] for n in range(MAX_SOURCES + 5)]
        content = write(OutputFormat.HTML, long, tmp_path)
        assert content.count(b"<article") == MAX_SOURCES + 5
        assert content.count(b"<details>") == MAX_SOURCES

    @pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
    def test_every_colour_of_text_can_be_read(self, theme: int) -> None:
        colours = dict(re.findall(r"--([\w-]+): (#\w+)", STYLE.split("@media")[theme]))
        grounds = {name: "ground" for name in colours if re.match("text|quiet|link|grey", name)}
        pairs = [*grounds.items(), ("text", "mark")]
        assert len(pairs) == 9
        for text, ground in pairs:
            assert contrast(colours[text], colours[ground]) >= 4.5, text

    @settings(deadline=None)
    @given(st.text(st.characters()))
    def test_any_text_comes_back_from_an_element(self, text: str) -> None:
        root = etree.fromstring(f"<a b='{markup_text(text)}'>{markup_text(text)}</a>".encode())
        assert len(root) == 0
        for shown in (root.text or "", root.get("b") or ""):
            assert printable_line(shown) == printable_line(text)


def contrast(first: str, second: str) -> float:
    """Return the contrast of two colours (WCAG 2.2, relative luminance)."""

    def luminance(colour: str) -> float:
        digits = colour[1:] if len(colour) == 7 else "".join(2 * digit for digit in colour[1:])
        shares = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
        linear = [s / 12.92 if s <= 0.04045 else ((s + 0.055) / 1.055) ** 2.4 for s in shares]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    light, dark = sorted((luminance(first), luminance(second)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


class TestAtom:
    def test_the_feed_has_all_that_rfc_4287_asks_for(self, tmp_path: Path) -> None:
        feed = etree.fromstring(
            write(OutputFormat.ATOM, [succeeded(0), errored(), succeeded(1)], tmp_path)
        )
        assert feed.tag == f"{ATOM}feed"
        for parent in (feed, *feed.iter(f"{ATOM}entry")):
            for name in ("id", "title", "updated"):
                assert len(parent.findall(f"{ATOM}{name}")) == 1
            updated = text_of(parent, f"{ATOM}updated")
            assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", updated)
        assert feed.findtext(f"{ATOM}author/{ATOM}name")
        ids = [text_of(element) for element in feed.iter(f"{ATOM}id")]
        assert len(ids) == len(set(ids)) == 3
        assert all(re.fullmatch(r"urn:uuid:[0-9a-f-]{36}", identifier) for identifier in ids)

    def test_an_entry_says_what_the_summary_says(self, tmp_path: Path) -> None:
        feed = etree.fromstring(write(OutputFormat.ATOM, [succeeded()], tmp_path))
        entry = at(feed, f"{ATOM}entry")
        summary = summary_of(STORY)
        assert text_of(entry, f"{ATOM}title") == summary["headline"]["text"]
        assert text_of(entry, f"{ATOM}content") == summary["paragraph"]["text"]
        assert text_of(entry, f"{ATOM}published") == "2026-11-22T21:05:00Z"
        assert at(entry, f"{ATOM}link").get("href") == "https://news.example/0?a=1&b=2"

    def test_an_article_keeps_its_identifier_from_run_to_run(self, tmp_path: Path) -> None:
        later = RunInfo(schedule="night", slot=datetime(2026, 11, 24, 2, 0, tzinfo=PARIS))
        first = etree.fromstring(write(OutputFormat.ATOM, [succeeded()], tmp_path))
        second = etree.fromstring(write(OutputFormat.ATOM, [succeeded()], tmp_path, later))
        assert first.findtext(f".//{ATOM}entry/{ATOM}id") == second.findtext(
            f".//{ATOM}entry/{ATOM}id"
        )


class TestNinjs:
    def test_an_object_says_what_the_summary_says(self, tmp_path: Path) -> None:
        lines = write(OutputFormat.NINJS, [succeeded(), errored()], tmp_path).splitlines()
        (ninjs,) = map(orjson.loads, lines)
        summary = summary_of(STORY)
        assert ninjs["headlines"] == [
            {"role": "main", "contentType": "text/plain", "value": summary["headline"]["text"]}
        ]
        assert ninjs["descriptions"] == [
            {"role": "summary", "contentType": "text/plain", "value": summary["paragraph"]["text"]}
        ]
        assert {"role": "article", "value": "urn:story:0"} in ninjs["altIds"]
        assert ninjs["versionCreated"] == "2026-11-23T01:00:00Z"
        assert ninjs["contentCreated"] == "2026-11-22T21:05:00Z"

    def test_it_holds_nothing_that_ninjs_3_1_does_not_know(self, tmp_path: Path) -> None:
        (line,) = write(OutputFormat.NINJS, [succeeded()], tmp_path).splitlines()
        known = (
            "uri standard type representationType pubStatus versionCreated contentCreated language "
            "title headlines descriptions altIds infoSources"
        )
        assert set(orjson.loads(line)) == set(known.split())


class TestLinks:
    @pytest.mark.parametrize(
        ("url", "linked"),
        [
            ("https://n.example/a?b=1&c=2#d", "https://n.example/a?b=1&c=2#d"),
            ("https://n.example/a b<c>\"'", "https://n.example/a%20b%3Cc%3E%22'"),
            ("https://n.example/é", "https://n.example/é"),
            ("javascript:alert(1)", None),
            ("JAVASCRIPT://n.example/%0aalert(1)", None),
            ("data:text/html,x", None),
            ("//n.example", None),
            ("http://[x", None),
            ("", None),
            (None, None),
        ],
    )
    def test_only_web_pages_are_linked_to(self, url: str | None, linked: str | None) -> None:
        assert web_url(url) == linked


class TestAll:
    def test_equal_results_give_equal_bytes(self, tmp_path: Path) -> None:
        items = [succeeded(0), succeeded(1), errored()]
        first = write_outputs(
            iter(items), formats=list(OutputFormat), folder=tmp_path / "a", run=RUN
        )
        second = write_outputs(
            iter(items), formats=list(OutputFormat), folder=tmp_path / "b", run=RUN
        )
        assert [path.name for path in first] == [FILE_NAMES[kind] for kind in OutputFormat]
        assert [path.read_bytes() for path in first] == [path.read_bytes() for path in second]

    def test_a_night_without_articles_is_valid_in_every_format(self, tmp_path: Path) -> None:
        run = RunInfo(schedule="night", slot=datetime(2026, 11, 23, 2, 0, tzinfo=UTC))
        for path in write_outputs([], formats=list(OutputFormat), folder=tmp_path, run=run):
            content = path.read_bytes()
            if path.name == "feed.atom":
                assert etree.fromstring(content).findall(f"{ATOM}entry") == []
            if path.name == "digest.html":
                assert TestPage().parsed(content).find(".//section") is None
            if path.name == "digest.md":
                assert content.decode().startswith(
                    "# night, 23 November 2026, 02:00 UTC\n\n0 articles"
                )

    @pytest.mark.parametrize("state", ["cancelled", "expired"])
    def test_what_never_was_worked_on_is_named_too(self, state: str, tmp_path: Path) -> None:
        item = replace(errored(title="Quay"), result={"type": state})
        assert "Quay: " + state in write(OutputFormat.MARKDOWN, [item], tmp_path).decode()
        assert f",{state},,,,,{state},".encode() in write(OutputFormat.CSV, [item], tmp_path)

    def test_countless_failures_are_counted(self, tmp_path: Path) -> None:
        items = [errored(n, title=f"story {n}") for n in range(MAX_FAILURES + 7)]
        for kind in (OutputFormat.MARKDOWN, OutputFormat.HTML):
            text = write(kind, items, tmp_path).decode()
            assert "7 more articles" in text
            assert f"story {MAX_FAILURES}:" not in text

    @settings(deadline=None)
    @given(st.text(), st.text())
    def test_any_title_and_any_name_leave_every_format_valid(self, title: str, source: str) -> None:
        item = replace(STORY, title=title, source=source, url=title)
        streams = {kind: render(kind, item) for kind in OutputFormat}
        etree.fromstring(streams[OutputFormat.ATOM])
        assert len(TestPage().parsed(streams[OutputFormat.HTML]).findall(".//article")) == 1
        assert (
            len(list(csv.reader(io.StringIO(streams[OutputFormat.CSV].decode(), newline="")))) == 2
        )
        assert orjson.loads(streams[OutputFormat.JSONL])["title"] == title


def render(kind: OutputFormat, item: OutputItem) -> bytes:
    """Write one item to memory."""
    stream = io.BytesIO()
    writer = make_writer(kind, stream, run=RUN)
    writer.add(item)
    writer.finish()
    return stream.getvalue()
