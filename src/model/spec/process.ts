import * as z from "zod/mini";
import { resourceLimits, type ResourceLimit } from "../../kernel/constants/process.js";
import { capabilityName, writtenCapabilities } from "../capabilities.js";
import { documented, issue, later, refined, transformed, value } from "./field.js";

/** Linux user and group ids: 32 bits, the last one means "no change" to the system calls. */
const identifier = z.int().check(z.minimum(0), z.maximum(4_294_967_294));

const environmentName = /^[A-Za-z_][A-Za-z0-9_]*$/;

const environment = refined(z.record(z.string(), value("text")), (variables, context) => {
  for (const name of Object.keys(variables))
    if (!environmentName.test(name))
      context.addIssue(issue("environment-name", { value: name }, [name]));
});

const user = z.strictObject({
  uid: documented(z._default(identifier, 0), { en: "User id.", zh: "用户 ID。" }),
  gid: documented(z._default(identifier, 0), { en: "Group id.", zh: "组 ID。" }),
  additionalGids: documented(z._default(z.array(identifier), []), {
    en: "Supplementary groups.",
    zh: "附加组。",
  }),
  umask: documented(z._default(z.int().check(z.minimum(0), z.maximum(0o777)), 0o022), {
    en: "Which permissions new files do not get; a number, so write 0o027 in TypeScript and 23 in JSON.",
    zh: "新建文件时去掉的权限位；是一个数字，TypeScript 中写 0o027，JSON 中写 23。",
  }),
});

/** One capability, with or without `CAP_`, or all of them. */
const capability = later(() =>
  transformed(z.enum(["ALL", ...writtenCapabilities]), (written) =>
    written === "ALL" ? written : capabilityName(written),
  ),
);

const capabilities = z.strictObject({
  add: documented(z._default(z.array(capability), []), {
    en: 'Capabilities to have beyond Docker\'s default set, as `docker run --cap-add`; "ALL" for every one.',
    zh: '在 Docker 默认集合之外增加的 capability，同 `docker run --cap-add`；"ALL" 表示全部。',
  }),
  drop: documented(z._default(z.array(capability), []), {
    en: 'Capabilities of the default set to go without, as `docker run --cap-drop`; "ALL" for every one.',
    zh: '从默认集合中去掉的 capability，同 `docker run --cap-drop`；"ALL" 表示全部。',
  }),
});

const limit = () => z.union([z.int().check(z.minimum(0)), z.literal("unlimited")]);

const rlimit = later(() =>
  refined(
    z.strictObject({
      type: documented(z.enum(Object.keys(resourceLimits) as [ResourceLimit]), {
        en: "Which limit, such as RLIMIT_NOFILE; see getrlimit(2).",
        zh: "哪一项限制，例如 RLIMIT_NOFILE；见 getrlimit(2)。",
      }),
      soft: documented(limit(), {
        en: "The limit that holds, in the kernel's unit for it; the process may raise it up to `hard`.",
        zh: "实际生效的值，单位由内核规定；进程可自行提高到 `hard`。",
      }),
      hard: documented(limit(), {
        en: "The most that the soft limit may be raised to.",
        zh: "软限制可提高到的上限。",
      }),
    }),
    ({ soft, hard }, context) => {
      if (hard !== "unlimited" && (soft === "unlimited" || soft > hard))
        context.addIssue(issue("rlimit-order", { soft, hard }, ["soft"]));
    },
  ),
);

const rlimits = refined(z.array(rlimit), (limits, context) => {
  limits.forEach(({ type: value }, index) => {
    if (limits.findIndex(({ type }) => type === value) < index)
      context.addIssue(issue("duplicate-value", { value }, [index, "type"]));
  });
});

/** `process` of the OCI runtime specification; capabilities as Docker has them. */
export const processSchema = z.strictObject({
  args: documented(z._default(z.array(value("text")).check(z.minLength(1)), ["/bin/sh"]), {
    en: "The command and its arguments. A command without a slash is searched in the PATH of `env`.",
    zh: "命令及其参数。不含斜杠的命令按 `env` 中的 PATH 查找。",
  }),
  env: documented(
    z._default(environment, {
      PATH: "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
    }),
    {
      en: "The complete environment of the command; nothing of the host's environment is passed on.",
      zh: "命令的全部环境变量；宿主机的环境变量一概不传入。",
    },
  ),
  cwd: documented(z._default(value("path", { form: "absolute" }), "/"), {
    en: "The working directory inside the container.",
    zh: "容器内的工作目录。",
  }),
  user: documented(z.prefault(user, {}), {
    en: "Who the command runs as. It has just these groups.",
    zh: "以哪个用户运行命令。进程只属于这里列出的组。",
  }),
  capabilities: documented(z.prefault(capabilities, {}), {
    en: "Changes to Docker's default set of capabilities. Root has what remains; another user has none of it, and cannot get more.",
    zh: "对 Docker 默认 capability 集合的增减。root 拥有剩下的全部；其他用户一个也没有，也无法获得更多。",
  }),
  noNewPrivileges: documented(z.optional(z.boolean()), {
    en: "Set-user-ID programs and file capabilities give nothing. Default: true, unless privileged.",
    zh: "set-user-ID 程序和文件 capability 不再提升权限。默认 true；privileged 时为 false。",
  }),
  rlimits: documented(z._default(rlimits, []), {
    en: "Limits of the process and what it starts; those not listed are the launcher's.",
    zh: "进程及其子进程的资源限制；未列出的沿用启动者的设置。",
  }),
  oomScoreAdj: documented(z.optional(z.int().check(z.minimum(-1000), z.maximum(1000))), {
    en: "How readily the kernel kills it when memory runs out: -1000 never, 1000 first. Default: as the launcher.",
    zh: "内存不足时被内核杀死的倾向：-1000 为永不，1000 为最先。默认与启动者相同。",
  }),
});
