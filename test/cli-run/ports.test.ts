/** Published ports as other commands see them, for containers of both paths. */
import { describe, expect, test } from "vitest";
import type { CleanedThing, ContainerSummary } from "../../src/index.js";
import { bridgedContainer } from "../host/containers.js";
import { expectNothingLeft } from "../host/left-behind.js";
import { rootfs } from "../host/script.js";
import { withSimulatedHost } from "../host/simulated-host.js";
import { cooper, cooperJson, paths, startOn, useCooper } from "./cooper.js";

useCooper();

const container = (...publish: string[]) => ({
  ...bridgedContainer,
  network: { ...bridgedContainer.network, publish },
});

describe.each(paths)("a container of the %s path that publishes ports", (way) => {
  test("cooper ps tells which, as docker ps does, and as JSON", () =>
    withSimulatedHost(async (host) => {
      await host.makeRootfs(rootfs);
      const input = container("8080:80", "127.0.0.1:5300:53/udp");
      const { launcher } = await startOn(host, way, "exec cat", input);
      const [found] = (await cooperJson(host, "ps")) as ContainerSummary[];
      expect(found?.ports).toEqual([
        { hostAddress: "0.0.0.0", hostPort: 8080, containerPort: 80, protocol: "tcp" },
        { hostAddress: "127.0.0.1", hostPort: 5300, containerPort: 53, protocol: "udp" },
      ]);
      const shown = "0.0.0.0:8080->80/tcp, 127.0.0.1:5300->53/udp";
      for (const [language, header] of [
        ["en", "Ports"],
        ["zh", "端口"],
      ] as const) {
        const { stdout } = await cooper(host, ["ps", "--lang", language]);
        const [titles, , row] = stdout.split("\n");
        expect(titles).toContain(header);
        expect(row).toContain(shown);
      }
      launcher.endInput();
      expect((await launcher.wait()).exitCode).toBe(0);
    }));

  test("cooper clean takes rules and claims of one whose launcher was killed", () =>
    withSimulatedHost(async (host) => {
      await host.makeRootfs(rootfs);
      const before = await host.observeHost();
      const input = container("8080:80");
      const { launcher } = await startOn(host, way, "exec cat", input);
      const running = await host.observeHost();
      expect(running.runDirectory["containers/box/ports"]).toBe("0.0.0.0 8080 80 tcp\n");
      const own = running.rules.filter((rule) => rule.includes("cooper:box:ports"));
      expect(own).toHaveLength(4);
      await launcher.kill("SIGKILL");
      await launcher.wait();
      const killed = await host.observeHost();
      expect(killed.rules.filter((rule) => rule.includes("cooper:box:ports"))).toEqual(own);
      const cleaned = (await cooperJson(host, "clean")) as CleanedThing[];
      const rules = cleaned.filter(({ type }) => type === "rule").map(({ target }) => target);
      expect(rules.filter((rule) => rule.includes("cooper:box:ports"))).toHaveLength(own.length);
      expect(cleaned).toContainEqual({ type: "record", target: "/run/cooper/containers/box" });
      await expectNothingLeft(host, before);
      // Nobody holds the port any more.
      const next = await startOn(host, way, "exec cat", { ...input, name: "next" });
      next.launcher.endInput();
      expect((await next.launcher.wait()).exitCode).toBe(0);
      await expectNothingLeft(host, before);
    }));
});
