"""Chooses the fields of a statement from what a document claims of itself, and keeps the sources.

What the editor gives comes before what is certain, and that before what the text tells. A claim
that is not certain is offered to the editor, never filed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import regex

from documents.drafting.dating import settle_days
from documents.drafting.kinds import (
    DIALOGUES,
    kind_by_text,
    kind_by_title,
    news_dateline,
    outlet_in,
    reported_speech,
)
from documents.drafting.known import Known, settle_certain
from documents.drafting.languages import language_by_words
from documents.drafting.speakers import institution_in, people_in_talk, speakers_found
from documents.judging.working_marks import is_press_release_mark
from documents.model import Block, BlockKind, Claim, Extract, Field, LeftOut, Warned
from index import Kind, language_of_text

#: The marks behind the last word, read backwards.
_END_MARKS = regex.compile(r"(?r)\W++")
_SENTENCE_ENDS = frozenset(".!?。！？۔؟…")
_BETWEEN_WORDS = regex.compile(r"[^\p{L}\p{M}\p{N}]+")
#: Characters.
_LONGEST_TITLE, _LONGEST_LINE = 300, 120
#: What a site calls the joint statements that it publishes.
_MAY_BE_JOINT = frozenset({str(Kind.PRESS_RELEASE), str(Kind.STATEMENT)})
#: Where the title is claimed that a file's name may be; it is offered, and never filed unseen.
NAME_OF_FILE = "name of the file"
#: The kinds of text that outlets tell of under the same title.
_TOLD_OF = frozenset({Kind.STATEMENT, Kind.REMARKS, Kind.JOINT_STATEMENT, Kind.PRESS_RELEASE})
#: So many paragraphs tell the language as well as all.
_MOST_TOLD = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """The fields that are known, as ``read_fields`` takes them, and where each was found."""

    stated: dict[str, object]
    #: Where each of them stands, in words: "JSON-LD datePublished"; what was given has none.
    found_in: dict[str, str]
    #: What else might be true, for an editor to choose.
    offered: tuple[Claim, ...]
    #: The text, without what became a field.
    blocks: tuple[Block, ...]
    warnings: tuple[Warned, ...]


def facts_of(extract: Extract, given: Mapping[str, object]) -> Facts:
    """Return what is known of *extract*, with what the editor has *given*."""
    known = Known(dict(given), list(extract.blocks))
    claims = _claims(extract)
    _settle_title(known, claims)
    _settle_language(known, claims)
    _settle_kind(known, claims, extract.left_out)
    settle_days(known, claims)
    _settle_speakers(known, claims)
    for one in (Field.PUBLISHER, Field.URL):
        settle_certain(known, claims, one)
    if institution := institution_in(known.blocks):
        known.settle("publisher", institution, "first lines")
        if not known.stated.get("speakers"):
            where = "first lines"
            known.offered.append(Claim(field=Field.SPEAKER, value=institution, where=where))
    if not any("updated" in one.text for one in extract.warnings):
        known.warnings += _later_changes(known, claims)
    return Facts(
        stated=known.stated,
        found_in=known.found_in,
        offered=tuple(known.offered),
        blocks=tuple(known.blocks),
        warnings=tuple(known.warnings),
    )


def _claims(extract: Extract) -> dict[Field, list[Claim]]:
    """Return the claims of *extract* by their fields, the certain ones first."""
    claims: dict[Field, list[Claim]] = {}
    for claim in sorted(extract.claims, key=lambda one: not one.certain):
        claims.setdefault(claim.field, []).append(claim)
    return claims


def _settle_title(known: Known, claims: Mapping[Field, list[Claim]]) -> None:
    """Settle the title, and take it out of the text where its first line is that and no more."""
    settle_certain(known, claims, Field.TITLE)
    first = known.blocks[0].text if known.blocks else ""
    if known.stated.get("title") is None:
        candidates = [
            one
            for one in claims.get(Field.TITLE, ())
            if not one.certain and one.where != NAME_OF_FILE
        ]
        for claim in candidates:
            if _is_surely_title(claim.value):
                known.settle("title", claim.value, claim.where)
                known.offered = [one for one in known.offered if one.field is not Field.TITLE]
    title = known.stated.get("title")
    if len(known.blocks) > 1 and isinstance(title, str) and _plain(first) == _plain(title):
        # A long line may be the first sentence, too, and so may one on a page.
        block = known.blocks[0]
        is_line = len(block.text) <= _LONGEST_LINE and not block.page
        if block.kind is BlockKind.HEADING or is_line:
            del known.blocks[0]


def _is_surely_title(line: str) -> bool:
    """Return whether the first *line* of a text is its title: it names a kind of text, or a day."""
    end = _END_MARKS.match(line)
    if len(line) > _LONGEST_TITLE or (end and not _SENTENCE_ENDS.isdisjoint(end[0])):
        return False
    language = language_of_text(line)
    return kind_by_title(line, language) is not None


def _settle_language(known: Known, claims: Mapping[Field, list[Claim]]) -> None:
    text = "\n".join(known.texts[:_MOST_TOLD])
    by_letters = language_of_text(text)
    told = [claim for claim in claims.get(Field.LANGUAGE, ()) if claim.certain]
    for claim in told:
        # A page in Urdu may be set as English by its makers' software.
        if by_letters == "en" or claim.value.split("-")[0] == by_letters:
            known.settle("language", claim.value, claim.where)
    if by_letters != "en":
        known.settle("language", by_letters, "its letters")
    elif (by_words := language_by_words(known.texts)) and not told:
        known.settle("language", by_words, "its words")
    if str(known.stated.get("language")).split("-")[0] == "en" and "language" in known.found_in:
        # It is the default.
        del known.stated["language"], known.found_in["language"]


def _settle_kind(
    known: Known, claims: Mapping[Field, list[Claim]], left_out: Sequence[LeftOut]
) -> None:
    """Settle the kind. What tells what was said is a report, whatever its title calls the event.

    Otherwise an outlet's words would be cited as the speaker's own.
    """
    language = str(known.stated.get("language") or "en")
    title = str(known.stated.get("title") or "")
    by_title = kind_by_title(title, language)
    told = [one.value for one in claims.get(Field.KIND, ()) if one.certain]
    if by_title and by_title[0] is Kind.JOINT_STATEMENT and set(told) <= _MAY_BE_JOINT:
        known.settle("kind", str(by_title[0]), f"“{by_title[1]}”")
    settle_certain(known, claims, Field.KIND)
    marks = (one.text for one in left_out if is_press_release_mark(one.text))
    release = next(((Kind.PRESS_RELEASE, mark) for mark in marks), None)
    found = by_title or release or kind_by_text(known.blocks, language)
    phrase = reported_speech(known.texts) or outlet_in(title, known.texts)
    if phrase and (not found or found[0] in _TOLD_OF):
        known.settle("kind", str(Kind.REPORT), f"it tells what was said: “{phrase}”")
    elif found:
        known.settle("kind", str(found[0]), f"“{found[1]}”")
    elif known.blocks and (dateline := news_dateline(known.blocks)):
        known.settle("kind", str(Kind.REPORT), f"it begins like news: “{dateline}”")


def _settle_speakers(known: Known, claims: Mapping[Field, list[Claim]]) -> None:
    if known.stated.get("speakers"):
        return
    certain = [claim for claim in claims.get(Field.SPEAKER, ()) if claim.certain]
    title, language = (
        str(known.stated.get("title") or ""),
        str(known.stated.get("language") or "en"),
    )
    if certain:
        values = list(dict.fromkeys(claim.value for claim in certain))
        if known.kind in DIALOGUES:
            # The data of "Joint press conference with Minister Priel" names its host alone.
            names = {value.split(";")[0].casefold() for value in values}
            others = people_in_talk(title, known.blocks, language)
            values += [one for one in others if one.split(";")[0].casefold() not in names]
        known.settle("speakers", [" ".join(one.split()) for one in values], certain[0].where)
        return
    if found := speakers_found(title, known.blocks, known.kind, language):
        known.settle("speakers", [" ".join(one.value.split()) for one in found], found[0].where)
    else:
        known.offered += claims.get(Field.SPEAKER, ())


def _later_changes(known: Known, claims: Mapping[Field, list[Claim]]) -> Iterator[Warned]:
    published = str(known.stated.get("published") or known.stated.get("date") or "")
    for claim in claims.get(Field.MODIFIED, ()):
        if claim.value > published:
            text = f"it was modified {claim.value}, after it was published ({claim.where})"
            yield Warned(text=text)
            return


def _plain(text: str) -> str:
    return _BETWEEN_WORDS.sub("", text).casefold()
