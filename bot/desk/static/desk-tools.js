// Dialogs and tools of the conversation: each opens, is filled, sends one call.
"use strict";

// --- dialogs -------------------------------------------------------------------------------

function openDialog(name) {
  const dialog = $(`d-${name}`);
  if (!dialog || dialog.open) return;
  const note = dialog.querySelector(".dialog-note");
  note.hidden = true;
  OPENED[name]?.();
  dialog.showModal();
}

function refuseDialog(dialog, text) {
  const note = dialog.querySelector(".dialog-note");
  note.textContent = text;
  note.hidden = false;
}

const OPENED = {
  transfer: fillColleagues,
  note: fillPeople,
  canned: () => { $("canned-q").value = ""; fillCanned(); },
  facts: () => { $("facts-q").value = view.matter || $("facts-q").value; fillFacts(); },
  bells: () => showBells(),
  keys: () => showKeys(),
};

const SENT = {
  transfer: async () => {
    const chosen = $("transfer-to").selectedOptions[0];
    const to = chosen?.dataset.agent ? { agent_id: Number(chosen.dataset.agent) } : { department_id: chosen?.dataset.department };
    if (!chosen?.value) throw new Refused("unknown_colleague", "请选转给谁");
    const done = await call(`${base}${view.open}/transfer`, { ...to, reason: $("transfer-reason").value });
    $("transfer-reason").value = "";
    toast(done.is_staffed ? "已转接" : "已转到队列。那边现在没有人在线，用户已知道");
  },
  supervisor: async () => {
    const done = await call(`${base}${view.open}/supervisor`, { reason: $("supervisor-reason").value });
    $("supervisor-reason").value = "";
    toast(done.present ? `已通知在线的 ${done.present} 位主管` : "主管现在都不在线，上线后会看到");
  },
  snooze: async () => {
    await call(`${base}${view.open}/snooze`, { until: Math.floor(snoozeUntil() / 1000) });
    toast("已放到“稍后”，到时间自己回来");
  },
  close: async () => {
    await call(`${base}${view.open}/close`, { reason: $("close-reason").value });
    $("close-reason").value = "";
    toast("会话已结束");
  },
  note: async () => {
    const done = await call(`${base}${view.open}/note`, { text: $("note-text").value });
    $("note-text").value = "";
    toast(done.mentioned ? `备注已保存，已提醒 ${done.mentioned} 位同事` : "备注已保存");
  },
  identity: async () => {
    const sent = { number: $("identity-number").value, credential: $("identity-credential").value };
    const done = await call(`${base}${view.open}/identify`, sent);
    $("identity-credential").value = "";
    toast(`身份已核实：${done.matter}`);
  },
  "keep-filter": async () => {
    await call("/desk/api/filters", { name: $("filter-name").value, query: view.filter });
    $("filter-name").value = "";
    await fillFilters();
    toast("已存为常用筛选");
  },
};

for (const form of document.querySelectorAll("[data-form]")) {
  const dialog = form.closest("dialog"), name = form.dataset.form;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const button = form.querySelector("button[value=yes]");
    if (!SENT[name] || button.disabled) return;
    button.disabled = true;
    try {
      await SENT[name]();
      dialog.close();
      await refresh();
      if (view.open) refreshTalk();
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      refuseDialog(dialog, error.message);
    } finally {
      button.disabled = false;
    }
  });
  form.querySelector("[data-close]").addEventListener("click", () => dialog.close());
}

function snoozeUntil() {
  const chosen = document.querySelector("[name=snooze]:checked").value;
  if (chosen === "at") return Date.parse($("snooze-at").value) || 0;
  if (chosen !== "tomorrow") return now() + Number(chosen) * 60000;
  const morning = new Date();
  morning.setDate(morning.getDate() + 1);
  return morning.setHours(9, 0, 0, 0);
}

// --- what dialogs show ---------------------------------------------------------------------

let colleagues = [];

async function fillColleagues() {
  const found = await call("/desk/api/colleagues").catch((error) => { toast(error.message); return null; });
  if (!found) return;
  colleagues = found.colleagues;
  const select = $("transfer-to");
  select.textContent = "";
  select.append(new Option("请选", ""));
  const people = document.createElement("optgroup");
  people.label = "同事";
  for (const one of found.colleagues) {
    const text = `${one.name}（${[one.department, one.state, one.load].filter(Boolean).join("，")}）`;
    const option = new Option(text, `a${one.id}`);
    option.dataset.agent = one.id;
    option.disabled = !one.is_present;
    people.append(option);
  }
  const queues = document.createElement("optgroup");
  queues.label = "部门队列";
  for (const one of found.departments) {
    const option = new Option(one.name + (one.is_staffed ? "" : "（现在没有人在线）"), `d${one.id || "-"}`);
    option.dataset.department = one.id;
    queues.append(option);
  }
  select.append(people, queues);
}

async function fillPeople() {
  await fillColleagues();
  const row = $("note-people");
  row.textContent = "";
  for (const one of colleagues) {
    const chip = document.createElement("button");
    chip.type = "button";
    chip.className = "small";
    chip.textContent = `@${one.name}`;
    chip.addEventListener("click", () => {
      $("note-text").value += `@${one.name} `;
      $("note-text").focus();
    });
    row.append(chip);
  }
}

let canned = null;
async function loadCanned() {
  canned ??= (await call("/desk/api/canned")).canned;
  return canned;
}

function pick(list, items, shown, used, nothing = "没有找到") {
  list.textContent = "";
  for (const one of items) {
    const button = document.createElement("button");
    button.type = "button";
    const [title, text] = shown(one);
    const head = document.createElement("b");
    head.textContent = title;
    const rest = document.createElement("span");
    rest.textContent = text;
    button.append(head, rest);
    button.addEventListener("click", () => used(one));
    const item = document.createElement("li");
    item.append(button);
    list.append(item);
  }
  if (!items.length) {
    const item = document.createElement("li");
    item.className = "hint";
    item.textContent = nothing;
    list.append(item);
  }
}

async function fillCanned() {
  const all = await loadCanned().catch((error) => { toast(error.message); return []; });
  const word = $("canned-q").value.trim().toLowerCase();
  const fitting = all.filter((one) => `${one.shortcut} ${one.title} ${one.text}`.toLowerCase().includes(word));
  pick($("canned-list"), fitting, (one) => [`/${one.shortcut} ${one.title}`, one.text], (one) => {
    $("d-canned").close();
    insert(one.text);
  });
}

async function expandCanned() { // "/shortcut" and a blank at the start of the line
  const match = $("reply").value.match(/(^|\n)\/([^\s/]+)[ \u3000]$/);
  if (!match) return;
  const all = await loadCanned().catch(() => []);
  const found = all.filter((one) => one.shortcut === match[2]).pop(); // the department's comes last
  if (!found || !$("reply").value.endsWith(match[0])) return;
  $("reply").value = $("reply").value.slice(0, -match[0].length) + match[1] + found.text;
  keepDraft();
  grow();
}

function insert(text) {
  const box = $("reply");
  box.value += (box.value && !box.value.endsWith("\n") ? "\n" : "") + text;
  keepDraft();
  grow();
  box.focus();
}

let factsTimer;
async function fillFacts() {
  const query = new URLSearchParams({ q: $("facts-q").value, topic: $("facts-topic").value });
  const found = await call("/desk/api/facts?" + query).catch((error) => { toast(error.message); return { facts: [] }; });
  pick($("facts-list"), found.facts, (one) => [one.matter, one.text], (one) => {
    $("d-facts").close();
    insert(one.text);
  }, $("facts-q").value.trim() ? "没有找到" : "输入事项名称就能找到。");
}

$("canned-q").addEventListener("input", fillCanned);
$("facts-q").addEventListener("input", () => { clearTimeout(factsTimer); factsTimer = setTimeout(fillFacts, 250); });
$("facts-topic").addEventListener("change", fillFacts);

// --- files ---------------------------------------------------------------------------------

async function sendFile() {
  const file = $("file").files[0];
  if (!file) return;
  const sent = new FormData();
  sent.append("conversation", view.open);
  sent.append("file", file);
  $("file").value = "";
  let response;
  try {
    response = await fetch("/desk/api/files", { method: "POST", body: sent, credentials: "same-origin" });
  } catch {
    toast("网络不通，文件没有发出，请稍后再试");
    return;
  }
  const answer = await response.json().catch(() => ({}));
  toast(response.ok ? `已发出：${answer.name}` : answer.error?.message || "文件没有发出，请稍后再试");
  refresh();
}

$("tool-file").addEventListener("click", () => $("file").click());
$("file").addEventListener("change", sendFile);

function pointTools() { // to pages of other areas, about the conversation on the screen
  for (const tool of document.querySelectorAll("[data-tool]")) {
    tool.href = tool.dataset.tool.replace("{conversation_id}", view.open);
  }
}

// --- search and filters --------------------------------------------------------------------

const FILTER_FIELDS = { q: "q", owner: "f-owner", channel: "f-channel", reason: "f-reason" };
let searchTimer;

function readFilter() {
  const entries = Object.entries(FILTER_FIELDS).map(([name, id]) => [name, $(id).value.trim()]);
  Object.assign(view, { filter: Object.fromEntries(entries.filter(([, value]) => value)), before: "" });
  for (const chip of $("filters").children) chip.setAttribute("aria-pressed", "false");
  refresh();
}

function useFilter(query) {
  for (const [name, id] of Object.entries(FILTER_FIELDS)) $(id).value = query[name] || "";
  readFilter();
}

async function fillFilters() {
  const { filters } = await call("/desk/api/filters").catch(() => ({ filters: [] }));
  const row = $("filters");
  row.textContent = "";
  row.hidden = !filters.length;
  for (const one of filters) {
    const chip = document.createElement("span");
    chip.className = "saved";
    const use = document.createElement("button");
    use.type = "button";
    use.className = "small";
    use.textContent = one.name;
    use.addEventListener("click", () => useFilter(one.query));
    const drop = document.createElement("button");
    drop.type = "button";
    drop.className = "small plain";
    drop.textContent = "×";
    drop.setAttribute("aria-label", `删除筛选 ${one.name}`);
    drop.addEventListener("click", async () => {
      await call("/desk/api/filters", { name: one.name, query: null }).catch((error) => toast(error.message));
      fillFilters();
    });
    chip.append(use, drop);
    row.append(chip);
  }
}

$("search").addEventListener("submit", (event) => { event.preventDefault(); readFilter(); });
$("search").addEventListener("input", () => { clearTimeout(searchTimer); searchTimer = setTimeout(readFilter, 300); });
$("search").addEventListener("reset", () => setTimeout(readFilter));
$("lists").addEventListener("click", (event) => {
  if (event.target.id !== "more") return;
  const cards = $("lists").querySelectorAll(".card");
  view.before = String(Math.floor(Number(cards[cards.length - 1].dataset.at)));
  $("lists").scrollTop = 0;
  refresh();
});
fillFilters();
