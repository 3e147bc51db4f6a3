"""The citation of a part of a paragraph: of its key sentence, unless told otherwise."""

from __future__ import annotations

from index.model.answer import Citation, Hit, Span
from index.model.attribution import Attribution
from index.model.statement import Kind, Paragraph, Speaker, Statement
from index.voices.citing import cited

AMINA = Speaker("Amina Karim", "Minister of Ports")


def hit_of(
    text: str, key: str, *, kind: Kind = Kind.REPORT, speakers: tuple[Speaker, ...] = (AMINA,)
) -> Hit:
    """Return a hit on *text* whose key sentence is *key*."""
    paragraph = Paragraph(1, text, speakers[0])
    one = Statement(
        id="one",
        title="On ports",
        speakers=speakers,
        paragraphs=(paragraph,),
        kind=kind,
        publisher="Harbour Gazette",
    )
    start = text.index(key)
    return Hit(
        paragraph=paragraph,
        citation=Citation.of(one, paragraph, "K7Q2-M9XA"),
        score=1.0,
        sentence=(start, start + len(key)),
        statement=one,
    )


def told(hit: Hit, span: Span | None = None) -> tuple[Attribution, str, str]:
    citation = cited(hit, span)
    return citation.attribution, citation.speaker, citation.role


MIXED = (
    "The minister said that ships wait. “We shall dredge the harbour by May.” "
    "Governor Ann Lee welcomed that. The minister added, “It will be deep.”"
)


def test_a_quoted_sentence_of_a_mixed_paragraph_is_a_direct_quote() -> None:
    hit = hit_of(MIXED, "“We shall dredge the harbour by May.”")
    assert hit.citation.attribution is Attribution.MIXED
    assert told(hit) == (Attribution.DIRECT, "Amina Karim", "Minister of Ports")


def test_a_reported_sentence_names_who_is_reported() -> None:
    reported = told(hit_of(MIXED, "The minister said that ships wait."))
    assert reported == (Attribution.REPORTED, "Amina Karim", "Minister of Ports")
    other = told(hit_of(MIXED, "Governor Ann Lee welcomed that."))
    assert other == (Attribution.REPORTED, "Governor Ann Lee", "")


def test_a_sentence_that_reports_and_quotes_is_mixed() -> None:
    hit = hit_of(MIXED, "The minister added, “It will be deep.”")
    assert told(hit) == (Attribution.MIXED, "Amina Karim", "Minister of Ports")


def test_the_whole_paragraph_is_cited_as_before() -> None:
    hit = hit_of(MIXED, "Governor Ann Lee welcomed that.")
    assert cited(hit, (0, len(MIXED))) == hit.citation


def test_a_side_is_named_in_a_joint_text() -> None:
    sides = (Speaker("Pakistan"), Speaker("China"))
    text = "The two sides agreed to meet. The Chinese side reiterated its thanks."
    for key, speaker in (("The two", "Pakistan, China"), ("The Chinese", "China")):
        hit = hit_of(text, key, kind=Kind.JOINT_STATEMENT, speakers=sides)
        assert told(hit) == (Attribution.JOINT, speaker, "")


def test_a_quotation_beside_anothers_is_not_given_to_the_listed_speaker() -> None:
    text = "Governor Ann Lee spoke. Captain Omar Vale said so. Ships wait. “We all wait for May.”"
    assert told(hit_of(text, "“We all wait for May.”"))[0] is Attribution.UNCERTAIN


def test_whom_a_speaker_quotes_is_told_and_not_made_the_speaker() -> None:
    text = "As Governor Ann Lee said: “The sea gives. It takes.” We agree."
    citation = cited(hit_of(text, "It takes.”", kind=Kind.REMARKS))
    assert citation.attribution is Attribution.QUOTED
    assert (citation.speaker, citation.quoted_from) == ("Amina Karim", "Governor Ann Lee")


def test_a_hit_without_its_statement_is_cited_as_its_paragraph() -> None:
    paragraph = Paragraph(1, "He said no.", AMINA)
    citation = hit_of("He said no.", "He said no.").citation
    hit = Hit(paragraph=paragraph, citation=citation, score=0.0, sentence=(0, 11))
    assert cited(hit) is citation
