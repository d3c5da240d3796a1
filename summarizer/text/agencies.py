"""Names of news agencies and outlets as they sign stories.

A table for the patterns of its neighbours; it must not know where in a story a name stands.
"""

from __future__ import annotations

from typing import Final

AGENCY: Final = (
    r"(?:AAP|AFP|Agence France[- ]Presse|AGI|ANI|ANSA|AP|APA|(?:The )?Associated Press|ATS|"
    r"BBC News(?: Online)?|Belga|Bloomberg(?: News)?|(?:The )?Canadian Press|CBS(?: News)?|CNN|"
    r"Dow Jones|dpa|DPA|EFE|Europa Press|EUROPA PRESS|IANS|KCNA|KUNA|Kyodo(?: News)?|Lusa|"
    r"PA|PA Media|Press Association|PTI|Reuters|REUTERS|RFI|RIA Novosti|SDA|sda|Sputnik|TASS|"
    r"Thomson Reuters(?: Foundation)?|TT|TTXVN|UPI|Vietnam\+|WAM|Xinhua|Yonhap|"
    r"ТАСС|РИА Новости|Интерфакс)"
)
"""One agency."""

AGENCIES: Final = rf"{AGENCY}(?:(?:,? (?:and|und|et|y|e|with) |, ?|/| ?\| ?){AGENCY})*+"
"""Agencies that carried a story together."""
