/** What a container may do: asked for by flags, and handed on to what joins it. */
import { expect, test } from "vitest";
import type { ContainerInput } from "../../src/index.js";
import { plainContainer } from "../host/containers.js";
import { rootfs } from "../host/script.js";
import { withSimulatedHost } from "../host/simulated-host.js";
import { cooper, cooperCommand, paths, startOn, useCooper } from "./cooper.js";

useCooper();

const told = `grep -E '^(Uid|Gid|Groups|Umask|Cap|NoNew)' /proc/self/status
  ls /dev /sys/firmware; cat /proc/interrupts; (true >/proc/sys/vm/swappiness) 2>&1
  cat /proc/self/oom_score_adj /proc/self/limits`;

test.each(paths)("cooper exec in a container of the %s path is as restricted as that", (way) =>
  withSimulatedHost(async (host) => {
    await host.makeRootfs(rootfs);
    const container: ContainerInput = {
      ...plainContainer,
      privileged: false,
      process: {
        ...plainContainer.process,
        user: { uid: 1000, gid: 1001, additionalGids: [7, 8], umask: 0o077 },
        capabilities: { drop: ["CHOWN", "SETUID"] },
        rlimits: [
          { type: "RLIMIT_NOFILE", soft: 60, hard: 70 },
          { type: "RLIMIT_CORE", soft: 0, hard: 0 },
        ],
        oomScoreAdj: 250,
      },
    };
    const { launcher } = await startOn(host, way, `${told}; echo end; exec cat`, container);
    await launcher.until(({ stdout }) => stdout.endsWith("end\n"));
    const own = launcher.stdout;
    expect(own).toMatch(/^\/sys\/firmware:\nsh: can't create .*: Read-only file system$/m);
    expect(own).toMatch(/^Groups:\t7 8 $[\s\S]*^CapBnd:\t00000000a804257a$[\s\S]*^250$/m);
    const joined = await cooper(host, ["exec", "box", "--", "sh", "-c", told]);
    expect(joined).toMatchObject({ exitCode: 0, stderr: "" });
    expect(`ready\n${joined.stdout}end\n`).toBe(own);
    launcher.endInput();
    await launcher.wait();
  }),
);

test("flags say what a container may do", () =>
  withSimulatedHost(async (host) => {
    await host.makeRootfs(rootfs);
    const run = (flags: string, command: string) =>
      cooper(host, [
        "run",
        "-q",
        "--rootfs",
        rootfs,
        ...flags.split(" "),
        "--",
        "sh",
        "-c",
        command,
      ]);
    const { stdout, stderr } = await run(
      "--cap-drop ALL --cap-add chown --group-add 7 --ulimit nofile=30:40 --oom-score-adj 300",
      told,
    );
    expect(stderr).toBe("");
    expect(stdout).toMatch(/^Groups:\t7 $/m);
    expect(stdout).toMatch(/^CapEff:\t0000000000000001$/m);
    expect(stdout).toMatch(/^NoNewPrivs:\t1$/m);
    expect(stdout).toMatch(/^300$/m);
    expect(stdout).toMatch(/^Max open files +30 +40 /m);
    const loose = await run("--security-opt no-new-privileges=false --cap-add ALL", told);
    expect(loose.stdout).toMatch(/^NoNewPrivs:\t0$/m);
    const wrong = await run("--cap-add ROOT", "true");
    expect(wrong).toMatchObject({ exitCode: 125 });
    expect(wrong.stderr).toContain("error[unknown-value]");
  }));

test("the command has the limit of open files that its launcher was started with", () =>
  withSimulatedHost(async (host) => {
    await host.makeRootfs(rootfs);
    // Node raises its own.
    const run = cooperCommand("run", "-q", "--rootfs", rootfs, "--", "sh", "-c", "ulimit -S -n");
    const limited = `ulimit -S -n 100; "$@"; ulimit -S -n`;
    expect(await host.must("sh", "-c", limited, "sh", ...run)).toBe("100\n100\n");
  }));
