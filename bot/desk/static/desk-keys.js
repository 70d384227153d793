// Everything by the keyboard. Keys count only while nobody types and no dialog is open.
"use strict";

const KEYS = [
  ["j", "下一个会话", () => step(1)],
  ["k", "上一个会话", () => step(-1)],
  ["Enter", "打开选中的会话", null],
  ["c", "接入", () => press("[data-act=claim]:not([data-id])", "#lists .card.current [data-act=claim]", "#lists [data-act=claim]")],
  ["r", "写回复", () => focusOn("reply")],
  ["/", "搜索会话", () => focusOn("q")],
  [".", "常用语", () => press("#tools [data-dialog=canned]")],
  ["f", "插入事项内容", () => press("#tools [data-dialog=facts]")],
  ["p", "发方案", () => press("#tool-plan")],
  ["u", "发文件", () => press("#tool-file")],
  ["i", "核实身份", () => press("#tools [data-dialog=identity]")],
  ["n", "内部备注", () => press("#tools [data-dialog=note]", "#preview-note")],
  ["t", "转接", () => press("#head [data-dialog=transfer]")],
  ["s", "稍后", () => press("#head [data-dialog=snooze]", "#head [data-act=wake-up]")],
  ["a", "请主管 / 接手", () => press("#head [data-dialog=supervisor]", "#preview-step-in")],
  ["b", "交还小二", () => press("#head [data-act=hand-back]")],
  ["q", "退回队列", () => press("#head [data-act=return]")],
  ["x", "结束", () => press("#head [data-dialog=close]")],
  ["e", "修改已填信息", () => focusFields()],
  ["1 – 5", "当前、部门、全部、稍后、已结束", null],
  ...[...document.querySelectorAll("[data-tool][data-key]")].map((tool) => [tool.dataset.key, tool.textContent, () => press(`#${tool.id}`)]),
  ...[...document.querySelectorAll(".bar [data-go]")].map((link) => [`g ${link.dataset.go}`, `去：${link.textContent}`, null]),
  ["Esc", "离开输入框、关闭窗口", null],
  ["?", "快捷键", () => openDialog("keys")],
];

function isShown(element) { return element && !element.disabled && element.getClientRects().length > 0; }

function press(...selectors) {
  for (const selector of selectors) {
    const found = document.querySelector(selector);
    if (isShown(found)) { found.click(); return; }
  }
}

function focusOn(id) { if (isShown($(id))) $(id).focus(); }

function focusFields() {
  if (body.dataset.pane !== "fields" && matchMedia("(max-width: 860px)").matches) show("fields");
  $("fields").querySelector("input:not([readonly]), select:not(:disabled)")?.focus();
}

function step(by) {
  const links = [...$("lists").querySelectorAll("[data-open]")].filter(isShown);
  if (!links.length) return;
  const at = links.findIndex((link) => link === document.activeElement || link.dataset.open === view.open);
  const focused = links.indexOf(document.activeElement);
  const from = focused >= 0 ? focused : at;
  links[Math.min(Math.max(from + by, 0), links.length - 1)].focus();
}

function showKeys() {
  const list = $("keys-list");
  list.textContent = "";
  for (const [key, meaning] of KEYS) {
    const row = document.createElement("div"), term = document.createElement("dt"), text = document.createElement("dd");
    for (const part of key.split(" ").filter((one) => one !== "–")) {
      const cap = document.createElement("kbd");
      cap.textContent = part;
      term.append(cap, " ");
    }
    text.textContent = meaning;
    row.append(term, text);
    list.append(row);
  }
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.keyCode === 229) return;
  const isTyping = event.target.matches?.("input, textarea, select");
  if (event.key === "Escape" && isTyping && !document.querySelector("dialog[open]")) { event.target.blur(); return; }
  if (isTyping || document.querySelector("dialog[open]")) return;
  if (event.defaultPrevented) return; // "g" and a letter: see bar.js
  const kinds = document.querySelectorAll("[data-kind]");
  const found = KEYS.find(([key, , act]) => act && key === event.key);
  if (/^[1-5]$/.test(event.key)) kinds[Number(event.key) - 1].click();
  else if (found) found[2]();
  else return;
  event.preventDefault();
});

document.querySelector("[role=tablist]").addEventListener("keydown", (event) => {
  const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  if (!by) return;
  const tabs = [...document.querySelectorAll("[data-kind]")];
  const next = tabs[(tabs.indexOf(document.activeElement) + by + tabs.length) % tabs.length];
  next.focus();
  next.click();
});
