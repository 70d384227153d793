"use strict";
// Marks the selected part of an example; keeps the list of trainings and comparisons up to date.

(() => {
  const field = document.getElementById("examples");
  const marks = document.querySelector(".lesson-marks");
  if (field && marks) {
    marks.hidden = false;
    marks.addEventListener("click", (event) => {
      const button = event.target.closest("button");
      if (!button) return;
      if (button.dataset.mark) mark(button.dataset.mark);
      else unmark();
      field.focus();
    });
  }

  function mark(entity) {
    const [start, end] = [field.selectionStart, field.selectionEnd];
    const chosen = field.value.slice(start, end);
    if (!chosen.trim() || /[\n[\]()]/.test(chosen)) return;
    field.setRangeText(`[${chosen}](${entity})`, start, end, "end");
  }

  // takes the marks off the line in which the cursor stands
  function unmark() {
    const start = field.value.lastIndexOf("\n", field.selectionStart - 1) + 1;
    const next = field.value.indexOf("\n", start);
    const end = next < 0 ? field.value.length : next;
    const plain = field.value.slice(start, end).replace(/\[([^[\]]+)\]\(\w+\)/g, "$1");
    field.setRangeText(plain, start, end, "end");
  }

  const EVERY_MS = 2000;
  if (document.getElementById("jobs")) watch();

  async function watch() {
    const jobs = document.getElementById("jobs");
    const wasBusy = jobs.dataset.busy === "yes";
    if (wasBusy) {
      try {
        const answer = await fetch("/desk/api/learning/jobs");
        if (answer.ok && !jobs.contains(document.activeElement)) {
          const parsed = new DOMParser().parseFromString(await answer.text(), "text/html");
          const fresh = parsed.getElementById("jobs");
          jobs.replaceWith(fresh);
          // what can be chosen now has changed
          if (fresh.dataset.busy === "no") return location.reload();
        }
      } catch {
        // the hub is away; the next look may find it again
      }
    }
    setTimeout(watch, EVERY_MS);
  }
})();
