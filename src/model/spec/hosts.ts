import * as z from "zod/mini";
import { issue, later, refined, value } from "./field.js";

/** A host name as hosts(5) takes it: one word that begins and ends with a letter or digit. */
const hostName = /^[A-Za-z0-9]([A-Za-z0-9_.-]{0,251}[A-Za-z0-9])?$/;

/** `extra_hosts` of Compose: addresses by name. */
export const extraHostsSchema = refined(
  z.record(
    z.string(),
    later(() => value("text", { form: "address" })),
  ),
  (hosts, context) => {
    for (const name of Object.keys(hosts))
      if (!hostName.test(name)) context.addIssue(issue("host-name", { value: name }, [name]));
  },
);
