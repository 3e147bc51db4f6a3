"""Makes a statement's link jump to the passage, by a text fragment: ``#:~:text=first,last``.

A browser that supports them (WICG, URL Fragment Text Directives) opens the page at these words and
marks all between; any other, or one that does not find the words, just opens the page. Where the
words cannot be expected on the page, the link stays as it is filed. Nothing is fetched here.
"""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import quote, unquote, urlsplit

import regex

from index import Attribution, Hit, Kind, Translation

#: The longest fragment in bytes, its "#" included. Telegram takes 32 KiB of a message before
#: parsing, and a quote and a filed link at their longest, all escaped, need 30 of them.
LONGEST_FRAGMENT = 300
_DIRECTIVE = ":~:text="
#: Bytes for the first words and for the last: most for the first, which the browser looks for.
_ROOM = LONGEST_FRAGMENT - len(f"#{_DIRECTIVE},")
_FIRST_ROOM, _LAST_ROOM = 200, _ROOM - 200
#: Characters up to which a sentence is named whole, and else of its first and last words. The page
#: often breaks a longer one, by the number of a footnote for example, and a browser looks for what
#: it is given letter by letter. The first go beyond "Thank you very much for your question"; the
#: last only have to come after them.
_WHOLE, _FIRST, _LAST = 100, 50, 25
#: A sentence with fewer letters may well be on the page twice; Google's text-fragments-polyfill
#: asks for as many characters (``MIN_LENGTH_WITHOUT_CONTEXT``). First words with fewer are few.
_FEWEST_LETTERS, _FEWEST_FIRST_LETTERS = 20, 9
#: Of a sentence that is longer than any real one, only the beginning is read.
_LONGEST_SENTENCE = 2000

#: Scripts that set no spaces between words; one of their letters says as much as two of others.
_UNSPACED = r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}]"
_UNSPACED_LETTER = regex.compile(_UNSPACED)
_OTHER_LETTER = rf"(?!{_UNSPACED})[\p{{P}}\p{{L}}\p{{N}}]"
#: Where a sentence is cut: at spaces, and where a script without them meets a mark or another
#: script, since a browser finds whole words only. Never within a character (Unicode Annex 29).
_CUT = regex.compile(
    r"(?<!\p{GCB=Prepend})\s++(?![\p{GCB=Extend}\p{GCB=SpacingMark}\p{GCB=ZWJ}])"
    rf"|(?<={_UNSPACED})(?=\p{{GCB=Other}})(?={_OTHER_LETTER})"
    rf"|(?<=\p{{GCB=Other}})(?<={_OTHER_LETTER})(?={_UNSPACED})(?=\p{{GCB=Other}})"
)
_CHARACTER = regex.compile(r"\X")
_SURROGATE = regex.compile(r"\p{Cs}")
#: What a working link never has.
_BROKEN = regex.compile(r"[\s\p{Cc}\p{Cs}]")
#: Endings of files that are not pages: no text to search, or not shown by the browser itself.
_NO_PAGE = frozenset(
    [
        *("pdf", "doc", "docx", "odt", "rtf", "xls", "xlsx", "ods", "csv", "ppt", "pptx", "odp"),
        *("epub", "zip", "gz", "rar", "7z", "jpg", "jpeg", "png", "gif", "webp", "avif", "svg"),
        *("tif", "tiff", "bmp", "mp3", "m4a", "aac", "wav", "ogg", "oga", "opus", "flac", "mp4"),
        *("m4v", "mov", "avi", "webm", "mkv", "mpg", "mpeg", "ogv", "wmv"),
    ]
)


def source_link(hit: Hit) -> str:
    """Return the link to the statement of *hit*, opened at its key sentence where that can work.

    It begins with the link as filed, and adds nothing where there is no page, or where the words
    are not on it: a brief is in our own words, and an unofficial translation may stand anywhere. It
    is empty where no link is filed.
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
    complete = len(sentence) <= _LONGEST_SENTENCE
    sentence = sentence[:_LONGEST_SENTENCE]
    if _letters(sentence) < _FEWEST_LETTERS or _SURROGATE.search(sentence):
        return ""
    if len(sentence) <= _WHOLE and len(whole := _encoded(sentence)) <= _ROOM:
        return _DIRECTIVE + whole
    first = _first_words(sentence)
    if _letters(first) < _FEWEST_FIRST_LETTERS:
        return ""
    last = _last_words(sentence, len(first)) if complete else ""
    return _DIRECTIVE + _encoded(first) + (f",{_encoded(last)}" if last else "")


def _first_words(sentence: str) -> str:
    words = _beginning(sentence, (cut.start() for cut in _CUT.finditer(sentence)))
    if _letters(words) < _FEWEST_FIRST_LETTERS and _UNSPACED_LETTER.match(sentence):
        # Rather a cut that may be inside a word than none: if it is, the page opens at its top.
        words = _beginning(sentence, (one.end() for one in _CHARACTER.finditer(sentence)))
    return words


def _beginning(sentence: str, ends: Iterable[int]) -> str:
    """Return the longest beginning of *sentence* that there is room for, up to one of *ends*."""
    beginning = ""
    for end in ends:
        if end > _FIRST or len(_encoded(sentence[:end])) > _FIRST_ROOM:
            break
        beginning = sentence[:end]
    return beginning


def _last_words(sentence: str, after: int) -> str:
    """Return the longest end of *sentence* that there is room for, *after* an offset."""
    for cut in _CUT.finditer(sentence, max(after, len(sentence) - _LAST)):
        words = sentence[cut.end() :]
        if len(_encoded(words)) <= _LAST_ROOM:
            return words if _letters(words) else ""
    return ""


def _letters(text: str) -> int:
    return sum(map(str.isalnum, text)) + len(_UNSPACED_LETTER.findall(text))


def _encoded(words: str) -> str:
    """Return *words* percent-encoded, with the directive's own marks: comma, ampersand and dash."""
    return quote(words, safe="").replace("-", "%2D")


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
