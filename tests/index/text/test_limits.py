"""What limits a slice of a text, and what a cut would lose; each worked out by hand."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.text.limits import Limit, limits_of, lost_in, opens_with_limit


def limits(text: str, language: str = "en") -> list[str]:
    """Return the words that limit what stands between ‹ and › in *text*."""
    start, stop = text.index("‹"), text.index("›") - 1
    plain = text.replace("‹", "").replace("›", "")
    return [plain[one.start : one.stop] for one in limits_of(plain, start, stop, language)]


def lost(text: str, language: str = "en") -> list[str]:
    """Return the words that are lost with what stands between ‹ and › in *text*."""
    start, stop = text.index("‹"), text.index("›") - 1
    plain = text.replace("‹", "").replace("›", "")
    return [plain[one.start : one.stop] for one in lost_in(plain, start, stop, language)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("‹We will sign›, unless the council objects.", "unless the council objects."),
        ("‹The port opens in May›, subject to approval.", "subject to approval."),
        ("‹Ferries will run› provided that the pier holds.", "provided that the pier holds."),
        ("‹Ferries will run› if the pier holds.", "if the pier holds."),
        ("‹The ban stays› until the council meets.", "until the council meets."),
        ("‹All roads are open›, except the northern one.", "except the northern one."),
        ("‹We agree›, but not on the price.", "but not on the price."),
        ("‹The work is done›, though some of it is late.", "though some of it is late."),
        ("‹The bridge is built› but not yet open.", "but not yet open."),
        ("‹They may stay› as long as they pay.", "as long as they pay."),
        ("‹We agree› in principle.", "in principle."),
        ("‹Rates will fall› to the extent that prices do.", "to the extent that prices do."),
        ("‹The pier is safe›; however, the crane is not.", "however, the crane is not."),
        ("‹We will sign› this spring with both towns unless one objects.", "unless one objects."),
        ("‹Tolls end in June, unless voted down.› However, one remains.", "However, one remains."),
        ("‹Tolls end in June.› That said, one remains.", "That said, one remains."),
        ("‹Tolls end in June.› Nevertheless, one remains.", "Nevertheless, one remains."),
        ("‹Tolls end in June.› One of them, however, remains.", "One of them, however, remains."),
        ("‹Tolls end in June.› But it must be voted on.", "But it must be voted on."),
        ("‹Tolls end in June.› This does not mean all of them.", "This does not mean all of them."),
        ("‹Tolls end in June.› This is subject to a vote.", "This is subject to a vote."),
        ("‹Tolls end in June.› Not yet in the north.", "Not yet in the north."),
        ("If the council agrees, ‹the port will open›.", "If the council agrees"),
        ("He said that, and if they agree, ‹the port will open›.", "if they agree"),
        ("It is not true that ‹the port is closed›.", "not true that"),
        ("I never said that ‹we would leave›.", "never said that"),
        ("The office denied that ‹the port is closed›.", "denied that"),
        ("We don’t know whether ‹the port is closed›.", "don’t know whether"),
        ("The so-called “‹free port›” is neither.", "so-called"),
        ("This is not ‹a gift to the harbour›.", "not"),
    ],
)
def test_what_limits_a_slice(text: str, found: str) -> None:
    assert limits(text) == [found]


@pytest.mark.parametrize(
    "text",
    [
        "‹We will sign.› The council meets in May.",
        "‹We will sign›, and the council meets in May.",
        # Those who talk go on with "But".
        "‹We will sign.› But let me thank the council first.",
        "‹The harbour is deep›, but it is also wide.",
        "Not only is ‹the harbour deep›, but it is wide.",
        "‹It is not only deep›, but wide.",
        "‹We stand with the town for as long as it takes.›",
        "‹We stand with the town› for as long as it takes.",
        "There is no doubt that ‹the port is open›.",
        "We do not comment, and ‹the port is open›.",
        "No, ‹the port is open›.",
        "‹The port opens›, and unless it rains the pier does.",
        "‹The port opens.› Only he knows when.",
        "‹The port opens.› Yetis live there.",
        "A note: ‹the port is open›.",
        "‹No limit stands in itself, unless it is outside.›",
    ],
)
def test_what_limits_nothing(text: str) -> None:
    assert limits(text) == []


def test_all_that_limits_is_told_in_order() -> None:
    text = "If all agree, ‹we will sign›, but not in May; however, it is early. However, we may."
    assert limits(text) == ["If all agree", "but not in May", "However, we may."]


@pytest.mark.parametrize(
    ("language", "text", "found"),
    [
        ("zh", "‹港口将开放›，但是必须先检查。", "但是必须先检查。"),
        ("zh", "‹港口将开放›，除非市政府反对。", "除非市政府反对。"),
        ("zh", "‹港口将开放。›然而，码头还没修好。", "然而，码头还没修好。"),
        ("zh", "‹港口將開放›，但是必須先檢查。", "但是必須先檢查。"),
        ("zh", "如果市政府同意，‹港口将开放›。", "如果市政府同意"),
        ("zh", "在安全的前提下，‹港口将开放›。", "在安全的前提下"),
        ("zh", "我们从未说过‹港口会关闭›。", "从未说过"),
        ("ur", "‹بندرگاہ کھلے گی›، بشرطیکہ کونسل مان جائے۔", "بشرطیکہ کونسل مان جائے۔"),
        ("ur", "‹بندرگاہ کھلے گی۔› تاہم اس میں وقت لگے گا۔", "تاہم اس میں وقت لگے گا۔"),
        ("ur", "انہوں نے نہیں کہا کہ ‹بندرگاہ بند ہے›۔", "نہیں کہا کہ"),
        ("es", "‹El puerto abrirá›, siempre que haya fondos.", "siempre que haya fondos."),
        ("es", "‹El puerto abrirá.› Sin embargo, no hay fecha.", "Sin embargo, no hay fecha."),
        ("es", "No es cierto que ‹el puerto esté cerrado›.", "No es cierto que"),
        (
            "fr",
            "‹Le port ouvrira›, à moins que le conseil refuse.",
            "à moins que le conseil refuse.",
        ),
        ("de", "‹Der Hafen öffnet›, sofern der Rat zustimmt.", "sofern der Rat zustimmt."),
        ("de", "Wir haben nicht gesagt, dass ‹der Hafen schließt›.", "nicht gesagt, dass"),
        ("pt", "‹O porto abrirá.› No entanto, não há data.", "No entanto, não há data."),
        ("ru", "‹Порт откроется.› Однако срока нет.", "Однако срока нет."),
        ("ru", "Мы не говорили, что ‹порт закроют›.", "не говорили, что"),
        ("ar", "‹سيفتح الميناء› ما لم يعترض المجلس.", "ما لم يعترض المجلس."),
        ("hi", "‹बंदरगाह खुलेगा›, बशर्ते परिषद माने।", "बशर्ते परिषद माने।"),
    ],
)
def test_what_limits_in_other_languages(language: str, text: str, found: str) -> None:
    assert limits(text, language) == [found]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("zh", "‹港口将开放。›但我想感谢大家。"),
        ("zh", "‹港口很深›，而且很宽。"),
        ("ur", "‹بندرگاہ کھلے گی۔› اس میں وقت لگے گا۔"),
        ("es", "‹El puerto es hondo›, pero también ancho."),
        ("xx", "‹We will sign›, unless the council objects."),
    ],
)
def test_what_limits_nothing_in_other_languages(language: str, text: str) -> None:
    assert limits(text, language) == []


def test_a_limit_knows_its_word() -> None:
    text = "We will sign, unless the council objects."
    (limit,) = limits_of(text, 0, 12, "en")
    assert limit == Limit(14, 41, (14, 20))
    assert text[slice(*limit.word)] == "unless"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("That said, it is late.", "That said, it is late."),
        ("However, it is late. We go.", "However, it is late."),
        ("It is, however, late.", "It is, however, late."),
        ("It is late. However, we stay.", None),
        ("", None),
    ],
)
def test_how_a_paragraph_limits_the_one_before(text: str, found: str | None) -> None:
    limit = opens_with_limit(text, "en")
    assert (limit and text[limit.start : limit.stop]) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("We will sign‹, unless they object›, in May.", ["unless they object"]),
        ("We will ‹not› sign.", ["not"]),
        ("We ‹do not think that we› should sign.", ["not think that we"]),
        ("‹If they agree, ›we will sign.", ["If they agree"]),
        ("‹The office denied that ›we signed.", ["denied that"]),
        ("We signed ‹in May, with no delay, ›all of it.", ["no delay"]),
        ("We will sign‹, but later, with all who› wait.", ["but later"]),
        ("We sign. ‹However, it is late.› We go.", ["However, it is late."]),
        ("We sign. ‹However, it is late.›", ["However, it is late."]),
        # What is left out as a whole loses nothing.
        ("We sign. ‹We will not pay.› We go.", []),
        ("We sign. ‹It rains. However, it is late.› We go.", []),
        ("‹However, it is late.› We go.", []),
        ("We signed ‹in May, with all of them, ›at last.", []),
        ("We signed ‹and there is no doubt about it ›in May.", []),
        ("‹›We sign.", []),
    ],
)
def test_what_a_cut_loses(text: str, found: list[str]) -> None:
    assert lost(text) == found


@pytest.mark.parametrize(
    ("language", "text", "found"),
    [
        ("zh", "我们‹没有›签署。", ["没有"]),
        ("zh", "港口开放‹，但是要检查，›很快。", ["但是要检查"]),
        ("ur", "ہم ٹیکس ‹نہیں› بڑھائیں گے۔", ["نہیں"]),
        # A language without limiting words still has words that deny.
        ("tr", "Bu ‹doğru değil,› dedi.", ["değil"]),
    ],
)
def test_what_a_cut_loses_in_other_languages(language: str, text: str, found: list[str]) -> None:
    assert lost(text, language) == found


@given(st.text(max_size=80), st.integers(-5, 90), st.integers(-5, 90))
def test_any_slice_of_any_text_can_be_asked_about(text: str, start: int, stop: int) -> None:
    for language in ("en", "zh", "ur"):
        for limit in limits_of(text, start, stop, language):
            assert 0 <= limit.start <= limit.word[0] < limit.word[1] <= len(text)
            assert limit.word[1] <= limit.stop <= len(text) or limit.word[0] < limit.stop
            assert limit.stop <= max(start, 0) or limit.start >= stop
        for limit in lost_in(text, start, stop, language):
            assert start <= limit.start < limit.stop <= stop


@pytest.mark.parametrize(
    "part",
    [
        "unless ",
        "not only but also ",
        "no doubt, ",
        "if ",
        "; however ",
        "but ",
        "so-called “",
        "但是",
    ],
)
def test_the_time_grows_with_the_length(part: str) -> None:
    def measured(text: str) -> float:
        begun = time.process_time()
        limits_of(text, len(text) // 2, len(text) // 2 + 5, "en")
        lost_in(text, 5, len(text) - 5, "en")
        return time.process_time() - begun

    short = min(measured(part * 400) for _ in range(3))
    assert measured(part * 4000) < max(0.02, 30 * short)
