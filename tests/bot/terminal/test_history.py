"""What became of a statement, in the terminal: its versions, and what is said of it since."""

from __future__ import annotations

import datetime
import io
import json
from pathlib import Path
from typing import Any

import pytest

from bot.i18n.strings import strings_of
from bot.terminal.chat import Chat
from bot.terminal.command_line import run
from bot.terminal.screen import Screen
from index import Index, amend, load_record, parse_reference

SAY = strings_of()
DAY = datetime.date(2025, 3, 4)
QUAY = """\
---
title: On the quay
date: 2025-03-03
speakers: [{name: Nadia Rahman}]
---

The quay opens in May.

## Ferries and boats

Ferries sail twice a day.

Nobody swims there.
"""
NEW = QUAY.replace("twice", "thrice").replace("\nNobody swims there.\n", "")


@pytest.fixture
def data(tmp_path: Path) -> Path:
    (tmp_path / "statements").mkdir()
    (tmp_path / "statements" / "quay.md").write_text(QUAY, "utf-8")
    return tmp_path


@pytest.fixture
def old(data: Path) -> str:
    """Return the reference of a paragraph that has been amended since."""
    reference = Index(load_record(data)).look_up("quay#2")[0].citation.reference
    amend(data, "quay", NEW, DAY)
    return reference


class Talk:
    """A chat about a record."""

    def __init__(self, data: Path) -> None:
        self._shown = io.StringIO()
        screen = Screen(SAY, self._shown, interactive=True)
        self.chat = Chat(Index(load_record(data)), SAY, screen, 5)

    def __call__(self, line: str) -> list[str]:
        """Type a line; return the lines that are shown."""
        self._shown.truncate(0)
        self._shown.seek(0)
        self.chat.take(line)
        return self._shown.getvalue().splitlines()


def test_the_history_of_a_statement_is_a_line_for_each_version(data, old, capsys):
    assert run(["history", "quay", "--data", str(data)]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "quay: On the quay",
        "version 1 · until 4 Mar 2025 · 3 paragraphs",
        "version 2 · since 4 Mar 2025 · current · 2 paragraphs · 1 changed (2), 1 removed (3)",
    ]


def test_the_history_for_other_programs_has_the_same(data, old, capsys):
    assert run(["withdraw", "quay", "--why", "Retracted", "--data", str(data)]) == 0
    capsys.readouterr()
    assert run(["history", "quay", "--json", "--data", str(data)]) == 0
    told: dict[str, Any] = json.loads(capsys.readouterr().out)
    first, second = told.pop("versions")
    assert told == {"statement": "quay", "title": "On the quay", "withdrawn": "Retracted"}
    assert first == {
        "version": 1,
        "file": str(data / "statements" / "earlier" / "quay" / "1.md"),
        "from": None,
        "to": "2025-03-04",
        "paragraphs": 3,
        "changes": None,
    }
    assert (second["from"], second["to"], second["paragraphs"]) == ("2025-03-04", None, 2)
    assert second["changes"] == {"added": [], "removed": [3], "changed": [[2, 2]]}


def test_of_very_many_changes_the_first_are_listed(data, capsys):
    more = QUAY + "".join(f"\nNumber {number}.\n" for number in range(40))
    amend(data, "quay", more, DAY)
    run(["history", "quay", "--data", str(data)])
    last = capsys.readouterr().out.splitlines()[-1]
    assert last.endswith("43 paragraphs · 40 added (4, 5, 6, 7, 8, 9, 10, 11, 12, 13, …)")


def test_a_withdrawal_prints_the_id_and_the_path(data, capsys):
    assert run(["withdraw", "quay", "--why", "Retracted", "--data", str(data)]) == 0
    assert capsys.readouterr().out == f"quay {data / 'statements' / 'quay.md'}\n"
    run(["history", "quay", "--data", str(data)])
    assert capsys.readouterr().out.splitlines()[1] == "Withdrawn: Retracted"


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        (["withdraw", "quai", "--why", "x"], "Did you mean “quay”?"),
        (["history", "quai"], "Did you mean “quay”?"),
        (["withdraw", "quay", "--why", ""], "withdrawn is empty"),
        (["withdraw", "quay"], "--why"),
    ],
)
def test_what_cannot_be_done_is_told_with_the_repair(data, capsys, typed, told):
    assert run([*typed, "--data", str(data)]) == 2
    shown = capsys.readouterr()
    assert shown.out == ""
    assert told in shown.err
    assert "Traceback" not in shown.err


def test_what_was_amended_is_shown_as_it_stood(data, old, capsys):
    run(["ask", old, "--data", str(data)])
    assert capsys.readouterr().out.splitlines() == [
        "Amended on 4 Mar 2025. As it stood:",
        "> Ferries sail twice a day.",
        "— Nadia Rahman · 3 Mar 2025 · direct quote",
        f"On the quay · under “Ferries and boats” · paragraph 2 of 3 · {old}",
        "The current text is on record as quay.",
    ]


def test_for_other_programs_it_has_the_day_and_does_not_answer(data, old, capsys):
    run(["ask", old, "--json", "--data", str(data)])
    answer = json.loads(capsys.readouterr().out)
    assert not answer["answered"]
    (hit,) = answer["hits"]
    assert (hit["text"], hit["amended"]) == ("Ferries sail twice a day.", "2025-03-04")
    assert hit["section"] == "Ferries and boats"
    assert "withdrawn" not in hit


def test_a_reference_whose_version_was_not_kept_is_told_to_be_amended(data, old, capsys):
    (data / "statements" / "earlier" / "quay" / "1.md").unlink()
    run(["ask", old, "--data", str(data)])
    assert capsys.readouterr().out.splitlines() == [
        SAY.reference_amended.format(reference=old, title="On the quay"),
        "The current text is on record as quay.",
    ]


def test_in_a_chat_one_reads_on_in_the_current_text(data, old):
    """And what stood once is not cited or gone on from."""
    talk = Talk(data)
    assert talk(old)[-1] == "/text shows the current text."
    assert talk("/cite") == talk("/next") == talk("/before") == [SAY.terminal_ask_first]
    assert "> Ferries sail thrice a day." in talk("/text")


def test_the_whole_text_has_its_headings(data):
    talk = Talk(data)
    assert talk("/text") == [SAY.terminal_ask_first]
    shown = talk("ferries")
    assert shown[2].startswith("On the quay · under “Ferries and boats” · paragraph 2 of 3")
    lines = talk("/text")
    assert [line for line in lines if "·" not in line] == [
        *("On the quay", "3 Mar 2025", "", "> The quay opens in May.", "", "Ferries and boats", ""),
        *("> Ferries sail twice a day.", "", "> Nobody swims there."),
    ]
    labels = [line.split(" — ")[0].split(" · ") for line in lines if "·" in line]
    assert [number for number, _ in labels] == ["1", "2", "3"]
    assert all(parse_reference(reference) for _, reference in labels)


def test_what_is_withdrawn_says_so_first_wherever_it_is_shown(data, old, capsys):
    run(["withdraw", "quay", "--why", "Retracted", "--data", str(data)])
    capsys.readouterr()
    for name in ("quay", "quay#1", old):
        run(["ask", name, "--data", str(data)])
        assert capsys.readouterr().out.splitlines()[0] == "Withdrawn: Retracted", name
    run(["ask", "quay", "--json", "--data", str(data)])
    answer = json.loads(capsys.readouterr().out)
    assert answer["answered"]
    assert {hit["withdrawn"] for hit in answer["hits"]} == {"Retracted"}
    talk = Talk(data)
    for line in ("quay", "/next", "/text", "who said it?"):
        assert talk(line)[0].startswith("Withdrawn: Retracted"), line
    assert talk("/sources") == []
    assert talk("ferries")[0] == SAY.nothing_on_record
