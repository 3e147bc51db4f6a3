"""Drafts as reporters write them: house style, labels, credits, brackets, denials near a quote."""

from __future__ import annotations

import pytest
from made_statements import statement

from index.checking.report import CheckedQuotation, Grade
from index.model.record import Record
from index.search import Index

HARBOUR = [
    "The port will cost £4.9 billion and 3,500 jobs will come, 1.8 per cent more than in 1920.",
    "He may be right that every day the crews work all together on the old quay.",
    "We will not resign, and we were not able to sign the papers with the crews of "
    "203 (Welsh) Company (Volunteers) in Cardiff.",
    "The crews are likely to agree with the plan. They can pay, and they do want the pier.",
    "We have never sold it, we will never take the land, and I think, well, I do not think that "
    "it's a question of money.",
    "I want, I mean, we do not want the old quay closed. It was – it was a mistake to sell it to "
    "the fishermen. (Applause.) We thank them all the same.",
    "In 2008-09 we paid $1.26 billion to the crews, half of it in cash, and 20 of the 24 crews "
    "accepted.",
    "The minister for trade cannot accept a ceasefire unless the hostages are freed.",
    "One in three crews comes from Karachi, and the second ship sails in September.",
]
QUOTED = "He may be right that every day the crews work all together"
SAME = {Grade.VERBATIM, Grade.PUNCTUATED}
#: What never is let through as the same words.
OTHER = {Grade.ALTERED, Grade.SPLICED, Grade.ABSENT}


@pytest.fixture(scope="module")
def index() -> Index:
    return Index(Record.of([statement("harbour", HARBOUR)]))


def first(index: Index, draft: str) -> CheckedQuotation:
    return index.check_story(draft).quotations[0]


@pytest.mark.parametrize(
    "quoted",
    [
        "The port will cost £4.9bn and 3500 jobs will come",
        "3,500 jobs will come, 1.8% more than in 1920",
        "3,500 jobs will come, 1.8 percent more than in 1920",
        "In 2008–09 we paid $1.26bn to the crews",
        "In 2008-09 we paid US$1.26bn to the crews",
        "half of it in cash, and twenty of the 24 crews accepted",
        "1 in 3 crews comes from Karachi",
        "It was a mistake to sell it to the fishermen. We thank them all the same.",
        "We do not want the old quay closed",
        "not able to sign the papers with the crews of 203 (Welsh) Company (Volunteers)",
        "The crews [were] likely to agree with the plan.",
        "we paid [the crews] $1.26 billion",
        "The minister for trade can't accept a cease-fire unless the hostages are freed",
        "20 of the 24 crews accept[ed][.]",
    ],
)
def test_house_style_alters_nothing(index: Index, quoted: str) -> None:
    assert first(index, f"It was noted: “{quoted}”").grade in SAME


@pytest.mark.parametrize(
    "quoted",
    [
        "The port will cost £4.9m and 3,500 jobs will come",
        "The port will cost £49bn and 3,500 jobs will come",
        "The port will cost £4.9bn and 350 jobs will come",
        "3,500 jobs will come, 18 per cent more than in 1920",
        "In 2008-09 we paid A$1.26bn to the crews",
        "half of it in cash, and 24 of the 20 crews accepted",
        "One in three thousand crews comes from Karachi",
        "The crews [are not] likely to agree with the plan.",
        "They [cannot] pay, and they do want the pier",
        "They [must] pay, and they do want the pier",
        "we paid $[2] billion to the crews",
        "We will … resign, and we were not able to sign the papers",
        "We will not resign … sign the papers with the crews",
        "I do … think that it's a question of money.",
        "we do want the old quay closed",
        "It was – it was no mistake to sell it to the fishermen.",
        "the crews of 203 (Scottish) Company (Volunteers) in Cardiff",
        "The minister for trade cannot accept a ceasefire if the hostages are freed.",
        "The minister for trade ... accept[s] a ceasefire unless the hostages are freed.",
    ],
)
def test_what_was_changed_never_passes(index: Index, quoted: str) -> None:
    assert first(index, f"It was noted: “{quoted}”").grade in OTHER


@pytest.mark.parametrize(
    "draft",
    [
        "ISLAMABAD: “{}”",
        "CAPTION: “{}”",
        "Quote of the day: “{}”",
        "Ports Ministry: “{}”",
        "Rahman on crews: “{}”",
        "Nadia Rahman: “{}”",
        "RAHMAN: “{}”",
        "“{}”\n— Nadia Rahman, minister of ports, 1 February 2025",
        "“{}” — file photo",
        "“{}” — Reuters",
        "“{}”\nBy John Smith in Karachi",
        "“{}”\n\nPakistan Navy, coast guards\n\nThe harbour",
        "Senator Nadia Rahman (PPP) said: “{}”",
        "Federal Minister for Ports and Shipping Nadia Rahman said: “{}”",
        "Begum Nadia Rahman said: “{}”",
        "John Smith quoted Nadia Rahman as saying “{}”.",
        "John Smith asked Rahman, who said “{}”.",
        "Smith said Rahman had told him “{}”.",
        "“{},” Rahman told John Smith.",
        "“{},” Rahman was quoted by John Smith as saying.",
        "In a letter seen by John Smith, Rahman wrote: “{}.”",
        "A spokesman for Rahman, John Smith, read out her words: “{}.”",
        "Rahman, John Smith said, had claimed “{}”.",
        "Tweet from @PortsMinistry: “{}”",
    ],
)
def test_who_only_stands_near_a_quotation_is_not_its_speaker(index: Index, draft: str) -> None:
    assert first(index, draft.format(QUOTED)).grade in SAME


@pytest.mark.parametrize(
    "draft",
    [
        "Minister John Smith said: “{}”",
        "“{}”\n— John Smith, harbour master",
        "“{},” said John Smith, who succeeded Nadia Rahman.",
        "“{},” opposition senator John Smith told Nadia Rahman.",
        "Replying to Rahman, John Smith said “{}”.",
        "John Smith has warned Rahman that “{}”.",
    ],
)
def test_another_speaker_is_found_in_each_way_of_naming_him(index: Index, draft: str) -> None:
    assert first(index, draft.format(QUOTED)).grade is Grade.MISATTRIBUTED


@pytest.mark.parametrize(
    ("draft", "grade"),
    [
        ("Rahman said they “want the old quay closed”.", Grade.CUT),
        ("Rahman said they did not “want the old quay closed”.", Grade.VERBATIM),
        ("Rahman denied that they “want the old quay closed”.", Grade.VERBATIM),
        ("Rahman vowed to “take the land”.", Grade.CUT),
        ("Rahman would never “take the land”.", Grade.VERBATIM),
        ("Rahman said they were “able to sign the papers”.", Grade.CUT),
        ("Rahman said they were “not able to sign the papers”.", Grade.VERBATIM),
    ],
)
def test_a_denial_may_stand_in_the_story_and_not_in_the_marks(
    index: Index, draft: str, grade: Grade
) -> None:
    assert first(index, draft).grade is grade
