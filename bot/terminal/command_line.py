"""The command line: parses what was typed, and hands it to the module that does it.

Exit codes: 0 done, or answered; 1 the answer is no (nothing on record answers, the check found
mistakes, a quotation is not word for word on record, a document was not filed, a source not
fetched, something not set at Telegram); 2 wrong usage or another error; 3 Telegram cannot be
reached.
"""

from __future__ import annotations

import argparse
import dataclasses
import io
import json
import os
import signal
import sys
import time
from collections import Counter
from collections.abc import Callable, Sequence
from functools import partial

from bot.configuration import (
    TOKEN_VARIABLE,
    Configuration,
    TokenNotSet,
    check_token,
    load_configuration,
    misnamed_token,
)
from bot.terminal.arguments import BOT_OR_CHAT, VERSION, parse, settings_in
from index import Index, IndexFile, OnRecordError, Record, load_record, printable

#: The fields of a statement that options of "onrecord add" give.
_GIVEN = (
    *("title", "speakers", "date", "published", "kind", "publisher", "url", "language"),
    "translation",
)
#: Of more warnings, "onrecord check" counts the categories.
_MANY_WARNINGS = 10


def run(arguments: Sequence[str]) -> int:
    """Run the command in *arguments*; return the exit code."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # A character that the terminal cannot show is printed as its number.
            stream.reconfigure(errors="backslashreplace")
    try:
        code = _run(arguments)
        # Not left to Python's exit, which would print an error if the reader of a pipe is gone.
        sys.stdout.flush()
    except OnRecordError as error:
        sys.stderr.write(f"onrecord: {error}\n")
        return 2
    except BrokenPipeError:
        # The reader of the pipe is gone. Python must not print an error at its exit either.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        return 130
    return code


def _run(arguments: Sequence[str]) -> int:
    if arguments and " " in arguments[0].strip():
        question = arguments[0].replace('"', "'")
        sys.stderr.write(f'onrecord: to ask a question, write: onrecord ask "{question}"\n')
        return 2
    try:
        options = parse(arguments)
    except SystemExit as exited:
        # The help was printed (0), or what is wrong with the options (2).
        return int(exited.code or 0)
    configuration = load_configuration(getattr(options, "config", None))
    configuration = dataclasses.replace(configuration, **settings_in(options))  # type: ignore[arg-type]
    return _COMMANDS[options.command](options, configuration)


# Each command imports its modules when it runs: half of them take longer than an answer.
# ruff: noqa: PLC0415


def _version(_: argparse.Namespace, __: Configuration) -> int:
    from importlib.metadata import version

    from index import ranks_in_c

    print("onrecord", version("onrecord"), "(ranks in C)" if ranks_in_c() else "(ranks with NumPy)")
    return 0


def _run_bot_or_chat(options: argparse.Namespace, configuration: Configuration) -> int:
    if configuration.token or settings_in(options).keys() & {"webhook", "listen", "workers"}:
        return _run_bot(options, configuration)
    return _chat(configuration)


def _chat(configuration: Configuration) -> int:
    from bot.i18n.strings import strings_of
    from bot.terminal.chat import run_chat
    from bot.terminal.loading import Renewal
    from bot.terminal.screen import is_terminal
    from bot.terminal.standard_input import ends_at_once

    if is_terminal(sys.stdin):
        if other := misnamed_token(os.environ):
            sys.stderr.write(f"onrecord: no bot: {other} is set, and not {TOKEN_VARIABLE}.\n")
    elif ends_at_once(
        sys.stdin, f"onrecord: {TOKEN_VARIABLE} is not set; waiting for questions.\n"
    ):
        raise TokenNotSet(os.environ, ", and no question came in standard input")
    renewal = Renewal(configuration.data, configuration.cache_folder)
    strings = strings_of(configuration.language)
    index, renewed = renewal.index(), renewal.index if configuration.watch else None
    return run_chat(index, strings, configuration.passages, configuration.today, renewed=renewed)


def _run_bot(_: argparse.Namespace, configuration: Configuration) -> int:
    check_token(configuration.token)
    from bot.i18n.strings import load_all_languages
    from bot.process.logs import set_up_logging
    from bot.process.running import run_bot
    from bot.terminal.loading import keep_index, load_index
    from bot.wire.webhook_receiver import secret_token

    set_up_logging(configuration.log, configuration.token, secret_token(configuration.token))
    # Until the bot has its own handlers: process 1 of a container ignores signals without one.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    # SIGHUP reloads the record, which is being loaded just now.
    signal.signal(signal.SIGHUP, signal.SIG_IGN)

    # Before workers fork, so that they share it.
    load_all_languages()
    load = partial(load_index, configuration.data, cache=configuration.cache_folder)
    keep = partial(keep_index, configuration.data, configuration.cache_folder)
    return run_bot(configuration, load, keep)


def _ask(options: argparse.Namespace, configuration: Configuration) -> int:
    from bot.terminal.loading import asked

    return asked(configuration, partial(_ask_of, options, configuration))


def _ask_of(options: argparse.Namespace, configuration: Configuration, index: Index) -> int:
    from bot.i18n.strings import strings_of
    from bot.terminal.json_output import answer_object, as_json
    from bot.terminal.screen import Screen
    from index import Answer, SmallTalk, small_talk

    question = _readable(options.question)
    began = time.perf_counter()
    if kind := small_talk(question):
        examples = index.examples() if kind is SmallTalk.GREETING else ()
        answer = Answer(
            question=question,
            answered=False,
            hits=(),
            searched=index.searched,
            on_record=index.covered,
            suggestions=examples,
        )
    else:
        passages = options.limit or (5 if options.json else 1)
        answer = index.ask(question, passages, configuration.today())
    milliseconds = (time.perf_counter() - began) * 1000
    screen = Screen(strings_of())
    amended = None if answer.answered or kind else index.amended(question)
    if options.json:
        print(as_json(answer_object(answer, milliseconds)))
    elif amended:
        screen.amended(amended)
    elif kind:
        screen.small_talk_reply(kind, answer.searched, answer.suggestions)
    elif not answer.answered:
        screen.nothing_found(answer)
    else:
        screen.how_read(answer)
        for number, hit in enumerate(answer.hits):
            if number:
                screen.line("")
            screen.passage(hit)
    return 0 if answer.answered else 1


def _explain(options: argparse.Namespace, configuration: Configuration) -> int:
    from bot.terminal.loading import asked

    return asked(configuration, partial(_explain_of, options, configuration))


def _explain_of(options: argparse.Namespace, configuration: Configuration, index: Index) -> int:
    from bot.terminal.json_output import as_json, explanation_object
    from index import small_talk

    question = _readable(options.question)
    kind, named = small_talk(question), index.look_up(question, options.limit)
    own = [] if kind or named else index.about_bot(question)[: options.limit]
    named = named or own
    explanation = None
    if not (kind or named):
        explanation = index.explain(question, options.limit, configuration.today())
    if options.json:
        explained = explanation_object(question, kind, named, explanation)
        print(as_json(explained))
    else:
        from bot.terminal.explaining import show_explanation

        show_explanation(question, kind, named, explanation, sys.stdout, about_bot=bool(own))
    return 0


def _add(options: argparse.Namespace, configuration: Configuration) -> int:
    from bot.terminal.adding import Adding, add_documents, today
    from documents import Doubt

    given = {name: getattr(options, name) for name in _GIVEN if getattr(options, name) is not None}
    if len(options.files) > 1 and (options.title or options.id):
        sys.stderr.write(
            "onrecord: --title and --id are for a single statement. Add the files one by one.\n"
        )
        return 2
    adding = Adding(
        given=given,
        given_id=options.id or "",
        data=configuration.data,
        today=today(),
        unseen=options.yes,
        accepted=frozenset(map(Doubt, options.accept)),
        json=options.json,
    )
    return add_documents(options.files, adding)


def _fetch(options: argparse.Namespace, configuration: Configuration) -> int:
    from bot.terminal.fetching import fetch_all

    return fetch_all(configuration, options.sources, due=options.due)


def _setup(options: argparse.Namespace, configuration: Configuration) -> int:
    check_token(configuration.token)
    from bot.process.logs import set_up_logging
    from bot.terminal.setup import set_up

    set_up_logging("warning", configuration.token)
    return set_up(configuration, unseen=options.yes)


def _check(_: argparse.Namespace, configuration: Configuration) -> int:
    from bot.i18n.strings import strings_of
    from bot.terminal.adding import today

    record = load_record(configuration.data, today=today())
    for problem in sorted(record.problems, key=lambda one: (str(one.path), one.line or 0)):
        print(f"{'warning' if problem.warning else 'mistake'}: {problem}")
    mistakes = sum(problem.count for problem in record.problems if not problem.warning)
    strings, searched = strings_of(), record.coverage()
    counts = (
        f"{strings.statements(searched.statements)} ({strings.paragraphs(searched.paragraphs)})"
    )
    warnings = sum(problem.count for problem in record.problems) - mistakes
    index_file = IndexFile(configuration.cache_folder, configuration.data)
    if index_file.is_damaged():
        print(
            f"warning: {printable(index_file.path)} is damaged, and is made anew at the next start."
        )
        warnings += 1
    if warnings > _MANY_WARNINGS:
        categories: Counter[str] = Counter()
        for problem in record.problems:
            if problem.warning:
                categories[problem.category or "other"] += problem.count
        for category, number in categories.most_common():
            print(f"{number:>6}  {category}")
    print(f"{counts} on record; {_count(mistakes, 'mistake')}, {_count(warnings, 'warning')}.")
    return 1 if mistakes else 0


def _check_quotes(options: argparse.Namespace, configuration: Configuration) -> int:
    from bot.terminal.checking import Checking, check_quotations
    from bot.terminal.loading import load_index

    checking = Checking(
        load=partial(load_index, configuration.data, cache=configuration.cache_folder),
        today=configuration.today(),
        json=options.json,
        page=options.html,
        explain=options.explain,
    )
    return check_quotations(options.story, checking)


def _evaluate(options: argparse.Namespace, configuration: Configuration) -> int:
    from bot.terminal.loading import load_index
    from index import Index, evaluate, load_questions, load_set

    own: Index | None = None
    for path in options.paths:
        if path.is_dir():
            record, questions = load_set(path)
            index = Index(record)
        else:
            own = own or load_index(configuration.data, cache=configuration.cache_folder)
            index, questions = own, load_questions(path)
        figures = dataclasses.asdict(evaluate(index, questions))
        if options.json:
            print(json.dumps({name: _rounded(value) for name, value in figures.items()}))
        else:
            print(f"{path}: {searched_line(index.record)}")
            for name, value in figures.items():
                print(f"  {name:<16}{_rounded(value)}")
    return 0


def _withdraw(options: argparse.Namespace, configuration: Configuration) -> int:
    from index import withdraw

    path = withdraw(configuration.data, options.id, options.why)
    print(options.id, path)
    return 0


def _history(options: argparse.Namespace, configuration: Configuration) -> int:
    from bot.terminal.history import history_object, show_history
    from bot.terminal.json_output import as_json
    from index import history

    versions = history(configuration.data, options.id)
    if options.json:
        print(as_json(history_object(versions)))
    else:
        show_history(versions, sys.stdout)
    return 0


def searched_line(record: Record) -> str:
    """Return the size of *record*: "3 statements, 53 paragraphs"."""
    from bot.i18n.strings import strings_of

    strings, searched = strings_of(), record.coverage()
    return f"{strings.statements(searched.statements)}, {strings.paragraphs(searched.paragraphs)}"


def _rounded(value: float) -> float:
    return value if isinstance(value, int) else round(value, 4)


def _count(number: int, noun: str) -> str:
    return f"1 {noun}" if number == 1 else f"{number} {noun}s"


def _readable(question: str) -> str:
    """Return *question* without surrogates, which stand for bytes that were not UTF-8."""
    return question.encode("utf-8", "replace").decode()


_COMMANDS: dict[str, Callable[[argparse.Namespace, Configuration], int]] = {
    BOT_OR_CHAT: _run_bot_or_chat,
    VERSION: _version,
    "ask": _ask,
    "add": _add,
    "check": _check,
    "check-quotes": _check_quotes,
    "evaluate": _evaluate,
    "explain": _explain,
    "fetch": _fetch,
    "history": _history,
    "run": _run_bot,
    "setup": _setup,
    "withdraw": _withdraw,
}
