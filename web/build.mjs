// Builds what the pages take from npm: one module of d3, and a map of the world. Run it by `make web`.
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { build } from "esbuild";
import { geoArea, geoEqualEarth, geoPath } from "d3-geo";
import { feature } from "topojson-client";

const require = createRequire(import.meta.url);
const out = new URL("../src/dateline/serve/web/static/vendor/", import.meta.url);
mkdirSync(out, { recursive: true });

const built = await build({
  metafile: true,
  stdin: {
    contents: `export { brushX } from "d3-brush"; export { pointer, select } from "d3-selection"; export { zoom, zoomIdentity } from "d3-zoom";`,
    resolveDir: new URL(".", import.meta.url).pathname,
  },
  bundle: true,
  format: "esm",
  minify: true,
  target: "es2022",
  legalComments: "none",
  banner: { js: `// d3-brush, d3-selection, d3-zoom and what they stand on, https://d3js.org (licences: LICENSES.txt); built by make web` },
  outfile: new URL("d3.js", out).pathname,
});

// The countries of world-atlas (Natural Earth 1:110m), in the Equal Earth projection, one path each by its ISO alpha-3
// code. Antarctica is left out.
const iso = require("i18n-iso-countries");
const CODES = { Kosovo: "XKX", "N. Cyprus": "NCY", Somaliland: "SML" };
const WIDTH = 1000;
const topology = JSON.parse(readFileSync(require.resolve("world-atlas/countries-110m.json")));
const countries = feature(topology, topology.objects.countries).features.filter((f) => f.id !== "010");
const code = (f) => (f.id ? iso.numericToAlpha3(f.id) : CODES[f.properties.name]);
const shown = { type: "FeatureCollection", features: countries };
const projection = geoEqualEarth();
projection.fitWidth(WIDTH, shown);
const path = geoPath(projection).digits(1);
const height = Math.ceil(path.bounds(shown)[1][1]);

// Where a circle for a country goes: the middle of its largest part.
function middle(f) {
  if (f.geometry.type !== "MultiPolygon") return path.centroid(f);
  const parts = f.geometry.coordinates.map((coordinates) => ({ type: "Polygon", coordinates }));
  return path.centroid(parts.reduce((a, b) => (geoArea(a) >= geoArea(b) ? a : b)));
}

const named = countries.map((f) => {
  if (!code(f)) throw new Error(`no code for ${JSON.stringify(f.properties)}`);
  return [code(f), f];
}).sort(([a], [b]) => (a < b ? -1 : 1));
const paths = named.map(([id, f]) => `<path id="${id}" d="${path(f)}"/>`).join("\n");
writeFileSync(
  new URL("world.svg", out),
  `<!-- Made with Natural Earth (public domain), from world-atlas; built by make web -->\n` +
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}"><g id="world">\n${paths}\n</g></svg>\n`,
);
const round = (point) => point.map((n) => Math.round(n * 10) / 10);
const [x, y] = projection.translate();
writeFileSync(
  new URL("world.json", out),
  JSON.stringify({
    width: WIDTH,
    height,
    scale: projection.scale(),
    translate: [x, y],
    middles: Object.fromEntries(named.map(([id, f]) => [id, round(middle(f))])),
    // For the tests of the projection in Python: longitude, latitude, x, y.
    checks: [[0, 0], [37.62, 55.75], [-77.04, 38.9], [151.2, -33.87], [-70.9, -53.15]].map((p) => [...p, ...round(projection(p))]),
  }) + "\n",
);

// The licences of all that was taken from npm, and axe-core for the tests in a browser.
const packages = new Set(["world-atlas", "d3-geo"]);
for (const file of Object.keys(built.metafile.inputs)) {
  const found = file.match(/node_modules\/((?:@[^/]+\/)?[^/]+)/);
  if (found) packages.add(found[1]);
}
const folder = (name) => new URL(`node_modules/${name}/`, import.meta.url);
const licences = [...packages].sort().map((name) => {
  const { version, license } = JSON.parse(readFileSync(new URL("package.json", folder(name))));
  return `${name} ${version} (${license})\n\n${readFileSync(new URL("LICENSE", folder(name)), "utf8").trim()}\n`;
});
writeFileSync(new URL("LICENSES.txt", out), licences.join(`\n${"-".repeat(80)}\n\n`));
copyFileSync(new URL("axe.min.js", folder("axe-core")), new URL("../tests/serve/web/browser/axe.min.js", import.meta.url));
