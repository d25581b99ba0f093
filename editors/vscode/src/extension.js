// Starts the language server for plain text and Markdown, and nothing more: everything that is shown comes from it.
"use strict";

const vscode = require("vscode");
const { CloseAction, ErrorAction, LanguageClient } = require("vscode-languageclient/node");
const { program, start } = require("./program");

const SCHEMES = ["file", "untitled"];
const LANGUAGES = ["plaintext", "markdown"];

let client;
let output;

async function activate(context) {
  output = vscode.window.createOutputChannel("reportlint", { log: true });
  context.subscriptions.push(
    output,
    vscode.commands.registerCommand("reportlint.restart", restart),
    vscode.commands.registerCommand("reportlint.log", () => output.show()),
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration("reportlint.path")) {
        return restart();
      }
    }),
    vscode.workspace.onDidGrantWorkspaceTrust(restart),
  );
  await launch();
}

async function launch() {
  const settings = vscode.workspace.getConfiguration("reportlint");
  const folders = (vscode.workspace.workspaceFolders ?? []).filter((one) => one.uri.scheme === "file").map((one) => one.uri.fsPath);
  const command = program({ setting: settings.get("path"), folders, trusted: vscode.workspace.isTrusted });
  let unable = false;
  const ended = (words) => {
    unable = true;
    complain(words);
  };
  client = new LanguageClient(
    "reportlint",
    "reportlint",
    () => start(command, folders[0], ended),
    {
      documentSelector: SCHEMES.flatMap((scheme) => LANGUAGES.map((language) => ({ scheme, language }))),
      synchronize: { configurationSection: "reportlint" },
      initializationOptions: { facts: settings.get("facts"), lang: settings.get("lang"), delay: settings.get("delay") },
      outputChannel: output,
      errorHandler: {
        error: () => ({ action: ErrorAction.Continue, handled: true }),
        // A program that cannot be the server will not become one by being started again.
        closed: () => ({ action: unable ? CloseAction.DoNotRestart : crashes.next(), handled: true }),
      },
    },
  );
  try {
    await client.start();
  } catch (error) {
    if (!unable) {
      complain(error.message ?? String(error));
    }
  }
}

/** Whether to start again after a crash: four times in three minutes are enough. */
const crashes = {
  times: [],
  next() {
    const now = Date.now();
    this.times = [...this.times.filter((one) => now - one < 180_000), now];
    if (this.times.length < 4) {
      return CloseAction.Restart;
    }
    complain("服务反复中断，不再重启。请看日志，并用命令“reportlint：重新启动服务”再试");
    return CloseAction.DoNotRestart;
  },
};

function complain(words) {
  const [settings, log] = ["打开设置", "显示日志"];
  vscode.window.showErrorMessage(words.startsWith("reportlint") ? words : `reportlint：${words}`, settings, log).then((chosen) => {
    if (chosen === settings) {
      vscode.commands.executeCommand("workbench.action.openSettings", "reportlint.path");
    } else if (chosen === log) {
      output.show();
    }
  });
}

async function restart() {
  await deactivate();
  await launch();
}

async function deactivate() {
  const old = client;
  client = undefined;
  if (old?.isRunning()) {
    await old.stop();
  }
}

module.exports = { activate, deactivate };
