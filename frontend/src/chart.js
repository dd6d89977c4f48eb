// The live line chart: the same figures as the drawn one, with the words of each point under the mouse.
import embed from "vega-embed";
import { expressionInterpreter } from "vega-interpreter";

const token = name => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

/** One line a place: colour, dashes and marks as in the drawn chart; a band only where the source gives a margin. */
function specification(document_) {
  const names = document_.gebieden;
  const colours = [token("--here"), token("--brand-act"), token("--ink")].slice(0, names.length);
  const colour = { field: "gebied", type: "nominal", scale: { domain: names, range: colours }, legend: null };
  const dash = { field: "gebied", type: "nominal", scale: { domain: names, range: [[1, 0], [9, 4], [2, 4]].slice(0, names.length) }, legend: null };
  const axis = { labelColor: token("--ink-2"), labelFontSize: 15, domainColor: token("--ink-2"), title: null };
  const time = { field: "moment", type: "quantitative", axis: { ...axis, grid: false, tickColor: token("--ink-2"), values: document_.momenten, format: "d", labelOverlap: true }, scale: { nice: false, zero: false } };
  const value = { field: "waarde", type: "quantitative", axis: { ...axis, gridColor: token("--line"), domain: false, ticks: false, tickCount: 5 }, scale: { zero: document_.vanafNul } };
  const words = { field: "woorden", type: "nominal" };
  const bounded = document_.cijfers.some(figure => figure.laag !== null);
  return {
    $schema: "https://vega.github.io/schema/vega-lite/v6.json",
    width: "container",
    height: 320,
    background: null,
    padding: { left: 5, right: 150, top: 8, bottom: 5 },
    autosize: { type: "fit-x", contains: "padding" },
    data: { values: document_.cijfers },
    config: { font: '"Source Sans 3"', view: { stroke: null }, locale: { number: { decimal: ",", thousands: ".", grouping: [3], currency: ["€", ""] } } },
    encoding: { x: time, color: colour },
    layer: [
      ...(bounded ? [{ transform: [{ filter: "isValid(datum.laag)" }], mark: { type: "area", opacity: 0.22 }, encoding: { y: { ...value, field: "laag" }, y2: { field: "hoog" } } }] : []),
      { mark: { type: "line", strokeWidth: 2.5, invalid: "break-paths-filter-domains" }, encoding: { y: value, strokeDash: dash } },
      { mark: { type: "point", filled: true, size: 80, opacity: 1, invalid: "filter" }, encoding: { y: value, tooltip: words } },
      { transform: [{ filter: "datum.laatste" }], mark: { type: "text", align: "left", dx: 10, fontSize: 15, fontWeight: 600 }, encoding: { y: value, text: { field: "gebied" } } },
    ],
  };
}

async function main() {
  const figure = document.querySelector("figure[data-figures]");
  if (!figure || navigator.connection?.saveData || matchMedia("(max-width: 47rem)").matches) return;
  const answer = await fetch(figure.dataset.figures);
  if (!answer.ok) return;
  const box = figure.querySelector(".chart-live");
  box.hidden = false;
  await document.fonts.load('15px "Source Sans 3"');
  await embed(box, specification(await answer.json()), {
    mode: "vega-lite",
    ast: true,
    expr: expressionInterpreter,
    actions: false,
    defaultStyle: false,
    renderer: "canvas",
    tooltip: { disableDefaultStyle: true },
  });
  figure.classList.add("is-live");
  performance.mark("live-chart");
}

main();
