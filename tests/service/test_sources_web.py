"""Feeds, sitemaps and pages on a real site: what is new comes once, what fails is said."""

from __future__ import annotations

import gzip
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

import orjson
import pytest

from tests.service.news_site import Site, serve_site
from workers.errors import StoreUnavailableError
from workers.extraction import extract_article
from workers.fetching import Fetcher, FetchLimits
from workers.fingerprints import article_keys
from workers.sources import (
    Found,
    SourceCode,
    SourceContext,
    SourceProblem,
    SourceReport,
    SourceState,
    WebLimits,
    parse_source,
    read_source,
)

NOW = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
LONG = "The harbour master said that the ferries would sail again on Monday. " * 12
RUSSIAN = "Старый мост через реку закрыли в понедельник, сообщили городские власти. " * 12
JAPANESE = "①市は月曜日、川に架かる古い橋を閉鎖した。潜水士が二つの橋脚に亀裂を見つけた。" * 20

Item = Found | SourceProblem | SourceReport


@pytest.fixture
def site() -> Iterator[Site]:
    with serve_site() as site:
        yield site


class Nights:
    """A schedule's runs, one after the other: what was had is remembered as the store would."""

    def __init__(self, context: SourceContext, folder: Path) -> None:
        self.context = replace(context, had=self.had)
        self.folder = folder
        self.keys: set[str] = set()
        self.questions = 0

    def had(self, keys: Sequence[str]) -> Collection[str]:
        self.questions += 1
        return self.keys.intersection(keys)

    def read(self, source: str) -> list[Item]:
        """Read a source, and take what it has as had."""
        spec = parse_source(source, folder=self.folder)
        items = list(read_source(spec, context=self.context))
        states: dict[str, SourceState] = dict(self.context.states)
        for item in items:
            if isinstance(item, SourceReport):
                states[item.source] = orjson.loads(orjson.dumps(item.state))
            elif isinstance(item, Found):
                self.keys.update(article_keys(item.uri, url=item.url))
        self.context = replace(self.context, states=states)
        return items


@pytest.fixture
def nights(site: Site, tmp_path: Path) -> Iterator[Nights]:
    port = urlsplit(site.url).port
    assert port is not None
    limits = FetchLimits(ports=frozenset((port,)), pause_s=0.0)
    with Fetcher(limits, allowed_networks=["127.0.0.0/8"]) as fetcher:
        context = SourceContext(
            now=NOW, fetcher=fetcher, extract=extract_article, pause=lambda seconds: False
        )
        yield Nights(context, tmp_path)


def found(items: list[Item]) -> list[Found]:
    return [item for item in items if isinstance(item, Found)]


def titles(items: list[Item]) -> list[str | None]:
    return [item.article.title for item in found(items)]


def problems(items: list[Item]) -> list[SourceProblem]:
    return [item for item in items if isinstance(item, SourceProblem)]


def reports(items: list[Item]) -> list[SourceReport]:
    return [item for item in items if isinstance(item, SourceReport)]


def entry(title: str, link: str, *, text: str = "Short.", day: int = 22, hour: int = 20) -> str:
    return (
        f"<item><title>{title}</title><link>{link}</link><description>{text}</description>"
        f"<pubDate>{day} Nov 2026 {hour}:00:00 GMT</pubDate></item>"
    )


def rss(*entries: str) -> str:
    return f"<rss version='2.0'><channel><title>Wire</title>{''.join(entries)}</channel></rss>"


class TestFeeds:
    def test_a_full_text_needs_no_page_and_a_teaser_does(self, site: Site, nights: Nights) -> None:
        page = site.put_article("/ferry", "Ferries sail again")
        feed = site.put("/rss", rss(entry("Ferries sail", page), entry("Quay", "/quay", text=LONG)))
        items = nights.read(feed)
        ferry, quay = found(items)
        assert site.asked() == ["/rss", "/ferry"]
        assert ferry.article.text.startswith("Ferries sail again, the harbour master")
        assert "\n\nTwo boats" in ferry.article.text
        assert "All rights reserved" not in ferry.article.text
        assert (ferry.article.title, ferry.article.language) == ("Ferries sail", None)
        assert ferry.article.published_at == ferry.version_at == "2026-11-22T20:00:00Z"
        assert (ferry.uri, ferry.url, ferry.source) == (page, page, feed)
        assert (quay.article.text, quay.url) == (LONG.strip(), f"{site.url}/quay")
        assert reports(items)[0].found == 2

    def test_the_next_night_brings_what_is_new_only(self, site: Site, nights: Nights) -> None:
        pages = [site.put_article(f"/{n}", f"Story {n}") for n in range(3)]
        site.put("/rss", rss(*(entry(f"Story {n}", pages[n]) for n in range(2))))
        assert titles(nights.read(f"{site.url}/rss")) == ["Story 0", "Story 1"]
        site.replace("/rss", rss(*(entry(f"Story {n}", pages[n]) for n in (2, 1, 0))))
        site.asked()
        nights.questions = 0
        items = nights.read(f"{site.url}/rss")
        assert titles(items) == ["Story 2"]
        assert (reports(items)[0].found, reports(items)[0].had) == (1, 2)
        assert site.asked() == ["/rss", "/2"]
        assert nights.questions == 1

    def test_an_unchanged_feed_is_not_sent_again(self, site: Site, nights: Nights) -> None:
        feed = site.put("/rss", rss(entry("Quay", "/quay", text=LONG)), ETag='"1"')
        (first,) = reports(nights.read(feed))
        assert first.state == {feed: {"etag": '"1"', "articles": "1"}}
        items = nights.read(feed)
        assert site.requests[-1][1]["If-None-Match"] == '"1"'
        assert items == [replace(first, found=0, had=1, is_unchanged=True)]

    def test_last_modified_is_given_back_as_well(self, site: Site, nights: Nights) -> None:
        when = "Sun, 22 Nov 2026 20:00:00 GMT"
        feed = site.put("/rss", rss(), Last_Modified=when)
        nights.read(feed)
        nights.read(feed)
        assert site.requests[-1][1]["If-Modified-Since"] == when

    def test_the_newest_come_first_up_to_the_limit(self, site: Site, nights: Nights) -> None:
        nights.context = replace(nights.context, web=WebLimits(max_articles=2))
        feed = site.put(
            "/rss",
            rss(*(entry(f"Hour {h}", f"/{h}", text=LONG, hour=h) for h in (11, 13, 12))),
            ETag='"1"',
        )
        items = nights.read(feed)
        assert titles(items) == ["Hour 13", "Hour 12"]
        assert [p.code for p in problems(items)] == [SourceCode.TOO_MANY]
        # What was left is taken the next night, though the feed has not changed.
        assert titles(nights.read(feed)) == ["Hour 11"]

    def test_an_entry_that_stands_twice_comes_once(self, site: Site, nights: Nights) -> None:
        page = site.put_article("/ferry", "Ferries sail again")
        feed = site.put("/rss", rss(entry("A", page), entry("B", page + "?utm_source=rss")))
        assert len(found(nights.read(feed))) == 1
        assert site.asked() == ["/rss", "/ferry"]

    def test_a_feed_is_told_by_its_content(self, site: Site, nights: Nights) -> None:
        body = "<br />\n<b>Warning</b>: mail() in feed.php\n" + rss(entry("Quay", "/q", text=LONG))
        feed = site.put("/page.php", body, Content_Type="text/html; charset=iso-8859-1")
        assert titles(nights.read(feed)) == ["Quay"]

    @pytest.mark.parametrize(
        ("encoding", "text", "named"),
        [
            ("cp1251", RUSSIAN, ""),
            ("cp1251", RUSSIAN, "; charset=windows-1252"),
            ("cp932", JAPANESE, "; charset=shift_jis"),
        ],
    )
    def test_a_feed_in_an_older_charset_is_read_though_it_is_not_named_or_wrongly(
        self, site: Site, nights: Nights, encoding: str, text: str, named: str
    ) -> None:
        body = rss(entry(text[:20], "/bridge", text=text)).encode(encoding)
        (bridge,) = found(nights.read(site.put("/rss", body, Content_Type=f"text/xml{named}")))
        assert (bridge.article.title, bridge.article.text) == (text[:20].strip(), text.strip())

    def test_a_feed_without_entries_is_no_problem(self, site: Site, nights: Nights) -> None:
        items = nights.read(site.put("/rss", rss()))
        assert items == reports(items)

    @pytest.mark.parametrize("body", ["<rss><channel><title>Wi", "<urlset><url><lo", "<rss "])
    def test_a_document_cut_off_before_its_first_entry_is_a_problem(
        self, site: Site, nights: Nights, body: str
    ) -> None:
        feed = site.put("/rss", body, ETag='"1"')
        items = nights.read(feed)
        assert [p.code for p in problems(items)] == [SourceCode.INVALID_FEED]
        assert reports(items)[0].state == {}

    def test_an_article_too_long_is_a_problem(self, site: Site, nights: Nights) -> None:
        limits = replace(nights.context.limits, max_article_bytes=500)
        nights.context = replace(nights.context, limits=limits)
        items = nights.read(site.put("/rss", rss(entry("Quay", "/q", text=LONG))))
        assert [p.code for p in problems(items)] == [SourceCode.TOO_LONG]


class TestFailures:
    def test_one_page_that_fails_costs_one_article(self, site: Site, nights: Nights) -> None:
        good = site.put_article("/good", "Ferries sail again")
        empty = site.put("/empty", "<html><body><p>Accept cookies</p></body></html>")
        feed = site.put("/rss", rss(entry("A", "/gone"), entry("B", empty), entry("C", good)))
        items = nights.read(feed)
        assert titles(items) == ["C"]
        assert [(p.place.removeprefix(site.url), p.code, p.attempts) for p in problems(items)] == [
            ("/gone", "fetch_failed", 1),
            ("/empty", "extraction_failed", 1),
        ]
        assert {p.source for p in problems(items)} == {feed}

    def test_a_passing_fault_is_tried_again_with_growing_pauses(
        self, site: Site, nights: Nights
    ) -> None:
        pauses: list[float] = []

        def pause(seconds: float) -> bool:
            pauses.append(seconds)
            return False

        nights.context = replace(
            nights.context, pause=pause, web=WebLimits(attempts=4, first_pause_s=2.0)
        )
        site.put("/rss", status=503)
        site.put("/rss", status=500)
        feed = site.put("/rss", rss(entry("Quay", "/quay", text=LONG)))
        items = nights.read(feed)
        assert titles(items) == ["Quay"]
        assert pauses == [2.0, 8.0]
        assert reports(items)[0].requests == 3

    def test_a_fault_that_stays_is_recorded_with_its_attempts(
        self, site: Site, nights: Nights
    ) -> None:
        items = nights.read(site.put("/rss", status=502))
        (problem,) = problems(items)
        assert (problem.code, problem.attempts, problem.is_temporary) == ("fetch_failed", 3, True)
        assert "502" in problem.message

    def test_a_page_that_was_down_is_asked_for_again_of_an_unchanged_feed(
        self, site: Site, nights: Nights
    ) -> None:
        for _ in range(3):
            site.put("/ferry", status=503)
        page = site.put_article("/ferry", "Ferries sail again")
        feed = site.put("/rss", rss(entry("Ferries", page)), ETag='"1"')
        assert found(nights.read(feed)) == []
        assert titles(nights.read(feed)) == ["Ferries"]
        assert reports(nights.read(feed))[0].is_unchanged

    def test_of_a_page_that_is_gone_the_text_in_the_feed_is_taken(
        self, site: Site, nights: Nights
    ) -> None:
        brief = "The ferry terminal closes on Friday. Buses go from the quay until it opens again."
        brief += " The council pays for them."
        empty = site.put("/empty", "<html><body><nav>Home</nav></body></html>")
        for _ in range(3):
            site.put("/down", status=503)
        feed = site.put(
            "/rss",
            rss(
                entry("Gone", "/gone", text=brief),
                entry("Empty", empty, text=brief),
                entry("Down", "/down", text=brief),
                entry("Cut", "/cut", text=brief + " …"),
                entry("Label", "/label", text="Photo gallery"),
            ),
        )
        items = nights.read(feed)
        assert titles(items) == ["Gone", "Empty"]
        assert {item.article.text for item in found(items)} == {brief}
        assert [item.url for item in found(items)] == [f"{site.url}/gone", empty]
        taken = [
            problem.message.endswith("its text in the feed is taken") for problem in problems(items)
        ]
        assert taken == [True, True, False, False, False]
        # What may come back is asked for again.
        site.put_article("/down", "Ferries sail again")
        assert titles(nights.read(feed)) == ["Down"]

    def test_a_feed_that_is_down_keeps_its_state(self, site: Site, nights: Nights) -> None:
        feed = site.put("/rss", rss(), ETag='"1"')
        nights.read(feed)
        site.replace("/rss", status=404)
        assert reports(nights.read(feed))[0].state == {feed: {"etag": '"1"', "articles": "0"}}

    def test_who_is_told_to_stop_asks_for_nothing_more(self, site: Site, nights: Nights) -> None:
        nights.context = replace(nights.context, pause=lambda seconds: True)
        site.put("/a", status=503)
        site.put("/rss", rss(entry("A", "/a"), entry("B", "/b")))
        maps = "<sitemap><loc>/rss</loc></sitemap><sitemap><loc>/b</loc></sitemap>"
        index = site.put("/index.xml", f"<sitemapindex>{maps}</sitemapindex>")
        assert [p.code for p in problems(nights.read(index))] == [SourceCode.STOPPED]
        assert site.asked() == ["/index.xml", "/rss", "/a"]

    def test_a_source_that_takes_too_long_is_cut(self, site: Site, nights: Nights) -> None:
        seconds = iter(range(0, 10_000, 40))
        nights.context = replace(
            nights.context,
            clock=lambda: float(next(seconds)),
            web=WebLimits(max_source_s=100),
        )
        pages = [site.put_article(f"/{n}", f"Story {n}") for n in range(5)]
        items = nights.read(site.put("/rss", rss(*(entry("A", page) for page in pages))))
        assert len(found(items)) == 1
        (problem,) = problems(items)
        assert (problem.code, problem.is_temporary) == (SourceCode.TIME_LIMIT, True)

    def test_too_many_pages_are_left_for_the_next_night(self, site: Site, nights: Nights) -> None:
        nights.context = replace(nights.context, web=WebLimits(max_pages=1))
        pages = [site.put_article(f"/{n}", f"Story {n}") for n in range(2)]
        feed = site.put("/rss", rss(*(entry(f"Story {n}", pages[n]) for n in range(2))), ETag='"1"')
        assert titles(nights.read(feed)) == ["Story 0"]
        assert titles(nights.read(feed)) == ["Story 1"]

    def test_a_private_address_is_refused_and_not_tried_again(
        self, site: Site, nights: Nights
    ) -> None:
        feed = site.put("/rss", rss(entry("A", "http://169.254.169.254/latest/meta-data/")))
        (problem,) = problems(nights.read(feed))
        assert (problem.code, problem.attempts) == ("fetch_blocked", 1)

    def test_a_store_that_is_away_is_not_taken_for_a_broken_feed(
        self, site: Site, nights: Nights
    ) -> None:
        def had(keys: Sequence[str]) -> Collection[str]:
            raise StoreUnavailableError("localhost", "gone")

        nights.context = replace(nights.context, had=had)
        feed = site.put("/rss", rss(entry("A", "/a")))
        with pytest.raises(StoreUnavailableError):
            nights.read(feed)


class TestPagesAndSitemaps:
    def test_a_page_is_an_article(self, site: Site, nights: Nights) -> None:
        page = site.put_article("/ferry", "Ferries sail again")
        (item,) = found(nights.read(page))
        assert (item.uri, item.article.title) == (page, "Ferries sail again")

    def test_a_redirected_page_is_known_by_both_urls(self, site: Site, nights: Nights) -> None:
        site.put_article("/ferry", "Ferries sail again")
        short = site.put("/f", status=301, Location="/ferry")
        (item,) = found(nights.read(short))
        assert (item.uri, item.url) == (short, f"{site.url}/ferry")

    def test_what_is_no_article_is_a_problem(self, site: Site, nights: Nights) -> None:
        items = nights.read(
            site.put("/x.pdf", b"%PDF-1.7\n\x00\x01", Content_Type="application/pdf")
        )
        assert [p.code for p in problems(items)] == ["extraction_failed"]

    def test_a_sitemap_leads_to_its_pages(self, site: Site, nights: Nights) -> None:
        pages = [site.put_article(f"/{n}", f"Story {n}") for n in range(2)]
        body = "".join(
            f"<url><loc>{page}</loc><lastmod>2026-11-2{n}</lastmod></url>"
            for n, page in enumerate(pages)
        )
        items = nights.read(site.put("/sitemap.xml", f"<urlset>{body}</urlset>"))
        assert titles(items) == ["Story 1", "Story 0"]
        assert found(items)[0].version_at == "2026-11-21T00:00:00Z"

    def test_an_index_leads_to_its_sitemaps_gzipped_or_not(
        self, site: Site, nights: Nights
    ) -> None:
        pages = [site.put_article(f"/{n}", f"Story {n}") for n in range(2)]
        maps = [f"<urlset><url><loc>{page}</loc></url></urlset>" for page in pages]
        site.put("/a.xml", maps[0], ETag='"a"')
        site.put("/b.xml.gz", gzip.compress(maps[1].encode()), Content_Type="application/gzip")
        index = site.put(
            "/index.xml",
            "<sitemapindex><sitemap><loc>/a.xml</loc></sitemap>"
            "<sitemap><loc>/b.xml.gz</loc></sitemap></sitemapindex>",
        )
        items = nights.read(index)
        assert titles(items) == ["Story 0", "Story 1"]
        assert reports(items)[0].state == {f"{site.url}/a.xml": {"etag": '"a"', "articles": "1"}}
        assert found(nights.read(index)) == []

    def test_an_index_that_leads_to_itself_ends(self, site: Site, nights: Nights) -> None:
        index = site.put("/i", "<sitemapindex><sitemap><loc>/i</loc></sitemap></sitemapindex>")
        assert [p.code for p in problems(nights.read(index))] == [SourceCode.TOO_DEEP]
        assert site.asked() == ["/i"] * (WebLimits().max_depth + 1)

    def test_of_many_sitemaps_the_latest_are_read(self, site: Site, nights: Nights) -> None:
        nights.context = replace(nights.context, web=WebLimits(max_sitemaps=1))
        page = site.put_article("/0", "Story 0")
        site.put("/new.xml", f"<urlset><url><loc>{page}</loc></url></urlset>")
        index = site.put(
            "/index.xml",
            "<sitemapindex><sitemap><loc>/old.xml</loc><lastmod>2025-01-01</lastmod></sitemap>"
            "<sitemap><loc>/new.xml</loc><lastmod>2026-11-22</lastmod></sitemap></sitemapindex>",
        )
        items = nights.read(index)
        assert titles(items) == ["Story 0"]
        assert site.asked() == ["/index.xml", "/new.xml", "/0"]


class TestLists:
    def test_each_url_of_a_list_is_a_source_with_a_report(
        self, site: Site, nights: Nights, tmp_path: Path
    ) -> None:
        feed = site.put("/rss", rss(entry("Quay", "/quay", text=LONG)))
        page = site.put_article("/ferry", "Ferries sail again")
        (tmp_path / "feeds.txt").write_text(
            f"# the night desk\n\n{feed}  # our wire\n{page}\nnews.example/rss\n{feed}\n"
            f"{site.url}/gone\n",
            encoding="utf-8-sig",
        )
        items = nights.read("feeds.txt")
        assert titles(items) == ["Quay", "Ferries sail again"]
        assert [item.source for item in found(items)] == [feed, page]
        path = str(tmp_path / "feeds.txt")
        assert [(p.source, p.place) for p in problems(items)] == [
            (f"{site.url}/gone", f"{site.url}/gone"),
            (path, f"{path}:5"),
        ]
        assert [(r.source, r.found, r.problems) for r in reports(items)] == [
            (feed, 1, 0),
            (page, 1, 0),
            (f"{site.url}/gone", 0, 1),
            (path, 0, 1),
        ]


def test_what_is_found_can_be_stored(site: Site, nights: Nights) -> None:
    """Lone surrogates, which JSON cannot carry, never leave a source."""
    page = site.put("/p", article_text_with("&#xD800; \x00"))
    for item in found(nights.read(page)):
        orjson.dumps([item.uri, item.url, item.article])


def article_text_with(odd: str) -> str:
    paragraph = f"<p>Ferries {odd} to the outer islands sailed again on Monday after a storm.</p>"
    return f"<html><body><article><h1>Ferries {odd}</h1>{paragraph * 12}</article></body></html>"
