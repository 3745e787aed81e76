/** Flags of clone3, unshare and setns. Source: clone(2), include/uapi/linux/sched.h. */

/** Shares the parent's memory. */
export const CLONE_VM = 0x100;
/** Returns a descriptor of the child that can be polled and waited for (Linux 5.2). */
export const CLONE_PIDFD = 0x1000;
/** Suspends the calling thread until the child executes a program or exits. */
export const CLONE_VFORK = 0x4000;
/** The parent of the calling process becomes the child's, too. */
export const CLONE_PARENT = 0x8000;
export const CLONE_NEWTIME = 0x80;
export const CLONE_NEWNS = 0x20000;
export const CLONE_NEWCGROUP = 0x2000000;
export const CLONE_NEWUTS = 0x4000000;
export const CLONE_NEWIPC = 0x8000000;
export const CLONE_NEWUSER = 0x10000000;
export const CLONE_NEWPID = 0x20000000;
export const CLONE_NEWNET = 0x40000000;
/** Resets every caught signal to its default in the child (Linux 5.5). Does not fit 32 bits. */
export const CLONE_CLEAR_SIGHAND = 0x100000000;
/** Starts the child inside a cgroup v2 directory (Linux 5.7). Does not fit 32 bits. */
export const CLONE_INTO_CGROUP = 0x200000000;

export const namespaceFlags = {
  CLONE_NEWTIME,
  CLONE_NEWNS,
  CLONE_NEWCGROUP,
  CLONE_NEWUTS,
  CLONE_NEWIPC,
  CLONE_NEWUSER,
  CLONE_NEWPID,
  CLONE_NEWNET,
} as const;

export const cloneFlags = {
  CLONE_NEWTIME,
  CLONE_VM,
  CLONE_PIDFD,
  CLONE_VFORK,
  CLONE_PARENT,
  CLONE_NEWNS,
  CLONE_NEWCGROUP,
  CLONE_NEWUTS,
  CLONE_NEWIPC,
  CLONE_NEWUSER,
  CLONE_NEWPID,
  CLONE_NEWNET,
  CLONE_CLEAR_SIGHAND,
  CLONE_INTO_CGROUP,
} as const;
