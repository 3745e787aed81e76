import { readContainerRecords, runningContainer } from "../container-records.js";
import { observe } from "../observe.js";
import { examineControlGroups, examineLimits } from "./control-groups.js";
import { type Finding, ok, warning } from "./finding.js";
import { examineKernel } from "./kernel.js";
import { examineContainerNetwork, examineHostNetwork } from "./network.js";
import { examineTools } from "./tools.js";

/**
 * Looks for what keeps containers from working on this host: the kernel, cgroups, commands, forwarding, the firewall,
 * and what dead containers left. Nothing is changed.
 *
 * @example
 * import { examineHost } from "cooper";
 *
 * const findings = await examineHost();
 * console.log(findings.some(({ code }) => code === "kernel")); // true
 */
export async function examineHost(): Promise<Finding[]> {
  const records = readContainerRecords();
  const bridged = records.some(
    ({ status, address }) => status === "running" && address !== undefined,
  );
  const dead = records.filter(({ status }) => status === "dead").map(({ name }) => name);
  return [
    process.geteuid?.() === 0 ? ok("user") : warning("user-not-root"),
    ...examineKernel(),
    ...examineControlGroups(),
    ...examineTools(),
    ...(await examineHostNetwork(bridged)),
    dead.length === 0
      ? ok("dead")
      : warning("dead-left", { names: dead.join(", ") }, ["cooper", "clean"]),
  ];
}

/**
 * Looks for what is wrong with a running container: its network, its name servers, its limits. Nothing is changed.
 *
 * @throws ContainerError (rejects) `container-missing`, `container-starting`
 *
 * @example
 * import { examineContainer, run } from "cooper";
 *
 * await using box = await run({ name: "box", privileged: true, process: { args: ["sleep", "60"] } });
 * const [first] = await examineContainer("box");
 * console.log(first?.code); // running
 */
export async function examineContainer(name: string): Promise<Finding[]> {
  const { process: identity, directory } = runningContainer(name);
  const { pid } = identity;
  const state = await observe(pid);
  return [
    ok("running", { name, pid: String(pid) }),
    ...examineContainerNetwork({ pid, directory }, state),
    ...examineLimits(name, pid, state.cgroup),
  ];
}
