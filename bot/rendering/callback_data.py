"""What a button means, packed into the 64 bytes that Telegram keeps for it.

Nothing is remembered here: a button carries all it needs, so it still works after a restart. A
question that is too long to be carried is read again from the message that the bot replied to.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

from telegram.constants import InlineKeyboardButtonLimit

#: Bytes that a button's data may have (Bot API, InlineKeyboardButton).
MAX_BYTES = int(InlineKeyboardButtonLimit.MAX_CALLBACK_DATA)
#: The longest way back there is: three passages, one of them, a paragraph beside it, its statement.
_LONGEST_TRAIL = 3
#: Numbers have six digits at most, whoever sends them.
_LARGEST = 999_999


class Action(StrEnum):
    """What a button does; the values are what its data begins with."""

    #: Show passage *number* of the answer to *question*.
    PASSAGE = "n"
    #: Show several passages of the answer to *question* at once, passage *number* among them.
    SEVERAL = "l"
    #: Show what comes nearest to *question*, which nothing answers: passage *number*.
    NEAREST = "v"
    #: Show the paragraph of *reference*.
    PARAGRAPH = "p"
    #: Show the paragraph of *reference* among those around it.
    CONTEXT = "r"
    #: Show page *page* of the statement that the paragraph of *reference* stands in; 0 is the page
    #: that has the paragraph.
    STATEMENT = "t"
    #: Offer the citation of the paragraph of *reference* in each style, or take the offer back.
    CITE = "c"
    #: Write the citation of the paragraph of *reference* beneath it, in style *number*.
    CITATION = "e"
    #: Show page *number* of the statements on record.
    SOURCES = "s"
    #: Choose *reference* among the settings of the chat.
    CHOICE = "g"


#: What shows a paragraph, or the statement around it, by its reference.
_BY_REFERENCE = (Action.PARAGRAPH, Action.CONTEXT, Action.STATEMENT)


@dataclass(frozen=True, slots=True)
class Button:
    """One button's meaning; what its action does not need is left empty."""

    action: Action
    #: Counted from 0.
    number: int = 0
    reference: str = ""
    #: Empty if it was too long to be carried.
    question: str = ""
    #: Counted from 1.
    page: int = 0
    #: What was shown before, one behind the other, and is returned to from the last on.
    trail: tuple[Action, ...] = ()

    def packed(self) -> str:
        """Return the callback data, at most 64 bytes; a longer question is left out."""
        number = f"{self.number}.{self.page}" if self.page else f"{self.number}"
        head = f"{self.action}{''.join(self.trail)}|{number}|{self.reference}|"
        whole = head + self.question
        return whole if len(whole.encode()) <= MAX_BYTES else head

    def onward(self, action: Action, reference: str) -> Button:
        """Return the button that does *action* with *reference*, and remembers the way back."""
        trail = (*self.trail, self.action)
        return replace(self, action=action, reference=reference, page=0, trail=trail)

    def back(self) -> Button:
        """Return the button that shows what was shown before this one.

        Raises:
            ValueError: nothing was.
        """
        *trail, action = self.trail
        reference = self.reference if action in _BY_REFERENCE else ""
        return replace(self, action=action, reference=reference, page=0, trail=tuple(trail))


def unpack(data: str) -> Button | None:
    """Return the button whose callback data is *data*; ``None`` if it is no button of ours.

    >>> asked = Button(Action.PASSAGE, 1, question="Gwadar?")
    >>> unpack(asked.packed()) == asked
    True
    """
    parts = data.split("|", 3)
    if len(parts) != 4:
        return None
    actions, numbers, reference, question = parts
    number, _, page = numbers.partition(".")
    known = set(actions) <= {action.value for action in Action}
    if not known or not 1 <= len(actions) <= 1 + _LONGEST_TRAIL:
        return None
    if not all(map(_is_number, (number, page or "0"))):
        return None
    action, *trail = map(Action, actions)
    return Button(action, int(number), reference, question, int(page or "0"), tuple(trail))


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= len(f"{_LARGEST}")
