"""Tells which part of a page is its text: from which block to which, in which element.

The judges are, in this order: a container that official sites are known to use, trafilatura's vote,
and rules of our own where that cannot be asked.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from documents.model import BlockKind
from documents.reading.html.tree import Element, Page
from documents.reading.html.vote import Vote, long_enough
from documents.reading.html.walker import Placed

#: Where GOV.UK, schema.org and WordPress put the text, and nothing else.
_CONTAINER_CLASSES = ("govspeak", "entry-content", "post-content")
#: Letters under which such a container is empty, and its text loaded by a script.
_FEWEST = 40
#: The share of what the vote kept that the chosen element holds, and of what our rules took.
_VOTED, _RULED = 0.95, 0.8
#: Letters of a paragraph that is taken for text by our own rules, and the most of it in links.
_PARAGRAPH, _MOST_LINKED = 80, 0.4
#: Letters of a lead, and within how many blocks after the title it is looked for.
_LEAD, _LEAD_WITHIN = 80, 8
#: Links fill what is no text at the ends: "Back to all news".
_ALL_LINKS = 0.9


@dataclass(frozen=True, slots=True)
class Part:
    """The blocks that are the text, and the element that they stand in."""

    core: Element
    placed: Sequence[Placed]


def container_of(page: Page) -> Element | None:
    """Return the element that holds the text of a page of an official site, if there is one."""
    found: list[Element] = []
    for element in page.elements:
        if element.letters < _FEWEST or not element.attributes:
            continue
        classes = element.get("class").lower().split()
        named = any(name in classes for name in _CONTAINER_CLASSES)
        named = named or element.get("itemprop") == "articleBody"
        # The outermost; two beside one another are a list of articles.
        if (
            named
            and element.letters >= _FEWEST
            and not any(one in found for one in element.around())
        ):
            found.append(element)
    return found[0] if len(found) == 1 and found[0].linked < found[0].letters / 2 else None


def core_of(placed: Sequence[Placed], ballot: Vote | None, root: Element) -> Element:
    """Return the smallest element that holds the text, by *ballot* or else by our own rules."""
    if ballot is not None:
        return _smallest([one for one in long_enough(placed) if ballot.has(one)], _VOTED, root)
    return _smallest(_paragraphs(placed), _RULED, root)


def cut(placed: Sequence[Placed], ballot: Vote | None) -> list[Placed]:
    """Return *placed* from the first block that is text to the last, with short neighbours."""
    if ballot is None:
        kept = set(map(id, _paragraphs(placed)))
        return _between(placed, lambda one: id(one) in kept, _is_plain_neighbour)
    if any(ballot.has(one) for one in long_enough(placed)):
        long = set(map(id, long_enough(placed)))
        return _between(placed, lambda one: id(one) in long and ballot.has(one), ballot.has)
    return _between(placed, ballot.has, ballot.has)


def with_lead(placed: Sequence[Placed], chosen: Sequence[Placed]) -> list[Placed]:
    """Return *chosen* with the paragraphs between the title and its first block.

    Many pages have the lead in an element of its own, and trafilatura leaves it out of some.
    """
    lead = [
        one
        for one in below_title(placed, chosen)
        if one.why is None and one.letters >= _LEAD and one.linked < _MOST_LINKED
    ]
    return [*lead, *chosen]


def below_title(placed: Sequence[Placed], chosen: Sequence[Placed]) -> list[Placed]:
    """Return those of *placed* that stand between the title and the first of *chosen*."""
    if not chosen:
        return []
    at = next((number for number, one in enumerate(placed) if one is chosen[0]), 0)
    before = placed[max(0, at - _LEAD_WITHIN) : at]
    titles = [number for number, one in enumerate(before) if one.block.level == 1]
    return list(before[titles[-1] + 1 :]) if titles else []


def without_link_ends(placed: Sequence[Placed]) -> list[Placed]:
    """Return *placed* without what is nothing but links at its ends, and headings of nothing."""
    text = _between(placed, lambda one: one.linked < _ALL_LINKS, lambda _: False)
    while len(text) > 1 and text[-1].block.kind is BlockKind.HEADING:
        text.pop()
    return text


def _between(
    placed: Sequence[Placed],
    chosen: Callable[[Placed], bool],
    neighbour: Callable[[Placed], bool],
) -> list[Placed]:
    """Return what lies between the first *chosen* block and the last, with *neighbour* blocks."""
    at = [number for number, one in enumerate(placed) if chosen(one)]
    if not at:
        return []
    first, last = at[0], at[-1]
    while first > 0 and neighbour(placed[first - 1]):
        first -= 1
    while last + 1 < len(placed) and neighbour(placed[last + 1]):
        last += 1
    return list(placed[first : last + 1])


def _smallest(placed: Sequence[Placed], share: float, root: Element) -> Element:
    """Return the smallest element with at least *share* of the letters in *placed*."""
    letters: Counter[Element] = Counter()
    for one in placed:
        letters[one.element] += one.letters
    wanted = share * sum(letters.values())
    inside_out = list(root.within())[::-1]
    for element in inside_out:
        if element.parent is not None and letters[element]:
            letters[element.parent] += letters[element]
    smallest = root
    while wanted:
        inner = [one for one in smallest.children if isinstance(one, Element)]
        best = next((one for one in inner if letters[one] >= wanted), None)
        if best is None:
            break
        smallest = best
    return smallest


def _paragraphs(placed: Sequence[Placed]) -> list[Placed]:
    """Return what is text by our own rules: paragraphs of some length that are no links."""
    told = [one for one in placed if one.why is None and one.linked < _MOST_LINKED]
    for length in (_PARAGRAPH, _PARAGRAPH / 3, 1):
        found = [one for one in told if one.letters >= length]
        if found:
            return found
    return []


def _is_plain_neighbour(one: Placed) -> bool:
    """Return whether *one* may belong to the paragraph beside it, by our own rules."""
    return one.linked < _MOST_LINKED and (
        one.letters > 15 or one.block.kind in (BlockKind.ITEM, BlockKind.HEADING, BlockKind.ROW)
    )
