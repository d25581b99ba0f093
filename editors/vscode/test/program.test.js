"use strict";

const assert = require("node:assert/strict");
const { join } = require("node:path");
const { test } = require("node:test");
const { program, start } = require("../src/program");

const inFolder = join("/drafts", ".venv", "bin", "reportlint");
const given = { setting: "", folders: ["/drafts"], trusted: true, platform: "linux", exists: (file) => file === inFolder };

test("the setting comes first, then the folder's environment, then the PATH", () => {
  assert.equal(program({ ...given, setting: "/opt/reportlint" }), "/opt/reportlint");
  assert.equal(program(given), inFolder);
  assert.equal(program({ ...given, folders: ["/other"] }), "reportlint");
});

test("a program in a folder that is not trusted is not run", () => {
  assert.equal(program({ ...given, trusted: false }), "reportlint");
});

test("a program that is not there is told with the way out", async () => {
  await assert.rejects(start("/nowhere/reportlint", undefined, () => {}), /pip install 'reportlint\[editor\]'/);
});
