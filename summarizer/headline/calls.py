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
            "about": "all arms asked complaint complaints concerns doubts excited lie lied lies "
            "lying optimistic questions talked worries",
            "against": "action",
            "as": "acted acting best-known billed chosen considered elected emerge emerged "
            "emerges hailed known listed perceived recognised recognized seen served "
            "serves serving touted viewed",
            "at": "aimed aiming priced rank ranked ranks valued",
            "between": "choice choices difference differences relationship",
            "by": "abide accompanied best-known blighted caused dogged hit known overshadowed "
            "plagued polled prompted sparked sponsored triggered",
            "for": "accounted appetite applied applies apply best-known bid bids blamed call "
            "called calling calls case course date earmarked known nominated qualify "
            "responsible searching set support",
            "from": "apart arising away benefit benefited benefiting benefits derived evicted "
            "ranged ranging refrain stemmed stemming stems suffer suffered suffering "
            "suffers withdraw withdrawn withdraws withdrew",
            "in": "back embedded embroiled engaged failed fails headquartered interested "
            "involved participate participated rein resulted resulting results revival "
            "role roles stake star starred starring stars steeped sworn",
            "into": "divided entered forced inquiries inquiry investigation investigations "
            "plunged probe thrown transformed tricked turn turned turns",
            "of": "abolition absence account accuse accused accuses acquisition adoption "
            "advantage afraid aftermath amount amounts anticipation array ashamed aspect "
            "aspects aware back battery because beginning behalf billions blizzard body "
            "both brink bunch capable case center centre charge charges chunk cleared "
            "clutch combination completion composed consist consisted consisting consists "
            "continuation convicted cost costs couple course critical deprived "
            "development discovery dispose dozens dreamed dreaming dreams duration each "
            "end event evidence eyes face favor favour few flurry fond form fraction "
            "freeman front full glimpse guilty half handful hands head heart heels height "
            "honor honour hopeful host hundreds idea inch inches instead introduction "
            "isle issue issues kilometres kind kinds lack length level light lot majority "
            "many member members metres middle midst miles millions minutes mix mixture "
            "months most none notion number one pair part parts piece pieces plenty "
            "portion portions presence proportion prospect proud pursuit quarter question "
            "questions raft range rate rates reflection regardless rejection reminiscent "
            "removal rest result resumption retrial rid risk round run sake sale search "
            "sector sense series several share short sign signs some sort sorts spate "
            "spite start string stripped subject suspected suspicion swathe talk tens "
            "terms third thousands tired tonnes type types typical unaware variety verge "
            "version versions victim victims violation wake wary wave weeks whole world "
            "worth",
            "on": "ban bans based bent call called calls centred comment commenting "
            "concentrating crackdown depend dependence dependent depending depends embark "
            "emphasis eye focus focused focuses focusing grip head heaped hinges "
            "information insisted insists intent keen reliant relied relies rely relying "
            "set sights",
            "over": "concerns doubts fears questions suspended worries",
            "to": "adhere aiming allegiance amounted amounting applies attached attention "
            "belong belonged belonging belongs best-known brought came come comes "
            "committed confined connection connections contrary contribute contributed "
            "contributes dedicated devoted entitled hoping known leading leads led link "
            "linked links listened listening planning preparing prone reacting reference "
            "referred referring refers relate relating relation responding similar stick "
            "sticks stuck subject subjected switched taken taking thanks ties took "
            "transferred trip trying ultimatum wish wished wishes",
            "under": "came come comes put puts",
            "with": "accordance agree agreed agrees angry associated coincide collided compared "
            "comply confronted conjunction connection consistent cope copes coping "
            "coupled deal dealing deals dealt diagnosed disagree disagrees disappointed "
            "equipped faced filled frustrated grips happy interfere living met pleased "
            "satisfied stick sticks stuck unhappy",
        }.items()
    }
)
"""By the preposition."""
CALLING = frozenset().union(*CALLS.values())
"""All of these words."""
