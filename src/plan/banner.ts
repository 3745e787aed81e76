import type { Spec } from "../model/spec/parse.js";
import { formatAddress, parseSubnet } from "../model/subnet.js";
import { banner } from "../steps/banner.js";
import type { Step } from "../steps/step.js";

/** What the welcome text tells. */
export function bannerSteps(spec: Spec): Step[] {
  if (!spec.banner) return [];
  const { cpu, memory } = spec.resources;
  const range = parseSubnet(spec.network.subnet);
  return [
    banner("banner", {
      name: spec.name,
      hostname: spec.hostname,
      bridged: spec.network.mode === "bridge",
      gateway: range === undefined ? "" : formatAddress(range.gateway),
      cpu: cpu?.quota === undefined ? undefined : { quota: cpu.quota, period: cpu.period },
      memory: memory?.limit,
    }),
  ];
}
