"""What a story says of its quotations: the speaker drawn in the line, days and kinds, any text."""

from __future__ import annotations

import datetime
import re
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.drafts.attributions import attributions
from index.drafts.quotation import Quotation
from index.drafts.said import Said
from index.model.statement import Kind
from index.wording.dates import Dates

HERE = Path(__file__).parent / "attributed"
#: A Friday.
TODAY = datetime.date(2026, 11, 27)
_PIECES = (
    "“|”|“a b c”| |said|Rahman|, |. |the |minister|he |\n|: |told |who |and |in |Monday|4 |: “x”|"
    "according to |نے |کہا |کے |耿爽|表示|，|。|5日|dijo |«a b»|El |é|𐐀|\ue000|\ue001|\t|(|)|'s |-"
)
PIECES = _PIECES.split("|")


def quotations_in(draft: str) -> list[Quotation]:
    """Return what stands between “ and ”, or « and »."""
    return [Quotation(*one.span(), ()) for one in re.finditer("“[^”]*”|«[^»]*»", draft)]


def speakers_in(draft: str, language: str) -> list[str]:
    """Return the speaker of each quotation as *draft* names it; "-" for none."""
    said = attributions(draft, quotations_in(draft), language, TODAY)
    return [draft[slice(*one.speaker)] if one.speaker else "-" for one in said]


def said_of(draft: str, language: str = "en", today: datetime.date | None = TODAY) -> Said:
    """Return what *draft* says of its first quotation."""
    return attributions(draft, quotations_in(draft), language, today)[0]


@pytest.mark.parametrize(
    ("language", "drawn"),
    [
        *(
            ("en", line)
            for line in """
“The road is open,” [Rahman] said.
“The road is open,” said [Rahman].
“The road is open”, [the minister] said.
[Rahman] said: “The road is open.”
[Rahman] said “the road is open”.
[Rahman] said that the road was “open to all”.
[Prime Minister Anthony Vale] told reporters: “The road is open.”
“The road is open,” said [Secretary of State Maren Holt] in Gwal.
[The ambassador] said the road was “open to all”.
[A spokesman for the ministry] said: “The road is open.”
“The road is open,” according to [Rahman].
According to [the Chinese side], “the road is open”.
Lin Wei spoke first. [Lin Wei]: “The road is open.”
[Penny Wong], the foreign minister, said: “The road is open.”
The foreign minister, [Penny Wong], said: “The road is open.”
“The road is open,” said the foreign minister, [Penny Wong].
“The road is open,” said [Penny Wong], the foreign minister.
[Rahman] was quoted as saying “the road is open”.
The agency quoted [Rahman] as saying: “The road is open.”
In [Rahman]’s words, “the road is open”.
In the words of [Rahman], “the road is open”.
[The White House] said: “The road is open.”
[The foreign ministry] said: “The road is open.”
[Rahman], who came by road, said it was “open to all”.
On Monday, [Rahman] said: “The road is open.”
[Rahman] on Monday said “the road is open”.
[Rahman] (Independent) said: “The road is open.”
[Ursula von der Leyen] said: “The road is open.”
The Commission’s president, [Ursula von der Leyen], said: “The road is open.”
“Is the road open?” asked [Rahman].
“Is the road open?” [Rahman] asked.
“The road,” said [Rahman], “is open.”
“The road is open.” “It is wide,” [Rahman] said.
[Rahman] condemned what he called “a closed road”.
[Rahman] warned Lin that the road was “open to all”.
[Senator J. R. Holt] said: “The road is open.”
[Mr. Holt] said: “The road is open.”
[Dr Samina Aziz] told a news conference: “The road is open.”
Deputies heard that the road was shut. But [Rahman] replied: “The road is open.”
[The port authority] wrote: “The road is open.”
[The minister]: “The road is open.”
As the rain fell, [Rahman] added: “The road is open.”
""".strip().splitlines()
        ),
        *(
            ("es", line)
            for line in """
«La carretera está abierta», dijo [Rahman].
«La carretera está abierta», dijo [el ministro].
«La carretera está abierta», afirmó [la portavoz del Gobierno].
«La carretera está abierta», dijo el ministro de Exteriores, [Nadia Rahman].
[Rahman] dijo: «La carretera está abierta».
[El presidente Pedro Vidal] aseguró que la carretera está «abierta a todos».
Según [Pedro Vidal], «la carretera está abierta».
«La carretera está abierta», según [el ministerio].
[Pedro Vidal] explicó el lunes que la carretera está «abierta a todos».
«La carretera», dijo [Rahman], «está abierta».
""".strip().splitlines()
        ),
        *(
            ("zh", line)
            for line in """
[耿爽]表示：“道路已经开放。”
[外交部发言人耿爽]说：“道路已经开放。”
“道路已经开放。”[耿爽]说。
“道路已经开放”，[外交部发言人耿爽]指出。
[外交部发言人耿爽]5日在例行记者会上表示，“道路已经开放。”
2017年1月5日，[外交部发言人耿爽]表示：“道路已经开放。”
据[白宫]介绍，“道路已经开放”。
[中方]强调，“道路已经开放”。
[外交部]回应称：“道路已经开放。”
[耿爽]：“道路已经开放。”
[王毅]同时强调：“道路已经开放。”
[王毅]对此表示，“道路已经开放”。
[美国总统约翰·史密斯]宣布：“道路已经开放。”
""".strip().splitlines()
        ),
        *(
            ("ur", line)
            for line in """
[وزیر اعظم] نے کہا: “سڑک کھلی ہے”۔
[وزیر خارجہ نادیہ رحمان] نے کہا کہ “سڑک کھلی ہے”۔
[وزیر خارجہ نادیہ رحمان] نے پیر کو اسلام آباد میں کہا کہ “سڑک کھلی ہے”۔
“سڑک کھلی ہے”، [وزیر اعظم] نے کہا۔
[ترجمان دفتر خارجہ] کا کہنا تھا کہ “سڑک کھلی ہے”۔
[وزیر اعظم] کے مطابق “سڑک کھلی ہے”۔
اسلام آباد میں [ترجمان] نے بتایا کہ “سڑک کھلی ہے”۔
[نادیہ رحمان] نے مزید کہا: “سڑک کھلی ہے”۔
[دفتر خارجہ کی ترجمان] نے کہا: “سڑک کھلی ہے”۔
[چینی سفیر] نے صحافیوں کو بتایا کہ “سڑک کھلی ہے”۔
""".strip().splitlines()
        ),
    ],
)
def test_the_speaker_is_found_where_drawn(language: str, drawn: str) -> None:
    speaker = drawn[drawn.index("[") + 1 : drawn.index("]")]
    draft = drawn.replace("[", "").replace("]", "")
    assert set(speakers_in(draft, language)) == {speaker}


@pytest.mark.parametrize(
    ("language", "draft"),
    [
        ("en", "“The road is open,” he said."),
        ("en", "Rahman and Lin said “the road is open”."),
        ("en", "Holt said Lin had promised “an open road”."),
        ("en", "Rahman never said “the road is open”."),
        ("en", "Rahman was told “the road is open”."),
        ("en", "If Rahman says “the road is open”, it is."),
        ("en", "The film “The Open Road Home” was shown."),
        ("en", "“The road is open.” Rahman said that it was shut."),
        ("en", "The joint statement said “the road is open”."),
        ("en", "Result: “The road is open.”"),
        ("en", "Talks with Rahman said “the road is open”."),
        ("en", "Vale rejected Finn’s claim that the road was “open to all”."),
        ("en", "“The road is open to everybody.”"),
        ("es", "«La carretera está abierta», dijo."),
        ("es", "Rahman nunca dijo que la carretera está «abierta a todos»."),
        ("zh", "他说：“道路已经开放。”"),
        ("zh", "耿爽和王毅表示，“道路已经开放”。"),
        ("zh", "有记者问：“道路开放了吗？”"),
        ("zh", "“道路已经开放”的标语挂在门口。"),
        ("ur", "انھوں نے کہا کہ “سڑک کھلی ہے”۔"),
        ("ur", "لوگوں نے کہا کہ “سڑک کھلی ہے”۔"),
        ("ur", "وزیر اعظم اور سفیر نے کہا کہ “سڑک کھلی ہے”۔"),
    ],
)
def test_nobody_is_named_where_the_text_does_not_tell(language: str, draft: str) -> None:
    assert set(speakers_in(draft, language)) == {"-"}


def blocks(path: Path) -> Iterator[tuple[str, str, list[str]]]:
    """Yield the language of each text in *path*, the text, and the labels of its quotations."""
    language = ""
    lines: list[str] = []
    for line in path.read_text("utf-8").splitlines():
        if re.fullmatch(r"\[\w\w\]", line):
            language = line[1:-1]
        elif line.startswith("= "):
            yield language, "\n".join(lines).strip(), line[2:].split(" | ")
            lines = []
        elif not line.startswith("#"):
            lines.append(line)


@pytest.mark.parametrize("name", sorted(one.name for one in HERE.glob("*.txt")))
def test_no_quotation_of_a_labelled_text_is_given_anothers_speaker(name: str) -> None:
    """And of those whose speaker the text names, nine in ten are found."""
    named = found = 0
    for language, text, labels in blocks(HERE / name):
        speakers = speakers_in(text, language)
        assert len(speakers) == len(labels), text
        for speaker, label in zip(speakers, labels, strict=True):
            named += label != "-"
            if speaker != "-":
                assert label != "-", (speaker, text)
                assert label in speaker, text
                found += 1
    assert found >= 0.9 * named > 0


@pytest.mark.parametrize(
    ("draft", "speakers"),
    [
        ("Rahman said: “It is open.” He added: “It is wide.”", ["Rahman", "Rahman"]),
        ("“It is open,” Rahman said. “It is wide.”", ["Rahman", "Rahman"]),
        ("“It is open,” Rahman said.\n\n“It is wide,” he said.", ["Rahman", "Rahman"]),
        ("Rahman said it was open. “It is wide,” she added.", ["Rahman"]),
        ("Rahman said this:\n\n“It is open and wide.”", ["Rahman"]),
        ("Rahman told Lin it was open. “It is wide,” she added.", ["-"]),
        ("“It is open,” Rahman said. Lin nodded. “It is wide,” he said.", ["Rahman", "-"]),
        ("Mr Rahman said: “It is open.” She added: “It is wide.”", ["Mr Rahman", "-"]),
        ("Rahman spoke.\n\nIt rained.\n\n“It is wide,” he said.", ["-"]),
    ],
)
def test_a_pronoun_means_the_one_person_who_can_be_meant(draft: str, speakers: list[str]) -> None:
    assert speakers_in(draft, "en") == speakers


def test_a_surname_is_told_by_the_fullest_name_in_the_story() -> None:
    draft = "Nadia Rahman came by road. “The road is open,” Rahman said."
    said = said_of(draft)
    assert said.named is not None
    assert draft[slice(*said.named)] == "Nadia Rahman"


def test_a_surname_that_two_bear_is_told_by_itself() -> None:
    draft = "Nadia Rahman met Tariq Rahman. “The road is open,” Rahman said."
    said = said_of(draft)
    assert said.named is not None
    assert draft[slice(*said.named)] == "Rahman"


def test_a_quotation_within_another_has_the_outer_ones_speaker() -> None:
    draft = "Rahman said: “They told us ‘the road is shut’ and left.”"
    outer = quotations_in(draft)[0]
    inner = Quotation(draft.index("‘"), draft.index("’") + 1, (), within=0)
    said = attributions(draft, [outer, inner], "en")
    assert said[0] == said[1]
    assert said[0].speaker == (0, 6)


@pytest.mark.parametrize(
    ("language", "drawn", "first", "last"),
    [
        ("en", "“It is open,” Rahman said [on 14 February 2025].", "2025-02-14", "2025-02-14"),
        ("en", "“It is open,” Rahman told reporters in Gwal [on 3 March 2025].", "2025-03-03", ""),
        ("en", "“It is open,” Rahman said in a statement [on Monday].", "2026-11-23", ""),
        ("en", "Rahman said [on February 14, 2025], that it was “open to all”.", "2025-02-14", ""),
        ("en", "[On 14 February 2025], Rahman said it was “open to all”.", "2025-02-14", ""),
        ("en", "In a letter dated [3 March 2025], Rahman wrote: “It is open.”", "2025-03-03", ""),
        (
            "en",
            "Rahman said [in February 2025] that it was “open to all”.",
            "2025-02-01",
            "2025-02-28",
        ),
        ("en", "Rahman said [in 2015] that it was “open to all”.", "2015-01-01", "2015-12-31"),
        ("en", "Rahman said [on 3 March] that it was “open to all”.", "2026-03-03", ""),
        ("es", "«Está abierta», dijo Rahman [el 3 de marzo de 2025].", "2025-03-03", ""),
        ("es", "Rahman aseguró [el lunes] que está «abierta a todos».", "2026-11-23", ""),
        ("zh", "[2017年1月5日]，外交部发言人耿爽表示：“道路已经开放。”", "2017-01-05", ""),
        ("zh", "耿爽[5日]在记者会上表示：“道路已经开放。”", "2026-11-05", ""),
        ("ur", "وزیر اعظم نے [14 فروری 2025 کو] کہا کہ “سڑک کھلی ہے”۔", "2025-02-14", ""),
    ],
)
def test_the_day_is_found_where_drawn(language: str, drawn: str, first: str, last: str) -> None:
    day = drawn[drawn.index("[") + 1 : drawn.index("]")]
    draft = drawn.replace("[", "").replace("]", "")
    said = said_of(draft, language)
    begin = datetime.date.fromisoformat(first)
    assert said.dates == Dates(begin, datetime.date.fromisoformat(last) if last else begin)
    assert said.day_phrase is not None
    assert (
        draft[slice(*said.day_phrase)].removeprefix("on ").removeprefix("in ")
        == (day.removeprefix("on ").removeprefix("in ").removeprefix("On "))
        or draft[slice(*said.day_phrase)] == day
    )


@pytest.mark.parametrize(
    "draft",
    [
        "Rahman said the visit on 14 February 2025 was “a success for all”.",
        "Rahman said of the 2015 visit that it was “a success for all”.",
        "Rahman said after a meeting on 14 February 2025 that it was “a success”.",
        "“It opens on 14 February 2025,” Rahman said.",
        "“It is open,” Rahman said of the talks on 14 February 2025.",
        "“It is open,” Rahman said in the 14 February 2025 talks.",
        "Rahman, elected in 2015, said it was “a success for all”.",
        "“It is open,” Rahman said. On 14 February 2025 it was shut.",
        "外交部发言人耿爽就5日的会谈表示，“道路已经开放。”",
    ],
)
def test_the_day_of_something_else_is_not_taken(draft: str) -> None:
    said = said_of(draft, "en" if "Rahman" in draft else "zh")
    assert said.speaker is not None
    assert said.dates is None


@pytest.mark.parametrize("day", ["on Monday", "last week", "yesterday", "on 3 March"])
def test_a_day_that_is_counted_from_today_needs_it(day: str) -> None:
    draft = f"“It is open,” Rahman said {day}."
    assert said_of(draft, today=None).dates is None
    assert said_of(draft).dates is not None


@pytest.mark.parametrize(
    ("day", "first", "last"), [("last Monday", 16, 23), ("on Friday", 20, 27), ("Friday", 20, 27)]
)
def test_last_monday_and_the_weekday_of_today_are_either_of_two(
    day: str, first: int, last: int
) -> None:
    said = said_of(f"“It is open,” Rahman said {day}.")
    assert said.dates == Dates(datetime.date(2026, 11, first), datetime.date(2026, 11, last))


def test_of_a_weekday_and_a_date_the_date_is_the_day() -> None:
    draft = "“It is open,” Rahman told reporters on Friday, 13 November 2026."
    said = said_of(draft)
    assert said.dates == Dates(datetime.date(2026, 11, 13), datetime.date(2026, 11, 13))
    assert said.day_phrase and draft[slice(*said.day_phrase)] == "13 November 2026"


@pytest.mark.parametrize(
    ("language", "draft", "kind"),
    [
        ("en", "The joint statement said “the road is open”.", Kind.JOINT_STATEMENT),
        (
            "en",
            "In a joint statement, the two governments said “the road is open”.",
            Kind.JOINT_STATEMENT,
        ),
        ("en", "“It is open,” Rahman told a press conference.", Kind.PRESS_CONFERENCE),
        ("en", "“It is open,” Rahman wrote in a letter to Lin.", Kind.LETTER),
        ("en", "“It is open,” Rahman said in an interview with the BBC.", Kind.INTERVIEW),
        ("en", "The report said “the road is open”.", Kind.REPORT),
        ("es", "«Está abierta», dijo Rahman en rueda de prensa.", Kind.PRESS_CONFERENCE),
        ("zh", "耿爽在例行记者会上表示：“道路已经开放。”", Kind.PRESS_CONFERENCE),
        ("zh", "联合声明说：“道路已经开放。”", Kind.JOINT_STATEMENT),
        ("ur", "وزیر اعظم نے پریس کانفرنس میں کہا کہ “سڑک کھلی ہے”۔", Kind.PRESS_CONFERENCE),
    ],
)
def test_the_kind_of_text_is_told(language: str, draft: str, kind: Kind) -> None:
    said = said_of(draft, language)
    assert kind in said.kinds
    assert Kind.BRIEF not in said.kinds
    assert said.kind_phrase is not None


def test_the_letter_that_is_spoken_of_is_not_where_it_was_said() -> None:
    assert said_of("Rahman said the letter was “a shame for all”.").kinds == ()


def test_a_language_without_words_for_it_has_nothing_said() -> None:
    assert said_of("„Die Straße“ “ist offen”, sagte Rahman.", "de") == Said()


@given(
    st.lists(st.sampled_from(PIECES), max_size=40).map("".join),
    st.sampled_from(["en", "es", "zh", "ur"]),
)
def test_any_text_is_read(draft: str, language: str) -> None:
    quotations = quotations_in(draft)
    said = attributions(draft, quotations, language, TODAY)
    assert len(said) == len(quotations)
    for one in said:
        for span in (one.speaker, one.named, one.phrase, one.day_phrase, one.kind_phrase):
            assert span is None or 0 <= span[0] < span[1] <= len(draft)


@pytest.mark.parametrize(
    ("language", "piece"),
    [
        ("en", "“The road is open,” Rahman said on Monday. "),
        ("en", "Rahman, who said “a b c”, said "),
        ("es", "«Está abierta», dijo el ministro Rahman. "),
        ("zh", "外交部发言人耿爽5日表示，“道路已经开放。”"),
        ("ur", "وزیر خارجہ نے پیر کو کہا کہ “سڑک کھلی ہے”۔ "),
    ],
)
def test_time_grows_with_the_length_of_the_text(language: str, piece: str) -> None:
    def seconds(count: int) -> float:
        draft = piece * count
        quotations = quotations_in(draft)
        begun = time.process_time()
        attributions(draft, quotations, language, TODAY)
        return time.process_time() - begun

    seconds(20)
    short = min(seconds(100) for _ in range(3))
    assert seconds(800) < short * 8 * 3
