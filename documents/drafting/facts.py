"""Chooses the fields of a statement from what a document claims of itself, and keeps the sources.

What the editor gives comes before what is certain, and that before what the text tells. A claim
that is not certain is offered to the editor, never filed.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import regex

from documents.days import dateline_of, days_in
from documents.drafting.kinds import kind_by_text, kind_by_title, news_dateline, reported_speech
from documents.drafting.languages import language_by_words
from documents.drafting.speakers import institution_in, speakers_found
from documents.model import Block, BlockKind, Claim, Doubt, Extract, Field, Warned
from index import Kind, language_of_text

#: A date at the very beginning of a text, as news archives write it: ``date 2025-02-25``.
_LEADING_DATE = regex.compile(r"\s*date:?\s+(\d{4}-\d{2}-\d{2})\b[\s.,:;—–-]*", regex.IGNORECASE)
_SENTENCE_END = regex.compile(r"[.!?。！？۔؟…]\W*$")
_BETWEEN_WORDS = regex.compile(r"[^\p{L}\p{M}\p{N}]+")
#: In so many of the first and last blocks, a text says when it was said. Lengths in characters.
_TITLE_BLOCKS, _LAST_BLOCKS, _LONGEST_TITLE, _LONGEST_LINE = 4, 3, 300, 120


#: The kinds of text that outlets tell of under the same title.
_TOLD_OF = frozenset({Kind.STATEMENT, Kind.REMARKS, Kind.JOINT_STATEMENT, Kind.PRESS_RELEASE})


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


@dataclass(slots=True)
class _Known:
    """What is known so far; fields are settled in an order, since later ones rest on earlier."""

    stated: dict[str, object]
    blocks: list[Block]
    found_in: dict[str, str] = field(default_factory=dict)
    offered: list[Claim] = field(default_factory=list)
    warnings: list[Warned] = field(default_factory=list)

    def settle(self, name: str, value: object, where: str) -> None:
        """Take *value* for the field *name*, unless one is known."""
        if self.stated.get(name) is None:
            # A name or a title has no-break spaces for the look of a page.
            self.stated[name] = " ".join(value.split()) if isinstance(value, str) else value
            self.found_in[name] = " ".join(where.split())

    @property
    def texts(self) -> list[str]:
        return [block.text for block in self.blocks]

    @property
    def kind(self) -> Kind:
        """The kind, if it is known by a word that there is."""
        try:
            return Kind(str(self.stated.get("kind") or Kind.STATEMENT))
        except ValueError:
            return Kind.STATEMENT


def facts_of(extract: Extract, given: Mapping[str, object]) -> Facts:
    """Return what is known of *extract*, with what the editor has *given*."""
    known = _Known(dict(given), list(extract.blocks))
    claims = _claims(extract)
    _settle_title(known, claims)
    _settle_language(known, claims)
    _settle_kind(known, claims)
    _settle_days(known, claims)
    _settle_speakers(known, claims)
    for one in (Field.PUBLISHER, Field.URL):
        _settle_certain(known, claims, one)
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


def _settle_certain(known: _Known, claims: Mapping[Field, list[Claim]], name: Field) -> None:
    for claim in claims.get(name, ()):
        if claim.certain:
            known.settle(str(name), claim.value, claim.where)
        elif known.stated.get(str(name)) is None:
            known.offered.append(claim)


def _settle_title(known: _Known, claims: Mapping[Field, list[Claim]]) -> None:
    """Settle the title, and take it out of the text where its first line is that and no more."""
    _settle_certain(known, claims, Field.TITLE)
    first = known.blocks[0].text if known.blocks else ""
    if known.stated.get("title") is None:
        candidates = [one for one in claims.get(Field.TITLE, ()) if not one.certain]
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
    if len(line) > _LONGEST_TITLE or _SENTENCE_END.search(line):
        return False
    language = language_of_text(line)
    return kind_by_title(line, language) is not None


def _settle_language(known: _Known, claims: Mapping[Field, list[Claim]]) -> None:
    text = "\n".join(known.texts)
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


def _settle_kind(known: _Known, claims: Mapping[Field, list[Claim]]) -> None:
    """Settle the kind. What tells what was said is a report, whatever its title calls the event.

    Otherwise an outlet's words would be cited as the speaker's own.
    """
    _settle_certain(known, claims, Field.KIND)
    language = str(known.stated.get("language") or "en")
    title = str(known.stated.get("title") or "")
    found = kind_by_title(title, language) or kind_by_text(known.blocks, language)
    phrase = reported_speech(known.texts)
    if phrase and (not found or found[0] in _TOLD_OF):
        known.settle("kind", str(Kind.REPORT), f"it tells what was said: “{phrase}”")
    elif found:
        known.settle("kind", str(found[0]), f"“{found[1]}”")
    elif known.blocks and (dateline := news_dateline(known.blocks)):
        known.settle("kind", str(Kind.REPORT), f"it begins like news: “{dateline}”")


def _settle_days(known: _Known, claims: Mapping[Field, list[Claim]]) -> None:
    if known.blocks:
        _settle_leading_date(known)
    certain = [claim for claim in claims.get(Field.DATE, ()) if claim.certain]
    differing = {claim.value for claim in certain}
    if len(differing) > 1 and known.stated.get("date") is None:
        told = ", ".join(f"{claim.value} ({claim.where})" for claim in certain)
        known.warnings.append(
            Warned(
                text=f"it names different days on which it was said: {told}", doubt=Doubt.CONFLICT
            )
        )
    _settle_certain(known, claims, Field.DATE)
    for block in (*known.blocks[:_TITLE_BLOCKS], *known.blocks[-_LAST_BLOCKS:]):
        if day := dateline_of(block.text):
            known.settle("date", day.isoformat(), f"“{block.text}”")
    title_days = [found.day.isoformat() for found in days_in(str(known.stated.get("title") or ""))]
    if len(title_days) == 1:
        known.settle("date", title_days[0], "title")
    _settle_certain(known, claims, Field.PUBLISHED)
    published = known.stated.get("published")
    if published is not None and known.kind is not Kind.REPORT and "published" in known.found_in:
        known.settle("date", published, known.found_in["published"])
    if known.stated.get("date") is None:
        known.offered += _days_in_sentences(known.blocks)
    else:
        known.offered = [one for one in known.offered if one.field is not Field.DATE]


def _settle_leading_date(known: _Known) -> None:
    """Move the date at the head of the text to its field.

    At the head of a report it is the day of publication, and not known when it was said. If an
    earlier date was given, the leading one is the date of publication. A date that fits neither
    field stays in the text.
    """
    first = known.blocks[0]
    match = _LEADING_DATE.match(first.text)
    if not match or not _is_day(match[1]):
        return
    leading, given = match[1], known.stated.get("date")
    published = known.stated.get("published")
    if given is None and known.kind is Kind.REPORT:
        if str(published or leading) != leading:
            return
        where = "the head of the report; when it was said is not known"
        known.settle("published", leading, where)
    elif given is None:
        known.settle("date", leading, "the head of the text")
    elif str(given) < leading and published is None:
        known.settle("published", leading, "the head of the text")
    elif leading not in (str(given), str(published)):
        return
    _shorten_first(known, match.end())


def _shorten_first(known: _Known, end: int) -> None:
    """Take the first *end* characters off the text."""
    first = known.blocks[0]
    rest, lines = first.text[end:], list(first.lines)
    # The lines are joined by single spaces.
    while lines and end > 0:
        size = len(lines[0])
        lines[0] = lines[0][end:]
        end -= size + 1
        if not lines[0].strip():
            del lines[0]
        else:
            break
    if rest.strip():
        known.blocks[0] = Block(
            text=rest, kind=first.kind, page=first.page, lines=tuple(lines) if lines else ()
        )
    else:
        del known.blocks[0]


def _is_day(text: str) -> bool:
    try:
        datetime.date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _days_in_sentences(blocks: Sequence[Block]) -> Iterator[Claim]:
    """Yield the days that the first paragraphs name: any of them may be the day, or another's."""
    for block in blocks[:_TITLE_BLOCKS]:
        for found in days_in(block.text):
            shown = block.text[max(0, found.start - 20) : found.stop + 20]
            yield Claim(field=Field.DATE, value=found.day.isoformat(), where=f"“…{shown}…”")


def _settle_speakers(known: _Known, claims: Mapping[Field, list[Claim]]) -> None:
    if known.stated.get("speakers"):
        return
    certain = [claim for claim in claims.get(Field.SPEAKER, ()) if claim.certain]
    if certain:
        values = list(dict.fromkeys(claim.value for claim in certain))
        known.settle("speakers", [" ".join(one.split()) for one in values], certain[0].where)
        return
    title, language = (
        str(known.stated.get("title") or ""),
        str(known.stated.get("language") or "en"),
    )
    if found := speakers_found(title, known.blocks, known.kind, language):
        known.settle("speakers", [" ".join(one.value.split()) for one in found], found[0].where)
    else:
        known.offered += claims.get(Field.SPEAKER, ())


def _later_changes(known: _Known, claims: Mapping[Field, list[Claim]]) -> Iterator[Warned]:
    published = str(known.stated.get("published") or known.stated.get("date") or "")
    for claim in claims.get(Field.MODIFIED, ()):
        if claim.value > published:
            text = f"it was modified {claim.value}, after it was published ({claim.where})"
            yield Warned(text=text)
            return


def _plain(text: str) -> str:
    return _BETWEEN_WORDS.sub("", text).casefold()
