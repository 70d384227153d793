// The chat page inside another site: talks to that site's script, and to nobody who is not listed.

import { knownToken } from "./chat.js";
import * as memory from "./memory.js";

const byId = (id) => document.getElementById(id);
const allowed = new Set(JSON.parse(document.body.dataset.origins));
const COUNTED = new Set(["bot", "agent", "system"]);
const WHITE = 1; // relative luminance
const MIN_CONTRAST = 4.5;
const LONGEST = { title: 20, welcome: 300 };

let site = null; // origin of the page around us, known with its first message
let isShown = false;
let unread = 0;

function tell(type, values = {}) {
  if (site && window.parent !== window) window.parent.postMessage({ xiaoer: 1, type, ...values }, site);
}

// --- looks: what does not pass is left as it is -------------------------------------------------

function luminance(hex) {
  const parts = [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16) / 255);
  const [red, green, blue] = parts.map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function isReadable(color) {
  if (typeof color !== "string" || !/^#[0-9a-f]{6}$/i.test(color)) return false;
  return (WHITE + 0.05) / (luminance(color) + 0.05) >= MIN_CONTRAST;
}

function plain(value, longest) {
  if (typeof value !== "string") return "";
  return [...value.replace(/\p{C}/gu, " ").trim()].slice(0, longest).join("");
}

function dress(looks) {
  if (isReadable(looks.color)) document.documentElement.style.setProperty("--brand", looks.color);
  for (const [id, longest] of Object.entries(LONGEST)) {
    const words = plain(looks[id], longest);
    if (words) byId(id).textContent = words;
  }
}

// --- unread -------------------------------------------------------------------------------------

function markRead(lastId) {
  memory.keepPreference("read", Math.max(memory.preference("read") ?? 0, lastId));
  unread = 0;
}

let newest = 0;
document.addEventListener("xiaoer:news", ({ detail }) => {
  newest = Math.max(newest, detail.lastId);
  if (isShown) {
    markRead(newest);
  } else {
    const seen = memory.preference("read") ?? 0;
    unread += detail.messages.filter((one) => one.id > seen && COUNTED.has(one.author)).length;
  }
  tell("state", { unread, begun: knownToken() !== null });
});

// --- the site around us -------------------------------------------------------------------------

function show(message) {
  isShown = true;
  markRead(newest);
  tell("state", { unread, begun: knownToken() !== null });
  if (message.isAsked !== true) return; // opened by itself on the next page: takes no focus
  // on a telephone the keyboard would jump up
  byId(matchMedia("(pointer: fine)").matches ? "text" : "scroller").focus();
}

const HEARD = {
  looks: (message) => dress(message),
  show,
  hide: () => { isShown = false; },
};

window.addEventListener("message", (event) => {
  if (event.source !== window.parent || !allowed.has(event.origin)) return;
  if (event.data?.xiaoer !== 1 || !Object.hasOwn(HEARD, event.data.type)) return;
  site = event.origin;
  HEARD[event.data.type](event.data);
  if (event.data.type === "looks") tell("ready", { begun: knownToken() !== null });
});

byId("fold").addEventListener("click", () => tell("fold"));
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && !document.querySelector("dialog[open]")) tell("fold");
});
