import { beforeAll, expect, it } from "vitest";
import { readCaseNamed } from "../golden/cases.js";
import { expectNothingLeft } from "../host/left-behind.js";
import { addOutsideWorld, hostAddress } from "../host/outside-world.js";
import { type SimulatedHost, withSimulatedHost } from "../host/simulated-host.js";
import { type PathName, preparePath, startPath } from "../parity/paths.js";
import { buildCli, type Cli } from "../support/cli.js";

const spec = await readCaseNamed("08-web");
/** Where the parameter of the case says by default. */
const rootfs = "/tmp/alpine-rootfs";
const page = "<h1>Hello from Container!</h1>\n<p>Hostname: web-server</p>\n";

let cli: Cli;
beforeAll(async () => {
  cli = await buildCli();
});

const paths: readonly PathName[] = ["script", "kernel"];

/** The page as the host or another one sees it; "" when nobody answers. */
function pageAt(host: SimulatedHost, address: string, ...from: readonly string[]) {
  const ask = `printf 'GET / HTTP/1.0\\r\\n\\r\\n' | nc -w 5 ${address} 8080 2>/dev/null | sed '1,/^\\r*$/d'`;
  const [command, ...rest] = [...from, "busybox", "sh", "-c", ask];
  return host.must(command, ...rest);
}

const outside = ["ip", "netns", "exec", "outside"];

const python = ["python3", "-m", "http.server", "--directory", "/www", "80"] as const;

it.each(
  paths.flatMap((path) => [
    { path, server: "httpd", command: spec.process.args.map(String) },
    { path, server: "python3", command: [...python] },
  ]),
)("$server is reached from the host and from another one, and then is gone: $path", (each) =>
  withSimulatedHost(async (host) => {
    await (each.server === "python3" ? makePythonRootfs(host) : host.makeRootfs(rootfs));
    await addOutsideWorld(host);
    const before = await host.observeHost();
    await preparePath(host, each.path, spec, "en");
    const launcher = await startPath(host, each.path, {
      parameters: {},
      language: "en",
      command: each.command as [string, ...string[]],
    });
    await expect.poll(() => pageAt(host, "127.0.0.1"), { timeout: 20_000 }).toBe(page);
    expect(await pageAt(host, hostAddress)).toBe(page);
    expect(await pageAt(host, hostAddress, ...outside)).toBe(page);
    await host.must("sh", "-c", "kill -KILL $(cat /run/cooper/containers/web-server/pid)");
    await launcher.wait();
    expect(await pageAt(host, "127.0.0.1")).toBe("");
    expect(await pageAt(host, hostAddress, ...outside)).toBe("");
    await expectNothingLeft(host, before);
  }),
);

/** A root file system with this machine's Python, as a user would make it. */
async function makePythonRootfs(host: SimulatedHost): Promise<void> {
  const python = "/usr/bin/python3";
  const library = await host.must(
    python,
    "-c",
    "import sysconfig; print(sysconfig.get_path('stdlib'))",
  );
  const build = ["rootfs", "build", "--quiet", "--no-cache", "--commands", "sh,python3"];
  await host.must(process.execPath, cli.file, ...build, "--copy", library.trim(), rootfs);
}
