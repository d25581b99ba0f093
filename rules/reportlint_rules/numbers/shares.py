"""NM113: shares of one whole that do not add up to 100%."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import lru_cache
from itertools import pairwise, permutations

from reportlint.analysis import Analysis
from reportlint.claims import CHANGES, Claim
from reportlint.files import beside, lines
from reportlint.finding import Checked, Finding, Message, Outcome, Related, Severity
from reportlint.numerals import han_value
from reportlint.patterns import compiled
from reportlint.phrase import clause_start
from reportlint.record import NamedTuple
from reportlint.rule import rule
from reportlint.span import Span
from reportlint_rules.numbers.figures import HUNDRED, show

_SHARE = compiled(r"占|比重|比例|构成|持股|股权|贡献率")
#: A share of something named, and rates that are no shares.
_NO_SHARE = compiled(
    r"贡献|增长|完成|增速|提高|下降|率(?:为|达|分别|依次|$)|占到?(?:全|总|同|其|年|计划|任务|预算|GDP|地区生产)[^，；。]{0,8}的"
)
_JOIN = compiled(r"[、，和及与以]*")
_ATTRIBUTE = compiled(r"女|男|老[年龄]|青[年少]|党员|团员|学历|以上|残疾|贫困|留守|民族|独生|特困|优秀|合格|达标")
_SECTORS = compiled(r"三次产业|一二三产")
_SHARE_WORDS = compiled(r"占比|比重|比例|占|分别|依次|各|为|达")
_AND = compiled(r"、|(?<![总共中饱])和(?!谐|平)|(?<![普涉以])及(?!以|时|其|格)|(?<![参给])与")
_REST = compiled(r"其余|(?<![A-Za-z”》])其[他它](?![省市县地国])|剩余|余下|劣[ⅤV五]")
#: Members of which a thing may be several at once, and lists that leave some out.
_OVERLAP = compiled(r"同时|兼属|兼有|多选|交叉|重复")
_PARTIAL = compiled(
    r"涉及|主要(?:有|为|是|包括|集中)|排(?:名|在)?前|前[两三四五2-5](?:位|名|项|类|大)|等[一-龥]{0,6}(?:占|分别|依次|比)"
)
#: A view in which each thing has one place: 从年龄结构看.
_VIEW = compiled(r"(?:(?:从|按)[^，；。]{1,12}(?:看|分|划分|统计)|[一-龥]{2,8}(?:构成|结构)(?:中|看|上)?)[，：]")
#: Of the answers of a poll each person gives one.
_ANSWER = compiled(r"满意|一般|不清楚|不了解|说不清|赞成|反对|弃权")
_BEFORE_SHARES = compiled(r"(?P<items>.*?)(?:占|比重|比例|构成|分别|依次)")
_NEGATED = compiled(r"(?:不|未|非|没有)([一-龥]{2})")
_STRUCTURE = compiled(r"(?:结构|构成|占比|比重|分布)(?:情况)?(?:为|是|如下)?：[一-龥A-Za-z]{1,10}$")
_MEMBER = compiled(r"[、，；][一-龥A-Za-z]{1,10}(?:占)?")
_LEVELS = compiled(r"([二两三四五六2-6])(?:级|类|种|方|部分|大类|个层次)")
_SECOND_TERM = compiled(r"[∶:：]\d+(?:\.\d+)?[∶:：]")
_RATIO = compiled(r"\d(?<!\d\d)\d*(?:\.\d+)?(?:[∶:：]\d+(?:\.\d+)?){2,4}")
_RATIO_OF = compiled(r"(?:结构|比例|构成|占比|之比|比重)[^，。；]{0,36}$")
_FARTHEST = Decimal(20)
#: How far before a share its words are looked for.
_LONGEST_GAP = 400


class _Share(NamedTuple):
    """A share and the words of its clause that lead to it."""

    claim: Claim
    words: str


@lru_cache(maxsize=1)
def _classes() -> tuple[tuple[re.Pattern[str], ...], ...]:
    rows = (line.split("\t")[0].split() for line in lines(beside(__file__, "share_classes.tsv")))
    return tuple(tuple(compiled(member) for member in row) for row in rows)


@rule(
    "NM113",
    "shares-not-100",
    severity=Severity.WARNING,
    bad=(
        "Ⅰ至Ⅲ类、Ⅳ至Ⅴ类、劣Ⅴ类断面占比分别为78.1%、8.2%和⟦15.7%⟧。",
        "三次产业结构调整为10.1∶40.2∶⟦52.7⟧。",
        "投诉中，噪声类占45.2%，油烟类占31.6%，其余占⟦25.2%⟧。",
        "在册志愿者中，男性占54.6%，女性占⟦47.4%⟧。",
    ),
    good=(
        "Ⅰ至Ⅲ类、Ⅳ至Ⅴ类、劣Ⅴ类断面占比分别为78.1%、8.2%和13.7%。",
        "三次产业结构调整为10.1∶40.2∶49.7。",
        "投诉中，噪声类占45.2%，油烟类占31.6%，其余占23.2%。",
        "男生占52%，团员占63%，住校生占41%。",
    ),
)
def shares_not_100(analysis: Analysis) -> Iterator[Outcome]:
    """各部分所占比重之和不等于 100%。

    三次产业结构、各类水质占比、男女、税收与非税、带“其余占”的一组比重，合起来应当是 100%，每个数允许末位进位的误差。
    “从年龄结构看”一类只有一种归属的分法，合起来不会超过 100%。

    可以兼属几类的比重（团员、住校生）不核对；没有收尾词、也不是固定分类的，不到 100% 不报。
    """
    for group in analysis.by_sentence:
        if sum(claim.quantity.unit.name == "%" for claim in group) > 1:
            sentence = analysis.reading.slice(analysis.sentences[group[0].sentence].at)
            for run in _runs(analysis, group):
                yield from _judge(analysis, group, run, sentence)
        if "不" in analysis.reading.text:
            yield from _opposites(group)
    yield from _ratios(analysis)


_RATE_OF = compiled(r"(?P<what>[一-龥]{2,4})[率度](?:为|达|达到)?$")
_RATE_OF_NONE = compiled(r"(?:，|、|和)?(?:不|未|非)(?P<what>[一-龥]{2,4})[率度](?:为|达|达到|仅|仅为|只有)?")


_SATISFIED = compiled(r"(?<!不)(?<!基本)(?<!较)满意[率度]?(?:为)?$")
_DISSATISFIED = compiled(r"(?:，|、|和)?不满意[率度]?(?:为|仅)?")
_HALF_SATISFIED = compiled(r"(?:，|、|和)?(?:基本|比较|较)满意[率度]?(?:为)?")


def _answers(run: Sequence[Claim]) -> Iterator[Outcome]:
    """满意率91.2%、基本满意率6.1%、不满意率2.7%: answers of which each person gives one."""
    if not _HALF_SATISFIED.fullmatch(run[1].lead) or not all(
        claim.quantity.unit.name == "%" and claim.quantity.exact and not claim.planned for claim in run
    ):
        return
    last = run[-1].quantity
    total = sum((claim.quantity.value for claim in run), Decimal(0))
    yield Checked(last.span)
    if total - HUNDRED > last.step * 2:
        terms = "＋".join(claim.quantity.text for claim in run)
        yield Finding(
            last.span,
            Message(f"{terms}＝{show(total)}%，超过 100%，请核对", f"the answers come to {show(total)}%"),
            tuple(Related(claim.quantity.span, "另一项") for claim in run[:-1]),
        )


def _opposites(group: Sequence[Claim]) -> Iterator[Outcome]:
    """满意率99.7%，不满意率0.3%: what is and what is not make up the whole, unless something lies between."""
    for least, most in zip(group, group[2:], strict=False):
        if least.quantity.unit.name == "%" and _DISSATISFIED.fullmatch(most.lead) and _SATISFIED.search(least.lead):
            yield from _answers(group[group.index(least) : group.index(most) + 1])
    for one, other in pairwise(group):
        if one.quantity.unit.name != "%" or other.quantity.unit.name != "%" or other.clause - one.clause > 1:
            continue
        said, denied = _RATE_OF.search(one.lead), _RATE_OF_NONE.fullmatch(other.lead)
        if said is None or denied is None or not said["what"].endswith(denied["what"]):
            continue
        if not (one.quantity.exact and other.quantity.exact) or one.planned or other.planned:
            continue
        over = one.quantity.value + other.quantity.value - HUNDRED
        yield Checked(other.quantity.span)
        if over > max(one.quantity.step, other.quantity.step):
            yield Finding(
                other.quantity.span,
                Message(
                    f"{one.quantity.text}＋{other.quantity.text} 超过 100%，请核对",
                    f"{one.quantity.text} and {other.quantity.text} are more than the whole",
                ),
                (Related(one.quantity.span, "另一半"),),
            )


def _runs(analysis: Analysis, group: Sequence[Claim]) -> Iterator[list[_Share]]:
    """The lists of shares in a sentence: A占…，B占…，其余占…; A、B、C占比分别为…."""
    text = analysis.reading.text
    run: list[_Share] = []
    start = analysis.sentences[group[0].sentence].at.start
    for claim in group:
        if claim.quantity.unit.name != "%":
            continue
        gap = text[max(run[-1].claim.at.end if run else start, claim.at.start - _LONGEST_GAP) : claim.at.start]
        words = gap[max(map(gap.rfind, "，；：。\n")) + 1 :]
        listed = bool(run) and _JOIN.fullmatch(gap) is not None
        fits = claim.quantity.exact and claim.role not in CHANGES and not claim.planned
        # What the three sectors contribute to growth is all of it.
        fits = fits and (not _NO_SHARE.search(words) or ("贡献率" in words and _SECTORS.search(words) is not None))
        opens = _STRUCTURE.search(gap) if "：" in gap and not run else None
        # 行业结构为：制造业41.2%、建筑业18.6%、…: members one by one behind the colon
        member = bool(run) and "：" in run[0].words and _MEMBER.fullmatch(gap) is not None
        if opens is not None:
            words = opens[0]
        if not fits or not (listed or member or _SHARE.search(words) or (run and _REST.search(words)) or opens):
            yield from _whole(run)
            run = []
            continue
        if len(run) > 1 and "；" in gap and _ends_whole(analysis, run):
            yield from _whole(run)
            run = []
        if run and (len(gap) > 40 or compiled(r"其中|。|[^，；]中，").search(gap)):
            yield from _whole(run)
            if "其中" in gap:
                run = []
                continue
            run = []
        if not words.strip("占比为达约") and not listed:  # 噪声类287件，占45.3%
            words = gap
        run.append(_Share(claim, "" if listed else words))
    yield from _whole(run)


def _ends_whole(analysis: Analysis, run: list[_Share]) -> bool:
    """Whether the shares before a semicolon are those of all there is: the ages, up to 51岁及以上."""
    items = _items([run[0]._replace(words=_clause(analysis, run[0].claim)), *run[1:]])
    return items is not None and (_covers_ages(items) or any(_is_class(row, items) for row in _classes()))


def _whole(run: list[_Share]) -> Iterator[list[_Share]]:
    if len(run) > 1:
        yield run


def _items(run: Sequence[_Share]) -> list[str] | None:
    """What each share is of; ``None`` where the list of names cannot be matched with the list of shares."""
    if any(share.words == "" for share in run[1:]):
        if any(share.words for share in run[1:]):
            return None
        match = _BEFORE_SHARES.match(run[0].words)
        if match is None:
            return None
        _, mark, last = match["items"].rpartition("、")
        if mark and "中" in last[:-2]:  # 城市、农村低保对象中老年人分别占: each item is a whole of its own
            return None
        splits = (_AND.split(match["items"]), match["items"].split("、"))
        return next((items for items in splits if len(items) == len(run)), None)
    return [share.words for share in run]


def _judge(analysis: Analysis, group: Sequence[Claim], run: Sequence[_Share], sentence: str) -> Iterator[Outcome]:
    clause = _clause(analysis, run[0].claim)
    items = _items(run if run[1].words else [run[0]._replace(words=clause), *run[1:]])
    if items is None and not _SHARE_WORDS.sub("", clause):
        items = _amounts(analysis, group, run)
    terms = [share.claim.quantity for share in run]
    total = sum((term.value for term in terms), Decimal(0))
    slack = sum((term.step for term in terms), Decimal(0))
    if total > HUNDRED and all(term.step >= 1 for term in terms):
        slack /= 2  # rounding gives no more than half a point each; cutting off gives less than 100
    if items is None and _SECTORS.search(clause) and len(run) == 3:
        items = ["一产", "二产", "三产"]
    if items is None or abs(total - HUNDRED) > _FARTHEST or _OVERLAP.search(sentence):
        return
    if _PARTIAL.search(
        analysis.reading.text, analysis.sentences[run[0].claim.sentence].at.start, run[-1].claim.at.start
    ):
        return
    closed = _closed(items, sentence) or (total > HUNDRED and _said_so_many(items, sentence))
    answers = all(_ANSWER.search(item) for item in items) and len(set(items)) == len(items)
    if not closed and not ((_VIEW.search(sentence) or answers) and len(run) > 2):
        return
    yield Checked(terms[-1].span)
    if abs(total - HUNDRED) > slack and (closed or total > HUNDRED):
        others = tuple(Related(term.span, "比重") for term in terms[:-1])
        yield _not_hundred(terms[-1].span, [term.text for term in terms], total, others)


def _amounts(analysis: Analysis, group: Sequence[Claim], run: Sequence[_Share]) -> list[str] | None:
    """What the amounts before a list of shares are of: 一般贸易64.8亿元，加工贸易15.3亿元，其他贸易6.3亿元，占比分别为…."""
    before = [claim for claim in group if claim.at.start < run[0].claim.at.start and not claim.quantity.ordinal][
        -len(run) :
    ]
    if len(before) != len(run) or len({claim.quantity.unit.name for claim in before}) > 1:
        return None
    if all(
        _JOIN.fullmatch(claim.lead) for claim in before[1:]
    ):  # 第一、二、三产业税收分别为0.03亿元、4.95亿元和3.66亿元
        return _items([_Share(before[0], _clause(analysis, before[0])), *(_Share(claim, "") for claim in before[1:])])
    return [claim.lead for claim in before] if all(claim.lead for claim in before) else None


def _clause(analysis: Analysis, claim: Claim) -> str:
    """The words from the beginning of the clause to its first share, figures and all: 0—14岁、15—59岁、60岁及以上人口占比分别为."""
    text = analysis.reading.text
    return text[clause_start(text, claim.at.start) : claim.at.start]


def _closed(items: Sequence[str], sentence: str) -> bool:
    """Whether the list leaves nothing out."""
    if _REST.search(items[-1]) or any(_REST.match(item.lstrip("、，；")) for item in items):
        return True
    if any(_is_class(row, items) for row in _classes()):
        return True
    return _complementary(items) or _covers_ages(items) or _counted(items, sentence)


def _is_class(row: Sequence[re.Pattern[str]], items: Sequence[str]) -> bool:
    if len(row) != len(items):
        return False
    orders = permutations(items) if len(items) <= 4 else (tuple(items),)
    for order in orders:
        found = [member.search(item) for member, item in zip(row, order, strict=True)]
        if all(found):
            last = found[order.index(items[-1])]
            attribute = _ATTRIBUTE.search(items[-1], last.end()) if last is not None else None
            # 专科及以下学历 beside 研究生学历: what all of them are, not a group of its own.
            return last is not None and (attribute is None or all(attribute[0] in item for item in items))
    return False


def _complementary(items: Sequence[str]) -> bool:
    """省内 and 省外, 合格 and 不合格: two members of which one is what the other is not."""
    for one, other in pairwise(items):
        inside = compiled(r"([省市县区国境])内").search(one)
        if inside and f"{inside[1]}外" in other:
            return True
        negated = _NEGATED.search(other)
        if negated and len(items) == 2 and negated[1] in one:
            return True
    return False


def _covers_ages(items: Sequence[str]) -> bool:
    """0—14岁、15—59岁、60岁及以上: ranges that join, the last without an end."""
    if not compiled(r"以上|以后|超过").search(items[-1]) or not compiled(
        r"(?<!\d)0[—\-~至]|以下|以内|不足|未满"
    ).search(items[0]):
        return False
    numbers = [[int(number) for number in compiled(r"(?<!\d)\d+(?=[—\-~至]|周?岁)").findall(item)] for item in items]
    if any(not row for row in numbers):
        return False
    return all(before[-1] <= after[0] <= before[-1] + 1 for before, after in pairwise(numbers))


def _counted(items: Sequence[str], sentence: str) -> bool:
    """由四级财政共同承担，中央、省、市、县分担…: as many members as are said to be there."""
    announced = _LEVELS.search(sentence)
    return (
        announced is not None
        and compiled(r"共同|分担|分摊|组成|构成|持股|出资").search(sentence) is not None
        and (han_value(announced[1]) or 0) == len(items)
    )


#: 三类处置方式中: how many kinds there are.
_KINDS_SAID = compiled(
    r"(?P<number>[两二三四五六2-6])(?:类|种|方面|部分|大类|个来源|个渠道|个层级|个等次|档)[^，。；]{0,10}中，"
)


def _said_so_many(items: Sequence[str], sentence: str) -> bool:
    """三类处置方式中，谈话函询占28%、初步核实占47%、予以了结占35%: as many as were said to be there, none of them shared."""
    said = _KINDS_SAID.search(sentence)
    return (
        said is not None
        and (han_value(said["number"]) or 0) == len(items)
        and not any(_ATTRIBUTE.search(item) for item in items)
    )


def _ratios(analysis: Analysis) -> Iterator[Outcome]:
    """三次产业结构为10.1∶40.2∶49.7."""
    text = analysis.reading.text
    for match in _RATIO.finditer(text) if _SECOND_TERM.search(text) else ():
        if not _RATIO_OF.search(text[max(0, match.start() - 48) : match.start()]):
            continue
        terms = compiled(r"[∶:：]").split(match[0])
        total = sum(map(Decimal, terms), Decimal(0))
        steps = [Decimal(1).scaleb(-len(term.partition(".")[2])) for term in terms]
        if abs(total - HUNDRED) > 10:
            continue
        span = analysis.span(Span(match.end() - len(terms[-1]), match.end()))
        yield Checked(span)
        if abs(total - HUNDRED) > min(max(steps) * 2, sum(steps)):
            whole = Related(analysis.span(Span(match.start(), match.end() - len(terms[-1]) - 1)), "比重")
            yield _not_hundred(span, terms, total, (whole,))


def _not_hundred(span: Span, terms: Sequence[str], total: Decimal, others: tuple[Related, ...]) -> Finding:
    shown = "＋".join(terms)
    return Finding(
        span,
        Message(f"{shown}＝{show(total)}%，合起来不是 100%，请核对", f"{shown}＝{show(total)}%, not 100%"),
        others,
    )
