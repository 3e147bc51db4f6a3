from documents.reading.html.fragments import read_fragment


def blocks(html: str) -> list[tuple[str, str]]:
    return [(str(block.kind), block.text) for block in read_fragment(html).blocks]


def test_a_row_is_a_block_with_its_cells_joined() -> None:
    html = (
        "<table><thead><tr><th>Country<th>Minister</thead><tr><td><p>Austria</p><td>Kogler,<br>Arts"
        "<tr><td><td></td></tr></table>"
    )
    assert blocks(html) == [("row", "Country | Minister"), ("row", "Austria | Kogler, Arts")]


def test_an_empty_cell_keeps_its_column() -> None:
    html = "<table><tr><td>Ports<td><td>3</tr><tr><td>Fish<td>1<td>2</tr></table>"
    assert blocks(html)[0] == ("row", "Ports |  | 3")


def test_a_table_of_one_cell_is_no_table() -> None:
    assert blocks("<table><tr><td><p>One.</p><p>Two.</p></table>") == [
        ("paragraph", "One."),
        ("paragraph", "Two."),
    ]


def test_a_page_laid_out_in_a_table_has_its_blocks_and_the_tables_in_it_their_rows() -> None:
    html = (
        "<table><tr><td>Home</td><td><h1>Budget</h1><p>One.</p>"
        "<table><tr><td>Fish<td>1.4</table></td></tr></table>"
    )
    assert blocks(html) == [
        ("paragraph", "Home"),
        ("heading", "Budget"),
        ("paragraph", "One."),
        ("row", "Fish | 1.4"),
    ]


def test_a_list_in_a_cell_stays_in_its_row() -> None:
    html = "<table><tr><td>Crew<td><ul><li>none<li>some</ul></tr></table><p>After</p>"
    assert blocks(html) == [("row", "Crew | none some"), ("paragraph", "After")]


def test_a_caption_is_a_paragraph_before_the_rows() -> None:
    html = "<table><caption>In billions</caption><tr><td>Fish<td>1.4</table>"
    assert blocks(html) == [("paragraph", "In billions"), ("row", "Fish | 1.4")]
