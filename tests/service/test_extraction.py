"""What is extracted from pages, and what is refused."""

from __future__ import annotations

import codecs
import logging
import pickle
from time import monotonic

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.servers import start_site
from tests.service.fetching import short
from workers.errors import ExtractionError, ServiceError
from workers.extraction import MAX_ELEMENTS, MAX_PAGE_BYTES, ExtractedArticle, extract_article
from workers.extraction.pages import PageError

URL = "https://news.example/brannoch-bridge"
PARAGRAPHS = (
    "BRANNOCH (Wire) — Engineers closed the old bridge over the Velm on Monday after divers found"
    " cracks in two of its seven piers, the city said.",
    "“Nobody was in danger, but nobody should wait until somebody is,” said Ines Tarrow, who runs"
    " the roads department.",
    "About 18,000 vehicles cross the bridge each day. Buses will take the northern crossing, which"
    " adds some 12 minutes to a trip.",
    "The city set aside 3.4 million crowns for repairs in its last budget. A first estimate puts"
    " the cost at twice as much.",
)
TEXT = "\n\n".join(PARAGRAPHS)
PUBLISHED = '<meta property="article:published_time" content="2025-11-03T07:30:00+01:00">'
ACCENTS = {
    "french": "Les ingénieurs ont fermé le vieux pont à Brannoch : « Personne n’était en danger »,"
    " a déclaré la directrice des routes, évoquant un coût élevé.",
    "german": "Die Brücke über die Velm wurde am Montag gesperrt, weil Taucher Risse gefunden"
    " hatten. „Niemand war in Gefahr“, sagte die Behörde für Straßen.",
    "russian": "Старый мост через реку закрыли в понедельник, сообщили городские власти. Водолазы"
    " нашли трещины в двух опорах, автобусы поедут через северный мост.",
    "greek": "Η παλιά γέφυρα έκλεισε τη Δευτέρα, ανακοίνωσε ο δήμος. Οι δύτες βρήκαν ρωγμές σε δύο"
    " από τα επτά βάθρα της.",
    "japanese": "市は月曜日、川に架かる古い橋を閉鎖した。潜水士が二つの橋脚に亀裂を見つけたためだ。"
    "バスは北側の橋を通るため、所要時間が十二分ほど長くなるという。",
    "chinese": "市政府周一关闭了河上的旧桥，因为潜水员在两个桥墩上发现了裂缝，公交车将改道。",
    "korean": "시는 월요일 강 위의 오래된 다리를 폐쇄했다. 잠수부들이 교각에서 균열을 발견했다.",
}


def page(
    *paragraphs: str, head: str = "", before: str = "", after: str = "", tag: str = "<html>"
) -> str:
    body = "\n".join(f"<p>{paragraph}</p>" for paragraph in paragraphs or PARAGRAPHS)
    return (
        f"<!DOCTYPE html>{tag}<head><title>Bridge closed - The Brannoch Post</title>{head}</head>"
        f"<body>{before}<article>{body}</article>{after}</body></html>"
    )


def extract(
    content: str | bytes, *, charset: str | None = None, url: str = URL
) -> ExtractedArticle:
    data = content.encode() if isinstance(content, str) else content
    return extract_article(data, url=url, charset=charset)


def outcome(content: str | bytes, *, charset: str | None = None) -> str:
    """Return the text, or the reason why there is none; an exception within is no reason."""
    try:
        return extract(content, charset=charset).text
    except ExtractionError as error:
        if error.__cause__ and not isinstance(error.__cause__, PageError):
            raise
        return error.reason


class TestText:
    def test_the_text_is_the_paragraphs_and_nothing_around_them(self) -> None:
        before = (
            '<header><nav><ul><li><a href="/">Home</a></li><li><a href="/w">World</a></li></ul>'
            '</nav></header><div class="cookie-banner">We use cookies. <button>OK</button></div>'
            '<script>var p = "<p>not this</p>";</script><style>p { color: red }</style>'
        )
        after = (
            '<div class="newsletter"><p>Sign up for our morning letter.</p></div>'
            '<section id="comments"><div class="comment"><p>High time, I say!</p></div></section>'
            "<footer><p>© 2025 The Brannoch Post</p><a href='/privacy'>Privacy</a></footer>"
        )
        assert extract(page(before=before, after=after)).text == TEXT

    @pytest.mark.parametrize(
        "body",
        [
            "<p>" + "</p><p>".join(PARAGRAPHS) + "</p>",
            "<p>" + "<br>".join(PARAGRAPHS) + "</p>",
            "<p>" + "<br><br>\n".join(PARAGRAPHS) + "</p>",
            "<div>" + "</div><div>".join(PARAGRAPHS) + "</div>",
            "<section><p>" + "</p></section><section><p>".join(PARAGRAPHS) + "</p></section>",
            "<p>" + "<p>".join(PARAGRAPHS),
            "<p>" + "</p>\n<p>".join(p.replace(" the ", "\n\t the <b>\n</b>") for p in PARAGRAPHS),
            "<p>" + "</p><p>".join(p.replace("city", "<a href=/c>city</a>") for p in PARAGRAPHS),
        ],
    )
    def test_paragraphs_are_told_apart_however_they_are_made(self, body: str) -> None:
        assert extract(f"<html><body><article>{body}</article></body></html>").text == TEXT

    def test_a_line_break_within_a_sentence_does_not_cut_it(self) -> None:
        broken = PARAGRAPHS[0].replace("on Monday", "on<br>Monday")
        assert extract(page(broken, *PARAGRAPHS[1:])).text == TEXT

    def test_a_page_laid_out_by_a_table_is_read(self) -> None:
        story = "<br><br>".join(PARAGRAPHS)
        assert (
            extract(
                "<html><body><table><tr><td><a href=1>Home</a></td>"
                f"<td><h1>Bridge closed</h1>{story}</td></tr></table></body></html>"
            ).text
            == TEXT
        )

    def test_headline_sub_heads_and_tables_of_data_are_left_out(self) -> None:
        rows = "<tr><th>Year</th><th>Cars</th></tr><tr><td>2024</td><td>17,200</td></tr>"
        table = f"<table>{rows}</table>"
        first, *others = PARAGRAPHS
        body = f"<h1>Bridge closed</h1><p>{first}</p><h2>Longer trips</h2>{table}"
        rest = "".join(f"<p>{other}</p>" for other in others)
        assert extract(f"<html><body><article>{body}{rest}</article></body></html>").text == TEXT

    def test_quotations_and_lists_are_part_of_the_story(self) -> None:
        first, quote, *others = PARAGRAPHS
        items = "".join(f"<li>{other}</li>" for other in others)
        html = f"<p>{first}</p><blockquote><p>{quote}</p></blockquote><ul>{items}</ul>"
        assert extract(f"<html><body><article>{html}</article></body></html>").text == TEXT

    def test_a_story_of_one_sentence_is_a_story(self) -> None:
        text = "A quake of magnitude 5.1 shook Lindholm on Friday."
        assert extract(f"<html><body><article><p>{text}</p></article></body></html>").text == text

    def test_entities_are_what_they_stand_for(self) -> None:
        text = (
            "Crowns &amp; cents: the bridge&#8217;s repair &mdash; 3.4&nbsp;million &lt;in all&gt;."
        )
        expected = "Crowns & cents: the bridge’s repair — 3.4 million <in all>."
        assert extract(page(text)).text == expected

    def test_characters_that_xml_forbids_are_left_out(self) -> None:
        text = (
            "The bridge&#1; is&#x0b; shut\x07&#xFFFE;&#xD800;&#0;&#00; on &#77;onday, &#65a said."
        )
        assert extract(page(text)).text == "The bridge is shut on Monday, Aa said."

    def test_a_picture_within_a_tag_and_any_script_cost_nothing(self) -> None:
        before = (
            f'<img src="data:image/png;base64,{"A" * 300_000}">'
            "<script><!-- document.write('<script><p>not this</p></script>') --></script>"
            "<style>p > b { content: '<p>not this either, it said.</p>' }</style>"
            "<textarea><p>Nor this, which is a form.</p></textarea><!-- <p>Nor this.</p> -->"
        )
        assert extract(page(before=before)).text == TEXT


class TestMetadata:
    @pytest.mark.parametrize(
        ("head", "before", "title"),
        [
            (
                '<meta property="og:title" content="Old bridge  shut">',
                "<h1>Other</h1>",
                "Old bridge shut",
            ),
            ("", "<h1>Bridge <i>closed</i></h1>", "Bridge closed"),
            ("", "", "Bridge closed - The Brannoch Post"),
            ("", "<h1>News</h1><h1>Sport</h1>", "Bridge closed - The Brannoch Post"),
            ('<meta property="og:site_name" content="The Brannoch Post">', "", "Bridge closed"),
        ],
    )
    def test_the_title_is_the_headline(self, head: str, before: str, title: str) -> None:
        assert extract(page(head=head, before=before)).title == title

    def test_a_page_without_a_title_has_none(self) -> None:
        assert extract(f"<html><body><p>{PARAGRAPHS[0]}</p></body></html>").title is None

    @pytest.mark.parametrize(
        ("head", "published_at"),
        [
            (PUBLISHED, "2025-11-03T07:30:00+01:00"),
            (PUBLISHED.replace("+01:00", "Z"), "2025-11-03T07:30:00Z"),
            ('<meta name="date" content="2025-11-03">', "2025-11-03T00:00:00Z"),
            (
                '<script type="application/ld+json">{"@type": "NewsArticle", "dateModified":'
                ' "2025-11-04T10:00:00Z", "datePublished": "2025-11-03T06:30:00Z"}</script>',
                "2025-11-03T06:30:00Z",
            ),
            ('<meta name="date" content="the other day">', None),
            ("", None),
        ],
    )
    def test_the_time_of_publication_is_what_the_page_says(
        self, head: str, published_at: str | None
    ) -> None:
        assert extract(page(head=head)).published_at == published_at

    def test_a_date_in_the_url_counts_if_the_page_says_nothing(self) -> None:
        url = "https://news.example/2025/10/31/bridge"
        assert extract(page(), url=url).published_at == "2025-10-31T00:00:00Z"
        assert extract(page(head=PUBLISHED), url=url).published_at == "2025-11-03T07:30:00+01:00"

    @pytest.mark.parametrize(
        ("tag", "head", "language"),
        [
            ('<html lang="en">', "", "en"),
            ('<html lang="EN-gb">', "", "en"),
            ("<html>", '<meta property="og:locale" content="de_DE">', "de"),
            ("<html>", '<meta http-equiv="Content-Language" content="fr">', "fr"),
            ('<html lang="">', "", None),
            ('<html lang="{{ lang }}">', "", None),
            ("<html>", "", None),
        ],
    )
    def test_the_language_is_the_one_declared(
        self, tag: str, head: str, language: str | None
    ) -> None:
        assert extract(page(tag=tag, head=head)).language == language


class TestCharsets:
    @pytest.mark.parametrize(
        "charset", [None, "utf-8", "iso-8859-1", "windows-1251", "nonsense", ""]
    )
    @pytest.mark.parametrize("text", ACCENTS.values(), ids=ACCENTS)
    def test_utf_8_is_read_as_utf_8_whatever_the_server_says(
        self, text: str, charset: str | None
    ) -> None:
        assert extract(page(text), charset=charset).text == text
        assert extract(page(text, head='<meta charset="latin-1">')).text == text

    @pytest.mark.parametrize(
        ("language", "encoding"),
        [
            ("french", "cp1252"),
            ("german", "cp1252"),
            ("russian", "cp1251"),
            ("russian", "koi8-r"),
            ("greek", "cp1253"),
            ("japanese", "shift_jis"),
            ("japanese", "euc-jp"),
            ("chinese", "gb2312"),
            ("korean", "euc-kr"),
        ],
    )
    def test_an_older_charset_is_found_from_server_page_or_bytes(
        self, language: str, encoding: str
    ) -> None:
        text = ACCENTS[language]
        plain = page(text).encode(encoding)
        assert extract(plain, charset=encoding).text == text
        assert extract(plain, charset=None).text == text
        # A server that was never told what it serves.
        assert extract(plain, charset="utf-8").text == text
        assert extract(plain, charset="iso-8859-1").text == text
        declared = page(text, head=f'<meta http-equiv="c" content="text/html; charset={encoding}">')
        assert extract(declared.encode(encoding), charset="ISO-8859-1").text == text

    @pytest.mark.parametrize(
        "mark", [codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, b""]
    )
    @pytest.mark.parametrize("charset", [None, "iso-8859-1"])
    def test_a_byte_order_mark_wins(self, mark: bytes, charset: str | None) -> None:
        encodings = {codecs.BOM_UTF8: "utf-8", codecs.BOM_UTF16_BE: "utf-16-be"}
        content = mark + page(ACCENTS["russian"]).encode(encodings.get(mark, "utf-16-le"))
        assert extract(content, charset=charset).text == ACCENTS["russian"]

    def test_a_few_damaged_bytes_do_not_cost_the_article(self) -> None:
        content = page(ACCENTS["russian"]).encode().replace("м".encode(), b"\xd0", 1)
        text = extract(content, charset="utf-8").text
        assert "городские власти" in text
        assert text.count("\ufffd") == 1

    @pytest.mark.parametrize("name", ["zlib", "utf-7", "unicode_escape", "idna", "rot13", "a\x00b"])
    def test_a_codec_that_is_no_charset_is_passed_over(self, name: str) -> None:
        content = page(ACCENTS["french"]).encode("cp1252")
        assert extract(content, charset=name).text == ACCENTS["french"]


class TestRefusals:
    @pytest.mark.parametrize(
        ("content", "reason"),
        [
            (b"", "empty"),
            (b" \r\n\t ", "empty"),
            (b"Not found", "no HTML"),
            (b'{"error": "not found"}', "no HTML"),
            (b'<?xml version="1.0"?><rss><channel><title>x</title></channel></rss>', "no HTML"),
            (b"<html></html>", "no article"),
            (b"<html><body></body></html>", "no article"),
            (b"<html><body><nav><a href=1>Home</a></nav></body></html>", "no article"),
            (b"<html><body><p>Loading</p></body></html>", "no article"),
            (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3 <html><p>", "no text"),
            (b"\x89PNG\r\n\x1a\n<html>", "no text"),
            (b"PK\x03\x04<html>", "no text"),
            (bytes(range(256)) * 100, "no text"),
            (b"<p>" + bytes(10_000), "no text"),
        ],
    )
    def test_what_holds_no_article_is_refused_for_a_reason(
        self, content: bytes, reason: str
    ) -> None:
        with pytest.raises(ExtractionError, match=reason) as caught:
            extract(content)
        assert caught.value.code == "extraction_failed"
        assert URL in str(caught.value)

    @pytest.mark.parametrize(
        "paragraphs",
        [
            [
                "We and our 842 partners use cookies to store and access information.",
                "By clicking “Accept all” you agree to the storing of cookies on your device.",
            ],
            ["Wir verwenden Cookies, um unsere Seiten zu verbessern. Mit Ihrer Einwilligung gern."],
            ["Nous utilisons des cookies pour améliorer votre expérience sur nos pages."],
            ["Please enable JavaScript to view this page, then reload it in your browser."],
            ["We have detected unusual traffic from your network. Verify you are a human."],
            ["You don't have permission to access this page on this server, reference 18.2."],
        ],
    )
    def test_a_page_that_stands_in_front_of_an_article_is_refused(
        self, paragraphs: list[str]
    ) -> None:
        with pytest.raises(ExtractionError, match="asks for consent or checks the visitor"):
            extract(page(*paragraphs))

    def test_a_story_about_cookies_is_a_story(self) -> None:
        story = (
            "The parliament in Norwick voted on Monday to ban cookie banners from public sites.",
            "“Nobody reads what they consent to,” said the minister, for whom browsers should ask.",
            "Publishers warned that without cookies their income would fall by a third.",
        )
        assert extract(page(*story)).text == "\n\n".join(story)

    def test_a_consent_layer_does_not_hide_the_article(self) -> None:
        layer = (
            '<div class="modal"><p>We use cookies. You can change your consent any time.</p></div>'
        )
        assert PARAGRAPHS[0] in extract(page(before=layer)).text


class TestHostilePages:
    def test_a_page_over_the_limit_is_refused(self) -> None:
        content = page(after="<p>" + "x" * MAX_PAGE_BYTES)
        with pytest.raises(ExtractionError, match=f"the limit is {MAX_PAGE_BYTES}"):
            extract(content)

    @pytest.mark.parametrize("element", ["<br>", "<p>a</p>", "<td>", "<span>a</span>"])
    def test_a_page_of_too_many_elements_is_refused(self, element: str) -> None:
        with pytest.raises(ExtractionError, match=f"elements, the limit is {MAX_ELEMENTS}"):
            extract(page(after=element * (MAX_ELEMENTS + 1)))

    @pytest.mark.parametrize("element", ["<div>", "<b>", "<ul><li>", "<table><tr><td>", "<font>"])
    def test_deep_nesting_is_survived(self, element: str) -> None:
        began = monotonic()
        try:
            text = extract(page(after=element * 20_000)).text
        except ExtractionError:
            text = TEXT
        assert text.startswith(PARAGRAPHS[0])
        assert monotonic() - began < 10

    def test_entities_of_a_document_are_not_expanded_and_nothing_is_loaded(self) -> None:
        with start_site() as site:
            entities = "".join(
                f'<!ENTITY e{number} "{f"&e{number - 1};" * 10 if number else "lol"}">'
                for number in range(10)
            )
            declared = f'{entities}<!ENTITY x SYSTEM "file:///etc/passwd">'
            content = (
                f'<?xml version="1.0"?><!DOCTYPE html SYSTEM "{site.url("/a.dtd")}" [{declared}]>'
                f'<html><head><link rel="stylesheet" href="{site.url("/b.css")}">'
                f'<meta http-equiv="refresh" content="0; url={site.url("/c")}"></head><body>'
                f'<iframe src="{site.url("/d")}"></iframe><img src="{site.url("/e")}">'
                f"<p>{PARAGRAPHS[0]} &e9; &x;</p></body></html>"
            )
            assert extract(content).text == f"{PARAGRAPHS[0]} &e9; &x;"
            bare = f"<!DOCTYPE html [{declared}]><html><body><p>The bridge is shut, &e9; says.</p>"
            assert extract(bare).text == "The bridge is shut, &e9; says."
            assert site.connections == 0

    @pytest.mark.parametrize(
        "noise",
        [
            '<script type=\'application/ld+json\'>{"headline": "' + '\\"' * 100_000,
            "<script type='application/ld+json'>" + '{"datePublished": "' * 20_000,
            "<script type='application/ld+json'>" + "[" * 200_000,
            "<meta name='date' content='" + "2025-" * 50_000 + "'>",
            "<title>" + "a | - " * 50_000,
            "<!--" * 50_000,
            *(
                f"{before} {' '.join(f'a{number}={value}' for number in range(50_000))} {after}"
                for before, value, after in (
                    ("<p", "1", ">"),
                    ("<p", '"<p>"', ">"),
                    ("<p", "'<'", ">"),
                    ("</p x='>'><p", "1", ">"),
                    ("<script><!-- <script> </script><p x=' --></script><p", "1", "'>"),
                    ("<script></script x='><script>'><p", "1", ">"),
                    ("<title><p x='</title><p", "1", "'></title>"),
                    ("<!-- --!><p", "1", "-->"),
                    ("<script/><p", "1", "></script>"),
                    ('<p a=\xa0"><p', "1", '">'),
                    ("<script type='application/ld+json'>{} <!-- <script> </script><p", "1", ">"),
                )
            ),
            "<!doctype[" * 50_000,
            "<" * 300_000,
            "&" * 300_000,
            "<p>" + " " * 500_000,
            "<p>" + "we cookies " * 40_000,
            "<section><p>Hello there.</p></section>" * 3_000,
            "<blockquote>" * 3_000,
            "\x00\x0b\ufffe\uffff" * 500,
        ],
        ids=short,
    )
    def test_a_page_made_to_be_slow_is_read_in_seconds(self, noise: str) -> None:
        began = monotonic()
        outcome(f"<html><body><p>{PARAGRAPHS[0]}</p>{noise}")
        assert monotonic() - began < 8

    @given(st.binary(max_size=300), st.sampled_from([None, "utf-8", "utf-16", "gbk", "x\ud800"]))
    def test_no_bytes_make_us_stumble(self, content: bytes, charset: str | None) -> None:
        for data in (content, b"<html><body><p>" + content, b"<p>Some words first. " + content):
            outcome(data, charset=charset).encode()

    def test_nothing_is_logged_for_a_page_without_an_article(
        self, caplog: pytest.LogCaptureFixture
    ) -> None:
        with caplog.at_level(logging.DEBUG), pytest.raises(ExtractionError):
            extract("<html><body></body></html>")
        assert caplog.records == []


def test_an_error_is_the_same_after_pickling() -> None:
    error = ExtractionError(URL, "it is empty")
    copy = pickle.loads(pickle.dumps(error))
    assert isinstance(copy, ServiceError)
    assert (str(copy), vars(copy)) == (str(error), vars(error))
