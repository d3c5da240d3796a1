"""Lines with the HTML or the URL of a page: each comes to an article, or to an error of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from threading import Barrier, Event, Thread
from threading import enumerate as enumerate_threads
from urllib.parse import urlsplit

import orjson
import pytest

from summarizer import Article
from tests.servers import Connection, Request, reply, start_site
from tests.service.news_site import Site, article_page, serve_site
from workers.batches import Item, Page
from workers.extraction import extract_article
from workers.fetching import Fetcher, FetchLimits
from workers.intake import Limits, PageItem, Problem, ProblemCode, read_paths
from workers.sources import SourceContext, read_again, read_pages

NOW = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
STORY = "The harbour at Velm reopened on Monday. Ferries sail again from six."
EXPECTED = ": one of 'text', 'html' and 'url' is expected"

Reading = Item | PageItem | Problem
Read = Callable[..., list[Item | Problem]]


@pytest.fixture
def site() -> Iterator[Site]:
    with serve_site() as site:
        yield site


@contextmanager
def web(url: str, *, limits: Limits | None = None) -> Iterator[SourceContext]:
    """Give what pages of one site are read with; what is tried again is tried at once."""
    port = urlsplit(url).port
    assert port is not None
    fetch = FetchLimits(ports=frozenset((port,)), pause_s=0.0)
    with Fetcher(fetch, allowed_networks=["127.0.0.0/8"]) as fetcher:
        yield SourceContext(
            now=NOW,
            fetcher=fetcher,
            extract=extract_article,
            pause=lambda seconds: False,
            limits=limits or Limits(),
        )


@pytest.fixture
def read(site: Site, tmp_path: Path) -> Read:
    """Read lines as a command does."""

    def read(*lines: object, **limits: int) -> list[Item | Problem]:
        found = read_paths([write(tmp_path, *lines)], limits=Limits(), now=NOW)
        with web(site.url, limits=Limits(**limits)) as context:
            return list(read_pages(found, context=context))

    return read


def write(folder: Path, *lines: object) -> str:
    path = folder / "night.jsonl"
    path.write_bytes(b"".join(orjson.dumps(line) + b"\n" for line in lines))
    return str(path)


class TestLines:
    def find(self, folder: Path, *lines: object) -> list[Reading]:
        return list(read_paths([write(folder, *lines)], limits=Limits(), now=NOW))

    @pytest.mark.parametrize("key", ["html", "url"])
    def test_a_page_is_named_with_all_that_is_said_of_it(self, tmp_path: Path, key: str) -> None:
        line = {
            "custom_id": "a",
            key: "https://velm.example/harbour",
            "title": "Velm harbour reopens",
            "language": "en",
            "published_at": "2026-11-23T17:00:00Z",
            "options": {"sentences": 1},
        }
        _, page = self.find(tmp_path, {"text": STORY}, line)
        assert isinstance(page, PageItem)
        given = {"html": page.html, "url": page.url}
        assert given == {"html": None, "url": None} | {key: "https://velm.example/harbour"}
        assert page.item == Item(
            index=1,
            custom_id="a",
            article=Article(
                text="",
                title="Velm harbour reopens",
                language="en",
                published_at="2026-11-23T17:00:00Z",
            ),
            options={"sentences": 1},
            source=f"{tmp_path}/night.jsonl:2",
            is_named=True,
        )

    @pytest.mark.parametrize(
        ("line", "message"),
        [
            ({"text": STORY, "html": "<p>Rain.</p>"}, "'text' and 'html' stand together"),
            ({"text": "", "html": "", "url": ""}, "'text' and 'html' stand together"),
            ({"title": "Velm", "url": None}, "there is no article"),
        ],
    )
    def test_more_or_less_than_one_article_is_refused_by_line_and_fields(
        self, tmp_path: Path, line: object, message: str
    ) -> None:
        (problem,) = self.find(tmp_path, line)
        assert isinstance(problem, Problem)
        assert problem.code is ProblemCode.INVALID_ARTICLE
        assert str(problem).startswith(f"{tmp_path}/night.jsonl:1: {message}")
        assert str(problem).endswith(EXPECTED)

    def test_beside_text_or_html_a_url_is_not_fetched(self, tmp_path: Path) -> None:
        url = "https://velm.example/"
        item, page = self.find(
            tmp_path, {"text": STORY, "url": url}, {"html": "<p>Rain.</p>", "url": url}
        )
        assert isinstance(item, Item)
        assert item.article.text == STORY
        assert isinstance(page, PageItem)
        assert (page.html, page.url) == ("<p>Rain.</p>", None)

    def test_a_page_claims_its_custom_id(self, tmp_path: Path) -> None:
        line = {"custom_id": "a", "url": "https://velm.example/"}
        page, problem = self.find(tmp_path, line, line)
        assert isinstance(page, PageItem)
        assert isinstance(problem, Problem)
        assert problem.code is ProblemCode.DUPLICATE_CUSTOM_ID


class TestPages:
    def test_pages_become_articles_in_the_order_of_the_lines(self, site: Site, read: Read) -> None:
        ferry = site.put_article("/ferry", "Ferries sail again")
        site.put("/old", status=301, Location="/quay")
        site.put_article("/quay", "The quay opens")
        found = read(
            {"url": ferry},
            {"text": STORY},
            {"html": article_page("A bridge falls")},
            {"url": f"{site.url}/old"},
        )
        items = [item for item in found if isinstance(item, Item)]
        assert [item.index for item in items] == [0, 1, 2, 3]
        assert [item.article.title for item in items] == [
            "Ferries sail again", None, "A bridge falls", "The quay opens",
        ]  # fmt: skip
        assert [item.page for item in items] == [
            Page(asked=ferry, url=ferry),
            None,
            Page(),
            Page(asked=f"{site.url}/old", url=f"{site.url}/quay"),
        ]
        for item in items[::2]:
            assert item.article.text.startswith(f"{item.article.title}, the harbour master")
            assert "\n\nTwo boats" in item.article.text
            assert "All rights reserved" not in item.article.text

    @pytest.mark.parametrize("key", ["html", "url"])
    def test_what_the_line_says_goes_before_what_the_page_says(
        self, site: Site, read: Read, key: str
    ) -> None:
        stamp = '<meta property="article:published_time" content="2026-11-20T08:00:00+01:00">'
        html = article_page("Ferries sail again").replace("<title>", f"{stamp}<title>")
        page = {key: html if key == "html" else site.put("/ferry", html)}
        told = {"title": "Ferries", "language": "de", "published_at": "2026-11-22T00:00:00Z"}
        own, given = read(page, {**page, **told, "options": {"sentences": 1}})
        assert isinstance(own, Item)
        assert isinstance(given, Item)
        # A page's language is often that of its template; it is left to detection and options.
        assert own.article == Article(
            text=own.article.text,
            title="Ferries sail again",
            language=None,
            published_at="2026-11-20T07:00:00Z",
        )
        assert given.article == Article(text=own.article.text, **told)
        assert given.options == {"sentences": 1}

    def test_credentials_are_used_and_not_shown(self, site: Site, read: Read) -> None:
        site.put_article("/ferry", "Ferries sail again")
        (item,) = read({"url": f"{site.url}/ferry".replace("//", "//desk:secret@")})
        assert isinstance(item, Item)
        assert "Authorization" in site.requests[0][1]
        assert item.page
        assert item.page.url == f"{site.url}/ferry"

    def test_the_folder_of_a_file_is_no_date(self, tmp_path: Path, site: Site) -> None:
        folder = tmp_path / "2026" / "11" / "20"
        folder.mkdir(parents=True)
        path = write(folder, {"html": article_page("Ferries sail again")})
        with web(site.url) as context:
            found = read_paths([path], limits=Limits(), now=NOW)
            (item,) = read_pages(found, context=context)
        assert isinstance(item, Item)
        assert item.article.published_at is None


class TestFailures:
    def test_each_is_said_with_its_line_and_stays_an_item_and_the_rest_goes_on(
        self, site: Site, read: Read, tmp_path: Path
    ) -> None:
        wall = site.put("/wall", "<html><body><p>Short.</p></body></html>")
        found = read(
            {"custom_id": "gone", "url": f"{site.url}/gone"},
            {"custom_id": "wall", "url": wall, "title": "Wall"},
            {"custom_id": "html", "html": "<p>Short.</p>"},
            {"custom_id": "ftp", "url": "ftp://velm.example/"},
            {"custom_id": "inside", "url": "http://10.0.0.1:80/"},
            {"custom_id": "none", "url": ""},
            {"custom_id": "good", "url": site.put_article("/ferry", "Ferries sail again")},
        )
        problems = [one for one in found if isinstance(one, Problem)]
        items = [one for one in found if isinstance(one, Item)]
        assert found == [*(one for pair in zip(problems, items) for one in pair), items[-1]]  # noqa: B905
        assert [item.custom_id for item in items] == [
            "gone", "wall", "html", "ftp", "inside", "none", "good",
        ]  # fmt: skip
        assert [item.index for item in items] == list(range(7))
        errors = [item.page.error for item in items if item.page and item.page.error]
        assert [code for code, _ in errors] == [
            "fetch_failed", "extraction_failed", "extraction_failed",
            "fetch_blocked", "fetch_blocked", "fetch_blocked",
        ]  # fmt: skip
        assert [problem.message for problem in problems] == [message for _, message in errors]
        assert all(problem.code is ProblemCode.PAGE_NOT_READ for problem in problems)
        place = f"{tmp_path}/night.jsonl"
        assert str(problems[0]) == (
            f"{place}:1: {site.url}/gone was not fetched: the server answered 404"
        )
        assert str(problems[2]) == (
            f"{place}:3: no article could be read from its 'html': it holds no article"
        )
        assert items[1].article == Article(text="", title="Wall")
        assert items[-1].article.text

    def test_a_passing_fault_is_tried_again(self, site: Site, read: Read) -> None:
        site.put("/ferry", status=503)
        (item,) = read({"url": site.put_article("/ferry", "Ferries sail again")})
        assert isinstance(item, Item)
        assert site.asked() == ["/ferry", "/ferry"]

    def test_robots_txt_decides(self, tmp_path: Path) -> None:
        with start_site() as site, web(site.url()) as context:
            site.routes["/robots.txt"] = reply(b"User-agent: *\nDisallow: /desk/")
            site.routes["/desk/ferry"] = reply(article_page("Ferries sail again").encode())
            path = write(tmp_path, {"url": site.url("/desk/ferry")})
            found = read_paths([path], limits=Limits(), now=NOW)
            _, item = read_pages(found, context=context)
            assert isinstance(item, Item)
            assert item.page
            assert item.page.error
            assert item.page.error[0] == "robots_disallowed"
            assert site.paths() == ["/robots.txt"]

    def test_an_article_over_the_limit_fails_alone(self, read: Read) -> None:
        html = article_page("Ferries sail again")
        problem, item, short = read({"html": html}, {"text": "Rain."}, max_article_bytes=100)
        assert isinstance(problem, Problem)
        assert "bytes, the limit is 100" in problem.message
        assert isinstance(item, Item)
        assert item.page
        assert item.page.error == ("too_long", problem.message)
        assert isinstance(short, Item)

    def test_what_breaks_the_reading_of_one_page_is_its_error(
        self, site: Site, tmp_path: Path
    ) -> None:
        def extract(content: bytes, *, url: str, charset: str | None) -> Article:
            if b"bridge" in content:
                raise RecursionError("too deep")
            return Article(text=content.decode())

        path = write(tmp_path, {"html": "a bridge"}, {"html": "a quay"})
        with web(site.url) as context:
            found = read_paths([path], limits=Limits(), now=NOW)
            broken = SourceContext(
                now=NOW, fetcher=context.fetcher, extract=extract, pause=context.pause
            )
            _, failed, good = read_pages(found, context=broken)
        assert isinstance(failed, Item)
        assert failed.page == Page(error=("internal_error", "RecursionError: too deep"))
        assert isinstance(good, Item)
        assert good.article.text == "a quay"

    def test_pages_that_failed_are_read_again_and_no_others(self, site: Site, read: Read) -> None:
        ferry = site.put_article("/ferry", "Ferries sail again")
        quay = f"{site.url}/quay"
        found = read({"url": ferry}, {"url": quay, "title": "Quay"}, {"html": "x"}, {"text": STORY})
        items = [one for one in found if isinstance(one, Item)]
        site.put_article("/quay", "The quay opens")
        site.asked()
        with web(site.url) as context:
            again = list(read_again(items, context=context))
        assert site.asked() == ["/quay"]
        assert again[0] == items[0]
        assert again[1].page == Page(asked=quay, url=quay)
        assert (again[1].article.title, again[1].index) == ("Quay", 1)
        assert again[1].article.text.startswith("The quay opens, the harbour master")
        assert again[2:] == items[2:]


class TestCourse:
    def test_pages_are_fetched_side_by_side(self, tmp_path: Path) -> None:
        both_there = Barrier(2, timeout=10)

        def answer(request: Request, connection: Connection) -> None:
            both_there.wait()
            connection.socket.sendall(reply(article_page(request.path).encode()))

        with start_site() as site, web(site.url()) as context:
            site.routes |= {"/ferry": answer, "/quay": answer}
            path = write(tmp_path, {"url": site.url("/ferry")}, {"url": site.url("/quay")})
            found = read_paths([path], limits=Limits(), now=NOW)
            titles = [
                one.article.title
                for one in read_pages(found, context=context)
                if isinstance(one, Item)
            ]
            assert titles == ["/ferry", "/quay"]

    def test_reading_goes_only_so_far_ahead_of_a_page_that_is_waited_for(self) -> None:
        asked, may_answer = Event(), Event()
        taken = []

        def answer(request: Request, connection: Connection) -> None:
            asked.set()
            may_answer.wait(10)
            connection.socket.sendall(reply(article_page("Ferries sail again").encode()))

        def endless(url: str) -> Iterator[Item | PageItem]:
            for index in count():
                taken.append(index)
                item = Item(index=index, custom_id=str(index), article=Article(text=STORY))
                yield PageItem(item=item, url=url) if index == 0 else item
                if index == 90:
                    assert asked.wait(10)
                    may_answer.set()

        with start_site() as site, web(site.url()) as context:
            site.routes["/ferry"] = answer
            found = read_pages(endless(site.url("/ferry")), context=context)
            first = next(found)
            assert isinstance(first, Item)
            assert first.page
            assert 90 < len(taken) < 110

    def test_a_silent_server_does_not_keep_a_process_that_is_told_to_stop(self) -> None:
        asked = Event()

        def be_silent(request: Request, connection: Connection) -> None:
            asked.set()
            connection.stopping.wait(10)

        with start_site() as site, web(site.url()) as context:
            site.routes["/ferry"] = be_silent
            item = Item(index=0, custom_id="a", article=Article(text=""))
            ready = replace(item, index=1)
            found = read_pages(
                [ready, PageItem(item=item, url=site.url("/ferry"))], context=context
            )
            assert next(found) == ready
            reader = Thread(target=lambda: list(found), daemon=True)
            reader.start()
            assert asked.wait(10)
            waiting = [thread for thread in enumerate_threads() if thread.name == "page"]
            assert waiting
            assert all(thread.daemon for thread in waiting)

    def test_closing_the_fetcher_ends_what_waits_for_its_turn(self, site: Site) -> None:
        url = site.put_article("/ferry", "Ferries sail again")
        items = [Item(index=n, custom_id=str(n), article=Article(text="")) for n in range(3)]
        limits = FetchLimits(ports=frozenset((urlsplit(url).port or 0,)), pause_s=600.0)

        def until_told_to_stop() -> Iterator[PageItem]:
            yield from (PageItem(item=item, url=url) for item in items)
            fetcher.close()

        with Fetcher(limits, allowed_networks=["127.0.0.0/8"]) as fetcher:
            fetcher.fetch(url)
            context = SourceContext(
                now=NOW, fetcher=fetcher, extract=extract_article, pause=lambda seconds: True
            )
            found = list(read_pages(until_told_to_stop(), context=context))
        rest = [one for one in found if isinstance(one, Item)]
        assert [item.page and item.page.error for item in rest] == [("stopped", "told to stop")] * 3
