import { expect, test } from "vitest";
import { parseContainer } from "../../src/model/spec/parse.js";
import { buildPage } from "../../src/teach/page/page.js";
import { renderPage } from "../../src/teach/page/render.js";
import { browserForTests } from "../support/browser.js";

const { open, problems } = browserForTests();

test("a container without a lesson begins with its plan, whose links lead to the steps", async () => {
  const subjects = ["one", "two"].map((name) => ({ name, described: parseContainer({ name }) }));
  const html = renderPage(buildPage(subjects, { language: "en", compare: true }));
  const page = await open(html, 1440, "#c0");
  const links = page.locator("#c0 .outline a");
  const titles = await page.locator("#c0 .step h5").allInnerTexts();
  expect(titles.length).toBeGreaterThan(10);
  expect(await links.allInnerTexts()).toEqual(titles);

  const top = (place: string) =>
    page.evaluate<number>(`document.querySelector("${place}").getBoundingClientRect().top`);
  await links.nth(6).click();
  expect(await top("#c0-s7")).toBeLessThan(100);

  // Also of a container that is not shown.
  await page.evaluate('location.hash = "#c1-s5"');
  await page.waitForSelector("#c1.current");
  expect(await page.locator("#c0").isVisible()).toBe(false);
  expect(await top("#c1-s5")).toBeLessThan(100);
  expect(problems).toEqual([]);
  await page.close();
});
