// The web chat's interface, as docs/api.md describes it.

const WAIT_S = 25;
const TIMEOUT_MS = 40_000;
const FILE_TIMEOUT_MS = 180_000; // a photo over a slow line

/** The server refused a request; `status` and `code` say why, the message is for people. */
export class Refused extends Error {
  constructor(status, code, message, retryAfterS) {
    super(message);
    this.status = status;
    this.code = code;
    this.retryAfterS = retryAfterS;
  }

  /** Trying again with the same content can never help. */
  get isFinal() {
    return this.status >= 400 && this.status < 500 && this.status !== 429 && this.status !== 408;
  }
}

async function call(method, path, { token, body, signal, timeoutMs = TIMEOUT_MS } = {}) {
  const headers = {};
  const isForm = body instanceof FormData;
  if (token) headers.Authorization = `Bearer ${token}`;
  if (body && !isForm) headers["Content-Type"] = "application/json";
  // a connection that died without a word must not hold the page for ever
  const timeout = new AbortController();
  const timer = setTimeout(() => timeout.abort(), timeoutMs);
  signal?.addEventListener("abort", () => timeout.abort(), { once: true });
  const response = await fetch(path, {
    method,
    headers,
    body: isForm ? body : body && JSON.stringify(body),
    signal: timeout.signal,
    cache: "no-store",
  }).finally(() => clearTimeout(timer));
  if (response.ok) return response.status === 204 ? {} : response.json();
  const error = await response.json().then((answer) => answer.error, () => ({}));
  const retryAfterS = Number(response.headers.get("Retry-After")) || 0;
  throw new Refused(response.status, error.code, error.message || "", retryAfterS);
}

export function openConversation() {
  return call("POST", "/api/chat/conversations");
}

export function sendMessage(token, { clientId, text, payload }) {
  const body = payload ? { client_id: clientId, payload } : { client_id: clientId, text };
  return call("POST", "/api/chat/messages", { token, body });
}

export function readMessages(token, after, { waits, signal }) {
  const wait = waits ? WAIT_S : 0;
  return call("GET", `/api/chat/messages?after=${after}&wait=${wait}`, { token, signal });
}

/** Hand in a file; sent again with the same id it is kept once. */
export function sendFile(token, clientId, file) {
  const body = new FormData();
  body.append("client_id", clientId);
  body.append("file", file, file.name);
  return call("POST", "/api/chat/attachments", { token, body, timeoutMs: FILE_TIMEOUT_MS });
}

/** Fetch a file that was handed in here; only with the secret of the conversation. */
export async function readFile(token, path) {
  const headers = { Authorization: `Bearer ${token}` };
  const response = await fetch(path, { headers, cache: "no-store" });
  if (response.ok) return response.blob();
  const error = await response.json().then((answer) => answer.error, () => ({}));
  throw new Refused(response.status, error.code, error.message || "", 0);
}

/** Tell the agent what happens here; while no person serves nothing comes of it. */
export function sendSigns(token, { typing, readId }) {
  return call("POST", "/api/chat/signs", { token, body: { typing, read_id: readId } });
}
