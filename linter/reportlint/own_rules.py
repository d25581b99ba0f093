"""RL: the linter's own rules. They speak of our directives in a text, not of the report."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from reportlint.analysis import Analysis
from reportlint.finding import Applicability, Finding, Fix, Message, Outcome, Replacement, Severity
from reportlint.rule import Rule, rule
from reportlint.selection import matches, nearest_rule, unknown
from reportlint.span import Span
from reportlint.suppression import Directive, Malformed, directives, excuse, written


def unused(
    orders: Iterable[Directive], used: set[Directive], ran: Sequence[Rule], installed: Sequence[Rule]
) -> Iterator[Finding]:
    """The directives that excused nothing, though every rule they could be about ran.

    One of the configuration is judged only if it names this very file: another may be needed elsewhere.
    """
    for order in orders:
        about = [rule for rule in installed if matches(order.code, rule)]
        # “TY” speaks of what runs by default; an optional rule that stays away leaves the others to judge by.
        about = [rule for rule in about if not rule.optional or rule in ran] or about
        if order in used or not about or not all(rule in ran for rule in about):
            continue
        words = f"{order.code} “{order.text}”" if order.text else order.code
        if order.span is not None:
            yield Finding(
                order.span,
                Message(
                    f"这里没有 {words} 可以忽略，请删去这条说明",
                    f"nothing here for {words} to excuse; remove the directive",
                ),
                fix=_removal(order.comment),
            )
        elif order.exact:
            yield Finding(
                Span(0, 0),
                Message(
                    f"{order.origin} 里对本文件忽略 {words} 的设置没有用到，请删去",
                    f"{order.origin} excuses {words} in this file, but nothing is found; remove the entry",
                ),
            )


def _removal(comment: Span | None) -> Fix | None:
    """Without the comment; the line that it may leave empty is for the writer to take out."""
    return Fix("删去这条说明", Applicability.UNSAFE, (Replacement(comment, ""),)) if comment else None


@rule(
    "RL001",
    "unused-suppression",
    severity=Severity.WARNING,
    bad=("# 总结\n\n<!-- reportlint: ignore[⟦RL003⟧] 已核对 -->\n全年各项工作有序推进。",),
    good=(
        "# 总结\n\n<!-- 已核对 -->\n全年各项工作有序推进。",
        "# 总结\n\n<!-- reportlint: ignore[AB999] 规则不存在，由 RL002 报 -->\n全年各项工作有序推进。",
    ),
)
def unused_suppression(analysis: Analysis) -> Iterator[Outcome]:
    """忽略说明没有用到。

    正文改过以后，当初要忽略的问题已经不在了，“reportlint: ignore[…]”却还留着，以后真出了同样的问题也会被它放过。请删去。

    只在说明提到的规则都检查过时才报：用 --select 只查一部分规则时，其余规则的说明不算没有用到。配置文件里的忽略设置，只有写明了
    本文件路径的才报。
    """
    from reportlint.registry import rules  # the registry lists this rule

    orders = directives(analysis)
    if orders:
        raw = [(one, found) for one in rules() if one.code != "RL001" for found in one.findings(analysis)]
        _, used = excuse(analysis.document, raw, orders)
        yield from unused(orders, used, rules(), rules())


@rule(
    "RL002",
    "unknown-rule",
    severity=Severity.WARNING,
    bad=("# 总结\n\n<!-- reportlint: ignore[⟦AB999⟧] 已核对 -->\n全年各项工作有序推进。",),
    good=("# 总结\n\n<!-- reportlint: ignore[RL001] 已核对 -->\n全年各项工作有序推进。",),
)
def unknown_rule(analysis: Analysis) -> Iterator[Outcome]:
    """忽略说明里的规则不存在。

    代码或名称写错了，这条说明不起作用，要忽略的问题照样会报。

    可以写代码（NM101）、代码的开头（NM、NM1）或名称（count-exceeds-total）。reportlint rule 列出全部规则。
    """
    orders = directives(analysis)
    if not orders:
        return
    from reportlint.registry import rules

    for order in orders:
        if order.span is None or not unknown([order.code], rules()):
            continue
        close = nearest_rule(order.code, rules())
        place = Span(order.span.start, order.span.start + len(order.code))
        fix = Fix(f"改为 {close}", Applicability.UNSAFE, (Replacement(place, close),)) if close else None
        yield Finding(
            place,
            Message(
                f"没有规则 {order.code}" + (f"，是不是 {close}？" if close else ""),
                f"there is no rule {order.code}" + (f"; did you mean {close}?" if close else ""),
            ),
            suggestion=close,
            fix=fix,
        )


@rule(
    "RL003",
    "malformed-suppression",
    severity=Severity.WARNING,
    bad=(
        "# 总结\n\n⟦<!-- reportlint ignore NM101 -->⟧\n全年各项工作有序推进。",
        "# 总结\n\n⟦<!-- reportlint: ignore[] 已核对 -->⟧\n全年各项工作有序推进。",
        "# 总结\n\n全年各项工作有序推进。⟦<!-- reportlint: ignore[NM101 29项] -->⟧",
    ),
    good=(
        '# 总结\n\n<!-- reportlint: ignore[NM101 "29 项", NM102] 已核对 -->\n全年各项工作有序推进。',
        "# 总结\n\n<!-- 请 reportlint 再查一遍 -->\n全年各项工作有序推进。",
    ),
)
def malformed_suppression(analysis: Analysis) -> Iterator[Outcome]:
    """忽略说明写得不对。

    注释是写给 reportlint 的，格式却不对，因而不起作用。

    正确的写法是 <!-- reportlint: ignore[规则代码] 理由 -->；只忽略一处时写明原文：ignore[规则代码 "原文"]；几条规则用逗号隔开。
    """
    for one in written(analysis):
        if isinstance(one, Malformed):
            yield Finding(
                one.span, Message(f"忽略说明不起作用：{one.problem.zh}", f"malformed directive: {one.problem.en}")
            )


UNUSED = unused_suppression
RULES = (unused_suppression, unknown_rule, malformed_suppression)
