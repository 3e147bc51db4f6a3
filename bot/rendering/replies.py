"""Renders answers as Telegram messages: one message each, never too long.

Decides what a message says and which buttons it has. Nothing is searched here: the answer is an
argument.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from telegram import InlineKeyboardButton

from bot.i18n.strings import Strings
from bot.rendering.callback_data import Action, CallbackData
from bot.rendering.html import (
    LONGEST_LISTED_URL,
    LONGEST_MESSAGE,
    bold,
    link,
    neighbour,
    passage,
    plain,
    typed,
    visible_length,
)
from bot.rendering.keyboards import (
    back,
    button,
    context_keyboard,
    keyboard,
    lift,
    no_answer_in,
    passage_keyboard,
    questions,
    to_copies,
)
from bot.rendering.view import Reply, View
from index import Amended, Answer, Citation, Coverage, Hit, SmallTalk

#: How many passages are shown at once in a chat that is set to several.
SEVERAL = 3
#: Room for a paragraph beside the one that is shown, in characters.
_BESIDE = 900
#: Characters between it and the rest: line breaks, a dot, the marks of a cut.
_BETWEEN = 20
#: Characters of a title on a button: one line on a phone.
_LABEL = 40
#: Places in a list of copies, as in the list of statements, and characters of a title or a name.
COPIES_A_PAGE, _COPY = 10, 120


def render_answer(
    answer: Answer,
    view: View,
    number: int = 0,
    history: tuple[Action, ...] = (),
    *,
    lifted: bool = False,
) -> Reply:
    """Return the reply with passage *number* (from 0) of *answer*, or that nothing answers.

    The *history* is what was shown before it. It was *lifted* if the question was asked without
    what had been understood of it.
    """
    if not answer.answered:
        return render_nothing(answer, view)
    current = CallbackData(
        Action.PASSAGE, number=number, question=answer.question, history=history, lifted=lifted
    )
    return _render_passage(answer, view, current)


def render_nearest(answer: Answer, view: View, number: int = 0, *, lifted: bool = False) -> Reply:
    """Return the reply with one of the nearest passages, under a note that it is only that."""
    current = _unanswered(answer, lifted=lifted)
    note = plain(view.strings.no_answer(answer))
    shown = _render_passage(answer, view, replace(current, number=number), note)
    return replace(shown, answers=False)


def render_several(answer: Answer, view: View, number: int = 0, *, lifted: bool = False) -> Reply:
    """Return the reply with up to three passages of *answer*, passage *number* among them.

    Each has its citation, and a button that shows it by itself.
    """
    total = len(answer.hits)
    first = number - number % SEVERAL if number < total else 0
    shown = answer.hits[first : first + SEVERAL]
    current = CallbackData(Action.SEVERAL, number=first, question=answer.question, lifted=lifted)
    note = above(answer, view, first)
    room = (LONGEST_MESSAGE - visible_length(note)) // len(shown)
    parts = [passage(hit, view.strings, room=room, fold=False, copies=True) for hit in shown]
    if note:
        parts[0] = f"{note}\n{parts[0]}"
    singly = [
        button(str(one + 1), replace(current.forward(Action.PASSAGE, ""), number=one))
        for one in range(first, first + len(shown))
    ]
    following = first + len(shown)
    if total > SEVERAL:
        start = following if following < total else 0
        last = min(start + SEVERAL, total)
        label = view.strings.button_several.format(first=start + 1, last=last, total=total)
        singly.append(button(label, replace(current, number=start)))
    rows = [singly, lift(answer, view, current)]
    return Reply("\n\n".join(parts), keyboard(rows), shown_reference=shown[0].citation.reference)


def render_nothing(
    answer: Answer,
    view: View,
    amended: Amended | None = None,
    *,
    lifted: bool = False,
) -> Reply:
    """Return that nothing answers, what was searched, the nearest, and suggestions to ask.

    A reference whose paragraph was *amended* leads to the statements that may have had it.
    """
    if amended:
        return render_amended(amended, view)
    strings = view.strings
    nothing = strings.nothing(answer, typed, plain)
    rows = [_to_nearest(answer, view, lifted=lifted), *questions(answer.suggestions)]
    return Reply(strings.sentences(strings.how_read(answer, typed), nothing), keyboard(rows))


def render_nothing_short(answer: Answer, view: View, *, lifted: bool = False) -> Reply:
    """Return in one line, for a group, that nothing answers."""
    strings = view.strings
    nothing = strings.nothing_in_short(answer, typed, plain)
    html = strings.sentences(strings.how_read(answer, typed), nothing)
    return Reply(html, keyboard([_to_nearest(answer, view, lifted=lifted)]))


def render_copies(hit: Hit, view: View, data: CallbackData) -> Reply:
    """Return the page that *data* asks for of the places where the text of *hit* also stands."""
    strings, copies = view.strings, hit.copies
    pages = max(1, -(-len(copies) // COPIES_A_PAGE))
    page = min(max(data.page, 1), pages)
    first = (page - 1) * COPIES_A_PAGE
    lines = [strings.copies_heading]
    lines += [_copy(one, strings) for one in copies[first : first + COPIES_A_PAGE]]
    if pages > 1:
        lines.append(plain(strings.copies_page.format(page=page, pages=pages)))
    turning = []
    if page > 1:
        turning.append(button(strings.button_newer, replace(data, page=page - 1)))
    if page < pages:
        turning.append(button(strings.button_older, replace(data, page=page + 1)))
    return Reply("\n\n".join(lines), keyboard([[*turning, *back(data, strings)]]))


def render_amended(amended: Amended, view: View) -> Reply:
    """Return that the paragraph of a reference was *amended*, with a button to its statement.

    Where it was kept as it stood, it is shown. Where several statements may have had it, each has a
    button with its title.
    """
    strings, reference, shown = view.strings, amended.reference, amended.statements[:SEVERAL]
    if amended.earlier:
        return _render_as_it_stood(amended, view)
    titles = strings.comma.join(strings.short_title(hit.citation.title) for hit in shown)
    text = strings.reference_amended.format(reference=reference, title=titles)
    withdrawn = dict.fromkeys(strings.withdrawal(hit.citation) for hit in shown)
    rows = _to_statements(amended, strings.button_statement, strings)
    return Reply(plain("\n".join([*filter(None, withdrawn), text])), keyboard(rows))


def _render_as_it_stood(amended: Amended, view: View) -> Reply:
    """Return the paragraph before it was *amended*, with a button to the text as it is now."""
    strings, shown = view.strings, amended.earlier[:SEVERAL]
    room = LONGEST_MESSAGE // len(shown)
    parts = []
    for hit in shown:
        note = strings.amended_on.format(date=strings.day(hit.citation.amended))
        parts.append(passage(hit, strings, plain(note), room=room))
    while len(parts) > 1 and visible_length("\n\n".join(parts)) > LONGEST_MESSAGE:
        # Names may be very long; each text has its button.
        parts.pop()
    rows = _to_statements(amended, strings.button_current, strings)
    return Reply("\n\n".join(parts), keyboard(rows))


def _to_statements(
    amended: Amended, label: str, strings: Strings
) -> list[list[InlineKeyboardButton]]:
    """Return the button with this *label* that opens the statement, or one a title of several."""
    shown = amended.statements[:SEVERAL]
    notice = CallbackData(Action.PASSAGE, question=amended.reference)
    rows = []
    for hit in shown:
        title = strings.short_title(hit.citation.title, _LABEL)
        whole = notice.forward(Action.STATEMENT, hit.citation.reference)
        rows.append([button(title if len(shown) > 1 else label, replace(whole, page=1))])
    return rows


def render_small_talk(
    kind: SmallTalk, searched: Coverage, examples: Sequence[str], view: View
) -> Reply:
    """Return the reply to a greeting or to thanks, with *examples* of questions as buttons."""
    return Reply(
        plain(view.strings.small_talk_reply(kind, searched)), keyboard(questions(examples))
    )


def render_context(
    hit: Hit, before: Hit | None, after: Hit | None, view: View, data: CallbackData | None = None
) -> Reply:
    """Return a paragraph with the ones around it, as *data* or a user's reference asks for it."""
    strings, room = view.strings, LONGEST_MESSAGE
    preceding, following = [], []
    if before:
        label = strings.paragraph_before.format(number=before.citation.paragraph)
        preceding.append(neighbour(before, label, strings, beside=hit, room=_BESIDE))
        room -= _BESIDE + len(label) + len(strings.who(before.citation)) + _BETWEEN
    if after:
        label = strings.paragraph_after.format(number=after.citation.paragraph)
        following.append(neighbour(after, label, strings, beside=hit, room=_BESIDE))
        room -= _BESIDE + len(label) + len(strings.who(after.citation)) + _BETWEEN
    reference = hit.citation.reference
    current = data or CallbackData(Action.CONTEXT, reference=reference)
    # What stands around a passage that does not answer does not answer either.
    no_answer = no_answer_in(current.history, strings)
    notes = [strings.withdrawal(hit.citation), no_answer]
    if above_all := "\n".join(map(plain, filter(None, notes))):
        preceding.insert(0, above_all)
        room -= visible_length(above_all) + _BETWEEN
    shown = passage(hit, strings, room=room, withdrawal=False)
    html = "\n\n".join([*preceding, shown, *following])
    buttons = context_keyboard(hit, view, before, after, current)
    return Reply(html, buttons, shown_reference=reference, answers=not no_answer)


def render_already_quoted(
    answer: Answer, view: View, address: str, *, several: bool = False
) -> Reply:
    """Return that the passage was quoted in this chat already, at *address* if it has one.

    A button shows it again, with others if the chat is set to *several* passages.
    """
    strings = view.strings
    citation = answer.hits[0].citation
    place = plain(" · ".join(strings.where(citation)))
    where = f"{link(address, place) if address else place} · {strings.reference} "
    where += strings.isolated(f"<code>{citation.reference}</code>")
    action = Action.SEVERAL if several else Action.PASSAGE
    again = CallbackData(action, question=answer.question)
    buttons = keyboard([[button(strings.button_again, again)]])
    said = strings.quoted_already.format(where=where)
    quoted = strings.sentences(strings.how_read(answer, typed), said)
    withdrawn = plain(strings.withdrawal(citation))
    return Reply("\n".join(filter(None, [withdrawn, quoted])), buttons)


def _render_passage(answer: Answer, view: View, current: CallbackData, heading: str = "") -> Reply:
    """Return the passage that *current* asks for, with buttons to the others of the answer.

    The *heading* stands above every passage, and so does what was understood of the question; the
    note on how it was read otherwise, above the first.
    """
    total = len(answer.hits)
    current = replace(current, number=current.number % total)
    hit = answer.hits[current.number]
    html = passage(hit, view.strings, above(answer, view, current.number, heading))
    more = [*to_copies(hit, view, current), *lift(answer, view, current)]
    buttons = passage_keyboard(hit, view, current, total, more)
    return Reply(html, buttons, shown_reference=hit.citation.reference)


def for_one(reply: Reply, view: View) -> Reply:
    """Return *reply* as one person in a group sees it: a quote can be shown to everyone.

    One that does not answer cannot: beneath the question the group would take it for an answer.
    """
    if not reply.shown_reference or not reply.answers:
        return reply
    everyone = CallbackData(Action.EVERYONE, reference=reply.shown_reference)
    rows = list(reply.keyboard.inline_keyboard) if reply.keyboard else []
    rows.append((button(view.strings.button_everyone, everyone),))
    return replace(reply, keyboard=keyboard(rows))


def above(answer: Answer, view: View, number: int = 0, heading: str = "") -> str:
    """Return what stands above passage *number* of *answer*, as HTML.

    That is what was understood of the question, a *heading*, and how it was read otherwise.
    """
    strings = view.strings
    understood = plain(strings.understood(answer.understood)) if answer.answered else ""
    notes = strings.sentences(heading, "" if number else strings.how_read(answer, typed))
    return "\n".join(filter(None, [understood, notes]))


def _unanswered(answer: Answer, *, lifted: bool) -> CallbackData:
    """Return the data to show the first passage of *answer*, which does not answer."""
    action = Action.OTHERS if answer.others_answer else Action.NEAREST
    return CallbackData(action, question=answer.question, lifted=lifted)


def _to_nearest(answer: Answer, view: View, *, lifted: bool) -> list[InlineKeyboardButton]:
    """Return the buttons to what is nearest to answering, and to a search of everything."""
    strings, shown = view.strings, _unanswered(answer, lifted=lifted)
    buttons = []
    if answer.hits:
        label = strings.button_nearest
        if answer.others_answer:
            label = strings.others(answer, "button_others_{}")
        buttons.append(button(label, shown))
    return [*buttons, *lift(answer, view, replace(shown, action=Action.PASSAGE))]


def _copy(copy: Citation, strings: Strings) -> str:
    title = plain(strings.short_title(copy.title, _COPY))
    if 0 < len(copy.url) <= LONGEST_LISTED_URL:
        title = link(copy.url, title)
    place = strings.paragraph.format(number=copy.paragraph, total=copy.paragraphs)
    speaker = plain(strings.short_title(copy.speaker, _COPY))
    code = strings.isolated(f"<code>{copy.reference}</code>")
    return f"{bold(strings.day(copy.date))} · {speaker}\n{title} · {place} · {code}"
