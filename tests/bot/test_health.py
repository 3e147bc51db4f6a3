"""What a container learns of the bot from the time of one file, and others from a value."""

from __future__ import annotations

import os
import sys

import pytest

from bot import health
from bot.health import Health, healthy


@pytest.mark.parametrize(
    ("seconds_ago", "well"), [(0, True), (179, True), (180, False), (181, False), (86400, False)]
)
def test_a_bot_is_well_while_its_file_is_younger_than_the_longest_silence(
    tmp_path, seconds_ago, well
):
    file = tmp_path / "health"
    file.touch()
    os.utime(file, (1000, 1000))
    assert healthy(file, 180, 1000 + seconds_ago) is well


def test_a_bot_that_never_reached_telegram_is_not_well(tmp_path):
    assert not healthy(tmp_path / "missing", 180, 0)


@pytest.mark.parametrize(("reached", "code"), [(True, 0), (False, 1)])
def test_the_check_leaves_with_0_or_1_and_says_nothing(
    tmp_path, monkeypatch, capsys, reached, code
):
    file, settings = tmp_path / "health", tmp_path / "settings.yaml"
    settings.write_text(f"health_file: {file}\nsilence: 45\n")
    if reached:
        file.touch()
    monkeypatch.setattr(sys, "argv", ["health", str(settings)])
    with pytest.raises(SystemExit) as left:
        health.main()
    assert left.value.code == code
    assert capsys.readouterr() == ("", "")


@pytest.mark.parametrize(
    ("silence", "trouble", "status"),
    [
        (0.0, "", "ok"),
        (119.9, "", "ok"),
        (120.0, "", "silent"),
        (200.0, "displaced", "silent"),
        (3.0, "displaced", "displaced"),
    ],
)
def test_trouble_shows_a_while_before_the_bot_gives_up(silence, trouble, status):
    """After two thirds of the silence that ends it, the last third is for whoever looks on."""
    assert Health(53, 1.0, 2.0, silence, 0, 180, trouble).status == status


def test_a_shortest_silence_leaves_room_for_a_poll_that_nobody_answers_with_an_update():
    """A poll is held open for 25 seconds, and 45 are the shortest silence that can be set."""
    assert Health(53, 1.0, 2.0, 28.0, 0, 45).status == "ok"
