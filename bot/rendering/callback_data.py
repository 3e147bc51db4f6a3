"""What a button does, packed into the 64 bytes of callback data that Telegram keeps for it.

Nothing is stored here: a button carries all it needs, so it still works after a restart. A question
that is too long is read again from the message that the bot replied to.
"""

from __future__ import annotations

from dataclasses import KW_ONLY, dataclass, replace
from enum import StrEnum

from telegram.constants import InlineKeyboardButtonLimit

#: Bytes that a button's data may have (Bot API, InlineKeyboardButton).
MAX_BYTES = int(InlineKeyboardButtonLimit.MAX_CALLBACK_DATA)
#: The longest history: three passages, one of them, a paragraph beside it, and then its statement.
_LONGEST_HISTORY = 3
#: Stands after the numbers if the question is asked without what was understood.
_LIFTED = "a"
#: Numbers have at most six digits. Callback data may be forged.
_LARGEST = 999_999


class Action(StrEnum):
    """What a button does; the values are what its data begins with."""

    #: Show passage *number* of the answer to *question*.
    PASSAGE = "n"
    #: Show several passages of the answer to *question* at once, passage *number* among them.
    SEVERAL = "l"
    #: Show the passages nearest to *question*, which nothing answers: passage *number*.
    NEAREST = "v"
    #: Show what answers *question* but is another person's, or of another time: passage *number*.
    OTHERS = "o"
    #: List where the text of passage *number* of the answer to *question* also stands: page *page*.
    COPIES = "a"
    #: As ``CONTEXT``; of messages sent before the paragraphs around one were shown with it.
    PARAGRAPH = "p"
    #: Show the paragraph of *reference* among those around it.
    CONTEXT = "r"
    #: Show page *page* of the statement that has the paragraph of *reference*; 0 is the page with
    #: the paragraph.
    STATEMENT = "t"
    #: The same in classic messages, where it is shown as a rich one.
    PLAIN_STATEMENT = "w"
    #: Show to everyone in the group the paragraph of *reference*, which one person sees.
    EVERYONE = "y"
    #: Show or hide buttons that cite the paragraph of *reference* in each style.
    CITE = "c"
    #: Write the citation of the paragraph of *reference* below it, in style *number*.
    CITATION = "e"
    #: Show the paragraph of *reference* with those of its sentences kept that *question* names.
    TRIM = "m"
    #: Show page *number* of the statements on record.
    SOURCES = "s"
    #: Show page *number* of the report on the story that is known as *question*.
    STORY = "k"
    #: Make the choice *reference* in the settings of the chat.
    CHOICE = "g"
    #: Take the step *reference* in the review of the draft that the message shows; of several
    #: values that it offers, with the one *number*.
    DRAFT = "d"


#: These show a paragraph, or the statement around it, by its reference.
_BY_REFERENCE = (Action.PARAGRAPH, Action.CONTEXT, Action.STATEMENT, Action.PLAIN_STATEMENT)


@dataclass(frozen=True, slots=True)
class CallbackData:
    """What one button does; fields that its action does not need are empty."""

    action: Action
    _: KW_ONLY
    #: Counted from 0.
    number: int = 0
    reference: str = ""
    #: Empty if it was too long.
    question: str = ""
    #: Counted from 1.
    page: int = 0
    #: What was shown before, oldest first; "back" returns to the last.
    history: tuple[Action, ...] = ()
    #: Whether the question is asked without whom, when and in which order it was understood to ask.
    lifted: bool = False

    def packed(self) -> str:
        """Return the data as text of at most 64 bytes; a longer question is left out."""
        number = f"{self.number}.{self.page}" if self.page else f"{self.number}"
        number += _LIFTED * self.lifted
        head = f"{self.action}{''.join(self.history)}|{number}|{self.reference}|"
        whole = head + self.question
        return whole if len(whole.encode()) <= MAX_BYTES else head

    def forward(self, action: Action, reference: str) -> CallbackData:
        """Return the data to do *action* with *reference*, from where "back" leads here."""
        history = (*self.history, self.action)
        return replace(self, action=action, reference=reference, page=0, history=history)

    def back(self) -> CallbackData:
        """Return the data to show again what was shown before.

        Raises:
            ValueError: the history is empty.
        """
        *history, action = self.history
        reference = self.reference if action in _BY_REFERENCE else ""
        return replace(self, action=action, reference=reference, page=0, history=tuple(history))


def unpack(text: str) -> CallbackData | None:
    """Return the callback data in *text*; ``None`` if it is not the bot's.

    >>> data = CallbackData(Action.PASSAGE, number=1, question="Gwadar?")
    >>> unpack(data.packed()) == data
    True
    """
    parts = text.split("|", 3)
    if len(parts) != 4:
        return None
    actions, numbers, reference, question = parts
    number, _, page = numbers.removesuffix(_LIFTED).partition(".")
    known = set(actions) <= {action.value for action in Action}
    if not known or not 1 <= len(actions) <= 1 + _LONGEST_HISTORY:
        return None
    if not all(map(_is_number, (number, page or "0"))):
        return None
    action, *history = map(Action, actions)
    return CallbackData(
        action,
        number=int(number),
        reference=reference,
        question=question,
        page=int(page or "0"),
        history=tuple(history),
        lifted=numbers.endswith(_LIFTED),
    )


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= len(f"{_LARGEST}")
