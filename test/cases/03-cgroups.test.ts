import { expect, it } from "vitest";
import { readCaseNamed } from "../golden/cases.js";
import { testContainer } from "../parity/test-container.js";

const container = testContainer(await readCaseNamed("03-cgroups"));

/**
 * Two busy loops for two seconds, and whether they had at most 0.55 CPUs together. Fields 14 to 17 of
 * /proc/PID/stat: CPU time of a process and its children, in hundredths of a second as those of /proc/uptime.
 */
const busy = `
  now() { read -r up _ </proc/uptime; echo "\${up%.*}\${up#*.}"; }
  used() { read -r _ _ _ _ _ _ _ _ _ _ _ _ _ u s cu cs _ </proc/$$/stat; echo $((u + s + cu + cs)); }
  loop() { while read -r up _ </proc/uptime && [ "\${up%.*}\${up#*.}" -lt $end ]; do :; done; }
  used=$(used) begin=$(now) end=$((begin + 200))
  loop | loop
  used=$(($(used) - used)) elapsed=$(($(now) - begin))
  [ $elapsed -ge 200 ] && [ $used -gt 10 ] && echo busy
  [ $((used * 100)) -le $((elapsed * 55)) ] && echo limited || echo $used of $elapsed`;

it("busy loops get half a CPU, however many there are", async () => {
  const { kernel } = await container.withCommand("sh", "-c", busy).expectSameOnBothPaths();
  expect(kernel.state?.cgroup).toMatchObject({ cpu: { quota: 50_000, period: 100_000 } });
  expect(kernel).toMatchObject({ stdout: "busy\nlimited\n", status: 0 });
});

/** Doubles a text until it has so many bytes. */
const grow = (bytes: number) =>
  `x=0123456789abcdef; while [ \${#x} -lt ${bytes} ]; do x=$x$x; done; echo \${#x}`;

it("who takes more memory than there is in the group is killed", async () => {
  const { kernel } = await container
    .withParameters({ MEM_LIMIT: "12MiB" })
    .withCommand("sh", "-c", grow(2 ** 24))
    .expectSameOnBothPaths();
  expect(kernel.state?.cgroup).toMatchObject({ memory: { limit: 12 * 2 ** 20 } });
  expect(kernel).toMatchObject({ stdout: "", status: 137 });
});

it("who takes less is not", async () => {
  const { kernel } = await container
    .withParameters({ MEM_LIMIT: "256MiB" })
    .withCommand("sh", "-c", grow(2 ** 24))
    .expectSameOnBothPaths();
  expect(kernel).toMatchObject({ stdout: `${2 ** 24}\n`, status: 0 });
});

it("says its limits before the command starts", async () => {
  const { kernel } = await container
    .withParameters({ CPU_LIMIT: "25000", MEM_LIMIT: "64m" })
    .withLanguage("zh")
    .withCommand("true")
    .expectSameOnBothPaths();
  expect(kernel.stderr).toContain("0.25 核");
  expect(kernel.stderr).toContain("64 MB");
});
