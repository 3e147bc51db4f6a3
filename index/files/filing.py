"""Puts a document on record: makes a draft of a plain text, and files it.

A draft holds what is known so far. ``bot`` asks the operator for the rest and shows the draft for
review. A file is written whole or not at all, and never replaces another.
"""

from __future__ import annotations

import os
import tempfile
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import regex

from index.files.doubts import in_the_future, joint_by_title
from index.files.fields import REQUIRED, Fields, read_fields, read_id
from index.files.loading import read_text
from index.files.markdown import blocks_of, read_markdown, write_markdown
from index.files.paragraphs import blocks
from index.files.verbatim import Rewriting, repaired
from index.model.errors import FilingRefused, Problem
from index.model.record import Record
from index.model.statement import Kind, Statement
from index.text.language import language_of_text

#: A date at the very beginning of a text, as news archives write it: ``date 2025-02-25``.
_LEADING_DATE = regex.compile(r"\s*date:?\s+(\d{4}-\d{2}-\d{2})\b[\s.,:;—–-]*", regex.IGNORECASE)
#: Phrases with which outlets report speech. A text with at least two, in this share of its
#: paragraphs, is taken for a report: otherwise its words would be cited as the speaker's own.
_REPORTED_SHARE = 0.1
_REPORTED_SPEECH = regex.compile(
    r"\b(?:he|she|they|ambassador|minister|president|spokes\w+|secretary|official|\p{Lu}\p{Ll}+)\s+"
    r"(?:said|added|told|noted|stated|stressed|underlined)\b"
    r"|\b[Aa]ccording to the (?:joint )?(?:statement|communiqu[eé])\b"
    r"|\b[Tt]he (?:joint )?(?:statement|communiqu[eé]) (?:said|read|added)\b"
)
#: Files whose markup would be quoted.
_OTHER_FORMATS = frozenset({".html", ".htm", ".xml", ".rss", ".pdf", ".docx", ".rtf", ".jsonl"})
_NO_PLAIN_TEXT = regex.compile(
    r"\A\s*+(?:<!doctype|<html|<\?xml|<rss|%PDF-|\{\\rtf)", regex.IGNORECASE
)
_SLUG_LENGTH = 60
_SLUG_BYTES = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A document that is being put on record."""

    #: The file it is read from.
    source: Path
    fields: Fields
    #: What it says, as it will be filed.
    text: str
    #: What was changed in the text because Telegram would change it.
    changes: tuple[Rewriting, ...] = ()
    #: What was inferred from the text, in words, for the operator to confirm.
    guesses: tuple[str, ...] = ()
    #: The id that the operator gave; if empty, it is made from date and title.
    given_id: str = ""
    #: Whether the operator gave the kind.
    kind_given: bool = False

    def __post_init__(self) -> None:
        """Refuse a text that is not an id, so that no draft is written to another folder."""
        if self.given_id:
            read_id(self.given_id)

    @property
    def texts(self) -> tuple[str, ...]:
        """Its paragraphs; the kind and the speakers decide where turns begin."""
        return tuple(block.text for block in blocks_of(self.text, self.fields)[1])

    @property
    def missing(self) -> tuple[str, ...]:
        """The required fields that are still unknown."""
        return tuple(field for field in REQUIRED if not getattr(self.fields, field))

    @property
    def id(self) -> str:
        """The id it will be filed under."""
        return self.given_id or suggested_id(self.fields)


def read_draft(source: Path, given: Mapping[str, object], given_id: str = "") -> Draft:
    """Return a draft of the plain text in the file *source*, with the *given* fields.

    Raises:
        FilingRefused: the file cannot be read as UTF-8 text, or is empty.
        InvalidField: a given field or the id has a value that it cannot have.
    """
    if source.suffix.lower() in _OTHER_FORMATS:
        raise FilingRefused(f"{source}", "this is not plain text", "Save its text as .txt first.")
    text, problem = read_text(source)
    if problem:
        raise FilingRefused(f"{source}", problem.what, problem.repair)
    if _NO_PLAIN_TEXT.match(text) or "\x00" in text:
        raise FilingRefused(f"{source}", "this is not plain text", "Save its text as .txt first.")
    if text.startswith("---\n"):
        repair = "Copy it into statements/ in the data folder, and run “onrecord check”."
        raise FilingRefused(f"{source}", "it begins like a statement file", repair)
    stated: dict[str, object] = dict(given)
    guesses: list[str] = []
    kind_given = stated.get("kind") is not None
    match = _LEADING_DATE.match(text)
    texts = tuple(block.text for block in blocks(text[match.end() :] if match else text))
    reporting = "" if kind_given else _reported_speech(texts)
    if match:
        is_report = reporting or str(stated.get("kind")) == Kind.REPORT
        text = _without_leading_date(match, text, stated, guesses, is_report=bool(is_report))
    surviving, changes = repaired(text)
    if not any(True for _ in blocks(surviving)):
        raise FilingRefused(f"{source}", "there is no text in it", "Give a file that has text.")
    if reporting:
        stated["kind"] = str(Kind.REPORT)
        guesses.append(f"kind: report, because it tells what was said (“{reporting}”)")
    language = language_of_text(surviving)
    if "language" not in stated and language != "en":
        stated["language"] = language
        guesses.append(f"language: {language}, from its letters")
    fields, wrong = read_fields(stated)
    for error in wrong:
        if error.field in stated:
            raise error
    draft = Draft(
        source=source,
        fields=fields,
        text=surviving,
        changes=tuple(changes),
        guesses=tuple(guesses),
        given_id=given_id,
        kind_given=kind_given,
    )
    return _proposed_joint(draft)


def complete(draft: Draft, answers: Mapping[str, object]) -> Draft:
    """Return *draft* with the fields in *answers* set.

    Raises:
        InvalidField: an answer is not a value that the field can have.
    """
    fields, wrong = read_fields(answers)
    for error in wrong:
        if error.field in answers:
            raise error
    known = {name: getattr(fields, name) for name in answers}
    before, after = draft.fields, replace(draft.fields, **known)
    taken_from_text = any(guess.startswith("date:") for guess in draft.guesses)
    if taken_from_text and before.date and after.date != before.date and not after.published:
        # The date at the head of the text was removed there, and must not be lost.
        after = replace(after, published=before.date)
    guesses = tuple(guess for guess in draft.guesses if guess.split(":", 1)[0] not in answers)
    kind_given = draft.kind_given or "kind" in answers
    return _proposed_joint(replace(draft, fields=after, guesses=guesses, kind_given=kind_given))


def doubts_of_draft(draft: Draft, today: date) -> list[Problem]:
    """Return what ``onrecord check`` would warn of once *draft* is filed."""
    path = draft.source
    content = write_markdown(draft.fields, list(draft.texts), kind_given=draft.kind_given)
    statement, problems = read_markdown(content, Path(f"{draft.id}.md"))
    if statement is None:
        return []
    return [*(one for one in problems if one.warning), *in_the_future(statement, path, today)]


def _proposed_joint(draft: Draft) -> Draft:
    """Return *draft* as a joint statement, if its title or its speakers make it one.

    Several speakers do, unless the text names them itself, as a transcript does.
    """
    fields = draft.fields
    if draft.kind_given or fields.kind is not Kind.STATEMENT or not fields.speakers:
        return draft
    why = joint_by_title(fields.title, fields.language)
    why = why and f"its title has “{why}”"
    if not why and len(fields.speakers) > 1:
        transcript, _ = blocks_of(draft.text, fields)
        why = "" if transcript.has_turns else "several speakers are given"
    if not why:
        return draft
    guess = f"kind: {Kind.JOINT_STATEMENT}, because {why}"
    return replace(
        draft,
        fields=replace(fields, kind=Kind.JOINT_STATEMENT),
        guesses=(*draft.guesses, guess),
    )


def file_draft(draft: Draft, record: Record, data: Path) -> Path:
    """Write *draft* into ``data/statements/`` and return its path.

    Raises:
        FilingRefused: a required field is missing, the text is on record already, the id is taken,
            or the folder cannot be written to.
    """
    if draft.missing:
        field = draft.missing[0]
        option = {"speakers": "speaker"}.get(field, field)
        raise FilingRefused(f"{draft.source}", f"its {field} is not known", f"Give --{option}.")
    refuse_duplicate(draft, record)
    folder = data / "statements"
    path = folder / f"{draft.id}.md"
    if path.exists() or any(statement.id == draft.id for statement in record.statements):
        raise FilingRefused(
            f"{draft.source}",
            f"the id {draft.id} is taken by another statement",
            "Nothing was written. Give this one another with --id.",
        )
    content = write_markdown(draft.fields, list(draft.texts), kind_given=draft.kind_given)
    read_back, problems = read_markdown(content, path)
    if read_back is None:
        raise FilingRefused(f"{draft.source}", problems[0].what, problems[0].repair)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise _unwritable(folder, error) from None
    try:
        _write_whole(path, content)
    except FileExistsError:
        raise FilingRefused(f"{path}", "it is there already", "Give another --id.") from None
    except OSError as error:
        raise _unwritable(path, error) from None
    return path


def refuse_duplicate(draft: Draft, record: Record) -> None:
    """Raise if the text of *draft* is in *record* already.

    Raises:
        FilingRefused: the text is on record already.
    """
    if same := duplicate_of(draft, record):
        raise FilingRefused(
            f"{draft.source}",
            f"this text is on record already, as {same.id}",
            "Nothing was written. To change what is known of it, edit that statement's file.",
        )


def duplicate_of(draft: Draft, record: Record) -> Statement | None:
    """Return the statement of *record* that has the words of *draft*, or ``None``.

    White space and the labels of turns are ignored.
    """
    speakers = draft.fields.speakers
    written = write_markdown(replace(draft.fields, title="-"), list(draft.texts))
    own = read_markdown(written, Path("draft.md"))[0] if speakers else None
    words = _words([p.text for p in own.paragraphs] if own else draft.texts)
    for statement in record.statements:
        if _words([paragraph.text for paragraph in statement.paragraphs]) == words:
            return statement
    return None


def suggested_id(fields: Fields) -> str:
    """Return an id made of the date and the title, in lower-case ASCII letters if possible.

    >>> suggested_id(Fields(title="Remarks, to média", date=date(2025, 2, 24)))
    '2025-02-24-remarks-to-media'
    """
    plain = unicodedata.normalize("NFKD", fields.title).encode("ascii", "ignore").decode().lower()
    slug = regex.sub(r"[^a-z0-9]+", "-", plain).strip("-")
    if len(slug) > _SLUG_LENGTH:
        slug = slug[:_SLUG_LENGTH].rsplit("-", 1)[0]
    stem = slug or regex.sub(r"[^\p{L}\p{M}\p{N}]+", "-", fields.title)[:_SLUG_LENGTH].strip("-")
    day = fields.date.isoformat() if fields.date else "undated"
    while len(stem.encode()) > _SLUG_BYTES:
        stem = stem[:-1]
    return f"{day}-{stem or 'statement'}"


def _without_leading_date(
    match: regex.Match[str],
    text: str,
    stated: dict[str, object],
    guesses: list[str],
    *,
    is_report: bool,
) -> str:
    """Move the leading date of *text*, in *match*, to *stated*; return the text without it.

    At the head of a report it is the day of publication, and not known when it was said. If an
    earlier date was given, the leading one is the date of publication. A date that fits neither
    field stays in the text.
    """
    leading = match[1]
    try:
        date.fromisoformat(leading)
    except ValueError:
        return text
    given = stated.get("date")
    if given is None and is_report:
        if str(stated.get("published") or leading) != leading:
            return text
        stated["published"] = leading
        guesses.append(
            f"published: {leading}, which stood at the head of the report; "
            "when it was said is not known"
        )
    elif given is None:
        stated["date"] = leading
        guesses.append(f"date: {leading}, which stood at the head of the text")
    elif str(given) < leading and stated.get("published") is None:
        stated["published"] = leading
        guesses.append(f"published: {leading}, which stood at the head of the text")
    elif leading not in (str(given), str(stated.get("published"))):
        # No field can hold it, so it stays in the text.
        return text
    return text[match.end() :]


def _reported_speech(texts: Sequence[str]) -> str:
    """Return the first phrase that reports speech, if *texts* are a report; otherwise nothing."""
    found = [_REPORTED_SPEECH.findall(text) for text in texts]
    reporting = [phrases for phrases in found if phrases]
    is_report = sum(map(len, reporting)) > 1 and len(reporting) >= _REPORTED_SHARE * len(texts)
    return str(reporting[0][0]) if is_report else ""


def _unwritable(path: Path, error: OSError) -> FilingRefused:
    reason = error.strerror or type(error).__name__
    return FilingRefused(
        f"{path}", f"it cannot be written ({reason})", "Check its permissions, or --data."
    )


def _words(texts: list[str] | tuple[str, ...]) -> str:
    return "".join("".join(texts).split())


def _write_whole(path: Path, content: str) -> None:
    """Write *content* to *path*, whole or not at all; raise ``FileExistsError`` if it exists."""
    descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=".part")
    temporary = Path(name)
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8", newline="\n") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        temporary.chmod(0o644)
        try:
            # A hard link fails if the name is taken; a rename would replace the file.
            os.link(temporary, path)
        except FileExistsError:
            raise
        except OSError:
            # Some file systems have no hard links. There, the name is taken and then replaced.
            path.touch(exist_ok=False)
            temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)
