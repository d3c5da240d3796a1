"""What every summary keeps to, whatever the text: checked by the fuzzer and by the properties."""

from __future__ import annotations

from itertools import pairwise

import orjson

from summarizer import Options, Summary, WarningCode
from summarizer.selection.budget import count_words


def check_summary(text: str, options: Options, summary: Summary) -> None:
    """Assert all that is promised of a summary of this text with these options."""
    _check_sentences(text, summary)
    _check_paragraph(text, options, summary)
    _check_headline(text, options, summary)
    for removed in summary.removed:
        assert 0 <= removed.start < removed.end <= len(text)
    assert len(summary.keywords) <= options.keywords
    for keyword in summary.keywords:
        assert keyword.spans
        assert text[slice(*keyword.spans[0])] == keyword.text
    # A lone surrogate has no place in JSON's UTF-8; everything else has.
    orjson.loads(orjson.dumps(summary.to_dict()) if _is_encodable(text) else b"{}")


def _check_sentences(text: str, summary: Summary) -> None:
    chosen = set(summary.paragraph.sentence_indexes)
    assert summary.sentences
    for index, sentence in enumerate(summary.sentences):
        assert sentence.index == index
        assert sentence.start < sentence.end
        assert text[sentence.start : sentence.end] == sentence.text
        assert 0.0 <= sentence.score <= 1.0
        assert sentence.selected is (index in chosen)
        assert bool(sentence.reasons) is sentence.selected
    for one, following in pairwise(summary.sentences):
        assert one.end <= following.start


def _check_paragraph(text: str, options: Options, summary: Summary) -> None:
    paragraph = summary.paragraph
    indexes = paragraph.sentence_indexes
    assert paragraph.text
    assert list(indexes) == sorted(set(indexes))
    assert " ".join(text[start:end] for start, end in paragraph.spans) == paragraph.text
    is_cut = any(warning.code is WarningCode.SENTENCE_CUT for warning in summary.warnings)
    for index, (start, end) in zip(indexes, paragraph.spans, strict=True):
        home = summary.sentences[index]
        assert home.start <= start < end <= home.end
        assert is_cut or (start, end) == (home.start, home.end)
    if options.sentences is not None:
        assert len(indexes) <= options.sentences
    if options.chars is not None:
        assert len(paragraph.text) <= options.chars
    words = _word_limit(options, summary)
    assert (
        words is None or sum(count_words(text[slice(*span)]) for span in paragraph.spans) <= words
    )


def _word_limit(options: Options, summary: Summary) -> int | None:
    if options.ratio is None:
        return options.words
    total = sum(count_words(sentence.text) for sentence in summary.sentences)
    return max(1, int(total * options.ratio))


def _check_headline(text: str, options: Options, summary: Summary) -> None:
    headline = summary.headline
    assert 0 < len(headline.text) <= options.headline_chars
    home = summary.sentences[headline.sentence_index]
    places = [place for span in headline.spans for place in span]
    assert places == sorted(places)
    assert home.start <= places[0] <= places[-1] <= home.end
    joined = " ".join(text[start:end] for start, end in headline.spans)
    assert _letters(joined) == _letters(headline.text)


def _letters(text: str) -> str:
    """Return the text without what a headline may change: white space, capital, full stop."""
    return "".join(text.split()).rstrip(".。").casefold()


def _is_encodable(text: str) -> bool:
    return not any("\ud800" <= character <= "\udfff" for character in text)
