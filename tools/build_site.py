"""Build the documentation site: pages of docs/, and a page for every rule, made from the rule itself.

    .venv/bin/pip install -e '.[docs]'
    .venv/bin/python tools/build_site.py              # into build/site
    .venv/bin/python tools/build_site.py --prepare    # only the sources, into build/docs: then `mkdocs serve`

What a rule says about its bad examples is asked of the rule while its page is written, so that no page can promise what the program
does not do.
"""

from __future__ import annotations

import argparse
import importlib.util
import inspect
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from html import escape
from pathlib import Path

from reportlint.analysis import Analysis, Context
from reportlint.api import check_text
from reportlint.examples import Case, read_cases, unmark
from reportlint.finding import Applicability, Finding, Severity
from reportlint.registry import rules
from reportlint.reporters import reporter
from reportlint.reporters.style import Style
from reportlint.reporters.words import LEVELS, family
from reportlint.rule import Rule
from reportlint.run import Run
from reportlint.sources import from_text

ROOT = Path(__file__).resolve().parent.parent
SOURCES = ROOT / "build" / "docs"
SITE = ROOT / "build" / "site"
#: Pages that live elsewhere in the repository, and what they are called on the site.
_GUESTS = {"CHANGELOG.md": "changelog.md", "CONTRIBUTING.md": "contributing.md"}
_MOST_CASES = 12
#: What Chinese is set in: characters and full-width punctuation.
_WIDE = re.compile("[\u4e00-\u9fff\u3000-\u303f\uff01-\uff5e“”‘’—…]")


def prepare(target: Path) -> None:
    """Put the sources of the site into ``target``, which is emptied first."""
    shutil.rmtree(target, ignore_errors=True)
    shutil.copytree(ROOT / "docs", target)
    for one in target.rglob("*.md"):
        one.write_text(joined(one.read_text("utf-8")), "utf-8")
    for name, shown in _GUESTS.items():
        (target / shown).write_text(joined((ROOT / name).read_text("utf-8")), "utf-8")
    (target / "sample.html").write_text(sample(), "utf-8")
    folder = target / "rules"
    folder.mkdir()
    every = rules()
    (folder / "index.md").write_text("\n".join(index(every)) + "\n", "utf-8")
    for one in every:
        (folder / f"{one.code}.md").write_text("\n".join(page(one, every)) + "\n", "utf-8")


def sample() -> str:
    """The HTML report of a sample, to show what one looks like."""
    name = "seeds/env-half-year.txt"
    result = check_text((ROOT / name).read_text("utf-8"), name)
    return "".join(reporter("html")(Run((result,), failing=True), Style()))


def joined(markdown: str) -> str:
    """``markdown`` with lines of Chinese joined: a browser would show a space where the source breaks a line."""
    lines: list[str] = []
    fenced = False
    for line in markdown.split("\n"):
        fenced ^= line.lstrip().startswith("```")
        before = lines[-1] if lines else ""
        runs_on = _WIDE.match(before[-1:]) and _WIDE.match(line.lstrip(" ")[:1]) and not before.startswith(("#", "|"))
        if runs_on and not fenced:
            lines[-1] += line.lstrip(" ")
        else:
            lines.append(line)
    return "\n".join(lines)


def build(target: Path) -> int:
    """Build the site from the sources into ``target``; every warning is an error."""
    with (
        tempfile.TemporaryDirectory() as private
    ):  # the word splitter of the search keeps a cache in the temporary folder
        environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1", "TMPDIR": private}
        command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--site-dir", str(target)]
        done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        print(done.stdout, done.stderr, sep="\n", file=sys.stderr)
    return done.returncode


def index(every: Sequence[Rule]) -> Iterator[str]:
    """The list of rules, by family."""
    yield "# 规则\n"
    yield f"共 {len(every)} 条。每条的说明、例句都出自规则本身；例句后面的话是程序对它说的原话。\n"
    yield "**错误**是从文字本身就能断定的，**警告**多半有错、要人看，**提示**是体例和用语。\n"
    for code in dict.fromkeys(one.family for one in every):
        yield f"## {code} {family(code).zh}\n"
        yield "| 代码 | 名称 | 级别 | 管什么 |"
        yield "|---|---|---|---|"
        for one in every:
            if one.family == code:
                title = _prose(one.title.rstrip("。")).replace("|", "&#124;")
                yield f"| [{one.code}]({one.code}.md) | `{one.name}` | {LEVELS[one.severity].zh} | {title} |"
        yield ""


def page(rule: Rule, every: Sequence[Rule]) -> Iterator[str]:
    """The page of a rule: why, what does not count, examples with what is said of them, how to live with it, where it comes from."""
    title, *paragraphs = re.split(r"\n\s*\n", rule.doc)
    yield f"# {rule.code} {_prose(title.strip().rstrip('。'))}\n"
    yield f"`{rule.name}` · **{LEVELS[rule.severity].zh}**（{rule.severity.label}） · {family(rule.family).zh}\n"
    headings = ("为什么", "什么不算，怎么量")
    for number, words in enumerate(paragraphs):
        if number < len(headings):
            yield f"## {headings[number]}\n"
        yield _prose(words) + "\n"
    yield "## 会报\n"
    for example in rule.bad:
        yield _bad(rule, example)
    yield "## 不报\n"
    yield "看着像、其实没错的写法：\n"
    for example in rule.good:
        yield _case(escape(example), bad=False)
    yield from _more(rule)
    yield "## 选项\n"
    yield from _options(rule)
    yield "## 出处\n"
    yield from _source(rule)
    others = [one for one in every if one.family == rule.family and one is not rule]
    if others:
        yield "## 同类规则\n"
        yield "、".join(f"[{one.code}]({one.code}.md) {_prose(one.title.rstrip('。'))}" for one in others) + "\n"


def _prose(words: str) -> str:
    """Words of a docstring as Markdown that says the same: what would be markup in a text about texts is shown."""
    words = joined(words)
    return re.sub(r"[\\`*_{}\[\]<>#+!|~^$]", lambda match: f"&#{ord(match[0])};", words)


def _case(body: str, *, bad: bool, says: Sequence[str] = ()) -> str:
    said = "".join(f'<p class="says">{escape(line)}</p>' for line in says)
    lines = body.replace("\n", "<br>").replace("\r", "")
    return f'<div class="case{" bad" if bad else ""}"><p>{lines}</p>{said}</div>\n'


def _bad(rule: Rule, example: str) -> str:
    """An example with its places marked and what the rule says of them."""
    marked = escape(example).replace("⟦", "<mark>").replace("⟧", "</mark>")
    return _case(marked, bad=True, says=list(dict.fromkeys(map(_said, findings(rule, example)))))


def findings(rule: Rule, example: str) -> list[Finding]:
    """What ``rule`` finds in a marked example; Markdown where it is written as such, as its tests have it."""
    text, _ = unmark(example)
    found: list[Finding] = []
    for suffix in (".txt", ".md"):
        given = rule.given() if rule.given is not None else Context()
        found = list(rule.findings(Analysis(from_text(text, f"例句{suffix}", suffix), given)))
        if found:
            break
    return found


def _said(finding: Finding) -> str:
    advice = f"（建议：{finding.suggestion}）" if finding.suggestion is not None else ""
    return f"→ {finding.message.zh}{advice}"


def _more(rule: Rule) -> Iterator[str]:
    """Cases of the family's ``cases.md``, folded."""
    cases = _cases(rule)
    if not cases:
        return
    for side, title in ((True, "更多会报的例句"), (False, "更多不报的例句")):
        chosen = [case for case in cases if case.bad is side]
        if not chosen:
            continue
        yield f"<details><summary>{title}（{min(len(chosen), _MOST_CASES)} / {len(chosen)}）</summary>\n"
        for case in chosen[:_MOST_CASES]:
            yield _bad(rule, case.text) if side else _case(escape(case.text), bad=False)
        yield "</details>\n"


def _cases(rule: Rule) -> list[Case]:
    folder = _module_file(rule).parent
    return [case for path in sorted(folder.glob("*.md")) for case in read_cases(path) if case.code == rule.code]


def _options(rule: Rule) -> Iterator[str]:
    """How to choose the rule, to excuse a place, and whether it mends what it finds."""
    fixes = [one.fix for example in rule.bad for one in findings(rule, example) if one.fix is not None]
    best = max((fix.applicability for fix in fixes), default=None)
    mending = {
        None: "这条规则不自动改。",
        Applicability.DISPLAY: "这条规则给出改法，但不自动改：该改哪一处由人决定。",
        Applicability.UNSAFE: "能自动改，但改完要人看：`reportlint check --fix --unsafe-fixes`。",
        Applicability.SAFE: "能自动改：`reportlint check --fix`。",
    }
    yield f"{mending[best]}\n"
    if rule.severity is Severity.ERROR:
        gate = "`--fail-on error` 和默认设置都会因它失败"
    elif rule.severity is Severity.WARNING:
        gate = "默认设置会因它失败，`--fail-on error` 不会"
    else:
        gate = "它从不让检查失败（除非 `--fail-on info`）"
    yield f"退出码：{gate}。\n"
    yield "放过某一处（`reportlint.toml`），或整条不查：\n"
    yield f'```toml\n[[ignore]]\npath = "drafts/总结.txt"\ncode = "{rule.code}"\ntext = "原文里的那几个字"\nreason = "为什么没有错"\n```\n'
    yield f"```sh\nreportlint check --ignore {rule.code} drafts/\n```\n"


def _source(rule: Rule) -> Iterator[str]:
    file = _module_file(rule)
    function = inspect.unwrap(rule.check)
    line = function.__code__.co_firstlineno if inspect.isfunction(function) else 1
    shown = file.relative_to(ROOT).as_posix() if file.is_relative_to(ROOT) else file.name
    yield f"代码：`{shown}` 第 {line} 行。\n"
    tables = sorted(path.name for path in file.parent.iterdir() if path.suffix in (".tsv", ".csv"))
    used = [name for name in tables if name in file.read_text("utf-8")]
    if used:
        yield "词表（每行写明来源）：" + "、".join(f"`{name}`" for name in used) + "。\n"


def _module_file(rule: Rule) -> Path:
    spec = importlib.util.find_spec(rule.check.__module__)
    if spec is None or spec.origin is None:
        raise SystemExit(f"no source for {rule.code}")
    return Path(spec.origin)


def main() -> int:
    """Prepare the sources, then build."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--prepare", action="store_true", help="only write the sources, into build/docs")
    parser.add_argument("--site", type=Path, default=SITE, help="where the site goes (build/site)")
    arguments = parser.parse_args()
    prepare(SOURCES)
    if arguments.prepare:
        return 0
    status = build(arguments.site.resolve())
    if status == 0:
        print(arguments.site)
    return status


if __name__ == "__main__":
    sys.exit(main())
