from __future__ import annotations

import subprocess
import sys
import threading
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summarizer.models import Span
from summarizer.text import lexicon as lexicon_module
from summarizer.text.lexicon import load_lexicon
from summarizer.text.stems import MAX_STEMMED_CHARS, STEMMED_LANGUAGES, fold, make_stemmer
from summarizer.text.stopwords import STOP_WORD_LANGUAGES, stop_words
from summarizer.text.terms import Terms, extract_terms, read_words
from tests.library.parsing import line_spans, parse_lines
from tests.library.timing import seconds_without_collector


def words_of(text: str, *, language: str = "en") -> list[str]:
    return [word.text for word in read_words(text, language=language)]


def stems_of(text: str, *, language: str = "en") -> list[str]:
    return [word.stem for word in read_words(text, language=language)]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The minister resigned.", ["The", "minister", "resigned"]),
        ("Putin’s jet and Kim's train", ["Putin’s", "jet", "and", "Kim's", "train"]),
        ("a 20-year-old state-run firm", ["a", "20-year-old", "state-run", "firm"]),
        ("grew 4.5% to $1,000.50 in 2024", ["grew", "4.5", "to", "1,000.50", "in", "2024"]),
        ("“Never,” he said – twice…", ["Never", "he", "said", "twice"]),
        ("The U.S. and the E.U. met at 5 p.m.", "The U.S. and the E.U. met at 5 p.m.".split()),
        ("in the media.The firm", ["in", "the", "media", "The", "firm"]),
        ("yes/no and/or", ["yes", "no", "and", "or"]),
        ("'quoted' -dashed- _marked_", ["quoted", "dashed", "marked"]),
        ("Ελλάδα Москва Łódź naïve", ["Ελλάδα", "Москва", "Łódź", "naïve"]),
        ("हिन्दी में समाचार", ["हिन्दी", "में", "समाचार"]),
        ('אמר כי צה"ל וצה״ל, "היום"', ["אמר", "כי", 'צה"ל', "וצה״ל", "היום"]),
        ("... — !? §", []),
        ("", []),
    ],
)
def test_words_are_found_as_a_reader_sees_them(text: str, words: list[str]) -> None:
    assert words_of(text) == words


def test_scripts_without_spaces_are_read_in_pairs_of_characters() -> None:
    assert words_of("北京大学", language="xx") == ["北京", "京大", "大学"]
    assert words_of("ABC社は東京", language="xx") == ["ABC", "社は", "は東", "東京"]
    assert words_of("火", language="xx") == ["火"]


def test_an_installed_dictionary_tells_words_apart() -> None:
    assert words_of("日本の首相は東京で", language="ja") == [
        "日本",
        "の",
        "首相",
        "は",
        "東京",
        "で",
    ]


def test_the_forms_of_a_word_have_one_stem() -> None:
    assert len(set(stems_of("Minister ministers MINISTER minister's ministers’ Minister’s"))) == 1
    assert stems_of("été")[0] == stems_of("e\u0301te\u0301")[0]
    assert len(set(stems_of("co\u00adoperate cooperate", language="xx"))) == 1


def test_different_words_have_different_stems() -> None:
    assert len(set(stems_of("minister government 4.5 4,5 2024 2025"))) == 6


@pytest.mark.parametrize(
    ("language", "forms"),
    [
        ("de", "Regierung Regierungen"),
        ("fr", "économie économies l’économie d'économie"),
        ("es", "elección elecciones"),
        ("it", "elezione elezioni dell'elezione"),
        ("ru", "президент президента президентом"),
        ("cs", "město města"),
        ("el", "κυβέρνηση κυβέρνησης κυβερνήσεις"),
        ("id", "pemerintah pemerintahan memerintah"),
        ("pl", "rząd rządu rządowi"),
        ("tr", "hükümet hükümetin hükümetler"),
        ("uk", "уряду урядом"),
    ],
)
def test_inflections_and_elisions_are_folded(language: str, forms: str) -> None:
    assert len(set(stems_of(forms, language=language))) == 1


def test_words_that_only_look_elided_stay_whole() -> None:
    assert stems_of("aujourd'hui", language="fr") == stems_of("aujourd’hui", language="fr")
    assert stems_of("aujourd'hui", language="fr") != stems_of("hui", language="fr")


def test_stop_words_are_known_in_any_case_and_with_any_apostrophe() -> None:
    flags = [word.is_stop for word in read_words("The THE don't don’t economy", language="en")]
    assert flags == [True, True, True, True, False]


@pytest.mark.parametrize("language", sorted(STOP_WORD_LANGUAGES))
def test_every_listed_language_has_stop_words_in_lower_case(language: str) -> None:
    words = stop_words(language)
    assert len(words) > 50
    assert all(word == word.lower() and word.strip() == word for word in words)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("de", "und der die das nicht"),
        ("fr", "de la une les dans qu'il"),
        ("es", "de la que los por"),
        ("pt", "de o que não uma"),
        ("nl", "de het een van niet"),
        ("sv", "och att det inte"),
        ("no", "og det ikke som"),
        ("da", "og det ikke af"),
        ("fi", "ja ei että oli"),
        ("ru", "и в не на что"),
        ("uk", "і в не на що"),
        ("vi", "và của là những"),
        ("sw", "na ya wa kwa"),
        ("id", "yang dan di tidak"),
        ("tr", "ve bir için daha"),
        ("hu", "és a hogy nem"),
        ("ro", "și de la nu"),
        ("pl", "i w nie że"),
        ("cs", "a v se na"),
    ],
)
def test_the_commonest_words_of_a_language_are_stop_words(language: str, text: str) -> None:
    assert all(word.is_stop for word in read_words(text, language=language)), text


def test_a_language_without_resources_is_read_all_the_same() -> None:
    words = read_words("Ny filoha dia niteny", language="mg")
    assert [word.stem for word in words] == ["ny", "filoha", "dia", "niteny"]
    assert not any(word.is_stop for word in words)


def test_terms_lay_the_sentences_out_one_after_the_other() -> None:
    terms = parse_lines("Shares fell on Monday.\n–\nThe share fell again.").terms
    assert [word.text for word in terms.sentence(0)] == ["Shares", "fell", "on", "Monday"]
    assert terms.sentence(1) == ()
    assert [word.text for word in terms.sentence(2)] == ["The", "share", "fell", "again"]
    assert terms.pointers.tolist() == [0, 4, 4, 8]
    assert terms.stem_ids.tolist() == [0, 1, 2, 3, 4, 0, 1, 5]
    assert terms.vocabulary[:2] == ("share", "fell")
    assert terms.is_content.tolist() == [True, True, False, True, False, True, True, False]


def test_title_and_query_name_only_content_stems_of_the_article() -> None:
    terms = parse_lines(
        "Shares fell.\nBanks rose.", title="The banks: shares and bonds", query="of SHARE"
    ).terms
    assert [terms.vocabulary[index] for index in terms.title_ids] == ["share", "bank"]
    assert [terms.vocabulary[index] for index in terms.query_ids] == ["share"]
    assert [word.text for word in terms.query] == ["of", "SHARE"]


def test_an_article_without_sentences_has_empty_terms() -> None:
    terms = extract_terms("", (), language="en")
    assert terms.sentence_count == 0
    assert terms.words == ()
    assert terms.vocabulary == ()


def test_a_stem_is_looked_up_once() -> None:
    asked: list[str] = []

    def length_of(stem: str) -> int:
        asked.append(stem)
        return len(stem)

    for text in ("Cranes lifted quokkas.", "Quokkas watched numbats.", "Cranes lifted quokkas."):
        terms = parse_lines(text, language="xq").terms
        found = terms.lexicon.look_up(terms.stem_numbers, length_of)
        assert found.tolist() == [len(stem) for stem in terms.vocabulary]
    assert sorted(asked) == ["cranes", "lifted", "numbats", "quokkas", "watched"]


def as_values(terms: Terms) -> tuple[object, ...]:
    words = [(word.text, word.lower, word.stem, word.is_stop) for word in terms.words]
    return words, terms.stem_ids.tolist(), terms.is_content.tolist(), terms.vocabulary


def test_terms_do_not_depend_on_what_was_read_before(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "The bank's shares fell.\nBanking shares, and/or bonds, rose 4.5 per cent."
    before = as_values(parse_lines(text).terms)
    read_words("rose cent bonds Bank bank's banks per the", language="en")
    assert as_values(parse_lines(text).terms) == before
    monkeypatch.setattr(lexicon_module, "MAX_ENTRIES", 3)
    assert as_values(parse_lines(text).terms) == before
    assert as_values(parse_lines(text).terms) == before


def test_what_is_remembered_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lexicon_module, "MAX_ENTRIES", 100)
    first = read_words("often", language="xy")
    for number in range(1010):
        often, *_ = read_words(f"often word{number} {'long' * 100}{number}", language="xy")
        assert often is first[0]
    terms = parse_lines("often", language="xy").terms
    lexicon = terms.lexicon
    for held in (lexicon, lexicon._older):
        assert held
        assert len(held) <= 103
        assert max(map(len, held)) <= lexicon_module.MAX_ENTRY_CHARS
    for number in range(300):
        parse_lines(f"{'word' * 20}{number}", language="xy")
    assert len(load_lexicon("xy")._terms) <= 103
    assert len(load_lexicon("xy")._stems) <= 103
    parse_lines(" ".join(f"number{number}" for number in range(300)), language="xy")
    assert not load_lexicon("xy")._older


def test_threads_reading_at_once_read_the_same() -> None:
    # NLTK's Arabic stemmer keeps what it knows of a word in itself.
    words = [
        "".join(letters) for letters in product("كتبمدرس", "اوي", "نلم", ["", "ون", "ات", "ها"])
    ]
    stem = make_stemmer("ar")
    expected = [stem(fold(word, language="ar")) for word in words]
    found: list[list[str]] = []
    start = threading.Barrier(4)

    def read() -> None:
        start.wait()
        found.append([word.stem for word in read_words(" ".join(words), language="ar")])

    threads = [threading.Thread(target=read) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [expected] * 4


@pytest.mark.parametrize("language", sorted(STEMMED_LANGUAGES))
@settings(max_examples=60, deadline=None)
@given(word=st.text(max_size=2 * MAX_STEMMED_CHARS))
def test_no_word_of_any_kind_breaks_a_stemmer(language: str, word: str) -> None:
    stem = make_stemmer(language)(fold(word, language=language))
    assert isinstance(stem, str)


any_text = st.text(
    alphabet=st.characters(codec=None) | st.sampled_from("aZ'’-.,0 \n\ud800\x00é\u0301京"),
    max_size=120,
)


@settings(max_examples=300, deadline=None)
@given(text=any_text, language=st.sampled_from(["en", "fr", "ja", "zh", "xx"]))
def test_words_are_stretches_of_the_text_in_order(text: str, language: str) -> None:
    spans = line_spans(text)
    terms = extract_terms(text, spans, language=language, title=text, query=text)
    for index, span in enumerate(spans):
        place = span.start
        for word in terms.sentence(index):
            # Pairs of characters overlap by one.
            place = text.index(word.text, max(place - 1, span.start), span.end) + len(word.text)
    assert len(terms.words) == terms.pointers[-1]
    columns = (terms.stem_ids.tolist(), terms.is_content.tolist(), terms.is_capital.tolist())
    for word, stem, is_content, is_capital in zip(terms.words, *columns, strict=True):
        assert terms.vocabulary[stem] == word.stem
        assert is_content is not word.is_stop
        assert is_capital is (word.lower is not word.text)


@settings(max_examples=200, deadline=None)
@given(text=any_text)
def test_every_word_read_alone_is_itself(text: str) -> None:
    for word in read_words(text, language="en"):
        assert [alone.text for alone in read_words(word.text, language="en")] == [word.text]


@pytest.mark.parametrize(
    "unit", ["a.b.", "a'", "á\u0316", "1,", "京", "x\u00ad", "a/", "((", "'’-"]
)
def test_endless_text_without_spaces_takes_linear_time(unit: str) -> None:
    def seconds(chars: int) -> float:
        text = unit * (chars // len(unit))
        spans = (Span(0, len(text)),)
        return seconds_without_collector(lambda: extract_terms(text, spans, language="en"))

    seconds(10_000)
    assert seconds(400_000) < 40 * max(min(seconds(40_000) for _ in range(3)), 0.005)


def test_reading_english_loads_no_network_package() -> None:
    code = (
        "import sys; from summarizer.text.terms import read_words; "
        "read_words('The shares fell', language='en'); print('requests' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert done.stdout.strip() == "False"
