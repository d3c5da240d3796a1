"""The same article is known again; versions of one story fall together, other stories never."""

from __future__ import annotations

from dataclasses import dataclass
from time import monotonic

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summarizer import Article
from workers.fingerprints import (
    SKETCH_HASHES,
    CopyGroup,
    article_keys,
    copy_sketch,
    group_near_copies,
    text_fingerprint,
)

FERRY = (
    "The island council of Marrow Sound voted late on Thursday to buy two electric ferries, ending "
    "a year of argument over how to replace boats that first sailed in 1974. The vessels will be "
    "built in Gdynia and delivered before the summer season of 2028, the harbour master said. Each "
    "will carry 40 cars and 300 passengers between the mainland and the three outer villages. "
    "Fishermen had opposed the plan because the charging pier takes up a third of their quay. "
    "Under a compromise reached in the small hours, the pier moves to the old cannery and the "
    "fleet keeps its moorings. Residents of the outer villages cheered from the gallery. The cost, "
    "put at 61 million crowns, is to be met by a loan over twenty years and a small rise in fares "
    "for visitors, while islanders will go on paying what they pay today."
)
UPDATE = (
    " A spokesman for the shipyard confirmed the order on Friday morning and said that steel would "
    "be cut in March. The opposition asked the county to examine the loan, but the county said it "
    "had no power to stop it."
)
VINEYARD = (
    "Growers in the upper Tarn valley have begun picking grapes in the second week of August, "
    "the earliest harvest since parish records began in 1787. Three hot springs in a row have "
    "moved the calendar by almost a month, said the head of the cooperative in Saint-Avre. "
    "Pickers start at four in the morning and stop at eleven, when the slopes become too hot to "
    "work. Yields are down by a fifth but sugar is high, and some houses are already planting on "
    "the shaded side of the river. An insurer that covers most of the valley said it would raise "
    "premiums for frost and hail next year. The cooperative has asked the region for help with "
    "new wells, although the water table has fallen for six years and farmers downstream object "
    "to any more pumping."
)
NOTICE = (
    " This material may be copied for use inside the subscribing organisation only. It may not be "
    "published, broadcast, rewritten or passed on without the written consent of the agency, which "
    "accepts no responsibility for errors that were made in transmission or for any use to which "
    "the material is put by others."
)
TOPICS = "harvest bridge museum budget strike airport tunnel library orchard stadium".split()


@dataclass(frozen=True)
class Copy:
    uri: str
    article: Article
    version_at: str | None = None
    url: str | None = None


def copy(text: str, *, uri: str = "", at: str | None = None) -> Copy:
    return Copy(
        uri=uri or f"urn:{text_fingerprint(text)}", article=Article(text=text), version_at=at
    )


def texts(groups: tuple[CopyGroup[Copy], ...]) -> list[list[str]]:
    return [[item.article.text for item in (group.kept, *group.others)] for group in groups]


class TestFingerprints:
    @pytest.mark.parametrize(
        "other",
        [
            "PORT CLOSED, says harbour master – “for days”",
            "Port  closed says\nharbour-master: 'for days'...",
        ],
    )
    def test_case_punctuation_and_space_do_not_count(self, other: str) -> None:
        assert text_fingerprint(other) == text_fingerprint(
            "Port closed says harbour master for days"
        )

    def test_every_word_counts(self) -> None:
        assert text_fingerprint("The port is not closed") != text_fingerprint("The port is closed")

    def test_texts_without_words_are_told_apart(self) -> None:
        assert text_fingerprint("!!!") != text_fingerprint("???")

    @settings(deadline=None)
    @given(st.text(st.characters(), max_size=200))
    def test_any_text_has_a_fingerprint_and_a_sketch(self, text: str) -> None:
        assert len(text_fingerprint(text)) == 32
        assert len(copy_sketch(text)) <= 4 * SKETCH_HASHES

    def test_a_sketch_is_sorted_and_the_same_every_time(self) -> None:
        hashes = np.frombuffer(copy_sketch(FERRY), dtype="<u4")
        assert list(hashes) == sorted(set(hashes))
        assert copy_sketch(FERRY) == copy_sketch(FERRY)


class TestKeys:
    @pytest.mark.parametrize(
        "other",
        [
            "http://News.example/ferry",
            "https://news.example/ferry/",
            "https://news.example/ferry#comments",
            "https://news.example/ferry?utm_source=rss&utm_medium=feed",
            "https://news.example/ferry?at_medium=RSS&at_campaign=rss",
        ],
    )
    def test_spellings_of_one_url_have_one_key(self, other: str) -> None:
        _, key = article_keys("urn:1", url="https://news.example/ferry")
        assert article_keys("urn:2", url=other)[1] == key

    @pytest.mark.parametrize(
        "other",
        ["https://news.example/ferry?id=2", "https://news.example/Ferry", "https://x.example/"],
    )
    def test_other_urls_have_other_keys(self, other: str) -> None:
        _, key = article_keys("urn:1", url="https://news.example/ferry?id=1")
        assert article_keys("urn:1", url=other)[1] != key

    def test_there_is_a_key_for_what_is_given(self) -> None:
        kinds = [key.partition(":")[0] for key in article_keys("urn:1", url="http://x/", text="A.")]
        assert kinds == ["uri", "url", "text"]


class TestNearCopies:
    def test_an_update_replaces_the_story_it_grew_from(self) -> None:
        first = copy(FERRY, at="2026-11-22T23:10:00Z")
        update = copy("UPDATE 1 - " + FERRY + UPDATE, at="2026-11-23T01:40:00Z")
        other = copy(VINEYARD, at="2026-11-23T02:00:00Z")
        assert texts(group_near_copies([update, other, first])) == [
            [update.article.text, FERRY],
            [VINEYARD],
        ]

    def test_without_times_the_longest_version_is_kept(self) -> None:
        (group,) = group_near_copies([copy(FERRY), copy(FERRY + UPDATE)])
        assert group.kept.article.text == FERRY + UPDATE

    def test_of_equal_copies_the_first_is_kept(self) -> None:
        (group,) = group_near_copies([copy(FERRY, uri="urn:a"), copy(FERRY, uri="urn:b")])
        assert (group.kept.uri, [item.uri for item in group.others]) == ("urn:a", ["urn:b"])

    def test_one_uri_is_one_article_whatever_it_says(self) -> None:
        old = copy(VINEYARD, uri="urn:newsml:1", at="2026-11-22T20:00:00Z")
        new = copy(FERRY, uri="urn:newsml:1", at="2026-11-22T21:00:00Z")
        (group,) = group_near_copies([new, old])
        assert group.kept is new

    def test_one_page_in_two_feeds_is_one_article(self) -> None:
        url = "https://news.example/ferry"
        first = Copy(uri="urn:a", article=Article(text=FERRY), url=url)
        second = Copy(uri="urn:b", article=Article(text=VINEYARD), url=f"{url}?utm_source=b")
        assert len(group_near_copies([first, second])) == 1

    def test_equal_texts_are_one_however_short(self) -> None:
        (group,) = group_near_copies(
            [copy("Port closed.", uri="urn:a"), copy("PORT CLOSED", uri="urn:b")]
        )
        assert len(group.others) == 1

    def test_versions_fall_together_through_those_between(self) -> None:
        words = (FERRY + UPDATE + VINEYARD).split()
        chain = [copy(" ".join(words[start : start + 160])) for start in (0, 40, 80)]
        assert len(group_near_copies([chain[0], chain[2]])) == 2
        assert len(group_near_copies(chain)) == 1

    def test_a_round_up_does_not_swallow_the_stories_in_it(self) -> None:
        stories = [copy(FERRY), copy(VINEYARD)]
        rest = " ".join(f"{topic} item {n}." for n, topic in enumerate(TOPICS * 20))
        round_up = copy(f"{FERRY}\n\n{VINEYARD}\n\n{rest}")
        assert len(group_near_copies([*stories, round_up])) == 3

    def test_a_notice_that_all_carry_makes_no_copies(self) -> None:
        stories = [copy(" ".join(f"{topic} {n}" for n in range(60)) + NOTICE) for topic in TOPICS]
        assert len(group_near_copies(stories)) == len(stories)

    def test_briefs_that_differ_in_a_name_and_a_figure_are_two(self) -> None:
        brief = (
            "{} said it would pay a quarterly dividend of {} cents a share, up from the quarter "
            "before, to holders who are on record at the close of business on the last Friday of "
            "November, and that the outlook for the year, which it gave in August, stands."
        )
        payouts = [copy(brief.format("Orrin Steel", 34)), copy(brief.format("Halden Paper", 27))]
        assert len(group_near_copies(payouts)) == 2

    def test_a_text_too_short_to_tell_is_no_copy(self) -> None:
        line = "The port was closed on Monday because of storms"
        assert len(group_near_copies([copy(line), copy(f"{line} again")])) == 2

    def test_a_long_story_is_known_by_its_first_half(self) -> None:
        words = [f"{topic} {number}" for number in range(60) for topic in TOPICS]
        story, half = " ".join(words), " ".join(words[: len(words) // 2])
        assert len(group_near_copies([copy(story), copy(half)])) == 1

    def test_a_copy_of_a_story_seen_before_says_so(self) -> None:
        seen = [copy_sketch(FERRY), copy_sketch(FERRY[:300])]
        ferry, vineyard = group_near_copies([copy(FERRY + UPDATE), copy(VINEYARD)], seen=seen)
        assert (ferry.is_seen, vineyard.is_seen) == (True, False)

    def test_scripts_without_spaces_are_compared_by_character(self) -> None:
        story = (
            "市議会は木曜日の深夜、老朽化したフェリー二隻を電気船に置き換える計画を可決した。" * 3
        )
        more = story + "造船所は三月に着工すると発表した。"
        assert len(group_near_copies([copy(story), copy(more)])) == 1

    def test_nothing_gives_nothing(self) -> None:
        assert group_near_copies([]) == ()
        assert group_near_copies([], seen=[copy_sketch(FERRY)]) == ()

    def test_thousands_of_copies_take_seconds(self) -> None:
        copies = [copy(FERRY, uri=f"urn:{n}") for n in range(3_000)]
        before = monotonic()
        (group,) = group_near_copies(copies)
        assert len(group.others) == 2_999
        assert monotonic() - before < 20

    @settings(deadline=None)
    @given(
        st.lists(st.sampled_from([FERRY, FERRY + UPDATE, VINEYARD, "", "One line."]), max_size=8)
    )
    def test_every_article_is_in_exactly_one_group(self, chosen: list[str]) -> None:
        items = [copy(text, uri=f"urn:{n}") for n, text in enumerate(chosen)]
        grouped = [
            item for group in group_near_copies(items) for item in (group.kept, *group.others)
        ]
        assert sorted(item.uri for item in grouped) == sorted(item.uri for item in items)
