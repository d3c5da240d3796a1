from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summarizer.headline import make_headline, make_headlines
from summarizer.headline.english import Level, draft_headlines
from summarizer.headline.reading import read_sentence
from summarizer.headline.style import headline_text
from summarizer.models import Headline, Span, SummaryWarning, WarningCode
from summarizer.options import HEADLINE_PRESETS
from summarizer.ranking import Ranking
from summarizer.text.parsed import ParsedArticle
from summarizer.text.sentences import split_sentences
from summarizer.text.terms import extract_terms
from tests.library.clause_cases import clause_cases, violations
from tests.library.parsing import parse_lines

BBC = Path(__file__).parents[2].parent / "shared" / "data" / "paragraphs" / "bbc.jsonl"
CASES = list(clause_cases())
SENTENCES = sorted({sentence for sentence, _, _ in CASES})


def ranked(parsed: ParsedArticle) -> Ranking:
    """The sentences in their own order."""
    count = len(parsed.spans)
    return Ranking(
        scores=np.linspace(1.0, 0.5, count).tolist(),
        reasons=((),) * count,
        method="lead",
        warnings=(),
    )


def headline_of(
    text: str, max_chars: int, *, language: str = "en"
) -> tuple[Headline, tuple[SummaryWarning, ...]]:
    parsed = parse_lines(text, language=language)
    return make_headline(parsed, ranked(parsed), max_chars=max_chars)


def without_space(text: str) -> str:
    return "".join(text.split())


def rejoined(text: str, headline: Headline) -> str:
    """The headline as its spans give it, but for white space."""
    joined = without_space(" ".join(text[start:end] for start, end in headline.spans))
    joined = joined.removesuffix(".") if not headline.text.endswith(".") else joined
    return joined[:1].upper() + joined[1:]


def shorten(parsed: ParsedArticle, index: int, max_chars: int) -> tuple[Span, ...] | None:
    """What is left of one sentence, where it gives a headline of that length."""
    reading = read_sentence(parsed, index)
    if reading is None:
        return None
    draft = draft_headlines([reading], max_chars=max_chars, levels=tuple(Level))[0]
    return draft and draft.spans


@pytest.mark.parametrize(("sentence", "max_chars", "expected"), CASES)
def test_a_sentence_loses_what_is_dispensable(sentence: str, max_chars: int, expected: str) -> None:
    headline, warnings = headline_of(sentence, max_chars)
    assert headline.text == expected
    assert not warnings


OPENINGS = (
    (
        "Nine out of 10 clerks do not trust ministers to keep a promise, a new poll conducted for "
        "the Lund Post suggests.",
        "Nine out of 10 clerks do not trust ministers to keep promise, poll suggests",
    ),
    (
        "Women in the Norvian film trade earn less than their male colleagues despite being better "
        "qualified, according to a study released on Wednesday.",
        "Women in film trade earn less than male colleagues, according to study",
    ),
    (
        "Two council clerks in Harwick were caught running a ticket factory from the cellar of the "
        "town hall, the district court has heard.",
        "Two council clerks in Harwick caught running factory, court has heard",
    ),
    (
        "Critics of the plan argue that it is a step backwards for the port and for the families "
        "who have fished there for centuries.",
        "Critics of plan argue that it is step backwards for port",
    ),
)


@pytest.mark.parametrize(("sentence", "expected"), OPENINGS)
def test_an_opening_gives_a_headline(sentence: str, expected: str) -> None:
    headline, warnings = headline_of(sentence, 75)
    assert headline.text == expected
    assert not warnings


def test_the_mark_of_a_lost_quotation_is_no_part_of_a_headline() -> None:
    headline, _ = headline_of("The clerk will resign in May, the mayor of Lund said.?", 75)
    assert headline.text == "Clerk will resign in May, mayor of Lund said"


def test_what_points_back_makes_no_headline_where_it_is_left_out_either() -> None:
    parsed = parse_lines(
        "The mayor has resigned.\nHer role investigates alleged breaches of the code of duty."
    )
    assert len(parsed.spans) == 2
    assert shorten(parsed, 1, 64) is None


def test_a_subject_without_its_verb_is_no_headline() -> None:
    sentence = (
        "Film stars including Ann Lee, Ole Bru and comedian Ida Holm have paid tribute to the "
        "actor Per Lund at a funeral in Harwick."
    )
    assert shorten(parse_lines(sentence), 0, 75) is None


@pytest.mark.parametrize("max_chars", [*HEADLINE_PRESETS.values(), 20, 47, 500])
@pytest.mark.parametrize("sentence", SENTENCES)
def test_a_headline_breaks_no_rule_at_any_length(sentence: str, max_chars: int) -> None:
    parsed = parse_lines(sentence)
    spans = shorten(parsed, 0, max_chars)
    if spans is not None:
        headline = headline_text(sentence, spans)
        assert 0 < len(headline) <= max_chars
        pieces = [sentence[start:end] for start, end in spans]
        assert list(violations(sentence, headline, pieces)) == []


@pytest.mark.parametrize("max_chars", [*HEADLINE_PRESETS.values(), 20, 47, 500])
@pytest.mark.parametrize("sentence", SENTENCES)
def test_a_headline_is_its_spans_at_any_length(sentence: str, max_chars: int) -> None:
    headline, _ = headline_of(sentence, max_chars)
    assert 0 < len(headline.text) <= max_chars
    assert rejoined(sentence, headline) == without_space(headline.text)


@pytest.mark.parametrize("sentence", SENTENCES)
def test_a_sentence_broken_off_anywhere_has_a_headline(sentence: str) -> None:
    words = sentence.split()
    torn = [" ".join(words[:count]) for count in range(1, len(words))]
    torn += [" ".join(words[count:]) for count in range(1, len(words))]
    parsed = [parse_lines(text) for text in torn]
    headlines = make_headlines(parsed, [ranked(article) for article in parsed], max_chars=33)
    for text, (headline, _) in zip(torn, headlines, strict=True):
        assert rejoined(text, headline) == without_space(headline.text)


@pytest.mark.parametrize(
    "sentence",
    [
        "Mount Keld had expected more.",
        "The clerk fled the town, reportedly.",
        "The clerk has left Lund, but",
        "The clerk of Lund is quoted as",
        "Third-generation mobile (3G) networks in the town of Lund need to get faster.",
    ],
)
def test_a_sentence_that_ends_early_has_a_headline(sentence: str) -> None:
    headline, _ = headline_of(sentence, 20)
    assert headline.text


def test_headlines_made_together_are_those_made_alone() -> None:
    parsed = [parse_lines(sentence) for sentence in SENTENCES]
    rankings = [ranked(article) for article in parsed]
    together = make_headlines(parsed, rankings, max_chars=64)
    assert together == [
        make_headline(article, ranking, max_chars=64)
        for article, ranking in zip(parsed, rankings, strict=True)
    ]


@pytest.mark.parametrize(
    ("sentence", "headline", "rule"),
    [
        ("The mayor is in Lund.", "The mayor is in", "ends in a function word"),
        ("Two men, aged 20, fled.", "Two men,", "has a mark that belongs to nothing"),
        ("It is “a gift” to them.", "It is “a gift", "opens what it does not close"),
        ("Velt has not resigned.", "Velt has resigned", "loses a negation"),
        ("The mayor lied, police said.", "The mayor lied", "makes a fact of a claim"),
        ("It cost 5 million pounds.", "It cost 5", "parts a number from its unit"),
        ("Port Linden is cut off.", "Port is cut off", "parts a name"),
    ],
)
def test_the_rules_find_what_they_are_meant_to(sentence: str, headline: str, rule: str) -> None:
    pieces = ["Port", "is cut off"] if rule == "parts a name" else [headline]
    assert rule in violations(sentence, headline, pieces)


@pytest.mark.parametrize(
    ("sentence", "max_chars", "kept"),
    [
        ("The mine is safe, its owner said, and will reopen within weeks.", 40, "owner said"),
        ("Two ministers took bribes, according to a report by the auditors.", 60, "according to"),
        ("A gas leak caused the blast at the hotel in Aster, police said on Monday.", 65, "said"),
        ("The airline has not paid its pilots since the end of the summer season.", 45, "not"),
        ("The singer never asked for money after the concert in the harbour.", 40, "never"),
        ("The two sides met without a mediator on Friday in the town of Lund.", 50, "without"),
        ("The minister denied that he had seen the letter before the vote.", 50, "denied"),
        ("The port would close if the strike went on, the harbour master warned.", 64, "if"),
        ("Nobody was hurt when a crane fell on a school in Port Linden.", 40, "Nobody"),
        ("The law isn't popular in the north of the country, where unions are strong.", 60, "n't"),
    ],
)
def test_who_claims_it_and_what_is_denied_stays(sentence: str, max_chars: int, kept: str) -> None:
    headline, _ = headline_of(sentence, max_chars)
    assert kept in headline.text


@pytest.mark.parametrize(
    ("sentence", "max_chars"),
    [
        ("The bridge was closed on the advice of “the best engineers in the land” in May.", 60),
        ("Rell joined the Bank of Greater Norvia (Castria branch office) as a clerk.", 50),
        ("The dam will cost the two states 12.5 million crowns over several years.", 42),
        ("Judges fined Brandt & Sons of Upper Harwick Street for selling old fish.", 47),
        ("Olaf Brun scored for Northgate United of Velmora in the last minute.", 36),
    ],
)
def test_nothing_is_cut_inside_a_quotation_bracket_number_or_name(
    sentence: str, max_chars: int
) -> None:
    headline, _ = headline_of(sentence, max_chars)
    pieces = [sentence[start:end] for start, end in headline.spans]
    assert list(violations(sentence, headline.text, pieces)) == []


def test_the_next_sentence_is_taken_where_the_best_leaves_a_quotation_open() -> None:
    text = (
        "Greta Holm told the crowd that “the harbour is ours and the harbour stays ours.\n"
        "Campaigners have marched through Aster to defend their harbour."
    )
    headline, warnings = headline_of(text, 64)
    assert headline.sentence_index == 1
    assert headline.text.startswith("Campaigners marched through Aster")
    assert not warnings


def test_a_sentence_that_points_to_another_is_not_taken_for_a_headline() -> None:
    text = (
        "The “long-awaited overhaul of the water supply of the city of Velmora is late.\n"
        "He blamed the weather.\n"
        "Engineers blame a shortage of pipes."
    )
    headline, _ = headline_of(text, 64)
    assert headline.text == "Engineers blame shortage of pipes"


NEWS = "The council of Lund has closed its oldest swimming pool."


@pytest.mark.parametrize(
    "opening",
    [
        "Could the old pool of Lund ever be saved by its friends?",
        "Forget the pool, the library and the park of Lund.",
        "To swim or not to swim in the old pool of Lund.",
        "A post shared by Ada Brill on the third of May from Lund.",
        "The mayor of Lund adds, ?There were days on which nobody swam.",
    ],
)
def test_what_asks_the_reader_or_was_torn_is_not_taken_for_a_headline(opening: str) -> None:
    headline, _ = headline_of(f"{opening}\n{NEWS}", 75)
    assert headline.text == "Council of Lund closed its oldest swimming pool"
    assert headline.sentence_index == 1


def test_a_name_that_is_also_an_order_may_begin_a_headline() -> None:
    headline, _ = headline_of("Ask Velmora has bought the pool of Lund.\nRain fell.", 75)
    assert headline.text == "Ask Velmora bought pool of Lund"


def test_where_everything_has_capitals_they_say_nothing() -> None:
    text = (
        "MINISTERS AGREED ON MONDAY TO CUT OUTPUT BY TWO MILLION BARRELS A DAY, NORVIA'S OIL "
        "MINISTER SAID.\nHE SAID THE CUT WAS NEEDED."
    )
    headline, warnings = headline_of(text, 75)
    assert headline.text == "MINISTERS AGREED ON MONDAY TO CUT OUTPUT, NORVIA'S OIL MINISTER SAID"
    assert warnings == ()


def test_a_headline_keeps_a_verb_where_its_sentence_has_one() -> None:
    text = (
        "The future of a Brenn music club which has seen bands such as the Blue Foxes, Norrland "
        "and the Young Bears hangs in the balance after a row.\n"
        "Neighbours want the music club to close."
    )
    assert headline_of(text, 64)[0].text == "Neighbours want music club to close"


def test_a_short_sentence_is_its_own_headline() -> None:
    headline, warnings = headline_of("Whales sing.", 33)
    assert headline.text == "Whales sing"
    assert not warnings


def test_a_question_keeps_its_mark_and_an_abbreviation_its_point() -> None:
    assert headline_of("Will the ferry to Brenn return?", 64)[0].text.endswith("return?")
    assert headline_of("The envoy has returned to the U.S.", 64)[0].text.endswith("to U.S.")


def test_line_breaks_inside_a_sentence_become_spaces() -> None:
    parsed = parse_lines("the port\tof Brenn has  reopened.")
    headline, _ = make_headline(parsed, ranked(parsed), max_chars=64)
    assert headline.text == "Port of Brenn reopened"


def test_where_nothing_fits_the_cut_is_marked_and_ends_with_a_whole_word() -> None:
    sentence = (
        "Unless the inter-ministerial reorganisation commission of the north-eastern territories "
        "relents, the ferry will stop."
    )
    headline, warnings = headline_of(sentence, 40)
    assert [warning.code for warning in warnings] == [WarningCode.HEADLINE_CUT]
    assert headline.text == "Unless the inter-ministerial"


def test_a_word_longer_than_the_headline_is_cut_inside() -> None:
    headline, warnings = headline_of("Donaudampfschifffahrtsgesellschaftskapitän " * 2, 20)
    assert headline.text == "Donaudampfschifffahr"
    assert [warning.code for warning in warnings] == [WarningCode.HEADLINE_CUT]


@pytest.mark.parametrize(
    ("language", "text", "max_chars", "expected"),
    [
        (
            "de",
            "Die Stadt Aster baut eine neue Brücke über den Fluss, weil die alte seit dem Sommer "
            "gesperrt ist.",
            64,
            "Die Stadt Aster baut eine neue Brücke über den Fluss",
        ),
        (
            "fr",
            "Le maire de Velmora a présenté son budget lundi soir, mais l'opposition refuse de le "
            "voter en l'état.",
            64,
            "Le maire de Velmora a présenté son budget lundi soir",
        ),
        (
            "zh",
            "港口城市阿斯特将于周一重新开放渡轮码头，此前该码头因维修关闭了六个月。",
            25,
            "港口城市阿斯特将于周一重新开放渡轮码头",
        ),
        (
            "sw",
            "Serikali imefungua daraja jipya, baada ya miaka mitatu ya ujenzi.",
            40,
            "Serikali imefungua daraja jipya",
        ),
    ],
)
def test_other_languages_are_cut_at_a_clause_boundary(
    language: str, text: str, max_chars: int, expected: str
) -> None:
    headline, warnings = headline_of(text, max_chars, language=language)
    assert headline.text == expected
    assert not warnings


def test_scripts_without_spaces_are_cut_between_characters() -> None:
    headline, warnings = headline_of(
        "東京都知事は新しい交通計画について記者団に説明した", 20, language="ja"
    )
    assert headline.text == "東京都知事は新しい交通計画について記者団"[:20]
    assert [warning.code for warning in warnings] == [WarningCode.HEADLINE_CUT]


WORDS = st.sampled_from(
    "The a police said , in Leeds who was “ ” ( ) not on Tuesday , and killed 12 % 漢字 as which "
    "Smith ’s \" ' - — . ? \ud800 \x00 é\u0301 has been after of to".split()
)


@given(
    st.lists(WORDS, min_size=1, max_size=60),
    st.integers(20, 120),
    st.sampled_from(["en", "de", "zh"]),
)
@settings(max_examples=300, deadline=None)
def test_any_text_gives_a_headline_of_its_own_words_within_the_length(
    words: list[str], max_chars: int, language: str
) -> None:
    text = "Mud " + " ".join(words)
    headline, _ = headline_of(text, max_chars, language=language)
    assert 0 < len(headline.text) <= max_chars
    places = [place for span in headline.spans for place in span]
    assert places == sorted(places)
    assert 0 <= places[0] < places[-1] <= len(text)
    assert rejoined(text, headline) == without_space(headline.text)
    assert headline == headline_of(text, max_chars, language=language)[0]


@given(st.text(min_size=1, max_size=400).filter(str.strip), st.integers(20, 100))
@settings(max_examples=200, deadline=None)
def test_no_text_raises(text: str, max_chars: int) -> None:
    line = " ".join(text.split()) or "x"
    headline, _ = headline_of(line, max_chars)
    assert 0 < len(headline.text) <= max_chars


@pytest.mark.skipif(not BBC.exists(), reason="the development data is not here")
@pytest.mark.parametrize("max_chars", HEADLINE_PRESETS.values())
def test_headlines_of_real_news_break_no_rule(max_chars: int) -> None:
    broken = []
    for line in BBC.read_text(encoding="utf-8").splitlines()[:300]:
        text = json.loads(line)["text"]
        spans = tuple(split_sentences(text)[:3])
        terms = extract_terms(text, spans, language="en")
        parsed = ParsedArticle(
            text=text, title=None, language="en", spans=spans, removed=(), terms=terms
        )
        for index, span in enumerate(spans):
            kept = shorten(parsed, index, max_chars)
            if kept is None:
                continue
            headline = headline_text(text, kept)
            pieces = [text[start:end] for start, end in kept]
            found = violations(text[span.start : span.end], headline, pieces)
            broken += [(rule, headline) for rule in found]
    assert broken == []
