import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, it } from "vitest";
import { machineCode } from "../../src/kernel/launch/machine-code.js";

const source = path.join(import.meta.dirname, "../../src/kernel/launch");

it.each([
  ["x64", "x86_64-linux-gnu-"],
  ["arm64", "aarch64-linux-gnu-"],
] as const)("is what the assembler makes of launch-%s.S", (architecture, tools) => {
  const folder = mkdtempSync(path.join(tmpdir(), "cooper-assemble-"));
  try {
    const [object, binary] = ["launch.o", "launch.bin"].map((name) => path.join(folder, name));
    if (object === undefined || binary === undefined) throw new Error("unreachable");
    const assembly = path.join(source, `launch-${architecture}.S`);
    execFileSync(`${tools}as`, ["--fatal-warnings", assembly, "-o", object]);
    execFileSync(`${tools}objcopy`, ["-O", "binary", "-j", ".text", object, binary]);
    expect(machineCode[architecture]).toBe(readFileSync(binary, "hex"));
    // Position-independent means that nothing is left for a linker to fill in.
    const relocations = execFileSync(`${tools}readelf`, ["--relocs", object], { encoding: "utf8" });
    expect(relocations).toContain("There are no relocations in this file.");
  } finally {
    rmSync(folder, { recursive: true });
  }
});
