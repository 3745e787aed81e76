/** A signal that comes while a hook runs: the hook is not disturbed, and then the start ends. */
import { describe, expect, test } from "vitest";
import { expectNothingLeft } from "../host/left-behind.js";
import { withSimulatedHost } from "../host/simulated-host.js";
import { cooperCommand, useCooper } from "./cooper.js";

useCooper();

const program = "#!/bin/sh\nkill -TERM $PPID\nsleep 0.2\necho the hook is done\n";

describe.each(["createRuntime", "poststart"])("%s", (list) => {
  test.each(["script", "kernel"])("the %s ends with the signal, and everything is undone", (path) =>
    withSimulatedHost(async (host) => {
      const container = {
        privileged: true,
        process: { args: ["sleep", "60"] },
        network: { mode: "none" },
        hooks: {
          [list]: [["/tmp/hook"], ["/bin/echo", "too far"]],
          poststop: [["/bin/echo", "the end"]],
        },
      };
      await host.writeFile("/tmp/hook", program, 0o755);
      await host.writeFile("/tmp/hooks.json", JSON.stringify(container));
      await host.must(...cooperCommand("compile", "/tmp/hooks.json", "-o", "/tmp/hooks.sh"));
      const before = await host.observeHost();
      const launcher = host.spawn(
        path === "script" ? ["/tmp/hooks.sh", "-q"] : cooperCommand("run", "-q", "/tmp/hooks.json"),
      );
      expect(await launcher.wait()).toMatchObject({
        exitCode: 143,
        stdout: "",
        stderr: "the hook is done\nthe end\n",
      });
      await expectNothingLeft(host, before);
    }),
  );
});
