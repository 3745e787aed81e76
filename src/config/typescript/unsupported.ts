import { isParameterName } from "../../model/value.js";
import { type Syntax, ts } from "./compiler.js";
import { type Advice, advice } from "./failure.js";

const loop = advice(
  ["a loop", "循环"],
  [
    "write Array.from({ length }, (_, index) => …) or map",
    "请改用 Array.from({ length }, (_, index) => …) 或 map",
  ],
);

const assignment = advice(
  ["an assignment", "赋值"],
  [
    "give the new value a const of its own, or build it with map, reduce or spread",
    "请用新的 const 保存新值，或用 map、reduce、展开运算来构造",
  ],
);

const classDeclaration = advice(
  ["a class", "class"],
  ["write a const object, or a function that returns one", "请写成 const 对象，或返回对象的函数"],
);

const accessor = advice(
  ["a getter or setter", "getter 或 setter"],
  ["write the value as an ordinary property", "请写成普通属性"],
);

const exception = advice(
  ["exception handling", "异常处理"],
  ["leave it out: whatever is wrong in a config is reported", "请删去：配置中的错误都会报告"],
);

const branch = (construct: string) =>
  advice(
    [`\`${construct}\``, `\`${construct}\``],
    ["write a conditional expression: condition ? … : …", "请改用条件表达式：condition ? … : …"],
  );

const asynchronous = (construct: string) =>
  advice(
    [`\`${construct}\``, `\`${construct}\``],
    ["write the value itself: nothing can be awaited", "请直接写出值：配置中没有可等待的操作"],
  );

const typeMachinery = advice(
  ["a computed type", "类型运算"],
  ["write the type out, or leave it to be inferred", "请写出具体类型，或交给类型推断"],
);

const ambient = advice(
  ["a declaration without a value", "没有值的声明"],
  ["import the value from the config file that has it", "请从定义它的配置文件导入"],
);

export const generatorAdvice = advice(
  ["a generator", "生成器"],
  [
    "write Array.from({ length }, (_, index) => …)",
    "请改用 Array.from({ length }, (_, index) => …)",
  ],
);

const { SyntaxKind } = ts;

/** What to say about the constructs people are likely to write. */
const table = new Map<Syntax.SyntaxKind, Advice>([
  [SyntaxKind.ForStatement, loop],
  [SyntaxKind.ForInStatement, loop],
  [SyntaxKind.ForOfStatement, loop],
  [SyntaxKind.WhileStatement, loop],
  [SyntaxKind.DoStatement, loop],
  [SyntaxKind.IfStatement, branch("if")],
  [SyntaxKind.SwitchStatement, branch("switch")],
  [SyntaxKind.TryStatement, exception],
  [SyntaxKind.ThrowStatement, exception],
  [SyntaxKind.ClassDeclaration, classDeclaration],
  [SyntaxKind.ClassExpression, classDeclaration],
  [SyntaxKind.Decorator, classDeclaration],
  [SyntaxKind.ThisKeyword, classDeclaration],
  [SyntaxKind.SuperKeyword, classDeclaration],
  [SyntaxKind.GetAccessor, accessor],
  [SyntaxKind.SetAccessor, accessor],
  [
    SyntaxKind.MethodDeclaration,
    advice(
      ["a method", "方法"],
      [
        "write a property with an arrow function: name: () => …",
        "请写成箭头函数属性：name: () => …",
      ],
    ),
  ],
  [
    SyntaxKind.FunctionExpression,
    advice(
      ["a function expression", "函数表达式"],
      ["write an arrow function: (…) => …", "请改用箭头函数：(…) => …"],
    ),
  ],
  [
    SyntaxKind.NewExpression,
    advice(
      ["`new`", "`new`"],
      ["write a literal: { … }, [ … ] or text", "请写成字面量：{ … }、[ … ] 或文本"],
    ),
  ],
  [SyntaxKind.AwaitExpression, asynchronous("await")],
  [SyntaxKind.AsyncKeyword, asynchronous("async")],
  [
    SyntaxKind.YieldExpression,
    advice(
      ["a generator", "生成器"],
      [
        "write Array.from({ length }, (_, index) => …)",
        "请改用 Array.from({ length }, (_, index) => …)",
      ],
    ),
  ],
  [
    SyntaxKind.DeleteExpression,
    advice(
      ["`delete`", "`delete`"],
      [
        "take the rest: const { unwanted, ...rest } = object",
        "请取其余部分：const { unwanted, ...rest } = object",
      ],
    ),
  ],
  [
    SyntaxKind.RegularExpressionLiteral,
    advice(
      ["a regular expression", "正则表达式"],
      [
        "use startsWith, endsWith, includes, split or replaceAll with a string",
        "请用 startsWith、endsWith、includes、split 或 replaceAll，并传入字符串",
      ],
    ),
  ],
  [
    SyntaxKind.BigIntLiteral,
    advice(
      ["a bigint", "bigint"],
      ["write it as a number, without the n", "请写成普通数字，去掉 n"],
    ),
  ],
  [
    SyntaxKind.OmittedExpression,
    advice(["a hole in an array", "数组空位"], ["write undefined", "请写 undefined"]),
  ],
  [
    SyntaxKind.TypeOfExpression,
    advice(
      ["`typeof`", "`typeof`"],
      [
        "the types of a config are known; decide by a const",
        "配置中的类型是已知的；请用 const 来判断",
      ],
    ),
  ],
  [
    SyntaxKind.ExpressionStatement,
    advice(
      ["a statement that only has an effect", "只有副作用的语句"],
      ["remove it, or keep its value with const", "请删去，或用 const 保存它的值"],
    ),
  ],
  [SyntaxKind.PostfixUnaryExpression, assignment],
  [SyntaxKind.ModuleDeclaration, ambient],
  [SyntaxKind.DeclareKeyword, ambient],
  [SyntaxKind.ConditionalType, typeMachinery],
  [SyntaxKind.MappedType, typeMachinery],
  [SyntaxKind.InferType, typeMachinery],
  [SyntaxKind.TemplateLiteralType, typeMachinery],
  [SyntaxKind.TypeParameter, typeMachinery],
  [
    SyntaxKind.ImportEqualsDeclaration,
    advice(["`import =`", "`import =`"], ["write import { … } from …", "请写 import { … } from …"]),
  ],
  [
    SyntaxKind.MetaProperty,
    advice(
      ["`import.meta`", "`import.meta`"],
      ["write the path or value itself", "请直接写出路径或值"],
    ),
  ],
]);

/** What to say about a construct that has no visitor. */
export function adviceFor(node: Syntax.Node): Advice {
  const known = table.get(node.kind);
  if (known !== undefined) return known;
  const name = `\`${node.getText().split("\n", 1)[0]?.slice(0, 30) ?? ""}\``;
  return advice(
    [name, name],
    [
      "a config is made of consts, literals, arrow functions and calls of param, text and defineContainer",
      "配置由 const、字面量、箭头函数以及对 param、text、defineContainer 的调用组成",
    ],
  );
}

export const assignmentAdvice = assignment;

/** `let x` and `var x`. */
export function variableAdvice(keyword: string): Advice {
  return advice([`\`${keyword}\``, `\`${keyword}\``], ["write const", "请改用 const"]);
}

export const dynamicImportAdvice = advice(
  ["`import(…)`", "`import(…)`"],
  ["write an import declaration at the top of the file", "请在文件开头写 import 声明"],
);

export const sideEffectImportAdvice = advice(
  ["an import for its effects", "只为副作用的导入"],
  ["name what is imported: import { … } from …", "请写明导入的名称：import { … } from …"],
);

export const looseEqualityAdvice = (operator: string) =>
  advice([`\`${operator}\``, `\`${operator}\``], [`write ${operator}=`, `请写 ${operator}=`]);

export const prototypeAdvice = advice(
  ["the key `__proto__`", "键 `__proto__`"],
  ["choose another name", "请换一个名称"],
);

const fromParameter = advice(
  ["a value from outside the config", "来自配置之外的值"],
  [
    'declare a parameter: param.text("NAME", { default: "…" })',
    '请声明参数：param.text("NAME", { default: "…" })',
  ],
);

const notRepeatable = (name: string) =>
  advice(
    [`\`${name}\`, which differs from run to run,`, `每次结果都不同的 \`${name}\``],
    [
      'write the value itself, or declare a parameter: param.text("NAME", { default: "…" })',
      '请直接写出值，或声明参数：param.text("NAME", { default: "…" })',
    ],
  );

const noCode = (name: string) =>
  advice(
    [`\`${name}\``, `\`${name}\``],
    ["remove it: a config is never executed", "请删去：配置从不执行"],
  );

const otherImport = (name: string) =>
  advice(
    [`\`${name}\``, `\`${name}\``],
    [
      'write import { … } from "cooper" or from another .ts config',
      '请写 import { … } from "cooper"，或从其他 .ts 配置导入',
    ],
  );

/** What to say about the names JavaScript or Node would know. */
const globals = new Map<string, Advice>([
  ["process", fromParameter],
  ["globalThis", fromParameter],
  ["Bun", fromParameter],
  ["Deno", fromParameter],
  ["fetch", fromParameter],
  ["Date", notRepeatable("Date")],
  ["crypto", notRepeatable("crypto")],
  ["performance", notRepeatable("performance")],
  ["require", otherImport("require")],
  ["module", otherImport("module")],
  ["exports", otherImport("exports")],
  ["eval", noCode("eval")],
  ["Function", noCode("Function")],
  ["console", noCode("console")],
  [
    "arguments",
    advice(
      ["`arguments`", "`arguments`"],
      ["name the parameters, or write ...rest", "请写出参数名，或用 ...rest"],
    ),
  ],
  ...["Map", "Set", "WeakMap", "WeakSet"].map(
    (name) =>
      [
        name,
        advice(
          [`\`${name}\``, `\`${name}\``],
          ["write an object or an array literal", "请写成对象或数组字面量"],
        ),
      ] as const,
  ),
]);

/** The advice for a name that only exists where code runs. */
export function globalAdvice(identifier: Syntax.Identifier): Advice | undefined {
  const { parent } = identifier;
  // `process.env.ROOTFS` can be answered with the very parameter to write.
  if (
    identifier.text === "process" &&
    ts.isPropertyAccessExpression(parent) &&
    parent.name.text === "env"
  ) {
    const access = parent.parent;
    const variable =
      ts.isPropertyAccessExpression(access) && access.expression === parent
        ? access.name.text
        : ts.isElementAccessExpression(access) &&
            access.expression === parent &&
            ts.isStringLiteralLike(access.argumentExpression)
          ? access.argumentExpression.text
          : "NAME";
    const name = isParameterName(variable) ? variable : "NAME";
    return advice(
      ["`process.env`", "`process.env`"],
      [
        `declare a parameter: param.text("${name}", { default: "…" })`,
        `请声明参数：param.text("${name}", { default: "…" })`,
      ],
    );
  }
  return globals.get(identifier.text);
}

/** Mutating or unavailable methods and what does the same. */
const methods: Readonly<Record<string, readonly [en: string, zh: string]>> = {
  sort: ["write toSorted(…)", "请改用 toSorted(…)"],
  reverse: ["write toReversed()", "请改用 toReversed()"],
  push: ["write [...array, value]", "请写 [...array, value]"],
  unshift: ["write [value, ...array]", "请写 [value, ...array]"],
  pop: ["write slice(0, -1)", "请改用 slice(0, -1)"],
  shift: ["write slice(1)", "请改用 slice(1)"],
  splice: ["write filter or slice", "请改用 filter 或 slice"],
  forEach: ["write map", "请改用 map"],
  keys: ["write map((_, index) => …)", "请改用 map((_, index) => …)"],
  entries: ["write map((value, index) => …)", "请改用 map((value, index) => …)"],
  random: ["write the number itself", "请直接写出数字"],
  match: ["use includes or split", "请改用 includes 或 split"],
  matchAll: ["use split", "请改用 split"],
  substr: ["write slice", "请改用 slice"],
};

/** What to say about a method of JavaScript that has no place in a config. */
export function methodAdvice(name: string, known: readonly string[]): Advice {
  const last = name.slice(name.lastIndexOf(".") + 1);
  const special = Object.hasOwn(methods, last) ? methods[last] : undefined;
  return advice(
    [`\`${name}\``, `\`${name}\``],
    special ?? [`what can be read here: ${known.join(", ")}`, `此处可用：${known.join("、")}`],
  );
}
