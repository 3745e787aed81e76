import type { Translated } from "../../model/language.js";
import { readable } from "../../model/readable.js";
import { namespaceTypes } from "../../model/spec/container.js";
import type { Spec } from "../../model/spec/parse.js";
import { shownMode } from "../../model/spec/network-mode.js";
import type { Plan } from "../../plan/plan.js";
import { rootDirectory } from "../../plan/root-directory.js";
import type { EffectType, Step } from "../../steps/step.js";
import { leaves } from "../diff/fields.js";
import { type Item, type Shape, VerticalLayout } from "./vertical-layout.js";
import { pageWords } from "./words.js";

/** A container on its host, from top to bottom: the outside, the network, the container, its limits. */
export interface Drawing {
  readonly width: number;
  readonly height: number;
  readonly shapes: readonly Shape[];
}

/** Draws the plans of containers on one host: what their steps change, where it lies. */
export function draw(plans: readonly Plan[]): Drawing {
  const layout = new VerticalLayout();
  const network = networkOf(plans);
  if (network.length > 0) {
    layout.row("outside", 90, pageWords("outside"));
    layout.wire("network");
  }
  layout.around("host", 1, () => {
    layout.row("label", 14, pageWords("host"));
    layout.each(network, 30, ({ text, field }) => {
      layout.row("network", 30, text, field);
      layout.wire(field);
    });
    layout.each(plans, 14, (each) => {
      drawContainer(layout, each);
      drawLimits(layout, each);
      if (each !== plans.at(-1)) layout.space();
    });
  });
  const { width, height, shapes } = layout;
  return { width, height, shapes };
}

function drawContainer(layout: VerticalLayout, { spec, steps }: Plan): void {
  layout.around(
    "container",
    14,
    () => {
      layout.row("title", 28, same(readable(spec.name)), "name");
      if (spec.network.mode !== "bridge")
        layout.row("network", 28, modeText(shownMode(spec.network.mode)), "network.mode");
      layout.row("label", 28, pageWords("namespaces"), "namespaces");
      layout.chips(28, namespacesOf(spec));
      layout.row("label", 28, pageWords("file-systems"), "mounts");
      layout.rows("mount", 28, mountsOf(spec, inside(steps)));
      const layers = layersOf(spec);
      if (layers.length > 0) layout.row("label", 28, pageWords("layers"), "root.layers");
      layout.rows("mount", 28, layers);
      layout.row("label", 28, pageWords("process"), "process");
      layout.row("process", 28, same(spec.process.args.map(readable).join(" ")), "process.args");
    },
    "name",
  );
  layout.space();
}

function drawLimits(layout: VerticalLayout, { spec, steps }: Plan): void {
  const groups = effects(steps, "cgroup");
  if (groups.length === 0) return;
  const limits = [...leaves(spec.resources, "resources")].map(([field, value]) => ({
    text: same(`${field.replace("resources.", "")} = ${value}`),
    field,
  }));
  layout.around(
    "cgroup",
    14,
    () => {
      layout.row("label", 28, pageWords("cgroup"), "resources");
      layout.rows(
        "plain",
        28,
        groups.map(({ text }) => ({ text, field: "resources" })),
      );
      layout.rows("limit", 28, limits);
    },
    "resources",
  );
}

/** What connects the containers with the outside, each once. */
function networkOf(plans: readonly Plan[]): Item[] {
  const steps = plans.flatMap((each) => each.steps);
  return [...effects(steps, "rule"), ...effects(steps, "device")].filter(
    ({ field, text }, index, found) =>
      field.startsWith("network") && found.findIndex((each) => each.text.en === text.en) === index,
  );
}

/** All namespaces: those the container has of its own, and those it shares with the host. */
const namespacesOf = ({ namespaces }: Spec) =>
  namespaceTypes.map((type) => ({
    kind: namespaces.includes(type) ? "own" : "shared",
    text: same(type),
    field: "namespaces",
  }));

/** What network a container without a bridge has; another mode is named as the config names it. */
const modeText = (mode: string): Translated =>
  mode === "none" || mode === "host" ? pageWords(`network-${mode}`) : same(mode);

/** A place in the root file system as the container names it. */
function seenInside(spec: Spec, place: string): string {
  const root = readable(rootDirectory(spec));
  return place.startsWith(root) ? place.slice(root.length) || "/" : place;
}

/** The layers of the root file system, the uppermost first: that is the writable one. */
function layersOf({ root: { layers = [], overlay } }: Spec): Item[] {
  if (layers.length === 0) return [];
  const kept = overlay && `${readable(overlay.path)}/upper`;
  const writable =
    kept === undefined
      ? { field: "root.layers", text: pageWords("layer-in-memory") }
      : { field: "root.overlay", text: same(kept) };
  const others = layers.map((layer) => ({ field: "root.layers", text: same(readable(layer)) }));
  return [writable, ...others.reverse()];
}

/** What each step mounts: the first place stands for them all, as /dev does for the devices in it. */
function mountsOf(spec: Spec, steps: readonly Step[]): Item[] {
  return steps.flatMap((step) => {
    const [first, ...others] = effects([step], "mount");
    if (first === undefined) return [];
    const more = others.length > 0 ? ` +${String(others.length)}` : "";
    return [{ field: first.field, text: same(seenInside(spec, first.text.en) + more) }];
  });
}

const inside = (steps: readonly Step[]) => steps.filter(({ where }) => where === "container");

const same = (text: string): Translated => ({ en: text, zh: text });

/** What steps change of one type, each with the field it comes from. */
function effects(steps: readonly Step[], wanted: EffectType): Item[] {
  return steps.flatMap(({ cause, effects: all }) =>
    all
      .filter(({ type }) => type === wanted)
      .map(({ target }) => ({ field: cause, text: same(readable(target)) })),
  );
}
