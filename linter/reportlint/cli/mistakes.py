"""What to say of a command line that makes no sense: in Chinese, with the nearest right word and the way on."""

from __future__ import annotations

import click

from reportlint.selection import hint, nearest


def told(error: click.ClickException) -> str:
    """One line about ``error``."""
    match error:
        case click.NoSuchOption():
            context = error.ctx
            known = [name for one in context.command.get_params(context) for name in one.opts] if context else []
            return f"没有选项 {error.option_name}{hint(nearest(error.option_name, known))}{_more(error)}"
        case click.MissingParameter():
            return f"缺少{_name(error)}{_more(error)}"
        case click.BadOptionUsage():
            return f"选项 {error.option_name} 后面要写一个值{_more(error)}"
        case click.BadParameter(param=click.Parameter(type=click.Choice() as choice)):
            words = [str(word) for word in choice.choices]
            close = next((nearest(word, words) for word in _quoted(error.message)), None)
            return f"{_name(error)}应为 {'、'.join(words)} 之一{hint(close)}{_more(error)}"
        case click.BadParameter():
            return f"{_name(error)}不对：{error.message}{_more(error)}"
        case click.UsageError() if "unexpected extra argument" in error.message:
            return f"多写了参数：{error.message.partition('(')[2].rstrip(')')}{_more(error)}"
        case _:
            return error.format_message()


def _name(error: click.BadParameter) -> str:
    """The option or argument that is wrong."""
    parameter = error.param
    if isinstance(parameter, click.Option):
        return f"选项 {parameter.opts[0]} "
    return f"参数 {parameter.human_readable_name} " if parameter else "参数"


def _quoted(message: str) -> list[str]:
    """The word that the message begins with, in quotes."""
    return [message.split("'")[1]] if message.count("'") >= 2 else []


def _more(error: click.UsageError) -> str:
    return f"。用法见 {error.ctx.command_path} --help" if error.ctx else ""
