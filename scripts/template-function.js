// Compiles a template to a function of JavaScript, so that nothing of Handlebars but its syntax is left at run time:
// what Handlebars makes itself of a template asks for every name and carries places of the source along, and takes
// several times as long to load and to run.
//
// A helper is a method of the first argument; named arguments come last, as one object. `holds` and `each` are helpers
// for blocks, `render` for partials.
import Handlebars from "handlebars";

/**
 * A template as an expression: a function of the helpers, the context and the root, which is the context of the
 * template that is not the partial of another. It returns text.
 *
 * @param srcName how errors name the template
 * @param escapes whether what a mustache prints goes through the helper `escape`
 * @throws Error when there is something in it that templates do not use
 */
export function templateFunction(srcName, text, { escapes = false } = {}) {
  const print = (code) => (escapes ? `helpers.escape(${code})` : code);
  const body = program(Handlebars.parse(text, { srcName }), { print, context: "context" });
  return `(helpers, context, root = context) => ${body}`;
}

/** Statements as one expression. */
function program(node, scope) {
  const pieces = (node?.body ?? []).map((statement) => visit(statements, statement, scope));
  return pieces.filter((piece) => piece !== '""').join(" + ") || '""';
}

const literal = ({ value }) => JSON.stringify(value);

const statements = {
  ContentStatement: literal,
  CommentStatement: () => '""',
  MustacheStatement: (node, scope) => scope.print(call(node, scope)),
  BlockStatement: (node, scope) => visit(blocks, { ...node, type: node.path.original }, scope),
  PartialStatement({ name, params: [given], hash, indent }, scope) {
    const template =
      name.type === "SubExpression" ? call(name, scope) : JSON.stringify(name.original);
    const context = given === undefined ? scope.context : expression(given, scope);
    const fields = hash === undefined ? context : `{ ...${context}, ...${object(hash, scope)} }`;
    return `${JSON.stringify(indent)} + helpers.render(${template}, ${fields}, root)`;
  },
};

const blocks = {
  if: (node, scope) => choice(node.params, node.program, node.inverse, scope),
  unless: (node, scope) => choice(node.params, node.inverse, node.program, scope),
  each({ params: [list], program: body, inverse }, scope) {
    const inner = {
      ...scope,
      context: `${scope.context}_`,
      loop: `${scope.context}Loop`,
      outer: scope,
    };
    const item = `(${inner.context}, ${inner.loop}) => ${program(body, inner)}`;
    return `helpers.each(${expression(list, scope)}, ${item}, () => ${program(inverse, scope)})`;
  },
};

const choice = ([condition], then, otherwise, scope) =>
  `(helpers.holds(${expression(condition, scope)}) ? ${program(then, scope)} : ${program(otherwise, scope)})`;

const expression = (node, scope) => visit(expressions, node, scope);

const expressions = {
  StringLiteral: literal,
  NumberLiteral: literal,
  BooleanLiteral: literal,
  SubExpression: call,
  PathExpression({ data, depth, parts }, scope) {
    const [first, ...others] = parts;
    if (!data) return member(contextAt(depth, scope), parts);
    return first === "root" ? member("root", others) : member(scope.loop, parts);
  },
};

const member = (code, names) =>
  [code, ...names.map((name) => `[${JSON.stringify(name)}]`)].join("?.");

/** The context to which as many `../` lead. */
const contextAt = (depth, scope) =>
  depth === 0 ? scope.context : contextAt(depth - 1, scope.outer);

function call({ path, params, hash }, scope) {
  const values = params.map((node) => expression(node, scope));
  if (hash !== undefined) values.push(object(hash, scope));
  return `helpers.${path.original}(${values.join(", ")})`;
}

function object({ pairs }, scope) {
  const members = pairs.map(
    ({ key, value }) => `${JSON.stringify(key)}: ${expression(value, scope)}`,
  );
  return `{ ${members.join(", ")} }`;
}

function visit(visitors, node, scope) {
  const visitor = visitors[node.type];
  if (visitor !== undefined) return visitor(node, scope);
  const { source, start } = node.loc;
  throw new Error(`${source}:${start.line}:${start.column}: templates have no ${node.type}`);
}
