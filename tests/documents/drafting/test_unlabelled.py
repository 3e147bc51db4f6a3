"""Turns that no label with a colon opens: lone names, questions in bold, other marks."""

from __future__ import annotations

from documents.drafting.turns import with_labels
from documents.drafting.unlabelled import unlabelled_questions
from documents.model import Block, Doubt
from index import Fields, Kind, Speaker

NOOR = Speaker("Ayesha Noor", "Prime Minister")


def labelled(*blocks: Block, kind: Kind = Kind.INTERVIEW, speaker: Speaker = NOOR) -> list[str]:
    fields = Fields(title="T", speakers=(speaker,), kind=kind)
    return [block.text for block in with_labels(blocks, fields)]


def plain(*texts: str) -> list[Block]:
    return [Block(text=text) for text in texts]


def bold(text: str) -> Block:
    return Block(text=text, all_bold=True)


def test_questions_in_bold_are_the_interviewers() -> None:
    blocks = (*plain("Lena Orsk met him."), bold("Is it open?"), *plain("Yes.", "Since May."),
              bold("And the fee?"), *plain("It stays."))  # fmt: skip
    assert labelled(*blocks) == [
        "QUESTION: Lena Orsk met him.",
        "Is it open?",
        "ANSWER: Yes.",
        "Since May.",
        "QUESTION: And the fee?",
        "ANSWER: It stays.",
    ]


def test_bold_sentences_of_a_speech_and_of_a_text_with_labels_stay() -> None:
    speech = (bold("Is it open?"), *plain("Yes."), bold("And the fee?"), *plain("It stays."))
    assert labelled(*speech, kind=Kind.REMARKS) == [block.text for block in speech]
    talk = (*plain("QUESTION: Hello.", "NOOR: Is it?"), bold("Is it open?"), bold("And the fee?"))
    assert labelled(*talk) == [block.text for block in talk]


def test_names_alone_in_their_lines_are_labels() -> None:
    blocks = plain("Prime Minister", "Hello.", "Journalist", "Is it?", "Prime Minister", "It is.",
                   "Journalist", "Thank you.")  # fmt: skip
    assert labelled(*blocks, kind=Kind.PRESS_CONFERENCE)[::2] == [
        "Prime Minister:", "Journalist:", "Prime Minister:", "Journalist:",
    ]  # fmt: skip


def test_a_lone_name_that_comes_once_is_a_label_where_it_is_set_as_the_others_are() -> None:
    blocks = [bold("QUESTION"), *plain("Is it?"), bold("TREASURER"), *plain("It is."),
              bold("QUESTION"), *plain("So.")]  # fmt: skip
    assert labelled(*blocks, kind=Kind.PRESS_CONFERENCE)[2] == "TREASURER:"


def test_lines_that_come_again_are_no_names_where_nobody_is_known() -> None:
    blocks = plain("The plan", "We build.", "The plan", "We build on.")
    assert labelled(*blocks) == ["The plan", "We build.", "The plan", "We build on."]


def test_other_marks_of_labels_become_colons() -> None:
    blocks = plain("PRESIDENTE.- Buenos días.", "P.- ¿Sube?", "R.- No.")
    assert labelled(*blocks) == ["PRESIDENTE: Buenos días.", "PREGUNTA: ¿Sube?", "RESPUESTA: No."]
    assert labelled(*plain("【記者】料金は。", "【大臣】変わりません。")) == [
        "記者: 料金は。",
        "大臣: 変わりません。",
    ]
    assert labelled(*plain("A.- One thing.", "Another.")) == ["A.- One thing.", "Another."]


def test_initials_before_a_surname_leave_its_label() -> None:
    blocks = plain("С.В.Петров: Нет.", "С. В. Петров (по-английски): Да.", "J. Smith: No.")
    assert labelled(*blocks, kind=Kind.PRESS_CONFERENCE) == [
        "Петров: Нет.",
        "Петров (по-английски): Да.",
        "J. Smith: No.",
    ]


def test_a_namesake_with_another_initial_is_not_made_the_speaker() -> None:
    listed = Speaker("Анна Петрова")
    talk = plain("С.В.Петрова: Нет.")
    assert labelled(*talk, kind=Kind.PRESS_CONFERENCE, speaker=listed) == ["С.В.Петрова: Нет."]


def test_a_talk_without_labels_in_which_several_paragraphs_ask_is_a_doubt() -> None:
    asking = plain(
        "Is the quay open?", "Yes.", "And what about the fee?", "It stays.", "Until when?"
    )
    (warned,) = unlabelled_questions(asking)
    assert warned.doubt is Doubt.TURN
    assert not list(unlabelled_questions(asking[:4]))
