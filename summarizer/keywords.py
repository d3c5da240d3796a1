"""What an article is about, in words and phrases as they stand in it.

Knows words and places: it must not know scores of sentences or what is summarised.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from statistics import fmean, median_low
from typing import NamedTuple

import numpy as np

from summarizer.models import Keyword, Span
from summarizer.text.calendar import MONTHS, WEEKDAYS
from summarizer.text.parsed import ParsedArticle
from summarizer.text.terms import Term
from summarizer.text.unspaced import UNSPACED

# Names have up to four words; more of an article than this says nothing new of what it is about.
MAX_PHRASE_WORDS = 4
MAX_WORDS = 20_000
MAX_OCCURRENCES = 100
_SCORE_DECIMALS = 6
_MIN_CHARS = 3
# Two keywords that share so much of the shorter one's stems say the same.
_MAX_SHARED = 0.5
_UNSPACED = re.compile(f"[{UNSPACED}]")
_POSSESSIVE = re.compile(r"['’ʼ]s?\Z")

Phrase = tuple[str, ...]


class _Word(NamedTuple):
    """One word at its place.

    Attributes:
        term: the word.
        lower: the same in lower case, without a possessive ending.
        span: where that stands.
        sentence: in which sentence.
        opens: whether it opens the sentence, so that its capital means nothing.
        is_joined: whether it may be one phrase with the word before it.
    """

    term: Term
    lower: str
    span: Span
    sentence: int
    opens: bool
    is_joined: bool


def extract_keywords(parsed: ParsedArticle, *, count: int) -> tuple[Keyword, ...]:
    """Return the words and phrases that an article is about, best first.

    Candidates are runs of content words. Each word is weighted by its case, its place, its
    frequency, the variety of its neighbours and the sentences it occurs in, all counted over its
    stem, and a phrase by its words (YAKE: Campos et al., "YAKE! Keyword extraction from single
    documents using multiple local features", Information Sciences 509, 2020). No two keywords
    share most of their words. Of very long articles the first `MAX_WORDS` words are read.

    Args:
        parsed: the article.
        count: at most so many keywords.

    Returns:
        Keywords with a score above 0 and up to 1, which the best has; the spans are the places of
        the same words in whatever case, in order, at most `MAX_OCCURRENCES` of them.
    """
    words = list(_locate(parsed))
    weights = _weigh(words, sentences=len(parsed.spans))
    dates = WEEKDAYS | MONTHS if parsed.language == "en" else frozenset()
    places = {
        phrase: found
        for phrase, found in _find_phrases(words).items()
        # No article is about Tuesday.
        if not dates.issuperset(phrase)
    }
    scores = {
        phrase: _phrase_weight(
            [weights[words[found[0] + i].term.stem] for i in range(len(phrase))], count=len(found)
        )
        for phrase, found in places.items()
    }
    ranked = sorted(places, key=lambda phrase: (-scores[phrase], places[phrase][0], len(phrase)))
    keywords: list[Keyword] = []
    taken: list[frozenset[str]] = []
    for phrase in ranked:
        if len(keywords) >= count:
            break
        first = places[phrase][0]
        stems = frozenset(word.term.stem for word in words[first : first + len(phrase)])
        if any(len(stems & other) > _MAX_SHARED * min(len(stems), len(other)) for other in taken):
            continue
        taken.append(stems)
        spans = [_span(words, at, len(phrase)) for at in places[phrase][:MAX_OCCURRENCES]]
        score = round(scores[phrase] / scores[ranked[0]], _SCORE_DECIMALS)
        keywords.append(
            Keyword(text=parsed.text[slice(*spans[0])], score=score, spans=tuple(spans))
        )
    return tuple(keywords)


def _locate(parsed: ParsedArticle) -> Iterator[_Word]:
    """Find the place of each word: nothing but marks and space stands between two of them."""
    text = parsed.text
    left = MAX_WORDS
    for sentence, span in enumerate(parsed.spans):
        end = span.start
        is_phrase = False
        for term in parsed.terms.sentence(sentence)[: max(0, left)]:
            # Words of scripts without spaces overlap by one character.
            overlap = end > span.start and _UNSPACED.match(text, end - 1) is not None
            start = text.find(term.text, end - overlap)
            gap = text[end:start]
            ending = _POSSESSIVE.search(term.text)
            stop = start + (ending.start() if ending else len(term.text))
            yield _Word(
                term=term,
                lower=text[start:stop].lower(),
                span=Span(start, stop),
                sentence=sentence,
                opens=end == span.start,
                is_joined=is_phrase and (not gap or gap.isspace()),
            )
            is_phrase = ending is None
            end = start + len(term.text)
            left -= 1


def _find_phrases(words: Sequence[_Word]) -> Mapping[Phrase, list[int]]:
    """Return where each candidate begins, by its words in lower case.

    A candidate is a content word, a whole name, or a run of up to `MAX_PHRASE_WORDS` content words
    that no mark parts and that comes again; never part of a longer one that comes as often.
    """
    places: dict[Phrase, list[int]] = defaultdict(list)
    names: set[Phrase] = set()
    for first, end, is_name in _runs(words):
        for start in range(first, end):
            for stop in range(start + 1, min(end, start + MAX_PHRASE_WORDS) + 1):
                places[tuple([word.lower for word in words[start:stop]])].append(start)
        if is_name and end - first <= MAX_PHRASE_WORDS:
            names.add(tuple([word.lower for word in words[first:end]]))
    candidates = {
        phrase: found
        for phrase, found in places.items()
        if phrase in names
        or (len(phrase) > 1 and len(found) > 1)
        or (len(phrase) == 1 and _is_telling(words[found[0]]))
    }
    parts = {
        part
        for phrase, found in candidates.items()
        for part in (phrase[1:], phrase[:-1])
        if len(places.get(part, ())) == len(found)
    }
    return {phrase: found for phrase, found in candidates.items() if phrase not in parts}


def _runs(words: Sequence[_Word]) -> Iterator[tuple[int, int, bool]]:
    """Give the runs of content words, split where names begin and end, and which are names."""
    named = {word.lower for word in words if word.term.text[0].isupper() and not word.opens}
    first = 0
    was_name = is_name = False
    for index, word in enumerate(words):
        is_name = word.term.text[0].isupper() and word.lower in named
        if index > first and (word.term.is_stop or not word.is_joined or is_name != was_name):
            yield first, index, was_name
            first = index
        if word.term.is_stop:
            first = index + 1
        was_name = is_name
    if first < len(words):
        yield first, len(words), was_name


def _is_telling(word: _Word) -> bool:
    """Tell whether a word alone can be a keyword."""
    text = word.term.text
    is_long = len(text) >= _MIN_CHARS or text.isupper() or _UNSPACED.match(text) is not None
    return is_long and not text[0].isdigit()


def _weigh(words: Sequence[_Word], *, sentences: int) -> Mapping[str, float]:
    """Return how much the article is about each content word, by its stem."""
    content = [index for index, word in enumerate(words) if not word.term.is_stop]
    counts = Counter(words[index].term.stem for index in content)
    if not counts:
        return {}
    frequencies = np.fromiter(counts.values(), np.float64, len(counts))
    typical = float(frequencies.mean() + frequencies.std())
    most = max(counts.values())
    named: Counter[str] = Counter()
    places: dict[str, list[int]] = defaultdict(list)
    before: dict[str, Counter[str]] = defaultdict(Counter)
    after: dict[str, Counter[str]] = defaultdict(Counter)
    for index in content:
        word = words[index]
        stem = word.term.stem
        places[stem].append(word.sentence)
        named[stem] += word.term.text[0].isupper() and (not word.opens or word.term.text.isupper())
        if word.is_joined:
            before[stem][words[index - 1].term.stem] += 1
        if index + 1 < len(words) and words[index + 1].is_joined:
            after[stem][words[index + 1].term.stem] += 1
    return {
        stem: _word_weight(
            case=named[stem] / (1.0 + math.log(count)),
            position=math.log(3.0 + median_low(places[stem])),
            frequency=count / typical,
            relatedness=1.0 + (_variety(before[stem]) + _variety(after[stem])) * count / most,
            spread=len(set(places[stem])) / sentences,
        )
        for stem, count in counts.items()
    }


def _variety(neighbours: Counter[str]) -> float:
    """Return the share of different words among the neighbours on one side: high for filler."""
    return len(neighbours) / neighbours.total() if neighbours else 0.0


def _word_weight(
    *, case: float, position: float, frequency: float, relatedness: float, spread: float
) -> float:
    """Combine the features of a word as YAKE does, upside down: more is better."""
    return (case + (frequency + spread) / relatedness) / (relatedness * position)


def _phrase_weight(weights: Sequence[float], *, count: int) -> float:
    """Weigh a phrase by the mean of its words, more where it comes again or says more.

    YAKE's own product of the words' costs prefers any long run of words that occurs once.
    """
    return fmean(weights) * (1.0 + math.log(count)) * (1.0 + math.log(len(weights)) / 2)


def _span(words: Sequence[_Word], first: int, length: int) -> Span:
    return Span(words[first].span.start, words[first + length - 1].span.end)
