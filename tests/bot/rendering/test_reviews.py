"""A review fits a message that Telegram takes, whatever is in the document."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_statements import statement
from telegram_standin.composing import MAX_SOURCE_BYTES, MAX_TEXT, parse_text
from telegram_standin.keyboards import read_keyboard

from bot.i18n.languages import languages
from bot.i18n.strings import strings_of
from bot.rendering.callback_data import Action, unpack
from bot.rendering.reviews import (
    TYPED_FIELDS,
    Step,
    differences_text,
    prompt_for,
    render_kinds,
    render_refused,
    render_review,
    render_translations,
)
from bot.rendering.view import Reply
from documents import (
    Alike,
    Block,
    Claim,
    Doubt,
    Draft,
    Field,
    LeftOut,
    Likeness,
    Refused,
    Warned,
    Why,
)
from index import Fields, Kind, Speaker

SAY = strings_of()
TODAY = datetime.date(2025, 3, 1)
HARBOUR = statement("harbour", ["The harbour opens.", "Ferries sail twice."], day=24)
WORDS = st.text(st.characters(exclude_categories=["Cs", "Zl", "Zp"]), min_size=1, max_size=400)


def draft(**more: object) -> Draft:
    blocks = (Block(text="The harbour opens."), Block(text="Ferries sail thrice."))
    known: dict[str, object] = {"fields": Fields(), "blocks": blocks, "found_in": {}}
    return Draft(name="a.txt", **{**known, **more})  # type: ignore[arg-type]


def shown(reply: Reply) -> str:
    """Return the text of a message that Telegram has taken."""
    assert len(reply.html.encode()) <= MAX_SOURCE_BYTES
    text, _ = parse_text(reply.html, "HTML", None, {})
    assert 0 < len(text) <= MAX_TEXT
    for row in reply.keyboard.inline_keyboard if reply.keyboard else ():
        for one in row:
            pressed = unpack(str(one.callback_data))
            assert pressed
            assert pressed.action is Action.DRAFT
    read_keyboard(reply.keyboard.to_dict() if reply.keyboard else None)
    return text


def review(one: Draft, alike: Alike | None = None) -> Reply:
    return render_review(one, alike, (1, 1), TODAY, SAY)


def labels(reply: Reply) -> list[str]:
    rows = reply.keyboard.inline_keyboard if reply.keyboard else ()
    return [one.text for row in rows for one in row]


def test_each_field_is_shown_with_the_place_it_was_found_in():
    known = Fields(title="Remarks on ports", publisher="Ports Gazette", date=TODAY)
    text = shown(review(draft(fields=known, found_in={"title": "<h1>", "date": "<time>"})))
    assert text.splitlines()[:7] == [
        "a.txt",
        "ID: 2025-03-01-remarks-on-ports",
        "Title: Remarks on ports ← <h1>",
        "Date: 1 Mar 2025 ← <time>",
        "Kind: statement",
        "Language: en",
        "Publisher: Ports Gazette",
    ]


def test_what_must_be_looked_at_comes_before_what_is_to_be_known():
    warnings = (Warned(text="1 insertion tracked"), Warned(text="a scan", doubt=Doubt.OCR))
    left_out = (LeftOut(text="Home", why=Why.NAVIGATION), LeftOut(text="News", why=Why.NAVIGATION))
    text = shown(review(draft(warnings=warnings, left_out=left_out)))
    assert text.splitlines()[-3:] == [
        "Look: a scan",
        "Note: 1 insertion tracked",
        "Left out: 2 navigation",
    ]


def test_only_what_can_be_filed_has_the_button_that_files_it():
    known = Fields(title="Remarks", speakers=(Speaker("Li Wen"),))
    alike = Alike(HARBOUR, Likeness.AMENDED, "nearly the same words")
    assert SAY.button_file not in labels(review(draft()))
    assert SAY.button_file in labels(review(draft(fields=known)))
    amending = labels(review(draft(fields=known), alike))
    assert SAY.button_file not in amending
    assert {SAY.button_file_amended, SAY.button_file_apart, SAY.button_differences} <= {*amending}


def test_a_value_is_offered_once_for_a_field_that_has_none():
    offered = (
        Claim(field=Field.SPEAKER, value="Li Wen", where="file properties"),
        Claim(field=Field.SPEAKER, value="Li Wen", where="first line"),
        Claim(field=Field.TITLE, value="Another title", where="file properties"),
        Claim(field=Field.EMBARGO, value="until noon", where="first line"),
    )
    offering = labels(review(draft(fields=Fields(title="Remarks"), offered=offered)))
    assert [one for one in offering if ": " in one] == ["Speaker: Li Wen"]


def test_the_differences_are_the_paragraphs_that_are_not_the_same():
    alike = Alike(HARBOUR, Likeness.AMENDED, "nearly the same words")
    assert differences_text(alike, draft()) == "- Ferries sail twice.\n+ Ferries sail thrice."


def test_many_refusals_are_one_message():
    refused = [Refused(name=f"{n}.pdf", what="x" * 900, repair="Give it.") for n in range(99)]
    text = shown(render_refused(refused, SAY))
    assert text.splitlines()[-1] in (SAY.read_more.format(number=89), "…")
    one = Refused(name="a.pdf", what="it is a scan", repair="Type it.")
    assert shown(render_refused([one], SAY)) == "a.pdf: it is a scan. Type it."


@pytest.mark.parametrize("language", languages())
def test_every_field_has_its_prompt_in_every_language(language):
    prompts = {prompt_for(field, strings_of(language)) for field in TYPED_FIELDS}
    assert len(prompts) == len(TYPED_FIELDS)


def test_every_kind_and_translation_can_be_chosen():
    first = review(draft())
    kinds, sorts = render_kinds(first, SAY), render_translations(first, SAY)
    assert labels(kinds) == [*map(SAY.kind, Kind), SAY.button_back]
    assert labels(sorts)[-1] == SAY.button_back
    assert shown(kinds) == shown(sorts) == shown(first)
    (chosen,) = [
        unpack(str(one.callback_data))
        for row in kinds.keyboard.inline_keyboard
        for one in row
        if one.text == SAY.kind(Kind.LETTER)
    ]
    assert (chosen.reference, list(Kind)[chosen.number]) == (Step.KIND_IS, Kind.LETTER)


@given(
    words=st.lists(WORDS.filter(str.strip), min_size=1, max_size=8),
    language=st.sampled_from(languages()),
)
def test_any_words_fit_a_message_that_telegram_takes(words, language):
    text = " ".join(" ".join(words).split()) or "x"
    long = text * 20
    one = draft(
        blocks=(Block(text=long), Block(text=text)),
        fields=Fields(title=text[:900], speakers=(Speaker(text[:90] or "x"),)),
        found_in={"title": long},
        offered=(Claim(field=Field.PUBLISHER, value=long, where=long),),
        left_out=tuple(LeftOut(text=long, why=why) for why in Why),
        warnings=tuple(Warned(text=long) for _ in range(40)),
    )
    alike = Alike(HARBOUR, Likeness.AMENDED, "nearly the same words")
    shown(render_review(one, alike, (2, 10), TODAY, strings_of(language)))
