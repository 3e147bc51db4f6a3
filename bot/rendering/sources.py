"""Renders the statements on record: a list, or the ways into one that is too long to turn over.

Of more than ``FEW`` statements there is a first page with years, speakers and kinds, each with the
number of its statements; a shelf that is still long is divided by years, months and days. The
statements are sorted by ``index.Shelves``, and pages are named by ``source_codes``.
"""

from __future__ import annotations

import datetime
from calendar import monthrange
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from telegram import InlineKeyboardButton

from bot.i18n.strings import Strings
from bot.rendering.callback_data import Action, CallbackData
from bot.rendering.html import LONGEST_LISTED_URL, bold, link, plain, typed
from bot.rendering.keyboards import button, keyboard
from bot.rendering.source_codes import FIRST, Base, Page, PageKind
from bot.rendering.source_contents import (
    FEW,
    INITIALS,
    KINDS,
    SOURCES_A_PAGE,
    SPEAKERS,
    SourceContents,
)
from bot.rendering.view import Reply, View
from index import UNDATED, Hit, Kind, Shelves, SpeakersShelf, Statement

#: Buttons side by side: those that open a statement, years and months, days, initials.
_A_ROW, _PERIODS_A_ROW, _DAYS_A_ROW, _INITIALS_A_ROW = 5, 3, 5, 4
#: Years on the first page, and periods on any other.
_FIRST_YEARS, _PERIODS_A_PAGE = 9, 60
#: From so many pages on there are buttons that go further than to the next.
_MANY_PAGES = 4
#: Characters of a name on a button, which has a row for itself; and in a heading.
_LONGEST_LABEL, _LONGEST_NAME = 36, 60

#: To the page before and the page after, of names.
_ARROWS = ("‹", "›")

#: Returns the first paragraph of the statement with an id.
Opening = Callable[[str], Hit | None]


@dataclass(frozen=True, slots=True)
class Sources:
    """What a page of sources is made from."""

    shelves: Shelves
    view: View
    #: The day from which words such as "yesterday" are counted.
    today: datetime.date
    opening: Opening | None = None

    @property
    def contents(self) -> SourceContents:
        """What its pages have."""
        return SourceContents(self.shelves, self.today)

    def render(self, page: Page = FIRST, number: int = 0, notice: str = "") -> Reply:
        """Return *page*, of those that it goes on over that with *number*, from 0.

        The *notice*, in HTML, stands above. For what is not on record, such as a speaker who was,
        it is the first page.
        """
        shelves = self.shelves
        if not shelves.statements:
            return Reply(plain(self.view.strings.nothing_on_record))
        match page.kind:
            case PageKind.DATES | PageKind.LIST:
                made = self._shelf(page, number)
            case PageKind.NEWEST:
                newest = shelves.everything[:SOURCES_A_PAGE]
                made = self._list(page, self._heading("", len(newest)), newest, 0)
            case PageKind.SPEAKERS:
                made = self._speakers(page, shelves.speakers, number)
            case PageKind.INITIALS:
                made = self._initials(page, number)
            case PageKind.KINDS:
                made = self._kinds()
            case _:
                made = None
        reply = made or self._first(number)
        return replace(reply, html=f"{notice}\n\n{reply.html}") if notice else reply

    def _first(self, number: int) -> Reply:
        """Return the first page: the ways in, or if there are few statements, these."""
        shelves, strings = self.shelves, self.view.strings
        total = plain(strings.statements(len(shelves.statements)))
        if len(shelves.statements) <= FEW:
            heading = strings.sources_heading.format(statements=total)
            return self._list(FIRST, heading, shelves.everything, number)
        dates = shelves.dates
        lines = [strings.sources_total.format(statements=total)]
        if dates:
            lines.append(plain(strings.span(*dates)))
        example = f"{dates[1]:%Y-%m}" if dates else shelves.speakers[0].name[:_LONGEST_LABEL]
        lines.append(strings.sources_how.format(example=plain(example)))
        years = shelves.divided(shelves.everything, "")
        dated = [one for one in years if one[0] != UNDATED]
        undated = [one for one in years if one[0] == UNDATED]
        shown, earlier = dated[:_FIRST_YEARS], dated[_FIRST_YEARS:]
        more = []
        if earlier:
            label = _counted(strings.button_earlier_years, sum(one for _, one in earlier))
            more.append(self._to(label, Page(PageKind.DATES)))
        more += [self._to_period(one, Page(PageKind.DATES)) for one in undated]
        ways = [self._to(_counted(strings.button_speakers, len(shelves.speakers)), SPEAKERS)]
        if len(shelves.kinds) > 1:
            ways.append(self._to(_counted(strings.button_kinds, len(shelves.kinds)), KINDS))
        newest = self._to(strings.button_newest, Page(PageKind.NEWEST))
        rows = [
            [newest],
            *_rows([self._to_period(one, Page(PageKind.DATES)) for one in shown], _PERIODS_A_ROW),
            more,
            ways,
            self._to_own(),
        ]
        return Reply("\n\n".join(lines), keyboard(rows))

    def _to_own(self) -> list[InlineKeyboardButton]:
        """Return the button to the bot's own statement, if there is one."""
        for number in self.shelves.own:
            statement = self.shelves.statements[number]
            if opened := self._to_statement(self.view.strings.button_about, FIRST, 0, statement):
                return [opened]
        return []

    def _shelf(self, page: Page, number: int) -> Reply | None:
        """Return the statements of a shelf, or what it is divided by; ``None`` if it is empty."""
        shown, numbers = self.contents.resolved(page)
        if not numbers:
            return None
        name = self._name_of(shown)
        if shown.kind is PageKind.LIST:
            return self._list(page, self._heading(name, len(numbers)), numbers, number)
        parts = self.shelves.divided(numbers, shown.period)
        pages = _pages_of(len(parts), _PERIODS_A_PAGE)
        at = min(number, pages - 1)
        some = parts[at * _PERIODS_A_PAGE : (at + 1) * _PERIODS_A_PAGE]
        a_row = _DAYS_A_ROW if len(shown.period) == len("2025-02") else _PERIODS_A_ROW
        listed = self._to(self.view.strings.button_list, replace(shown, kind=PageKind.LIST))
        # Of all statements the first page shows the newest, and nobody turns over thousands.
        everything = shown.base is Base.ALL and not shown.period
        rows = [
            *_rows([self._to_period(one, shown) for one in some], a_row),
            *self._turning(page, at, pages, labels=_ARROWS),
            [*([] if everything else [listed]), *self._back(page)],
        ]
        count = plain(self.view.strings.statements(len(numbers)))
        heading = " · ".join(filter(None, [name, count]))
        return Reply(self.view.strings.direction.marked(heading), keyboard(rows))

    def _list(self, page: Page, heading: str, numbers: Sequence[int], number: int) -> Reply:
        """Return some of the statements *numbers* beneath a *heading*, each with its button."""
        strings, pages = self.view.strings, _pages_of(len(numbers), SOURCES_A_PAGE)
        at = min(number, pages - 1)
        first = at * SOURCES_A_PAGE
        shown = [
            (place, self.shelves.statements[one])
            for place, one in enumerate(numbers[first : first + SOURCES_A_PAGE], first + 1)
        ]
        lines = [heading, *(f"{place}. {_listed(one, strings)}" for place, one in shown)]
        if pages > 1:
            lines.append(plain(strings.sources_page.format(page=at + 1, pages=pages)))
        opened = [self._to_statement(str(place), page, at, one) for place, one in shown]
        last = self._back(page)
        if page.kind is PageKind.LIST and len(numbers) > FEW:
            by_date = replace(page, kind=PageKind.DATES)
            if self.contents.resolved(by_date)[0].kind is PageKind.DATES:
                last.insert(0, self._to(strings.button_by_date, by_date))
        rows = [
            *_rows([one for one in opened if one], _A_ROW),
            *self._turning(page, at, pages, labels=(strings.button_newer, strings.button_older)),
            last,
        ]
        return Reply("\n\n".join(lines), keyboard(rows))

    def _speakers(self, page: Page, speakers: Sequence[SpeakersShelf], number: int) -> Reply:
        """Return some of *speakers*, each with a button."""
        strings, pages = self.view.strings, _pages_of(len(speakers), SOURCES_A_PAGE)
        at = min(number, pages - 1)
        some = speakers[at * SOURCES_A_PAGE : (at + 1) * SOURCES_A_PAGE]
        lines = [f"{bold(plain(strings.button_speakers))} · {len(speakers)}"]
        if pages > 1:
            lines.append(plain(strings.sources_page.format(page=at + 1, pages=pages)))
        last = self._back(page)
        if page.kind is PageKind.SPEAKERS and pages > 1:
            last.insert(0, self._to(strings.button_names, INITIALS))
        turning = self._turning(page, at, pages, labels=_ARROWS)
        rows = [*([self._to_speaker(one)] for one in some), *turning, last]
        return Reply("\n".join(lines), keyboard(rows))

    def _initials(self, page: Page, number: int) -> Reply | None:
        """Return the initials of all speakers, or the speakers of some, by their names."""
        strings = self.view.strings
        if page.name:
            chosen = self.contents.with_initials(page)
            return self._speakers(page, chosen, number) if chosen else None
        rows = _rows(
            [
                self._to(_counted(one.name.upper().replace("-", "–"), count), one)
                for one, count in self.contents.initials()
            ],
            _INITIALS_A_ROW,
        )
        heading = f"{bold(plain(strings.button_speakers))} · {len(self.shelves.speakers)}"
        return Reply(heading, keyboard([*rows, self._back(page)]))

    def _kinds(self) -> Reply:
        strings, kinds = self.view.strings, self.shelves.kinds
        rows = []
        for kind, count in kinds:
            label = _counted(strings.kind(kind), count)
            page = Page(PageKind.DATES, base=Base.KIND, name=kind.name.lower())
            rows.append([self._to(label, page)])
        heading = f"{bold(plain(strings.button_kinds))} · {len(kinds)}"
        return Reply(heading, keyboard([*rows, self._back(KINDS)]))

    def _heading(self, name: str, count: int) -> str:
        """Return the line above a shelf of this *name*, in HTML, with *count* statements."""
        strings = self.view.strings
        parts = [name, plain(strings.statements(count)), plain(strings.order_newest)]
        return strings.direction.marked(" · ".join(filter(None, parts)))

    def _name_of(self, page: Page) -> str:
        """Return the name of a shelf, in HTML: whose statements, and of when."""
        strings, name = self.view.strings, ""
        match page.base:
            case Base.SPEAKER:
                speaker = self.shelves.speaker(page.name)
                shown = strings.short_title(speaker.name if speaker else "", _LONGEST_NAME)
                name = bold(plain(shown))
            case Base.KIND:
                name = bold(plain(strings.kind(Kind[page.name.upper()])))
            case Base.WORDS:
                words = strings.typed(page.name, typed, _LONGEST_NAME)
                name = strings.read_quoted.format(words=words)
        period = bold(plain(_period(page.period, strings))) if page.period else ""
        return " · ".join(filter(None, [name, period]))

    def _turning(
        self, page: Page, at: int, pages: int, labels: tuple[str, str]
    ) -> list[list[InlineKeyboardButton]]:
        """Return the buttons to the pages around that *at* a number, and to distant ones.

        The *labels* are those to the page before and to the page after.
        """
        before, after = labels
        turning = []
        if at > 0:
            turning.append(self._to(before, page, at - 1))
        if at < pages - 1:
            turning.append(self._to(after, page, at + 1))
        quarters = {(pages - 1) * quarter // 4 for quarter in range(5)}
        distant = sorted(quarters - {at - 1, at, at + 1})
        jump = self.view.strings.sources_jump
        jumps = [self._to(jump.format(page=one + 1), page, one) for one in distant]
        return [turning, jumps if pages >= _MANY_PAGES else []]

    def _back(self, page: Page) -> list[InlineKeyboardButton]:
        """Return the button to the page above *page*, unless it is the first."""
        if page == FIRST:
            return []
        return [self._to(self.view.strings.button_back, self.contents.above(page))]

    def _to(self, label: str, page: Page, number: int = 0) -> InlineKeyboardButton:
        """Return the button to a *page*, of those that it goes on over that with *number*."""
        return button(label, CallbackData(Action.SOURCES, number=number, question=page.code))

    def _to_period(self, counted: tuple[str, int], shelf: Page) -> InlineKeyboardButton:
        period, count = counted
        label = _counted(_part(period, self.view.strings), count)
        return self._to(label, replace(shelf, kind=PageKind.DATES, period=period))

    def _to_speaker(self, speaker: SpeakersShelf) -> InlineKeyboardButton:
        name = self.view.strings.short_title(speaker.name, _LONGEST_LABEL)
        shelf = Page(PageKind.DATES, base=Base.SPEAKER, name=speaker.code)
        return self._to(_counted(name, speaker.count), shelf)

    def _to_statement(
        self, label: str, page: Page, number: int, statement: Statement
    ) -> InlineKeyboardButton | None:
        """Return the button that opens *statement*, from where "back" leads to *page*."""
        if not self.opening or not (hit := self.opening(statement.id)):
            return None
        here = CallbackData(Action.SOURCES, number=number, question=page.code)
        return button(
            label, replace(here.forward(Action.STATEMENT, hit.citation.reference), page=1)
        )


def _counted(name: str, number: int) -> str:
    """Return the label of a shelf with its *number* of statements, or of speakers."""
    return f"{name} ({number})"


def _pages_of(number: int, a_page: int) -> int:
    return max(1, -(-number // a_page))


def _rows(
    buttons: Sequence[InlineKeyboardButton], a_row: int
) -> Iterable[list[InlineKeyboardButton]]:
    return [list(buttons[start : start + a_row]) for start in range(0, len(buttons), a_row)]


def _period(period: str, strings: Strings) -> str:
    """Return the name of a *period*: "2025", "February 2025", "24 Feb 2025", "undated"."""
    if period == UNDATED:
        return strings.undated
    year, month, day = (int(part) for part in f"{period}-0-0".split("-")[:3])
    if day:
        return strings.day(datetime.date(year, month, day))
    last = datetime.date(year, month or 12, monthrange(year, month or 12)[1])
    return strings.span(datetime.date(year, month or 1, 1), last)


def _part(period: str, strings: Strings) -> str:
    """Return the name of a *period* among those that its year, or its month, is divided by."""
    if len(period) == len("2025-02"):
        month = strings.months[int(period[5:]) - 1]
        # In Chinese that is a number: 2.
        return strings.month_names[int(period[5:]) - 1] if month.isdigit() else month
    if len(period) > len("2025-02"):
        return f"{int(period[8:])}"
    name = _period(period, strings)
    return f"{name[:1].upper()}{name[1:]}"


def _listed(statement: Statement, strings: Strings) -> str:
    title = plain(strings.short_title(statement.title, 120))
    if 0 < len(statement.url) <= LONGEST_LISTED_URL:
        title = link(statement.url, title)
    names = ", ".join(party.name for party in statement.parties)
    speaker = plain(strings.short_title(names, 60))
    size = strings.paragraphs(len(statement.paragraphs))
    parts = [speaker, strings.day(statement.date), strings.kind(statement.kind), size]
    return f"{title}\n{' · '.join(parts)}"
