{# The filters and sorting of the page of the evaluation report. #}
"use strict";
// Filters and sorting for the evaluation report; the page reads without them.
(() => {
  const form = document.getElementById("filters");
  const shown = document.getElementById("shown");
  const overview = document.getElementById("overview");
  const everything = shown.textContent;
  const spoken = (amount) => amount.toLocaleString("en-GB");

  const cards = [...document.querySelectorAll(".card")].map((box) => ({
    box,
    left: box.querySelector(".left"),
    section: box.closest("section"),
    rows: [...box.querySelectorAll("tbody tr")].map((row) => ({ row, amount: Number(row.dataset.n) })),
  }));
  const all = cards.reduce((sum, card) => sum + card.rows.reduce((part, one) => part + one.amount, 0), 0);
  const promises = new Map([...overview.tBodies[0].rows].map((row) => [row.dataset.promise, row]));
  const words = (one, element) => (one.text ??= element.textContent.toLowerCase());

  const wanted = () => {
    const chosen = {};
    for (const [name, value] of new FormData(form)) if (value.trim()) chosen[name] = value.trim();
    return chosen;
  };

  const passes = (card, { row, ...one }, chosen, named) =>
    (!chosen.year || row.dataset.y === chosen.year) &&
    (!chosen.school || row.dataset.s === chosen.school) &&
    (!chosen.state || row.dataset.v === chosen.state) &&
    (named || words(one, row).includes(chosen.words.toLowerCase()));

  const sift = (card, chosen, tallies) => {
    const { policy, benchmark, promise } = card.box.dataset;
    const here =
      (!chosen.policy || policy === chosen.policy) && (!chosen.benchmark || benchmark === chosen.benchmark);
    const title = card.box.querySelector(".title");
    const named = !chosen.words || title.textContent.toLowerCase().includes(chosen.words.toLowerCase());
    let count = 0;
    let total = 0;
    for (const one of card.rows) {
      const fits = here && passes(card, one, chosen, named);
      one.row.hidden = !fits;
      total += one.amount;
      if (fits) {
        count += one.amount;
        const key = `${promise} ${one.row.dataset.v}`;
        tallies.set(key, (tallies.get(key) ?? 0) + one.amount);
      }
    }
    card.box.hidden = count === 0;
    card.left.textContent = count < total ? `; ${spoken(count)} shown` : "";
    return count;
  };

  const recount = (tallies) => {
    let visible = 0;
    for (const [promise, row] of promises) {
      let sum = 0;
      for (const cell of row.querySelectorAll("[data-v]")) {
        const count = tallies.get(`${promise} ${cell.dataset.v}`) ?? 0;
        cell.textContent = String(count);
        sum += count;
      }
      row.hidden = sum === 0;
      visible += sum > 0;
    }
    return visible;
  };

  const apply = () => {
    const chosen = wanted();
    const tallies = new Map();
    const filled = new Set();
    let count = 0;
    for (const card of cards) {
      const found = sift(card, chosen, tallies);
      count += found;
      if (found) filled.add(card.section);
    }
    const visible = recount(tallies);
    for (const section of document.querySelectorAll(".question")) {
      const none = section.querySelector(".none");
      none.hidden = filled.has(section) || !section.querySelector(".card");
    }
    overview.closest("section").querySelector(".none").hidden = visible > 0;
    shown.textContent = Object.keys(chosen).length
      ? `${spoken(count)} of ${spoken(all)} findings shown, on ${spoken(visible)} ${visible === 1 ? "promise" : "promises"}. ${told(chosen)}.`
      : everything;
    return chosen;
  };

  const told = (chosen) =>
    Object.entries(chosen)
      .map(([name, value]) => {
        const field = form.elements.namedItem(name);
        const said = field.selectedOptions ? field.selectedOptions[0].textContent : `"${value}"`;
        return `${field.labels[0].textContent}: ${said}`;
      })
      .join("; ") + (chosen.words ? ". Rows that hold these words are shown whole" : "");

  const remember = (chosen) => {
    const address = new URLSearchParams(chosen).toString();
    history.replaceState(null, "", address ? `#${address}` : `${location.pathname}${location.search}`);
  };

  const goTo = (name) => {
    const box = document.getElementById(name);
    if (!box || !box.classList.contains("card")) return;
    if (box.hidden) {
      form.reset();
      apply();
    }
    box.open = true;
    box.scrollIntoView();
    box.querySelector("summary").focus();
  };

  const follow = () => {
    const address = location.hash.slice(1);
    if (!address.includes("=")) {
      goTo(address);
      return;
    }
    form.reset();
    for (const [name, value] of new URLSearchParams(address)) {
      const field = form.elements.namedItem(name);
      if (field) field.value = value;
      if (field && field.selectedIndex === -1) field.value = "";
    }
    apply();
  };

  const key = (row, column) => {
    const cell = row.cells[column];
    return cell.dataset.k ?? cell.textContent.trim();
  };
  const collator = new Intl.Collator("en-GB", { numeric: true });
  const sort = (heading) => {
    const table = heading.closest("table");
    const body = table.tBodies[0];
    const column = heading.cellIndex;
    const up = heading.getAttribute("aria-sort") !== "ascending";
    for (const other of table.tHead.rows[0].cells) other.removeAttribute("aria-sort");
    heading.setAttribute("aria-sort", up ? "ascending" : "descending");
    const rows = [...body.rows].map((row) => [key(row, column), row]);
    rows.sort(([a], [b]) => (up ? 1 : -1) * collator.compare(a, b));
    body.append(...rows.map(([, row]) => row));
  };
  const makeSortable = (table) => {
    if (table.dataset.ready || table.tBodies[0].rows.length < 2) return;
    table.dataset.ready = "yes";
    for (const heading of table.tHead.rows[0].cells) {
      const button = document.createElement("button");
      button.type = "button";
      button.title = "Sort by this column";
      button.textContent = heading.textContent;
      button.addEventListener("click", () => sort(heading));
      heading.replaceChildren(button);
    }
  };

  let waiting = 0;
  const changed = () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => remember(apply()), 150);
  };
  form.addEventListener("input", changed);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => setTimeout(() => remember(apply()), 0));
  const openAll = (open) => {
    for (const { box } of cards) if (!box.hidden) box.open = open;
  };
  document.getElementById("open").addEventListener("click", () => openAll(true));
  document.getElementById("close").addEventListener("click", () => openAll(false));
  document.addEventListener(
    "toggle",
    ({ target }) => {
      if (target.open && target.classList.contains("card")) makeSortable(target.querySelector("table"));
    },
    true,
  );
  addEventListener("hashchange", follow);
  makeSortable(overview);
  form.hidden = false;
  document.getElementById("unscripted").hidden = true;
  follow();
})();
