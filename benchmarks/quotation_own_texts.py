"""Statements written for this project, of which quotations are made where no real ones are.

They have what stories get wrong: numbers, money, units, dates, names, modals, denials, conditions.
"""

from __future__ import annotations

from datetime import date

from benchmarks.made import made_statements
from benchmarks.quotation_texts import Texts
from index import Paragraph, Speaker, Statement
from index.model.statement import Kind, Role

#: So many statements in invented words stand among them, to be told apart from.
_AMONG = 60

_BERG = Speaker("Anna Berg", "Minister of Transport")
_LIND = Speaker("Tomas Lind", "spokesman of the Harbour Board")
_OKORO = Speaker("Grace Okoro", "Governor of the Coast Province")
_LI = Speaker("李敏", "发言人")
_REPORTER = Speaker("QUESTION")

_BRIDGE = (
    "The new bridge at Larvik will open on 14 June 2026 and will carry trains and lorries.\n"
    "It has cost $31.8 million so far, and the Harbour Board has paid two thirds of that sum.",
    "We do not intend to close the old ferry before the winter timetable has been published.\n"
    "The ferry carries 4,200 passengers a day between Larvik and the islands of Tome.",
    "Lorries over 40 tonnes must use the northern road until the new quay is tested.\n"
    "The northern road is 26 kilometres long and passes through the villages of Sandvik and Moss.",
    "The ministry will support every fishing family on the coast of Larvik this year.\n"
    "However, the fund can pay nothing to owners of boats that were sold abroad.",
    "We are ready to widen the tunnel at Sandvik next year, unless the council objects.\n"
    "Engineers from Tome have measured the walls and found them sound in every part.",
    "I have never promised that tickets for the railway would become cheaper in the spring.\n"
    "Prices may rise by 3 per cent in September because electricity has become dearer.",
    "The government of Norland should publish the traffic figures for the harbour each month.\n"
    "They were last published in March 2023, and nobody has asked for them since.",
    "Our engineers checked eleven hundred bolts on the western tower during the autumn storms.\n"
    "The wind reached its greatest strength on the night of the inspection near Moss.",
)
_HARBOUR = (
    "The Harbour Board has ordered five cranes from a shipyard in Norland for the eastern quay.\n"
    "The first crane will arrive in August 2025 and the others will follow within 18 months.",
    "We cannot accept a plan that leaves the pilots of Moss without a boat of their own.\n"
    "Pilots from Moss brought 960 ships into the harbour last year in all weathers.",
    "The Board could lend 12 million euros to the railway at a rate agreed with the ministry.\n"
    "Every loan is subject to the approval of the auditors and of the council of Larvik.",
    "Fishing boats are welcome at the inner quay, provided that they leave before noon.\n"
    "Captains who need more time should speak to the harbour master in the morning.",
    "Nobody was hurt when the old warehouse on the northern quay burned down in January.\n"
    "The insurance will cover the damage to the roof and to the goods that were stored there.",
    "We believe that the channel must be dredged again before the largest ships return.\n"
    "Dredging will take 9 weeks and will remove mud from the mouth of the river Tarn.",
)
_COAST = (
    "The Coast Province has planted 70 hectares of pine along the dunes near Sandvik.\n"
    "Volunteers from Larvik and Moss carried the young trees over the sand by hand.",
    "Schools in the villages will receive warm meals, but only if the councils share the cost.\n"
    "The meals will be cooked in the kitchens of the hospital at Tome each morning.",
    "I welcome the decision of Norland to return the lighthouse papers to our archive.\n"
    "The papers were taken away in October 1952 and were thought to be lost for ever.",
    "There is no reason to fear for the drinking water of the islands this summer.\n"
    "The springs at Tome give 300 litres a minute, which is more than the islands need.",
    "Tourists should book the night train early because it is full in July and in August.\n"
    "Last summer it carried twice as many travellers as the railway had expected.",
)
_LIGHTHOUSE = (
    "Governor Okoro told reporters that the lighthouse would be open to visitors by Easter.\n"
    "She praised the keepers for their patience during the long years of repair.",
    "The governor also thanked Norland for the loan of a lamp from its naval museum.",
)
_CHINESE = (
    "新大桥将于2026年6月14日通车，届时火车和卡车都可以通行。港务局已经投入3000万美元用于桥墩加固工程。",
    "我们没有计划在冬季时刻表公布之前关闭旧渡轮。渡轮每天运送4200名乘客往返于拉维克和托梅群岛之间。",
    "超过40吨的卡车必须走北线公路，直到新码头完成测试。北线公路全长26公里，沿途经过两个渔村。",
    "中方支持有关各方通过对话协商解决港口分歧。我们愿同挪兰政府一道，积极推动航运合作取得新进展。",
    "双方将继续就疏浚航道问题保持密切沟通，但任何方案都必须事先征得渔民同意。",
    "日本代表团上周参观了新码头的起重设备，并对安全措施给予高度评价。",
)


def _paragraphs(texts: tuple[str, ...], speaker: Speaker) -> tuple[Paragraph, ...]:
    return tuple(
        Paragraph(number, text.replace("\n", " "), speaker) for number, text in enumerate(texts, 1)
    )


def _statement(
    id_: str, title: str, day: date, speaker: Speaker, texts: tuple[str, ...]
) -> Statement:
    return Statement(
        id=id_,
        title=title,
        date=day,
        speakers=(speaker,),
        paragraphs=_paragraphs(texts, speaker),
        publisher="Norland Press Service",
    )


def _answered() -> Statement:
    asked = Paragraph(
        1,
        "Minister, will the railway stop at Moss again after the long years without a station?",
        _REPORTER,
        Role.QUESTION,
        named=True,
    )
    answer = Paragraph(
        2,
        "The railway will stop at Moss twice a day as soon as the platform has been lengthened.",
        _BERG,
        Role.ANSWER,
        named=True,
    )
    return Statement(
        id="own-questions",
        title="Questions about the railway",
        date=date(2025, 2, 3),
        speakers=(_BERG,),
        paragraphs=(asked, answer),
    )


def own_texts() -> Texts:
    """Return the texts of this project, among statements in invented words."""
    own = [
        _statement("own-bridge", "The new bridge", date(2025, 3, 4), _BERG, _BRIDGE),
        _statement("own-harbour", "The harbour next year", date(2024, 11, 20), _LIND, _HARBOUR),
        _statement("own-coast", "A year on the coast", date(2023, 9, 8), _OKORO, _COAST),
        _answered(),
    ]
    told = Statement(
        id="own-lighthouse",
        title="Lighthouse to open",
        date=date(2024, 2, 12),
        speakers=(_OKORO,),
        paragraphs=_paragraphs(_LIGHTHOUSE, _OKORO),
        kind=Kind.REPORT,
        publisher="Coast Gazette",
    )
    chinese = Statement(
        id="own-chinese",
        title="发言人谈新大桥",
        date=date(2025, 3, 5),
        speakers=(_LI,),
        paragraphs=_paragraphs(_CHINESE, _LI),
        language="zh",
    )
    among = made_statements(_AMONG)
    held_out = tuple(one.id for one in among[::10])
    return Texts({"own": [*own, told], "chinese": [chinese], "made": among}, held_out)
