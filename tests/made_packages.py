"""Builds zip containers in memory: what Word, OpenDocument and EPUB files are."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

from documents.model import Source


def package(members: Mapping[str, str | bytes]) -> bytes:
    """Return a zip file with these *members*."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return packed.getvalue()


def packed(members: Mapping[str, str | bytes]) -> Source:
    """Return a source that is a zip file with these *members*."""
    return Source(name="made", content=package(members))
