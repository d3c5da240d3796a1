"""Gaps: which are found, which are never made, and which together fit a length."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

import pytest

from summarizer.headline.clauses import END, START, Rules
from summarizer.headline.english import Level
from summarizer.headline.fence_rules import FENCE_RULES
from summarizer.headline.fences import Fences
from summarizer.headline.fitting import Deletion, fit_deletions
from summarizer.headline.gap_features import Rows
from summarizer.headline.gaps import Gap, Scores, find_gaps, load_tables
from summarizer.headline.reading import Reading, read_sentence
from summarizer.headline.word_classes import Known, read_words
from tests.library.fence_cases import FENCED, FREE
from tests.library.parsing import parse_lines


def read(text: str) -> Reading:
    reading = read_sentence(parse_lines(text), 0)
    assert reading is not None
    return reading


def fences_of(reading: Reading) -> Fences:
    return Fences(reading.tokens, reading.words, reading.is_verb, reading.segments)


def is_allowed(marked: str) -> bool:
    before, gone, after = marked.split("~")
    reading = read(before + gone + after)
    starts = reading.tokens.starts
    first = next(place for place, start in enumerate(starts) if start >= len(before))
    gone_end = len(before) + len(gone)
    end = next((place for place, start in enumerate(starts) if start >= gone_end), len(starts))
    return fences_of(reading).allow(first, end)


@pytest.mark.parametrize("marked", FENCED)
def test_what_changes_the_sense_or_leaves_words_hanging_stays(marked: str) -> None:
    assert not is_allowed(marked)


@pytest.mark.parametrize("marked", FREE)
def test_what_only_adds_may_go(marked: str) -> None:
    assert is_allowed(marked)


LEVELS = [level.value for level in Level]
ANYTHING = [(-1e9, -1e9, -1e9)]


def gaps_of(readings: Sequence[Reading], levels: Sequence[Scores]) -> list[list[list[Gap]]]:
    words = [reading.words for reading in readings]
    found = find_gaps(words, [fences_of(reading) for reading in readings], levels=levels)
    return [list(own) for own in zip(*map(found.of, range(len(levels))), strict=True)]


READINGS = [read(marked.replace("~", "")) for marked in (*FENCED, *FREE)]


def test_a_sentence_has_the_same_gaps_alone_and_among_others() -> None:
    together = gaps_of(READINGS, LEVELS)
    assert all(any(own[level] for own in together) for level in range(len(LEVELS)))
    assert together == [gaps_of([reading], LEVELS)[0] for reading in READINGS]


def test_a_gap_belongs_to_the_first_level_that_allows_it() -> None:
    least = LEVELS[0]
    surest, loosest = (gaps_of(READINGS, [level]) for level in (least, ANYTHING[0]))
    for own, sure, every in zip(
        gaps_of(READINGS, [least, *ANYTHING]), surest, loosest, strict=True
    ):
        assert own[0] == sure[0]
        assert sorted(own[0] + own[1]) == every[0]


@pytest.mark.parametrize("reading", READINGS[::4])
def test_rules_tried_at_once_forbid_what_they_forbid_one_by_one(reading: Reading) -> None:
    words = (*reading.words, END, START)
    fences = fences_of(reading)
    for first, end in combinations(range(len(reading.words) + 1), 2):
        edges = first - 1, first, end - 1, end
        is_forbidden = any(
            (first > 0 or rule.at_start)
            and all(
                question.holds(words[place])
                for question, place in zip(rule[:4], edges, strict=True)
            )
            and (rule.check is None or rule.check(fences.sentence, first, end))
            for rule in FENCE_RULES
        )
        assert fences.is_forbidden(first, end) == is_forbidden, (first, end)


@pytest.mark.parametrize("marked", (*FENCED, *FREE)[::4])
def test_rules_answer_for_every_gap_of_torn_and_bracketed_sentences(marked: str) -> None:
    words = marked.replace("~", "").split()
    for place in range(1, len(words)):
        for torn in (words[:place], words[place:], [*words[:place], "(NHP)", *words[place:]]):
            parsed = parse_lines(" ".join(torn))
            reading = read_sentence(parsed, 0) if parsed.spans else None
            if reading is not None:
                fences = fences_of(reading)
                for first, end in combinations(range(len(reading.words) + 1), 2):
                    assert fences.allow(first, end) in (True, False)


def test_no_gap_that_fences_allow_is_passed_over() -> None:
    rows = Rows([reading.words for reading in READINGS], *load_tables()[2:])
    fences = [fences_of(reading) for reading in READINGS]
    firsts, ends, *_ = rows.possible_gaps(fences)
    found = set(zip(firsts.tolist(), ends.tolist(), strict=True))
    assert len(found) == len(firsts)
    for start, own, reading in zip(rows.starts.tolist(), fences, READINGS, strict=True):
        words = reading.words
        gaps = set(combinations(range(len(words) + 1), 2)) - {(0, len(words))}
        allowed = {gap for gap in gaps if own.allow(*gap) and not crosses_comma(words, *gap)}
        possible = {gap for gap in gaps if (start + gap[0], start + gap[1]) in found}
        assert allowed <= possible
        assert not any(crosses_comma(words, *gap) for gap in possible)


def crosses_comma(words: Sequence[Known], first: int, end: int) -> bool:
    is_at_edge = words[first].is_comma or words[end - 1].is_comma or end == len(words)
    return not is_at_edge and any(known.is_comma for known in words[first:end])


def test_a_trailing_time_is_an_easier_gap_than_half_a_name() -> None:
    reading = read("The council of Upper Harwick approved the new bridge on Tuesday.")
    gaps = gaps_of([reading], ANYTHING)[0][0]
    odds = {" ".join(reading.tokens.words[first:end]): sure for first, end, sure in gaps}
    assert odds["on Tuesday"] > odds.get("approved the new bridge on Tuesday", -1_000)


def kept(text: str, values: list[int], deletions: list[Deletion], max_chars: int) -> list[str]:
    tokens = read(text).tokens
    fits = fit_deletions(tokens, values, deletions, max_chars=max_chars)
    return [" ".join(" ".join(tokens.words[first:end]) for first, end in runs) for runs in fits]


def test_what_is_worth_least_goes_until_the_rest_fits() -> None:
    text = "Rain fell on Lund in May"
    values = [5, 5, 1, 4, 1, 1]
    deletions = [Deletion(2, 4, 0, False), Deletion(4, 6, 0, False)]
    assert kept(text, values, deletions, 30)[0] == "Rain fell on Lund in May"
    assert kept(text, values, deletions, 20)[0] == "Rain fell on Lund"
    assert kept(text, values, deletions, 10) == []


def test_two_gaps_meet_only_if_one_is_of_small_words() -> None:
    text = "Rain fell on Lund in May"
    values = [5, 5, -1, -1, -1, -1]
    gaps = [Deletion(2, 4, 0, False), Deletion(4, 6, 0, False)]
    assert "Rain fell" not in kept(text, values, gaps, 30)
    ballast = [Deletion(2, 4, 0, False), Deletion(4, 6, 0, True)]
    assert kept(text, values, ballast, 30)[0] == "Rain fell"


def test_a_way_that_no_gap_can_follow_drives_out_none_that_one_can() -> None:
    # The longer gap saves more for as much, but only after the shorter one the end can go.
    text = "Rain and hail fell on Lund and Brenn"
    values = [5, 0, 0, 5, 0, 0, 0, 0]
    gaps = [Deletion(1, 3, 0, False), Deletion(4, 6, 0, False), Deletion(6, 8, 0, False)]
    assert kept(text, values, gaps, 17)[0] == "Rain fell on Lund"
    longer = [*gaps, Deletion(3, 6, 0, False)]
    assert kept(text, values, longer, 17)[0] == "Rain fell on Lund"


def test_what_leads_up_to_a_name_and_what_describes_this_may_both_go() -> None:
    text = "Asked why , clerk Ann Lee left"
    values = [0, 0, 0, 0, 5, 5, 5]
    gaps = [Deletion(0, 3, 0, False), Deletion(3, 4, 0, False)]
    assert kept(text, values, gaps, 12) == ["Ann Lee left"]
    no_lead = [Deletion(0, 2, 0, False), Deletion(2, 4, 0, False)]
    assert kept(text, values, no_lead, 12) == []


def test_a_gap_that_costs_more_than_it_gains_is_not_made() -> None:
    text = "Rain fell on Lund"
    assert kept(text, [5, 5, -2, 1], [Deletion(2, 4, 3, False)], 30)[0] == text
    assert kept(text, [5, 5, -2, -2], [Deletion(2, 4, 3, False)], 30)[0] == "Rain fell"


@pytest.mark.parametrize("slot", ["before", "opening", "last", "after", "somewhere"])
def test_the_marks_of_a_word_say_what_the_rules_would(slot: str) -> None:
    words = "The minister said on Monday , in London , that no more than 5 banks may fail up to May"
    rules = sorted(FENCE_RULES, key=lambda rule: rule.check is not None)
    for known in [*read_words(words.split()), END]:
        bits = getattr(Rules(FENCE_RULES).marks_of(known), slot)
        answers = [bool(bits >> place & 1) for place in range(len(rules))]
        assert answers == [getattr(rule, slot).holds(known) for rule in rules]
