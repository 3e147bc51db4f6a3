"""Names files that are no documents of ours by their first bytes, and says what to give instead.

What can be read is told apart in ``documents.reading.formats``.
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib

from documents.model import Unreadable

_WRITTEN = "Give the document whose text it shows, such as its HTML, Word or PDF file"
_UNPACK = "Unpack it, and add the folder"
_SAVE_DOCX = "Open it, save it as .docx, and add that"
_EXPORT = "Save the text that should be filed as a document (.docx, .odt, .pdf), and add that"
_TRANSCRIPT = "Give its transcript"

#: First bytes, what they are, and what to do.
_SIGNATURES: tuple[tuple[bytes, str, str], ...] = (
    (b"\x89PNG\r\n\x1a\n", "it is an image (PNG)", _WRITTEN),
    (b"\xff\xd8\xff", "it is an image (JPEG)", _WRITTEN),
    (b"GIF87a", "it is an image (GIF)", _WRITTEN),
    (b"GIF89a", "it is an image (GIF)", _WRITTEN),
    (b"II*\x00", "it is an image (TIFF)", _WRITTEN),
    (b"MM\x00*", "it is an image (TIFF)", _WRITTEN),
    (b"8BPS", "it is an image (Photoshop)", _WRITTEN),
    (b"\x00\x00\x01\x00", "it is an image (icon)", _WRITTEN),
    (b"AT&TFORM", "it is a scan (DjVu)", _WRITTEN),
    (b"%!PS", "it is PostScript", "Print it to PDF, and add that"),
    (b"\xffWPC", "it is a WordPerfect document", _SAVE_DOCX),
    (b"\x1f\x8b", "it is packed (gzip)", _UNPACK),
    (b"7z\xbc\xaf\x27\x1c", "it is a 7-Zip archive", _UNPACK),
    (b"Rar!\x1a\x07", "it is a RAR archive", _UNPACK),
    (b"BZh", "it is packed (bzip2)", _UNPACK),
    (b"\xfd7zXZ\x00", "it is packed (xz)", _UNPACK),
    (b"\x28\xb5\x2f\xfd", "it is packed (Zstandard)", _UNPACK),
    (b"MSCF", "it is a cabinet archive", _UNPACK),
    (b"MZ", "it is a program", _WRITTEN),
    (b"\x7fELF", "it is a program", _WRITTEN),
    (b"\xcf\xfa\xed\xfe", "it is a program", _WRITTEN),
    (b"\xca\xfe\xba\xbe", "it is a program", _WRITTEN),
    (b"\x1aE\xdf\xa3", "it is a video (Matroska)", _TRANSCRIPT),
    (b"FLV\x01", "it is a video (Flash)", _TRANSCRIPT),
    (b"\x00\x00\x01\xba", "it is a video (MPEG)", _TRANSCRIPT),
    (b"OggS", "it is a recording (Ogg)", _TRANSCRIPT),
    (b"ID3", "it is a recording (MP3)", _TRANSCRIPT),
    (b"\xff\xfb", "it is a recording (MP3)", _TRANSCRIPT),
    (b"fLaC", "it is a recording (FLAC)", _TRANSCRIPT),
    (b"SQLite format 3\x00", "it is a database (SQLite)", _EXPORT),
    (b"wOFF", "it is a font", _WRITTEN),
    (b"wOF2", "it is a font", _WRITTEN),
    (b"\x00\x01\x00\x00\x00", "it is a font", _WRITTEN),
)
#: Signatures made of letters also begin words: "MZ", "BZh"; these need a byte that no text has.
_LETTERS = frozenset({b"MZ", b"BZh", b"ID3", b"8BPS", b"MSCF", b"OggS", b"fLaC", b"wOFF", b"wOF2"})
#: The kinds of RIFF and of ISO media files, from their eighth byte.
_RIFF = {b"WEBP": "it is an image (WebP)", b"AVI ": "it is a video", b"WAVE": "it is a recording"}
_IMAGE_BRANDS = (b"heic", b"heix", b"mif1", b"msf1", b"avif", b"hevc")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
#: What an OLE file is, by a name in its directory, which is in UTF-16.
_OLE_PARTS = (
    ("EncryptedPackage", "it is protected by a password", "Save it without one, and add that"),
    ("WordDocument", "it is a Word document of before 2007 (.doc)", _SAVE_DOCX),
    ("Workbook", "it is an Excel workbook (.xls)", _EXPORT),
    ("PowerPoint Document", "it is a PowerPoint presentation (.ppt)", _EXPORT),
    ("__substg1.0_", "it is an Outlook message (.msg)", "Save it as .eml, and add that"),
)
_ARCHIVE = "it is a zip archive with documents in it"
#: A member by whose name a zip file tells what it is; of Office's, and of others.
_OFFICE_MEMBERS = (
    ("xl/", "it is an Excel workbook (.xlsx)", _EXPORT),
    ("ppt/", "it is a PowerPoint presentation (.pptx)", _EXPORT),
    ("visio/", "it is a Visio drawing", _EXPORT),
)
_MEMBERS = (
    ("Index/Document.iwa", "it is an Apple Pages document", _SAVE_DOCX),
    ("Index.zip", "it is an Apple Pages document", _SAVE_DOCX),
    ("AndroidManifest.xml", "it is a program", _WRITTEN),
)
_ODF = "application/vnd.oasis.opendocument."
_DAMAGED = ("it is damaged: it is cut short, or changed", "Get the file again, and add that")


#: What zipfile raises for a file that is damaged, encrypted or packed in a way it does not know.
ZIP_ERRORS = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    OSError,
    EOFError,
    ValueError,
    LookupError,
    RuntimeError,
    OverflowError,
)
#: Far more members than a document has; zipfile keeps half a kilobyte for each.
_MOST_MEMBERS = 20_000


def is_zip(content: bytes) -> bool:
    """Return whether *content* begins as a zip file does, an empty or a damaged one too."""
    return content.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08"))


def zip_format(content: bytes) -> str:
    """Return "docx", "odt", "epub", "archive" or "other" for a zip file; "damaged" if it is.

    Its members' names and the member "mimetype" tell, nothing else is read.
    """
    members = _members(content)
    if members is None:
        return "damaged"
    names, media = members
    if media == "application/epub+zip" or ("META-INF/container.xml" in names and not media):
        return "epub"
    if media.startswith(_ODF):
        return "odt" if media.removeprefix(_ODF).startswith("text") else "other"
    if "[Content_Types].xml" in names:
        return "docx" if any(name.startswith("word/") for name in names) else "other"
    if any(name.startswith(member) for member, *_ in _MEMBERS for name in names):
        return "other"
    return "archive"


def refusal_of_zip(content: bytes) -> Unreadable:
    """Return why a zip file that is no text document is not read."""
    members = _members(content)
    if members is None:
        return Unreadable(*_DAMAGED)
    names, media = members
    if media.startswith(_ODF):
        kind = media.removeprefix(_ODF).partition("-")[0]
        return Unreadable(f"it is an OpenDocument {kind}, not a text", _EXPORT)
    is_office = "[Content_Types].xml" in names
    for member, what, repair in _OFFICE_MEMBERS if is_office else _MEMBERS:
        if any(name.startswith(member) for name in names):
            return Unreadable(what, repair)
    if is_office:
        return Unreadable("it is an Office file without a text in it", _EXPORT)
    return Unreadable(_ARCHIVE, _UNPACK)


def _members(content: bytes) -> tuple[frozenset[str], str] | None:
    """Return the members' names and what "mimetype" says; ``None`` if the file is damaged."""
    if content.count(b"PK\x01\x02") > _MOST_MEMBERS:
        return None
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = frozenset(archive.namelist())
            media = b""
            if "mimetype" in names:
                with archive.open("mimetype") as member:
                    media = member.read(100)
    except ZIP_ERRORS:
        return None
    return names, media.decode("ascii", "replace").strip()


def refuse_known(content: bytes) -> None:
    """Do nothing, or say which known kind of file *content* is that holds no text of ours.

    Raises:
        Unreadable: it is an image, a recording, a program, an old Office file, or packed.
    """
    if content.startswith(_OLE):
        raise _refusal_of_ole(content)
    for signature, what, repair in _SIGNATURES:
        if content.startswith(signature) and (signature not in _LETTERS or _is_binary(content)):
            raise Unreadable(what, repair)
    if content.startswith(b"RIFF") and (what := _RIFF.get(content[8:12], "")):
        raise Unreadable(what, _WRITTEN if "image" in what else _TRANSCRIPT)
    if content[4:8] == b"ftyp":
        if content[8:12] in _IMAGE_BRANDS:
            raise Unreadable("it is an image (HEIC or AVIF)", _WRITTEN)
        raise Unreadable("it is a video or a recording (MP4)", _TRANSCRIPT)
    if content.startswith(b"BM") and _is_binary(content):
        raise Unreadable("it is an image (BMP)", _WRITTEN)
    if content[257:262] == b"ustar":
        raise Unreadable("it is a tar archive", _UNPACK)
    if content[60:68] in (b"BOOKMOBI", b"TEXtREAd"):
        raise Unreadable("it is a Kindle book", "Save it as EPUB, and add that")


def _refusal_of_ole(content: bytes) -> Unreadable:
    for name, what, repair in _OLE_PARTS:
        if name.encode("utf-16-le") in content:
            return Unreadable(what, repair)
    return Unreadable("it is an Office file of before 2007", _SAVE_DOCX)


def _is_binary(content: bytes) -> bool:
    return b"\x00" in content[:4096]
