/** `cooper parity`, as a user runs it, on a host that is itself a simulated one. */
import { chmodSync } from "node:fs";
import path from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { repository } from "../host/repository.js";
import { rootfs } from "../host/script.js";
import { type SimulatedHost, withSimulatedHost } from "../host/simulated-host.js";
import { buildCli, type Cli } from "../support/cli.js";
import { listFiles } from "./test-container.js";

let cli: Cli;
beforeAll(async () => {
  cli = await buildCli();
  // For the one who is not root.
  chmodSync(path.dirname(cli.file), 0o755);
});

const full = path.join(repository, "golden/05-full/container.ts");

function parity(host: SimulatedHost, args: readonly string[], env = {}) {
  return host.run([process.execPath, cli.file, "parity", ...args], { env });
}

interface Answer {
  readonly same: boolean;
  readonly verdicts: readonly {
    readonly aspect: string;
    readonly same: boolean;
    readonly steps: readonly string[];
    readonly script?: unknown;
  }[];
}

describe("cooper parity", () => {
  it("finds the same in every aspect, and leaves the host and the root file system alone", async () => {
    await withSimulatedHost(async (host) => {
      await host.makeRootfs(rootfs);
      const [before, files] = [await host.observeHost(), await listFiles(host, rootfs)];
      const { exitCode, stdout, stderr } = await parity(host, [full, "--", "/bin/cat"]);
      expect(stderr).toBe("");
      expect(stdout).toMatch(/^Aspect +Script +System calls +Verdict\n/);
      expect(stdout).toMatch(/^mounts .* same$/m);
      expect(stdout).toContain("The script and the system calls do the same.\n");
      expect(exitCode).toBe(0);
      expect(await host.observeHost()).toEqual(before);
      expect(await listFiles(host, rootfs)).toEqual(files);
    });
  });

  it("knows a cgroup hierarchy again that is mounted in two places", async () => {
    await withSimulatedHost(async (host) => {
      await host.makeRootfs(rootfs);
      await host.must("mkdir", "/run/cgroup");
      await host.must("mount", "--rbind", "/sys/fs/cgroup", "/run/cgroup");
      expect(await parity(host, [full, "--", "true"])).toMatchObject({ exitCode: 0, stderr: "" });
    });
  });

  it("takes parameters and a command, and tells it as JSON", async () => {
    await withSimulatedHost(async (host) => {
      await host.makeRootfs("/run/other root");
      const { exitCode, stdout, stderr } = await parity(host, [
        ...["--json", full, "--set", "ROOTFS=/run/other root", "--set", "CONTAINER_NAME=other"],
        ...["--", "sh", "-c", "hostname; exit 3"],
      ]);
      expect(stderr).toBe("");
      const { same, verdicts } = JSON.parse(stdout) as Answer;
      expect({ same, exitCode }).toEqual({ same: true, exitCode: 0 });
      expect(verdicts).toContainEqual(
        expect.objectContaining({ aspect: "stdout", script: "other\n" }),
      );
      expect(verdicts).toContainEqual(
        expect.objectContaining({ aspect: "exit status", script: 3 }),
      );
    });
  });

  it("leaves layers alone, and the writable one", async () => {
    await withSimulatedHost(async (host) => {
      const layers = ["/tmp/base", "/run/top"];
      const container = {
        root: { layers, overlay: { path: "/tmp/kept" } },
        process: { env: { PATH: "/bin" } },
      };
      await host.makeRootfs("/tmp/base");
      await host.writeFile("/run/top/etc/motd", "top\n");
      await host.writeFile("/tmp/kept/upper/etc/motd", "kept\n");
      await host.writeFile("/tmp/container.json", JSON.stringify(container));
      const list = () => Promise.all(["/tmp", "/run"].map((each) => listFiles(host, each)));
      const before = await list();
      const command = ["sh", "-c", "cat /etc/motd; echo changed >/etc/motd"];
      const { exitCode, stdout } = await parity(host, [
        ...["--json", "/tmp/container.json", "--", ...command],
      ]);
      const { same, verdicts } = JSON.parse(stdout) as Answer;
      expect({ same, exitCode }).toEqual({ same: true, exitCode: 0 });
      expect(verdicts).toContainEqual(
        expect.objectContaining({ aspect: "stdout", script: "top\n" }),
      );
      const files = verdicts.find(({ aspect }) => aspect === "left: files")?.script;
      expect(files).toContain("/upper/etc/motd 644");
      expect(await list()).toEqual(before);
      expect(await host.readFile("/tmp/kept/upper/etc/motd")).toBe("kept\n");
    });
  });

  it("leaves every other file of the host alone, whatever a container is given of them", async () => {
    await withSimulatedHost(async (host) => {
      await host.makeRootfs(rootfs);
      const container = {
        root: { path: rootfs },
        process: { env: { PATH: "/bin" } },
        mounts: [
          { destination: "/data", type: "bind", source: "/tmp/data" },
          { destination: "/inner", type: "bind", source: "/tmp/data/inner" },
          { destination: "/file", type: "bind", source: "/run/some file" },
          { destination: "/kept", type: "volume", source: "parity-test" },
        ],
        hooks: {
          createRuntime: [["/bin/sh", "-c", "echo >/var/changed || echo refused"]],
        },
      };
      await host.writeFile("/tmp/data/old", "old\n");
      await host.writeFile("/tmp/data/inner/old", "old\n");
      await host.writeFile("/run/some file", "old\n");
      await host.writeFile("/tmp/container.json", JSON.stringify(container));
      const list = () =>
        Promise.all(["/tmp", "/run", "/var/lib"].map((each) => listFiles(host, each)));
      const before = await list();
      const change =
        "echo new >/data/old; echo new >/inner/made; echo new >/file; echo new >/kept/v";
      const { exitCode, stdout } = await parity(host, [
        ...["--json", "/tmp/container.json", "--"],
        ...["sh", "-c", `${change}; cat /data/old /inner/old /inner/made /file /kept/v`],
      ]);
      const { same, verdicts } = JSON.parse(stdout) as Answer;
      expect({ same, exitCode }).toEqual({ same: true, exitCode: 0 });
      const found = (aspect: string) => verdicts.find((each) => each.aspect === aspect)?.script;
      expect(found("stdout")).toBe("new\nold\nnew\nnew\nnew\n");
      expect(found("stderr")).toContain("refused\n");
      expect(found("left: files")).toEqual(expect.arrayContaining(["/old 644", "/made 644"]));
      expect(await list()).toEqual(before);
      expect(await host.readFile("/tmp/data/old")).toBe("old\n");
      expect(await host.readFile("/run/some file")).toBe("old\n");
      expect((await host.run(["test", "-e", "/var/changed"])).exitCode).toBe(1);
    });
  });

  it("compares the containers of a stack, each by its name", async () => {
    await withSimulatedHost(async (host) => {
      await host.makeRootfs(rootfs);
      const before = await host.observeHost();
      const stack = path.join(repository, "golden/09-stack/stack.ts");
      const { exitCode, stdout, stderr } = await parity(host, ["--json", stack]);
      expect(stderr).toBe("");
      const { verdicts } = JSON.parse(stdout) as Answer;
      expect(verdicts.filter(({ same }) => !same)).toEqual([]);
      expect(exitCode).toBe(0);
      for (const name of ["app-1", "app-2", "app-3"])
        expect(verdicts).toContainEqual(
          expect.objectContaining({ aspect: "hostname", container: name, script: name }),
        );
      expect(verdicts).toContainEqual(
        expect.objectContaining({
          aspect: "stdout",
          script: "Container app-1\nContainer app-2\nContainer app-3\n",
        }),
      );
      expect(await host.observeHost()).toEqual(before);
      const refused = await parity(host, [stack, "--", "true"]);
      expect(refused.exitCode).toBe(1);
      expect(refused.stderr).toContain("error[stack-flags]");
    });
  });

  it("names what differs, and the steps to look at", async () => {
    await withSimulatedHost(async (host) => {
      await host.makeRootfs(rootfs);
      // The script alone becomes its command through env(1).
      const env = '#!/bin/sh\nshift\nexec /usr/bin/env -i ADDED=1 "$@"\n';
      await host.writeFile("/tmp/tools/env", env, 0o755);
      const PATH = "/tmp/tools:/usr/sbin:/usr/bin:/sbin:/bin";
      const json = await parity(host, ["--json", full, "--", "/bin/cat"], { PATH });
      const { same, verdicts } = JSON.parse(json.stdout) as Answer;
      expect({ same, exitCode: json.exitCode }).toEqual({ same: false, exitCode: 1 });
      const different = verdicts.filter((each) => !each.same);
      expect(different.map(({ aspect }) => aspect)).toEqual(["process"]);
      expect(different[0]?.steps).toContain("exec");
      const { exitCode, stdout } = await parity(host, [full, "--lang", "zh", "--", "/bin/cat"], {
        PATH,
      });
      expect(exitCode).toBe(1);
      expect(stdout).toMatch(
        /^进程 +\{"environment":\{"ADDED":"1"\}\} +\{"environment":\{\}\} +不同/m,
      );
      expect(stdout).toContain("有 1 处不同");
    });
  });

  it("compares how building fails", async () => {
    await withSimulatedHost(async (host) => {
      await host.makeRootfs(rootfs);
      await host.must("rmdir", `${rootfs}/proc`);
      await host.writeFile(`${rootfs}/proc`, "in the way");
      const { exitCode, stdout } = await parity(host, ["--json", full]);
      const { verdicts } = JSON.parse(stdout) as Answer;
      expect(exitCode).toBe(0);
      expect(verdicts).toContainEqual(
        expect.objectContaining({ aspect: "exit status", script: 125 }),
      );
    });
  });

  it.each([
    ["nowhere", 127],
    ["/etc", 126],
  ])("compares how a command is told to be missing: %s", async (command, status) => {
    await withSimulatedHost(async (host) => {
      await host.makeRootfs(rootfs);
      const { exitCode, stdout } = await parity(host, ["--json", full, "--", command]);
      expect(exitCode).toBe(0);
      const { verdicts } = JSON.parse(stdout) as Answer;
      expect(verdicts).toContainEqual(
        expect.objectContaining({ aspect: "exit status", script: status }),
      );
    });
  });

  it("says which root file system is not there", async () => {
    await withSimulatedHost(async (host) => {
      const { exitCode, stderr } = await parity(host, [full, "--set", "ROOTFS=/nowhere"]);
      expect(exitCode).toBe(1);
      expect(stderr).toContain("error[file-missing]: /nowhere: ");
    });
  });

  it("says that it needs root", async () => {
    await withSimulatedHost(async (host) => {
      const { exitCode, stderr } = await host.run([
        ...(["setpriv", "--reuid=1000", "--clear-groups", "--"] as const),
        ...[process.execPath, cli.file, "parity", full],
      ]);
      expect(exitCode).toBe(1);
      expect(stderr).toContain("error[parity-root]");
    });
  });
});
