// The chat page: sends in order until taken, fetches what is new, reconnects by itself.

import { openConversation, readMessages, Refused, sendMessage, sendSigns } from "./api.js";
import * as memory from "./memory.js";
import * as view from "./view.js";

const RETRY_MS = [500, 1000, 2000, 4000, 8000];
const COUNTER_FROM = 200;
const SETTLE_MS = 300;
const TELL_TYPING_MS = 4000;
const STATUS = {
  online: "在线",
  typing: "正在输入…",
  waiting: "正在排队等人工",
  agent: "人工服务中",
  closed: "对话已结束，再说一句就能重新开始",
  offline: "连接中断，正在重连…",
};

const byId = (id) => document.getElementById(id);
const text = byId("text");
const maxLength = Number(text.dataset.maxLength);

let session = memory.loadSession();
let queue = memory.loadUnsent();
let lastId = 0;
let conversation = null;
let owner = "bot";
let isBusy = false;
let isOffline = false;
let sending = null;
let inFlight = Promise.resolve();
let polling = null;
let isAgentTyping = false;
let toldTypingAt = 0;
let toldReadId = 0;

// --- status -------------------------------------------------------------------------------------

function showStatus() {
  const isTyping = isBusy && owner === "bot" && view.lastAuthor() === "applicant";
  let state = owner === "bot" ? (isTyping ? "typing" : "online") : owner;
  if (isOffline) state = "offline";
  const status = byId("status");
  if (status.dataset.state !== state || status.textContent !== STATUS[state]) {
    status.dataset.state = state;
    status.textContent = STATUS[state];
  }
  byId("stop-waiting").hidden = owner !== "waiting";
  view.setTyping((isTyping || isAgentTyping) && !isOffline);
}

// --- signs for the agent ------------------------------------------------------------------------

function tellTyping() {
  if (owner !== "agent" || !text.value || Date.now() - toldTypingAt < TELL_TYPING_MS) return;
  toldTypingAt = Date.now();
  sendSigns(session.token, { typing: true, readId: lastId }).catch(() => {}); // a sign may get lost
}

function tellRead() {
  if (owner !== "agent" || document.hidden || lastId <= toldReadId) return;
  toldReadId = lastId;
  sendSigns(session.token, { typing: false, readId: lastId }).catch(() => {});
}

function setOffline(value) {
  isOffline = value;
  showStatus();
}

/** Show a line above the box; "" takes it away. */
export function notify(message) {
  byId("notice").textContent = message;
  byId("notice").hidden = !message;
}

// --- waiting between attempts -------------------------------------------------------------------

const sleepers = new Set();

function pause(attempt, atLeastMs = 0) {
  const base = RETRY_MS[Math.min(attempt, RETRY_MS.length - 1)];
  const ms = Math.max(atLeastMs, base * (0.75 + Math.random() / 2));
  return new Promise((resolve) => {
    const wake = () => {
      clearTimeout(timer);
      sleepers.delete(wake);
      resolve();
    };
    const timer = setTimeout(wake, ms);
    sleepers.add(wake);
  });
}

function hurry() {
  for (const wake of [...sleepers]) wake();
}

// --- sending ------------------------------------------------------------------------------------

function enqueue(item) {
  const kept = { ...item, at: Date.now() };
  if (queue.some((other) => other.clientId === kept.clientId)) return;
  queue.push(kept);
  memory.keepUnsent(kept);
  view.showPending(kept, "发送中…");
  view.freshenChoices();
  flush();
}

function flush() {
  sending ??= sendAll().finally(() => {
    sending = null;
  });
}

async function sendAll() {
  for (let attempt = 0; queue.length; ) {
    const item = queue[0];
    try {
      if (!session) session = await open();
      inFlight = sendMessage(session.token, item);
      const { message_id: messageId } = await inFlight;
      done(item);
      view.accept(item.clientId, messageId);
      toldTypingAt = 0;
      attempt = 0;
      isBusy = owner === "bot";
      setOffline(false);
      poll();
    } catch (error) {
      if (error instanceof Refused && error.isFinal) {
        refuse(item, error);
        continue;
      }
      view.showPending(item, "还没发出去，正在重试…");
      if (!(error instanceof Refused)) setOffline(true);
      const retryAfterMs = error instanceof Refused ? error.retryAfterS * 1000 : 0;
      if (retryAfterMs) notify(error.message);
      await pause(attempt, retryAfterMs);
      attempt += 1;
    }
  }
}

async function openOne() {
  const known = memory.loadSession();
  if (known) return known;
  const { token } = await openConversation();
  memory.saveSession({ token });
  return { token };
}

// two tabs that open their first conversation at once must end up in the same one; a frame that
// may not store anything gets no locks either, and shares with nobody
function open() {
  if (!navigator.locks || !memory.isLasting()) return openOne();
  return navigator.locks.request("xiaoer.open", openOne);
}

/** Return the secret of the conversation, opened when there is none yet. */
export async function theToken() {
  session ??= await open();
  poll();
  return session.token;
}

/** Return the secret of the conversation, null before the first word. */
export function knownToken() {
  return session?.token ?? null;
}

/** Send a command of the page's own as if its button had been pressed. */
export function command(payload, title) {
  enqueue({ clientId: newId(), payload, title });
}

/** Begin anew, after asking. */
export function askToRestart() {
  byId("confirm").showModal();
}

function announce(messages) {
  const detail = { messages, owner, lastId };
  document.dispatchEvent(new CustomEvent("xiaoer:news", { detail }));
}

function done(item) {
  queue = queue.filter((other) => other.clientId !== item.clientId);
  memory.dropUnsent(item.clientId);
  notify("");
}

function refuse(item, error) {
  done(item);
  view.dropPending(item.clientId);
  view.freshenChoices();
  notify(error.message || "这条消息没能发出去，请修改后再试。");
  if (item.text && !text.value) {
    text.value = item.text;
    measure();
  }
  if (error.status === 401) leave();
}

function press(button, clientId) {
  enqueue({ clientId, payload: button.payload, title: button.title });
}

function submit() {
  const value = text.value.trim();
  const over = [...value].length - maxLength;
  if (!value) {
    notify("您还没有输入内容，请写上要问的事再发送。");
  } else if (over > 0) {
    notify(`一次最多能发 ${maxLength} 个字，现在超出 ${over} 个字，请分成几段发送。您写的内容没有丢。`);
  } else {
    notify("");
    enqueue({ clientId: newId(), text: value });
    text.value = "";
    measure();
  }
  text.focus();
}

/** Return an id that no other message has. */
export function newId() {
  if (crypto.randomUUID) return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16)); // plain http on a host name
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

// --- fetching -----------------------------------------------------------------------------------

function poll() {
  if (!session || polling) return;
  polling = new AbortController();
  fetchForEver(session, polling);
}

async function fetchForEver(mine, controller) {
  const isMine = () => polling === controller;
  let isFirst = true;
  for (let attempt = 0; isMine(); ) {
    try {
      const options = { waits: !isFirst && !isOffline, signal: controller.signal };
      const page = await readMessages(mine.token, lastId, options);
      if (page.messages.some((message) => message.author === "applicant")) await settleSending();
      if (!isMine()) return;
      take(page);
      attempt = 0;
      isFirst = false;
      setOffline(false);
      view.setBusy(false);
    } catch (error) {
      if (!isMine()) return;
      if (error instanceof Refused && error.status === 401) {
        notify(error.message);
        leave();
        return;
      }
      setOffline(true);
      await pause(attempt);
      attempt += 1;
    }
  }
}

// the answer to a message on its way says which line of the page it is; do not draw it twice
function settleSending() {
  const soon = new Promise((resolve) => { setTimeout(resolve, SETTLE_MS); });
  return Promise.race([inFlight.catch(() => {}), soon]);
}

function take(page) {
  if (conversation && page.conversation_id !== conversation) {
    // the person had everything deleted, here or in another tab: nothing of it stays on the screen
    conversation = page.conversation_id;
    view.clear();
    for (const item of queue) view.showPending(item, "发送中…");
  }
  conversation = page.conversation_id;
  view.show(page.messages, press);
  for (const message of page.messages) lastId = Math.max(lastId, message.id);
  owner = page.owner;
  isBusy = page.busy;
  isAgentTyping = Boolean(page.agent?.typing);
  view.setWaiting(owner === "waiting");
  showStatus();
  tellRead();
  announce(page.messages);
}

function leave() {
  memory.forgetSession();
  reset(null);
}

function reset(next) {
  polling?.abort();
  polling = null;
  session = next;
  lastId = 0;
  conversation = null;
  owner = "bot";
  isBusy = isAgentTyping = false;
  toldReadId = 0;
  view.clear();
  for (const item of queue) view.showPending(item, "发送中…");
  showStatus();
  announce([]);
  poll();
}

// --- composer -----------------------------------------------------------------------------------

function measure() {
  text.style.height = "auto";
  text.style.height = `${text.scrollHeight + 2}px`;
  memory.keepDraft(text.value);
  const left = maxLength - [...text.value.trim()].length;
  const counter = byId("counter");
  counter.textContent = left >= COUNTER_FROM ? "" : left >= 0 ? `还可输入 ${left} 字` : `超出 ${-left} 字`;
  counter.classList.toggle("over", left < 0);
}

text.addEventListener("input", measure);
text.addEventListener("input", tellTyping);
document.addEventListener("visibilitychange", tellRead);
text.addEventListener("keydown", (event) => {
  // an input method uses Enter to take a candidate; 229 is what older ones send
  if (event.key !== "Enter" || event.shiftKey || event.isComposing || event.keyCode === 229) return;
  event.preventDefault();
  submit();
});
byId("composer").addEventListener("submit", (event) => {
  event.preventDefault();
  submit();
});
for (const starter of document.querySelectorAll("#starters .choice")) {
  starter.addEventListener("click", () => {
    enqueue({ clientId: newId(), payload: starter.dataset.payload, title: starter.textContent });
  });
}
byId("stop-waiting").addEventListener("click", () => {
  byId("stop-waiting").hidden = true;
  enqueue({ clientId: newId(), payload: "/stop_waiting", title: byId("stop-waiting").textContent });
});
byId("restart").addEventListener("click", askToRestart);
byId("confirm").addEventListener("close", () => {
  if (byId("confirm").returnValue === "yes") {
    for (const item of queue) memory.dropUnsent(item.clientId);
    queue = [];
    notify("");
    leave();
    text.focus();
  }
});

// --- coming back --------------------------------------------------------------------------------

memory.onSessionChange(() => {
  const other = memory.loadSession();
  if (other?.token !== session?.token) reset(other);
});
window.addEventListener("online", () => hurry());
window.addEventListener("pageshow", (event) => {
  if (event.persisted) hurry();
});
document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "visible") hurry();
});

text.value ||= memory.loadDraft();
if (text.value) measure();
if (session) view.setBusy(true);
for (const item of queue) view.showPending(item, "发送中…");
view.freshenChoices();
showStatus();
poll();
if (queue.length) flush();
document.body.dataset.ready = "";
