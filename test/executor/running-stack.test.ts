import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import type { RunningContainer } from "../../src/executor/container.js";
import { LeftBehindError } from "../../src/executor/left-behind-error.js";
import { RunningStack } from "../../src/executor/run-stack.js";

test("the end of a stack waits for every container, whatever one of them has left behind", async () => {
  const events: string[] = [];
  const container = (name: string, wait: () => Promise<{ code: number }>) =>
    ({ name, wait, kill: (signal: string) => events.push(`${signal} ${name}`) }) as unknown;
  const first = container("first", () =>
    Promise.reject(new LeftBehindError("first", [new Error("a bridge")], { code: 0 })),
  );
  const second = container("second", async () => {
    await sleep(20);
    events.push("second has ended");
    return { code: 0 };
  });
  const stack = new RunningStack([first, second] as RunningContainer[], new Map(), [
    "first",
    "second",
  ]);
  await expect(stack[Symbol.asyncDispose]()).rejects.toThrow("first left something behind");
  expect(events).toEqual(["SIGKILL first", "SIGKILL second", "second has ended"]);
});
