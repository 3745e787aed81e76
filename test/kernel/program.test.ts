import { describe, expect, it } from "vitest";
import { close, mknodat, openat, read, write } from "../../src/kernel/calls/file.js";
import { mount } from "../../src/kernel/calls/mount.js";
import { setns } from "../../src/kernel/calls/namespace.js";
import { execve } from "../../src/kernel/calls/process.js";
import { quoted, string } from "../../src/kernel/arguments.js";
import { AT_FDCWD, O_RDONLY, S_IFCHR } from "../../src/kernel/constants/file.js";
import { MS_BIND, MS_NODEV, MS_NOSUID } from "../../src/kernel/constants/mount.js";
import { executeCommand } from "../../src/kernel/program/command.js";
import {
  entry,
  header,
  layOutProgram,
  placeImage,
  readFailure,
} from "../../src/kernel/program/image.js";
import { Program, ProgramBuilder } from "../../src/kernel/program/program.js";
import { placeholder, printArgument, printSystemCall } from "../../src/kernel/system-call.js";

const command = executeCommand(["/bin/true"], ["PATH=/bin"]);

function small(): Program {
  const builder = new ProgramBuilder();
  const step = builder.step("a file");
  const file = step.add(openat(AT_FDCWD, "/etc/x", O_RDONLY), { ignore: ["EEXIST", "EBUSY"] });
  step.add(read(file, Buffer.from("ab")), { minimum: 2 });
  step.add(close(placeholder("other")), { ignore: "all" });
  return builder.execute("execute", command);
}

describe("printing", () => {
  it("shows results and placeholders by name, or by the value they have", () => {
    const program = small();
    expect(program.print()).toEqual([
      'openat(AT_FDCWD, "/etc/x", O_RDONLY)',
      'read($openat.1, "ab", 2)',
      "close($other)",
      'execve("/bin/true", ["/bin/true"], ["PATH=/bin"])',
    ]);
    const known = { values: { other: 9 }, results: (index: number) => BigInt(index + 40) };
    expect(program.print(known).slice(1, 3)).toEqual(['read(40, "ab", 2)', "close(9)"]);
  });

  it("escapes strings as strace does", () => {
    expect(quoted(Buffer.from('a"b\\c\n\t\r\v\f\x001\x018\u007f'))).toBe(
      String.raw`"a\"b\\c\n\t\r\v\f\0001\18\177"`,
    );
    expect(quoted(Buffer.from("桶"))).toBe(String.raw`"\346\241\266"`);
  });

  it("refuses strings the kernel would cut short", () => {
    expect(() => string("a\0b")).toThrow('must not contain NUL: "a\\u0000b"');
  });

  it("refuses arguments of mount that the kernel would ignore", () => {
    expect(() => mount("/a", "/b", "proc", MS_BIND, null)).toThrow("ignores type and data");
    expect(printSystemCall(mount("proc", "/x", "proc", MS_NOSUID | MS_NODEV, null))).toBe(
      'mount("proc", "/x", "proc", MS_NOSUID|MS_NODEV, NULL)',
    );
  });

  it("encodes device numbers as the kernel decodes them", () => {
    const call = mknodat(AT_FDCWD, "/d", S_IFCHR | 0o600, { major: 0x103, minor: 0x401 });
    // Source: include/linux/kdev_t.h, new_decode_dev.
    expect(call.arguments[3]).toMatchObject({ value: 0x410301n, text: "makedev(0x103, 0x401)" });
  });
});

describe("building", () => {
  it("refuses results of calls that are not before, and programs without a command", () => {
    const other = new ProgramBuilder().step("x").add(openat(AT_FDCWD, "/", O_RDONLY));
    expect(() => new ProgramBuilder().step("x").add(close(other))).toThrow("not before it");
    const step = new ProgramBuilder().step("x");
    expect(() => step.add(execve("/bin/true", ["true"], []))).toThrow("use execute()");
    expect(() => new Program([])).toThrow("must end by executing a command");
    const builder = new ProgramBuilder();
    expect(() => builder.execute("x", [close(1)])).toThrow("only execve");
  });

  it("gives programs that later entries do not change", () => {
    const builder = new ProgramBuilder();
    const program = builder.execute("x", command);
    expect(() => (program.entries as unknown[]).push(1)).toThrow(TypeError);
    expect(program.entries).toHaveLength(1);
  });

  it("searches PATH in order, each directory once, the default one without PATH", () => {
    const paths = (argv: [string, ...string[]], environment: string[]) =>
      executeCommand(argv, environment).map((call) => call.arguments[0]);
    const texts = (argv: [string, ...string[]], environment: string[]) =>
      paths(argv, environment).map((each) => (each === undefined ? "" : printArgument(each)));
    expect(texts(["ls"], ["PATH=/b::/a:/b"])).toEqual(['"/b/ls"', '"ls"', '"/a/ls"']);
    expect(texts(["./ls"], ["PATH=/b"])).toEqual(['"./ls"']);
    expect(texts(["ls"], ["HOME=/"])).toContain('"/usr/bin/ls"');
  });
});

describe("laying out", () => {
  const architectures = [
    ["x64", [257, 0, 3, 59]],
    ["arm64", [56, 63, 57, 221]],
  ] as const;

  it.each(architectures)("writes the table of launch-%s.S", (architecture, numbers) => {
    const image = layOutProgram(small(), architecture);
    const memory = Buffer.alloc(4096, 0xff);
    const base = 0x7000_0000_0000n;
    placeImage(image, memory, base, { other: -1 });

    const word = (offset: number): bigint => memory.readBigUInt64LE(offset);
    const at = (index: number, field: number): number =>
      header.entries + entry.size * index + field;
    const stringAt = (address: bigint): string => {
      const start = Number(address - base);
      return memory.toString("utf8", start, memory.indexOf(0, start));
    };
    expect(word(header.entryCount)).toBe(4n);
    expect(word(header.cloneArguments)).toBe(base + 64n);
    expect(word(header.failedEntry)).toBe(0n);
    expect(word(header.allSignals)).toBe(0xffff_ffff_ffff_ffffn);
    expect([0, 1, 2, 3].map((index) => Number(word(at(index, 0))))).toEqual(numbers);

    // openat: AT_FDCWD sign-extended, a string, no third flag, two errors to ignore.
    expect(BigInt.asIntN(64, word(at(0, 8)))).toBe(-100n);
    expect(stringAt(word(at(0, 16)))).toBe("/etc/x");
    expect(memory.readUInt16LE(at(0, entry.indirect))).toBe(0);
    expect([60, 62].map((field) => memory.readUInt16LE(at(0, field)))).toEqual([17, 16]);
    // read: its first argument is where openat's result will be; at least two bytes.
    expect(memory.readUInt16LE(at(1, entry.indirect))).toBe(1);
    expect(word(at(1, 8))).toBe(base + BigInt(at(0, entry.result)));
    expect(word(at(1, entry.minimum))).toBe(2n);
    // close: a placeholder, all errors ignored.
    expect(word(at(2, 8))).toBe(0xffff_ffff_ffff_ffffn);
    expect(memory.readUInt16LE(at(2, entry.flags))).toBe(1);
    // execve: arrays of pointers that end with a null pointer.
    expect(memory.readUInt16LE(at(3, entry.flags))).toBe(2);
    const environment = Number(word(at(3, 24)) - base);
    expect(stringAt(word(environment))).toBe("PATH=/bin");
    expect(word(environment + 8)).toBe(0n);
  });

  it("does not depend on when it is done, and stores a string once", () => {
    expect(layOutProgram(small(), "x64").bytes).toEqual(layOutProgram(small(), "x64").bytes);
    const once = new ProgramBuilder();
    const twice = new ProgramBuilder();
    const long = "x".repeat(1000);
    for (const builder of [once, twice, twice])
      builder.step("w").add(mount(null, long, null, MS_BIND, null));
    const size = (builder: ProgramBuilder) =>
      layOutProgram(builder.execute("x", command), "x64").bytes.length;
    expect(size(twice) - size(once)).toBe(entry.size);
  });

  it("never lets the kernel write over a string it shares bytes with", () => {
    const builder = new ProgramBuilder();
    builder.step("w").add(write(1, "same"));
    builder.step("r").add(read(0, Buffer.from("same")));
    const image = layOutProgram(builder.execute("x", command), "x64");
    const address = (index: number) =>
      image.bytes.readBigUInt64LE(header.entries + entry.size * index + 16);
    expect(address(0)).not.toBe(address(1));
  });

  it("says what is too large and what has no value", () => {
    const image = layOutProgram(small(), "x64");
    expect(() => placeImage(image, Buffer.alloc(100), 0n, { other: 1 })).toThrow(
      /^the program needs \d+ bytes, its memory has 100$/,
    );
    const late = new ProgramBuilder();
    late.step("x").add(setns(placeholder("network"), 0));
    const needs = layOutProgram(late.execute("x", command), "x64");
    expect(() => placeImage(needs, Buffer.alloc(4096), 0n, {})).toThrow("no value for $network");
  });

  it("reads back which entry failed", () => {
    const image = layOutProgram(small(), "x64");
    const memory = Buffer.alloc(4096);
    placeImage(image, memory, 4096n, { other: 1 });
    expect(readFailure(memory, 4096n)).toBeUndefined();
    const second = header.entries + entry.size;
    memory.writeBigUInt64LE(4096n + BigInt(second), header.failedEntry);
    memory.writeBigInt64LE(-13n, second + entry.result);
    expect(readFailure(memory, 4096n)).toEqual({ index: 1, errno: 13 });
    memory.writeBigInt64LE(1n, second + entry.result);
    expect(readFailure(memory, 4096n)).toEqual({ index: 1, errno: 0 });
  });
});
