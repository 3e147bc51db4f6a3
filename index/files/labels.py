"""Finds the label at the beginning of a line: ``MAURER:``, ``[10:32] Maurer:``, ``Q    ``.

Whether a label opens a turn, and whose, is decided in ``turns``.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import regex

#: The most characters of a label: "The Minister of State, Department for Business, Energy and
#: Industrial Strategy (Lord Callanan) (Con):" has a hundred.
LONGEST_LABEL = 150

#: A time at which somebody speaks: [10:32], 10:33, (00:10:33.5), 10.33 am.
_TIME = (
    r"[\[(]?[0-9]{1,2}[:.][0-9]{2}(?:[:.][0-9]{2})?(?:[.,][0-9]{1,3})?"
    r"(?:\s?[AaPp]\.?[Mm]\.?)?[\])]?"
)
#: A label and its mark: a colon, or the full stop and dash of old and of European records.
_MARKED = regex.compile(
    rf"\A(?P<before>(?:[-–—•]\s++)?[*_]{{0,3}}+(?:{_TIME}[*_]{{0,3}}+\s++(?:[-–—]\s++)?[*_]{{0,3}}+)?)"
    rf"(?P<label>[^\s:：︰∶][^:：︰∶\n]{{0,{LONGEST_LABEL - 1}}}?)"
    r"\s{0,3}+(?P<mark>[:：︰∶]|(?<=[\p{L}\p{M})\]])\.\s?[–—]|(?<=[\p{L}\p{M})\]])\.-(?=\s))"
)
#: A word that is set apart by more than a space, or by a full stop: "Q    Yes.", "**Q** Yes."
_SET_APART = regex.compile(
    r"(?P<open>[*_]{0,3})(?P<label>[\p{L}\p{M}]{1,12})\s?[0-9]{0,3}(?P<stop>[.)]?)"
    r"(?P<close>[*_]{0,3})(?P<gap>\s+)(?=\S)"
)
#: A name in bold, alone on its line.
_BOLD = regex.compile(rf"(?:\*\*|__)(?P<label>[^*_\n:：]{{1,{LONGEST_LABEL}}}?)(?:\*\*|__)\s*")
#: What begins somebody else's words: a quotation mark, a block quote.
_OTHERS_WORDS = frozenset("“”„«»‘’‚「『\"'>")
_EMPHASIS = regex.compile(r"[*_]+")
_CLOSING = regex.compile(r"\s?[*_]{1,3}")
_PARENTHESES = regex.compile(r"(?<!\s)\s*+(?:\([^()]*\)|\[[^\[\]]*\]|（[^（）]*）|【[^【】]*】)")
#: "Maurer – holding up a paper –"
_ASIDE = regex.compile(r"\s[–—-]{1,2}\s[^–—\n]*[–—-]$|[–—][^–—\n]*[–—]$")
_INSIDE = regex.compile(r"[(\[（【]([^()\[\]（）【】]*)[)\]）】]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """What stands at the beginning of a line, before a mark, and may name who speaks."""

    #: Without emphasis, mark and time.
    text: str
    #: Where the words after it begin, in characters of the line.
    end: int
    #: What marks its end: ``:`` or the like; empty if only space or bold type sets it apart.
    mark: str = ""
    #: Whether the mark is as wide as its letters, or has space after it, or nothing.
    apart: bool = True
    #: Whether it begins an item of a list.
    item: bool = False
    #: The first character of the words after it; empty if it stands alone.
    follows: str = ""

    @property
    def name(self) -> str:
        """The label without what stands in parentheses, or between dashes at its end."""
        return _without_asides(self.text)

    @property
    def parentheses(self) -> list[str]:
        """What stands in each pair of parentheses."""
        return [inside.strip() for inside in _INSIDE.findall(self.text)]


@lru_cache(maxsize=1024)
def _without_asides(text: str) -> str:
    return _ASIDE.sub("", _PARENTHESES.sub("", text).strip())


def marked_label(line: str) -> Label | None:
    """Return the label before the first mark of *line*; ``None`` if there is none.

    >>> marked_label("**[10:32] Maurer:** The toll is theft.").text
    'Maurer'
    """
    match = _MARKED.match(line)
    if not match:
        return None
    end = match.end()
    emphases = _EMPHASIS.findall(match["before"] + match["label"])
    # Emphasis that begins after the mark belongs to the words, unless it ends that of the label.
    if len(emphases) % 2 and (closing := _CLOSING.match(line, end)):
        end = closing.end()
    start = len(line) - len(line[end:].lstrip())
    # One space for many: patterns that look for spaces before a mark would try each in turn.
    text = " ".join(_EMPHASIS.sub("", match["label"]).split())
    if not text or text[0] in _OTHERS_WORDS:
        return None
    wide = match["mark"] not in (":", "∶")
    apart = wide or start > match.end() or start == len(line)
    return Label(
        text=text,
        end=start,
        mark=match["mark"],
        apart=apart,
        follows=line[start : start + 1],
        item=match["before"][:1] in ("-", "•"),
    )


def set_apart_label(line: str) -> Label | None:
    r"""Return a first word of *line* that space, a full stop or bold type sets apart from the rest.

    A single space does so only after one capital letter, and before another capital or a mark.

    >>> set_apart_label("Q\xa0\xa0 Is it open?").text, set_apart_label("Q and A")
    ('Q', None)
    """
    if match := _BOLD.fullmatch(line):
        return Label(text=match["label"].strip(), end=len(line))
    match = _SET_APART.match(line)
    if not match:
        return None
    label, gap, follows = match["label"], match["gap"], line[match.end()]
    bold = bool(match["open"] and match["close"])
    wide = len(gap) > 1 or gap != " "
    lone = len(label) == 1 and not follows.islower()
    if label != label.upper() or not (bold or wide or lone):
        return None
    return Label(text=label, end=match.end(), mark=match["stop"], follows=follows)
