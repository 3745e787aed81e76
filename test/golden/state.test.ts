import { describe, expect, it } from "vitest";
import { hasForms, needsOtherForm, ownForm, stateInForm, withObserved } from "./state.js";

const print = (value: unknown) => `${JSON.stringify(value, null, 2)}\n`;

const observed = (cgroup?: unknown) =>
  print({
    namespaces: [],
    mounts: [],
    ...(cgroup === undefined ? {} : { cgroup }),
    network: "host",
  });

const one = { memory: { limit: 1 } };
const two = { memory: { limit: 2 } };
const both = withObserved(withObserved(undefined, observed(one), "v1"), observed(two), "v2");

describe("the forms of a state", () => {
  it("are kept side by side, in the place of the part they are forms of", () => {
    expect(both).toBe(
      print({ namespaces: [], mounts: [], cgroup: { v1: one, v2: two }, network: "host" }),
    );
    expect(stateInForm(both, "v1")).toBe(observed(one));
    expect(stateInForm(both, "v2")).toBe(observed(two));
  });

  it("are there when only one has something to tell", () => {
    const file = withObserved(undefined, observed(one), "v1");
    expect(file).toBe(
      print({ namespaces: [], mounts: [], cgroup: { v1: one, v2: null }, network: "host" }),
    );
    expect(stateInForm(file, "v2")).toBe(observed());
  });

  it("are kept for each container of a stack", () => {
    const stack = (...cgroups: unknown[]) =>
      print(
        Object.fromEntries(
          cgroups.map((each, index) => [`app-${index}`, JSON.parse(observed(each)) as unknown]),
        ),
      );
    const first = withObserved(undefined, stack(one, undefined), "v1");
    const file = withObserved(first, stack(two, undefined), "v2");
    expect(file).toBe(stack({ v1: one, v2: two }, undefined));
    expect(stateInForm(file, "v1")).toBe(stack(one, undefined));
    expect(hasForms(file)).toBe(true);
    expect(hasForms(stack(undefined))).toBe(false);
  });

  it("are not there when nothing is limited", () => {
    expect(withObserved(undefined, observed(), "v1")).toBe(observed());
    expect(withObserved(withObserved(undefined, observed(one), "v1"), observed(), "v1")).toBe(
      observed(),
    );
    expect(stateInForm(observed(), "v2")).toBe(observed());
  });
});

describe("the other form has to be observed", () => {
  it("when there is none, or the own one has changed", () => {
    const form = ownForm();
    const first = withObserved(undefined, observed(one), form);
    expect(needsOtherForm(undefined, first)).toBe(true);
    expect(needsOtherForm(first, first)).toBe(true);
    expect(needsOtherForm(both, withObserved(both, observed({ other: 1 }), form))).toBe(true);
    expect(needsOtherForm(both, withObserved(both, observed(), form))).toBe(true);
  });

  it("not otherwise", () => {
    expect(needsOtherForm(both, both)).toBe(false);
    expect(needsOtherForm(undefined, both)).toBe(false);
    expect(needsOtherForm(undefined, observed())).toBe(false);
  });
});
