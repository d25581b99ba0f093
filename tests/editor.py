"""An editor for tests: pytest-lsp's client, with the capabilities of a real one, over the pipes of a real server process."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, Union

from lsprotocol import types
from pygls.protocol import default_converter
from pytest_lsp import LanguageClient, client_capabilities
from pytest_lsp.client import DEFAULT_CLIENT_FEATURES, register_lsp_features

COMMAND = (sys.executable, "-m", "reportlint", "lsp")
PROFILES = ("visual_studio_code", "neovim")


def _converter() -> Any:
    """lsprotocol takes an action that has a command for a bare command: an editor does not."""
    converter = default_converter()

    def action(value: Any, _type: Any) -> types.Command | types.CodeAction:
        bare = isinstance(value.get("command"), str)
        return converter.structure(value, types.Command if bare else types.CodeAction)

    converter.register_structure_hook(types.Command | types.CodeAction, action)
    converter.register_structure_hook(Union[types.Command, types.CodeAction], action)  # noqa: UP007
    return converter


class Editor:
    """Open documents and what the server said of them."""

    def __init__(self, client: LanguageClient, root: Path, encoding: str) -> None:
        self.client = client
        self.root = root
        self.encoding = encoding
        self.published: list[types.PublishDiagnosticsParams] = []
        self.refreshed = 0
        self.registered: list[types.Registration] = []
        self.heard = asyncio.Event()
        self._versions: dict[str, int] = {}

    def uri(self, name: str) -> str:
        return name if ":" in name else (self.root / name).as_uri()

    def open(self, name: str, text: str, language: str | None = None) -> str:
        """Open a document as the editor has it; nothing is written to the disk."""
        uri = self.uri(name)
        language = language or ("markdown" if name.endswith(".md") else "plaintext")
        self._versions[uri] = 1
        self.client.text_document_did_open(
            types.DidOpenTextDocumentParams(types.TextDocumentItem(uri, language, 1, text))
        )
        return uri

    def change(self, uri: str, text: str) -> int:
        self._versions[uri] += 1
        identifier = types.VersionedTextDocumentIdentifier(self._versions[uri], uri)
        changes = [types.TextDocumentContentChangeWholeDocument(text)]
        self.client.text_document_did_change(types.DidChangeTextDocumentParams(identifier, changes))
        return self._versions[uri]

    def close(self, uri: str) -> None:
        self.client.text_document_did_close(types.DidCloseTextDocumentParams(types.TextDocumentIdentifier(uri)))

    def saved(self, file: Path) -> None:
        """Tell that a file on the disk has changed, as editors do that watch."""
        changed = [types.FileEvent(file.as_uri(), types.FileChangeType.Changed)]
        self.client.workspace_did_change_watched_files(types.DidChangeWatchedFilesParams(changed))

    async def diagnostics(self, uri: str, version: int | None = None, seconds: float = 60) -> list[types.Diagnostic]:
        """What is published about the document: next, or for that version."""
        before = len(self.published)

        def found() -> list[types.Diagnostic] | None:
            since = self.published[0 if version is not None else before :]
            return next(
                (list(one.diagnostics) for one in since if one.uri == uri and version in (None, one.version)), None
            )

        return await self.until(found, seconds)

    async def shows(self, uri: str, codes: list[str], seconds: float = 30) -> None:
        """Wait until what is shown of the document are findings of these rules."""

        def last() -> list[str]:
            return next(
                ([str(each.code) for each in one.diagnostics] for one in self.published[::-1] if one.uri == uri), []
            )

        try:
            await self.until(lambda: last() == codes or None, seconds)
        except asyncio.TimeoutError:
            raise AssertionError(f"shown are {last()}, not {codes}") from None

    async def until(self, found: Callable[[], Any], seconds: float = 60) -> Any:
        """What ``found`` returns once it is not ``None``; asked whenever the server says something."""

        async def waited() -> Any:
            while (value := found()) is None:
                self.heard.clear()
                await self.heard.wait()
            return value

        return await asyncio.wait_for(waited(), seconds)

    async def opened(self, name: str, text: str, language: str | None = None) -> tuple[str, list[types.Diagnostic]]:
        uri = self.open(name, text, language)
        return uri, await self.diagnostics(uri, 1)

    async def actions(self, uri: str, where: types.Range, only: list[str] | None = None) -> list[types.CodeAction]:
        context = types.CodeActionContext([], only=only)
        params = types.CodeActionParams(types.TextDocumentIdentifier(uri), where, context)
        found = await self.client.text_document_code_action_async(params)
        return [one for one in found or () if isinstance(one, types.CodeAction)]

    async def hover(self, uri: str, line: int, character: int) -> str:
        params = types.HoverParams(types.TextDocumentIdentifier(uri), types.Position(line, character))
        found = await self.client.text_document_hover_async(params)
        return "" if found is None else found.contents.value

    async def run(self, command: types.Command) -> None:
        await self.client.workspace_execute_command_async(
            types.ExecuteCommandParams(command.command, command.arguments)
        )

    def applied(self, text: str, edit: types.WorkspaceEdit, uri: str) -> str:
        """``text`` after the edit, positions read as this editor counts."""
        if edit.document_changes is not None:
            (change,) = edit.document_changes
            assert isinstance(change, types.TextDocumentEdit) and change.text_document.uri == uri
            assert change.text_document.version == self._versions[uri]
            edits = list(change.edits)
        else:
            edits = list((edit.changes or {})[uri])
        for one in sorted(edits, key=lambda one: (one.range.start.line, one.range.start.character), reverse=True):
            start, end = self.offset(text, one.range.start), self.offset(text, one.range.end)
            text = text[:start] + one.new_text + text[end:]
        return text

    def offset(self, text: str, position: types.Position) -> int:
        """Own arithmetic, by bytes: the server's is what is being tested."""
        lines = text.replace("\r\n", "\n\0").replace("\r", "\n").replace("\n\0", "\r\n").split("\n")
        before = sum(len(line) + 1 for line in lines[: position.line])
        codec, size = {"utf-8": ("utf-8", 1), "utf-16": ("utf-16-le", 2), "utf-32": ("utf-32-le", 4)}[self.encoding]
        head = lines[position.line].encode(codec)[: position.character * size].decode(codec)
        return before + len(head)

    def text(self, text: str, where: types.Range) -> str:
        return text[self.offset(text, where.start) : self.offset(text, where.end)]

    @property
    def messages(self) -> list[str]:
        return [one.message for one in self.client.messages]


@asynccontextmanager
async def editor(
    root: Path,
    profile: str = "visual_studio_code",
    *,
    options: Any = None,
    encodings: list[str] | None = None,
    pull: bool = False,
) -> AsyncIterator[Editor]:
    """A server that has the folder ``root`` open; it must end well, with nothing left unsaid."""
    capabilities = client_capabilities(profile)
    if encodings is not None:
        assert capabilities.general is not None
        capabilities.general.position_encodings = list(encodings)
    if pull:
        assert capabilities.text_document is not None and capabilities.workspace is not None
        capabilities.text_document.diagnostic = types.DiagnosticClientCapabilities()
        capabilities.workspace.diagnostics = types.DiagnosticWorkspaceClientCapabilities(refresh_support=True)
    client = LanguageClient(converter_factory=_converter)
    here = Editor(client, root, "utf-16")

    def publish(params: types.PublishDiagnosticsParams) -> None:
        here.published.append(params)
        here.heard.set()

    def refresh(_params: None) -> None:
        here.refreshed += 1
        here.heard.set()

    def register(params: types.RegistrationParams) -> None:
        here.registered += params.registrations

    features = {
        **DEFAULT_CLIENT_FEATURES,
        types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS: publish,
        types.WORKSPACE_DIAGNOSTIC_REFRESH: refresh,
        types.CLIENT_REGISTER_CAPABILITY: register,
    }
    register_lsp_features(client, features)
    await client.start_io(*COMMAND)
    result = await client.initialize_session(
        types.InitializeParams(
            capabilities,
            root_uri=root.as_uri(),
            workspace_folders=[types.WorkspaceFolder(root.as_uri(), root.name)],
            initialization_options=options,
        )
    )
    here.encoding = types.PositionEncodingKind(result.capabilities.position_encoding or "utf-16").value
    try:
        yield here
    finally:
        server = client._server
        await client.shutdown_session()
        assert client.error is None
        assert server is not None and server.returncode == 0
        await client.stop()


__all__ = ["COMMAND", "PROFILES", "Editor", "editor"]
