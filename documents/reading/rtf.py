r"""Reads RTF: the text as it is printed, with the numbers that Word has written before its items.

The reader is our own: striprtf files hidden text (``\v``) and what was deleted (``\deleted``), and
drops list numbers. How RTF is cut is known to ``rtf_tokens``.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from documents.model import (
    Block,
    BlockKind,
    Claim,
    Extract,
    LeftOut,
    Source,
    Unreadable,
    Warned,
    Why,
)
from documents.reading.html.lines import BREAK
from documents.reading.office.rtf_text import Fonts, State, Style, Text, entry
from documents.reading.office.rtf_tokens import (
    ASIDE,
    CHARACTERS,
    STARRED,
    UNREAD,
    Token,
    code_page,
    tokens,
)
from documents.reading.office.written_changes import change_warnings, embargoes_beside
from documents.reading.office.written_lines import runs_of
from documents.reading.office.written_titles import title_claims

_MARGINS = {"header": Why.HEADER, "footer": Why.FOOTER, "comment": Why.COMMENT}
_LEFT_OUT = {"hidden": Why.HIDDEN, "deleted": Why.DELETED}
#: Control words that turn something on or, with 0, off.
_SWITCHES = {
    **{"b": "bold", "v": "hidden", "deleted": "deleted", "revised": "inserted"},
    **{"strike": "struck", "striked": "struck"},
}
_PARAGRAPH_ENDS = frozenset(("par", "sect", "page", "column"))
_ENCODINGS = {"mac": "mac-roman", "pc": "cp437", "pca": "cp850"}
#: Groups in groups; a document has some twenty.
_DEEPEST = 5000


def read_rtf(source: Source) -> list[Extract]:
    """Return the text of an RTF document, as one extract.

    Raises:
        Unreadable: it is damaged, or has no text.
    """
    if not source.content.lstrip().startswith(b"{\\rtf"):
        raise Unreadable("it is no RTF document", "Save it as RTF or Word, and add that.")
    reading = _Reading()
    for token in tokens(source.content):
        reading.take(token)
    return [reading.extract()]


class _Reading:
    """Where the reading is: the groups that are open, and the bytes since the last control word."""

    def __init__(self) -> None:
        self._body = Text("body")
        self._state = State(self._body)
        self._groups: list[State] = []
        self._bytes = bytearray()
        #: Half of a character that UTF-16 writes as two.
        self._half = 0
        #: Characters that are still to be passed over, since Unicode stood before them.
        self._skip = 0
        self._begins_group = self._is_starred = False
        self._fonts = Fonts()
        self._styles: dict[int, Style] = {}
        self._left_out: list[LeftOut] = []
        self._pending: tuple[str, list[str]] = ("", [])
        self._title = ""
        self._insertions = self._deletions = 0
        self._in_insertion = self._struck = False

    def take(self, token: Token) -> None:
        """Read one more token."""
        if token.kind == "bytes":
            self._take_bytes(token)
            return
        self._flush()
        if token.kind == "{":
            self._skip = 0
            if len(self._groups) > _DEEPEST:
                raise Unreadable(
                    f"its groups are nested more than {_DEEPEST} deep",
                    "Open it, copy its text, and add that.",
                )
            self._groups.append(self._state)
            self._state = self._state.within()
            self._begins_group, self._is_starred = True, False
        elif token.kind == "}":
            self._skip = 0
            self._leave()
        elif token.word == "*" and self._begins_group:
            self._is_starred = True
        elif self._begins_group and self._enter(token.word):
            self._begins_group = False
        else:
            self._begins_group = False
            if self._skip and token.word in CHARACTERS:
                self._skip -= 1
            else:
                self._control(token.word, token.number)

    def extract(self) -> Extract:
        """Return what was read.

        Raises:
            Unreadable: there is no text.
        """
        self._flush()
        # A document that is cut off ends within its groups.
        self._end_paragraph()
        while self._groups:
            self._leave()
        self._end_paragraph()
        self._body.end_table()
        if not self._body.blocks:
            raise Unreadable("there is no text in it", "Give a document that has text.")
        return Extract(
            blocks=tuple(self._body.blocks),
            claims=tuple(self._claims()),
            left_out=tuple(self._left_out),
            warnings=tuple(self._warnings()),
        )

    def _claims(self) -> Iterator[Claim]:
        for claim in title_claims(self._body.blocks, self._body.titles, self._title):
            properties = claim.where.startswith("file properties")
            yield replace(claim, certain=claim.certain and not properties)
        yield from embargoes_beside(self._left_out)

    def _warnings(self) -> Iterator[Warned]:
        hidden = any(one.why is Why.HIDDEN for one in self._left_out)
        return change_warnings(
            insertions=self._insertions,
            deletions=self._deletions,
            hidden=hidden,
            struck=self._struck,
        )

    # Groups.

    def _enter(self, word: str) -> bool:
        """Enter the group that begins with *word*; return whether that is all the word does."""
        state = self._state
        is_unknown = self._is_starred and word not in STARRED
        if word in UNREAD or is_unknown:
            state.unread = True
        elif word == "ud":
            # The same again, in Unicode, as its group ("upr") has said in ANSI.
            state.unread = any(one.unread for one in self._groups[-2:-1])
        elif word == "title" and state.text.purpose != "info":
            return False
        elif purpose := ASIDE.get(word):
            state.text, state.hidden, state.in_table = Text(purpose), False, False
        else:
            return False
        return True

    def _leave(self) -> None:
        """Leave the group, and do what it was for."""
        if not self._groups:
            return
        left, self._state = self._state, self._groups.pop()
        text, outer = left.text, self._state.text
        if text is outer or left.unread:
            return
        if text.purpose == "mark":
            outer.take_mark(text.words)
        elif text.purpose == "title":
            self._title = text.words
        elif text.purpose in (*_MARGINS, "note", "box"):
            inside, self._state = self._state, left
            self._end_paragraph()
            self._state = inside
            text.end_table()
            if text.purpose == "note":
                texts = [one.text for one in text.blocks]
                outer.behind += [Block(text=one, kind=BlockKind.NOTE) for one in texts]
            elif text.purpose == "box":
                outer.behind += text.blocks
            else:
                why = _MARGINS[text.purpose]
                self._left_out += [LeftOut(text=one.text, why=why) for one in text.blocks]

    # Characters.

    def _take_bytes(self, token: Token) -> None:
        if self._begins_group and self._is_starred:
            self._state.unread = True
        self._begins_group = False
        content = token.content
        if self._skip:
            passed = min(self._skip, len(content))
            self._skip -= passed
            content = content[passed:]
        self._bytes += content

    def _flush(self) -> None:
        """Say the bytes since the last control word."""
        if not self._bytes:
            return
        content, self._bytes = bytes(self._bytes), bytearray()
        state = self._state
        if state.unread:
            return
        match state.text.purpose:
            case "fonts":
                self._fonts.names.setdefault(state.font, entry(content))
            case "styles":
                self._styles[state.style] = Style(entry(content).lower(), state.level)
            case _:
                self._say(self._fonts.decode(content, state.font))

    def _unicode(self, number: int) -> None:
        code = number + 0x10000 if number < 0 else number
        self._skip = self._state.fallback
        if 0xD800 <= code < 0xDC00:
            self._half = code
            return
        if 0xDC00 <= code < 0xE000:
            half, self._half = self._half, 0
            code = 0x10000 + (half - 0xD800) * 0x400 + code - 0xDC00 if half else 0xFFFD
        if 0 < code < 0x110000:
            self._say(self._fonts.character(code, self._state.font))

    def _say(self, text: str) -> None:
        state = self._state
        if state.unread:
            return
        why = "deleted" if state.deleted else "hidden" if state.hidden else ""
        if why:
            self._leave_out(why, text)
        else:
            if text.strip():
                self._settle_left_out()
                self._struck |= state.struck
                self._insertions += state.inserted and not self._in_insertion
                self._in_insertion = state.inserted
            state.text.runs += runs_of(text, bold=state.bold)

    def _leave_out(self, why: str, text: str) -> None:
        if self._pending[0] != why:
            self._settle_left_out()
            self._pending = (why, [])
        self._pending[1].append(text)

    def _settle_left_out(self) -> None:
        """Tell what was left out since the last words that were kept, as one."""
        why, pieces = self._pending
        text = " ".join("".join(pieces).split())
        if text:
            self._left_out.append(LeftOut(text=text, why=_LEFT_OUT[why]))
            self._deletions += why == "deleted"
        self._pending = ("", [])

    # Control words.

    def _control(self, word: str, number: int | None) -> None:
        state = self._state
        if switch := _SWITCHES.get(word):
            setattr(state, switch, number != 0)
        elif word in CHARACTERS:
            self._say(CHARACTERS[word])
        elif word == "u":
            self._unicode(number or 0)
        elif word in _PARAGRAPH_ENDS:
            self._end_paragraph()
        elif word in ("cell", "nestcell", "row", "nestrow", "line", "lbr", "softline"):
            self._end(word)
        else:
            self._look(word, number or 0)

    def _look(self, word: str, number: int) -> None:
        """Read a control word that tells how what follows is set."""
        state = self._state
        match word:
            case "pard":
                state.style, state.level, state.in_table = 0, 0, False
            case "plain":
                state.font = -1
                for switch in _SWITCHES.values():
                    setattr(state, switch, False)
            case "intbl":
                state.in_table = True
            case "uc":
                state.fallback = max(0, number)
            case "outlinelevel":
                state.level = number + 1 if 0 <= number < 9 else 0
            case "s":
                state.style = number
            case "f":
                state.font = number
            case "fcharset":
                self._fonts.charsets[state.font] = number
            case "deff":
                self._fonts.default = number
            case "ansicpg":
                self._fonts.code_page = code_page(number)
            case _ if word in _ENCODINGS:
                self._fonts.code_page = _ENCODINGS[word]

    # Paragraphs and tables.

    def _end(self, word: str) -> None:
        """End a line, a cell or a row."""
        state = self._state
        if state.unread:
            return
        if word in ("cell", "nestcell"):
            state.in_table = True
            self._end_paragraph()
            state.text.end_cell()
        elif word in ("row", "nestrow"):
            state.text.end_row()
        elif not (state.hidden or state.deleted):
            state.text.runs.append(BREAK)

    def _end_paragraph(self) -> None:
        state = self._state
        text = state.text
        if state.unread or text.purpose not in ("body", "note", "box", *_MARGINS):
            return
        if state.deleted:
            # The end of the paragraph was deleted: it goes on in the next.
            return
        self._settle_left_out()
        style = self._styles.get(state.style, Style())
        if style.name.startswith("toc "):
            self._left_out += [LeftOut(text=text.words, why=Why.NAVIGATION)] if text.words else []
            text.runs = []
        text.end_paragraph(style, state.level, in_table=state.in_table)
