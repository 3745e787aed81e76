"use strict";
// The page's only script: choosing what is shown, lighting up what belongs together, and comparing. The document has
// all texts already; nothing is made of strings of HTML, and nothing is loaded.
(() => {
  const root = document.documentElement;
  const data = JSON.parse(document.getElementById("data").textContent);
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const byId = (id) => document.getElementById(id);

  function make(name, className, ...content) {
    const element = document.createElement(name);
    if (className !== "") element.className = className;
    element.append(...content);
    return element;
  }

  /** A word in both languages; the style sheet shows one of them. */
  function word(name, count = "") {
    const both = document.createDocumentFragment();
    for (const [key, tag] of [
      ["en", "en"],
      ["zh", "zh-CN"],
    ]) {
      const part = make("span", "", data.words[name][key].replace("#", count));
      part.lang = tag;
      both.append(part);
    }
    return both;
  }

  // What a reader chose is kept where the browser allows it; from a file it may not.
  function remembered(name) {
    try {
      return localStorage.getItem(`cooper-${name}`);
    } catch {
      return null;
    }
  }
  function remember(name, value) {
    try {
      localStorage.setItem(`cooper-${name}`, value);
    } catch {
      // Then the choice holds until the page is closed.
    }
  }

  for (const group of all("[data-switch]")) {
    const name = group.dataset.switch;
    const buttons = all("button", group);
    group.setAttribute("aria-labelledby", `${name}-label`);
    group.firstElementChild.id = `${name}-label`;
    const choose = (value) => {
      root.dataset[name] = value;
      if (name === "language") root.lang = value === "zh" ? "zh-CN" : "en";
      for (const button of buttons)
        button.setAttribute("aria-pressed", String(button.value === value));
      setTitle();
    };
    for (const button of buttons)
      button.addEventListener("click", () => {
        remember(name, button.value);
        choose(button.value);
      });
    const before = remembered(name);
    choose(buttons.some(({ value }) => value === before) ? before : root.dataset[name]);
  }

  // One view at a time: the address says which.
  function setTitle() {
    const heading = document.querySelector(`.view.current h2 [lang="${root.lang}"]`);
    document.title = heading === null ? "Cooper" : `${heading.textContent} · Cooper`;
  }

  function show(id, focus) {
    const view = all(".view").find((each) => each.id === id) ?? byId(root.dataset.start);
    const same = view.classList.contains("current");
    for (const each of all(".view")) each.classList.toggle("current", each === view);
    for (const link of all(".contents a")) {
      if (link.hash === `#${view.id}`) {
        link.setAttribute("aria-current", "page");
        if (focus) link.scrollIntoView({ block: "nearest", inline: "center" });
      } else link.removeAttribute("aria-current");
    }
    if (!same) release();
    if (focus && !same) {
      scrollTo(0, 0);
      view.querySelector("h2").focus({ preventScroll: true });
    }
    setTitle();
  }

  // Linked columns. A field belongs to a step when it caused it, or one of the two contains the other.
  let pinned = null;
  const trail = byId("trail");
  const fieldsOf = (element) => element.dataset.field.split(" ");
  const related = (one, other) =>
    one === other || one.startsWith(`${other}.`) || other.startsWith(`${one}.`);
  const belong = (element, fields) =>
    fieldsOf(element).some((own) => fields.some((field) => related(own, field)));
  const currentView = () => document.querySelector(".view.current");

  /** Tells at the bottom of the window which steps a field belongs to: they may be far away. */
  function tellSteps(element) {
    const steps = all(".step.lit", element.closest(".view"));
    byId("trail-field").textContent = element.dataset.field;
    byId("trail-count").replaceChildren(word("steps", String(steps.length)));
    byId("trail-steps").replaceChildren(
      ...steps.map((step) => {
        const button = make("button", "chip", step.dataset.id);
        button.type = "button";
        button.addEventListener("click", () => {
          step.scrollIntoView({ block: "start" });
          step.focus({ preventScroll: true });
        });
        return button;
      }),
    );
    trail.hidden = false;
  }

  function light(element) {
    const view = element.closest(".view");
    const fields = fieldsOf(element);
    const isStep = element.matches(".step");
    for (const each of all("[data-field]", view)) {
      const lit = each.matches(".step") && isStep ? each === element : belong(each, fields);
      each.classList.toggle("lit", lit);
    }
    if (!isStep || element === pinned) tellSteps(element);
  }

  function unlight() {
    for (const each of all(".lit")) each.classList.remove("lit");
    trail.hidden = true;
    if (pinned !== null) pin(pinned);
  }

  function pin(element) {
    if (pinned !== null) pinned.setAttribute("aria-pressed", "false");
    pinned = element;
    if (element.hasAttribute("aria-pressed")) element.setAttribute("aria-pressed", "true");
    light(element);
  }

  function release() {
    if (pinned?.hasAttribute("aria-pressed")) pinned.setAttribute("aria-pressed", "false");
    pinned = null;
    unlight();
  }

  const fieldAt = ({ target }) =>
    target instanceof Element ? target.closest("main [data-field]") : null;

  document.addEventListener("pointerover", (event) => {
    if (event.pointerType === "touch" || trail.contains(event.target)) return;
    const element = fieldAt(event);
    if (element === null) unlight();
    else light(element);
  });
  document.addEventListener("focusin", (event) => {
    const element = fieldAt(event);
    if (element !== null && event.target.matches("[data-field], summary")) light(element);
  });
  document.addEventListener("focusout", ({ relatedTarget }) => {
    if (!trail.contains(relatedTarget)) unlight();
  });
  document.addEventListener("click", (event) => {
    const element = fieldAt(event);
    if (element === null || event.target.closest("summary, a") !== null) return;
    if (getSelection()?.isCollapsed === false) return;
    if (element === pinned) release();
    else pin(element);
  });
  byId("release").addEventListener("click", () => {
    const element = pinned;
    release();
    element?.focus();
  });

  // The lines of a config are one stop of Tab, and so are the steps; the arrow keys go through them.
  function rove(elements) {
    elements.forEach((element, index) => {
      element.tabIndex = index === 0 ? 0 : -1;
    });
  }
  for (const view of all(".view")) {
    const lines = all(".config .rows [data-field]", view);
    for (const line of lines) {
      line.setAttribute("role", "button");
      line.setAttribute("aria-pressed", "false");
    }
    rove(lines);
    rove(all(".step", view));
  }
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") release();
    const { target } = event;
    if (!(target instanceof HTMLElement) || !target.matches(".rows [data-field], .step")) return;
    if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      if (target === pinned) release();
      else pin(target);
      return;
    }
    const group = all(
      target.matches(".step") ? ".step" : ".config .rows [data-field]",
      currentView(),
    );
    const at = group.indexOf(target);
    const next = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: group.length - 1 }[event.key];
    const element = next === undefined ? undefined : group[next];
    if (element === undefined) return;
    event.preventDefault();
    target.tabIndex = -1;
    element.tabIndex = 0;
    element.focus();
  });

  // Comparison: the lines are in the document, the data says which of them are kept, come and go.
  const rowsOf = (step, column) =>
    step === undefined ? [] : all(`[data-column="${column}"] code > span`, step);
  const stepOf = (view, key) => all(".step", view).find((step) => step.dataset.key === key);

  function parseRuns(runs, swapped) {
    const kinds = {
      "=": "same",
      "+": swapped ? "removed" : "added",
      "-": swapped ? "added" : "removed",
    };
    return runs === "" ? [] : runs.split(" ").map((run) => [parseInt(run, 10), kinds[run.at(-1)]]);
  }

  function comparedRows(runs, before, after, swapped) {
    const old = before.values();
    const now = after.values();
    const lines = parseRuns(runs, swapped).flatMap(([count, kind]) =>
      Array.from({ length: count }, () => {
        if (kind === "same") old.next();
        return [kind, (kind === "removed" ? old : now).next().value];
      }),
    );
    const near = lines.map((_, index) =>
      lines.slice(Math.max(0, index - 3), index + 4).some(([kind]) => kind !== "same"),
    );
    const code = make("code", "");
    let skipped = 0;
    const tellSkipped = () => {
      if (skipped > 0) code.append(make("span", "skipped", word("skipped", String(skipped))));
      skipped = 0;
    };
    lines.forEach(([kind, line], index) => {
      if (!near[index] || line === undefined) {
        skipped += 1;
        return;
      }
      tellSkipped();
      const row = make("span", kind, ...line.cloneNode(true).childNodes);
      if (line.lang !== "") row.lang = line.lang;
      if (kind !== "same") row.prepend(make("span", "hidden", word(kind), " "));
      code.append(row);
    });
    tellSkipped();
    return make("pre", "rows compared", code);
  }

  const differs = (runs) => /[+-]/.test(runs);

  function part(name, version, rows) {
    const title = make("h6", "", word(name), version === 0 ? "" : ` (cgroup v${version})`);
    return make("section", "", title, rows);
  }

  function stepDifference([key, kind, bash, ...calls], before, after, swapped) {
    const change = swapped ? ({ added: "removed", removed: "added" }[kind] ?? kind) : kind;
    const [old, now] = [stepOf(before, key), stepOf(after, key)];
    const shown = now ?? old;
    const article = make("article", "step difference");
    const heading = make("h5", "", make("span", `badge ${change}`, word(change)));
    heading.append(...shown.querySelector(".step-title").cloneNode(true).childNodes);
    article.append(heading, shown.querySelector(".facts").cloneNode(true));
    if (change === "added" || change === "removed")
      article.append(
        shown.querySelector(".what").cloneNode(true),
        shown.querySelector("details").cloneNode(true),
      );
    const columns = make("div", "columns");
    if (differs(bash))
      columns.append(
        part("bash", 0, comparedRows(bash, rowsOf(old, "bash"), rowsOf(now, "bash"), swapped)),
      );
    for (const [version, runs] of calls) {
      if (!differs(runs)) continue;
      const rows = (step) => {
        const own = rowsOf(step, String(version));
        return own.length === 0 ? rowsOf(step, "0") : own;
      };
      columns.append(part("calls", version, comparedRows(runs, rows(old), rows(now), swapped)));
    }
    article.append(columns);
    return article;
  }

  const [beforeChoice, afterChoice] = [byId("before"), byId("after")];

  function compare() {
    const [from, to] = [Number(beforeChoice.value), Number(afterChoice.value)];
    const [before, after] = [byId(`c${from}`), byId(`c${to}`)];
    const swapped = from > to;
    const found = data.comparisons[swapped ? `${to} ${from}` : `${from} ${to}`];
    const place = byId("differences");
    if (found === undefined || (found.steps.length === 0 && !differs(found.config))) {
      place.replaceChildren(make("p", "", word("nothing")));
      return;
    }
    const config = (view) => rowsOf(view, "config");
    const counts = ["added", "removed", "moved", "changed"].map((kind) => [
      kind,
      found.steps.filter(
        ([, change]) =>
          (swapped ? ({ added: "removed", removed: "added" }[change] ?? change) : change) === kind,
      ).length,
    ]);
    place.replaceChildren(
      make(
        "ul",
        "summary",
        ...counts
          .filter(([, count]) => count > 0)
          .map(([kind, count]) =>
            make("li", "", make("span", `badge ${kind}`, word(kind)), word("steps", String(count))),
          ),
      ),
      ...(differs(found.config)
        ? [part("config", 0, comparedRows(found.config, config(before), config(after), swapped))]
        : []),
      ...found.steps.map((step) => stepDifference(step, before, after, swapped)),
    );
  }

  function route(focus) {
    const [id, from, to] = decodeURIComponent(location.hash.slice(1)).split("/");
    if (
      beforeChoice !== null &&
      (id === "compare" || (id === "" && root.dataset.start === "compare"))
    ) {
      if (from in data.names) beforeChoice.value = from;
      if (to in data.names) afterChoice.value = to;
      compare();
    }
    if (id === "main") return;
    const place = id === "" ? null : byId(id);
    const view = place?.closest(".view");
    show(view?.id ?? id, focus);
    if (view && place !== view) place.scrollIntoView();
  }

  if (beforeChoice !== null) {
    for (const choice of [beforeChoice, afterChoice]) {
      data.names.forEach((name, index) => choice.add(new Option(`${index + 1} · ${name}`, index)));
      choice.addEventListener("change", () => {
        history.replaceState(null, "", `#compare/${beforeChoice.value}/${afterChoice.value}`);
        compare();
      });
    }
    afterChoice.value = "1";
    byId("swap").addEventListener("click", () => {
      [beforeChoice.value, afterChoice.value] = [afterChoice.value, beforeChoice.value];
      beforeChoice.dispatchEvent(new Event("change"));
    });
    for (const button of all("[data-compare]"))
      button.addEventListener("click", () => {
        const to = Number(button.dataset.compare);
        location.hash = `#compare/${to - 1}/${to}`;
      });
  }
  addEventListener("hashchange", () => route(true));
  addEventListener("beforeprint", () => {
    for (const details of all("details", currentView())) details.open = true;
  });
  route(false);
  performance.mark("cooper-ready");
})();
