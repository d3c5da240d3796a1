r"""HTML to HTML that costs no more to parse than its length; must not know what it says.

libxml2's work grows with the square of a tag's attributes. So a page is read here first, by the
grammar of the HTML standard's tokenizer, and written again without what is no part of a text
(scripts, styles, comments) and without tags that nobody wrote by hand. What is left holds tags and
text only, which this grammar and libxml2's read alike.

Every repetition is possessive or atomic, or ends at the end of the text, so that nothing is read
twice. Repeated groups are atomic, not possessive: Python before 3.11.5 loses its place where a
possessive group fails half-way (https://github.com/python/cpython/issues/106052).
"""

from __future__ import annotations

import re

MAX_ATTRIBUTES = 200
"""A tag with more attributes is dropped."""

# Names and values of attributes; an unclosed quotation goes on to the end, as in browsers.
_ATTRIBUTE = (
    r"""[\s/]*+(?:=[^\s/>=]*+|[^\s/>=]++)"""
    r"""(?>(?:\s*+=\s*+(?:"[^"]*+"?|'[^']*+'?|[^\s>]*+))?)"""
)
_SPECIAL = r"(?:script|style|title|textarea|iframe|xmp|noembed|noframes|plaintext)(?=[\s/>])"
_START = rf"<(?!{_SPECIAL})[a-z][^\s/>]*+"
_END = r"</[a-z][^\s/>]*+"
_SHORT_TAG = rf"(?:{_START}|{_END})(?>(?:{_ATTRIBUTE}){{0,{MAX_ATTRIBUTES}}})[\s/]*+>"

_TOKEN = re.compile(
    rf"""
    (?P<plain> (?> (?: [^<]++ | {_SHORT_TAG} )+ ) )
    | (?P<open> <(?P<name>{_SPECIAL}) (?P<attributes> (?>(?:{_ATTRIBUTE})*) ) [\s/]*+ >?+ )
      (?P<raw> .*? ) (?: </(?P=name)(?=[\s/>]) (?>(?:{_ATTRIBUTE})*) [\s/]*+ >?+ | \Z )
    | <!-- (?: -?> | .*? (?: --!?> | \Z ) )
    | </?[a-z] (?>(?:{_ATTRIBUTE})*) [\s/]*+ >?+
    | <!doctype [^\[>]*+ (?> (?: \[ [^\]]*+ (?: \]\s*+ | \Z ) )? ) >?+
    | <[!?/] [^>]*+ >?+
    | (?P<less> (?> (?: <(?![a-z!?/]) )+ ) )
    """,
    re.ASCII | re.DOTALL | re.IGNORECASE | re.VERBOSE,
)


def tidy_markup(text: str) -> str:
    """Return the page without scripts, styles, comments and tags of too many attributes.

    Data about the page (JSON-LD) and its title stay.

    Args:
        text: the page; anything at all.
    """
    return _TOKEN.sub(_rewritten, text)


def _rewritten(token: re.Match[str]) -> str:
    if token["plain"] is not None:
        return token["plain"]
    if token["less"]:
        return "&lt;" * len(token["less"])
    name = (token["name"] or "").lower()
    if name == "title":
        return f"<title>{token['raw']}</title>"
    if name == "script" and "application/ld+json" in token["attributes"].lower():
        # JSON's escape: what looks like a tag or a comment in a script is none.
        data = token["raw"].replace("<", "\\u003c")
        return f'<script type="application/ld+json">{data}</script>'
    return ""
