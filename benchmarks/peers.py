"""What a check costs here and with other linters, measured in the same run: one report cold, and many.

    python benchmarks/peers.py --install /tmp/peers      # once: from PyPI and the npm registry, into a folder of its own
    python benchmarks/peers.py --peers /tmp/peers
    python benchmarks/peers.py --peers /tmp/peers --files 1000 --runs 9

typos, codespell and autocorrect (native or Python), zhlint, lint-md and textlint with a prh list made of our own confusable words
(JavaScript). Whole processes, everybody's output thrown away; cold runs go in turn, and the ratios are to ``python -c pass`` beside them.
What each of them is for differs, and none of the others recomputes a figure: the table compares cost, nothing else.
"""

from __future__ import annotations

import argparse
import compileall
import csv
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from bulk import LENGTH, USUAL, written

ROOT = Path(__file__).resolve().parent.parent
_PYTHON = ("typos", "codespell", "autocorrect-py")
_NPM = ("zhlint", "textlint", "textlint-rule-prh", "@lint-md/cli")
_AUTOCORRECT = (
    "import sys, pathlib, autocorrect_py as a\n"
    "for top in map(pathlib.Path, sys.argv[1:]):\n"
    "    for one in sorted(top.iterdir()) if top.is_dir() else [top]:\n"
    "        a.lint_for(one.read_text('utf-8'), 'text')\n"
)


class Peer(NamedTuple):
    """A linter: what to run for one file and for a folder; ``suffix`` is what its files must be called."""

    name: str
    version: str
    one: Callable[[Path], list[str]]
    many: Callable[[Path], list[str]]
    suffix: str = ".txt"


class Cost(NamedTuple):
    """Of one process: seconds by the clock and of the processor, and the most memory it held, in MB."""

    wall: float
    cpu: float
    memory: float


def install(folder: Path) -> None:
    """Put the peers into ``folder``: the only step that asks the network."""
    folder.mkdir(parents=True, exist_ok=True)
    subprocess.run([sys.executable, "-m", "venv", str(folder / "venv")], check=True)
    subprocess.run([str(folder / "venv" / "bin" / "pip"), "install", "--quiet", *_PYTHON], check=True)
    npm = shutil.which("npm")
    if npm is None:
        print("no npm here: without zhlint, textlint and lint-md", file=sys.stderr)
        return
    (folder / "package.json").write_text("{}", "utf-8")
    subprocess.run([npm, "install", "--no-audit", "--no-fund", "--loglevel=error", *_NPM], cwd=folder, check=True)


def prh(folder: Path) -> Path:
    """A configuration of textlint in ``folder`` with our confusable words as a prh list."""
    with (ROOT / "rules" / "reportlint_rules" / "typos" / "confusables.csv").open(encoding="utf-8", newline="") as file:
        rows = [
            (row["wrong"], row["right"]) for row in csv.DictReader(line for line in file if not line.startswith("#"))
        ]
    rules = [{"expected": right.split("|")[0], "pattern": wrong} for wrong, right in rows if wrong and right]
    (folder / "prh.yml").write_text(json.dumps({"version": 1, "rules": rules}, ensure_ascii=False), "utf-8")
    target = folder / "textlintrc.json"
    target.write_text(json.dumps({"rules": {"prh": {"rulePaths": [str(folder / "prh.yml")]}}}), "utf-8")
    return target


def peers(folder: Path, scratch: Path) -> list[Peer]:
    """Those that are installed in ``folder``; ourselves first."""
    script = str(Path(sys.executable).with_name("reportlint"))
    ours = [sys.executable, script, "check", "--quiet", "--no-cache", "--jobs", "1", "--format", "json"]
    found = [
        Peer(
            "reportlint",
            _said([sys.executable, script, "version"]),
            lambda path: [*ours, str(path)],
            lambda path: [*ours, str(path)],
        )
    ]
    bin, nodes = folder / "venv" / "bin", folder / "node_modules" / ".bin"
    for name in ("typos", "codespell"):
        if (bin / name).exists():
            command = [str(bin / name)]
            found.append(
                Peer(
                    name,
                    _said([*command, "--version"]),
                    lambda path, c=command: [*c, str(path)],
                    lambda path, c=command: [*c, str(path)],
                )
            )  # type: ignore[misc]
    if any((folder / "venv").glob("lib/*/site-packages/autocorrect_py")):
        command = [str(bin / "python"), "-c", _AUTOCORRECT]
        version = _said(
            [str(bin / "python"), "-c", "from importlib.metadata import version as v; print(v('autocorrect-py'))"]
        )
        found.append(
            Peer("autocorrect-py", version, lambda path: [*command, str(path)], lambda path: [*command, str(path)])
        )
    if (nodes / "lint-md").exists():
        lint_md = str(nodes / "lint-md")
        found.append(
            Peer(
                "lint-md",
                _npm(folder, "@lint-md/cli"),
                lambda path: [lint_md, str(path)],
                lambda path: [lint_md, f"{path}/*.md"],
                ".md",
            )
        )
    if (nodes / "zhlint").exists():
        zhlint = str(nodes / "zhlint")  # it takes no absolute paths
        found.append(
            Peer(
                "zhlint",
                _npm(folder, "zhlint"),
                lambda path: [zhlint, str(path.relative_to(scratch))],
                lambda path: [zhlint, f"{path.relative_to(scratch)}/*.md"],
                ".md",
            )
        )
    if (nodes / "textlint").exists():
        textlint = [
            str(nodes / "textlint"),
            "--config",
            str(prh(scratch)),
            "--rules-base-directory",
            str(folder / "node_modules"),
        ]
        found.append(
            Peer(
                "textlint + prh",
                _npm(folder, "textlint"),
                lambda path: [*textlint, str(path)],
                lambda path: [*textlint, f"{path}/*.txt"],
            )
        )
    return found


def _said(command: list[str]) -> str:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return done.stdout.split("\n")[0].split()[-1] if done.stdout.split() else "?"


def _npm(folder: Path, name: str) -> str:
    version: str = json.loads((folder / "node_modules" / name / "package.json").read_text("utf-8"))["version"]
    return version


def run(command: list[str], folder: Path) -> Cost:
    """One process, in ``folder``."""
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    start = time.perf_counter()
    process = subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment, cwd=folder
    )
    _, _, usage = os.wait4(process.pid, 0)
    process.returncode = 0
    unit = 1 << 20 if sys.platform == "darwin" else 1 << 10
    return Cost(time.perf_counter() - start, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / unit)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--install", type=Path, metavar="FOLDER", help="install the peers and stop")
    parser.add_argument("--peers", type=Path, metavar="FOLDER", default=Path("peers"), help="where they were installed")
    parser.add_argument("--runs", type=int, default=5, help="cold runs of each")
    parser.add_argument("--files", type=int, default=1000, help="how many reports in bulk; 0 leaves that out")
    parser.add_argument("--only", action="append", default=[], help="only peers whose name begins so")
    arguments = parser.parse_args()
    if arguments.install:
        install(arguments.install)
        return
    for package in ("linter", "rules"):
        compileall.compile_dir(ROOT / package, quiet=2)
    with tempfile.TemporaryDirectory() as name:
        scratch = Path(name)
        every = [
            one
            for one in peers(arguments.peers.resolve(), scratch)
            if one.name.startswith(tuple(arguments.only or [""]))
        ]
        _measure(every, scratch, arguments.runs, arguments.files)


def _measure(every: list[Peer], scratch: Path, runs: int, files: int) -> None:
    folders = {".txt": written(scratch / "txt", max(files, 1), share=USUAL)}
    folders[".md"] = scratch / "md"
    folders[".md"].mkdir()
    for path in folders[".txt"].iterdir():
        shutil.copy(path, folders[".md"] / path.with_suffix(".md").name)
    bare = [sys.executable, "-c", "pass"]
    cold: dict[str, list[tuple[float, float]]] = {one.name: [] for one in every}
    for _ in range(runs + 1):
        for one in every:
            report = folders[one.suffix] / f"000000{one.suffix}"
            cold[one.name].append((run(one.one(report), scratch).wall, run(bare, scratch).wall))
    size = sum(path.stat().st_size for path in folders[".txt"].iterdir())
    print(f"one report of {LENGTH} characters, {runs} runs; {files} reports, {size / 1e6:.1f} MB\n")
    print(
        f"{'':<16} {'version':>10} {'cold s':>8} {'× pass':>7} {'bulk wall s':>12} {'bulk CPU s':>11} {'MB':>6} {'MB/s':>7}"
    )
    for one in every:
        pairs = cold[one.name][1:]  # the first one warms the disk
        line = f"{one.name:<16} {one.version:>10} {statistics.median(wall for wall, _ in pairs):8.3f} {statistics.median(wall / other for wall, other in pairs):7.1f}"
        if files:
            cost = run(one.many(folders[one.suffix]), scratch)
            line += f" {cost.wall:12.2f} {cost.cpu:11.2f} {cost.memory:6.0f} {size / 1e6 / cost.cpu:7.2f}"
        print(line, flush=True)


if __name__ == "__main__":
    main()
