"""Reads the members of a zip container, such as a Word file, in memory, and the XML in them.

Sizes are counted while a member is unpacked: what its header says of them is only a claim. What
the members mean is left to the readers of each format; archives of documents, to ``opening``.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from xml.etree import ElementTree

from documents.model import Source, Unreadable
from documents.reading.signatures import ZIP_ERRORS

#: Bytes of all members that are read of one document.
MOST_BYTES = 100_000_000
#: Bytes unpacked for each byte packed; XML of a real document is at 5 to 30.
MOST_RATIO = 100
#: A small member may be packed better, such as a page of spaces.
_RATIO_COUNTS_FROM = 1_000_000
#: Levels of elements; expat accepts 200,000, and who walks them may not.
DEEPEST = 500
_PIECE = 65_536

_UNLOCK = "Save it without a password, and add that."
_AGAIN = "Get the file again, and add that."


class Package:
    """A zip container that is open for reading; it counts what has been unpacked of it."""

    def __init__(self, source: Source) -> None:
        """Open *source*.

        Raises:
            Unreadable: it is no zip file, or it is damaged.
        """
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(source.content))
        except ZIP_ERRORS:
            raise Unreadable("it is damaged: its parts cannot be found", _AGAIN) from None
        self._members = {one.filename: one for one in self._archive.infolist()}
        self._left = MOST_BYTES

    @property
    def names(self) -> tuple[str, ...]:
        """The names of its members."""
        return tuple(self._members)

    def __contains__(self, name: str) -> bool:
        """Return whether there is a member of this *name*."""
        return name in self._members

    def read(self, name: str) -> bytes:
        """Return the member *name* as it was before it was packed; nothing if there is none.

        Raises:
            Unreadable: it is encrypted, damaged, or far too large.
        """
        member = self._members.get(name)
        if member is None:
            return b""
        if member.flag_bits & 1:
            raise Unreadable("it is protected by a password", _UNLOCK)
        most = max(member.compress_size * MOST_RATIO, _RATIO_COUNTS_FROM)
        content = bytearray()
        try:
            with self._archive.open(member) as unpacked:
                while piece := unpacked.read(_PIECE):
                    content += piece
                    if len(content) > most or len(content) > self._left:
                        raise _too_large()
        except ZIP_ERRORS:
            raise Unreadable(f"it is damaged: its part {name!r} is", _AGAIN) from None
        self._left -= len(content)
        return bytes(content)

    def xml(self, name: str, prefixes: Mapping[str, str]) -> ElementTree.Element | None:
        """Return the root of the XML member *name*, as :func:`read_xml` does; ``None`` if absent.

        Raises:
            Unreadable: it cannot be read, or is no XML.
        """
        return read_xml(self.read(name), prefixes, name) if name in self._members else None


def read_xml(content: bytes, prefixes: Mapping[str, str], name: str) -> ElementTree.Element:
    """Return the root of the XML *content*, its names with our *prefixes*: "w:p".

    *prefixes* are by namespace; a name of another namespace stays as "{namespace}local". External
    entities are not resolved; expat itself stops internal ones that grow without end.

    Raises:
        Unreadable: it is not well-formed, or nested more than ``DEEPEST`` levels deep; the *name*
            of the part is said.
    """
    parser = ElementTree.XMLParser(target=_Builder(prefixes))  # noqa: S314  # see above
    try:
        parser.feed(content)
        root: ElementTree.Element = parser.close()
    except (ElementTree.ParseError, ValueError, LookupError):
        # ValueError and LookupError: an encoding that is declared and unknown.
        raise Unreadable(f"it is damaged: its part {name!r} is not XML", _AGAIN) from None
    return root


def children(element: ElementTree.Element | None, tag: str) -> list[ElementTree.Element]:
    """Return the children of *element* that are called *tag*."""
    return [] if element is None else [one for one in element if one.tag == tag]


def child(element: ElementTree.Element | None, *path: str) -> ElementTree.Element | None:
    """Return the first child of *element* called as the *path* begins, and so on down it."""
    for tag in path:
        if element is None:
            return None
        element = next((one for one in element if one.tag == tag), None)
    return element


class _Builder(ElementTree.TreeBuilder):
    """Builds a tree with our prefixes, and counts how deep it is."""

    def __init__(self, prefixes: Mapping[str, str]) -> None:
        """Use *prefixes* by namespace."""
        super().__init__()
        self._prefixes = prefixes
        self._names: dict[str, str] = {}
        self._depth = 0

    def start(self, tag: str, attrs: dict[str, str]) -> ElementTree.Element:
        """Begin the element *tag*."""
        self._depth += 1
        if self._depth > DEEPEST:
            raise Unreadable(
                f"its elements are nested more than {DEEPEST} levels deep",
                "Open it, copy its text, and add that.",
            )
        return super().start(
            self._name(tag), {self._name(key): value for key, value in attrs.items()}
        )

    def end(self, tag: str) -> ElementTree.Element:
        """End the element *tag*."""
        self._depth -= 1
        return super().end(self._name(tag))

    def _name(self, name: str) -> str:
        known = self._names.get(name)
        if known is None:
            known = name
            if name.startswith("{"):
                namespace, _, local = name[1:].partition("}")
                prefix = self._prefixes.get(namespace)
                if prefix is not None:
                    known = f"{prefix}:{local}" if prefix else local
            self._names[name] = known
        return known


def _too_large() -> Unreadable:
    return Unreadable(
        f"it unpacks to far more than it should: over {MOST_RATIO} times its size, or"
        f" {MOST_BYTES // 1_000_000} MB",
        "Save its text alone, and add that.",
    )
