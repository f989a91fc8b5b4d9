{# The filters and sorting of a page that has filters. #}
"use strict";
// A row that counts has `data-n`; what filters go by stands on it, or on a fold or section around it.
(() => {
  const form = document.getElementById("filters");
  const shown = document.getElementById("shown");
  const everything = shown.textContent;
  const spoken = (amount) => amount.toLocaleString("en-GB");
  const boxes = [...form.querySelectorAll("[name=column]")];
  const columns = [...document.querySelectorAll("main [data-column]")];
  const rows = [...document.querySelectorAll("tr[data-n]")].map((row) => {
    const fold = row.closest(".card");
    const around = [row, fold, row.closest("section[data-benchmark]")].filter(Boolean);
    const next = row.nextElementSibling;
    return {
      row,
      fold,
      more: next && next.classList.contains("more") ? next : null,
      amount: Number(row.dataset.n),
      keys: Object.assign({}, ...around.reverse().map((one) => one.dataset)),
      signs: row.dataset.signs?.split(" "),
    };
  });
  const holders = [...document.querySelectorAll("main .card, main section")]
    .map((box) => ({ box, inside: rows.filter(({ row }) => box.contains(row)) }))
    .filter(({ inside }) => inside.length);
  const all = rows.reduce((sum, one) => sum + one.amount, 0);
  const words = (one) => (one.text ??= `${one.row.textContent} ${one.fold?.querySelector("summary").textContent ?? ""}`.toLowerCase());

  const wanted = () => {
    const chosen = {};
    for (const [name, value] of new FormData(form)) {
      if (name !== "column" && value.trim()) chosen[name] = value.trim();
    }
    return chosen;
  };

  const passes = (one, chosen, places) => {
    for (const [name, value] of Object.entries(chosen)) {
      if (name === "words" ? !words(one).includes(value.toLowerCase()) : name !== "different" && one.keys[name] !== value) return false;
    }
    const said = one.signs?.filter((_, place) => places[place] ?? true);
    return !said || (said.some((sign) => sign !== "-") && (!chosen.different || new Set(said).size > 1));
  };

  const apply = () => {
    const chosen = wanted();
    const places = boxes.map((box) => box.checked);
    const names = new Set(boxes.filter((box) => box.checked).map((box) => box.value));
    if (boxes.length) for (const one of columns) one.hidden = !names.has(one.dataset.column);
    let count = 0;
    for (const one of rows) {
      const fits = passes(one, chosen, places);
      one.row.hidden = !fits;
      if (one.more) one.more.hidden = !fits;
      count += fits ? one.amount : 0;
    }
    for (const { box, inside } of holders) {
      const left = inside.reduce((sum, one) => sum + (one.row.hidden ? 0 : one.amount), 0);
      box.hidden = inside.every(({ row }) => row.hidden);
      const note = box.matches(".card") && box.querySelector(".left");
      const whole = inside.reduce((sum, one) => sum + one.amount, 0);
      if (note) note.textContent = left < whole ? `; ${spoken(left)} shown` : "";
    }
    document.querySelectorAll("table[data-recounts]").forEach(recount);
    const filtered = Object.keys(chosen).length || places.includes(false);
    shown.textContent = filtered ? `${spoken(count)} of ${spoken(all)} ${shown.dataset.unit} shown. ${told(chosen)}` : everything;
    return chosen;
  };

  const recount = (table) => {
    const [first, second] = table.dataset.recounts.split(" ");
    const tallies = new Map();
    for (const { row, keys, amount } of rows) {
      const key = `${keys[first]} ${keys[second]}`;
      if (!row.hidden) tallies.set(key, (tallies.get(key) ?? 0) + amount);
    }
    for (const row of table.tBodies[0].rows) {
      let sum = 0;
      for (const cell of row.querySelectorAll("[data-of]")) {
        const count = tallies.get(`${row.dataset[first]} ${cell.dataset.of}`) ?? 0;
        cell.textContent = spoken(count);
        sum += count;
      }
      row.hidden = sum === 0;
    }
  };

  const told = (chosen) =>
    Object.entries(chosen)
      .map(([name, value]) => {
        const field = form.elements.namedItem(name);
        const said = field.selectedOptions ? field.selectedOptions[0].textContent : `"${value}"`;
        return name === "different" ? `${field.labels[0].textContent.trim()}.` : `${field.labels[0].textContent}: ${said}.`;
      })
      .join(" ") + (chosen.words ? " Rows that hold these words are shown whole." : "");

  const remember = (chosen) => {
    const address = new URLSearchParams(chosen).toString();
    try {
      history.replaceState(null, "", address ? `#${address}` : `${location.pathname}${location.search}`);
    } catch {
      // A page within another has no address to keep them in.
    }
  };

  const goTo = (name) => {
    const box = document.getElementById(name);
    if (!box || !box.classList.contains("card")) return;
    if (box.closest("[hidden]")) {
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
      if (!field || field.length === undefined && field.type === undefined) continue;
      if (field.type === "checkbox") field.checked = true;
      else field.value = value;
      if (field.selectedIndex === -1) field.value = "";
    }
    apply();
  };

  const collator = new Intl.Collator("en-GB", { numeric: true });
  const key = (row, column) => row.cells[column].dataset.k ?? row.cells[column].textContent.trim();
  const sort = (heading) => {
    const body = heading.closest("table").tBodies[0];
    const column = heading.cellIndex;
    const up = heading.getAttribute("aria-sort") !== "ascending";
    for (const other of heading.parentElement.cells) other.removeAttribute("aria-sort");
    heading.setAttribute("aria-sort", up ? "ascending" : "descending");
    const found = [...body.rows].map((row) => [key(row, column), row]);
    found.sort(([a], [b]) => (up ? 1 : -1) * collator.compare(a, b));
    body.append(...found.map(([, row]) => row));
  };
  const makeSortable = (table) => {
    if (!table || table.dataset.ready || table.tBodies[0].rows.length < 2) return;
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
    for (const one of document.querySelectorAll("main details:not([hidden])")) one.open = open;
  };
  document.getElementById("open").addEventListener("click", () => openAll(true));
  document.getElementById("close").addEventListener("click", () => openAll(false));
  document.addEventListener(
    "toggle",
    ({ target }) => target.open && makeSortable(target.querySelector("table.sortable")),
    true,
  );
  addEventListener("hashchange", follow);
  document.querySelectorAll("main > section > .table > table.sortable").forEach(makeSortable);
  form.hidden = false;
  document.getElementById("unscripted").hidden = true;
  follow();
})();
