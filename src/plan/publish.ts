import { text } from "../model/param.js";
import type { Spec } from "../model/spec/parse.js";
import { anyAddress } from "../model/subnet.js";
import { ports } from "../steps/ports.js";
import { publish, publishFields } from "../steps/publish.js";
import { routeLocalnet, routeLocalnetFields } from "../steps/route-localnet.js";
import { containerDirectory } from "../steps/run-directory.js";
import type { Step } from "../steps/step.js";

/** Claims the ports that the container publishes. */
export function portSteps({ name: owner, network }: Spec): Step[] {
  if (network.publish.length === 0) return [];
  const file = text`${containerDirectory(owner)}/ports`;
  return [ports("network.publish", { file, ports: network.publish })];
}

/** Makes them reachable, once there are a bridge and an address. */
export function publishSteps({ name: owner, network }: Spec): Step[] {
  if (network.publish.length === 0) return [];
  const atLoopback = network.publish.some(
    ({ hostAddress }) => hostAddress === anyAddress || hostAddress.startsWith("127."),
  );
  return [
    ...(atLoopback ? [routeLocalnet("network.publish", routeLocalnetFields(network.bridge))] : []),
    publish("network.publish", publishFields(owner, network, network.publish)),
  ];
}
