"""Names and offices in a sentence of a story: where each ends, what it names, who is mentioned."""

from __future__ import annotations

import pytest

from index.drafts.attributing_words import AttributingWords, attributing_words
from index.drafts.mentions import mentions_in
from index.drafts.nouns import Nouns
from index.drafts.subject import Sort, Subject
from index.drafts.subjects import Subjects
from index.drafts.tokens import sentences_of


def english() -> AttributingWords:
    words = attributing_words("en")
    assert words
    return words


def nouns_of(sentence: str) -> Nouns:
    (one,) = sentences_of(sentence, (), english())
    return Nouns(one.tokens, english())


def before_said(sentence: str) -> Subject | None:
    """Return the subject of the verb "said" in *sentence*."""
    nouns = nouns_of(sentence)
    verb = next(at for at, one in enumerate(nouns.tokens) if one.form == "said")
    return Subjects(nouns).before(verb)


@pytest.mark.parametrize(
    ("sentence", "subject", "sort"),
    [
        ("Nadia Rahman said no.", "Nadia Rahman", Sort.NAME),
        ("The shadow rail minister said no.", "The shadow rail minister", Sort.ROLE),
        ("Rahman, the foreign minister, said no.", "Rahman", Sort.NAME),
        (
            "In March, the ambassador to Norway later said no.",
            "the ambassador to Norway",
            Sort.ROLE,
        ),
        ("The joint statement said no.", "The joint statement", Sort.TEXT),
        ("She said no.", "She", Sort.PRONOUN),
        ("Lin and Rahman said no.", "Rahman", Sort.UNCLEAR),
    ],
)
def test_the_subject_of_a_verb_is_whole(sentence: str, subject: str, sort: Sort) -> None:
    found = before_said(sentence)
    assert found
    assert (sentence[slice(*found.span)], found.sort) == (subject, sort)


def test_what_a_preposition_governs_is_no_subject() -> None:
    assert before_said("The talks with Rahman said no.") is None


def test_a_name_in_apposition_has_the_office_beside_it() -> None:
    found = before_said("The foreign minister, Nadia Rahman, said no.")
    assert found
    assert (found.names, "minister" in found.roles) == (("nadia", "rahman"), True)


def test_who_may_be_mentioned_is_no_place_no_institution_and_no_plural() -> None:
    sentence = "Reacting to ministers in Gwadar, Nadia Rahman praised the Senate and Lin."
    mentioned = [sentence[one.start : one.stop] for one in mentions_in(nouns_of(sentence))]
    assert mentioned == ["Nadia Rahman", "Lin"]
