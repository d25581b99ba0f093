"""Chinese numerals: 二十六, 一千零二, 两万, 三点五."""

from __future__ import annotations

from decimal import Decimal

_DIGITS = {"零": 0, "〇": 0, "○": 0, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9,
           "壹": 1, "贰": 2, "叁": 3, "肆": 4, "伍": 5, "陆": 6, "柒": 7, "捌": 8, "玖": 9}  # fmt: skip
_SMALL = {"十": 10, "百": 100, "千": 1000, "拾": 10, "佰": 100, "仟": 1000}
_LARGE = {"万": 10**4, "亿": 10**8}

#: Characters that Chinese numerals are made of (without 点, which is also a word).
HAN_NUMERAL = "零〇一二两三四五六七八九十百千壹贰叁肆伍陆柒捌玖拾佰仟"


def han_value(text: str) -> Decimal | None:
    """The number that ``text`` spells, or ``None`` where it spells none.

    >>> [int(han_value(t)) for t in ("二十六", "十", "一百零三", "两千", "三万五千", "二〇二四")]
    [26, 10, 103, 2000, 35000, 2024]
    >>> int(han_value("贰佰叁拾陆"))
    236
    >>> han_value("三点五")
    Decimal('3.5')
    """
    whole, point, fraction = text.partition("点")
    if point:
        high, low = han_value(whole), "".join(str(_DIGITS.get(c, "?")) for c in fraction)
        return Decimal(f"{high}.{low}") if high is not None and low.isdigit() else None
    if not text:
        return None
    if all(character in _DIGITS for character in text):
        # 二〇二四 is spelt digit by digit; 三五 (three to five) is no number at all.
        return Decimal("".join(str(_DIGITS[c]) for c in text)) if len(text) == 1 or len(text) == 4 else None
    total = section = digit = 0
    last = 10**12
    for character in text:
        if character in _DIGITS:
            if digit:
                return None
            digit = _DIGITS[character]
        elif character in _SMALL:
            unit = _SMALL[character]
            if unit >= last:
                return None
            last = unit
            section += (digit or 1) * unit
            digit = 0
        elif character in _LARGE:
            section = (section + digit) * _LARGE[character]
            if not section:
                return None
            total, section, digit, last = total + section, 0, 0, 10**12
        else:
            return None
    return Decimal(total + section + digit)


def whole_number(text: str) -> int:
    """The number of things that ``text`` prints, in either kind of numeral; 0 where it prints none.

    >>> whole_number("12"), whole_number("十二"), whole_number("两"), whole_number("几")
    (12, 12, 2, 0)
    """
    return int(text) if text.isdecimal() else int(han_value(text) or 0)
