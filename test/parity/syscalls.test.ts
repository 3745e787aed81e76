import { existsSync, readFileSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { constants } from "node:os";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { heldCapabilities } from "../../src/executor/held-capabilities.js";
import { capabilities } from "../../src/kernel/constants/capabilities.js";
import type { Spec } from "../../src/index.js";
import { maskedOfCpu } from "../../src/model/default-paths.js";
import { goldenCases, readCase } from "../golden/cases.js";
import { defaultName, makeCaseRootfs, prepareCase } from "../golden/prepare.js";
import { repository } from "../host/repository.js";
import { type SimulatedHost, withSimulatedHost } from "../host/simulated-host.js";
import { preparePath, startPath } from "./paths.js";

interface Call {
  readonly call: string;
  readonly result: string;
}

/** The calls of a trace; one that never returned has no result and is left out. */
function parseTrace(trace: string): Call[] {
  return trace
    .split("\n")
    .map((line) => /^(?<call>.*\))\s+= (?<result>.*)$/s.exec(line)?.groups)
    .filter((groups) => groups !== undefined)
    .map(({ call = "", result = "" }) => ({ call, result }));
}

/** The calls of syscalls.txt for a host with this version of control groups, in order. */
function expectedCalls(text: string, version: 1 | 2): string[] {
  const other = `(cgroup v${version === 1 ? 2 : 1})`;
  return text
    .trimEnd()
    .split("\n\n")
    .map((section) => section.split("\n"))
    .filter(([title = ""]) => !title.endsWith(other))
    .flatMap(([, ...calls]) => calls);
}

/** What strace says a call returned, as a later call is given it: of an error its number, below zero. */
function returned(result: string): string {
  const error = /^-1 (E[A-Z0-9]+)/.exec(result)?.[1];
  return error === undefined ? result : String(-constants.errno[error as "ENOENT"]);
}

/** A call that gives up capabilities, on a machine that is itself without some of them. */
function withoutUnheld(calls: readonly string[]): string[] {
  const { bounding } = heldCapabilities();
  const unheld = Object.entries(capabilities)
    .filter(([, number]) => ((bounding >> BigInt(number)) & 1n) === 0n)
    .map(([name]) => name);
  return calls.map((call) =>
    call.startsWith("capset(")
      ? unheld.reduce((text, name) => text.replaceAll(`|1<<${name}`, ""), call)
      : call,
  );
}

/** A directory is hidden for each CPU that tells how hot it is; most tests run where none does. */
function withoutCpus(calls: readonly Call[]): readonly Call[] {
  const first = calls.findIndex(({ call }) => call.includes(`/${maskedOfCpu}"`));
  if (first < 0) return calls;
  const next = calls.findIndex(({ call }, index) => index > first && call.startsWith("openat2("));
  return withoutCpus([...calls.slice(0, first), ...calls.slice(next)]);
}

/** What the launcher found out before, by the call that told it. */
const descriptors: Readonly<Record<string, (spec: string) => RegExp>> = {
  // Its own, or another container's.
  networkNamespace: () => /^openat\(AT_FDCWD, "\/run\/netns\/[^"]+", O_RDONLY/,
  rootMount: () => /^fsmount\(/,
  cgroup: (name) => new RegExp(`^openat\\(AT_FDCWD, "/sys/fs/cgroup/container-${name}"`),
};

/** The ends of the two pipes, made last, by which the container waits for its launcher. */
function waitingPipes(launcher: readonly Call[]): [placeholder: string, descriptor: string][] {
  const pipes = launcher.flatMap(({ call }) => {
    const [, read, write] = /^pipe2\(\[(\d+), (\d+)\], O_CLOEXEC\)$/.exec(call) ?? [];
    return read === undefined || write === undefined ? [] : [{ read, write }];
  });
  const [release, arrival] = pipes.slice(-2);
  if (release === undefined || arrival === undefined) return [];
  return [
    ["parentRead", release.read],
    ["parentWrite", release.write],
    ["parentArrival", arrival.write],
  ];
}

/** Runs the kernel path of a spec under strace. */
async function trace(host: SimulatedHost, spec: Spec) {
  await preparePath(host, "kernel", spec, "en");
  const launcher = await startPath(host, "kernel", {
    parameters: {},
    language: "en",
    input: "",
    before: "strace -ff -v -s 65536 -o /tmp/trace".split(" "),
  });
  const { exitCode, stderr } = await launcher.wait();
  if (exitCode !== 0) throw new Error(stderr);
  const files = (await readdir(host.path("/tmp"))).filter((file) => file.startsWith("trace."));
  return new Map(
    files.map((file) => [
      file.slice("trace.".length),
      parseTrace(readFileSync(host.path(`/tmp/${file}`), "utf8")),
    ]),
  );
}

/** strace shows the address of the pidfd, and the pidfd. */
const withoutPidfd = (call: string) =>
  call.replace(/pidfd=0x[0-9a-f]+, /, "").replace(/ => \{pidfd=\[\d+\]\}/, "");

/** A printed call with the values of this run; where it tells the length of a text, that of this text. */
function withValues(line: string, values: ReadonlyMap<string, string>): string {
  const replace = (text: string) =>
    text.replace(/\$(\w+(?:\.\d+)?)/g, (whole, name: string) => values.get(name) ?? whole);
  const counted = /^((?:write|sethostname)\(.*?")(.*)(", )(\d+)\)$/.exec(line);
  if (counted === null) return replace(line);
  const [, before = "", text = "", between = "", length = ""] = counted;
  const added = Buffer.byteLength(replace(text)) - Buffer.byteLength(text);
  return `${replace(before)}${replace(text)}${between}${Number(length) + added})`;
}

describe.each(goldenCases(repository))("golden case $name", (each) => {
  it("makes the calls of syscalls.txt and no others, as strace sees them", async () => {
    const spec = await readCase(each);
    await withSimulatedHost(async (host) => {
      await makeCaseRootfs(host, spec);
      await prepareCase(host, each.name);
      const traces = await trace(host, spec);
      const version = existsSync("/sys/fs/cgroup/cgroup.controllers") ? 2 : 1;
      const text = readFileSync(path.join(each.directory, "syscalls.txt"), "utf8");
      const expected = withoutUnheld(expectedCalls(text, version)).map((line) => {
        const [, call = "", result] = /^(.*?\))(?: = \$([\w.]+))?$/.exec(line) ?? [];
        return { call, result };
      });
      const values = new Map(spec.parameters.map((each) => [each.name, String(each.default)]));
      const command = withValues(expected.at(-1)?.call ?? "", values);
      const [pid, made] =
        [...traces].find(([, calls]) => calls.some(({ call }) => call === command)) ?? [];
      const calls = made?.slice(0, made.findIndex(({ call }) => call === command) + 1) ?? [];
      // Other calls may return the same number: the length of a message, say.
      const isStart = ({ call, result }: Call) => call.startsWith("clone3(") && result === pid;
      const launcher = [...traces.values()].find((calls) => calls.some(isStart));
      const start = launcher?.find(isStart);
      const actual = [
        { call: withoutPidfd(start?.call ?? ""), result: pid ?? "" },
        ...withoutCpus(calls),
      ];

      const name = defaultName(spec);
      values.set("address", "10.200.1.2");
      for (const [placeholder, told] of Object.entries(descriptors)) {
        const opened = launcher?.findLast(({ call }) => told(name).test(call));
        if (opened !== undefined) values.set(placeholder, opened.result);
      }
      for (const [placeholder, told] of waitingPipes(launcher ?? [])) values.set(placeholder, told);
      expected.forEach(({ result }, index) => {
        if (result !== undefined) values.set(result, returned(actual[index]?.result ?? "?"));
      });
      expect(actual.map(({ call }) => call).join("\n")).toBe(
        expected.map(({ call }) => withValues(call, values)).join("\n"),
      );
    });
  });
});
