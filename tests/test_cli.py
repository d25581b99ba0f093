"""The command line from outside: exit statuses, streams, options, start-up."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from reportlint import __version__
from reportlint.registry import rules

RIGHT = "今年以来，各项工作有序推进。\n"
WRONG = "共26项，已完成29项。\n"
STYLISH = "共26项，已完成整改26项。\n"

COMMAND = [sys.executable, "-m", "reportlint"]


def call(
    *args: str | Path, cwd: Path | None = None, stdin: bytes = b"", **env: str
) -> subprocess.CompletedProcess[bytes]:
    """``reportlint`` in a process of its own."""
    environment = {
        name: value for name, value in os.environ.items() if name not in ("NO_COLOR", "FORCE_COLOR", "COLUMNS")
    }
    return subprocess.run(
        [*COMMAND, *map(str, args)],
        cwd=cwd,
        input=stdin,
        capture_output=True,
        env={**environment, **env},
        timeout=120,
        check=False,
    )


def out(done: subprocess.CompletedProcess[bytes]) -> str:
    return done.stdout.decode("utf-8")


def err(done: subprocess.CompletedProcess[bytes]) -> str:
    return done.stderr.decode("utf-8")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "right.txt").write_text(RIGHT, "utf-8")
    (tmp_path / "wrong.txt").write_text(WRONG, "utf-8")
    (tmp_path / "empty.txt").write_bytes(b"")
    (tmp_path / "binary.txt").write_bytes(b"\x89PNG\r\n\x1a\n\0\0\0")
    (tmp_path / "no").mkdir()
    return tmp_path


@pytest.mark.parametrize(
    ("args", "status"),
    [
        (["right.txt"], 0),
        (["empty.txt"], 0),
        (["wrong.txt"], 1),
        (["wrong.txt", "--fail-on", "never"], 0),
        (["wrong.txt", "--ignore", "NM101"], 0),
        (["missing.txt"], 2),
        (["binary.txt"], 2),
        (["no"], 2),
        ([""], 2),
        (["right.txt", "missing.txt"], 2),
        (["wrong.txt", "binary.txt"], 2),
        (["wrong.txt", "no"], 2),
        (["right.txt", "--select", "NM1011"], 2),
        (["right.txt", "--select", "NM", "--ignore", "NM"], 2),
        (["right.txt", "--config", "missing.toml"], 2),
        (["right.txt", "--nonsense"], 2),
        (["right.txt", "--format", "nonsense"], 2),
        (["right.txt", "--output", "no/where/x.txt"], 2),
    ],
)
def test_the_exit_status_says_how_it_went_also_with_json(folder: Path, args: list[str], status: int) -> None:
    done = call("check", *args, cwd=folder)
    assert done.returncode == status, err(done)
    assert (status == 2) == bool(done.stderr)
    assert b"Traceback" not in done.stderr
    if not {"--nonsense", "nonsense", "--output"} & set(args):
        machine = call("check", "--format", "json", *args, cwd=folder)
        assert machine.returncode == status
        report = json.loads(out(machine))
        assert report["version"] == 1
        assert (status == 2) == (report["summary"]["failed"] > 0 or "error" in report)


def test_clean_files_are_reported_beside_failed_ones(folder: Path) -> None:
    done = call("check", "wrong.txt", "missing.txt", "binary.txt", "--format", "json", cwd=folder)
    report = json.loads(out(done))
    assert [(file["path"], file["status"]) for file in report["files"]] == [
        ("binary.txt", "error"),
        ("missing.txt", "error"),
        ("wrong.txt", "ok"),
    ]
    assert [found["code"] for found in report["findings"]] == ["NM101"]
    assert "missing.txt: 文件不存在" in err(done)


def test_a_document_without_a_reader_is_an_error_by_name_and_skipped_in_a_walk(folder: Path) -> None:
    (folder / "总结.ofd").write_bytes(b"PK\x03\x04")
    named = call("check", "总结.ofd", cwd=folder)
    assert named.returncode == 2
    assert "导出为纯文本" in err(named)
    (folder / "binary.txt").unlink()
    walked = call("check", "--fail-on", "never", "--format", "json", cwd=folder)
    assert walked.returncode == 0
    (entry,) = [file for file in json.loads(out(walked))["files"] if file["skipped"]]
    assert (entry["path"], entry["status"]) == ("总结.ofd", "ok")
    assert "跳过 1 个" in out(call("check", cwd=folder))


def test_severity_decides_what_is_shown_and_fail_on_what_fails(folder: Path) -> None:
    (folder / "mild.txt").write_text("截止6月底，全市完成造林20.5万亩，各项工作有序推进。\n", "utf-8")
    levels = [
        found["severity"]
        for found in json.loads(out(call("check", "mild.txt", "--format", "json", cwd=folder)))["findings"]
    ]
    assert "error" not in levels
    assert levels
    status = int("warning" in levels)
    assert call("check", "mild.txt", cwd=folder).returncode == status
    assert call("check", "mild.txt", "--fail-on", "error", cwd=folder).returncode == 0
    assert call("check", "mild.txt", "--fail-on", "info", cwd=folder).returncode == 1
    assert call("check", "mild.txt", "--severity", "error", cwd=folder).returncode == 0


def test_the_configuration_is_searched_from_each_file_and_the_command_line_wins(folder: Path) -> None:
    sub = folder / "甲"
    sub.mkdir()
    (sub / "a.txt").write_text(WRONG, "utf-8")
    (sub / "reportlint.toml").write_text('ignore = ["NM101"]\n', "utf-8")
    assert call("check", "甲/a.txt", cwd=folder).returncode == 0
    done = call("check", "甲/a.txt", "wrong.txt", "--format", "json", cwd=folder)
    assert [found["path"] for found in json.loads(out(done))["findings"]] == ["wrong.txt"]
    assert call("check", "甲/a.txt", "--select", "NM101", cwd=folder).returncode == 1
    (sub / "reportlint.toml").write_text("selct = []\n", "utf-8")
    broken = call("check", "甲/a.txt", cwd=folder)
    assert broken.returncode == 2
    assert "selct，是不是 select" in err(broken)
    assert call("check", "wrong.txt", "甲/a.txt", cwd=folder).returncode == 2


def test_options_may_stand_in_the_configuration(folder: Path) -> None:
    (folder / "reportlint.toml").write_text('format = "json"\nfail-on = "never"\nlang = "en"\nstats = true\n', "utf-8")
    done = call("check", "wrong.txt", cwd=folder)
    assert done.returncode == 0
    report = json.loads(out(done))
    assert report["stats"]
    assert report["findings"][0]["message"].isascii() or "29" in report["findings"][0]["message"]
    assert out(call("check", "wrong.txt", "--format", "text", cwd=folder)).startswith("wrong.txt:1:")


def test_standard_input_is_read_with_the_name_it_is_given(folder: Path) -> None:
    assert out(call("check", "-", cwd=folder, stdin=WRONG.encode())).startswith("<stdin>:1:9: error NM101")
    markdown = f"<!-- reportlint: ignore[NM101] -->\n{WRONG}".encode()
    assert call("check", "-", "--stdin-filename", "总结.md", cwd=folder, stdin=markdown).returncode == 0
    assert call("check", "-", "--stdin-filename", "总结.txt", cwd=folder, stdin=markdown).returncode == 1
    assert call("check", "-", cwd=folder, stdin=b"").returncode == 0
    assert call("check", "-", cwd=folder, stdin=b"\0\0").returncode == 2
    assert out(call("check", "-", cwd=folder, stdin=WRONG.encode("gb18030"))).startswith("<stdin>:1:9:")
    (folder / "reportlint.toml").write_text('ignore = ["NM101"]\n', "utf-8")
    assert call("check", "-", cwd=folder, stdin=WRONG.encode()).returncode == 0
    assert call("check", "-", "--stdin-filename", "没有/总结.md", cwd=folder, stdin=WRONG.encode()).returncode == 0


def test_results_can_be_written_to_a_file(folder: Path) -> None:
    done = call("check", "wrong.txt", "--format", "json", "--output", "out.json", "--color", "never", cwd=folder)
    assert (done.returncode, done.stdout) == (1, b"")
    assert json.loads((folder / "out.json").read_text("utf-8"))["summary"]["error"] == 1
    call("check", "wrong.txt", "--output", "out.txt", cwd=folder, FORCE_COLOR="")
    assert "\x1b" not in (folder / "out.txt").read_text("utf-8")
    assert not list(folder.glob(".*.part"))


def test_colour_is_for_terminals_unless_asked_for(folder: Path) -> None:
    assert b"\x1b" not in call("check", "wrong.txt", cwd=folder).stdout
    assert b"\x1b" in call("check", "wrong.txt", "--color", "always", cwd=folder, NO_COLOR="1").stdout
    assert b"\x1b" in call("check", "wrong.txt", cwd=folder, FORCE_COLOR="1").stdout
    assert b"\x1b" not in call("check", "wrong.txt", cwd=folder, FORCE_COLOR="1", NO_COLOR="1").stdout


def test_quiet_leaves_out_the_summary_and_stats_add_a_table(folder: Path) -> None:
    assert call("check", "right.txt", "--quiet", cwd=folder).stdout == b""
    assert "核对关系" not in out(call("check", "wrong.txt", "--quiet", cwd=folder))
    assert "NM101  count-exceeds-total" in out(call("check", "wrong.txt", "--stats", cwd=folder))
    assert out(call("check", "right.txt", "--lang", "en", cwd=folder)).startswith("Checked 1 file:")


def test_output_is_utf_8_for_programs_and_readable_in_any_terminal(folder: Path) -> None:
    done = call("check", "wrong.txt", "--format", "json", cwd=folder, PYTHONIOENCODING="gbk", PYTHONUTF8="0")
    assert "超过" in json.loads(out(done))["findings"][0]["message"]
    done = call("check", "wrong.txt", cwd=folder, PYTHONIOENCODING="ascii", PYTHONUTF8="0")
    assert done.returncode == 1
    assert b"Traceback" not in done.stderr
    assert "超过" in call("check", "wrong.txt", cwd=folder, PYTHONIOENCODING="gbk", PYTHONUTF8="0").stdout.decode("gbk")


def test_a_reader_that_goes_away_is_no_error(folder: Path) -> None:
    for number in range(200):
        (folder / f"{number}.txt").write_text(WRONG * 20, "utf-8")
    (folder / "binary.txt").unlink()
    for args in (["check", "."], ["check", ".", "--format", "json"], ["rule"]):
        process = subprocess.Popen([*COMMAND, *args], cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        assert process.stdout is not None
        process.stdout.read(10)
        process.stdout.close()
        _, errors = process.communicate(timeout=120)
        assert process.returncode in (0, 1)
        assert errors == b""


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no such device")
def test_a_full_disk_is_an_error(folder: Path) -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [*COMMAND, "check", "wrong.txt"], cwd=folder, stdout=full, stderr=subprocess.PIPE, check=False
        )
    assert done.returncode == 2
    assert b"Traceback" not in done.stderr
    assert call("check", "wrong.txt", "--output", "/dev/full", cwd=folder).returncode == 2


@pytest.mark.skipif(os.name != "posix", reason="signals as on POSIX")
def test_ctrl_c_ends_the_run_quietly(folder: Path) -> None:
    os.mkfifo(folder / "slow.txt")
    process = subprocess.Popen([*COMMAND, "check", "slow.txt"], cwd=folder, stderr=subprocess.PIPE)
    with (folder / "slow.txt").open("wb"):  # opens when the other side does: it is reading now
        process.send_signal(signal.SIGINT)
        process.wait(timeout=60)
    _, errors = process.communicate(timeout=60)
    assert process.returncode == 130
    assert b"Traceback" not in errors


CRASH = """
import sys
from pathlib import Path
from reportlint import registry
from reportlint.finding import Severity
from reportlint.rule import Rule

def check(analysis):
    if "密件" in analysis.document.text:
        raise ValueError(analysis.document.text)
    yield from ()

crashing = Rule("ZZ001", "crashing", Severity.ERROR, check, "会出错的规则。", (), ())
every = registry.rules()
registry.rules = lambda: (*every, crashing)
from reportlint.cli import main
main()
"""


def test_a_crash_on_one_file_is_a_result_for_that_file(folder: Path) -> None:
    (folder / "crash.txt").write_text("密件内容\n", "utf-8")
    args = ["check", "wrong.txt", "crash.txt", "right.txt", "--format", "json"]
    done = subprocess.run([sys.executable, "-c", CRASH, *args], cwd=folder, capture_output=True, check=False)
    assert done.returncode == 2
    files = {file["path"]: file["status"] for file in json.loads(out(done))["files"]}
    assert files == {"crash.txt": "error", "right.txt": "ok", "wrong.txt": "ok"}
    assert "这是 reportlint 的缺陷" in err(done)
    assert "ValueError" in err(done)
    assert "密件" not in err(done), "what a report says is nobody's business"


def test_no_rules_are_an_error_and_not_a_clean_report(folder: Path) -> None:
    source = (
        "import sys; sys.path[:] = [p for p in sys.path if not p.endswith('site-packages')] + ['{0}']; "
        "from reportlint import registry; registry.entry_points = dict; registry.manifest.read = lambda: None; from reportlint.cli import main; main()"
    )
    site = next(path for path in sys.path if path.endswith("site-packages"))
    done = subprocess.run(
        [sys.executable, "-c", source.format(site), "check", "right.txt"], cwd=folder, capture_output=True, check=False
    )
    assert done.returncode == 2
    assert "没有找到任何规则" in err(done)


def test_help_and_version_are_there(folder: Path) -> None:
    alone = call(cwd=folder)
    assert alone.returncode == 0
    assert alone.stdout == call("-h", cwd=folder).stdout == call("--help", cwd=folder).stdout
    assert "check" in out(alone)
    assert out(call("version")) == out(call("--version")) == f"reportlint {__version__}\n"
    help_text = out(call("check", "-h"))
    for option in (
        "--format",
        "--output",
        "--select",
        "--extend-select",
        "--ignore",
        "--severity",
        "--fail-on",
        "--stats",
        "--quiet",
    ):
        assert option in help_text
    for option in ("--lang", "--config", "--no-cache", "--stdin-filename", "--color"):
        assert option in help_text


def test_a_mistyped_command_is_told_with_the_right_one() -> None:
    done = call("chek", "a.txt")
    assert done.returncode == 2
    assert "是不是 check" in err(done)
    assert call("总结.txt").returncode == 2
    assert "reportlint check 总结.txt" in err(call("总结.txt"))


def test_rules_are_listed_and_explained() -> None:
    listed = out(call("rule")).splitlines()
    assert [line.split()[0] for line in listed] == [rule.code for rule in rules()]
    assert {"RL001", "RL002", "RL003"} <= {line.split()[0] for line in listed}
    page = out(call("rule", "NM101"))
    assert page == out(call("rule", "count-exceeds-total")) == out(call("rule", "nm101"))
    (rule,) = [rule for rule in rules() if rule.code == "NM101"]
    for words in (rule.code, rule.name, rule.title, rule.bad[0].splitlines()[0], rule.good[0].splitlines()[0]):
        assert words in page
    family = out(call("rule", "RL")).splitlines()
    assert [line.split()[0] for line in family] == ["RL001", "RL002", "RL003"]
    wrong = call("rule", "NM1011")
    assert wrong.returncode == 2
    assert "是不是 NM101" in err(wrong)


def test_a_file_name_cannot_command_the_terminal(folder: Path) -> None:
    name = "a\x1b[31m\n.txt"
    (folder / name).write_text(WRONG, "utf-8")
    for done in (call("check", name, cwd=folder), call("check", name + "x", cwd=folder)):
        assert b"\x1b" not in done.stdout + done.stderr
    assert json.loads(out(call("check", name, "--format", "json", cwd=folder)))["files"][0]["path"] == name


@pytest.mark.skipif(os.name != "posix" or sys.platform == "darwin", reason="file names are bytes only there")
def test_a_file_name_in_another_encoding_is_no_obstacle(folder: Path) -> None:
    name = os.fsdecode("总结.txt".encode("gb18030"))
    (folder / name).write_text(WRONG, "utf-8")
    for form in ("text", "json"):
        done = call("check", name, "--format", form, cwd=folder)
        assert done.returncode == 1, err(done)
    assert json.loads(out(call("check", name, "--format", "json", cwd=folder)))["summary"]["error"] == 1


def test_output_is_the_same_every_time(folder: Path) -> None:
    (folder / "binary.txt").unlink()
    args = ("check", ".", "wrong.txt", "--format", "json", "--stats")
    first, second = (call(*args, cwd=folder, PYTHONHASHSEED=seed) for seed in ("1", "2"))
    assert first.stdout == second.stdout


def test_a_plain_check_imports_only_what_it_needs(folder: Path) -> None:
    source = (
        "import sys; from reportlint.cli import _status; _status(['check', 'wrong.txt']); "
        "print(*sorted(sys.modules), file=sys.stderr)"
    )
    # What is made of the data files is kept beside the byte code: by the first run, where Python may write any.
    env = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    for _ in range(2):
        done = subprocess.run([sys.executable, "-c", source], cwd=folder, env=env, capture_output=True, check=True)
    loaded = set(err(done).split())
    assert "reportlint_rules" in loaded
    heavy = {
        "pathspec",
        "tomllib",
        "tomli",
        "difflib",
        "json",
        "hashlib",
        "click",
        "inspect",
        "dataclasses",
        "csv",
        "typing",
        "pathlib",
        "contextlib",
        "threading",
        "importlib.metadata",
        "logging",
        "regex",
        "pandas",
        "numpy",
        "jieba",
    }
    assert not heavy & loaded
    assert (
        not {"pandera", "pydantic", "platformdirs", "rich", "wcwidth", "asyncio", "email", "http", "socket", "ssl"}
        & loaded
    )
