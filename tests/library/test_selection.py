from __future__ import annotations

import itertools

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from summarizer.models import Span, WarningCode
from summarizer.options import Avoid, Options
from summarizer.ranking import Ranking, rank
from summarizer.selection import Selection, select
from summarizer.selection.coherence import (
    MAX_GROUP_SENTENCES,
    MAX_QUOTATION_SENTENCES,
    Coherence,
    is_avoided,
)
from summarizer.selection.redundancy import MAX_DIRECT, Redundancy
from summarizer.text.cuts import CutKind, cut_sentence, skip_open_marks
from summarizer.text.enclosures import find_enclosures
from summarizer.text.parsed import ParsedArticle
from tests.library.parsing import line_spans, parse_lines

STORY = """The city of Velmora will close its harbour tunnel for repairs in March.
Engineers found cracks in the lining during an inspection last autumn.
The work will cost 40 million crowns and last until the summer.
Ferry companies have promised extra crossings at peak times.
Shopkeepers on the north bank fear a loss of trade.
A similar closure in 2009 halved the takings of local restaurants.
The regional council has set aside money for compensation."""


def ranking_of(scores: list[float], *, method: str = "lex-rank") -> Ranking:
    return Ranking(scores=scores, reasons=((),) * len(scores), method=method)


def falling(parsed: ParsedArticle, *, method: str = "lex-rank") -> Ranking:
    return ranking_of([1.0 - 0.02 * i for i in range(len(parsed.spans))], method=method)


def chosen(parsed: ParsedArticle, scores: list[float], **options: object) -> tuple[int, ...]:
    return select(parsed, ranking_of(scores), options=Options.from_mapping(options)).indexes


def joined(parsed: ParsedArticle, selection: Selection) -> str:
    return " ".join(parsed.text[start:end] for start, end in selection.spans)


def test_the_best_sentences_stand_in_source_order() -> None:
    assert chosen(parse_lines(STORY), [0.1, 0.9, 0.2, 0.8, 0.3, 1.0, 0.4], sentences=3) == (1, 3, 5)


def test_ties_go_to_the_earlier_sentence() -> None:
    assert chosen(parse_lines(STORY), [0.5] * 7, sentences=2) == (0, 1)


@pytest.mark.parametrize("sentences", [1, 3, 7, 50])
def test_a_budget_of_sentences_is_used_up(sentences: int) -> None:
    parsed = parse_lines(STORY)
    selection = select(parsed, falling(parsed), options=Options(sentences=sentences))
    assert len(selection.indexes) == min(sentences, 7)
    assert not selection.warnings


@pytest.mark.parametrize("method", ["lead", "news", "lex-rank", "random"])
@pytest.mark.parametrize("limit", [1, 2, 5, 9, 17, 40, 90, 300])
def test_no_budget_is_exceeded_and_none_leaves_nothing(method: str, limit: int) -> None:
    parsed = parse_lines(STORY)
    ranking = rank(parsed, method)
    words = joined(parsed, select(parsed, ranking, options=Options(words=limit)))
    assert 1 <= len(words.split()) <= limit
    chars = joined(parsed, select(parsed, ranking, options=Options(chars=limit)))
    assert 1 <= len(chars) <= limit
    share = joined(parsed, select(parsed, ranking, options=Options(ratio=limit / 300)))
    assert 1 <= len(share.split()) <= max(1, limit / 300 * len(STORY.split()))


def test_a_whole_article_is_the_summary_at_full_ratio() -> None:
    parsed = parse_lines(STORY)
    selection = select(parsed, rank(parsed, "news"), options=Options(ratio=1.0))
    assert selection.indexes == tuple(range(7))


def test_characters_count_the_spaces_that_join_sentences() -> None:
    parsed = parse_lines("Rain fell.\nWind rose.\nIce broke.")
    exact = select(parsed, falling(parsed), options=Options(chars=32))
    assert len(joined(parsed, exact)) == 32
    assert len(select(parsed, falling(parsed), options=Options(chars=31)).indexes) == 2


def test_words_of_scripts_without_spaces_are_characters() -> None:
    parsed = parse_lines("港口城市将重新开放码头。\n渡轮公司增加班次。", language="zh")
    selection = select(parsed, falling(parsed), options=Options(words=12))
    assert selection.indexes == (0,)


def test_a_lone_sentence_over_the_budget_is_cut_at_a_clause_and_marked() -> None:
    parsed = parse_lines(
        "The council has approved the new stadium, although residents of the old town say that "
        "the noise will drive them out of their homes."
    )
    selection = select(parsed, falling(parsed), options=Options(chars=60))
    assert joined(parsed, selection) == "The council has approved the new stadium"
    assert [warning.code for warning in selection.warnings] == [WarningCode.SENTENCE_CUT]
    assert "no sentence fits 60 characters" in selection.warnings[0].message
    assert "clause" in selection.warnings[0].message
    lone = select(parsed, falling(parsed), options=Options(words=1))
    assert "no sentence fits 1 word:" in lone.warnings[0].message


def test_marks_that_take_the_room_of_words_are_cut_off_and_marked() -> None:
    parsed = parse_lines("## Profits")
    selection = select(parsed, falling(parsed), options=Options(words=1))
    assert joined(parsed, selection) == "Profits"
    assert [warning.code for warning in selection.warnings] == [WarningCode.SENTENCE_CUT]
    assert "after the marks" in selection.warnings[0].message


def test_a_whole_sentence_that_fits_is_taken_before_a_better_one_is_cut() -> None:
    parsed = parse_lines(STORY)
    selection = select(parsed, falling(parsed), options=Options(words=9))
    assert selection.indexes == (3,)
    assert not selection.warnings


def test_near_duplicates_are_never_both_chosen() -> None:
    parsed = parse_lines(
        "The bank raised its main interest rate to 5 percent on Tuesday.\n"
        "On Tuesday the bank raised its main interest rate to 5 percent, officials said.\n"
        "Shares fell in early trading.\n"
        "The bank raised its main interest rate to 5 percent on Tuesday."
    )
    assert chosen(parsed, [1.0, 0.9, 0.1, 0.8], sentences=3) == (0, 2)


def test_alike_sentences_about_different_things_are_both_chosen() -> None:
    parsed = parse_lines(
        "Sales of vans in Norvia rose by 3 percent in June.\n"
        "Sales of bikes in Castria fell by 7 percent in July."
    )
    assert chosen(parsed, [1.0, 0.9], sentences=2) == (0, 1)


@pytest.mark.parametrize(
    ("taken", "repeat"),
    [
        ("a{0} b{0} c{0} d{0} e{0} common", "a{0} b{0} c{0} d{0} e{0} shared"),
        ("a{0} b{0} c{0} d{0} e{0} f{0} g{0} h{0} i{0} j{0}", "a{0} b{0} c{0} d{0} e{0}"),
        ("a{0} b{0} c{0} d{0} e{0}", "a{0} b{0} c{0} d{0} e{0} f{0} g{0} h{0} i{0} j{0}"),
    ],
)
def test_many_sentences_are_compared_like_few(taken: str, repeat: str) -> None:
    count = MAX_DIRECT * 3
    lines = [pattern.format(f"word{i}") for pattern in (taken, repeat) for i in range(count)]
    redundancy = Redundancy(parse_lines("\n".join(lines)).terms)
    for index in range(count):
        assert not redundancy.is_near_duplicate(index)
        redundancy.take(index)
    assert all(redundancy.is_near_duplicate(count + index) for index in range(count))


LEANING = """Greta Holm has won the mayoral election in Aster by 300 votes.
She thanked the volunteers who had knocked on every door.
The turnout was the highest since 1975.
But the council remains divided.
A recount was ruled out by the commission."""


def test_a_sentence_that_leans_on_a_missing_one_is_passed_over() -> None:
    assert chosen(parse_lines(LEANING), [0.2, 1.0, 0.8, 0.9, 0.7], sentences=2) == (2, 3)
    assert chosen(parse_lines(LEANING), [0.2, 1.0, 0.5, 0.9, 0.7], sentences=1) == (4,)


def test_a_sentence_is_taken_with_the_one_it_leans_on_where_that_is_worth_it() -> None:
    parsed = parse_lines(LEANING)
    ranking = ranking_of([0.8, 1.0, 0.3, 0.2, 0.7])
    selection = select(parsed, ranking, options=Options(sentences=2))
    assert selection.indexes == (0, 1)
    assert "gives a chosen sentence its context" in selection.reasons[0]


def test_leaning_sentences_follow_as_soon_as_nothing_before_them_is_missing() -> None:
    parsed = parse_lines("Rain fell.\nHe left.\nShe stayed.\nThey wrote.")
    assert chosen(parsed, [0.1, 0.2, 0.3, 1.0], sentences=3) == (0, 1, 2)


def test_leaning_sentences_fill_a_budget_that_no_others_can() -> None:
    parsed = parse_lines("Rain fell.\nIce broke.\nRain fell.\nHe left.\nShe stayed.")
    assert chosen(parsed, [0.1, 0.2, 1.0, 0.4, 0.9], sentences=4) == (1, 2, 3, 4)


@pytest.mark.parametrize(
    ("language", "sentence", "leans"),
    [
        ("en", "He denied it.", True),
        ("en", "“They lied,” he said.", True),
        ("en", "However, rents rose.", True),
        ("en", "As a result, rents rose.", True),
        ("en", "He-men posed.", False),
        ("en", "This week the fair opens.", False),
        ("en", "This law will fail.", True),
        ("en", "Those who left were cold.", False),
        ("en", "Heavy rain fell.", False),
        ("de", "Sie lehnte ab.", True),
        ("de", "Die Stadt lehnte ab.", False),
        ("de", "Dies teilte die Stadt mit.", True),
        ("de", "Das teilte die Stadt mit.", True),
        ("de", "Das Land lehnte ab.", False),
        ("de", "Seinen Rücktritt lehnte er ab.", True),
        ("da", "Hun afviste det.", True),
        ("da", "Byen afviste planen.", False),
        ("it", "Ciò costa molto.", True),
        ("no", "Dette avviste byen.", True),
        ("pl", "Jego żona odmówiła.", True),
        ("pl", "Miasto odmówiło.", False),
        ("uk", "Однак місто відмовилося.", True),
        ("fr", "Cependant, il pleut.", True),
        ("fr", "Le maire refuse.", False),
        ("zh", "但是他走了。", True),
        ("xx", "He left.", False),
    ],
)
def test_openers_point_back_in_their_language(language: str, sentence: str, leans: bool) -> None:
    parsed = parse_lines(f"First one.\n{sentence}", language=language)
    assert Coherence(parsed).leans_back(1) is leans
    assert not Coherence(parse_lines(sentence, language=language)).leans_back(0)


def test_a_sentence_that_fits_is_not_cut_because_it_leans_on_one_that_does_not() -> None:
    parsed = parse_lines("The " + "very " * 40 + "long strike ended.\nIt cost the port dear.")
    selection = select(parsed, ranking_of([0.5, 1.0]), options=Options(words=10))
    assert joined(parsed, selection) == "It cost the port dear."
    assert not selection.warnings


def test_a_sentence_is_not_taken_with_one_that_it_repeats() -> None:
    parsed = parse_lines("It was late in Brenn.\nIt was late in Brenn.\nShips left the harbour.")
    assert chosen(parsed, [0.9, 1.0, 0.1], sentences=3) == (0, 2)


QUOTED = """The mayor spoke to the crowd on the quay for an hour.
“Our harbour is open for business again,” Holm said, “and our tunnel will follow.
Nobody will be left behind on the north bank.”
Cranes began unloading grain at noon.
The first ship came from Brenn."""


def test_companions_do_not_repeat_each_other() -> None:
    parsed = parse_lines(
        '"Bring the coal home to the harbour town now.\n'
        "Bring home the coal to the harbour town now.\n"
        'Nobody will go cold this winter," said Ada Brill, the harbour master.\n'
        "The mine closed in May."
    )
    assert not {0, 1} <= set(chosen(parsed, [0.9, 0.9, 1.0, 0.1], sentences=3))


def test_a_chain_of_forgotten_marks_holds_nothing_together() -> None:
    parsed = parse_lines("\n".join(['Rain" fell “on the town'] * 200))
    coherence = Coherence(parsed)
    longest = max(len(coherence.group(index, covered=())) for index in range(200))
    assert longest <= MAX_QUOTATION_SENTENCES + MAX_GROUP_SENTENCES


@pytest.mark.parametrize("mark", ["–", "...", "$ &"])
def test_a_sentence_is_not_cut_down_to_a_mark(mark: str) -> None:
    parsed = parse_lines(f"{mark} The mayor of Halden said no.")
    selection = select(parsed, ranking_of([1.0]), options=Options(words=1))
    assert joined(parsed, selection) == "The"


def test_a_quotation_is_not_torn() -> None:
    parsed = parse_lines(QUOTED)
    assert chosen(parsed, [0.5, 1.0, 0.1, 0.6, 0.4], sentences=2) == (0, 3)
    assert chosen(parsed, [0.5, 1.0, 0.9, 0.6, 0.4], sentences=2) == (1, 2)


def test_lead_takes_the_first_sentences_whatever_they_hold() -> None:
    for text, sentences in itertools.product([LEANING, QUOTED, STORY], range(1, 6)):
        parsed = parse_lines(text)
        selection = select(parsed, rank(parsed, "lead"), options=Options(sentences=sentences))
        assert selection.indexes == tuple(range(sentences))


AVOIDABLE = """“We are delighted,” said the owner of the mill.
Will the mill survive the winter?
What a year it has been!
The mill employs 200 people in the valley.
Its orders have doubled since the spring."""


@pytest.mark.parametrize(("kind", "index"), [("quotes", 0), ("questions", 1), ("exclamations", 2)])
def test_a_kind_to_avoid_is_avoided_where_others_are_left(kind: str, index: int) -> None:
    parsed = parse_lines(AVOIDABLE)
    scores = [0.5] * 5
    scores[index] = 1.0
    options = Options.from_mapping({"sentences": 3, "avoid": [kind]})
    selection = select(parsed, ranking_of(scores), options=options)
    assert index not in selection.indexes
    assert len(selection.indexes) == 3
    assert not selection.warnings


@pytest.mark.parametrize(
    ("kind", "sentence"),
    [
        ("quotes", "‚Nein‘, sagte der Bauer."),
        ("quotes", "``No,'' said the owner."),
        ("quotes", "''No,'' said the owner."),
        ("quotes", "’’Non’’, dit-il."),
        ("quotes", "＂No＂ was all he said."),
        ("questions", "What now?!"),
        ("questions", "What now!?"),
        ("questions", "¿Y ahora? preguntó."),
        ("exclamations", "What now!?"),
        ("exclamations", "¡Ya! gritó."),
    ],
)
def test_every_way_of_writing_a_kind_is_known(kind: str, sentence: str) -> None:
    assert is_avoided(sentence, [Avoid(kind)])
    for plain in ("The workers’ union isn't new.", "Yahoo! said so.", "It rose 5 % (see p. 3)."):
        assert not is_avoided(plain, list(Avoid))


def test_a_kind_to_avoid_is_taken_and_marked_where_no_others_are_left() -> None:
    parsed = parse_lines(AVOIDABLE)
    options = Options.from_mapping({"sentences": 5, "avoid": ["quotes"]})
    selection = select(parsed, falling(parsed), options=options)
    assert selection.indexes == (0, 1, 2, 3, 4)
    assert [warning.code for warning in selection.warnings] == [WarningCode.AVOID_RELAXED]
    limited = Options.from_mapping({"words": 500, "avoid": ["quotes"]})
    assert 0 not in select(parsed, falling(parsed), options=limited).indexes


def test_reasons_stand_beside_each_chosen_sentence() -> None:
    parsed = parse_lines(STORY)
    selection = select(parsed, ranking_of([0.1, 0.9, 0.2, 0.8, 0, 0, 0]), options=Options())
    assert selection.indexes == (1, 2, 3)
    assert selection.reasons == (
        ("ranked 1 of 7 by lex-rank",),
        ("ranked 3 of 7 by lex-rank",),
        ("ranked 2 of 7 by lex-rank",),
    )


def test_a_query_brings_up_the_sentences_about_it() -> None:
    parsed = parse_lines(STORY, query="ferry crossings")
    selection = select(parsed, rank(parsed, "lex-rank"), options=Options(sentences=1))
    assert selection.indexes == (3,)
    assert "is about the query" in selection.reasons[0]


@pytest.mark.parametrize(("sentences", "indexes"), [(1, (1,)), (2, (0, 1)), (3, (0, 1, 4))])
def test_a_query_is_answered_by_a_sentence_that_leans(
    sentences: int, indexes: tuple[int, ...]
) -> None:
    parsed = parse_lines(LEANING, query="volunteers")
    assert chosen(parsed, [0.1, 1.0, 0.0, 0.5, 0.4], sentences=sentences) == indexes


def test_the_answer_to_a_query_makes_no_room_for_others_that_lean() -> None:
    parsed = parse_lines(LEANING, query="Greta Holm, volunteers, council")
    assert chosen(parsed, [0.9, 0.2, 0.1, 1.0, 0.4], sentences=1) == (3,)
    assert chosen(parsed, [0.9, 0.2, 0.1, 0.8, 0.4], sentences=2) == (0, 4)


@pytest.mark.parametrize(
    ("text", "max_chars", "kept", "kind"),
    [
        ("Rain fell on Brenn.", 40, "Rain fell on Brenn.", CutKind.WHOLE),
        ("Rain fell, and the river rose.", 20, "Rain fell", CutKind.CLAUSE),
        ("Rain fell on Brenn because clouds came.", 30, "Rain fell on Brenn", CutKind.CLAUSE),
        ("Holm spoke of “hope, trust and faith” there.", 35, "Holm spoke", CutKind.WORD),
        (
            "Holm and Brun told us: “hope, trust and faith grow in the town”.",
            60,
            "Holm and Brun told us",
            CutKind.CLAUSE,
        ),
        (
            "“Hope and trust”, so Holm, grow in Brenn.",
            35,
            "“Hope and trust”, so Holm",
            CutKind.CLAUSE,
        ),
        ("Rain fell on the town of Brenn all day.", 25, "Rain fell on the town", CutKind.WORD),
        ("The fair cost Aster 12 million crowns.", 24, "The fair cost Aster", CutKind.WORD),
        ("Olaf Brun met Greta Holm of Aster.", 20, "Olaf Brun met", CutKind.WORD),
        ("Rindfleischetikettierungsgesetz gilt.", 9, "Rindfleis", CutKind.CHARACTER),
        ("港口城市将重新开放，码头关闭。", 12, "港口城市将重新开放", CutKind.CLAUSE),
        ("港口城市将重新开放码头并且关闭", 8, "港口城市将重新开", CutKind.WORD),
        ("e\u0301e\u0301e\u0301", 3, "e\u0301", CutKind.CHARACTER),
    ],
)
def test_a_sentence_is_cut_where_it_reads_best(
    text: str, max_chars: int, kept: str, kind: CutKind
) -> None:
    language = "zh" if text[0] == "港" else "en"
    cut = cut_sentence(text, line_spans(text)[0], max_chars=max_chars, language=language)
    assert text[slice(*cut.span)] == kept
    assert cut.kind is kind


@pytest.mark.parametrize(
    ("text", "max_chars", "rest"),
    [
        ("“Hope and trust grow”, said Holm.", 20, "Hope and trust grow”, said Holm."),
        ("``Hope and trust grow'', said Holm.", 20, "Hope and trust grow'', said Holm."),
        ("(“Hope and trust grow”, said Holm.)", 9, "Hope and trust grow”, said Holm.)"),
        ("“Hope and trust grow”, said Holm.", 25, "“Hope and trust grow”, said Holm."),
        ("“Hope and trust", 15, "“Hope and trust"),
    ],
)
def test_marks_that_would_stay_open_are_skipped(text: str, max_chars: int, rest: str) -> None:
    span = skip_open_marks(text, Span(0, len(text)), max_chars=max_chars)
    assert text[slice(*span)] == rest


@pytest.mark.parametrize(
    ("text", "pairs", "open_marks"),
    [
        ('He said: "No." Then "yes".', ['"No."', '"yes"'], 0),
        ("The ‘lonely bromance’ of the workers’ union isn't new", ["‘lonely bromance’"], 0),
        ("the '90s and the workers' pay", [], 0),
        ("„Nein“, sagte er.", ["„Nein“"], 0),
        ("Il a dit « oui » hier", ["« oui »"], 0),
        ("”Hej”, sa han.", ["”Hej”"], 0),
        ("a (b [c] d) e", ["[c]", "(b [c] d)"], 0),
        ("6'2\" tall", [], 1),
        ("“One.\n“Two.”", ["“Two.”"], 1),
        ("((a)", ["(a)"], 1),
        ("``I 'll go , '' he said . ``No'' !", ["``I 'll go , ''", "``No''"], 0),
        ("``I said 'no' to it", [], 1),
    ],
)
def test_marks_are_paired(text: str, pairs: list[str], open_marks: int) -> None:
    marks = find_enclosures(text)
    assert [text[start:end] for start, end in marks.pairs] == pairs
    assert len(marks.unclosed) + len(marks.unopened) == open_marks


LINES = st.lists(
    st.text(st.characters(exclude_characters="\n"), min_size=1, max_size=60).filter(str.strip),
    min_size=1,
    max_size=12,
)


@given(LINES, st.sampled_from(["sentences", "words", "chars", "ratio"]), st.integers(1, 40))
@example(["## Profits"], "words", 1)
@settings(max_examples=300, deadline=None)
def test_any_text_gives_a_paragraph_of_its_own_within_the_budget(
    lines: list[str], budget: str, limit: int
) -> None:
    parsed = parse_lines("\n".join(" ".join(line.split()) for line in lines))
    options = Options.from_mapping({budget: limit / 40 if budget == "ratio" else limit})
    selection = select(parsed, falling(parsed), options=options)
    text = joined(parsed, selection)
    sizes = {"sentences": len(selection.indexes), "words": len(text.split()), "chars": len(text)}
    assert 0 < sizes.get(budget, 1) <= limit
    assert text
    assert list(selection.indexes) == sorted(set(selection.indexes))
    assert len(selection.indexes) == len(selection.spans) == len(selection.reasons)
    for index, span in zip(selection.indexes, selection.spans, strict=True):
        sentence = parsed.spans[index]
        assert sentence.start <= span.start < span.end <= sentence.end
        left_out = parsed.text[sentence.start : span.start]
        assert not any(map(str.isalnum, left_out))
    assert selection == select(parsed, falling(parsed), options=options)
