"""What the benchmarks say, of the peers or of the bot, must not be our mistake in measuring."""

from __future__ import annotations

import gc
import re
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
from made_statements import statement

from benchmarks import burst, messages, refusal, scale, texts, varied, worst
from benchmarks import quality as ranking
from benchmarks.bot_process import Round, running
from benchmarks.engines import ENGINES, Engine
from benchmarks.floors import FLOORS
from benchmarks.made import made_statements
from benchmarks.peer_indexes import Ask
from benchmarks.peer_times import record_of
from benchmarks.peers import Quality, quality
from benchmarks.texts import (
    government_statements,
    mixed_record,
    present,
    questions_of,
    write_down,
)
from index import GoldQuestion, Index, Paragraph, Record, Role, Speaker, load_record


@pytest.fixture(autouse=True)
def _passed_over_still(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave frozen, for the garbage collector, what pytest knows of all tests.

    The benchmarks look for garbage often, and unfreeze what they froze, which is all there is.
    """
    monkeypatch.setattr(gc, "unfreeze", lambda: None)


TEXTS = {
    "en": [
        "The harbour at Norvik opens to large ships in the spring.",
        "A new school was built beside the river.",
        "Farmers asked for lower taxes on grain.",
        "The bridge to the island stays closed until winter.",
        "Nobody has yet seen the minister's letter.",
    ],
    "es": [
        "El puerto de Norvik se abre a los barcos en primavera.",
        "Se construyó una escuela nueva junto al río.",
        "Los agricultores pidieron impuestos más bajos.",
        "El puente de la isla sigue cerrado hasta el invierno.",
        "Nadie ha visto todavía la carta del ministro.",
    ],
    "hi": [
        "बंदरगाह वसंत में जहाज़ों के लिए खुलेगा।",
        "नदी के पास नया विद्यालय बना।",
        "किसानों ने कम कर की माँग की।",
        "द्वीप का पुल सर्दियों तक बंद रहेगा।",
        "मंत्री का पत्र किसी ने नहीं देखा।",
    ],
    "zh": [
        "新港口将于春季向大型船只开放。",
        "河边建起了一所学校。",
        "农民要求降低粮食税。",
        "通往海岛的大桥关闭到冬天。",
        "没有人见过部长的信件。",
    ],
}
#: Each asks about the second paragraph.
ASKED = {
    "en": "Was a school built by the river?",
    "es": "¿Dónde se construyó la escuela nueva?",
    "hi": "नदी के पास कौन सा विद्यालय बना?",
    "zh": "河边建起了一所什么?",
}
HOSTILE = [
    "",
    " ",
    "the of and",
    "?!…",
    "河",
    '"harbour OR (NOT AND',
    "text:harbour^2 -ships* NEAR/2 [a TO b] {c} ~\\",
    "harbour'; DROP TABLE paragraphs; --\0",
    "what harbour " * 315,
]


#: Plain rank_bm25 reads Chinese too, but takes a run of it for one word, and finds nothing here.
PAIRS = [
    (engine, language)
    for engine in ENGINES
    for language in TEXTS
    if engine.reads(language) and (engine.name, language) != ("rank_bm25", "zh")
]


def built(engine: Engine, language: str) -> Ask:
    """Return *engine* over the texts in this language; skip where it is not installed."""
    if not engine.present:
        pytest.skip(f"{engine.package} is not installed")
    return engine.build(TEXTS[language], language)


@pytest.mark.parametrize(("engine", "language"), PAIRS, ids=[f"{e.name}-{tag}" for e, tag in PAIRS])
def test_every_peer_finds_the_obvious_paragraph(engine: Engine, language: str) -> None:
    asked = GoldQuestion(ASKED[language], frozenset({("made", 2)}))
    places = [("made", number) for number in range(1, 6)]
    assert quality(built(engine, language), places, [asked]) == Quality(1.0, 1.0, 1.0)


@pytest.mark.parametrize("engine", ENGINES, ids=lambda engine: engine.name)
def test_no_question_makes_a_peer_fail(engine: Engine) -> None:
    """Query syntax in a question is never read as such, and one without words finds nothing."""
    ask = built(engine, "en" if engine.reads("en") else "zh")
    for question in HOSTILE:
        ask(question)
    assert [score for score, _ in ask("?!…") if score > 0] == []


def test_quality_counts_ranks_and_gives_a_tie_to_the_earlier_paragraph() -> None:
    """By hand: ranks 1, 2, none (it scores nothing) and 6."""
    answers = {
        "first": [(2.0, 3), (3.0, 0)],
        "tied": [(1.0, 4), (1.0, 0)],
        "nothing": [(0.0, 0)],
        "sixth": [(9.0 - number, number) for number in range(1, 7)],
    }
    gold = {"first": 0, "tied": 4, "nothing": 0, "sixth": 6}
    questions = [GoldQuestion(name, frozenset({("made", place)})) for name, place in gold.items()]
    places = [("made", number) for number in range(7)]
    expected = Quality(1 / 4, 2 / 4, (1 + 1 / 2 + 1 / 6) / 4)
    assert quality(answers.__getitem__, places, questions) == expected


def test_a_record_larger_than_the_real_one_is_filled_with_variants() -> None:
    """They are the same on every run, unlike each other, and made of the same words."""
    real = [statement("ports", TEXTS["en"]), statement("more", [" ".join(TEXTS["en"])] * 3)]
    record = record_of(real, 20)
    texts = [paragraph.text for one in record.statements for paragraph in one.paragraphs]
    assert record.statements == record_of(real, 20).statements
    assert len(texts) >= 20
    assert {*real} <= {*record.statements}
    assert {word for text in texts for word in text.split()} == set(" ".join(TEXTS["en"]).split())
    # The real one stands there three times; of its variants there is room for three.
    assert len({text for text in texts if len(text) > 100}) == 1 + 3


KINDS = ("echo", "light echo", "reciter", "ours")


@pytest.mark.parametrize("kind", KINDS)
async def test_every_bot_that_is_measured_answers_and_ends_by_itself(kind: str) -> None:
    # As many as it takes for a search to be timed, each different, or it would not be searched for.
    subjects = ["Gwadar", "Zardari", "Kashmir", "corridor", "airport", "highway", "anniversary"]
    questions = ["Karakoram Highway", *(f"What about {one}?" for one in subjects), "China", "port"]
    assert len(set(questions)) == 10
    async with running(kind) as bot:
        if kind == "reciter":
            taught = {question: (f"<b>{question}</b>", None) for question in questions}
            assert await bot.request("learn", taught) == len(questions)
        answered = await bot.answer(questions)
        if kind == "ours":
            assert all("<blockquote" in reply.html for reply in answered.replies)
            assert min((await bot.request("parts", questions)).values()) > 0
            some, none = await bot.request("found", ["Gwadar", "xylophone"])
            assert some > none == 0
            assert 0 < answered.searching < answered.cpu
        else:
            assert [reply.text for reply in answered.replies] == questions
            assert answered.searching == 0 < answered.cpu
        assert 20 < (await bot.request("spent"))["memory"] < 500
    assert bot.process.returncode == 0


async def test_a_bot_that_cannot_start_is_not_waited_for() -> None:
    with pytest.raises(RuntimeError, match="exit code"):
        async with running("ours", data="there is no such folder"):
            raise AssertionError("it has started")


async def test_a_burst_counts_every_question_and_press(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """No message gets through; a press needs none."""
    monkeypatch.setattr(texts, "SHARED", tmp_path / "nowhere")
    monkeypatch.setattr(burst, "CALM", 0.5)
    monkeypatch.setattr(burst, "SHARE", 1.0)
    monkeypatch.setattr(burst, "METHODS", ("sendMessage",))
    aftermath = await burst.burst([burst.Drop()], updates=5, presses=2, in_groups=3)
    assert aftermath.outcomes == {
        "in private": burst.Outcome(asked=0, once=0, refused=0, lost=0, twice=0),
        "in groups": burst.Outcome(asked=3, once=0, refused=0, lost=3, twice=0),
        "presses": burst.Outcome(asked=2, once=2, refused=0, lost=0, twice=0),
    }
    assert (aftermath.troubled, aftermath.exit_code) == (3, 0)


def test_an_outcome_tells_answers_from_refusals() -> None:
    replies = [["yes"], ["sorry"], [], ["yes", "sorry"], ["yes", "yes", "yes"]]
    outcome = burst.Outcome.of(replies, frozenset({"sorry"}))
    assert outcome == burst.Outcome(asked=5, once=1, refused=1, lost=1, twice=2)


def test_costs_are_told_apart(capsys: pytest.CaptureFixture[str]) -> None:
    """By hand: 4 ms less 1.5 are ours, of which 1 searches, .5 renders and so 1 is the rest."""
    costs = {"echo": (100.0, 3.0), "light echo": (500.0, 1.0), "ours": (80.0, 4.0)}
    costs["reciter"] = (400.0, 1.5)
    rounds = {kind: [Round([], rate, cpu, 1.0)] for kind, (rate, cpu) in costs.items()}
    messages.tell_cpu(rounds, {"searching": 0.7, "rendering": 0.5})
    told = capsys.readouterr().out.splitlines()
    figures = [re.findall(r"\d+\.\d\d", line) for line in told[1:]]
    assert figures == [["0.50"], ["2.50"], ["1.00", "0.70"], ["0.50"], ["1.00"]]


def test_a_record_that_is_written_down_reads_back_the_same(tmp_path: Path) -> None:
    turns = (Paragraph(1, "Why?", Speaker("Press"), Role.QUESTION, named=True),)
    whole = statement("ports", TEXTS["en"], url="https://ports.example.org/1", publisher="Gazette")
    record = Record.of(
        [whole, replace(whole, id="asked", paragraphs=(*turns, replace(whole.paragraphs[1])))]
    )
    write_down(record, tmp_path / "data")
    assert load_record(tmp_path / "data").statements == record.statements


def test_without_the_real_texts_made_ones_are_measured_on(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Whoever has only the project can run every benchmark; what is made is always the same."""
    monkeypatch.setattr(texts, "SHARED", tmp_path / "nowhere")
    statements, questions = government_statements(), questions_of("squadshifts_wiki")
    assert statements[:3] == made_statements(3)
    assert "../shared" in capsys.readouterr().out
    assert sum(len(statement.paragraphs) for statement in statements) > 18_000
    assert len(set(questions)) > 7_000
    index = Index(mixed_record(1_000))
    assert 1_000 <= index.searched.paragraphs < 1_100
    answered = sum(index.ask(question).answered for question in questions[:100])
    assert answered > 50


def test_a_set_that_is_not_there_is_skipped_with_one_line(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(texts, "SHARED", tmp_path)
    monkeypatch.setattr("sys.argv", ["quality"])
    (tmp_path / "questions" / "here").mkdir(parents=True)
    assert present("here")
    assert capsys.readouterr().out == ""
    refusal.main()
    assert len(capsys.readouterr().out.splitlines()) == len(refusal.SETS)
    ranking.main()
    told = capsys.readouterr().out.splitlines()[1:]
    assert [line.split()[1] for line in told] == [floor.name for floor in FLOORS]
    assert all(line.startswith("skipped: ") for line in told)


def test_the_worst_questions_are_told(capsys: pytest.CaptureFixture[str]) -> None:
    """Of each sort ten, the slowest first."""
    record = varied.varied_record(200, languages=False)
    words, index = worst.Words(record), Index(record)
    kinds = worst.both_ways(words)
    assert len({(one.name, one.inline) for one in kinds}) == len(kinds)
    assert max(len(one.question) for one in kinds) <= worst.LONGEST
    kinds = kinds[:: len(kinds) // 40]
    composed = list(worst.composed(words, 40))
    assert composed == list(worst.composed(words, 40))
    assert max(map(len, composed)) <= worst.LONGEST
    slowest = worst.measure(index, kinds)
    assert len(slowest) == worst.WORST
    assert slowest == sorted(slowest, reverse=True)
    capsys.readouterr()
    worst.tell(index, "kinds", kinds)
    assert capsys.readouterr().out.count("\n") == 1 + worst.WORST


def test_each_size_is_read_built_asked_and_changed(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Here in one process; in earnest, each size has its own."""
    monkeypatch.setattr(texts, "SHARED", tmp_path / "nowhere")
    monkeypatch.setattr(texts, "made_statements", partial(made_statements, 100))
    monkeypatch.setattr(scale, "apart", lambda function, *given: function(*given))
    monkeypatch.setattr(scale, "BESIDE_SMALL", ())
    monkeypatch.setattr(texts, "_MADE_QUESTIONS", 20)
    monkeypatch.setattr(scale, "QUESTIONS", 10)
    monkeypatch.setattr("sys.argv", ["scale", "300", "500"])
    scale.main()
    told = [line.split("|")[1:-1] for line in capsys.readouterr().out.splitlines() if "|" in line]
    rows = {cells[0].strip(): [cell.strip() for cell in cells[1:]] for cells in told}
    assert rows[""] == ["300 paragraphs", "500 paragraphs"]
    assert {"read, CPU s", "build, peak MB", "change, CPU s", "whole answer, ms"} <= rows.keys()
    small, large = (int(cell) for cell in rows["statements"])
    assert 0 < small < large
    assert all(float(cell) > 0 for cell in rows["build, MB after"])


def test_names_and_speakers_grow_in_number_with_a_varied_record(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """It is the same on every run, and has transcripts where the real texts are absent, too."""
    monkeypatch.setattr(texts, "SHARED", tmp_path / "nowhere")
    monkeypatch.setattr(texts, "made_statements", partial(made_statements, 100))
    small, large = varied.varied_record(1_000), varied.varied_record(3_000)
    assert large.statements == varied.varied_record(3_000).statements
    quotable = sum(paragraph.quotable for _, paragraph in large.paragraphs())
    assert 3_000 <= quotable < 3_020

    def words(record: Record) -> set[str]:
        return {word for _, paragraph in record.paragraphs() for word in paragraph.text.split()}

    def speakers(record: Record) -> set[str]:
        return {paragraph.speaker.name for _, paragraph in record.paragraphs()}

    assert len(words(large)) > 1.1 * len(words(small))
    assert len(speakers(large)) > 1.3 * len(speakers(small))
    assert any(not paragraph.quotable for _, paragraph in large.paragraphs())
