import * as z from "zod/mini";
import { anyAddress } from "../subnet.js";
import { documented, issue, later, refined, transformed, value, violation } from "./field.js";
import { isIPv4 } from "./forms.js";

const portRange = { minimum: 1, maximum: 65_535, unit: "" };
const port = () => value("integer", { range: portRange });

/** More rules than this would make neither a script nor a firewall that anybody reads. */
const most = 256;

const hostAddress = () =>
  refined(z.string(), (text, context) => {
    if (!isIPv4(text)) context.addIssue(issue("ipv4-invalid", { value: text }));
  });

const structured = later(() =>
  z.strictObject({
    hostAddress: documented(z._default(hostAddress(), anyAddress), {
      en: "Address of the host at which the port is reachable; IPv4. Default: all of them.",
      zh: "宿主机上可访问该端口的地址（IPv4）。默认为所有地址。",
    }),
    hostPort: documented(port(), { en: "Port of the host.", zh: "宿主机端口。" }),
    containerPort: documented(port(), {
      en: "Port of the container that it leads to.",
      zh: "对应的容器端口。",
    }),
    protocol: documented(z._default(z.enum(["tcp", "udp"]), "tcp"), {
      en: "Transport protocol.",
      zh: "传输层协议。",
    }),
  }),
);

/** One port of the host that leads to a port of the container. */
export type PublishedPort = z.output<typeof structured>;

/** What goes wrong before there are ports to speak of. */
type Refusal = ReturnType<typeof issue>;

const portsText =
  /^(?:(?<address>[^:/]*):)?(?<hostFirst>\d{1,5})(?:-(?<hostLast>\d{1,5}))?:(?<first>\d{1,5})(?:-(?<last>\d{1,5}))?(?:\/(?<protocol>tcp|udp))?$/;

/** Docker's text for ports: `[ADDRESS:]PORT[-PORT]:PORT[-PORT][/PROTOCOL]`. */
function parsePorts(text: string): PublishedPort[] | Refusal {
  const groups = portsText.exec(text)?.groups;
  if (groups === undefined) return issue("publish-invalid", { value: text });
  const { address = anyAddress, protocol } = groups;
  const number = (name: string, otherwise = 0) => Number(groups[name] ?? otherwise);
  const [hostFirst, first] = [number("hostFirst"), number("first")];
  const [hostLast, last] = [number("hostLast", hostFirst), number("last", first)];
  if (!isIPv4(address)) return issue("ipv4-invalid", { value: address });
  const outside = [hostFirst, hostLast, first, last]
    .map((each) => violation(each, { type: "integer", range: portRange }))
    .find((each) => each !== undefined);
  if (outside !== undefined) return outside;
  if (hostLast < hostFirst || hostLast - hostFirst !== last - first)
    return issue("publish-range", { value: text });
  return Array.from({ length: Math.min(hostLast - hostFirst, most) + 1 }, (_, index) => ({
    hostAddress: address,
    hostPort: hostFirst + index,
    containerPort: first + index,
    protocol: protocol === "udp" ? "udp" : "tcp",
  }));
}

/** Whether two ports of the host are the same, as far as is known before the container starts. */
function collide(one: PublishedPort, other: PublishedPort): boolean {
  const addresses = [one.hostAddress, other.hostAddress];
  return (
    typeof one.hostPort === "number" &&
    one.hostPort === other.hostPort &&
    one.protocol === other.protocol &&
    (addresses.includes(anyAddress) || one.hostAddress === other.hostAddress)
  );
}

/** `ports` of Compose: what of the container can be reached from outside. */
export const publishSchema = z._default(
  transformed(z.array(z.union([z.string(), structured])), (entries, context) => {
    const ports: PublishedPort[] = [];
    for (const [index, entry] of entries.entries()) {
      const found = typeof entry === "string" ? parsePorts(entry) : [entry];
      if (!Array.isArray(found)) {
        context.addIssue({ ...found, path: [index] });
        continue;
      }
      const twice = found.find((each) => ports.some((other) => collide(each, other)));
      if (twice !== undefined) {
        const shown = `${String(twice.hostPort)}/${twice.protocol}`;
        context.addIssue(issue("duplicate-value", { value: shown }, [index]));
      }
      ports.push(...found);
    }
    if (ports.length > most) context.addIssue(issue("publish-many", { most }));
    return ports;
  }),
  [],
);
