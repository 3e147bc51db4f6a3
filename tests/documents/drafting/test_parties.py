"""The parties of a joint statement, and the body whose statement a title names."""

from __future__ import annotations

import pytest

from documents.drafting.parties import body_in, parties_in


@pytest.mark.parametrize(
    ("title", "parties"),
    [
        ("Joint Statement by Valdoria, Karsia and Ostland on the Selm Valley",
         ["Valdoria", "Karsia", "Ostland"]),
        ("Joint Statement of the United Isles, Valdoria, and the Republic of Karsia",
         ["United Isles", "Valdoria", "Republic of Karsia"]),
        ("Joint statement by the UK and Valdoria on ports", ["UK", "Valdoria"]),
        ("Déclaration conjointe de la Valdorie et de la Karsie (12 mars 2025)",
         ["Valdorie", "Karsie"]),
        ("Declaración conjunta entre la República de Valdoria y la República de Karsia",
         ["República de Valdoria", "República de Karsia"]),
    ],
)  # fmt: skip
def test_parties_stand_behind_the_word_for_the_statement(title: str, parties: list[str]) -> None:
    assert parties_in(title) == parties


@pytest.mark.parametrize(
    "title",
    [
        "Joint Statement by Valdoria on the ceasefire between Ostland and Karsia",
        "Joint Statement on the Future of Ports and Rivers",
        "Joint Statement of Ministers Tarn and Priel",
        "Joint Statement from the Leaders of Valdoria and Karsia",
        "COMUNICADO CONJUNTO DE LA REPÚBLICA DE VALDORIA Y LA REPÚBLICA DE KARSIA",
    ],
)
def test_others_in_a_title_are_no_parties(title: str) -> None:
    assert parties_in(title) == []


@pytest.mark.parametrize(
    ("title", "body"),
    [
        ("Statement by the Harbour Board on Fees", "Harbour Board"),
        ("Statement by Nadia Rahman on Climate Change", "Nadia Rahman"),
        ("Statement of the Harbour Board", "Harbour Board"),
        ("Statement of Solidarity With Valdoria", ""),
        ("Declaration of Human Rights", ""),
        ("Letter from Port Ellin", ""),
    ],
)
def test_a_body_ends_where_its_subject_begins(title: str, body: str) -> None:
    assert body_in(title) == body
