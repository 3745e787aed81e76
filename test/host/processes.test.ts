import { readFile } from "node:fs/promises";
import path from "node:path";
import { expect, test } from "vitest";
import { repository } from "./repository.js";
import { rootfs, scriptCommand, scriptFile, startContainer } from "./script.js";
import { type SimulatedHost, withSimulatedHost } from "./simulated-host.js";

/** Half of what scripts/bench/naive.sh takes, and naive-alone.sh, which undoes everything, too. */
const limits = { beside: 26, alone: 30 };

/** The script of the document's whole container, and a root file system. */
async function prepareFull(host: SimulatedHost): Promise<void> {
  const script = await readFile(path.join(repository, "golden/05-full/script.sh"), "utf8");
  await host.writeFile(scriptFile, script, 0o755);
  await host.makeRootfs(rootfs);
}

/** How many processes the script starts, itself included, when it does not run for the first time. */
async function processes(host: SimulatedHost): Promise<number> {
  const command = scriptCommand(["/bin/busybox", "true"], ["--quiet", rootfs, "counted"]);
  await host.must(...command);
  await host.must("strace", "-f", "-o", "/tmp/trace", "-e", "trace=execve", "--", ...command);
  const lines = (await host.readFile("/tmp/trace")).trimEnd().split("\n");
  return new Set(lines.map((line) => line.split(" ", 1)[0])).size;
}

test("a script takes half the processes of one tool call at a time: alone on the host", () =>
  withSimulatedHost(async (host) => {
    await prepareFull(host);
    expect(await processes(host)).toBeLessThanOrEqual(limits.alone);
  }));

test("a script takes half the processes of one tool call at a time: beside another", () =>
  withSimulatedHost(async (host) => {
    await prepareFull(host);
    const neighbour = { name: "neighbour", args: ["--quiet", rootfs, "neighbour"] };
    const { launcher } = await startContainer(host, neighbour);
    expect(await processes(host)).toBeLessThanOrEqual(limits.beside);
    launcher.endInput();
    expect((await launcher.wait()).exitCode).toBe(0);
  }));
