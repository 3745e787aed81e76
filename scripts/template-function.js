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
  MustacheStatement(node, scope) {
    if (!node.escaped) refuse(node, "text that is not escaped");
    if (node.params.length === 0) refuse(node, "fields that no helper prints");
    return scope.print(call(node, scope));
  },
  BlockStatement(node, scope) {
    const { path, params, hash, program: body } = node;
    if (params.length !== 1 || hash !== undefined || body?.blockParams !== undefined)
      refuse(node, "blocks with anything but one argument");
    return visit(blocks, { ...node, type: path.original }, scope);
  },
  PartialStatement(node, scope) {
    const { name, params, hash, indent } = node;
    if (params.length > 1) refuse(node, "partials with more than one argument");
    const [given] = params;
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
  PathExpression(node, scope) {
    const { data, depth, parts, original } = node;
    if (!data) return member(contextAt(node, depth, scope), parts);
    const [first, ...others] = parts;
    if (first === "root" && depth === 0) return member("root", others);
    if (scope.loop === undefined || !loopFields.includes(original)) refuse(node, original);
    return member(scope.loop, parts);
  },
};

/** What `each` tells of an item. */
const loopFields = ["@index", "@key", "@first", "@last"];

const member = (code, names) =>
  [code, ...names.map((name) => `[${JSON.stringify(name)}]`)].join("?.");

/** The context to which as many `../` lead. */
function contextAt(node, depth, scope) {
  if (scope === undefined) refuse(node, node.original);
  return depth === 0 ? scope.context : contextAt(node, depth - 1, scope.outer);
}

function call(node, scope) {
  const { path, params, hash } = node;
  if (!/^[A-Za-z]+$/.test(path.original)) refuse(node, `helper ${path.original}`);
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
  return visitor === undefined ? refuse(node, node.type) : visitor(node, scope);
}

function refuse({ loc: { source, start } }, what) {
  throw new Error(`${source}:${start.line}:${start.column}: templates have no ${what}`);
}
