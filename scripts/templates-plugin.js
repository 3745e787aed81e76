// Makes `import { templates } from "cooper:templates"` work in the build (esbuild) and in tests (vite).
// Every file under templates/ that ends in .hbs is compiled to a function, so that at run time no template is parsed.
// Adding a template is adding a file.
// What is under templates/page/ is HTML and a module of its own, "cooper:page", with the style sheet and script.
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { templateFunction } from "./template-function.js";

const root = path.join(path.dirname(fileURLToPath(import.meta.url)), "..", "templates");
const page = "page/";

/** The names of all files under templates/, in a stable order. */
const fileNames = () => readdirSync(root, { recursive: true, encoding: "utf8" }).sort();

/** The names of all templates, relative to templates/ and without `.hbs`, in a stable order. */
export const templateNames = () =>
  fileNames()
    .filter((name) => name.endsWith(".hbs"))
    .map((name) => name.slice(0, -".hbs".length));

const read = (name) => readFileSync(path.join(root, name), "utf8");

/** A comment in English and, in lines that begin with `#zh`, the same in Chinese. */
const translated = /((?:^ *#(?!zh ).*\n)+)((?:^ *#zh .*\n)+)/gm;

/**
 * A template as a function that has the comments of one language. Three marks around both texts of a comment go
 * through the compiler, inside string literals, and become the choice.
 */
function compile(name, options) {
  const marked = read(`${name}.hbs`).replace(translated, (_, english, chinese) => {
    const comment = chinese.replace(/^( *)#zh /gm, "$1# ");
    return `\ue000${comment.trimEnd()}\ue001${english.trimEnd()}\ue002\n`;
  });
  return templateFunction(name, marked, options)
    .replaceAll("\ue000", '" + (helpers.language === "zh" ? "')
    .replaceAll("\ue001", '" : "')
    .replaceAll("\ue002", '") + "');
}

function moduleOf(names, options) {
  const entries = names.map((name) => `${JSON.stringify(name)}: ${compile(name, options)}`);
  return `export const templates = {\n${entries.join(",\n")}\n};\n`;
}

function pageSource() {
  const names = templateNames().filter((name) => name.startsWith(page));
  const files = fileNames().filter((name) => /^page\/.*\.(css|js)$/.test(name));
  const texts = Object.fromEntries(files.map((name) => [name, read(name)]));
  // HTML: every mustache escapes.
  return `${moduleOf(names, { escapes: true })}export const files = ${JSON.stringify(texts)};\n`;
}

const sources = {
  "cooper:templates": () => moduleOf(templateNames().filter((name) => !name.startsWith(page))),
  "cooper:page": pageSource,
};

export const esbuildTemplates = {
  name: "cooper:templates",
  setup(build) {
    build.onResolve({ filter: /^cooper:(templates|page)$/ }, ({ path: name }) => ({
      path: name,
      namespace: "cooper:templates",
    }));
    build.onLoad({ filter: /.*/, namespace: "cooper:templates" }, ({ path: name }) => ({
      contents: sources[name](),
      watchDirs: [root, path.join(root, "steps"), path.join(root, "page")],
    }));
  },
};

export const viteTemplates = {
  name: "cooper:templates",
  resolveId: (id) => (id in sources ? `\0${id}` : undefined),
  load: (id) => sources[id.slice(1)]?.(),
};
