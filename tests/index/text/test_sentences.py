"""Sentences: expected ends drawn in the text, and what holds in any text."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.model.record import Record
from index.text.language import language_of
from index.text.sentence_rules import RULES, Boundary, rule_for
from index.text.sentences import sentence_spans

PIECES = st.sampled_from(
    [
        *(
            "Mr. ",
            "He left. ",
            "U.S. ",
            "“",
            "”",
            "。",
            "』",
            "と",
            "M. ",
            "डॉ. ",
            "۔",
            "।",
            "?",
            "! ",
            "…",
            " ",
            "(",
            ")",
            ":",
        ),
        *("\u200b", "\u00a0", "\u2028", "\x85", "\x0b", "İ", "👩‍👩‍👧", "e\u0301", "ab", "1.5 "),
    ]
)
TEXTS = st.one_of(st.text(max_size=50), st.lists(PIECES, max_size=15).map("".join))


def drawn(text: str, language: str) -> str:
    """Return *text* with a bar after each sentence but the last."""
    stops = [stop for _, stop in sentence_spans(text, language)]
    cuts = [0, *stops[:-1], len(text)]
    return "|".join(text[a:b] for a, b in pairwise(cuts))


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("en", "Mr. Li spoke.| He left."),
        ("en", "The U.S. envoy paid $26.5 million.| Was it enough?| No!"),
        ("en", "H.E. Dr. Noor spoke at 5 p.m. on Monday.| Nobody asked."),
        ("en", "“We will build it.”| She left."),
        ("en", "No full stop at all"),
        ("en-GB", "One.| Two."),
        ("ur", "سڑک کھل گئی ہے۔| بندرگاہ تیار ہے۔"),
        ("hi", "सड़क खुल गई है।| बंदरगाह तैयार है।"),
        ("zh", "公路已经开放。|港口准备就绪。"),
        ("zh-Hans", "公路开放了吗？|开放了！"),
        # Marks of each script, also together, with no space after them or none but that.
        ("zh", "真的吗？！|好！！！|走……然后回来。|价格是3.5元。|完"),
        ("ja", "道路は開通した。|本当か？！|はい！|終わり｡|次だ。"),
        ("ur", "کیا بندرگاہ تیار ہے؟|جی ہاں!|سڑک کھل گئی ہے۔|قیمت 3.5 فیصد ہے۔"),
        ("ur", "کیا؟!| جی۔| سڑک کھل گئی ہے.| ختم"),
        ("fa", "جاده باز شد.| آیا بندر آماده است؟|بله!| قیمت ۳٫۵ درصد است."),
        ("ar", "فتح الطريق.| هل الميناء جاهز؟|نعم!| الأول؛ الثاني."),
        ("hi", "क्या बंदरगाह तैयार है?| हाँ!|सड़क खुल गई।| 3.5 प्रतिशत।| अंत॥| शुरू।"),
        ("bn", "রাস্তা খুলেছে।| বন্দর প্রস্তুত?| হ্যাঁ!"),
        ("ps", "سړک خلاص شو.| ایا بندر چمتو دی؟| هو!"),
        # What closes a quotation or a parenthesis stays with its sentence.
        ("zh", "他说：“公路开放了。”|随后离开。|他问：「开放了吗？」|没有人答。"),
        ("zh", "（见附件。）然后他说『好。』|完。"),
        ("ja", "「港は準備できた。」|彼は去った。|『はい。』|次だ。"),
        ("ur", "انہوں نے کہا، ”ہم بنائیں گے۔“| پھر گئے۔| «ہاں۔»| ختم۔"),
        ("fa", "وزیر گفت: «خواهیم ساخت.»| سپس رفت.| «آیا؟»| رفت."),
        ("ar", "قال: «سنبني.»| ثم غادر.| قال: “نعم!”| وذهب."),
        ("hi", "उसने कहा: “हम बनाएँगे।”| फिर गया।| ‘हाँ।’| अंत।"),
        # What touches a quotation goes on with its sentence.
        ("ja", "「港は準備できた。」と大臣は述べた。|『はい。』と言った。"),
        ("ko", "“짓겠다.”고 말했다.| “짓겠다.”| 그는 떠났다."),
        # Words that are shortened.
        ("hi", "डॉ. नूर आए।| श्री. नूर ने रु. 500 दिए।"),
        ("ne", "डा. नूर आए।| गए।"),
        ("bn", "ড. নূর এলেন।| গেলেন।"),
        ("ta", "டாக்டர். நூர் வந்தார்.| சென்றார்."),
        ("ar", "د. نور وصل.| ثم غادر."),
        ("fr", "M. Noor est là.| Il parle."),
        ("de", "Das ist z. B. hier.| Er ging."),
        ("ru", "Это порт им. Ленина.| Да."),
    ],
)
def test_sentences_end_where_drawn(language: str, expected: str) -> None:
    assert drawn(expected.replace("|", ""), language) == expected


def assert_covers(text: str, language: str) -> None:
    """In order, without overlap, trimmed, and all that is not white space is in a sentence."""
    end = 0
    for start, stop in sentence_spans(text, language):
        assert end <= start < stop <= len(text)
        assert not text[end:start].strip()
        assert text[start:stop].strip() == text[start:stop]
        end = stop
    assert not text[end:].strip()


@given(
    TEXTS.filter(str.strip),
    st.sampled_from(["en", "ur", "hi", "zh", "ja", "ko", "fr", "pt-BR", "th", "xx"]),
)
def test_sentences_cover_any_text(text: str, language: str) -> None:
    assert_covers(text, language)


def test_sentences_cover_real_paragraphs(state_department: Record) -> None:
    paragraphs = [paragraph.text for _, paragraph in state_department.paragraphs()][::4]
    several = 0
    for text in paragraphs:
        assert_covers(text, "en")
        several += len(sentence_spans(text, "en")) > 1
    assert several > len(paragraphs) / 4


@pytest.mark.parametrize("text", [" ", "\u00a0"])
def test_a_text_of_white_space_is_one_sentence(text: str) -> None:
    """So that every paragraph has one."""
    assert sentence_spans(text, "en") == [(0, len(text))]


@pytest.mark.parametrize("language", ["en", "ur", "hi", "zh", "pt", "fr", "th", "xx"])
@pytest.mark.parametrize("space", [*"\x1f\x85\xa0\u1680\u2009\u2028\u2029\u202f\u205f\u3000"])
def test_other_spaces_than_the_common_one_are_spaces(space: str, language: str) -> None:
    """The library is known to panic at them."""
    for text in (f"Plan B{space}. It works", f"One.{space}Two{space}A. Three.{space}"):
        assert_covers(text, language)
    assert sentence_spans(f"It works.{space}It does.", "en") == [(0, 9), (10, 18)]


def test_a_panic_leaves_the_paragraph_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    class PanicException(BaseException):
        """What a panic in Rust is in Python."""

    def fail(error: BaseException):
        def segment(language: str, text: str) -> list[str]:
            raise error

        return segment

    monkeypatch.setattr("index.text.sentences.segment", fail(PanicException()))
    assert sentence_spans("One. Two.", "en") == [(0, 9)]
    monkeypatch.setattr("index.text.sentences.segment", fail(KeyboardInterrupt()))
    with pytest.raises(KeyboardInterrupt):
        sentence_spans("One. Two.", "en")


def test_pieces_that_do_not_join_to_the_text_again_are_not_used(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("index.text.sentences.segment", lambda language, text: ["One."])
    assert sentence_spans("One. Two.", "en") == [(0, 9)]


@pytest.mark.parametrize(("language", "sentence"), [("en", "It works. "), ("zh", "公路已经开放。")])
def test_a_very_long_paragraph_is_split_whole(language: str, sentence: str) -> None:
    """The library is given at most 10,000 characters at once: its time is quadratic."""
    text = (sentence * 20_000)[:100_000]
    assert_covers(text, language)
    assert len(sentence_spans(text, language)) >= 100_000 // len(sentence)


def test_no_piece_given_to_the_library_is_over_10_000_characters(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    lengths: list[int] = []

    def segment(language: str, text: str) -> list[str]:
        lengths.append(len(text))
        return [text]

    monkeypatch.setattr("index.text.sentences.segment", segment)
    assert_covers("a" * 25_000, "en")
    assert lengths == [10_000, 10_000, 5_000]


@pytest.mark.parametrize(
    ("rule", "language", "text"),
    [
        ("after_shortened_word", "fr", "M.| Blanc parle."),
        ("after_shortened_word", "fr", "Mme.| Noir parle."),
        ("after_shortened_word", "en", "Rep.| Lee voted."),
        ("after_shortened_word", "en", "Lt. Gov.| Ray spoke."),
        ("after_shortened_word", "es", "D.| Juan habló."),
        ("after_shortened_word", "vi", "TP.| Hà Nội phát triển."),
        ("after_shortened_word", "tr", "Av.| Kaya geldi."),
        ("after_shortened_word", "pl", "Mówił dr.| Kowalski."),
        ("before_number", "en", "See para.| 12 of the report."),
        ("before_number", "en", "See paras.| 12 and 13."),
        ("before_number", "en", "Ch.| VII of the Charter applies."),
        ("before_number", "en", "Under ss.| 3 and 4 it is void."),
        ("before_number", "en", "It took approx.| 40 ships."),
        ("before_number", "fr", "L’article L.| 1114-4 du code s’applique."),
        ("before_number", "it", "L'art.| 5 della legge."),
        ("before_number", "pt", "A pág.| 12 do texto."),
        ("before_number", "pl", "Zgodnie z art.| 5 ustawy."),
        ("before_number", "ru", "Согласно ст.| 5 закона."),
        ("before_number", "ru", "Бюджет вырос на 5 млн.| рублей."),
        ("before_number", "uk", "Згідно зі ст.| 5 закону."),
        ("before_number", "cs", "Podle čl.| 5 zákona."),
        ("before_number", "hi", "यह अनु.| 5 में है।"),
        ("before_number", "ar", "انظر ص.| 12 من التقرير."),
        ("time_of_day", "en", "It met at 3 p.m.| Tuesday in Rome."),
        ("time_of_day", "en", "It met at 10 a.m.| EST."),
        ("time_of_day", "en", "It met at 6 p.m.| September 4."),
        ("time_of_day", "es", "A las 3 p. m.| del martes."),
        ("number_before_small_letter", "tr", "Anayasanın 3.| maddesi değişmez."),
        ("number_before_small_letter", "tr", "Bu 20.| yüzyılda oldu."),
        ("number_before_small_letter", "cs", "Bylo to 3.| května."),
        ("number_before_small_letter", "fi", "Se oli 6.| joulukuuta."),
        ("ordinal_before_capital", "de", "Der 2.| Weltkrieg endete."),
        ("ordinal_before_capital", "de", "Nun beginnt die 19.| Legislaturperiode."),
        ("ordinal_before_capital", "de", "Am 3.| Oktober war es so."),
        ("number_alone", "tr", "2.| Dünya Savaşı bitti."),
        ("number_alone", "en", "1.| We shall build it."),
        ("number_alone", "tr", "II.| Dünya Savaşı bitti."),
        ("no_beginning", "fr", "En 52 av. J.|-C."),
        # Here a sentence ends.
        ("", "en", "It closed at 5 p.m.| Nobody asked."),
        ("", "en", "It rose by 3.| Then it fell."),
        ("", "en", "The answer is no.| We shall not."),
        ("", "en", "He read the para.| Then he left."),
        ("", "de", "Es endete 1990.| Dann kam mehr."),
        ("", "de", "Es waren 12.| Danach kam mehr."),
        ("", "ru", "Бюджет вырос на 5 млн.| Потом упал."),
        ("", "fr", "Il vint à 15 h.| Puis il partit."),
        ("", "tr", "Yıl 2024.| Sonra geldi."),
        ("", "es", "Ganó en 2020.| Luego perdió."),
    ],
)
def test_each_rule_joins_its_examples(rule: str, language: str, text: str) -> None:
    before, _, after = text.partition("|")
    following = len(before) + len(after) - len(after.lstrip())
    place = Boundary(before + after, 0, len(before), following, language_of(language))
    assert rule_for(place) == rule
    joined = before + after
    assert drawn(joined, language) == (joined if rule else text)


def test_each_rule_tells_its_example() -> None:
    assert all('"' in (rule.__doc__ or "") for rule in RULES)


@pytest.mark.parametrize(
    "piece", ["a", "ж", "路", "の", "A.", "1,000,", "1. ", "a. ", "p.m. ", "ст. "]
)
def test_no_text_keeps_the_sentences_busy(piece: str) -> None:
    """Nothing to assert: what grew with the square of the length would not end within a minute."""
    for language in ("en", "zh", "ja", "ru", "de"):
        sentence_spans((piece * 300_000)[:300_000], language)
