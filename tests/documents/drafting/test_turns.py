"""Labels of turns as a statement file has them, from data, bold type and a "Q" set apart."""

from __future__ import annotations

from documents.drafting.turns import with_labels
from documents.model import Block, BlockKind, Turn
from index import Fields, Kind, Speaker

NOOR = Speaker("Ayesha Noor", "Minister")


def labelled(*blocks: Block, title: str = "T", kind: Kind = Kind.REMARKS) -> list[str]:
    fields = Fields(title=title, speakers=(NOOR,), kind=kind)
    return [block.text for block in with_labels(blocks, fields)]


def test_who_speaks_by_data_is_written_where_the_turn_begins() -> None:
    noor, quill = Turn(name="Ayesha Noor"), Turn(name="Deputy Hana Quill", asks=True)
    assert labelled(
        Block(text="asked how many remain.", turn=quill),
        Block(text="Forty remain.", turn=noor),
        Block(text="Nine came home.", turn=noor),
        Block(text="Why?", turn=quill),
    ) == [
        "QUESTION (Deputy Hana Quill): asked how many remain.",
        "Ayesha Noor: Forty remain.",
        "Nine came home.",
        "QUESTION (Deputy Hana Quill): Why?",
    ]


def test_a_letter_set_apart_is_a_label_and_an_article_is_none() -> None:
    assert labelled(
        Block(text="Q    One thing."),
        Block(text="A\u00a0 Yes."),
        Block(text="A road is open."),
    ) == ["Q: One thing.", "A: Yes.", "A road is open."]


def test_a_speakers_name_in_bold_is_a_label_and_other_bold_words_are_none() -> None:
    assert labelled(
        Block(text="Ayesha Noor The road is open.", bold="Ayesha Noor"),
        Block(text="AYESHA NOOR: It is.", bold="AYESHA NOOR:"),
        Block(text="Very important words.", bold="Very important"),
    ) == ["Ayesha Noor: The road is open.", "AYESHA NOOR: It is.", "Very important words."]


def test_a_heading_has_no_label() -> None:
    turn = Turn(name="Ayesha Noor")
    heading = Block(text="Roads", kind=BlockKind.HEADING, level=2)
    assert labelled(heading, Block(text="Open.", turn=turn)) == ["Roads", "Ayesha Noor: Open."]


def test_the_interviewer_whom_the_title_names_asks() -> None:
    blocks = [Block(text="SABRA LANE: Why?"), Block(text="MINISTER: So."), Block(text="LANE: And?")]
    assert labelled(*blocks, title="Radio Interview with Sabra Lane", kind=Kind.INTERVIEW) == [
        "QUESTION (SABRA LANE): Why?",
        "MINISTER: So.",
        "QUESTION (LANE): And?",
    ]
    unchanged = ["SABRA LANE: Why?", "MINISTER: So.", "LANE: And?"]
    assert labelled(*blocks, title="Radio Interview", kind=Kind.INTERVIEW) == unchanged
    title = "Interview with Minister Ayesha Noor"
    own = labelled(Block(text="NOOR: So."), title=title, kind=Kind.INTERVIEW)
    assert own == ["NOOR: So."]


def test_in_a_chat_with_all_comers_only_the_official_speaks() -> None:
    blocks = [
        Block(text="Nedwin05: Good morning"),
        Block(text="(920676): why"),
        Block(text="Minister:Because."),
        Block(text="It is so."),
    ]
    assert labelled(*blocks, title="Climate Webchat", kind=Kind.INTERVIEW) == [
        "QUESTION (Nedwin05): Good morning",
        "QUESTION (920676): why",
        "Minister:Because.",
        "It is so.",
    ]


def test_a_colon_behind_a_bold_label_is_no_word() -> None:
    assert labelled(Block(text="Question: And the fee?", bold="Question")) == [
        "Question: And the fee?"
    ]


def test_an_official_in_a_chat_may_be_called_by_the_letters_of_the_office() -> None:
    blocks = [Block(text="kev_1: And the fee?"), Block(text="PM Noor: It stays.")]
    fields = Fields(
        title="Online chat", speakers=(Speaker("Ayesha Noor", "Prime Minister"),),
        kind=Kind.INTERVIEW,
    )  # fmt: skip
    assert [block.text for block in with_labels(blocks, fields)] == [
        "QUESTION (kev_1): And the fee?",
        "PM Noor: It stays.",
    ]
