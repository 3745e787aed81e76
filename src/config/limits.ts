import type { Translated } from "../model/language.js";

/**
 * How much a config may ask for. Real configs stay far below every one of these; they are there so that
 * reading a stranger's config always ends soon and in little memory.
 */
export const limits = {
  /** Bytes of one file. */
  fileBytes: 262_144,
  /** Files of one config, imported ones included. */
  files: 64,
  /** Evaluated expressions; producing array elements and long strings counts too. */
  steps: 1_000_000,
  /** Expressions and calls inside one another. */
  depth: 400,
  /** Elements of one array or keys of one object. */
  elements: 10_000,
  /** UTF-16 units of one string: the longest argument Linux passes to a program (MAX_ARG_STRLEN). */
  characters: 131_072,
  /** Values in the finished container, each counted as often as it appears. */
  values: 100_000,
  /** Objects and arrays inside one another in the finished container. */
  nesting: 64,
  /** Types and symbols the type checker may make. */
  types: 50_000,
  /** How long it may take, for what takes time without making types. */
  typeMilliseconds: 5_000,
} as const;

// Not toLocaleString: loading the locale data would take 10 ms.
const grouped = (limit: number) => String(limit).replace(/\B(?=(?:\d{3})+$)/g, ",");

/** The limits in words, for `config-limit`. */
export const limitTexts = {
  fileBytes: {
    en: `a config file may have at most ${grouped(limits.fileBytes)} bytes`,
    zh: `配置文件最多 ${grouped(limits.fileBytes)} 字节`,
  },
  files: {
    en: `a config may consist of at most ${grouped(limits.files)} files`,
    zh: `一个配置最多由 ${grouped(limits.files)} 个文件组成`,
  },
  steps: {
    en: `evaluating it may take at most ${grouped(limits.steps)} steps`,
    zh: `求值最多 ${grouped(limits.steps)} 步`,
  },
  depth: {
    en: `expressions and calls may be nested at most ${grouped(limits.depth)} deep`,
    zh: `表达式和函数调用最多嵌套 ${grouped(limits.depth)} 层`,
  },
  elements: {
    en: `an array or object may have at most ${grouped(limits.elements)} elements`,
    zh: `数组或对象最多 ${grouped(limits.elements)} 个元素`,
  },
  characters: {
    en: `a string may have at most ${grouped(limits.characters)} characters`,
    zh: `字符串最多 ${grouped(limits.characters)} 个字符`,
  },
  values: {
    en: `a container may have at most ${grouped(limits.values)} values`,
    zh: `一个容器最多包含 ${grouped(limits.values)} 个值`,
  },
  nesting: {
    en: `a container may be nested at most ${grouped(limits.nesting)} levels deep`,
    zh: `容器的数据最多嵌套 ${grouped(limits.nesting)} 层`,
  },
  types: {
    en: `checking its types may make at most ${grouped(limits.types)} types and take ${limits.typeMilliseconds / 1000} seconds; write fewer conditions and spreads`,
    zh: `类型检查最多产生 ${grouped(limits.types)} 个类型，最长 ${limits.typeMilliseconds / 1000} 秒；请减少条件和展开`,
  },
} as const satisfies Partial<Record<keyof typeof limits, Translated>>;
