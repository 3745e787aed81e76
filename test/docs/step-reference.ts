import type { Language } from "../../src/model/language.js";
import { parseContainer } from "../../src/index.js";
import { read, type Reading, type StepReading } from "../../src/teach/reading.js";
import { goldenCases, readCase } from "../golden/cases.js";
import { repository } from "../host/repository.js";
import { complete, layeredRoot } from "../support/containers.js";

/** The step reference: every kind of step, with its bash and system calls in the first case that has it. */
export async function stepReference(language: Language): Promise<string> {
  const { title, introduction } = texts[language];
  const sections = [...(await stepsByKind(language)).values()].map((found) =>
    section(found, language),
  );
  return [`# ${title}`, introduction, ...sections, ""].join("\n\n");
}

const texts = {
  en: {
    title: "Step reference",
    introduction:
      "A plan is a list of steps. For each kind of step: what it does, what breaks without it, and, of one step in the first case below `golden/` that has it, the bash and the system calls of the container's first process. `cooper explain` reads the plan of a container of your own like this.",
    without: "**Without it**:",
    manual: "Manual pages:",
    example: (origin: string) => `In ${origin}:`,
    everything: "a container with every field",
    layered: "a container of layers",
    nothing: "a container with no field",
    group: (version: number) => `With cgroup v${String(version)}:`,
  },
  zh: {
    title: "步骤参考",
    introduction:
      "计划由步骤组成。下面逐一说明每种步骤：做什么、缺少它会怎样，并以 `golden/` 中第一个用到它的案例为例，列出 bash 代码和容器第一个进程的系统调用。`cooper explain` 以同样的方式讲解你自己的容器。",
    without: "**缺少它时**：",
    manual: "手册页：",
    example: (origin: string) => `以 ${origin} 为例：`,
    everything: "写了全部字段的容器",
    layered: "由多层组成 rootfs 的容器",
    nothing: "什么字段都没写的容器",
    group: (version: number) => `cgroup v${String(version)}：`,
  },
} as const;

interface Found {
  /** What it is a step of. */
  readonly origin: string;
  readonly reading: StepReading;
}

/** The first step of each kind, in the order in which they come up. */
async function stepsByKind(language: Language): Promise<Map<string, Found>> {
  const kinds = new Map<string, Found>();
  const add = (origin: string, { containers }: Reading) => {
    for (const reading of containers.flatMap(({ steps }) => steps))
      if (!kinds.has(reading.step.kind)) kinds.set(reading.step.kind, { origin, reading });
  };
  for (const each of goldenCases(repository))
    add(`\`${each.name}\``, read(await readCase(each), language));
  const { everything, layered, nothing } = texts[language];
  add(everything, read(parseContainer(complete()), language));
  add(layered, read(parseContainer({ root: layeredRoot }), language));
  add(nothing, read(parseContainer({}), language));
  return kinds;
}

function section({ origin, reading }: Found, language: Language): string {
  const { step, title, what, without, bash, calls } = reading;
  const text = texts[language];
  return [
    `## ${step.kind}`,
    what,
    `${text.without} ${without}`,
    `${text.manual} ${step.manual.join(", ")}`,
    `${text.example(origin)} ${title}`,
    block("bash", bash),
    ...calls.flatMap(({ cgroupVersion, lines }) => [
      ...(cgroupVersion === undefined ? [] : [text.group(cgroupVersion)]),
      block("c", lines),
    ]),
  ].join("\n\n");
}

const block = (syntax: string, lines: readonly string[]) =>
  `\`\`\`${syntax}\n${lines.join("\n")}\n\`\`\``;
