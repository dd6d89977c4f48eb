// Bundles the islands into the package. Run `npm ci && npm run build` here after a change; commit what comes out.
import { build } from "esbuild";
import { readdir, readFile, writeFile } from "node:fs/promises";

const out = new URL("../src/vliegwiel/foundation/design/static/design/islands/", import.meta.url).pathname;
const shared = { bundle: true, minify: true, format: "esm", target: "es2022", legalComments: "none", sourcemap: false, metafile: true };
const entries = {
  "map.js": "src/map.js",
  "map-worker.js": "node_modules/maplibre-gl/dist/maplibre-gl-worker.mjs",
  "chart.js": "src/chart.js",
};

const packages = new Set();
for (const [name, entry] of Object.entries(entries)) {
  const { metafile } = await build({ ...shared, entryPoints: [entry], outfile: out + name });
  for (const input of Object.keys(metafile.inputs)) {
    const match = input.match(/^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//);
    if (match) packages.add(match[1]);
  }
}

// maplibre-gl comes already bundled: what it depends on is in it.
const lock = JSON.parse(await readFile("package-lock.json", "utf8"));
const waiting = ["node_modules/maplibre-gl"];
while (waiting.length) {
  const path = waiting.pop();
  for (const name of Object.keys(lock.packages[path].dependencies ?? {})) {
    const found = `node_modules/${name}`;
    if (name.startsWith("@types/") || packages.has(found)) continue;
    packages.add(found);
    waiting.push(found);
  }
}

/** A package without the text of its licence: who made it, and under which licence; the text stands with other packages here. */
async function notice(path, licence) {
  const { author, homepage, repository } = JSON.parse(await readFile(`${path}/package.json`, "utf8"));
  const who = author?.name ?? author ?? "its authors";
  return `Copyright ${who}. Licence: ${licence}. ${homepage ?? repository?.url ?? repository ?? ""}`;
}

const texts = [];
for (const path of [...packages].sort()) {
  const part = lock.packages[path];
  const file = (await readdir(path)).find(name => /^licen[cs]e/i.test(name));
  const text = file ? await readFile(`${path}/${file}`, "utf8") : await notice(path, part.license);
  texts.push(`${path.replace(/^.*node_modules\//, "")} ${part.version} (${part.license})\n\n${text.trim()}\n`);
}
await writeFile(`${out}LICENSES.txt`, texts.join(`\n${"-".repeat(80)}\n\n`));
