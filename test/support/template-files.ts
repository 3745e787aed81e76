import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import Handlebars from "handlebars";

export const repository = fileURLToPath(new URL("../..", import.meta.url));

export interface TemplateFile {
  /** Relative to templates/, without `.hbs`. */
  readonly name: string;
  readonly source: string;
  readonly nodes: readonly hbs.AST.Node[];
}

/** Every template, parsed; read from the disk and not from the build, so that none is missed. */
export function templateFiles(): TemplateFile[] {
  const folder = path.join(repository, "templates");
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".hbs"))
    .sort()
    .map((name) => {
      const source = readFileSync(path.join(folder, name), "utf8");
      return { name: name.replace(/\.hbs$/, ""), source, nodes: nodesOf(Handlebars.parse(source)) };
    });
}

/** A node of a syntax tree and all nodes below it. */
export function nodesOf(node: unknown): hbs.AST.Node[] {
  if (Array.isArray(node)) return node.flatMap(nodesOf);
  if (typeof node !== "object" || node === null) return [];
  const own = "type" in node ? [node as hbs.AST.Node] : [];
  const inner = Object.entries(node).filter(([key]) => key !== "loc");
  return [...own, ...inner.flatMap(([, each]) => nodesOf(each))];
}

export const ofType = <Node extends hbs.AST.Node>(nodes: readonly hbs.AST.Node[], type: string) =>
  nodes.filter((node) => node.type === type) as Node[];

export const pathName = (node: hbs.AST.Node): string => (node as hbs.AST.PathExpression).original;
