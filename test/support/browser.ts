import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { type Browser, type BrowserContextOptions, chromium, type Page } from "playwright-core";
import { afterAll, beforeAll, expect } from "vitest";
import { readDescription } from "../../src/config/index.js";
import { listCases } from "../../src/teach/cases.js";
import { lessons } from "../../src/teach/lessons/index.js";
import { readObservations } from "../../src/teach/lessons/observations.js";
import { buildPage } from "../../src/teach/page/page.js";
import { renderPage } from "../../src/teach/page/render.js";

const executable = "/usr/bin/chromium";

/** A Chromium for the tests of a file, and what its pages did that they must not do. */
export function browserForTests() {
  const directory = mkdtempSync(path.join(tmpdir(), "cooper-page-"));
  const problems: string[] = [];
  let browser: Browser;

  beforeAll(async () => {
    expect(existsSync(executable), "chromium is installed by scripts/setup").toBe(true);
    browser = await chromium.launch({ executablePath: executable, args: ["--no-sandbox"] });
  });

  afterAll(async () => {
    await browser.close();
    rmSync(directory, { recursive: true });
  });

  /** Opens a page, and notes every message, error and request of it. */
  async function open(
    html: string,
    width: number,
    hash = "",
    options: BrowserContextOptions = {},
  ): Promise<Page> {
    const file = path.join(directory, "page.html");
    writeFileSync(file, html);
    const page = await browser.newPage({ viewport: { width, height: 900 }, ...options });
    page.on("console", (message) => problems.push(message.text()));
    page.on("pageerror", ({ message }) => problems.push(message));
    page.on("dialog", (dialog) => problems.push(dialog.message()));
    page.on("request", (request) => {
      if (request.url().split("#")[0] !== pathToFileURL(file).href) problems.push(request.url());
    });
    await page.goto(`${pathToFileURL(file).href}${hash}`);
    return page;
  }

  return { open, problems };
}

/** The page of all lessons. */
export async function lessonsPage(): Promise<string> {
  const subjects = await Promise.all(
    listCases().map(async ({ name, config }) => {
      const lesson = lessons.find((each) => each.name === name);
      const observations = lesson && readObservations(name);
      return { name, described: await readDescription(config), lesson, observations };
    }),
  );
  return renderPage(buildPage(subjects, { language: "en" }));
}
