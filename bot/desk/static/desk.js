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
  waiting: null, offered: null, awaited: null, mentions: null, count: 0, news: "", wasActive: true,
  kind: "now", filter: {}, before: "", mark: "", readId: 0, hasPlan: false, matter: "",
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
function toast(text) { // also says it aloud to a screen reader
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
        const isStale = await refreshLists();
        if (view.open && (isStale || view.lastId === 0)) await refreshConversation();
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

function listQuery() {
  const query = new URLSearchParams({ kind: view.kind, ...view.filter });
  if (view.before) query.set("before", view.before);
  if (view.open) query.set("open", view.open);
  return query;
}

// Returns whether the conversation on the screen has changed since it was drawn.
async function refreshLists() {
  const asked = listQuery().toString();
  const found = await call("/desk/api/lists?" + asked);
  if (asked !== listQuery().toString()) { again = true; return false; }
  if (found.html !== view.lists) {
    view.lists = found.html;
    drawLists(found.html);
  }
  markCurrent();
  tellWaiting();
  for (const name of ["department", "later"]) {
    const count = document.querySelector(`[data-count="${name}"]`);
    count.textContent = found[name] || "";
  }
  noticeNews(found);
  Object.assign(view, {
    waiting: found.waiting, offered: found.offered, awaited: found.awaited, mentions: found.mentions,
    count: found.waiting.length,
  });
  showPresence(found.state);
  setTitle();
  return !found.open || found.open.last_id > view.lastId || found.open.mark !== view.mark;
}

// Another queue came by the stream: only its section is drawn anew, and nothing is fetched.
function takeQueue(found) {
  const section = $("lists").querySelector('section[aria-labelledby="waiting-title"]');
  const isWhole = view.kind === "now" && !Object.values(view.filter).some(Boolean) && view.waiting;
  if (!section || !isWhole || refreshing) { refresh(); return; }
  view.lists = ""; // what is fetched next is drawn, whatever it is
  keepingPlace(() => { section.outerHTML = found.html; });
  markCurrent();
  tellWaiting();
  document.querySelector('[data-count="department"]').textContent = found.department || "";
  const offered = found.ids.filter((id) => String(found.offered[id]) === body.dataset.agent);
  noticeNews({ waiting: found.ids, offered, awaited: view.awaited, mentions: view.mentions });
  Object.assign(view, { waiting: found.ids, offered, count: found.ids.length });
  setTitle();
}

function drawLists(html) {
  const box = $("lists");
  const isRecentOpen = box.querySelector(".recent")?.open;
  keepingPlace(() => { box.innerHTML = html; });
  if (isRecentOpen && box.querySelector(".recent")) box.querySelector(".recent").open = true;
}

function keepingPlace(draw) {
  const box = $("lists");
  const focused = document.activeElement?.closest?.("#lists [data-open]")?.dataset.open;
  const top = box.scrollTop;
  draw();
  box.scrollTop = top;
  if (focused) box.querySelector(`[data-open="${CSS.escape(focused)}"]`)?.focus();
}

function showPresence(state) {
  if (document.activeElement !== $("presence")) $("presence").value = state;
  $("presence-dot").dataset.state = state;
}

function showKind(kind) {
  Object.assign(view, { kind, before: "", lists: "" });
  for (const tab of document.querySelectorAll("[data-kind]")) {
    tab.setAttribute("aria-selected", String(tab.dataset.kind === kind));
    tab.tabIndex = tab.dataset.kind === kind ? 0 : -1;
  }
  $("lists").scrollTop = 0;
  return refresh();
}

function setTitle() {
  document.title = (view.news ? `【${view.news}】` : "") + (view.count ? `(${view.count}) ` : "") + TITLE;
}

function markCurrent() {
  for (const card of $("lists").querySelectorAll(".card")) {
    card.classList.toggle("current", card.dataset.id === view.open);
    card.classList.toggle("my-turn", card.dataset.offered === body.dataset.agent);
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
    Object.assign(view, { open: id, state: "", lastId: 0, firstId: 0, head: "", fields: "", mark: "" });
    for (const part of ["log", "head", "fields", "notes", "brief-body"]) $(part).textContent = "";
    $("brief").hidden = true;
    if (stream) connect(); // the stream also tells of the conversation on the screen
    $("reply").value = draft();
    grow();
  }
  $("nothing").hidden = Boolean(id);
  $("talk").hidden = !id;
  $("composer").hidden = $("preview").hidden = $("newer").hidden = $("earlier").hidden = true;
  $("tools").hidden = $("typing").hidden = true;
  show(id ? "talk" : "lists");
  markCurrent();
  return refresh();
}

// One after the other: each draws what came after the last one.
let drawing = Promise.resolve();
function refreshConversation() {
  drawing = drawing.catch(() => {}).then(drawConversation);
  return drawing;
}

async function drawConversation() {
  const id = view.open;
  if (!id) return;
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
  if ($("notes").innerHTML !== found.notes) $("notes").innerHTML = found.notes;
  setFields(found.fields);
  setSigns(found);
  if (found.mark !== view.mark && (isFirst || found.state !== view.state)) refreshBrief(id);
  view.mark = found.mark;
  setState(found.state);
  if (isFirst) toEnd(); // now that everything around the log has its height
}

function setSigns(found) {
  const wasAtEnd = isAtEnd();
  $("typing").hidden = !found.is_typing;
  if (found.is_typing && wasAtEnd) toEnd();
  clearTimeout(view.typingTimer);
  if (found.is_typing) view.typingTimer = setTimeout(() => { $("typing").hidden = true; }, 8000);
  view.readId = found.read_id;
  for (const message of $("log").querySelectorAll(".from-agent")) {
    const mark = message.querySelector(".read-mark");
    if (mark) mark.hidden = Number(message.dataset.message) > view.readId;
  }
}

async function refreshBrief(id) {
  const found = await call(`${base}${id}/brief`).catch(() => null);
  if (!found || id !== view.open) return;
  const wasAtEnd = isAtEnd();
  $("brief-body").innerHTML = found.html;
  $("brief").hidden = false;
  if (wasAtEnd) toEnd();
  view.hasPlan = found.has_plan;
  view.matter = found.matter;
  $("tool-plan").disabled = !found.has_plan;
  $("tool-plan").title = found.has_plan ? "" : "这次对话里还没有方案";
}

function setState(state) {
  view.state = state;
  const isMine = state === "mine";
  const wasHidden = $("composer").hidden;
  $("composer").hidden = !isMine;
  if (isMine && wasHidden) grow(); // a hidden box has no height to measure
  $("preview").hidden = isMine;
  $("tools").hidden = !isMine;
  pointTools();
  $("preview-claim").hidden = state !== "waiting";
  $("preview-step-in").hidden = !["other", "bot"].includes(state) || !("oversees" in body.dataset);
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
  "step-in": "接手这个会话？原来接待的客服会看到，用户也会收到通知。",
  "hand-back": "把会话交还小二？小二会接着问还没回答的问题。",
};
const DONE = { "hand-back": "已交还小二", return: "已退回队列，排队位置不变", plan: "方案已发出",
  "ask-identity": "已请用户提供编号和手机号后四位", "wake-up": "已取回", "step-in": "已接手" };

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
const draftKey = (id = view.open) => `draft:${body.dataset.agent}:${id}`;
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
let sure = ""; // the conversation and text that were warned about
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
    await call(`${base}${id}/reply`, { text, client_id: clientId, is_sure: sure === key });
    sure = "";
    typedAt = 0;  // the reply has taken the sign away: the next key stroke tells again
    pending.delete(key);
    if (view.open === id && $("reply").value === text) $("reply").value = "";
    if (view.open === id) keepDraft(); else sessionStorage.removeItem(draftKey(id));
    grow();
    refreshTalk().then(() => { if (view.open === id) toEnd(); });
  } catch (error) {
    if (error.code !== "offline") pending.delete(key);
    if (error.code === "personal_numbers") sure = key;  // the same words sent again are meant
    toast(error.message);
    refresh();
  } finally {
    isSending = false;
    button.disabled = false;
    if (view.open === id) $("reply").focus();
  }
}

function newId() { // crypto.randomUUID needs https; the desk may run on plain http in an intranet
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

async function choosePresence() {
  try {
    await call("/desk/api/state", { state: $("presence").value });
  } catch (error) { toast(error.message); }
  $("presence").blur();
  await refresh();
}

// Tells the applicant's page that somebody is typing, at most every few seconds.
let typedAt = 0;
function tellTyping() {
  if (now() - typedAt < 4000 || view.state !== "mine" || !$("reply").value) return;
  typedAt = now();
  call(`${base}${view.open}/typing`, {}).catch(() => {});
}

// --- live ----------------------------------------------------------------------------------

let stream = null;
function connect() {
  stream?.close();
  const mine = stream = new EventSource("/desk/events?queue=1" + (view.open ? `&c=${view.open}` : ""));
  stream.addEventListener("open", () => { setOffline(false); refresh(); });
  stream.addEventListener("talk", () => { if (view.open) refreshTalk(); });
  stream.addEventListener("wake", refresh);
  stream.addEventListener("queue", (event) => takeQueue(JSON.parse(event.data)));
  stream.addEventListener("beat", beat);
  stream.addEventListener("expired", goToLogin);
  stream.addEventListener("error", () => {
    if (mine !== stream) return;
    setOffline(true);
    if (stream.readyState === EventSource.CLOSED) { // refused, not only cut: ask why, try again
      setTimeout(() => { if (mine === stream) { refresh(); connect(); } }, 3000);
    }
  });
}

// One fetch of the conversation at a time; a ring during it causes exactly one more.
let talking = null, talkAgain = false;
function refreshTalk() {
  if (talking) { talkAgain = true; return talking; }
  talking = (async () => {
    do {
      talkAgain = false;
      await refreshConversation().catch((error) => { if (!(error instanceof Refused)) throw error; });
    } while (talkAgain && view.open);
  })().finally(() => { talking = null; });
  return talking;
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
  const at = event.target.closest?.("[data-act], [data-open], [data-pane], [data-kind], [data-dialog]");
  if (!at || at === body) return;
  if (at.dataset.kind) showKind(at.dataset.kind);
  else if (at.dataset.dialog) openDialog(at.dataset.dialog);
  else if (at.dataset.act) act(at.dataset.act, at.dataset.id || view.open);
  else if (at.dataset.open && !event.ctrlKey && !event.metaKey) { event.preventDefault(); open(at.dataset.open); }
  else if (at.dataset.pane) show(at.dataset.pane);
});
for (const name of ["pointerdown", "keydown"]) {
  document.addEventListener(name, () => { view.wasActive = true; }, { passive: true });
}
document.addEventListener("visibilitychange", () => {
  if (document.hidden) return;
  view.news = "";
  setTitle();
  refresh();
});
window.addEventListener("popstate", () => {
  const match = location.pathname.match(/^\/desk\/conversations\/([\w-]+)$/);
  open(match ? match[1] : "", false);
});
const hasKeyboardOnScreen = matchMedia("(hover: none) and (pointer: coarse)").matches;
if (!hasKeyboardOnScreen) $("reply").placeholder = "输入回复，回车发送，Shift+回车换行";
$("reply").addEventListener("input", () => { keepDraft(); grow(); expandCanned(); tellTyping(); });
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
$("presence").addEventListener("change", choosePresence);
$("logout").addEventListener("submit", () => sessionStorage.clear());
setInterval(tellWaiting, 10000);
setInterval(() => { if (!stream || stream.readyState !== EventSource.OPEN) refresh(); }, FALLBACK_MS);


// The other scripts of the page are read after this one.
document.addEventListener("DOMContentLoaded", () => {
  if (matchMedia("(max-width: 860px)").matches) $("brief").open = false;
  const first = view.open;
  view.open = "";
  open(first, false);
  connect();
});
