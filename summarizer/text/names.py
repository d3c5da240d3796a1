"""Patterns of names as stories are signed with them: of people, of agencies, of anything.

A table for its neighbours; it must not know where in a story a name stands.
"""

from __future__ import annotations

from typing import Final

CAPITAL: Final = r"[^\W\d_a-zß-öø-ÿа-я]"
"""A capital letter, or a letter of a script that has none."""

CAPITAL_WORD: Final = rf"{CAPITAL}[\w.'’-]{{0,24}}"
"""A word that begins with one."""

NAME: Final = (
    rf"{CAPITAL_WORD}(?: (?:{CAPITAL_WORD}|al|bin|da|de|del|der|di|dos|el|la|le|van|von)){{1,4}}"
)
"""A person's name, of two words at least."""

AGENCY: Final = (
    r"(?:AAP|AFP|Agence France[- ]Presse|AGI|ANI|ANSA|AP|APA|(?:The )?Associated Press|ATS|"
    r"BBC News(?: Online)?|Belga|Bloomberg(?: News)?|(?:The )?Canadian Press|CBS(?: News)?|CNN|"
    r"Dow Jones|dpa|DPA|EFE|Europa Press|EUROPA PRESS|IANS|KCNA|KUNA|Kyodo(?: News)?|Lusa|"
    r"PA|PA Media|Press Association|PTI|Reuters|REUTERS|RFI|RIA Novosti|SDA|sda|Sputnik|TASS|"
    r"Thomson Reuters(?: Foundation)?|TT|TTXVN|UPI|Vietnam\+|WAM|Xinhua|Yonhap|"
    r"ТАСС|РИА Новости|Интерфакс)"
)
"""One agency or outlet."""

AGENCIES: Final = rf"{AGENCY}(?:(?:,? (?:and|und|et|y|e|with) |, ?|/| ?\| ?){AGENCY})*"
"""Agencies that carried a story together."""

_SYLLABLE: Final = r"[^\W\d_a-zß-öø-ÿăđĩũơưạ-ỹ][^\W\d_]{0,7}"
VIETNAMESE_NAME: Final = rf"(?:CTV |PV )?{_SYLLABLE}(?:[ .]{{1,2}}{_SYLLABLE}){{0,3}}"
"""Who wrote a Vietnamese story: a few words, each with a capital, perhaps with what they are."""
