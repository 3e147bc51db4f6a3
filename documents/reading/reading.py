"""Reads a source by the reader of its format, which is imported when it is first needed.

It is called in a child process with limits: ``documents.opening.child`` starts that.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import cast

from documents.model import Extract, Source
from documents.reading.formats import Format, format_of

Reader = Callable[[Source], list[Extract]]

#: The module and the function that read a format.
_READERS = {
    Format.TEXT: ("plain_text", "read_plain_text"),
    Format.MARKDOWN: ("markdown", "read_markdown_document"),
    Format.HTML: ("html.page", "read_html"),
    Format.PDF: ("pdf.document", "read_pdf"),
    Format.DOCX: ("word", "read_docx"),
    Format.ODT: ("open_document", "read_odt"),
    Format.EPUB: ("epub", "read_epub"),
    Format.RTF: ("rtf", "read_rtf"),
    Format.EMAIL: ("mail", "read_email"),
    Format.FEED: ("feeds", "read_feed"),
    Format.CONTENT_API: ("content_api", "read_content_api"),
    Format.PUBLICWHIP: ("publicwhip", "read_publicwhip"),
    Format.TRANSCRIPTS: ("pm_transcripts", "read_pm_transcripts"),
    Format.AKOMA_NTOSO: ("akoma_ntoso", "read_akoma_ntoso"),
    Format.PARLAMINT: ("parlamint", "read_parlamint"),
}


def read(source: Source) -> list[Extract]:
    """Return what is in *source*: one extract, or more from a feed or a day's debates.

    Raises:
        Unreadable: it cannot be read, or no format of ours.
    """
    return reader_of(format_of(source))(source)


def reader_of(form: Format) -> Reader:
    """Return the reader of the format *form*."""
    module, name = _READERS[form]
    return cast(Reader, getattr(import_module(f"documents.reading.{module}"), name))
