"""A chat in the terminal: the same index and the same strings, on another screen."""

from __future__ import annotations

import datetime
import io
import sys
from collections.abc import Callable
from contextlib import suppress
from typing import TextIO

from bot.citations.citing import Style, cite
from bot.citations.parts import parts_told
from bot.configuration import Configuration
from bot.i18n.strings import Strings
from bot.rendering.trimmed_quote import (
    limited_after,
    must_stay,
    no_such_sentence,
    read_trim,
    written,
)
from bot.terminal.screen import Screen, is_terminal
from bot.terminal.story_places import Places
from bot.terminal.story_report import show_story
from index import (
    Answer,
    CitationPart,
    Hit,
    Index,
    OnRecordError,
    SmallTalk,
    cited,
    limit_after,
    parse_reference,
    read_follow_up,
    small_talk,
    trim,
)

_CITE, _TRIM, _CHECK = "/cite", "/trim", "/check"
#: Returns the day from which "yesterday" is counted.
Today = Callable[[], datetime.date]
#: Returns the index of the record as it is now.
Renewed = Callable[[], Index]
#: Typed by users who want to leave, and never a question.
_ENDS = ("quit", "exit")


class Chat:
    """A conversation: the last answer, and the passage of it that is shown."""

    def __init__(
        self,
        index: Index,
        strings: Strings,
        screen: Screen,
        passages: int,
        today: Today | None = None,
        *,
        renewed: Renewed | None = None,
    ) -> None:
        """Answer from *index* on *screen*, with at most *passages* passages an answer.

        *today* returns the day from which "yesterday" is counted, by default that of UTC. *renewed*
        returns the index for the next question.
        """
        self._index, self._renewed = index, renewed
        self._strings = strings
        self._screen = screen
        self._passages = passages
        self._today = today or Configuration().today
        self._answer: Answer | None = None
        self._number = 0
        self._shown: Hit | None = None
        #: The id of the statement that /text shows.
        self._statement = ""
        self.over = False
        self._commands: dict[str, Callable[[], None]] = {
            "/next": self._next,
            "/nearest": self._nearest,
            "/all": self._all,
            "/copies": self._copies,
            "/before": lambda: self._neighbour(-1, strings.terminal_no_before),
            "/after": lambda: self._neighbour(+1, strings.terminal_no_after),
            "/text": self._text,
            _CITE: self._cite,
            _TRIM: lambda: self._trim(""),
            _CHECK: lambda: self._check(""),
            "/sources": lambda: screen.sources(self._index.record),
            "/help": lambda: screen.line(strings.terminal_help),
            "/quit": self._quit,
        }

    @property
    def commands(self) -> list[str]:
        """The names of all commands."""
        return list(self._commands)

    def welcome(self) -> None:
        """Show what is on record and how to ask."""
        strings, searched = self._strings, self._index.covered
        if not searched.statements:
            self._screen.line(strings.nothing_on_record)
            return
        text = strings.terminal_welcome if searched.first else strings.terminal_welcome_undated
        statements, period = strings.statements(searched.statements), strings.from_to(searched)
        self._screen.line(text.format(statements=statements, period=period))

    def take(self, line: str) -> None:
        """Answer the question in *line*, or run the command."""
        line = " ".join(line.split())
        if self._renewed:
            # A folder that cannot be read just now leaves the record as it was.
            with suppress(OnRecordError):
                self._index = self._renewed()
        if line.lower() in _ENDS:
            self._quit()
        elif line.startswith("/"):
            command, _, given = line.lower().partition(" ")
            run = self._commands.get(line.lower())
            if run:
                run()
            elif command == _CITE:
                self._cite(given)
            elif command == _TRIM:
                self._trim(given)
            elif command == _CHECK:
                self._check(line.partition(" ")[2])
            else:
                self._screen.line(self._strings.terminal_unknown_command.format(command=line))
        elif line:
            self._ask(line)

    def _ask(self, question: str) -> None:
        if kind := small_talk(question):
            # The last answer is kept: /next goes on with it after "thanks".
            examples = self._index.examples() if kind is SmallTalk.GREETING else ()
            self._screen.small_talk_reply(kind, self._index.searched, examples)
            return
        if self._tell_of_shown(question):
            return
        answer = self._index.ask(question, self._passages, self._today())
        amended = None if answer.answered else self._index.amended(question)
        if amended is None:
            self._take(answer)
            return
        # What stood once is not among what /next, /before and /cite go on with.
        self._answer, self._shown = None, None
        self._statement = amended.statements[0].citation.statement
        self._screen.amended(amended)

    def _take(self, answer: Answer) -> None:
        """Show the first passage of *answer*, or that nothing answers."""
        self._answer, self._number, self._shown, self._statement = answer, 0, None, ""
        if answer.answered:
            self._screen.how_read(answer)
            self._show()
        else:
            self._screen.nothing_found(answer)

    def _tell_of_shown(self, question: str) -> bool:
        """Tell what *question* asks of the citation of the passage shown, if it asks for that."""
        if self._shown is None:
            return False
        citation = self._shown.citation
        parts = read_follow_up(question, cited=(citation.speaker, citation.role)).parts
        if parts:
            told = [*filter(None, [self._strings.withdrawal(citation)])]
            told += parts_told(citation, parts, self._strings)
            if citation.url and CitationPart.SOURCE in parts:
                told.append(citation.url)
            reference = self._strings.isolated(citation.reference)
            told.append(f"{self._strings.reference} {reference}")
            self._screen.line(" · ".join(told), copied=True)
        return bool(parts)

    def _show(self) -> None:
        answer = self._answer
        if answer is None:
            return
        self._shown = answer.hits[self._number]
        self._statement = self._shown.citation.statement
        self._screen.passage(self._shown)
        if len(answer.hits) > self._number + 1:
            place = {"number": self._number + 1, "total": len(answer.hits)}
            self._screen.line(self._strings.terminal_more.format(**place), "dim")

    def _next(self) -> None:
        if self._answer is None:
            self._screen.line(self._strings.terminal_ask_first)
        elif self._shown is None and not self._answer.answered:
            self._nearest()
        elif self._number + 1 < len(self._answer.hits):
            self._number += 1
            self._show()
        else:
            self._screen.line(self._strings.terminal_no_more)

    def _nearest(self) -> None:
        if self._answer is None:
            self._screen.line(self._strings.terminal_ask_first)
            return
        if not self._answer.hits:
            self._screen.line(self._strings.nothing_found)
            return
        if not self._answer.answered:
            self._screen.line(self._strings.no_answer(self._answer))
        self._show()

    def _all(self) -> None:
        """Ask again without what was understood of whom, when and in which order."""
        if self._answer is None:
            self._screen.line(self._strings.terminal_ask_first)
        elif not self._answer.understood.by_wording:
            self._screen.line(self._strings.terminal_all_nothing)
        else:
            answer = self._index.ask(
                self._answer.question, self._passages, self._today(), narrow=False
            )
            self._take(answer)

    def _copies(self) -> None:
        if self._shown is None:
            self._screen.line(self._strings.terminal_ask_first)
        elif not self._shown.copies:
            self._screen.line(self._strings.terminal_no_copies)
        else:
            self._screen.copies(self._shown)

    def _neighbour(self, step: int, beyond: str) -> None:
        if self._shown is None:
            self._screen.line(self._strings.terminal_ask_first)
            return
        place = self._shown.citation
        found = self._index.paragraph(place.statement, place.paragraph + step)
        if found is None:
            self._screen.line(beyond)
            return
        self._shown = found
        self._screen.passage(found)

    def _text(self) -> None:
        """Show the whole statement that the passage shown is from, as it stands now."""
        if hits := self._index.look_up(self._statement):
            self._screen.whole(hits)
        else:
            self._screen.line(self._strings.terminal_ask_first)

    def _cite(self, name: str = Style.PLAIN) -> None:
        strings, styles = self._strings, list(Style)
        if name not in styles:
            listed = ", ".join(styles)
            self._screen.line(strings.terminal_unknown_style.format(style=name, styles=listed))
        elif self._shown is None:
            self._screen.line(strings.terminal_ask_first)
        else:
            self._screen.line(cite(cited(self._shown), Style(name), strings), copied=True)

    def _trim(self, given: str) -> None:
        """Show a paragraph with the sentences that are *given* kept, or its sentences, numbered.

        Without a reference, it is the passage that is shown.
        """
        strings = self._strings
        asked = read_trim(given)
        name = asked.name
        hits = self._index.look_up(name) if name else [one for one in [self._shown] if one]
        if len({hit.citation.reference for hit in hits}) != 1:
            named = parse_reference(name) or name
            told = strings.reference_unknown.format(reference=named) if named else ""
            self._screen.line(told or strings.terminal_ask_first)
            return
        hit = hits[0]
        every = trim(hit.paragraph, (), hit.citation.language)
        wrong = no_such_sentence(asked, every, strings)
        trimmed = every if wrong else trim(hit.paragraph, asked.kept, hit.citation.language)
        if len(trimmed.sentences) == 1:
            self._screen.line(strings.trim_one_sentence)
            return
        if not trimmed.kept:
            for number, (start, stop) in enumerate(trimmed.sentences, 1):
                sentence = strings.isolated(hit.paragraph.text[start:stop])
                self._screen.line(strings.directed(f"{number}  {sentence}"))
            hint = strings.terminal_trim_how.format(reference=hit.citation.reference)
            self._screen.line(wrong or hint, "" if wrong else "dim")
            return
        place = hit.citation
        following = self._index.paragraph(place.statement, place.paragraph + 1)
        after = limited_after(limit_after(hit, following), trimmed, strings)
        quote = must_stay(trimmed, strings) or written(hit, trimmed, strings)
        for line in filter(None, [*quote.split("\n"), after]):
            self._screen.line(line, copied=True)

    def _check(self, draft: str) -> None:
        """Compare the quotations of *draft* with the record."""
        how = self._strings.terminal_check_how
        story = self._index.check_story(draft, self._today())
        if not story.quotations and len(draft.split()) <= 1:
            # There is nothing, or the name of a file, a link or a reference.
            self._screen.line(how)
            return
        places = Places.of(draft, as_typed=True)
        show_story(story, places, self._strings, self._screen.stream)
        if story.unbalanced:
            # What was pasted in several lines has come as several.
            self._screen.line(how)

    def _quit(self) -> None:
        self.over = True


def run_chat(
    index: Index,
    strings: Strings,
    passages: int,
    today: Today,
    *,
    renewed: Renewed | None = None,
) -> int:
    """Answer the lines that are typed or piped in, until they end; return the exit code.

    *renewed* returns the index for the next question.
    """
    chat = Chat(index, strings, Screen(strings, interactive=True), passages, today, renewed=renewed)
    if is_terminal(sys.stdin):
        _converse(chat, strings.terminal_prompt)
    elif sys.stdin is not None:
        _answer_list(chat, sys.stdin, strings.terminal_prompt)
    return 0


def _converse(chat: Chat, prompt: str) -> None:
    """Answer what is typed, line by line."""
    _edit_lines()
    chat.welcome()
    while not chat.over:
        try:
            chat.take(input(prompt))
        except EOFError:
            chat.over = True
        except KeyboardInterrupt:
            pass
        print()


def _answer_list(chat: Chat, lines: TextIO, prompt: str) -> None:
    """Answer *lines* that are piped in, each answer below its question."""
    if isinstance(lines, io.TextIOWrapper):
        # A byte that is not UTF-8 must not end the whole list.
        lines.reconfigure(errors="replace")
    for line in filter(str.strip, lines):
        if not line.startswith("/"):
            print(f"\n{prompt}{line.strip()}")
        chat.take(line)
        if chat.over:
            break


def _edit_lines() -> None:
    """Let the arrow keys edit the line and recall earlier ones, where Python can."""
    try:
        import readline  # noqa: PLC0415  # not on every system

        readline.set_auto_history(True)
    except ImportError:
        pass
