"""Where fetching connects to, and where it never does."""

from __future__ import annotations

import socket
import ssl
from contextlib import ExitStack, suppress
from ipaddress import ip_address

import pytest
import trustme
from hypothesis import given
from hypothesis import strategies as st

from tests.servers import Site, redirect, reply, start_site
from tests.service.fetching import LOCAL, MakeFetcher, Names, make_fetcher, short, site
from workers.errors import FetchBlockedError, FetchFailedError, SettingsError
from workers.fetching import Fetcher, FetchLimits, Surroundings
from workers.fetching.addresses import literal_address, read_networks, refusal
from workers.fetching.urls import read_url

__all__ = ["make_fetcher", "site"]

# Every way to write the machine's own address that a careless check lets through. Where the real
# server listens, a request that came through would be seen.
LOOPBACK_URLS = (
    "http://127.0.0.1:{port}/",
    "http://127.0.0.1.:{port}/",
    "http://127.1:{port}/",
    "http://127.0.1:{port}/",
    "http://2130706433:{port}/",
    "http://0x7f000001:{port}/",
    "http://0x7f.1:{port}/",
    "http://0x7f.0.0.0x1:{port}/",
    "http://0177.0.0.1:{port}/",
    "http://0177.1:{port}/",
    "http://017700000001:{port}/",
    "http://0:{port}/",
    "http://0.0.0.0:{port}/",
    "http://127.0.0.2:{port}/",
    "http://[::1]:{port}/",
    "http://[0:0:0:0:0:0:0:1]:{port}/",
    "http://[::]:{port}/",
    "http://[::ffff:127.0.0.1]:{port}/",
    "http://[::ffff:7f00:1]:{port}/",
    "http://localhost:{port}/",
    "http://localhost.:{port}/",
    "http://LOCALHOST:{port}/",
    "http://good.example@127.0.0.1:{port}/",
    "http://good.example:80@127.0.0.1:{port}/",
    "http://good.example\\@127.0.0.1:{port}/",
    "http://good.example%2F@127.0.0.1:{port}/",
    "http://127。0。0。1:{port}/",
    "http://１２７.0.0.1:{port}/",
    "http://①②⑦.0.0.1:{port}/",
    "http://%31%32%37.0.0.1:{port}/",
    "http://127.0.0.1%00.good.example:{port}/",
    "http://[::1%25lo]:{port}/",
    "http://inside.example:{port}/",
    "http://xn--bcher-kva.example:{port}/",
    "http://bücher.example:{port}/",
    "http://both.example:{port}/",
    "http://mapped.example:{port}/",
    "http://scoped.example:{port}/",
)
NAMES = {
    "localhost": ["127.0.0.1"],
    "inside.example": ["127.0.0.1"],
    "xn--bcher-kva.example": ["127.0.0.1"],
    "both.example": ["127.0.0.9", "127.0.0.1"],
    "mapped.example": ["::ffff:127.0.0.1"],
    "scoped.example": ["fe80::1%1"],
}


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    """One that signs certificates for our names."""
    return trustme.CA()


class TestRefusedAddresses:
    @pytest.mark.parametrize("url", LOOPBACK_URLS)
    def test_no_spelling_of_our_own_address_is_connected_to(
        self, site: Site, make_fetcher: MakeFetcher, url: str
    ) -> None:
        fetcher = make_fetcher(allowed=(), surroundings=Surroundings(resolve=Names(NAMES)))
        with pytest.raises(FetchBlockedError) as caught:
            fetcher.fetch(url.format(port=site.port))
        assert caught.value.code == "fetch_blocked"
        assert site.connections == 0

    @pytest.mark.parametrize(
        "target",
        [
            "http://127.0.0.2:{port}/",
            "//127.0.0.2:{port}/",
            "http://0.0.0.0:{port}/",
            "http://0:{port}/",
            "http://[::1]:{port}/",
            "http://[::]:{port}/",
            "http://[::ffff:127.0.0.2]:{port}/",
            "http://2130706434:{port}/",
            "http://0x7f.0.0.2:{port}/",
            "http://0177.0.0.2:{port}/",
            "http://news.example@127.0.0.2:{port}/",
            "http://inside.example:{port}/",
            "http://127.0.0.1:1/",
            "https://127.0.0.1/",
            "file:///etc/passwd",
            "ftp://127.0.0.1:{port}/",
            "gopher://127.0.0.1:{port}/_GET",
            "data:text/html,<p>hello",
            "http://[::1",
            "http://127.0.0.1:{port}/" + "a" * 5000,
        ],
        ids=short,
    )
    def test_no_redirect_leads_where_a_url_may_not(
        self, site: Site, make_fetcher: MakeFetcher, target: str
    ) -> None:
        site.routes["/"] = redirect(target.format(port=site.port))
        names = Names({"news.example": ["127.0.0.1"], "inside.example": ["127.0.0.2"]})
        fetcher = make_fetcher(surroundings=Surroundings(resolve=names))
        with pytest.raises(FetchBlockedError, match=r"news.example.* was not fetched: it leads to"):
            fetcher.fetch(site.url(host="news.example"))
        assert site.paths() == ["/robots.txt", "/"]

    def test_a_name_with_one_refused_address_among_allowed_ones_is_refused(
        self, site: Site, make_fetcher: MakeFetcher
    ) -> None:
        names = Names({"news.example": ["127.0.0.1", "127.0.0.2"]})
        fetcher = make_fetcher(surroundings=Surroundings(resolve=names))
        with pytest.raises(FetchBlockedError, match=r"is at 127.0.0.2, a loopback address"):
            fetcher.fetch(site.url(host="news.example"))
        assert site.connections == 0

    @pytest.mark.parametrize(
        ("address", "kind"),
        [
            ("0.0.0.0", "unspecified"),
            ("10.1.2.3", "private"),
            ("100.64.0.1", "shared"),
            ("100.100.100.200", "shared"),
            ("127.255.255.254", "loopback"),
            ("168.63.129.16", "cloud"),
            ("169.254.169.254", "link-local"),
            ("172.31.255.255", "private"),
            ("192.0.0.192", "protocols"),
            ("192.0.2.7", "documentation"),
            ("192.88.99.1", "6to4"),
            ("192.168.0.1", "private"),
            ("198.19.0.1", "benchmarks"),
            ("203.0.113.9", "documentation"),
            ("224.0.0.251", "multicast"),
            ("239.255.255.250", "multicast"),
            ("255.255.255.255", "reserved"),
            ("::", "unspecified"),
            ("::1", "loopback"),
            ("::ffff:169.254.169.254", "link-local"),
            ("::ffff:0:127.0.0.1", "not a public"),
            ("::127.0.0.1", "not a public"),
            ("64:ff9b::127.0.0.1", "loopback"),
            ("64:ff9b::a9fe:a9fe", "link-local"),
            ("64:ff9b:1::7f00:1", "not a public"),
            ("2001:0:4136:e378:8000:63bf:3fff:fdd2", "Teredo"),
            ("2001:db8::1", "documentation"),
            ("2002:7f00:1::", "6to4"),
            ("fc00::1", "private"),
            ("fd00:ec2::254", "private"),
            ("fe80::1", "link-local"),
            ("fec0::1", "not a public"),
            ("ff02::1", "multicast"),
        ],
    )
    def test_an_address_that_is_not_public_is_refused_for_what_it_is(
        self, address: str, kind: str
    ) -> None:
        spelt = literal_address(address)
        assert spelt == ip_address(address)
        assert kind in (refusal(spelt) or "")

    @pytest.mark.parametrize(
        "address", ["1.1.1.1", "172.32.0.1", "193.0.0.1", "2606:4700::1111", "64:ff9b::101:101"]
    )
    def test_a_public_address_is_not_refused(self, address: str) -> None:
        assert refusal(ip_address(address)) is None

    @pytest.mark.parametrize(
        "host", ["1.2.3.4.5", "256.256.256.256", "good.0x7f", "09.1", "::g", "99999999999"]
    )
    def test_a_host_that_can_only_be_a_wrong_address_is_no_name(self, host: str) -> None:
        with pytest.raises(ValueError, match="address"):
            literal_address(host)

    def test_a_host_with_letters_at_its_end_is_a_name(self) -> None:
        assert literal_address("127.0.0.1.example") is None


class TestAllowedNetworks:
    def test_an_allowed_network_is_connected_to(
        self, site: Site, make_fetcher: MakeFetcher
    ) -> None:
        site.routes["/"] = reply(b"inside")
        assert make_fetcher().fetch(site.url()).content == b"inside"

    def test_an_address_of_ipv6_is_connected_to_and_named_in_brackets(
        self, make_fetcher: MakeFetcher
    ) -> None:
        with ExitStack() as running:
            try:
                site = running.enter_context(start_site(address="::1"))
            except OSError:
                pytest.skip("this machine has no IPv6")
            site.routes["/"] = reply(b"inside")
            fetcher = make_fetcher(allowed=["::1/128"], ports=frozenset((site.port,)))
            assert fetcher.fetch(site.url(host="[::1]")).content == b"inside"
            assert site.requests[-1].headers["host"] == f"[::1]:{site.port}"

    def test_an_address_inside_another_is_allowed_as_what_it_is(
        self, site: Site, make_fetcher: MakeFetcher
    ) -> None:
        allowed = read_networks(["127.0.0.1/32"])
        assert refusal(ip_address("::ffff:127.0.0.1"), allowed=allowed) is None
        assert refusal(ip_address("::ffff:127.0.0.2"), allowed=allowed) == "a loopback address"

    def test_what_is_no_network_is_refused_at_once(self) -> None:
        with pytest.raises(SettingsError, match=r"10.0.0.0/33"):
            Fetcher(FetchLimits(), allowed_networks=["10.0.0.0/33"])


class TestRebinding:
    def test_the_address_that_was_checked_is_the_one_connected_to(
        self, site: Site, make_fetcher: MakeFetcher
    ) -> None:
        """A name that is harmless when it is looked at and harmful when it is connected to."""
        answers = iter([["127.0.0.1"], ["127.0.0.2"]])
        asked: list[str] = []

        def resolve(host: str, port: int) -> list[str]:
            asked.append(host)
            return next(answers)

        site.routes["/"] = reply(b"harmless")
        fetcher = make_fetcher(robots=False, surroundings=Surroundings(resolve=resolve))
        assert fetcher.fetch(site.url(host="news.example")).content == b"harmless"
        assert asked == ["news.example"]
        # The next fetch asks again, and is refused.
        with pytest.raises(FetchBlockedError, match=r"127.0.0.2"):
            fetcher.fetch(site.url(host="news.example"))
        assert site.connections == 1

    def test_a_name_that_turns_between_robots_and_article_is_refused(
        self, site: Site, make_fetcher: MakeFetcher
    ) -> None:
        answers = iter([["127.0.0.1"], ["127.0.0.2"]])
        fetcher = make_fetcher(surroundings=Surroundings(resolve=lambda *_: next(answers)))
        with pytest.raises(FetchBlockedError):
            fetcher.fetch(site.url(host="news.example"))
        assert site.paths() == ["/robots.txt"]

    def test_the_server_is_told_the_name_and_not_the_address(
        self, site: Site, make_fetcher: MakeFetcher
    ) -> None:
        names = Names({"news.example": ["127.0.0.1"]})
        site.routes["/"] = reply()
        make_fetcher(surroundings=Surroundings(resolve=names)).fetch(site.url(host="news.example"))
        assert site.requests[-1].headers["host"] == f"news.example:{site.port}"

    def test_the_next_address_is_tried_when_one_does_not_answer(
        self, site: Site, make_fetcher: MakeFetcher
    ) -> None:
        site.routes["/"] = reply(b"here")
        names = Names({"news.example": ["127.0.0.2", "127.0.0.1"]})
        fetcher = make_fetcher(allowed=("127.0.0.0/8",), surroundings=Surroundings(resolve=names))
        assert fetcher.fetch(site.url(host="news.example")).content == b"here"


class TestCertificates:
    @staticmethod
    def _server(authority: trustme.CA, name: str) -> ssl.SSLContext:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        authority.issue_cert(name).configure_cert(context)
        return context

    @staticmethod
    def _trusting(authority: trustme.CA) -> Surroundings:
        context = ssl.create_default_context()
        authority.configure_trust(context)
        names = {"news.example": ["127.0.0.1"], "other.example": ["127.0.0.1"]}
        return Surroundings(resolve=Names(names), trust=context)

    def test_a_certificate_is_checked_against_the_name_and_not_the_address(
        self, make_fetcher: MakeFetcher, authority: trustme.CA
    ) -> None:
        with start_site(tls=self._server(authority, "news.example")) as site:
            site.routes["/"] = reply(b"sealed")
            fetcher = make_fetcher(
                ports=frozenset((site.port,)), surroundings=self._trusting(authority)
            )
            assert fetcher.fetch(site.url(host="news.example")).content == b"sealed"
            assert fetcher.fetch(site.url(host="news.example.")).content == b"sealed"
            with pytest.raises(FetchFailedError, match=r"TLS failed.*other.example") as caught:
                fetcher.fetch(site.url(host="other.example"))
            assert not caught.value.is_temporary

    def test_a_certificate_that_nobody_vouches_for_is_refused(
        self, make_fetcher: MakeFetcher, authority: trustme.CA
    ) -> None:
        with start_site(tls=self._server(authority, "news.example")) as site:
            site.routes["/"] = reply(b"sealed")
            fetcher = make_fetcher(
                ports=frozenset((site.port,)),
                surroundings=Surroundings(resolve=Names({"news.example": ["127.0.0.1"]})),
            )
            with pytest.raises(FetchFailedError, match=r"TLS failed.*verify failed"):
                fetcher.fetch(site.url(host="news.example"))
            assert site.requests == []


class TestUrls:
    @pytest.mark.parametrize(
        "url",
        [
            "",
            "news.example/story",
            "//news.example/story",
            "/etc/passwd",
            "file:///etc/passwd",
            "ftp://news.example/",
            "gopher://news.example/",
            "javascript:alert(1)",
            "data:text/html,<p>hello",
            "unix:/run/redis.sock",
            "http://",
            "http:///story",
            "http://news.example:22/",
            "http://news.example:6379/",
            "http://news.example:0/",
            "http://news.example:99999/",
            "http://news.example:80:80/",
            "http://new s.example/",
            "http://news..example/",
            "http://.example/",
            "http://*/",
            "http://news.example/\x00",
            "http://news.example/\r\nHost: other",
            "http://news.example/\ud800",
            "http://\ud800/",
            "http://" + "a" * 64 + ".example/",
            "http://" + "a." * 200 + "example/",
            "http://news.example/" + "a" * 4000,
            "http://[::1",
        ],
        ids=short,
    )
    def test_what_is_no_web_address_is_refused_before_anything_is_asked(self, url: str) -> None:
        names = Names({})
        with Fetcher(FetchLimits(), surroundings=Surroundings(resolve=names)) as fetcher:
            with pytest.raises(FetchBlockedError) as caught:
                fetcher.fetch(url)
        assert names.asked == []
        assert "\n" not in str(caught.value)

    def test_a_message_names_the_limit(self) -> None:
        with Fetcher(FetchLimits(max_url_chars=30)) as fetcher:
            with pytest.raises(FetchBlockedError, match="has 31 characters, the limit is 30"):
                fetcher.fetch("http://news.example/" + "a" * 11)
            with pytest.raises(
                FetchBlockedError, match="port is 22, allowed are 80, 443, 8080, 84"
            ):
                fetcher.fetch("http://news.example:22/")

    @given(
        st.text(max_size=60)
        | st.builds(
            "{}{}{}".format,
            st.sampled_from(["http://", "https://", "http://a", "http://[", "http://u:p@", "//"]),
            st.text(alphabet=".:/@[]%?#\\0127xXaäé。\x00\ud800 -_$*", max_size=30),
            st.text(max_size=10),
        )
    )
    def test_no_text_makes_us_stumble(self, text: str) -> None:
        """Only looked at, not fetched: some of these are addresses of somebody."""
        try:
            url = read_url(text, limits=FetchLimits())
        except FetchBlockedError as error:
            str(error).encode()
            return
        assert url.scheme in ("http", "https")
        with suppress(ValueError):
            literal_address(url.raw_host.decode())

    @pytest.mark.parametrize(
        "url",
        [
            "http://desk:secret@127.0.0.1:{port}/",
            "http://desk:secret@[::1:{port}/",
            "ftp://desk:secret@127.0.0.1/",
            "desk:secret@127.0.0.1/",
            "https:desk:secret@127.0.0.1/",
        ],
    )
    def test_no_message_shows_a_password(
        self, site: Site, make_fetcher: MakeFetcher, url: str
    ) -> None:
        with pytest.raises(FetchBlockedError) as caught:
            make_fetcher(allowed=()).fetch(url.format(port=site.port))
        assert "secret" not in str(caught.value)
        assert "secret" not in repr(caught.value)


def test_the_system_resolver_is_the_default(site: Site) -> None:
    site.routes["/"] = reply(b"local")
    limits = FetchLimits(ports=frozenset((site.port,)))
    with Fetcher(limits, allowed_networks=[*LOCAL, "::1/128"]) as fetcher:
        assert fetcher.fetch(site.url(host="localhost")).content == b"local"
    with Fetcher(limits) as fetcher, pytest.raises(FetchBlockedError, match="a loopback address"):
        fetcher.fetch(site.url(host="localhost"))


def test_a_closed_port_is_a_failure_that_may_pass(make_fetcher: MakeFetcher) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    fetcher = make_fetcher(ports=frozenset((port,)))
    with pytest.raises(FetchFailedError, match="refused") as caught:
        fetcher.fetch(f"http://127.0.0.1:{port}/")
    assert caught.value.is_temporary
