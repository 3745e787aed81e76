import { describe, expect, test } from "vitest";
import { bootstrapOf } from "../../src/rootfs/debootstrap/arguments.js";
import { bootstrapCommand } from "../../src/rootfs/debootstrap/command.js";
import { parseSource, type SourceOptions } from "../../src/rootfs/source.js";

const bootstrap = (suite: string, options: SourceOptions = {}) =>
  bootstrapOf(parseSource(`debootstrap:${suite}`, options));

test("everything that was said is passed on, and signatures are always verified", () => {
  const { suite, options, mirror } = bootstrap("bookworm", {
    arch: "arm64",
    variant: "minbase",
    include: "curl,ca-certificates",
    keyring: "/srv/my keys.gpg",
    mirror: "https://mirror.example/debian",
  });
  const command = bootstrapCommand({ suite, options, mirror }, "/srv/root");
  expect(command.slice(command.indexOf("debootstrap"))).toEqual([
    "debootstrap",
    "--force-check-gpg",
    "--arch=arm64",
    "--variant=minbase",
    "--include=curl,ca-certificates",
    "--keyring=/srv/my keys.gpg",
    "bookworm",
    "/srv/root",
    "https://mirror.example/debian",
  ]);
  expect(bootstrapCommand(bootstrap("sid"), "/r").slice(-4)).toEqual([
    "debootstrap",
    "--force-check-gpg",
    "sid",
    "/r",
  ]);
});

describe("what cannot be meant is refused before anything happens:", () => {
  test.each<[string, string, SourceOptions]>([
    ["SUITE", "--help", {}],
    ["SUITE", "../../tmp/script", {}],
    ["SUITE", "a b", {}],
    ["--mirror", "sid", { mirror: "mirror.example/debian" }],
    ["--mirror", "sid", { mirror: "--help" }],
    ["--mirror", "sid", { mirror: "https://" }],
    ["--mirror", "sid", { mirror: "https://a b/" }],
    ["--mirror", "sid", { mirror: "ssh://mirror.example/" }],
    ["--arch", "sid", { arch: "AMD64 " }],
    ["--arch", "sid", { arch: "" }],
    ["--variant", "sid", { variant: "largest" }],
    ["--include", "sid", { include: "curl ca-certificates" }],
    ["--include", "sid", { include: "curl,,vim" }],
    ["--include", "sid", { include: "$(id)" }],
    ["--keyring", "sid", { keyring: "keys.gpg" }],
  ])("%s in %s %j", (option, suite, options) => {
    expect(() => bootstrap(suite, options)).toThrow(
      expect.objectContaining({
        code: "rootfs-value",
        values: expect.objectContaining({ option }) as object,
      }) as Error,
    );
  });
});
