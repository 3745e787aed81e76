import { capabilities as numbers, type CapabilityName } from "../kernel/constants/capabilities.js";
import { defaultPath } from "../kernel/program/command.js";
import { capabilityBounds, type CapabilityBounds, capabilityNames } from "../model/capabilities.js";
import type { Spec } from "../model/spec/parse.js";
import { capabilities } from "../steps/capabilities.js";
import { cgroupNamespace } from "../steps/cgroup-namespace.js";
import { exec } from "../steps/exec.js";
import { noNewPrivileges as noNewPrivilegesStep } from "../steps/no-new-privileges.js";
import { oomScoreAdj } from "../steps/oom-score-adj.js";
import { rlimits } from "../steps/rlimits.js";
import type { Step } from "../steps/step.js";
import { announcement, startContainerSteps } from "./hooks.js";
import { hasUserNamespace } from "./user-namespace.js";

/** While the process still sees the host's /proc. */
export function oomScoreSteps({ process: { oomScoreAdj: score } }: Spec): Step[] {
  return score === undefined ? [] : [oomScoreAdj("process.oomScoreAdj", { score })];
}

/** What the process gives up, and the command it becomes. The last steps of the container. */
export function processSteps(spec: Spec): Step[] {
  const { privileged, process, namespaces } = spec;
  const { args, env, cwd, user, noNewPrivileges } = process;
  const bounds = privileged ? undefined : capabilityBounds(process.capabilities);
  const needed = bounds === undefined ? [] : neededToEnter(bounds, user.uid);
  const enter =
    needed.length === 0 && !Object.keys(env).some((name) => steersTools.test(name))
      ? undefined
      : {
          capabilities: needed.map((name) => numbers[name]).join(","),
          variables: Object.keys(env).length,
        };
  const limited = process.rlimits.length > 0;
  const ownCgroups = namespaces.includes("cgroup");
  const ofUserNamespace = hasUserNamespace(spec);
  const restricted =
    bounds !== undefined ||
    noNewPrivileges ||
    user.additionalGids.length > 0 ||
    enter !== undefined;
  return [
    ...(ownCgroups ? [cgroupNamespace("namespaces", {})] : []),
    ...(limited ? [rlimits("process.rlimits", { limits: process.rlimits.map(namedLimit) })] : []),
    ...(bounds === undefined
      ? []
      : [
          capabilities("process.capabilities", {
            ...bounds,
            options: boundingOptions(bounds, needed),
          }),
        ]),
    ...(noNewPrivileges ? [noNewPrivilegesStep("process.noNewPrivileges", {})] : []),
    ...startContainerSteps(spec),
    exec("process", {
      args,
      env,
      searchPath: env["PATH"] ?? defaultPath,
      cwd,
      user: { uid: user.uid, gid: user.gid, additionalGids: user.additionalGids },
      identity: [
        `--regid=${String(user.gid)}`,
        user.additionalGids.length === 0
          ? "--clear-groups"
          : `--groups=${user.additionalGids.join(",")}`,
      ],
      umask: user.umask === usualUmask ? undefined : user.umask.toString(8).padStart(4, "0"),
      wrapped: ownCgroups || limited,
      restricted,
      enter,
      ofUserNamespace,
      plainIds: ofUserNamespace && !restricted,
      ...announcement(spec),
    }),
  ];
}

/** What everything before the command is done with; the container's too, where nothing else is asked for. */
const usualUmask = 0o022;

/** Variables that the host's own tools would heed, with privileges, if they were started with them. */
const steersTools = /^(LD_|MALLOC_)|^(GCONV_PATH|GLIBC_TUNABLES|LOCPATH|NLSPATH)$/;

const namedLimit = ({ type, ...limit }: Spec["process"]["rlimits"][number]) => ({
  type,
  option: type.slice("RLIMIT_".length).toLowerCase(),
  ...limit,
});

/**
 * Capabilities that the container does not have and that are needed until the very last moment: to enter its root
 * and to become its user. Empty where what it keeps is enough.
 */
function neededToEnter({ kept }: CapabilityBounds, uid: number): CapabilityName[] {
  const needed: CapabilityName[] = [
    "CAP_SYS_CHROOT",
    ...(uid === 0 ? [] : ["CAP_SETUID" as const]),
  ];
  const missing = needed.filter((name) => !kept.includes(name));
  // To drop them they have to be accompanied by this one.
  return missing.length === 0 || kept.includes("CAP_SETPCAP")
    ? missing
    : [...missing, "CAP_SETPCAP"];
}

/** The options of setpriv(1) for a bounding set and an empty inheritable set. */
function boundingOptions(bounds: CapabilityBounds, more: readonly CapabilityName[]): string[] {
  return [`--bounding-set=${boundingSet(bounds, more)}`, "--inh-caps=-all"];
}

function boundingSet({ kept, unknownKept }: CapabilityBounds, more: readonly CapabilityName[]) {
  const remaining = [...kept, ...more];
  const option = (name: CapabilityName) => name.slice("CAP_".length).toLowerCase();
  if (!unknownKept) return ["-all", ...remaining.map((name) => `+${option(name)}`)].join(",");
  const dropped = capabilityNames.filter((name) => !remaining.includes(name));
  return dropped.length === 0 ? "+all" : dropped.map((name) => `-${option(name)}`).join(",");
}
