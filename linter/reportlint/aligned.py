"""Lists whose members and figures stand apart: 粮食、油料、蔬菜产量分别为36.8万吨、4.2万吨、51万吨."""

from __future__ import annotations

from collections.abc import Sequence

from reportlint.claims import Claim
from reportlint.patterns import compiled
from reportlint.record import NamedTuple

_SPLIT = compiled(
    r"、|(?<![总共中饱温])和(?!谐|平|解|睦)|以及|(?<![普涉以触波危兼顾])及(?!时|格|早|其|以)|(?<![参给赋授])与(?!会)"
)
_LONGEST = 20
_NUMERALS = frozenset("一二三四五六七八九十")


class Aligned(NamedTuple):
    """The figures of such a list with the name of each, what the last name lends the others, and the words behind 分别."""

    claims: tuple[Claim, ...]
    names: tuple[str, ...]
    head: str
    predicate: str

    def name(self, index: int) -> str:
        """The full name of a member: 粮食产量."""
        own = self.names[index]
        return own if own.endswith(self.head) else f"{own}{self.head}"


def aligned(claims: Sequence[Claim], index: int) -> Aligned | None:
    """The list whose first figure is ``claims[index]``; ``None`` where there is none, or not as many names as figures."""
    claim = claims[index]
    at = claim.lead.rfind("分别")
    if at < 0:
        return None
    run = [claim]
    for other in claims[index + 1 : index + 2 + _LONGEST]:
        if other.clause != claim.clause or other.lead.strip("了约近、和及与") or len(run) > _LONGEST:
            break
        run.append(other)
    phrase = claim.lead[:at]
    names = [name for name in _SPLIT.split(phrase[max(phrase.rfind(mark) for mark in "，：；") + 1 :]) if name]
    if len(run) < 2 or len(names) != len(run):
        return None
    return Aligned(tuple(run), tuple(names), _shared_head(names), claim.lead[at + 2 :])


def _shared_head(names: Sequence[str]) -> str:
    """What the last name ends in that the others leave to it: 产量 of 粮食、油料产量; nothing where they are as long."""
    last = names[-1]
    for size in range(len(last) - 1, 1, -1):
        # 第一、二、三产业: a numeral alone is a member of its own.
        alone = last[0] in _NUMERALS and all(name[-1] in _NUMERALS for name in names[:-1])
        if (len(last) - size >= 2 or alone) and all(len(name) <= len(last) - size + 1 for name in names[:-1]):
            return last[-size:]
    return ""
