#!/usr/bin/env node
// Starts the bundled command line from V8's code cache: parsing and compiling half a megabyte of JavaScript
// would cost as much time as starting Node itself. The build writes the cache beside the bundle; V8 refuses
// one that another version of Node has written, and then everything still works, only slower.
const fs = require("node:fs");
const { wrap } = require("node:module");
const path = require("node:path");
const vm = require("node:vm");

const filename = path.join(__dirname, "cli.bundle.cjs");
// What starts containers has a cache of its own: reading one takes the longer the more is in it.
const cacheFile = path.join(
  __dirname,
  process.argv[2] === "run" ? "cli.run.cache" : "cli.bundle.cache",
);

// Code from the cache cannot call import() itself.
globalThis.cooperImport = (specifier) => import(specifier);

let cachedData;
try {
  cachedData = fs.readFileSync(cacheFile);
} catch {
  // A build without a cache.
}
// The build sees to it that every character is one byte: decoding and keeping wider ones takes milliseconds.
const script = new vm.Script(wrap(fs.readFileSync(filename, "latin1")), {
  filename,
  cachedData,
});
if (process.env.COOPER_BUILD_CODE_CACHE === "1")
  process.once("exit", () => fs.writeFileSync(cacheFile, script.createCachedData()));
script.runInThisContext()(exports, require, module, filename, __dirname);
