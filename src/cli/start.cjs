#!/usr/bin/env node
// Starts the bundled command line from V8's code cache: parsing and compiling half a megabyte of JavaScript
// would cost as much time as starting Node itself. The build writes the cache beside the bundle; V8 refuses
// one that another version of Node has written, and then everything still works, only slower.
const fs = require("node:fs");
const { wrap } = require("node:module");
const path = require("node:path");
const vm = require("node:vm");

const filename = path.join(__dirname, "cli.bundle.cjs");
const cacheFile = path.join(__dirname, "cli.bundle.cache");

// What USE_MAIN_CONTEXT_DEFAULT_LOADER does below is settled; its users need not be warned of it.
const { emitWarning } = process;
process.emitWarning = (warning, ...rest) => {
  if (!String(warning).includes("USE_MAIN_CONTEXT_DEFAULT_LOADER"))
    emitWarning.call(process, warning, ...rest);
};

let cachedData;
try {
  cachedData = fs.readFileSync(cacheFile);
} catch {
  // A build without a cache.
}
const script = new vm.Script(wrap(fs.readFileSync(filename, "utf8")), {
  filename,
  cachedData,
  importModuleDynamically: vm.constants?.USE_MAIN_CONTEXT_DEFAULT_LOADER,
});
if (process.env.COOPER_BUILD_CODE_CACHE === "1")
  process.once("exit", () => fs.writeFileSync(cacheFile, script.createCachedData()));
script.runInThisContext()(exports, require, module, filename, __dirname);
