"""YAML as people write it: words stay words, lines are kept, and no text does harm."""

from __future__ import annotations

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from index.files.yaml_reader import (
    InvalidYaml,
    YamlList,
    YamlMapping,
    YamlNode,
    YamlText,
    read_yaml,
)


def entries(text: str) -> tuple[dict[str, tuple[int, object]], list[InvalidYaml]]:
    root = read_yaml(text)
    assert isinstance(root, YamlMapping)
    found, wrong = root.entries("field")
    return {name: (one.line, one.value.plain()) for name, one in found.items()}, wrong


def test_values_stay_as_they_are_written() -> None:
    text = "a: No\nb: 2025\nc: '~'\nd: 1_000\ne: ~\nf:\ng: [x, {y: z}]"
    assert {name: value for name, (_, value) in entries(text)[0].items()} == {
        "a": "No",
        "b": "2025",
        "c": "~",
        "d": "1_000",
        "e": None,
        "f": None,
        "g": ["x", {"y": "z"}],
    }


def test_an_entry_has_the_line_of_its_name() -> None:
    assert entries("# who\nspeakers:\n  - A\n  - B\n")[0] == {"speakers": (2, ["A", "B"])}


def test_a_name_given_twice_or_no_name_is_reported_and_the_first_is_kept() -> None:
    found, wrong = entries("a: 1\n? [b]\n: c\na: 2")
    assert found == {"a": (1, "1")}
    assert [(one.line, one.what) for one in wrong] == [
        (2, "this is not a field"),
        (4, "a is given twice"),
    ]
    assert wrong[1].repair == "Keep one of them (see line 1)."


@pytest.mark.parametrize("text", ["a: &a [*a]", "a: *nowhere", "a: {b: [*c]}"])
def test_a_reference_is_refused_where_it_is_used(text: str) -> None:
    root = read_yaml(text)
    assert root is not None
    with pytest.raises(InvalidYaml, match="there is a reference to another value"):
        root.plain()


@pytest.mark.parametrize("text", ["", "\n", "# nothing", "---\n"])
def test_a_text_without_a_value_is_none(text: str) -> None:
    assert read_yaml(text) is None


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        ("a: [b", 11, "this is not YAML (did not find expected ',' or ']')"),
        ("a: b\nc: [d\n\n\n", 12, "this is not YAML (did not find expected ',' or ']')"),
        ("a: b\n\tc: d", 12, "this is not YAML (found a tab character that violates indentation)"),
        ("a: b\n---\nc: d", None, "this is not YAML (there is more than one document in it)"),
        ("[" * 9, None, "this is not YAML (it is nested too deeply)"),
        ("a: \0", None, "this is not YAML"),
    ],
)
def test_what_is_not_yaml_is_reported(text: str, line: int | None, what: str) -> None:
    with pytest.raises(InvalidYaml) as refused:
        read_yaml(text, first_line=11)
    assert refused.value.line == line
    assert refused.value.what.startswith(what)
    assert refused.value.repair.endswith(".")


def texts(node: YamlNode | None) -> object:
    """Return a value as PyYAML's base loader builds it: every scalar is text."""
    if isinstance(node, YamlMapping):
        pairs = zip(node.members[::2], node.members[1::2], strict=True)
        return {texts(name): texts(value) for name, value in pairs}
    if isinstance(node, YamlList):
        return [texts(one) for one in node.members]
    return node.text if isinstance(node, YamlText) else None


@given(st.text(alphabet="-[]{}ab!|>'\"#:,~? \n\t\ud7ff\u0085\ufeff", max_size=60))
def test_any_text_is_read_as_pyyaml_reads_it_or_refused(text: str) -> None:
    try:
        expected = yaml.load(text, Loader=yaml.CBaseLoader)  # noqa: S506  # makes only text
    except (yaml.YAMLError, ValueError):
        return
    if "[[[[" not in text and "{{{{" not in text:
        assert texts(read_yaml(text)) == (None if expected == "" else expected)
