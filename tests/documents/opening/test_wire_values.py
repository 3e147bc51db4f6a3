"""What goes to the child and back is the same value."""

from __future__ import annotations

import json
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents.model import Block, Claim, Extract, Field, Refused, Source, Turn
from documents.opening.framing import receive, send
from documents.opening.wire_values import from_wire, to_wire

#: Any text there is, a lone surrogate too: a file's name may have one.
_LINE = st.text().filter(lambda text: text.strip() and not set(text) & {"\n", "\r"})
_BLOCKS = st.builds(Block, text=_LINE, turn=st.none() | st.builds(Turn, name=st.text()))
_EXTRACTS = st.builds(
    Extract,
    part=st.text(),
    blocks=st.lists(_BLOCKS).map(tuple),
    refused=st.none() | st.builds(Refused, name=st.text(), what=st.text(), repair=st.text()),
)


@given(st.from_type(Source))
def test_a_source_comes_back_as_it_was(source: Source) -> None:
    assert from_wire(Source, json.loads(json.dumps(to_wire(source)))) == source


@given(st.lists(_EXTRACTS))
def test_extracts_come_back_as_they_were(extracts: list[Extract]) -> None:
    pipe = BytesIO()
    send(pipe, to_wire(extracts))
    pipe.seek(0)
    back = from_wire(list[Extract], receive(pipe, 10_000_000))
    assert back == extracts
    assert [type(block.kind) for one in back for block in one.blocks] == [
        type(block.kind) for one in extracts for block in one.blocks
    ]


@given(st.from_type(Claim))
def test_a_claim_comes_back_as_it_was(claim: Claim) -> None:
    assert from_wire(Claim, to_wire(claim)) == claim


@pytest.mark.parametrize(
    "written",
    [
        None,
        [],
        "claim",
        {},
        {"field": "title", "value": "A", "where": "here"},
        {"field": "title", "value": "A", "where": "here", "certain": True, "more": 1},
        {"field": "no field", "value": "A", "where": "here", "certain": True},
        {"field": "title", "value": 1, "where": "here", "certain": True},
        {"field": "title", "value": "A", "where": "here", "certain": 1},
    ],
)
def test_what_is_no_claim_is_refused(written: object) -> None:
    with pytest.raises(ValueError, match="no"):
        from_wire(Claim, written)


def test_a_value_keeps_its_own_rules() -> None:
    written = to_wire(Block(text="one"))
    with pytest.raises(ValueError, match="one line"):
        from_wire(Block, {**written, "text": "two\nlines"})


def test_what_no_model_holds_is_not_written() -> None:
    with pytest.raises(TypeError):
        to_wire({Field.TITLE})


def test_a_frame_that_is_too_long_or_cut_short_is_refused() -> None:
    pipe = BytesIO()
    send(pipe, "0123456789")
    with pytest.raises(ValueError, match="a frame of 12 bytes"):
        receive(BytesIO(pipe.getvalue()), 11)
    with pytest.raises(EOFError):
        receive(BytesIO(pipe.getvalue()[:-1]), 100)
    with pytest.raises(EOFError):
        receive(BytesIO(), 100)
