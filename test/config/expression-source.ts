import fc from "fast-check";

/** Sources of expressions of the subset, by the type of their value, with the names they may use. */
type Sources = Record<
  "number" | "text" | "truth" | "numbers" | "texts" | "object" | "expression",
  string
>;

const numberLiteral = fc.oneof(
  fc.integer({ min: -100, max: 100 }).map((value) => `(${String(value)})`),
  fc
    .double({ noNaN: true, noDefaultInfinity: true })
    .map((value) => `(${Object.is(value, -0) ? "-0" : String(value)})`),
  fc.constantFrom("1_000", "0x1f", "1e3", ".5", "NaN", "Infinity", "0b101"),
);

const textLiteral = fc.oneof(
  fc.string({ unit: "grapheme", maxLength: 6 }).map((value) => JSON.stringify(value)),
  fc.constantFrom('"a"', '""', '"$&"', "'12'", "`x`", '"\\u{1f600}"', '"A,b"'),
);

const template = (parts: readonly string[]) =>
  `\`<${parts.map((part) => `\${${part}}`).join("-")}>\``;

/** The same, one level deeper on every use. */
const { expression } = fc.letrec<Sources>((tie) => {
  const number = tie("number");
  const text = tie("text");
  const truth = tie("truth");
  const numbers = tie("numbers");
  const texts = tie("texts");
  const object = tie("object");
  const small = fc.integer({ min: -3, max: 9 }).map(String);
  const any = fc.oneof(
    number,
    text,
    truth,
    numbers,
    texts,
    object,
    fc.constant("undefined"),
    fc.constant("null"),
  );
  const primitive = fc.oneof(number, text, truth, fc.constant("undefined"), fc.constant("null"));
  const join = (...parts: (string | fc.Arbitrary<string>)[]) =>
    fc
      .tuple(...parts.map((part) => (typeof part === "string" ? fc.constant(part) : part)))
      .map((all) => all.join(""));
  const oneOf = (...options: fc.Arbitrary<string>[]) =>
    fc.oneof({ depthSize: "small", withCrossShrink: true }, ...options);
  const choose = (of: fc.Arbitrary<string>) => [
    join("(", truth, " ? ", of, " : ", of, ")"),
    join("(", of, " ?? ", of, ")"),
    join("(", of, " || ", of, ")"),
    join("(", of, " && ", of, ")"),
    join("((value) => value)(", of, ")"),
    join("(() => { const inner = ", of, "; return inner; })()"),
    join("(({ field = ", of, " }) => field)({})"),
    join("({ field: ", of, " }).field"),
    join("[", of, "][0]"),
    join("(", of, " as never)"),
  ];
  const ofTexts = (name: string, ...values: (string | fc.Arbitrary<string>)[]) =>
    join(text, `.${name}(`, ...values, ")");
  return {
    number: oneOf(
      numberLiteral,
      join("(", number, " ", fc.constantFrom("+", "-", "*", "/", "%", "**"), " ", number, ")"),
      join("(", primitive, " ", fc.constantFrom("-", "*", "/", "%"), " ", primitive, ")"),
      join("(", fc.constantFrom("-", "+"), "(", primitive, "))"),
      join(
        "Math.",
        fc.constantFrom("floor", "ceil", "round", "abs", "trunc", "sign"),
        "(",
        number,
        ")",
      ),
      join("Math.", fc.constantFrom("max", "min"), "(...", numbers, ", ", number, ")"),
      join("Number(", primitive, ")"),
      join(fc.oneof(text, texts, numbers), ".length"),
      ofTexts("indexOf", text),
      join(numbers, ".indexOf(", number, ")"),
      join(numbers, ".reduce((sum, each, index) => sum + each * index, ", number, ")"),
      join("Object.keys(", object, ").length"),
      ...choose(number),
    ),
    text: oneOf(
      textLiteral,
      join("(", text, " + ", primitive, ")"),
      join("(", primitive, " + ", text, ")"),
      fc.array(primitive, { minLength: 1, maxLength: 3 }).map(template),
      join("String(", primitive, ")"),
      join(
        text,
        ".",
        fc.constantFrom("toUpperCase", "toLowerCase", "trim", "trimStart", "trimEnd"),
        "()",
      ),
      ofTexts("slice", small, ", ", small),
      ofTexts("substring", small, ", ", small),
      ofTexts("concat", primitive, ", ", text),
      ofTexts("padStart", small, ", ", text),
      ofTexts("padEnd", small),
      ofTexts("repeat", fc.integer({ min: -1, max: 3 }).map(String)),
      ofTexts("replace", text, ", ", text),
      ofTexts("replaceAll", text, ", ", textLiteral),
      join("String(", text, ".at(", small, "))"),
      join(texts, ".join(", text, ")"),
      join(numbers, ".join()"),
      join("(", number, ").toFixed(", fc.integer({ min: 0, max: 3 }).map(String), ")"),
      ...choose(text),
    ),
    truth: oneOf(
      fc.constantFrom("true", "false"),
      join(
        "(",
        primitive,
        " ",
        fc.constantFrom("===", "!==", "<", ">", "<=", ">="),
        " ",
        primitive,
        ")",
      ),
      join("!", any),
      join(text, ".", fc.constantFrom("includes", "startsWith", "endsWith"), "(", text, ")"),
      join(numbers, ".includes(", number, ")"),
      join(numbers, ".", fc.constantFrom("some", "every"), "((each) => each > ", number, ")"),
      join("Array.isArray(", any, ")"),
      join("Number.", fc.constantFrom("isInteger", "isNaN"), "(", primitive, ")"),
      ...choose(truth),
    ),
    numbers: oneOf(
      fc.array(numberLiteral, { maxLength: 4 }).map((items) => `[${items.join(", ")}]`),
      join("[", number, ", ...", numbers, "]"),
      join(numbers, ".map((each, index) => each + index)"),
      join(numbers, ".filter((each) => each < ", number, ")"),
      join(numbers, ".concat(", numbers, ", ", number, ")"),
      join(numbers, ".slice(", small, ", ", small, ")"),
      join(numbers, ".toReversed()"),
      join(numbers, ".flatMap((each) => [each, ", number, "])"),
      join(
        "Array.from({ length: ",
        fc.integer({ min: 0, max: 4 }).map(String),
        " }, (_, index) => index * ",
        number,
        ")",
      ),
      join(texts, ".map((each) => each.length)"),
      join("(([, ...rest]) => rest)(", numbers, ")"),
      ...choose(numbers),
    ),
    texts: oneOf(
      fc.array(textLiteral, { maxLength: 3 }).map((items) => `[${items.join(", ")}]`),
      ofTexts("split", text),
      join("[...", text, "]"),
      join("Object.keys(", object, ")"),
      join(numbers, ".map(String)"),
      join(texts, ".map((each) => `<${each}>`)"),
      join(texts, ".filter(Boolean)"),
      join(texts, ".toSorted()"),
      ...choose(texts),
    ),
    object: oneOf(
      fc.constant("({})"),
      join("({ a: ", any, ", [`k${", primitive, "}`]: ", any, " })"),
      join("({ ...", fc.oneof(object, texts, text), ", b: ", any, " })"),
      join("Object.fromEntries(", texts, ".map((each, index) => [each, index]))"),
      join(
        "Object.fromEntries(Object.entries(",
        object,
        ").map(([key, value]) => [`_${key}`, value]))",
      ),
      join("(({ a, ...rest }) => ({ rest, a }))(", object, ")"),
      ...choose(object),
    ),
    expression: any,
  };
});

/** Source of an expression; the only key that differs from JavaScript on purpose is left out. */
export const expressionSource = expression.filter(
  (source) => source.length < 4_000 && !source.includes("__proto__"),
);
