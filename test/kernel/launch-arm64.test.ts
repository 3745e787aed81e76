/**
 * Runs the arm64 routine under qemu-user. qemu-user has no clone3, so one instruction is exchanged:
 * the routine calls clone instead, with arguments that make it a fork. Everything else is executed
 * as it is: the masks, the table, results, ignored errors, minimum, candidates and the record.
 */
import { execFileSync, spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { close, mkdirat, openat, read, umask, write } from "../../src/kernel/calls/file.js";
import { execve } from "../../src/kernel/calls/process.js";
import { AT_FDCWD, O_CREAT, O_RDONLY, O_WRONLY } from "../../src/kernel/constants/file.js";
import { machineCode } from "../../src/kernel/launch/machine-code.js";
import { addSignalReset } from "../../src/kernel/program/clean-start.js";
import { header, layOutProgram, placeImage, readFailure } from "../../src/kernel/program/image.js";
import { ProgramBuilder, type StepWriter } from "../../src/kernel/program/program.js";
import type { SystemCall } from "../../src/kernel/system-call.js";

const base = 0x1000_0000n;
const size = 65536;
const sigchld = 17n;

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "cooper-arm64-"));
  const clone3 = "683680d2"; // mov x8, #435
  const clone = "881b80d2"; // mov x8, #220
  expect(machineCode.arm64.split(clone3)).toHaveLength(2);
  const code = Buffer.from(machineCode.arm64.replace(clone3, clone), "hex");
  writeFileSync(path.join(folder, "launch.bin"), code);
  const harness = path.join(import.meta.dirname, "arm64/harness.S");
  execFileSync("aarch64-linux-gnu-as", [harness, "-o", "harness.o"], { cwd: folder });
  execFileSync("aarch64-linux-gnu-ld", ["harness.o", "-o", "harness"], { cwd: folder });
});
afterEach(() => rmSync(folder, { recursive: true }));

const at = (name: string): string => path.join(folder, name);

function run(
  add: (writer: StepWriter) => void,
  candidates: readonly [SystemCall, ...SystemCall[]] = [execve("/bin/true", ["true"], [])],
) {
  const builder = new ProgramBuilder();
  add(builder.step("test"));
  const image = Buffer.alloc(size);
  placeImage(layOutProgram(builder.execute("execute", candidates), "arm64"), image, base, {});
  image.writeBigUInt64LE(sigchld, header.cloneArguments);
  image.writeBigUInt64LE(0n, header.cloneArgumentsSize);
  writeFileSync(at("image"), image);
  const { status, stdout } = spawnSync("qemu-aarch64-static", ["./harness"], {
    cwd: folder,
    encoding: "utf8",
  });
  return { status, stdout, failure: readFailure(readFileSync(at("image")), base) };
}

const shell = (script: string): SystemCall => execve("/bin/sh", ["sh", "-c", script], ["A=1"]);

it("performs the table and executes the command", () => {
  const outcome = run(
    (writer) => {
      const file = writer.add(openat(AT_FDCWD, at("new"), O_WRONLY | O_CREAT, 0o600));
      writer.add(write(file, "written\n"), { minimum: 8 });
      writer.add(close(file));
      const again = writer.add(openat(AT_FDCWD, at("new"), O_RDONLY));
      writer.add(read(again, Buffer.alloc(8)), { minimum: 8 });
      addSignalReset(writer);
    },
    [shell(`cat ${at("new")}; echo $A; grep SigBlk /proc/self/status; exit 9`)],
  );
  expect(outcome).toEqual({
    status: 9,
    stdout: "written\n1\nSigBlk:\t0000000000000000\n",
    failure: undefined,
  });
});

it("ignores the errors it is told to, and no other", () => {
  const make = (ignore: Parameters<StepWriter["add"]>[1]) =>
    run((writer) => writer.add(mkdirat(AT_FDCWD, folder, 0o755), ignore));
  expect(make({ ignore: ["EEXIST"] })).toMatchObject({ status: 0, failure: undefined });
  expect(make({ ignore: ["EBUSY", "EEXIST"] })).toMatchObject({ status: 0, failure: undefined });
  expect(make({ ignore: "all" })).toMatchObject({ status: 0, failure: undefined });
  const failed = { status: 125, failure: { index: 0, errno: 17 } };
  expect(make({})).toMatchObject(failed);
  expect(make({ ignore: ["EBUSY", "ENOENT"] })).toMatchObject(failed);
});

it("ends where an entry has made a successor, which itself goes on", () => {
  const last = [shell("exit 3")] as const;
  const first = (writer: StepWriter) => writer.add(umask(0o027));
  // What umask returns is what it was before: something where a process number would be, or 0 for the successor.
  const ended = run((writer) => {
    first(writer);
    writer.add(umask(0), { successor: true });
  }, last);
  expect(ended).toMatchObject({ status: 0, failure: undefined });
  const goesOn = run((writer) => {
    first(writer);
    writer.add(umask(0));
    writer.add(umask(0), { successor: true });
  }, last);
  expect(goesOn).toMatchObject({ status: 3, failure: undefined });
});

it("takes a result below the minimum for a failure", () => {
  const outcome = run((writer) => {
    const empty = writer.add(openat(AT_FDCWD, "/dev/null", O_RDONLY));
    writer.add(read(empty, Buffer.alloc(1)), { minimum: 1 });
  });
  expect(outcome).toMatchObject({ status: 125, failure: { index: 1, errno: 0 } });
});

it("moves on through candidates and remembers the one that is not executable", () => {
  writeFileSync(at("denied"), "");
  writeFileSync(at("data"), "no format");
  chmodSync(at("data"), 0o755);
  mkdirSync(at("folder"));
  const execute = (name: string): SystemCall => execve(at(name), [name], []);
  const find = (...names: [string, ...string[]]) => {
    const [first, ...rest] = names;
    return run(() => undefined, [execute(first), ...rest.map(execute)]);
  };
  expect(run(() => undefined, [execute("denied"), execute("missing"), shell("exit 3")])).toEqual({
    ...{ status: 3, stdout: "", failure: undefined },
  });
  expect(find("missing", "data/x")).toMatchObject({
    status: 127,
    failure: { index: 1, errno: 20 },
  });
  expect(find("missing", "denied", "missing")).toMatchObject({
    ...{ status: 126, failure: { index: 1, errno: 13 } },
  });
  expect(find("data", "missing")).toMatchObject({ status: 126, failure: { index: 0, errno: 8 } });
});
