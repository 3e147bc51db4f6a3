"""Shows an operator why a question's hits rank as they do, as plain text.

The figures are the index's, and are only laid out here; programs read them from ``json_output``.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bot.i18n.strings import strings_of
from bot.terminal.columns import beneath, clipped, table
from index import Citation, Dates, Explanation, Hit, HitExplained, Kind, Part, SmallTalk, TermRead

#: The widest line, in columns.
_COLUMNS = 100
#: The width of the labels, of a term in a table, and of the indent below a hit's number.
_LABEL, _TERM, _INDENT = 16, 30, 4
_COURTESIES = {SmallTalk.GREETING: "a greeting", SmallTalk.THANKS: "thanks"}
_LEGEND = {
    "idf": "how rare a term is on record: ln(1 + (paragraphs - df + 0.5) / (df + 0.5)), where df "
    "paragraphs have it; in nats, as all figures here but df, tf, times and length",
    "times": "how many times the term counts, its stress: more if it is rare, a name, a number, or "
    "said twice; less if it is only an equivalent",
}
_LEGEND_OF_HITS = {
    "tf, BM25": "how often it stands in the paragraph, and its weight there by BM25; what it adds "
    "is that, so many times",
    # The terms whose weights the bm25 part sums are explained by the line above.
    **{part.key.replace("_", " "): part.meaning for part in Part if part is not Part.BM25},
    "support": "what of the score speaks for the paragraph, less the idf of the words that it "
    "lacks, names most; above the bound it answers",
}
_BRIEFS = "A brief then gives way, in an answer, to a source that says the same."


def explain_text(
    question: str, kind: SmallTalk | None, named: Sequence[Hit], explanation: Explanation | None
) -> str:
    """Return why the hits of *question* rank as they do.

    There is no *explanation* if it is a courtesy of some *kind*, or if paragraphs are *named* by a
    reference or an id: neither is searched for.
    """
    lines = list(beneath("question", " ".join(question.split()) or "-", _COLUMNS, _LABEL))
    if kind:
        lines.append(f"Only {_COURTESIES[kind]}: it is returned, and nothing is searched.")
    elif explanation is None:
        lines.append("A reference or an id: it goes straight to its paragraph, nothing is ranked.")
        lines += [f"  {_place(hit.citation)}" for hit in named]
    else:
        lines += _read(explanation)
        lines += ["", *_terms(explanation.terms)]
        for rank, one in enumerate(explanation.hits, 1):
            lines += ["", *_hit(rank, one, explanation)]
        if not explanation.hits:
            lines += ["", "Nothing in what was searched has any of it."]
        lines += ["", *_legend(explanation)]
    return "\n".join(lines)


def _read(explanation: Explanation) -> Iterator[str]:
    """Yield how the question was read."""
    query = explanation.query
    asked, interpretation = query.question, query.interpretation
    only = [
        *(f"from: {one}" for one in asked.filters.speakers),
        *(f"in: {one}" for one in asked.filters.statements),
        *(f"kind: {one}" for one in asked.filters.kinds),
    ]
    if (dates := asked.filters.dates) is not None:
        only.append(_days(dates))
    prefers = [f"words of {query.speaker}"] if query.speaker else []
    if asked.preferred is not None:
        prefers.append(_days(asked.preferred))
    exact = (
        [f"“{one}”" for one in asked.phrases if one not in interpretation.absent]
        if query.exact
        else []
    )
    told = {
        "language": query.language,
        "only asks": ", ".join(query.dropped),
        "corrected": ", ".join(f"{typed} -> {word}" for typed, word in interpretation.corrected),
        "looked for too": "; ".join(f"{asked} = {other}" for asked, other in query.expansions),
        "must have": " ".join(exact),
        "nowhere exactly": " ".join(f"“{one}”" for one in interpretation.absent),
        "must not have": " ".join(f"“{one}”" for one in asked.excluded),
        "only": "; ".join(only),
        "prefers": "; ".join(prefers),
        "plain words": " ".join(interpretation.unparsed),
        "bare words": "yes: a paragraph that has every one answers"
        if query.keywords_only and query.terms
        else "",
        "searched": f"{explanation.searched} of {explanation.paragraphs} paragraphs, "
        f"{explanation.average_length:.1f} terms long on average",
    }
    for label, text in told.items():
        if text:
            yield from beneath(label, text, _COLUMNS, _LABEL)


def _terms(terms: Sequence[TermRead]) -> Iterator[str]:
    if not terms:
        yield "No word to rank by: what the filters leave comes newest first."
        return
    rows = [
        (one.term, str(one.df), _number(one.idf), _number(one.boost), _remark(one)) for one in terms
    ]
    heading = ("term", "df", "idf", "times", "")
    yield from table([heading, *rows], (False, True, True, True, False), _TERM)


def _remark(term: TermRead) -> str:
    """Return what is to be said of *term* beside its figures."""
    remarks = ["name or number"] * term.named + ["not on record"] * (not term.df)
    return ", ".join(remarks)


def _hit(rank: int, one: HitExplained, explanation: Explanation) -> Iterator[str]:
    """Yield why one paragraph ranks where it does."""
    yield f"{rank}.  {_number(one.hit.score)}  {_place(one.hit.citation)}"
    indent = " " * _INDENT
    yield clipped(f"{indent}“{one.hit.key_sentence.text}”", _COLUMNS)
    parts = [
        f"{_number(value)} {name.replace('_', ' ')}" for name, value in one.parts.items() if value
    ]
    lines: list[str] = []
    if parts:
        lines += beneath("score", " + ".join(parts), _COLUMNS - _INDENT, _LABEL)
    if one.terms:
        heading = ("term", "found as", "tf", "BM25", "times", "adds")
        rows = [
            (
                found.term,
                found.found if found.found != found.term else "",
                str(found.tf),
                _number(found.bm25),
                _number(found.weight / found.bm25 if found.bm25 else 1.0),
                _number(found.weight),
            )
            for found in one.terms
        ]
        lines += table([heading, *rows], (False, False, True, True, True, True), _TERM)
    lines += beneath("length", f"{one.length} terms", _COLUMNS - _INDENT, _LABEL)
    lines += beneath("lacks", _lacking(one, explanation.terms), _COLUMNS - _INDENT, _LABEL)
    lines += beneath("support", _support(one, explanation), _COLUMNS - _INDENT, _LABEL)
    yield from (f"{indent}{line}" for line in lines)


def _lacking(one: HitExplained, terms: Sequence[TermRead]) -> str:
    """Return what the paragraph lacks, and how much that is."""
    if not one.missing:
        return "nothing"
    had = {weight.term for weight in one.terms}
    lacked = [term for term in terms if term.term not in had]
    # What stands only in the question that it answers, or within an equivalent, is not lacking.
    exactly = abs(sum(term.idf for term in lacked) - one.missing) < 1e-6
    words = ", ".join(term.term for term in lacked)
    names = f", of it {_number(one.missing_names)} of names" if one.missing_names else ""
    return f"{words if exactly else f'some of: {words}'} (idf {_number(one.missing)}{names})"


def _support(one: HitExplained, explanation: Explanation) -> str:
    """Return whether the paragraph answers, and why."""
    above = one.support > explanation.threshold
    bound = _number(explanation.threshold)
    said = f"{_number(one.support)}, {'above' if above else 'not above'} the bound of {bound}"
    if not one.answers:
        return f"{said}: it does not answer"
    if above:
        return f"{said}: it answers"
    if explanation.query.exact:
        return f"{said}; it answers, having the exact phrase"
    if not explanation.terms:
        return f"{said}; it answers what only filters ask"
    return f"{said}; it answers, having every word"


def _legend(explanation: Explanation) -> Iterator[str]:
    """Yield what the words mean that were used."""
    hits = explanation.hits
    unused = {name.replace("_", " ") for one in hits[:1] for name in one.parts} - {
        name.replace("_", " ") for one in hits for name, value in one.parts.items() if value
    }
    for word, meaning in (_LEGEND | _LEGEND_OF_HITS if hits else _LEGEND).items():
        if word not in unused:
            yield from beneath(word, meaning, _COLUMNS, _LABEL)
    if any(one.hit.citation.kind is Kind.BRIEF for one in hits):
        yield _BRIEFS


def _place(citation: Citation) -> str:
    return f"{citation.statement}#{citation.paragraph}  ref {citation.reference}"


def _days(dates: Dates) -> str:
    """Return a run of days in words."""
    strings, first, last = strings_of(), dates.first, dates.last
    if first is not None and last is not None:
        if first > last:
            return "no day at all"
        days = strings.period.format(first=strings.day(first), last=strings.day(last))
        return strings.day(first) if first == last else days
    return (
        f"{strings.day(first)} or later" if first is not None else f"{strings.day(last)} or earlier"
    )


def _number(value: float) -> str:
    return f"{value:.3f}"
