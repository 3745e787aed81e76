import * as z from "zod";
import { documented, issue, value } from "./field.js";

/** Linux user and group ids: 32 bits, the last one means "no change" to the system calls. */
const identifier = z.int().min(0).max(4_294_967_294);

const environmentName = /^[A-Za-z_][A-Za-z0-9_]*$/;

const environment = z.record(z.string(), value("text")).superRefine((variables, context) => {
  for (const name of Object.keys(variables))
    if (!environmentName.test(name))
      context.addIssue(issue("environment-name", { value: name }, [name]));
});

/** `process` of the OCI runtime specification. */
export const processSchema = z.strictObject({
  args: documented(z.array(value("text")).min(1).default(["/bin/sh"]), {
    en: "The command and its arguments. A command without a slash is searched in the PATH of `env`.",
    zh: "命令及其参数。不含斜杠的命令按 `env` 中的 PATH 查找。",
  }),
  env: documented(
    environment.default({ PATH: "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin" }),
    {
      en: "The complete environment of the command; nothing of the host's environment is passed on.",
      zh: "命令的全部环境变量；宿主机的环境变量一概不传入。",
    },
  ),
  cwd: documented(value("path", { form: "absolute" }).default("/"), {
    en: "The working directory inside the container.",
    zh: "容器内的工作目录。",
  }),
  user: documented(
    z
      .strictObject({
        uid: documented(identifier.default(0), { en: "User id.", zh: "用户 ID。" }),
        gid: documented(identifier.default(0), { en: "Group id.", zh: "组 ID。" }),
      })
      .prefault({}),
    {
      en: "Who the command runs as. Supplementary groups are dropped.",
      zh: "以哪个用户运行命令。附加组会被清空。",
    },
  ),
});
