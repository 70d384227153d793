// The desk in the browser. The server renders every piece of HTML (escaped); this script fetches
// pieces again after a wake-up, puts them in place, and sends what the agent does.
"use strict";

const $ = (id) => document.getElementById(id);
const body = document.body;
const base = "/desk/api/conversations/";
const TITLE = document.title;
const FALLBACK_MS = 15000; // how often to fetch while there is no event stream
const now = () => Date.now();

const view = {
  open: body.dataset.conversation || "", // id of the conversation on the screen
  state: "", lastId: 0, firstId: 0, head: "", fields: "", lists: "",
  waiting: null, isNew: false, wasActive: true, isAvailable: false,
};

// --- talking to the server -----------------------------------------------------------------

class Refused extends Error {
  constructor(code, message) { super(message); this.code = code; }
}

async function call(path, sent) {
  const options = { headers: { accept: "application/json" }, credentials: "same-origin", cache: "no-store" };
  if (sent !== undefined) {
    options.method = "POST";
    options.headers["content-type"] = "application/json";
    options.body = JSON.stringify(sent);
  }
  let response;
  try {
    response = await fetch(path, options);
  } catch {
    setOffline(true);
    throw new Refused("offline", "网络不通，内容没有发出，请稍后再试");
  }
  if (response.status === 401) { goToLogin(); throw new Refused("session_expired", "登录已过期，请重新登录"); }
  if (response.status === 204) return {};
  const answer = await response.json().catch(() => ({}));
  if (!response.ok) {
    const error = answer.error || { code: "server", message: "系统暂时出错，请稍后再试" };
    throw new Refused(error.code, error.message);
  }
  return answer;
}

function goToLogin() {
  const query = new URLSearchParams({ expired: "1" });
  if (view.open) query.set("c", view.open);
  location.replace("/desk/login?" + query);
}

function setOffline(isOffline) { $("offline").hidden = !isOffline; }

let toastTimer;
function toast(text) {
  $("toast").textContent = text;
  $("toast").hidden = false;
  clearTimeout(toastTimer);
  toastTimer = setTimeout(() => { $("toast").hidden = true; }, 5000);
}

// One refresh at a time; a wake-up during a refresh causes exactly one more.
let refreshing = null, again = false;
function refresh() {
  if (refreshing) { again = true; return refreshing; }
  refreshing = (async () => {
    do {
      again = false;
      try {
        await refreshLists();
        if (view.open) await refreshConversation();
        if (stream && stream.readyState === EventSource.OPEN) setOffline(false);
      } catch (error) {
        if (!(error instanceof Refused)) throw error;
        if (error.code === "server") toast(error.message);
      }
    } while (again);
  })().finally(() => { refreshing = null; });
  return refreshing;
}

// --- lists ---------------------------------------------------------------------------------

async function refreshLists() {
  const found = await call("/desk/api/lists");
  if (found.html !== view.lists) {
    view.lists = found.html;
    const box = $("lists");
    const isRecentOpen = box.querySelector(".recent")?.open;
    const focused = document.activeElement?.closest?.("#lists [data-open]")?.dataset.open;
    const top = box.scrollTop;
    box.innerHTML = found.html;
    if (isRecentOpen && box.querySelector(".recent")) box.querySelector(".recent").open = true;
    box.scrollTop = top;
    if (focused) box.querySelector(`[data-open="${CSS.escape(focused)}"]`)?.focus();
  }
  markCurrent();
  tellWaiting();
  const fresh = found.waiting.filter((id) => view.waiting && !view.waiting.includes(id));
  if (fresh.length && document.hidden) view.isNew = true;
  view.waiting = found.waiting;
  view.isAvailable = found.is_available;
  $("presence").setAttribute("aria-checked", String(found.is_available));
  $("presence-text").textContent = found.is_available ? "在线" : "离开";
  setTitle(found.waiting.length);
}

function setTitle(count) {
  document.title = (view.isNew ? "【新排队】" : "") + (count ? `(${count}) ` : "") + TITLE;
}

function markCurrent() {
  for (const card of $("lists").querySelectorAll(".card")) {
    card.classList.toggle("current", card.dataset.id === view.open);
  }
}

function waited(ms) { // the same wording as `waited` in formats.py
  const minutes = Math.max(0, Math.floor(ms / 60000));
  if (minutes < 1) return "刚刚进入";
  if (minutes < 60) return `已等 ${minutes} 分钟`;
  return `已等 ${Math.floor(minutes / 60)} 小时 ${minutes % 60} 分`;
}

function tellWaiting() {
  for (const time of $("lists").querySelectorAll("time[data-since]")) {
    const ms = now() - Date.parse(time.dataset.since);
    time.textContent = waited(ms);
    time.classList.toggle("long", ms > 5 * 60000);
  }
}

// --- one conversation ----------------------------------------------------------------------

function show(pane) { body.dataset.pane = pane; }

function open(id, push = true) {
  if (push && id !== view.open) history.pushState({ id }, "", id ? `/desk/conversations/${id}` : "/desk/");
  if (id !== view.open) {
    Object.assign(view, { open: id, state: "", lastId: 0, firstId: 0, head: "", fields: "" });
    $("log").textContent = $("head").textContent = $("fields").textContent = "";
    $("reply").value = draft();
    grow();
  }
  $("nothing").hidden = Boolean(id);
  $("talk").hidden = !id;
  $("composer").hidden = $("preview").hidden = $("newer").hidden = $("earlier").hidden = true;
  show(id ? "talk" : "lists");
  markCurrent();
  return refresh();
}

async function refreshConversation() {
  const id = view.open;
  let found;
  try {
    found = await call(`${base}${id}?after=${view.lastId}`);
  } catch (error) {
    if (!["unknown_conversation", "not_allowed"].includes(error.code) || id !== view.open) throw error;
    toast(error.message);
    open("", true);
    return;
  }
  if (id !== view.open) return; // another one was opened meanwhile
  if (found.head !== view.head) { view.head = found.head; $("head").innerHTML = found.head; }
  const isFirst = view.lastId === 0;
  if (found.last_id > view.lastId) {
    addMessages(found.messages, isFirst);
    view.lastId = found.last_id;
  }
  if (isFirst) { view.firstId = found.first_id; $("earlier").hidden = !found.has_earlier; }
  setFields(found.fields);
  setState(found.state);
}

function setState(state) {
  view.state = state;
  const isMine = state === "mine";
  $("composer").hidden = !isMine;
  $("preview").hidden = isMine;
  $("preview-claim").hidden = state !== "waiting";
  $("preview-text").textContent = {
    waiting: "接入之后才能回复。", other: "其他客服正在接待，您只能查看。",
    bot: "小二正在服务，您只能查看。", closed: "会话已结束，您只能查看。",
  }[state] || "";
}

function isAtEnd() {
  const box = $("log-scroll");
  return box.scrollHeight - box.scrollTop - box.clientHeight < 80;
}

function toEnd() {
  $("log-scroll").scrollTop = $("log-scroll").scrollHeight;
  $("newer").hidden = true;
}

function addMessages(html, isFirst) {
  const follow = isFirst || isAtEnd();
  $("log").insertAdjacentHTML("beforeend", html);
  tellDays();
  if (follow) toEnd(); else $("newer").hidden = false;
}

function tellDays() {
  for (const line of $("log").querySelectorAll(".day-line")) line.remove();
  let day = "";
  for (const message of $("log").querySelectorAll(".message")) {
    if (message.dataset.day !== day) {
      day = message.dataset.day;
      const line = document.createElement("li");
      line.className = "day-line";
      line.textContent = day;
      message.before(line);
    }
  }
}

async function showEarlier() {
  const id = view.open;
  const found = await call(`${base}${id}?before=${view.firstId}`);
  if (id !== view.open) return;
  const box = $("log-scroll");
  const fromEnd = box.scrollHeight - box.scrollTop;
  $("log").insertAdjacentHTML("afterbegin", found.messages);
  tellDays();
  view.firstId = found.first_id;
  $("earlier").hidden = !found.has_earlier;
  box.scrollTop = box.scrollHeight - fromEnd;
}

// --- fields --------------------------------------------------------------------------------

function setFields(html) {
  // never under the fingers of somebody who is typing
  const isBusy = $("fields").contains(document.activeElement) && document.activeElement.matches("input, select");
  if (html === view.fields || isBusy) return;
  view.fields = html;
  $("fields").innerHTML = html;
}

async function saveField(control) {
  const note = control.closest(".field").querySelector(".field-note");
  const value = control.value;
  note.classList.remove("bad");
  note.textContent = "正在保存…";
  try {
    await call(`${base}${view.open}/fields`, { slot: control.dataset.slot, value });
    note.textContent = "已保存";
  } catch (error) {
    note.classList.add("bad");
    note.textContent = error.code === "bad_field" ? "内容不合要求" : "没有保存";
    toast(error.message);
  }
}

function addField(select) {
  const template = $("fields").querySelector(`template[data-template="${CSS.escape(select.value)}"]`);
  if (!template) return;
  const isThere = $("added").querySelector(`[data-slot="${CSS.escape(select.value)}"]`);
  if (!isThere) $("added").append(template.content.cloneNode(true));
  $("added").querySelector(`.field[data-slot="${CSS.escape(select.value)}"] :is(input, select)`).focus();
  select.value = "";
}

// --- what the agent does -------------------------------------------------------------------

const CONFIRM = {
  close: "结束这次人工服务？用户再发消息时会由小二接待。",
  "hand-back": "把会话交还小二？小二会接着问还没回答的问题。",
};
const DONE = { "hand-back": "已交还小二", return: "已退回队列，排队位置不变", close: "会话已结束" };

async function act(name, id) {
  if (CONFIRM[name] && !(await confirmed(CONFIRM[name]))) return;
  try {
    await call(`${base}${id}/${name}`, {});
    if (DONE[name]) toast(DONE[name]);
  } catch (error) {
    toast(error.message);
    await refresh();
    return;
  }
  if (name === "claim") await open(id);
  await refresh();
  if (name === "claim" && view.state === "mine") $("reply").focus();
}

function confirmed(text) {
  $("confirm-text").textContent = text;
  $("confirm").returnValue = "no";
  $("confirm").showModal();
  return new Promise((resolve) => {
    $("confirm").addEventListener("close", () => resolve($("confirm").returnValue === "yes"), { once: true });
  });
}

// A draft survives an expired session and a reload, and ends with the tab.
const draftKey = () => `draft:${body.dataset.agent}:${view.open}`;
const draft = () => sessionStorage.getItem(draftKey()) || "";
function keepDraft() {
  if ($("reply").value) sessionStorage.setItem(draftKey(), $("reply").value);
  else sessionStorage.removeItem(draftKey());
}

function grow() {
  const box = $("reply");
  box.style.height = "auto";
  box.style.height = `${Math.min(box.scrollHeight + 2, 180)}px`;
}

const pending = new Map(); // text that was not confirmed, with its id: sent again it stays one message
let isSending = false;
async function sendReply() {
  const id = view.open, text = $("reply").value;
  if (!text.trim() || isSending) return;
  isSending = true;
  const key = `${id}\n${text}`;
  const clientId = pending.get(key) || newId();
  pending.set(key, clientId);
  const button = $("composer").querySelector("button");
  button.disabled = true;
  try {
    await call(`${base}${id}/reply`, { text, client_id: clientId });
    pending.delete(key);
    if (view.open === id && $("reply").value === text) $("reply").value = "";
    keepDraft();
    grow();
    await refresh();
    toEnd();
  } catch (error) {
    if (error.code !== "offline") pending.delete(key);
    toast(error.message);
    refresh();
  } finally {
    isSending = false;
    button.disabled = false;
    $("reply").focus();
  }
}

function newId() { // crypto.randomUUID needs https; the desk may run on plain http in an intranet
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

async function togglePresence() {
  try {
    await call("/desk/api/presence", { is_available: !view.isAvailable });
  } catch (error) { toast(error.message); }
  await refresh();
}

// --- live ----------------------------------------------------------------------------------

let stream = null;
function connect() {
  stream = new EventSource("/desk/events");
  stream.addEventListener("open", () => { setOffline(false); refresh(); });
  stream.addEventListener("wake", refresh);
  stream.addEventListener("beat", beat);
  stream.addEventListener("expired", goToLogin);
  stream.addEventListener("error", () => {
    setOffline(true);
    if (stream.readyState === EventSource.CLOSED) { // refused, not only cut: ask why, try again
      setTimeout(() => { refresh(); connect(); }, 3000);
    }
  });
}

async function beat() {
  const isActive = view.wasActive;
  view.wasActive = false;
  try {
    await call("/desk/api/heartbeat", { is_active: isActive });
  } catch { view.wasActive = view.wasActive || isActive; }
  refresh();
}

// --- wiring --------------------------------------------------------------------------------

document.addEventListener("click", (event) => {
  const at = event.target.closest?.("[data-act], [data-open], [data-pane]");
  if (!at || at === body) return;
  if (at.dataset.act) act(at.dataset.act, at.dataset.id || view.open);
  else if (at.dataset.open && !event.ctrlKey && !event.metaKey) { event.preventDefault(); open(at.dataset.open); }
  else if (at.dataset.pane) show(at.dataset.pane);
});
for (const name of ["pointerdown", "keydown"]) {
  document.addEventListener(name, () => { view.wasActive = true; }, { passive: true });
}
document.addEventListener("visibilitychange", () => {
  if (document.hidden) return;
  view.isNew = false;
  refresh();
});
window.addEventListener("popstate", () => {
  const match = location.pathname.match(/^\/desk\/conversations\/([\w-]+)$/);
  open(match ? match[1] : "", false);
});
const hasKeyboardOnScreen = matchMedia("(hover: none) and (pointer: coarse)").matches;
if (!hasKeyboardOnScreen) $("reply").placeholder = "输入回复，回车发送，Shift+回车换行";
$("reply").addEventListener("input", () => { keepDraft(); grow(); });
$("reply").addEventListener("keydown", (event) => {
  // Enter chooses a candidate while an input method is composing (keyCode 229 in older browsers)
  if (event.key !== "Enter" || event.shiftKey || event.isComposing || event.keyCode === 229) return;
  if (hasKeyboardOnScreen) return; // there Enter is the only way to a new line, and the button is near
  event.preventDefault();
  sendReply();
});
$("composer").addEventListener("submit", (event) => { event.preventDefault(); sendReply(); });
$("earlier").addEventListener("click", () => showEarlier().catch((error) => toast(error.message)));
$("newer").addEventListener("click", toEnd);
$("log-scroll").addEventListener("scroll", () => { if (isAtEnd()) $("newer").hidden = true; });
$("fields").addEventListener("change", (event) => {
  if (event.target.id === "add-field") addField(event.target);
  else if (event.target.dataset.slot) saveField(event.target);
});
$("fields").addEventListener("keydown", (event) => {
  if (event.key === "Enter" && !event.isComposing && event.target.matches("input")) event.target.blur();
});
$("fields").addEventListener("focusout", () => setTimeout(refresh, 400));
$("presence").addEventListener("click", togglePresence);
$("logout").addEventListener("submit", () => sessionStorage.clear());
setInterval(tellWaiting, 10000);
setInterval(() => { if (!stream || stream.readyState !== EventSource.OPEN) refresh(); }, FALLBACK_MS);

const first = view.open;
view.open = "";
open(first, false);
connect();
