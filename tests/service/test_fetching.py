"""What fetching gives back, and the limits that hostile servers run into."""

from __future__ import annotations

import gzip
import pickle
import zlib
from collections.abc import Callable
from itertools import repeat
from threading import Event
from time import monotonic

import brotli
import pytest
import zstandard

from tests.servers import Connection, Request, Site, redirect, reply
from tests.service.fetching import MakeFetcher, Names, make_fetcher, short, site
from workers.errors import (
    FetchBlockedError,
    FetchError,
    FetchFailedError,
    RobotsDisallowedError,
    ServiceError,
    SettingsError,
)
from workers.fetching import Fetcher, FetchLimits, Surroundings, make_user_agent

__all__ = ["make_fetcher", "site"]

STORY = "Die Fähre nach Brannoch legt am Montag wieder ab. ".encode() * 40
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"


# Without a time, so that every process that collects the tests gives them one name.
PACKED = gzip.compress(STORY, mtime=0)


def raw_deflate(data: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return packer.compress(data) + packer.flush()


class TestDocuments:
    def test_a_document_comes_with_what_its_server_said(
        self, site: Site, make_fetcher: MakeFetcher
    ) -> None:
        site.routes["/story"] = reply(
            STORY,
            content_type='Text/HTML; Charset="ISO-8859-1"',
            etag='"v1"',
            last_modified="Mon, 03 Nov 2025 07:00:00 GMT",
        )
        fetched = make_fetcher().fetch(site.url("/story?id=7#top"))
        assert fetched.url == fetched.final_url == site.url("/story?id=7")
        assert (fetched.status, fetched.content, fetched.is_not_modified) == (200, STORY, False)
        assert (fetched.content_type, fetched.charset) == ("text/html", "iso-8859-1")
        assert fetched.etag == '"v1"'
        assert fetched.last_modified == "Mon, 03 Nov 2025 07:00:00 GMT"

    def test_what_a_server_does_not_say_is_none(
        self, site: Site, make_fetcher: MakeFetcher
    ) -> None:
        site.routes["/"] = reply()
        fetched = make_fetcher().fetch(site.url())
        assert fetched.content == b""
        assert fetched.content_type is fetched.charset is None
        assert fetched.etag is fetched.last_modified is None

    def test_redirects_are_followed_to_the_end(self, site: Site, make_fetcher: MakeFetcher) -> None:
        site.routes["/old"] = redirect("/newer", status="301 Moved")
        site.routes["/newer"] = redirect("?page=1", status="307 Temporary Redirect")
        site.routes["/newer"] = redirect(site.url("/f%C3%A4hre"), status="308 Permanent Redirect")
        site.routes["/f%C3%A4hre"] = reply(STORY)
        fetched = make_fetcher().fetch(site.url("/old"))
        assert fetched.url == site.url("/old")
        assert fetched.final_url == site.url("/f%C3%A4hre")
        assert fetched.content == STORY

    def test_a_location_in_raw_utf_8_is_followed(
        self, site: Site, make_fetcher: MakeFetcher
    ) -> None:
        site.routes["/"] = reply(status="302 Found", location="/fähre".encode())
        site.routes["/f%C3%A4hre"] = reply(STORY)
        assert make_fetcher().fetch(site.url()).content == STORY

    def test_we_say_who_we_are_and_take_no_cookies(
        self, site: Site, make_fetcher: MakeFetcher
    ) -> None:
        site.routes["/"] = reply(status="302 Found", location="/b", set_cookie="id=7")
        site.routes["/b"] = reply()
        make_fetcher().fetch(site.url())
        assert {request.headers["user-agent"] for request in site.requests} == {make_user_agent()}
        assert not any("cookie" in request.headers for request in site.requests)
        assert make_user_agent("https://desk.example") == (
            make_user_agent() + " (+https://desk.example)"
        )

    def test_a_user_agent_that_would_break_the_header_is_refused(self) -> None:
        with pytest.raises(SettingsError, match="user_agent"):
            Fetcher(FetchLimits(), user_agent=make_user_agent("desk\r\nX-Evil: 1"))

    def test_the_environments_proxies_are_ignored(
        self, site: Site, make_fetcher: MakeFetcher, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
            monkeypatch.setenv(name, "http://127.0.0.1:9")
        site.routes["/"] = reply(STORY)
        assert make_fetcher().fetch(site.url()).content == STORY

    def test_credentials_go_to_their_own_origin_only(
        self, site: Site, make_fetcher: MakeFetcher
    ) -> None:
        site.routes["/feed"] = redirect("/inner")
        site.routes["/inner"] = redirect(site.url("/other", host="u:p@other.example"))
        site.routes["/other"] = reply(STORY)
        names = Names({"news.example": ["127.0.0.1"], "other.example": ["127.0.0.1"]})
        fetcher = make_fetcher(surroundings=Surroundings(resolve=names))
        fetched = fetcher.fetch(site.url("/feed", host="desk:p%40ss@news.example"))
        sent = {
            (request.headers["host"].partition(":")[0], request.headers.get("authorization"))
            for request in site.requests
        }
        assert sent == {("news.example", "Basic ZGVzazpwQHNz"), ("other.example", None)}
        assert fetched.url == site.url("/feed", host="news.example")
        assert fetched.final_url == site.url("/other", host="other.example")


class TestNotModified:
    def test_what_is_not_modified_is_said_to_be_so(
        self, site: Site, make_fetcher: MakeFetcher
    ) -> None:
        site.routes["/"] = reply(status="304 Not Modified", etag='"v1"')
        changed = "Mon, 03 Nov 2025 07:00:00 GMT"
        fetched = make_fetcher().fetch(site.url(), etag='W/"v1"', last_modified=changed)
        assert fetched.is_not_modified
        assert (fetched.status, fetched.content, fetched.etag) == (304, b"", '"v1"')
        sent = site.requests[-1].headers
        assert (sent["if-none-match"], sent["if-modified-since"]) == ('W/"v1"', changed)

    def test_robots_is_asked_for_without_conditions(
        self, site: Site, make_fetcher: MakeFetcher
    ) -> None:
        site.routes["/"] = reply(status="304 Not Modified")
        make_fetcher().fetch(site.url(), etag='"v1"')
        assert "if-none-match" not in site.requests[0].headers

    def test_not_modified_without_having_asked_is_a_failure(
        self, site: Site, make_fetcher: MakeFetcher
    ) -> None:
        site.routes["/"] = reply(status="304 Not Modified")
        with pytest.raises(FetchFailedError, match="the server answered 304"):
            make_fetcher().fetch(site.url())

    @pytest.mark.parametrize(
        "etag", ['"a"\r\nX-Evil: 1', "\ud800", "", '"€"', "x" * 2000], ids=short
    )
    def test_a_validator_that_cannot_be_a_header_is_left_out(
        self, site: Site, make_fetcher: MakeFetcher, etag: str
    ) -> None:
        site.routes["/"] = reply(STORY)
        assert make_fetcher().fetch(site.url(), etag=etag).content == STORY
        assert "if-none-match" not in site.requests[-1].headers


class TestUnpacking:
    @pytest.mark.parametrize(
        ("coding", "packed"),
        [
            ("gzip", PACKED),
            ("x-gzip", PACKED),
            ("GZIP", PACKED),
            ("deflate", zlib.compress(STORY)),
            ("deflate", raw_deflate(STORY)),
            ("br", brotli.compress(STORY)),
            ("zstd", zstandard.compress(STORY)),
            ("identity", STORY),
        ],
        ids=short,
    )
    def test_a_packed_body_is_unpacked(
        self, site: Site, make_fetcher: MakeFetcher, coding: str, packed: bytes
    ) -> None:
        site.routes["/"] = reply(packed, content_encoding=coding)
        assert make_fetcher().fetch(site.url()).content == STORY

    @pytest.mark.parametrize("coding", ["gzip", "deflate", "br", "zstd"])
    def test_a_bomb_is_put_down_at_the_limit(
        self, site: Site, make_fetcher: MakeFetcher, coding: str
    ) -> None:
        zeros = bytes(30_000_000)
        bombs: dict[str, Callable[[], bytes]] = {
            "gzip": lambda: gzip.compress(zeros, 6),
            "deflate": lambda: zlib.compress(zeros, 6),
            "br": lambda: brotli.compress(zeros, quality=1),
            "zstd": lambda: zstandard.compress(zeros),
        }
        bomb = bombs[coding]()
        assert len(bomb) < 50_000
        site.routes["/"] = reply(bomb, content_encoding=coding)
        fetcher = make_fetcher(max_content_bytes=3_000_000)
        with pytest.raises(
            FetchFailedError, match="more bytes than the limit of 3000000"
        ) as caught:
            fetcher.fetch(site.url())
        assert not caught.value.is_temporary

    @pytest.mark.parametrize(
        ("coding", "packed", "reason"),
        [
            ("gzip", PACKED[:-5], "its gzip data end early"),
            ("br", brotli.compress(STORY)[:-5], "its br data end early"),
            ("zstd", zstandard.compress(STORY)[:-5], "its zstd data end early"),
            ("gzip", STORY, "not the gzip that it claims"),
            ("deflate", STORY, "not the deflate that it claims"),
            ("br", STORY, "not the br that it claims"),
            ("zstd", STORY, "not the zstd that it claims"),
            ("gzip", PACKED + b"more", "more follows after its end"),
            ("zstd", zstandard.compress(STORY) * 2, "more follows after its end"),
            ("gzip, gzip", gzip.compress(PACKED, mtime=0), "'gzip, gzip' is not one of"),
            ("compress", STORY, "'compress' is not one of gzip, deflate, br, zstd"),
        ],
        ids=short,
    )
    def test_a_damaged_body_is_a_failure_and_not_half_a_story(
        self, site: Site, make_fetcher: MakeFetcher, coding: str, packed: bytes, reason: str
    ) -> None:
        site.routes["/"] = reply(packed, content_encoding=coding)
        with pytest.raises(FetchFailedError, match=reason):
            make_fetcher().fetch(site.url())


class TestLimits:
    def test_a_body_that_is_declared_too_large_is_not_read(
        self, site: Site, make_fetcher: MakeFetcher
    ) -> None:
        site.routes["/"] = HEAD + b"Content-Length: 5000001\r\n\r\n"
        with pytest.raises(FetchFailedError, match="it has 5000001 bytes, the limit is 5000000"):
            make_fetcher(max_wire_bytes=5_000_000).fetch(site.url())

    def test_a_body_without_an_end_is_cut_at_the_limit(
        self, site: Site, make_fetcher: MakeFetcher
    ) -> None:
        def endless(request: Request, connection: Connection) -> None:
            connection.socket.sendall(HEAD + b"\r\n")
            connection.drip(repeat(bytes(65_536)), pause_s=0)

        site.routes["/"] = endless
        with pytest.raises(FetchFailedError, match="more bytes than the limit of 1000000"):
            make_fetcher(max_wire_bytes=1_000_000).fetch(site.url())

    @pytest.mark.parametrize("slow", ["connecting", "head", "body", "chunks", "status"])
    def test_a_server_that_drips_is_left_when_all_the_time_is_used(
        self, site: Site, make_fetcher: MakeFetcher, slow: str
    ) -> None:
        starts = {
            "connecting": b"",
            "status": b"HTTP/1.1 100 Continue\r\n\r\n",
            "head": b"HTTP/1.1 200 OK\r\nX: ",
            "body": HEAD + b"\r\n",
            "chunks": HEAD + b"Transfer-Encoding: chunked\r\n\r\n",
        }
        pieces = {
            "connecting": b"H",
            "status": b"HTTP/1.1 100 Continue\r\n\r\n",
            "chunks": b"1\r\nx\r\n",
        }

        def drip(request: Request, connection: Connection) -> None:
            connection.socket.sendall(starts[slow])
            connection.drip(repeat(pieces.get(slow, b"x")), pause_s=0.05)

        site.routes["/"] = drip
        began = monotonic()
        with pytest.raises(FetchFailedError, match=r"not finished within 0\.5 s") as caught:
            make_fetcher(robots=False, total_s=0.5, read_s=5.0).fetch(site.url())
        assert monotonic() - began < 3
        assert caught.value.is_temporary

    @pytest.mark.parametrize("start", [b"", b"HTTP/1.1 200", HEAD, HEAD + b"\r\nHello"])
    def test_a_server_that_falls_silent_is_left(
        self, site: Site, make_fetcher: MakeFetcher, start: bytes
    ) -> None:
        def silent(request: Request, connection: Connection) -> None:
            connection.socket.sendall(start)
            connection.stopping.wait(20)

        site.routes["/"] = silent
        with pytest.raises(FetchFailedError, match=r"no answer within 0\.3 s") as caught:
            make_fetcher(robots=False, read_s=0.3).fetch(site.url())
        assert caught.value.is_temporary

    def test_a_resolver_that_hangs_is_not_waited_for(self, make_fetcher: MakeFetcher) -> None:
        released = Event()

        def hang(host: str, port: int) -> list[str]:
            released.wait(20)
            return ["127.0.0.1"]

        fetcher = make_fetcher(
            connect_s=0.2, ports=frozenset((80,)), surroundings=Surroundings(resolve=hang)
        )
        with pytest.raises(FetchFailedError, match=r"was not resolved within 0\.2 s"):
            fetcher.fetch("http://news.example/")
        released.set()

    def test_a_name_that_nobody_has_is_a_failure(self, make_fetcher: MakeFetcher) -> None:
        fetcher = make_fetcher(
            ports=frozenset((80,)), surroundings=Surroundings(resolve=Names({"empty.example": []}))
        )
        for name in ("nowhere.example", "empty.example"):
            with pytest.raises(FetchFailedError, match=f"{name} has no address") as caught:
                fetcher.fetch(f"http://{name}/")
            assert caught.value.is_temporary

    @pytest.mark.parametrize("loop", ["/", "/round", "http://127.0.0.1:{port}/round"])
    def test_a_redirect_loop_ends_at_the_limit(
        self, site: Site, make_fetcher: MakeFetcher, loop: str
    ) -> None:
        site.routes["/"] = redirect(loop.format(port=site.port))
        site.routes["/round"] = redirect("/")
        with pytest.raises(FetchFailedError, match="leads to more than 3 redirects"):
            make_fetcher(max_redirects=3).fetch(site.url())
        assert len(site.paths()) == 5

    def test_no_redirect_at_all_can_be_asked_for(
        self, site: Site, make_fetcher: MakeFetcher
    ) -> None:
        site.routes["/"] = redirect("/b")
        with pytest.raises(FetchFailedError, match="more than 0 redirects"):
            make_fetcher(max_redirects=0).fetch(site.url())

    @pytest.mark.parametrize(
        "head",
        [
            b"X-Long: " + b"x" * 1_000_000 + b"\r\n\r\n",
            b"".join(b"X-%d: x\r\n" % number for number in range(50_000)) + b"\r\n",
        ],
        ids=short,
    )
    def test_oversized_headers_are_a_failure(
        self, site: Site, make_fetcher: MakeFetcher, head: bytes
    ) -> None:
        site.routes["/"] = HEAD + head
        with pytest.raises(FetchFailedError):
            make_fetcher().fetch(site.url())


class TestBrokenServers:
    @pytest.mark.parametrize(
        "response",
        [
            b"",
            b"\x16\x03\x01\x02\x00",
            b"SSH-2.0-OpenSSH_9.2\r\n",
            b"+PONG\r\n",
            b"HTTP/1.1 OK\r\n\r\n",
            b"HTTP/1.1 200 OK\r\nContent-Length: x\r\n\r\n",
            b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\nContent-Length: 11\r\n\r\n",
            b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nshort",
            b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
            b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhel",
            b"HTTP/1.1 200 OK\r\nBad Name: x\r\n\r\n",
            b"\x00" * 1000,
        ],
        ids=short,
    )
    def test_what_is_no_whole_response_is_a_failure(
        self, site: Site, make_fetcher: MakeFetcher, response: bytes
    ) -> None:
        site.routes["/"] = response
        with pytest.raises(FetchFailedError) as caught:
            make_fetcher(robots=False).fetch(site.url())
        assert site.url() in str(caught.value)

    @pytest.mark.parametrize(
        ("status", "is_temporary"),
        [
            *((status, False) for status in (300, 301, 400, 401, 403, 404, 410, 418, 501)),
            *((status, True) for status in (408, 429, 500, 502, 503, 504)),
        ],
    )
    def test_a_status_that_is_no_success_is_named(
        self, site: Site, make_fetcher: MakeFetcher, status: int, is_temporary: bool
    ) -> None:
        site.routes["/"] = reply(b"sorry", status=f"{status} X")
        with pytest.raises(FetchFailedError, match=f"the server answered {status}") as caught:
            make_fetcher().fetch(site.url())
        assert (caught.value.status, caught.value.is_temporary) == (status, is_temporary)


def test_a_closed_fetcher_fetches_nothing(site: Site, make_fetcher: MakeFetcher) -> None:
    fetcher = make_fetcher(robots=False)
    fetcher.close()
    with pytest.raises(FetchFailedError, match="closed"):
        fetcher.fetch(site.url())
    assert site.connections == 0


@pytest.mark.parametrize(
    "error",
    [
        FetchBlockedError("http://news.example/", "its port is 22"),
        RobotsDisallowedError("http://news.example/", "its robots.txt disallows it"),
        FetchFailedError("http://news.example/", "the server answered 503", 503, True),
    ],
)
def test_an_error_is_the_same_after_pickling(error: FetchError) -> None:
    copy = pickle.loads(pickle.dumps(error))
    assert isinstance(copy, type(error))
    assert isinstance(copy, ServiceError)
    assert str(copy) == str(error)
    assert vars(copy) == vars(error)
