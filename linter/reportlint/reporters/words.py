"""What levels and families are called, and findings in one sentence: shared by the formats that leave the terminal."""

from __future__ import annotations

from reportlint.finding import Diagnostic, Message, Severity
from reportlint.location import location

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportlint.document import Document
    from reportlint.finding import Finding
    from reportlint.reporters.style import Style

LEVELS: dict[Severity, Message] = {
    Severity.ERROR: Message("错误", "error"),
    Severity.WARNING: Message("警告", "warning"),
    Severity.INFO: Message("提示", "info"),
}
#: How much of a place in another file is quoted.
_QUOTED = 60
#: The families that come with the program; those of other packages are called by their letters.
FAMILIES: dict[str, Message] = {
    "PH": Message("占位符", "placeholders"),
    "NM": Message("数字关系", "figures"),
    "PV": Message("指标取值", "values"),
    "DT": Message("日期", "dates"),
    "TY": Message("错别字", "typos"),
    "TM": Message("用语", "terms"),
    "ST": Message("结构", "structure"),
    "PN": Message("标点", "punctuation"),
    "UN": Message("计量单位", "units"),
    "RS": Message("残留", "residue"),
    "LG": Message("跨文件核对", "other documents"),
    "RL": Message("忽略说明", "directives"),
}


def family(code: str) -> Message:
    """What the family with these letters is called.

    >>> family("NM").zh, family("ZZ").zh
    ('数字关系', 'ZZ')
    """
    return FAMILIES.get(code, Message(code))


def described(document: Document, diagnostic: Diagnostic, style: Style) -> str:
    """The message of a finding, after its place where line and column say nothing, with what should stand there and the other files."""
    finding = diagnostic.finding
    where = location(document, finding.span.start)
    words = style.say(finding.message)
    if where is not None:
        colon = ": " if style.lang == "en" else "："
        words = f"{style.say(where)}{colon}{words}"
    if finding.suggestion is not None:
        words += f" (use: {finding.suggestion})" if style.lang == "en" else f"（建议：{finding.suggestion}）"
    return words + "".join(f" ({one})" if style.lang == "en" else f"（{one}）" for one in elsewhere(finding, style))


def elsewhere(finding: Finding, style: Style) -> Iterator[str]:
    """The places in other files that a finding speaks of: what each is, file and place, the words there."""
    for one in finding.elsewhere:
        document, (line, column) = one.document, one.document.place(one.span.start)
        where = location(document, one.span.start)
        place = f"{document.path} {style.say(where)}" if where else f"{document.path}:{line}:{column}"
        text = " ".join(document.slice(one.span).split())[:_QUOTED]
        label = style.label(one.message, one.en)
        yield f"{label} {place}: {text}" if style.lang == "en" else f"{label} {place}：{text}"
