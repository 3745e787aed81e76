import { type Syntax, ts } from "../../config/typescript/compiler.js";

/**
 * The fields that each line of a written config is about, as paths such as `network.bridge`: the outermost that begins
 * in it, else the innermost it lies in. The declaration of a parameter is about the fields that use it.
 */
export function fieldsOfLines(lines: readonly string[]): string[][] {
  const source = ts.createSourceFile(
    "container.ts",
    lines.join("\n"),
    ts.ScriptTarget.Latest,
    true,
  );
  const lineOf = (position: number) => source.getLineAndCharacterOfPosition(position).line;
  const found: Set<string>[] = lines.map(() => new Set());
  const declared = new Map<string, readonly [number, number]>();

  const members = (node: Syntax.Node, path: string, outerLine: number): void => {
    if (!ts.isObjectLiteralExpression(node)) return;
    for (const property of node.properties) {
      const name = property.name?.getText(source) ?? "";
      if (!/^\w+$/.test(name)) continue;
      const field = path === "" ? name : `${path}.${name}`;
      const first = lineOf(property.getStart(source));
      const last = lineOf(property.getEnd());
      if (first !== outerLine)
        for (let line = first; line <= last; line += 1) found[line] = new Set([field]);
      useParameters(property, field);
      if (!ts.isPropertyAssignment(property)) continue;
      const { initializer } = property;
      // The fields of a stack's containers are named as those of one container.
      if (field === "containers" && ts.isArrayLiteralExpression(initializer))
        for (const element of initializer.elements) members(element, "", first);
      else members(initializer, field, first);
    }
  };

  const useParameters = (node: Syntax.Node, field: string): void => {
    const lines = ts.isIdentifier(node) ? declared.get(node.text) : undefined;
    if (lines !== undefined)
      for (let line = lines[0]; line <= lines[1]; line += 1) found[line]?.add(field);
    ts.forEachChild(node, (child) => useParameters(child, field));
  };

  for (const statement of source.statements) {
    if (ts.isVariableStatement(statement))
      for (const { name } of statement.declarationList.declarations)
        declared.set(name.getText(source), [
          lineOf(statement.getStart(source)),
          lineOf(statement.getEnd()),
        ]);
    if (ts.isExportAssignment(statement) && ts.isCallExpression(statement.expression))
      for (const argument of statement.expression.arguments) members(argument, "", -1);
  }
  return found.map((fields) => innermost([...fields]));
}

/** Without the fields that contain another one of them: a parameter of `network.bridge` is no matter of all `network`. */
const innermost = (fields: readonly string[]): string[] =>
  fields.filter((field) => !fields.some((other) => other.startsWith(`${field}.`)));
