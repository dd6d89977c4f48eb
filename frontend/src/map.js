// The live map: the same colours, marks and words as the drawn map, which stays in the page for paper and screen readers.
import { addProtocol, Map, setWorkerUrl } from "maplibre-gl";
import { Protocol } from "pmtiles";

const WORDS = {
  "CooperativeGesturesHandler.WindowsHelpText": "Houd Ctrl ingedrukt en scrol om in te zoomen",
  "CooperativeGesturesHandler.MacHelpText": "Houd ⌘ ingedrukt en scrol om in te zoomen",
  "CooperativeGesturesHandler.MobileHelpText": "Gebruik twee vingers om de kaart te schuiven",
};
const LAYER = "gebieden";

const token = name => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

/** A pattern as pixels, twice as sharp: diagonal hatch for a missing figure, dots for a suppressed one. */
function pattern(size, paint) {
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = size * 2;
  const pen = canvas.getContext("2d");
  pen.scale(2, 2);
  pen.fillStyle = token("--paper");
  pen.fillRect(0, 0, size, size);
  paint(pen, size);
  return pen.getImageData(0, 0, size * 2, size * 2);
}

function hatch(pen, size) {
  pen.strokeStyle = token("--line-strong");
  pen.lineWidth = 1.7;
  pen.beginPath();
  for (const start of [-size, 0, size]) {
    pen.moveTo(start - 1, size + 1);
    pen.lineTo(start + size + 1, -1);
  }
  pen.stroke();
}

function dots(pen, size) {
  pen.fillStyle = token("--ink-2");
  for (const [x, y] of [[size / 4, size / 4], [3 * size / 4, 3 * size / 4]]) {
    pen.beginPath();
    pen.arc(x, y, 1.25, 0, 7);
    pen.fill();
  }
}

/** Codes by class: c1 … c5, missing, suppressed. */
function byClass(areas) {
  const found = {};
  for (const [code, [css]] of Object.entries(areas)) (found[css] ??= []).push(code);
  return found;
}

function style(figure, values, { gemeenten, namen }) {
  const address = path => `pmtiles://${new URL(path, location.href)}`;
  const classes = byClass(values.gebieden);
  const colours = Object.entries(classes).filter(([css]) => css.startsWith("c"));
  const marks = Object.keys(classes).filter(css => !css.startsWith("c"));
  const of = codes => ["match", ["get", "code"], codes, true, false];
  const over = figure.dataset.lines;
  const sources = { areas: { type: "vector", url: address(figure.dataset.tiles), promoteId: "code" } };
  const features = namen.map(([lon, lat, name]) => ({ type: "Feature", geometry: { type: "Point", coordinates: [lon, lat] }, properties: { name } }));
  sources.names = { type: "geojson", data: { type: "FeatureCollection", features } };
  if (over) sources.lines = { type: "vector", url: address(over) };
  const ground = figure.dataset.background;
  if (ground) sources.ground = { type: "raster", tiles: [location.origin + ground], tileSize: 256, minzoom: 6, maxzoom: 13 };
  const base = { source: "areas", "source-layer": LAYER };
  const fill = ["match", ["get", "code"], ...colours.flatMap(([css, codes]) => [codes, token(`--${css}`)]), token("--paper")];
  const shown = of(Object.keys(values.gebieden));
  const mine = ["boolean", ["feature-state", "here"], false];
  return {
    version: 8,
    sources,
    layers: [
      { id: "paper", type: "background", paint: { "background-color": token("--paper") } },
      ...(ground ? [{ id: "ground", type: "raster", source: "ground", paint: { "raster-fade-duration": 0 } }] : []),
      { ...base, id: "fill", type: "fill", filter: shown, paint: { "fill-color": colours.length ? fill : token("--paper"), "fill-antialias": false, "fill-opacity": ground ? 0.8 : 1 } },
      ...marks.map(css => ({ ...base, id: css, type: "fill", filter: of(classes[css]), paint: { "fill-pattern": css } })),
      { ...base, id: "line", type: "line", filter: shown, paint: { "line-color": token("--white"), "line-width": ["interpolate", ["linear"], ["zoom"], 7, 0.4, 10, 1.2] } },
      ...(over ? [{ id: "over", type: "line", source: "lines", "source-layer": LAYER, filter: ["match", ["slice", ["get", "code"], 2, 6], gemeenten, true, false], paint: { "line-color": token("--ink-2"), "line-width": ["interpolate", ["linear"], ["zoom"], 7, 0.6, 10, 1.4] } }] : []),
      { ...base, id: "here", type: "line", filter: shown, paint: { "line-color": token("--ink"), "line-width": ["case", mine, 3, 0] } },
      { id: "names", type: "symbol", source: "names", layout: { "text-field": ["get", "name"], "text-font": ["\"Source Sans 3\""], "text-size": 14, "text-padding": 6 }, paint: { "text-color": token("--ink"), "text-halo-color": token("--white"), "text-halo-width": 2 } },
    ],
  };
}

/** The name and figure of the area under the mouse, and a click that opens its page. */
function point(map, box, values, year) {
  const words = box.querySelector(".live-words");
  let code = "";
  const mark = next => {
    if (next === code) return;
    for (const [one, here] of [[code, false], [next, true]]) {
      if (one) map.setFeatureState({ source: "areas", sourceLayer: LAYER, id: one }, { here });
    }
    code = next;
    map.getCanvas().style.cursor = code ? "pointer" : "";
  };
  map.on("mousemove", event => {
    const found = map.queryRenderedFeatures(event.point, { layers: ["fill"] })[0];
    mark(found?.properties.code ?? "");
    words.textContent = code ? values.gebieden[code][1] : "";
    words.hidden = !code;
    words.style.left = `${Math.min(event.point.x + 14, box.clientWidth - words.offsetWidth - 4)}px`;
    words.style.top = `${event.point.y < 60 ? event.point.y + 20 : event.point.y - words.offsetHeight - 10}px`;
  });
  map.on("mouseout", () => { mark(""); words.hidden = true; });
  map.on("click", event => {
    const found = map.queryRenderedFeatures(event.point, { layers: ["fill"] })[0];
    if (found) location.assign(`/gebieden/${found.properties.code}?jaar=${year}`);
  });
}

function buttons(map, box, bounds) {
  const deeds = {
    in: originalEvent => map.zoomIn({}, { originalEvent }),
    uit: originalEvent => map.zoomOut({}, { originalEvent }),
    heel: () => map.fitBounds(bounds, { padding: 8 }, { whole: true }),
  };
  for (const button of box.querySelectorAll("button[data-deed]")) button.addEventListener("click", deeds[button.dataset.deed]);
}

function start(figure, document_, values) {
  const box = figure.querySelector(".live");
  box.hidden = false;
  const ground = box.querySelector(".live-ground");
  const bounds = document_.grenzen;
  const { width, height } = figure.querySelector(".drawn").viewBox.baseVal;
  ground.style.aspectRatio = `${width} / ${height}`;
  const map = new Map({
    container: ground,
    style: style(figure, values, document_),
    bounds,
    fitBoundsOptions: { padding: 8 },
    maxZoom: 14,
    attributionControl: false,
    cooperativeGestures: true,
    dragRotate: false,
    pitchWithRotate: false,
    fadeDuration: 0,
    locale: WORDS,
  });
  map.touchZoomRotate.disableRotation();
  map.addImage("missing", pattern(8, hatch), { pixelRatio: 2 });
  map.addImage("suppressed", pattern(6, dots), { pixelRatio: 2 });
  map.getCanvas().tabIndex = -1;
  point(map, box, values, document_.jaar);
  buttons(map, box, bounds);
  fitting(map, bounds);
  map.once("idle", () => {
    figure.classList.add("is-live");
    performance.mark("live-map");
  });
  map.on("error", event => { console.warn(event.error?.message); });
  return map;
}

/** Whoever turns a telephone still sees the whole, until they chose a place themselves. */
function fitting(map, bounds) {
  let whole = true;
  map.on("movestart", event => {
    if (event.originalEvent) whole = false;
    if (event.whole) whole = true;
  });
  map.on("resize", () => {
    if (whole) map.fitBounds(bounds, { padding: 8, animate: false }, { whole: true });
  });
}

/** Two maps ask for the same tiles: each comes over the line once. A map takes the bytes it gets, so each gets its own copy. */
function asked(tile) {
  const known = {};
  return async params => {
    const name = `${params.type} ${params.url}`;
    known[name] ??= tile(params, new AbortController());
    try {
      const found = await known[name];
      return found.data instanceof Uint8Array || found.data instanceof ArrayBuffer ? { ...found, data: found.data.slice(0) } : found;
    } catch (fault) {
      delete known[name];
      throw fault;
    }
  };
}

/** Two maps beside each other show the same place. */
function together(maps) {
  let busy = false;
  for (const map of maps) {
    map.on("move", () => {
      if (busy) return;
      busy = true;
      for (const other of maps) if (other !== map) other.jumpTo({ center: map.getCenter(), zoom: map.getZoom() });
      busy = false;
    });
  }
}

async function main() {
  const figures = [...document.querySelectorAll("figure[data-tiles]")];
  if (!figures.length || !window.WebGL2RenderingContext) return;
  const answer = await fetch(figures[0].dataset.values);
  if (!answer.ok) return;
  const values = await answer.json();
  setWorkerUrl(new URL(figures[0].dataset.worker, location.href).href);
  const { tile } = new Protocol();
  addProtocol("pmtiles", figures.length > 1 ? asked(tile) : tile);
  const maps = figures.map((figure, place) => start(figure, values, values.kaarten[place]));
  if (maps.length > 1) together(maps);
}

main();
