declare global {
  /** `import()` of the script that starts the command line; see src/cli/start.cjs. */
  var cooperImport: ((specifier: string) => Promise<unknown>) | undefined;
}

/** Loads an ES module when it is needed; code from V8's code cache cannot call `import()` itself. */
export async function loadModule(specifier: string): Promise<unknown> {
  return globalThis.cooperImport?.(specifier) ?? import(specifier);
}
