"""Makes a draft: a document that is being put on record, as it will be filed unless it is changed.

``bot`` asks the operator for what is missing and shows the draft for review; ``filing`` writes it.
"""

from __future__ import annotations

import hashlib
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import regex

from documents.drafting.facts import NAME_OF_FILE, facts_of
from documents.drafting.kinds import DIALOGUES
from documents.drafting.turns import with_labels
from documents.drafting.unlabelled import unlabelled_questions
from documents.model import Block, BlockKind, Claim, Extract, Field, LeftOut, Source, Warned
from index import (
    REQUIRED,
    Fields,
    Heading,
    Kind,
    Origin,
    Problem,
    in_the_future,
    joint_by_title,
    pieces_of,
    read_fields,
    read_id,
    read_markdown,
    without_controls,
    write_markdown,
    written_body,
)

_SLUG_LENGTH, _SLUG_BYTES = 60, 200
#: A longer name of a file is no title.
_LONGEST_NAME = 150


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A document that is being put on record."""

    #: The file, link or part of either that it is read from, as a person would name it.
    name: str
    fields: Fields
    #: Its blocks, as they were read and without what became a field.
    blocks: tuple[Block, ...]
    #: Where each field that was not given was found, in words.
    found_in: Mapping[str, str]
    #: What else might be true of it.
    offered: tuple[Claim, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    #: What an editor should know, or must look at.
    warnings: tuple[Warned, ...] = ()
    #: The id that the operator gave; if empty, it is made from date and title.
    given_id: str = ""
    #: Whether the operator gave the kind.
    kind_given: bool = False

    def __post_init__(self) -> None:
        """Refuse a text that is not an id, so that no draft is written to another folder."""
        if self.given_id:
            read_id(self.given_id)

    @property
    def written(self) -> tuple[str | Heading, ...]:
        """Its paragraphs, with labels, and its headings, as ``write_markdown`` takes them."""
        blocks = with_labels(self.blocks, self.fields)
        _, parts = pieces_of(_body_of(blocks), self.fields)
        return tuple(one if isinstance(one, Heading) else one.text for one in parts)

    @property
    def texts(self) -> tuple[str, ...]:
        """Its paragraphs, with labels; the kind and the speakers decide where turns begin."""
        return tuple(one for one in self.written if isinstance(one, str))

    @property
    def left_out_counts(self) -> dict[str, int]:
        """How many blocks were left out for each reason."""
        return dict(Counter(str(one.why) for one in self.left_out))

    @property
    def missing(self) -> tuple[str, ...]:
        """The required fields that are still unknown."""
        return tuple(field for field in REQUIRED if not getattr(self.fields, field))

    @property
    def id(self) -> str:
        """The id it will be filed under."""
        return self.given_id or suggested_id(self.fields)

    @property
    def content(self) -> str:
        """The statement's file, with its kind: who read this far has decided it."""
        return write_markdown(self.fields, self.written, kind_given=True)


def draft_of(
    source: Source, extract: Extract, given: Mapping[str, object], given_id: str = ""
) -> Draft:
    """Return a draft of *extract*, which was read from *source*, with the *given* fields.

    Raises:
        InvalidField: a given field or the id has a value that it cannot have.
    """
    named = title_in_name(source)
    claims = (*extract.claims, *([named] if named and not extract.part else []))
    facts = facts_of(replace(extract, claims=claims), given)
    stated = {**facts.stated, "source": None}
    fields, wrong = read_fields(stated)
    for error in wrong:
        if error.field in given and given[error.field] is not None:
            raise error
    # What the document itself says wrongly is left out, and the editor asked for it.
    bad = {error.field for error in wrong}
    draft = Draft(
        name=f"{source.name}: {extract.part}" if extract.part else source.name,
        fields=replace(fields, source=_origin(source), footnotes=_footnotes(facts.blocks)),
        blocks=facts.blocks,
        found_in={name: where for name, where in facts.found_in.items() if name not in bad},
        offered=facts.offered,
        left_out=extract.left_out,
        warnings=(*extract.warnings, *facts.warnings),
        given_id=given_id,
        kind_given=given.get("kind") is not None,
    )
    if fields.kind in DIALOGUES and not _has_turns(draft):
        unlabelled = tuple(unlabelled_questions(draft.blocks))
        draft = replace(draft, warnings=(*draft.warnings, *unlabelled))
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
    taken_from_text = "head of the text" in draft.found_in.get("date", "")
    if taken_from_text and before.date and after.date != before.date and not after.published:
        # The date at the head of the text was removed there, and must not be lost.
        after = replace(after, published=before.date)
    found_in = {name: where for name, where in draft.found_in.items() if name not in answers}
    kind_given = draft.kind_given or "kind" in answers
    return _proposed_joint(replace(draft, fields=after, found_in=found_in, kind_given=kind_given))


def doubts_of_draft(draft: Draft, today: date) -> list[Problem]:
    """Return what ``onrecord check`` would warn of once *draft* is filed."""
    statement, problems = read_markdown(draft.content, Path(f"{draft.id}.md"))
    if statement is None:
        return []
    path = Path(draft.name)
    return [*(one for one in problems if one.warning), *in_the_future(statement, path, today)]


def suggested_id(fields: Fields) -> str:
    """Return an id made of the date and the title, in lower-case ASCII letters if possible.

    >>> suggested_id(Fields(title="Remarks, to média", date=date(2025, 2, 24)))
    '2025-02-24-remarks-to-media'
    """
    plain = unicodedata.normalize("NFKD", fields.title).encode("ascii", "ignore").decode().lower()
    slug = regex.sub(r"[^a-z0-9]+", "-", plain).strip("-")
    if len(slug) > _SLUG_LENGTH:
        slug = slug[:_SLUG_LENGTH].rsplit("-", 1)[0]
    # Of a title in another script only its numbers would be left.
    told = sum(map(str.isalpha, slug)) >= sum(map(str.isalpha, fields.title[:_SLUG_LENGTH])) / 2
    stem = (
        slug
        if slug and told
        else regex.sub(r"[^\p{L}\p{M}\p{N}]+", "-", fields.title)[:_SLUG_LENGTH].strip("-")
    )
    day = fields.date.isoformat() if fields.date else "undated"
    while len(stem.encode()) > _SLUG_BYTES:
        stem = stem[:-1]
    return f"{day}-{stem or 'statement'}"


def title_in_name(source: Source) -> Claim | None:
    """Return the title that the name of *source* may be, for an editor; ``None`` if it is none.

    >>> title_in_name(Source(name="2025-03-03_The-harbour-opens.html", content=b"")).value
    'The harbour opens'
    """
    stem = Path(source.name.replace("\\", "/").rstrip("/").split("/")[-1]).stem
    words = regex.sub(r"^\d{4}-\d{2}-\d{2}[-_ ]*", "", stem).replace("_", " ").replace("-", " ")
    title = " ".join(without_controls(words).split())
    if title.count(" ") < 2 or len(title) > _LONGEST_NAME:
        return None
    return Claim(field=Field.TITLE, value=title, where=NAME_OF_FILE)


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
        why = "" if _has_turns(draft) else "several speakers are given"
    if not why:
        return draft
    found_in = {**draft.found_in, "kind": why}
    return replace(draft, fields=replace(fields, kind=Kind.JOINT_STATEMENT), found_in=found_in)


def _has_turns(draft: Draft) -> bool:
    blocks = with_labels(draft.blocks, draft.fields)
    transcript, _ = pieces_of(_body_of(blocks), draft.fields)
    return transcript.has_turns


def _body_of(blocks: Iterable[Block]) -> str:
    """Return the body of a statement's file with *blocks*, whose lines may open turns."""
    return written_body([_written(block) for block in blocks if block.kind is not BlockKind.NOTE])


def _written(block: Block) -> str | Heading:
    """Return *block* as ``written_body`` takes it."""
    if block.kind is BlockKind.HEADING:
        return Heading(block.text.strip())
    return "\n".join(block.lines) if block.lines else block.text


def _footnotes(blocks: Iterable[Block]) -> tuple[str, ...]:
    return tuple(block.text for block in blocks if block.kind is BlockKind.NOTE)


def _origin(source: Source) -> Origin:
    """Return where *source* came from, so that the same bytes are known again."""
    file = "" if source.url else without_controls(source.name.replace("\\", "/").split("/")[-1])
    digest = hashlib.sha256(source.content).hexdigest()
    return Origin(url=source.url, file=file, fetched=source.fetched, sha256=digest)
