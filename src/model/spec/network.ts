import * as z from "zod/mini";
import { parseSubnet } from "../subnet.js";
import { documented, issue, refined, value } from "./field.js";
import { isAddress } from "./forms.js";
import { isJoined, networkModeSchema, shownMode } from "./network-mode.js";
import { publishSchema } from "./publish.js";

const interfaceName = refined(z.string(), (name, context) => {
  if (!/^[A-Za-z][A-Za-z0-9_.-]{0,14}$/.test(name))
    context.addIssue(issue("interface-name", { value: name }));
});

const subnet = refined(z.string(), (text, context) => {
  if (parseSubnet(text) === undefined) context.addIssue(issue("subnet-invalid", { value: text }));
});

const address = refined(z.string(), (text, context) => {
  if (!isAddress(text)) context.addIssue(issue("address-invalid", { value: text }));
});

/** Docker's network modes; OCI leaves the network to its caller. */
export const networkSchema = refined(
  z.strictObject({
    mode: documented(z._default(networkModeSchema, "none"), {
      en: '"bridge": an own network stack behind a bridge and NAT; "none": an own one with only loopback; "host": the host\'s; "container:NAME": that of a running container, with its name servers and hosts. An object in place of the last, { container: NAME }, takes parameters.',
      zh: '"bridge"：独立的网络栈，经网桥和 NAT 出网；"none"：独立的网络栈，只有回环接口；"host"：使用宿主机的网络栈；"container:NAME"：共用一个正在运行的容器的网络栈，以及它的 DNS 和 hosts。最后一种写成对象 { container: NAME } 则可以使用参数。',
    }),
    bridge: documented(z._default(interfaceName, "container-br0"), {
      en: "Name of the bridge; made when it is missing, shared by all containers that name it.",
      zh: "网桥名称；不存在时创建，由使用同名网桥的容器共享。",
    }),
    subnet: documented(z._default(subnet, "10.200.1.0/24"), {
      en: "IPv4 subnet of the bridge. Its first address is the bridge's own and the containers' gateway.",
      zh: "网桥的 IPv4 网段。第一个地址属于网桥，也是容器的网关。",
    }),
    dns: documented(z._default(z.array(address), []), {
      en: "Name servers, written to the container's own /etc/resolv.conf. Empty: the root file system's file stays visible.",
      zh: "DNS 服务器，写入容器自己的 /etc/resolv.conf。为空时保留 rootfs 中的文件。",
    }),
    peers: documented(z._default(z.array(value("name")), []), {
      en: "Names of containers on the same bridge that this one reaches by name, and that reach it, while they run. A stack sets it.",
      zh: "同一网桥上可以按名称互相访问的其他容器（运行期间有效）。stack 会自动设置。",
    }),
    publish: documented(publishSchema, {
      en: 'Ports of the host that lead to the container, as Docker writes them: "8080:80", "127.0.0.1:8080:80", "8080:80/udp", "8000-8003:80-83". An object in place of the text takes parameters. IPv4 only.',
      zh: '通向容器的宿主机端口，写法同 Docker："8080:80"、"127.0.0.1:8080:80"、"8080:80/udp"、"8000-8003:80-83"。写成对象则可以使用参数。仅支持 IPv4。',
    }),
  }),
  (network, context) => {
    if (network.mode === "bridge") return;
    const code = isJoined(network.mode) ? "network-joined" : "network-field";
    for (const field of ["peers", "publish", "dns"] as const)
      if (network[field].length > 0 && (field !== "dns" || network.mode !== "host"))
        context.addIssue(issue(code, { mode: shownMode(network.mode) }, [field]));
  },
);
