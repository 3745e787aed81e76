import { spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { createProgram } from "../../src/cli/program.js";
import { shapeOf, withCommands } from "../../src/cli/completion/shape.js";
import { caseNames } from "../../src/teach/cases.js";
import { chinese } from "../support/chinese.js";
import { buildCli, type Cli } from "../support/cli.js";
import { scratchDirectory } from "../support/scratch.js";

let cli: Cli;
let directory: string;
beforeAll(async () => {
  cli = await buildCli();
  directory = scratchDirectory();
  for (const name of ["bash", "zsh", "fish"]) {
    const { status, stdout, stderr } = cli.run(["completion", name]);
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    writeFileSync(path.join(directory, name), stdout);
  }
  mkdirSync(path.join(directory, "folder"));
  writeFileSync(path.join(directory, "folder.ts"), "");
});

function shell(command: string, ...args: string[]): string {
  const { status, stdout, stderr } = spawnSync(command, args, {
    cwd: directory,
    encoding: "utf8",
    env: { PATH: process.env["PATH"], HOME: directory },
  });
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  return stdout;
}

const running = JSON.stringify([{ name: "web", args: [{ name: "no" }] }, { name: "db" }], null, 2);

/** What bash offers for the last of these words. */
const offered = (...words: string[]) =>
  shell(
    "bash",
    "-c",
    // Only a completion that is going on has options.
    `. ./bash; compopt() { :; }; cooper() { printf '%s\\n' "$running"; }
     running=$1; shift; COMP_WORDS=("$@") COMP_CWORD=$(($# - 1)); _cooper; printf '%s\\n' "\${COMPREPLY[@]}"`,
    "bash",
    running,
    "cooper",
    ...words,
  )
    .split("\n")
    .filter((each) => each !== "");

describe("bash", () => {
  test("is sourced and completes the words of cooper", () => {
    expect(shell("bash", "-c", ". ./bash; complete -p cooper")).toBe(
      "complete -F _cooper cooper\n",
    );
  });

  test.each([
    [["comp"], ["compile", "completion"]],
    [
      ["rootfs", ""],
      ["build", "script"],
    ],
    [
      ["rootfs", "build", "--co"],
      ["--copy", "--commands", "--config"],
    ],
    [["compile", "--ou"], ["--output"]],
    [
      ["compile", "-o", "fold"],
      ["folder", "folder.ts"],
    ],
    [
      ["compile", "fold"],
      ["folder", "folder.ts"],
    ],
    [["run", "--rootfs", "fold"], ["folder"]],
    [
      ["rootfs", "build", "--copy", "fold"],
      ["folder", "folder.ts"],
    ],
    [
      ["compile", "--lang", ""],
      ["en", "zh"],
    ],
    [
      ["compile", "--lang", "="],
      ["en", "zh"],
    ],
    [["compile", "--lang", "=", "z"], ["zh"]],
    [["run", "--memory", ""], []],
    [["schema", "p"], ["policy"]],
    [
      ["exec", ""],
      ["web", "db"],
    ],
    [["kill", "web", "d"], ["db"]],
    [["exec", "web", "--", ""], []],
    [["diff", "01-chroot", "03"], ["03-cgroups"]],
  ])("%j", (words, expected) => {
    expect(offered(...words).sort()).toEqual([...expected].sort());
  });

  test("offers every command, every option and every case", () => {
    for (const { path: name, options, commands } of withCommands(shapeOf(createProgram("en")))) {
      expect(offered(...name, "-")).toEqual(
        options.flatMap(({ short, long }) => (short === undefined ? [long] : [short, long])),
      );
      if (commands.length > 0)
        expect(offered(...name, "")).toEqual(commands.map((each) => each.path.at(-1)));
    }
    expect(offered("lesson", "")).toEqual(caseNames());
  });
});

test("zsh loads it", () => {
  shell("zsh", "-n", "zsh");
  const loaded =
    "autoload -U compinit; compinit -u -D; . ./zsh; print $_comps[cooper] $+functions[_cooper_rootfs_build]";
  expect(shell("zsh", "-f", "-c", loaded)).toBe("_cooper 1\n");
});

test("zsh gives _alternative no options of compadd: its action begins with a space", () => {
  const actions = shell("zsh", "-f", "-c", "cat ./zsh").match(/:[^:]*_alternative/g) ?? [];
  expect(new Set(actions)).toEqual(new Set([": _alternative"]));
});

test.each([
  ["cooper comp", ["compile", "completion"]],
  ["cooper rootfs ", ["build", "script"]],
  ["cooper compile --lang ", ["en", "zh"]],
  ["cooper diff 03", ["03-cgroups"]],
  ["cooper run --memory-s", ["--memory-swap"]],
  ["cooper run --rootfs fold", ["folder"]],
])("zsh completes %j", (line, expected) => {
  const program = path.join(import.meta.dirname, "../support/zsh/words.zsh");
  const offers = shell("zsh", "-f", program, line).matchAll(/^offered (.*?)\r?$/gm);
  // A directory is offered both as one and as a file.
  const words = new Set([...offers].map(([, word]) => word));
  expect([...words].sort()).toEqual([...expected].sort());
});

test.each([
  ["cooper comp", ["compile", "completion"]],
  ["cooper rootfs ", ["build", "script"]],
  ["cooper compile --lang ", ["en", "zh"]],
  ["cooper diff 03", ["03-cgroups"]],
  ["cooper run --memory-s", ["--memory-swap"]],
])("fish completes %j", (line, expected) => {
  const lines = shell("fish", "--no-config", "-c", `. ./fish; complete -C ${JSON.stringify(line)}`);
  const words = lines.split("\n").map((each) => each.split("\t")[0]);
  expect(words).toEqual(expect.arrayContaining(expected));
});

test("fish offers no files where none are meant", () => {
  const complete = (line: string) =>
    shell("fish", "--no-config", "-c", `. ./fish; complete -C ${JSON.stringify(line)}`);
  const words = (line: string) =>
    complete(line)
      .trim()
      .split("\n")
      .map((each) => each.split("\t")[0]);
  expect(words("cooper compile --lang ")).toEqual(["en", "zh"]);
  expect(complete("cooper run --memory ")).toBe("");
  expect(words("cooper compile --output ")).toContain("fish");
});

test("tells what commands do in Chinese, too", () => {
  for (const each of ["zsh", "fish"])
    expect(cli.run(["completion", each, "--lang", "zh"]).stdout).toMatch(chinese);
});
