"""The words by which quotations are altered: a referee's own lists, which the product never sees.

What limits a statement is listed here, too, so that no sentence passes for whole that is not.
"""

from __future__ import annotations

import regex


def _listed(words: str) -> frozenset[str]:
    return frozenset(words.split())


MONTHS = {
    "en": (
        *("January", "February", "March", "April", "May", "June", "July"),
        *("August", "September", "October", "November", "December"),
    ),
    "es": (
        *("enero", "febrero", "marzo", "abril", "mayo", "junio", "julio"),
        *("agosto", "septiembre", "octubre", "noviembre", "diciembre"),
    ),
}
NUMBERS = {
    "en": ("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "twelve"),
    "es": ("dos", "tres", "cuatro", "cinco", "seis", "siete", "ocho", "nueve", "diez", "doce"),
}
#: Each with what it is changed to.
UNITS: dict[str, dict[str, str]] = {
    "en": {
        "million": "billion",
        "billion": "million",
        "per cent": "percentage points",
        "percent": "percentage points",
        "kilometres": "miles",
        "kilometers": "miles",
        "miles": "kilometres",
        "hectares": "acres",
        "tonnes": "kilograms",
        "tons": "kilograms",
        "hours": "days",
        "days": "weeks",
        "weeks": "months",
        "months": "years",
        "years": "months",
    },
    "zh": {"万": "亿", "亿": "万", "公里": "英里", "吨": "公斤", "%": "个百分点", "小时": "天"},
    "es": {
        "millones": "miles",
        "kilómetros": "millas",
        "metros": "pies",
        "%": " puntos",
        "años": "meses",
        "horas": "días",
        "km": "millas",
    },
}
#: Those that are a part of the number, too.
MAGNITUDES = frozenset({"million", "billion", "millones", "万", "亿"})
#: What a number is another without, where a word begins.
SCALE = regex.compile(
    r"(?:hundred|thousand|million|billion|trillion|per|mil|millones|por|ہزار|لاکھ|ملین)\b|%"
)
CURRENCIES = {
    "en": {
        "$": "€",
        "£": "$",
        "€": "£",
        "dollars": "euros",
        "euros": "dollars",
        "pounds": "dollars",
    },
    "zh": {"美元": "欧元", "人民币": "美元", "欧元": "美元", "元人民币": "美元"},
    "es": {"dólares": "euros", "$": "€", "euros": "dólares", "libras": "euros"},
}
MODALS: dict[str, dict[str, tuple[str, ...]]] = {
    "en": {
        "will": ("may", "should", "could"),
        "would": ("could", "should"),
        "may": ("will", "must"),
        "might": ("will", "must"),
        "must": ("may", "should"),
        "should": ("must", "may"),
        "can": ("could", "must", "should"),
        "could": ("must", "should"),
    },
    "zh": {
        "将继续": ("可能继续",),
        "将会": ("可能会",),
        "将于": ("可能于",),
        "必须": ("可以", "应该"),
        "应该": ("可以", "必须"),
        "应当": ("可以", "必须"),
        "可以": ("必须", "应该"),
    },
    "es": {
        "puede": ("debe",),
        "pueden": ("deben",),
        "debe": ("puede",),
        "podría": ("debería",),
        "debería": ("podría",),
    },
}
#: A noun or a name that looks like a modal stands after or before these.
NO_MODAL = regex.compile(
    r"\b(?:the|a|political|free|good|strong|our|their|its|your|his|her|in|of|since|until|last|by)$"
)
#: Each with what it is changed to, the longer first.
NEGATIONS: dict[str, dict[str, str]] = {
    "en": {
        "cannot": "can",
        "can’t": "can",
        "can't": "can",
        "won’t": "will",
        "won't": "will",
        "does not": "does",
        "do not": "do",
        "did not": "did",
        "will not": "will",
        "would not": "would",
        "should not": "should",
        "could not": "could",
        "must not": "must",
        "is not": "is",
        "are not": "are",
        "was not": "was",
        "were not": "were",
        "has not": "has",
        "have not": "have",
        "had not": "had",
        "don’t": "do",
        "don't": "do",
        "doesn’t": "does",
        "doesn't": "does",
        "didn’t": "did",
        "didn't": "did",
        "isn’t": "is",
        "isn't": "is",
        "aren’t": "are",
        "aren't": "are",
        "no longer": "",
        "never": "",
        "there is no": "there is",
        "there are no": "there are",
        "has no": "has",
        "have no": "have",
        "without": "with",
    },
    "zh": {
        "不会": "会",
        "不能": "能",
        "不是": "是",
        "不应": "应",
        "不要": "要",
        "不允许": "允许",
        "不接受": "接受",
        "不存在": "存在",
        "没有": "有",
        "从未": "曾",
        "尚未": "已",
        "并未": "已",
        "不希望": "希望",
        "不愿": "愿",
        "不同意": "同意",
        "绝不": "",
    },
    "es": {
        "no": "",
        "nunca": "",
        "sin": "con",
    },
    "ur": {"نہیں": ""},
}
#: Not every "not" denies what is said.
NO_NEGATION = regex.compile(
    r"(?i)not (?:only|just|least|merely|simply)|whether or not"
    r"|不仅|不断|不但|不同|差不多|(.)不\1|有没有|难道|是否"
)
DENIED: dict[str, dict[str, str]] = {
    "en": {
        **{
            one: f"{one} not"
            for one in (
                *("will", "would", "should", "could", "must", "may"),
                *("is", "are", "was", "were"),
            )
        },
        **{
            f"We {verb}": f"We do not {verb}"
            for verb in (
                *("support", "believe", "expect", "welcome", "recognise", "recognize", "want"),
                *("need", "see", "think", "accept", "agree", "know", "look", "reaffirm"),
            )
        },
        **{
            f"I {verb}": f"I do not {verb}" for verb in ("believe", "think", "want", "hope", "know")
        },
    },
    "zh": {
        "将会": "将不会",
        "愿同": "不愿同",
        "愿与": "不愿与",
        "支持": "不支持",
        "愿意": "不愿意",
        "欢迎": "不欢迎",
        "认为": "不认为",
        "希望": "不希望",
        "接受": "不接受",
        "符合": "不符合",
        "存在": "不存在",
    },
    "es": {
        one: f"no {one}" for one in ("es", "son", "fue", "era", "tiene", "puede", "está", "fueron")
    },
    "ur": {"ہے۔": "نہیں ہے۔", "ہیں۔": "نہیں ہیں۔"},
}
#: Words that deny a part of a sentence, found as they are written.
DENIES = regex.compile(
    r"(?i)\b(?:not|no|never|none|nor|neither|cannot|without|nothing|nobody|hardly|fail\w*|refus\w*"
    r"|den(?:y|ies|ied)|\w+n['’]t|nunca|sin|nadie|ningun[oa]?|ni)\b|[不没未无非否]|نہیں|نہ\b|بغیر"
)
#: Words that limit what is said, wherever they stand.
LIMITS = regex.compile(
    r"(?i)\b(?:but|unless|subject to|provid(?:ed|ing) (?:that)?|however|until|except(?:ing|ion\w*)?"
    r"|although|though|while|whilst|whereas|despite|if|only|yet|nevertheless|nonetheless|even so"
    r"|still|otherwise|as long as|so long as|on condition|conditional|depend\w*|instead|rather"
    r"|notwithstanding|in principle|so far|as far as|save for|apart from|barring|pending|assuming"
    r"|in the event|where (?:possible|appropriate|necessary)"
    r"|as appropriate|at this (?:stage|time|point)"
    r"|pero|sino|salvo|excepto|aunque|a menos|siempre que|sin embargo|no obstante|si|mientras|hasta"
    r"|a pesar)\b"
    r"|但|然而|不过|除非|除了|除外|前提|如果|若|只有|只要|仅|虽|尽管|却|否则|同时|只是|另一方面"
    r"|لیکن|مگر|تاہم|اگر|بشرطیکہ|سوائے|البتہ|جب تک|حالانکہ"
)
#: Words with which a sentence opens that limits the one before.
OPENS_A_LIMIT = regex.compile(
    r"(?i)(?:(?:so|and|now|well),? )?(?:but|however|yet|nevertheless|nonetheless"
    r"|even so|that said|having said that|still"
    r"|except|unless|although|though|only|subject to|provided|until|instead|otherwise|rather"
    r"|on the other hand|at the same time|of course|if|this (?:is|was|does|will) (?:not|subject)"
    r"|that (?:is|was|does|will) not|pero|sin embargo|no obstante|aunque"
    r"|salvo|con la excepción)\b"
    r"|但|然而|不过|除非|前提|如果|若|只有|只要|仅|虽|尽管|却|否则|只是|另一方面"
    r"|لیکن|مگر|تاہم|البتہ"
)
#: The clauses before which a quotation is cut; "but also" and the like limit nothing.
QUALIFIERS = {
    "en": regex.compile(
        r",? (?=unless\b|provided that\b|subject to\b|except (?:for|where|when|in|that|as)\b)"
        r"|, (?=but (?!(?:\w+ ){0,4}also|rather|again|as|let|I|beyond|of course|first and)\w"
        r"|however\b|although\b|until\b|though\b)"
    ),
    "zh": regex.compile(r"，(?=但(?!愿)|然而|除非|不过|前提是)"),
    "es": regex.compile(r", (?=pero\b|aunque\b|salvo\b|excepto\b)| (?=a menos que\b|excepto\b)"),
    "ur": regex.compile(r"،? (?=لیکن\b|تاہم\b|مگر\b)"),
}
#: Words with which no newspaper ends, or begins, the part of a sentence that it quotes.
HANGS = regex.compile(
    r"(?i)(?: (?:and|or|of|the|to|a|an|in|that|with|for|by|from|as|is|are|was|were|be|been|on|at"
    r"|our"
    r"|their|its|his|her|your|my|this|these|those|which|who|but|than|into|we|i|he|she|it|they|y|de"
    r"|del|la|el|los|las|un|una|en|que|con|por|para|se|su|sus|al|lo|o|کے|کی|کا|سے|میں|نے|اور|کو))+$"
)
#: Sentences that limit the one before them. "But" is not among them: of 55 that opened with it, or
#: with 但, most only went on; so such a sentence makes nothing certain, neither way.
LIMITING_NEXT = {
    "en": regex.compile(
        r"(?:However|That said|Nevertheless|Nonetheless|Having said that|Even so)\b"
    ),
    "zh": regex.compile(r"然而|除非|前提是"),
    "es": regex.compile(r"(?:Sin embargo|No obstante)\b"),
    "ur": regex.compile(r"تاہم\b"),
}
#: Words that soften or bound; taking one away is more than a word swapped.
HEDGES = _listed(
    "only mainly largely mostly almost nearly possibly probably perhaps likely partly generally"
    " usually often sometimes always never every first second third fully entirely completely"
    " potentially initially currently approximately around about least between before after"
    " under until unless whether because though although while where which there their these those"
    " would could should might other another including through during against without within"
    " being having further further itself themselves himself herself least almost rather"
    " every both either neither several many above below million billion thousand hundred"
    " percent dollars euros pounds hours days weeks months years miles today tomorrow yesterday"
    " morning afternoon evening since again still never again already refuse refused reject"
    " rejected deny denied fail failed failure unable impossible please thank thanks seven eight"
    " thousands hundreds millions billions dozens dozen half quarter quarters third thirds"
    " double triple twice once winter summer spring autumn century decade night week month year"
    " mañana tarde noche ayer hoy siglo década invierno verano primavera otoño semana meses años"
    " mitad cientos miles millones doble tercio cuarto decenas docena"
    " para como entre desde hasta sobre cuando donde también aunque mientras según durante"
    " antes después contra porque siempre nunca casi  solo sólo"
)
#: Written with a capital and no names.
NO_NAMES = frozenset({"Yuan", "Euro", "Dollar", "Pound", "Spring", "Autumn", "Summer", "Winter"})
HAN_WORDS = (
    *("合作", "发展", "和平", "稳定", "安全", "关系", "经济", "贸易", "政治", "社会", "政府"),
    *("问题", "立场", "努力", "措施", "利益", "原则", "共识", "交流", "沟通", "对话", "谈判"),
    *("投资", "企业", "市场", "历史", "文化", "教育", "科技", "能源", "环境", "法律", "媒体"),
)
HAN_VERBS = ("推动", "加强", "促进", "维护", "支持", "发展", "开展", "落实", "深化", "保持")
HAN_ADDED = ("大力", "全面", "主动", "认真", "稳步", "扎实")
HAN_DROPPED = ("积极", "共同", "进一步", "坚决", "坚定", "一贯", "长期", "深入", "切实", "重要")
HAN_NAMES = (
    *("美国", "日本", "韩国", "俄罗斯", "英国", "法国", "德国", "印度", "巴基斯坦", "菲律宾"),
    *("越南", "澳大利亚", "加拿大", "朝鲜", "伊朗", "叙利亚", "土耳其", "巴西", "南非", "新加坡"),
)
#: Characters in their simplified and their traditional form.
TRADITIONAL = str.maketrans(
    "国发会对关问题个们这为说经济贸东华学习见开动实现继续维护权领导间时过来没议应该长还进让与给双总统员团结务",
    "國發會對關問題個們這為說經濟貿東華學習見開動實現繼續維護權領導間時過來沒議應該長還進讓與給雙總統員團結務",
)
#: Letters of Urdu, and those that Arabic keyboards write for them.
ARABIC = str.maketrans({"ی": "ي", "ک": "ك", "ہ": "ه"})
