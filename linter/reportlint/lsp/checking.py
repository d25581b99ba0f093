"""Which documents of an editor are reports, and what is wrong in one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fnmatch import fnmatchcase
from pathlib import Path

from pygls.uris import to_fs_path

from reportlint.api import check_document
from reportlint.discovery import left_out
from reportlint.document import Document
from reportlint.errors import ReportlintError
from reportlint.finding import Diagnostic
from reportlint.lint import Result
from reportlint.lsp.configured import Configurations
from reportlint.lsp.positions import Positions
from reportlint.record import NamedTuple
from reportlint.registry import rules
from reportlint.run import crash
from reportlint.settings import Settings
from reportlint.sources import FORMATS, from_text, suffix_of

#: The formats whose text in the editor is the text of the file.
_TEXT = ("plain", "markdown")
#: What editors call them: VS Code, Neovim and Emacs, Helix.
_PLAIN_LANGUAGES = frozenset(("", "plaintext", "plain", "text", "txt"))
#: Beyond what a walk leaves: texts about a project, which our pre-commit hook leaves too.
_ABOUT_PROJECTS = ("readme*.md", "changelog*.md", "contributing*.md")


class Place(NamedTuple):
    """Where a document is, or where it would be: ``path`` with a suffix that tells its format; ``saved`` if it is a file."""

    path: Path
    saved: bool


def place(uri: str, language: str, root: Path | None) -> Place | None:
    """Where the document lies; ``None`` if it is no report: another language or format, or a text about a project.

    A document that is not yet a file counts as one in the folder ``root``.
    """
    markdown = language.startswith("markdown")
    if not markdown and language not in _PLAIN_LANGUAGES:
        return None
    file = to_fs_path(uri)
    if file is None:
        if not uri.startswith("untitled:"):
            return None  # a side of a comparison, a page of an extension: nobody writes there
        return Place((root or Path()) / f"untitled{'.md' if markdown else '.txt'}", False)
    path = Path(file)
    form = FORMATS.get(suffix_of(path.name))
    if form is None or form.module not in _TEXT:
        return None
    if any(fnmatchcase(path.name.lower(), pattern) for pattern in _ABOUT_PROJECTS):
        return None
    return Place(path, True)


class Checked(NamedTuple):
    """A text that was checked, in the state ``revision`` with the configuration ``generation``.

    ``problem`` is why it could not be; ``left`` tells that the configuration leaves it out.
    """

    revision: int
    generation: int
    document: Document
    positions: Positions
    settings: Settings = Settings()
    diagnostics: Sequence[Diagnostic] = ()
    problem: str = ""
    left: bool = False


class Checker:
    """Checks texts with the configuration that holds for them. Nothing here waits or knows of an editor."""

    def __init__(self, configurations: Configurations, encoding: str) -> None:
        self.configurations = configurations
        self.encoding = encoding

    def check(self, text: str, path: Path, revision: int) -> Checked:
        """What is wrong in ``text``. A mistake in the configuration, or a crash, is a result too."""
        generation = self.configurations.renewed()
        document = Document(text, path.as_posix())
        blank = Checked(revision, generation, document, Positions(text, self.encoding))
        try:
            settings, _ = self.configurations.for_file(path)
            if left_out(path, settings):
                return blank._replace(settings=settings, left=True)
            result = self.look(path)(from_text(text, path.as_posix(), suffix_of(path.name)))
        except ReportlintError as error:
            return blank._replace(problem=str(error))
        except Exception as error:
            # As in a run over files: a crash on one text is a result for that text.
            return blank._replace(problem=crash(error))
        return blank._replace(document=result.document, settings=settings, diagnostics=result.diagnostics)

    def look(self, path: Path) -> Callable[[Document], Result]:
        """What finds everything worth telling in a document that lies at ``path``: new, and of the least severity."""
        settings, baseline = self.configurations.for_file(path)

        def check(document: Document) -> Result:
            # What a baseline knows does not depend on what is shown.
            result = check_document(document, path, settings.overridden(severity="info"))
            found = result.diagnostics
            if baseline is not None:
                found = baseline.new(path, found, (rule.code for rule in settings.chosen(rules())))
            return result._replace(diagnostics=tuple(one for one in found if one.severity >= settings.severity))

        return check
