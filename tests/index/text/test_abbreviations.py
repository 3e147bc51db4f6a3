"""Abbreviations: what a text defines is found, what only looks like it is not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reached import reached, reaches

from index.model.record import Record
from index.text.abbreviations import Definition, definitions, recurring


def found(text: str) -> list[tuple[str, str]]:
    return [(one.short, one.long) for one in definitions(text)]


CPEC = "China-Pakistan Economic Corridor"


@pytest.mark.parametrize(
    ("text", "short", "long"),
    [
        (f"They spoke of the {CPEC} (CPEC) again.", "CPEC", CPEC),
        (f"They spoke of CPEC ({CPEC}) again.", "CPEC", CPEC),
        ("UN (the United Nations)", "UN", "United Nations"),
        ("the Main Line-1 (ML-1) railway", "ML-1", "Main Line-1"),
        ("the Department of Defense (DoD)", "DoD", "Department of Defense"),
        ("the Ministry of Foreign Affairs (“MFA”)", "MFA", "Ministry of Foreign Affairs"),
        ("the U.S. Trade Representative (USTR)", "USTR", "U.S. Trade Representative"),
        ("research and development (R&D)", "R&D", "research and development"),
        ("the Law of the Sea Convention (LOSC, 1982)", "LOSC", "Law of the Sea Convention"),
        ("Office of Port Audits (OPA)", "OPA", "Office of Port Audits"),
        ("the Addis Ababa Action Agenda (AAAA)", "AAAA", "Addis Ababa Action Agenda"),
        ("the harbour’s Chief Executive’s (CE’s) car", "CE", "Chief Executive"),
        ("antimicrobial resistance (AMR)", "AMR", "antimicrobial resistance"),
        ("Lac d’Émeraude Étranger (LÉÉ)", "LÉÉ", "Lac d’Émeraude Étranger"),
        ("Коммунистическая партия Китая (КПК)", "КПК", "Коммунистическая партия Китая"),
    ],
)
def test_a_definition_is_found_as_it_is_written(text: str, short: str, long: str) -> None:
    assert found(text) == [(short, long)]


def test_a_short_form_has_two_capitals_or_one_and_a_digit() -> None:
    """Else "Act" and "Min." in parentheses would be looked for as what stands before them."""
    assert found("the Great Road (Gr) and the Ministry (Min)") == []
    assert found("the Group of 7 (G7)") == [("G7", "Group of 7")]


def test_the_papers_own_way_by_hand() -> None:
    """Letters from within words, right to left, the first at the head of a word.

    HFR: the last r is that of "rate", the f before it that of "flow"; the h of "high" begins a
    word, that of "the" does not.
    """
    assert found("They measured the high inflow rate (HFR).") == [("HFR", "high inflow rate")]


def test_a_plural_is_given_in_the_singular_too() -> None:
    assert found("Special Economic Zones (SEZs)") == [
        ("SEZs", "Special Economic Zones"),
        ("SEZ", "Special Economic Zone"),
    ]
    assert found("Fire and Rescue Authorities (FRAs)")[1] == ("FRA", "Fire and Rescue Authority")
    assert found("the General Postal Service (GPS)") == [("GPS", "General Postal Service")]


@pytest.mark.parametrize(
    "text",
    [
        "He agreed (inaudible) at once.",
        "It costs (a) more and (b) less.",
        "In March (2025) and the Thing (T).",
        "The talks went well (Applause.)",
        "The members of parliament (Phil Hope) met.",
        "England and Wales (England)",
        "The Harbour Agreement (Agreement)",
        "the World Trade Organization (IMF)",
        "Nothing before: (WTO)",
        "It was the World Trade. Organization (WTO)",
        "of the foreign assets (OFA)",
        "a vessel by Panama's National Aeronaval Service (VENAN)",
        "(WTO) World Trade Organization",
        "世界贸易组织 (WTO)",
        "UN (which never met United Nations)",
        "the Group of Seven (G7)",
        "no parentheses at all: CPEC",
    ],
)
def test_what_only_looks_like_a_definition_is_none(text: str) -> None:
    assert found(text) == []


def test_the_long_form_is_looked_for_within_the_papers_window() -> None:
    """At most min(n + 5, 2 n) words: four for two characters."""
    assert found("World of small ports and Trade (WT)") == []
    assert found("World of the Trade (WT)") == [("WT", "World of the Trade")]


def test_what_most_define_settles_a_conflict() -> None:
    bank, bureau = Definition("EB", "Export Bank"), Definition("EB", "Energy Bureau")
    assert recurring([bank, bank, bureau]) == [bank]
    assert recurring([bank, bureau]) == []
    assert recurring([]) == []


def test_ways_of_writing_one_meaning_are_all_kept() -> None:
    written = [
        "Asia-Pacific Labour Organization",
        "Asia Pacific Labour Organization",
        "asia-pacific labour organizations",
        "Asia-Pacific Labour Organisation",
    ]
    ways = [Definition("APLO", long) for long in written]
    other = Definition("APLO", "Annual Plan of the Legal Office")
    assert recurring([*ways, other]) == ways


def test_long_forms_that_only_end_alike_are_different_meanings() -> None:
    ways = [Definition("APLO", "Annual Plan of the Legal Office")]
    ways += [Definition("APLO", "Asian Ports and Lighthouses Office")]
    assert recurring(ways) == []


def test_an_abbreviation_within_a_long_form_is_no_other_meaning() -> None:
    ways = [
        Definition("UN", "United Nations"),
        Definition("UNPC", "UN Ports Council"),
        Definition("UNPC", "United Nations Ports Council"),
    ]
    assert recurring(ways) == ways


def test_the_commonest_definition_comes_first() -> None:
    port, rail = Definition("PA", "Port Authority"), Definition("RA", "Rail Authority")
    assert recurring([port, rail, rail]) == [rail, port]


ANYTHING = st.text(alphabet="ABab (s).’'-²ſİß&\u0301é1С中\n", max_size=12)
WORDS = ("Harbour", "Board", "of", "the", "Élan", "ports", "İz", "ßt", "Main-Line", "1", "Морской")
NAMES = st.lists(st.sampled_from(WORDS), min_size=2, max_size=5)


def initials(words: list[str]) -> str:
    return "".join(word[0].upper() for word in words if word not in ("of", "the"))


DEFINED = st.one_of(
    NAMES.map(lambda words: f"{' '.join(words)} ({initials(words)})"),
    NAMES.map(lambda words: f"{'  '.join(words)}s (“{initials(words)}s”, 1982)"),
    NAMES.map(lambda words: f"{initials(words)} (the\u00a0{' '.join(words)})"),
    NAMES.map(lambda words: f"{' '.join(words)}’s ({initials(words)}’s)"),
)


@reaches(10)
@given(st.lists(DEFINED | ANYTHING, max_size=6).map(" ".join))
def test_any_text_gives_slices_of_itself(text: str) -> None:
    """But for white space, and for a singular made of a plural."""
    plain = " ".join(text.split())
    for short, long in found(text):
        reached()
        assert short in text
        assert long in plain or f"{long}s" in plain or long.endswith("y")
        assert len(short) <= len(long)


@pytest.mark.parametrize(
    "text",
    [
        "(" * 500_000,
        "(A" * 200_000,
        "(AB)" * 20_000,
        "AB (AB CD EF) " * 10_000,
        "a" * 500_000 + "(AB)",
        ("A " * 120 + "(AAAAAAAAAB) ") * 2_000,
        "(" + "A " * 400_000 + ")",
    ],
    ids=lambda text: text[:12],
)
def test_hostile_texts_take_a_time_in_proportion_to_their_length(text: str) -> None:
    """Nothing to assert: a search that grew with the square would never end here."""
    definitions(text)


def test_real_statements_define_what_they_should(state_department: Record) -> None:
    texts = [paragraph.text for _, paragraph in state_department.paragraphs()]
    agreed = {(d.short, d.long) for d in recurring(d for t in texts for d in definitions(t))}
    assert len(agreed) > 150
    assert {
        ("ADA", "Americans with Disabilities Act"),
        ("USAID", "U.S. Agency for International Development"),
        ("DPRK", "Democratic People’s Republic of Korea"),
    } <= agreed
