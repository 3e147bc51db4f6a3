"""Lets a person ask in the terminal: the same index, the same words, another screen."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable
from typing import TextIO

from bot.terminal.screen import Screen, is_terminal
from bot.words.citing import Style, cite
from bot.words.speaking import Phrases
from index import Answer, Courtesy, Hit, Index, courtesy

#: The longest citation that /cite prints in the bot's own style, in characters; in the others it
#: is printed whole.
_LONGEST_CITATION = 1000
_CITE = "/cite"
#: What people type who look for the way out; nobody asks the record about it.
_ENDS = ("quit", "exit")


class Chat:
    """A conversation: the last answer, and where in it the person is."""

    def __init__(self, index: Index, say: Phrases, screen: Screen, passages: int) -> None:
        """Answer from *index* on *screen*; an answer leads through at most so many *passages*."""
        self._index = index
        self._say = say
        self._screen = screen
        self._passages = passages
        self._answer: Answer | None = None
        self._number = 0
        self._shown: Hit | None = None
        self.over = False
        self._commands: dict[str, Callable[[], None]] = {
            "/next": self._next,
            "/nearest": self._nearest,
            "/before": lambda: self._neighbour(-1, say.terminal_no_before),
            "/after": lambda: self._neighbour(+1, say.terminal_no_after),
            _CITE: self._cite,
            "/sources": lambda: screen.sources(index.record),
            "/help": lambda: screen.line(say.terminal_help),
            "/quit": self._quit,
        }

    @property
    def commands(self) -> list[str]:
        """The commands there are."""
        return list(self._commands)

    def welcome(self) -> None:
        """Say what is on record and how to ask."""
        say, searched = self._say, self._index.searched
        if not searched.statements:
            self._screen.line(say.nothing_on_record)
            return
        text = say.terminal_welcome if searched.first else say.terminal_welcome_undated
        statements, period = say.statements(searched.statements), say.from_to(searched)
        self._screen.line(text.format(statements=statements, period=period))

    def take(self, line: str) -> None:
        """Do what one *line* says: answer a question, or obey a command."""
        line = " ".join(line.split())
        if line.lower() in _ENDS:
            self._quit()
        elif line.startswith("/"):
            command, _, style = line.lower().partition(" ")
            obey = self._commands.get(line.lower())
            if obey:
                obey()
            elif command == _CITE:
                self._cite(style)
            else:
                self._screen.line(self._say.terminal_unknown_command.format(command=line))
        elif line:
            self._ask(line)

    def _ask(self, question: str) -> None:
        if kind := courtesy(question):
            # The last answer stays: /next goes on with it after a "thanks".
            examples = self._index.examples() if kind is Courtesy.GREETING else ()
            self._screen.courteous(kind, self._index.searched, examples)
            return
        answer = self._index.ask(question, self._passages)
        self._answer, self._number, self._shown = answer, 0, None
        if answer.answered:
            self._screen.how_read(answer)
            self._show()
        else:
            self._screen.nothing_found(answer, interactive=True)

    def _show(self) -> None:
        answer = self._answer
        if answer is None:
            return
        self._shown = answer.hits[self._number]
        self._screen.passage(self._shown)
        if len(answer.hits) > self._number + 1:
            place = {"number": self._number + 1, "total": len(answer.hits)}
            self._screen.line(self._say.terminal_more.format(**place), "dim")

    def _next(self) -> None:
        if self._answer is None:
            self._screen.line(self._say.terminal_ask_first)
        elif self._shown is None and not self._answer.answered:
            self._nearest()
        elif self._number + 1 < len(self._answer.hits):
            self._number += 1
            self._show()
        else:
            self._screen.line(self._say.terminal_no_more)

    def _nearest(self) -> None:
        if self._answer is None:
            self._screen.line(self._say.terminal_ask_first)
            return
        if not self._answer.hits:
            self._screen.line(self._say.nothing_found)
            return
        if not self._answer.answered:
            self._screen.line(self._say.nearest)
        self._show()

    def _neighbour(self, step: int, beyond: str) -> None:
        if self._shown is None:
            self._screen.line(self._say.terminal_ask_first)
            return
        place = self._shown.citation
        found = self._index.paragraph(place.statement, place.paragraph + step)
        if found is None:
            self._screen.line(beyond)
            return
        self._shown = found
        self._screen.passage(found)

    def _cite(self, name: str = Style.PLAIN) -> None:
        say, styles = self._say, list(Style)
        if name not in styles:
            listed = ", ".join(styles)
            self._screen.line(say.terminal_unknown_style.format(style=name, styles=listed))
        elif self._shown is None:
            self._screen.line(say.terminal_ask_first)
        else:
            style = Style(name)
            longest = _LONGEST_CITATION if style is Style.PLAIN else None
            self._screen.line(cite(self._shown.citation, style, say, longest), copied=True)

    def _quit(self) -> None:
        self.over = True


def run_chat(index: Index, say: Phrases, passages: int) -> int:
    """Answer what is typed, or piped in, until it ends; return the exit code."""
    chat = Chat(index, say, Screen(say), passages)
    if is_terminal(sys.stdin):
        _converse(chat, say.terminal_prompt)
    elif sys.stdin is not None:
        _answer_list(chat, sys.stdin, say.terminal_prompt)
    return 0


def _converse(chat: Chat, prompt: str) -> None:
    """Answer a person, line by line."""
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
    """Answer *lines* that are piped in, each beneath itself."""
    if isinstance(lines, io.TextIOWrapper):
        # A byte that is no text is asked about as such, rather than ending the whole list.
        lines.reconfigure(errors="replace")
    for line in filter(str.strip, lines):
        if not line.startswith("/"):
            print(f"\n{prompt}{line.strip()}")
        chat.take(line)
        if chat.over:
            break


def _edit_lines() -> None:
    """Let the arrow keys edit the line and bring earlier ones back, where Python can."""
    try:
        import readline  # noqa: PLC0415  # not on every system

        readline.set_auto_history(True)
    except ImportError:
        pass
