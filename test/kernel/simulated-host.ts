import { execFile } from "node:child_process";
import { mkdirSync, renameSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { build } from "esbuild";

const run = promisify(execFile);
const here = path.dirname(fileURLToPath(import.meta.url));

// Below node_modules, so that the bundle finds koffi; not in the repository.
const output = path.join(here, "../../node_modules/.cache/cooper-kernel-tests");

export interface DriverOptions {
  /** Commands put before `node`, such as strace. */
  readonly before?: readonly string[];
  /** The driver's arguments, given to the case as one JSON value. */
  readonly argument?: unknown;
  /** Added to the environment of the driver. */
  readonly environment?: Readonly<Record<string, string>>;
}

export interface DriverResult {
  /** What the case returned, through JSON. */
  readonly value: unknown;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * Runs cases of a driver, a module of `drivers/` that exports functions, in a simulated host: a
 * process 1, mounts, interfaces and a host name of its own, and an empty /run.
 */
export class SimulatedHost {
  #bundle: Promise<string> | undefined;

  constructor(private readonly driver: string) {}

  async run(name: string, options: DriverOptions = {}): Promise<DriverResult> {
    const bundle = await (this.#bundle ??= this.#build());
    const { stdout, stderr } = await run(
      "unshare",
      [
        ..."--pid --fork --kill-child --mount --net --uts --ipc --mount-proc".split(" "),
        ...["--propagation", "private", "--"],
        ...["sh", "-c", 'mount -t tmpfs tmpfs /run && mkdir /run/box && exec "$@"', "sh"],
        ...(options.before ?? []),
        ...[process.execPath, bundle, name, JSON.stringify(options.argument ?? null)],
      ],
      // Only SIGKILL ends unshare; what it started goes with it.
      {
        env: { ...process.env, ...options.environment },
        maxBuffer: 64 << 20,
        timeout: 30_000,
        killSignal: "SIGKILL",
      },
    );
    const lines = stdout.split("\n");
    const last = lines.findLastIndex((line) => line.startsWith(marker));
    if (last === -1) throw new Error(`the driver returned nothing:\n${stdout}\n${stderr}`);
    const value: unknown = JSON.parse((lines[last] ?? "").slice(marker.length));
    return { value, stdout: lines.toSpliced(last, 1).join("\n"), stderr };
  }

  async #build(): Promise<string> {
    mkdirSync(output, { recursive: true });
    const bundle = path.join(output, `${this.driver}.mjs`);
    // Put in place at once, because two runs of the tests may overlap.
    const building = `${bundle}.${process.pid}`;
    await build({
      stdin: {
        contents: `
          import * as cases from "./drivers/${this.driver}.js";
          const [name, argument] = process.argv.slice(2);
          const value = await cases[name](JSON.parse(argument));
          process.stdout.write("\\n${marker}" + JSON.stringify(value ?? null) + "\\n");
        `,
        resolveDir: here,
      },
      outfile: building,
      bundle: true,
      format: "esm",
      platform: "node",
      target: "node20",
      external: ["koffi"],
      logLevel: "warning",
    });
    renameSync(building, bundle);
    return bundle;
  }
}

const marker = "result of the driver: ";
