#!/usr/bin/env node
// Loads the parts of the command line that a command needs, each with V8's code cache beside it: to parse and
// compile them would cost more than starting Node itself. The build writes the caches; V8 refuses one that another
// version of Node has written, and then everything still works, only slower.
const fs = require("node:fs");
const path = require("node:path");
const vm = require("node:vm");

/** Modules of Node's that take milliseconds to load. */
const slow =
  /^(?:node:)?(child_process|crypto|fs\/promises|module|net|os|stream|stream\/promises|timers\/promises|tty|url|util)$/;
const parts = new Map();
const scripts = new Map();

/** Loads a part, or what a part asks Node for. */
function load(name) {
  if (slow.test(name)) return whenUsed(name);
  if (!name.startsWith("./")) return require(name);
  const part = parts.get(name) ?? { exports: {} };
  if (parts.has(name)) return part.exports;
  parts.set(name, part);
  const filename = path.join(__dirname, name);
  compile(filename).runInThisContext()(part.exports, load, part, filename, __dirname);
  return part.exports;
}

/** A module of Node's that is loaded when something in it is used, or when its names are. */
function whenUsed(name) {
  const loaded = () => require(name);
  return new Proxy(
    {},
    {
      get: (_, key) => loaded()[key],
      ownKeys: () => Reflect.ownKeys(loaded()),
      getOwnPropertyDescriptor: (_, key) =>
        key in loaded()
          ? { configurable: true, enumerable: true, value: loaded()[key] }
          : undefined,
    },
  );
}

function compile(filename) {
  let cachedData;
  try {
    cachedData = fs.readFileSync(`${filename}.cache`);
  } catch {
    // A build without a cache.
  }
  // The build has made a function of it, of characters of one byte each: to copy the text here and to decode and
  // keep wider characters takes milliseconds.
  const script = new vm.Script(fs.readFileSync(filename, "latin1"), { filename, cachedData });
  scripts.set(filename, script);
  return script;
}

// Code from the cache cannot call import() itself.
globalThis.cooperImport = (specifier) => import(specifier);

if (process.env.COOPER_BUILD_CODE_CACHE === "1")
  process.once("exit", () => {
    for (const [filename, script] of scripts)
      fs.writeFileSync(`${filename}.cache`, script.createCachedData());
  });

load("./main.cjs");
