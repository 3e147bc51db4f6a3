"""Compares what is made of a document with what a perfect import makes of it.

The expected lines, and the documents, stand beside the project; ``../shared/documents.md`` explains
their keys. What is compared is the statement as ``index`` reads it: paragraphs without labels.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from documents import Draft, Refused, drafts_from, open_paths
from documents.importing import Reader
from documents.reading import reading
from index import Heading, Role, Statement, pieces_of, read_markdown, written_body

_SPACE = re.compile(r"\s+")


def expected_lines(folder: Path) -> list[dict[str, Any]]:
    """Return the expected lines of *folder*."""
    lines = (folder / "expected.ndjson").read_text("utf-8").splitlines()
    return [json.loads(line) for line in lines]


def faults_of(case: dict[str, Any], folder: Path, reader: Reader = reading) -> list[str]:
    """Return what is wrong with the import of the document of *case* in *folder*."""
    given: dict[str, object] = {}
    needs = case.get("needs", [])
    if "title" in needs:
        given["title"] = case.get("title_suggestion") or "A title that the file does not tell"
    if "speakers" in needs:
        given["speakers"] = (case.get("speakers_candidates") or ["A speaker who is not told"])[:1]
    made = list(drafts_from(open_paths([str(folder / case["file"])]), reader, given))
    drafts = [one for one in made if isinstance(one, Draft)]
    refused = [one for one in made if isinstance(one, Refused)]
    if case["outcome"] == "refused":
        return list(_faults_of_refusal(case, drafts, refused))
    if case["outcome"] == "several":
        return list(_faults_of_several(case, drafts, refused))
    if len(drafts) != 1 or refused:
        return [f"{len(drafts)} drafts, refused: {[one.what for one in refused]}"]
    return list(_faults_of_one(case, drafts[0]))


def _faults_of_refusal(
    case: dict[str, Any], drafts: list[Draft], refused: list[Refused]
) -> Iterator[str]:
    if drafts or len(refused) != 1:
        yield f"{len(drafts)} drafts and {len(refused)} refusals, not one refusal"
        return
    said = f"{refused[0].what} {refused[0].repair}".lower()
    yield from (f"does not say {one!r}: {said}" for one in case.get("must_report", ())
                if one.lower() not in said)  # fmt: skip


def _faults_of_several(
    case: dict[str, Any], drafts: list[Draft], refused: list[Refused]
) -> Iterator[str]:
    low, high = _range(case["count"])
    if not low <= len(drafts) <= high:
        yield f"{len(drafts)} statements, not {case['count']}"
    if len(refused) < len(case.get("refused", ())) or len(refused) < case.get("skipped", 0):
        yield f"only {len(refused)} refused"
    whole = "\n".join(draft.content for draft in drafts)
    yield from _contained(case, whole)
    for item in case.get("items", ()):
        if item.get("outcome") == "refused" or "title" not in item:
            continue
        found = [one for one in drafts if _even(one.fields.title) == _even(item["title"])]
        if not found:
            yield f"no statement {item['title']!r}"
        else:
            yield from (
                f"{item['title']}: {one}"
                for one in _faults_of_one({**_shared_keys(case), **item}, found[0])
            )


def _shared_keys(case: dict[str, Any]) -> dict[str, Any]:
    return {key: case[key] for key in ("date", "kind", "language", "publisher") if key in case}


def _faults_of_one(case: dict[str, Any], draft: Draft) -> Iterator[str]:
    fields = draft.fields
    if draft.missing:
        yield f"not known: {', '.join(draft.missing)}"
        return
    statement, problems = read_markdown(draft.content, Path(f"{draft.id}.md"))
    if statement is None:
        yield f"cannot be read back: {problems[0]}"
        return
    title = case.get("title")
    if title and "title" not in case.get("needs", ()) and _even(fields.title) != _even(title):
        yield f"the title is {fields.title!r}"
    for key in ("date", "published", "kind", "language", "url", "publisher"):
        told = str(getattr(fields, key) or "")
        if case.get(key) and told != case[key]:
            yield f"{key} is {told!r}, not {case[key]!r}"
    names = {speaker.name for speaker in fields.speakers}
    yield from (
        f"no speaker {one!r}: {names}" for one in case.get("speakers", ()) if one not in names
    )
    roles = {speaker.role for speaker in fields.speakers}
    yield from (
        f"no role {one!r}: {roles}" for one in case.get("speaker_roles", ()) if one not in roles
    )
    yield from _faults_of_text(case, draft, statement)
    yield from _contained(
        case,
        "\n".join([*_front(draft), *(one.text for one in statement.paragraphs), *_headings(draft)]),
    )
    said = " ".join(
        [*(one.text for one in draft.warnings), *(f"{one.why} left out" for one in draft.left_out)]
    )
    yield from (
        f"does not report {one!r}"
        for one in case.get("must_report", ())
        if one.lower() not in said.lower()
    )
    doubts = {str(one.doubt) for one in draft.warnings} | {
        "mojibake" for one in draft.warnings if "mojibake" in one.text
    }
    yield from (f"does not warn of {one}" for one in case.get("warnings", ()) if one not in doubts)
    notes = [_even(note) for note in fields.footnotes]
    yield from (
        f"no footnote {one!r}" for one in case.get("footnotes", ()) if _even(one) not in notes
    )


def _faults_of_text(case: dict[str, Any], draft: Draft, statement: Statement) -> Iterator[str]:
    low, high = _range(case.get("paragraphs", [0, 10**6]))
    if not low <= len(draft.written) <= high:
        yield f"{len(draft.written)} paragraphs, not {case['paragraphs']}"
    headings = _headings(draft)
    first = draft.written[0]
    begins = headings[0] if isinstance(first, Heading) else statement.paragraphs[0].text
    last = draft.written[-1]
    ends = headings[-1] if isinstance(last, Heading) else statement.paragraphs[-1].text
    if not any(
        _even(begins).lstrip("#* ").startswith(_even(one))
        for one in _several(case.get("first", ""))
    ):
        yield f"it begins {begins[:70]!r}, not {case['first']}"
    if not any(_even(one) in _even(ends) for one in _several(case.get("last", ""))):
        yield f"it ends {ends[-70:]!r}, not {case['last']}"
    whole = _even(draft.content)
    yield from (
        f"no heading {one!r}" for one in case.get("headings", ()) if _even(one) not in whole
    )
    turns = case.get("turns", {})
    for key, role in (("questions", Role.QUESTION), ("answers", Role.ANSWER)):
        if key in turns and role is Role.QUESTION:
            count = _questions(draft)
            low, high = _range(turns[key])
            if not low <= count <= high:
                yield f"{count} {key}, not {turns[key]}"


def _questions(draft: Draft) -> int:
    """Return how many turns ask, of others than those who only lead the talk."""
    transcript, parts = pieces_of(written_body(draft.written), draft.fields)
    turns = transcript.turns([one.text for one in parts if not isinstance(one, Heading)])
    staff = ("MODERATOR", "OPERATOR")
    texts = draft.texts
    return sum(
        turn.opens and turn.role is Role.QUESTION and not texts[turn.index].startswith(staff)
        for turn in turns
    )


def _contained(case: dict[str, Any], whole: str) -> Iterator[str]:
    for one in case.get("must_contain", ()):
        if not any(_even(each) in _even(whole) for each in one.split("|")):
            yield f"lacks {one!r}"
    for one in case.get("must_not_contain", ()):
        # A label is no word of a paragraph; "Q" set apart would be found in any text.
        if one.strip() == one and one in whole:
            yield f"contains {one!r}"


def _front(draft: Draft) -> list[str]:
    return [draft.content.split("\n---\n", 1)[0]]


def _headings(draft: Draft) -> list[str]:
    return [one.text for one in draft.written if isinstance(one, Heading)]


def _range(value: Any) -> tuple[int, int]:
    return (value[0], value[1]) if isinstance(value, list) else (value, value)


def _several(value: Any) -> list[str]:
    return [value] if isinstance(value, str) else list(value)


def _even(text: str) -> str:
    return _SPACE.sub(" ", text).strip()
