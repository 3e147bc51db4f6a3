"""Makes a statement's link jump to the passage, by a text fragment: ``#:~:text=first,last``.

A browser that knows them (WICG, URL Fragment Text Directives) opens the page at these words and
marks what is between; another, or one that does not find the words, just opens the page. Where they
cannot be expected on the page, the link stays as it is filed. Nothing is fetched here.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, takewhile
from urllib.parse import quote, unquote, urlsplit

import regex

from index import Attribution, Hit, Kind, Translation

#: The longest fragment in bytes, its "#" included. Telegram takes 32 KiB of a message before
#: parsing, and a quote and a filed link at their longest, all escaped, need 30 of them.
LONGEST_FRAGMENT = 300
_DIRECTIVE = ":~:text="
#: Of the rest most goes to the first words: a browser jumps to where it first finds these.
_ROOM = LONGEST_FRAGMENT - len(f"#{_DIRECTIVE},")
_FIRST_ROOM, _LAST_ROOM = 200, _ROOM - 200
#: How much is named, where a word weighs two, and one a character of a script without spaces, in
#: which a word has about two. Ten words first, since "Thank you very much for your question" opens
#: many a paragraph, or at least three; four last, which only have to come after those.
_FIRST, _FIRST_LEAST, _LAST = 20, 6, 8
#: Up to this a sentence is named whole. A longer one is often broken on the page, by the number of
#: a footnote for example, and a browser looks for what it is given letter by letter.
_WHOLE = 32
#: A sentence with fewer letters may well be on the page twice. Google's text-fragments-polyfill
#: asks for as many characters (``MIN_LENGTH_WITHOUT_CONTEXT``) unless it names the words around.
_FEWEST_LETTERS = 20
#: The last words are looked for in so many characters at the end, from a space on. Of a sentence
#: that is longer than any real one, only the beginning is read.
_TAIL, _LONGEST_SENTENCE = 60, 2000

#: Scripts whose words are not set apart.
_UNSPACED = r"\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}"
_UNSPACED_LETTER = regex.compile(f"[{_UNSPACED}]")
#: A word, or a character of such a script; or a space. Each is made of what a reader sees as
#: characters (Unicode Annex 29, ``\X``), since no browser finds a part of one.
_PIECE = regex.compile(
    rf"(?P<word>(?:(?![\s{_UNSPACED}])\X)+)|(?P<character>(?=[{_UNSPACED}])\X)|\X"
)
#: The same for a text in which every code point is a character by itself, as in most European
#: languages; it takes a fifth of the time.
_SIMPLE = regex.compile(r"[\x00-\u02ff\u2010-\u2027\u20ac]*")
_SIMPLE_PIECE = regex.compile(r"(?P<word>\S+)")
#: Where two characters of a script without spaces meet, they may be of one word.
_MAY_BE_INSIDE = regex.compile(rf"(?<=[{_UNSPACED}\p{{M}}])(?=[{_UNSPACED}])")
_SURROGATE = regex.compile(r"\p{Cs}")
#: What no link has as filed.
_BROKEN = regex.compile(r"[\s\p{Cc}\p{Cs}]")
#: Endings of what is no page: it has no text to search, or is not shown by the browser itself.
_NO_PAGE = frozenset(
    [
        *("pdf", "doc", "docx", "odt", "rtf", "xls", "xlsx", "ods", "csv", "ppt", "pptx", "odp"),
        *("epub", "zip", "gz", "rar", "7z", "jpg", "jpeg", "png", "gif", "webp", "avif", "svg"),
        *("tif", "tiff", "bmp", "mp3", "m4a", "aac", "wav", "ogg", "oga", "opus", "flac", "mp4"),
        *("m4v", "mov", "avi", "webm", "mkv", "mpg", "mpeg", "ogv", "wmv"),
    ]
)


@dataclass(frozen=True, slots=True)
class _Piece:
    """A word of a sentence, or a character where words are not set apart."""

    #: Offsets into the sentence in characters (code points), end exclusive.
    start: int
    stop: int
    weight: int


def source_link(hit: Hit) -> str:
    """Return the link to the statement of *hit*, opened at its key sentence where that can work.

    It always begins with the link as filed, and is no more than that where there is no page, and
    where the words are not on it: a brief's are our own, and of an unofficial translation nobody
    knows where it stands. It is empty where no link is filed.
    """
    cited = hit.citation
    brief = cited.kind is Kind.BRIEF or cited.attribution is Attribution.BRIEF
    if brief or cited.translation is Translation.UNOFFICIAL or not _is_page(cited.url):
        return cited.url
    fragment = text_fragment(hit.key_sentence.text)
    if not fragment:
        return cited.url
    # A fragment of the page's own goes before the directive, and works as before.
    return f"{cited.url}{'' if '#' in cited.url else '#'}{fragment}"


def text_fragment(sentence: str) -> str:
    """Return the directive that finds *sentence* on a page; empty if it cannot tell it apart.

    >>> text_fragment("The old quay, it was said, stays with the boats.")
    ':~:text=The%20old%20quay%2C%20it%20was%20said%2C%20stays%20with%20the%20boats.'
    """
    ends = len(sentence) <= _LONGEST_SENTENCE
    sentence = sentence[:_LONGEST_SENTENCE]
    letters = sum(map(str.isalnum, sentence)) + len(_UNSPACED_LETTER.findall(sentence))
    if letters < _FEWEST_LETTERS or _SURROGATE.search(sentence):
        return ""
    head = _head(sentence)
    if _weight(head) <= _WHOLE and len(whole := _encoded(sentence, head)) <= _ROOM:
        return _DIRECTIVE + whole
    first = _as_many(sentence, head, _FIRST, _FIRST_ROOM)
    surely = _to_a_word(sentence, first, "stop")
    # Rather a cut that may be inside a word than none: if it is, the page opens at its top.
    first = surely if _weight(surely) >= _FIRST_LEAST else first
    if _weight(first) < _FIRST_LEAST:
        return ""
    tail = _tail(sentence, first[-1].stop) if ends else []
    last = _as_many(sentence, tail, _LAST, _LAST_ROOM)
    last = _to_a_word(sentence, last, "start")
    fragment = _DIRECTIVE + _encoded(sentence, first)
    return f"{fragment},{_encoded(sentence, last)}" if _weight(last) else fragment


def _head(sentence: str) -> list[_Piece]:
    """Return the first pieces of *sentence*, until they weigh more than a whole one may."""
    head, weight = [], 0
    for piece in _pieces(sentence):
        head.append(piece)
        weight += piece.weight
        if weight > _WHOLE:
            break
    return head


def _tail(sentence: str, start: int) -> list[_Piece]:
    """Return the last pieces of *sentence*, in reverse, of those at or after *start*."""
    space = sentence.rfind(" ", start, max(start, len(sentence) - _TAIL))
    return list(_pieces(sentence, max(start, space)))[::-1]


def _pieces(sentence: str, start: int = 0) -> Iterator[_Piece]:
    """Yield the pieces of *sentence* from *start* on, in order, without the spaces."""
    pattern = _SIMPLE_PIECE if _SIMPLE.fullmatch(sentence) else _PIECE
    for match in pattern.finditer(sentence, start):
        if match.lastgroup == "character":
            yield _Piece(match.start(), match.end(), 1)
        elif match.lastgroup:
            # A mark by itself says nothing.
            yield _Piece(match.start(), match.end(), 2 * any(map(str.isalnum, match.group())))


def _weight(pieces: Sequence[_Piece]) -> int:
    return sum(piece.weight for piece in pieces)


def _as_many(sentence: str, pieces: list[_Piece], most: int, room: int) -> list[_Piece]:
    """Return as many of *pieces*, from the first, as weigh *most* and fit into *room* bytes."""
    weights = accumulate(piece.weight for piece in pieces)
    pieces = pieces[: sum(1 for _ in takewhile(lambda weight: weight <= most, weights))]
    while pieces and len(_encoded(sentence, pieces)) > room:
        pieces.pop()
    return pieces


def _to_a_word(sentence: str, pieces: list[_Piece], bound: str) -> list[_Piece]:
    """Return *pieces* without the last, until their *bound*, stop or start, is not inside a word.

    A browser finds whole words only, and where they are not set apart it knows them from a
    dictionary, which is not here: of a mark or a space it is certain.
    """
    kept = len(pieces)
    while kept and _MAY_BE_INSIDE.match(sentence, getattr(pieces[kept - 1], bound)):
        kept -= 1
    return pieces[:kept]


def _encoded(sentence: str, pieces: Sequence[_Piece]) -> str:
    """Return the slice of *sentence* that *pieces* span, percent-encoded.

    The directive's own marks are the comma, the ampersand and the dash; the dash is one that
    addresses leave as it is.
    """
    start = min(pieces[0].start, pieces[-1].start)
    stop = max(pieces[0].stop, pieces[-1].stop)
    return quote(sentence[start:stop], safe="").replace("-", "%2D")


def _is_page(url: str) -> bool:
    """Return whether *url* may lead to a page with text, and names no passage of it yet."""
    if _BROKEN.search(url) or ":~:" in url:
        return False
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    name = unquote(parts.path).rpartition("/")[2].partition(";")[0]
    _, dot, ending = name.rpartition(".")
    web = parts.scheme in ("http", "https") and bool(parts.netloc)
    return web and not (dot and ending.strip().lower() in _NO_PAGE)
