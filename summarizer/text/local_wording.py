"""What single languages write in lines around stories: links, editors, sources, pictures.

A table for its neighbour: it must not know where in an article such words stand.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final, NamedTuple


class Wording(NamedTuple):
    """What lines of one language begin with, in lower case and met in any, parted by bars.

    Attributes:
        links: before a colon and the title of another story, or above a list of such titles.
        about: what follows these where they tell what the other story is about.
        alone: lines by themselves.
        notices: where the story goes on: "continues below the ad".
        sources: before a colon and a name.
        pictures: what kind of picture a line stands below, and nothing else.
        roles: before a colon and the names of those who worked on the story.
        desk: what they did, before their names and without a colon: a regular expression.
    """

    links: str = ""
    about: str = ""
    alone: str = ""
    notices: str = ""
    sources: str = ""
    pictures: str = ""
    roles: str = ""
    desk: str = ""


_NORWEGIAN: Final = Wording(
    links="les mer|les også|les hele saken|se også|relaterte saker",
    about="her|i|om|på",
    alone="annonse",
    notices="artikkelen fortsetter|saken fortsetter",
    sources="kilde",
    pictures="illustrasjonsfoto|arkivfoto",
    roles="tekst|journalist|redaktør",
)

WORDINGS: Final[Mapping[str, Wording]] = MappingProxyType(
    {
        "ar": Wording(
            links="اقرأ أيضا|اقرأ أيضاً|اقرأ ايضا|اقرأ المزيد|اقرأ أكثر|إقرأ أيضا|إقرأ أيضاً|"
            "طالع أيضا",
            sources="المصدر",
            desk="تحرير|إعداد|تغطية صحفية",
        ),
        "cs": Wording(
            links="čtěte více|čtěte také|čtěte dále|přečtěte si|přečtěte si také|přečtěte si více|"
            "mohlo by vás zajímat|související články",
            alone="reklama|inzerce",
            sources="zdroj",
        ),
        "da": Wording(
            links="læs mere|læs også|se også|læs hele historien",
            about="her|i|om|på",
            alone="annonce",
            notices="artiklen fortsætter|historien fortsætter",
            sources="kilde",
            pictures="arkivfoto",
            roles="tekst|journalist|redaktør",
        ),
        "de": Wording(
            links="lesen sie mehr|lesen sie hier|lesen sie dazu|lesen sie auch|"
            "lesen sie dazu auch|mehr dazu|mehr zum thema|auch interessant|weiterlesen|"
            "das könnte sie auch interessieren|weitere nachrichten",
            about="in|über|zu|zum|zur",
            sources="quelle|quellen|bildrechte|bildnachweis|symbolfoto|archivfoto|symbolbild|"
            "archivbild",
            pictures="symbolbild|symbolfoto|archivbild|archivfoto",
            roles="redaktion|bearbeitung|mitarbeit|bericht|text|reporter|reporterin|autor|autorin",
            desk="(?:bericht|berichtet|bearbeitet|geschrieben|redigiert|übersetzt|"
            "zusammengestellt) von|(?:reporter|reporterin|redaktion|mitarbeit):",
        ),
        "el": Wording(
            links="διαβάστε επίσης|διαβάστε ακόμη|διαβάστε ακόμα|διαβάστε περισσότερα|δείτε επίσης",
            sources="πηγή|φωτογραφία",
        ),
        "es": Wording(
            links="lee también|lea también|lee más|lea más|lee además|lea además|"
            "te puede interesar|le puede interesar|también te puede interesar|"
            "también le puede interesar|ver también|vea también|ver más|más información|"
            "sigue leyendo|seguir leyendo|noticias relacionadas",
            about="aquí|en|sobre",
            sources="foto de archivo|imagen de archivo",
            pictures="foto de archivo|imagen de archivo",
            roles="edición|redacción|texto|traducción|reportero|reportera|periodista",
            desk="(?:editado(?: en español)?|escrito|redactado|traducido) por|(?<!con )(?:reporte|"
            "reportes|reporte adicional|reportaje|información|edición) de",
        ),
        "fi": Wording(
            links="lue lisää|lue myös|katso myös",
            alone="mainos",
            notices="juttu jatkuu|artikkeli jatkuu",
            sources="lähde",
            roles="teksti|toimittaja",
        ),
        "fr": Wording(
            links="à lire|à lire aussi|à lire également|à voir|à voir aussi|à voir également|"
            "lire aussi|lire également|voir aussi|voir également|lire la suite|"
            "pour aller plus loin|pour en savoir plus|sur le même sujet|sur le même thème",
            sources="photo d'archives|photo d’archives",
            pictures="photo d'archives|photo d’archives|photo d'illustration|photo d’illustration",
            roles="rédaction|texte|montage",
            desk="(?:édité|rédigé|traduit) par|reportage(?: de)?|version française(?: de)?|"
            "avec la contribution de",
        ),
        "he": Wording(
            links="קראו גם|קראו עוד",
            sources="מקור|צילום",
        ),
        "hu": Wording(
            links="olvassa el|olvassa el ezt is|ezt is olvassa el|kapcsolódó cikkek|"
            "kapcsolódó cikk",
            alone="olvasta már?|hirdetés",
            sources="forrás|fotó",
        ),
        "id": Wording(
            links="baca juga|baca selengkapnya|simak juga|lihat juga|artikel terkait|"
            "berita terkait",
            sources="sumber",
            roles="pewarta|editor|penulis|reporter",
        ),
        "it": Wording(
            links="leggi anche|leggi di più|leggi tutto|per approfondire|guarda anche|vedi anche|"
            "potrebbe interessarti anche|ti potrebbe interessare|ti potrebbe interessare anche|"
            "notizie correlate|articoli correlati",
            alone="pubblicità",
            pictures="foto d'archivio|foto d’archivio",
            roles="redazione|testo",
            desk="editing(?: di)?|tradotto da",
        ),
        "ja": Wording(
            links="関連記事|続きを読む|あわせて読みたい",
            sources="出典|写真|提供",
        ),
        "ko": Wording(
            links="관련기사|관련 기사",
            sources="출처|사진",
        ),
        "nb": _NORWEGIAN,
        "nl": Wording(
            links="lees ook|lees meer|lees verder|lees hier|bekijk ook|kijk ook|meer lezen",
            about="hier|in|op|over",
            alone="advertentie",
            notices="tekst gaat verder|tekst loopt door|artikel gaat verder|(tekst gaat verder|"
            "(tekst loopt door|(artikel gaat verder|de tekst gaat verder|het artikel gaat verder",
            sources="bron|beeld",
            pictures="archieffoto",
            roles="redactie|tekst",
            desk="(?:bewerkt|geschreven|vertaald) door",
        ),
        "nn": _NORWEGIAN,
        "no": _NORWEGIAN,
        "pl": Wording(
            links="czytaj też|czytaj także|czytaj więcej|czytaj dalej|zobacz też|zobacz także|"
            "zobacz również|przeczytaj też|przeczytaj także|przeczytaj również",
            about="na|o|w",
            alone="reklama|polecamy",
            notices="dalsza część tekstu|dalsza część artykułu|ciąg dalszy",
            sources="źródło|fot.",
            roles="opracowanie|opracował|opracowała|redaktor|redaktorka|redakcja|tekst|"
            "oprac.|tłum.",
        ),
        "pt": Wording(
            links="leia também|leia mais|leia ainda|veja também|veja mais|confira também|"
            "saiba mais|notícias relacionadas",
            about="aqui|em|na|no|sobre",
            alone="publicidade",
            notices="continua após|continua depois",
            pictures="foto de arquivo|imagem de arquivo",
            roles="edição|redação|reportagem|texto|tradução|repórter",
            desk="(?:editado|escrito|redigido|traduzido) por|(?:edição|reportagem|"
            "reportagem adicional|texto|tradução) de",
        ),
        "ro": Wording(
            links="citește și|citiți și|citește mai mult|citiți mai mult|vezi și|articole similare",
            alone="publicitate",
            sources="sursa|sursă",
            roles="editor|redactor",
        ),
        "ru": Wording(
            links="читайте также|читайте ещё|читайте еще|читать далее|читать также|по теме|"
            "смотрите также|материалы по теме",
            alone="реклама",
            notices="подписывайтесь на наш|подпишитесь на наш",
            sources="источник",
            roles="редактор|корреспондент|текст|перевод",
            desk="редактор|перевод|перевел|перевела",
        ),
        "sk": Wording(
            links="čítajte aj|čítajte tiež|čítajte viac|prečítajte si|prečítajte si aj|"
            "prečítajte si tiež|mohlo by vás zaujímať|súvisiace články",
            alone="reklama|inzercia",
            sources="zdroj",
        ),
        "sv": Wording(
            links="läs mer|läs också|läs även|läs vidare|se även|se också",
            about="här|i|om|på",
            alone="annons",
            notices="artikeln fortsätter",
            sources="källa",
            pictures="arkivbild|genrebild",
            roles="text|reporter|redaktör",
        ),
        "sw": Wording(
            links="soma pia|soma zaidi|unaweza pia kusoma|unaweza kusoma pia",
            sources="chanzo",
        ),
        "th": Wording(
            links="อ่านเพิ่มเติม|อ่านข่าวเพิ่มเติม|ข่าวที่เกี่ยวข้อง",
            sources="ที่มา|ภาพ",
        ),
        "tr": Wording(
            links="ayrıca okuyun|ayrıca bakınız|İlgili haberler|İlgili haber|haberin devamı",
            sources="kaynak|fotoğraf",
            roles="editör|muhabir|haber",
        ),
        "uk": Wording(
            links="читайте також|читайте ще|читати далі|дивіться також|за темою",
            alone="реклама",
            notices="підписуйтесь на наш|підписуйтеся на наш",
            sources="джерело",
            roles="редактор|текст|переклад",
        ),
        "vi": Wording(
            links="xem thêm|đọc thêm|tin liên quan|bài liên quan",
        ),
        "zh": Wording(
            links="相关阅读|相关新闻|相关报道|延伸阅读|更多阅读|相關閱讀|相關新聞|延伸閱讀",
            sources="来源|來源|资料来源|資料來源|图片来源|圖片來源|新闻来源",
            roles="责任编辑|責任編輯|责编|責編|编辑|編輯|校对|作者",
        ),
    }
)
"""By ISO 639-1 code; English wording is met in all languages, and stands with their rules."""
