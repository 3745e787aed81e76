/**
 * What the hand-written pages show is true. What becomes of a block says its tag:
 *
 * - `ts NAME`, `json NAME`: a file, which lies beside the page's commands from there on
 * - `ts`: a program that uses the library; it prints what the comments behind its calls of console.log say
 * - `console`: commands that print what stands below them, `#` as root and `$` as nobody
 * - `bash`: an excerpt of a script that the commands so far have made
 * - `sh`: commands that are not run here, each listed in {@link notRun} with who does
 * - `text`: a drawing
 *
 * All of a page happens in one simulated host.
 */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { cooperCommand, useCooper } from "../cli-run/cooper.js";
import { promisedOutput } from "../executor/examples.js";
import { runProgram } from "../executor/library.js";
import { type SimulatedHost, withSimulatedHost } from "../host/simulated-host.js";
import { repository } from "../support/template-files.js";
import { systemPath } from "../support/tools.js";
import {
  type Block,
  blocksOf,
  chineseOf,
  commandsOf,
  handWritten,
  isChinese,
  readPage,
  type ShownCommand,
  shownAs,
} from "./pages.js";

useCooper();

/** Commands of `sh` blocks: each needs the checkout, and is run by continuous integration. */
const notRun = ["./scripts/demo", "./scripts/test", 'alias cooper="node $PWD/dist/cli.cjs"'];

/** Where a page's commands run. */
const directory = "/tmp/page";

/** A page as it is carried out. */
class Session {
  #started = false;

  constructor(
    private readonly host: SimulatedHost,
    private readonly page: string,
  ) {}

  async begin(): Promise<void> {
    await this.host.must("mkdir", "--mode=0777", directory);
    const words = cooperCommand().map((word) => `'${word}'`);
    await this.host.writeFile(
      "/tmp/bin/cooper",
      `#!/bin/sh\nexec ${words.join(" ")} "$@"\n`,
      0o755,
    );
  }

  readonly carryOut: Readonly<Record<string, (block: Block) => Promise<void> | void>> = {
    ts: (block) => (block.file === undefined ? this.program(block) : this.file(block)),
    json: (block) => this.file(block),
    console: (block) => this.commands(block),
    bash: (block) => this.excerpt(block),
    sh: ({ text }) => {
      for (const line of text.trimEnd().split("\n"))
        expect(notRun).toContain(line.replace(/\s*# .*/, ""));
    },
    text: () => undefined,
  };

  private async file({ file, text }: Block): Promise<void> {
    if (file === undefined) throw new Error("say behind the tag which file this is");
    await this.host.writeFile(path.join(directory, file), text);
  }

  private async program({ text }: Block): Promise<void> {
    const promised = promisedOutput(text);
    expect(promised).not.toEqual([]);
    const { stdout, stderr, exitCode } = await runProgram(this.host, text);
    expect({ stderr, exitCode }).toEqual({ stderr: "", exitCode: 0 });
    expect(stdout.trimEnd().split("\n")).toEqual(promised);
  }

  private async commands(block: Block): Promise<void> {
    for (const shown of commandsOf(block)) await this.command(shown);
  }

  private async command({ root, command, output }: ShownCommand): Promise<void> {
    const background = /^(?<before>.*) &$/.exec(command)?.groups?.["before"];
    const expected = shownAs(output);
    if (background !== undefined) {
      this.#started = true;
      this.host.spawn(this.shell(root, background));
      return;
    }
    const run = async () => (await this.host.run(this.shell(root, command))).stdout;
    // What was started in the background takes a moment to be there.
    if (this.#started) await expect.poll(run, { timeout: 10_000 }).toMatch(expected);
    else expect(await run(), command).toMatch(expected);
  }

  private shell(root: boolean, command: string): [string, ...string[]] {
    const nobody = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "--"];
    const locale = isChinese(this.page) ? "zh_CN.UTF-8" : "C.UTF-8";
    const line = `exec 2>&1; cd ${directory} && ${command}`;
    return [
      ...(["env", `PATH=/tmp/bin:${systemPath}`, `LANG=${locale}`] as const),
      ...[...(root ? [] : nobody), "bash", "-c", line],
    ];
  }

  private excerpt({ text }: Block): void {
    const made = this.host.path(directory);
    const scripts = readdirSync(made).filter((name) => name.endsWith(".sh"));
    expect(scripts.map((name) => readFileSync(path.join(made, name), "utf8")).join("\n")).toContain(
      text,
    );
  }
}

describe.each(handWritten)("%s", (page) => {
  test("shows what is true", () =>
    withSimulatedHost(async (host) => {
      const session = new Session(host, page);
      await session.begin();
      for (const block of blocksOf(page)) {
        const carryOut = session.carryOut[block.tag];
        if (carryOut === undefined) throw new Error(`${block.place}: the tag ${block.tag}`);
        try {
          await carryOut(block);
        } catch (error) {
          if (error instanceof Error) error.message = `${block.place}: ${error.message}`;
          throw error;
        }
      }
    }));

  test("links to what is there", () => {
    const links = [...readPage(page).matchAll(/\]\(([^)#:]+)(?:#[^)]*)?\)/g)].map(
      ([, target = ""]) => target,
    );
    for (const target of links)
      expect(existsSync(path.join(repository, path.dirname(page), target)), target).toBe(true);
  });
});

const english = handWritten.filter((page) => !isChinese(page));

test.each(english)("%s says as much as its Chinese", (page) => {
  const shape = (of: string) => ({
    headings: readPage(of).match(/^##+ /gm),
    blocks: blocksOf(of).map(({ tag, file }) => [tag, file]),
  });
  expect(shape(chineseOf(page))).toEqual(shape(page));
});

test("every command that is not run stands on a page", () => {
  const lines = handWritten.flatMap((page) =>
    blocksOf(page)
      .filter(({ tag, file }) => tag === "sh" && file === undefined)
      .flatMap(({ text }) => text.trimEnd().split("\n")),
  );
  for (const command of notRun)
    expect(
      lines.some((line) => line.replace(/\s*# .*/, "") === command),
      command,
    ).toBe(true);
});
