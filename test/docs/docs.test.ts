import { expect, test } from "vitest";
import { chinese } from "../support/chinese.js";
import { repository, templateFiles } from "../support/template-files.js";
import { generatedPages, writePages } from "./generate.js";

test("the generated pages are up to date: node scripts/docs.js", async () => {
  expect(await writePages(repository, true)).toEqual([]);
});

test("every field and every command is explained in both languages", async () => {
  const pages = await generatedPages();
  const rows = (name: string) =>
    (pages.get(name) ?? "").split("\n").filter((line) => line.startsWith("- `"));
  expect(rows("zh/config.md").length).toBe(rows("en/config.md").length);
  expect(rows("en/config.md").length).toBeGreaterThan(50);
  for (const row of rows("zh/config.md")) expect(row).toMatch(chinese);
  for (const name of ["en/config.md", "en/cli.md", "en/steps.md"])
    expect(pages.get(name)).not.toMatch(chinese);
  expect(pages.get("zh/cli.md")?.match(/^用法：/gm)?.length).toBe(
    pages.get("en/cli.md")?.match(/^Usage:/gm)?.length,
  );
});

test("every kind of step is in the reference", async () => {
  const pages = await generatedPages();
  const kinds = templateFiles()
    .filter(({ name }) => name.startsWith("steps/"))
    .map(({ name }) => name.slice("steps/".length, -".sh".length))
    .sort();
  for (const language of ["en", "zh"]) {
    const headings = (pages.get(`${language}/steps.md`) ?? "").matchAll(/^## (.*)$/gm);
    expect(Array.from(headings, ([, kind]) => kind).sort()).toEqual(kinds);
  }
});
