"""Voices of real texts beside labels that a reader gave them; the texts are other people's.

``labels.jsonl`` names parts of statements by their offsets, with whose words they are and who is
named as saying them: null if the text tells nobody, "self" for the speaker whose paragraph it is.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from real_texts import STATEMENTS, raw_files

from index.files.loading import read_statements
from index.model.statement import Kind, Paragraph, Speaker, Statement
from index.voices.people import words_in
from index.voices.voice import Voice
from index.voices.voices import voices_of

LABELS = Path(__file__).with_name("labels.jsonl")
#: Whom an operator would list for the two texts that the project began with.
LISTED = (
    (Speaker("Jiang Zaidong", "Chinese Ambassador to Pakistan"),),
    (Speaker("Pakistan"), Speaker("China")),
)


@dataclass(frozen=True, slots=True)
class Labelled:
    """A part of a real text: what a reader says of it, and what the voices say."""

    attribution: str
    speaker: str | None
    found: Voice

    @property
    def is_named_rightly(self) -> bool:
        """Whether the speaker who is named is the reader's: all words of that name are there."""
        named = self.found.speaker
        if named is None or self.speaker is None:
            return False
        return set(words_in(self.speaker)) <= set(words_in(named.name))


def labels() -> list[dict[str, Any]]:
    return [json.loads(line) for line in LABELS.read_text("utf-8").splitlines()]


def statements(shared: Path, kept: Path) -> dict[tuple[str, str], Statement]:
    """Return those that have labels; *kept* is a folder for the lines that have them."""
    wanted = {label["statement"] for label in labels()}
    read: dict[tuple[str, str], Statement] = {}
    for name in STATEMENTS:
        path = kept / f"{name}.jsonl"
        lines = (shared / "statements" / path.name).read_text("utf-8").splitlines(keepends=True)
        path.write_text("".join(one for one in lines if one.split('"', 4)[3] in wanted), "utf-8")
        read.update(((name, one.id), one) for one, _ in read_statements(path) if one)
    for path, speakers in zip(raw_files(shared), LISTED, strict=True):
        texts = [" ".join(text.split()) for text in path.read_text("utf-8").split("\n\n")]
        paragraphs = tuple(
            Paragraph(number, text, speakers[0]) for number, text in enumerate(texts, 1)
        )
        read[f"raw/{path.name}", path.name] = Statement(
            id=path.name,
            title="A report",
            speakers=speakers,
            paragraphs=paragraphs,
            kind=Kind.REPORT,
        )
    return read


@pytest.fixture(scope="module")
def labelled(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> list[Labelled]:
    return list(_labelled(statements(shared, tmp_path_factory.mktemp("labelled"))))


def _labelled(known: dict[tuple[str, str], Statement]) -> Iterator[Labelled]:
    for label in labels():
        one = known[label["file"], label["statement"]]
        if label["kind"]:
            one = replace(one, kind=Kind(label["kind"]))
        paragraph = one.paragraphs[label["paragraph"] - 1]
        start, stop = label["start"], label["stop"]
        voice = max(
            voices_of(one, paragraph), key=lambda v: min(v.stop, stop) - max(v.start, start)
        )
        speaker = label["speaker"]
        speaker = paragraph.speaker.name if speaker == "self" else speaker
        yield Labelled(label["attribution"], speaker, voice)


def test_a_speaker_who_is_named_is_named_rightly(labelled: list[Labelled]) -> None:
    named = [one for one in labelled if one.found.speaker]
    right = sum(one.is_named_rightly for one in named)
    assert right >= 0.97 * len(named)


def test_most_speakers_whom_a_reader_can_name_are_named(labelled: list[Labelled]) -> None:
    nameable = [one for one in labelled if one.speaker]
    assert len(nameable) > 150
    assert sum(one.is_named_rightly for one in nameable) >= 0.9 * len(nameable)


def test_whose_words_they_are_is_told_as_a_reader_would(labelled: list[Labelled]) -> None:
    assert len(labelled) >= 250
    agreed = sum(one.found.attribution == one.attribution for one in labelled)
    assert agreed >= 0.97 * len(labelled)


def test_no_words_of_a_publisher_are_called_direct(labelled: list[Labelled]) -> None:
    assert not [
        one
        for one in labelled
        if one.attribution == "reported" and one.found.attribution == "direct"
    ]


def test_labels_hold_no_words_of_the_texts() -> None:
    keys = {"file", "statement", "kind", "paragraph", "start", "stop", "attribution", "speaker"}
    assert all(set(label) == keys for label in labels())
    assert all(len(label["speaker"] or "") < 40 for label in labels())
