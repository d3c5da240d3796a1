"""Feeds and sitemaps as they are found in the wild: what they name is read, whatever is broken."""

from __future__ import annotations

from time import monotonic

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workers.sources.feeds import FULL_TEXT_CHARS, read_feed
from workers.sources.links import Link, read_instant, read_language, stable_uri, web_url
from workers.sources.markup import decode_markup, html_text, parse_xml
from workers.sources.sitemaps import read_sitemap, read_sitemap_index

URL = "https://news.example/rss/all.xml"
SENTENCE = "The harbour master said the ferries would sail again on Monday. "
LONG = SENTENCE * (FULL_TEXT_CHARS // len(SENTENCE) + 1)


def feed(document: str | bytes, *, charset: str | None = None) -> list[Link]:
    text = document if isinstance(document, str) else decode_markup(document, charset=charset)
    root, _ = parse_xml(text)
    return [] if root is None else list(read_feed(root, url=URL))


def rss(*items: str, head: str = "") -> str:
    inside = "".join(f"<item>{item}</item>" for item in items)
    return (
        '<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" '
        'xmlns:media="http://search.yahoo.com/mrss/" xmlns:dc="http://purl.org/dc/elements/1.1/" '
        'xmlns:atom="http://www.w3.org/2005/Atom">'
        f"<channel><title>Wire</title>{head}{inside}</channel></rss>"
    )


class TestRss:
    def test_an_item_brings_all_it_says(self) -> None:
        (link,) = feed(
            rss(
                "<title>Ferries sail again</title><link>https://news.example/ferry</link>"
                '<guid isPermaLink="false">tag:news.example,2026:1</guid>'
                "<pubDate>Sun, 22 Nov 2026 22:05:00 +0100</pubDate>"
                f"<description>Short.</description><content:encoded><![CDATA[<p>{LONG}</p>"
                "<p>End.</p>]]></content:encoded>",
                head="<language>en-GB</language>",
            )
        )
        assert link == Link(
            uri="tag:news.example,2026:1",
            url="https://news.example/ferry",
            title="Ferries sail again",
            text=f"{LONG.strip()}\n\nEnd.",
            published_at="2026-11-22T21:05:00Z",
            language="en",
        )
        assert link.version_at == "2026-11-22T21:05:00Z"

    def test_a_teaser_is_not_the_article(self) -> None:
        (link,) = feed(
            rss(f"<link>https://n.example/1</link><description>{SENTENCE}</description>")
        )
        assert link.text is None

    @pytest.mark.parametrize(
        "end", ["…", "...", "[…]", "[&amp;hellip;]", "Read more", "Continue reading →"]
    )
    def test_a_long_text_that_breaks_off_is_not_the_article(self, end: str) -> None:
        (link,) = feed(
            rss(f"<link>https://n.example/1</link><description>{LONG} and {end}</description>")
        )
        assert link.text is None

    def test_without_a_page_what_there_is_is_the_article(self) -> None:
        (link,) = feed(rss(f"<title>Brief</title><description>{SENTENCE}</description>"))
        assert (link.url, link.text) == (None, SENTENCE.strip())
        assert link.uri.startswith(URL)

    def test_without_a_guid_the_link_is_the_identifier(self) -> None:
        (link,) = feed(rss("<link> https://news.example/ferry </link>"))
        assert link.uri == link.url == "https://news.example/ferry"

    def test_a_guid_of_its_own_counts_within_its_feed(self) -> None:
        (link,) = feed(rss('<link>/a</link><guid isPermaLink="false">4711</guid>'))
        assert link.uri == f"{URL}#4711"

    def test_a_guid_may_be_the_link(self) -> None:
        (link,) = feed(rss("<guid>https://news.example/ferry</guid>"))
        assert link.url == "https://news.example/ferry"

    def test_relative_links_are_relative_to_the_feed(self) -> None:
        links = feed(rss("<link>../ferry?a=1&amp;b=2</link>", "<link>//cdn.example/x</link>"))
        assert [link.url for link in links] == [
            "https://news.example/ferry?a=1&b=2",
            "https://cdn.example/x",
        ]

    def test_the_feed_s_own_atom_link_is_not_the_article(self) -> None:
        (link,) = feed(
            rss(f'<atom:link rel="self" href="{URL}"/><link>https://news.example/ferry</link>')
        )
        assert link.url == "https://news.example/ferry"

    def test_pictures_lend_no_title_and_no_text(self) -> None:
        (link,) = feed(
            rss(
                "<media:title>Photo</media:title><title>Ferries</title><link>/f</link>"
                f"<media:description>{LONG}</media:description>"
            )
        )
        assert (link.title, link.text) == ("Ferries", None)

    def test_mark_up_and_references_in_titles_are_read(self) -> None:
        (link,) = feed(
            rss("<title>&lt;b&gt;Port&lt;/b&gt; &amp;amp; quay \n re-open</title><link>/1</link>")
        )
        assert link.title == "Port & quay re-open"

    @pytest.mark.parametrize(
        "url", ["javascript:alert(1)", "ftp://x.example/1", "file:///etc/passwd"]
    )
    def test_what_is_no_web_page_is_not_linked(self, url: str) -> None:
        assert feed(rss(f"<title>T</title><link>{url}</link>")) == []

    def test_ten_thousand_entries_take_seconds(self) -> None:
        item = f"<title>Story</title><description>{LONG}</description>"
        document = rss(*(f"{item}<link>https://n.example/{n}</link>" for n in range(10_000)))
        before = monotonic()
        assert len(feed(document.encode())) == 10_000
        assert monotonic() - before < 20


class TestOtherFormats:
    def test_atom(self) -> None:
        (link,) = feed(
            '<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="fr" xml:base="https://y.example/a/">'
            '<title>Fil</title><entry xml:lang="de-AT"><title type="html">'
            "Fähre &amp;amp; Kai</title>"
            '<id>urn:uuid:1</id><link rel="enclosure" href="https://y.example/m.mp3"/>'
            '<link href="f/1"/><published>2026-11-21T10:00:00Z</published>'
            "<updated>2026-11-22T10:00:00+02:00</updated>"
            '<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">'
            f"<p>{LONG}</p><p>Ende.</p></div></content></entry></feed>"
        )
        assert (link.uri, link.url) == ("urn:uuid:1", "https://y.example/a/f/1")
        assert (link.title, link.language) == ("Fähre & Kai", "de")
        assert link.text == f"{LONG.strip()}\n\nEnde."
        assert link.version_at == link.updated_at == "2026-11-22T08:00:00Z"
        assert link.published_at == "2026-11-21T10:00:00Z"

    def test_rss_1_0_in_rdf(self) -> None:
        (link,) = feed(
            '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" '
            'xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">'
            '<channel rdf:about="https://n.example/"><title>n</title></channel>'
            '<item rdf:about="https://n.example/1"><title>Eins</title>'
            "<link>https://n.example/1</link><dc:date>2026-11-22T10:00:00+01:00</dc:date>"
            "<dc:language>de</dc:language></item></rdf:RDF>"
        )
        assert (link.url, link.title, link.language) == ("https://n.example/1", "Eins", "de")
        assert link.published_at == "2026-11-22T09:00:00Z"


class TestBrokenFeeds:
    def test_what_stands_before_a_break_is_read(self) -> None:
        broken = rss("<title>One</title><link>https://n.example/1</link>").replace(
            "</channel></rss>", "<item><title>Two & more</title><link>https://n.example/2</link><it"
        )
        assert [(link.title, link.url) for link in feed(broken)] == [
            ("One", "https://n.example/1"),
            ("Two & more", "https://n.example/2"),
        ]

    def test_items_that_are_not_closed_are_told_apart(self) -> None:
        links = feed(
            "<rss><channel><item><title>One</title><link>/1</link>"
            "<item><title>Two</title><link>/2</link></channel></rss>"
        )
        assert [link.title for link in links] == ["One", "Two"]

    def test_a_prefix_that_is_not_declared_is_understood(self) -> None:
        (link,) = feed(
            f"<rss><channel><item><link>/1</link><content:encoded>{LONG}</content:encoded>"
            "<media:title>Photo</media:title></item></channel></rss>"
        )
        assert (link.text, link.title) == (LONG.strip(), None)

    def test_html_s_names_and_forbidden_characters_do_no_harm(self) -> None:
        (link,) = feed(
            rss("<title>Caf&eacute;&nbsp;\x08&#8;&#xD800; &bogus; AT&T</title><link>/1</link>")
        )
        assert link.title == "Café &bogus; AT&T"

    @pytest.mark.parametrize("start", ["&#", "&amp;#", "&amp;#&amp;#8;", "&amp;&amp;#8;#"])
    def test_a_number_without_end_costs_no_feed(self, start: str) -> None:
        (link,) = feed(rss(f"<title>Port {start}{'9' * 5_000};</title><link>/1</link>"))
        assert (link.title or "").startswith("Port")

    @pytest.mark.parametrize(
        ("written", "read"),
        [
            ("&amp;&AMP;&lt;&LT;&apos;&eacute;", "&&<<'é"),
            ("&#x41&#000066;", "AB"),
            ("&&#8;#67;", "&#67;"),
            ("&#&#x110000;67;", "&#67;"),
        ],
    )
    def test_references_stand_for_what_they_say(self, written: str, read: str) -> None:
        root, is_whole = parse_xml(f"<title>{written}</title>")
        assert root is not None
        assert (root.text, is_whole) == (read, True)

    def test_entities_are_not_expanded(self) -> None:
        levels = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
        bomb = f'<!DOCTYPE x [<!ENTITY l0 "lol">{levels}<!ENTITY f SYSTEM "file:///etc/passwd">]>'
        (link,) = feed(bomb + rss("<title>Up &l9; &f; down</title><link>/1</link>"))
        assert link.title == "Up &l9; &f; down"

    @pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-le", "utf-16-be", "utf-8-sig"])
    def test_unicode_is_read_in_every_form(self, encoding: str) -> None:
        (link,) = feed(rss("<title>Kürzung – “nein”</title><link>/1</link>").encode(encoding))
        assert link.title == "Kürzung – “nein”"

    @pytest.mark.parametrize(
        ("encoding", "declared", "charset"),
        [
            ("utf-8", "iso-8859-1", "iso-8859-1"),
            ("utf-8", "us-ascii", None),
            ("cp1252", "utf-8", "utf-8"),
            ("cp1252", "iso-8859-1", None),
            ("cp1252", "nonsense", "zlib"),
        ],
    )
    def test_bytes_are_believed_before_labels(
        self, encoding: str, declared: str, charset: str | None
    ) -> None:
        document = f'<?xml version="1.0" encoding="{declared}"?>' + rss(
            "<title>Kürzung “nein”</title><link>/1</link>"
        )
        (link,) = feed(document.encode(encoding), charset=charset)
        assert link.title == "Kürzung “nein”"

    @pytest.mark.parametrize(
        ("encoding", "declared", "charset", "title"),
        [
            ("koi8-r", "koi8-r", None, "Паром"),
            ("koi8-r", "koi8-r", "iso-8859-1", "Паром"),
            ("cp1251", None, "windows-1251", "Паром"),
            ("mac-roman", "macintosh", None, "Kürzung später"),
            ("cp874", None, "windows-874", "เรือข้ามฟาก"),
            ("cp932", "Shift_JIS", None, "①"),
            ("cp932", "windows-31j", None, "①"),
            ("cp932", None, "x-sjis", "①"),
            ("cp949", None, "windows-949", "다리"),
            ("iso8859-8", "iso-8859-8-i", None, "גשר"),
        ],
    )
    def test_other_charsets_are_read_as_labelled(
        self, encoding: str, declared: str | None, charset: str | None, title: str
    ) -> None:
        head = f'<?xml version="1.0" encoding="{declared}"?>' if declared else ""
        document = head + rss(f"<title>{title}</title><link>/1</link>")
        assert feed(document.encode(encoding), charset=charset)[0].title == title

    @pytest.mark.parametrize(
        "title", ["{}", "<![CDATA[{}]]>", " " * 6_000_000 + "{}"], ids=["plain", "cdata", "late"]
    )
    def test_a_charset_that_nobody_named_is_told_from_the_text(self, title: str) -> None:
        text = "Старый мост через реку закрыли в понедельник"
        document = rss(f"<title>{title.format(text)}</title><link>/1</link>")
        assert feed(document.encode("cp1251"))[0].title == text

    def test_one_broken_byte_spoils_one_letter(self) -> None:
        document = rss("<title>Kürzung später für alle</title><link>/1</link>").encode()
        broken = document.replace("ä".encode(), b"\xe4")
        assert feed(broken)[0].title == "Kürzung sp\ufffdter für alle"

    @pytest.mark.parametrize(
        "piece",
        ["<", "&", "<a>", "<item>", "<![CDATA[", "<!--", "<?", "<a b='", "</a", " x=''", "&x;"],
    )
    def test_the_work_stays_linear_on_hostile_bytes(self, piece: str) -> None:
        before = monotonic()
        feed(b"<rss><channel><item><title>" + piece.encode() * (2_000_000 // len(piece)))
        html_text("<div>" + piece * (2_000_000 // len(piece)))
        assert monotonic() - before < 10

    @settings(deadline=None)
    @given(st.binary(max_size=300), st.sampled_from([None, "utf-8", "utf-16", "punycode", "cp437"]))
    def test_any_bytes_are_read_without_an_error(self, content: bytes, charset: str | None) -> None:
        for start in (b"", b"<rss><channel><item>", b"<feed><entry><content type='xhtml'>"):
            for link in feed(start + content, charset=charset):
                assert link.uri.isprintable()
                assert len(link.uri) <= 256

    @settings(deadline=None)
    @given(st.text(st.characters(), max_size=200))
    def test_any_text_survives_a_feed_that_escapes_it(self, text: str) -> None:
        escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
        twice = escaped.replace("&", "&amp;")
        (link,) = feed(rss(f"<title>{twice}</title><link>/1</link>"))
        plain = " ".join("".join(c for c in text if _is_allowed(c)).split())
        assert (link.title or "") == plain


def _is_allowed(char: str) -> bool:
    """What XML 1.0 can carry."""
    code = ord(char)
    return char in "\t\n\r" or 0x20 <= code < 0xD800 or 0xE000 <= code < 0xFFFE or code > 0xFFFF


class TestSitemaps:
    def test_a_news_sitemap_brings_title_date_and_language(self) -> None:
        root, _ = parse_xml(
            '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" '
            'xmlns:news="http://www.google.com/schemas/sitemap-news/0.9" '
            'xmlns:image="http://www.google.com/schemas/sitemap-image/1.1">'
            "<url><loc>https://n.example/a?x=1&amp;y=2</loc><image:image><image:loc>https://n.example/p.jpg"
            "</image:loc><image:title>Photo</image:title></image:image>"
            "<news:news><news:publication><news:name>The N</news:name>"
            "<news:language>pt-br</news:language></news:publication>"
            "<news:publication_date>2026-11-22T20:00:00-03:00</news:publication_date>"
            "<news:title>Balsas voltam</news:title></news:news></url>"
            "<url><loc>ftp://n.example/b</loc></url><url><loc>/c</loc><lastmod>2026-11-20</lastmod></url>"
            "</urlset>"
        )
        assert root is not None
        assert list(read_sitemap(root, url="https://n.example/sitemap.xml")) == [
            Link(
                uri="https://n.example/a?x=1&y=2",
                url="https://n.example/a?x=1&y=2",
                title="Balsas voltam",
                published_at="2026-11-22T23:00:00Z",
                language="pt",
            ),
            Link(
                uri="https://n.example/c",
                url="https://n.example/c",
                updated_at="2026-11-20T00:00:00Z",
            ),
        ]

    def test_an_index_gives_the_latest_first_and_each_once(self) -> None:
        root, _ = parse_xml(
            "<sitemapindex><sitemap><loc>/old.xml</loc><lastmod>2026-10-01</lastmod></sitemap>"
            "<sitemap><loc>/new.xml</loc><lastmod>2026-11-22T01:00:00Z</lastmod></sitemap>"
            "<sitemap><loc>/old.xml</loc></sitemap></sitemapindex>"
        )
        assert root is not None
        urls = read_sitemap_index(root, url="https://n.example/s.xml")
        assert urls == ("https://n.example/new.xml", "https://n.example/old.xml")


class TestValues:
    @pytest.mark.parametrize(
        ("text", "instant"),
        [
            ("Mon, 23 Nov 2026 02:00:00 GMT", "2026-11-23T02:00:00Z"),
            ("23 Nov 26 02:00 EST", "2026-11-23T07:00:00Z"),
            ("Mon, 23 Nov 2026 02:00:00 +0530", "2026-11-22T20:30:00Z"),
            ("2026-11-23T02:00:00.123+01:00", "2026-11-23T01:00:00Z"),
            ("2026-11-23 02:00:00", "2026-11-23T02:00:00Z"),
            (" 2026-11-23 ", "2026-11-23T00:00:00Z"),
            ("yesterday", None),
            ("", None),
            (None, None),
            ("0001-01-01T00:00:00+14:00", None),
            ("9" * 10_000, None),
        ],
    )
    def test_times_are_read_in_the_forms_feeds_use(
        self, text: str | None, instant: str | None
    ) -> None:
        assert read_instant(text) == instant

    @settings(deadline=None)
    @given(st.text(max_size=80))
    def test_any_text_is_a_time_or_none(self, text: str) -> None:
        instant = read_instant(text)
        assert instant is None or read_instant(instant) == instant

    @pytest.mark.parametrize(
        ("tag", "language"),
        [("en-GB", "en"), ("PT_br", "pt"), ("zh-Hant-TW", "zh"), ("english", None), ("", None)],
    )
    def test_language_tags_become_codes(self, tag: str, language: str | None) -> None:
        assert read_language(tag) == language

    @settings(deadline=None)
    @given(st.text(max_size=50))
    def test_any_reference_is_a_web_url_or_none(self, text: str) -> None:
        url = web_url(text, base=URL)
        assert url is None or url.startswith(("http://", "https://"))

    @settings(deadline=None)
    @given(st.text(st.characters(), max_size=600))
    def test_identifiers_are_bounded_and_their_own(self, text: str) -> None:
        uri = stable_uri(text)
        assert len(uri) <= 256
        assert uri.isprintable()
        assert uri != stable_uri(text + "x")

    def test_paragraphs_of_html_are_kept_apart(self) -> None:
        html = (
            "<h2>Quay</h2><p>One <b>two</b>\nthree.</p>Four.<br><br>Five.<br>Six."
            "<script>x()</script><figure><figcaption>Photo</figcaption></figure>"
            "<ul><li>a</li><li>b</li></ul>"
        )
        assert html_text(html) == "Quay\n\nOne two three.\n\nFour.\n\nFive. Six.\n\na\n\nb"

    def test_plain_text_keeps_its_lines(self) -> None:
        assert html_text("One &amp; two.\n\nThree < four.") == "One & two.\n\nThree < four."
