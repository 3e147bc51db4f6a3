"""What limits a quote is told in one line beneath it, unless it can be seen there."""

from __future__ import annotations

from dataclasses import replace

import pytest
from made_statements import statement

from bot.i18n.strings import languages, strings_of
from bot.rendering.html import LONGEST_MESSAGE, passage, visible_length
from bot.rendering.limiting import LONGEST_LIMITING_NOTE
from index import Hit, Index, Record

SAY = strings_of()
KEY = "The port will open to all ships this spring, the minister said."
LIMITING = "However, the council has to agree first, and it has not met."
FILLING = " ".join(
    ["Ferries sail to the islands, and the boats of the fishers stay in the bay."] * 8
)


def hit(text: str, key: str = KEY) -> Hit:
    (found,) = Index(Record.of([statement("port", [text])])).look_up("port")
    start = text.index(key)
    return replace(found, sentence=(start, start + len(key)))


def lines(text: str, **how: object) -> list[str]:
    return passage(hit(text), SAY, **how).split("\n")


def test_the_words_are_told_beneath_the_key_sentence_and_above_the_citation() -> None:
    shown = lines(f"{FILLING} {KEY} {LIMITING} {FILLING}")
    assert shown[0] == f"<blockquote>{KEY}</blockquote>".replace(KEY, f"[…] {KEY} […]")
    assert shown[1] == SAY.limited_by.format(words=LIMITING)
    assert shown[2].startswith("— <b>Nadia Rahman</b>")


def test_they_are_told_in_a_list_of_several_too() -> None:
    assert SAY.limited_by.format(words=LIMITING) in lines(
        f"{FILLING} {KEY} {LIMITING} {FILLING}", fold=False
    )


def test_they_are_not_told_where_they_can_be_seen() -> None:
    """A short paragraph is shown whole."""
    assert not any(line.startswith("Limited") for line in lines(f"{KEY} {LIMITING}"))


def test_what_nothing_limits_is_shown_as_ever() -> None:
    assert not any("Limited" in line for line in lines(f"{FILLING} {KEY} {FILLING}"))


def test_of_many_words_the_beginning_is_told() -> None:
    many = f"However, {'the harbour and ' * 30}the council have to agree."
    told = lines(f"{FILLING} {KEY} {many} {FILLING}")[1]
    assert told.startswith("Limited by what follows: “However, the harbour and the harbour and")
    assert told.endswith(" […]”")
    assert len(told) < LONGEST_LIMITING_NOTE


def test_they_are_escaped() -> None:
    assert "&lt;b&gt;" in lines(f"{FILLING} {KEY} However, <b> is no tag. {FILLING}")[1]


@pytest.mark.parametrize("room", [1400, 2000, LONGEST_MESSAGE])
def test_the_message_is_no_longer_for_it(room: int) -> None:
    many = f"However, {'harbours ' * 200}have to agree."
    text = f"{FILLING * 6} {KEY} {many} {FILLING * 6}"
    assert visible_length(passage(hit(text), SAY, room=room)) <= room


@pytest.mark.parametrize("language", languages())
def test_there_is_room_for_it_in_every_language(language: str) -> None:
    assert len(strings_of(language).limited_by.format(words="")) + 8 <= 80
