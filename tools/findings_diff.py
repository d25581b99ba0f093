"""What a change does to the findings: two versions read the same reports, and what one says and the other does not is printed by rule.

    python tools/findings_diff.py                          # the last release (or, before the first, the last commit) against this tree
    python tools/findings_diff.py v0.1.0 HEAD seeds ~/reports --format markdown
    python tools/findings_diff.py old.whl new.whl --generated 200 --exit-code

A version is a git revision, a checkout or a wheel. Read are the samples of ``seeds/``, reports generated with figures that all agree
(``--generated``: every finding on them is a false alarm), and whatever files and folders are named. Both versions run with the other
packages of this environment. Exit 0; with ``--exit-code`` 1 where anything differs; 2 where a version cannot be built or run.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import subprocess
import sys
import sysconfig
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from release import UntriedError, exported, git

ROOT = Path(__file__).resolve().parent.parent
_MOST_SHOWN = 40
_RELEASES = "v[0-9]*"


class Said(NamedTuple):
    """One finding as a reader sees it: where, which rule, on which text."""

    path: str
    line: int
    column: int
    code: str
    text: str


class Change(NamedTuple):
    """A finding that only one version makes, or that both make in other words or at another level."""

    kind: str
    said: Said
    before: str
    after: str


def last_release() -> str:
    """The newest release tag before this tree, which may itself be a release; before the first, the last commit that is not this tree."""
    changed = bool(git("status", "--porcelain", "--untracked-files=no"))
    try:
        described = git("describe", "--tags", "--abbrev=0", "--match", _RELEASES).decode().strip()
        if changed or git("rev-parse", f"{described}^{{commit}}") != git("rev-parse", "HEAD"):
            return described
        return git("describe", "--tags", "--abbrev=0", "--match", _RELEASES, "HEAD^").decode().strip()
    except UntriedError:
        pass
    if changed:
        return "HEAD"
    try:
        return git("rev-parse", "--verify", "--quiet", "HEAD^").decode().strip()[:9]
    except UntriedError:  # a clone without history
        return "HEAD"


def installed(version: str, folder: Path) -> Path:
    """The packages of ``version``, in a folder that goes on PYTHONPATH before everything else."""
    source = Path(version)
    if not source.exists():
        source = exported(version, folder / "tree")
    packages = folder / "packages"
    done = subprocess.run(
        [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--disable-pip-version-check", "--target", str(packages), str(source)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    if done.returncode:
        raise UntriedError(
            f"{version}: {done.stderr.strip().splitlines()[-1] if done.stderr.strip() else 'pip failed'}"
        )
    return packages


def others(folder: Path) -> Path:
    """The packages of this environment apart from reportlint itself, whose entry points would be found beside the other version's."""
    folder.mkdir()
    for kind in ("purelib", "platlib"):
        for path in Path(sysconfig.get_path(kind)).iterdir():
            if "reportlint" not in path.name and path.suffix != ".pth" and not (folder / path.name).is_symlink():
                (folder / path.name).symlink_to(path)
    return folder


def findings(packages: Path, libraries: Path, paths: Sequence[Path], arguments: Sequence[str]) -> dict[Said, str]:
    """What the version in ``packages`` says of ``paths``: level and message by finding."""
    # What a reader's own configuration says must not colour the comparison.
    settings = packages / "no-configuration.toml"
    settings.touch()
    environment = {**os.environ, "PYTHONPATH": f"{packages}{os.pathsep}{libraries}", "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(
        [sys.executable, "-S", "-m", "reportlint", "check", "--format", "json", "--no-cache", *arguments, "--config", str(settings), *map(str, paths)],
        capture_output=True, text=True, encoding="utf-8", env=environment, check=False,
    )  # fmt: skip
    try:
        page: dict[str, Any] = json.loads(done.stdout)
    except ValueError:
        raise UntriedError(f"{packages}: {done.stderr.strip() or f'exit {done.returncode}'}") from None
    return {
        Said(one["path"], one["line"] or 0, one["column"] or 0, one["code"], one["text"]): f"{one['severity']}: {one['message']}"
        for one in page["findings"]
    }  # fmt: skip


def generated(count: int, folder: Path) -> Iterator[Path]:
    """``count`` reports whose figures all agree, the same ones every time."""
    sys.path.insert(0, str(ROOT / "benchmarks"))
    from makers import MAKERS

    rng = random.Random(20240630)
    folder.mkdir()
    for number in range(count):
        # One sentence a relation: two of a kind may well say the same thing twice, which is a finding and no false alarm.
        sentences = {
            sample.relation: sample.right for maker in MAKERS for sample in maker(rng) if "2023年" not in sample.right
        }
        chosen = rng.sample(sorted(set(sentences.values())), 10)
        path = folder / f"generated-{number:04}.txt"
        pairs = ("".join(chosen[at : at + 2]) for at in range(0, len(chosen), 2))
        path.write_text("全县2024年工作总结\n\n" + "\n".join(pairs) + "\n", "utf-8")
        yield path


def shortened(said: Said, *folders: Path) -> Said:
    """``said`` with its path as people would write it."""
    path = said.path
    for folder in folders:
        path = path.removeprefix(f"{folder}{os.sep}")
    return said._replace(path=path)


def compared(old: dict[Said, str], new: dict[Said, str]) -> list[Change]:
    """Every finding on which the two differ, in the order of rule and place."""
    changes = [Change("removed", said, was, "") for said, was in old.items() if said not in new]
    changes += [Change("added", said, "", now) for said, now in new.items() if said not in old]
    changes += [
        Change("changed", said, old[said], now) for said, now in new.items() if said in old and old[said] != now
    ]
    return sorted(changes, key=lambda one: (one.said.code, one.said, one.kind))


def table(changes: Sequence[Change], markdown: bool) -> Iterator[str]:
    """The number of changes by rule."""
    counts = Counter((one.said.code, one.kind) for one in changes)
    rows = [(code, *(counts[code, kind] for kind in _KINDS)) for code in sorted({code for code, _ in counts})]
    if markdown:
        yield "| rule | " + " | ".join(_KINDS) + " |"
        yield "|---|" + "--:|" * len(_KINDS)
    for code, *numbers in rows:
        if markdown:
            yield f"| {code} | " + " | ".join(str(number or "") for number in numbers) + " |"
        else:
            yield f"{code:6} " + "  ".join(f"{kind} {number:<4}" for kind, number in zip(_KINDS, numbers, strict=True))


_KINDS = ("added", "removed", "changed")
_SIGNS = {"added": "+", "removed": "-", "changed": "~"}


def lines(changes: Sequence[Change], markdown: bool) -> Iterator[str]:
    """Every change, one or two lines each."""
    if markdown:
        yield "```diff"
    for one in changes[:_MOST_SHOWN] if markdown else changes:
        where = f"{one.said.path}:{one.said.line}:{one.said.column} {one.said.code} {one.said.text}"
        yield f"{_SIGNS[one.kind]} {where}  {one.after or one.before}"
        if one.kind == "changed":
            yield f"    was {one.before}"
    if markdown:
        yield "```"
        if len(changes) > _MOST_SHOWN:
            yield f"… {len(changes) - _MOST_SHOWN} more"


def difference(
    old: str, new: str, paths: Iterable[Path], count: int, arguments: Sequence[str]
) -> tuple[list[Change], int, int]:
    """The changes from ``old`` to ``new``, and how many findings each makes."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        read = [*paths, *generated(count, folder / "generated")]
        libraries = others(folder / "libraries")
        sides = []
        for which, version in (("old", old), ("new", new)):
            (folder / which).mkdir()
            sides.append(findings(installed(version, folder / which), libraries, read, arguments))
        before, after = (
            {shortened(said, folder, ROOT): what for said, what in side.items()} for side in sides
        )  # fmt: skip
        return compared(before, after), len(before), len(after)


def main() -> int:
    """Print the difference."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("old", nargs="?", help="git revision, checkout or wheel; default the last release")
    parser.add_argument("new", nargs="?", default=str(ROOT), help="default: this tree as it stands")
    parser.add_argument("paths", nargs="*", type=Path, default=[ROOT / "seeds"], help="reports to read; default seeds/")
    parser.add_argument(
        "--generated", type=int, default=100, help="how many generated consistent reports (default 100)"
    )
    parser.add_argument("--optional", action="append", default=[], metavar="RULE", help="switch this rule on in both")
    parser.add_argument("--format", choices=["text", "markdown"], default="text")
    parser.add_argument("--exit-code", action="store_true", help="exit 1 where anything differs")
    options = parser.parse_args()
    old = options.old or last_release()
    extra = [word for rule in options.optional for word in ("--extend-select", rule)]
    missing = [path for path in options.paths if not path.exists()]
    try:
        if missing:
            raise UntriedError(f"no such file or folder: {', '.join(map(str, missing))}")
        changes, before, after = difference(old, options.new, options.paths, options.generated, extra)
    except UntriedError as wrong:
        print(f"findings_diff: {wrong}", file=sys.stderr)
        return 2
    markdown = options.format == "markdown"
    new = "this tree" if options.new == str(ROOT) else options.new
    heading = f"findings: {old} {before} → {new} {after}"
    print(f"### {heading}\n" if markdown else heading)
    if changes:
        for line in (*table(changes, markdown), "", *lines(changes, markdown)):
            print(line)
    else:
        print("no difference")
    return 1 if changes and options.exit_code else 0


if __name__ == "__main__":
    sys.exit(main())
