import path from "node:path";
import { type Manifest, manifest } from "../../audit/manifest.js";
import { readScript } from "../../audit/script-source.js";
import { labels } from "../../bash/labels.js";
import { readDescription } from "../../config/read-description.js";
import { readSource } from "../../config/read-source.js";
import { capabilityNames } from "../../model/capabilities.js";
import type { Language } from "../../model/language.js";
import { type Lifetime, lifetimes } from "../../steps/step.js";
import { painter } from "../../teach/terminal.js";
import type { ConfigOptions, JsonOption } from "../command-context.js";
import { type MessageKey, message } from "../messages/index.js";
import { outputStyle } from "../output-style.js";
import { print } from "../print.js";
import { fileOf } from "../read-case.js";
import { table } from "../table.js";

type ContainerManifest = Manifest["containers"][number];

/** `cooper manifest`: everything that a config, or a generated script, will do to the host. */
export async function manifestCommand(
  config: string,
  { json, set }: ConfigOptions & JsonOption,
  language: Language,
): Promise<void> {
  const found = await read(config, set);
  if (json) {
    print(`${JSON.stringify(found, null, 2)}\n`);
    return;
  }
  for (const container of found.containers) print(format(container, language));
}

/** Whatever is not a config is taken for a script. */
async function read(name: string, set: ConfigOptions["set"]): Promise<Manifest> {
  const file = fileOf(name);
  if ([".ts", ".json"].includes(path.extname(file)))
    return manifest(await readDescription(file, set));
  const { described, without } = readScript(readSource(file), file);
  return manifest(described, without);
}

const undone: Record<Lifetime, MessageKey> = {
  container: "manifest-container",
  shared: "manifest-shared",
  stays: "manifest-stays",
};

function format(container: ContainerManifest, language: Language): string {
  const { columns, color } = outputStyle();
  const paint = painter(color);
  const { effectTypes } = labels[language];
  const say = (key: MessageKey, values?: Readonly<Record<string, string>>) =>
    message(language, key, values);
  const section = (title: string, rows: readonly (readonly string[])[]) =>
    rows.length < 2 ? "" : `\n${paint("bold", title)}\n\n${table(rows, columns)}`;
  const changes = lifetimes.map((lifetime) =>
    section(say(undone[lifetime]), [
      [say("manifest-type"), say("manifest-target"), say("manifest-step"), say("manifest-cause")],
      ...container.changes
        .filter((change) => change.lifetime === lifetime)
        .map(({ type, target, where, step, cause }) => [
          effectTypes[type],
          where === "container" ? say("manifest-inside", { target }) : target,
          step,
          cause,
        ]),
    ]),
  );
  return [
    `${paint("bold", container.name)}\n\n`,
    table(privilegeRows(container, say), columns),
    section(say("manifest-tools"), [
      [say("manifest-package"), say("manifest-commands")],
      ...packageRows(container),
    ]),
    ...changes,
    section(say("manifest-borders"), [
      [say("manifest-risk"), say("manifest-rule"), say("manifest-field"), say("manifest-reason")],
      ...container.borders.map(({ risk, rule, field, reason }) => [
        say(`risk-${risk}`),
        rule,
        field,
        reason[language],
      ]),
    ]),
    "\n",
  ].join("");
}

function privilegeRows(
  { privileges }: ContainerManifest,
  say: (key: MessageKey, values?: Readonly<Record<string, string>>) => string,
): string[][] {
  const { user, namespaces, capabilities, noNewPrivileges, rootFor } = privileges;
  const groups = [user.gid, ...user.additionalGids].join(", ");
  return [
    [say("manifest-privilege"), say("manifest-value")],
    [
      say("manifest-start"),
      rootFor.length > 0
        ? say("manifest-root", { fields: rootFor.join(", ") })
        : say("manifest-any-user"),
    ],
    [say("manifest-user"), `uid ${String(user.uid)}, gid ${groups}`],
    [say("manifest-namespaces"), namespaces.join(", ")],
    [
      say("manifest-capabilities"),
      capabilities.length === capabilityNames.length
        ? say("manifest-all")
        : capabilities.join(", "),
    ],
    ["no_new_privs", say(noNewPrivileges ? "yes" : "no")],
  ];
}

function packageRows({ tools }: ContainerManifest): string[][] {
  const packages = [...new Set(tools.map((tool) => tool.package))].sort();
  return packages.map((name) => {
    const own = tools.filter((tool) => tool.package === name);
    const oldest = own[0]?.minimumVersion;
    return [
      oldest === undefined ? name : `${name} ≥ ${oldest}`,
      own.map(({ command }) => command).join(", "),
    ];
  });
}
