import { describe, expect, test } from "vitest";
import { bridgedContainer, plainContainer, recordedPid } from "../host/containers.js";
import { expectNothingLeft } from "../host/left-behind.js";
import { rootfs } from "../host/script.js";
import { type SimulatedHost, withSimulatedHost } from "../host/simulated-host.js";
import { cooper, cooperCommand, plainFlags, runPlain, useCooper } from "./cooper.js";

useCooper();

const withRootfs = (body: (host: SimulatedHost) => Promise<void>) => () =>
  withSimulatedHost(async (host) => {
    await host.makeRootfs(rootfs);
    await body(host);
  });

describe("exit status", () => {
  test(
    "is the command's own",
    withRootfs(async (host) => {
      for (const status of [0, 3, 124, 125, 255])
        expect(await host.run(runPlain("sh", "-c", `exit ${status}`))).toEqual({
          ...{ stdout: "", stderr: "", signal: undefined },
          exitCode: status,
        });
    }),
  );

  test(
    "is 127, 126 or 125 when there is no command to speak of",
    withRootfs(async (host) => {
      await host.writeFile(`${rootfs}/bin/text`, "not a program\n", 0o644);
      const cases: [readonly string[], number, string][] = [
        [["--", "nope"], 127, "error[command-not-found] (exec): the container has no command nope"],
        [
          ["--", "text"],
          126,
          "error[command-not-executable] (exec): the container cannot execute text",
        ],
        [["-w", "/nowhere"], 125, "error[cwd-missing] (exec): "],
        [["--rootfs", "/nowhere"], 125, "error[rootfs-missing] (preflight): "],
        [["--name", "-"], 125, "error[value-type]: name: "],
        [["--network", "moon"], 125, "error[network-mode]: network.mode: "],
        [["--nmae", "x"], 125, "error[option-unknown]: there is no option --nmae"],
        [["--"], 125, "error[command-empty]: "],
        [["nothing.json"], 125, "error[file-missing]: nothing.json: "],
      ];
      for (const [args, status, message] of cases) {
        const outcome = await cooper(host, ["run", "-q", ...plainFlags, ...args]);
        expect(outcome).toMatchObject({ exitCode: status, stdout: "" });
        expect(outcome.stderr).toContain(`cooper: ${message}`);
      }
    }),
  );

  test(
    "is the command's own when nobody reads what is told",
    withRootfs(async (host) => {
      const container = { ...bridgedContainer, banner: true };
      await host.writeFile("/tmp/c.json", JSON.stringify(container));
      const command = cooperCommand("run", "/tmp/c.json", "--", "sh", "-c", "exit 4");
      for (const unread of ["3>/dev/full", '3> >(:) && wait "$!"']) {
        const script = `exec ${unread}; exec "$@" 2>&3`;
        expect((await host.run(["bash", "-c", script, "bash", ...command])).exitCode).toBe(4);
      }
    }),
  );

  test(
    "is the command's own when something could not be taken down, which is told, and goes with the next",
    withRootfs(async (host) => {
      const before = await host.observeHost();
      const process = { ...bridgedContainer.process, args: ["sh", "-c", "exit 4"] };
      const containers = ["a", "b"].map((name) => ({ ...bridgedContainer, name, process }));
      await host.writeFile("/tmp/one.json", JSON.stringify(containers[0]));
      await host.writeFile("/tmp/stack.json", JSON.stringify({ containers }));
      await host.writeFile(
        "/tmp/tools/iptables-restore",
        `#!/bin/sh
        rules=$(cat)
        case $rules in *"-D "*) exit 3 ;; esac
        printf '%s\\n' "$rules" | /usr/sbin/iptables-restore "$@"`,
        0o755,
      );
      const env = { PATH: "/tmp/tools:/usr/sbin:/usr/bin:/sbin:/bin" };
      for (const file of ["/tmp/one.json", "/tmp/stack.json"]) {
        const args = ["run", "-q", file, "--lang", "zh"];
        const { exitCode, stderr } = await cooper(host, args, { env });
        expect(stderr).toMatch(
          /^cooper: 错误\[left-behind\]: 命令失败，退出状态 3：iptables-restore .*\n$/,
        );
        expect(exitCode).toBe(4);
        expect((await cooper(host, args)).stderr).toBe("");
        await expectNothingLeft(host, before);
      }
    }),
  );

  test(
    "is 128 and the signal that ended the command",
    withRootfs(async (host) => {
      const launcher = host.spawn(runPlain("sh", "-c", "echo ready; exec sleep 1000"));
      await launcher.until(({ stdout }) => stdout === "ready\n");
      await host.must("kill", "-s", "KILL", String(await recordedPid(host, "box")));
      expect(await launcher.wait()).toMatchObject({ exitCode: 137, stderr: "" });
    }),
  );
});

test(
  "flags describe a container as those of docker run do",
  withRootfs(async (host) => {
    const before = await host.observeHost();
    const { stdout, stderr, exitCode } = await cooper(host, [
      ...["run", "-q", ...plainFlags, "--hostname", "inside", "--cpus", "0.5", "--memory", "64m"],
      ...["--pids-limit", "50", "--cpuset-cpus", "0", "--cpuset-mems", "0"],
      ...["-e", "K=v w", "-w", "/tmp", "-u", "5:6", "--network", "bridge", "--dns", "192.0.2.1"],
      ...["--bridge", "test-br1", "--subnet", "10.9.8.0/29", "--", "sh", "-c"],
      `id -u; id -g; pwd; hostname; echo "$K"; cat /etc/resolv.conf;
       ip -4 -o addr show dev eth0 | sed 's/.*inet //; s/ .*//'; grep Cpus_allowed_list /proc/self/status`,
    ]);
    expect({ stderr, exitCode }).toEqual({ stderr: "", exitCode: 0 });
    expect(stdout.split("\n")).toEqual([
      ...[
        "5",
        "6",
        "/tmp",
        "inside",
        "v w",
        "nameserver 192.0.2.1",
        "10.9.8.2/29",
        "Cpus_allowed_list:\t0",
        "",
      ],
    ]);
    await expectNothingLeft(host, before);
  }),
);

test(
  "flags come before the config's fields, and a command before both",
  withRootfs(async (host) => {
    const config = { ...plainContainer, hostname: "config", process: { args: ["false"] } };
    await host.writeFile("/tmp/c.json", JSON.stringify(config));
    const { stdout, stderr } = await cooper(host, [
      ...["run", "-q", "/tmp/c.json", "--hostname", "flag", "-e", "A=1", "--"],
      ...["sh", "-c", "hostname; echo $A"],
    ]);
    expect({ stdout, stderr }).toEqual({ stdout: "flag\n1\n", stderr: "" });
    expect((await cooper(host, ["run", "-q", "/tmp/c.json"])).exitCode).toBe(1);
  }),
);

test(
  "--set gives parameters their values when the container starts",
  withRootfs(async (host) => {
    const config = {
      ...plainContainer,
      parameters: { WHO: { type: "text", default: "nobody" } },
      process: { args: ["echo", { $param: "WHO" }], env: { PATH: "/bin" } },
    };
    await host.writeFile("/tmp/c.json", JSON.stringify(config));
    expect((await cooper(host, ["run", "-q", "/tmp/c.json", "--set", "WHO=me"])).stdout).toBe(
      "me\n",
    );
    const wrong = await cooper(host, ["run", "-q", "/tmp/c.json", "--set", "HWO=me"]);
    expect(wrong.exitCode).toBe(125);
    expect(wrong.stderr).toContain('error[parameter-unknown]: there is no parameter "HWO"');
  }),
);

test(
  "flags mount directories, files, volumes and memory, with a script and without",
  withRootfs(async (host) => {
    await host.must("mount", "-t", "tmpfs", "tmpfs", "/var/lib");
    await host.writeFile("/tmp/data/file", "of the host\n");
    const flags = [
      ...["-v", "/tmp/data:/data:ro", "-v", "kept:/kept", "--tmpfs", "/cache:size=1m,mode=0700"],
      ...["--mount", "type=bind,source=/tmp/data/file,target=/etc/passwd,readonly"],
    ];
    const shell =
      "cat /data/file /etc/passwd; touch /data/new 2>/dev/null || echo no; echo more >>/kept/log; cat /kept/log; ls -ldn /cache";
    const expected = (log: string) =>
      new RegExp(`^of the host\nof the host\nno\n${log}drwx------ `);
    const command = ["--", "sh", "-c", shell];
    const run = await cooper(host, ["run", "-q", ...plainFlags, ...flags, ...command]);
    expect(run).toMatchObject({ exitCode: 0, stderr: "" });
    expect(run.stdout).toMatch(expected("more\n"));
    const compiled = await cooper(host, [
      ...["compile", ...plainFlags, ...flags],
      ...["-o", "/tmp/s.sh", ...command],
    ]);
    expect(compiled).toMatchObject({ exitCode: 0, stderr: "" });
    const script = await host.run(["/tmp/s.sh", "-q"]);
    expect(script).toMatchObject({ exitCode: 0, stderr: "" });
    expect(script.stdout).toMatch(expected("more\nmore\n"));
  }),
);

test(
  "--read-only leaves what is mounted writable, and nothing else",
  withRootfs(async (host) => {
    const command = ["sh", "-c", "echo >/new || echo >/etc/passwd || echo >/tmp/new && echo done"];
    const { exitCode, stdout } = await cooper(host, [
      "run",
      ...plainFlags,
      "--read-only",
      "--",
      ...command,
    ]);
    expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: "done\n" });
  }),
);

test(
  "tells the steps on standard error as the script does, in the language asked for",
  withRootfs(async (host) => {
    await host.writeFile("/tmp/c.json", JSON.stringify(bridgedContainer));
    await host.writeFile("/tmp/zh.sh", "", 0o755);
    for (const lang of ["en", "zh"]) {
      const script = await host.run(
        cooperCommand("compile", "/tmp/c.json", "--lang", lang, "-o", `/tmp/${lang}.sh`),
      );
      expect(script.exitCode).toBe(0);
      const withoutClock = (text: string) =>
        text
          .replace(/^\[\d\d:\d\d:\d\d\] /gm, "")
          // Every container gets the next address.
          .replace(/10\.200\.1\.\d+$/gm, "<address>");
      const bash = await host.run([`/tmp/${lang}.sh`, "--", "true"]);
      const kernel = await cooper(host, ["run", "/tmp/c.json", "--lang", lang, "--", "true"]);
      expect(kernel.stderr).toMatch(/^(\[\d\d:\d\d:\d\d\] .+\n)+$/);
      expect(withoutClock(kernel.stderr)).toBe(withoutClock(bash.stderr));
    }
  }),
);

test(
  "standard streams are the command's: nothing of them is read, closed or changed",
  withRootfs(async (host) => {
    const first = runPlain("sh", "-c", 'read -r line; echo "<$line>"').join("' '");
    const { stdout } = await host.run(["sh", "-c", `printf 'a\\nb\\n' | { '${first}'; cat; }`]);
    expect(stdout).toBe("<a>\nb\n");
    // A pipe that Node had opened would be non-blocking, and a writer would lose what does not fit.
    const much = runPlain(
      "sh",
      "-c",
      "i=0; while [ $i -lt 3000 ]; do echo $i-$(pwd)-line; i=$((i+1)); done",
    );
    const slow = await host.run(["sh", "-c", `'${much.join("' '")}' | { sleep 1; wc -l; }`]);
    expect({ lines: slow.stdout.trim(), stderr: slow.stderr }).toEqual({
      lines: "3000",
      stderr: "",
    });
    const list = runPlain("ls", "/proc/self/fd").map((each) => `'${each}'`);
    const open = await host.run(["bash", "-c", `${list.join(" ")} 5</ 9</etc/passwd 17<>/tmp/x`]);
    // 3 is the directory that ls reads.
    expect(open.stdout).toBe("0\n1\n2\n3\n");
  }),
);

test(
  "the name of a running container is taken",
  withRootfs(async (host) => {
    const launcher = host.spawn(runPlain("cat"));
    launcher.write("ready\n");
    await launcher.until(({ stdout }) => stdout === "ready\n");
    const second = await host.run(runPlain("true"));
    expect(second.exitCode).toBe(125);
    expect(second.stderr).toMatch(/^cooper: error\[name-in-use\] \(name\): .* box .*process \d+/);
    launcher.endInput();
    expect((await launcher.wait()).exitCode).toBe(0);
    expect((await host.run(runPlain("true"))).exitCode).toBe(0);
  }),
);
