"""A paragraph is trimmed by pressing the sentences to keep; what limits them cannot be left out."""

from __future__ import annotations

import pytest
from made_statements import statement

from bot.i18n.strings import strings_of
from bot.rendering.callback_data import MAX_BYTES, Action, CallbackData
from bot.rendering.trimming import MOST_SENTENCES, kept_by
from index import Index, Kind, Record

SAY = strings_of()
QUAY = [
    "The quay is long. It opens in spring. However, boats must wait. Ferries go. Boats stay.",
    "That said, boats may leave.",
    "One sentence stands alone.",
    " ".join(
        f"The {number} ferries that sail to the islands in the bay are new."
        for number in range(2, 90)
    ),
]
ON = Index(Record.of([statement("quay", QUAY, title="On the quay")]))
FIRST, SECOND, ALONE, LONG = (hit.citation.reference for hit in ON.look_up("quay"))
CITED = (
    "— Nadia Rahman, Minister of Ports · direct quote · On the quay, 1 Feb 2025"
    f" · paragraph 1 of 4 · ref {FIRST}"
)


async def ask(telegram, text: str, **how):
    """Return the reply to what a person writes in private."""
    amina = telegram.user("Amina")
    private = telegram.private_chat(amina)
    telegram.say(private, amina, text, **how)
    return await telegram.reply(private)


async def press(telegram, message, label: str):
    """Return *message* after its button was pressed."""
    telegram.press(telegram.user("Amina"), message, label)
    return await telegram.edited(message)


async def test_trim_lists_the_sentences_and_asks_which_to_keep(telegram, running):
    async with running(on=ON):
        shown = await ask(telegram, f"/trim {FIRST}")
    assert shown.text.split("\n") == [
        SAY.trim_how,
        *("1 The quay is long.", "2 It opens in spring.", "3 However, boats must wait."),
        *("4 Ferries go.", "5 Boats stay."),
    ]
    assert shown.buttons == [["1", "2", "3", "4", "5"], ["back"]]


async def test_the_sentences_that_are_pressed_are_kept_and_can_be_copied(telegram, running):
    """Between those that do not stand together is a mark."""
    async with running(on=ON):
        shown = await ask(telegram, f"/trim {FIRST}")
        shown = await press(telegram, shown, "1")
        assert shown.buttons == [["✓ 1", "2", "3", "4", "5"], ["Copy", "back"]]
        shown = await press(telegram, shown, "4")
        copied = shown.button("Copy").value["text"]
        assert copied.split("\n") == ["“The quay is long. […] Ferries go.”", CITED]
        assert shown.marked("blockquote") == [copied]
        assert "✓ 1 The quay is long.\n2 It opens" in shown.text
        shown = await press(telegram, shown, "5")
        assert "“The quay is long. […] Ferries go. Boats stay.”" in shown.text
        shown = await press(telegram, shown, "✓ 1")
        assert "“Ferries go. Boats stay.”" in shown.text


async def test_what_limits_a_kept_sentence_has_to_stay(telegram, running):
    async with running(on=ON):
        shown = await ask(telegram, f"/trim {FIRST} 2")
        words = SAY.trim_must_stay.format(numbers="3", words="However, boats must wait.")
        assert shown.text.endswith(words)
        assert shown.buttons == [["1", "✓ 2", "3", "4", "5"], ["back"]]
        shown = await press(telegram, shown, "3")
        assert "“It opens in spring. However, boats must wait.”" in shown.text
        assert words not in shown.text


async def test_what_the_next_paragraph_takes_back_is_told(telegram, running):
    async with running(on=ON):
        shown = await ask(telegram, f"/trim {FIRST} 5")
        assert shown.text.endswith(
            SAY.trim_limited_after.format(words="That said, boats may leave.")
        )
        assert "“Boats stay.”" in shown.text


@pytest.mark.parametrize("numbers", ["1,4", "1 4", "1, 4.", "4;1"])
async def test_the_numbers_may_be_written_with_the_command(telegram, running, numbers):
    async with running(on=ON):
        for name in (FIRST, FIRST.lower(), "quay#1"):
            shown = await ask(telegram, f"/trim {name} {numbers}")
            assert "“The quay is long. […] Ferries go.”" in shown.text


@pytest.mark.parametrize("numbers", ["4-5", "4–5", "5-4", "4, 5-5"])
async def test_a_run_of_sentences_is_written_with_a_dash(telegram, running, numbers):
    async with running(on=ON):
        shown = await ask(telegram, f"/trim {FIRST} {numbers}")
    assert "“Ferries go. Boats stay.”" in shown.text
    assert shown.buttons[0] == ["1", "2", "3", "✓ 4", "✓ 5"]


@pytest.mark.parametrize(
    ("numbers", "told"),
    [("9", "9"), ("1 0 4-9", "0, 4-9"), ("first & last", "first & last"), ("1,<b>", "1,<b>")],
)
async def test_a_number_without_a_sentence_is_told_and_nothing_is_kept(
    telegram, running, numbers, told
):
    """The sentences are listed with their buttons, as without numbers."""
    async with running(on=ON):
        plain = await ask(telegram, f"/trim {FIRST}")
        shown = await ask(telegram, f"/trim {FIRST} {numbers}")
        wrong = SAY.trim_no_sentence.format(numbers=told, last=5, run="1-5")
        assert shown.text == f"{plain.text}\n\n{wrong}"
        assert shown.buttons == plain.buttons
        assert "Ferries go." in (await press(telegram, shown, "4")).marked("blockquote")[0]


async def test_the_button_stands_beneath_the_styles_of_a_citation(telegram, running):
    """They come and go together, and back shows the paragraph again."""
    async with running(on=ON):
        reply = await ask(telegram, f"/ref {FIRST}")
        shown = await press(telegram, reply, "Cite")
        assert shown.buttons[-1] == ["Trim"]
        hidden = await press(telegram, shown, "Cite")
        assert hidden.buttons == reply.buttons
        shown = await press(telegram, hidden, "Cite")
        trimming = await press(telegram, shown, "Trim")
        assert trimming.text.startswith(SAY.trim_how)
        kept = await press(telegram, trimming, "1")
        assert (await press(telegram, kept, "back")).text == reply.text


async def test_no_button_is_offered_where_there_is_nothing_to_trim(telegram, running):
    async with running(on=ON):
        shown = await press(telegram, await ask(telegram, f"/ref {ALONE}"), "Cite")
    assert shown.buttons[-1] == ["Plain", "AP", "Chicago", "APA", "BibTeX"]


async def test_trim_alone_in_reply_to_a_quote_takes_its_reference(telegram, running):
    async with running(on=ON):
        group, amina = telegram.group("Newsroom"), telegram.user("Amina")
        said = telegram.say(group, amina, f"See {FIRST} for that.")
        for words in ("/trim", "/trim 1 4"):
            telegram.say(group, amina, words, reply_to=said)
            shown = await telegram.reply(group)
            assert shown.text.startswith(SAY.trim_how)
        assert "“The quay is long. […] Ferries go.”" in shown.text
        # Anybody in the group may go on.
        telegram.press(telegram.user("Bilal"), shown, "✓ 1")
        assert "“Ferries go.”" in (await telegram.edited(shown)).text


async def test_buttons_work_after_a_restart(telegram, running):
    async with running(on=ON):
        shown = await ask(telegram, f"/trim {FIRST} 1")
    async with running(on=ON):
        assert "“The quay is long. […] Ferries go.”" in (await press(telegram, shown, "4")).text


async def test_a_paragraph_of_one_sentence_has_nothing_to_trim(telegram, running):
    async with running(on=ON):
        shown = await ask(telegram, f"/trim {ALONE}")
    assert (shown.text, shown.buttons) == (SAY.trim_one_sentence, [["back"]])


async def test_of_a_long_paragraph_the_quote_stands_where_a_tap_copies_it(telegram, running):
    """A button copies no more than 256 characters, and has room for no more than 64 bytes."""
    async with running(on=ON):
        shown = await ask(telegram, f"/trim {LONG}")
        assert len([label for row in shown.buttons for label in row]) == MOST_SENTENCES + 1
        assert all(len(one.value.encode()) <= MAX_BYTES for one in shown.keyboard)
        numbers = " ".join(map(str, range(1, 20)))
        shown = await ask(telegram, f"/trim {LONG} {numbers}")
        (copied,) = shown.marked("pre")
        assert copied.startswith("“The 2 ferries that sail")
        assert shown.text.endswith(f"{copied}\n{SAY.trim_tap}")
        assert "Copy" not in shown.buttons[-1]
        everything = " ".join(map(str, range(1, MOST_SENTENCES + 1)))
        shown = await ask(telegram, f"/trim {LONG} {everything}")
        assert shown.text.endswith(SAY.trim_too_long)


async def test_the_words_of_a_report_get_no_quotation_marks(telegram, running):
    told = ["Rahman said that the quay was long. She smiled. The quay opens in spring."]
    report = Index(Record.of([statement("told", told, kind=Kind.REPORT)]))
    reference = report.look_up("told")[0].citation.reference
    async with running(on=report):
        shown = await ask(telegram, f"/trim {reference} 1,3")
    assert "\nRahman said that the quay was long. […] The quay opens" in shown.text
    assert "“" not in shown.text


@pytest.mark.parametrize("name", ["", "quay", "what about ferries"])
async def test_what_is_no_reference_is_told_how_to_write_one(telegram, running, name):
    async with running(on=ON):
        shown = await ask(telegram, f"/trim {name}".strip())
    assert shown.text == SAY.trim_reference.format(example=FIRST)


async def test_an_unknown_reference_is_called_unknown(telegram, running):
    async with running(on=ON):
        shown = await ask(telegram, "/trim K7Q2-M9XA 1")
    assert shown.text == SAY.reference_unknown.format(reference="K7Q2-M9XA")


@pytest.mark.parametrize("mask", ["zz", "-1", "f" * 40, "١٢", "0x1", " 1", "1_1"])
async def test_forged_buttons_do_no_harm(telegram, running, mask):
    async with running(on=ON):
        shown = await ask(telegram, f"/trim {FIRST} 1")
        telegram.forge_press(telegram.user("Amina"), shown, f"mr|0|{FIRST}|{mask}")
        shown = await press(telegram, shown, "4")
        assert "Ferries go." in shown.text


def test_what_a_button_keeps() -> None:
    def kept(mask: str) -> list[int]:
        return kept_by(CallbackData(Action.TRIM, reference=FIRST, question=mask))

    assert (kept(""), kept("5"), kept("f" * 20)) == ([], [0, 2], list(range(MOST_SENTENCES)))
    assert kept("f" * 21) == kept("٣") == kept("g") == []
