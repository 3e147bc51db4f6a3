"""Shows an operator why a question's hits rank as they do.

The figures are the index's, and are only laid out here; programs read them from ``json_output``.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Sequence
from typing import TextIO

from rich.console import Console, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from bot.i18n.strings import strings_of
from bot.terminal.screen import is_terminal
from index import (
    Citation,
    Dates,
    Explanation,
    Hit,
    HitExplained,
    Kind,
    Part,
    SmallTalk,
    TermRead,
    without_controls,
)

#: The widest line, in columns; of a pipe every line.
COLUMNS = 100
#: The width of the labels, the widest term in a table, and the indent below a hit's number.
_LABEL, _TERM, _INDENT = 16, 30, 4
_SMALL_TALK = {SmallTalk.GREETING: "a greeting", SmallTalk.THANKS: "thanks"}
_LEGEND = {
    "idf": "how rare the term is on record: ln(1 + (paragraphs - df + 0.5) / (df + 0.5)), where df "
    "is how many paragraphs have it; in nats, like all figures but df, tf, boost and length",
    "boost": "the factor of the term: higher if it is rare, a name, a number or repeated, lower if "
    "it is only an equivalent",
}
_LEGEND_OF_HITS = {
    "tf, BM25": "how often the term stands in the paragraph, and its BM25 weight there; it adds "
    "that weight times its boost",
    # The terms whose weights the bm25 part sums are explained by the line above.
    **{part.key.replace("_", " "): part.meaning for part in Part if part is not Part.BM25},
    "support": "the part of the score that speaks for the paragraph, less the idf of the terms it "
    "lacks, names above all; a paragraph above the threshold answers",
}
_BRIEFS = "In an answer, a brief then gives way to a source that says the same."


def show_explanation(
    question: str,
    kind: SmallTalk | None,
    named: Sequence[Hit],
    explanation: Explanation | None,
    stream: TextIO,
    *,
    about_bot: bool = False,
) -> None:
    """Show on *stream* why the hits of *question* rank as they do; plain text if it is piped.

    There is no *explanation* if it is small talk of some *kind*, or if paragraphs are *named* by a
    reference or an id, or answer what is asked *about_bot*: none of these is searched for.
    """
    terminal, laid_out = is_terminal(stream), io.StringIO()
    console = Console(
        file=stream if terminal else laid_out,
        width=min(Console(file=stream).width, COLUMNS) if terminal else COLUMNS,
        color_system="auto" if terminal else None,
        highlight=False,
        emoji=False,
        markup=False,
    )
    for part in _parts(question, kind, named, explanation, about_bot=about_bot):
        console.print(part)
    # What is piped goes without the spaces that fill up a column.
    for line in laid_out.getvalue().splitlines():
        print(without_controls(line.rstrip()), file=stream)


def _parts(
    question: str,
    kind: SmallTalk | None,
    named: Sequence[Hit],
    explanation: Explanation | None,
    *,
    about_bot: bool,
) -> Iterator[RenderableType]:
    yield _labelled([("question", " ".join(question.split()) or "-")])
    if kind:
        yield f"Only {_SMALL_TALK[kind]}: it gets a reply, and nothing is searched."
    elif about_bot:
        yield "Asked about the bot: its own statement answers, and nothing is ranked."
        yield from (f"  {_place(hit.citation)}" for hit in named)
    elif explanation is None:
        yield "A reference or an id: it leads straight to its paragraph, and nothing is ranked."
        yield from (f"  {_place(hit.citation)}" for hit in named)
    else:
        yield _labelled(_interpretation(explanation))
        yield ""
        if explanation.terms or explanation.hits:
            yield _terms(explanation.terms)
        for rank, one in enumerate(explanation.hits, 1):
            yield ""
            yield from _hit(rank, one, explanation)
        if not explanation.hits:
            yield ""
            terms = "has any of these terms" if explanation.terms else "is left to be shown"
            yield f"Nothing that was searched {terms}."
        yield ""
        yield _labelled(_legend(explanation))
        if any(one.hit.citation.kind is Kind.BRIEF for one in explanation.hits):
            yield _BRIEFS


def _labelled(rows: Iterable[tuple[str, str]]) -> Table:
    """Return *rows* of a label and its text, wrapped beside it; empty texts are left out."""
    grid = Table.grid()
    grid.add_column(width=_LABEL, no_wrap=True, style="dim")
    grid.add_column(overflow="fold")
    for label, text in rows:
        if text:
            grid.add_row(label, Text(text))
    return grid


def _figures(titles: Sequence[str], texts: int, rows: Iterable[Sequence[str]]) -> Table:
    """Return a table of *rows* under *titles*: so many columns of *texts*, then numbers."""
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="dim")
    for column, title in enumerate(titles):
        table.add_column(
            title,
            justify="left" if column < texts or not title else "right",
            no_wrap=True,
            max_width=_TERM,
            overflow="ellipsis",
        )
    for row in rows:
        table.add_row(*map(Text, row))
    return table


def _interpretation(explanation: Explanation) -> Iterator[tuple[str, str]]:
    """Yield how the question was read."""
    query = explanation.query
    asked, interpretation = query.question, query.interpretation
    filters = [
        *(f"from: {one}" for one in asked.filters.speakers),
        *(f"in: {one}" for one in asked.filters.statements),
        *(f"kind: {one}" for one in asked.filters.kinds),
    ]
    if (dates := asked.filters.dates) is not None:
        filters.append(_days(dates))
    narrowing = explanation.narrowing
    wording = [f"words of {narrowing.speaker}"] if narrowing.speaker else []
    if narrowing.dates is not None:
        wording.append(_days(narrowing.dates))
    required = [asked.words[start:stop] for start, stop in narrowing.required]
    found = [one for one in asked.phrases if one not in interpretation.absent]
    keywords = query.keywords_only and bool(query.terms)
    yield "judged by", interpretation.judged
    yield "read up to", interpretation.read_up_to
    yield "language", query.language
    yield "ignored", ", ".join(query.dropped)
    yield "corrected", ", ".join(f"{typed} -> {word}" for typed, word in interpretation.corrected)
    yield "also searched", "; ".join(f"{term} = {other}" for term, other in query.expansions)
    yield "exact phrases", _quoted(found if query.exact else ())
    yield "absent phrases", _quoted(interpretation.absent)
    yield "across the end", _quoted(interpretation.across)
    yield "excluded", _quoted(asked.excluded)
    yield "filters", "; ".join(filters)
    yield "narrowed" if narrowing.allowed is not None else "preferred", "; ".join(wording)
    yield "order", f"{narrowing.order} first" if narrowing.order else ""
    yield "must have", _quoted(required)
    lifted = narrowing.narrows and not query.narrowing.narrows
    yield "lifted", "nothing answers so; these are by others, or of another time" if lifted else ""
    yield "plain words", " ".join(interpretation.unparsed)
    yield "keywords only", "yes: a paragraph that has them all answers" if keywords else ""
    yield (
        "searched",
        f"{explanation.searched} of {explanation.paragraphs} paragraphs, "
        f"{explanation.average_length:.1f} terms long on average",
    )


def _quoted(phrases: Iterable[str]) -> str:
    return " ".join(f"“{one}”" for one in phrases)


def _terms(terms: Sequence[TermRead]) -> RenderableType:
    if not terms:
        return "No term to rank by: what is left comes by its day."
    rows = [
        (one.term, str(one.df), _number(one.idf), _number(one.boost), _remark(one)) for one in terms
    ]
    return _figures(("term", "df", "idf", "boost", ""), 1, rows)


def _remark(term: TermRead) -> str:
    """Return what there is to say of *term* beside its figures."""
    remarks = ["name or number"] * term.named + ["not on record"] * (not term.df)
    return ", ".join(remarks)


def _hit(rank: int, one: HitExplained, explanation: Explanation) -> Iterator[RenderableType]:
    """Yield why one paragraph ranks where it does."""
    yield f"{rank}.  {_number(one.hit.score)}  {_place(one.hit.citation)}"
    sentence = Text(f"“{one.hit.key_sentence.text}”", no_wrap=True, overflow="ellipsis")
    score = " + ".join(
        f"{_number(value)} {name.replace('_', ' ')}" for name, value in one.parts.items() if value
    )
    below: list[RenderableType] = [sentence, _labelled([("score", score)])]
    if one.terms:
        rows = [
            (
                weight.term,
                weight.found if weight.found != weight.term else "",
                str(weight.tf),
                _number(weight.bm25),
                _number(weight.weight / weight.bm25 if weight.bm25 else 1.0),
                _number(weight.weight),
            )
            for weight in one.terms
        ]
        below.append(_figures(("term", "found as", "tf", "BM25", "boost", "adds"), 2, rows))
    facts = [
        ("length", f"{one.length} terms"),
        ("lacks", _lacking(one, explanation.terms)),
        ("support", _support(one, explanation)),
    ]
    yield from (Padding(part, (0, 0, 0, _INDENT)) for part in [*below, _labelled(facts)])


def _lacking(one: HitExplained, terms: Sequence[TermRead]) -> str:
    """Return which terms the paragraph lacks, and their idf."""
    if not one.missing:
        return "nothing"
    had = {weight.term for weight in one.terms}
    lacked = [term for term in terms if term.term not in had]
    # A term is not missing if the title or the reporter's question has it, or an equivalent does.
    exactly = abs(sum(term.idf for term in lacked) - one.missing) < 1e-6
    listed = ", ".join(term.term for term in lacked)
    names = f", names {_number(one.missing_names)} of it" if one.missing_names else ""
    return f"{listed if exactly else f'some of: {listed}'} (idf {_number(one.missing)}{names})"


def _support(one: HitExplained, explanation: Explanation) -> str:
    """Return whether the paragraph answers, and why."""
    above = one.support > explanation.threshold
    side, threshold = "above" if above else "below", _number(explanation.threshold)
    verdict = f"{_number(one.support)}, {side} the threshold of {threshold}"
    if not one.answers:
        return f"{verdict}: it does not answer"
    if above:
        return f"{verdict}: it answers"
    if explanation.query.certain:
        return f"{verdict}; it answers because it has the exact phrase"
    if one.parts[Part.VERBATIM.key]:
        return f"{verdict}; it answers because it has the question word for word"
    if not explanation.terms:
        return f"{verdict}; it answers a question that is only filters"
    return f"{verdict}; it answers because it has every term"


def _legend(explanation: Explanation) -> Iterator[tuple[str, str]]:
    """Yield what the terms and parts that were used mean."""
    yield from _LEGEND.items()
    if hits := explanation.hits:
        used = {
            name.replace("_", " ") for one in hits for name, value in one.parts.items() if value
        }
        unused = {name.replace("_", " ") for name in hits[0].parts} - used
        yield from ((one, text) for one, text in _LEGEND_OF_HITS.items() if one not in unused)


def _place(citation: Citation) -> str:
    return f"{citation.statement}#{citation.paragraph}  ref {citation.reference}"


def _days(dates: Dates) -> str:
    """Return a range of days in words."""
    strings, first, last = strings_of(), dates.first, dates.last
    if first is None:
        return f"{strings.day(last)} or earlier"
    if last is None:
        return f"{strings.day(first)} or later"
    if first > last:
        return "no day: the dates exclude each other"
    if first == last:
        return strings.day(first)
    return strings.period.format(first=strings.day(first), last=strings.day(last))


def _number(value: float) -> str:
    return f"{value:.3f}"
