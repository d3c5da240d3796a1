"""How single languages name agencies, and say that a story has words of theirs or is their own.

A table for its neighbour: it must not know where in an article such words stand.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final, NamedTuple


class Owners(NamedTuple):
    """Whose a story may be in one language: regular expressions.

    Attributes:
        agencies: those of its countries, besides the ones known everywhere.
        helped: what stands before the agency whose material a story uses, in any case.
        many: what stands for agencies that are not named.
        rights: that all rights are reserved, in any case.
    """

    agencies: str = ""
    helped: str = ""
    many: str = ""
    rights: str = ""


_NORWEGIAN: Final = Owners(
    agencies="NTB",
    helped="med",
    rights="alle rettigheter (?:reservert|forbeholdt)",
)

OWNERS: Final[Mapping[str, Owners]] = MappingProxyType(
    {
        "ar": Owners(
            agencies=r"رويترز|أ ?ف ?ب|أ\.ف\.ب|فرانس برس|د ب أ|الأناضول|وام|واس",
            rights="(?:جميع|كل) الحقوق محفوظة",
        ),
        "cs": Owners(
            agencies="ČTK",
            helped="s využitím|s přispěním",
            rights="všechna práva vyhrazena",
        ),
        "da": Owners(
            agencies="[Rr]itzau",
            helped="med",
            rights="alle rettigheder forbeholdes",
        ),
        "de": Owners(
            agencies="SID|sid|epd|KNA|dpa-AFX|dpa-infocom|Keystone-SDA|dts",
            helped="mit|mit (?:agentur)?material(?:ien)? (?:von|der)|mit informationen von",
            many="Agenturen|Agenturmaterial|Material von Agenturen",
            rights="alle rechte vorbehalten",
        ),
        "el": Owners(
            agencies="ΑΠΕ-ΜΠΕ|ΑΠΕ|ΑΜΠΕ",
            helped="με πληροφορίες από|με πληροφορίες του",
            rights="όλα τα δικαιώματα (?:διατηρούνται|κατοχυρωμένα)|"
            "με επιφύλαξη παντός δικαιώματος",
        ),
        "es": Owners(
            agencies="Télam|TÉLAM|Notimex|NOTIMEX|Prensa Latina|Colpisa|Andina",
            helped="con|con (?:datos|información|informaciones|material) de(?: la| las)?",
            many="agencias",
            rights="todos los derechos reservados|prohibida (?:su|"
            "la) reproducción(?: total)?(?: o parcial)?",
        ),
        "fi": Owners(
            agencies="STT",
            rights="kaikki oikeudet pidätetään",
        ),
        "fr": Owners(
            agencies="Keystone-ATS|ats|APS|ACP|AIP|PANA",
            helped="avec|avec l['’]|avec les",
            many="agences",
            rights="tous droits (?:de reproduction(?: et de (?:diffusion|"
            "représentation))? )?réservés|(?:toute )?reproduction interdite",
        ),
        "he": Owners(
            rights="כל הזכויות שמורות",
        ),
        "hu": Owners(
            agencies="MTI",
            rights="minden jog fenntartva",
        ),
        "id": Owners(
            agencies="ANTARA|Antara",
            rights="hak cipta dilindungi undang-undang",
        ),
        "it": Owners(
            agencies="Adnkronos|ADNKRONOS|Askanews|askanews|LaPresse|Radiocor|Italpress|ITALPRESS",
            helped="con|con fonte|fonte",
            many="agenzie",
            rights="riproduzione riservata|tutti i diritti (?:sono )?riservati",
        ),
        "ja": Owners(
            agencies="共同(?:通信)?|時事(?:通信)?|ロイター",
            rights="(?:無断転載|禁無断転載)[^。]{0,12}",
        ),
        "ko": Owners(
            agencies="연합뉴스|뉴시스|뉴스1",
            rights="(?:저작권자[^.]{0,40})?무단 ?전재[^.]{0,30}금지>?",
        ),
        "nb": _NORWEGIAN,
        "nl": Owners(
            agencies="ANP|Novum",
            helped="met|met medewerking van",
            rights="alle rechten voorbehouden",
        ),
        "nn": _NORWEGIAN,
        "no": _NORWEGIAN,
        "pl": Owners(
            agencies="PAP|IAR|KAI",
            helped="za|na podstawie",
            rights="wszelkie prawa zastrzeżone",
        ),
        "pt": Owners(
            agencies="Agência (?:Brasil|Estado|Lusa|O Globo)|Estadão Conteúdo|Folhapress|"
            "FOLHAPRESS|Angop",
            helped="com|com (?:informações|dados|material) d(?:[ao]s?|e)",
            many="agências(?: internacionais| de notícias)?",
            rights="todos os direitos reservados|(?:é )?proibida a reprodução[^.]{0,40}",
        ),
        "ro": Owners(
            agencies="AGERPRES|Agerpres|MEDIAFAX|Mediafax",
            rights="toate drepturile (?:sunt )?rezervate",
        ),
        "ru": Owners(
            agencies="РИА «Новости»|РБК|Рейтер",
            helped="по материалам|с использованием материалов",
            many="агентств|СМИ",
            rights="все права защищены",
        ),
        "sk": Owners(
            agencies="TASR|SITA",
            helped="s využitím",
            rights="všetky práva (?:sú )?vyhradené",
        ),
        "sv": Owners(
            agencies="FNB",
            helped="med",
            rights="alla rättigheter förbehållna",
        ),
        "sw": Owners(
            rights="haki zote zimehifadhiwa",
        ),
        "th": Owners(
            rights="สงวนลิขสิทธิ์|สงวนสิทธิ์ทุกประการ",
        ),
        "tr": Owners(
            agencies="AA|DHA|İHA|ANKA",
            rights="(?:tüm|her) hak(?:kı|ları)? saklıdır",
        ),
        "uk": Owners(
            agencies="Укрінформ|УНІАН|УНН|Інтерфакс-Україна",
            helped="за матеріалами|за інформацією",
            many="агентств|ЗМІ",
            rights="(?:усі|всі) права (?:захищено|захищені|застережено)",
        ),
        "vi": Owners(),
        "zh": Owners(
            agencies="新华社|新華社|中新社|中新网|中央社|法新社|路透社|央视新闻|完",
            rights="(?:版权|版權)所有[^。]{0,20}",
        ),
    }
)
"""By ISO 639-1 code; what English writes is met in all languages, and stands with its rules."""
