// Loads modules of Node's that take milliseconds only when something in them is used. In a CommonJS bundle an
// import is a look-up on the module's object, so an object of getters does.
import { createRequire } from "node:module";

const require = createRequire(import.meta.url);
const slow = /^node:(child_process|crypto|net|tty)$/;

export const lazyBuiltins = {
  name: "lazy-builtins",
  setup(build) {
    build.onResolve({ filter: slow }, ({ path }) => ({ path, namespace: "lazy-builtin" }));
    build.onLoad({ filter: slow, namespace: "lazy-builtin" }, ({ path }) => ({
      // esbuild would take a plain require of the same name for this module again.
      contents: `
        const { createRequire } = require("node:module");
        for (const key of ${JSON.stringify(Object.keys(require(path)))})
          Object.defineProperty(exports, key, {
            enumerable: true,
            get: () => createRequire(__filename)(${JSON.stringify(path)})[key],
          });`,
    }));
  },
};
