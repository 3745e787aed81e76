// Makes `import { templates } from "cooper:templates"` work in the build (esbuild) and in tests (vite).
// Every file under templates/ that ends in .hbs is precompiled, so at run time only Handlebars'
// small runtime is loaded and no template is parsed. Adding a template is adding a file.
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import Handlebars from "handlebars";

const moduleName = "cooper:templates";
const root = path.join(path.dirname(fileURLToPath(import.meta.url)), "..", "templates");

/** The names of all templates, relative to templates/ and without `.hbs`, in a stable order. */
export function templateNames() {
  return readdirSync(root, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".hbs"))
    .map((name) => name.slice(0, -".hbs".length))
    .sort();
}

/** Options under which templates are compiled: no HTML escaping (bash has its own quoting) and no silent misses. */
export const compileOptions = { noEscape: true, strict: true, preventIndent: true };

function moduleSource() {
  const entries = templateNames().map((name) => {
    const source = readFileSync(path.join(root, `${name}.hbs`), "utf8");
    return `${JSON.stringify(name)}: ${Handlebars.precompile(source, compileOptions)}`;
  });
  return `export const templates = {\n${entries.join(",\n")}\n};\n`;
}

export const esbuildTemplates = {
  name: moduleName,
  setup(build) {
    build.onResolve({ filter: /^cooper:templates$/ }, () => ({
      path: moduleName,
      namespace: moduleName,
    }));
    build.onLoad({ filter: /.*/, namespace: moduleName }, () => ({
      contents: moduleSource(),
      watchDirs: [root, path.join(root, "steps")],
    }));
  },
};

export const viteTemplates = {
  name: moduleName,
  resolveId: (id) => (id === moduleName ? `\0${moduleName}` : undefined),
  load: (id) => (id === `\0${moduleName}` ? moduleSource() : undefined),
};
