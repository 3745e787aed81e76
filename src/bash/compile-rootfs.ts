import { escapeInvisible } from "../model/escape-invisible.js";
import { readable } from "../model/readable.js";
import { version } from "../model/version.js";
import type { RootfsSource } from "../rootfs/source.js";
import { toolPackages as enginePackages } from "../rootfs/tool.js";
import { toolPackages } from "../steps/step.js";
import { type CompileOptions, headAndLibrary } from "./compile.js";
import { effectLine, packageLines } from "./header.js";
import { labels } from "./labels.js";
import { link } from "./link.js";
import type { Word } from "./quote.js";
import { methods, type MethodScript } from "./rootfs-methods.js";
import { readableWord, Renderer } from "./templates.js";
import { helpLines } from "./usage.js";
import { sha256 } from "./sha256.js";

/** What every script that makes a root file system runs, whatever it makes it from. */
const commonTools = [
  ...["find", "mkdir", "mountpoint", "mv", "realpath", "rm", "rmdir"],
  ...["sha256sum", "stat", "tail", "tar", "tr", "xargs"],
];

/** Debian's packages of what containers do without. */
const packages: Readonly<Record<string, string>> = {
  ...toolPackages,
  ...enginePackages,
  find: "findutils",
  mountpoint: "util-linux",
  mv: "coreutils",
  readlink: "coreutils",
  sha256sum: "coreutils",
  tail: "coreutils",
  tar: "tar",
  tr: "coreutils",
  xargs: "findutils",
};

interface Parameter {
  readonly name: "DIRECTORY" | "ARCHIVE";
  readonly default: string | undefined;
}

/**
 * Compiles a source of root file systems into a standalone bash script that makes one.
 *
 * @param directory the directory it makes when its user names none
 * @throws RootfsError for a source that is wrong; an archive is looked through entirely
 */
export async function compileRootfs(
  source: RootfsSource,
  directory: string | undefined,
  { language = "en" }: Pick<CompileOptions, "language"> = {},
  signal: AbortSignal = new AbortController().signal,
): Promise<string> {
  const method = await methods[source.kind](source, signal);
  const renderer = new Renderer(language);
  const context = scriptContext(source, method, directory, renderer);
  const draft = renderer.draft("rootfs.sh", context);
  const needs = link({
    drafts: [draft],
    library: (name) => renderer.library(name, context),
    shells: [],
    parameters: context.parameters.map(({ name }) => name),
  });
  return (
    headAndLibrary(renderer, context, needs) +
    "\n" +
    draft.text() +
    renderer.render("script.sh", { ...context, parts: { end: true } })
  );
}

function scriptContext(
  source: RootfsSource,
  { method, fields, from, title, tools, archive, hasUndo }: MethodScript,
  directory: string | undefined,
  renderer: Renderer,
) {
  const { language } = renderer;
  const text = labels[language];
  const asked = source.name === "" ? source.kind : `${source.kind}:${source.name}`;
  const spec = JSON.stringify({ from: asked, ...source.options }, null, 2);
  const hash = sha256(spec);
  const parameters: Parameter[] = [
    { name: "DIRECTORY", default: directory },
    ...(archive === undefined ? [] : [{ name: "ARCHIVE" as const, default: archive }]),
  ];
  const needed = [...new Set([...commonTools, ...tools])]
    .sort()
    .map((tool) => ({ tool, package: packageOf(tool) }));
  return {
    summary: text.summaryOfRootfs(from[language]),
    labels: {
      ...text,
      generated: text.generated(version),
      specification: `sha256 ${hash}`,
      without: "",
    },
    effects: ["$DIRECTORY", "~/.cache/cooper/rootfs-scripts"].map((target) =>
      effectLine({ type: "directory", target, lifetime: "stays" }, language),
    ),
    needs: [text.bash, text.root, ...packageLines(needed)],
    method,
    fields,
    title: title[language],
    hasUndo: hasUndo === true,
    usage: usage(parameters, from[language], renderer),
    versionLine: `cooper ${version}, sha256 ${hash}`,
    parameters: parameters.map((each, index) => ({ ...each, index })),
    parameterCount: parameters.length,
    tools: needed,
    spec: spec.split("\n").map((line) => escapeInvisible(line)),
  };
}

function packageOf(tool: string): string {
  const found = packages[tool];
  if (found === undefined) throw new RangeError(`no package is known for ${tool}`);
  return found;
}

/** What `--help` prints, as words. */
function usage(parameters: readonly Parameter[], source: string, renderer: Renderer): Word[] {
  const say = (code: string, values = {}) => readableWord(renderer.message(code, values));
  const help = { DIRECTORY: say("help-directory"), ARCHIVE: say("help-archive") };
  const positional = parameters.map((each) =>
    each.default === undefined ? each.name : `[${each.name}]`,
  );
  return helpLines(
    {
      arguments: ` ${positional.join(" ")}`,
      summary: say("help-rootfs-summary", { source }),
      parameters: parameters.map(({ name, default: fallback }) => {
        const text =
          fallback === undefined
            ? help[name]
            : say("help-with-default", { help: help[name], value: readable(fallback) });
        return `  ${name.padEnd(16)}  ${text}`;
      }),
      option: ["--no-cache", say("help-no-cache")],
      closing: [say("help-rootfs-cache"), say("help-rootfs-exit")],
    },
    renderer,
  );
}
