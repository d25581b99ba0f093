"""The command line as click understands it. Each sub-command is a module, imported when it is called."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

import click

from reportlint import __version__
from reportlint.cli import COMMANDS
from reportlint.cli.output import complain, put

_HELP = {"help_option_names": ["-h", "--help"], "max_content_width": 100}


class _Context(click.Context):
    """A call whose help page speaks Chinese."""

    def make_formatter(self) -> click.HelpFormatter:
        """What writes the page."""
        from reportlint.cli.help import Formatter

        return Formatter(width=self.terminal_width, max_width=self.max_content_width)


class _Commands(click.Group):
    """The sub-commands, without importing any before it is needed."""

    context_class = _Context

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Their names."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name."""
        if cmd_name not in COMMANDS:
            return None
        module, name = COMMANDS[cmd_name].split(":")
        command: click.Command = getattr(import_module(module), name)
        command.context_class = _Context
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that ``args`` begin with: ``check`` for a file; a wrong one is told with the nearest right one."""
        if args and args[0] not in COMMANDS and Path(args[0]).exists():
            return "check", self.get_command(ctx, "check"), args
        if args and args[0] not in COMMANDS and not args[0].startswith("-"):
            from reportlint.selection import hint, nearest

            close = nearest(args[0], COMMANDS)
            raise click.UsageError(f"没有命令 {args[0]}{hint(close)}。检查文件请用 reportlint check {args[0]}", ctx)
        return super().resolve_command(ctx, args)


@click.group(cls=_Commands, context_settings=_HELP, invoke_without_command=True)
@click.version_option(__version__, "-V", "--version", message="reportlint %(version)s", help="显示版本号。")
@click.pass_context
def cli(ctx: click.Context) -> None:
    """公文报告校对：数字、日期、占位符、错别字。全程离线，草稿不出这台机器。

    \b
    查一个文件        reportlint check 总结.docx
    查一个文件夹      reportlint check 材料/
    看能改什么        reportlint fix --diff 总结.txt
    问一条规则        reportlint rule NM101
    装得对不对        reportlint doctor

    先查；每条发现都写明在哪里、为什么、怎么算的。数字不对由人来定，程序从不改数字。
    """
    if ctx.invoked_subcommand is None:
        put(f"{ctx.get_help()}\n")


def status(args: list[str]) -> int:
    """The exit status of the command line ``args``. Raises :class:`ReportlintError`."""
    try:
        done = cli.main(args, "reportlint", standalone_mode=False)
    except click.ClickException as error:
        from reportlint.cli.mistakes import told

        complain(told(error))
        return error.exit_code
    except click.Abort:
        raise KeyboardInterrupt from None
    return done if isinstance(done, int) else 0
