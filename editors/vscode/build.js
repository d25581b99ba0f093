// One file with everything in it, and the licences of everything in it: what the package holds.
"use strict";

const { copyFileSync, existsSync, readFileSync, readdirSync, writeFileSync } = require("node:fs");
const { join } = require("node:path");
const esbuild = require("esbuild");

const { metafile } = esbuild.buildSync({
  absWorkingDir: __dirname,
  entryPoints: ["src/extension.js"],
  outfile: "dist/extension.js",
  bundle: true,
  platform: "node",
  target: "node20",
  format: "cjs",
  external: ["vscode"],
  minify: true,
  legalComments: "none",
  metafile: true,
});

const folders = Object.keys(metafile.inputs).map((file) => file.match(/^.*node_modules\/(?:@[^/]+\/)?[^/]+/)?.[0]);
const licences = [...new Set(folders)].filter(Boolean).sort().map((folder) => {
  const { name, version, license } = JSON.parse(readFileSync(join(__dirname, folder, "package.json"), "utf8"));
  const file = readdirSync(join(__dirname, folder)).find((one) => /^licen[cs]e/i.test(one));
  return `${name} ${version} (${license})\n\n${file ? readFileSync(join(__dirname, folder, file), "utf8").trim() : ""}\n`;
});
writeFileSync(join(__dirname, "dist", "LICENSES.txt"), licences.join(`\n${"-".repeat(80)}\n\n`));
if (existsSync(join(__dirname, "..", "..", "LICENSE"))) {
  copyFileSync(join(__dirname, "..", "..", "LICENSE"), join(__dirname, "LICENSE.txt"));
}
