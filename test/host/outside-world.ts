/**
 * What lies beyond a simulated host: another network namespace, at an address that is reserved for
 * documentation (RFC 5737). It knows nothing of the containers' addresses.
 */
import type { SimulatedHost } from "./simulated-host.js";

/** The simulated host's own address on that side. */
export const hostAddress = "198.51.100.1";

/** A server there answers with the address of whoever asks, as seen from there; see {@link addPeerPage}. */
export const outsideAddress = "198.51.100.2";

const commands = `
  ip netns add outside
  ip link add uplink type veth peer name uplink netns outside
  ip address add ${hostAddress}/24 dev uplink
  ip link set dev uplink up
  ip -n outside address add ${outsideAddress}/24 dev uplink
  ip -n outside link set dev uplink up
  # It goes on in the background, once it listens.
  ip netns exec outside /bin/busybox httpd -p ${outsideAddress}:8080 -h /tmp/outside`;

export async function addOutsideWorld(host: SimulatedHost): Promise<void> {
  await addPeerPage(host, "/tmp/outside");
  await host.must("sh", "-ec", commands);
}

/** /cgi-bin/peer in a directory that httpd serves: the address of whoever asks for it. */
export async function addPeerPage(host: SimulatedHost, directory: string): Promise<void> {
  const page = "#!/bin/sh\nprintf '\\r\\n%s\\n' \"$REMOTE_ADDR\"\n";
  await host.writeFile(`${directory}/cgi-bin/peer`, page, 0o755);
}
