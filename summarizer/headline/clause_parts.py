"""Gaps that leave of a clause its opener, its subject or its verb, and not the others.

Knows words and their classes: it must not know what else is left out.
"""

from __future__ import annotations

from collections.abc import Sequence, Set

from summarizer.headline.clauses import (
    IS_END,
    Rule,
    Surroundings,
    Word,
    holds_no_verb,
    is_more_than_one,
    is_one,
    is_preceded_by,
    of_class,
    one_of,
)
from summarizer.headline.lexicon import (
    BE,
    CLAIMS,
    COORDINATORS,
    DETERMINERS,
    FINITE_AUXILIARIES,
    MODALS,
    PERSONAL_SUBJECTS,
    PREPOSITIONS,
    RELATIVE_PRONOUNS,
    SPEECH_VERBS,
)
from summarizer.headline.phrases import MARKS, NOUNS, SUBJECTS
from summarizer.headline.word_classes import PAST, SURE_NOUNS, SURE_VERBS, VERBS

# What stands between one of these and a participle belongs to the participle.
_ACCOMPANIED = frozenset("despite with without about".split())
# Whose clause or phrase stays cannot go.
ADVERBIAL_OPENERS = frozenset(
    "when where while because if whether although though unless until as since than after "
    "before".split()
)
_CLAUSES = frozenset("as after before since until once".split())
_QUESTIONS = frozenset("what how why whether".split())
_ENDS_OF_CLAUSES = (
    MARKS | COORDINATORS | ADVERBIAL_OPENERS | RELATIVE_PRONOUNS | _QUESTIONS | {"that"}
)
_ASKING = frozenset("ask asks asked asking wonder wonders wondered wondering".split())
_SUBJECT_WORDS = NOUNS | frozenset("of in from at for on with over between".split())
_SUBJECT_PRONOUNS = frozenset("he she we they i".split())
_LONGEST_OPENING = 4
_LONGEST_SUBJECT = 9


def _follows_other_verb(sentence: Surroundings, first: int, end: int) -> bool:
    """Tell whether a verb would be taken for that of what stands before it, which has one."""
    if not SURE_VERBS.isdisjoint(sentence.kinds[first:end]):
        return False
    for place in range(first - 1, 0, -1):
        if sentence.kinds[place] in SURE_VERBS:
            # "Says reports from the front are false" has a subject left for the second.
            is_said = sentence.lower[place] in SPEECH_VERBS
            return not (
                is_said and sentence.is_verb[end] and _holds_noun(sentence, place + 1, first)
            )
        if sentence.lower[place] in _ENDS_OF_CLAUSES:
            return False
    return False


def _holds_noun(sentence: Surroundings, first: int, end: int) -> bool:
    return not NOUNS.isdisjoint(sentence.kinds[first:end])


def _holds_opener(sentence: Surroundings, first: int, end: int) -> bool:
    return not (ADVERBIAL_OPENERS | {"that"}).isdisjoint(sentence.lower[first:end])


def _takes_contraction(sentence: Surroundings, first: int, end: int) -> bool:
    return not _CONTRACTIONS.isdisjoint(sentence.lower[first + 1 : end])


def _opens_sentence(_: Surroundings, first: int, __: int) -> bool:
    return first == 0


def _takes_what(sentence: Surroundings, first: int, end: int) -> bool:
    """Tell whether "what" goes without the verb of its clause."""
    gone = sentence.lower[first:end]
    if "what" not in gone:
        return False
    place = first + gone.index("what")
    has_verb = sentence.verbs[end] > sentence.verbs[place]
    return not has_verb and VERBS.isdisjoint(sentence.kinds[place:end])


def _has_opener(openers: Set[str], sentence: Surroundings, first: int) -> bool:
    """Tell whether only the words of a subject stand between an opener and a gap."""
    ahead = range(first - 1, max(0, first - _LONGEST_SUBJECT), -1)
    place = next((place for place in ahead if sentence.kinds[place] not in _SUBJECT_WORDS), 0)
    return sentence.lower[place] in openers


def _is_in_clause(sentence: Surroundings, first: int, _: int) -> bool:
    return _has_opener(_CLAUSES, sentence, first)


def _comes_to_verb(sentence: Surroundings, first: int, end: int) -> bool:
    """Tell whether a stretch has a verb before its clause ends."""
    for place in range(first, end):
        if sentence.is_verb[place]:
            return True
        if sentence.lower[place] in _ENDS_OF_CLAUSES:
            return False
    return False


def _takes_verb_of_clause(sentence: Surroundings, first: int, end: int) -> bool:
    return _is_in_clause(sentence, first, end) and _comes_to_verb(sentence, first, end)


def _takes_subject_of_clause(sentence: Surroundings, first: int, end: int) -> bool:
    """Tell whether an opener goes with its subject, and the verb of its clause stays."""
    gone = [
        place
        for place in range(first, end)
        # "Because of" opens no clause.
        if sentence.lower[place] in ADVERBIAL_OPENERS and sentence.kinds[place + 1] != "of"
    ]
    if not gone or sentence.verbs[gone[-1]] != sentence.verbs[end]:
        return False
    is_open = _ENDS_OF_CLAUSES.isdisjoint(sentence.lower[gone[-1] + 1 : end])
    return is_open and _comes_to_verb(sentence, end, len(sentence.lower))


def _parts_verbs(sentence: Surroundings, first: int, end: int) -> bool:
    """Tell whether what joins two verbs of one subject goes, and both stay."""
    is_between = sentence.is_verb[end] and sentence.verbs[first] > 0
    return is_between and NOUNS.isdisjoint(sentence.kinds[first:end])


def _takes_verb_of_contact(sentence: Surroundings, first: int, end: int) -> bool:
    """Tell whether a clause that begins with its subject after a noun loses its verb."""
    is_contact = first > 1 and sentence.kinds[first - 2] == "S"
    return is_contact and sentence.verbs[first] != sentence.verbs[end]


def _is_accompanied(sentence: Surroundings, first: int, _: int) -> bool:
    return _has_opener(_ACCOMPANIED, sentence, first)


def _takes_verb_of_so(sentence: Surroundings, first: int, end: int) -> bool:
    has_verb = sentence.verbs[first] != sentence.verbs[end]
    return has_verb and sentence.lower[first - 2 : first - 1] == ["so"]


def _loses_subject(sentence: Surroundings, _: int, end: int) -> bool:
    return end < len(sentence.is_verb) and sentence.is_verb[end]


def _loses_quoted_verb(sentence: Surroundings, _: int, end: int) -> bool:
    return True in sentence.is_verb[end + 1 : end + 2]


_QUOTE = one_of(frozenset("\"“'‘”’"))
_CONTRACTIONS = frozenset("it's that's he's she's who's there's what's".split())
_WITH_HAS = one_of(_CONTRACTIONS)
_CONTRACTION = Word(lambda known: known.lower.endswith(("'ll", "'d", "'ve", "'re")))
_SURE_NOUN, _NOUN = of_class(SURE_NOUNS), of_class(NOUNS)
_VERB, _SURE_VERB = of_class(VERBS), of_class(SURE_VERBS)
_PREPOSITION, _MARK = one_of(PREPOSITIONS), one_of(MARKS)
CLAUSE_PARTS: Sequence[Rule] = (
    Rule(opening=one_of(_CLAUSES | {"despite"}), last=_NOUN, after=of_class(PAST | SURE_VERBS)),
    # "He had a gun the night she was shot" is no "he had a gun was shot".
    Rule(last=_NOUN, after=_SURE_VERB, check=_follows_other_verb),
    # "Sued banks it had trusted" is no "sued had trusted", "spoke of the pain it caused" no "of it
    # caused".
    Rule(last=one_of(PERSONAL_SUBJECTS), after=_SURE_VERB),
    Rule(before=_PREPOSITION, last=_NOUN, after=one_of(PERSONAL_SUBJECTS)),
    # "Wrote to men to tell them they may stay" is no "wrote to men they may stay".
    Rule(last=one_of({"them", "him", "her"}), after=one_of(PERSONAL_SUBJECTS)),
    # "A policy so clerks can have time off".
    Rule(opening=one_of({"so"}), after=~IS_END & ~_MARK),
    Rule(last=one_of({"so"}), after=~IS_END),
    # "Issues politicians from both sides avoid" are no "issues politicians".
    Rule(before=of_class({"S"}), opening=_PREPOSITION, check=_takes_verb_of_contact),
    # "Comments come after they backed demands" is no "comments come demands".
    Rule(opening=one_of(ADVERBIAL_OPENERS), last=of_class(PAST | SURE_VERBS), after=_NOUN),
    # "The amount they spend" is no "amount", "spoke and then fled" no "spoke then fled".
    Rule(before=_NOUN, opening=one_of(_SUBJECT_PRONOUNS)),
    # "At whatever level you wish", "so people can have time off".
    Rule(before=_NOUN, opening=one_of({"you"}), check=is_preceded_by({"whatever", "whichever"})),
    Rule(before=_NOUN, somewhere=one_of({"so"}), check=_takes_verb_of_so),
    Rule(opening=one_of(COORDINATORS), after=~IS_END, check=_parts_verbs),
    # "A book sold as a gift is cheap" is no "book sold as cheap".
    Rule(before=_NOUN, opening=_NOUN, last=one_of(BE)),
    # "A poll asking if he should go" is no "poll if he should go".
    Rule(last=one_of(_ASKING), after=one_of({"if", "whether"})),
    # A clause loses its subject, its verb or only its opener; a question its first word.
    Rule(opening=one_of(_QUESTIONS), at_start=True, check=_opens_sentence),
    Rule(before=one_of(_QUESTIONS), after=~of_class(SUBJECTS)),
    Rule(before=one_of({"that"}), after=_SURE_VERB),
    Rule(after=one_of(_QUESTIONS)),
    Rule(opening=of_class(PAST | {"B"}), after=one_of({"?"})),
    Rule(last=one_of(ADVERBIAL_OPENERS), after=~IS_END),
    Rule(somewhere=one_of({"what"}), check=_takes_what),
    # "As the police in Lund get ready" is no "in Lund get ready".
    Rule(
        after=~_MARK & ~IS_END, somewhere=one_of(ADVERBIAL_OPENERS), check=_takes_subject_of_clause
    ),
    # "When the match - put off in May - was played".
    Rule(opening=one_of(ADVERBIAL_OPENERS), last=_MARK, after=_SURE_VERB),
    Rule(opening=of_class(SURE_VERBS | PAST), somewhere=one_of(_CLAUSES), check=_is_in_clause),
    Rule(
        opening=_PREPOSITION | _SURE_NOUN, somewhere=one_of(_CLAUSES), check=_takes_verb_of_clause
    ),
    Rule(opening=of_class({"G", "G?"}), somewhere=one_of(_ACCOMPANIED), check=_is_accompanied),
    # "Sought help before she was admitted" is no "sought help admitted".
    Rule(opening=one_of(ADVERBIAL_OPENERS), after=of_class(PAST | {"sp"}), check=is_more_than_one),
    # "The one they have" is no "the one have", "we know that when you sing" no "we know sing".
    Rule(
        before=_NOUN,
        opening=one_of(DETERMINERS),
        after=one_of(FINITE_AUXILIARIES),
        check=holds_no_verb,
    ),
    Rule(
        opening=one_of(ADVERBIAL_OPENERS | {"that"}),
        last=one_of({"you", "it"}),
        after=~IS_END & ~_MARK,
    ),
    # "Paid for waiting and it's time clerks left" is no "paid for clerks".
    Rule(after=~_MARK & ~IS_END, somewhere=_WITH_HAS, check=_takes_contraction),
    # "Had he been there".
    Rule(before=one_of(PERSONAL_SUBJECTS), check=is_preceded_by({"had"})),
    # "You'll see", "it's sparked a row".
    Rule(before=_WITH_HAS, opening=of_class(PAST), check=is_one),
    Rule(opening=_CONTRACTION, after=~IS_END, check=is_one),
    # "A theory that a clerk hit a guard and then fled" is none that "fled".
    Rule(
        last=one_of(COORDINATORS | {"then"}),
        after=of_class(PAST | SURE_VERBS),
        somewhere=one_of(ADVERBIAL_OPENERS | {"that"}),
        check=_holds_opener,
    ),
    Rule(
        after=one_of({"out", "away"}),
        somewhere=one_of(ADVERBIAL_OPENERS | {"that"}),
        check=_holds_opener,
    ),
    # "If inflation falls" is no "if falls", "giving half of what they want" no "giving they want".
    Rule(before=one_of(ADVERBIAL_OPENERS), opening=_NOUN, check=_loses_subject),
    Rule(before=of_class(VERBS) & ~one_of(CLAIMS), opening=~_MARK, after=one_of(PERSONAL_SUBJECTS)),
    Rule(before=one_of({"say", "says", "said"}), opening=~_MARK, check=_loses_subject),
    Rule(before=one_of(CLAIMS), opening=one_of({"this", "it"}), check=_loses_subject),
    Rule(before=one_of({"resume", "resumes", "resumed"}), opening=one_of({"where"})),
    # 'Said the clerk "does not" pay'.
    Rule(before=one_of(CLAIMS), opening=_NOUN, after=_QUOTE, check=_loses_quoted_verb),
    Rule(before=_QUOTE, opening=of_class({"B", "BN"}), check=is_preceded_by(MODALS)),
)
