import { type ContainerSummary, listContainers } from "../../executor/list.js";
import type { Language } from "../../model/language.js";
import { message } from "../messages/index.js";
import { print } from "../print.js";
import { table } from "../table.js";

/** `cooper ps`: the containers of this host. */
export function psCommand({ json }: { readonly json?: true }, language: Language): void {
  const containers = listContainers();
  if (json) {
    print(`${JSON.stringify(containers, null, 2)}\n`);
    return;
  }
  const header = (
    [
      "ps-name",
      "ps-status",
      "ps-pid",
      "ps-address",
      "ps-ports",
      "ps-started",
      "ps-command",
    ] as const
  ).map((key) => message(language, key));
  const rows = containers.map((container) => row(container, language));
  print(table([header, ...rows], process.stdout.isTTY ? process.stdout.columns : 120));
}

function row(
  { name, status, pid, joined, address, ports, started, args }: ContainerSummary,
  language: Language,
): string[] {
  return [
    name,
    message(language, `status-${status}`),
    String(pid ?? ""),
    joined === undefined ? (address ?? "") : `container:${joined}`,
    ports.map(portText).join(", "),
    started === undefined ? "" : timeOf(started),
    args.join(" "),
  ];
}

/** As `docker ps` shows it. */
const portText = ({
  hostAddress,
  hostPort,
  containerPort,
  protocol,
}: ContainerSummary["ports"][number]) =>
  `${hostAddress}:${String(hostPort)}->${String(containerPort)}/${protocol}`;

/** In the host's time zone, such as `2026-07-29 18:04:05`. */
function timeOf(date: Date): string {
  const local = new Date(date.getTime() - date.getTimezoneOffset() * 60_000);
  return local.toISOString().slice(0, 19).replace("T", " ");
}
