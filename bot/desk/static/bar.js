// The menus of the bar close by Escape and by a press elsewhere, and only one is open.
"use strict";
const menus = [...document.querySelectorAll(".bar details")];
document.addEventListener("click", (event) => {
  for (const menu of menus) if (!menu.contains(event.target)) menu.open = false;
});
document.addEventListener("keydown", (event) => {
  const open = event.key === "Escape" && menus.find((menu) => menu.open);
  if (!open) return;
  open.open = false;
  open.querySelector("summary").focus();
  event.stopPropagation();
}, true);

// "g" and then a letter leads to the page of that letter, on every page; the desk's "?" lists them.
const CHORD_MS = 1500;
let chordAt = -CHORD_MS;
document.addEventListener("keydown", (event) => {
  const isElse = event.ctrlKey || event.metaKey || event.altKey || event.isComposing;
  if (isElse || event.target.matches?.("input, textarea, select") || document.querySelector("dialog[open]")) return;
  const link = event.timeStamp - chordAt < CHORD_MS && document.querySelector(`.bar [data-go="${CSS.escape(event.key)}"]`);
  chordAt = event.key === "g" ? event.timeStamp : -CHORD_MS;
  if (link) { event.preventDefault(); location.assign(link.href); }
  else if (event.key === "g") event.preventDefault();
}, true);

// What somebody answers for is looked at again while a page stays open. More of it than before is
// told by the title of the tab, and by a notice of the browser where these are allowed.
const duties = document.getElementById("duties");
const LOOK_EVERY_MS = 60_000;
const counted = () => duties.querySelectorAll(".bar-menu a").length;

async function lookAgain() {
  const before = counted();
  const answer = await fetch("/desk/api/duties", { credentials: "same-origin", cache: "no-store" });
  if (!answer.ok || duties.querySelector("details[open]")) return;
  duties.innerHTML = await answer.text();
  menus.splice(0, menus.length, ...document.querySelectorAll(".bar details"));
  if (counted() <= before) return;
  if (!document.title.startsWith("▲")) document.title = `▲ ${document.title}`;
  if ("Notification" in window && Notification.permission === "granted") {
    new Notification("小二工作台", { body: "有件事快到期或者已经超期", tag: "duties", icon: "/desk/static/icon.svg" });
  }
}

setInterval(() => lookAgain().catch(() => { /* the next look is a minute away */ }), LOOK_EVERY_MS);
document.addEventListener("visibilitychange", () => { if (!document.hidden) lookAgain().catch(() => {}); });
