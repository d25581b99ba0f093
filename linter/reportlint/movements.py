"""The words of a comparison: which way a figure went, from what, and since when.

The words themselves are data: movements.tsv says which way each goes, polarity.tsv which way is the better one for what is measured.
"""

from __future__ import annotations

import re
from functools import lru_cache

from reportlint.files import beside, lines
from reportlint.patterns import any_of, compiled
from reportlint.record import NamedTuple

#: What an earlier period is called: 上年同期, 2022年, 8月份, 整治前.
EARLIER = (
    r"(?:(?:(?:上|去|前)一?年|20\d\d年)度?(?:全年|[一-龥]{2,4}(?:期间|假期)|\d{1,2}(?:月份?|[—-]\d{1,2}月)|[一二三四1-4]季度|[上下]半年|前[三3]季度)?(?:同期|同月|末|底|初)?"
    r"|(?:历史|常年|往年|多年)?(?:同期|同月)|年初|期初|上个?月(?:同期|末|底)?|上一?季度末?|上一?(?:周|期|轮|学年)|前一(?:周|日|天|个?月|季度|年|学年)"
    r"|\d{1,2}月(?:份|末|底|初)?|[一二三四]季度(?:末|初)?|原来|原先|原有|现有|此前|以往|过去|[一-龥]{2,8}(?<![目当日提])前)"
)
#: What a figure is compared with where it is not an earlier period: an average, a target.
_STANDARD = r"[^，；。、（\d]{0,10}(?:平均水平|平均|均值|水平|目标值?|标准|要求|全国|全省|全市|全县)"
_ADVERB = r"(?:明显|显著|大幅度?|小幅度?|略有?|稍有?|微|有所|进一步|继续|持续|再|又|均|也|都|分别|依次|共|累计|平均|净|相应|同步|总体|逐年|逆势|实现|由此|约|仅|已|就|不[降减]反|不[升增]反|稳中有|较快|稳步|整体|每[一-龥]{1,2})"
_COMPARATOR = (
    rf"(?:同比|环比|按年|(?:较|比|与|和|同){EARLIER}(?:的|同期|计划|实际|水平)?(?:相比较?|相较)?|(?:较|比){_STANDARD}|同期相比|相比较?|即|也就是说?|"
    r"(?:[一两二三四五六七八九十]|\d{1,2})年(?:间|来|共|累计|时间)?|[今本]年|以来|[上下]半年|[一二三四]季度|前[三3]季度|\d{1,2}月份?|两者|二者)，?"
)
#: A bracket that belongs to its word: 各县（市、区）, 件（批）次.
SHORT_BRACKET = compiled(r"（[^（()）\d，；。\n]{1,8}）")
#: A clause in between, and a change that says again what it is of: 管网实现互联，供热面积增加.
_NAMED = compiled(r"[^；。\d]{0,3}，(?:[^，；。\d]{0,14}，)?([^，；。\d]{3,20})")
#: What stands between the word and the size of the change; 减少为 leads to what is left.
_SIZE = r"(?:了|的)?(?:(?:幅度|比例|率|额|量|数)(?:为|达到?)?|(?<=[幅速量])为|达到?|约|近|共|至少)?"
_DIRECTIONS = {"up": 1, "down": -1}


class Movement(NamedTuple):
    """A word that says a figure changed, and the comparison it names: ``比上年同期`` of 比上年同期增长."""

    word: str
    comparator: str

    @property
    def sign(self) -> int:
        """+1 for words that say up, −1 for down, 0 for those that only say better or worse, or 是 (N times)."""
        return _DIRECTIONS.get(_movements().get(self.word, ""), 0)

    @property
    def better(self) -> bool | None:
        """Whether the word says better or worse; ``None`` where it says neither."""
        return {"better": True, "worse": False}.get(_movements().get(self.word, ""))


class Step(NamedTuple):
    """A word that says up (+1) or down (−1), and where it stands."""

    word: str
    place: int
    sign: int


def _rows(name: str) -> dict[str, str]:
    rows = (line.split("\t") for line in lines(beside(__file__, "data", name)))
    return {row[0]: row[1] for row in rows}


@lru_cache(maxsize=1)
def _movements() -> dict[str, str]:
    return _rows("movements.tsv")


@lru_cache(maxsize=1)
def _polarity() -> dict[str, str]:
    return _rows("polarity.tsv")


@lru_cache(maxsize=1)
def _bare() -> re.Pattern[str]:
    words = any_of(_movements())
    return compiled(
        # 的基础上 and 相比 close the words around a base; a noun may follow the figure before.
        rf"(?:/[年月日天])?）{{0,3}}(?:的?基础上|为基[数期准]|的?水平|相比较?(?:，[一-龥]{{2,8}}?)?|相较)?(?:[一-龥]{{1,8}}(?=[，、）])|[一-龥]{{1,4}}?(?=同比|环比|比|较))?）{{0,3}}[，、]?"
        rf"(?:{_ADVERB}{{0,5}}(?:{words})，)?"
        rf"(?P<comparator>(?:{_COMPARATOR}){{0,3}}){_ADVERB}{{0,5}}(?P<word>{words}){_SIZE}(?:(?<=[多少])(?<![减增偏].)(?![到至为])[一-龥]{{1,3}})?"
    )


@lru_cache(maxsize=1)
def _last_word() -> re.Pattern[str]:
    # 增 and 多 move a figure where they stand by themselves (同比增5%), not in 新增 or 许多.
    short, long = ({word: "" for word in _movements() if (len(word) > 1) == many} for many in (False, True))
    return compiled(
        rf"(?P<comparator>(?:{_COMPARATOR}){{0,3}}){_ADVERB}{{0,5}}(?:(?:^|(?<=[比年期月季上地幅有略均]))(?P<short>{any_of(short)})|(?P<long>{any_of(long)})){_SIZE}$"
    )


@lru_cache(maxsize=1)
def _any_word() -> re.Pattern[str]:
    return compiled(any_of(_movements()))


@lru_cache(maxsize=1)
def _word_at_end() -> re.Pattern[str]:
    return compiled(rf"(?:{any_of(_movements())}){_SIZE}$")


@lru_cache(maxsize=1)
def _word_before() -> re.Pattern[str]:
    return compiled(rf"(?:{any_of(_movements())}){_SIZE}(?:(?<=[多少])[一-龥]{{1,3}})?（?\n?$")


#: The longest that a word of change and what stands between it and its figure may be.
_NEAR = 16


@lru_cache(maxsize=1)
def _step_words() -> re.Pattern[str]:
    return compiled(any_of({word: way for word, way in _movements().items() if way in _DIRECTIONS}))


def may_move(words: str) -> bool:
    """Whether ``words`` can make the figure behind them a change at all: what :func:`bare_change` and :func:`change_of` look into.

    >>> may_move("，同比增长"), may_move("高标准完成")
    (True, False)
    """
    words = words[-_NEAR:]
    return "）" in words or _word_before().search(words) is not None


@lru_cache(maxsize=4096)
def bare_change(words: str, subject: str = "") -> Movement | None:
    """The movement that ``words`` between two figures speak of, where they bring in no other subject than ``subject``.

    >>> bare_change("，比上年同期增长")
    Movement(word='增长', comparator='比上年同期')
    >>> bare_change("，工业产值增长") is None, bare_change("，工业产值增长", "全市工业产值由")
    (True, Movement(word='增长', comparator=''))
    """
    if _any_word().search(words) is None:
        return None
    words = SHORT_BRACKET.sub("", words)
    match = _bare().fullmatch(words)
    if match is None and subject:
        named = _NAMED.fullmatch(words)
        found = named and max(
            (named[1][:size] for size in range(2, len(named[1]) + 1) if named[1][:size] in subject), key=len, default=""
        )
        match = _bare().fullmatch(named[1][len(found) :]) if named and found else None
    return Movement(match["word"], match["comparator"].rstrip("，")) if match else None


@lru_cache(maxsize=4096)
def change_of(words: str) -> Movement | None:
    """The movement that makes the figure after ``words`` the size of a change: 产值增长, not 增长到."""
    # Most words are done with after one look at their end; the whole expression is tried at every character.
    match = _last_word().search(words) if _word_at_end().search(words) else None
    return Movement(match["short"] or match["long"], match["comparator"] or "") if match else None


def ends_in_change(words: str) -> bool:
    """Whether ``words`` make the figure after them the size of a change."""
    return change_of(words) is not None


def last_movement(words: str) -> Step | None:
    """The last word of ``words`` that says up or down.

    >>> last_movement("件逐步压减到")
    Step(word='压减', place=3, sign=-1)
    """
    found = None
    for match in _step_words().finditer(words):
        found = Step(match[0], match.start(), _DIRECTIONS[_movements()[match[0]]])
    return found


def lower_is_better(words: str) -> bool | None:
    """Whether what ``words`` name is better the lower it is; ``None`` where the list does not know it.

    >>> lower_is_better("全县大班额占比"), lower_is_better("优良天数比例"), lower_is_better("人口")
    (True, False, None)
    """
    found = (-1, 0, "")
    for word, better in _polarity().items():
        place = words.rfind(word)
        if place >= 0:
            found = max(found, (place + len(word), len(word), better))
    return found[2] == "lower" if found[2] else None


def kind_of(comparator: str) -> str:
    """What kind of comparison a comparator or the name of a base makes: ``year``, ``step``, a year's number, or its own words.

    Two comparisons of one kind have one base: 同比 and 上年同期; 环比 and 8月份 beside 9月份.

    >>> kind_of("同比"), kind_of("较上年同期的"), kind_of("环比"), kind_of("比2019年"), kind_of("比年初")
    ('year', 'year', 'step', '2019', '年初')
    """
    dated = compiled(r"20\d\d(?=年)").search(comparator)
    if dated:
        return dated[0]
    if compiled(r"[上去前]一?年度?全年").search(comparator):
        return "whole year"
    if compiled(r"[上去]一?年(?:年)?[末底]").search(comparator):
        return "年初"
    if compiled(r"同比|[上去]一?年|同期|按年").search(comparator):
        return "year"
    if compiled(r"环比|上个?月|上一?[季周]|前一[周日天个月季]|上期|\d月|季度").search(comparator):
        return "step"
    return compiled(
        r"[较比与和同的，相]|[一两二三四五六七八九十]年(?:间|来|共|累计|时间)?|今年|以来|上半年|即|也就是说?|二者|两者"
    ).sub("", comparator)
