import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import path from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { scratchDirectory } from "../support/scratch.js";
import { repository } from "../support/template-files.js";
import { systemPath } from "../support/tools.js";

interface Manifest {
  readonly version: string;
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
}

const manifest = JSON.parse(
  readFileSync(path.join(repository, "package.json"), "utf8"),
) as Manifest;

/** A project that has cooper installed from its package; its dependencies are the repository's. */
let project: string;
let files: string[];

beforeAll(() => {
  const source = scratchDirectory();
  // A copy is built and packed: others build dist/ of the repository at the same time.
  for (const each of [
    "src",
    "templates",
    "scripts",
    "golden",
    "package.json",
    "tsconfig.json",
    "tsconfig.build.json",
    "LICENSE",
  ])
    cpSync(path.join(repository, each), path.join(source, each), { recursive: true });
  symlinkSync(path.join(repository, "node_modules"), path.join(source, "node_modules"));
  const run = (command: string, args: string[], cwd: string) =>
    execFileSync(command, args, { cwd, env: { PATH: systemPath, HOME: source }, encoding: "utf8" });
  run(process.execPath, ["scripts/build.js"], source);
  const packed = run(
    "npm",
    ["pack", "--json", "--ignore-scripts", "--offline", "--no-update-notifier"],
    source,
  );
  const [tarball] = JSON.parse(packed) as [{ filename: string; files: { path: string }[] }];
  files = tarball.files.map((each) => each.path);

  project = scratchDirectory();
  const modules = path.join(project, "node_modules");
  mkdirSync(path.join(modules, "cooper"), { recursive: true });
  run(
    "tar",
    [
      "-xzf",
      path.join(source, tarball.filename),
      "--strip-components=1",
      "-C",
      path.join(modules, "cooper"),
    ],
    source,
  );
  // Everything a user's npm would install, and nothing that only this repository has. A package's own
  // dependencies are found where the links lead.
  const installed = [...Object.keys(manifest.dependencies), "typescript", "@types"];
  for (const name of installed) {
    mkdirSync(path.dirname(path.join(modules, name)), { recursive: true });
    symlinkSync(path.join(repository, "node_modules", name), path.join(modules, name));
  }
  writeFileSync(path.join(project, "package.json"), '{"type": "module"}');
});

const run = (args: string[]) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, args, {
    cwd: project,
    env: { PATH: systemPath },
    encoding: "utf8",
  });
  return { status, stdout, stderr };
};
const cli = "node_modules/cooper/dist/cli.cjs";

const config = `import { defineContainer, param, text } from "cooper";

const name = param.name("CONTAINER_NAME", { default: "box" });

export default defineContainer({
  name,
  hostname: text\`\${name}-1\`,
  privileged: true,
  resources: { memory: { limit: "64MiB" } },
});
`;

describe("the files of the package", () => {
  test("are what runs, the types and the licence", () => {
    expect(files).toEqual(
      expect.arrayContaining([
        "LICENSE",
        "package.json",
        "dist/cli.cjs",
        "dist/cooper.1",
        "dist/index.js",
        "dist/types/src/index.d.ts",
      ]),
    );
    // The cases are there for whoever learns from them: what they are, and what was observed.
    const lesson = /^golden\/[^/]+\/(container\.ts|stack\.ts|lesson\.json)$/;
    expect(files.filter((file) => lesson.test(file)).length).toBeGreaterThan(1);
    expect(
      files.filter((file) => /^(src|test|golden|scripts|seed)\//.test(file) && !lesson.test(file)),
    ).toEqual([]);
    expect(files.filter((file) => /\.(hbs|map|tgz)$|node_modules/.test(file))).toEqual([]);
  });

  test("the command line is executable and is what the manifest names", () => {
    const installed = path.join(project, "node_modules/cooper");
    const { bin } = JSON.parse(readFileSync(path.join(installed, "package.json"), "utf8")) as {
      bin: { cooper: string };
    };
    expect(
      spawnSync(path.join(installed, bin.cooper), ["--version"], {
        env: { PATH: systemPath },
      }).stdout.toString(),
    ).toBe(`${manifest.version}\n`);
  });
});

describe("installed elsewhere", () => {
  test("the command line works", () => {
    expect(run([cli, "--version"])).toEqual({
      status: 0,
      stdout: `${manifest.version}\n`,
      stderr: "",
    });
    writeFileSync(path.join(project, "container.ts"), config);
    const compiled = run([cli, "compile", "container.ts"]);
    expect(compiled).toMatchObject({ status: 0, stderr: "" });
    expect(compiled.stdout).toContain("CONTAINER_NAME='box'");
    expect(run([cli, "init", "new.ts"]).status).toBe(0);
    expect(run([cli, "compile", "new.ts"])).toMatchObject({ status: 0, stderr: "" });
  });

  test("the library works", () => {
    writeFileSync(path.join(project, "container.ts"), config);
    writeFileSync(
      path.join(project, "use.js"),
      `import { compile, CooperError, defineContainer, param, parseContainer, plan } from "cooper";
const name = param.name("CONTAINER_NAME", { default: "box" });
const spec = parseContainer(defineContainer({ name, privileged: true }));
const script = compile(spec, { language: "zh" });
let code;
try { parseContainer({ name: 5 }); } catch (error) { code = error instanceof CooperError && error.code; }
console.log(JSON.stringify({ first: script.split("\\n")[0], steps: plan(spec).steps.length, code }));
`,
    );
    const { status, stdout, stderr } = run(["use.js"]);
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect(JSON.parse(stdout)).toEqual({
      first: "#!/usr/bin/env bash",
      steps: expect.any(Number) as number,
      code: "invalid-value",
    });
  });

  test("the types check a config, and find a mistake in it", () => {
    writeFileSync(path.join(project, "container.ts"), config);
    writeFileSync(path.join(project, "wrong.ts"), config.replace('"64MiB"', "true"));
    const options = {
      module: "NodeNext",
      strict: true,
      noEmit: true,
      types: ["node"],
      skipLibCheck: true,
    };
    writeFileSync(
      path.join(project, "tsconfig.json"),
      JSON.stringify({ compilerOptions: options, files: ["container.ts", "wrong.ts"] }),
    );
    const { status, stdout } = run(["node_modules/typescript/bin/tsc", "-p", "."]);
    expect(status).not.toBe(0);
    const errors = stdout.split("\n").filter((line) => /^\S/.test(line));
    expect(errors).toEqual([expect.stringMatching(/^wrong\.ts\(9,26\): error TS2322/)]);
  });

  test("nothing is imported that a user does not have installed", () => {
    const dist = path.join(project, "node_modules/cooper/dist");
    const sources = readdirSync(dist, { recursive: true, encoding: "utf8" })
      .filter((file) => /\.(c?js|d\.ts)$/.test(file))
      .map((file) => readFileSync(path.join(dist, file), "utf8"));
    const development = Object.keys(manifest.devDependencies).filter(
      (name) => name !== "@types/node",
    );
    for (const source of sources)
      for (const name of development)
        expect(source).not.toMatch(new RegExp(`(?:from ?|import\\(|require\\()"${name}["/]`));
  });

  test("the types are those of the library, and need nothing that is not installed along", () => {
    const dist = path.join(project, "node_modules/cooper/dist");
    const types = readdirSync(dist, { recursive: true, encoding: "utf8" })
      .filter((file) => file.endsWith(".d.ts"))
      .map((file) => readFileSync(path.join(dist, file), "utf8"))
      .join("\n");
    // Imports, not those of examples in comments.
    const imports = Array.from(
      types.matchAll(/^(?! *\*).*(?:from |import\()"((?:@[^/"]+\/)?[^./"][^/"]*)/gm),
      ([, name = ""]) => name,
    ).filter((name) => !name.startsWith("node:"));
    expect(imports).not.toEqual([]);
    expect(Object.keys(manifest.dependencies)).toEqual(expect.arrayContaining(imports));
    expect(files.filter((file) => file.startsWith("dist/types/src/cli/"))).toEqual([]);
  });
});
