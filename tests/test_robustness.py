"""What may happen around a run: files that are none, disks that are full, processes that are killed, settings that are traps."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from random import Random
from xml.etree import ElementTree

import pytest

from conftest import ROOT
from reportlint.globs import sound, spec
from reportlint.sources import from_bytes
from test_cli import RIGHT, WRONG, call, err, out

pytestmark = pytest.mark.skipif(os.name == "nt", reason="files as Unix has them")
FIXABLE = "各项工作有序推进。。\n"


def test_links_in_circles_pipes_and_dead_links_are_left_in_a_walk(tmp_path: Path) -> None:
    (tmp_path / "wrong.txt").write_text(WRONG, "utf-8")
    (tmp_path / "circle").symlink_to(tmp_path)
    (tmp_path / "self.txt").symlink_to("self.txt")
    (tmp_path / "dead.txt").symlink_to("nowhere")
    os.mkfifo(tmp_path / "pipe.txt")
    done = call("check", ".", cwd=tmp_path)
    assert done.returncode == 1 and out(done).count("NM101") == 1 and "Traceback" not in err(done)


@pytest.mark.parametrize("name", ["reportlint.toml", "pyproject.toml", ".gitignore", ".reportlintignore"])
def test_a_pipe_in_place_of_a_configuration_is_not_waited_for(tmp_path: Path, name: str) -> None:
    (tmp_path / "wrong.txt").write_text(WRONG, "utf-8")
    os.mkfifo(tmp_path / name)
    assert call("check", ".", cwd=tmp_path).returncode == 1


@pytest.mark.parametrize(
    "table",
    [
        "a = " + "[" * 100_000,
        "a = " + "9" * 10_000,
        'terms-file = "a\\u0000b"',
        'terms-file = "a\\nb/c.txt"',
        '[[ignore]]\npath = """[[a\nb"""',
        '"a\\nb" = 1',
        '[limits]\n"a\\nb" = 1',
        'output = "a\\u0000b"',
        'exclude = ["*a*a*a*a*a*a*a*a*a*a*b"]',
        'exclude = ["[z-a]"]',
        '[[ignore]]\ncode = "NM101"\npath = "!"',
        '[[override]]\npath = "a/drafts\\\\"\nseverity = "error"',
        'terms-file = "/dev/zero"',
        '[catalogue]\nextend = "/dev/zero"',
        'baseline = "pipe"',
        'confusions-file = "pipe"',
        'previous = "pipe"',
    ],
)
def test_a_configuration_that_is_a_trap_is_one_line_and_exit_2(tmp_path: Path, table: str) -> None:
    (tmp_path / "wrong.txt").write_text(WRONG, "utf-8")
    (tmp_path / "reportlint.toml").write_text(table, "utf-8")
    os.mkfifo(tmp_path / "pipe")
    done = call("check", "wrong.txt", cwd=tmp_path)
    assert done.returncode == 2 and "Traceback" not in err(done), err(done)
    assert err(done).strip() and len(err(done).splitlines()) == 1, err(done)


def test_an_ignore_list_cannot_stop_a_run(tmp_path: Path) -> None:
    (tmp_path / ("a" * 60 + ".txt")).write_text(WRONG, "utf-8")
    (tmp_path / ".gitignore").write_text("*a*a*a*a*a*a*a*a*a*b\n[z-a]\n!\nright.txt\n", "utf-8")
    (tmp_path / "right.txt").write_text(RIGHT, "utf-8")
    start = time.monotonic()
    done = call("check", ".", cwd=tmp_path)
    assert done.returncode == 1 and "right.txt" not in out(done)
    assert time.monotonic() - start < 30
    assert spec(["drafts/**", "["]).match_file("drafts/a.txt") and not sound("\\")


#: Runs the linter and kills it, as ``kill -9`` would, at the chosen one of its steps on files of its working folder; writes how many there
#: were where it was let live. No clock has a part in it.
KILLED = """
import os, signal, sys
folder, last, steps = os.getcwd(), int(sys.argv[1]), 0
kinds = ("open", "os.rename", "os.remove", "os.chmod", "os.chown", "os.truncate")
def step(event, arguments):
    global steps
    if event in kinds and arguments and isinstance(arguments[0], (str, bytes, os.PathLike)):
        path = os.fsdecode(arguments[0])
        if os.path.dirname(os.path.join(folder, path)) == folder:
            steps += 1
            if steps == last:
                os.kill(os.getpid(), signal.SIGKILL)
sys.addaudithook(step)
real = os.fsync
def put(handle):
    step("open", (folder + "/data",))  # all is written, nothing is safe
    real(handle)
os.fsync = put
from reportlint.cli import main
try:
    main(sys.argv[2:])
finally:
    os.write(2, b"steps %d" % steps)
"""


def killed(folder: Path, last: int, *args: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-c", KILLED, str(last), *args], cwd=folder, capture_output=True, check=False, timeout=120
    )


@pytest.mark.parametrize("command", [["fix", "--no-cache"], ["check", "--no-cache", "--annotate", "a.docx"]])
def test_a_kill_at_any_step_leaves_the_old_file_or_the_new(tmp_path: Path, command: list[str]) -> None:
    pytest.importorskip("lxml")
    from wordfile import docx, p

    name = "a.txt" if command[0] == "fix" else "a.docx"
    old = (FIXABLE * 40).encode() if command[0] == "fix" else docx(p("共26项，已完成29项。"))
    file = tmp_path / name
    file.write_bytes(old)
    whole = killed(tmp_path, 0, *command, name)
    assert whole.returncode in (0, 1), err(whole)
    new = file.read_bytes()
    steps = int(err(whole).rpartition("steps ")[2])
    assert new != old and steps >= 5
    states = set()
    for last in range(1, steps + 1):
        file.write_bytes(old)
        done = killed(tmp_path, last, *command, name)
        assert done.returncode == -signal.SIGKILL
        left = file.read_bytes()
        states.add(left == old)
        if command[0] == "fix":
            assert left in (old, new), f"step {last}"
        else:
            assert from_bytes(left, name, ".docx").text == "共26项，已完成29项。\n", f"step {last}"
        for part in tmp_path.glob(".*.part"):
            part.unlink()
    assert True in states


def test_what_a_killed_run_left_is_in_nobodys_way(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text(FIXABLE, "utf-8")
    steps = int(err(killed(tmp_path, 0, "fix", "--no-cache", "a.txt")).rpartition("steps ")[2])
    for last in range(1, steps + 1):
        file.write_text(FIXABLE, "utf-8")
        killed(tmp_path, last, "fix", "--no-cache", "a.txt")
    left = [one.name for one in tmp_path.iterdir() if one.name != "a.txt"]
    assert left and all(name.startswith(".") for name in left)
    file.write_text(FIXABLE, "utf-8")
    done = call("fix", ".", cwd=tmp_path)
    assert done.returncode == 0 and file.read_text("utf-8") == FIXABLE.replace("。。", "。"), err(done)


def test_a_file_larger_than_the_disk_takes_leaves_the_old_one(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text(FIXABLE * 4000, "utf-8")
    old = file.read_bytes()
    script = (
        "import resource, signal, sys; resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096)); "
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN); from reportlint.cli import main; "
        "main(['fix', '--no-cache', 'a.txt'])"
    )
    done = subprocess.run([sys.executable, "-c", script], cwd=tmp_path, capture_output=True, check=False)
    assert done.returncode == 2 and file.read_bytes() == old
    assert "Traceback" not in err(done) and "没有改动" in err(done)
    assert [path.name for path in tmp_path.iterdir()] == ["a.txt"]


@pytest.mark.parametrize(
    "environment",
    [{"LANG": "C", "LC_ALL": "C"}, {"PYTHONIOENCODING": "ascii"}, {"HOME": ""}, {"HOME": "/nonexistent"}],
)
def test_poor_surroundings_change_no_result(tmp_path: Path, environment: dict[str, str]) -> None:
    (tmp_path / "wrong.txt").write_text(WRONG, "utf-8")
    done = call("check", "wrong.txt", cwd=tmp_path, **environment)
    assert done.returncode == 1 and b"NM101" in done.stdout and b"Traceback" not in done.stderr


@pytest.mark.parametrize("closed", ["<&-", ">&-", "2>&-", "<&- >&- 2>&-"])
def test_closed_streams_are_no_obstacle(tmp_path: Path, closed: str) -> None:
    (tmp_path / "wrong.txt").write_text(WRONG, "utf-8")
    line = f"{sys.executable} -m reportlint check wrong.txt {closed}"
    done = subprocess.run(["bash", "-c", line], cwd=tmp_path, capture_output=True, check=False)
    assert done.returncode == 1 and b"Traceback" not in done.stderr


def test_what_the_user_brings_is_never_run(tmp_path: Path) -> None:
    """Terms, wrong forms, indicators, ledgers, ignored places: each with a call, a template and a formula in it."""
    mark = tmp_path / "run"
    evil = (
        f"__import__('os').system('touch {mark}')",
        f"$(touch {mark})",
        "{0.__class__.__mro__}",
        f"=cmd|'/C touch {mark}'!A0",
    )
    words = [*evil, f"!!python/object/apply:os.system ['touch {mark}']", f"(?{{touch {mark}}})"]
    quoted = ", ".join(f'"{word}"' for word in words)
    (tmp_path / "reportlint.toml").write_text(
        f'terms = [{quoted}]\nconfusions-file = "c.tsv"\nledger = "l.csv"\n[catalogue]\nextend = "i.csv"\n'
        + "".join(f'[[ignore]]\npath = "*"\ncode = "NM101"\ntext = "{word}"\nreason = "{word}"\n' for word in words),
        "utf-8",
    )
    (tmp_path / "c.tsv").write_text("".join(f"{word}\t甲乙\n" for word in evil), "utf-8")
    (tmp_path / "l.csv").write_text(
        "指标,数值,单位,时期\n" + "".join(f'"{word}",12,个,2024年\n' for word in evil), "utf-8"
    )
    (tmp_path / "i.csv").write_text("name,unit\n" + "".join(f'"{word}",个\n' for word in evil), "utf-8")
    (tmp_path / "a.txt").write_text(WRONG + "".join(f"{word}共12个。\n" for word in words), "utf-8")
    for form in ("text", "html", "json"):
        done = call("check", "a.txt", "--format", form, cwd=tmp_path)
        assert done.returncode in (1, 2) and "Traceback" not in err(done), err(done)
    for file in (
        "c.tsv",
        "l.csv",
        "i.csv",
    ):  # each alone, should one of them have been refused before the others were read
        key = {
            "c.tsv": 'confusions-file = "c.tsv"',
            "l.csv": 'ledger = "l.csv"',
            "i.csv": '[catalogue]\nextend = "i.csv"',
        }[file]
        (tmp_path / "reportlint.toml").write_text(key + "\n", "utf-8")
        done = call("check", "a.txt", cwd=tmp_path)
        assert done.returncode in (1, 2) and "Traceback" not in err(done), err(done)
    assert not mark.exists()


def test_folders_deeper_than_a_path_may_be_long_stop_nobody(tmp_path: Path) -> None:
    here = Path.cwd()
    try:
        os.chdir(tmp_path)
        for _ in range(40):
            Path("深" * 60).mkdir()
            os.chdir("深" * 60)
        Path("low.txt").write_text(WRONG, "utf-8")
    finally:
        os.chdir(here)
    (tmp_path / "top.txt").write_text(WRONG, "utf-8")
    done = call("check", ".", cwd=tmp_path)
    assert done.returncode == 2 and out(done).count("NM101") == 1
    assert err(done).count("\n") == 1 and "深" in err(done) and "Traceback" not in err(done)
    subprocess.run(["rm", "-rf", str(tmp_path / ("深" * 60))], check=True)  # which pytest cannot


def test_a_file_of_gigabytes_that_holds_nothing_is_refused_at_once(tmp_path: Path) -> None:
    for name in ("a.txt", "a.docx", "a.pdf"):
        with (tmp_path / name).open("wb") as file:
            file.truncate(3 << 30)
        start = time.monotonic()
        done = call("check", name, cwd=tmp_path)
        assert done.returncode == 2 and "file-size" in err(done) and err(done).count("\n") == 1
        assert time.monotonic() - start < 60


@pytest.mark.parametrize("command", ["check", "check a.txt", "check -", "fix .", "facts a.txt"])
def test_a_working_folder_that_is_gone_is_told_in_one_line(tmp_path: Path, command: str) -> None:
    line = f"mkdir gone && cd gone && rmdir ../gone && echo 26项 | {sys.executable} -m reportlint {command}"
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(one for one in sys.path if one)}
    done = subprocess.run(["bash", "-c", line], cwd=tmp_path, capture_output=True, check=False, env=environment)
    lines = [one for one in err(done).splitlines() if one.startswith("reportlint:")]
    assert done.returncode == 2 and len(lines) == 1 and "Traceback" not in err(done)


@pytest.mark.parametrize("command", ["check", "facts"])
@pytest.mark.parametrize(("stdin", "why"), [("<&-", "关闭"), ("0>/dev/null", "读不了")])
def test_a_standard_input_that_cannot_be_read_is_no_empty_report(
    tmp_path: Path, command: str, stdin: str, why: str
) -> None:
    line = f"{sys.executable} -m reportlint {command} - {stdin}"
    done = subprocess.run(["bash", "-c", line], cwd=tmp_path, capture_output=True, check=False)
    assert done.returncode == 2 and why in err(done) and "Traceback" not in err(done)
    assert "缺陷" not in err(done)


def test_names_with_line_breaks_and_escapes_command_nobody(tmp_path: Path) -> None:
    (tmp_path / "a\n\x1b[31mb.txt").write_text(WRONG, "utf-8")
    if sys.platform == "linux":  # others refuse a name that is no text
        (tmp_path / os.fsdecode(b"c\xff\n\xfe.txt")).write_text(WRONG, "utf-8")
    for form in ("text", "json", "github", "gitlab", "rdjson", "html", "junit", "sarif", "markdown"):
        done = call("check", ".", "--format", form, cwd=tmp_path)
        assert done.returncode == 1 and b"\x1b" not in done.stdout + done.stderr, form
        if form in ("json", "gitlab", "rdjson", "sarif"):
            json.loads(out(done))
        if form == "junit":
            ElementTree.fromstring(done.stdout)
        if form in ("text", "github"):
            assert not any(line.startswith("[31mb") for line in out(done).splitlines())


def test_a_cell_of_a_table_starts_no_formula(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(
        "=cmd|' /C calc'!A0共26项，已完成21项。\n@SUM(1)投资12万元，-3+1完成5件。\n", "utf-8"
    )
    done = call("facts", "a.txt", "--format", "csv", cwd=tmp_path)
    rows = list(csv.reader(io.StringIO(done.stdout.decode("utf-8-sig"))))
    assert len(rows) > 1
    assert not any(cell.startswith(("=", "@", "+", "\t", "\r")) for row in rows for cell in row)


def test_a_script_in_a_text_is_text_in_a_page(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(
        "<script>alert(1)</script>共26项，已完成29项<img src=x onerror=alert(1)>。\n", "utf-8"
    )
    page = out(call("check", "a.txt", "--format", "html", cwd=tmp_path))
    assert "<script>alert" not in page and "<img src=x" not in page


def test_workers_order_and_hashes_change_no_byte(tmp_path: Path) -> None:
    for number in range(30):
        folder = tmp_path / "abc"[number % 3]
        folder.mkdir(exist_ok=True)
        (folder / f"{number:02}.txt").write_text(WRONG * (number % 4) + RIGHT, "utf-8")
    names = [str(path.relative_to(tmp_path)) for path in sorted(tmp_path.rglob("*.txt"))]
    for form in ("json", "text", "html", "sarif"):
        told = set()
        for jobs, order in ((1, names), (2, names), (4, names), (2, ["c", "a", "b"]), (4, ["."])):
            given = order if order is not names else Random(jobs).sample(names, len(names))
            done = call(
                "check",
                *given,
                "--format",
                form,
                "--no-cache",
                "--jobs",
                str(jobs),
                cwd=tmp_path,
                PYTHONHASHSEED=str(jobs),
            )
            assert done.returncode == 1 and not done.stderr
            told.add(done.stdout)
        assert len(told) == 1, form


def as_anybody(folder: Path, *args: str) -> subprocess.CompletedProcess[bytes]:
    """``reportlint`` run by somebody whom the modes of files concern: not by an almighty root."""
    command = [sys.executable, "-m", "reportlint", *args]
    if os.getuid() == 0:
        if shutil.which("setpriv") is None:
            pytest.skip("root may read and write everything, and there is no setpriv")
        command = ["setpriv", "--bounding-set=-all", "--inh-caps=-all", *command]
    return subprocess.run(command, cwd=folder, capture_output=True, check=False, timeout=120)


@pytest.fixture
def open_folder(tmp_path: Path) -> Iterator[Path]:
    """A folder that can be taken away afterwards, whatever became of its modes."""
    yield tmp_path
    for path in (tmp_path, *tmp_path.rglob("*")):
        path.chmod(0o755)


def test_what_may_not_be_read_is_named_and_the_rest_is_checked(open_folder: Path) -> None:
    for name in ("open.txt", "closed.txt", "closed/a.txt"):
        path = open_folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(WRONG, "utf-8")
    (open_folder / "closed.txt").chmod(0)
    (open_folder / "closed").chmod(0)
    done = as_anybody(open_folder, "check", ".", "--jobs", "1")
    assert done.returncode == 2 and out(done).count("NM101") == 1, err(done)
    lines = err(done).splitlines()
    assert len(lines) == 2 and "Traceback" not in err(done)
    assert any("closed.txt" in line for line in lines) and any(
        "closed" in line and ".txt" not in line for line in lines
    )
    two = as_anybody(open_folder, "check", ".", "--jobs", "2", "--no-cache")
    assert (two.stdout, two.stderr, two.returncode) == (done.stdout, done.stderr, done.returncode)


def test_what_may_not_be_written_stays_and_says_so(open_folder: Path) -> None:
    file = open_folder / "a.txt"
    file.write_text(FIXABLE, "utf-8")
    file.chmod(0o444)
    open_folder.chmod(0o555)
    for args in (["fix", "a.txt"], ["check", "a.txt", "--output", "b.json", "--format", "json"], ["init"]):
        done = as_anybody(open_folder, *args)
        assert done.returncode == 2 and "Traceback" not in err(done) and err(done).strip(), (args, err(done))
    assert [path.name for path in open_folder.iterdir()] == ["a.txt"] and file.read_text("utf-8") == FIXABLE
    file.chmod(0o644)
    done = as_anybody(open_folder, "fix", "a.txt")  # the file may be written, its folder may not
    assert done.returncode == 2 and "没有改动" in err(done) and file.read_text("utf-8") == FIXABLE


#: A package of rules that takes away the next file while one is being checked.
TAKES_AWAY = """
from pathlib import Path
from reportlint.rule import rule
from reportlint.finding import Severity
@rule('ZZ001', 'takes-away', severity=Severity.INFO, bad=('甲',), good=('乙',))
def takes(analysis):
    '拿走。'
    for name in ('b.txt', 'd.docx', 'e'):
        path = Path(name)
        if path.is_dir():
            for one in path.iterdir():
                one.unlink()
            path.rmdir()
        else:
            path.unlink(missing_ok=True)
    return iter(())
RULES = (takes,)
"""


def test_a_file_that_goes_between_listing_and_reading_is_named(tmp_path: Path) -> None:
    pytest.importorskip("lxml")
    pack = tmp_path / "packs"
    (pack / "takes-1.0.dist-info").mkdir(parents=True)
    (pack / "takes-1.0.dist-info" / "entry_points.txt").write_text("[reportlint.rules]\ntakes = takes\n", "utf-8")
    (pack / "takes.py").write_text(TAKES_AWAY, "utf-8")
    folder = tmp_path / "drafts"
    for name in ("a.txt", "b.txt", "c.txt", "d.docx", "e/f.txt"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(WRONG, "utf-8")
    done = call("check", ".", "--jobs", "1", "--no-cache", cwd=folder, PYTHONPATH=str(pack))
    assert done.returncode == 2 and "Traceback" not in err(done)
    assert [line.split(": ")[1] for line in err(done).splitlines()] == ["b.txt", "d.docx", "e/f.txt"], err(done)
    assert out(done).count("NM101") == 2


def test_what_lies_outside_is_reached_only_by_name_or_link(tmp_path: Path) -> None:
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside" / "far.txt").write_text(FIXABLE + WRONG, "utf-8")
    (tmp_path / "outside" / "linked.txt").write_text(FIXABLE, "utf-8")
    inside = tmp_path / "inside"
    inside.mkdir()
    (inside / "near.txt").write_text(WRONG, "utf-8")
    (inside / "folder").symlink_to(tmp_path / "outside", target_is_directory=True)
    (inside / "link.txt").symlink_to(tmp_path / "outside" / "linked.txt")
    (inside / "reportlint.toml").write_text(
        'exclude = ["../**", "/etc/**"]\n[[ignore]]\npath = "../outside/far.txt"\ncode = "NM101"\n', "utf-8"
    )
    done = call("check", ".", cwd=inside)
    assert done.returncode == 1 and out(done).count("NM101") == 1 and "far.txt" not in out(done)
    done = call("check", "../outside/far.txt", "/../../etc/hostname/../none.txt", cwd=inside)
    assert done.returncode == 2 and out(done).count("NM101") == 1 and "Traceback" not in err(done)
    done = call("fix", ".", cwd=inside)
    assert "far" not in out(done) and (tmp_path / "outside" / "far.txt").read_text("utf-8") == FIXABLE + WRONG
    assert (inside / "link.txt").is_symlink(), "a link stays one; what it leads to is the report"


#: Writes, removes and replaces the files of a folder for some seconds, as a synchronising disk would.
CHANGES = """
import os, random, sys, time
choice, end = random.Random(1), time.monotonic() + 6
print("begun", flush=True)
while time.monotonic() < end:
    name = f"{choice.randrange(30)}.txt"
    try:
        kind = choice.randrange(4)
        if kind == 0:
            os.unlink(name)
        elif kind == 1:
            os.mkdir(name)
        elif kind == 2:
            os.symlink("nowhere", name)
        else:
            with open(name, "w", encoding="utf-8") as file:
                file.write(sys.argv[1] * 50)
    except OSError:
        try:
            os.rmdir(name)
        except OSError:
            pass
"""


def test_a_folder_that_changes_while_it_is_checked_stops_no_run(tmp_path: Path) -> None:
    (tmp_path / "stays.txt").write_text(WRONG, "utf-8")
    changing = subprocess.Popen([sys.executable, "-c", CHANGES, WRONG], cwd=tmp_path, stdout=subprocess.PIPE)
    try:
        assert changing.stdout is not None and changing.stdout.readline()
        for jobs in ("1", "2", "2"):
            done = call("check", ".", "--no-cache", "--jobs", jobs, cwd=tmp_path)
            assert done.returncode in (1, 2) and "Traceback" not in err(done), err(done)
            assert "stays.txt" in out(done) and all(line.startswith("reportlint: ") for line in err(done).splitlines())
    finally:
        changing.kill()
        changing.communicate()


def test_controls_of_a_long_text_break_no_output(tmp_path: Path) -> None:
    import json
    from xml.dom.minidom import parseString

    text = "各项工作有序推进。\n" * 300 + "共26项\x01\x0c\ufffe\uffff，已完成29项\x1b[31m。\n"
    (tmp_path / "a.txt").write_text(text, "utf-8")
    for form in ("json", "sarif", "gitlab", "rdjson", "junit", "html", "github", "markdown", "text"):
        done = call("check", "a.txt", "--no-cache", "--format", form, cwd=tmp_path)
        assert done.returncode == 1 and b"\x1b" not in done.stdout and b"\x01" not in done.stdout, form
        if form == "junit":
            parseString(done.stdout)
        elif form in ("json", "sarif", "gitlab", "rdjson"):
            json.loads(done.stdout)


def test_every_line_of_the_table_of_what_was_tried_names_tests_that_exist() -> None:
    """Each command is looked at, not run: its files are there, and every word of its -k stands in them."""
    for page in ("docs/robustness.md", "docs/en/robustness.md"):
        commands = re.findall(r"`pytest ([^`]+)`", (ROOT / page).read_text("utf-8"))
        assert len(commands) > 30, page
        for command in commands:
            files, _, words = command.partition(" -k ")
            paths = [ROOT / part for part in files.split() if part.startswith("tests/")]
            assert paths and all(path.is_file() for path in paths), command
            text = "".join(path.read_text("utf-8") for path in paths)
            for word in words.strip("'").split(" or "):
                assert word in text, command
