"""Automatic numbering: the 一、（一）1. ① that Word shows and does not hold as text."""

from __future__ import annotations

from reportlint.patterns import compiled
from reportlint.record import NamedTuple
from reportlint.sources.docx.names import Element, attribute, child, children, number, switched
from reportlint.sources.docx.styles import Styles

_PLACE = compiled(r"%([1-9])")
_DIGITS = "〇一二三四五六七八九"
_FORMAL = "零壹贰叁肆伍陆柒捌玖"
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
_ROMAN = ((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"))
_ROMAN_TAIL = ((9, "IX"), (5, "V"), (4, "IV"), (1, "I"))


class Level(NamedTuple):
    """A level of a list: where it starts, how its number is written and shown, after which level it starts again."""

    start: int = 1
    form: str = "decimal"
    text: str = ""
    restart: int | None = None
    legal: bool = False
    style: str | None = None


#: Word's lists have nine levels; of the text of one so many characters are shown.
_DEEPEST, _LONGEST = 8, 255


class Numbering:
    """The lists of a document, and how far each has been counted."""

    def __init__(self, root: Element | None, styles: Styles) -> None:
        self.styles = styles
        self.abstract: dict[int, dict[int, Level]] = {}
        self.links: dict[int, str] = {}
        self.lists: dict[int, int] = {}
        self.overrides: dict[int, dict[int, int]] = {}
        self.own_levels: dict[int, dict[int, Level]] = {}
        self.counted: dict[int, dict[int, int]] = {}
        self.begun: set[tuple[int, int]] = set()
        for called, one in children(root) if root is not None else ():
            if called == "abstractNum":
                self._abstract(one)
            elif called == "num":
                self._list(one)

    def _abstract(self, element: Element) -> None:
        identifier = number(element, "abstractNumId")
        if identifier is None:
            return
        self.abstract[identifier] = {
            number(one, "ilvl") or 0: _level(one) for called, one in children(element) if called == "lvl"
        }
        link = attribute(child(element, "numStyleLink"))
        if link is not None:
            self.links[identifier] = link

    def _list(self, element: Element) -> None:
        identifier, abstract = number(element, "numId"), number(child(element, "abstractNumId"))
        if identifier is None or abstract is None:
            return
        self.lists[identifier] = abstract
        for called, one in children(element):
            if called != "lvlOverride":
                continue
            at = number(one, "ilvl") or 0
            start = number(child(one, "startOverride"))
            if start is not None:
                self.overrides.setdefault(identifier, {})[at] = start
            own = child(one, "lvl")
            if own is not None:
                self.own_levels.setdefault(identifier, {})[at] = _level(own)

    def _source(self, identifier: int) -> int | None:
        """The abstract list behind a list, also where a style stands between the two."""
        abstract = self.lists.get(identifier)
        for _ in range(8):
            if abstract is None or abstract not in self.links:
                return abstract
            style = self.styles.by_id.get(self.links[abstract])
            abstract = self.lists.get(style.list_id) if style is not None and style.list_id is not None else None
        return None

    def next(self, properties: Element | None) -> str | None:
        """The number shown before a paragraph with those properties, which is thereby counted.

        ``None`` where the paragraph is in no list, the empty string for bullets.
        """
        listed = self.styles.list_of(properties)
        if listed is None:
            return None
        identifier, at, style = listed
        abstract = self._source(identifier)
        if abstract is None:
            return None
        levels = {**self.abstract.get(abstract, {}), **self.own_levels.get(identifier, {})}
        if style is not None:
            # A style belongs to the level that names it, whatever it says itself.
            at = next((depth for depth, level in levels.items() if level.style == style), at)
        at = at or 0
        level = levels.get(at)
        if level is None or not 0 <= at <= _DEEPEST:
            return None
        self._count(abstract, identifier, at, levels)
        if level.form == "bullet":
            return ""
        counted = self.counted[abstract]

        def shown(depth: int) -> str:
            other = levels.get(depth, Level())
            value = counted.get(depth, other.start)
            return formatted(value, "decimal" if level.legal else other.form)

        return _PLACE.sub(lambda place: shown(int(place[1]) - 1), level.text)

    def _count(self, abstract: int, identifier: int, at: int, levels: dict[int, Level]) -> None:
        counted = self.counted.setdefault(abstract, {})
        first = (identifier, at) not in self.begun
        self.begun.add((identifier, at))
        override = self.overrides.get(identifier, {}).get(at)
        if first and override is not None:
            counted[at] = override
        elif at in counted:
            counted[at] += 1
        else:
            counted[at] = levels[at].start if override is None else override
        for upper in range(at):
            counted.setdefault(upper, levels.get(upper, Level()).start)
        for deeper in [depth for depth in counted if depth > at]:
            restart = levels.get(deeper, Level()).restart
            if restart is None or (restart and at < restart):
                del counted[deeper]


def _level(element: Element) -> Level:
    start = number(child(element, "start"))
    return Level(
        1 if start is None else start,
        attribute(child(element, "numFmt")) or "decimal",
        (attribute(child(element, "lvlText")) or "")[:_LONGEST],
        number(child(element, "lvlRestart")),
        bool(switched(child(element, "isLgl"))),
        attribute(child(element, "pStyle")),
    )


def formatted(value: int, form: str) -> str:
    """``value`` in one of Word's number formats; those that Chinese documents do not use are shown as plain digits.

    >>> [formatted(12, form) for form in ("chineseCounting", "decimalEnclosedCircleChinese", "upperRoman", "ideographTraditional")]
    ['十二', '⑫', 'XII', '12']
    """
    match form:
        case "none":
            return ""
        case (
            "chineseCounting"
            | "chineseCountingThousand"
            | "taiwaneseCounting"
            | "taiwaneseCountingThousand"
            | "japaneseCounting"
            | "ideographLegalTraditional"
            | "chineseLegalSimplified"
        ):
            return _counted(value, "Legal" in form)
        case "ideographDigital" | "japaneseDigitalTenThousand" | "taiwaneseDigital":
            return "".join(_DIGITS[int(digit)] for digit in str(value))
        case "decimalEnclosedCircle" | "decimalEnclosedCircleChinese":
            return _enclosed(value, "①", 20)
        case "decimalEnclosedParen":
            return _enclosed(value, "⑴", 20)
        case "decimalEnclosedFullstop":
            return _enclosed(value, "⒈", 20)
        case "ideographEnclosedCircle":
            return _enclosed(value, "㊀", 10)
        case "decimalFullWidth" | "decimalFullWidth2":
            return "".join(chr(ord(digit) + 0xFEE0) for digit in str(value))
        case "ideographTraditional":
            return _STEMS[value - 1] if 1 <= value <= 10 else str(value)
        case "ideographZodiac":
            return _BRANCHES[value - 1] if 1 <= value <= 12 else str(value)
        case "upperLetter" | "lowerLetter":
            letter = chr(ord("A") + (value - 1) % 26) * ((value - 1) // 26 + 1) if 1 <= value <= 780 else str(value)
            return letter if form == "upperLetter" else letter.lower()
        case "upperRoman" | "lowerRoman":
            return _roman(value) if form == "upperRoman" else _roman(value).lower()
        case "decimalZero":
            return f"{value:02}"
        case _:
            return str(value)


def _enclosed(value: int, first: str, last: int) -> str:
    return chr(ord(first) + value - 1) if 1 <= value <= last else str(value)


def _roman(value: int) -> str:
    if not 1 <= value < 4000:
        return str(value)
    written = ""
    for worth, letters in (*_ROMAN, *_ROMAN_TAIL):
        count, value = divmod(value, worth)
        written += letters * count
    return written


def _counted(value: int, formal: bool) -> str:
    """``value`` as it is counted: 十二, 一百零三.

    >>> [_counted(value, False) for value in (0, 10, 21, 103, 110)]
    ['〇', '十', '二十一', '一百零三', '一百一十']
    """
    digits, units = (_FORMAL, ("", "拾", "佰", "仟")) if formal else (_DIGITS, ("", "十", "百", "千"))
    if not 0 < value < 10_000:
        return digits[0] if value == 0 else str(value)
    written, gap = "", False
    text = str(value)
    for index, digit in enumerate(text):
        if digit == "0":
            gap = True
            continue
        if gap and written:
            written += "零"
        gap = False
        written += digits[int(digit)] + units[len(text) - index - 1]
    return written[1:] if not formal and 10 <= value < 20 else written
