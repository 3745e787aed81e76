import type { Translated } from "../../model/language.js";
import { readable } from "../../model/readable.js";
import { namespaceTypes } from "../../model/spec/container.js";
import type { Spec } from "../../model/spec/parse.js";
import { shownMode } from "../../model/spec/network-mode.js";
import { textWidth } from "../../model/text-width.js";
import type { Plan } from "../../plan/plan.js";
import { rootDirectory } from "../../plan/root-directory.js";
import type { EffectType, Step } from "../../steps/step.js";
import { leaves } from "../diff/fields.js";
import { pageWords } from "./words.js";

/** A box, a line or a text of the drawing, in units of its view box. */
export interface Shape {
  readonly kind: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  /** Text in the middle of its height, from its left edge on. */
  readonly text: Translated | undefined;
  /** The field of the config it comes from. */
  readonly field: string | undefined;
}

/** A container on its host, from top to bottom: the outside, the network, the container, its limits. */
export interface Drawing {
  readonly width: number;
  readonly height: number;
  readonly shapes: readonly Shape[];
}

const width = 400;
const line = 24;
const gap = 10;
/** Columns of text that fit into a unit of width: the text is 12 units high and monospaced. */
const columnWidth = 7.3;
/** More of one kind makes no drawing that anybody reads. */
const most = 9;

/** Draws the plans of containers on one host: what their steps change, where it lies. */
export function draw(plans: readonly Plan[]): Drawing {
  const shapes: Shape[] = [];
  let y = 0;
  const add = (
    kind: string,
    inset: number,
    height: number,
    text?: Translated,
    field?: string,
  ): void => {
    const room = width - 2 * inset;
    const fitted = text && shortened(text, Math.floor((room - 16) / columnWidth));
    shapes.push({ kind, x: inset, y, width: room, height, text: fitted, field });
  };
  const row = (kind: string, inset: number, text: Translated, field?: string): void => {
    add(kind, inset, line, text, field);
    y += line + 4;
  };
  /** Rows of one kind, and how many are left out. */
  const rows = <Item>(
    kind: string,
    inset: number,
    items: readonly Item[],
    print: (item: Item) => readonly [text: Translated, field: string],
  ): void => {
    for (const item of items.slice(0, most)) row(kind, inset, ...print(item));
    if (items.length > most) row("label", inset, leftOut(items.length - most));
  };
  const wire = (field: string): void => {
    shapes.push({
      ...{ kind: "wire", x: width / 2, y: y - 4, width: 0, height: gap + 4 },
      ...{ text: undefined, field },
    });
    y += gap;
  };
  /** A box around what is drawn inside; it stands below that. */
  const around = (kind: string, inset: number, inside: () => void, field?: string): void => {
    const [index, top] = [shapes.length, y];
    y += gap;
    inside();
    y += gap - 4;
    const box = { kind, x: inset, y: top, width: width - 2 * inset, height: y - top };
    shapes.splice(index, 0, { ...box, text: undefined, field });
  };

  const container = ({ spec, steps }: Plan): void => {
    around(
      "container",
      14,
      () => {
        row("title", 28, same(readable(spec.name)), "name");
        if (spec.network.mode !== "bridge")
          row("network", 28, modeText(shownMode(spec.network.mode)), "network.mode");
        row("label", 28, pageWords("namespaces"), "namespaces");
        y = chips(shapes, y, spec.namespaces);
        row("label", 28, pageWords("file-systems"), "mounts");
        rows("mount", 28, mountsOf(inside(steps)), ({ field, place, others }) => [
          same(seenInside(spec, place) + (others > 0 ? ` +${String(others)}` : "")),
          field,
        ]);
        const layers = layersOf(spec);
        if (layers.length > 0) row("label", 28, pageWords("layers"), "root.layers");
        rows("mount", 28, layers, ({ field, text }) => [text, field]);
        row("label", 28, pageWords("process"), "process");
        row("process", 28, same(spec.process.args.map(readable).join(" ")), "process.args");
      },
      "name",
    );
    y += gap;
  };
  const limits = ({ spec, steps }: Plan): void => {
    const groups = effects(steps, "cgroup");
    if (groups.length === 0) return;
    around(
      "cgroup",
      14,
      () => {
        row("label", 28, pageWords("cgroup"), "resources");
        rows("plain", 28, groups, ({ text }) => [text, "resources"]);
        rows("limit", 28, [...leaves(spec.resources, "resources")], ([field, value]) => [
          same(`${field.replace("resources.", "")} = ${value}`),
          field,
        ]);
      },
      "resources",
    );
  };

  const all = plans.flatMap(({ steps }) => steps);
  const network = [...effects(all, "rule"), ...effects(all, "device")].filter(
    ({ field, text }, index, found) =>
      field.startsWith("network") && found.findIndex((each) => each.text.en === text.en) === index,
  );
  if (network.length > 0) {
    row("outside", 90, pageWords("outside"));
    wire("network");
  }
  around("host", 1, () => {
    row("label", 14, pageWords("host"));
    for (const { field, text } of network.slice(0, most)) {
      row("network", 30, text, field);
      wire(field);
    }
    if (network.length > most) row("label", 30, leftOut(network.length - most));
    for (const each of plans.slice(0, most)) {
      container(each);
      limits(each);
      if (each !== plans.at(-1)) y += gap;
    }
    if (plans.length > most) row("label", 14, leftOut(plans.length - most));
  });
  return { width, height: Math.ceil(y + 1), shapes };
}

/** What network a container without a bridge has; another mode is named as the config names it. */
const modeText = (mode: string): Translated =>
  mode === "none" || mode === "host" ? pageWords(`network-${mode}`) : same(mode);

/** A place in the root file system as the container names it. */
function seenInside(spec: Spec, place: string): string {
  const root = readable(rootDirectory(spec));
  return place.startsWith(root) ? place.slice(root.length) || "/" : place;
}

/** The layers of the root file system, the uppermost first: that is the writable one. */
function layersOf({ root: { layers = [], overlay } }: Spec) {
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
function mountsOf(steps: readonly Step[]) {
  return steps.flatMap((step) => {
    const [first, ...others] = effects([step], "mount");
    return first ? [{ field: first.field, place: first.text.en, others: others.length }] : [];
  });
}

const inside = (steps: readonly Step[]) => steps.filter(({ where }) => where === "container");

const same = (text: string): Translated => ({ en: text, zh: text });

/** What steps change of one type, each with the field it comes from. */
function effects(steps: readonly Step[], wanted: EffectType) {
  return steps.flatMap(({ cause, effects: all }) =>
    all
      .filter(({ type }) => type === wanted)
      .map(({ target }) => ({ field: cause, text: same(readable(target)) })),
  );
}

const leftOut = (count: number): Translated => {
  const { en, zh } = pageWords("more");
  return { en: en.replace("#", String(count)), zh: zh.replace("#", String(count)) };
};

function shortened(text: Translated, columns: number): Translated {
  const short = (value: string) => {
    if (textWidth(value) <= columns) return value;
    let fitting = "";
    for (const character of value) {
      if (textWidth(fitting + character) >= columns) break;
      fitting += character;
    }
    return `${fitting}…`;
  };
  return { en: short(text.en), zh: short(text.zh) };
}

/** The namespaces side by side: those the container has of its own, and those it shares with the host. */
function chips(shapes: Shape[], top: number, own: readonly string[]): number {
  let [x, y] = [28, top];
  for (const type of namespaceTypes) {
    const room = type.length * columnWidth + 18;
    if (x + room > width - 28) [x, y] = [28, y + line + 4];
    shapes.push({
      ...{ kind: own.includes(type) ? "own" : "shared", x, y, width: room, height: line },
      ...{ text: same(type), field: "namespaces" },
    });
    x += room + 6;
  }
  return y + line + 6;
}
