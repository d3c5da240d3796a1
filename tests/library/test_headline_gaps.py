"""Gaps: which are found, which are never made, and which together fit a length."""

from __future__ import annotations

import pytest

from summarizer.headline.english import Level, Reading, read_sentence
from summarizer.headline.fences import Fences
from summarizer.headline.fitting import Deletion, fit_deletions
from summarizer.headline.gaps import Gap, find_gaps
from tests.library.parsing import parse_lines

# What stands between `~` must not be left out.
FENCED = (
    "The envoy has ~not~ resigned.",
    "The envoy will stay ~if the talks go on~.",
    "The envoy ~reportedly~ resigned in May.",
    "The ~former~ champion won the race.",
    "The ~Former Leeds~ manager won the race.",
    "The bank denied ~that it had lent the money~.",
    "A clerk was caught selling maps, ~a court in Lund has heard~.",
    "The envoy told the court ~that the maps were stolen~.",
    "The envoy said ~prices would rise~.",
    "~The envoy~ resigned in May.",
    "The boy ~and his sister~ have been found.",
    "The union called ~on the ministers~ to resign.",
    "The firm put the goods ~into a store~.",
    "The minister wants to ~close the mine~.",
    "The minister welcomed ~the plan~ in Oslo.",
    "The prime ~minister~ resigned in May.",
    "Lead ~singer~ Ann Lee has left the band.",
    "The mine is able ~to stay open~.",
    "The town that lost its port ~has found~ another.",
    "The man ~who~ was hurt has died.",
    "The mayor, ~a lawyer~, resigned.",
    "The envoy, ~who won in May,~ resigned.",
    "Some 12 ~tonnes~ of grain were lost.",
    "Olaf ~Brun~ resigned in May.",
    "Two men ~were~ held, the police said.",
    "A firm ~whose main product~ is sold abroad is growing.",
    "The port declined to ~follow~ work rules.",
    "The coach was angry ~after a goal stood~ but was never shown.",
    "Shares have risen ~after a weekend press~ report.",
    "More homes ~than once~ thought were lost.",
    "More homes ~than~ once thought were lost.",
    "The envoy has ~officially been~ made a peer.",
    "The firm posted a rise in profits thanks ~to new clients~.",
    "A combination ~of bad weather~ and high costs hit sales.",
    "The talks between the union ~and the ministers~ failed.",
    "The firm grew as the fight ~between satellite~ and cable heats up.",
    "Sales rose at food ~and drink giant Orla~.",
    "The envoy was speaking at a gender ~and work seminar~.",
    "In a talk ~in Oslo Mr Rell~ said prices were a problem.",
    "The regulator is investigating Tessel ~& Orla~.",
    "The odds are ~that when they~ open a shop, it closes.",
    "The attorney ~general~ denied the charge.",
    "Trains are ~often~ late in May.",
    'The firm sent "rude" ~and "threatening"~ letters.',
    "She plans to vote ~whenever~ an election is held.",
    "The region's biggest ~toy~ firm is in talks.",
    "Norvia is the ~last big~ European country to vote.",
    "The firm is in talks at the ~largest toy~ show in Oslo.",
    "The union called ~on the port~ to open.",
    "The firm should steer away ~from cheap loans~.",
    "The mines were ~unsafe~ in May.",
    "The robot has got ~faster~ and smarter.",
    "The tickets will be made ~freely available~ to all.",
    "The union trusts the firm ~after giving it many~ reasons to.",
    "The film was the last ~success~ of the year.",
    "~Despite~ the rise in costs, the firm will not raise its prices.",
    "The talks stopped the port ~from closing~ in May.",
)
# This may.
FREE = (
    "The envoy resigned ~in May~.",
    "~On Friday,~ the envoy resigned.",
    "The mayor~, a lawyer,~ resigned.",
    "The bank has reported a ~sharp~ fall in profits.",
    "Trains were late ~because of snow~.",
    "The envoy~, who won in May,~ resigned.",
    "The union backed the plan ~, which opens the port to ships~.",
    "The envoy landed in Oslo~, opening talks between the two countries~.",
    "~Orland~ manager Tomas Rell has resigned.",
)


def read(text: str) -> Reading:
    reading = read_sentence(parse_lines(text), 0)
    assert reading is not None
    return reading


def is_allowed(marked: str) -> bool:
    before, gone, after = marked.split("~")
    reading = read(before + gone + after)
    starts = reading.tokens.starts
    first = next(place for place, start in enumerate(starts) if start >= len(before))
    gone_end = len(before) + len(gone)
    end = next((place for place, start in enumerate(starts) if start >= gone_end), len(starts))
    fences = Fences(reading.tokens, reading.words, reading.segments)
    if fences.joints[first] or fences.joints[end]:
        return False
    return fences.allow(Gap(first, end, 0, 0, 0))


@pytest.mark.parametrize("marked", FENCED)
def test_what_changes_the_sense_or_leaves_words_hanging_stays(marked: str) -> None:
    assert not is_allowed(marked)


@pytest.mark.parametrize("marked", FREE)
def test_what_only_adds_may_go(marked: str) -> None:
    assert is_allowed(marked)


def test_a_sentence_has_the_same_gaps_alone_and_among_others() -> None:
    readings = [read(marked.replace("~", "")) for marked in (*FENCED, *FREE)]
    joints = [
        Fences(reading.tokens, reading.words, reading.segments).joints for reading in readings
    ]
    words = [reading.words for reading in readings]
    least = Level.LOOSE.value
    together = find_gaps(words, joints, least=least)
    assert any(together)
    assert together == [
        find_gaps([own], [joint], least=least)[0] for own, joint in zip(words, joints, strict=True)
    ]


def test_a_trailing_time_is_an_easier_gap_than_half_a_name() -> None:
    reading = read("The council of Upper Harwick approved the new bridge on Tuesday.")
    gaps = find_gaps([reading.words], [[False] * (len(reading.words) + 1)], least=(-1e9,) * 3)[0]
    odds = {
        " ".join(reading.tokens.words[gap.first : gap.end]): gap.editor + gap.phrase for gap in gaps
    }
    assert odds["on Tuesday"] > odds.get("Harwick approved", -1_000)


def kept(text: str, values: list[int], deletions: list[Deletion], max_chars: int) -> list[str]:
    tokens = read(text).tokens
    fits = fit_deletions(tokens, values, deletions, max_chars=max_chars)
    return [" ".join(" ".join(tokens.words[first:end]) for first, end in runs) for _, runs in fits]


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


def test_a_gap_that_costs_more_than_it_gains_is_not_made() -> None:
    text = "Rain fell on Lund"
    assert kept(text, [5, 5, -2, 1], [Deletion(2, 4, 3, False)], 30)[0] == text
    assert kept(text, [5, 5, -2, -2], [Deletion(2, 4, 3, False)], 30)[0] == "Rain fell"
