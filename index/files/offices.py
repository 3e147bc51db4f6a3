"""Tells which listed speaker a transcript means by an office: ``PRIME MINISTER``, ``PM``.

It is the one who is listed with that role. A speaker who is listed alone and without a role has it
if the statement's title or publisher names that office, and no other one in the transcript, and
nobody else there bears it; the office is then the role.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from index.files.cast import Cast
from index.files.labels import Label
from index.model.statement import Speaker
from index.text.labels import label_words, words_of

#: A longer word in capitals is no initials.
_LONGEST_INITIALS = 3


def by_offices(
    names: Iterable[str],
    speakers: Sequence[Speaker],
    beside: str,
    language: str,
    publisher: str = "",
) -> dict[str, Speaker]:
    """Return whom of the listed *speakers* those of *names* mean that are offices.

    *beside* is the statement's title and publisher; of several offices that they name, the one is
    meant that the *publisher* has.

    >>> by_offices(["PM", "PM KEY"], [Speaker("Lin Wei")], "Prime Minister's transcripts", "en")
    {}
    >>> by_offices(["PM", "MR KEY"], [Speaker("Lin Wei")], "Prime Minister's transcripts", "en")
    {'PM': Speaker(name='Lin Wei', role='PM')}
    """
    words = label_words(language)
    small = words.particles | {"the"}
    forms = {name: [word for word in words_of(name) if word not in small] for name in names}
    bearing = [
        name
        for name, form in forms.items()
        if not words.offices.isdisjoint([*form, " ".join(form)])
    ]
    if not bearing:
        return {}
    cast = Cast(speakers, words)
    found = {name: cast.with_role(Label(text=name, end=len(name))) for name in bearing}
    if len(speakers) == 1 and not speakers[0].role:
        told = [word for word in words_of(beside) if word not in small]
        own = set(words_of(speakers[0].name))
        means: dict[str, Speaker] = {}
        for name in bearing:
            form = forms[name]
            borne = any(
                len(other) > len(form) and _in_order(form, other) and own.isdisjoint(other)
                for other in forms.values()
            )
            whole = " ".join(form) in words.offices or words.offices.issuperset(form)
            if whole and not borne and _is_told(form, told):
                means[name] = Speaker(speakers[0].name, _as_role(name))
        if len({_initials(forms[name]) for name in means}) > 1:
            # One of them is somebody else's: "Press conference with the Treasurer".
            own_words = [word for word in words_of(publisher) if word not in small]
            means = {name: one for name, one in means.items() if _is_told(forms[name], own_words)}
        if len({_initials(forms[name]) for name in means}) == 1:
            found |= means
    return {name: speaker for name, speaker in found.items() if speaker}


def _initials(office: Sequence[str]) -> str:
    """Return the initials of an *office*; one word of a few letters is initials itself."""
    whole = len(office) > 1 or len(office[0]) > _LONGEST_INITIALS
    return "".join(word[0] for word in office) if whole else office[0]


def _as_role(label: str) -> str:
    """Return a *label* in capitals as a role is written: "Prime Minister", "PM"."""
    words = label.strip(" :：").split()
    short = len(words) == 1 and len(words[0]) <= _LONGEST_INITIALS
    return " ".join(words if short else [word.capitalize() for word in words])


def _is_told(office: Sequence[str], words: Sequence[str]) -> bool:
    """Return whether *words* name the *office*, or its initials; or it is initials of theirs."""
    if _in_order(office, words) or "".join(word[0] for word in office) in words:
        return True
    size = len(office[0])
    return len(office) == 1 < size and any(
        "".join(word[0] for word in words[start : start + size]) == office[0]
        for start in range(len(words) - size + 1)
    )


def _in_order(few: Sequence[str], words: Sequence[str]) -> bool:
    """Return whether *few* stand side by side among *words*."""
    size = len(few)
    return any(list(words[at : at + size]) == list(few) for at in range(len(words) - size + 1))
