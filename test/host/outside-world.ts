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

/** The name that the outside world's name server knows: it stands for {@link outsideAddress}. */
export const outsideName = "outside.example";

/** Answers every question for an IPv4 address with the outside world's, and others with nothing. RFC 1035. */
const nameServer = `
  const socket = require("node:dgram").createSocket("udp4");
  const address = Buffer.from([${outsideAddress.split(".").join(", ")}]);
  socket.on("message", (query, { address: peer, port }) => {
    const known = query.readUInt16BE(query.length - 4) === 1;
    const header = Buffer.concat([query.subarray(0, 2), Buffer.from([0x81, 0x80, 0, 1, 0, Number(known), 0, 0, 0, 0])]);
    const answer = Buffer.concat([Buffer.from([0xc0, 12, 0, 1, 0, 1, 0, 0, 0, 60, 0, 4]), address]);
    socket.send(Buffer.concat([header, query.subarray(12), ...(known ? [answer] : [])]), port, peer);
  });
  socket.bind(53, "${outsideAddress}", () => console.log("ready"));`;

/** A name server in the outside world, at its address. */
export async function addNameServer(host: SimulatedHost): Promise<void> {
  const command = ["ip", "netns", "exec", "outside", process.execPath, "-e", nameServer] as const;
  await host.spawn(command).until(({ stdout }) => stdout === "ready\n");
}

/** /cgi-bin/peer in a directory that httpd serves: the address of whoever asks for it. */
export async function addPeerPage(host: SimulatedHost, directory: string): Promise<void> {
  const page = "#!/bin/sh\nprintf '\\r\\n%s\\n' \"$REMOTE_ADDR\"\n";
  await host.writeFile(`${directory}/cgi-bin/peer`, page, 0o755);
}

/** A command for a shell that prints what a server of {@link addPeerPage} answers: who asks. */
export const askPeer = (address: string, { port = 8080, seconds = 3 } = {}) =>
  `printf 'GET /cgi-bin/peer HTTP/1.0\\r\\n\\r\\n' | nc -w ${seconds} ${address} ${port} | grep '^[0-9.]*$'`;
