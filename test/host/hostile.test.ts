/** Text that would do harm if bash, or a tool, took it for anything but text. */
import { existsSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { type ContainerInput, param, text } from "../../src/index.js";
import { plainContainer } from "./containers.js";
import { prepare, rootfs, runScript, scriptCommand, scriptFile, writeScript } from "./script.js";
import { type SimulatedHost, withSimulatedHost } from "./simulated-host.js";
import { Tools } from "./tools.js";

const trap = "touch /tmp/executed";

const hostile = [
  `; ${trap}`,
  `$(${trap})`,
  `\`${trap}\``,
  `'; ${trap}; '`,
  `"; ${trap}; "`,
  `\\"; ${trap} #`,
  `| ${trap}`,
  `& ${trap} &`,
  `> /tmp/executed`,
  `<(${trap})`,
  `a[$(${trap})]`,
  "${PATH}",
  "$HOME",
  "~",
  "~root",
  "*",
  "?",
  "[a-z]*",
  "{a,b}",
  "!!",
  "-rf",
  "--help",
  "-",
  "%s%n",
  "\\n",
  "\\",
  " leading and trailing ",
  "汉字 and ümläut 😀",
  "\u00a0\u2028\u202e\u200b",
  "= equals",
  "A=B",
] as const;

const withControls = [
  ...hostile,
  "",
  "line\nbreak",
  "tab\there",
  "\x1b[31mred",
  "\r",
  "\x7f",
  "\x01",
];

/** Runs `body` and checks that nothing hostile was executed, in the container or on the host. */
async function unharmed(host: SimulatedHost, body: () => Promise<void>): Promise<void> {
  await body();
  for (const place of ["/tmp/executed", `${rootfs}/tmp/executed`])
    expect(existsSync(host.path(place))).toBe(false);
}

const onHost = (container: ContainerInput, body: (host: SimulatedHost) => Promise<void>) => () =>
  withSimulatedHost(async (host) => {
    await prepare(host, container);
    await unharmed(host, () => body(host));
  });

/** Prints its arguments, each with a NUL behind it. */
const show = ["sh", "-c", `for each in "$@"; do printf '%s\\0' "$each"; done`, "sh"];

describe("the command gets exactly the arguments", () => {
  test(
    "that are given to the script",
    onHost(plainContainer, async (host) => {
      const { stdout, stderr, exitCode } = await runScript(host, [...show, ...withControls]);
      expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
      expect(stdout.split("\0").slice(0, -1)).toEqual(withControls);
    }),
  );

  test("that the spec has, as literals and by parameters", () => {
    const parameters = withControls.map((value, index) =>
      param.text(`TEXT_${index}`, { default: value }),
    );
    const args = [...show, ...withControls, ...parameters, text`<${parameters[0] ?? ""}>`];
    return onHost({ ...plainContainer, process: { args, env: { PATH: "/bin" } } }, async (host) => {
      const { stdout, stderr } = await runScript(host, []);
      expect(stderr).toBe("");
      expect(stdout.split("\0").slice(0, -1)).toEqual([
        ...withControls,
        ...withControls,
        `<${withControls[0] ?? ""}>`,
      ]);
      // The other way round, given when it runs: as environment variables and as arguments.
      const given = [...withControls].reverse().map((value) => value || "not empty");
      const shown = async (result: ReturnType<typeof runScript>) =>
        (await result).stdout.split("\0").slice(withControls.length, -2);
      const env = Object.fromEntries(given.map((value, index) => [`TEXT_${index}`, value]));
      expect(await shown(runScript(host, [], { env }))).toEqual(given);
      // A dash in front of a parameter is an option, and is refused as one.
      const plain = given.map((value) => value.replace(/^-+/, ""));
      const filled = plain.map((value) => value || "not empty");
      expect(await shown(runScript(host, [], { args: ["-q", ...filled] }))).toEqual(filled);
    })();
  });

  test("and exactly the environment", () => {
    const values = Object.fromEntries(withControls.map((value, index) => [`E${index}`, value]));
    const parameter = param.text("FROM_OUTSIDE", { default: "x" });
    const env = { ...values, PATH: "/bin", GIVEN: text`[${parameter}]` };
    return onHost({ ...plainContainer, process: { args: ["env", "-0"], env } }, async (host) => {
      for (const value of withControls.filter((each) => each !== "")) {
        const { stdout } = await runScript(host, [], { env: { FROM_OUTSIDE: value } });
        const shown = new Map(
          stdout.split("\0").map((each) => {
            const at = each.indexOf("=");
            return [each.slice(0, at), each.slice(at + 1)];
          }),
        );
        expect(shown.get("GIVEN")).toBe(`[${value}]`);
        for (const [name, expected] of Object.entries(values))
          expect(shown.get(name)).toBe(expected);
      }
    })();
  });
});

describe("paths", () => {
  const directories = hostile.map((value) => `/tmp/${value.replaceAll("/", "_")}`);

  test("of the root file system and the working directory are taken as they are", () => {
    const container = {
      ...plainContainer,
      root: { path: param.path("ROOTFS", { default: rootfs }) },
      process: {
        ...plainContainer.process,
        cwd: param.path("DIRECTORY", { default: "/" }),
      },
    };
    return onHost(container, async (host) => {
      const tools = await Tools.install(host);
      for (const directory of directories) {
        await host.must("cp", "-a", "--", rootfs, directory);
        const inside = directory.replace("/tmp/", "/");
        await host.must("mkdir", "-p", "--", `${directory}${inside}`);
        await tools.reset();
        const { stdout, exitCode } = await runScript(host, ["pwd"], {
          env: tools.env,
          args: ["-q", directory, inside],
        });
        expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: `${inside}\n` });
        // What reached the tools is what the plan has: one argument, whatever is in it.
        const calls = await tools.calls();
        expect(calls).toContainEqual(["mount", "--rbind", "--", directory, directory]);
        expect(calls.filter(([tool]) => tool === "mount").map((call) => call.at(-1))).toEqual([
          directory,
          ...["proc", "sys", "tmp"].map((name) => `${directory}/${name}`),
        ]);
        expect(calls.filter(([tool]) => tool === "env")).toEqual([
          [
            ...["env", "-i", "PATH=/bin", "/tmp/tools/bin/unshare", "--root=.", `--wd=${inside}`],
            ...["--setgid=0", "--setuid=0", "--", "pwd"],
          ],
        ]);
      }
    })();
  });

  test("of mounts are taken as they are", () => {
    const destinations = hostile.map((value) => `/m/${value.replaceAll("/", "_")}`);
    const mounts = destinations.map((destination) => ({ destination, type: "tmpfs" as const }));
    return onHost(
      { ...plainContainer, mounts: [{ destination: "/proc", type: "proc" }, ...mounts] },
      async (host) => {
        const { stdout } = await runScript(host, [
          "sh",
          "-c",
          "cd /m; for each in * .*; do printf '%s\\0' \"$each\"; done; cat /proc/mounts | grep -c /m/",
        ]);
        expect(stdout.trimEnd().split("\0").at(-1)).toBe(String(destinations.length));
        for (const destination of destinations)
          expect(stdout.split("\0")).toContain(destination.slice("/m/".length));
      },
    )();
  });

  test(
    "cannot lead out of the root file system through symbolic links",
    onHost(
      { ...plainContainer, mounts: [{ destination: "/out/new/proc", type: "proc" }] },
      async (host) => {
        for (const target of ["/tmp", "../../../../../tmp", "/../../tmp"]) {
          await host.must("ln", "-sfn", target, `${rootfs}/out`);
          const { stdout } = await runScript(host, ["sh", "-c", "ls /tmp/new/proc/self/cmdline"]);
          expect(stdout).toBe("/tmp/new/proc/self/cmdline\n");
          expect(existsSync(host.path("/tmp/new"))).toBe(false);
        }
      },
    ),
  );
});

describe("parameters of a strict type refuse everything else", () => {
  const container: ContainerInput = {
    ...plainContainer,
    name: param.name("NAME", { default: "box" }),
    hostname: param.name("LABEL", { default: "box" }),
    root: { path: param.path("ROOTFS", { default: rootfs }) },
    resources: {
      cpu: { quota: param.integer("QUOTA", { default: 50_000 }) },
      memory: { limit: param.bytes("MEMORY", { default: "64MiB" }) },
    },
  };

  test.each([
    ["NAME", ["../x", "a/b", ".", "..", "a".repeat(64), ...withControls]],
    ["LABEL", withControls],
    ["QUOTA", ["1e3", "0x7d0", "a[$(id)]", "PATH", "9".repeat(16), ...withControls]],
    ["MEMORY", ["1e9", "-1", "64 MiB", "9".repeat(20), ...withControls]],
    ["ROOTFS", ["/tmp/a\nb", "/tmp/\x1b[31m", "/tmp/\x7f"]],
  ] as const)("%s", (name, values) =>
    onHost(container, async (host) => {
      for (const value of values) {
        if (value === "") continue;
        const { exitCode, stderr } = await runScript(host, ["true"], { env: { [name]: value } });
        expect({ value, exitCode }).toEqual({ value, exitCode: 125 });
        expect(stderr).toContain("error[value-type]");
      }
    })(),
  );
});

test("help texts and defaults are printed as they are", () =>
  withSimulatedHost(async (host) => {
    const parameters = hostile.map((value, index) =>
      param.text(`TEXT_${index}`, { default: value, help: value }),
    );
    await writeScript(host, {
      ...plainContainer,
      process: { ...plainContainer.process, args: ["echo", ...parameters] },
    });
    await unharmed(host, async () => {
      const { stdout, stderr, exitCode } = await host.run([scriptFile, "--help"]);
      expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
      for (const value of hostile) expect(stdout).toContain(`${value}; default: ${value}`);
    });
  }));

test("--dry-run prints commands that mean the same to bash", () =>
  withSimulatedHost(async (host) => {
    await prepare(host, plainContainer);
    await unharmed(host, async () => {
      for (const value of withControls) {
        const command = scriptCommand(["echo", value], ["-q", "--dry-run"]);
        const { stdout } = await host.run(command);
        const last = stdout.split("\n").findLast((line) => line.includes(" -- echo ")) ?? "";
        const echo = last.slice(last.indexOf(" -- echo ") + " -- ".length);
        const { stdout: said } = await host.run([
          "bash",
          "-c",
          `show() { printf '%s\\0' "$@"; }; show ${echo}`,
        ]);
        expect(said.split("\0").slice(0, -1)).toEqual(["echo", value]);
      }
    });
  }));
