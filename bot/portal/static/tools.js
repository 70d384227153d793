// What stands under 更多: large print, simple mode, rating, keeping and deleting what was said.

import { askToRestart, command } from "./chat.js";
import * as memory from "./memory.js";
import * as view from "./view.js";

const byId = (id) => document.getElementById(id);
const FORGETFUL =
  "您的浏览器不让小二在这里记住对话：关掉、刷新或离开这一页，对话就看不到了。要留底，请先用“更多”里的“保存对话记录”。";

// --- the panel ----------------------------------------------------------------------------------

function unfold(isOpen) {
  byId("tools").hidden = !isOpen;
  byId("more").setAttribute("aria-expanded", String(isOpen));
}

byId("more").addEventListener("click", () => unfold(byId("tools").hidden));
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || byId("tools").hidden) return;
  event.stopImmediatePropagation(); // the first Escape closes the panel, the next the widget
  unfold(false);
  byId("more").focus();
});

function does(id, act) {
  byId(id).addEventListener("click", () => {
    unfold(false);
    act();
  });
}

// --- large print and simple mode: remembered on this device -------------------------------------

function wear(name, isOn) {
  document.documentElement.classList.toggle(name, isOn);
  byId(name).setAttribute("aria-pressed", String(isOn));
  byId("person").hidden = !document.documentElement.classList.contains("simple");
}

for (const name of ["large", "simple"]) {
  wear(name, memory.preference(name) === true);
  byId(name).addEventListener("click", () => {
    const isOn = byId(name).getAttribute("aria-pressed") !== "true";
    memory.keepPreference(name, isOn);
    wear(name, isOn);
    byId("text").dispatchEvent(new Event("input")); // its height depends on the size of the print
    view.scrollToEnd();
  });
}

// --- what the panel does ------------------------------------------------------------------------

does("rate", () => command("/rate_service", "评价服务"));
does("link", () => command("/link_channel", "绑定其他渠道"));
does("erase", () => command("/erase_data", "删除我的数据"));
does("restart-too", askToRestart);
byId("person").addEventListener("click", () => command("/request_agent", "转人工"));

if (!memory.isLasting()) {
  byId("forgetful").textContent = FORGETFUL;
  byId("forgetful").hidden = false;
}

// a finished talk with a person is the moment to say how it was
let ownerBefore = null; // not known when the page opens: what ended earlier is no news
document.addEventListener("xiaoer:news", ({ detail }) => {
  const hasEnded = detail.owner === "closed" && ![null, "closed"].includes(ownerBefore);
  ownerBefore = detail.owner;
  if (!hasEnded) return;
  unfold(true);
  byId("rate").focus();
});
