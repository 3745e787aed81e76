/**
 * What test files import as "vitest" in the virtual machine: Vitest's own runner and matchers, without what makes a
 * command line, a server and a pool of workers out of them, which would take minutes to start there.
 */
import {
  ASYMMETRIC_MATCHERS_OBJECT,
  ChaiStyleAssertions,
  type ExpectStatic,
  JestAsymmetricMatchers,
  JestChaiExpect,
  JestExtend,
} from "@vitest/expect";
import { getCurrentTest, type Test } from "@vitest/runner";
import * as chai from "chai";

export {
  afterAll,
  afterEach,
  beforeAll,
  beforeEach,
  describe,
  it,
  suite,
  test,
} from "@vitest/runner";

for (const plugin of [JestExtend, JestChaiExpect, ChaiStyleAssertions, JestAsymmetricMatchers])
  chai.use(plugin);

const asserting = (value: unknown, message?: string) => {
  const assertion = chai.expect(value, message);
  const current = getCurrentTest<Test | undefined>();
  if (current !== undefined) chai.util.flag(assertion, "vitest-test", current);
  return assertion;
};

/** Goes on after a failure, and lets the test fail in the end. */
const soft = (value: unknown, message?: string) => {
  const assertion = asserting(value, message);
  chai.util.flag(assertion, "soft", true);
  return assertion;
};

// Such as expect.any and expect.stringMatching.
const asymmetric = (globalThis as Record<symbol, unknown>)[ASYMMETRIC_MATCHERS_OBJECT] as object;

export const expect = Object.assign(asserting, chai.expect, asymmetric, {
  soft,
}) as unknown as ExpectStatic;
