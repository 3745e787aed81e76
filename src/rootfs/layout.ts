/** What every minimal root file system has, whatever its commands come from. */

/** Directories, below the root. */
export const directories = [
  "bin",
  "dev",
  "etc",
  "proc",
  "root",
  "run",
  "sys",
  "tmp",
  "usr/bin",
  "usr/lib",
  "var/tmp",
] as const;

export const passwd = "root:x:0:0:root:/root:/bin/sh\nnobody:x:65534:65534:nobody:/:/bin/false\n";

export const group = "root:x:0:\nnogroup:x:65534:\n";

/** Character devices of /dev that anyone may use; see null(4), random(4). */
export const deviceNodes = [
  { name: "null", major: 1, minor: 3 },
  { name: "zero", major: 1, minor: 5 },
  { name: "full", major: 1, minor: 7 },
  { name: "random", major: 1, minor: 8 },
  { name: "urandom", major: 1, minor: 9 },
] as const;

/** What a container's own /dev has besides: who talks to the terminal that controls it opens this one. */
export const containerDevices = [...deviceNodes, { name: "tty", major: 5, minor: 0 }] as const;
