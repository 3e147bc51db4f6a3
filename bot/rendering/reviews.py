"""Renders the review of a draft: what was read, where it was found, and what can be done with it.

What the buttons do is left to the handlers. The words of a document, its name, and what
``documents`` says of it may have any length and any marks.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from enum import StrEnum

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from bot.i18n.strings import Strings
from bot.rendering.callback_data import Action, CallbackData
from bot.rendering.html import LONGEST_MESSAGE, bold, plain, visible_length
from bot.rendering.keyboards import button, keyboard
from bot.rendering.view import Reply
from documents import Alike, Draft, Field, Refused, differences, doubts_of_draft
from index import Hit, Kind, Translation, without_controls

#: The fields that a button asks for or offers values of, as ``Fields`` has them, in rows.
_ROWS = (
    ("title", "speakers", "date"),
    ("kind", "language", "translation"),
    ("published", "publisher", "url", "id"),
)
#: The fields that are emptied by a dash.
OPTIONAL = ("date", "published", "publisher", "url", "translation")
#: Those that are typed in reply to a message that asks for them.
TYPED_FIELDS = ("id", "title", "speakers", "date", "published", "publisher", "url", "language")
#: Characters of a value, of a note, of the first and last words, and of a button with a value.
_LONGEST_VALUE, _LONGEST_NOTE, _LONGEST_END, _LONGEST_LABEL = 300, 300, 80, 60
#: Values that are offered for a field, notes that are shown, and refusals that are.
_MOST_OFFERED, _MOST_NOTES, _MOST_REFUSED = 3, 12, 10
_KINDS_A_ROW = 3
#: Fields that have a value before anybody gives one.
_WITH_DEFAULTS = ("kind", "language")


class Step(StrEnum):
    """What a button does in a review, beside those that are called by a field."""

    FILE = "file"
    FILE_SEPARATELY = "apart"
    DROP = "drop"
    DROP_ALL = "drop-all"
    SKIP = "skip"
    TEXT = "text"
    LEFT_OUT = "left-out"
    DIFFERENCES = "differences"
    #: Take the kind, the translation or the offered value *number*.
    KIND_IS = "kind-is"
    TRANSLATION_IS = "translation-is"
    OFFERED_IS = "offered-is"
    BACK = "back"


def name_of_field(field: str, strings: Strings) -> str:
    """Return what the field *field* is called."""
    return str(getattr(strings, f"draft_{field}"))


def value_of(draft: Draft, field: str, strings: Strings) -> str:
    """Return the value of the field *field*, or of the id; empty if there is none."""
    fields = draft.fields
    match field:
        case "id":
            return draft.id
        case "speakers":
            return " | ".join(f"{one.name}; {one.role}".rstrip("; ") for one in fields.speakers)
        case "date" | "published":
            day: date | None = getattr(fields, field)
            return strings.day(day) if day else ""
        case "kind":
            return strings.kind(fields.kind)
        case "translation":
            return _translation(fields.translation, strings) if fields.translation else ""
    return str(getattr(fields, field))


def render_review(
    draft: Draft, alike: Alike | None, place: tuple[int, int], today: date, strings: Strings
) -> Reply:
    """Return the review of *draft*, the *place*-th of so many; *alike* is what it amends.

    It takes longer the longer the text is, and so belongs beside the event loop.
    """
    number, total = place
    head = bold(plain(_cut(draft.name, _LONGEST_VALUE)))
    if total > 1:
        head += f" · {plain(strings.draft_place.format(number=number, total=total))}"
    lines = [head, *_fields(draft, strings)]
    if draft.missing:
        missing = strings.comma.join(name_of_field(one, strings) for one in draft.missing)
        lines.append(bold(plain(strings.draft_missing.format(fields=missing))))
    if alike:
        said = strings.draft_amends.format(id=alike.statement.id, why=alike.why)
        lines.append(bold(plain(said)))
    lines += map(plain, _text(draft, strings))
    lines += map(plain, _notes(draft, today, strings))
    if draft.left_out:
        counts = draft.left_out_counts.items()
        counted = strings.comma.join(f"{count} {why}" for why, count in counts)
        lines.append(plain(strings.draft_left_out.format(counts=counted)))
    return Reply(_fitting(lines), _keyboard(draft, alike, total, strings))


def render_kinds(shown: Reply, strings: Strings) -> Reply:
    """Return *shown*, a review, with the kinds to choose from for buttons."""
    kinds = [_step(strings.kind(kind), Step.KIND_IS, n) for n, kind in enumerate(Kind)]
    rows = [kinds[at : at + _KINDS_A_ROW] for at in range(0, len(kinds), _KINDS_A_ROW)]
    return Reply(shown.html, keyboard([*rows, [_step(strings.button_back, Step.BACK)]]))


def render_translations(shown: Reply, strings: Strings) -> Reply:
    """Return *shown*, a review, with the sorts of translation to choose from for buttons."""
    sorts = [*(_translation(one, strings) for one in Translation), strings.draft_original]
    rows = [[_step(label, Step.TRANSLATION_IS, number)] for number, label in enumerate(sorts)]
    return Reply(shown.html, keyboard([*rows, [_step(strings.button_back, Step.BACK)]]))


def render_refused(refused: Sequence[Refused], strings: Strings) -> Reply:
    """Return why documents are not filed, and what to do instead, in one message."""
    lines = [plain(_sentence(one, strings)) for one in refused[:_MOST_REFUSED]]
    if len(refused) > _MOST_REFUSED:
        lines.append(plain(strings.read_more.format(number=len(refused) - _MOST_REFUSED)))
    return Reply(_fitting(lines))


def render_filed(hit: Hit, strings: Strings) -> Reply:
    """Return that a statement is on record now: its first words, and a button that shows it."""
    words = _cut(without_controls(hit.paragraph.text), _LONGEST_END)
    shown = CallbackData(Action.CONTEXT, reference=hit.citation.reference)
    text = plain(strings.draft_on_record.format(words=words))
    return Reply(text, keyboard([[button(strings.button_show, shown)]]))


def prompt_for(field: str, strings: Strings) -> str:
    """Return the message that asks for the field *field*, to which its value is the reply."""
    how = str(getattr(strings, f"draft_how_{field}", ""))
    return strings.sentences(
        strings.draft_ask.format(field=name_of_field(field, strings)),
        how,
        strings.draft_dash if field in OPTIONAL else "",
    )


def left_out_text(draft: Draft) -> str:
    """Return what was left out of *draft*, and why, a line each."""
    return without_controls("\n".join(f"{one.why}: {one.text}" for one in draft.left_out))


def differences_text(alike: Alike, draft: Draft) -> str:
    """Return the paragraphs that differ, as they stand on record (-) and in *draft* (+)."""
    return without_controls("\n".join(differences(alike, draft)))


def _fields(draft: Draft, strings: Strings) -> Iterator[str]:
    for field in ("id", *(name for row in _ROWS for name in row if name != "id")):
        value = value_of(draft, field, strings)
        if not value and field == "date":
            value = strings.undated
        if not value:
            continue
        told = {"field": name_of_field(field, strings), "value": _cut(value, _LONGEST_VALUE)}
        if where := draft.found_in.get(field, ""):
            where = _cut(where, _LONGEST_END)
            yield plain(strings.draft_found.format(**told, where=where))
        else:
            yield plain(strings.draft_field.format(**told))


def _text(draft: Draft, strings: Strings) -> Iterator[str]:
    texts = [without_controls(one) for one in draft.texts]
    if not texts:
        return
    counted = strings.paragraphs(len(texts))
    first, last = _cut(texts[0], _LONGEST_END), texts[-1]
    last = last if len(last) <= _LONGEST_END else f"…{last[1 - _LONGEST_END :].lstrip()}"
    yield counted
    yield strings.read_quoted.format(words=first)
    if len(texts) > 1 or last.startswith("…"):
        yield strings.read_quoted.format(words=last)


def _notes(draft: Draft, today: date, strings: Strings) -> Iterator[str]:
    """Yield what an editor should know, a line each: what must be looked at first."""
    looks = [one.text for one in draft.warnings if one.doubt]
    for doubt in doubts_of_draft(draft, today):
        fragment = f": {doubt.fragment}" if doubt.fragment else ""
        looks.append(f"{doubt.what}{fragment}. {doubt.repair}")
    notes = [one.text for one in draft.warnings if not one.doubt]
    said = [strings.draft_look.format(text=_cut(one, _LONGEST_NOTE)) for one in looks]
    said += [strings.draft_note.format(text=_cut(one, _LONGEST_NOTE)) for one in notes]
    yield from said[:_MOST_NOTES]
    if len(said) > _MOST_NOTES:
        yield strings.read_more.format(number=len(said) - _MOST_NOTES)


def _keyboard(
    draft: Draft, alike: Alike | None, total: int, strings: Strings
) -> InlineKeyboardMarkup | None:
    rows: list[list[InlineKeyboardButton]] = []
    if not draft.missing and alike:
        rows.append([_step(strings.button_file_amended, Step.FILE)])
        rows.append([_step(strings.button_file_apart, Step.FILE_SEPARATELY)])
    ending = [_step(strings.button_drop, Step.DROP)]
    if total > 1:
        ending = [
            _step(strings.button_skip, Step.SKIP),
            _step(strings.button_drop_all, Step.DROP_ALL),
        ]
    if not draft.missing and not alike:
        ending.insert(0, _step(strings.button_file, Step.FILE))
    rows.append(ending)
    rows += [[one] for one in _offers(draft, strings)]
    rows += [[_field_button(field, draft, strings) for field in row] for row in _ROWS]
    showing = [_step(strings.button_statement, Step.TEXT)]
    if draft.left_out:
        showing.append(_step(strings.button_left_out, Step.LEFT_OUT))
    if alike:
        showing.append(_step(strings.button_differences, Step.DIFFERENCES))
    return keyboard([*rows, showing])


def _offers(draft: Draft, strings: Strings) -> Iterator[InlineKeyboardButton]:
    """Yield a button for each value that the document offers for a field that has none."""
    counts: Counter[str] = Counter()
    seen: set[tuple[str, str]] = set()
    for number, claim in enumerate(draft.offered):
        field = field_of(claim.field)
        if field is None or (field, claim.value) in seen or counts[field] == _MOST_OFFERED:
            continue
        if value_of(draft, field, strings) and field not in _WITH_DEFAULTS:
            continue
        seen.add((field, claim.value))
        counts[field] += 1
        told = {"field": name_of_field(field, strings), "value": without_controls(claim.value)}
        label = strings.draft_field.format(**told)
        yield _step(_cut(label, _LONGEST_LABEL), Step.OFFERED_IS, number)


def field_of(claimed: Field) -> str | None:
    """Return the field of a statement that a claim of *claimed* is about; ``None`` if of none."""
    if claimed is Field.SPEAKER:
        return "speakers"
    known = {name for row in _ROWS for name in row}
    return str(claimed) if str(claimed) in known else None


def _field_button(field: str, draft: Draft, strings: Strings) -> InlineKeyboardButton:
    label = name_of_field(field, strings)
    return button(
        f"❗ {label}" if field in draft.missing else label,
        CallbackData(Action.DRAFT, reference=field),
    )


def _step(label: str, step: Step, number: int = 0) -> InlineKeyboardButton:
    return button(label, CallbackData(Action.DRAFT, reference=str(step), number=number))


def _translation(sort: Translation, strings: Strings) -> str:
    official = sort is Translation.OFFICIAL
    return strings.translation_official if official else strings.translation_unofficial


def _sentence(refused: Refused, strings: Strings) -> str:
    repair = refused.repair.rstrip(".")
    said = f"{refused.name}: {refused.what}. {repair}."
    return strings.isolated(without_controls(_cut(said, 2 * _LONGEST_NOTE)))


def _fitting(lines: Iterable[str]) -> str:
    """Return as many of *lines* as fit a message, each on one line."""
    kept: list[str] = []
    room = LONGEST_MESSAGE
    for line in lines:
        room -= visible_length(line) + 1
        if room < 0:
            kept.append("…")
            break
        kept.append(" ".join(line.split("\n")))
    return "\n".join(kept)


def _cut(text: str, longest: int) -> str:
    return text if len(text) <= longest else f"{text[: longest - 1].rstrip()}…"
