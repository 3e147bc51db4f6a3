"""Warns of what may be wrong with a statement though it can be read: it stays on record.

Each warning has a category, by which ``onrecord check`` counts them. What is wrong beyond doubt is
reported where it is read.
"""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import regex

from index.files.fields import Fields
from index.files.label_shapes import asks, is_no_name
from index.files.labels import marked_label
from index.files.paragraphs import Block
from index.files.turns import DIALOGUES, Turn
from index.model.errors import Problem, fragment_of
from index.model.statement import Kind, Paragraph, Role, Statement
from index.text.labels import label_words, words_of

#: Of each category, a statement is warned of at most so often; then the rest is counted.
_MOST = 10
#: So many lines that each end a sentence are paragraphs without blank lines between them.
_MANY_LINES = 4

_SENTENCE_END = regex.compile(r"[.!?…。！？।۔؟][\])\"'”’»)）」』*_]*$")
_COMMENT = regex.compile(r"\s*<!--")
_BEGINS_SMALL = regex.compile(r"\A[\s\"'“‘«(*_]*+\p{Ll}")
_JOINT = regex.compile(r"(?i)\bjoint\b.*\b(?:conference|availability|interview|remarks)\b")


def doubts_of_turns(turns: Sequence[Turn], found: Sequence[Block], path: Path) -> Iterator[Problem]:
    """Yield a warning for the first paragraph with each label that names nobody for certain."""
    reported: set[str] = set()
    line = None
    for turn in turns:
        if not turn.doubtful or turn.doubtful in reported:
            continue
        reported.add(turn.doubtful)
        line = found[turn.index].line
        if len(reported) > _MOST:
            continue
        # The label itself is the speaker then, unless it is that of an answer.
        answers = turn.speaker.name != turn.doubtful
        names = "does not tell which speaker answers" if answers else "names no listed speaker"
        yield _warning(
            path,
            line,
            what=f"“{turn.doubtful}:” {names}, so the speaker is not certain here",
            repair="Write the name before the colon."
            if answers
            else "List that speaker, by name or role; if it opens no turn, put no colon after it.",
            category="the speaker is not certain",
            fragment=turn.text,
        )
    if (more := len(reported) - _MOST) > 0:
        yield _warning(
            path,
            line,
            what=f"{more} more labels name no listed speaker",
            repair="List those who speak.",
            category="the speaker is not certain",
        )


def doubts_of_questions(
    turns: Sequence[Turn], found: Sequence[Block], path: Path
) -> Iterator[Problem]:
    """Yield a warning for each paragraph that asks beneath an answer although no label says so."""
    unlabelled = [one for one in turns if one.role is Role.QUESTION and not one.certain]
    for turn in unlabelled[:_MOST]:
        if not turn.named:
            yield _warning(
                path,
                found[turn.index].line,
                what="this asks beneath an answer without a label, and is taken for a question",
                repair="Write “QUESTION:” before it, or the name of the one who speaks.",
                category="a question without a label",
                fragment=turn.text,
            )


def doubts_of_labels(
    found: Sequence[Block], named: Sequence[bool], path: Path, language: str
) -> Iterator[Problem]:
    """Yield a warning for each paragraph *found* in JSON lines that begins with a label.

    Labels are no turns there: fields say who speaks. *named* says where they do.
    """
    yield from _first_ones(_labels(found, named, path, language), path)


def _labels(
    found: Sequence[Block], named: Sequence[bool], path: Path, language: str
) -> Iterator[Problem]:
    known = label_words(language)
    for block, is_named in zip(found, named, strict=True):
        label = None if is_named else marked_label(block.text)
        if not label or not label.apart or is_no_name(label, known):
            continue
        words = words_of(label.name)
        titled = label.name.isupper() and any(
            word in known.offices or word in known.honorifics for word in words
        )
        if asks(label, known) or titled:
            yield _warning(
                path,
                block.line,
                what=f"“{label.text}:” begins this paragraph, which is cited as the first "
                "speaker's words",
                repair="Write who speaks into “speaker”, or “question” into “role”.",
                category="a label in a paragraph",
                fragment=block.text,
            )


def doubts_of_paragraphs(
    found: Sequence[Block], opened: Sequence[bool], path: Path
) -> Iterator[Problem]:
    """Yield a warning for each of the paragraphs *found* that may be none, or two.

    *opened* says which begin a turn.
    """
    yield from _first_ones(_comments(found, path), path)
    yield from _first_ones(_several_in_one(found, path), path)
    yield from _first_ones(_broken_off(found, opened, path), path)


def _comments(found: Sequence[Block], path: Path) -> Iterator[Problem]:
    for block in found:
        if _COMMENT.match(block.text):
            yield _warning(
                path,
                block.line,
                what="an HTML comment is a paragraph here, and would be quoted",
                repair="Remove it.",
                category="HTML comment",
                fragment=block.text,
            )


def _several_in_one(found: Sequence[Block], path: Path) -> Iterator[Problem]:
    for block in found:
        if len(block.lines) >= _MANY_LINES and all(map(_ends_sentence, block.lines)):
            yield _warning(
                path,
                block.line,
                what=f"each of the {len(block.lines)} lines of this paragraph ends a sentence",
                repair="If they are paragraphs, put blank lines between them.",
                category="lines that may be paragraphs",
                fragment=block.text,
            )


def _broken_off(found: Sequence[Block], opened: Sequence[bool], path: Path) -> Iterator[Problem]:
    for block, after, opens in zip(found, found[1:], opened[1:], strict=False):
        end = block.text.rstrip("*_ ")[-1:]
        if not opens and (end.isalpha() or end in ",،，、") and _BEGINS_SMALL.match(after.text):
            yield _warning(
                path,
                block.line,
                what="this paragraph breaks off in a sentence that the next one goes on with",
                repair="If they are one, remove what parts them.",
                category="a paragraph that breaks off",
                fragment=block.text[-50:],
            )


def doubts_of_fields(
    fields: Fields, paragraphs: Sequence[Paragraph], path: Path, line: int, *, kind_given: bool
) -> Iterator[Problem]:
    """Yield warnings of a kind that does not seem to fit the title, the speakers or the text."""
    if fields.kind in DIALOGUES and not any(p.role is Role.QUESTION for p in paragraphs):
        yield _warning(
            path,
            line,
            what=f"no question was found in this {fields.kind}, so all of it may be quoted as an "
            "official's words",
            repair="Mark who asks: “QUESTION: …”.",
            category="no question found",
        )
    if kind_given or fields.kind is not Kind.STATEMENT:
        return
    unnamed = not any(paragraph.named for paragraph in paragraphs)
    if joint_by_title(fields.title, fields.language):
        what = "the title calls this a joint text, but it is cited as the first speaker's alone"
    elif len(fields.speakers) > 1 and unnamed:
        what = "several speakers are listed, but all is cited as the first one's alone"
    else:
        return
    repair = "Add “kind: joint statement” and list all parties; or “kind: statement” if it is not."
    yield _warning(path, line, what=what, repair=repair, category="may be a joint text")


def joint_by_title(title: str, language: str) -> str:
    """Return what in *title* calls the text one of several parties; empty if nothing does.

    >>> joint_by_title("Joint Statement of Pakistan and China", "en")
    'joint statement'
    """
    if _JOINT.search(title):
        return ""
    phrase = f" {' '.join(words_of(title))} "
    names = label_words(language).joint_titles
    spaced = [one for one in names if f" {one} " in phrase]
    unspaced = [one for one in names if not one.isascii() and one.replace(" ", "") in title]
    return max([*spaced, *unspaced], key=len, default="")


def in_the_future(statement: Statement, path: Path, today: datetime.date) -> Iterator[Problem]:
    """Yield a warning for each date of *statement* that is after *today* everywhere on Earth."""
    for field, day in (("date", statement.date), ("published", statement.published)):
        if day and day > today + datetime.timedelta(days=1):
            yield _warning(
                path,
                None,
                what=f"the {field} of {statement.id}, {day.isoformat()}, is in the future",
                repair="Correct it.",
                category="a date in the future",
            )


def fingerprint(statement: Statement) -> bytes:
    """Return what is the same for statements with the same words, whatever their white space."""
    words = "".join("".join(paragraph.text.split()) for paragraph in statement.paragraphs)
    return hashlib.blake2b(words.encode("utf-8", "surrogatepass"), digest_size=16).digest()


def same_words(statement: Statement, other: str, path: Path) -> Problem:
    """Return the warning that *statement* has the words of the statement with the id *other*."""
    what = f"{statement.id} has the same words as {other}, so both are found for the same questions"
    repair = "Remove one of the two."
    return _warning(path, None, what=what, repair=repair, category="the same words twice")


def _ends_sentence(line: str) -> bool:
    return bool(_SENTENCE_END.search(line[-4:])) and line[-1:] not in ",;:،，；："


def _first_ones(problems: Iterable[Problem], path: Path) -> Iterator[Problem]:
    """Yield the first few of *problems*, all of one category, and how many more there are."""
    more, last = 0, None
    for number, problem in enumerate(problems):
        if number < _MOST:
            yield problem
        else:
            more, last = more + 1, problem
    if last:
        yield _warning(
            path,
            last.line,
            what=f"{more} more like this",
            repair=last.repair,
            category=last.category,
        )


def _warning(
    path: Path, line: int | None, *, what: str, repair: str, category: str, fragment: str = ""
) -> Problem:
    return Problem(
        path,
        line,
        what=what,
        repair=repair,
        fragment=fragment_of(fragment) if fragment else "",
        warning=True,
        category=category,
    )
