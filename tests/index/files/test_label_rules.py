"""What labels mean: whose turn each opens, in many scripts, and which open none."""

from __future__ import annotations

import time

import pytest

from index.files.turns import Transcript, read_turns
from index.model.statement import Kind, Role, Speaker

BERG = Speaker("Anna Berg", "Minister of Transport")
MAURER = Speaker("Carl Maurer", "Member for Ashby North")
#: A line that goes on over its end, and one that ends.
BROKEN = "and so we shall go on with what was begun here in the spring, as the"
ENDED = "and so we shall go on with what was begun here in the spring."


def whose(label: str, words: str = "The road is open.", *, kind: Kind = Kind.REMARKS) -> str:
    """Return the speaker of what *label* opens in a debate, "?" if uncertain, "-" if no turn."""
    texts = ["Berg: So it is.", f"{label}{words}", "And it will stay open."]
    _, turn, after = read_turns(texts, [BERG, MAURER], kind)
    assert after.certain == turn.certain
    assert (after.speaker, after.role) == (turn.speaker, turn.role)
    if not turn.certain:
        return "?"
    if turn.text == texts[1]:
        assert turn.speaker == BERG
        return "-"
    assert turn.text == words
    return "question" if turn.role is Role.QUESTION else turn.speaker.name


QUESTIONS = [
    *(
        "Q\xa0\xa0\xa0\xa0",
        "Q    ",
        "Q\xa0",
        "Q\t",
        "Q\u3000",
        "Q ",
        "Q. ",
        "Q.  ",
        "Q) ",
        "**Q** ",
    ),
    *("Q: ", "Q1: ", "Q 2: ", "**Q:** ", "**Q**: ", "_Q:_ ", "Q： ", "Q (Dawn): ", "[10:32] Q: "),
    *("QUESTION: ", "Question: ", "Question 2: ", "QUESTION (via interpreter): ", "QUESTION    "),
    *("REPORTER: ", "Reporter: ", "Reuters reporter: ", "Reporter 2: ", "JOURNALIST (AFP): "),
    *("Unidentified reporter: ", "AUDIENCE MEMBER: ", "Moderator: ", "Question from the floor: "),
    *(
        "记者：",
        "问：",
        "追问：",
        "法新社记者：",
        "记者追问：",
        "记者（路透社）：",
        "記者：",
        "問：",
        "主持人：",
    ),
    *("《环球时报》记者：", "今日俄罗斯记者：", "记者: "),
    *("صحافی: ", "سوال: ", "ڈان کے صحافی: ", "رپورٹر: ", "ضمنی سوال: ", "صحافی (ڈان): "),
    *("سؤال: ", "الصحفي: ", "الصحفية: ", "صحفي من رويترز: ", "س: ", "المذيع: ", "خبرنگار: "),
    *("प्रश्न: ", "सवाल: ", "पत्रकार: ", "संवाददाता: ", "প্রশ্ন: ", "கேள்வி: ", "ถาม: ", "שאלה: "),
    *("기자: ", "질문: ", "AFP 기자: ", "문: ", "記者: ", "質問：", "朝日新聞記者："),
    *("PREGUNTA: ", "Pregunta: ", "Periodista: ", "Frage: ", "FRAGE SCHMIDT: ", "Zusatzfrage: "),
    *("Journaliste: ", "Question : ", "DOMANDA: ", "Pergunta: ", "Vraag: ", "SORU: ", "Muhabir: "),
    *("ВОПРОС: ", "Вопрос: ", "Вопрос корреспондента ТАСС: ", "Корреспондент: ", "Журналист: "),
    *("ПИТАННЯ: ", "ΕΡΩΤΗΣΗ: ", "Pytanie: ", "Kérdés: ", "Otázka: ", "Phóng viên: ", "Wartawan: "),
]


@pytest.mark.parametrize("label", QUESTIONS)
@pytest.mark.parametrize("kind", [Kind.REMARKS, Kind.PRESS_CONFERENCE])
def test_a_question_is_known_in_any_language_whatever_the_statements(
    label: str, kind: Kind
) -> None:
    assert whose(label, "Is it open?", kind=kind) == "question"


@pytest.mark.parametrize(
    "sentence",
    [
        *(
            "Q and A follow.",
            "Q fever is back.",
            "Quite so.",
            "A question: who pays?",
            "问题很多。",
        ),
        *(
            "My question: Who pays?",
            "My question is: Who pays?",
            "他告诉记者：路通了。",
            "他对记者说：好。",
        ),
        *("The question for Europe is: What now?", "میرا سوال یہ ہے: کون؟", "Мой вопрос: кто?"),
    ],
)
def test_a_sentence_about_a_question_is_the_speakers_own(sentence: str) -> None:
    assert whose("", sentence) == "-"


@pytest.mark.parametrize("letter", ["P", "R", "F", "D", "В", "О"])
def test_a_letter_that_asks_in_one_language_asks_in_that_alone(letter: str) -> None:
    assert whose(f"{letter}: ", "Is it open?") == "-"
    spanish = read_turns(["P: ¿Por qué?", "R: Porque sí."], [BERG], Kind.INTERVIEW, "es-MX")
    assert [turn.role for turn in spanish] == [Role.QUESTION, Role.ANSWER]


@pytest.mark.parametrize(
    "label",
    [
        *("Maurer: ", "MAURER: ", "maurer: ", "Carl Maurer: ", "Mr Maurer: ", "Mr. MAURER: "),
        *(
            "Carl Maurer (Ashby North) (Lab): ",
            "Maurer (Lab): ",
            "MAURER [Lab]: ",
            "Maurer（Lab）： ",
        ),
        *("[10:32] Maurer: ", "10:33 Maurer: ", "(00:10:33.5) Maurer: ", "10:33 a.m. Maurer: "),
        *("Maurer – holding up a paper –: ", "Maurer — laughing —: ", "Maurer - aside -: "),
        *(
            "MAURER (voice-over): ",
            "MAURER (through interpreter): ",
            "Maurer, through interpreter: ",
        ),
        *("Maurer through an interpreter: ", "MAURER (cont'd): ", "Maurer (as interpreted): "),
        *("Sir Carl Maurer KC MP: ", "The Rt Hon Carl Maurer MP: ", "H.E. Mr. Carl Maurer: "),
        *("Dr Maurer, Member for Ashby North: ", "Herr Maurer: ", "M. Maurer: ", "Sr. Maurer: "),
        *("The Secretary of State (Carl Maurer): ", "The Chair (Mr Maurer): ", "C. Maurer: "),
        *(
            "Carl J. Maurer: ",
            "Carl Friedrich Maurer: ",
            "Senator Maurer: ",
            "Secretary of State Maurer: ",
            "FINANCE MINISTER MAURER: ",
            "MP Maurer: ",
        ),
        *(
            "**Maurer:** ",
            "**Maurer**: ",
            "*Maurer:* ",
            "**Maurer: ** ",
            "**Maurer:\xa0**\xa0",
            "__Carl Maurer__ (Lab): ",
            "**[10:32] Maurer:** ",
        ),
        *(
            "- Maurer: ",
            "– Maurer: ",
            "Maurer. – ",
            "Mr. MAURER.—",
            "Maurer (Lab). – ",
            "MAURER : ",
        ),
        *("MEMBER: ", "The Member: ", "THE MEMBER FOR ASHBY NORTH: ", "The Member (laughing): "),
    ],
)
def test_a_listed_name_or_role_opens_its_turn_with_what_goes_with_it(label: str) -> None:
    assert whose(label) == "Carl Maurer"


@pytest.mark.parametrize(
    ("label", "name"),
    [
        *(
            (one, "毛宁")
            for one in ("毛宁：", "毛宁发言人：", "外交部发言人毛宁：", "发言人：", "毛宁（笑）：")
        ),
        *(
            (one, "王毅")
            for one in ("王毅：", "王外长：", "王毅外长：", "外长：", "中国外长王毅：")
        ),
        *(
            (one, "ممتاز زہرا")
            for one in ("ممتاز زہرا: ", "ترجمان: ", "محترمہ ممتاز زہرا: ", "زہرا: ")
        ),
        *((one, "김철수") for one in ("김철수: ", "대변인: ", "김철수 대변인: ")),
        *(
            (one, "Сергей Лавров")
            for one in ("ЛАВРОВ: ", "С.Лавров: ", "Лавров (через переводчика): ")
        ),
    ],
)
def test_names_and_roles_are_known_in_their_own_scripts(label: str, name: str) -> None:
    cast = [Speaker("毛宁", "发言人"), Speaker("王毅", "外长"), Speaker("ممتاز زہرا", "ترجمان")]
    cast += [Speaker("김철수", "대변인"), Speaker("Сергей Лавров", "Министр")]
    _, turn = read_turns(["问：好？", f"{label}好。"], cast, Kind.PRESS_CONFERENCE, "zh")
    assert (turn.text, turn.speaker.name, turn.certain) == ("好。", name, True)


@pytest.mark.parametrize(
    "label",
    [
        *("Jane Doe: ", "JANE DOE: ", "Ms Doe: ", "Jane Doe MP (Con): ", "DOE: ", "Doe: "),
        *("The Parliamentary Under-Secretary of State for Health (Jane Doe): ", "[10:35] Doe: "),
        *(
            "J. Maurer: ",
            "Carl Maurer Jr.: ",
            "Berg and Maurer: ",
            "Mr Berg-Holm: ",
            "INTERPRETER: ",
        ),
        *("THE PRIME MINISTER: ", "The Minister (Jane Doe): ", "The President: ", "SPEAKER 2: "),
        *("UNIDENTIFIED WOMAN: ", "SENIOR OFFICIAL ONE: ", "Ursula von der Leyen: ", "PM: "),
        *("Maurer – and he is right: ", "NATO: ", "**Jane Doe:** ", "Doe – interrupting –: "),
        *(
            "Иван Петров: ",
            "ПЕТРОВ: ",
            "Господин Петров: ",
            "علی خان: ",
            "أحمد علي: ",
            "राम शर्मा: ",
        ),
        *(
            "王毅：",
            "卡琳·让-皮埃尔：",
            "李部长：",
            "박영희: ",
            "田中：",
            "Ömer Çelik: ",
            "ΜΑΡΙΑ ΠΑΠΠΑ: ",
        ),
    ],
)
def test_any_other_label_is_doubtful_and_not_the_speakers_before(label: str) -> None:
    """What follows it is not the speaker's before either."""
    assert whose(label) == "?"


@pytest.mark.parametrize(
    "heading",
    [
        *("THE PLAN FOR GROWTH: we will build.", "THE PLAN FOR GROWTH: We will build."),
        *("NOTE TO EDITORS: figures are provisional.", "NOTE TO EDITORS: Figures.", "NOTES: See."),
        *(
            "PART TWO: The railway.",
            "PART II: The railway.",
            "CHAPTER 3: The port.",
            "STEP ONE: Go.",
        ),
        *("KEY FACTS: Forty.", "CONCLUSION: We will.", "BACKGROUND: In May.", "SUMMARY: All well."),
        *(
            "OUR PROMISE TO YOU: We will.",
            "THE CASE FOR REFORM: It is clear.",
            "WHAT WE ASK: Peace.",
        ),
        *(
            "HOW WE PAY FOR IT: With taxes.",
            "PRIORITY 1: Growth.",
            "Table 2: Ferries.",
            "Contact: Us.",
        ),
        *("ECONOMIC GROWTH: we will build.", "Remember: We were first.", "First: The road."),
        *(
            "Dear friends: We meet.",
            "Ladies and Gentlemen: We meet.",
            "One thing matters: The road.",
        ),
        *(
            "UN: A promise.",
            "EU: It stays.",
            "G7: We met.",
            "At 10:30 the road opened.",
            "Note: It is.",
        ),
        *(
            "ПЛАН: Мы строим.",
            "ЧАСТЬ 2: Дорога.",
            "ДЛЯ РЕДАКТОРОВ: Цифры.",
            "NOTA: Es así.",
            "ZIEL: Ja.",
        ),
        *(
            "目标：和平。",
            "首先：和平。",
            "我们的立场是：和平。",
            "他说：好。",
            "注：见下。",
            "第一：和平。",
        ),
        *(
            "نوٹ: یہ ہے۔",
            "انہوں نے کہا: ہاں۔",
            "ملاحظة: نعم.",
            "قال الوزير: نعم.",
            "नोट: हाँ।",
            "결론: 네.",
        ),
        *("https://example.org: See.", "Yes, and no: It depends!", f"{'LONG ' * 30}: Too long."),
    ],
)
def test_headings_and_sentences_are_no_speakers(heading: str) -> None:
    """They stay, as filed, in the words of the one who speaks."""
    assert whose("", heading) == "-"


@pytest.mark.parametrize(
    "text",
    ["“Maurer: I never said that,” he wrote.", "> Maurer: No.", "- Housing: We will build."],
)
def test_no_turn_opens_within_a_quotation_or_a_list(text: str) -> None:
    assert whose("", text) == "-"


def test_a_subject_with_capitals_is_no_speaker_where_nobody_else_speaks() -> None:
    speech = ["Thank you.", "Food Security: We will feed all.", "No food, no security."]
    assert [turn.certain for turn in read_turns(speech, [BERG], Kind.REMARKS)] == [True] * 3
    interrupted = ["Thank you.", "Carl Maurer: Shame!", "You promised."]
    turns = read_turns(interrupted, [BERG], Kind.REMARKS)
    assert [turn.certain for turn in turns] == [True, False, False]


def test_a_president_is_addressed_before_anybody_else_speaks() -> None:
    speech = ["Señor Presidente:", "Vengo a hablar.", "Mr. President: I come."]
    turns = read_turns(speech, [BERG], Kind.REMARKS)
    assert [(turn.speaker, turn.certain) for turn in turns[:2]] == [(BERG, True)] * 2
    assert not turns[2].certain


@pytest.mark.parametrize("label", ["PM", "DPM"])
def test_an_office_in_letters_is_the_listed_one(label: str) -> None:
    cast = [Speaker("John Hill", "Prime Minister"), Speaker("Joan Dale", "Deputy Prime Minister")]
    _, turn = read_turns(["Q: Why?", f"{label}: Yes."], cast, Kind.INTERVIEW)
    assert turn.speaker is cast[label == "DPM"]


@pytest.mark.parametrize(
    ("line", "before", "opens"),
    [
        ("Maurer: No.", BROKEN, True),
        ("Carl Maurer (Lab): No.", BROKEN, True),
        ("记者：好？", BROKEN, True),
        ("Jane Doe: No.", ENDED, True),
        ("Jane Doe: No.", BROKEN, False),
        ("Jane Doe: No.", "Thank you", True),
        ("Q    Why?", ENDED, True),
        ("Q    Why?", BROKEN, False),
        ("Growth: we go on.", ENDED, False),
    ],
)
def test_a_line_that_opens_a_turn_opens_a_paragraph(line: str, before: str, opens: bool) -> None:
    """A doubtful one only where the line before it ends, as a broken line may begin with a name."""
    assert Transcript([before, line], [BERG, MAURER], Kind.REMARKS).opens(line, before) is opens


def test_a_statement_with_turns_is_a_transcript_whatever_its_kind() -> None:
    texts = ["Berg: So.", "Reporter: Why?", "Maurer: No.", "Jane Doe: Yes."]
    turns = read_turns(texts, [BERG, MAURER], Kind.STATEMENT)
    assert [(turn.role, turn.certain) for turn in turns] == [
        (None, True),
        (Role.QUESTION, True),
        (Role.ANSWER, True),
        (Role.ANSWER, False),
    ]
    asked = read_turns(["Q    Why?", "Because.", "Q    When?"], [BERG], Kind.STATEMENT)
    assert asked[0].role is Role.QUESTION


HOSTILE = {
    "labels, all different": lambda n: [f"Abc{i}: X." for i in range(n)],
    "a hundred speakers": lambda n: [f"Berg Number{i % 200}: X." for i in range(n)],
    "titles": lambda n: [f"{'Mr ' * (i % 40)}{i}: X." for i in range(n)],
    "spaces": lambda n: [f"Q{' ' * 140}{i}: X." for i in range(n)],
    "dashes and parentheses": lambda n: [f"A{'-(' * 70}{i}: X." for i in range(n)],
    "Han": lambda n: [f"毛宁{chr(0x4E00 + i % 9999)}：好。" for i in range(n)],
}


@pytest.mark.parametrize("name", HOSTILE)
def test_the_time_grows_with_the_text_and_no_faster(name: str) -> None:
    """Four times the labels take less than eight times as long."""
    cast = [Speaker(f"{'Mr ' * 300}Number{i} Berg", "毛宁") for i in range(100)]

    def seconds(count: int) -> float:
        lines = HOSTILE[name](count)
        began = time.process_time()
        read_turns(lines, cast, Kind.REMARKS)
        return time.process_time() - began

    seconds(10)
    assert seconds(1600) < 8 * max(seconds(400), 0.02)
