"""Speakers named in Chinese, with and without their roles."""

from __future__ import annotations

import pytest

from index.question.unspaced_names import UnspacedNames

SPEAKERS = [
    ("林国栋", "外交部长"),
    ("吴建民", "中国驻巴基斯坦大使"),
    ("何晓岚", "外交部发言人"),
    ("Lin Wei", "Ambassador"),
]
NAMES = UnspacedNames(SPEAKERS)


@pytest.mark.parametrize(
    ("written", "names"),
    [
        ("林国栋", {"林国栋"}),
        ("林國棟", {"林国栋"}),
        ("林国栋外长", {"林国栋"}),
        ("外长林国栋", {"林国栋"}),
        ("吴建民大使", {"吴建民"}),
        ("中国大使", {"吴建民"}),
        ("驻巴基斯坦大使", {"吴建民"}),
        ("外交部发言人何晓岚", {"何晓岚"}),
        ("发言人", {"何晓岚"}),
        # No role, another's role, and words around a name.
        ("中国", set()),
        ("中国人", set()),
        ("林国栋大使", set()),
        ("关于林国栋", set()),
        ("Lin Wei", set()),
        ("", set()),
    ],
)
def test_a_speaker_is_found_by_name_role_or_both(written: str, names: set[str]) -> None:
    assert {SPEAKERS[number][0] for number in NAMES.find(written)} == names


def test_a_record_without_such_names_finds_nobody() -> None:
    assert UnspacedNames([("Lin Wei", "Ambassador")]).find("林国栋") == []
