"""Filters: who, where, what kind and when; each by hand, and together as their overlap."""

from __future__ import annotations

import datetime
from dataclasses import replace

import pytest
from made_statements import statement

from index.keeping.paragraphs import ParagraphColumns
from index.model.record import Coverage, Record
from index.model.statement import Kind, Paragraph, Role, Speaker, Statement
from index.question.paragraph_filter import ParagraphFilter
from index.question.syntax import Filters
from index.search import Index
from index.wording.dates import Dates

LIN = Speaker("Lin Wei", "Ambassador to the Republic")
NOOR = Speaker("Ayesha Noor", "Minister of Justice")
PAKISTAN, CHINA = Speaker("Pakistan"), Speaker("China", "People's Republic")


def day(number: int) -> Dates:
    return Dates(datetime.date(2025, 2, number), datetime.date(2025, 2, number))


@pytest.fixture(scope="module")
def statements() -> list[Statement]:
    joint = statement(
        "joint", ["One.", "Two."], day=6, kind=Kind.JOINT_STATEMENT, speakers=(PAKISTAN, CHINA)
    )
    talk = statement("talk", ["Why?", "So."], day=9, speakers=(LIN, NOOR), publisher="Daily Añil")
    turns = (
        replace(talk.paragraphs[0], role=Role.QUESTION),
        Paragraph(2, "So.", NOOR, Role.ANSWER),
    )
    return [
        replace(talk, paragraphs=turns, kind=Kind.INTERVIEW),
        joint,
        replace(statement("undated", ["Three."], title="Étude of Ports"), date=None),
        replace(
            statement("late", ["Four."], speakers=(LIN,)),
            date=datetime.date(2025, 1, 30),
            published=datetime.date(2025, 2, 6),
        ),
    ]


@pytest.fixture(scope="module")
def paragraphs(statements: list[Statement]) -> list[tuple[Statement, Paragraph]]:
    return [(one, paragraph) for one in statements for paragraph in one.paragraphs]


def chooser(paragraphs: list[tuple[Statement, Paragraph]]) -> ParagraphFilter:
    """Return what chooses among *paragraphs*, which are all of their statements."""
    found = {one.id: one for one, _ in paragraphs}
    theirs = [tuple(p for other, p in paragraphs if other.id == one) for one in found]
    statements = [
        replace(one, paragraphs=own) for one, own in zip(found.values(), theirs, strict=True)
    ]
    return ParagraphFilter(statements, ParagraphColumns.of(statements))


def left(paragraphs: list[tuple[Statement, Paragraph]], filters: Filters) -> list[str]:
    """Return the paragraphs that *filters* leave, as their statement's id and their number."""
    chosen = chooser(paragraphs).allowed_by(filters)
    assert chosen.shape == (len(paragraphs),)
    return [
        f"{one.id}{paragraph.number}"
        for (one, paragraph), kept in zip(paragraphs, chosen.tolist(), strict=True)
        if kept
    ]


def test_without_filters_all_are_left_but_questions(paragraphs) -> None:
    assert left(paragraphs, Filters()) == ["talk2", "joint1", "joint2", "undated1", "late1"]


@pytest.mark.parametrize(
    ("speaker", "found"),
    [
        ("Lin", ["late1"]),
        ("LIN WEI", ["late1"]),
        ("wei lin", ["late1"]),
        ("ambass", ["late1"]),
        ("Noor", ["talk2"]),
        ("Justice Ayesha", ["talk2"]),
        ("Lin Noor", []),
        ("China", ["joint1", "joint2"]),
        ("Pakistan", ["joint1", "joint2"]),
        ("Pakistan China", []),
        ("republic people", ["joint1", "joint2"]),
        ("anil", ["talk2"]),
        ("Daily", ["talk2"]),
        ("Rahman", ["undated1"]),
        ("nobody", []),
        ("in", []),
    ],
)
def test_from_is_who_speaks_or_publishes(paragraphs, speaker: str, found: list[str]) -> None:
    """Part of the name or role, in any case, accents aside; a joint text is every party's."""
    assert left(paragraphs, Filters(speakers=(speaker,))) == found


def test_several_from_mean_any_of_them(paragraphs) -> None:
    assert left(paragraphs, Filters(speakers=("noor", "china", "nobody"))) == [
        *("talk2", "joint1", "joint2"),
    ]


@pytest.mark.parametrize(
    ("where", "found"),
    [
        (("joint",), ["joint1", "joint2"]),
        (("JOINT",), ["joint1", "joint2"]),
        (("étude",), ["undated1"]),
        (("etude port",), ["undated1"]),
        (("remarks",), ["talk2", "joint1", "joint2", "late1"]),
        (("remarks on late",), ["late1"]),
        (("late", "undated"), ["undated1", "late1"]),
        (("nowhere",), []),
    ],
)
def test_in_is_an_id_or_words_of_a_title(paragraphs, where: tuple[str, ...], found) -> None:
    assert left(paragraphs, Filters(statements=where)) == found


def test_kinds_are_any_of_those_named(paragraphs) -> None:
    assert left(paragraphs, Filters(kinds=(Kind.INTERVIEW,))) == ["talk2"]
    both = (Kind.INTERVIEW, Kind.JOINT_STATEMENT)
    assert left(paragraphs, Filters(kinds=both)) == ["talk2", "joint1", "joint2"]
    assert left(paragraphs, Filters(kinds=(Kind.BRIEF,))) == []


def test_dates_are_when_it_was_said_or_published_and_the_undated_have_none(paragraphs) -> None:
    assert left(paragraphs, Filters(dates=day(6))) == ["joint1", "joint2", "late1"]
    everywhen = Filters(dates=Dates(None, datetime.date(2999, 1, 1)))
    assert left(paragraphs, everywhen) == ["talk2", "joint1", "joint2", "late1"]
    never = Filters(dates=Dates(datetime.date(2025, 3, 1), datetime.date(2025, 2, 1)))
    assert left(paragraphs, never) == []


def test_filters_of_several_sorts_leave_what_all_leave(paragraphs) -> None:
    assert left(paragraphs, Filters(speakers=("lin",), dates=day(6))) == ["late1"]
    assert left(paragraphs, Filters(statements=("late",), kinds=(Kind.INTERVIEW,))) == []


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("ambassador", ["talk1", "late1"]),
        ("Lin", ["talk1", "late1"]),
        ("minister of justice", ["talk2"]),
        ("China", ["joint1", "joint2"]),
    ],
)
def test_a_speaker_is_found_by_name_or_role(paragraphs, name: str, found) -> None:
    chosen = chooser(paragraphs).spoken_by(name)
    assert chosen is not None
    named = [f"{one.id}{paragraph.number}" for one, paragraph in paragraphs]
    assert [named[number] for number in chosen.nonzero()[0].tolist()] == found


@pytest.mark.parametrize("name", ["an ambassador", "Ambass", "", "…", "nobody", "Lin Noor"])
def test_no_speaker_is_found_by_a_part_of_a_word(paragraphs, name: str) -> None:
    assert chooser(paragraphs).spoken_by(name) is None


@pytest.mark.parametrize("filters", [Filters(), Filters(speakers=("a",)), Filters(dates=day(1))])
def test_an_empty_record_leaves_nothing(filters: Filters) -> None:
    chosen = chooser([])
    assert chosen.allowed_by(filters).tolist() == []


def test_the_speakers_of_several_filters_are_told_once_each_in_their_order(paragraphs) -> None:
    chosen = chooser(paragraphs)
    for asked, names in (
        (("noor", "amb"), ("Ayesha Noor", "Lin Wei")),
        (("amb", "l", "noor", "l"), ("Lin Wei", "Ayesha Noor")),
        (("noor",), ("Ayesha Noor",)),
        (("nobody",), ()),
        ((), ()),
    ):
        assert chosen.names_from(asked) == names


def test_what_a_filter_allows_stays_whatever_is_done_with_it_and_asked_between(paragraphs) -> None:
    chosen, everything = chooser(paragraphs), Filters()
    allowed = chosen.allowed_by(everything)
    expected = allowed.tolist()
    assert any(expected)
    allowed[:] = False
    assert chosen.allowed_by(everything).tolist() == expected
    assert not chosen.allowed_by(Filters(speakers=("nobody",))).any()
    assert chosen.allowed_by(everything).tolist() == expected


def test_a_full_name_finds_whom_the_record_calls_by_a_title_and_the_surname(make_statement) -> None:
    said = make_statement("The road is open.", id="briefing", speakers=(Speaker("MR PRICE", ""),))
    other = make_statement("Tea grows.", id="other", speakers=(Speaker("Lin Wei", ""),))
    index = Index(Record.of([said, other]))
    for name, speaker in (("Ned Price", "Ned Price"), ("Price", "Price"), ("Price Waters", "")):
        assert index.query(f"What did {name} say about the road?").narrowing.speaker == speaker


def covered(chosen: ParagraphFilter, filters: Filters) -> Coverage:
    return chosen.coverage(chosen.allowed_by(filters))


def test_what_is_left_is_covered(statements: list[Statement], paragraphs) -> None:
    chosen = chooser(paragraphs)
    record = Record.of(statements)
    assert covered(chosen, Filters()) == record.coverage()
    left_over = covered(chosen, Filters(speakers=("Lin",)))
    january = datetime.date(2025, 1, 30)
    assert left_over == Coverage(statements=1, paragraphs=1, first=january, last=january)
    nothing = Coverage(statements=0, paragraphs=0, first=None, last=None)
    assert covered(chosen, Filters(speakers=("Nobody",))) == nothing
    assert covered(chooser([]), Filters()) == nothing


NAMES = (
    "Siobhán O'Leary",
    "Jean-Yves Dran",
    "Omar Al-Sharif",
    "MR D’SOUZA",
    "Tom Oneill",
    "Ben Cole",
)


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        *[("OLeary", 0), ("oleary", 0), ("O'Leary", 0), ("O’Leary", 0), ("O Leary", 0)],
        *[("Siobhan OLeary", 0), ("leary", 0), ("jeanyves", 1), ("Jean Yves", 1), ("Jean-Yves", 1)],
        *[("JeanYves Dran", 1), ("alsharif", 2), ("AlSharif", 2), ("Al Sharif", 2), ("sharif", 2)],
        *[("DSouza", 3), ("Mr DSouza", 3), ("D'Souza", 3), ("O'Neill", 4), ("Cole", 5)],
    ],
)
def test_a_name_is_found_without_its_mark(name: str, meant: int) -> None:
    """And with a mark that the record leaves out."""
    made = [
        statement(f"s{number}", ["Ports grow."], speakers=(Speaker(one),))
        for number, one in enumerate(NAMES)
    ]
    chosen = chooser([(one, one.paragraphs[0]) for one in made])
    allowed = chosen.allowed_by(Filters(speakers=(name,)))
    assert allowed.nonzero()[0].tolist() == [meant]
    spoken = chosen.spoken_by(name)
    assert spoken is not None
    assert spoken.nonzero()[0].tolist() == [meant]


def test_a_full_name_without_its_mark_is_that_of_a_title_and_surname() -> None:
    made = statement("s", ["Ports grow."], speakers=(Speaker("MR D’SOUZA"),))
    chosen = chooser([(made, made.paragraphs[0])])
    assert chosen.spoken_by("Anil DSouza") is not None
    assert chosen.spoken_by("Anil Souza") is None


def in_sections(**sections: str) -> list[tuple[Statement, Paragraph]]:
    """Return the paragraphs of two statements, those of the first under these headings."""
    texts = [f"About {name}." for name in sections]
    headed, plain = statement("first", texts), statement("second", texts, title="Trade in fish")
    made = [
        (headed, replace(paragraph, section=section))
        for paragraph, section in zip(headed.paragraphs, sections.values(), strict=True)
    ]
    return [*made, *((plain, paragraph) for paragraph in plain.paragraphs)]


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        (("trade and transport",), ["first2"]),
        (("TRANSP",), ["first2"]),
        # A title is found beside headings.
        (("trade",), ["first2", "second1", "second2", "second3"]),
        (("fish trade",), ["second1", "second2", "second3"]),
        (("first", "transport"), ["first1", "first2", "first3"]),
        (("culture", "transport"), ["first2", "first3"]),
        (("quay",), []),
        (("",), []),
    ],
)
def test_in_finds_what_stands_under_a_heading(asked: tuple[str, ...], expected: list[str]) -> None:
    made = in_sections(none="", trade="Trade and Transport", culture="Culture")
    assert left(made, Filters(statements=asked)) == expected


def test_a_heading_narrows_a_search_and_is_no_answer_by_itself() -> None:
    made = statement("quay", ["Ferries sail twice.", "Boats stay.", "Ferries are blue."])
    headed = [
        replace(one, section="Lighthouses and trade" if one.number > 1 else "")
        for one in made.paragraphs
    ]
    index = Index(Record.of([replace(made, paragraphs=tuple(headed))]))
    found = index.ask('in:"lighthouses and trade" ferries')
    assert [hit.paragraph.number for hit in found.hits] == [3]
    assert found.searched.paragraphs == 2
    assert found.hits[0].citation.section == "Lighthouses and trade"
    assert index.ask("lighthouses").hits == ()
