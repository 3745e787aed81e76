import { describe, expect, test } from "vitest";
import { parseContainer } from "../../src/index.js";
import { listCases } from "../../src/teach/cases.js";
import { lessons } from "../../src/teach/lessons/index.js";
import { fieldsOfLines } from "../../src/teach/page/config-fields.js";
import { highlight } from "../../src/teach/page/highlight.js";
import { buildPage } from "../../src/teach/page/page.js";
import { embeddedJson, pageHelpers, renderPage } from "../../src/teach/page/render.js";
import { browserForTests, lessonsPage } from "../support/browser.js";
import { ofType, pathName, templateFiles } from "../support/template-files.js";

const { open, problems } = browserForTests();

test("all lessons: linked, compared, in both languages, by keyboard, on a phone", async () => {
  const html = await lessonsPage();
  expect(Buffer.byteLength(html)).toBeLessThan(1_500_000);
  const index = listCases().findIndex(({ name }) => name === "04-network");
  const page = await open(html, 1440, `#c${String(index)}`);
  const lit = page.locator(".view.current .step.lit");

  await page.hover(".view.current .config [data-field=network]");
  expect(await lit.count()).toBeGreaterThan(3);
  const causes = await lit.evaluateAll((steps) =>
    steps.map((step) => step.getAttribute("data-field")),
  );
  for (const cause of causes) expect(cause).toMatch(/^network/);

  const first = page.locator(".view.current .config .rows [tabindex='0']");
  await first.focus();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  expect(await page.locator("[aria-pressed=true][data-field]").count()).toBe(1);
  expect(await page.locator("#trail").isVisible()).toBe(true);
  await page.keyboard.press("Escape");
  expect(await page.locator("#trail").isVisible()).toBe(false);

  await page.click("[data-switch=language] [value=zh]");
  expect(await page.getAttribute("html", "lang")).toBe("zh-CN");
  expect(await page.locator(".view.current h2").innerText()).toBe(
    lessons.find(({ name }) => name === "04-network")?.title.zh,
  );

  await page.click(".view.current [data-compare]");
  await page.waitForSelector("#compare.current .difference");
  expect(await page.locator("#differences .badge.added").count()).toBeGreaterThan(3);
  const added = page.locator("#differences .added .hidden");
  expect(await added.count()).toBeGreaterThan(3);
  await page.click("#swap");
  expect(await page.locator("#differences .difference .badge.removed").count()).toBeGreaterThan(3);

  await page.setViewportSize({ width: 390, height: 844 });
  for (const each of ["#compare", ...listCases().map((_, at) => `#c${String(at)}`)]) {
    await page.goto(page.url().replace(/#.*/, each));
    const overflow = await page.evaluate("document.documentElement.scrollWidth - innerWidth");
    expect(overflow, each).toBeLessThanOrEqual(0);
  }
  expect(problems).toEqual([]);
  await page.close();
});

test("hostile values are only text", async () => {
  const hostile = `</script><script>alert(1)</script><img src=x onerror=alert(2)>"'\u2028{{x}}`;
  const described = parseContainer({ privileged: true, process: { args: ["/bin/echo", hostile] } });
  const subjects = [hostile, `${hostile} 2`].map((name) => ({ name, described }));
  const page = await open(renderPage(buildPage(subjects, { language: "en", compare: true })), 900);
  expect(await page.locator("img").count()).toBe(0);
  expect(await page.locator("script").count()).toBe(2);
  expect(await page.textContent("#c0 .config")).toContain("onerror=alert(2)");
  expect(problems).toEqual([]);
  await page.close();
});

test("embedded JSON is the same data", () => {
  const data = ["</script>", "<!--", "\u2028\u2029", "&"];
  expect(embeddedJson(data)).not.toMatch(/[<>&\u2028\u2029]/);
  expect(JSON.parse(embeddedJson(data))).toEqual(data);
});

test("a line of a config is about the field that begins in it", () => {
  const lines = [
    'const name = param.name("NAME");',
    "export default defineContainer({",
    "  hostname: name,",
    "  network: {",
    '    mode: "bridge",',
    "  },",
    "});",
  ];
  expect(fieldsOfLines(lines)).toEqual([
    ["hostname"],
    [],
    ["hostname"],
    ["network"],
    ["network.mode"],
    ["network"],
    [],
  ]);
});

test("every coloured line is complete", () => {
  const lines = highlight(["cat <<'END'", "<b>", "END", "x='a", "b'"], "bash").map(
    ({ html }) => html,
  );
  expect(lines).toHaveLength(5);
  for (const line of lines)
    expect(line.match(/<span/g)?.length ?? 0).toBe(line.match(/<\/span>/g)?.length ?? 0);
  expect(lines.join("")).not.toContain("<b>");
});

describe("templates", () => {
  test.each(templateFiles().filter(({ name }) => name.startsWith("page/")))(
    "$name",
    ({ nodes }) => {
      for (const node of ofType<hbs.AST.MustacheStatement>(nodes, "MustacheStatement")) {
        expect(Object.keys(pageHelpers)).toContain(pathName(node.path));
        expect(node.escaped).toBe(true);
      }
    },
  );

  test("markup is printed only when it is made as such", () => {
    expect(() => pageHelpers.markup("<b>")).toThrow(TypeError);
  });
});
