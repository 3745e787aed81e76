import { expect, it } from "vitest";
import { readCaseNamed } from "../golden/cases.js";
import {
  addNameServer,
  addOutsideWorld,
  addPeerPage,
  hostAddress,
  outsideAddress,
  outsideName,
} from "../host/outside-world.js";
import { testContainer } from "../parity/test-container.js";

const spec = await readCaseNamed("04-network");

const get = (address: string, port: number) =>
  `wget -q -O - http://${address}:${port}/cgi-bin/peer`;

it("reaches the outside world by NAT, and not the services of the host's loopback", async () => {
  const { kernel } = await testContainer(spec)
    .onHost(addOutsideWorld)
    .onHost(async (host) => {
      await addPeerPage(host, "/tmp/loopback");
      await host.must("busybox", "httpd", "-p", "127.0.0.1:8081", "-h", "/tmp/loopback");
      // It is there for the host.
      expect(await host.must("sh", "-c", `busybox ${get("127.0.0.1", 8081)}`)).toBe("127.0.0.1\n");
    })
    .withCommand(
      "sh",
      "-c",
      [get(outsideAddress, 8080), get("127.0.0.1", 8081), get("10.200.1.1", 8081)].join("; "),
    )
    .expectSameOnBothPaths();
  expect(kernel.stdout).toBe(`${hostAddress}\n`);
  const refused = kernel.stderr.match(/can't connect to remote host \(\S+\): Connection refused/g);
  expect(refused?.map((each) => /\((.*)\)/.exec(each)?.[1])).toEqual(["127.0.0.1", "10.200.1.1"]);
});

it("asks the name servers of its config", async () => {
  const dns = [outsideAddress];
  const { kernel } = await testContainer({ ...spec, network: { ...spec.network, dns } })
    .onHost(addOutsideWorld)
    .onHost(addNameServer)
    .withCommand("busybox", "nslookup", "-type=a", outsideName)
    .expectSameOnBothPaths();
  expect(kernel).toMatchObject({ status: 0, stderr: "" });
  expect(kernel.stdout).toMatch(
    /^Server:\s+198\.51\.100\.2\b[^]*Name:\s+outside\.example\nAddress: 198\.51\.100\.2$/m,
  );
});
