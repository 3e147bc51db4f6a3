"""Pages as press offices publish them, made for the tests."""

from documents.model import Extract, Source
from documents.reading.html.page import read_html

PARAGRAPHS = (
    "Valdoria will send forty observers to the crossing, who carry notebooks and no rifles.",
    "We thank the Kingdom of Karsia for its patience, and for the talks that it has led.",
    "The crossing opens on Monday for freight, and for all other traffic a week after that.",
)
TEXT = "".join(f"<p>{text}</p>" for text in PARAGRAPHS)


def source(html: str | bytes, **told: str) -> Source:
    """Return *html* as a source."""
    content = html.encode() if isinstance(html, str) else html
    return Source(name="page.html", content=content, **told)  # type: ignore[arg-type]


def read(html: str | bytes, **told: str) -> Extract:
    """Return the one extract of *html*."""
    (extract,) = read_html(source(html, **told))
    return extract


def texts(html: str | bytes) -> list[str]:
    """Return the text of each block of *html*."""
    return [block.text for block in read(html).blocks]


def page(main: str, *, head: str = "", around: str = "") -> str:
    """Return a page with *main* as its text, and what stands around it on most pages."""
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8">{head}</head><body>'
        '<div class="cookie-banner"><p>We use cookies to make this site work for you.</p></div>'
        '<header><nav><ul><li><a href="/">Home</a></li><li><a href="/news">News</a></li></ul></nav>'
        f"</header><main>{main}</main>{around}"
        "<footer><p>© 2025 Ministry of Foreign Affairs, 4 Harbour Square</p></footer></body></html>"
    )
