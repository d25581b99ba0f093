"""What should have been and what was: 应到186人，实到179人; 应纳入1260户，实际纳入1226户."""

from __future__ import annotations

from collections.abc import Iterator

from reportlint.analysis import Analysis
from reportlint.claims import Claim
from reportlint.numbers import same_unit
from reportlint.patterns import compiled
from reportlint.record import NamedTuple

_SHOULD = compiled(
    r"应(?!急|用|对|届|付|聘|征|诉|邀|试|考尽|[^，。]{1,4}尽)(?P<deed>[一-龥]{1,6}?)(?P<noun>[一-龥]{0,8})$"
)
#: 应参加年度考核的工作人员共: what is due, and who.
_SHOULD_OF = compiled(r"应(?:当)?(?P<deed>[一-龥]{2,4}?)[一-龥]{0,8}的[一-龥]{2,12}(?:共|共有|共计|为|有)?$")
#: 16名应参会人员: the word stands behind its figure.
_SHOULD_BEHIND = compiled(r"应(?!急|用|对|届|付|聘|征|诉|邀|试)([一-龥]{1,4})")
_WAS = compiled(r"(?:实际|实|已)([一-龥]{1,6})$")
#: What was, whatever should have been: 应参会16人，实到15人.
_CAME = compiled(r"实(?:到|际参加|际到会)$")
_OVER = compiled(r"超额|补报|含|结转|提前|[^，。；]{0,4}以外")


class Attendance(NamedTuple):
    """How many should have, and how many did."""

    due: Claim
    done: Claim


def attendances(analysis: Analysis) -> Iterator[Attendance]:
    """Every pair of a figure that is due and the one that was done of it, side by side in a sentence."""
    for group in analysis.by_sentence:
        for due, done in zip(group, group[1:], strict=False):
            if done.clause - due.clause > 1 or not same_unit(due.quantity, done.quantity):
                continue
            if "应" not in due.lead and not due.trail.startswith("应"):
                continue
            if not (due.countable and done.countable) or due.planned or due.carried or done.carried:
                continue
            was = _WAS.search(done.lead)
            should = _SHOULD.search(due.lead) or _SHOULD_BEHIND.match(due.trail)
            named = _SHOULD_OF.search(due.lead)
            if named and done.lead.startswith(named["deed"]) and not _OVER.search(done.lead + done.trail):
                yield Attendance(due, done)
                continue
            if (
                was
                and should
                and (any(sign in should[0] for sign in was[1]) or _CAME.search(done.lead))
                and not _OVER.search(done.lead + done.trail)
            ):
                yield Attendance(due, done)
