// The protocol library that the extension bundles, against the real server. $REPORTLINT is the program, else the one on the PATH.
"use strict";

const assert = require("node:assert/strict");
const { mkdtempSync } = require("node:fs");
const { tmpdir } = require("node:os");
const { join } = require("node:path");
const { test } = require("node:test");
const { pathToFileURL } = require("node:url");
const protocol = require("vscode-languageserver-protocol/node");
const { start } = require("../src/program");

test("the server that the extension starts finds what it should", { timeout: 60_000 }, async () => {
  const folder = mkdtempSync(join(tmpdir(), "reportlint-"));
  const child = await start(process.env.REPORTLINT || "reportlint", folder, assert.fail);
  const exited = new Promise((resolve) => child.once("exit", resolve));
  const connection = protocol.createProtocolConnection(
    new protocol.StreamMessageReader(child.stdout),
    new protocol.StreamMessageWriter(child.stdin),
  );
  connection.listen();
  const { capabilities } = await connection.sendRequest(protocol.InitializeRequest.type, {
    processId: process.pid,
    rootUri: pathToFileURL(folder).href,
    workspaceFolders: null,
    capabilities: {
      textDocument: { diagnostic: {}, publishDiagnostics: { relatedInformation: true } },
      workspace: { diagnostics: { refreshSupport: true } },
    },
    initializationOptions: { facts: false, lang: "en", delay: 250 },
  });
  assert.ok(capabilities.diagnosticProvider, "an editor that pulls is pulled from");
  await connection.sendNotification(protocol.InitializedNotification.type, {});
  const uri = pathToFileURL(join(folder, "总结.md")).href;
  const text = "𠮷野区省级督察反馈任务26项，已完成整改29项。";
  await connection.sendNotification(protocol.DidOpenTextDocumentNotification.type, {
    textDocument: { uri, languageId: "markdown", version: 1, text },
  });
  const report = await connection.sendRequest(protocol.DocumentDiagnosticRequest.type, { textDocument: { uri } });
  assert.deepEqual(report.items.map((one) => one.code), ["NM101"]);
  const { start: from, end: to } = report.items[0].range;
  // JavaScript counts as the editor does: in UTF-16.
  assert.equal(text.slice(from.character, to.character), "29项");
  assert.match(report.items[0].message, /26/);
  assert.equal(report.items[0].relatedInformation.length, 1);
  await connection.sendRequest(protocol.ShutdownRequest.type);
  await connection.sendNotification(protocol.ExitNotification.type);
  assert.equal(await exited, 0);
});
