"""Whose words each part of a paragraph is: voices drawn in the text, for each kind of statement."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reached import reached, reaches

from index.model.attribution import Attribution, attribution_of
from index.model.statement import Kind, Paragraph, Role, Speaker, Statement
from index.voices.voices import voices_in, voices_of

AMINA = Speaker("Amina Karim", "Minister of Ports")
NORTH, SOUTH = Speaker("Northland"), Speaker("Southland")
MARKS = {
    Attribution.DIRECT: "D",
    Attribution.REPORTED: "R",
    Attribution.JOINT: "J",
    Attribution.QUOTED: "Q",
    Attribution.QUESTION: "?",
    Attribution.BRIEF: "B",
    Attribution.UNCERTAIN: "U",
}


def statement(
    *texts: str,
    kind: Kind = Kind.REPORT,
    speakers: tuple[Speaker, ...] = (AMINA,),
    language: str = "en",
    title: str = "On harbours",
    publisher: str = "Harbour Gazette",
) -> Statement:
    paragraphs = tuple(Paragraph(n, text, speakers[0]) for n, text in enumerate(texts, 1))
    return Statement(
        id="one",
        title=title,
        speakers=speakers,
        paragraphs=paragraphs,
        kind=kind,
        language=language,
        publisher=publisher,
    )


def drawn(one: Statement, number: int | None = None) -> list[str]:
    """Return the voices of a paragraph, by default the last: "D Amina Karim: “We will.”"."""
    paragraph = one.paragraphs[-1 if number is None else number - 1]
    return [
        f"{MARKS[voice.attribution]} {voice.speaker.name if voice.speaker else '-'}: "
        f"{paragraph.text[voice.start : voice.stop].strip()}"
        for voice in voices_of(one, paragraph)
    ]


def test_words_in_quotation_marks_are_direct_and_the_rest_reported() -> None:
    one = statement("The minister said, “We shall dredge the harbour.” Ships wait outside.")
    assert drawn(one) == [
        "R Amina Karim: The minister said,",
        "D Amina Karim: “We shall dredge the harbour.”",
        "R -: Ships wait outside.",
    ]


def test_an_attribution_may_follow_a_quotation_or_stand_within_it() -> None:
    one = statement("“We shall dredge it,” the minister said on Monday, “and soon enough.”")
    assert drawn(one) == [
        "D Amina Karim: “We shall dredge it,”",
        "R Amina Karim: the minister said on Monday,",
        "D Amina Karim: “and soon enough.”",
    ]
    other = statement("“The quay is full of ships,” said Captain Omar Vale.")
    assert drawn(other)[0] == "D Captain Omar Vale: “The quay is full of ships,”"


def test_someone_else_is_named_as_written() -> None:
    one = statement("Governor Ann Lee welcomed the harbour.", "Omar Vale said it was late.")
    assert drawn(one, 1) == ["R Governor Ann Lee: Governor Ann Lee welcomed the harbour."]
    assert drawn(one, 2) == ["R Omar Vale: Omar Vale said it was late."]


def test_a_listed_speaker_is_known_by_name_by_surname_and_by_office() -> None:
    for named in ("Amina Karim", "Ms Karim", "Minister Karim", "The minister"):
        one = statement(f"{named} said that the quay was long.")
        assert voices_of(one, one.paragraphs[0])[0].speaker == AMINA


def test_a_name_may_stand_after_its_office_and_a_comma() -> None:
    one = statement("Port Minister of Southland, Omar Vale on Monday said that it was late.")
    assert drawn(one)[0].startswith("R Omar Vale:")


def test_a_pronoun_is_whoever_was_the_subject_last() -> None:
    one = statement("The minister said that it was late.", "She added that ships wait.")
    assert drawn(one)[0].startswith("R Amina Karim:")


@pytest.mark.parametrize(
    "between",
    [
        "Governor Ann Lee arrived.",
        "The minister met Governor Ann Lee.",
        "Governor Ann Lee and Captain Omar Vale said that they were late.",
        "The two sides agreed to dredge.",
    ],
)
def test_a_pronoun_is_nobody_where_another_person_came_between(between: str) -> None:
    one = statement("The minister said that it was late.", between, "She added that ships wait.")
    assert drawn(one)[0].startswith("R -:")


def test_nobody_is_he_and_then_she() -> None:
    one = statement("The minister said so. She added that ships wait. He stressed that.")
    assert drawn(one)[-1] == "R -: He stressed that."


def test_an_office_is_nobody_where_two_people_hold_it() -> None:
    one = statement("Minister Omar Vale met Minister Amina Karim.", "The minister said no.")
    assert drawn(one)[0].startswith("R -:")


def test_a_deputy_is_not_the_minister() -> None:
    one = statement("Deputy Minister Omar Vale arrived.", "The Deputy Minister said no.")
    assert drawn(one)[0].startswith("R Deputy Minister Omar Vale:")


def test_several_at_once_are_nobody_in_particular() -> None:
    one = statement("Governor Ann Lee and Captain Omar Vale said that ships wait.")
    assert drawn(one)[0].startswith("R -:")


@pytest.mark.parametrize(
    "sentence",
    [
        "Governor Ann Lee visited the quay.",
        "The quay was praised by Governor Ann Lee.",
        "Candidates stressed their plans.",
        "During the visit, Governor Ann Lee and others said that ships wait.",
    ],
)
def test_a_sentence_that_does_not_say_who_said_it_is_nobodys(sentence: str) -> None:
    assert drawn(statement(sentence)) == [f"R -: {sentence}"]


def test_a_phrase_may_lead_to_whoever_speaks() -> None:
    one = statement("During the visit to the quay, the minister stressed that ships wait.")
    assert drawn(one)[0].startswith("R Amina Karim:")
    other = statement("According to the minister, ships wait.")
    assert drawn(other)[0].startswith("R Amina Karim:")


@pytest.mark.parametrize(
    "text",
    [
        "The minister said that ships wait and that more of them come.”",
        "The minister said, “Ships wait and more of them come.",
        "The minister said, “Ships wait. She added, “More of them come.”",
        'The minister said, "Ships wait. She added, "More of them come."',
    ],
)
def test_a_mark_without_its_partner_makes_nothing_direct(text: str) -> None:
    one = statement(text)
    found = voices_of(one, one.paragraphs[0])
    assert Attribution.DIRECT not in {voice.attribution for voice in found}


def test_a_quoted_term_is_not_the_speakers_words() -> None:
    one = statement("The harbour is part of the “Blue Coast Plan” of last year.")
    assert [line[0] for line in drawn(one)] == ["R"]


def test_a_quotation_that_stands_alone_is_the_only_speakers() -> None:
    one = statement("The minister said that it was late.", "“We shall dredge it all by May.”")
    assert drawn(one) == ["D Amina Karim: “We shall dredge it all by May.”"]


def test_a_quotation_that_stands_alone_is_nobodys_where_others_speak_too() -> None:
    one = statement("Governor Ann Lee said that it was late.", "“We shall dredge it all by May.”")
    assert drawn(one) == ["D -: “We shall dredge it all by May.”"]


def test_a_joint_text_is_of_all_parties_but_where_it_names_a_side() -> None:
    one = statement(
        "The two sides agreed to meet. The Northern side reiterated its thanks. It stressed peace.",
        kind=Kind.JOINT_STATEMENT,
        speakers=(NORTH, SOUTH),
    )
    assert drawn(one) == [
        "J Northland, Southland: The two sides agreed to meet.",
        "J The Northern side: The Northern side reiterated its thanks. It stressed peace.",
    ]


def test_a_side_is_the_listed_party_that_it_is_called_after() -> None:
    china, pakistan = Speaker("China"), Speaker("Pakistan")
    one = statement(
        "The Chinese side thanked the Pakistani side.",
        kind=Kind.JOINT_STATEMENT,
        speakers=(pakistan, china),
    )
    assert voices_of(one, one.paragraphs[0])[0].speaker == china


def test_a_joint_text_with_one_listed_party_is_not_that_ones_alone() -> None:
    one = statement("The two sides agreed to meet.", kind=Kind.JOINT_STATEMENT)
    assert drawn(one) == ["J -: The two sides agreed to meet."]


def test_the_speakers_own_text_is_direct_throughout() -> None:
    one = statement("We said we would. I told Governor Lee so.", kind=Kind.REMARKS)
    assert drawn(one) == ["D Amina Karim: We said we would. I told Governor Lee so."]


def test_a_third_party_is_quoted_within_a_speech() -> None:
    one = statement(
        "As Governor Ann Lee said, “The sea gives and takes.” We agree.", kind=Kind.REMARKS
    )
    assert drawn(one)[1:] == [
        "Q Governor Ann Lee: “The sea gives and takes.”",
        "D Amina Karim: We agree.",
    ]
    other = statement("Governor Ann Lee: “A great day for all of us here.”", kind=Kind.STATEMENT)
    assert drawn(other)[1] == "Q Governor Ann Lee: “A great day for all of us here.”"


def test_speakers_who_quote_themselves_or_use_a_term_are_not_quoting_another() -> None:
    one = statement(
        "When I say “we shall dredge it all,” I mean it. The “Blue Coast Plan” stands.",
        kind=Kind.REMARKS,
    )
    assert {line[0] for line in drawn(one)} == {"D"}


def test_another_ministers_statement_that_is_read_to_a_house_is_quoted() -> None:
    one = statement(
        "My honourable friend the Minister for Quays (Omar Vale) has made the following Statement.",
        "The quay will be closed.",
        kind=Kind.STATEMENT,
    )
    assert drawn(one, 1)[0].startswith("D Amina Karim:")
    assert drawn(one, 2) == ["Q Omar Vale: The quay will be closed."]


@pytest.mark.parametrize(
    ("language", "speaker", "text", "expected"),
    [
        (
            "zh",
            Speaker("林海", "外交部发言人"),
            "外交部发言人林海表示：“我们希望各方保持克制。”他还说，港口将开放。",
            ["R 林海", "D 林海", "R 林海"],
        ),
        ("zh", Speaker("林海"), "双方表示，港口将开放。", ["R -"]),
        (
            "ur",
            Speaker("آمنہ کریم", "وزیر"),
            "وزیر نے کہا، “بندرگاہ جلد کھلے گی۔” انہوں نے مزید کہا کہ جہاز منتظر ہیں۔",
            ["R آمنہ کریم", "D آمنہ کریم", "R آمنہ کریم"],
        ),
        (
            "es",
            Speaker("Ana Ruiz", "ministra de Puertos"),
            "La ministra dijo: “Vamos a abrir el puerto.” “Habrá fondos,” añadió Juan Vega.",
            ["R Ana Ruiz", "D Ana Ruiz", "D Juan Vega", "R Juan Vega"],
        ),
    ],
)
def test_other_languages_tell_too(
    language: str, speaker: Speaker, text: str, expected: list[str]
) -> None:
    one = statement(text, language=language, speakers=(speaker,))
    assert [line.partition(":")[0] for line in drawn(one)] == expected


def test_a_language_without_verbs_of_saying_names_nobody() -> None:
    one = statement("Ministrja tha: “Do ta hapim portin shpejt.” Anijet presin.", language="sq")
    assert [line[:3] for line in drawn(one)] == ["R -", "D -", "R -"]


def test_a_question_a_brief_and_an_uncertain_turn_are_one_voice_each() -> None:
    asked = Paragraph(1, "“Why so late?” the minister said?", AMINA, Role.QUESTION)
    uncertain = Paragraph(2, "“Late,” the minister said.", AMINA, certain=False)
    one = Statement(id="one", title="t", speakers=(AMINA,), paragraphs=(asked, uncertain))
    assert [line[0] for number in (1, 2) for line in drawn(one, number)] == ["?", "U"]
    assert [line[:3] for line in drawn(statement("She said so.", kind=Kind.BRIEF))] == ["B -"]


def test_those_that_have_part_in_a_slice_are_told() -> None:
    one = statement("The minister said, “We shall dredge the harbour.” Ships wait outside.")
    voices = voices_of(one, one.paragraphs[0])
    assert [v.attribution for v in voices_in(voices, 20, 30)] == [Attribution.DIRECT]
    assert voices_in(voices, 0, len(one.paragraphs[0].text)) == voices


PIECES = (
    "The minister said, ",
    "“",
    "”",
    '"',
    "We go. ",
    "He added ",
    "Mr. ",
    "《",
    "表示，",
    "نے کہا ",
)


#: Of a paragraph with marks, few are reported as a whole.
UNMARKED = [piece for piece in PIECES if piece[-1] not in '“”"']


@reaches(3)
@given(
    st.one_of(
        st.lists(st.sampled_from(pieces), min_size=1, max_size=12) for pieces in (PIECES, UNMARKED)
    ),
    st.one_of(st.sampled_from(list(Kind)), st.just(Kind.REPORT)),
    st.sampled_from(["en", "zh", "ur", "sq"]),
)
def test_voices_cover_their_paragraph_and_never_make_more_direct(
    pieces: list[str], kind: Kind, language: str
) -> None:
    text = "".join(pieces)
    if not text.strip():
        return
    one = statement(text, kind=kind, language=language)
    paragraph = one.paragraphs[0]
    voices = voices_of(one, paragraph)
    assert (voices[0].start, voices[-1].stop) == (0, len(text))
    assert all(a.stop == b.start for a, b in pairwise(voices))
    assert all(voice.start < voice.stop for voice in voices)
    if attribution_of(one, paragraph) is Attribution.REPORTED:
        reached()
        assert {voice.attribution for voice in voices} == {Attribution.REPORTED}
