// Which program is the server, and what it says when it cannot be one.
"use strict";

const { spawn } = require("node:child_process");
const { existsSync } = require("node:fs");
const { join } = require("node:path");

/**
 * The command that starts reportlint: the person's setting, else the one in a folder's own environment, else the one on the PATH.
 * A program that lies in a folder is run only if the person trusts the folder.
 */
function program({ setting, folders, trusted, platform = process.platform, exists = existsSync }) {
  if (setting) {
    return setting;
  }
  const inside = platform === "win32" ? ["Scripts", "reportlint.exe"] : ["bin", "reportlint"];
  for (const folder of trusted ? folders : []) {
    for (const environment of [".venv", "venv"]) {
      const file = join(folder, environment, ...inside);
      if (exists(file)) {
        return file;
      }
    }
  }
  return "reportlint";
}

/**
 * Start the server; resolves to its process once it runs. `ended(words)` is called if it ends by itself without having been able to work,
 * with what there is to tell.
 */
function start(command, cwd, ended) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, ["lsp"], { cwd, env: { ...process.env, PYTHONIOENCODING: "utf-8" } });
    let said = "";
    child.stderr.setEncoding("utf8");
    child.stderr.on("data", (words) => {
      said = (said + words).slice(-2000);
    });
    child.once("error", (error) => {
      reject(error.code === "ENOENT" ? new Error(missing(command)) : error);
    });
    child.once("spawn", () => resolve(child));
    child.once("exit", (status) => {
      if (status === 2) {
        ended(said.trim().split("\n").pop() || missing(command));
      }
    });
  });
}

function missing(command) {
  return `找不到程序 ${command}：请先安装 pip install 'reportlint[editor]'，或在设置 reportlint.path 里写明位置`;
}

module.exports = { program, start };
