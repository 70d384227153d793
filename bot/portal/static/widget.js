// 小二 on any site:
//   <script src="https://HOST/widget.js" data-color="#1d5c63" data-title="小二" defer></script>
// Loads nothing but a frame from the host it came from, and that only when it is needed. The secret
// of the conversation stays inside the frame. docs/widget.md explains the attributes.

(() => {
  "use strict";

  const script = document.currentScript;
  if (!script || window.__xiaoer) return; // once a page
  window.__xiaoer = true;

  const HOST = new URL(script.src, location.href).origin;
  const OPEN = "xiaoer.open"; // this tab: the panel is open
  const BEGUN = "xiaoer.begun"; // this site: there is a conversation whose news are worth fetching
  const COLOR = "#a8321f";
  const LONGEST = { title: 20, welcome: 300, button: 12 };
  const STYLE = `
    :host { all: initial; }
    * { box-sizing: border-box; }
    .bar { position: fixed; z-index: 2147483000; bottom: max(20px, env(safe-area-inset-bottom)); font: 17px/1.4 system-ui, "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif; }
    .right { right: 20px; } .left { left: 20px; }
    button { position: relative; display: flex; align-items: center; gap: 8px; min-height: 56px; padding: 8px 20px; border: 2px solid #fff; border-radius: 28px; background: var(--color); color: #fff; font: inherit; font-weight: 600; cursor: pointer; box-shadow: 0 4px 14px rgb(0 0 0 / 30%); }
    button:focus-visible { outline: 3px solid #14606b; outline-offset: 3px; }
    .badge { position: absolute; top: -8px; right: -6px; min-width: 26px; padding: 2px 7px; border: 2px solid #fff; border-radius: 14px; background: #b3261e; color: #fff; font-size: 14px; text-align: center; }
    .badge[hidden] { display: none; }
    .said { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
    .panel { position: fixed; z-index: 2147483001; bottom: 92px; width: 400px; height: min(660px, calc(100vh - 112px)); max-width: calc(100vw - 40px); border: 1px solid #b9b0a2; border-radius: 16px; overflow: hidden; background: #fbf9f5; box-shadow: 0 12px 40px rgb(0 0 0 / 28%); }
    .panel[hidden] { display: none; }
    iframe { display: block; width: 100%; height: 100%; border: 0; }
    @media (max-width: 560px), (max-height: 480px) {
      .panel { inset: 0; width: 100vw; max-width: none; height: 100vh; height: 100dvh; border: 0; border-radius: 0; }
      .bar.open { visibility: hidden; }
    }
    @media (forced-colors: active) { button { border: 2px solid ButtonText; } }
    @media print { .bar, .panel { display: none; } }`;

  // --- what the site sets: checked, else left out ------------------------------------------------

  function luminance(hex) {
    const parts = [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16) / 255);
    const [red, green, blue] = parts.map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  }

  function colorOf(raw) {
    if (raw === undefined) return COLOR;
    const isColor = /^#[0-9a-f]{6}$/i.test(raw);
    if (isColor && 1.05 / (luminance(raw) + 0.05) >= 4.5) return raw;
    console.warn(isColor
      ? `xiaoer: ${raw} 配白字看不清（对比度不到 4.5），改用默认颜色。`
      : "xiaoer: data-color 要写成 #rrggbb，改用默认颜色。");
    return COLOR;
  }

  function wordsOf(raw, longest, otherwise) {
    const words = [...(raw ?? "").replace(/\p{C}/gu, " ").trim()].slice(0, longest).join("");
    return words || otherwise;
  }

  const given = script.dataset;
  const looks = {
    color: colorOf(given.color),
    title: wordsOf(given.title, LONGEST.title, ""),
    welcome: wordsOf(given.welcome, LONGEST.welcome, ""),
  };
  const title = wordsOf(given.button, LONGEST.button, "问小二");
  const side = given.side === "left" ? "left" : "right";

  // --- what this site remembers: no secret, and nothing where storage is forbidden ---------------

  function remembered(store, key) {
    try { return window[store].getItem(key) === "1"; } catch { return false; }
  }

  function remember(store, key, isSo) {
    try {
      if (isSo) window[store].setItem(key, "1");
      else window[store].removeItem(key);
    } catch { /* forbidden: the panel then starts closed on the next page */ }
  }

  // --- drawing -----------------------------------------------------------------------------------

  const made = (tag, className) => Object.assign(document.createElement(tag), { className });
  const root = document.createElement("div");
  root.id = "xiaoer-widget";
  const shadow = root.attachShadow({ mode: "open" });
  const sheet = new CSSStyleSheet(); // not subject to the site's policy on inline styles
  sheet.replaceSync(STYLE);
  shadow.adoptedStyleSheets = [sheet];

  const bar = made("div", `bar ${side}`);
  bar.style.setProperty("--color", looks.color);
  bar.setAttribute("role", "region");
  bar.setAttribute("aria-label", "小二 企业办事助手");
  const launcher = Object.assign(document.createElement("button"), { type: "button" });
  launcher.setAttribute("aria-expanded", "false");
  const label = made("span", "");
  label.textContent = title;
  const badge = Object.assign(made("span", "badge"), { hidden: true });
  badge.setAttribute("aria-hidden", "true");
  const said = made("span", "said");
  said.setAttribute("role", "status");
  launcher.append(label, badge);
  bar.append(launcher, said);
  const panel = Object.assign(made("div", `panel ${side}`), { hidden: true });
  shadow.append(bar, panel);

  let frame = null;
  let isReady = false;
  let isOpen = false;

  function tell(type, values = {}) {
    if (isReady || type === "looks") frame.contentWindow.postMessage({ xiaoer: 1, type, ...values }, HOST);
  }

  function load() {
    if (frame) return;
    frame = document.createElement("iframe");
    frame.title = "小二 企业办事助手 对话";
    frame.allow = `microphone ${HOST}`;
    frame.referrerPolicy = "origin";
    frame.src = `${HOST}/widget/frame`;
    frame.addEventListener("load", () => tell("looks", looks));
    panel.append(frame);
  }

  function open(isAsked) {
    isOpen = true;
    remember("sessionStorage", OPEN, true);
    load();
    panel.hidden = false;
    bar.classList.add("open");
    launcher.setAttribute("aria-expanded", "true");
    count(0);
    if (isAsked) frame.focus();
    tell("show", { isAsked });
  }

  function fold() {
    isOpen = false;
    remember("sessionStorage", OPEN, false);
    panel.hidden = true;
    bar.classList.remove("open");
    launcher.setAttribute("aria-expanded", "false");
    tell("hide");
    launcher.focus();
  }

  function count(unread) {
    const number = Number.isInteger(unread) && unread > 0 ? Math.min(unread, 99) : 0;
    badge.hidden = number === 0;
    badge.textContent = String(number);
    said.textContent = number ? `小二有 ${number} 条新消息` : "";
    const action = isOpen ? "收起对话" : "打开对话";
    launcher.setAttribute("aria-label", `${title}，${action}${number ? `，${number} 条新消息` : ""}`);
  }

  // --- hearing the frame, and only it ------------------------------------------------------------

  const HEARD = {
    ready() {
      isReady = true;
      if (isOpen) tell("show", { isAsked: document.activeElement === root });
    },
    state({ unread, begun }) {
      remember("localStorage", BEGUN, begun === true);
      count(isOpen ? 0 : unread);
    },
    fold,
  };

  window.addEventListener("message", (event) => {
    if (!frame || event.origin !== HOST || event.source !== frame.contentWindow) return;
    if (event.data?.xiaoer === 1 && Object.hasOwn(HEARD, event.data.type)) HEARD[event.data.type](event.data);
  });

  launcher.addEventListener("click", () => (isOpen ? fold() : open(true)));
  count(0);

  function start() {
    document.body.append(root);
    if (remembered("sessionStorage", OPEN)) open(false);
    else if (remembered("localStorage", BEGUN)) (window.requestIdleCallback ?? setTimeout)(load);
  }
  if (document.body) start();
  else document.addEventListener("DOMContentLoaded", start, { once: true });
})();
