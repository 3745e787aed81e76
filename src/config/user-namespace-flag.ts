import { CooperError } from "../model/errors.js";
import { isPlainObject } from "../model/expressions.js";
import { defaultNamespaces } from "../model/spec/container.js";
import { type Fields, present } from "./fields.js";
import type { ContainerFlags } from "./flags.js";

/**
 * `--userns` as Podman has it: `private` gives a container a user namespace of its own, and `host`, the only word that
 * Docker knows, none, whatever the config says.
 *
 * @throws CooperError `userns-flag`
 */
export function withUserNamespace(flags: ContainerFlags, config: Fields): Fields {
  const { userns } = flags;
  if (userns === undefined) return config;
  if (userns !== "private" && userns !== "host")
    throw CooperError.of("userns-flag", { text: userns });
  const user = userns === "private";
  const { uidMappings, gidMappings, namespaces, ...others } = config;
  return {
    ...others,
    ...(user ? present({ uidMappings, gidMappings }) : {}),
    namespaces: isList(namespaces)
      ? [...namespaces.filter((type) => type !== "user"), ...(user ? ["user"] : [])]
      : defaultNamespaces({
          network: hasOwnNetwork(flags.network ?? networkMode(config)),
          user,
          cgroup: !(flags.privileged ?? config["privileged"] === true),
        }),
  };
}

const isList = (value: unknown): value is readonly unknown[] => Array.isArray(value);

const networkMode = ({ network }: Fields) => (isPlainObject(network) ? network["mode"] : undefined);

/** Before the mode is validated: a text, or an object that names another container. */
const hasOwnNetwork = (mode: unknown) =>
  !isPlainObject(mode) && !(typeof mode === "string" && /^(host$|container:)/.test(mode));
