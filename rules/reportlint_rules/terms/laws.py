"""TM014: laws and rules of the Party whose name has a slip."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from reportlint.analysis import Analysis
from reportlint.files import beside, lines
from reportlint.finding import Finding, Message, Outcome, Severity
from reportlint.patterns import compiled
from reportlint.rule import rule
from reportlint.span import Span

_STATE, _PARTY = "中华人民共和国", "中国共产党"
#: A name within its marks: of the state, of the Party, or without either.
_NAMED = compiled(
    r"《(?P<head>中华人民共和国|中国共产党)?(?P<name>[一-龥、（）]{2,24}(?:法(?<![办方做书兵执普司看手疗])|典|条例|准则|规定))(?:（[^（）》]{1,12}）)?》"
)
#: A name so short is near too many others.
_SHORTEST = 4


@lru_cache(maxsize=1)
def _names() -> frozenset[str]:
    return frozenset(line.split("\t")[0] for line in lines(beside(__file__, "laws.tsv")) if not line.startswith("#"))


@rule(
    "TM014",
    "misnamed-law",
    severity=Severity.WARNING,
    triggers=("《",),
    bad=(
        "依据《⟦中华人民共和国环境保证法⟧》第四十二条，责令两家企业限期整改。",
        "组织学习《⟦生产安全法⟧》，压实企业主体责任。",
    ),
    good=(
        "依据《中华人民共和国环境保护法》第四十二条，责令两家企业限期整改。",
        "组织学习《安全生产法》，压实企业主体责任。",
        "出台《江州市河道采砂管理办法》，印发《青阳县养犬管理条例》。",
    ),
)
def misnamed_law(analysis: Analysis) -> Iterator[Outcome]:
    """法律、党内法规的名称写错了。

    书名号里的法律名称与公布的名称只差一两个字、字序颠倒的，多半是写错了。名称列在 `laws.tsv`。

    地方性法规、规章、办法不看；省略“中华人民共和国”的简称照样认得；新公布而名单里没有的法律，与别的法律差得远的不报。
    """
    for match in analysis.matches(_NAMED):
        name = (_PARTY if match["head"] == _PARTY else "") + match["name"]
        if name in _names():
            continue
        found = _near(name, full=match["head"] is not None)
        if not found:
            continue
        state = _STATE if match["head"] == _STATE else ""
        start = match.start("head") if match["head"] else match.start("name")
        span = analysis.span(Span(start, match.end("name")))
        rights = "或".join(f"“{state}{right}”" for right in found)
        yield Finding(
            span,
            Message(f"没有这个名称的法律法规，应为{rights}，请核对", f"no law is called so; probably {rights}"),
            suggestion=state + found[0] if len(found) == 1 else None,
        )


#: A name that may be one of more than so many laws is of none of them.
_MOST = 2


def _near(name: str, *, full: bool) -> list[str]:
    """The names that a slip makes ``name`` of, the likeliest only; where all of it is given, more may be off."""
    if len(name) < _SHORTEST:
        return []
    turned = [other for other in _names() if len(other) == len(name) and sorted(other) == sorted(name)]
    if turned:
        return sorted(turned)[:_MOST]
    near = [(_likeness(name, other, full=full), other) for other in _names() if abs(len(other) - len(name)) <= _MOST]
    best = min((likeness for likeness, _ in near if likeness is not None), default=None)
    found = sorted(other for likeness, other in near if best is not None and likeness == best)
    return found if len(found) == 1 or (full and len(found) <= _MOST) else []


def _likeness(name: str, other: str, *, full: bool) -> tuple[int, int] | None:
    """How far a name is from another: the characters of it that the other lacks, and the edits between; ``None`` where it is no slip of it."""
    if len(other) < _SHORTEST - full or not (name[:2] == other[:2] or name[-3:] == other[-3:]):
        return None
    lacking = sum(max(0, name.count(character) - other.count(character)) for character in set(name))
    edits = _distance(name, other)
    if lacking > 1 and len(name) == len(other):
        return None  # two other characters are another law, perhaps a new one
    most = 1 if not full or len(name) <= _SHORTEST else 3 if lacking <= 1 else 2
    return (lacking, edits) if edits <= most else None


def _distance(one: str, other: str) -> int:
    """How many characters must be put in, taken out or changed."""
    row = list(range(len(other) + 1))
    for place, character in enumerate(one, 1):
        last, row[0] = row[0], place
        for at, its in enumerate(other, 1):
            last, row[at] = row[at], min(row[at] + 1, row[at - 1] + 1, last + (character != its))
    return row[-1]
