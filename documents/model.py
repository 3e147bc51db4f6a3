"""The values that a document passes through on its way to the record.

They validate; they read and decide nothing. A ``Source`` is opened, read as one or more
``Extract``s, and these become drafts.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from enum import StrEnum

from index import OnRecordError


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """The bytes of one document, and where they came from."""

    #: The file, link or archive member, as whoever gave it would name it.
    name: str
    content: bytes
    #: Its address, if it was fetched, or a feed tells it.
    url: str = ""
    #: What the server, the feed or the archive says that it is; may be wrong, or empty.
    content_type: str = ""
    #: The encoding that the server says it has; may be wrong, or empty.
    charset: str = ""
    #: The day it was fetched, by Universal Time; ``None`` if it was not.
    fetched: datetime.date | None = None
    #: What the server calls this version of it, to ask later whether it is still the same.
    etag: str = ""
    last_modified: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """A document, or a part of one, that is not filed: which, why, and what to do instead."""

    name: str
    what: str
    repair: str


class Unreadable(OnRecordError):
    """A document cannot be read: *what* is wrong with it, and the *repair*, a sentence each.

    *what* begins in small letters and ends without a full stop: "its words are drawn, not written".
    """

    def __init__(self, what: str, repair: str) -> None:
        """Carry *what* is wrong and the *repair*."""
        self.what = what
        self.repair = repair
        super().__init__(f"{what}. {repair}")


class TryLater(Unreadable):
    """A site is out of order, or asks to be asked less often."""

    def __init__(self, what: str, repair: str, seconds: float) -> None:
        """Carry what ``Unreadable`` does, and for how many *seconds*; 0 if it does not say."""
        self.seconds = seconds
        super().__init__(what, repair)


class BlockKind(StrEnum):
    """What a block of a document is to its reader."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    #: An item of a list; its text begins with its mark as printed: "• ", "16. ", "c. ".
    ITEM = "item"
    #: A row of a table; its cells are separated by " | ".
    ROW = "row"
    #: A block quotation: somebody else's words.
    QUOTE = "quote"
    #: A footnote; it stands behind the block that refers to it, whose mark is left out.
    NOTE = "note"


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """Whose words a block is, as the document's own data tells: not as its text does."""

    #: The speaker, as the document names him.
    name: str
    #: The office that the document names; may be empty.
    role: str = ""
    #: Whether he asks, and is no official who is quoted.
    asks: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """One paragraph, heading, list item, row or footnote, as a reader sees it."""

    #: Its words on one line. A label such as "NAME:" stays in it.
    text: str
    kind: BlockKind = BlockKind.PARAGRAPH
    #: Of a heading, from 1, the highest.
    level: int = 0
    #: The words at its beginning that are set in bold, if the rest is not: often a speaker's name.
    bold: str = ""
    #: Whether all of it is set in bold, as the questions of some interviews are.
    all_bold: bool = False
    #: Whose words it is, where data outside of the text tells.
    turn: Turn | None = None
    #: The page it begins on, from 1; 0 if there are none.
    page: int = 0
    #: Its lines as they stood in the source, if those may mean something, as the line breaks of a
    #: plain text may begin turns; joined by spaces they are the text.
    lines: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Refuse an empty block, and one with a line break."""
        if not self.text.strip():
            raise ValueError("a block needs text")
        if "\n" in self.text or "\r" in self.text:
            raise ValueError("a block has one line")


class Field(StrEnum):
    """What a claim is about: the fields of a statement, and what bears on filing it."""

    TITLE = "title"
    #: When it was said, as YYYY-MM-DD.
    DATE = "date"
    #: When it was published, as YYYY-MM-DD.
    PUBLISHED = "published"
    #: When it was changed after it was published, as YYYY-MM-DD.
    MODIFIED = "modified"
    KIND = "kind"
    #: "name" or "name; role".
    SPEAKER = "speaker"
    PUBLISHER = "publisher"
    URL = "url"
    LANGUAGE = "language"
    #: Until when it must not be published, in the document's own words.
    EMBARGO = "embargo"


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """What a document says of itself, and where it says so. Several may contradict one another."""

    field: Field
    value: str
    #: Where it stands, for a person: "JSON-LD datePublished", "first line", "file properties".
    where: str
    #: Whether it may be filed unseen. What a typist's file properties or a sentence says may not.
    certain: bool = False


class Why(StrEnum):
    """Why words of a document are not filed; the values are what a person reads."""

    NAVIGATION = "navigation"
    HEADER = "running head"
    FOOTER = "footer"
    PAGE_NUMBER = "page number"
    HIDDEN = "hidden text"
    DELETED = "deleted text"
    COMMENT = "comment"
    CAPTION = "caption"
    ADVERTISING = "notice or advertising"
    OUTSIDE = "outside of the text"
    DUPLICATE = "said twice"
    DIRECTION = "stage direction"
    TEMPLATE = "working mark"


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut:
    """Words of a document that are not filed."""

    text: str
    why: Why


class Doubt(StrEnum):
    """What an editor must look at before a document is filed; ``--yes`` does not file it."""

    OCR = "ocr"
    TURN = "turn"
    LETTERS = "letters"
    EMBARGO = "embargo"
    AMENDED = "amended"
    CONFLICT = "conflict"


@dataclass(frozen=True, slots=True, kw_only=True)
class Warned:
    """Something that an editor should know of a document, in one sentence without a full stop."""

    text: str
    #: What keeps it from being filed unseen; ``None`` if it is only to be known.
    doubt: Doubt | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Extract:
    """What was read from a source: its text, what it says of itself, and what was left out."""

    #: Which part of the source it is, such as the entry of a feed; empty if it is all of it.
    part: str = ""
    blocks: tuple[Block, ...] = ()
    claims: tuple[Claim, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    #: What was changed in its words, or was found: "1 insertion and 1 deletion tracked".
    warnings: tuple[Warned, ...] = ()
    #: Why it is not filed, although other parts of the source are.
    refused: Refused | None = None
