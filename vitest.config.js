import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";
import { viteTemplates } from "./scripts/templates-plugin.js";

export default defineConfig({
  plugins: [viteTemplates],
  // Node 20 has no `using` of its own.
  oxc: { target: "node20" },
  resolve: { alias: { cooper: fileURLToPath(new URL("src/index.ts", import.meta.url)) } },
  test: {
    include: ["test/**/*.test.ts"],
    testTimeout: 60_000,
    hookTimeout: 120_000,
    // Two cores: a host test and a pure test at a time; more only makes each slower.
    maxWorkers: 2,
  },
});
