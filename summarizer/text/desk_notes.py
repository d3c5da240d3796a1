"""What the desk adds to a story: credits of pictures, notes of editors, whose the text is.

A table for its neighbour: it must not know where such a line stands.
"""

from __future__ import annotations

from typing import Final

from summarizer.models import RemovedKind
from summarizer.text.line_rules import IN_BRACKETS, NO_STOP, NO_STOPPED_BRACKET, NOT_SAID, Rule
from summarizer.text.names import CAPITAL_WORD, NAME

# To the bracket that closes the one at the beginning of the line.
_BRACKETED_REST: Final = rf"{IN_BRACKETS}\)?[.\s]{{0,2}}"
_BRACKETED: Final = rf"\b{IN_BRACKETS}\)[.\s]{{0,2}}"
_NO_SENTENCE_IN_BRACKETS: Final = rf"(?:(?=.*(?::|/|\bby\b|courtesy))|{NO_STOPPED_BRACKET})"
_WRITER: Final = rf"{NAME}(?: in (?:the )?{CAPITAL_WORD}(?: {CAPITAL_WORD}){{0,3}})?"

DESK_NOTES: Final = (
    Rule(
        RemovedKind.CREDIT,
        "photo|photos|photo credit|photo by|photograph|photograph by|photography by|picture|"
        "pictures|picture credit|picture by|image|images|image credit|image by|image courtesy|"
        "credit|file photo|file picture|file image|illustration|graphic|graphics|caption|foto|"
        "fotos|foto de|bild|bilder|bildquelle|crédit photo|crédits photo|photo d'illustration|"
        "crédito|immagine|фото|zdjęcie|kuva|ảnh|nguồn|picha|chanzo cha picha",
        rf"\s?[:：]{NOT_SAID}.{{0,300}}",
    ),
    Rule(
        RemovedKind.CREDIT,
        "image copyright|image source|media playback|photo by|photos by|photograph by|"
        "pictures by|photo courtesy|image courtesy|file photo|ap photo|afp photo|reuters/|"
        "getty images",
        rf"(?:[,:/ ]{{1,3}}|(?<=/)).{{0,400}}{NO_STOP}",
    ),
    # "[1/4] A ship leaves the port": which picture of how many.
    Rule(RemovedKind.CREDIT, "[1/|[2/|[3/|[4/|[5/|[6/|[7/|[8/|[9/", r"\d{1,2}\].{0,500}"),
    Rule(RemovedKind.CREDIT, "image caption|media caption|video caption", r"[, ].{0,400}"),
    Rule(
        RemovedKind.CREDIT,
        "(photo by|(photo|(photos|(image|(ap photo|(afp photo|(reuters/|(getty|(afp/|(picture|"
        "(foto|(ảnh|(nguồn",
        rf"{_NO_SENTENCE_IN_BRACKETS}{_BRACKETED}",
    ),
    Rule(RemovedKind.CREDIT, "file", r" (?:[-–—]|--) .{10,500}"),
    Rule(RemovedKind.CREDIT, "source|sources|quelle|fuente|fonte", r"\s?: [^.]{2,60}"),
    Rule(RemovedKind.CREDIT, "getty images|afp/getty images|shutterstock", r"[.\s]{0,2}"),
    Rule(
        RemovedKind.TRASH_LINE,
        "(add|(adds|(adding|(update|(updates|(updated|(updating|(recast|(recasts|(correct|"
        "(corrects|(corrected|(correcting|(rewrites|(refile|(refiles|(refiled|(repeats|(removes|"
        "(releads|(fixes|(deletes|(clarifies|(changes|(inserts|(incorporates|(new throughout|"
        "(edits|(with reporting|(with inputs|(with agency",
        rf"{NO_STOPPED_BRACKET}{_BRACKETED}",
    ),
    Rule(
        RemovedKind.TRASH_LINE,
        "(eds|(ed:|(editor's note|(editor’s note|(editors' note|(editors’ note|(editors:",
        _BRACKETED,
    ),
    Rule(
        RemovedKind.TRASH_LINE,
        "(reporting|(reported|(additional reporting|(writing|(written|(editing|(edited|(compiled|"
        "(compiling|(reportage|(rédigé|(édité|(berichterstattung",
        r"(?:[,;]? (?i:additional|and|edited|editing|reporting|writing|written)){0,4}"
        rf"(?:(?::| (?i:by|de|durch|from|in|par|von)) [A-Z\u0100-\uffff]|\)){_BRACKETED_REST}",
    ),
    # A story that is not this one may be told, published and corrected.
    Rule(
        RemovedKind.TRASH_LINE,
        "(story|(the story|(this story|(this version|(this article",
        r"(?=[^()]{0,300}\b(?:amends?|clarif\w{2,5}|correct(?:s|ed|ion)?|edited|fix(?:es|ed)|"
        r"headline|paragraphs?|para|refil\w{1,3}|removes?|republished|syndicated|updated?s?)\b)"
        rf"{NOT_SAID}{_BRACKETED}",
    ),
    Rule(
        RemovedKind.TRASH_LINE,
        "(for more",
        r" (?:about|coverage|details|from|information|news|on|stories|updates)\b"
        rf"{_BRACKETED_REST}",
    ),
    Rule(
        RemovedKind.TRASH_LINE,
        "*adds|*corrects|*updates|*updated|*recasts|*clarifies|* adds|* corrects|* updates|"
        "* recasts|* clarifies",
        rf"\b.{{0,300}}{NO_STOP}",
    ),
    Rule(
        RemovedKind.TRASH_LINE,
        "*corrected|* corrected",
        rf"(?:[:,]| (?:at|by|figure|from|headline|in|name|on|paragraph|the|to|version|with)\b)"
        rf".{{0,300}}{NO_STOP}",
    ),
    Rule(
        RemovedKind.TRASH_LINE,
        "correction|corrections|clarification|editor's note|editor’s note|editors' note|eds|"
        "embargoed|embargo|keywords|keyword|tags|topics|filed under|categories|category|slug",
        rf"\s?[:：]{NOT_SAID}.{{1,400}}",
    ),
    Rule(
        RemovedKind.TRASH_LINE,
        "reporting by|additional reporting by|reporting and writing by|writing by|written by|"
        "editing by|edited by|compiled by|produced by|report by|with reporting by",
        rf" {_WRITER}(?:(?:,? and |, |; ?(?:[A-Z][a-z]+ ){{1,4}}by ){_WRITER})*\.?",
    ),
    Rule(RemovedKind.SIGN_OFF, "our standards", r"\s?:.{0,120}"),
    Rule(RemovedKind.SIGN_OFF, "© 19|© 20|©19|©20", r"\d\d\b.{0,300}"),
    Rule(
        RemovedKind.SIGN_OFF,
        "copyright|copyright ©|copyright (c)|(c)|all contents ©",
        r",?\s?(?:(?:[A-Z][\w.&-]*|of|the),? ){0,5}(?:(?:19|20)\d\d\b.{0,300}"
        r"|(?i:all rights reserved|reserved).{0,100})",
    ),
    Rule(RemovedKind.SIGN_OFF, "all rights reserved", r"(?:[.,].{0,100})?"),
)
"""Credits, corrections, who edited it and who owns it, those that are met first first."""
