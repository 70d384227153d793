// What this device remembers: the conversation's secret, and messages not yet taken by the server.
// Without storage (private windows) everything still works until the page is closed.

const SESSION = "xiaoer.session";
const QUEUE = "xiaoer.queue.";

const DRAFT = "xiaoer.draft";
const PREFERENCE = "xiaoer.like.";

const fallback = new Map();

function storage() {
  try {
    return window.localStorage;
  } catch {
    return null;
  }
}

function read(key) {
  try {
    return JSON.parse(storage()?.getItem(key) ?? fallback.get(key) ?? "null");
  } catch {
    return null;
  }
}

function write(key, value) {
  const raw = JSON.stringify(value);
  fallback.set(key, raw);
  try {
    storage()?.setItem(key, raw);
  } catch {
    // storage is full or forbidden: the copy in memory has to do
  }
}

function remove(key) {
  fallback.delete(key);
  try {
    storage()?.removeItem(key);
  } catch {
    // as above
  }
}

/** Tell whether anything is still remembered once this page is closed. */
export function isLasting() {
  try {
    window.localStorage.setItem("xiaoer.try", "1");
    window.localStorage.removeItem("xiaoer.try");
    return true;
  } catch {
    return false;
  }
}

/** Return what the person likes (large print, ...), null before the first choice. */
export function preference(name) {
  return read(PREFERENCE + name);
}

export function keepPreference(name, value) {
  write(PREFERENCE + name, value);
}

// what was typed and not sent stays in this tab only: others may use the device
export function loadDraft() {
  try {
    return window.sessionStorage.getItem(DRAFT) ?? "";
  } catch {
    return "";
  }
}

export function keepDraft(text) {
  try {
    window.sessionStorage.setItem(DRAFT, text);
  } catch {
    // as above
  }
}

export function loadSession() {
  return read(SESSION);
}

export function saveSession(session) {
  write(SESSION, session);
}

export function forgetSession() {
  remove(SESSION);
}

/** Call back when another tab opens or leaves a conversation. */
export function onSessionChange(callback) {
  window.addEventListener("storage", (event) => {
    if (event.key === SESSION || event.key === null) callback();
  });
}

export function keepUnsent(item) {
  write(QUEUE + item.clientId, item);
}

export function dropUnsent(clientId) {
  remove(QUEUE + clientId);
}

export function loadUnsent() {
  const keys = new Set(fallback.keys());
  const stored = storage();
  for (let index = 0; stored && index < stored.length; index += 1) keys.add(stored.key(index));
  return [...keys]
    .filter((key) => key.startsWith(QUEUE))
    .map(read)
    .filter(Boolean)
    .sort((one, other) => one.at - other.at);
}
