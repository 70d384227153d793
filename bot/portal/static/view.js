// Draws the transcript. People's words only ever become text nodes.

const LINK = /https?:\/\/[^\s<>"'，。；：！？、（）()【】《》“”]+/g;
const AUTHORS = { bot: "小二", agent: "工作人员" };
const NEAR_BOTTOM_PX = 120;
const ROOM_ABOVE_PX = 8;

const log = document.getElementById("log");
const scroller = document.getElementById("scroller");
const jump = document.getElementById("jump");
const typing = document.getElementById("typing");

const drawn = new Map();
const pending = new Map();
const accepted = new Map();
let lastDay = "";
let isWaiting = false;

function element(tag, className, text) {
  const made = document.createElement(tag);
  if (className) made.className = className;
  if (text !== undefined) made.textContent = text;
  return made;
}

/** Give the address back if it is a page of ours or a plain web page, else null. */
export function safeUrl(raw) {
  try {
    const url = new URL(raw, window.location.origin);
    return ["http:", "https:"].includes(url.protocol) ? url.href : null;
  } catch {
    return null;
  }
}

function link(raw, text, className) {
  const url = safeUrl(raw);
  if (!url) return element("span", className, text);
  const anchor = element("a", className, text);
  anchor.href = url;
  anchor.target = "_blank";
  anchor.rel = "noopener noreferrer";
  return anchor;
}

function appendText(parent, text) {
  let end = 0;
  for (const match of text.matchAll(LINK)) {
    parent.append(text.slice(end, match.index), link(match[0], match[0]));
    end = match.index + match[0].length;
  }
  parent.append(text.slice(end));
}

// all dates in this service are local, wherever the browser stands
const ZONE = "Asia/Shanghai";

function clock(iso) {
  const options = { hour: "2-digit", minute: "2-digit", hour12: false, timeZone: ZONE };
  return new Intl.DateTimeFormat("zh-CN", options).format(new Date(iso));
}

function dayOf(iso) {
  const options = { year: "numeric", month: "long", day: "numeric", weekday: "short", timeZone: ZONE };
  return new Intl.DateTimeFormat("zh-CN", options).format(new Date(iso));
}

function drawDay(iso, before) {
  const day = dayOf(iso);
  const isToday = day === dayOf(new Date().toISOString());
  if (day !== lastDay && !(isToday && lastDay === "")) {
    log.insertBefore(element("p", "day", isToday ? "今天" : day), before);
  }
  lastDay = day;
}

function drawChoices(message, onPress) {
  const choices = element("div", "choices");
  message.buttons.forEach((button, index) => {
    const choice = element("button", "choice", button.title);
    choice.type = "button";
    choice.dataset.payload = button.payload;
    choice.addEventListener("click", () => {
      choice.classList.add("chosen");
      onPress(button, `button-${message.id}-${index}`);
    });
    choices.append(choice);
  });
  return choices;
}

const STOP_WAITING = "/stop_waiting";
const OWN_FILE = /^\/api\/chat\/attachments\/\d+$/;

// one's own file opens with the secret of the conversation only, so it is no link
function ownFile(item) {
  const button = element("button", "attachment own", item.title);
  button.type = "button";
  button.addEventListener("click", () => {
    document.dispatchEvent(new CustomEvent("xiaoer:file", { detail: item }));
  });
  return button;
}

function drawAttachments(attachments) {
  const list = element("div", "attachments");
  for (const item of attachments) {
    list.append(OWN_FILE.test(item.url) ? ownFile(item) : link(item.url, item.title, "attachment"));
  }
  return list;
}

function transcriptLine(message) {
  const who = { applicant: "我", system: "提示", ...AUTHORS }[message.author];
  const files = message.attachments.map((item) => {
    const url = OWN_FILE.test(item.url) ? null : safeUrl(item.url);
    return url ? `[${item.title}] ${url}` : `[${item.title}]`;
  });
  const day = dayOf(message.created_at);
  return `${day} ${clock(message.created_at)} ${who}\n${[message.text, ...files].filter(Boolean).join("\n")}\n`;
}

/** Return the lines so far as a text to keep. */
export function transcript() {
  const lines = [...drawn.values()].filter((one) => one.text || one.attachments.length);
  return lines.map(transcriptLine).join("\n");
}

function drawLine(message, onPress) {
  const side = { applicant: "from-me", system: "from-system" }[message.author] ?? "from-bot";
  const line = element("article", `line ${side}`);
  line.dataset.id = message.id;
  const name = AUTHORS[message.author];
  if (name) {
    const avatar = element("span", `avatar ${message.author}`, message.author === "bot" ? "二" : "人");
    avatar.setAttribute("aria-hidden", "true");
    line.append(avatar);
  }
  const body = element("div", "body");
  const isMine = message.author === "applicant";
  const author = element("p", name ? "author" : "hidden", name ?? (isMine ? "我" : "提示"));
  if (name) author.append(element("time", "", clock(message.created_at)));
  body.append(author);
  if (message.text) {
    const bubble = element("div", "bubble");
    appendText(bubble, message.text);
    body.append(bubble);
  }
  if (message.attachments.length) body.append(drawAttachments(message.attachments));
  if (message.buttons.length) body.append(drawChoices(message, onPress));
  if (isMine) body.append(element("p", "meta", clock(message.created_at)));
  line.append(body);
  return line;
}

/** Add lines that are not there yet; returns how many were new. */
export function show(messages, onPress) {
  const isAtEnd = isNearBottom();
  let count = 0;
  for (const message of messages) {
    if (drawn.has(message.id)) continue;
    drawn.set(message.id, message);
    if (accepted.has(message.id)) dropPending(accepted.get(message.id));
    if (!message.text && !message.buttons.length && !message.attachments.length) continue;
    const firstPending = pending.values().next().value ?? null;
    drawDay(message.created_at, firstPending);
    log.insertBefore(drawLine(message, onPress), firstPending);
    count += 1;
  }
  if (count) settle(isAtEnd);
  return count;
}

/** Show a message that the server has not taken yet. */
export function showPending(item, note) {
  let line = pending.get(item.clientId);
  if (!line) {
    line = element("article", "line from-me pending");
    const body = element("div", "body");
    const bubble = element("div", "bubble");
    appendText(bubble, item.text || item.title || "");
    body.append(element("p", "hidden", "我"), bubble, element("p", "meta", ""));
    line.append(body);
    pending.set(item.clientId, line);
    log.append(line);
    settle(true);
  }
  line.querySelector(".meta").textContent = note;
}

/** The server has taken a message; its line stands in for it as soon as it is fetched. */
export function accept(clientId, messageId) {
  if (drawn.has(messageId)) {
    dropPending(clientId);
    return;
  }
  accepted.set(messageId, clientId);
  const line = pending.get(clientId);
  line?.classList.remove("pending");
  if (line) line.querySelector(".meta").textContent = "";
}

export function dropPending(clientId) {
  pending.get(clientId)?.remove();
  pending.delete(clientId);
}

/** Say whether the applicant waits for a person: only then is there a queue to leave. */
export function setWaiting(value) {
  isWaiting = value;
  freshenChoices();
}

/** Only choices that came after the applicant's last word can be pressed. */
export function freshenChoices() {
  const lines = [...log.querySelectorAll(".line")];
  const lastMine = lines.map((line) => line.classList.contains("from-me")).lastIndexOf(true);
  lines.forEach((line, index) => {
    for (const choice of line.querySelectorAll(".choice")) {
      const isLate = choice.dataset.payload === STOP_WAITING && !isWaiting;
      choice.disabled = index < lastMine || isLate;
    }
  });
  for (const choice of document.querySelectorAll("#starters .choice")) {
    choice.disabled = lastMine >= 0;
  }
}

export function setTyping(isTyping) {
  const isAtEnd = isNearBottom();
  const changes = typing.hidden === isTyping;
  typing.hidden = !isTyping;
  if (changes && isTyping && isAtEnd) scrollToEnd();
}

export function lastAuthor() {
  return pending.size ? "applicant" : [...drawn.values()].at(-1)?.author;
}

export function clear() {
  drawn.clear();
  pending.clear();
  accepted.clear();
  log.replaceChildren();
  lastDay = "";
  jump.hidden = true;
  freshenChoices();
}

export function setBusy(isBusy) {
  log.setAttribute("aria-busy", String(isBusy));
}

export function scrollToEnd() {
  scroller.scrollTop = scroller.scrollHeight;
  jump.hidden = true;
}

function isNearBottom(room = scroller.clientHeight) {
  return scroller.scrollHeight - scroller.scrollTop - room < NEAR_BOTTOM_PX;
}

/** Show what is new, from its beginning: of a long answer not only its end is in sight. */
function scrollToNews() {
  const mine = [...log.querySelectorAll(".from-me")].at(-1);
  const isLong = mine && mine.offsetHeight > scroller.clientHeight / 2;
  const first = isLong ? mine.nextElementSibling : mine;
  if (!first) return scrollToEnd();
  const above = first.getBoundingClientRect().top - scroller.getBoundingClientRect().top;
  const end = scroller.scrollHeight - scroller.clientHeight;
  scroller.scrollTop = Math.min(end, scroller.scrollTop + above - ROOM_ABOVE_PX);
  jump.hidden = isNearBottom();
}

function settle(wasAtEnd) {
  if (wasAtEnd) scrollToNews();
  else jump.hidden = false;
}

// a keyboard, a notice, a longer draft take room away: who was reading the last line still sees it
let followsEnd = true;
let roomBefore = scroller.clientHeight;
new ResizeObserver(() => {
  roomBefore = scroller.clientHeight;
  if (followsEnd) scrollToEnd();
}).observe(scroller);

jump.addEventListener("click", scrollToEnd);
scroller.addEventListener("scroll", () => {
  // room that goes or comes in the same frame is no step of the reader: the larger one judges
  followsEnd = isNearBottom(Math.max(roomBefore, scroller.clientHeight));
  if (followsEnd) jump.hidden = true;
});
