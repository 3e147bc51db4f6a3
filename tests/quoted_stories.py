"""Fills stories of our own with quotations from real texts, altered as a hand would alter them.

The texts are other people's: a story names each quotation by its place and has none of its words.
A story is two files: its text, where ``{7}`` stands for quotation 7, and a list that says of each
where it stands on record, what is done to it, and how it must be graded.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import regex
import yaml

from index import Change, CheckedQuotation, Grade, Mismatch, Span, Statement

FOLDER = Path(__file__).parent / "bot" / "stories"
_PLACEHOLDER = regex.compile(r"\{(\d+)\}")
#: A paragraph and a sentence, or sentences, and perhaps the first and last of their words.
_PLACE = regex.compile(r"(\d+)\.(\d+)(?:-(\d+))?(?: (\d+)-(\d+))?")
_SENTENCE_END = regex.compile(r"(?<=[.!?][”’\"']?)\s+|(?<=[。！？][”’]?)(?![”’])")
#: A word with its marks; where no spaces are between words, a character or a number with its marks.
_SPACED = regex.compile(r"\S+")
_UNSPACED = regex.compile(r"[“《（]*(?:\p{Han}|[\p{Latin}\p{N}.%]+)[^\p{L}\p{N}“《（]*")
#: A word without the marks around it.
_CORE = regex.compile(r"[\p{L}\p{N}$].*[\p{L}\p{N}%]|[\p{L}\p{N}]")
_OWN_MARKS = regex.compile(r"“[^”]*”?|[^“]*”")
_LAST_MARKS = regex.compile(r"[^\p{L}\p{N}%”’）》]*$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """A quotation of a story: what was done to it by hand, and how it must be graded."""

    number: int
    #: Where it stands in the draft, without its marks: offsets in characters, end exclusive.
    span: Span
    #: What was done to it, as a reader is told.
    by_hand: str
    grade: Grade
    #: The change that is named first, or in what the story and the record disagree.
    first: Change | Mismatch | None

    @property
    def is_genuine(self) -> bool:
        """Whether nothing was done to it that could mislead a reader."""
        return self.grade in (Grade.VERBATIM, Grade.PUNCTUATED)


@dataclass(frozen=True, slots=True)
class QuotedStory:
    """A draft, and the quotations that it has."""

    draft: str
    expected: tuple[Expected, ...]


def story_names() -> list[str]:
    """Return the names of the stories."""
    return sorted(path.stem for path in FOLDER.glob("*.yaml"))


def filled(name: str, statements: Mapping[str, Statement]) -> QuotedStory:
    """Return the story *name* with its quotations from *statements*, by their ids."""
    listed = yaml.safe_load((FOLDER / f"{name}.yaml").read_text(encoding="utf-8"))
    template = (FOLDER / f"{name}.md").read_text(encoding="utf-8")
    expected, draft, place = [], "", 0
    for match in _PLACEHOLDER.finditer(template):
        number, one = int(match[1]), listed[int(match[1])]
        draft += template[place : match.start()]
        place, start = match.end(), len(draft)
        draft += one.get("invented") or quoted(one, statements)
        first = one.get("first")
        expected.append(
            Expected(
                number=number,
                span=(start, len(draft)),
                by_hand=one["hand"],
                grade=Grade(one["grade"]),
                first=first and (Change(first) if first in set(Change) else Mismatch(first)),
            )
        )
    return QuotedStory(draft + template[place:], tuple(expected))


def found_at(expected: Expected, quotations: Sequence[CheckedQuotation]) -> CheckedQuotation | None:
    """Return the one of *quotations* that is *expected*, if it was found."""
    start, stop = expected.span
    found = (one for one in quotations if one.quotation.start == start - 1)
    # A comma of the story's may stand before the closing mark.
    return next((one for one in found if 1 <= one.quotation.stop - stop <= 2), None)


def quoted(one: Mapping[str, Any], statements: Mapping[str, Statement]) -> str:
    """Return the words of a quotation that is listed as *one*, with what is done to them."""
    statement = statements[one["of"]]
    words = words_at(statement, one["words"])
    for change, *given in one.get("by", ()):
        _CHANGES[change](words, *given)
    parts = [word for word in words.values() if word]
    if "joined" in one:
        other = statements[one.get("to", one["of"])]
        parts += words_at(other, one["joined"]).values()
    apart = "" if regex.search(r"\p{Han}", "".join(parts)) else " "
    text = apart.join(parts)
    if _OWN_MARKS.fullmatch(text):
        # The marks of the text itself.
        text = text.strip("“”")
    if one.get("marks") == "single":
        text = text.translate({ord("“"): "‘", ord("”"): "’"})
    return text if "ending" not in one else _LAST_MARKS.sub("", text) + one["ending"]


def words_at(statement: Statement, place: str) -> dict[int, str]:
    """Return the words of *statement* at a *place* such as "4.3 7-12", each by its number.

    That is paragraph 4, its sentence 3, words 7 to 12; of "4.3-5" the words are counted through.
    """
    if not (match := _PLACE.fullmatch(place)):
        raise ValueError(place)
    paragraph, first, last, start, stop = match.groups()
    text = " ".join(statement.paragraphs[int(paragraph) - 1].text.split())
    sentences = [one for one in _SENTENCE_END.split(text) if one]
    chosen = sentences[int(first) - 1 : int(last or first)]
    words = dict(enumerate(_words(chosen), 1))
    return {
        number: word
        for number, word in words.items()
        if int(start or 1) <= number <= int(stop or len(words))
    }


def _words(sentences: Sequence[str]) -> Iterator[str]:
    for sentence in sentences:
        pattern = _UNSPACED if regex.search(r"\p{Han}", sentence) else _SPACED
        yield from pattern.findall(sentence)


def _drop(words: dict[int, str], first: int, last: int) -> None:
    for number in range(first, last + 1):
        words[number] = ""


def _replace(words: dict[int, str], first: int, last: int, by: str) -> None:
    """Put *by* where words stand; marks before the first and after the last stay."""
    before = _CORE.split(words[first], maxsplit=1)[0]
    after = _CORE.split(words[last], maxsplit=1)[-1]
    _drop(words, first, last)
    words[first] = before + by + after


def _insert(words: dict[int, str], at: int, new: str) -> None:
    apart = "" if regex.search(r"\p{Han}", new) else " "
    words[at] = new + apart + words[at]


def _omit(words: dict[int, str], first: int, last: int, mark: str = "…") -> None:
    _drop(words, first, last)
    words[first] = mark


def _adapt(words: dict[int, str], at: int) -> None:
    """Put the first letter of a word in brackets, capital or small as it was not."""
    word = words[at]
    words[at] = f"[{word[0].swapcase()}]{word[1:]}"


def _retype(words: dict[int, str], at: int, old: str, new: str) -> None:
    """Put the mark *new* where *old* stands in a word."""
    assert old in words[at]
    words[at] = words[at].replace(old, new)


_CHANGES: dict[str, Callable[..., None]] = {
    "drop": _drop,
    "replace": _replace,
    "insert": _insert,
    "omit": _omit,
    "adapt": _adapt,
    "retype": _retype,
}
