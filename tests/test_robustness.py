"""What may happen around a run: files that are none, disks that are full, processes that are killed, settings that are traps."""

from __future__ import annotations

import csv
import io
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from reportlint.globs import sound, spec
from reportlint.sources import from_bytes
from test_cli import COMMAND, RIGHT, WRONG, call, err, out

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
    assert err(done).strip()


def test_an_ignore_list_cannot_stop_a_run(tmp_path: Path) -> None:
    (tmp_path / ("a" * 60 + ".txt")).write_text(WRONG, "utf-8")
    (tmp_path / ".gitignore").write_text("*a*a*a*a*a*a*a*a*a*b\n[z-a]\n!\nright.txt\n", "utf-8")
    (tmp_path / "right.txt").write_text(RIGHT, "utf-8")
    start = time.monotonic()
    done = call("check", ".", cwd=tmp_path)
    assert done.returncode == 1 and "right.txt" not in out(done)
    assert time.monotonic() - start < 30
    assert spec(["drafts/**", "["]).match_file("drafts/a.txt") and not sound("\\")


@pytest.mark.parametrize("command", [["fix"], ["check", "--annotate", "a.docx"]])
def test_a_kill_at_any_moment_leaves_the_old_file_or_the_new(tmp_path: Path, command: list[str]) -> None:
    pytest.importorskip("lxml")
    from wordfile import docx, p

    name = "a.txt" if command == ["fix"] else "a.docx"
    old = (FIXABLE * 40).encode() if command == ["fix"] else docx(p("共26项，已完成29项。"))
    file = tmp_path / name
    file.write_bytes(old)
    done = call(*command, name, cwd=tmp_path)
    assert done.returncode in (0, 1), err(done)
    new = len(file.read_bytes())
    assert file.read_bytes() != old
    start = time.monotonic()
    file.write_bytes(old)
    call(*command, name, cwd=tmp_path)
    whole = time.monotonic() - start
    for step in range(12):
        file.write_bytes(old)
        process = subprocess.Popen(
            [*COMMAND, *command, name], cwd=tmp_path, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        time.sleep(whole * (0.45 + step * 0.05))
        process.send_signal(signal.SIGKILL)
        process.wait()
        left = file.read_bytes()
        if command == ["fix"]:
            assert left == old or len(left) == new
        else:
            assert from_bytes(left, name, ".docx").text == "共26项，已完成29项。\n"


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


def test_names_with_line_breaks_and_escapes_command_nobody(tmp_path: Path) -> None:
    (tmp_path / "a\n\x1b[31mb.txt").write_text(WRONG, "utf-8")
    for form in ("text", "json", "github", "html", "junit", "sarif", "markdown"):
        done = call("check", ".", "--format", form, cwd=tmp_path)
        assert done.returncode == 1 and b"\x1b" not in done.stdout + done.stderr, form
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


def test_any_number_of_workers_finds_the_same(tmp_path: Path) -> None:
    for number in range(30):
        (tmp_path / f"{number:02}.txt").write_text(WRONG * (number % 4) + RIGHT, "utf-8")
    told = {
        call("check", ".", "--format", "json", "--no-cache", "--jobs", str(jobs), cwd=tmp_path).stdout
        for jobs in (1, 2, 4)
    }
    assert len(told) == 1
