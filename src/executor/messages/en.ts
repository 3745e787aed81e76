/**
 * What carrying out a plan by system calls says in English where a generated script says it differently or
 * not at all; `zh.ts` has the same keys.
 */
export const en = {
  "not-root": "only root can do this, because of: {fields}; try: sudo cooper",
  "root-only": "only root can do this, with containers that root has started; try: sudo cooper",
  "rootfs-missing":
    "the root file system {root} is no directory; make one there (cooper rootfs build), or name another",
  "cgroup-version":
    'the config asks for cgroup v{version}, and this host has no such hierarchy for {controllers}; set cgroup.version to "auto"',
  "container-missing": "no container named {name} is running; see: cooper ps",
  "container-starting": "the container {name} has not started its command yet; try again",
  "container-gone": "the container {name} has ended",
  "signal-unknown": "there is no signal {signal}; write a name such as TERM, or a number",
  "stdio-unknown": "stdio is {stdio}; write inherit, output, pipe or ignore, as a text",
  "command-empty": "there is no command to run",
} as const;

export type ExecutorMessage = keyof typeof en;
