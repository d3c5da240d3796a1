"""What the readers of a story are asked to do: to follow a link, to subscribe, to write.

A table for its neighbour: it must not know where such a line stands.
"""

from __future__ import annotations

from typing import Final

from summarizer.models import RemovedKind
from summarizer.text.line_rules import ADDRESS, NO_STOP, NOT_SAID, SPEECH, Rule

_PLATFORM: Final = (
    r"(?:Bluesky|Facebook|Flipboard|Google News|Instagram|LinkedIn|Mastodon|Snapchat|Telegram|"
    r"Threads|TikTok|Tumblr|Twitter|WhatsApp|X|YouTube)\b"
)
_OFFER: Final = (
    r"(?i:alerts?|apps?|briefings?|channel|e-?mails?|here|inbox|newsletters?|podcasts?|updates?)\b"
)
# What happened before an address was given happened in a story.
_NO_DEED: Final = r"(?!.{0,100}\b(?:\w{2,20}ed|came|fell|found|had|rose|sent|was|went|were) )"
_NO_SPEECH: Final = rf"(?!.*\b{SPEECH})"
# What goes on in lower case behind the colon and ends with a stop is no title.
_TITLE: Final = rf"(?!\s?[a-zß-öø-ÿа-я][^\n]*[.!?][\"”]?\Z){NOT_SAID}"
_NO_SENTENCE: Final = r"(?!.*\b(?:are|has|have|he|is|said|says|she|they|told|was|were|will|you)\b)"

INVITATIONS: Final = (
    Rule(
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
    Rule(RemovedKind.READ_MORE, "more", rf"\s{{0,2}}[:：|»>→].{{0,250}}{NO_STOP}"),
    Rule(
        RemovedKind.READ_MORE,
        "read more|read also|also read|read next|read the full story|see also|related articles|"
        "related content|related stories|related topics|more on this story|more stories|"
        "continue reading|most read|recommended stories|advertisement|advertising|anzeige|"
        "publicité|publicidad|publicidade|useful links|around the web|lire aussi|à lire aussi|"
        "lesen sie auch|lee también|leia também|leggi anche|lees ook",
        r"[.…\s>»→]{0,5}",
    ),
    Rule(
        RemovedKind.READ_MORE,
        "read more|read the full|continue reading|see more",
        rf" (?:about|at|from|here|in|of|on|story)\b.{{0,120}}{NO_STOP}",
    ),
    Rule(
        RemovedKind.READ_MORE,
        "story continues|article continues|scroll down|skip to|skip past|skip advert",
        r"(?: (?:after|and|below|content|end|for|main|the|to)\b.{0,80})?",
    ),
    Rule(RemovedKind.READ_MORE, "click here|tap here", r"\b.{0,200}"),
    Rule(
        RemovedKind.READ_MORE,
        "sign up here|sign up now|sign up today|subscribe here|subscribe now|subscribe today",
        r"\b.{0,120}",
    ),
    Rule(
        RemovedKind.READ_MORE,
        "sign up for|sign up to|subscribe to|get the latest|get our|get more|get breaking|"
        "download the|download our",
        rf" {_NO_SPEECH}(?:.{{0,120}} )?{_OFFER}.{{0,60}}",
    ),
    Rule(
        RemovedKind.CONTACT,
        "follow|you can follow|find us|like us|join us|join the conversation|connect with|"
        "share your thoughts|share your story|share your photos|weigh in",
        rf" {_NO_SENTENCE}(?:.{{0,80}}\b(?:on|at|via) (?:the |our )?{_PLATFORM}.{{0,100}}"
        r"|.{0,60}@\w.{0,60})",
    ),
    Rule(
        RemovedKind.CONTACT,
        "share this|share on|share via|share with|share your|tweet this|email this|print this",
        r"(?: (?i:article|experiences?|link|page|post|story|video|views?)\b.{0,60}"
        rf"| {_PLATFORM}.{{0,60}}|.{{0,12}}){NO_STOP}",
    ),
    Rule(
        RemovedKind.CONTACT,
        "email|e-mail|mail|contact|write to|phone|tel|telephone|fax|whatsapp|twitter|facebook|"
        "instagram|(contact|(email|(e-mail",
        rf"(?:{_NO_SPEECH}{_NO_DEED}.{{0,100}}{ADDRESS}.{{0,100}}"
        r"|\.?\s?[:：].{0,20}\+?\(?\d[\d ().-]{5,20}.{0,40}|\s?[:：]\s?@\w{2,30})",
    ),
    Rule(
        RemovedKind.CONTACT,
        "to contact the",
        r" (?:author|editor|reporter|writer)s? (?:for|of|on|responsible for) this (?:article|story)"
        r"\b.{0,300}",
    ),
    Rule(
        RemovedKind.CONTACT,
        "bluesky|facebook|instagram|linkedin|telegram|tiktok|twitter|whatsapp|youtube|copy link",
        "",
    ),
    Rule(
        RemovedKind.CONTACT,
        "have you|do you have|got a|are you|if you have|to contact us|to get in touch|"
        "you can contact|you can get in touch|send us|send your|tell us|let us know|get in|"
        "please include|please send",
        rf"{_NO_SPEECH}.{{0,300}}{ADDRESS}.{{0,150}}",
    ),
    # Without an address the reader must be asked to write, in a sentence of its own.
    Rule(
        RemovedKind.CONTACT,
        "have you|do you have|got a|are you|if you have|send us|send your|tell us|please include|"
        "please send",
        rf"{NOT_SAID}.{{0,300}}(?i:[.?!]\s{{1,3}}(?:contact us|get in touch|let us know)"
        r"|contact number|(?:can|please) (?:also )?(?:contact us|get in touch|let us know))\b"
        r".{0,150}",
    ),
)
"""Links to other stories and calls to get in touch, those that are met first first."""
