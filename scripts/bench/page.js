// How large the page of all lessons is, and how soon after opening it somebody can use it, against what it may be.
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";
import { median, plainEnvironment, row } from "./support/measure.js";

export const title = "Page: all lessons, in Chromium";
export const needsRoot = false;
export const tools = ["chromium"];

const root = path.join(import.meta.dirname, "../..");
const rounds = 11;
const largest = 1_500_000;
const longest = 1_000;

/** Milliseconds from opening a page until it has answered a click. */
async function untilUsed(browser, address) {
  const page = await browser.newPage();
  const begin = performance.now();
  await page.goto(address, { waitUntil: "commit" });
  await page.click("[data-switch=language] [value=zh]");
  await page.waitForFunction(() => document.documentElement.lang.startsWith("zh"));
  const end = performance.now();
  await page.close();
  return end - begin;
}

export async function measure() {
  const directory = mkdtempSync(path.join(tmpdir(), "cooper-bench-"));
  const browser = await chromium.launch({
    executablePath: "/usr/bin/chromium",
    args: ["--no-sandbox"],
  });
  try {
    const file = path.join(directory, "lessons.html");
    const args = [path.join(root, "dist/cli.cjs"), "page", "--output", file];
    execFileSync(process.execPath, args, { env: plainEnvironment, stdio: "ignore" });
    const times = [];
    for (let round = 0; round < rounds; round += 1)
      times.push(await untilUsed(browser, pathToFileURL(file).href));
    const size = statSync(file).size / 1000;
    return [
      row("size", "KB", ["the page", size], ["largest wanted", largest / 1000], 1),
      row("until a click is answered", "ms", ["the page", median(times)], ["longest", longest], 1),
    ];
  } finally {
    await browser.close();
    rmSync(directory, { recursive: true });
  }
}
