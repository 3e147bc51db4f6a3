"""What a button means, packed into the 64 bytes that Telegram keeps for it.

Nothing is remembered here: a button carries all it needs, so it still works after a restart. A
question that is too long to be carried is read again from the message that the bot replied to.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

#: Telegram's limit for callback_data (Bot API, InlineKeyboardButton).
MAX_BYTES = 64


class Action(StrEnum):
    """What a button does; the values are what its data begins with."""

    #: Show passage *number* of the answer to *question*.
    PASSAGE = "n"
    #: Show what comes nearest to *question*, which nothing answers: passage *number*.
    NEAREST = "v"
    #: Show the paragraph of *reference*; it stands near passage *number* of an answer.
    PARAGRAPH = "p"
    #: Show page *number* of the statements on record.
    SOURCES = "s"


@dataclass(frozen=True, slots=True)
class Button:
    """One button's meaning; what its action does not need is left empty."""

    action: Action
    #: Counted from 0.
    number: int = 0
    reference: str = ""
    #: Empty if it was too long to be carried.
    question: str = ""

    def packed(self) -> str:
        """Return the callback data, at most 64 bytes; a longer question is left out."""
        head = f"{self.action}|{self.number}|{self.reference}|"
        whole = head + self.question
        return whole if len(whole.encode()) <= MAX_BYTES else head


def unpack(data: str) -> Button | None:
    """Return the button whose callback data is *data*; ``None`` if it is no button of ours.

    >>> unpack(Button(Action.PASSAGE, 1, question="Gwadar?").packed())
    Button(action=<Action.PASSAGE: 'n'>, number=1, reference='', question='Gwadar?')
    """
    parts = data.split("|", 3)
    if len(parts) != 4:
        return None
    action, number, reference, question = parts
    if action not in list(Action) or not (number.isascii() and number.isdigit()):
        return None
    return Button(Action(action), int(number[:6]), reference, question)
