from __future__ import annotations

import pytest
from made_packages import packed

from documents.model import BlockKind, Extract, Field, Source, Unreadable, Why
from documents.reading.open_document import read_odt

_OASIS = "urn:oasis:names:tc:opendocument:xmlns"
_NAMES = (
    "".join(f' xmlns:{n}="{_OASIS}:{n}:1.0"' for n in ("office", "style", "text", "table", "meta"))
    + f' xmlns:draw="{_OASIS}:drawing:1.0" xmlns:fo="{_OASIS}:xsl-fo-compatible:1.0"'
    + ' xmlns:loext="urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0"'
    + ' xmlns:dc="http://purl.org/dc/elements/1.1/"'
)
_STYLES = """
<style:style style:name="Title" style:family="paragraph"/>
<style:style style:name="Heading_20_1" style:family="paragraph"/>
<style:style style:name="Quotations" style:family="paragraph"/>
<text:outline-style style:name="Outline">
  <text:outline-level-style text:level="1" style:num-format=""/></text:outline-style>
"""
_AUTOMATIC = """
<style:style style:name="P1" style:family="paragraph" style:parent-style-name="Title"/>
<style:style style:name="Bold" style:family="text">
  <style:text-properties fo:font-weight="bold"/></style:style>
<style:style style:name="Hidden" style:family="text">
  <style:text-properties text:display="none"/></style:style>
<style:style style:name="Struck" style:family="text">
  <style:text-properties style:text-line-through-style="solid"/></style:style>
<style:style style:name="PHidden" style:family="paragraph">
  <style:text-properties text:display="none"/></style:style>
<text:list-style style:name="L1">
  <text:list-level-style-number text:level="1" style:num-format="1" style:num-suffix="."/>
  <text:list-level-style-number text:level="2" style:num-format="a" style:num-prefix="("
    style:num-suffix=")"/>
  <text:list-level-style-number text:level="3" style:num-format="I" style:num-suffix="."
    text:display-levels="3"/></text:list-style>
<text:list-style style:name="L2">
  <text:list-level-style-bullet text:level="1" text:bullet-char="–"/></text:list-style>
<text:list-style style:name="L3">
  <text:list-level-style-number text:level="1" style:num-format="1"
    loext:num-list-format="Article %1%" text:start-value="4"/></text:list-style>
"""


def odt(body: str, *, styles: str = _STYLES, masters: str = "", meta: str = "") -> Source:
    """Return an OpenDocument text with this *body*."""
    return packed(
        {
            "mimetype": "application/vnd.oasis.opendocument.text",
            "content.xml": f"<office:document-content{_NAMES}><office:automatic-styles>{_AUTOMATIC}"
            f"</office:automatic-styles><office:body><office:text>{body}</office:text></office:body>"
            "</office:document-content>",
            "styles.xml": f"<office:document-styles{_NAMES}><office:styles>{styles}</office:styles>"
            f"<office:master-styles>{masters}</office:master-styles></office:document-styles>",
            "meta.xml": f"<office:document-meta{_NAMES}><office:meta>{meta}</office:meta>"
            "</office:document-meta>",
        }
    )


def p(text: str, style: str = "") -> str:
    """Return a paragraph."""
    return f'<text:p text:style-name="{style}">{text}</text:p>'


def items(*texts: str, style: str = "L1", more: str = "") -> str:
    """Return a list of *texts*; what begins with "<" is what an item holds."""
    inside = "".join(
        f"<text:list-item>{one if one.startswith('<') else p(one)}</text:list-item>"
        for one in texts
    )
    return f'<text:list text:style-name="{style}" {more}>{inside}</text:list>'


def extract(source: Source) -> Extract:
    """Return the one extract of *source*."""
    (only,) = read_odt(source)
    return only


def texts(source: Source) -> list[str]:
    """Return the texts of the blocks of *source*."""
    return [block.text for block in extract(source).blocks]


def left_out(found: Extract) -> list[tuple[str, Why]]:
    """Return what was left out, and why."""
    return [(one.text, one.why) for one in found.left_out]


def test_spaces_and_tabs_are_kept_as_one_space_between_words() -> None:
    assert texts(odt(p('the<text:s text:c="2"/>first<text:tab/>day\n  of'))) == ["the first day of"]


def test_a_line_break_is_a_space_and_two_part_paragraphs() -> None:
    body = p("Port<text:line-break/>Ellin<text:line-break/><text:line-break/>Next")
    assert texts(odt(body)) == ["Port Ellin", "Next"]


def test_headings_have_their_level() -> None:
    body = '<text:h text:outline-level="2">Water</text:h>' + p("Text.")
    heading, text = extract(odt(body)).blocks
    assert (heading.kind, heading.level) == (BlockKind.HEADING, 2)
    assert text.kind is BlockKind.PARAGRAPH


def test_headings_have_the_number_of_their_outline() -> None:
    styles = (
        '<text:outline-style><text:outline-level-style text:level="1" style:num-format="I"'
        ' style:num-suffix="."/><text:outline-level-style text:level="2" style:num-format="1"'
        ' text:display-levels="2"/></text:outline-style>'
    )
    body = "".join(f'<text:h text:outline-level="{n}">x</text:h>' for n in (1, 2, 2, 1))
    assert texts(odt(body, styles=styles)) == ["I. x", "I.1 x", "I.2 x", "II. x"]


def test_items_have_their_printed_numbers() -> None:
    body = items("one", p("two") + items("a", "b", style="") + p("still two"), "three")
    assert [(b.kind, b.text) for b in extract(odt(body)).blocks] == [
        (BlockKind.ITEM, "1. one"),
        (BlockKind.ITEM, "2. two"),
        (BlockKind.ITEM, "(a) a"),
        (BlockKind.ITEM, "(b) b"),
        (BlockKind.PARAGRAPH, "still two"),
        (BlockKind.ITEM, "3. three"),
    ]


def test_an_item_that_only_holds_a_list_has_no_number() -> None:
    body = items("one", items(items("deep", style=""), style=""), "two")
    assert texts(odt(body)) == ["1. one", "1.a.I. deep", "2. two"]


def test_a_list_begins_again_unless_it_goes_on_with_another() -> None:
    body = (
        items("x", "x", more='xml:id="first"')
        + items("y")
        + items("x", more='text:continue-list="first"')
        + items("x", more='text:continue-numbering="true"')
        + items("z")
    )
    assert texts(odt(body)) == ["1. x", "2. x", "1. y", "3. x", "4. x", "1. z"]


def test_bullets_starts_and_forms_are_as_printed() -> None:
    nine = '<text:list-item text:start-value="9">' + p("nine") + "</text:list-item>"
    body = (
        items("dash", style="L2") + items("x", "y", style="L3") + f"<text:list>{nine}</text:list>"
    )
    body += f'<text:list text:style-name="L1">{nine}</text:list>'
    assert texts(odt(body)) == ["• dash", "Article 4 x", "Article 5 y", "nine", "9. nine"]


def test_tracked_deletions_are_left_out_and_insertions_kept() -> None:
    changes = (
        '<text:tracked-changes><text:changed-region text:id="c1"><text:deletion>'
        "<office:change-info><dc:creator>M.</dc:creator></office:change-info>"
        f"{p('may be revised')}</text:deletion></text:changed-region>"
        '<text:changed-region text:id="c2"><text:insertion/></text:changed-region>'
        "</text:tracked-changes>"
    )
    body = changes + p(
        'It <text:change text:change-id="c1"/><text:change-start text:change-id="c2"/>remains'
        '<text:change-end text:change-id="c2"/>.'
    )
    found = extract(odt(body))
    assert [b.text for b in found.blocks] == ["It remains."]
    assert left_out(found) == [("may be revised", Why.DELETED)]
    assert [one.text for one in found.warnings] == ["1 insertion and 1 deletion tracked"]


@pytest.mark.parametrize(
    "hidden",
    [
        p('<text:span text:style-name="Hidden">INTERNAL</text:span>'),
        p("INTERNAL", "PHidden"),
        f'<text:section text:display="none">{p("INTERNAL")}</text:section>',
        p('<text:hidden-paragraph text:is-hidden="true"/>INTERNAL'),
        p('<text:hidden-text text:is-hidden="true" text:string-value="INTERNAL"/>'),
    ],
)
def test_hidden_words_are_left_out_and_told(hidden: str) -> None:
    found = extract(odt(p("Text.") + hidden + p("More.")))
    assert [b.text for b in found.blocks] == ["Text.", "More."]
    assert left_out(found) == [("INTERNAL", Why.HIDDEN)]
    assert [one.text for one in found.warnings] == ["hidden text left out"]


def test_a_comment_is_left_out() -> None:
    comment = f"<office:annotation><dc:creator>M.</dc:creator>{p('Check')}</office:annotation>"
    found = extract(odt(p(f"Bef{comment}ore.")))
    assert [b.text for b in found.blocks] == ["Before."]
    assert left_out(found) == [("Check", Why.COMMENT)]


def test_a_footnote_stands_behind_its_paragraph() -> None:
    note = (
        '<text:note text:note-class="footnote"><text:note-citation>1</text:note-citation>'
        f"<text:note-body>{p('Hearing.')}</text:note-body></text:note>"
    )
    found = extract(odt(p(f"The hall{note} was full.") + p("Next.")))
    assert [(b.kind, b.text) for b in found.blocks] == [
        (BlockKind.PARAGRAPH, "The hall was full."),
        (BlockKind.NOTE, "Hearing."),
        (BlockKind.PARAGRAPH, "Next."),
    ]


def cell(text: str, more: str = "") -> str:
    """Return a cell of a table."""
    return f"<table:table-cell {more}>{p(text)}</table:table-cell>"


def test_a_row_is_a_block_and_covered_cells_keep_their_places() -> None:
    rows = [
        cell("Measure") + cell("2024") + cell("2025"),
        cell("Roads", 'table:number-rows-spanned="2"') + cell("1") + cell("2"),
        "<table:covered-table-cell/>" + cell("3") + cell("4"),
        cell("Rail", 'table:number-columns-spanned="2"')
        + "<table:covered-table-cell/>"
        + cell("6"),
    ]
    inside = "".join(f"<table:table-row>{row}</table:table-row>" for row in rows)
    found = extract(odt(f"<table:table>{inside}</table:table>" + p("Text.")))
    assert [b.text for b in found.blocks] == [
        "Measure | 2024 | 2025",
        "Roads | 1 | 2",
        "3 | 4",
        "Rail | 6",
        "Text.",
    ]
    assert found.blocks[0].kind is BlockKind.ROW


def test_a_text_box_stands_behind_its_paragraph() -> None:
    box = f"<draw:frame><draw:text-box>{p('In the box.')}</draw:text-box></draw:frame>"
    assert texts(odt(p(f"Before{box} and after."))) == ["Before and after.", "In the box."]


def test_a_table_of_contents_is_left_out() -> None:
    body = (
        "<text:table-of-content><text:table-of-content-source/><text:index-body>"
        f"{p('Water 3')}</text:index-body></text:table-of-content>{p('Text.')}"
    )
    found = extract(odt(body))
    assert [b.text for b in found.blocks] == ["Text."]
    assert left_out(found) == [("Water 3", Why.NAVIGATION)]


def test_heads_and_feet_are_left_out() -> None:
    masters = (
        f"<style:master-page><style:header>{p('Press')}</style:header>"
        f"<style:footer>{p('page 1')}</style:footer></style:master-page>"
    )
    assert left_out(extract(odt(p("Text."), masters=masters))) == [
        ("Press", Why.HEADER),
        ("page 1", Why.FOOTER),
    ]


def test_bold_quoted_and_struck_words_are_told() -> None:
    body = p('<text:span text:style-name="Bold">Ms Valko:</text:span> Yes.') + p(
        "He.", "Quotations"
    )
    body += p('<text:span text:style-name="Struck">old</text:span> new')
    found = extract(odt(body))
    assert found.blocks[0].bold == "Ms Valko:"
    assert found.blocks[1].kind is BlockKind.QUOTE
    assert [one.text for one in found.warnings] == ["words that are struck through are kept"]


def test_the_title_style_tells_the_title_also_where_it_is_inherited() -> None:
    found = extract(odt(p("On Water", "P1") + p("Text.")))
    titles = [(c.value, c.certain) for c in found.claims if c.field is Field.TITLE]
    assert titles == [("On Water", True)]


def test_the_properties_are_only_offered() -> None:
    meta = "<dc:title>Template 4</dc:title><dc:date>2025-03-12T10:00:00</dc:date>"
    found = extract(odt(p("Text of a statement."), meta=meta))
    assert [(c.field, c.value, c.certain) for c in found.claims] == [
        (Field.MODIFIED, "2025-03-12", False)
    ]


def test_a_password_is_told() -> None:
    manifest = (
        f'<manifest:manifest xmlns:manifest="{_OASIS}:manifest:1.0"><manifest:file-entry>'
        "<manifest:encryption-data/></manifest:file-entry></manifest:manifest>"
    )
    with pytest.raises(Unreadable, match="password"):
        read_odt(packed({"META-INF/manifest.xml": manifest, "content.xml": b"\x01\x02"}))


def test_a_document_without_text_is_refused() -> None:
    with pytest.raises(Unreadable, match="no text"):
        read_odt(odt(p("")))
    with pytest.raises(Unreadable, match="damaged"):
        read_odt(packed({"styles.xml": "<a/>"}))


def test_deep_lists_do_not_exhaust_the_stack() -> None:
    deep = p("In.")
    for _ in range(200):
        deep = f"<text:list><text:list-item>{deep}</text:list-item></text:list>"
    assert texts(odt(deep)) == ["In."]
