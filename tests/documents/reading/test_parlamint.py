"""ParlaMint: the parts of a sitting, their speakers, and what is no word of anybody."""

from __future__ import annotations

import pytest

from documents.model import Doubt, Extract, Field, Source, Unreadable
from documents.reading.parlamint import read_parlamint

HEADER = """
<teiHeader><fileDesc><titleStmt>
  <title type="main" xml:lang="en">Vald corpus [ParlaMint]</title>
  <title type="sub" xml:lang="en">Sitting 12</title>
  <title type="sub" xml:lang="de">12. Sitzung [ParlaMint SAMPLE]</title>
</titleStmt>
<publicationStmt><publisher>A corpus</publisher><date when="2026-01-01"/></publicationStmt>
<sourceDesc><bibl><publisher>Parliament of Vald</publisher>
  <idno type="URI">https://parliament.vald.example/12</idno><date when="2025-11-04"/></bibl>
</sourceDesc></fileDesc>
<profileDesc><settingDesc><setting><date when="2025-11-04"/></setting></settingDesc>
<particDesc><listPerson>
  <person xml:id="Priel"><persName><surname>Priel</surname><forename>Edda</forename></persName>
    <affiliation role="member"/>
    <affiliation role="minister" from="2020-01-01" to="2024-01-01">
      <roleName>Minister of Ice</roleName></affiliation>
    <affiliation role="minister" from="2024-01-02"><roleName>Minister of Ports</roleName>
    </affiliation></person>
</listPerson></particDesc></profileDesc></teiHeader>
"""


def read(body: str, *, header: str = HEADER) -> list[Extract]:
    """Return what is read from the *body* of a sitting in German."""
    text = (
        '<TEI xmlns="http://www.tei-c.org/ns/1.0" xml:lang="de">'
        f"{header}<text><body>{body}</body></text></TEI>"
    )
    return read_parlamint(Source(name="a.xml", content=text.encode()))


def said(who: str, *segments: str, ana: str = "#regular") -> str:
    """Return an utterance."""
    inside = "".join(f"<seg>{segment}</seg>" for segment in segments)
    return f'<u who="#{who}" ana="{ana}">{inside}</u>'


def test_a_sitting_is_one_extract_with_its_source():
    note = '<note type="speaker">Präsident Alan Quill:</note>'
    body = (
        f"<div>{note}{said('Q1', 'Eröffnet.', ana='#chair')}{said('Priel', 'Ja.', 'Nein.')}</div>"
    )
    (extract,) = read(body)
    assert [(block.text, block.turn and block.turn.name) for block in extract.blocks] == [
        ("Eröffnet.", "Präsident Alan Quill"),
        ("Ja.", "Edda Priel"),
        ("Nein.", "Edda Priel"),
    ]
    assert [(claim.field, claim.value) for claim in extract.claims] == [
        (Field.TITLE, "12. Sitzung"),
        (Field.KIND, "remarks"),
        (Field.DATE, "2025-11-04"),
        (Field.PUBLISHER, "Parliament of Vald"),
        (Field.URL, "https://parliament.vald.example/12"),
        (Field.LANGUAGE, "de"),
        (Field.SPEAKER, "Edda Priel; Minister of Ports"),
        (Field.SPEAKER, "Präsident Alan Quill"),
    ]
    assert extract.warnings == ()


def test_a_label_before_one_speech_does_not_name_the_next():
    """Trap: the second speaker must not be given the first one's name."""
    note = '<note type="speaker">Quill</note>'
    (extract,) = read(f"<div>{note}{said('Q1', 'Ja.')}{said('M1', 'Nein.')}</div>")
    assert [block.turn and block.turn.name for block in extract.blocks] == ["Quill", "M1"]


def test_who_is_named_by_an_id_only_is_doubtful():
    (extract,) = read(f"<div>{said('AlanQuill', 'Ja.')}</div>")
    (warned,) = extract.warnings
    assert warned.doubt is Doubt.TURN
    assert "AlanQuill" in warned.text
    assert not any(claim.field is Field.SPEAKER for claim in extract.claims)


def test_notes_noises_and_gestures_are_no_words():
    body = said(
        "Priel",
        "Ja <kinesic><desc>(Applaus)</desc></kinesic>und<note>Heiterkeit</note> nein.",
    ).replace("</seg>", "</seg><incident><desc>Es klingelt</desc></incident>")
    (extract,) = read(f"<div><note>Beginn 9 Uhr</note>{body}</div>")
    assert [block.text for block in extract.blocks] == ["Ja und nein."]
    assert [left.text for left in extract.left_out] == [
        "Beginn 9 Uhr",
        "(Applaus)",
        "Heiterkeit",
        "Es klingelt",
    ]


def test_a_gap_of_the_corpus_is_told():
    body = said("Priel", "Ja.").replace("</u>", "<gap><desc>SAMPLING</desc></gap></u>")
    (extract,) = read(f"<div>{body}</div>")
    assert [warned.text for warned in extract.warnings] == [
        "the corpus leaves out a passage of what was said"
    ]


def test_parts_are_extracts_and_none_has_the_sittings_address():
    parts = f"<div><head>Eis</head>{said('Priel', 'Ja.')}</div><div>{said('Priel', 'Nein.')}</div>"
    extracts = read(parts + "<div><head>Leer</head><note>x</note></div>")
    assert [extract.part for extract in extracts] == ["Eis", "12. Sitzung, part 2"]
    assert not any(claim.field is Field.URL for one in extracts for claim in one.claims)


def test_an_annotated_corpus_is_joined_as_it_was_printed():
    tokens = (
        '<s><w>Das</w><w join="right">Eis</w><pc>,</pc><name><w join="right">Vald</w></name></s>'
    )
    (extract,) = read(f"<div>{said('Priel', tokens + '<s><pc>!</pc></s>')}</div>")
    assert extract.blocks[0].text == "Das Eis, Vald!"


@pytest.mark.parametrize("body", ["", "<div><note>Nobody speaks</note></div>"])
def test_a_sitting_without_words_is_refused(body: str):
    with pytest.raises(Unreadable, match="no text"):
        read(body)


def test_a_corpus_is_not_its_sittings():
    text = '<teiCorpus xmlns="http://www.tei-c.org/ns/1.0"><teiHeader/></teiCorpus>'
    with pytest.raises(Unreadable, match="no text"):
        read_parlamint(Source(name="a.xml", content=text.encode()))
