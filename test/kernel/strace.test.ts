import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, expect, it } from "vitest";
import { SimulatedHost } from "./simulated-host.js";

const traces = mkdtempSync(path.join(tmpdir(), "cooper-strace-"));
afterAll(() => rmSync(traces, { recursive: true }));

interface Traced {
  readonly pid: number;
  readonly status: unknown;
  readonly printed: readonly string[];
}

/** Lines of a trace as calls and results. */
function parse(trace: string): { call: string; result: string }[] {
  return trace
    .split("\n")
    .map((line) => /^(?<call>.*\))\s+= (?<result>.*)$/s.exec(line)?.groups)
    .filter((groups) => groups !== undefined)
    .map(({ call = "", result = "" }) => ({ call, result }));
}

it("prints every call of a program as strace prints it", async () => {
  const before = ["strace", "-ff", "-v", "-s", "65536", "-o", path.join(traces, "trace")];
  const { value } = await new SimulatedHost("strace").run("traced", { before });
  const { pid, status, printed } = value as Traced;
  expect(status).toEqual({ code: 0 });

  const trace = parse(readFileSync(path.join(traces, `trace.${pid}`), "utf8"));
  const executed = trace.findIndex(
    ({ result, call }) => call.startsWith("execve") && result === "0",
  );
  const made = trace.slice(0, executed + 1);
  // Numbers only known at run time: results of earlier calls from strace's own right-hand side,
  // the pipes to the parent from where the child closes, writes and reads them.
  const parentPipe = made.flatMap(({ call }, index) =>
    printed[index]?.includes("$parent") ? [/^\w+\((\d+)/.exec(call)?.[1]] : [],
  );
  const expected = printed.map((line) =>
    line
      .replace("$parentWrite", String(parentPipe[0]))
      .replace("$parentArrival", String(parentPipe[1]))
      .replace("$parentRead", String(parentPipe[2]))
      .replaceAll(/\$\w+\.(\d+)/g, (_, entry: string) => made[Number(entry) - 1]?.result ?? "?"),
  );
  expect(made.map(({ call }) => call).join("\n")).toBe(expected.join("\n"));
  expect(parentPipe.every((each) => /^\d+$/.test(each ?? ""))).toBe(true);
});
