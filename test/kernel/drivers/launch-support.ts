/** What the cases of the launch have in common. */
import { readdirSync, readFileSync } from "node:fs";
import { launch, type LaunchOptions } from "../../../src/kernel/launch/launch.js";
import { LaunchError } from "../../../src/kernel/launch/launch-error.js";
import { type Program } from "../../../src/kernel/program/program.js";
import { SystemCallError } from "../../../src/kernel/system-call-error.js";
import { namespaces } from "./box.js";

export const vfork = { flags: namespaces, mode: "vfork" } as const;
export const waiting = { flags: namespaces, mode: "waiting" } as const;

export type Command = readonly [string, ...string[]];

/** An error as data, so that it survives JSON. */
export function problem(error: unknown): unknown {
  if (error instanceof LaunchError || error instanceof SystemCallError)
    return {
      class: error.name,
      ...Object.fromEntries(Object.entries(error)),
      message: error.message,
    };
  throw error;
}

/** Starts a program and waits for its end; gives the exit status or the error. */
export async function outcome(built: Program, options: LaunchOptions = vfork): Promise<unknown> {
  try {
    const child = launch(built, options);
    if (options.mode === "waiting") await child.release();
    return await child.wait();
  } catch (error) {
    return problem(error);
  }
}

/** Children of this process that have ended and were not reaped, and its open descriptors. */
export function leftovers(): { zombies: number; descriptors: number } {
  const zombies = readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => {
      try {
        return / Z /.test(readFileSync(`/proc/${pid}/stat`, "utf8"));
      } catch {
        return false;
      }
    });
  return { zombies: zombies.length, descriptors: readdirSync("/proc/self/fd").length };
}
