"""Which sentences lean on a neighbour, hold part of a quotation, or are of an unwanted kind.

Knows the article's text: it must not know scores or budgets.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection, Mapping
from functools import cache
from types import MappingProxyType

from summarizer.options import Avoid
from summarizer.text.enclosures import find_enclosures
from summarizer.text.parsed import ParsedArticle

# A "quotation" over more sentences than this is a mark that was forgotten.
MAX_QUOTATION_SENTENCES = 6
# More context than this is a story of its own.
MAX_GROUP_SENTENCES = 4

# First words that point back to the sentence before.
_OPENERS: Mapping[str, str] = MappingProxyType(
    {
        "en": "he, she, it, they, him, them, his, her, hers, its, their, theirs, this, that, "
        "these, those, such, but, and, or, nor, so, yet, then, thus, hence, therefore, however, "
        "moreover, furthermore, also, besides, instead, meanwhile, nevertheless, nonetheless, "
        "otherwise, consequently, likewise, similarly, accordingly, additionally, conversely, "
        "still, afterwards, another, both, neither, as a result, in addition, in contrast, "
        "in turn, for example, for instance, in other words, on the other hand, "
        "at the same time, after that, before that, by contrast, the former, the latter, the same",
        "de": "er, sie, es, ihm, ihn, ihnen, ihr, ihre, ihren, ihrem, ihrer, sein, seine, seinen, "
        "seinem, seiner, dies, dieser, diese, dieses, diesen, diesem, das ist, das sagte, "
        "das teilte, das berichtet, das berichtete, das geht, aber, und, oder, doch, denn, "
        "deshalb, deswegen, daher, darum, dennoch, trotzdem, jedoch, außerdem, zudem, allerdings, "
        "dagegen, danach, dann, dabei, dadurch, damit, dazu, somit, hingegen, auch, ebenso, "
        "stattdessen, indes, unterdessen, zum beispiel",
        "fr": "il, elle, ils, elles, cela, ceci, ça, celui-ci, celle-ci, ceux-ci, ce, cet, cette, "
        "ces, son, sa, ses, leur, leurs, mais, et, ou, donc, car, or, cependant, toutefois, "
        "pourtant, néanmoins, ensuite, puis, ainsi, enfin, aussi, par ailleurs, en outre, "
        "de plus, en effet, par exemple, en revanche, par conséquent",
        "es": "él, ella, ellos, ellas, esto, eso, este, esta, ese, esa, estos, estas, su, sus, "
        "pero, y, sino, entonces, además, también, asimismo, sin embargo, no obstante, por eso, "
        "por lo tanto, por ejemplo, en cambio, mientras tanto",
        "it": "egli, ella, esso, essa, essi, lui, lei, questo, questa, questi, queste, quello, "
        "quella, quelli, quelle, ciò, suo, sua, suoi, sue, lo ha, ma, e, però, quindi, dunque, "
        "inoltre, tuttavia, infatti, invece, anche, poi, così, per esempio, ad esempio",
        "pt": "ele, ela, eles, elas, isto, isso, este, esta, estes, estas, esse, essa, seu, sua, "
        "seus, suas, mas, e, porém, contudo, todavia, entretanto, portanto, assim, também, "
        "além disso, por exemplo, no entanto, por isso",
        "nl": "hij, zij, ze, het, deze, dit, dat, zijn, haar, hun, maar, en, of, want, dus, "
        "daarom, daarna, toch, echter, bovendien, ook, toen, daardoor, vervolgens, bijvoorbeeld",
        "sv": "han, hon, den, det, dessa, detta, denna, hans, hennes, deras, men, och, eller, "
        "därför, dock, däremot, dessutom, också, sedan",
        "da": "han, hun, disse, dette, denne, hans, hendes, deres, men, og, eller, derfor, dog, "
        "derimod, desuden, derefter, også, imidlertid, for eksempel",
        "no": "han, hun, disse, dette, denne, hans, hennes, deres, men, og, eller, derfor, "
        "derimot, dessuten, deretter, også, imidlertid, for eksempel",
        "pl": "on, ona, ono, oni, one, jego, jej, ich, ten, ta, to, te, tego, tej, tym, ale, lecz, "
        "i, oraz, jednak, dlatego, natomiast, ponadto, także, również, potem, następnie, "
        "na przykład",
        "ru": "он, она, оно, они, его, её, их, это, этот, эта, эти, но, и, а, или, однако, "
        "поэтому, затем, потом, также, кроме того, при этом",
        "uk": "він, вона, воно, вони, його, її, їх, їхній, це, цей, ця, ці, але, і, й, та, а, або, "
        "однак, проте, тому, потім, також, крім того, при цьому",
        "vi": "anh ấy, cô ấy, ông ấy, bà ấy, họ, điều này, nhưng, tuy nhiên, ngoài ra, do đó, "
        "vì vậy, mặt khác, bên cạnh đó",
        "sw": "lakini, hata hivyo, pia, hivyo, kwa hiyo, aidha",
        "zh": "他, 她, 它, 这, 那, 但, 然而, 因此, 此外, 同时, 不过, 而且",
        "ja": "彼は, 彼女は, しかし, また, さらに, そのため, それ, これ, 一方",
    }
)
# Openers that point ahead, or to the day of writing, after all.
_EXCEPTIONS: Mapping[str, str] = MappingProxyType(
    {
        "en": r"(?:this|that) (?:week|weekend|month|year|season|summer|winter|spring|autumn|"
        r"morning|afternoon|evening)\b|those who\b|so far\b|both \w+ and\b|(?:his|her) majesty\b"
    }
)
_UNSPACED = frozenset({"zh", "ja"})
_LEADING_MARKS = r"[\s\"'“”‘’«»„(\[–—-]*"
# Typewriters and wires double the single marks: ``No'', ’’Non’’.
_QUOTATION = re.compile(r"[\"＂“”„‟«»‹›「」『』]|``|''|‘‘|’’|(?<![^\s(])[‘‚‛'](?=\w)")
# Marks come in runs ("What now?!"), and within a sentence a Spanish one is known by its opening.
_AT_END = r"[?？؟!！]*(?:[\"＂'”’»›)\]」』]|\s*\Z)"
_AVOIDED: Mapping[Avoid, re.Pattern[str]] = MappingProxyType(
    {
        Avoid.QUOTES: _QUOTATION,
        Avoid.QUESTIONS: re.compile(rf"¿|[?？؟](?={_AT_END})"),
        Avoid.EXCLAMATIONS: re.compile(rf"¡|[!！](?={_AT_END})"),
    }
)


class Coherence:
    """What each sentence of one article needs beside it."""

    def __init__(self, parsed: ParsedArticle) -> None:
        self._parsed = parsed
        self._opener = _opener(parsed.language)
        self._quotations = _find_quotations(parsed)

    def leans_back(self, index: int) -> bool:
        """Tell whether the sentence points to the one before it."""
        if index == 0 or self._opener is None:
            return False
        start, end = self._parsed.spans[index]
        return self._opener.match(self._parsed.text, start, end) is not None

    def group(self, index: int, *, covered: Collection[int]) -> tuple[int, ...]:
        """Return the sentence and those that have to be taken with it, ascending.

        More than `MAX_GROUP_SENTENCES` of them mean that no end of the chain was found.

        Args:
            index: the sentence, not one of `covered`.
            covered: sentences that are there already, or whose content is.
        """
        first, last = self._quotations.get(index, (index, index))
        while (
            last - first < MAX_GROUP_SENTENCES
            and self.leans_back(first)
            and first - 1 not in covered
        ):
            first = self._quotations.get(first - 1, (first - 1,))[0]
        if first == last:
            return (index,)
        return tuple([place for place in range(first, last + 1) if place not in covered])


def is_avoided(sentence: str, avoid: Collection[Avoid]) -> bool:
    """Tell whether a sentence holds a quotation, a question or an exclamation to do without."""
    return any(_AVOIDED[kind].search(sentence) for kind in avoid)


@cache
def _opener(language: str) -> re.Pattern[str] | None:
    if language not in _OPENERS:
        return None
    words = "|".join(re.escape(opener.strip()) for opener in _OPENERS[language].split(","))
    end = "" if language in _UNSPACED else r"(?![\w-])"
    exceptions = f"(?!{_EXCEPTIONS[language]})" if language in _EXCEPTIONS else ""
    return re.compile(rf"{_LEADING_MARKS}{exceptions}(?:{words}){end}", re.IGNORECASE)


def _find_quotations(parsed: ParsedArticle) -> dict[int, tuple[int, int]]:
    """Return for each sentence of a quotation over several its first and last sentence."""
    starts, ends = zip(*parsed.spans, strict=True)
    quotations: dict[int, tuple[int, int]] = {}
    for start, end in sorted(find_enclosures(parsed.text).pairs):
        first = max(0, bisect_right(starts, start) - 1)
        if end <= ends[first]:
            continue
        last = bisect_right(starts, end - 1) - 1
        if 0 < last - first < MAX_QUOTATION_SENTENCES:
            # Two in one sentence belong together; a chain of many is one of forgotten marks, too.
            earlier = quotations.get(first, (first,))[0]
            if last - earlier < MAX_QUOTATION_SENTENCES:
                first = earlier
            quotations |= dict.fromkeys(range(first, last + 1), (first, last))
    return quotations
