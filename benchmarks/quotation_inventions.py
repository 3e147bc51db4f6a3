"""Writes sentences that nobody on record said, in the manner of those who did."""

from __future__ import annotations

from random import Random

_EN = (
    "We have {verb} a {adjective} plan for {subject}, and I am {feeling} that it will deliver.",
    "Nobody in this {place} should be in any doubt about our resolve on {subject}.",
    "From {month} onwards, every {place} will be asked to report on {subject} twice a year.",
    "I told my counterpart that {subject} is a line which we are not prepared to cross.",
    "What keeps me awake at night is {subject}, and I make no apology for that.",
    "Our officials are {verb} {subject} as we speak, and a paper will be tabled in {month}.",
    "The era of half measures on {subject} is over, and it is over for good.",
    "Let history record that on {subject} this {place} chose courage over comfort.",
    "There can be no lasting {adjective} order without an honest reckoning on {subject}.",
    "A {adjective} {place} deserves better than slogans about {subject}.",
    "Within {number} weeks we shall have {verb} the machinery needed for {subject}.",
    "If we get {subject} right, the next generation will scarcely remember the quarrel.",
    "My grandmother used to say that {subject} begins at the kitchen table.",
    "The figures on {subject} are {adjective}, and I have asked for them to be {verb}.",
    "It would be reckless to gamble with {subject} merely to win a headline in {month}.",
    "We are putting {number} extra inspectors on {subject}, starting this very evening.",
)
_EN_WORDS = {
    "verb": ("unveiled", "dusted off", "recalibrated", "stress-tested", "sketched", "reviewing"),
    "adjective": ("bold", "sobering", "once-in-a-lifetime", "patchwork", "resilient", "humbling"),
    "subject": (
        "coastal shipping",
        "the border crossings",
        "school kitchens",
        "quantum computing",
        "the wheat reserve",
        "vaccine passports",
        "river tolls",
        "the fishing fleet",
        "court backlogs",
        "lithium exports",
        "veterans' housing",
        "the satellite network",
    ),
    "feeling": ("quietly confident", "in no doubt", "rather hopeful", "convinced beyond doubt"),
    "place": ("chamber", "province", "parish", "generation", "workshop", "coalition"),
    "month": ("January", "April", "June", "September", "November"),
    "number": ("eleven", "seventeen", "forty", "sixty-five", "ninety"),
}
_ZH = (
    "关于{subject}，我们已经连夜召开了{number}场座谈会，方案月底就会张贴出来。",
    "谁要是拿{subject}当筹码，谁就会搬起石头砸自己的脚趾头。",
    "{subject}不是请客吃饭，更不是谁嗓门大谁就占便宜。",
    "我昨晚翻看了{number}封群众来信，封封都在谈{subject}。",
    "请放心，{subject}的钥匙始终攥在老百姓自己手心里。",
    "在{subject}上多走{number}里弯路，也比原地打转强得多。",
)
_ZH_WORDS = {
    "subject": ("海上风电", "跨境铁路", "稻种交换", "卫星导航", "冰川保护", "学生食堂", "老旧桥梁"),
    "number": ("十一", "十七", "二十三", "四十六"),
}
_ES = (
    "El ayuntamiento prometió {number} farolas nuevas para {subject} antes de la cosecha.",
    "Nadie imaginaba que {subject} acabaría decidiendo el futuro de la comarca entera.",
    "Durante {number} inviernos seguidos se discutió sobre {subject} sin levantar acta alguna.",
    "Lo que ocurrió con {subject} todavía se canta en las tabernas del puerto viejo.",
)
_ES_WORDS = {
    "subject": (
        "el tranvía de vapor",
        "la biblioteca flotante",
        "el molino azul",
        "la aduana seca",
    ),
    "number": ("trece", "cuarenta", "diecisiete", "noventa"),
}
_UR = (
    "ہم نے {subject} کے لیے {number} نئے دفاتر کھولنے کا فیصلہ کل رات ہی کر لیا تھا۔",
    "{subject} پر سمجھوتہ کرنے والے کو یہ ایوان کبھی معاف نہیں کرے گا۔",
    "میں نے اپنے والد سے سیکھا کہ {subject} کا راستہ کھیت سے شروع ہوتا ہے۔",
)
_UR_WORDS = {
    "subject": ("ساحلی ماہی گیری", "دیہی کتب خانوں", "شمسی ٹیوب ویل", "پہاڑی سرنگوں"),
    "number": ("گیارہ", "سترہ", "چالیس"),
}
_KNOWN = {
    "en": (_EN, _EN_WORDS),
    "zh": (_ZH, _ZH_WORDS),
    "es": (_ES, _ES_WORDS),
    "ur": (_UR, _UR_WORDS),
}


def invented(language: str, chance: Random) -> str:
    """Return a sentence in *language* that is on no record."""
    forms, fillers = _KNOWN[language]
    filled = {name: chance.choice(options) for name, options in fillers.items()}
    return chance.choice(forms).format(**filled)
