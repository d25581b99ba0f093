"""Starts a rule: a module in its family with page, examples and a generator, an entry in RULES, and a place in ``cases.md``.

python tools/new_rule.py numbers NM130 budget-exceeded "超预算"
"""

from __future__ import annotations

import argparse
import re
import sys
from pathlib import Path

RULES = Path(__file__).resolve().parent.parent / "rules" / "reportlint_rules"

TEMPLATE = '''"""{code}: {title}."""

from __future__ import annotations

from collections.abc import Iterator

from reportlint.analysis import Analysis
from reportlint.finding import Finding, Message, Outcome, Severity
from reportlint.rule import rule
from reportlint.span import Span


@rule(
    "{code}",
    "{name}",
    severity=Severity.WARNING,
    bad=("这里写一句有错的话，用⟦错处⟧标出报告的位置。",),
    good=("这里写一句看着像、其实没错的话。",),
)
def {function}(analysis: Analysis) -> Iterator[Outcome]:
    """{title}。

    第二段说为什么这是错、怎么造成的。

    第三段说什么样的不算。
    """
    text = analysis.reading.text
    at = text.find("错处")
    if at >= 0:
        yield Finding(
            analysis.span(Span(at, at + 2)),
            Message("说清楚哪里不对、怎么算出来的、该怎么办", "what is wrong, the arithmetic, what to do"),
        )
'''

CASES = """
## {code} {name}

### bad
- 这里写一句有错的话，用⟦错处⟧标出报告的位置。

### good
- 这里写一句看着像、其实没错的话。
"""


def register(family: Path, module: str, function: str) -> None:
    """Import the rule in the module ``family`` and append it to ``RULES``."""
    path = family / "family.py"
    source = path.read_text("utf-8")
    package = f"reportlint_rules.{family.name}"
    line = f"from {package}.{module} import {function}\n"
    first = source.find("from ")
    source = source[:first] + line + source[first:] if first >= 0 else source + "\n" + line
    body = re.search(r"RULES = \((.*?)\)", source, re.DOTALL)
    if body is None:
        sys.exit(f"{path} has no RULES tuple")
    inner = body[1].rstrip().rstrip(",")
    source = source[: body.start(1)] + f"{inner}, {function},\n" + source[body.end(1) :]
    path.write_text(source, "utf-8")


def main() -> None:
    """Create the files, or say why not."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "family", help="an existing family: " + ", ".join(sorted(p.parent.name for p in RULES.glob("*/__init__.py")))
    )
    parser.add_argument("code", help="two letters and three digits: NM130")
    parser.add_argument("name", help="the defect, in English, with hyphens: budget-exceeded")
    parser.add_argument("title", help="the defect in Chinese, one line")
    arguments = parser.parse_args()
    family = RULES / arguments.family
    module = arguments.name.replace("-", "_")
    target = family / f"{module}.py"
    if not (family / "__init__.py").is_file():
        sys.exit(f"no family {arguments.family} in {RULES}")
    if not re.fullmatch(r"[A-Z]{2}\d{3}", arguments.code) or not re.fullmatch(
        r"[a-z0-9]+(-[a-z0-9]+)*", arguments.name
    ):
        sys.exit("a code looks like NM130, a name like budget-exceeded")
    if target.exists() or any(f'"{arguments.code}"' in path.read_text("utf-8") for path in RULES.rglob("*.py")):
        sys.exit(f"{arguments.code} or {target} exists already")
    fields = {"code": arguments.code, "name": arguments.name, "title": arguments.title, "function": module}
    target.write_text(TEMPLATE.format(**fields), "utf-8")
    cases = family / "cases.md"
    known = cases.read_text("utf-8").rstrip("\n") if cases.exists() else ""
    cases.write_text("\n\n".join(filter(None, (known, CASES.format(**fields).lstrip("\n")))), "utf-8")
    register(family, module, module)
    tools = Path(sys.executable).parent
    print(f"{target}\n{cases}\nnow: {tools}/ruff check --fix rules && {tools}/ruff format rules")
    print(f"then: {tools}/pytest tests/test_rules.py -k {arguments.code}")


if __name__ == "__main__":
    main()
