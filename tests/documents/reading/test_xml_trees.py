"""XML of strangers: honest entities are read, and no file grows, digs or reaches outside."""

from __future__ import annotations

from pathlib import Path

import pytest

from documents.model import Source, Unreadable
from documents.reading.xml_trees import DEEPEST, attribute, name_of, read_tree, text_of


def tree(content: bytes | str, charset: str = ""):
    """Return the root of *content*."""
    data = content if isinstance(content, bytes) else content.encode()
    return read_tree(Source(name="a.xml", content=data, charset=charset))


def test_entities_that_a_document_declares_are_read():
    root = tree('<!DOCTYPE a [<!ENTITY mdash "&#8212;">]><a>reopened&mdash;at last</a>')
    assert text_of(root) == "reopened—at last"


def test_iso_8859_1_means_windows_1252():
    """The web's labels hold in XML, too, in bytes and in references."""
    head = '<?xml version="1.0" encoding="ISO-8859-1"?>'
    root = tree(f"{head}<a>Ume\xe5, ".encode("latin-1") + b"\x93quay\x94, it&#146;s</a>")
    assert text_of(root) == "Umeå, “quay”, it’s"


def test_an_external_entity_is_never_opened(tmp_path: Path):
    secret = tmp_path / "secret"
    secret.write_text("a secret", encoding="utf-8")
    outside = f'<!DOCTYPE a [<!ENTITY x SYSTEM "file://{secret}">]><a>&x;</a>'
    with pytest.raises(Unreadable, match="not well-formed"):
        tree(outside)
    parameter = f'<!DOCTYPE a [<!ENTITY % x SYSTEM "file://{secret}"> %x;]><a>harmless</a>'
    assert text_of(tree(parameter)) == "harmless"


def test_entities_within_entities_do_not_grow_without_end():
    """A billion laughs are refused, and so is one long entity that is used a thousand times."""
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10 if n else "laugh"}">' for n in range(10))
    with pytest.raises(Unreadable):
        tree(f"<!DOCTYPE a [{laughs}]><a>&l9;</a>")
    long = f'<!DOCTYPE a [<!ENTITY l "{"x" * 5000}">]><a>{"&l;" * 1000}</a>'
    with pytest.raises(Unreadable, match="far more text"):
        tree(long)


def test_elements_are_nested_only_so_deep():
    assert text_of(tree("<a>" * DEEPEST + "deep" + "</a>" * DEEPEST)) == "deep"
    with pytest.raises(Unreadable, match="nested"):
        tree("<a>" * 100_000)


@pytest.mark.parametrize("content", ["", "  \n", "<a>cut", "no XML", "<a></b>", "<a>&nbsp;</a>"])
def test_what_is_no_xml_is_refused(content: str):
    with pytest.raises(Unreadable):
        tree(content)


def test_an_empty_file_has_no_text():
    with pytest.raises(Unreadable, match="no text"):
        tree("")


def test_words_are_one_line_and_a_no_break_space_stays():
    root = tree("<a>\n\tabout <b>10\u00a0km</b><c>not this</c> off\n</a>")
    assert text_of(root, {"c"}) == "about 10\u00a0km off"


def test_names_and_attributes_have_no_namespace():
    root = tree('<x:a xmlns:x="urn:x" x:id="q1" who="#b"/>')
    assert (name_of(root), attribute(root, "id"), attribute(root, "who")) == ("a", "q1", "#b")
    assert attribute(root, "absent") == ""
