{# The filters of the page of policies compared. #}
"use strict";
// Filters for the comparison: by benchmark, by trust, and only where the trusts shown differ.
(() => {
  const form = document.getElementById("filters");
  const shown = document.getElementById("shown");
  const boxes = [...form.elements.policy.length ? form.elements.policy : [form.elements.policy]];
  const topics = [...document.querySelectorAll("[data-topic]")].map((body) => ({
    body,
    benchmark: body.closest("section").dataset.benchmark,
    rows: [...body.querySelectorAll(".row")].map((row) => ({
      row,
      more: row.nextElementSibling?.classList.contains("more") ? row.nextElementSibling : null,
      shapes: row.dataset.shapes.split(" "),
    })),
  }));
  const columns = [...document.querySelectorAll("main [data-policy]")];

  const sift = () => {
    const chosen = boxes.map((box) => box.checked);
    const names = new Set(boxes.filter((box) => box.checked).map((box) => box.value));
    for (const one of columns) one.hidden = !names.has(one.dataset.policy);
    let count = 0;
    for (const { body, benchmark, rows } of topics) {
      let any = false;
      for (const { row, more, shapes } of rows) {
        const said = shapes.filter((_, place) => chosen[place]);
        const promised = said.some((shape) => shape !== "-");
        const wanted = promised && (!form.elements.differ.checked || new Set(said).size > 1);
        row.hidden = !wanted;
        if (more) more.hidden = !wanted;
        any ||= wanted;
      }
      const wanted = form.elements.benchmark.value;
      body.hidden = !any || (wanted !== "" && wanted !== benchmark);
      count += body.hidden ? 0 : 1;
    }
    for (const section of document.querySelectorAll(".benchmark")) {
      section.hidden = !section.querySelector("[data-topic]:not([hidden])");
    }
    shown.textContent = `${count} of ${topics.length} topics shown`;
  };

  form.hidden = false;
  form.addEventListener("change", sift);
  form.addEventListener("reset", () => setTimeout(sift));
  form.addEventListener("submit", (event) => event.preventDefault());
  sift();
})();
