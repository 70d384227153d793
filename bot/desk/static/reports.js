// Draws the charts of a report out of its table; without this script the table tells everything.
"use strict";

const rows = [...document.querySelectorAll("#report tbody tr")];
const colour = (name) => getComputedStyle(document.body).getPropertyValue(name).trim();

function options(chart) {
  const names = chart.dataset.series.split(",");
  const numbers = rows.map((row) => row.dataset[chart.dataset.chart].split(",").map((text) => (text ? Number(text) : null)));
  const isStacked = chart.dataset.chart === "talks";
  const fills = [colour("--brand"), colour("--edge")];
  return {
    animation: false,
    color: fills,
    textStyle: { fontFamily: "inherit" },
    grid: { left: 44, right: 12, top: 14, bottom: 62 },
    xAxis: {
      type: "category", data: rows.map((row) => row.dataset.name),
      axisLabel: { color: colour("--soft"), rotate: rows.length > 8 ? 35 : 0, hideOverlap: true, width: 110, overflow: "truncate" },
      axisLine: { lineStyle: { color: colour("--line") } }, axisTick: { show: false },
    },
    yAxis: {
      type: "value", minInterval: isStacked ? 1 : 0,
      axisLabel: { color: colour("--soft") }, splitLine: { lineStyle: { color: colour("--line") } },
    },
    series: names.map((name, place) => ({
      name, type: "bar", barMaxWidth: 34, stack: isStacked ? "all" : undefined,
      data: numbers.map((one) => one[place]), emphasis: { disabled: true }, silent: true,
    })),
  };
}

if (rows.length && window.echarts) {
  document.querySelector(".charts").hidden = false;
  const drawn = [...document.querySelectorAll("[data-chart]")].map((chart) => {
    const made = echarts.init(chart, null, { renderer: "canvas" });
    made.setOption(options(chart));
    return [made, chart];
  });
  window.addEventListener("resize", () => drawn.forEach(([made]) => made.resize()));
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () =>
    drawn.forEach(([made, chart]) => made.setOption(options(chart))));
}
