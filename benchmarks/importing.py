"""Prints how well and how fast documents are read: files right, pages a second, a long PDF, check.

The documents stand beside the project; pages and PDFs are made longer out of them, in a temporary
folder. "python -m benchmarks.live" prints how soon a change is on record.
"""

from __future__ import annotations

import datetime
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks.texts import SHARED, government_statements, variant, write_down
from documents import Draft, LimitedReader, LimitedReaders, Source, drafts_from, open_paths
from index import Record, load_record

#: Pages, their size in bytes, and how many are read at once.
_PAGES, _PAGE_BYTES, _AT_ONCE = 300, 83_000, 2
_PDF_PAGES, _STATEMENTS = 200, 10_000
_FURNITURE = "<nav><ul>{}</ul></nav>".format(
    "".join(f'<li><a href="/{n}">Section number {n} of the site</a></li>' for n in range(40))
)


def main() -> None:
    """Print the figures."""
    if not (SHARED / "wild").is_dir():
        print("The documents are not beside the project.")
        return
    sys.path[:0] = [str(Path(__file__).parents[1] / "tests")]
    from expected_imports import expected_lines, faults_of  # noqa: PLC0415

    for name in ("wild", "made"):
        folder = SHARED / name
        cases = expected_lines(folder)
        right = sum(not faults_of(case, folder) for case in cases)
        print(f"documents in {name + '/':<34}{right:>6} of {len(cases)} as a perfect import")
    with tempfile.TemporaryDirectory() as scratch:
        _print_pages(Path(scratch))
        _print_pdf(Path(scratch))
        _print_check(Path(scratch))


def _print_pages(scratch: Path) -> None:
    folder = scratch / "pages"
    folder.mkdir()
    for number, page in zip(range(_PAGES), _pages(), strict=False):
        (folder / f"{number:04}.html").write_text(page, encoding="utf-8")
    began, seen = time.perf_counter(), 0
    with LimitedReaders(_AT_ONCE) as readers:
        for one in drafts_from(open_paths([str(folder)]), readers, {}, ahead=_AT_ONCE):
            seen += isinstance(one, Draft)
    spent = time.perf_counter() - began
    print(
        f"{seen:,} HTML pages of {_PAGE_BYTES // 1000} kB, {_AT_ONCE} at once"
        f"{seen / spent:>18.1f} a second"
    )


def _pages() -> Iterator[str]:
    """Yield pages with a title, navigation, and paragraphs of the texts beside the project."""
    texts = [
        paragraph
        for path in sorted((SHARED / "wild").glob("state_*.html"))
        for paragraph in path.read_text("utf-8", errors="replace").split("</p>")
    ]
    at = 0
    while True:
        body, size = [], 0
        while size < _PAGE_BYTES - len(_FURNITURE):
            at = (at + 1) % len(texts)
            body.append(f"{texts[at]}</p>")
            size += len(body[-1])
        yield (
            f"<!doctype html><html lang=en><head><title>Page {at}</title></head><body>{_FURNITURE}"
            f"<main><h1>Statement number {at}</h1>{''.join(body)}</main></body></html>"
        )


def _print_pdf(scratch: Path) -> None:
    import pypdfium2  # noqa: PLC0415

    whole = pypdfium2.PdfDocument.new()
    sources = [
        pypdfium2.PdfDocument(SHARED / "wild" / f"un79_{one}.pdf") for one in ("in_en", "br_pt")
    ]
    while len(whole) < _PDF_PAGES:
        for one in sources:
            whole.import_pages(one)
    path = scratch / "long.pdf"
    whole.save(path)
    source = Source(name=path.name, content=path.read_bytes())
    with LimitedReader() as reader:
        reader.read(Source(name="a.txt", content=b"The road is open."))
        began = time.perf_counter()
        (extract,) = reader.read(source)
        spent = time.perf_counter() - began
    print(f"a PDF of {len(whole)} pages, {len(extract.blocks):,} blocks {spent:>25.1f} s")


def _print_check(scratch: Path) -> None:
    statements = government_statements()
    copies = -(-_STATEMENTS // len(statements))
    many = [variant(one, number) for number in range(copies) for one in statements][:_STATEMENTS]
    write_down(Record.of(many), scratch, apart=True)
    began = time.perf_counter()
    record = load_record(scratch, today=datetime.date(2026, 1, 1))
    spent = time.perf_counter() - began
    paragraphs = record.coverage().paragraphs
    print(
        f"check of {len(record.statements):,} statements, {paragraphs:,} paragraphs{spent:>16.1f} s"
    )


if __name__ == "__main__":
    main()
