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
const room = Buffer.allocUnsafeSlow(1 << 20);

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
  // The build has made a function of it, of characters of one byte each: to copy the text here and to decode and
  // keep wider characters takes milliseconds.
  const code = read(filename).latin1Slice();
  let cachedData;
  try {
    cachedData = read(`${filename}.cache`);
  } catch {
    // A build without a cache.
  }
  const script = new vm.Script(code, { filename, cachedData });
  scripts.set(filename, script);
  return script;
}

/** The bytes of a file, until the next is read: memory for each of its own takes longer than reading. */
function read(filename) {
  const descriptor = fs.openSync(filename);
  try {
    const { size } = fs.fstatSync(descriptor);
    // That of the TypeScript compiler has to be free again soon, or V8 would begin to collect garbage.
    const buffer = size > room.length ? Buffer.allocUnsafeSlow(size) : room;
    let length = 0;
    while (length < size) {
      const count = fs.readSync(descriptor, buffer, length, size - length);
      if (count === 0) break;
      length += count;
    }
    return buffer.subarray(0, length);
  } finally {
    fs.closeSync(descriptor);
  }
}

// Code from the cache cannot call import() itself.
globalThis.cooperImport = (specifier) => import(specifier);

if (process.env.COOPER_BUILD_CODE_CACHE === "1")
  process.once("exit", () => {
    for (const [filename, script] of scripts)
      fs.writeFileSync(`${filename}.cache`, script.createCachedData());
  });

load("./main.cjs");
