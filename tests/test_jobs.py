"""Several processes find the same as one, and none of them takes the others down."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from reportlint import jobs as sharing
from reportlint.discovery import Target
from reportlint.jobs import worthwhile

SEEDS = Path(__file__).parent.parent / "seeds"
WRONG = "共26项，已完成29项。\n"
#: A package of rules that does what the text says.
PACK = """
import os, sys, time
from reportlint.rule import rule
from reportlint.finding import Severity
@rule('ZZ001', 'does-as-told', severity=Severity.INFO, bad=('甲',), good=('乙',))
def told(analysis):
    '''照办。'''
    text = analysis.document.text
    if '退出' in text:
        os._exit(7)
    if '自杀' in text:
        os.kill(os.getpid(), 9)
    if '出错' in text:
        raise ValueError('x')
    if '慢慢' in text:
        time.sleep(0.3)
    if '说话' in text:
        print('stray'); os.write(1, b'more'); sys.stdout.flush()
    return iter(())
RULES = (told,)
"""


@pytest.fixture
def reports(tmp_path: Path) -> Path:
    folder = tmp_path / "材料"
    (folder / "下面").mkdir(parents=True)
    names = sorted(name for name in SEEDS.glob("env-*.*") if name.suffix != ".toml")
    for number, name in enumerate(names):
        shutil.copy(name, folder if number % 2 else folder / "下面")
    (folder / "二进制.txt").write_bytes(b"\0\1\2\xff" * 50)
    (folder / "下面" / "空.txt").write_text("", "utf-8")
    (folder / "下面" / "reportlint.toml").write_text('ignore-codes = ["PH"]\n', "utf-8")
    return folder


@pytest.fixture
def pack(tmp_path: Path) -> dict[str, str]:
    """An environment in which the package of rules is installed."""
    home = tmp_path / "packs"
    (home / "told-1.0.dist-info").mkdir(parents=True)
    (home / "told-1.0.dist-info" / "entry_points.txt").write_text("[reportlint.rules]\ntold = told\n", "utf-8")
    (home / "told.py").write_text(PACK, "utf-8")
    return {"PYTHONPATH": str(home)}


def command(*args: str | Path) -> list[str]:
    return [sys.executable, "-m", "reportlint", "check", "--no-cache", *map(str, args)]


def check(folder: Path, *args: str | Path, **env: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        command(*args), cwd=folder, capture_output=True, env={**os.environ, **env}, timeout=120, check=False
    )


@pytest.mark.parametrize("args", [("--format", "json", "--stats"), ("--format", "html", "--lang", "en")], ids=str)
def test_any_number_of_processes_says_the_same(reports: Path, args: tuple[str, ...]) -> None:
    alone = check(reports, ".", "--jobs", "1", *args)
    assert len(alone.stdout) > 2000 and alone.returncode == 2
    for jobs in ("2", "3", "auto"):
        shared = check(reports, ".", "--jobs", jobs, *args)
        assert (shared.stdout, shared.stderr, shared.returncode) == (alone.stdout, alone.stderr, alone.returncode)


def test_baseline_comparison_and_cache_work_with_several_processes(reports: Path, tmp_path: Path) -> None:
    (reports / "二进制.txt").unlink()
    said = {}
    for jobs in ("1", "2"):
        baseline = tmp_path / f"{jobs}.json"
        check(reports, "下面", "--jobs", jobs, "--baseline", baseline, "--write-baseline")
        options = ("--jobs", jobs, "--format", "json", "--together", ".", "--previous", "下面/env-first-quarter.md")
        said[jobs] = [
            check(reports, ".", "--baseline", baseline, *options).stdout,
            subprocess.run(
                [arg for arg in command(".", "--cache-dir", tmp_path / "cache", *options) if arg != "--no-cache"],
                cwd=reports,
                capture_output=True,
                check=False,
            ).stdout,
        ]
        said[jobs].append(baseline.read_bytes())
    assert said["1"] == said["2"] and json.loads(said["1"][0])["summary"]["baselined"]


@pytest.mark.parametrize(("word", "why"), [("退出", "退出码 7"), ("自杀", "SIGKILL")])
@pytest.mark.skipif(sys.platform == "win32", reason="signals")
def test_a_process_that_dies_names_its_file_and_the_rest_is_kept(
    tmp_path: Path, pack: dict[str, str], word: str, why: str
) -> None:
    folder = tmp_path / "稿"
    folder.mkdir()
    for number in range(12):
        (folder / f"{number:02}.txt").write_text(WRONG, "utf-8")
    for name in ("05", "07"):
        (folder / f"{name}.txt").write_text(WRONG + word, "utf-8")
    done = check(folder, ".", "--jobs", "2", "--format", "json", **pack)
    report = json.loads(done.stdout)
    assert done.returncode == 2
    assert [one["path"] for one in report["files"] if one["status"] == "error"] == ["05.txt", "07.txt"]
    assert report["summary"]["error"] == 10
    said = done.stderr.decode()
    assert said.count("\n") == 2 and why in said and "05.txt: " in said and "Traceback" not in said


def test_an_error_in_a_rule_is_told_as_it_is_by_one_process(tmp_path: Path, pack: dict[str, str]) -> None:
    for number in range(6):
        (tmp_path / f"{number}.txt").write_text(WRONG + ("出错" if number == 3 else "说话"), "utf-8")
    one, two = (check(tmp_path, ".", "--jobs", jobs, "--format", "gitlab", **pack) for jobs in "12")
    assert one.stderr == two.stderr and "ValueError" in two.stderr.decode() and two.returncode == 2
    assert json.loads(two.stdout) and one.stdout.endswith(two.stdout)


@pytest.mark.skipif(sys.platform == "win32", reason="signals")
def test_an_interruption_ends_everything_at_once_and_without_noise(tmp_path: Path, pack: dict[str, str]) -> None:
    folder = tmp_path / "稿"
    folder.mkdir()
    for number in range(200):
        (folder / f"{number}.txt").write_text(WRONG + "慢慢", "utf-8")
    running = subprocess.Popen(
        command(".", "--jobs", "2"),
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, **pack},
    )
    children: list[int] = []
    for _ in range(100):
        time.sleep(0.1)
        children = _children(running.pid)
        if len(children) == 2:
            break
    assert len(children) == 2
    time.sleep(0.5)
    start = time.monotonic()
    running.send_signal(signal.SIGINT)
    out, said = running.communicate(timeout=20)
    assert running.returncode == 130 and out == b"" and b"Traceback" not in said
    assert time.monotonic() - start < 10
    assert not any(_alive(pid) for pid in children)


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_nobody_is_left_when_the_run_itself_is_killed(tmp_path: Path, pack: dict[str, str]) -> None:
    for number in range(100):
        (tmp_path / f"{number}.txt").write_text(WRONG + "慢慢", "utf-8")
    running = subprocess.Popen(command(".", "--jobs", "2"), cwd=tmp_path, env={**os.environ, **pack})
    children: list[int] = []
    for _ in range(100):
        time.sleep(0.1)
        children = _children(running.pid)
        if len(children) == 2:
            break
    running.kill()
    running.wait()
    for _ in range(100):
        if not any(_alive(pid) for pid in children):
            break
        time.sleep(0.1)
    assert children and not any(_alive(pid) for pid in children)


def _children(pid: int) -> list[int]:
    try:
        return [
            int(one) for task in Path(f"/proc/{pid}/task").iterdir() for one in (task / "children").read_text().split()
        ]
    except OSError:
        return []


def _alive(pid: int) -> bool:
    try:
        return ") Z" not in Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return False


def test_processes_are_as_many_as_pay(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sharing, "processors", lambda: 8)
    small, large = tmp_path / "小.txt", tmp_path / "大.txt"
    small.write_bytes(b"a" * 1000)
    large.write_bytes(b"a" * 3_000_000)
    few = [Target(small, "小.txt")] * 20
    assert worthwhile(few, None) == 1
    assert worthwhile([Target(large, "大.txt")], None) == 1
    assert 1 < worthwhile([*few, Target(large, "大.txt")], None) <= 8
    assert worthwhile([Target(large, "大.txt")] * 20, None) == 8
    assert worthwhile(few, 3) == 3 and worthwhile(few[:2], 3) == 2
    assert worthwhile([Target(tmp_path / "没有", "没有"), Target(None, "-")], None) == 1


@pytest.mark.parametrize("value", ["0", "-1", "two", "1.5"])
def test_a_number_that_is_none_is_told(tmp_path: Path, value: str) -> None:
    done = check(tmp_path, ".", "--jobs", value)
    assert done.returncode == 2 and "auto" in done.stderr.decode()


def test_the_configuration_may_say_how_many(reports: Path) -> None:
    (reports / "reportlint.toml").write_text('jobs = 2\nformat = "json"\n', "utf-8")
    assert json.loads(check(reports, ".").stdout)["summary"]["files"] > 3
    (reports / "reportlint.toml").write_text('jobs = "many"\n', "utf-8")
    assert "jobs" in check(reports, ".").stderr.decode()
