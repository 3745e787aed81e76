/** A person at a terminal, played by script(1), which gives its command a terminal of its own. */
import { expect, test } from "vitest";
import { plainContainer } from "./containers.js";
import type { HostProcess } from "./host-process.js";
import { containerPid, prepare, scriptFile } from "./script.js";
import { withSimulatedHost } from "./simulated-host.js";
import { withoutHandlers } from "./without-handlers.js";

const prompt = "~ # ";

/** Types a line and waits until it was carried out; tells what appeared meanwhile. */
async function type(terminal: HostProcess, text: string, until = prompt): Promise<string> {
  const start = terminal.stdout.length;
  terminal.write(text);
  // The terminal repeats what is typed.
  const echoed = start + (text.endsWith("\n") ? text.length : 0);
  await terminal.until(({ stdout }) => stdout.slice(echoed).includes(until));
  return terminal.stdout.slice(start).replaceAll("\r", "");
}

test("job control, Ctrl-C, Ctrl-Z and the size of the terminal work", () =>
  withSimulatedHost(async (host) => {
    await prepare(host, plainContainer);
    const terminal = host.spawn([
      ...(["script", "-qec"] as const),
      `stty rows 33 cols 101; PS1='$ ' ${scriptFile} -q`,
      "/dev/null",
    ]);
    await terminal.until(({ stdout }) => stdout.includes(prompt));
    expect(terminal.stdout).not.toMatch(/job control|can't access tty/);

    expect(await type(terminal, "stty size\n")).toContain("\n33 101\n");
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
    expect(await type(terminal, "something\n", "got <something>")).toContain("got <something>");

    // Ctrl-C at the prompt is the shell's business.
    await type(terminal, "\x03");
    expect(await type(terminal, "echo still $((1 + 1))\n")).toContain("\nstill 2\n");
    terminal.write("exit 5\n");
    expect((await terminal.wait()).exitCode).toBe(5);
  }));

test("Ctrl-C ends a command that has no handler, and what it left is cleaned up", () =>
  withSimulatedHost(async (host) => {
    await prepare(host, plainContainer);
    const terminal = host.spawn([
      ...(["script", "-qec"] as const),
      `${scriptFile} -q -- sh -c 'echo begin; exec sleep 1000'`,
      "/dev/null",
    ]);
    await terminal.until(({ stdout }) => stdout.includes("begin"));
    await withoutHandlers(host, await containerPid(host, "box"));
    terminal.write("\x03");
    expect((await terminal.wait()).exitCode).toBe(130);
    expect(Object.keys((await host.observeHost()).runDirectory)).not.toContain("containers/box/");
  }));

test("a change of the terminal's size reaches the command", () =>
  withSimulatedHost(async (host) => {
    await prepare(host, plainContainer);
    const handler = "trap 'stty size' WINCH; echo begin; while :; do sleep 0.05; done";
    const terminal = host.spawn([
      ...(["script", "-qec"] as const),
      `tty >/tmp/tty; ${scriptFile} -q -- sh -c '${handler.replaceAll("'", `'\\''`)}'`,
      "/dev/null",
    ]);
    await terminal.until(({ stdout }) => stdout.includes("begin"));
    await host.must("sh", "-c", "stty rows 44 cols 55 <$(cat /tmp/tty)");
    await terminal.until(({ stdout }) => stdout.includes("44 55"));
    terminal.write("\x03");
    expect((await terminal.wait()).exitCode).toBe(130);
  }));
