"""Lines that publishers put between the paragraphs of a story: what they are, by their wording.

Knows single lines only: not where in the article they stand, and nothing of names, places and
agencies that stand for themselves.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final, NamedTuple

from summarizer.models import RemovedKind
from summarizer.text.names import CAPITAL_WORD, NAME

# A longer line is a paragraph, whatever it begins with.
_MAX_CHARS: Final = 600


class _Rule(NamedTuple):
    """Lines that begin with one of the openings, in any case, and go on as `rest` says."""

    kind: RemovedKind
    openings: str
    rest: str


# To the bracket that closes the one at the beginning of the line.
_BRACKETED_REST: Final = r"[^()]*+(?:\([^()]*+\)[^()]*+)*\)?[.\s]{0,2}"
_BRACKETED: Final = r"\b[^()]*+(?:\([^()]*+\)[^()]*+)*\)[.\s]{0,2}"
# What ends with a stop inside its brackets is a sentence rather than a note.
_NO_STOPPED_BRACKET: Final = r"(?!.*[.!?]\)[.\s]{0,2}\Z)"
_NO_SENTENCE_IN_BRACKETS: Final = rf"(?:(?=.*(?::|/|\bby\b|courtesy))|{_NO_STOPPED_BRACKET})"
_WRITER: Final = rf"{NAME}(?: in (?:the )?{CAPITAL_WORD}(?: {CAPITAL_WORD}){{0,3}})?"
_PLATFORM: Final = (
    r"(?:Bluesky|Facebook|Flipboard|Google News|Instagram|LinkedIn|Mastodon|Snapchat|Telegram|"
    r"Threads|TikTok|Tumblr|Twitter|WhatsApp|X|YouTube)\b"
)
_OFFER: Final = (
    r"(?i:alerts?|apps?|briefings?|channel|e-?mails?|here|inbox|newsletters?|podcasts?|updates?)\b"
)
# What happened before an address was given happened in a story.
_NO_DEED: Final = r"(?!.{0,100}\b(?:\w{2,20}ed|came|fell|found|had|rose|sent|was|went|were) )"
_ADDRESS: Final = r"[\w.+-]{1,64}@[\w-]{1,63}\.[\w.-]{2,63}"
_NO_STOP: Final = r"(?<![.!?\"”])"
# Who says it, behind a comma or anywhere: what somebody says is story.
_SPEECH: Final = (
    r"(?:added|admitted|advis(?:ed?|es)|announced|argue[ds]?|ask(?:ed|s)?|believes?|claim(?:ed|s)|"
    r"declared|den(?:ied|ies)|explained|insist(?:ed|s)|joked|recalled|replied|said|says|shouted|"
    r"tells|told|urge[ds]?|warn(?:ed|s)?|writes|wrote)\b"
)
_NO_SPEECH: Final = rf"(?!.*\b{_SPEECH})"
_NOT_SAID: Final = rf"(?!.*,[\"”’]? (?:[^,;:!?]{{1,60}} )?{_SPEECH}[^,;:!?]{{0,60}}[.!?][\"”)]?\Z)"
# What goes on in lower case behind the colon and ends with a stop is no title.
_TITLE: Final = rf"(?!\s?[a-zß-öø-ÿа-я][^\n]*[.!?][\"”]?\Z){_NOT_SAID}"
_NO_SENTENCE: Final = r"(?!.*\b(?:are|has|have|he|is|said|says|she|they|told|was|were|will|you)\b)"

_RULES: Final = (
    _Rule(
        RemovedKind.READ_MORE,
        "read|read more|read this|read also|read next|read the full story|also read|see also|"
        "see more|related|related articles|related content|related stories|related topics|"
        "more from|more on|more on this|more on this story|more stories|most read|recommended|"
        "don't miss|don’t miss|watch|watch live|watch more|watch now|watch this|video|listen|"
        "listen live|live|in pictures|gallery|lire aussi|à lire aussi|a lire aussi|à lire|"
        "voir aussi|regarder aussi|à regarder|a regarder|lesen sie auch|lesen sie mehr|"
        "mehr zum thema|lee también|lea también|lee más|te puede interesar|leia também|leia mais|"
        "leggi anche|lees ook|läs också|les også|læs også|lue myös|xem thêm|soma pia|soma zaidi|"
        "unaweza kusoma pia|читайте также|читайте також|czytaj też|czytaj także|čtěte také|"
        "citește și|διαβάστε επίσης",
        rf"\s{{0,2}}[:：|»>→]{_TITLE}.{{0,250}}",
    ),
    _Rule(RemovedKind.READ_MORE, "more", rf"\s{{0,2}}[:：|»>→].{{0,250}}{_NO_STOP}"),
    _Rule(
        RemovedKind.READ_MORE,
        "read more|read also|also read|read next|read the full story|see also|related articles|"
        "related content|related stories|related topics|more on this story|more stories|"
        "continue reading|most read|recommended stories|advertisement|advertising|anzeige|"
        "publicité|publicidad|publicidade|useful links|around the web|lire aussi|à lire aussi|"
        "lesen sie auch|lee también|leia também|leggi anche|lees ook",
        r"[.…\s>»→]{0,5}",
    ),
    _Rule(
        RemovedKind.READ_MORE,
        "read more|read the full|continue reading|see more",
        rf" (?:about|at|from|here|in|of|on|story)\b.{{0,120}}{_NO_STOP}",
    ),
    _Rule(
        RemovedKind.READ_MORE,
        "story continues|article continues|scroll down|skip to|skip past|skip advert",
        r"(?: (?:after|and|below|content|end|for|main|the|to)\b.{0,80})?",
    ),
    _Rule(RemovedKind.READ_MORE, "click here|tap here", r"\b.{0,200}"),
    _Rule(
        RemovedKind.READ_MORE,
        "sign up here|sign up now|sign up today|subscribe here|subscribe now|subscribe today",
        r"\b.{0,120}",
    ),
    _Rule(
        RemovedKind.READ_MORE,
        "sign up for|sign up to|subscribe to|get the latest|get our|get more|get breaking|"
        "download the|download our",
        rf" {_NO_SPEECH}(?:.{{0,120}} )?{_OFFER}.{{0,60}}",
    ),
    _Rule(
        RemovedKind.CONTACT,
        "follow|you can follow|find us|like us|join us|join the conversation|connect with|"
        "share your thoughts|share your story|share your photos|weigh in",
        rf" {_NO_SENTENCE}(?:.{{0,80}}\b(?:on|at|via) (?:the |our )?{_PLATFORM}.{{0,100}}"
        r"|.{0,60}@\w.{0,60})",
    ),
    _Rule(
        RemovedKind.CONTACT,
        "share this|share on|share via|share with|share your|tweet this|email this|print this",
        r"(?: (?i:article|experiences?|link|page|post|story|video|views?)\b.{0,60}"
        rf"| {_PLATFORM}.{{0,60}}|.{{0,12}}){_NO_STOP}",
    ),
    _Rule(
        RemovedKind.CONTACT,
        "email|e-mail|mail|contact|write to|phone|tel|telephone|fax|whatsapp|twitter|facebook|"
        "instagram|(contact|(email|(e-mail",
        rf"(?:{_NO_SPEECH}{_NO_DEED}.{{0,100}}{_ADDRESS}.{{0,100}}"
        r"|\.?\s?[:：].{0,20}\+?\(?\d[\d ().-]{5,20}.{0,40}|\s?[:：]\s?@\w{2,30})",
    ),
    _Rule(
        RemovedKind.CONTACT,
        "to contact the",
        r" (?:author|editor|reporter|writer)s? (?:for|of|on|responsible for) this (?:article|story)"
        r"\b.{0,300}",
    ),
    _Rule(
        RemovedKind.CONTACT,
        "bluesky|facebook|instagram|linkedin|telegram|tiktok|twitter|whatsapp|youtube|copy link",
        "",
    ),
    _Rule(
        RemovedKind.CONTACT,
        "have you|do you have|got a|are you|if you have|to contact us|to get in touch|"
        "you can contact|you can get in touch|send us|send your|tell us|let us know|get in|"
        "please include|please send",
        rf"{_NO_SPEECH}.{{0,300}}{_ADDRESS}.{{0,150}}",
    ),
    # Without an address the reader must be asked to write, in a sentence of its own.
    _Rule(
        RemovedKind.CONTACT,
        "have you|do you have|got a|are you|if you have|send us|send your|tell us|please include|"
        "please send",
        rf"{_NOT_SAID}.{{0,300}}(?i:[.?!]\s{{1,3}}(?:contact us|get in touch|let us know)"
        r"|contact number|(?:can|please) (?:also )?(?:contact us|get in touch|let us know))\b"
        r".{0,150}",
    ),
    _Rule(
        RemovedKind.CREDIT,
        "photo|photos|photo credit|photo by|photograph|photograph by|photography by|picture|"
        "pictures|picture credit|picture by|image|images|image credit|image by|image courtesy|"
        "credit|file photo|file picture|file image|illustration|graphic|graphics|caption|foto|"
        "fotos|foto de|bild|bilder|bildquelle|crédit photo|crédits photo|photo d'illustration|"
        "crédito|immagine|фото|zdjęcie|kuva|ảnh|nguồn|picha|chanzo cha picha",
        rf"\s?[:：]{_NOT_SAID}.{{0,300}}",
    ),
    _Rule(
        RemovedKind.CREDIT,
        "image copyright|image source|media playback|photo by|photos by|photograph by|"
        "pictures by|photo courtesy|image courtesy|file photo|ap photo|afp photo|reuters/|"
        "getty images",
        rf"(?:[,:/ ]{{1,3}}|(?<=/)).{{0,400}}{_NO_STOP}",
    ),
    # "[1/4] A ship leaves the port": which picture of how many.
    _Rule(RemovedKind.CREDIT, "[1/|[2/|[3/|[4/|[5/|[6/|[7/|[8/|[9/", r"\d{1,2}\].{0,500}"),
    _Rule(RemovedKind.CREDIT, "image caption|media caption|video caption", r"[, ].{0,400}"),
    _Rule(
        RemovedKind.CREDIT,
        "(photo by|(photo|(photos|(image|(ap photo|(afp photo|(reuters/|(getty|(afp/|(picture|"
        "(foto|(ảnh|(nguồn",
        rf"{_NO_SENTENCE_IN_BRACKETS}{_BRACKETED}",
    ),
    _Rule(RemovedKind.CREDIT, "file", r" (?:[-–—]|--) .{10,500}"),
    _Rule(RemovedKind.CREDIT, "source|sources|quelle|fuente|fonte", r"\s?: [^.]{2,60}"),
    _Rule(RemovedKind.CREDIT, "getty images|afp/getty images|shutterstock", r"[.\s]{0,2}"),
    _Rule(
        RemovedKind.TRASH_LINE,
        "(add|(adds|(adding|(update|(updates|(updated|(updating|(recast|(recasts|(correct|"
        "(corrects|(corrected|(correcting|(rewrites|(refile|(refiles|(refiled|(repeats|(removes|"
        "(releads|(fixes|(deletes|(clarifies|(changes|(inserts|(incorporates|(new throughout|"
        "(edits|(with reporting|(with inputs|(with agency",
        rf"{_NO_STOPPED_BRACKET}{_BRACKETED}",
    ),
    _Rule(
        RemovedKind.TRASH_LINE,
        "(eds|(ed:|(editor's note|(editor’s note|(editors' note|(editors’ note|(editors:",
        _BRACKETED,
    ),
    _Rule(
        RemovedKind.TRASH_LINE,
        "(reporting|(reported|(additional reporting|(writing|(written|(editing|(edited|(compiled|"
        "(compiling|(reportage|(rédigé|(édité|(berichterstattung",
        r"(?:[,;]? (?i:additional|and|edited|editing|reporting|writing|written)){0,4}"
        rf"(?:(?::| (?i:by|de|durch|from|in|par|von)) [A-Z\u0100-\uffff]|\)){_BRACKETED_REST}",
    ),
    # A story that is not this one may be told, published and corrected.
    _Rule(
        RemovedKind.TRASH_LINE,
        "(story|(the story|(this story|(this version|(this article",
        r"(?=[^()]{0,300}\b(?:amends?|clarif\w{2,5}|correct(?:s|ed|ion)?|edited|fix(?:es|ed)|"
        r"headline|paragraphs?|para|refil\w{1,3}|removes?|republished|syndicated|updated?s?)\b)"
        rf"{_NOT_SAID}{_BRACKETED}",
    ),
    _Rule(
        RemovedKind.TRASH_LINE,
        "(for more",
        r" (?:about|coverage|details|from|information|news|on|stories|updates)\b"
        rf"{_BRACKETED_REST}",
    ),
    _Rule(
        RemovedKind.TRASH_LINE,
        "*adds|*corrects|*updates|*updated|*recasts|*clarifies|* adds|* corrects|* updates|"
        "* recasts|* clarifies",
        rf"\b.{{0,300}}{_NO_STOP}",
    ),
    _Rule(
        RemovedKind.TRASH_LINE,
        "*corrected|* corrected",
        rf"(?:[:,]| (?:at|by|figure|from|headline|in|name|on|paragraph|the|to|version|with)\b)"
        rf".{{0,300}}{_NO_STOP}",
    ),
    _Rule(
        RemovedKind.TRASH_LINE,
        "correction|corrections|clarification|editor's note|editor’s note|editors' note|eds|"
        "embargoed|embargo|keywords|keyword|tags|topics|filed under|categories|category|slug",
        rf"\s?[:：]{_NOT_SAID}.{{1,400}}",
    ),
    _Rule(
        RemovedKind.TRASH_LINE,
        "reporting by|additional reporting by|reporting and writing by|writing by|written by|"
        "editing by|edited by|compiled by|produced by|report by|with reporting by",
        rf" {_WRITER}(?:(?:,? and |, |; ?(?:[A-Z][a-z]+ ){{1,4}}by ){_WRITER})*\.?",
    ),
    _Rule(RemovedKind.SIGN_OFF, "our standards", r"\s?:.{0,120}"),
    _Rule(RemovedKind.SIGN_OFF, "© 19|© 20|©19|©20", r"\d\d\b.{0,300}"),
    _Rule(
        RemovedKind.SIGN_OFF,
        "copyright|copyright ©|copyright (c)|(c)|all contents ©",
        r",?\s?(?:(?:[A-Z][\w.&-]*|of|the),? ){0,5}(?:(?:19|20)\d\d\b.{0,300}"
        r"|(?i:all rights reserved|reserved).{0,100})",
    ),
    _Rule(RemovedKind.SIGN_OFF, "all rights reserved", r"(?:[.,].{0,100})?"),
)

# A line that is only addresses, handles or links, whatever separates them.
_ADDRESSES: Final = (
    rf"(?:\(\((?=.{{0,200}}@)[^()]{{0,300}}\)\)"
    rf"|(?:(?:{_ADDRESS}|https?://[^\s|,]{{1,400}}|www\.[^\s|,]{{1,400}}|@\w{{2,30}})[\s|,;/·•]*+)+)"
)

_KEY_CHARS: Final = 3

# Patterns are compiled when a line begins as they do: most articles have no such line.
_Index = Mapping[str, tuple[tuple[RemovedKind, str], ...]]


def _indexed(rules: tuple[_Rule, ...]) -> _Index:
    """Return the rules by the first characters of their openings, so that most lines meet none.

    Openings count in capitals or with a capital: in lower case a line is rather what wrapping left
    of a sentence.
    """
    index = defaultdict(list)
    for rule in rules:
        openings = rule.openings.split("|")
        pattern = f"(?i:{'|'.join(map(re.escape, openings))}){rule.rest}"
        keys = {opening[:_KEY_CHARS] for opening in openings}
        for key in {*map(str.capitalize, keys), *map(str.title, keys), *map(str.upper, keys)}:
            index[key].append((rule.kind, pattern))
    for key in ("htt", "www"):
        index[key].append((RemovedKind.CONTACT, _ADDRESSES))
    return MappingProxyType({key: tuple(found) for key, found in index.items()})


_INDEX: Final = _indexed(_RULES)


def may_be_boilerplate(line: str) -> bool:
    """Say at little cost whether a line deserves a look by `line_kind`."""
    return line[:_KEY_CHARS] in _INDEX or ("@" in line and len(line) <= _MAX_CHARS)


def line_kind(line: str) -> RemovedKind | None:
    """Say what kind of boilerplate a line is.

    Args:
        line: one line, trimmed of white space.

    Returns:
        The kind, None for a line of the story.
    """
    if len(line) > _MAX_CHARS:
        return None
    for kind, pattern in _INDEX.get(line[:_KEY_CHARS], ()):
        if re.fullmatch(pattern, line):
            return kind
    return RemovedKind.CONTACT if "@" in line and re.fullmatch(_ADDRESSES, line) else None
