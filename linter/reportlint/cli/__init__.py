"""The command line.

Most calls are a plain ``check``; :mod:`~reportlint.cli.plain` understands those by itself. Whatever else there is to understand or to
explain is left to click (:mod:`~reportlint.cli.group`), which takes as long to load as a short report takes to check.
"""

from __future__ import annotations

import gc
import sys
from collections.abc import Sequence

# A check allocates a lot and leaves next to no cycles behind: looking for some every 700 objects is a tenth of its time.
gc.set_threshold(500_000, 20, 100)

from reportlint.errors import ReportlintError  # noqa: E402

TYPE_CHECKING = False
if TYPE_CHECKING:
    from reportlint.cli.group import cli

__all__ = ["COMMANDS", "cli", "main"]

#: Name → module and command.
COMMANDS = {
    "check": "reportlint.cli.check_command:check",
    "facts": "reportlint.cli.facts:facts",
    "fix": "reportlint.cli.fix:fix",
    "ledger": "reportlint.cli.ledger:ledger",
    "scan": "reportlint.cli.scan:scan",
    "rule": "reportlint.cli.rule:rule",
    "serve": "reportlint.cli.serve:serve",
    "init": "reportlint.cli.init:init",
    "cache": "reportlint.cli.cache:cache",
    "lsp": "reportlint.cli.lsp:lsp",
    "doctor": "reportlint.cli.doctor:doctor",
    "completion": "reportlint.cli.completion:completion",
    "version": "reportlint.cli.version:version",
}


def __getattr__(name: str) -> object:
    if name == "cli":
        from reportlint.cli.group import cli

        return cli
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def main(args: Sequence[str] | None = None) -> None:
    """Run the command line and leave with its exit status."""
    status = _status(args)
    # Threads are waited for; but those of a cluster that lost a worker may abort the process while it is taken apart.
    if args is None and ("threading" not in sys.modules or "distributed" in sys.modules):
        _leave(status)
    # What is left is about to go with the process: without this the interpreter looks through all of it for cycles first.
    gc.freeze()
    sys.exit(status)


def _leave(status: int) -> None:
    """End the process without taking everything apart first; whoever asked to be told of the end is told, and all is written."""
    import atexit
    import os

    atexit._run_exitfuncs()
    for stream in (sys.stdout, sys.stderr):
        try:
            if stream is not None:
                stream.flush()
        except (OSError, ValueError):
            return  # nobody reads any more: the interpreter knows what to do
    os._exit(status)


def _status(args: Sequence[str] | None) -> int:
    """The exit status of a run: 0, 1, 2 as the contract says, 130 for Ctrl-C."""
    from reportlint import bundle

    bundle.use()
    from reportlint.cli import plain

    words = sys.argv[1:] if args is None else [*args]
    try:
        call = plain.understood(words)
        if call is not None:
            from reportlint.cli.check import check

            return check(**call)
        from reportlint.cli.group import status

        return status(words)
    except ReportlintError as error:
        from reportlint.cli.output import complain

        complain(str(error))
        return 2
    except FileNotFoundError:
        if _somewhere():
            raise
        from reportlint.cli.output import complain

        complain("当前文件夹已经不在了（被删除或改名），请换一个文件夹再运行")
        return 2
    except KeyboardInterrupt:
        return 130


def _somewhere() -> bool:
    """Whether the folder that the command runs in still exists."""
    import os

    try:
        os.getcwd()
    except FileNotFoundError:
        return False
    return True
