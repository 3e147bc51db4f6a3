from __future__ import annotations

from pathlib import Path

import pytest
from made_packages import packed

from documents.model import BlockKind, Extract, Field, Source, Unreadable, Why
from documents.reading.word import read_docx

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_NAMES = (
    f'xmlns:w="{_W}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    ' xmlns:v="urn:schemas-microsoft-com:vml"'
    ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
)
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_STYLES = """
<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>
<w:style w:type="paragraph" w:styleId="Titel"><w:name w:val="Title"/></w:style>
<w:style w:type="paragraph" w:styleId="berschrift1"><w:name w:val="heading 1"/>
  <w:pPr><w:outlineLvl w:val="0"/></w:pPr><w:rPr><w:b/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="Own"><w:name w:val="Own heading"/>
  <w:basedOn w:val="berschrift1"/></w:style>
<w:style w:type="paragraph" w:styleId="Sub"><w:name w:val="Sub"/><w:basedOn w:val="Own"/>
  <w:pPr><w:outlineLvl w:val="1"/></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="TOC1"><w:name w:val="toc 1"/></w:style>
<w:style w:type="paragraph" w:styleId="Note"><w:name w:val="Inner note"/>
  <w:rPr><w:vanish/></w:rPr></w:style>
<w:style w:type="character" w:styleId="Secret"><w:name w:val="Secret"/>
  <w:rPr><w:vanish/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="Ring"><w:basedOn w:val="Ring2"/></w:style>
<w:style w:type="paragraph" w:styleId="Ring2"><w:basedOn w:val="Ring"/></w:style>
"""


def docx(body: str, **parts: str) -> Source:
    """Return a Word document with this *body*, and other parts by name: ``styles``, ``header``."""
    parts = {"styles": _STYLES, **parts}
    roots = {"header": "hdr", "footer": "ftr"}
    kinds = {name: name for name in parts if name != "core"}
    members = {
        "[Content_Types].xml": "<Types/>",
        "_rels/.rels": _relations({"officeDocument": "word/document.xml"}),
        "word/_rels/document.xml.rels": _relations({one: f"{one}.xml" for one in kinds}),
        "word/document.xml": f"<w:document {_NAMES}><w:body>{body}</w:body></w:document>",
    }
    for name in kinds:
        root = roots.get(name, name)
        members[f"word/{name}.xml"] = f"<w:{root} {_NAMES}>{parts[name]}</w:{root}>"
    if "core" in parts:
        members["docProps/core.xml"] = (
            '<cp:coreProperties xmlns:dc="http://purl.org/dc/elements/1.1/"'
            ' xmlns:dcterms="http://purl.org/dc/terms/" xmlns:cp="http://schemas.openxmlformats.org'
            f'/package/2006/metadata/core-properties">{parts["core"]}</cp:coreProperties>'
        )
    return packed(members)


def _relations(targets: dict[str, str]) -> str:
    inside = "".join(
        f'<Relationship Id="r{n}" Type="{_RELATIONS}/{kind}" Target="{target}"/>'
        for n, (kind, target) in enumerate(targets.items())
    )
    namespace = "http://schemas.openxmlformats.org/package/2006/relationships"
    return f'<Relationships xmlns="{namespace}">{inside}</Relationships>'


def p(text: str, *, style: str = "", number: str = "", level: int = 0, props: str = "") -> str:
    """Return a paragraph of *text*, which may be runs."""
    runs = text if text.startswith("<") else r(text)
    styled = f'<w:pStyle w:val="{style}"/>' if style else ""
    if number:
        props = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>{props}'
    return f"<w:p><w:pPr>{styled}{props}</w:pPr>{runs}</w:p>"


def r(text: str, look: str = "") -> str:
    """Return a run of *text*, set in a *look*."""
    return f'<w:r><w:rPr>{look}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def level(place: int, text: str, form: str = "decimal", more: str = "") -> str:
    """Return a level of a list."""
    return (
        f'<w:lvl w:ilvl="{place}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>{more}'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
    )


def numbering(*levels: str, nums: str = "") -> str:
    """Return a definition of these *levels*, and a list that uses it as "1"."""
    return (
        f'<w:abstractNum w:abstractNumId="0">{"".join(levels)}</w:abstractNum>'
        f'<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>{nums}'
    )


def extract(source: Source) -> Extract:
    """Return the one extract of *source*."""
    (only,) = read_docx(source)
    return only


def texts(source: Source) -> list[str]:
    """Return the texts of the blocks of *source*."""
    return [block.text for block in extract(source).blocks]


def left_out(found: Extract) -> list[tuple[str, Why]]:
    """Return what was left out, and why."""
    return [(one.text, one.why) for one in found.left_out]


def warned(found: Extract) -> list[str]:
    """Return the warnings."""
    return [one.text for one in found.warnings]


# Numbers.


def test_numbers_go_on_through_a_heading() -> None:
    body = (
        p("One.", number="1")
        + p("Two.", number="1")
        + p("Water", style="berschrift1")
        + p("Three.", number="1")
    )
    found = extract(docx(body, numbering=numbering(level(0, "%1."))))
    assert [(b.kind, b.text) for b in found.blocks] == [
        (BlockKind.ITEM, "1. One."),
        (BlockKind.ITEM, "2. Two."),
        (BlockKind.HEADING, "Water"),
        (BlockKind.ITEM, "3. Three."),
    ]


def test_levels_show_those_above_them_and_start_again_below_them() -> None:
    body = "".join(
        p(text, number="1", level=place)
        for text, place in [("a", 0), ("b", 1), ("c", 1), ("d", 2), ("e", 0), ("f", 1)]
    )
    levels = level(0, "%1."), level(1, "%1.%2."), level(2, "(%3)", "lowerLetter")
    assert texts(docx(body, numbering=numbering(*levels))) == [
        "1. a",
        "1.1. b",
        "1.2. c",
        "(a) d",
        "2. e",
        "2.1. f",
    ]


@pytest.mark.parametrize(
    ("form", "fourth"),
    [
        ("decimal", "4"),
        ("decimalZero", "04"),
        ("lowerLetter", "d"),
        ("upperLetter", "D"),
        ("lowerRoman", "iv"),
        ("upperRoman", "IV"),
        ("ordinal", "4th"),
        ("chineseCounting", "四"),
        ("russianLower", "г"),
        ("hebrew1", "ד"),
        ("arabicAbjad", "د"),
    ],
)
def test_a_number_is_printed_in_its_form(form: str, fourth: str) -> None:
    body = "".join(p("x", number="1") for _ in range(4))
    found = extract(docx(body, numbering=numbering(level(0, "%1)", form))))
    assert found.blocks[3].text == f"{fourth}) x"
    assert warned(found) == []


def test_a_form_that_is_not_known_is_told() -> None:
    found = extract(docx(p("x", number="1"), numbering=numbering(level(0, "%1", "thaiLetters"))))
    assert found.blocks[0].text == "1 x"
    assert "thaiLetters" in warned(found)[0]


def test_a_bullet_is_a_bullet_in_any_font() -> None:
    assert texts(docx(p("x", number="1"), numbering=numbering(level(0, "\uf0b7", "bullet")))) == [
        "• x"
    ]


def test_a_list_that_starts_again_does_so_once() -> None:
    nums = (
        '<w:num w:numId="2"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0">'
        '<w:startOverride w:val="7"/></w:lvlOverride></w:num>'
        '<w:num w:numId="3"><w:abstractNumId w:val="0"/></w:num>'
    )
    body = "".join(p("x", number=one) for one in "11223")
    assert texts(docx(body, numbering=numbering(level(0, "%1."), nums=nums))) == [
        f"{n}. x" for n in (1, 2, 7, 8, 9)
    ]


def test_a_level_that_never_restarts_counts_on() -> None:
    levels = level(0, "%1."), level(1, "%2)", more='<w:lvlRestart w:val="0"/>')
    body = "".join(p("x", number="1", level=place) for place in (0, 1, 0, 1))
    assert texts(docx(body, numbering=numbering(*levels))) == ["1. x", "1) x", "2. x", "2) x"]


def test_legal_numbers_are_digits() -> None:
    levels = level(0, "%1.", "upperRoman"), level(1, "%1.%2", more="<w:isLgl/>")
    body = p("x", number="1") + p("y", number="1", level=1)
    assert texts(docx(body, numbering=numbering(*levels))) == ["I. x", "1.1 y"]


def test_a_style_gives_its_paragraphs_their_number_and_level() -> None:
    styles = _STYLES + (
        '<w:style w:type="paragraph" w:styleId="Para"><w:name w:val="Para"/><w:pPr><w:numPr>'
        '<w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="Child"><w:name w:val="Child"/>'
        '<w:basedOn w:val="Para"/></w:style>'
    )
    levels = level(0, "%1."), level(1, "%1.%2", more='<w:pStyle w:val="Child"/>')
    body = (
        p("x", style="Para")
        + p("y", style="Child")
        + p("z", style="Para", props='<w:numPr><w:numId w:val="0"/></w:numPr>')
    )
    assert texts(docx(body, styles=styles, numbering=numbering(*levels))) == ["1. x", "1.1 y", "z"]


def test_a_list_style_lends_its_levels() -> None:
    lists = (
        f'<w:abstractNum w:abstractNumId="5"><w:styleLink w:val="L"/>{level(0, "§ %1")}'
        '</w:abstractNum><w:abstractNum w:abstractNumId="6"><w:numStyleLink w:val="L"/>'
        '</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="6"/></w:num>'
    )
    assert texts(docx(p("x", number="1"), numbering=lists)) == ["§ 1 x"]


def test_an_empty_item_counts_and_a_hidden_one_does_not() -> None:
    hidden = p(r("gone", "<w:vanish/>"), number="1", props="<w:rPr><w:vanish/></w:rPr>")
    body = p("x", number="1") + p(r(""), number="1") + hidden + p("y", number="1")
    assert texts(docx(body, numbering=numbering(level(0, "%1.")))) == ["1. x", "3. y"]


def test_a_heading_keeps_its_number() -> None:
    body = p("Scope", style="berschrift1", number="1")
    (block,) = extract(docx(body, numbering=numbering(level(0, "%1.", "upperRoman")))).blocks
    assert (block.kind, block.text) == (BlockKind.HEADING, "I. Scope")


# Styles.


def test_headings_are_told_by_what_their_styles_inherit() -> None:
    body = p("A", style="berschrift1") + p("B", style="Own") + p("C", style="Sub") + p("D")
    found = extract(docx(body))
    assert [(b.kind, b.level) for b in found.blocks] == [
        (BlockKind.HEADING, 1),
        (BlockKind.HEADING, 1),
        (BlockKind.HEADING, 2),
        (BlockKind.PARAGRAPH, 0),
    ]


def test_a_sentence_in_a_headings_style_is_text() -> None:
    long = (
        "The two sides agreed that the crossing will be open to freight by June, " * 2 + "at last."
    )
    body = p("Freight", style="berschrift1") + p(long, style="Sub")
    assert [b.kind for b in extract(docx(body)).blocks] == [BlockKind.HEADING, BlockKind.PARAGRAPH]


def test_styles_that_are_based_on_one_another_end() -> None:
    assert texts(docx(p("x", style="Ring"))) == ["x"]


def test_bold_words_at_the_beginning_are_told() -> None:
    body = p(r("Minister Valko:", "<w:b/>") + r(" Thank you."))
    (block,) = extract(docx(body)).blocks
    assert (block.bold, block.text) == ("Minister Valko:", "Minister Valko: Thank you.")


def test_bold_is_none_where_it_is_turned_off_or_all_is_bold() -> None:
    body = p(r("No:", '<w:b w:val="0"/>') + r(" x")) + p(r("All of it", "<w:b/>"))
    assert [block.bold for block in extract(docx(body)).blocks] == ["", ""]


def test_a_paragraph_that_is_all_in_bold_says_so() -> None:
    body = p(r("Is it open?", "<w:b/>")) + p(r("Yes: ", "<w:b/>") + r("since May."))
    assert [block.all_bold for block in extract(docx(body)).blocks] == [True, False]


def test_a_line_with_a_day_in_it_may_be_the_title_and_a_dateline_is_none() -> None:
    title = "Interview with the Foreign Minister of Valdoria on the quay, 4 May 2025"
    body = p("Port Ellin, 4 May 2025") + p(title) + p("The quay is open.")
    claims = [c.value for c in extract(docx(body)).claims if c.field is Field.TITLE]
    assert claims == [title]


def test_a_table_of_contents_is_left_out() -> None:
    body = p("Water\t3", style="TOC1") + p("Text.")
    found = extract(docx(body))
    assert [b.text for b in found.blocks] == ["Text."]
    assert left_out(found) == [("Water 3", Why.NAVIGATION)]


# What is not printed.


def test_insertions_are_kept_and_deletions_left_out() -> None:
    body = p(
        r("The treaty ")
        + '<w:del w:id="1" w:author="A"><w:r><w:delText>may be revised</w:delText></w:r></w:del>'
        + f'<w:ins w:id="2" w:author="A">{r("remains in force")}</w:ins>'
        + r(".")
    )
    found = extract(docx(body))
    assert [b.text for b in found.blocks] == ["The treaty remains in force."]
    assert left_out(found) == [("may be revised", Why.DELETED)]
    assert warned(found) == ["1 insertion and 1 deletion tracked"]


def test_an_insertion_that_was_deleted_again_is_left_out() -> None:
    inner = '<w:del w:id="2"><w:r><w:delText>never</w:delText></w:r></w:del>'
    found = extract(docx(p(r("Now.") + f'<w:ins w:id="1">{inner}</w:ins>')))
    assert [b.text for b in found.blocks] == ["Now."]
    assert warned(found) == ["1 deletion tracked"]


def test_moved_words_stand_where_they_went() -> None:
    body = p(r("A") + f'<w:moveFrom w:id="1">{r(" moved")}</w:moveFrom>') + p(
        r("B") + f'<w:moveTo w:id="2">{r(" moved")}</w:moveTo>'
    )
    found = extract(docx(body))
    assert [b.text for b in found.blocks] == ["A", "B moved"]
    assert left_out(found) == [("moved", Why.DELETED)]
    assert warned(found) == ["1 move tracked"]


def test_a_paragraph_whose_end_was_deleted_goes_on_in_the_next() -> None:
    ended = p("First half", props='<w:rPr><w:del w:id="1"/></w:rPr>')
    body = ended + p(" and second half.") + p("Next.")
    assert texts(docx(body)) == ["First half and second half.", "Next."]


def test_a_deleted_row_is_left_out() -> None:
    gone = (
        '<w:tr><w:trPr><w:del w:id="1"/></w:trPr><w:tc><w:p><w:r><w:delText>Old</w:delText></w:r>'
        "</w:p></w:tc><w:tc><w:p/></w:tc></w:tr>"
    )
    found = extract(docx(table([["A", "B"]], more=gone)))
    assert [b.text for b in found.blocks] == ["A | B"]
    assert ("Old", Why.DELETED) in left_out(found)


@pytest.mark.parametrize(
    "paragraph",
    [
        p(r("INTERNAL", "<w:vanish/>")),
        p(r("INTERNAL", '<w:rStyle w:val="Secret"/>')),
        p("INTERNAL", style="Note"),
    ],
)
def test_hidden_words_are_left_out_and_told(paragraph: str) -> None:
    found = extract(docx(p("Text.") + paragraph))
    assert [b.text for b in found.blocks] == ["Text."]
    assert left_out(found) == [("INTERNAL", Why.HIDDEN)]
    assert warned(found) == ["hidden text left out"]


def test_words_that_are_not_hidden_after_all_are_kept() -> None:
    assert texts(docx(p(r("Shown", '<w:vanish w:val="0"/>'), style="Note"))) == ["Shown"]


def test_words_struck_through_are_kept_and_told() -> None:
    found = extract(docx(p(r("old", "<w:strike/>") + r(" new"))))
    assert [b.text for b in found.blocks] == ["old new"]
    assert warned(found) == ["words that are struck through are kept"]


def test_heads_feet_and_comments_are_left_out() -> None:
    comment = f'<w:comment w:id="0" w:author="M. F.">{p("Check this")}</w:comment>'
    body = p('<w:commentRangeStart w:id="0"/>' + r("Text.") + '<w:commentReference w:id="0"/>')
    found = extract(docx(body, header=p("Press Office"), footer=p("page 1"), comments=comment))
    assert [b.text for b in found.blocks] == ["Text."]
    assert left_out(found) == [
        ("Press Office", Why.HEADER),
        ("page 1", Why.FOOTER),
        ("Check this", Why.COMMENT),
    ]


def test_a_placeholder_that_nobody_filled_in_is_left_out() -> None:
    control = (
        "<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>"
        f"{r('Click here to enter text.')}</w:sdtContent></w:sdt>"
    )
    found = extract(docx(p(r("Text.") + control)))
    assert [b.text for b in found.blocks] == ["Text."]
    assert left_out(found) == [("Click here to enter text.", Why.TEMPLATE)]


# Words that stand in something else.


def field(*parts: str) -> str:
    """Return runs with these parts of a field: "begin", "separate", "end", a code, or runs."""
    marks = {"begin", "separate", "end"}
    return "".join(
        f'<w:r><w:fldChar w:fldCharType="{one}"/></w:r>' if one in marks else one for one in parts
    )


def test_a_field_shows_its_result_and_not_its_code() -> None:
    code = "<w:r><w:instrText>DATE</w:instrText></w:r>"
    inner = field("begin", code, "separate", r("12"), "end")
    body = p(r("On ") + field("begin", code, inner, "separate", r("12 March"), "end") + r("."))
    assert texts(docx(body)) == ["On 12 March."]


def test_a_field_without_an_end_does_not_swallow_the_text() -> None:
    body = p(field("begin") + r("One.")) + p("Two.", number="1") + p("Three.", number="1")
    lists = numbering(level(0, "%1."))
    assert texts(docx(body, numbering=lists)) == ["One.", "1. Two.", "2. Three."]


def test_links_tags_and_controls_are_read_through() -> None:
    inside = (
        f"<w:hyperlink>{r('link')}</w:hyperlink><w:smartTag>{r(' tag')}</w:smartTag>"
        f"<w:fldSimple>{r(' field')}</w:fldSimple>"
        f"<w:sdt><w:sdtPr><w:text/></w:sdtPr><w:sdtContent>{r(' control')}</w:sdtContent></w:sdt>"
    )
    block = f"<w:sdt><w:sdtContent>{p('Second.')}</w:sdtContent></w:sdt>"
    assert texts(docx(p(inside) + block)) == ["link tag field control", "Second."]


def test_signs_are_the_characters_that_are_printed() -> None:
    signs = (
        "<w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:noBreakHyphen/><w:t>c</w:t><w:softHyphen/>"
        '<w:t>d</w:t><w:sym w:font="Symbol" w:char="F0B3"/>'
        '<w:sym w:font="Wingdings" w:char="F0FC"/></w:r>'
    )
    assert texts(docx(p(signs))) == ["a b\u2011c\u00add≥✓"]


def test_a_no_break_space_and_a_joiner_stay() -> None:
    assert texts(docx(p("12\u00a0March جائے\u200cگی"))) == ["12\u00a0March جائے\u200cگی"]


def test_one_line_break_is_a_space_and_two_part_paragraphs() -> None:
    body = p("<w:r><w:t>Port</w:t><w:br/><w:t>Ellin</w:t><w:br/><w:br/><w:t>Next</w:t></w:r>")
    assert texts(docx(body)) == ["Port Ellin", "Next"]


def test_a_page_break_parts_paragraphs() -> None:
    body = p('<w:r><w:t>One</w:t><w:br w:type="page"/><w:t>Two</w:t></w:r>')
    assert texts(docx(body)) == ["One", "Two"]


def test_a_footnote_stands_behind_its_paragraph_and_its_mark_is_gone() -> None:
    notes = (
        f'<w:footnote w:id="-1" w:type="separator">{p("---")}</w:footnote>'
        f'<w:footnote w:id="2">{p("<w:r><w:footnoteRef/></w:r>" + r(" Hearing of May."))}'
        "</w:footnote>"
    )
    reference = '<w:r><w:footnoteReference w:id="2"/></w:r>'
    own = '<w:r><w:endnoteReference w:id="3" w:customMarkFollows="1"/><w:t>*</w:t></w:r>'
    endnotes = f'<w:endnote w:id="3">{p("An end.")}</w:endnote>'
    body = p(r("The hall") + reference + r(" was full") + own + r(".")) + p("Next.")
    found = extract(docx(body, footnotes=notes, endnotes=endnotes))
    assert [(b.kind, b.text) for b in found.blocks] == [
        (BlockKind.PARAGRAPH, "The hall was full."),
        (BlockKind.NOTE, "Hearing of May."),
        (BlockKind.NOTE, "An end."),
        (BlockKind.PARAGRAPH, "Next."),
    ]


def test_a_text_box_is_read_once() -> None:
    box = p("In the box.")
    both = (
        "<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wps:txbx><w:txbxContent>"
        f"{box}</w:txbxContent></wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox>"
        f"<w:txbxContent>{box}</w:txbxContent></v:textbox></w:pict></mc:Fallback>"
        "</mc:AlternateContent></w:r>"
    )
    assert texts(docx(p(r("Before") + both + r(" and after.")))) == [
        "Before and after.",
        "In the box.",
    ]


def test_a_text_box_for_old_versions_only_is_read() -> None:
    old = (
        "<w:r><mc:AlternateContent><mc:Fallback><w:pict><v:textbox><w:txbxContent>"
        f"{p('Old box.')}</w:txbxContent></v:textbox></w:pict></mc:Fallback>"
        "</mc:AlternateContent></w:r>"
    )
    assert texts(docx(p(r("Text.") + old))) == ["Text.", "Old box."]


# Tables.


def table(rows: list[list[str]], more: str = "") -> str:
    """Return a table; what begins with "<" is what a cell holds, else it is its text."""
    inside = "".join(
        "<w:tr>"
        + "".join(f"<w:tc>{c if c.startswith('<') else p(c)}</w:tc>" for c in row)
        + "</w:tr>"
        for row in rows
    )
    return f"<w:tbl>{inside}{more}</w:tbl>"


def test_a_row_is_a_block() -> None:
    found = extract(docx(table([["Measure", "Date"], ["Crossing", p("1 June") + p("2025")]])))
    assert [(b.kind, b.text) for b in found.blocks] == [
        (BlockKind.ROW, "Measure | Date"),
        (BlockKind.ROW, "Crossing | 1 June 2025"),
    ]


def test_an_empty_cell_keeps_its_place() -> None:
    assert texts(docx(table([["", "2024", "2025"], ["Roads", "", "5"]]))) == [
        "2024 | 2025",
        "Roads |  | 5",
    ]


def test_a_table_of_one_column_only_lays_out_text() -> None:
    found = extract(docx(table([[p("One.") + p("Two.")], ["Three."]])))
    assert [(b.kind, b.text) for b in found.blocks] == [
        (BlockKind.PARAGRAPH, "One."),
        (BlockKind.PARAGRAPH, "Two."),
        (BlockKind.PARAGRAPH, "Three."),
    ]


def test_columns_of_whole_texts_are_read_one_after_the_other() -> None:
    english, french = (
        "".join(p(f"{word} {n}.") for n in range(5)) for word in ("English", "French")
    )
    found = texts(docx(table([[english, french]])))
    assert found == [f"English {n}." for n in range(5)] + [f"French {n}." for n in range(5)]


def test_a_nested_table_has_rows_of_its_own() -> None:
    inner = table([["a", "b"]])
    assert texts(docx(table([["Outer", inner + p("")]]))) == ["Outer", "a | b"]


def test_a_note_of_a_cell_stands_behind_its_row() -> None:
    notes = f'<w:footnote w:id="2">{p("Source.")}</w:footnote>'
    cell = p(r("5") + '<w:r><w:footnoteReference w:id="2"/></w:r>')
    found = extract(docx(table([["Roads", cell], ["Rail", "6"]]), footnotes=notes))
    assert [b.text for b in found.blocks] == ["Roads | 5", "Source.", "Rail | 6"]
    assert found.blocks[1].kind is BlockKind.NOTE


# Claims, refusals.


def _titles(found: Extract) -> list[tuple[str, bool]]:
    return [(c.value, c.certain) for c in found.claims if c.field is Field.TITLE]


def test_the_title_style_tells_the_title_over_its_lines() -> None:
    body = p("Joint Statement", style="Titel") + p("on Water", style="Titel") + p("Text.")
    found = extract(docx(body))
    assert _titles(found) == [("Joint Statement on Water", True)]
    assert found.blocks[0].kind is BlockKind.HEADING


def test_the_first_heading_is_the_title() -> None:
    body = p("Statement on the Oster basin", style="berschrift1") + p("Text.")
    assert _titles(extract(docx(body)))[0] == ("Statement on the Oster basin", True)


def test_one_of_several_short_headings_is_no_certain_title() -> None:
    body = p("Background", style="berschrift1") + p("Text.") + p("Outlook", style="berschrift1")
    assert _titles(extract(docx(body)))[0] == ("Background", False)


def test_a_heading_behind_text_is_no_title() -> None:
    body = p("A first paragraph, which ends.") + p("Outlook on the year", style="berschrift1")
    assert _titles(extract(docx(body))) == []


def test_a_title_in_the_properties_counts_if_the_page_has_it() -> None:
    core = "<dc:title>Statement on water</dc:title><dc:creator>Typist</dc:creator>"
    right = extract(docx(p("STATEMENT ON WATER") + p("Text."), core=core))
    assert ("Statement on water", True) in _titles(right)
    wrong = extract(docx(p("Remarks to the press") + p("Text."), core=core))
    assert all("water" not in title for title, _ in _titles(wrong))
    assert not any(c.field is Field.SPEAKER for c in right.claims)


def test_the_day_it_was_modified_is_offered() -> None:
    core = "<dcterms:modified>2025-03-12T17:30:00Z</dcterms:modified>"
    (claim,) = [c for c in extract(docx(p("Text."), core=core)).claims if c.field is Field.MODIFIED]
    assert (claim.value, claim.certain) == ("2025-03-12", False)


def test_the_strict_form_of_the_format_is_read() -> None:
    source = docx(p("Text."))
    members = {
        "word/document.xml": '<w:document xmlns:w="http://purl.oclc.org/ooxml/wordprocessingml/main">'
        f"<w:body>{p('Strict.')}</w:body></w:document>"
    }
    assert texts(packed(members)) == ["Strict."]
    assert texts(source) == ["Text."]


def test_a_document_without_text_is_refused() -> None:
    with pytest.raises(Unreadable, match="no text"):
        read_docx(docx(p("")))
    scanned = packed(
        {
            "word/document.xml": f"<w:document {_NAMES}><w:body><w:p/></w:body></w:document>",
            "word/media/image1.png": b"\x89PNG",
        }
    )
    with pytest.raises(Unreadable, match="pictures"):
        read_docx(scanned)


def test_a_package_without_a_document_is_refused() -> None:
    with pytest.raises(Unreadable):
        read_docx(packed({"word/other.xml": "<a/>"}))
    with pytest.raises(Unreadable):
        read_docx(packed({"word/document.xml": "<a/>"}))


def test_nested_tables_do_not_exhaust_the_stack() -> None:
    deep = p("In.")
    for _ in range(100):
        deep = f"<w:tbl><w:tr><w:tc>{deep}</w:tc></w:tr></w:tbl>"
    assert texts(docx(deep)) == ["In."]


def test_a_joint_statement_is_read_as_it_is_printed(shared: Path) -> None:
    path = shared / "made/joint-statement.docx"
    found = extract(Source(name=path.name, content=path.read_bytes()))
    read = [block.text for block in found.blocks]
    assert [text[:2] for text in read if text[:1].isdigit()] == ["1.", "2.", "3."]
    assert any("1987 remains in force and is not open" in text for text in read)
    assert not any("INTERNAL" in text or "may be revised" in text for text in read)
    assert "1 insertion and 1 deletion tracked" in warned(found)
    assert "hidden text left out" in warned(found)


def test_a_banner_over_the_title_is_none() -> None:
    body = p("PRESS RELEASE", style="Titel") + p("Port Ellin, 12 March 2025")
    body += p("The Oster basin treaty", style="berschrift1") + p("Text.")
    assert _titles(extract(docx(body)))[0] == ("The Oster basin treaty", True)


def test_an_embargo_in_the_head_of_the_page_is_told() -> None:
    head = "EMBARGOED until 12 March, 10:00"
    found = extract(docx(p("Text."), header=p(head)))
    assert [c.value for c in found.claims if c.field is Field.EMBARGO] == [head]
