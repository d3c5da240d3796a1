"""What sites ask of us: robots.txt, and pauses between requests."""

from __future__ import annotations

from threading import Barrier, Thread
from time import monotonic

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.servers import Connection, Request, Site, redirect, reply
from tests.service.fetching import Clock, MakeFetcher, Names, make_fetcher, site
from tests.waiting import wait_until
from workers.errors import FetchBlockedError, FetchFailedError, RobotsDisallowedError
from workers.fetching import Fetcher, FetchLimits, Surroundings
from workers.fetching.robots import Robots, RobotsCache, read_robots

__all__ = ["make_fetcher", "site"]

OURS = "news-summarizer"
BOTH = Names({"news.example": ["127.0.0.1"], "other.example": ["127.0.0.1"]})


def is_allowed(robots: str | bytes, path: str = "/story") -> bool:
    content = robots.encode() if isinstance(robots, str) else robots
    return read_robots(content, robot=OURS).allows(f"http://news.example{path}", robot=OURS)


class TestRules:
    @pytest.mark.parametrize(
        "robots",
        [
            "",
            "User-agent: *\nDisallow:",
            "User-agent: *\nDisallow: /private/",
            "User-agent: *\nDisallow: /\nAllow: /story",
            "User-agent: *\nDisallow: /\n\nUser-agent: news-summarizer\nAllow: /",
            "User-agent: news\nDisallow: /",
            "User-agent: news-summarizer-pro\nDisallow: /",
            "User-agent: summarizer\nDisallow: /",
            "User-agent: OtherBot\nDisallow: /",
            "<html><body>Not found</body></html>",
            "Disallow: /",
        ],
    )
    def test_what_is_not_disallowed_for_us_is_allowed(self, robots: str) -> None:
        assert is_allowed(robots)

    @pytest.mark.parametrize(
        "robots",
        [
            "User-agent: *\nDisallow: /",
            "User-agent: *\r\nDisallow: /story\r\n",
            "user-agent:*\rdisallow:/st",
            "\ufeffUser-agent: *\nDisallow: /",
            "User-agent: News-Summarizer\nDisallow: /",
            "User-agent: news-summarizer/0.1\nDisallow: /",
            "User-agent: OtherBot\nUser-agent: news-summarizer\nDisallow: /",
            "User-agent: *\nAllow: /\n\nUser-agent: news-summarizer # us\nDisallow: /",
            "User-agent: *\nDisallow: /*ory$",
            "User-agent: a\nDisallow: /x\nUser-agent: *\nDisallow: /",
            "\x00\xff\nUser-agent: *\nDisallow: /",
        ],
    )
    def test_what_is_disallowed_for_us_or_for_all_is_disallowed(self, robots: str) -> None:
        assert not is_allowed(robots)

    @given(st.binary(max_size=200) | st.text().map(lambda text: text.encode("utf-8", "replace")))
    def test_no_robots_txt_makes_us_stumble(self, content: bytes) -> None:
        robots = read_robots(b"User-agent: *\nDisallow: /a\n" + content, robot=OURS)
        robots.allows("http://[::1]:80//a?b=%zz", robot=OURS)
        assert robots.pause_s >= 0

    def test_a_robots_txt_made_to_be_slow_is_read_in_no_time(self) -> None:
        """Many robots that share many rules, and patterns of many stars."""
        agents = b"".join(b"User-agent: bot-%d\n" % number for number in range(12_000))
        rules = b"".join(b"Disallow: /%d*a*a*a*a*b$\n" % number for number in range(10_000))
        began = monotonic()
        robots = read_robots(agents + b"User-agent: *\n" + rules, robot=OURS)
        assert robots.allows("http://news.example/" + "a" * 3_900, robot=OURS)
        assert monotonic() - began < 5

    def test_the_rules_of_a_site_are_applied_to_its_documents(
        self, site: Site, make_fetcher: MakeFetcher
    ) -> None:
        site.routes |= {
            "/robots.txt": reply(b"User-agent: *\nDisallow: /private"),
            "/private": reply(b"secret"),
            "/story": reply(b"open"),
        }
        fetcher = make_fetcher()
        assert fetcher.fetch(site.url("/story")).content == b"open"
        with pytest.raises(
            RobotsDisallowedError, match="disallows it for news-summarizer"
        ) as caught:
            fetcher.fetch(site.url("/private?id=1"))
        assert caught.value.code == "robots_disallowed"
        assert site.paths() == ["/robots.txt", "/story"]

    def test_a_redirect_into_what_is_disallowed_is_not_followed(
        self, site: Site, make_fetcher: MakeFetcher
    ) -> None:
        site.routes |= {
            "/robots.txt": reply(b"User-agent: *\nDisallow: /private"),
            "/story": redirect("/private"),
        }
        with pytest.raises(
            RobotsDisallowedError, match=r"/story was not fetched: it leads to .*/priv"
        ):
            make_fetcher().fetch(site.url("/story"))
        assert site.paths() == ["/robots.txt", "/story"]

    def test_a_redirect_to_another_site_asks_for_that_sites_rules(
        self, site: Site, make_fetcher: MakeFetcher
    ) -> None:
        def rules(request: Request, connection: Connection) -> None:
            is_other = request.headers["host"].startswith("other")
            body = b"User-agent: *\nDisallow: /" if is_other else b""
            connection.socket.sendall(reply(body))

        site.routes |= {
            "/robots.txt": rules,
            "/story": redirect(site.url("/story", host="other.example")),
        }
        fetcher = make_fetcher(surroundings=Surroundings(resolve=BOTH))
        with pytest.raises(RobotsDisallowedError):
            fetcher.fetch(site.url("/story", host="news.example"))
        assert site.paths() == ["/robots.txt", "/story", "/robots.txt"]

    def test_rules_can_be_passed_over_by_those_who_may(
        self, site: Site, make_fetcher: MakeFetcher
    ) -> None:
        site.routes |= {"/robots.txt": reply(b"User-agent: *\nDisallow: /"), "/": reply(b"own")}
        assert make_fetcher(robots=False).fetch(site.url()).content == b"own"
        assert site.paths() == ["/"]


class TestUnavailable:
    @pytest.mark.parametrize("status", [400, 401, 403, 404, 410, 451])
    def test_a_site_without_rules_allows_everything(
        self, site: Site, make_fetcher: MakeFetcher, status: int
    ) -> None:
        site.routes |= {"/robots.txt": reply(status=f"{status} X"), "/": reply(b"open")}
        assert make_fetcher().fetch(site.url()).content == b"open"

    @pytest.mark.parametrize("status", [429, 500, 502, 503, 304])
    def test_a_site_that_cannot_tell_its_rules_allows_nothing(
        self, site: Site, make_fetcher: MakeFetcher, status: int
    ) -> None:
        site.routes |= {"/robots.txt": reply(status=f"{status} X"), "/": reply(b"open")}
        fetcher = make_fetcher()
        for _ in range(2):
            with pytest.raises(RobotsDisallowedError, match=f"answers {status} for robots.txt"):
                fetcher.fetch(site.url())
        # The answer was kept.
        assert site.paths() == ["/robots.txt"]

    @pytest.mark.parametrize("answer", [b"", b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nUser"])
    def test_a_site_that_breaks_off_is_not_asked_for_its_document(
        self, site: Site, make_fetcher: MakeFetcher, answer: bytes
    ) -> None:
        site.routes |= {"/robots.txt": answer, "/": reply(b"open")}
        with pytest.raises(FetchFailedError, match=r"robots\.txt cannot be had") as caught:
            make_fetcher().fetch(site.url())
        assert caught.value.is_temporary
        assert site.paths() == ["/robots.txt"]

    def test_rules_that_have_moved_are_followed(
        self, site: Site, make_fetcher: MakeFetcher
    ) -> None:
        site.routes |= {
            "/robots.txt": redirect("/rules"),
            "/rules": reply(b"User-agent: *\nDisallow: /"),
        }
        with pytest.raises(RobotsDisallowedError):
            make_fetcher().fetch(site.url())
        assert site.paths() == ["/robots.txt", "/rules"]

    def test_rules_that_lead_to_a_refused_address_are_not_fetched(
        self, site: Site, make_fetcher: MakeFetcher
    ) -> None:
        site.routes |= {"/robots.txt": redirect(f"http://127.0.0.2:{site.port}/")}
        with pytest.raises(FetchBlockedError, match=r"127\.0\.0\.2"):
            make_fetcher().fetch(site.url())
        assert site.paths() == ["/robots.txt"]

    def test_rules_are_kept_for_a_while(self, site: Site, make_fetcher: MakeFetcher) -> None:
        clock = Clock()
        site.routes["/"] = reply()
        fetcher = make_fetcher(
            robots_ttl_s=60.0, surroundings=Surroundings(now=clock.now, wait=clock.wait)
        )
        for seconds in (0, 59, 2):
            clock.seconds += seconds
            fetcher.fetch(site.url())
        assert site.paths() == ["/robots.txt", "/", "/", "/robots.txt", "/"]

    def test_what_is_kept_is_bounded_and_the_site_asked_last_stays(self) -> None:
        cache = RobotsCache(now=lambda: 0.0)
        large = Robots(size=400_000)
        for number in range(20):
            cache.keep(f"http://{number}.example", large, ttl_s=60)
            assert cache.find("http://0.example") is large
        kept = [cache.find(f"http://{number}.example") for number in range(20)]
        assert kept.count(large) == 9
        assert kept[-1] is large
        for number in range(5_000):
            cache.keep("http://same.example", Robots(size=number), ttl_s=60)
        assert cache.find("http://0.example") is large


class TestPauses:
    def test_one_host_is_asked_at_most_once_in_a_pause(
        self, site: Site, make_fetcher: MakeFetcher
    ) -> None:
        clock = Clock()
        site.routes["/"] = reply()
        fetcher = make_fetcher(
            pause_s=2.0, surroundings=Surroundings(resolve=BOTH, now=clock.now, wait=clock.wait)
        )
        for host in ("news.example", "news.example", "other.example", "news.example"):
            fetcher.fetch(site.url(host=host))
        clock.seconds += 1.5
        fetcher.fetch(site.url(host="news.example"))
        clock.seconds += 10
        fetcher.fetch(site.url(host="news.example"))
        assert clock.waits == [2.0, 2.0, 0.5]

    @pytest.mark.parametrize(
        ("rule", "pause_s"),
        [
            ("Crawl-delay: 7", 7.0),
            ("Crawl-delay: 0.5", 2.0),
            ("Crawl-delay: 86400", 30.0),
            ("Crawl-delay: nan", 2.0),
            ("Crawl-delay: -7", 2.0),
            ("Request-rate: 1/10", 10.0),
        ],
    )
    def test_a_longer_pause_is_kept_if_a_site_asks_for_it(
        self, site: Site, make_fetcher: MakeFetcher, rule: str, pause_s: float
    ) -> None:
        clock = Clock()
        site.routes |= {
            "/robots.txt": reply(f"User-agent: *\n{rule}\n".encode()),
            "/": reply(),
        }
        fetcher = make_fetcher(
            pause_s=2.0,
            max_pause_s=30.0,
            surroundings=Surroundings(now=clock.now, wait=clock.wait),
        )
        fetcher.fetch(site.url())
        fetcher.fetch(site.url())
        assert clock.waits == [pause_s]

    @pytest.mark.parametrize(
        ("retry_after", "pause_s"), [("12", 12.0), ("99999", 30.0), ("soon", 2.0), ("", 2.0)]
    )
    def test_a_busy_server_is_left_alone_for_as_long_as_it_asks(
        self, site: Site, make_fetcher: MakeFetcher, retry_after: str, pause_s: float
    ) -> None:
        clock = Clock()
        site.routes["/"] = reply(status="429 Too Many Requests", retry_after=retry_after)
        fetcher = make_fetcher(
            pause_s=2.0,
            max_pause_s=30.0,
            surroundings=Surroundings(now=clock.now, wait=clock.wait),
        )
        for _ in range(2):
            with pytest.raises(FetchFailedError, match="429"):
                fetcher.fetch(site.url())
        assert clock.waits == [pause_s]

    def test_a_redirect_within_a_host_does_not_wait_again(
        self, site: Site, make_fetcher: MakeFetcher
    ) -> None:
        clock = Clock()
        site.routes |= {"/": redirect("/b"), "/b": reply()}
        fetcher = make_fetcher(
            pause_s=2.0, surroundings=Surroundings(now=clock.now, wait=clock.wait)
        )
        fetcher.fetch(site.url())
        assert clock.waits == []

    def test_pauses_do_not_count_against_the_time_limit(
        self, site: Site, make_fetcher: MakeFetcher
    ) -> None:
        clock = Clock()
        site.routes["/"] = reply()
        fetcher = make_fetcher(
            pause_s=20.0, total_s=5.0, surroundings=Surroundings(now=clock.now, wait=clock.wait)
        )
        fetcher.fetch(site.url())
        fetcher.fetch(site.url())
        assert clock.waits == [20.0]

    def test_threads_take_their_turns(self, site: Site, make_fetcher: MakeFetcher) -> None:
        site.routes["/"] = reply()
        fetcher = make_fetcher(robots=False, pause_s=0.1)
        ready = Barrier(4)

        def fetch() -> None:
            ready.wait(10)
            fetcher.fetch(site.url())

        threads = [Thread(target=fetch) for _ in range(4)]
        began = monotonic()
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(20)
        assert monotonic() - began >= 0.3
        assert site.paths() == ["/"] * 4

    def test_closing_ends_a_wait(self, site: Site) -> None:
        site.routes["/"] = reply()
        limits = FetchLimits(ports=frozenset((site.port,)), pause_s=60.0)
        failures: list[FetchFailedError] = []

        def fetch_twice() -> None:
            fetcher.fetch(site.url())
            try:
                fetcher.fetch(site.url())
            except FetchFailedError as error:
                failures.append(error)

        with Fetcher(limits, allowed_networks=["127.0.0.1/32"]) as fetcher:
            thread = Thread(target=fetch_twice)
            thread.start()
            wait_until(lambda: "/" in site.paths())
        thread.join(10)
        assert "closed" in str(failures[0])
