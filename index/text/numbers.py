"""Knows how numbers are written, and what stands beside them: 2.5bn, 5,5 %, $250, 1 200 km².

A number becomes one term, however its thousands and decimals are marked. Signs and words for
percent and for currencies become one term, so that "50%" is found as "50 per cent". Where numbers
stand in a text, ``words`` finds; what is asked with a number, ``amounts`` checks.
"""

from __future__ import annotations

import re
import unicodedata

#: Spaces between thousands: the common one, the no-break space, the thin and the narrow one.
SPACES = r"\ \u00a0\u2009\u202f"
#: Fractions that have a character, and the same typed out; as decimals.
_FRACTIONS = {"½": "0.5", "¼": "0.25", "¾": "0.75", "1/2": "0.5", "1/4": "0.25", "3/4": "0.75"}
FRACTION = r"(?<![\d/.,])[13]/[24](?![\d/])(?!\.\d)"
#: Letters that may stand directly after a number without being part of its word: 2.5bn, 30km.
UNITS = (
    "bn|bln|trn|tn|mn|mln|mio|mrd|m|k|b|t|kt|mt|kg|lb|lbs|km|kms|cm|mm|km2|km3|m2|m3|km²|km³|m²|m³"
    "|ha|kw|mw|gw|tw|kwh|mwh|gwh|twh|mph|kph|kmh|bpd|pc|pct|am|pm"
)
#: Letters directly after a number that make it an ordinal or a plural: 20th, 1990s, 2ème.
ORDINALS = "st|nd|rd|th|er|re|te|de|ste|eme|ème"
_CURRENCY_SIGNS = "$€£¥₹₽₩₺₨₴₪₫฿"
_CODES = "USD|EUR|GBP|CHF|JPY|CNY|RMB|PKR|INR|AUD|CAD"
#: A sign that is a word by itself; and a code, if a number follows it directly.
SIGNS = rf"[{_CURRENCY_SIGNS}%％٪]"
SIGN = rf"(?:(?<![^\W_])US)?{SIGNS}|(?:{_CODES}|Rs)(?=[0-9])"
#: Words for percent that are two.
PERCENT = r"[Pp](?:er|our|or)[\ \u00a0](?:cent[oO]?|ciento)"

#: The 1970s, the 70s; and after a word for years, los años 70.
_DECADE = re.compile("(?P<century>19)?[2-9]0(?P<s>s)?")
_YEARS = frozenset(("anos", "anni", "annees", "decada"))

#: Folded words that are one with a sign or with another word.
_SAME = {
    "%": """٪ percent pct percento prozent procent prosent persen percents procenta procento yuzde
        процент процента проценты процентов відсоток відсотка відсотки відсотків
        प्रतिशत فيصد درصد بالمئه بالمائه المئه المائه""",
    "$": """us$ usd dollar dollars dolar dolares dolares dolari dolara dolarow
        доллар доллара доллары долларов долар долара долари доларів دولار ڈالر ڈالرز دالر डॉलर""",
    "€": "eur euro euros евро євро يورو یورو यूरो",
    "£": "gbp pound pounds",
    "¥": "jpy yen yens",
    "₹": "rs rupee rupees rupie rupien roupie roupies rupia rupias روپے روپیہ रुपये रुपया",
    "₽": "rouble roubles ruble rubles рубль рубля рубли рублей",
    "₺": "lira lirasi",
    "₴": "uah hryvnia hryvnias гривня гривні гривень",
    "billion": "bn bln",
    "trillion": "trn",
    "million": "mln",
    "milliarde": "mrd",
}
#: Units that may also be written out; of each line any is the same beside a number.
_UNIT_WORDS = """
m mn mln mio million millions millon millones milhao milhoes milione milioni millionen
m metre metres meter meters
b bn bln billion billions bilhao bilhoes
milliard milliards mrd milliarde milliarden
lakh lakhs lac
crore crores
t tn trn trillion trillions
t tonne tonnes ton tons toneladas tonnen tonne
k thousand
km kms kilometre kilometres kilometer kilometers kilometern kilometros
kg kilogram kilograms kilo kilos
cm centimetre centimetres
ha hectare hectares hectareas
mw megawatt megawatts
gw gigawatt gigawatts
kw kilowatt kilowatts
m2 sqm
m3 cbm
"""


def _inverted() -> dict[str, str]:
    return {word: one for one, words in _SAME.items() for word in words.split()}


#: A folded word or sign -> the word or sign that it is one with.
ONE_WITH = _inverted()


def _by_unit() -> dict[str, tuple[str, ...]]:
    found: dict[str, dict[str, None]] = {}
    for line in _UNIT_WORDS.strip().splitlines():
        for word in line.split():
            found.setdefault(word, {}).update(dict.fromkeys(line.split()))
    return {word: tuple(one for one in same if one != word) for word, same in found.items()}


#: A folded unit -> the other ways to write it.
SAME_UNIT = _by_unit()
#: The terms of currencies; ₨ is one with ₹.
CURRENCIES = frozenset(_CURRENCY_SIGNS.replace("₨", "")) | (
    frozenset(_CODES.lower().split("|")) - ONE_WITH.keys()
)
PER_CENT = "%"


def number_term(written: str, *, decimal_comma: bool = False) -> str:
    """Return the number *written* without thousands marks, with a decimal point.

    A single mark before three digits is a decimal point if it is a dot, unless the language writes
    decimals with a comma (*decimal_comma*); a comma there marks thousands.

    >>> [number_term(one) for one in ("1,234.5", "1.200,50", "5,5", "5\u202f000", "2½", "1,00,000")]
    ['1234.5', '1200.50', '5.5', '5000', '2.5', '100000']
    >>> number_term("1.200"), number_term("1.200", decimal_comma=True)
    ('1.200', '1200')
    """
    if written in _FRACTIONS or (written.isascii() and written.isdigit()):
        return _FRACTIONS.get(written, written)
    if written[-1] in _FRACTIONS:
        return number_term(written[:-1]) + _FRACTIONS[written[-1]][1:]
    plain = "".join(map(_plain, written))
    commas, dots = plain.count(","), plain.count(".")
    if commas and dots:
        thousands = "," if plain.rfind(",") < plain.rfind(".") else "."
        return plain.replace(thousands, "").replace(",", ".")
    whole, _, rest = plain.rpartition("," if commas else ".")
    if commas:
        return plain.replace(",", "") if len(rest) == 3 else f"{whole}.{rest}"
    if dots > 1 or (dots and decimal_comma and len(rest) == 3 and len(whole) < 4 and whole != "0"):
        return plain.replace(".", "")
    return plain


def same_decade(before: str, form: str) -> str:
    """Return the other way to write the decade *form*, folded, after the word *before*; or empty.

    >>> same_decade("the", "70s"), same_decade("the", "1970s"), same_decade("anos", "70")
    ('1970s', '70s', '1970')
    """
    match = _DECADE.fullmatch(form)
    if match is None or not (match["s"] or before in _YEARS):
        return ""
    return form[2:] if match["century"] else f"19{form}"


def _plain(character: str) -> str:
    if character in ",.":
        return character
    if character in "٬٫":
        return "" if character == "٬" else "."
    digit = unicodedata.decimal(character, None)
    return "" if digit is None else str(digit)
