"""Spelling: a slip is mended where it is plain, and good words are left alone."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st
from reached import reached, reaches
from real_texts import statement_files

from index.files.loading import read_statements
from index.postings.forms import Forms
from index.question.spelling import Spelling
from index.text.folding import fold
from index.text.language import language_of
from index.text.stemming import stemming

#: Misspellings of words that stand in the shared statements, made up before any was tried.
MISSPELT = """
accomodation:accommodation acheive:achieve adress:address agreemnt:agreement
aggresion:aggression ambasador:ambassador anual:annual assistence:assistance autralia:australia
bilaterel:bilateral bussiness:business cilmate:climate coalitoin:coalition comission:commission
comittee:committee commitee:committee concensus:consensus contries:countries
cooparation:cooperation corrupton:corruption corridr:corridor counterterorism:counterterrorism
democrasy:democracy developement:development dialoge:dialogue diplomcy:diplomacy
disarmement:disarmament economc:economic educaton:education electon:election
emmissions:emissions enviroment:environment existance:existence exprots:exports forign:foreign
freindship:friendship goverment:government greatful:grateful hostges:hostages
humanitarain:humanitarian immigation:immigration independance:independence indonisia:indonesia
infastructure:infrastructure infrastucture:infrastructure inovation:innovation
integrty:integrity intergrity:integrity investmnet:investment journalits:journalists
judical:judicial knowlege:knowledge libary:library lieutenent:lieutenant
maintainance:maintenance miliatry:military ministery:ministry misile:missile
negociations:negotiations neigbours:neighbours neccessary:necessary nucler:nuclear
occured:occurred oppurtunity:opportunity pakistna:pakistan palestinan:palestinian
parlament:parliament partnreship:partnership passanger:passenger peacful:peaceful
philipines:philippines presidant:president prisioners:prisoners privelege:privilege
prosperty:prosperity recieved:received refugess:refugees regoinal:regional
relatonship:relationship resillience:resilience responsability:responsibility
sanctoins:sanctions secratary:secretary securty:security seperate:separate sepcial:special
singapor:singapore soverignty:sovereignty soveriegn:sovereign stategic:strategic summt:summit
taiwna:taiwan tarrif:tariff technolgy:technology terorism:terrorism terrorisim:terrorism
threath:threat tommorow:tomorrow tourisim:tourism transparancy:transparency ukrane:ukraine
unemployement:unemployment vaccin:vaccine vetern:veteran vietnm:vietnam volunters:volunteers
weapns:weapons womens:women ziimbabwe:zimbabwe
"""
#: English words and names that the shared statements lack.
ABSENT = """
abbreviation accordion albatross alloys alphabet anaconda anarchists anchovy apostolic aquarium
aroma arrow astrology bakery bamboo barbecue basilica batman bearer beetle beyonce bitcoin blade
botany bracelet buffet cabaret canoe caravan cartoon catalog celery chapel choir choreographed
clarinet cleopatra clergy colony comet convex correlation cortex costume crash crossword
decorative densely dessert dolphin duchy eclipse einstein emerald ensemble epic estrogen eunuch
evaporation faculties fairy farther feather flute foothills forbade fountain frontal fused giraffe
glycerol goldfish golf gospel guerrilla gymnast hamster heroin hiatus hobbit hockey hydrophobic
hymn igloo infinite involuntary jacket jelly juggler kangaroo kebab kiwi lantern lavender leopard
liar libertarian lipstick literary lullaby madonna mascara melody membranes menopause messi
michelangelo microscope minecraft molecular monasteries monkey mosquito movie mozart multilingual
mummy mustard napoleon nectar netflix neurology novel oasis olive orchid otter painter panda
parachute paternal peacock pelican pellets penguin pewter photon pianists picasso pickle pierced
pigeon pirate plaster plateau poem pokemon ponytail porcelain prairie preludes prophet pumpkin
punched python quilt radish raisin rarity recipe recitals reservoirs revolts rhythm rihanna
romance ronaldo rooster salad sandal saxophone scorpion seahorse servitude shakespeare shampoo
silk singing sixteen soccer sonnet sparrow spielberg spinach spotify staining strawberry
subdivision subway superman sushi tango tattoo theatrical theorem thesis thriller tiger tomato
tournaments trailer treadmill trumpet turnip twilight vampire vassal velvet vernacular voldemort
waffle walrus whiskey wool xylophone yogurt zipper zucchini
"""


ENCYCLOPEDIA = ("squadshifts_wiki", "squad_train_sample")


def words_in(text: str) -> Iterator[str]:
    return (fold(word) for word in regex.findall(r"\p{L}+", text))


@pytest.fixture(scope="module")
def words(shared: Path) -> Mapping[str, int]:
    """Return the words of all shared statements and in how many paragraphs each stands."""
    counts: Counter[str] = Counter()
    for path in statement_files(shared):
        for statement, _ in read_statements(path):
            for paragraph in statement.paragraphs if statement else ():
                counts.update(set(words_in(paragraph.text)))
    return counts


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("terorism", "terrorism"),
        ("gwader", "gwadar"),
        ("karakorum", "karakoram"),
        ("corridr", "corridor"),
        ("corirdor", "corridor"),
        ("corrodir", "corridor"),
        ("coridir", None),
        ("pakistna", "pakistan"),
        ("pakisttan", "pakistan"),
        ("харбкор", None),
        ("приветсвие", "приветствие"),
    ],
)
def test_a_plain_slip_is_mended(word: str, meant: str | None) -> None:
    record = "terrorism gwadar karakoram corridor corridors pakistan приветствие"
    assert Spelling(Forms.of(dict.fromkeys(record.split(), 3))).neighbour(word) == meant


@pytest.mark.parametrize(
    "word",
    [
        "corridor",  # on record
        "akistan",  # the first letter is taken to be right
        "qakistan",
        "prt",  # too short
        "mess",  # "messi": an ending more or less makes another word
        "messia",
        "macro",
        "pakistan1",
        "ml-1",
        "paki stan",
        "korridor",
        "bitcoin",
        "carridon",  # two slips, and one of them no likely one
        "ports",
        "",
        "中巴经济走廊",
        "पाकिस्तन",
    ],
)
def test_what_is_no_plain_slip_is_left_alone(word: str) -> None:
    record = "corridor pakistan messi macron port पाकिस्तान 中巴经济走郎 prat bidding"
    assert Spelling(Forms.of(dict.fromkeys(record.split(), 3))).neighbour(word) is None


def test_by_hand_several_neighbours_need_one_that_is_clearly_commoner() -> None:
    """Both are one vowel away; five times as common is clear."""
    assert Spelling(Forms.of({"statian": 10, "statien": 2})).neighbour("statiun") == "statian"
    assert Spelling(Forms.of({"statian": 9, "statien": 2})).neighbour("statiun") is None


def test_a_likelier_slip_outweighs_a_commoner_word() -> None:
    """A letter left out asks for five letters, another letter for seven: four times as likely."""
    words = {"friendship": 10, "fraendship": 1}
    assert Spelling(Forms.of(words)).neighbour("frendship") == "friendship"
    assert Spelling(Forms.of({"measured": 10, "measuned": 8})).neighbour("measurd") == "measured"


def test_words_of_one_family_are_no_rivals() -> None:
    words = {"corridor": 9, "corridors": 8, "terrorist": 4, "terrorism": 5}
    assert Spelling(Forms.of(words)).neighbour("coridors") == "corridors"
    assert Spelling(Forms.of(words)).neighbour("coridor") == "corridor"
    assert Spelling(Forms.of(words)).neighbour("terroris") == "terrorism"


def test_a_rare_neighbour_needs_a_longer_word() -> None:
    """In a large record a rare word is no likely meaning of a short one."""
    large = {"others": 1_000_000, "salman": 2, "khunjerab": 2}
    assert Spelling(Forms.of(large)).neighbour("salmon") is None
    assert Spelling(Forms.of(large)).neighbour("khunjrab") == "khunjerab"
    assert Spelling(Forms.of(large | {"salman": 500})).neighbour("salmon") == "salman"


def test_one_slip_comes_before_two() -> None:
    assert (
        Spelling(Forms.of({"negotiation": 1, "negotiations": 1})).neighbour("negociation")
        == "negotiation"
    )


def test_an_empty_record_has_no_neighbours() -> None:
    assert Spelling(Forms.of({})).neighbour("corridor") is None


def alignment(one: str, other: str) -> int:
    """Return the optimal string alignment distance, by the textbook's table."""
    table = [[i + j for j in range(len(other) + 1)] for i in range(len(one) + 1)]
    for i in range(1, len(one) + 1):
        for j in range(1, len(other) + 1):
            table[i][j] = min(
                table[i - 1][j] + 1,
                table[i][j - 1] + 1,
                table[i - 1][j - 1] + (one[i - 1] != other[j - 1]),
            )
            if i > 1 and j > 1 and one[i - 2 : i] == other[j - 2 : j][::-1]:
                table[i][j] = min(table[i][j], table[i - 2][j - 2] + 1)
    return table[-1][-1]


SOME = st.text(alphabet="aabortx", min_size=1, max_size=12)
WORDS = st.text(alphabet="aabortx", min_size=5, max_size=12)


@st.composite
def slips(draw: st.DrawFn) -> tuple[str, dict[str, int]]:
    """Return a word typed wrong once or twice, and a record that has it and others like it."""
    meant = draw(WORDS)
    word = meant
    for _ in range(draw(st.integers(1, 2))):
        at = draw(st.integers(1, len(word) - 2))
        word = draw(
            st.sampled_from(
                [
                    word[:at] + word[at + 1] + word[at] + word[at + 2 :],
                    word[:at] + word[at] + word[at:],
                    word[:at] + word[at + 1 :],
                    word[:at] + "o" + word[at + 1 :],
                    word[:at] + "x" + word[at:],
                ]
            )
        )
    others = draw(st.dictionaries(SOME | WORDS.map(lambda one: meant[:5] + one), st.integers(1, 9)))
    return word, others | {meant: draw(st.integers(1, 100))}


@reaches(10)
@given(slips() | st.tuples(SOME, st.dictionaries(SOME, st.integers(1, 50), max_size=30)))
def test_a_neighbour_is_on_record_and_near_whatever_the_order(
    asked: tuple[str, dict[str, int]],
) -> None:
    word, record = asked
    found = Spelling(Forms.of(record)).neighbour(word)
    assert found == Spelling(Forms.of(dict(reversed(record.items())))).neighbour(word)
    if found is not None:
        reached()
        nearest = min(alignment(word, other) for other in record if other[0] == word[0])
        assert found in record
        assert word not in record
        assert found[0] == word[0]
        assert alignment(word, found) == nearest
        assert nearest <= (1 if len(word) < 8 else 2)


@given(st.text(max_size=60), st.text(max_size=60))
def test_any_text_may_be_asked_for_and_may_be_on_record(word: str, other: str) -> None:
    """Nothing raises."""
    assert Spelling(Forms.of({other: 1, "corridor": 0})).neighbour(word) in (
        None,
        other,
        "corridor",
    )


def test_a_hostile_word_is_no_word() -> None:
    hostile = Spelling(Forms.of({"a" * 5_000: 1, "corridor": 1}))
    assert hostile.neighbour("a" * 4_096) is None


@pytest.mark.quality
def test_most_misspellings_are_mended_and_none_wrongly(words: Mapping[str, int]) -> None:
    spelling = Spelling(Forms.of(words))
    pairs = [pair.split(":") for pair in MISSPELT.split()]
    assert len(pairs) >= 100
    assert [meant for _, meant in pairs if meant not in words] == []
    mended = [(spelling.neighbour(word), meant) for word, meant in pairs]
    assert sum(found == meant for found, meant in mended) >= 101
    assert [(found, meant) for found, meant in mended if found not in (None, meant)] == []


@pytest.mark.quality
def test_few_good_words_are_taken_for_misspellings(words: Mapping[str, int]) -> None:
    spelling = Spelling(Forms.of(words))
    absent = ABSENT.split()
    assert len(absent) >= 200
    assert [word for word in absent if word in words] == []
    assert sum(spelling.neighbour(word) is not None for word in absent) <= 7


@pytest.mark.quality
def test_few_words_of_an_encyclopedia_are_mended(shared: Path, words: Mapping[str, int]) -> None:
    """Those whose stem the statements lack; about half of what is mended is misspelt there."""
    stem = stemming(language_of("en"))
    stems = {stem(word) for word in words}
    spelling = Spelling(Forms.of(words))
    asked: set[str] = set()
    for path in (shared / "questions" / name / "statements.jsonl" for name in ENCYCLOPEDIA):
        for line in path.read_text("utf-8").splitlines():
            for paragraph in json.loads(line)["paragraphs"]:
                asked.update(
                    words_in(paragraph if isinstance(paragraph, str) else paragraph["text"])
                )
    absent = [word for word in asked if len(word) >= 4 and stem(word) not in stems]
    assert len(absent) > 5_000
    mended = sum(spelling.neighbour(word) is not None for word in absent)
    assert mended / len(absent) <= 0.035
