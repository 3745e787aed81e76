import path from "node:path";
import * as z from "zod/mini";
import type { Translated } from "../language.js";
import { documented, issue, later, refined, value } from "./field.js";
import { isAbsolute } from "./forms.js";
import { type MountType, optionProblem } from "./mount-options.js";
import { valueTypes } from "../value-types.js";

/** A place inside a container, other than its root. */
export const destination = refined(z.string(), (place, context) => {
  const valid = isAbsolute(place) && valueTypes.path.parse(place) !== undefined;
  if (!valid || path.posix.resolve(place) === "/")
    context.addIssue(issue("path-absolute", { value: place }));
});

const place = {
  destination: documented(destination, {
    en: "Where the mount appears inside the container.",
    zh: "挂载点在容器内的路径。",
  }),
};

const typeText = {
  en: '"proc", "sysfs" and "tmpfs" are file systems of the kernel; "bind" shows a file or directory of the host; "volume" shows a directory that Cooper makes and keeps.',
  zh: '"proc"、"sysfs"、"tmpfs" 是内核提供的文件系统；"bind" 显示宿主机的文件或目录；"volume" 显示由 Cooper 创建并保留的目录。',
};

const type = <Name extends MountType>(name: Name) => documented(z.literal(name), typeText);

const options = (name: MountType, examples: Translated) =>
  documented(
    refined(z._default(z.array(z.string()), []), (given, context) => {
      for (const [index, option] of given.entries()) {
        const found = optionProblem(name, option);
        if (found === undefined) continue;
        const { problem, ...parameters } = found;
        context.addIssue(issue(problem, parameters, [index]));
      }
    }),
    {
      en: `Options as mount(8) takes them, such as ${examples.en}. What a type has by itself holds unless they say otherwise.`,
      zh: `mount(8) 的选项，例如 ${examples.zh}。未指定的选项取该类型的默认值。`,
    },
  );

/** A file system that the kernel has no device for. */
const kernelMount = <Name extends "proc" | "sysfs" | "tmpfs">(name: Name, examples: Translated) =>
  z.strictObject({ ...place, type: type(name), options: options(name, examples) });

const bindMount = () =>
  z.strictObject({
    ...place,
    type: type("bind"),
    source: documented(value("path", { form: "absolute" }), {
      en: "File or directory of the host; it has to be there when the container starts.",
      zh: "宿主机上的文件或目录；启动容器时必须存在。",
    }),
    options: options("bind", {
      en: '"ro", "nosuid", "rbind" (with the mounts below it) or "rro" (all of them read-only)',
      zh: '"ro"、"nosuid"、"rbind"（连同其下的挂载）或 "rro"（全部只读）',
    }),
  });

const volumeMount = () =>
  z.strictObject({
    ...place,
    type: type("volume"),
    source: documented(value("name"), {
      en: "Name of the volume: a directory below /var/lib/cooper/volumes, made when it is missing, that stays when the container has ended.",
      zh: "数据卷名称：/var/lib/cooper/volumes 下的目录，不存在时创建，容器结束后保留。",
    }),
    options: options("volume", { en: '"ro" or "noexec"', zh: '"ro" 或 "noexec"' }),
  });

/** `mounts` of the OCI runtime specification; "volume" is Docker's. */
const mount = later(() =>
  z.discriminatedUnion("type", [
    kernelMount("proc", {
      en: '"ro" or "hidepid=invisible"',
      zh: '"ro" 或 "hidepid=invisible"',
    }),
    kernelMount("sysfs", { en: '"ro"', zh: '"ro"' }),
    kernelMount("tmpfs", {
      en: '"size=64m", "mode=0755" or "noexec"',
      zh: '"size=64m"、"mode=0755" 或 "noexec"',
    }),
    bindMount(),
    volumeMount(),
  ]),
);

export const mountsSchema = refined(
  z._default(z.array(mount), [
    { destination: "/proc", type: "proc", options: [] },
    { destination: "/sys", type: "sysfs", options: [] },
    { destination: "/tmp", type: "tmpfs", options: [] },
  ]),
  (mounts, context) => {
    const seen = new Set<string>();
    for (const [index, { destination: value }] of mounts.entries()) {
      const place = path.posix.resolve(value);
      if (seen.has(place)) context.addIssue(issue("duplicate-value", { value }, [index]));
      seen.add(place);
    }
  },
);
