import { describe, expect, it } from "vitest";
import { SimulatedHost, type DriverOptions } from "./simulated-host.js";

const host = new SimulatedHost("launch");

async function value<Value>(name: string, argument?: unknown): Promise<Value> {
  return (await host.run(name, { argument })).value as Value;
}

const modes = ["vfork", "waiting"] as const;

describe.each(modes)("a command in %s mode", (mode) => {
  const run = (argv: string[], options: DriverOptions = {}) =>
    host.run("command", { ...options, argument: { argv, mode } });

  it("runs isolated, with its own root, mounts, host name and process 1", async () => {
    const { value, stdout } = await run([
      ...["sh", "-c"],
      'hostname; echo $$; while read -r a b c d mountpoint rest; do echo "$mountpoint"; done < /proc/self/mountinfo',
    ]);
    expect(value).toEqual({ code: 0 });
    expect(stdout.trim().split("\n")).toEqual(["box", "1", "/", "/proc", "/sys", "/tmp"]);
  });

  it("has its three streams open and no other descriptor", async () => {
    const { stdout } = await run(["sh", "-c", "for fd in /proc/$$/fd/*; do echo ${fd##*/}; done"]);
    // The shell itself holds nothing else while it expands the pattern but the directory it reads.
    expect(stdout.trim().split("\n")).toEqual(["0", "1", "2", "3"]);
  });

  it("has no signal blocked, ignored or caught", async () => {
    const { stdout } = await run(["cat", "/proc/self/status"]);
    expect(stdout.match(/^Sig(Blk|Ign|Cgt):\t.*$/gm)).toEqual([
      "SigBlk:\t0000000000000000",
      "SigIgn:\t0000000000000000",
      "SigCgt:\t0000000000000000",
    ]);
  });

  it.each([0, 1, 125, 126, 127, 255])("ends with the command's own exit code %i", async (code) => {
    expect((await run(["sh", "-c", `exit ${code}`])).value).toEqual({ code });
  });

  it("ends with the signal that killed the command", async () => {
    // Process 1 of a namespace ignores what it sends itself, so a child of the shell is killed.
    const { value } = await run(["sh", "-c", "sh -c 'kill -SEGV $$'; exit $?"]);
    expect(value).toEqual({ code: 128 + 11 });
  });

  it("names the entry that failed, whichever it is, and leaves nothing", async () => {
    const { outcomes, before, after } = await value<{
      outcomes: Record<string, unknown>[];
      before: unknown;
      after: unknown;
    }>("eachEntryFails", { mode });
    expect(outcomes).toHaveLength(17);
    outcomes.forEach((outcome, index) =>
      expect(outcome).toMatchObject({
        class: "LaunchError",
        index,
        call: 'umount2("/not-there", 0)',
        syscall: "umount2",
        errno: 2,
        errnoName: "ENOENT",
        exitCode: 125,
        message: expect.stringMatching(
          /: umount2\("\/not-there", 0\): ENOENT \(no such file or directory\)$/,
        ) as string,
      }),
    );
    expect(outcomes.map(({ step }) => step)).toEqual([
      ...["make mounts private", "make mounts private", "mount /proc", "mount /sys", "mount /tmp"],
      ...["change root", "change root", "change root", "change root", "set the host name"],
      ...["streams", "streams", "streams", "streams", "signals", "signals", "signals"],
    ]);
    expect(after).toEqual({ ...(before as object), zombies: 0 });
  });
});

describe("finding the command", () => {
  it("searches PATH as execvp does, and tells not found from not executable", async () => {
    const error = (exitCode: number, errnoName: string, call: string) =>
      expect.objectContaining({
        class: "LaunchError",
        step: "execute",
        exitCode,
        errnoName,
        call: expect.stringContaining(call) as string,
      }) as unknown;
    expect(await value("search")).toEqual({
      foundAfterDenied: { code: 42 },
      denied: error(126, "EACCES", 'execve("/run/denied/tool"'),
      missing: error(127, "ENOENT", 'execve("/run/missing/tool"'),
      notADirectory: error(127, "ENOTDIR", 'execve("/run/denied/tool/tool"'),
      absolute: { code: 42 },
      absoluteMissing: error(127, "ENOENT", 'execve("/run/good/none"'),
      workingDirectory: { code: 42 },
      noFormat: error(126, "ENOEXEC", 'execve("/run/good/data"'),
      aDirectory: error(126, "EACCES", 'execve("/run/good"'),
      emptyName: error(127, "ENOENT", 'execve(""'),
    });
  });
});

describe("entries", () => {
  it("ignore the errors they are told to, and no other", async () => {
    const exists = { class: "LaunchError", step: "further", errnoName: "EEXIST", index: 10 };
    expect(await value("ignored")).toMatchObject({
      none: exists,
      first: { code: 0 },
      second: { code: 0 },
      other: exists,
      all: { code: 0 },
    });
  });

  it("use the results of earlier ones", async () => {
    const { value, stdout } = await host.run("results");
    expect(value).toEqual({ code: 0 });
    expect(stdout).toContain("from the volume\nwritten by the program\n");
  });

  it("show the results they used when they fail", async () => {
    expect(await value("resultInMessage")).toMatchObject({
      call: expect.stringMatching(/^write\(\d+, "x", 1\)$/) as string,
      errnoName: "EBADF",
    });
  });

  it("may need more memory than one region has", async () => {
    const { value, stdout } = await host.run("large");
    expect(value).toEqual({ code: 0 });
    expect(stdout.trim().split("\n")).toEqual(["2000", "100000"]);
  });

  it("give the command other streams, crossed ones too", async () => {
    const { value, stdout, stderr } = await host.run("streams");
    expect(value).toEqual({ code: 0 });
    expect(stderr).toBe("from a file\n4\n");
    expect(stdout).toBe("to error\n\n");
  });
});

describe("waiting mode", () => {
  it("lets the parent write the maps of a user namespace", async () => {
    const { value, stdout } = await host.run("userNamespace");
    expect(value).toEqual({ code: 0 });
    expect(stdout.trim().split(/\s+/)).toEqual(["7", "5", "0", "100000", "65536"]);
  });

  it("reports failures before and after the release, and children killed while they wait", async () => {
    const failure = { class: "LaunchError", call: 'umount2("/not-there", 0)', exitCode: 125 };
    expect(await value("waitingFailures")).toMatchObject({
      early: { ...failure, index: 10 },
      late: { ...failure, index: 13 },
      waited: failure,
      released: failure,
      killed: { signal: 9, signalName: "SIGKILL" },
      leftovers: { zombies: 0 },
    });
  });

  it("tells the parent when the child has come to where it waits", async () => {
    expect(await value("arrival")).toMatchObject({
      between: true,
      status: { code: 0 },
      failed: { class: "LaunchError", call: 'umount2("/not-there", 0)' },
    });
  });

  it("keeps two waiting children apart", async () => {
    expect(await value("twoWaiting")).toEqual({
      between: { code: 3 },
      status: { code: 0 },
      secondAlive: true,
      second: { code: 0 },
    });
  });

  it("ends the child when the parent is killed", async () => {
    expect(await value("launcherDies", { kind: "waiting" })).toEqual({
      before: true,
      after: false,
      sibling: false,
    });
  });
});

it("ends the child when the parent is killed, by a parent death signal", async () => {
  expect(await value("launcherDies", { kind: "death signal" })).toEqual({
    before: true,
    after: false,
    sibling: false,
  });
});

it("starts a child inside a cgroup v2 directory", async () => {
  const { value, stdout } = await host.run("cgroup");
  const { group, status } = value as { group: string; status: unknown };
  expect(status).toEqual({ code: 0 });
  expect(stdout).toContain(`0::${group.replace("/sys/fs/cgroup/unified", "")}\n`);
});

it("reports a clone3 that fails, and leaves nothing open", async () => {
  const { outcomes, before, after } =
    await value<Record<string, Record<string, object>>>("cloneFails");
  for (const mode of modes)
    expect(outcomes?.[mode]).toMatchObject({
      class: "SystemCallError",
      syscall: "clone3",
      errnoName: "EBADF",
      message: expect.stringMatching(
        /^clone3\(\{flags=.*CLONE_NEWPID\|CLONE_CLEAR_SIGHAND\|CLONE_INTO_CGROUP, exit_signal=SIGCHLD, .*\}, 88\): EBADF/,
      ) as string,
    });
  expect(after).toEqual(before);
});

it("leaves the parent dumpable when a child that shares its memory changes its user", async () => {
  expect(await value("dumpable")).toEqual({ before: 1, status: { code: 0 }, after: 1 });
});

it("never runs a signal handler of the parent's in the child", async () => {
  expect(await value("caughtSignal")).toEqual({
    status: { signal: 12, signalName: "SIGUSR2" },
    caught: 1,
  });
});

it("does not block the event loop, and never signals a process that has ended", async () => {
  const { ticks, ...rest } = await value<{ ticks: number }>("eventLoop");
  expect(rest).toEqual({ status: { code: 0 }, killed: false, again: { code: 0 } });
  expect(ticks).toBeGreaterThan(10);
});

it("notices an exit while nothing else happens in the event loop", async () => {
  expect(await value("quietLoop")).toEqual({ status: { code: 0 }, quick: true });
});

it("does not lose an exception of what is called when a descriptor becomes readable", async () => {
  expect(await value("callbackThrows")).toBe("from the callback");
});

it("lets Node end while containers run", async () => {
  expect(await value("leaves")).toBe("left");
});

it("keeps the routine executable and not writable", async () => {
  expect(await value("routinePages")).toEqual(["r-xp"]);
});

it("refuses what cannot be started, saying why", async () => {
  expect(await value("refused")).toEqual({
    placeholder: "TypeError: the launch gives no value for $lost",
    atOnce: "TypeError: the value of a placeholder is not known outside a launch",
    performed:
      'SystemCallError: mount("proc", "/x/proc", "proc", 0, NULL): ENOENT (no such file or directory)',
    read: 'SystemCallError: read(99, "\\0", 1): EBADF (bad file descriptor)',
  });
});

it("keeps 200 containers alive at once, cheaply", async () => {
  const result = await value<Record<string, number> & { before: object; after: object }>(
    "manyAlive",
    { count: 200 },
  );
  expect(result).toMatchObject({ alive: 200, killed: 200 });
  expect(result.after).toEqual({ ...result.before, zombies: 0 });
  expect(result["memoryPerContainer"]).toBeLessThan(100 * 1024);
});
