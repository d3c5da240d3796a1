"""Words that call for a preposition, and say little without what that introduces.

Words only: it must not know where they stand.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

CALLS: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        opening: frozenset(words.split())
        for opening, words in {
            "about": "lie lies lied lying all arms talked concerns worries questions doubts "
            "asked complaint complaints",
            "against": "action",
            "as": "known seen considered billed touted viewed recognised recognized listed "
            "perceived acted acting served serves serving best-known emerge emerges "
            "emerged chosen elected hailed",
            "by": "hit known best-known plagued dogged blighted overshadowed caused "
            "triggered prompted sparked abide accompanied sponsored polled",
            "for": "support bid bids case nominated date known best-known responsible blamed "
            "set course accounted qualify searching appetite earmarked",
            "from": "away apart suffer suffers suffered suffering benefit benefits withdraw "
            "withdraws withdrew withdrawn evicted ranging ranged stemming stems "
            "stemmed refrain arising derived benefiting benefited",
            "into": "investigation investigations inquiry inquiries probe thrown plunged "
            "forced turned turn turns transformed divided tricked entered",
            "in": "role roles interested involved resulted results resulting engaged "
            "embroiled steeped participated participate headquartered sworn rein "
            "starred stake back failed fails",
            "of": "hopeful issue issues question questions sale because honour honor body "
            "version versions start beginning round suspected convicted cleared "
            "acquisition blizzard accused accuses accuse evidence sign signs swathe "
            "wave flurry spate array range presence run consists consist dreams "
            "dreaming dreamed aware guilty search stripped capable advantage member "
            "members victim instead worth fond ashamed wary amount amounts both bunch "
            "cost costs dozens each few half hundreds many most none one several some "
            "inch inches kilometres lack majority metres miles rate rates level "
            "millions minutes months pair part parts piece pieces portion rest risk "
            "sense share tens thousands tonnes victims weeks event back wake face "
            "case light course form hands heels verge brink head account number end "
            "series result kind sort lot quarter third front favour favor whole "
            "charge charges discovery suspicion retrial terms middle midst absence "
            "aftermath spite combination mixture mix notion idea prospect talk clutch "
            "host string raft critical full centre center heart short proud afraid "
            "tired typical deprived rid reminiscent dispose consisting consisted "
            "regardless kinds chunk fraction portions handful introduction sorts "
            "unaware continuation plenty types type aspects aspect behalf resumption "
            "variety rejection anticipation violation height reflection proportion "
            "billions composed glimpse sake duration abolition length completion "
            "couple adoption removal pursuit isle eyes",
            "on": "set comment ban bans call calls called heaped intent reliant based keen "
            "focus focused focuses rely relies relied depends depend dependent sights "
            "insisted insists hinges eye bent head dependence embark depending "
            "focusing commenting emphasis relying concentrating centred crackdown "
            "grip",
            "over": "concerns worries fears doubts questions",
            "to": "trip known best-known belongs belong led leads leading refers referred "
            "subject prone taken brought aiming hoping planning stick sticks stuck "
            "preparing trying committed linked contributed contributes contribute "
            "attention reference similar come comes came took taking ultimatum "
            "dedicated devoted wish wishes wished adhere relating relate relation "
            "referring subjected belonging belonged responding entitled listened "
            "listening thanks applies confined allegiance attached contrary reacting "
            "amounting amounted link links ties",
            "at": "aimed aiming rank ranks ranked valued priced",
            "under": "come comes came put puts",
            "with": "grips stick sticks stuck faced confronted agree agrees agreed disagree "
            "disagrees deal deals dealing dealt cope copes coping compared filled "
            "associated met unhappy happy angry pleased satisfied disappointed "
            "frustrated living accordance conjunction coupled coincide comply "
            "connection equipped diagnosed interfere collided consistent",
        }.items()
    }
)
"""By the preposition."""
CALLING = frozenset().union(*CALLS.values())
"""All of these words."""
