"""Votes and grades, of which each person or thing gets one: 有效票54张，同意50票、反对1票、弃权3票; 14个乡镇，优秀5个、良好7个、一般2个."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from reportlint.analysis import Analysis
from reportlint.claims import Claim
from reportlint.finding import Checked, Finding, Message, Outcome, Related, Severity
from reportlint.numbers import same_unit
from reportlint.patterns import compiled
from reportlint.phrase import behind
from reportlint.record import NamedTuple
from reportlint.span import Span
from reportlint_rules.numbers.nearly import slip_between
from reportlint_rules.numbers.parts.partition import Partition

_U = r"(?:票|人|名|张|户|位)?"
_SIDES = (r"赞成|同意", r"反对|不同意|不赞成", r"弃权")
_LED = r"(?:票|的|人|者|意见)?(?:数)?(?:为|有|是|各|计)?"
#: 同意50票、反对1票、弃权2票; 50票赞成，1票反对，2票弃权.
_VOTES = (
    compiled(
        rf"(?:赞成|同意){_LED}(?P<yes>\d+){_U}[，、；]?(?:反对|不同意|不赞成){_LED}(?P<no>\d+){_U}(?:[，、；]?弃权{_LED}(?P<none>\d+){_U})?"
    ),
    compiled(
        r"(?P<yes>(?<!\d)\d{1,9})票(?:赞成|同意)[，、；]?(?P<no>\d+)票(?:反对|不同意|不赞成)(?:[，、；]?(?P<none>\d+)票弃权)?"
    ),
)
#: What the votes come to. Who is present need not vote, so that only those cast bind from below.
_CAST = compiled(
    r"(?P<what>有效(?:表决)?票|有效选票|收回(?:有效)?(?:选票|表决票|票)?|参加(?:投票|表决)|参与(?:投票|表决)|投票)(?:数|的|人数)?[^，。；、\d]{0,10}?(?P<n>\d+)(?:票|张|人|名|户|位)"
)
_THERE = compiled(
    r"(?:实到|到会|出席|发出|应到|全体|共有?|总票数|总户数)[^，。；、\d]{0,12}?(?P<n>\d+)(?:票|张|人|名|户|位)"
)
_SPOILT = compiled(r"(?:无效票|废票|无效选票|未投票|缺席|未表决|回避)(?:为|有)?[^，。；\d]{0,4}(?P<n>\d+)")
_BACK = 130

#: Grades of one review: each thing gets one.
_LADDER = (
    compiled(r"(?:考核|评定|评价|评估|结果|等次|为|评出|评为|评为)?(?:优秀|优等|优级|为?优)(?:等次|档次|等级)?$"),
    compiled(r"(?:良好|较好|良等|(?<!优)良)(?:等次|档次|等级)?$"),
    compiled(r"(?<!基本)(?<!不)(?:合格|称职|达标|中等|一般|及格|好)(?:等次|档次|等级)?$"),
    compiled(r"(?:基本合格|基本称职|基本达标|较差)(?:等次|档次|等级)?$"),
    compiled(r"(?:不合格|不称职|不达标|不及格|为?差|末档)(?:等次|档次|等级)?$"),
)
_LETTERS = compiled(r"(?P<grade>[A-E]|[甲乙丙丁])(?:级|类|等|档)(?:信用)?(?:企业|单位|等次)?$")
_THE = compiled(r"(?:的|有|为|的有|分别)$")
#: 其中获省级表彰的, 连续两年: another view of them.
_MORE_VIEWS = compiled(r"连续|两次|同时|上年|去年|上半年|下半年|季度|比|较")
#: 占25%: the share of the grade before it.
_MOST_BETWEEN = 2


def ballots(analysis: Analysis) -> Iterator[Outcome]:
    """Votes that do not come to what was cast."""
    text = analysis.reading.text
    for pattern in _VOTES:
        for match in pattern.finditer(text):
            yield from _counted(analysis, match)


def _counted(analysis: Analysis, match: re.Match[str]) -> Iterator[Outcome]:
    text = analysis.reading.text
    names = [name for name in ("yes", "no", "none") if match[name]]
    votes = [int(match[name]) for name in names]
    total = sum(votes)
    start = max(text.rfind("\n", 0, match.start()) + 1, match.start() - _BACK)
    cast = list(_CAST.finditer(text, start, match.start()))
    there = list(_THERE.finditer(text, start, match.start()))
    spoilt = [
        int(found["n"])
        for found in _SPOILT.finditer(text, start, min(len(text), match.end() + 24))
        if not match.start() < found.start("n") < match.end()
    ]
    told = {int(found["n"]) for found in (*cast, *there)}
    if not told:
        return
    place = analysis.span(Span(*match.span(names[-1])))
    yield Checked(place)
    valid = [found for found in cast if "有效" in found["what"]]
    if valid:
        told = {int(found["n"]) for found in valid}
    if total in told or (not valid and total + sum(spoilt) in told):
        return
    bound = (valid or cast or there)[-1]
    least = int(bound["n"])
    most = max(told) if valid else max((int(found["n"]) for found in cast), default=max(told))
    if total > most or (total < least and cast and len(votes) == 3 and 2 * total > least):
        shown = "＋".join(str(vote) for vote in votes)
        yield Finding(
            place,
            Message(
                f"{shown}＝{total}票，与 {bound[0].lstrip('，')} 不符，请核对",
                f"{shown}＝{total} votes; the text says {least}",
            ),
            (Related(analysis.span(Span(*bound.span("n"))), "总数"),),
            severity=Severity.ERROR if total > most else Severity.WARNING,
        )


class _Graded(NamedTuple):
    claim: Claim
    rung: str


def graded(group: Sequence[Claim]) -> Iterator[Partition]:
    """Grades that come to more than all there is: 14个乡镇，优秀5个、良好7个、一般3个."""
    run: list[_Graded] = []
    for index, claim in enumerate(group):
        rung = _rung(claim)
        if run and rung and rung not in {each.rung for each in run} and _follows(run[-1].claim, claim):
            run.append(_Graded(claim, rung))
            continue
        if claim.quantity.unit.name == "%":
            continue
        yield from _over(group, run)
        run = [_Graded(claim, rung)] if rung and index else []
    yield from _over(group, run)


def _follows(one: Claim, other: Claim) -> bool:
    return same_unit(one.quantity, other.quantity) and other.beat - one.beat <= 1 and one.depth == other.depth


def _rung(claim: Claim) -> str:
    """The grade that the figure counts; empty where it is none."""
    if not claim.countable or claim.planned or claim.quantity.kind != "count":
        return ""
    for words in (_THE.sub("", claim.lead), behind(claim.trail)):
        letter = _LETTERS.search(words)
        if letter is not None:
            return letter["grade"]
        if words:
            rung = next((str(number) for number, each in enumerate(_LADDER) if each.search(words)), "")
            if rung:
                return rung
    return ""


def _over(group: Sequence[Claim], run: Sequence[_Graded]) -> Iterator[Partition]:
    if len(run) < 2 or (len(run) < 3 and not run[0].rung.isdigit()):
        return
    parts = tuple(each.claim for each in run)
    first = parts[0]
    before = [
        claim
        for claim in group[: group.index(first)]
        if same_unit(claim.quantity, first.quantity) and first.beat - claim.beat <= _MOST_BETWEEN
    ]
    if len(before) != 1 or any(_MORE_VIEWS.search(part.lead) for part in parts):
        return
    whole = before[0]
    found = Partition(whole, parts, strict=False)
    value = whole.quantity.value
    if not whole.countable or whole.planned or any(part.quantity.value >= value for part in parts):
        return
    short = len(run) > 2 and slip_between(value, found.total, whole.quantity.step) is not None
    if value < found.total <= value * 2 or (short and found.total < value):
        yield found
