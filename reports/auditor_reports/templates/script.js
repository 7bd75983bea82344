"use strict";
for (const box of document.querySelectorAll(".filter")) {
  const input = box.querySelector("input");
  const status = box.querySelector("[role=status]");
  const rows = [...document.getElementById(input.dataset.rows).querySelectorAll("tbody tr:not(.class)")];
  const texts = rows.map((row) => row.textContent.toLowerCase());
  input.addEventListener("input", () => {
    const wanted = input.value.toLowerCase().split(/\s+/).filter(Boolean);
    let visible = 0;
    rows.forEach((row, i) => {
      row.hidden = !wanted.every((word) => texts[i].includes(word));
      visible += row.hidden ? 0 : 1;
    });
    status.textContent = wanted.length ? `${visible} of ${rows.length} rows` : "";
  });
  box.hidden = false;
}
for (const button of document.querySelectorAll(".copy")) {
  button.addEventListener("click", () => {
    const range = document.createRange();
    range.selectNodeContents(document.getElementById(button.dataset.copies));
    const selection = getSelection();
    selection.removeAllRanges();
    selection.addRange(range);
    button.textContent = document.execCommand("copy") ? "Copied" : "Selected; copy with the keyboard";
  });
  button.hidden = false;
}
addEventListener("beforeprint", () => {
  for (const details of document.querySelectorAll("details:not([open])")) details.open = true;
});
