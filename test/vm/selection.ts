/** Which tests run on the cgroup v2 host: of what the versions of control groups do each in a way of its own. */
export interface SelectedTests {
  /** Below test/. */
  readonly file: string;
  /** Parts of their names; all tests of the file by default. */
  readonly names?: readonly string[];
}

/** In emulation each takes some ten seconds: nothing is here that the version makes no difference to. */
export const selection: readonly SelectedTests[] = [
  // Every case on both paths.
  { file: "parity/golden.test.ts" },
  { file: "parity/golden-stack.test.ts" },
  // Limits do what they say; that of CPU time is not measured where processors are emulated on a busy machine.
  { file: "cases/03-cgroups.test.ts", names: ["takes more memory"] },
  { file: "cases/12-io.test.ts", names: ["held to its rate"] },
  {
    file: "cli-run/containers.test.ts",
    names: [
      "exec joins",
      "exec takes",
      "kill sends",
      "stats tells",
      "observe prints",
      "clean removes",
    ].map((name) => `the kernel path > cooper ${name}`),
  },
  // Hooks join the container's group.
  { file: "parity/hooks.test.ts", names: ["namespaces and cgroups"] },
  // The system calls are others: CLONE_INTO_CGROUP, and one group to show.
  { file: "parity/syscalls.test.ts", names: ["14-hardened"] },
];
