"""Decodes the bytes of a document as text: a byte order mark, what is declared, UTF-8, a guess.

Declared names mean what they mean on the web (encoding.spec.whatwg.org, "Names and labels"):
iso-8859-1 is windows-1252. What the text says is left to the readers.
"""

from __future__ import annotations

import codecs

import regex

from documents.model import Source, Unreadable

_MARKS = (
    # UTF-32 first: its little-endian mark begins with UTF-16's.
    (codecs.BOM_UTF32_LE, "utf-32-le", "UTF-32"),
    (codecs.BOM_UTF32_BE, "utf-32-be", "UTF-32"),
    (codecs.BOM_UTF8, "utf-8", "UTF-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16-be", "UTF-16"),
)
#: Labels without "-", "_", ":" and spaces, by the codec that the web gives them.
_LABELS = {
    "utf-8": "utf8 unicode11utf8 unicode20utf8 xunicode20utf8",
    "utf-16-le": "utf16 utf16le unicode ucs2 csunicode iso10646ucs2 unicodefeff",
    "utf-16-be": "utf16be unicodefffe",
    "cp1252": "ascii usascii ansix3.41968 iso88591 iso885911987 latin1 l1 cp819 ibm819 isoir100"
    " csisolatin1 cp1252 windows1252 xcp1252",
    "iso8859-2": "iso88592 iso885921987 latin2 l2 isoir101 csisolatin2",
    "iso8859-3": "iso88593 iso885931988 latin3 l3 isoir109 csisolatin3",
    "iso8859-4": "iso88594 iso885941988 latin4 l4 isoir110 csisolatin4",
    "iso8859-5": "iso88595 iso885951988 cyrillic isoir144 csisolatincyrillic",
    "iso8859-6": "iso88596 iso885961987 arabic isoir127 csisolatinarabic asmo708 ecma114"
    " iso88596e iso88596i csiso88596e csiso88596i",
    "iso8859-7": "iso88597 iso885971987 greek greek8 isoir126 csisolatingreek ecma118 elot928"
    " suneugreek",
    "iso8859-8": "iso88598 iso885981988 hebrew isoir138 csisolatinhebrew visual iso88598e"
    " iso88598i csiso88598e csiso88598i logical",
    "cp1254": "iso88599 iso885991989 latin5 l5 isoir148 csisolatin5 cp1254 windows1254 xcp1254",
    "iso8859-10": "iso885910 latin6 l6 isoir157 csisolatin6",
    "cp874": "iso885911 tis620 dos874 windows874 cp874",
    "iso8859-13": "iso885913",
    "iso8859-14": "iso885914",
    "iso8859-15": "iso885915 latin9 l9 csisolatin9",
    "iso8859-16": "iso885916",
    "cp866": "ibm866 cp866 866 csibm866",
    "koi8-r": "koi8r koi8 koi cskoi8r",
    "koi8-u": "koi8u koi8ru",
    "mac-roman": "macintosh mac xmacroman macroman csmacintosh",
    "mac-cyrillic": "xmaccyrillic xmacukrainian maccyrillic",
    "cp1250": "cp1250 windows1250 xcp1250",
    "cp1251": "cp1251 windows1251 xcp1251",
    "cp1253": "cp1253 windows1253 xcp1253",
    "cp1255": "cp1255 windows1255 xcp1255",
    "cp1256": "cp1256 windows1256 xcp1256",
    "cp1257": "cp1257 windows1257 xcp1257",
    "cp1258": "cp1258 windows1258 xcp1258",
    "gb18030": "gb18030 gbk gb2312 gb231280 xgbk chinese csgb2312 isoir58 csiso58gb231280 cp936",
    "big5hkscs": "big5 big5hkscs cnbig5 csbig5 xxbig5 cp950",
    "cp932": "shiftjis sjis xsjis mskanji ms932 windows31j csshiftjis cp932",
    "euc-jp": "eucjp xeucjp cseucpkdfmtjapanese",
    "iso2022-jp": "iso2022jp csiso2022jp",
    "cp949": "euckr cseuckr ksc56011987 ksc56011989 ksc5601 korean windows949 cp949 isoir149"
    " csksc56011987 uhc",
}
_CODECS = {label: codec for codec, labels in _LABELS.items() for label in labels.split()}
#: Of these, a few characters may be valid UTF-8 by chance; a byte of the others never is.
_OF_MANY_BYTES = frozenset({"gb18030", "big5hkscs", "cp932", "euc-jp", "iso2022-jp", "cp949"})
_JOINTS = str.maketrans("", "", "-_: \t\"'")
#: chardet looks no further; what it says of the first 200 kB holds for the rest.
_GUESSED_FROM = 200_000
#: chardet's confidence: 0.16 to 0.95 in a paragraph of 16 languages in 26 encodings, all right;
#: 0.05 where it was wrong on one short line, 0.02 in noise.
_LEAST_CONFIDENCE = 0.1
#: Control characters that no text has; a form feed parts pages, and ESC is tested with the rest.
_CONTROLS = regex.compile(r"[\x01-\x08\x0e-\x1f\x7f\ufffe\uffff]")
_MOST_CONTROLS = 0.02
_LONGER_THAN_ASCII = regex.compile(r"[^\x00-\x7f]")
_NOT_UTF_8 = regex.compile(r"[\udc80-\udcff]")
_NO_TEXT = ("this is not text", "Give the document itself, or its text saved as UTF-8")
_SAVE = "Open it, save it as UTF-8, and add that"


def decode(source: Source, declared: str = "") -> str:
    r"""Return the text of *source*, its lines ended by ``\n``, without a byte order mark.

    *declared* is the encoding that the document names itself, such as XML's or HTML's; what the
    server said comes before it, and a byte order mark before both. An encoding that does not fit
    every byte is passed over.

    Raises:
        Unreadable: it is no text, its encoding cannot be told, or a place in it is damaged.
    """
    text = _decoded(source.content, (source.charset, declared))
    _refuse_controls(text)
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _decoded(content: bytes, declared: tuple[str, ...]) -> str:
    for mark, codec, name in _MARKS:
        if content.startswith(mark):
            marked = content[len(mark) :]
            try:
                return marked.decode(codec)
            except UnicodeDecodeError as error:
                what = f"it begins as {name}, but its line {_line(marked, error)} is not {name}"
                raise Unreadable(what, _SAVE) from None
    for label in declared:
        codec = codec_of(label)
        if codec and (text := _strictly(content, codec)) is not None:
            return text
    # Text in UTF-16 or ISO-2022-JP may be UTF-8 too, with NUL or ESC between its letters.
    if (b"\x00" not in content and b"\x1b" not in content) and (
        text := _strictly(content, "utf-8")
    ) is not None:
        return text
    return _guessed(content)


def codec_of(label: str) -> str:
    """Return Python's name of the encoding that the web calls *label*; empty if it is unknown."""
    return _CODECS.get(label.strip().lower().translate(_JOINTS), "")


def _strictly(content: bytes, codec: str) -> str | None:
    if codec.startswith("utf-16") and b"\x00" not in content:
        return None  # named by a program that wrote it, and saved otherwise since
    if codec != "utf-8" and (text := _utf_8_nevertheless(content, codec)) is not None:
        return text
    try:
        return content.decode(codec)
    except UnicodeDecodeError:
        return None


def _utf_8_nevertheless(content: bytes, codec: str) -> str | None:
    """Return the text of *content* if it is UTF-8, although *codec* was declared."""
    if codec.startswith("utf-16") or b"\x1b" in content:
        return None
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        return None
    of_many_bytes = sum(1 for _ in _LONGER_THAN_ASCII.finditer(text, endpos=_GUESSED_FROM))
    return text if of_many_bytes > (8 if codec in _OF_MANY_BYTES else 0) else None


def _guessed(content: bytes) -> str:
    _refuse_damaged_utf_8(content)
    import chardet  # noqa: PLC0415  # 0.1 s, and most documents are UTF-8

    guess = chardet.detect(content[:_GUESSED_FROM])
    codec = codec_of(guess["encoding"] or "")
    if not codec:
        if b"\x00" in content or not guess["encoding"]:
            raise Unreadable(*_NO_TEXT)
        codec = str(guess["encoding"])
    if float(guess["confidence"] or 0) < _LEAST_CONFIDENCE:
        place = _line(content, _first_error(content))
        what = f"its encoding cannot be told: line {place} is not UTF-8"
        raise Unreadable(what, _SAVE)
    try:
        return content.decode(codec)
    except (UnicodeDecodeError, LookupError) as error:
        where = _line(content, error) if isinstance(error, UnicodeDecodeError) else 1
        what = f"its encoding cannot be told: line {where} is neither UTF-8 nor {codec}"
        raise Unreadable(what, _SAVE) from None


def _refuse_damaged_utf_8(content: bytes) -> None:
    """Raise :class:`Unreadable` if *content* is UTF-8 but for a few bytes: no guess mends it."""
    error = _first_error(content)
    if error is None or b"\x00" in content:
        return
    text = content.decode("utf-8", "surrogateescape")
    wrong = sum(1 for _ in _NOT_UTF_8.finditer(text))
    right = sum(1 for _ in _LONGER_THAN_ASCII.finditer(text)) - wrong
    if right > 4 * wrong:
        byte = content[error.start]
        what = f"it is UTF-8, but for its line {_line(content, error)} (byte 0x{byte:02x})"
        raise Unreadable(what, _SAVE)


def _first_error(content: bytes) -> UnicodeDecodeError | None:
    try:
        content.decode("utf-8")
    except UnicodeDecodeError as error:
        return error
    return None


def _line(content: bytes, error: UnicodeDecodeError | None) -> int:
    """Return the line, from 1, in which *error* stands."""
    return content.count(b"\n", 0, error.start) + 1 if error else 1


def _refuse_controls(text: str) -> None:
    if "\x00" in text:
        raise Unreadable(*_NO_TEXT)
    if sum(1 for _ in _CONTROLS.finditer(text)) > max(2, _MOST_CONTROLS * len(text)):
        raise Unreadable(*_NO_TEXT)
