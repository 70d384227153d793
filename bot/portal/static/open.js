// Draws the charts of the open statistics out of their tables; without this script the tables tell everything.
"use strict";

const colour = (name) => getComputedStyle(document.body).getPropertyValue(name).trim();
const style = () => ({ quiet: colour("--quiet"), line: colour("--line"), blue: colour("--blue") });
const MOST = 15;

function options(chart, rows) {
  const { quiet, line, blue } = style();
  const isMonths = chart.dataset.shape === "months";
  const names = { type: "category", data: rows.map((row) => row.dataset.name), inverse: !isMonths,
    axisLabel: { color: quiet, hideOverlap: isMonths, width: isMonths ? 80 : 130, overflow: "truncate" },
    axisLine: { lineStyle: { color: line } }, axisTick: { show: false } };
  const numbers = { type: "value", min: 0, axisLabel: { color: quiet }, splitLine: { lineStyle: { color: line } } };
  return {
    animation: false, color: [blue], textStyle: { fontFamily: "inherit" },
    grid: { left: 8, right: 24, top: 14, bottom: 8, containLabel: true },
    xAxis: isMonths ? names : numbers, yAxis: isMonths ? numbers : names,
    series: [{ type: "bar", barMaxWidth: 26, data: rows.map((row) => Number(row.dataset.value)),
      silent: true, emphasis: { disabled: true },
      label: { show: !isMonths, position: "right", color: quiet } }],
  };
}

if (window.echarts) {
  const drawn = [...document.querySelectorAll(".chart[data-of]")].map((chart) => {
    const rows = [...document.querySelectorAll(`#${chart.dataset.of} tbody tr`)].slice(0, MOST);
    chart.hidden = false;
    if (chart.dataset.shape === "parts") chart.style.height = `${rows.length * 34 + 44}px`;
    const made = echarts.init(chart, null, { renderer: "canvas" });
    made.setOption(options(chart, rows));
    return [made, chart, rows];
  });
  window.addEventListener("resize", () => drawn.forEach(([made]) => made.resize()));
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () =>
    drawn.forEach(([made, chart, rows]) => made.setOption(options(chart, rows))));
}
document.body.dataset.ready = "";
