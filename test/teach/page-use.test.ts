import type { Page } from "playwright-core";
import { beforeAll, describe, expect, test } from "vitest";
import { listCases } from "../../src/teach/cases.js";
import { browserForTests, lessonsPage } from "../support/browser.js";

const { open, problems } = browserForTests();
const network = `#c${String(listCases().findIndex(({ name }) => name === "04-network"))}`;
let html = "";

beforeAll(async () => {
  html = await lessonsPage();
});

/** What a reader cannot tell from its background: texts with less contrast than WCAG's 4.5 to 1. */
const poorContrast = (page: Page) =>
  page.evaluate<string[]>(`(() => {
    const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
    const over = (colours) => {
      for (const colour of colours) {
        canvas.fillStyle = colour;
        canvas.fillRect(0, 0, 1, 1);
      }
      return [...canvas.getImageData(0, 0, 1, 1).data].slice(0, 3);
    };
    const luminance = (rgb) => {
      const [r, g, b] = rgb.map((value) => {
        const part = value / 255;
        return part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
      });
      return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const backgrounds = (element) =>
      element === null
        ? []
        : [...backgrounds(element.parentElement), getComputedStyle(element).backgroundColor];
    const found = new Set();
    for (const element of document.querySelectorAll("body :not(script, svg *, option)")) {
      const hasText = [...element.childNodes].some(
        (node) => node.nodeType === Node.TEXT_NODE && node.data.trim() !== "",
      );
      if (!hasText || !element.checkVisibility()) continue;
      const behind = backgrounds(element);
      const { color } = getComputedStyle(element);
      const [dark, light] = [over(behind), over([...behind, color])]
        .map(luminance)
        .sort((one, other) => one - other);
      if ((light + 0.05) / (dark + 0.05) < 4.5)
        found.add(element.tagName + "." + element.className + " " + color);
    }
    return [...found];
  })()`);

describe.each(["light", "dark"] as const)("in a %s theme", (theme) => {
  test("all text is readable: of a lesson, while it is lit, and of a comparison", async () => {
    const page = await open(html, 1440, network, { reducedMotion: "reduce" });
    const background = () =>
      page.evaluate<string>("getComputedStyle(document.body).backgroundColor");
    await page.click(`[data-switch=theme] [value=${theme === "light" ? "dark" : "light"}]`);
    const other = await background();
    await page.click(`[data-switch=theme] [value=${theme}]`);
    expect(await background()).not.toBe(other);
    expect(await poorContrast(page)).toEqual([]);
    await page.click(".view.current .config [data-field=network]");
    expect(await poorContrast(page)).toEqual([]);
    await page.click(".view.current [data-compare]");
    await page.waitForSelector("#compare.current .difference");
    expect(await poorContrast(page)).toEqual([]);
    await page.close();
  });
});

test("a page follows the theme of its reader's system until one is chosen", async () => {
  const page = await open(html, 1440, network, { colorScheme: "dark" });
  const background = () => page.evaluate<string>("getComputedStyle(document.body).backgroundColor");
  const dark = await background();
  await page.emulateMedia({ colorScheme: "light" });
  expect(await background()).not.toBe(dark);
  await page.click("[data-switch=theme] [value=dark]");
  expect(await background()).toBe(dark);
  await page.close();
});

test("a lesson that is opened by its address is seen from the top, whose links tell which it is", async () => {
  const page = await open(html, 1440, network);
  await page.waitForLoadState("load");
  expect(await page.evaluate("scrollY")).toBe(0);
  expect(await page.locator(".contents [aria-current]").getAttribute("href")).toBe(network);
  await page.close();
});

test("Tab goes from the link to the content to the end, and shows where it is", async () => {
  const page = await open(html, 1440);
  const focused = () =>
    page.evaluate<{ name: string; visible: boolean; end: boolean }>(`(() => {
      const element = document.activeElement;
      const stops = [...document.querySelectorAll(".view.current summary")];
      return {
        name: element.getAttribute("href") ?? element.className,
        visible: getComputedStyle(element).outlineStyle !== "none" && element.checkVisibility(),
        end: element === stops.at(-1),
      };
    })()`);
  await page.keyboard.press("Tab");
  expect((await focused()).name).toBe("#main");
  await page.keyboard.press("Enter");
  expect(await page.evaluate("document.activeElement.id")).toBe("main");
  await page.keyboard.press("Tab");
  let stops = 0;
  while (!(await focused()).end) {
    expect(await focused(), String(stops)).toMatchObject({ visible: true });
    await page.keyboard.press("Tab");
    stops += 1;
    expect(stops).toBeLessThan(200);
  }
  expect(stops).toBeGreaterThan(10);
  expect(
    await page
      .locator("button, select, nav, [role=group], svg, .view")
      .evaluateAll((elements) =>
        elements
          .filter(
            (element) =>
              !element.hasAttribute("aria-labelledby") &&
              element.closest("label") === null &&
              element.textContent.trim() === "",
          )
          .map(({ outerHTML }) => outerHTML),
      ),
  ).toEqual([]);
  await page.close();
});

test("what is pointed at, has the focus or is tapped tells its steps, also where they are out of sight", async () => {
  const page = await open(html, 390, network, { hasTouch: true });
  const trail = page.locator("#trail");
  const field = page.locator(".view.current .config [data-field=network]").first();
  await field.hover();
  const told = await trail.locator(".chip").count();
  expect(told).toBeGreaterThan(3);
  await page.hover("h3.rule >> visible=true");
  expect(await trail.isVisible()).toBe(false);
  await field.focus();
  expect(await trail.isVisible()).toBe(true);
  await page.locator(".view.current summary").first().focus();
  expect(await trail.isVisible()).toBe(false);
  await field.tap();
  expect(await field.getAttribute("aria-pressed")).toBe("true");
  await trail.locator(".chip").last().tap();
  const last = page.locator(".view.current .step.lit").last();
  await last.waitFor({ state: "visible" });
  expect(await last.evaluate((step) => step === document.activeElement)).toBe(true);
  await page.locator("#release").tap();
  expect(await field.getAttribute("aria-pressed")).toBe("false");
  await page.close();
});

test("any two lessons are compared, both ways", async () => {
  const page = await open(html, 1440, "#compare");
  const last = listCases().length - 1;
  await page.selectOption("#before", "0");
  await page.selectOption("#after", String(last));
  const badges = (kind: string) => page.locator(`.difference .badge.${kind}`).count();
  const [added, removed] = [await badges("added"), await badges("removed")];
  expect(added).toBeGreaterThan(0);
  await page.selectOption("#before", String(last));
  await page.selectOption("#after", "0");
  expect([await badges("removed"), await badges("added")]).toEqual([added, removed]);
  await page.selectOption("#before", "0");
  expect(await page.locator("#differences .difference").count()).toBe(0);
  await page.close();
});

test("on paper: black on white whatever the theme, all explanations, nothing cut off, no controls", async () => {
  const page = await open(html, 1440, network, { colorScheme: "dark" });
  await page.click("[data-switch=theme] [value=dark]");
  expect((await page.pdf({ format: "A4" })).length).toBeGreaterThan(10_000);
  await page.setViewportSize({ width: 680, height: 900 });
  await page.emulateMedia({ media: "print" });
  const [colour, background, closed, cut, controls] = await page.evaluate<
    [string, string, number, string[], number]
  >(`[
    getComputedStyle(document.body).color,
    getComputedStyle(document.body).backgroundColor,
    document.querySelectorAll(".view.current details:not([open])").length,
    [...document.querySelectorAll(".view.current *")]
      .filter((each) => each.checkVisibility() && each.scrollWidth > each.clientWidth + 1)
      .filter((each) => getComputedStyle(each).overflowX !== "visible" && each.clientWidth > 1)
      .map((each) => each.outerHTML.slice(0, 80)),
    [...document.querySelectorAll(".switches, .contents, .trail, .action")]
      .filter((each) => each.checkVisibility()).length,
  ]`);
  expect([colour, background]).toEqual(["rgb(0, 0, 0)", "rgb(255, 255, 255)"]);
  expect(closed).toBe(0);
  expect(cut).toEqual([]);
  expect(controls).toBe(0);
  await page.close();
});

test("without scripts, all lessons stand below each other, without controls", async () => {
  const page = await open(html, 1440, "", { javaScriptEnabled: false });
  for (const view of await page.locator(".view:not(#compare)").all())
    expect(await view.isVisible()).toBe(true);
  expect(await page.locator(".script-only >> visible=true").count()).toBe(0);
  await page.close();
});

test("a page can load nothing and run nothing but its own script", async () => {
  const page = await open(html, 1440);
  const policy = await page
    .locator("meta[http-equiv=Content-Security-Policy]")
    .getAttribute("content");
  expect(policy).toMatch(
    /^default-src 'none'; style-src 'sha256-[^' ]+'; script-src 'sha256-[^' ]+';/,
  );
  expect(html).not.toMatch(/<[^>]+ (?:src|srcset|style|on\w+)=/);
  expect(problems).toEqual([]);
  await page.evaluate(`new Promise((resolve) => {
    const image = new Image();
    image.onerror = resolve;
    image.src = "icon.png";
  })`);
  expect(problems.splice(0)).toContainEqual(
    expect.stringMatching(/icon.png' violates the following Content Security Policy/),
  );
  await page.close();
});
