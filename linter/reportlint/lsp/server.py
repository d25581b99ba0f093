"""What the editor sends, and what it gets: every request and notification in one place."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from inspect import iscoroutinefunction
from pathlib import Path
from typing import Any, BinaryIO

from lsprotocol import types
from pygls.lsp.server import LanguageServer
from pygls.uris import to_fs_path

from reportlint import __version__
from reportlint.configuration import FILE, PYPROJECT
from reportlint.errors import ReportlintError
from reportlint.lsp import configuration_edit as configuration
from reportlint.lsp.actions import FIX_ALL, IGNORE_FINDING, IGNORE_RULE, Asked, actions, edit, mended, wanted
from reportlint.lsp.checking import Checked, Checker, place
from reportlint.lsp.configured import Configurations
from reportlint.lsp.diagnostics import SOURCE, Client, shown, style_of
from reportlint.lsp.hints import hints
from reportlint.lsp.hover import hover
from reportlint.lsp.ignoring import REASON, pattern
from reportlint.lsp.options import Options
from reportlint.lsp.session import Session
from reportlint.lsp.worker import Workers
from reportlint.registry import rules
from reportlint.run import crash
from reportlint.selection import matches
from reportlint.settings import Exemption, Settings

#: Seconds between two looks at the files that the settings came from, for editors that do not tell.
_POLL = 2.0
_PULL = types.DiagnosticOptions(inter_file_dependencies=False, workspace_diagnostics=False, identifier=SOURCE)


class _Pygls(LanguageServer):
    """The protocol, speaking Chinese where something goes wrong between the two programs."""

    def report_server_error(self, error: Exception, source: Any) -> None:
        """A message that made no sense, or a defect of ours; what it was about stays out of it."""
        logging.getLogger("reportlint").error("%s: %s", source.__name__, type(error).__name__)


class Server:
    """The language server: open documents, and what the editor is told about them."""

    def __init__(self) -> None:
        self.protocol = _Pygls("reportlint", __version__, text_document_sync_kind=types.TextDocumentSyncKind.Full)
        self.client = Client()
        self.options = Options()
        self.configurations = Configurations()
        self.workers = Workers()
        self.sessions: dict[str, Session] = {}
        self.checker = Checker(self.configurations, "utf-16")
        self.stopped = False
        self._generation = 0
        self._told: set[str] = set()
        self._poll: asyncio.Task[None] | None = None
        for method, handler in self._handlers().items():
            self.protocol.feature(method)(_function(handler))
        kinds = types.CodeActionOptions([types.CodeActionKind.QuickFix, FIX_ALL], resolve_provider=True)
        self.protocol.feature(types.TEXT_DOCUMENT_CODE_ACTION, kinds)(_function(self._code_action))
        self.protocol.feature(types.CODE_ACTION_RESOLVE)(_function(self._resolve))
        self.protocol.command(IGNORE_FINDING)(_function(self._ignore_finding))
        self.protocol.command(IGNORE_RULE)(_function(self._ignore_rule))

    def _handlers(self) -> dict[str, Callable[..., Any]]:
        return {
            types.INITIALIZE: self._initialize,
            types.INITIALIZED: self._initialized,
            types.SHUTDOWN: self._shutdown,
            types.TEXT_DOCUMENT_DID_OPEN: self._opened,
            types.TEXT_DOCUMENT_DID_CHANGE: self._changed,
            types.TEXT_DOCUMENT_DID_SAVE: self._disk_changed,
            types.TEXT_DOCUMENT_DID_CLOSE: self._closed,
            types.WORKSPACE_DID_CHANGE_CONFIGURATION: self._options_changed,
            types.WORKSPACE_DID_CHANGE_WATCHED_FILES: self._disk_changed,
            types.TEXT_DOCUMENT_HOVER: self._hover,
            types.TEXT_DOCUMENT_INLAY_HINT: self._inlay_hint,
        }

    def serve(self, stdin: BinaryIO | None = None, stdout: BinaryIO | None = None) -> int:
        """Listen until the editor ends it or goes away; the exit status: 0 where it was told to stop before, else 1."""
        self.protocol.start_io(stdin, stdout)
        return 0 if self.stopped else 1

    # -- the life of the server

    def _initialize(self, params: types.InitializeParams) -> None:
        encoding = self.protocol.workspace.position_encoding or types.PositionEncodingKind.Utf16
        self.client = _client(params.capabilities, types.PositionEncodingKind(encoding).value)
        self.options = Options().changed(params.initialization_options)
        self.checker = Checker(self.configurations, self.client.encoding)
        if self.client.pulls:
            # Only for editors that ask: one that hears twice shows everything twice.
            self.protocol.feature(types.TEXT_DOCUMENT_DIAGNOSTIC, _PULL)(_function(self._diagnostic))

    async def _initialized(self, _params: types.InitializedParams) -> None:
        self._poll = asyncio.create_task(self._watch())
        watching = _capability(self.protocol.client_capabilities, "workspace", "did_change_watched_files")
        if watching is not None and watching.dynamic_registration:
            watchers = [types.FileSystemWatcher(f"**/{name}") for name in (FILE, PYPROJECT, "reportlint-baseline.json")]
            await self.protocol.client_register_capability_async(
                types.RegistrationParams(
                    [
                        types.Registration(
                            "reportlint-configuration",
                            types.WORKSPACE_DID_CHANGE_WATCHED_FILES,
                            types.DidChangeWatchedFilesRegistrationOptions(watchers),
                        )
                    ]
                )
            )

    def _shutdown(self, _params: None) -> None:
        self.stopped = True
        if self._poll is not None:
            self._poll.cancel()
        for session in self.sessions.values():
            session.close()

    async def _watch(self) -> None:
        """Look from time to time whether the settings have changed."""
        while True:
            await asyncio.sleep(_POLL)
            if self.sessions:
                await self._disk_changed(None)

    # -- documents

    def _opened(self, params: types.DidOpenTextDocumentParams) -> None:
        document = params.text_document
        where = place(document.uri, document.language_id, self._root())
        if where is None:
            return
        check = partial(self._check, where.path)
        session = Session(
            document.uri,
            where,
            document.text,
            document.version,
            check,
            self.workers,
            lambda: self.configurations.generation,
        )
        self.sessions[document.uri] = session
        self._tell(session, 0)

    def _check(self, path: Path, text: str, revision: int) -> Checked:
        return self.checker.check(text, path, revision)

    def _changed(self, params: types.DidChangeTextDocumentParams) -> None:
        session = self.sessions.get(params.text_document.uri)
        if session is not None and params.content_changes:
            session.change(params.content_changes[-1].text, params.text_document.version)
            self._tell(session, self.options.delay / 1000)

    def _closed(self, params: types.DidCloseTextDocumentParams) -> None:
        session = self.sessions.pop(params.text_document.uri, None)
        if session is not None:
            session.close()
            if not self.client.pulls:
                self.protocol.text_document_publish_diagnostics(types.PublishDiagnosticsParams(session.uri, []))

    # -- diagnostics

    def _tell(self, session: Session, delay: float) -> None:
        """Send the diagnostics of a document once nothing has changed for ``delay`` seconds; an editor that pulls asks itself."""
        if not self.client.pulls:
            task = asyncio.create_task(self._publish(session, delay))
            task.add_done_callback(_report)
            session.then(task)

    async def _publish(self, session: Session, delay: float) -> None:
        await session.settled(delay)
        checked = await session.checked()
        if not session.closed:
            self._complain(checked)
            found = shown(session.uri, checked, self.client, self.options)
            params = types.PublishDiagnosticsParams(session.uri, found, session.version)
            self.protocol.text_document_publish_diagnostics(params)

    async def _diagnostic(self, params: types.DocumentDiagnosticParams) -> types.DocumentDiagnosticReport:
        session = self.sessions.get(params.text_document.uri)
        if session is None:
            return types.RelatedFullDocumentDiagnosticReport([])
        await session.settled(self.options.delay / 1000)
        checked = await session.checked()
        self._complain(checked)
        return types.RelatedFullDocumentDiagnosticReport(shown(session.uri, checked, self.client, self.options))

    def _complain(self, checked: Checked) -> None:
        """Say once what keeps texts from being checked."""
        if checked.problem and checked.problem not in self._told:
            self._told.add(checked.problem)
            self._say(checked.problem, types.MessageType.Error)

    def _say(self, words: str, kind: types.MessageType) -> None:
        self.protocol.window_show_message(types.ShowMessageParams(kind, f"reportlint：{words}"))

    # -- settings

    async def _disk_changed(self, _params: object) -> None:
        """Check everything again if what the settings came from has changed."""
        generation = await self.workers.run(partial(self.configurations.renewed, now=True))
        if generation != self._generation:
            self._generation = generation
            self._told.clear()
            self._refresh()

    def _options_changed(self, params: types.DidChangeConfigurationParams) -> None:
        options = self.options.changed(params.settings)
        if options != self.options:
            self.options = options
            self._refresh()

    def _refresh(self) -> None:
        """Bring everything that is shown up to date."""
        for session in self.sessions.values():
            self._tell(session, 0)
        if self.client.pulls:
            self.protocol.workspace_diagnostic_refresh(None)
        hinting = _capability(self.protocol.client_capabilities, "workspace", "inlay_hint")
        if hinting is not None and hinting.refresh_support:
            self.protocol.workspace_inlay_hint_refresh(None)

    def _root(self) -> Path | None:
        return next(iter(self._folders()), None)

    def _folders(self) -> list[Path]:
        """The folders that are open in the editor."""
        workspace = self.protocol.workspace
        uris = [folder.uri for folder in workspace.folders.values()] or [workspace.root_uri]
        return [Path(path) for uri in uris if uri and (path := to_fs_path(uri))]

    # -- what is asked about a place

    async def _hover(self, params: types.HoverParams) -> types.Hover | None:
        session = self.sessions.get(params.text_document.uri)
        if session is None:
            return None
        checked = await session.checked()
        offset = checked.positions.offset(params.position)
        style = style_of(checked, self.options)
        return await self.workers.run(partial(hover, checked, offset, self.client, style, figures=self.options.facts))

    async def _inlay_hint(self, params: types.InlayHintParams) -> list[types.InlayHint]:
        session = self.sessions.get(params.text_document.uri)
        if session is None or not self.options.facts:
            return []
        checked = await session.checked()
        span = checked.positions.span(params.range)
        return await self.workers.run(partial(hints, checked, span, style_of(checked, self.options)))

    async def _code_action(self, params: types.CodeActionParams) -> list[types.CodeAction]:
        session = self.sessions.get(params.text_document.uri)
        only = [str(getattr(kind, "value", kind)) for kind in params.context.only or ()]
        if session is None or not wanted(only):
            return []
        checked = await session.checked()
        span = checked.positions.span(params.range)
        asked = Asked(session.uri, session.version, session.place.saved, span, only)
        style = style_of(checked, self.options)
        found = await self.workers.run(lambda: list(actions(checked, asked, self.client, style)))
        if not self.client.resolves:
            found = [await self._resolve(one) for one in found]
        return found

    async def _resolve(self, action: types.CodeAction) -> types.CodeAction:
        """The edit of an action that was offered without; of a text that has changed since there is none."""
        data = action.data if isinstance(action.data, dict) else {}
        session = self.sessions.get(str(data.get("uri")))
        if session is None or action.edit is not None or action.kind != FIX_ALL:
            return action
        checked = await session.checked()
        if checked.revision != data.get("revision") or checked.problem:
            return action
        version = session.version
        look = self.checker.look(session.place.path)
        replacements = await self.workers.run(partial(mended, checked, look))
        action.edit = edit(checked, session.uri, version, replacements, self.client)
        return action

    # -- what writes into the configuration

    async def _ignore_rule(self, uri: str, code: str) -> None:
        rule = next((one for one in rules() if one.code == code), None)
        if rule is not None:
            await self._write(
                uri,
                lambda file, _: configuration.without_rule(code, configuration.is_pyproject(file)),
                lambda path, settings: rule not in settings.at(path).chosen(rules()),
                f"不再查 {code} {rule.title}",
            )

    async def _ignore_finding(self, uri: str, code: str, text: str) -> None:
        rule = next((one for one in rules() if one.code == code), None)
        if rule is None or not text:
            return

        def change(file: Path, path: Path) -> configuration.Change:
            one = Exemption(code, pattern(path, file.parent), text, REASON)
            return configuration.with_exemption(one, configuration.is_pyproject(file))

        await self._write(
            uri,
            change,
            lambda path, settings: any(
                matches(one.code, rule) and one.text == text for one in settings.directives(path)
            ),
            f"忽略 {code}“{text}”",
        )

    async def _write(
        self,
        uri: str,
        change: Callable[[Path, Path], configuration.Change],
        holds: Callable[[Path, Settings], bool],
        words: str,
    ) -> None:
        """Change the configuration that holds for a document, and say so."""
        session = self.sessions.get(uri)
        if session is None:
            return
        path = session.place.path
        folders = self._folders()

        def write() -> Path:
            settings, _ = self.configurations.for_file(path)
            file = configuration.home(settings, path, folders)
            configuration.edited(file, change(file, path), partial(holds, path))
            return file

        try:
            file = await self.workers.run(write)
        except ReportlintError as error:
            self._say(str(error), types.MessageType.Error)
            return
        self._say(f"已写进 {file.name}：{words}", types.MessageType.Info)
        await self._disk_changed(None)


def _report(task: asyncio.Task[None]) -> None:
    """Say on standard error that a task of ours failed: nobody waits for it."""
    if not task.cancelled() and (error := task.exception()) is not None:
        logging.getLogger("reportlint").error("%s", crash(error) if isinstance(error, Exception) else error)


def _function(handler: Callable[..., Any]) -> Callable[..., Any]:
    """``handler`` as a function: pygls keeps notes on what it is given, and a method has no room for them.

    It also asks what class the arguments are of, and ``Any`` is none before Python 3.11: nothing is said of them.
    """
    if iscoroutinefunction(handler):

        async def waiting(*args: Any) -> Any:
            return await handler(*args)

        waiting.__annotations__.clear()
        return waiting

    def plain(*args: Any) -> Any:
        return handler(*args)

    plain.__annotations__.clear()
    return plain


def _capability(capabilities: types.ClientCapabilities, *names: str) -> Any:
    """What the editor says of itself under ``names``, or ``None``."""
    found: Any = capabilities
    for name in names:
        found = getattr(found, name, None)
    return found


def _client(capabilities: types.ClientCapabilities, encoding: str) -> Client:
    """What of all that an editor says of itself makes a difference here."""
    publishing = _capability(capabilities, "text_document", "publish_diagnostics")
    refreshing = _capability(capabilities, "workspace", "diagnostics")
    hovering = _capability(capabilities, "text_document", "hover", "content_format")
    editing = _capability(capabilities, "workspace", "workspace_edit")
    resolving = _capability(capabilities, "text_document", "code_action", "resolve_support")
    return Client(
        related=bool(publishing and publishing.related_information),
        pulls=bool(
            _capability(capabilities, "text_document", "diagnostic") and refreshing and refreshing.refresh_support
        ),
        markdown=types.MarkupKind.Markdown in (hovering or ()),
        documents=bool(editing and editing.document_changes),
        resolves="edit" in (resolving.properties if resolving else ()),
        encoding=encoding,
    )


def serve(stdin: BinaryIO | None = None, stdout: BinaryIO | None = None) -> int:
    """Be the language server until the editor goes away; the exit status."""
    logging.basicConfig(level=logging.ERROR, format="%(name)s: %(message)s")
    logging.getLogger("pygls").setLevel(logging.CRITICAL)  # it would print what it was sent: the text of reports
    with suppress(KeyboardInterrupt):
        return Server().serve(stdin, stdout)
    return 130
