"""What stands on record is found, however it is written, and nothing else is taken for it."""

from __future__ import annotations

import datetime

import pytest
import regex
from made_statements import statement

from index.model.answer import Answer
from index.model.record import Record
from index.search import Index

TODAY = datetime.date(2025, 3, 10)
#: Other paragraphs, so that a word is rare enough to be weighed.
OTHERS = (
    *("Tea was served at noon.", "Rice is scarce this season.", "Schools reopen after harvest."),
    *("A ferry sails on Sundays.", "The harvest of saffron was good.", "Lamps light the quay."),
    *("Nets dry on the beach.", "The museum has a new roof.", "Glass is made in the valley."),
)


def record(*texts: str, language: str = "en", **of_others: str) -> Index:
    """Return the index of *texts* in a *language*, beside others: in English, and as given."""
    made = [statement("a", list(texts), language=language), statement("others", list(OTHERS))]
    made += [statement(code, [text], language=code) for code, text in of_others.items()]
    return Index(Record.of(made))


def ask(index: Index, question: str) -> Answer:
    return index.ask(question, 5, TODAY)


def first(index: Index, question: str) -> str:
    """Return the text that answers *question* first; empty if none does."""
    answer = ask(index, question)
    return answer.hits[0].paragraph.text if answer.answered else ""


# Records of several languages

#: A statement in each language, beside one of nine paragraphs in a commoner language of its script.
SMALLER = {
    "es": "El gobierno construirá viviendas sociales y firmará convenios colectivos.",
    "de": "Die Bundesregierung erhöht die Löhne der Lehrerinnen in allen Gemeinden.",
    "fr": "Les négociations commerciales reprendront après les élections municipales.",
    "pt": "As exportações brasileiras cresceram nos mercados asiáticos.",
    "tr": "Hükümet öğretmenlerin maaşlarını artırdı ve limanları genişletti.",
    "id": "Pemerintah membangun pelabuhan dan menaikkan gaji para nelayan.",
}
CYRILLIC = ("Вчителі отримають надбавку.", "Міст відкрили навесні.", "Лікарні чекають на ліки.")
ARABIC = ("أكد الوزير أن الميناء سيفتح.", "ناقش المجلس ميزانية التعليم.", "وصل الوفد مساء.")


@pytest.mark.parametrize("language", SMALLER)
def test_each_word_of_a_smaller_language_is_found(language: str) -> None:
    """By itself it tells nothing of its language, and English would stem it otherwise."""
    text = SMALLER[language]
    index = Index(
        Record.of([statement("others", list(OTHERS)), statement("a", [text], language=language)])
    )
    words = regex.findall(r"\w{5,}", text)
    assert [word for word in words if first(index, word) != text] == []
    assert [word for word in words if first(index, f'"{word}"') != text] == []


@pytest.mark.parametrize(
    ("larger", "texts", "language", "text", "question"),
    [
        ("uk", CYRILLIC, "ru", "Порты расширяются каждый год.", "порты"),
        ("uk", CYRILLIC, "ru", "Порты расширяются каждый год.", "порт"),
        ("uk", CYRILLIC, "bg", "Пристанищата се разширяват.", "пристанищата"),
        ("ar", ARABIC, "ur", "وزیر خارجہ نے بیان دیا۔", '"وزیر خارجہ"'),
        ("ar", ARABIC, "ur", "سیلاب متاثرین کو امداد ملی۔", "متاثرین"),
        ("ar", ARABIC, "fa", "وزیران درباره بندرها گفتگو کردند.", "بندرها"),
        ("ru", CYRILLIC, "uk", "Мости відкриють восени.", "мости"),
    ],
)
def test_so_it_is_in_every_script(
    larger: str, texts: tuple[str, ...], language: str, text: str, question: str
) -> None:
    made = [statement("others", list(texts), language=larger)]
    index = Index(Record.of([*made, statement("a", [text], language=language)]))
    assert first(index, question) == text


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("¿Qué hará el gobierno con las viviendas?", SMALLER["es"]),
        ("vivienda social", SMALLER["es"]),
        ("Was tut die Regierung für Lehrerin und Gemeinde?", SMALLER["de"]),
        ("Lehrerinnen viviendas", SMALLER["de"]),
        ("Which museum has a roof?", OTHERS[7]),
        ("schools", OTHERS[2]),
    ],
)
def test_other_forms_of_a_word_are_found_in_each_language(question: str, text: str) -> None:
    made = [statement("others", list(OTHERS))]
    made += [statement(code, [one], language=code) for code, one in SMALLER.items()]
    assert first(Index(Record.of(made)), question) == text


def test_synonyms_hold_in_each_language() -> None:
    made = [statement("others", list(OTHERS)), statement("a", [SMALLER["es"]], language="es")]
    index = Index(Record.of(made, synonyms=(("flats", "viviendas"),)))
    assert first(index, "flats") == SMALLER["es"]


# Acronyms that are small words

ACRONYMS = (
    *("The WHO funds vaccines in our clinics.", "UNICEF funds vaccines in our schools."),
    *("IT exports rose to three billion dollars.", "LeT is banned in our country."),
    *("IS fighters crossed the river at night.", "Tribal fighters crossed the river today."),
    *("The CAN bloc met in Lima.", "The Mercosur bloc met in Lima."),
    *(
        "Vitamin A was handed out to children.",
        "Vitamin D was handed out to children.",
        "The US sent wheat.",
    ),
    *("They sent wheat to us.", "JeM is banned in our country.", "Who funds the clinics is open."),
    *("WHY IT IS TIME: A NEW START FOR THE PORT", "The U.S. envoy spoke of OR-tools."),
)


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("What did the WHO say about vaccines?", 0),
        ("Does WHO fund vaccines?", 0),
        ("WHO", 0),
        ("who funds vaccines in schools?", 1),
        ("IT", 2),
        ("How much are IT exports?", 2),
        ("Is LeT banned?", 3),
        ("Have IS fighters crossed the river?", 4),
        ("Where did the CAN bloc meet?", 6),
        ("Where did the Mercosur bloc meet?", 7),
        ("vitamin A", 8),
        ("Was vitamin A handed out?", 8),
        ("Was vitamin D handed out?", 9),
        ("Did the US send wheat?", 10),
        ("Is JeM banned?", 12),
        ("WHY IT IS TIME", 14),
        ("WHEN did the Mercosur bloc meet?", 7),
        ("U.S. envoy", 15),
        ("the US's envoy", 15),
    ],
)
def test_a_word_in_capitals_is_a_name(question: str, text: int) -> None:
    """It is equal only to the like; where all is in capitals, they tell nothing."""
    assert first(record(*ACRONYMS), question) == ACRONYMS[text]


def test_us_in_small_letters_may_be_either() -> None:
    texts = [hit.paragraph.text for hit in ask(record(*ACRONYMS), "what wheat did us send?").hits]
    assert {ACRONYMS[10], ACRONYMS[11]} <= set(texts)


def test_what_says_the_name_in_full_may_answer_about_the_acronym() -> None:
    full = "The United States gave the port a lighthouse as a gift of friendship."
    index = record(full, *ACRONYMS[10:12], *OTHERS[:3])
    assert first(index, "Who gave the lighthouse as a gift from the US?") == full


def test_a_name_that_is_not_on_record_is_not_the_small_word() -> None:
    index = record(*ACRONYMS[1:2], *ACRONYMS[13:14], *OTHERS[:3])
    assert first(index, "WHO") == ""
    assert first(index, "What did the WHO do?") == ""


# Numbers

NUMBERS = (
    *("The tunnel will cost £2.5bn over ten years.", "The pipeline is 2,000km long."),
    *("Turnout was 1.5m voters.", "The lorry weighs 3.5t.", "Wages rose by 50% this year."),
    *(
        "The grant is 1 200 euros.",
        "The fund has 5\u202f000 members.",
        "Rents fell by 12 per cent.",
    ),
    *("The levy is 7 percent of the price.", "The fence is 2½ metres high."),
    *("The lake holds 40 m³ of water.", "A Su-30MKI landed.", "The dam will cost $250 million."),
    *("The bridge will cost €250 million.", "The road will cost 90 million US dollars."),
    *("A visa is Rs 500.", "Aid of USD 35 million came.", "The site has 1,00,000 books."),
    *("The reserve is 12 billion rupees.", "The mine gave 12 tonnes.", "The prize is ¥800."),
    *("Half of it, ¼ tonne, was lost.", "The talks end at 3pm.", "The 1990s were hard."),
)


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("£2.5 bn", 0),
        ("2.5 billion pounds", 0),
        ("What will cost £2.5bn?", 0),
        ("2000km", 1),
        ("2,000 km", 1),
        ("2000 kilometres", 1),
        ("1.5 million voters", 2),
        ("1.5m", 2),
        ("3.5 tonnes", 3),
        ("3.5t", 3),
        ("50 percent", 4),
        ("50 per cent", 4),
        ("50 %", 4),
        ("Did wages rise by 50%?", 4),
        ("1200 euros", 5),
        ("1 200", 5),
        ("€1,200", 5),
        ("5000 members", 6),
        ("5,000", 6),
        ("12%", 7),
        ("Did rents fall by 12 percent?", 7),
        ("7%", 8),
        ("2.5 metres", 9),
        ("2½ metres", 9),
        ("40 m3", 10),
        ("40 m³", 10),
        ("Su-30", 11),
        ("Su 30 MKI", 11),
        ("Su-30MKI", 11),
        ("$250 million", 12),
        ("USD 250 million", 12),
        ("250 million dollars", 12),
        ("$250m", 12),
        ("€250 million", 13),
        ("EUR 250 million", 13),
        ("$90 million", 14),
        ("₹500", 15),
        ("500 rupees", 15),
        ("Rs. 500", 15),
        ("$35 million", 16),
        ("100,000 books", 17),
        ("Rs 12bn", 18),
        ("12 tonnes", 19),
        ("¥800", 20),
        ("800 yen", 20),
        ("1/4 tonne", 21),
        ("3 pm", 22),
        ("1990s", 23),
    ],
)
def test_a_number_is_found_however_it_is_written(question: str, text: int) -> None:
    assert first(record(*NUMBERS), question) == NUMBERS[text]


@pytest.mark.parametrize(
    "question",
    [
        *("What will cost £5bn?", "£5bn", "5 billion", "What will cost €2.5bn?", "$2.5bn"),
        *("1,000km", "00km", "1.5 billion voters", "5 per cent", "0%", "£250 million"),
        *("Did wages rise by 5%?", "5t", "$500", "12 euros", "€800", "£90 million", "4 m³"),
    ],
)
def test_a_number_is_not_borne_out_by_another(question: str) -> None:
    """Neither by part of one, nor by the like in another unit or currency."""
    answer = ask(record(*NUMBERS), question)
    assert not answer.answered or answer.interpretation.absent, answer.hits[0].paragraph.text


def test_of_a_long_question_it_is_told_that_an_amount_is_absent() -> None:
    index = record(*NUMBERS)
    answer = ask(
        index, "Will the tunnel cost £5bn over ten years, and the lorry, voters, pipeline?"
    )
    assert answer.answered
    assert answer.interpretation.absent == ("£5bn",)
    told = ask(
        index, "Will the tunnel cost £2.5bn over ten years, and the lorry, voters, pipeline?"
    )
    assert told.interpretation.absent == ()


SPANISH_NUMBERS = (
    *("El crecimiento fue del 5,5 % en primavera.", "La multa es de 1.200,50 euros al día."),
    *("El puerto movió 12,4 millones de toneladas.", "Llegaron 45.000 turistas."),
    *("La deuda es de 1.250.000 euros.", "La tasa cayó al 3 por ciento.", "Cuesta 80 dólares."),
)


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("5.5", 0),
        ("5,5", 0),
        ("5,5%", 0),
        ("5.5 por ciento", 0),
        ("1200.50", 1),
        ("1.200,50 €", 1),
        ("1,200.50", 1),
        ("12.4 millones", 2),
        ("45000", 3),
        ("45.000", 3),
        ("45 000 turistas", 3),
        ("1250000", 4),
        ("1,250,000", 4),
        ("3%", 5),
        ("$80", 6),
    ],
)
def test_decimals_and_thousands_are_marked_in_either_way(question: str, text: int) -> None:
    assert first(record(*SPANISH_NUMBERS, language="es"), question) == SPANISH_NUMBERS[text]


@pytest.mark.parametrize("written", ["5,000", "5000", "5 000", "5\u00a0000", "5\u2009000"])
@pytest.mark.parametrize("typed", ["5,000", "5000", "5 000", "What cost 5 000 crowns?"])
def test_thousands_are_found_however_they_are_separated(written: str, typed: str) -> None:
    text = f"The dam cost {written} crowns in all."
    for question in (typed, f'"{typed}"') if typed[0] == "5" else (typed,):
        answer = ask(record(text, "The 500 boats came.", "A 5th dam rose."), question)
        assert answer.answered
        assert answer.hits[0].paragraph.text == text
        assert answer.interpretation.absent == ()


@pytest.mark.parametrize("tag", ["en", "es"])
@pytest.mark.parametrize("question", ["(0,0)", "What is at (0,0)?", "[0,0]"])
def test_two_numbers_in_brackets_are_no_decimal(tag: str, question: str) -> None:
    """Not even where a language of the record writes decimals with a comma."""
    spanish = statement("es", ["La tasa subió un 5,5 % en mayo."], language="es")
    point = statement("point", ["The axes cross at (0,0) on the chart."], language=tag)
    others = statement("others", OTHERS)
    answer = ask(Index(Record.of([spanish, point, others])), question)
    assert answer.answered
    assert answer.hits[0].citation.statement == "point"


# Languages

TURKISH = (
    *("Bakan, Bursa'da fabrika açtı.", "AB'nin kararı bekleniyor.", "TBMM'de bütçe görüşüldü."),
    *("BM’ye göre açlık arttı.", "2025'te seçim var.", "İstanbul’un nüfusu büyüdü."),
    *("NATO'dan heyet geldi.", "Erdoğan'ın ziyareti sürüyor.", "Limanlarımızda gemi bekliyor."),
)


@pytest.mark.parametrize(
    ("question", "text"),
    [
        *[("Bursa", 0), ("Bursa'nın fabrikası", 0), ("AB", 1), ("AB'ye karar", 1), ("TBMM", 2)],
        *[("BM", 3), ("BM'nin açlık", 3), ("2025", 4), ("İstanbul", 5), ("ISTANBUL", 5)],
        *[("istanbul'da", 5), ("NATO", 6), ("NATO’ya", 6), ("Erdoğan", 7), ("erdogan'a", 7)],
    ],
)
def test_turkish_suffixes_after_an_apostrophe_are_left_out(question: str, text: int) -> None:
    assert first(record(*TURKISH, language="tr"), question) == TURKISH[text]


CHINESE = (
    *("外交部发言人会见了记者。", "国务院总理访问企业。", "两国签署贸易协定，关税降低。"),
    *("行政院發言人說明預算。", "高雄港擴建工程完工。", "臺灣銀行調升利率。"),
)


@pytest.mark.parametrize(
    ("question", "text"),
    [
        *[("關稅", 2), ("總理訪問", 1), ("貿易協定", 2), ("外交部發言人", 0), ("國務院", 1)],
        *[("企業", 1), ("预算", 3), ("高雄港扩建", 4), ("台湾银行", 5), ("利率调升", 5)],
        *[("總理訪問了什麼？", 1), ("发言人说明了什么预算？", 3), ("關稅降低了嗎？", 2)],
    ],
)
def test_traditional_and_simplified_chinese_meet(question: str, text: int) -> None:
    assert first(record(*CHINESE, language="zh"), question) == CHINESE[text]


KOREAN = (
    *("서울은 한강을 끼고 있다.", "정부는 예산을 늘렸다.", "외교부가 성명을 발표했다."),
    *("장관이 부산항을 방문했다.", "물은 부족하지 않다.", "회의에서 관세 인하가 논의되었다."),
    *("대통령께서 국회의사당에 도착하셨다.", "북한과의 대화를 재개할 것이다.", "AI를 규제한다."),
    *("농민들에게 보조금을 지급한다.", "2025년에 선거가 있다.", "학교마다 급식이 무료다."),
)


@pytest.mark.parametrize(
    ("question", "text"),
    [
        *[("서울", 0), ("한강", 0), ("정부 예산", 1), ("외교부", 2), ("성명", 2), ("부산항", 3)],
        *[("부산", 3), ("장관", 3), ("물", 4), ("물이 부족합니까?", 4), ("회의", 5), ("관세", 5)],
        *[("관세를 인하합니까?", 5), ("대통령", 6), ("국회", 6), ("북한", 7), ("북한과 대화", 7)],
        *[("AI", 8), ("농민", 9), ("보조금", 9), ("2025", 10), ("선거는 언제입니까?", 10)],
        *[("학교 급식", 11), ("누가 부산항을 방문했습니까?", 3), ("정부가 무엇을 늘렸습니까?", 1)],
    ],
)
def test_korean_words_are_found_without_their_particles(question: str, text: int) -> None:
    assert first(record(*KOREAN, language="ko"), question) == KOREAN[text]


@pytest.mark.parametrize("question", ["세금", "어업", "서부", "은행", "정치", "하마", "수산물"])
def test_korean_words_that_are_not_on_record_are_not_found(question: str) -> None:
    assert first(record(*KOREAN, language="ko"), question) == ""


@pytest.mark.parametrize(
    ("language", "text", "question"),
    [
        ("hi", "भारत-चीन सीमा पर वार्ता हुई।", "भारत चीन"),
        ("hi", "भारत-चीन सीमा पर वार्ता हुई।", "भारतचीन"),
        ("hi", "दोनों पक्षों की बात-चीत सफल रही।", "बातचीत"),
        ("hi", "दोनों पक्षों की बातचीत सफल रही।", "बात-चीत"),
        ("hi", "दोनों पक्षों की बातचीत सफल रही।", "बात चीत"),
        ("fa", "دولت کتاب‌ها را رایگان می‌دهد.", "کتابها"),
        ("fa", "دولت کتاب‌ها را رایگان می‌دهد.", "کتاب ها"),
        ("fa", "دولت کتابها را رایگان می‌دهد.", "کتاب‌ها"),
        ("fa", "دولت کتاب ها را رایگان داد.", "کتاب‌ها"),
        ("fa", "دولت کتاب ها را رایگان داد.", "کتابها"),
        ("ur", "ذمہ‌دار افسر نے بیان دیا۔", "ذمہ دار"),
        ("ur", "ذمہ دار افسر نے بیان دیا۔", "ذمہ‌دار"),
        ("ur", "ذمہ‌دار افسر نے بیان دیا۔", "ذمہدار"),
    ],
)
def test_words_are_found_together_and_apart(language: str, text: str, question: str) -> None:
    others = {"hi": "विद्यालय कल खुलेगा।", "fa": "مدرسه فردا باز است.", "ur": "اسکول کل کھلے گا۔"}
    assert first(record(text, others[language], language=language), question) == text


# Invisible characters


@pytest.mark.parametrize(
    ("text", "question"),
    [
        ("The Inter\u00adgovern\u00admental panel met in Geneva.", "intergovernmental"),
        ("The sanc\u200btions were lifted on Friday.", "sanctions"),
        ("Our parl\u2060iament voted yes.", "parliament"),
        ("The \ufeffembassy reopened.", "embassy"),
        ("Die Wasser\u00adversorgung ist gesichert.", "Wasserversorgung"),
        ("The embassy reopened.", "em\u00adbassy"),
        ("The embassy reopened.", "\u200bembassy\u200b"),
        ("Ministère de l’inté\u00adrieur.", "intérieur"),
        ("Пра\u00adвительство решило.", "правительство"),
        ("The cost is 5\u200b000 euros.", "5000"),
        ("Don\u00ad’t go to O\u00ad’Hara’s.", "O’Hara"),
    ],
)
def test_what_is_not_seen_is_no_part_of_a_word(text: str, question: str) -> None:
    index = record(text, language="ru" if "П" in text else "en")
    assert first(index, question) == text


def test_the_offsets_of_a_word_with_invisible_characters_are_those_of_the_text() -> None:
    text = "The Inter\u00adgovern\u00admental panel."
    (hit,) = ask(record(text), "intergovernmental").hits
    ((start, stop),) = hit.highlights
    assert text[start:stop] == "Inter\u00adgovern\u00admental"


def test_a_decimal_comma_tells_the_language_of_a_question() -> None:
    made = [statement("others", list(OTHERS)), statement("a", list(SPANISH_NUMBERS), language="es")]
    index = Index(Record.of(made))
    assert first(index, "5,5 %") == SPANISH_NUMBERS[0]
    assert first(index, "12,4") == SPANISH_NUMBERS[2]


# Accents typed on purpose

ACCENTS = (
    *("El papá del ministro saludó.", "El papa visitó al ministro."),
    *("El año próximo habrá agua en la sierra.", "El ano fue operado."),
    *("La pêche au thon reprend.", "Le péché fut pardonné.", "El sí del senado.", "Si llueve, sí."),
)


@pytest.mark.parametrize(
    ("question", "text"),
    [
        *[("papá", 0), ("año", 2), ("pêche", 4), ("péché", 5), ("el papá saludó", 0)],
        *[("¿Qué año?", 2), ("PAPÁ", 0), ("an\u0303o", 2), ("años", 2), ("ano", 3)],
    ],
)
def test_an_accent_that_is_typed_puts_its_form_first(question: str, text: int) -> None:
    answer = ask(record(*ACCENTS, language="es"), question)
    assert answer.answered
    assert answer.hits[0].paragraph.text == ACCENTS[text]


@pytest.mark.parametrize(
    ("language", "question", "other", "text"),
    [
        ("es", "año", "El ano, el ano y el ano.", "Este año habrá agua en los pueblos del valle."),
        ("fr", "pêche", "Le péché est un péché.", "La pêche au thon reprend en mars sur la côte."),
        ("vi", "Đường", "Dương Hà gặp Dương Lê.", "Đường cao tốc phía nam đã mở cho xe tải."),
        ("pl", "sąd", "Sad przy sadzie, sad za sadem.", "Wczoraj sąd uchylił wyrok w tej sprawie."),
        ("tr", "kış", "Kıs kıs kıs sesi geldi.", "Bu yıl kış çok soğuk geçti ve yollar kapandı."),
        ("de", "Muße", "Musse ist Musse bei Musse.", "Die Muße der Fischer im Winter ist lang."),
        ("pt", "avô", "A avó e a avó da avó.", "O avô dos pescadores falou ontem com o povo."),
        ("hu", "kör", "A kór a kór kóra.", "A kör tagjai tegnap este a kikötőben énekeltek."),
        ("sv", "får", "Far till far är far.", "Alla får betar på ängen bredvid den nya hamnen."),
        ("ro", "față", "Fată cu fată, fată.", "Stăm față în față cu pescarii din tot portul."),
    ],
)  # fmt: skip
def test_its_form_is_first_where_the_other_stands_more_often(
    language: str, question: str, other: str, text: str
) -> None:
    assert first(record(other, text, language=language), question) == text


def test_capitals_without_accents_are_no_other_form() -> None:
    texts = ("LA PECHE AU THON reprend, dit le ministre.", "Le péché fut pardonné au village.")
    assert first(record(*texts, language="fr"), "pêche") == texts[0]


def test_without_it_both_are_found() -> None:
    texts = [hit.paragraph.text for hit in ask(record(*ACCENTS, language="es"), "ano").hits]
    assert {ACCENTS[2], ACCENTS[3]} <= set(texts)
    vietnamese = record("Đường cao tốc đã mở.", "Dương Quang ghi bàn hôm nay.", language="vi")
    assert first(vietnamese, "Đường") == "Đường cao tốc đã mở."
    assert first(vietnamese, "Dương") == "Dương Quang ghi bàn hôm nay."


@pytest.mark.parametrize(
    ("language", "text", "question"),
    [
        ("en", "Wages fell in the 1970s.", "Did wages fall in the 70s?"),
        ("en", "Wages fell in the 70s.", "1970s wages"),
        ("es", "La década de 1970 fue dura para los puertos.", "los años 70"),
    ],
)
def test_a_decade_is_found_in_either_form(language: str, text: str, question: str) -> None:
    assert first(record(text, language=language), question) == text
