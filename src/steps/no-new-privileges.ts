import { setNoNewPrivileges } from "../kernel/calls/credentials.js";
import { defineStep } from "./step.js";

/** Executing a file never again gives more privileges than there were before. */
export const noNewPrivileges = defineStep<object>({
  kind: "no-new-privileges",
  where: "container",
  phase: "command",
  title: () => ({ en: "allow no new privileges", zh: "禁止获得新的权限" }),
  explanation: {
    en: {
      what: "Sets a flag that can never be cleared and that children inherit: set-user-ID bits and file capabilities no longer count when a file is executed.",
      without:
        "Any set-user-ID program in the root file system, such as su or sudo, is a way for another user to become root.",
    },
    zh: {
      what: "设置一个不可清除、由子进程继承的标志：此后执行文件时，set-user-ID 位和文件 capability 都不再起作用。",
      without: "rootfs 中任何 set-user-ID 程序（例如 su、sudo）都可能让普通用户变成 root。",
    },
  },
  manual: ["prctl(2)", "setpriv(1)"],
  tools: () => ["setpriv"],
  effects: () => [],
  lower: (_fields, { builder }) => {
    builder.step("no_new_privileges").add(setNoNewPrivileges());
  },
  undo: undefined,
});
