"""Who speaks, by title, label or signature; nobody where there is a doubt."""

from __future__ import annotations

import pytest

from documents.drafting.kinds import kind_by_title
from documents.drafting.speakers import speakers_found
from documents.model import Block
from index import Kind


def found(title: str, *texts: str, language: str = "en", kind: Kind | None = None) -> list[str]:
    by_title = kind_by_title(title, language)
    known = kind or (by_title[0] if by_title else Kind.STATEMENT)
    blocks = [Block(text=text) for text in texts]
    return [one.value for one in speakers_found(title, blocks, known, language)]


@pytest.mark.parametrize(
    ("title", "language", "speaker"),
    [
        ("Press Briefing by Press Secretary Ann Bell-Moor", "en", "Ann Bell-Moor; Press Secretary"),
        ("Secretary Anton J. Weller at a Press Availability", "en", "Anton J. Weller; Secretary"),
        ("Statement by Foreign Minister Ilse Maratov", "en", "Ilse Maratov; Foreign Minister"),
        (
            "Remarks by Minister of Foreign Affairs Ilse Maratov",
            "en",
            "Ilse Maratov; Minister of Foreign Affairs",
        ),
        (
            "Palabras del Presidente de la Nación Julio Perez, en el debate",
            "es",
            "Julio Perez; Presidente de la Nación",
        ),
        ("2020年4月29日外交部发言人王小明主持例行记者会", "zh", "王小明; 外交部发言人"),
    ],
)
def test_a_title_names_the_office_and_its_holder(title: str, language: str, speaker: str) -> None:
    assert found(title, language=language) == [speaker]


def test_the_parties_of_a_joint_statement_stand_in_its_title() -> None:
    title = "Joint Statement between the Republic of Valdoria and the Kingdom of Karsia"
    assert found(title) == ["Republic of Valdoria", "Kingdom of Karsia"]
    assert found("Joint Statement on the Harbour") == []


@pytest.mark.parametrize(
    ("title", "speakers"),
    [
        ("Statement by the Harbour Board", ["Harbour Board"]),
        ("Statement by Nadia Rahman", ["Nadia Rahman"]),
        ("Statement by the Prime Minister", []),
        ("Statement of the Ministers", []),
        ("Statement on the Harbour Board", []),
        ("Joint Statement from the United States and India", ["United States", "India"]),
        ("Joint Statement of Leaders on Rivers and Ports", []),
    ],
)
def test_a_title_says_whose_statement_it_is(title: str, speakers: list[str]) -> None:
    assert found(title) == speakers


def test_a_surname_in_the_title_is_made_whole_by_the_first_paragraphs() -> None:
    text = "Foreign Minister Ilse Maratov made the following statement today:"
    assert found("Foreign Minister Maratov: “A door”", text) == ["Ilse Maratov; Foreign Minister"]
    assert found("Foreign Minister Quill: “A door”", text) == []


def test_a_letter_is_its_signers() -> None:
    texts = [
        "Madam Speaker,",
        "The cost is known.",
        "Yours faithfully,",
        "Renske Dal",
        "Prime Minister",
    ]
    assert found("Letter to the Speaker", *texts) == ["Renske Dal; Prime Minister"]


def test_a_report_is_of_the_body_that_made_it() -> None:
    assert found("Findings of the Commission of Inquiry") == ["Commission of Inquiry"]


def test_the_only_full_name_among_the_labels_is_the_speaker() -> None:
    texts = ["Spokesperson Amira Valko: Good afternoon.", "Question: When?", "Ms. Valko: Soon."]
    assert found("Transcript of the weekly press briefing", *texts) == ["Amira Valko; Spokesperson"]
    two = [*texts, "Minister Omar Siddiq: I add this."]
    assert found("Transcript of the weekly press briefing", *two) == []


@pytest.mark.parametrize(
    "title",
    [
        "Secretary Weller’s Call with Estonian Foreign Minister Reinsalu",
        "The Death of Aman al-Zahir",
        "Remarks by President Weller and Prime Minister Fumio Kisha of Japan",
        "Radio Interview with Sabra Lane",
        "Visit of Foreign Minister Ilse Maratov",
        "",
    ],
)
def test_a_title_about_somebody_names_no_speaker(title: str) -> None:
    assert found(title) == []


@pytest.mark.parametrize(
    "title",
    [
        "Remarks on the Passing of Prime Minister Alan Quill",
        "Letter to President Ruben Tarn",
        "Speech in honour of Ambassador Jo Marsh",
        "Remarks with Foreign Minister Ilse Maratov",
        "Statement by the Spokesperson for President Ruben Tarn",
    ],
)
def test_whom_a_title_is_about_or_for_does_not_speak(title: str) -> None:
    assert found(title) == []


def test_who_speaks_about_another_is_the_speaker() -> None:
    title = "Statement by President Ruben Tarn on the Passing of Prime Minister Alan Quill"
    assert found(title) == ["Ruben Tarn; President"]
    assert found("Interview with Foreign Minister Ilse Maratov") == [
        "Ilse Maratov; Foreign Minister"
    ]


def test_a_call_that_is_somebodys_is_told_by_others() -> None:
    text = "Foreign Minister Ilse Maratov spoke with Minister Edda Priel today."
    assert found("Foreign Minister Maratov’s Call with Valdoria", text) == []
    assert found("Foreign Minister Maratov Meets the Board", text) == []


def test_the_first_lines_tell_to_whom_a_text_is_attributable() -> None:
    line = "The below is attributable to Spokesperson Amira Valko:"
    text = "Secretary of State Edda Priel spoke today."
    assert found("Secretary Priel’s Call", line, text) == ["Amira Valko; Spokesperson"]


def test_several_speak_in_a_talk_if_labels_call_them() -> None:
    title = "Remarks by President Ruben Tarn and Chancellor Edda Priel in Joint Press Conference"
    texts = ["PRESIDENT TARN: Good day.", "CHANCELLOR PRIEL: Thank you."]
    assert found(title, *texts) == ["Ruben Tarn; President", "Edda Priel; Chancellor"]
    assert found(title, texts[0]) == []


def test_an_office_with_a_surname_in_capitals_is_no_name() -> None:
    texts = ["ADMIRAL KIRBY: Good day.", "Q    Why?"]
    assert found("Press Gaggle", *texts) == []
    official = ["SENIOR OFFICIAL ONE: Good day.", "MODERATOR: Next."]
    assert found("Press Briefing", *official) == ["SENIOR OFFICIAL ONE"]


def test_a_signature_may_have_its_office_in_the_next_line() -> None:
    texts = ["Dear President,", "The fee stays.",
             "Please accept, Excellency, the assurances of my highest consideration.",
             "Edda Priel", "Harbour Master", "cc: Ministry of Ports"]  # fmt: skip
    assert found("Fees", *texts, kind=Kind.LETTER) == ["Edda Priel; Harbour Master"]


def test_the_year_of_a_report_is_no_part_of_the_body() -> None:
    assert found("Annual Report of the Harbour Board 2024") == ["Harbour Board"]
    assert found("Report of the Harbour Board on Fees") == ["Harbour Board"]
