"""Lines of a schedule's files with the HTML or the URL of a page: each article comes once."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

import orjson
import pytest

from tests.service.news_site import Site, article_page, serve_site
from workers.extraction import extract_article
from workers.fetching import Fetcher, FetchLimits
from workers.fingerprints import article_keys
from workers.sources import (
    Found,
    SourceContext,
    SourceProblem,
    SourceReport,
    WebLimits,
    parse_source,
    read_source,
)

NOW = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
STORY = "Ferries to the outer islands sailed again on Monday after four days of storm."

Item = Found | SourceProblem | SourceReport
Night = Callable[..., list[Item]]


@pytest.fixture
def site() -> Iterator[Site]:
    with serve_site() as site:
        yield site


@pytest.fixture
def night(site: Site, tmp_path: Path) -> Iterator[Night]:
    """Read a file of these lines as the next run of a schedule does."""
    port = urlsplit(site.url).port
    assert port is not None
    limits = FetchLimits(ports=frozenset((port,)), pause_s=0.0)
    seen: set[str] = set()

    def had(keys: Sequence[str]) -> Collection[str]:
        return seen.intersection(keys)

    with Fetcher(limits, allowed_networks=["127.0.0.0/8"]) as fetcher:
        context = SourceContext(
            now=NOW, fetcher=fetcher, extract=extract_article, pause=lambda seconds: False, had=had
        )

        def read(*lines: object, web: WebLimits | None = None) -> list[Item]:
            nonlocal context
            path = tmp_path / "night.jsonl"
            content = b"".join(orjson.dumps(line) + b"\n" for line in lines)
            if not path.exists() or path.read_bytes() != content:
                path.write_bytes(content)
            context = replace(context, web=web or WebLimits())
            spec = parse_source(str(path), folder=tmp_path)
            items = list(read_source(spec, context=context))
            for item in items:
                if isinstance(item, Found):
                    seen.update(article_keys(item.uri, url=item.url, text=item.article.text))
            ended = report(items)
            context = replace(context, states={ended.source: ended.state})
            return items

        yield read


def found(items: list[Item]) -> list[Found]:
    return [item for item in items if isinstance(item, Found)]


def report(items: list[Item]) -> SourceReport:
    (last,) = (item for item in items[-1:] if isinstance(item, SourceReport))
    return last


def problems(items: list[Item]) -> list[SourceProblem]:
    return [item for item in items if isinstance(item, SourceProblem)]


def test_pages_are_found_like_texts_with_all_that_the_line_says(
    site: Site, night: Night, tmp_path: Path
) -> None:
    ferry = site.put_article("/ferry", "Ferries sail again")
    site.put("/old", status=301, Location="/quay")
    site.put_article("/quay", "The quay opens")
    own = {"title": "Quay", "language": "de", "published_at": "2026-11-22T06:00:00Z"}
    items = night(
        {"url": ferry},
        {"custom_id": "urn:quay", "url": f"{site.url}/old", "options": {"sentences": 1}, **own},
        {"html": article_page("A bridge falls")},
        {"text": STORY},
    )
    by_place = {item.place.rpartition(":")[2]: item for item in found(items)}
    first, second, third, fourth = (by_place[number] for number in "1234")
    assert not problems(items)
    assert (first.uri, first.url, first.article.title) == (ferry, ferry, "Ferries sail again")
    assert (second.uri, second.url) == ("urn:quay", f"{site.url}/quay")
    assert (second.article.title, second.article.language) == ("Quay", "de")
    assert (second.version_at, second.options) == ("2026-11-22T06:00:00Z", {"sentences": 1})
    assert second.article.text.startswith("The quay opens, the harbour master")
    assert third.url is None
    assert third.uri.startswith(f"{(tmp_path / 'night.jsonl').as_uri()}#")
    assert third.article.text.startswith("A bridge falls, the harbour master")
    assert fourth.article.text == STORY
    assert (report(items).found, report(items).requests) == (4, 2)


def test_a_page_that_was_had_is_not_fetched_again(site: Site, night: Night) -> None:
    lines = [
        {"url": site.put_article("/ferry", "Ferries sail again")},
        {"custom_id": "twice", "url": f"{site.url}/ferry"},
    ]
    assert len(found(night(*lines))) == 1
    assert site.asked() == ["/ferry"]
    assert not found(night(*lines))
    assert site.asked() == []
    quay = {"url": site.put_article("/quay", "The quay opens")}
    items = night(*lines, quay)
    assert [item.uri for item in found(items)] == [quay["url"]]
    assert site.asked() == ["/quay"]
    assert report(items).had == 2
    # Nothing has changed: all three are known to be there.
    assert report(night(*lines, quay)).had == 3


def test_a_page_that_cannot_be_had_is_a_problem_of_its_line_and_the_rest_goes_on(
    site: Site, night: Night, tmp_path: Path
) -> None:
    quay = site.put_article("/quay", "The quay opens")
    lines = [
        {"url": f"{site.url}/gone".replace("//", "//desk:secret@")},
        {"html": "<p>Short.</p>"},
        {"url": quay.replace("//", "//desk:secret@")},
    ]
    items = night(*lines)
    place = tmp_path / "night.jsonl"
    assert {(problem.place, problem.code) for problem in problems(items)} == {
        (f"{place}:1", "fetch_failed"),
        (f"{place}:2", "extraction_failed"),
    }
    assert not any("secret" in str(problem) for problem in problems(items))
    assert [(item.uri, item.url) for item in found(items)] == [(quay, quay)]
    # Neither may be gone next time, so that the file is not read again until it changes.
    site.asked()
    assert not problems(night(*lines))
    assert site.asked() == []


def test_a_page_with_a_passing_fault_is_asked_for_by_the_next_run(site: Site, night: Night) -> None:
    ferry = site.put("/ferry", status=503)
    lines = [{"url": ferry}, {"url": site.put_article("/quay", "The quay opens")}]
    (problem,) = problems(night(*lines))
    assert (problem.code, problem.is_temporary, problem.attempts) == ("fetch_failed", True, 3)
    site.asked()
    site.replace("/ferry", article_page("Ferries sail again"))
    assert [item.uri for item in found(night(*lines))] == [ferry]
    assert site.asked() == ["/ferry"]


def test_pages_beyond_the_limit_are_left_to_the_next_run(site: Site, night: Night) -> None:
    lines = [{"url": site.put_article(f"/{n}", f"Ferry {n} sails again")} for n in range(3)]
    items = night(*lines, web=WebLimits(max_pages=2))
    assert len(found(items)) == 2
    (problem,) = problems(items)
    assert problem.place.endswith("night.jsonl:3")
    assert "more pages to fetch than 2" in problem.message
    assert [item.uri for item in found(night(*lines))] == [f"{site.url}/2"]
