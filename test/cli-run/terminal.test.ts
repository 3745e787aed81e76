/** A person at a terminal, played by script(1), which gives its command a terminal of its own. */
import { expect, test } from "vitest";
import type { HostProcess } from "../host/host-process.js";
import { plainContainer, recordedPid } from "../host/containers.js";
import { prepare, rootfs, scriptCommand } from "../host/script.js";
import { withSimulatedHost } from "../host/simulated-host.js";
import { withoutHandlers } from "../host/without-handlers.js";
import { cooperCommand, paths, plainFlags, runPlain, startOn, useCooper } from "./cooper.js";

useCooper();

const prompt = "~ # ";

const quoted = (command: readonly string[]) =>
  command.map((each) => `'${each.replaceAll("'", `'\\''`)}'`).join(" ");

const inTerminal = (line: string): [string, ...string[]] => ["script", "-qec", line, "/dev/null"];

/** Types a line and waits until it was carried out; tells what appeared meanwhile. */
async function type(terminal: HostProcess, text: string, until = prompt): Promise<string> {
  const start = terminal.stdout.length;
  terminal.write(text);
  // The terminal repeats what is typed.
  const echoed = start + (text.endsWith("\n") ? text.length : 0);
  await terminal.until(({ stdout }) => stdout.slice(echoed).includes(until));
  return terminal.stdout.slice(start).replaceAll("\r", "");
}

/** An interactive shell with job control does what it does everywhere. */
async function expectJobControl(
  terminal: HostProcess,
  meanwhile: () => Promise<void> = () => Promise.resolve(),
): Promise<void> {
  await terminal.until(({ stdout }) => stdout.includes(prompt));
  expect(terminal.stdout).not.toMatch(/job control|can't access tty/);
  expect(await type(terminal, "test -t 0 && test -t 1 && test -t 2 && echo all\n")).toContain(
    "\nall\n",
  );
  await type(terminal, "sleep 1000 &\n");
  expect(await type(terminal, "jobs\n")).toMatch(/\[1\].*Running.*sleep 1000/);
  await type(terminal, "kill %1\n");
  // The command itself tells that it runs: from then on it is what the terminal's keys are for.
  const asking = `sh -c 'echo "begin"; read -r line; echo "got <$line>"'\n`;
  // Ctrl-C ends what runs, and not the shell.
  await type(terminal, asking, "\nbegin");
  await type(terminal, "\x03");
  expect(await type(terminal, "echo status $?\n")).toContain("\nstatus 130\n");
  // Ctrl-Z stops it; fg goes on with it.
  await type(terminal, asking, "\nbegin");
  expect(await type(terminal, "\x1a")).toMatch(/Stopped.*sh -c/);
  terminal.write("fg\n");
  await type(terminal, "something\n", `got <something>\r\n${prompt}`);
  await meanwhile();
  terminal.write("exit 5\n");
}

test("job control, Ctrl-C and Ctrl-Z work, and the terminal's modes are left alone", () =>
  withSimulatedHost(async (host) => {
    await prepare(host, plainContainer);
    const shell = quoted(runPlain("sh"));
    const terminal = host.spawn(
      inTerminal(`stty -g >/tmp/before; ${shell}; echo "left $?"; stty -g >/tmp/after`),
    );
    await expectJobControl(terminal);
    await terminal.until(({ stdout }) => stdout.includes("left 5"));
    expect((await terminal.wait()).exitCode).toBe(0);
    expect(await host.readFile("/tmp/after")).toBe(await host.readFile("/tmp/before"));
  }));

test("cooper exec gives a shell at the terminal, too", () =>
  withSimulatedHost(async (host) => {
    await host.makeRootfs(rootfs);
    const { launcher } = await startOn(host, "kernel", "cat");
    const terminal = host.spawn(inTerminal(quoted(cooperCommand("exec", "box", "--", "sh"))));
    await expectJobControl(terminal);
    expect((await terminal.wait()).exitCode).toBe(5);
    launcher.endInput();
    await launcher.wait();
  }));

test.each(paths)("without privileges the terminal is the console: path %s", (path) =>
  withSimulatedHost(async (host) => {
    await prepare(host, { ...plainContainer, privileged: false });
    const flags = plainFlags.filter((each) => each !== "--privileged");
    const run = {
      kernel: cooperCommand("run", "-q", ...flags, "--", "sh"),
      bash: scriptCommand(["sh"]),
    }[path];
    const terminal = host.spawn(inTerminal(quoted(run)));
    await expectJobControl(terminal, async () => {
      const asked =
        "busybox tty; busybox tty </dev/console; echo loud >/dev/console; echo own >/dev/tty";
      expect(await type(terminal, `${asked}\n`)).toContain(
        "\n/dev/console\n/dev/console\nloud\nown\n",
      );
    });
    expect((await terminal.wait()).exitCode).toBe(5);
    // What is no terminal is no console either.
    const { stdout } = await host.run([...run, "-c", "ls /dev/console || echo none"]);
    expect(stdout).toBe("none\n");
  }),
);

test("Ctrl-C ends a command that has no handler", () =>
  withSimulatedHost(async (host) => {
    await prepare(host, plainContainer);
    const command = quoted(runPlain("sh", "-c", "echo begin; exec sleep 1000"));
    const terminal = host.spawn(inTerminal(command));
    await terminal.until(({ stdout }) => stdout.includes("begin"));
    await withoutHandlers(host, await recordedPid(host, "box"));
    terminal.write("\x03");
    expect((await terminal.wait()).exitCode).toBe(130);
    expect(Object.keys((await host.observeHost()).runDirectory)).not.toContain("containers/box/");
  }));

test("Ctrl-C reaches a handler once", () =>
  withSimulatedHost(async (host) => {
    await prepare(host, plainContainer);
    const handler = "trap 'echo caught' INT; echo begin; read -r _; sleep 0.3; exit 4";
    // Without exec the shell between would take the signal for its own end.
    const terminal = host.spawn(inTerminal(`exec ${quoted(runPlain("sh", "-c", handler))}`));
    await terminal.until(({ stdout }) => stdout.includes("begin"));
    terminal.write("\x03");
    await terminal.until(({ stdout }) => stdout.includes("caught"));
    terminal.write("\n");
    const { exitCode, stdout } = await terminal.wait();
    expect({ exitCode, times: stdout.split("caught").length - 1 }).toEqual({
      exitCode: 4,
      times: 1,
    });
  }));

test("colours appear on a terminal only, and not with NO_COLOR", () =>
  withSimulatedHost(async (host) => {
    await prepare(host, plainContainer);
    const command = quoted(runPlain("true").filter((each) => each !== "-q"));
    const colour = "\u001b[32m[";
    expect((await host.run(inTerminal(command))).stdout).toContain(colour);
    expect((await host.run(inTerminal(`NO_COLOR=1 ${command}`))).stdout).not.toContain(colour);
    expect((await host.run(["sh", "-c", command])).stderr).not.toContain(colour);
  }));
