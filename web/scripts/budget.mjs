// Fails when what a browser loads has outgrown its budget; sizes are KiB after gzip -9.
import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';

const BUDGET = { entry: 220, route: 70, css: 25, lazy: 190, element: 25, drawing: 90 };
// chunks that are fetched only when somebody asks for what needs their library: maps
const LAZY = new Set(['MapView']);
const dist = new URL('../dist/', import.meta.url);
const embed = new URL('embed/', dist);
const manifestOf = (folder) => JSON.parse(readFileSync(new URL('.vite/manifest.json', folder)));
const manifest = manifestOf(dist);
const kib = (file, folder = dist) => gzipSync(readFileSync(new URL(file, folder)), { level: 9 }).length / 1024;

/** The chunks that a chunk needs at once, itself included. */
function together(key, of = manifest, seen = new Set()) {
  if (seen.has(key)) return seen;
  seen.add(key);
  for (const next of of[key].imports ?? []) together(next, of, seen);
  return seen;
}

const sum = (keys) => [...keys].reduce((total, key) => total + kib(manifest[key].file), 0);
const entry = Object.keys(manifest).find((key) => manifest[key].isEntry);
const first = together(entry);
const styles = new Set([...first].flatMap((key) => manifest[key].css ?? []));
const measured = [
  ['entry', 'entry', sum(first)],
  ['styles', 'css', [...styles].reduce((total, file) => total + kib(file), 0)],
];
for (const key of Object.keys(manifest).filter((each) => manifest[each].isDynamicEntry)) {
  const own = [...together(key)].filter((each) => !first.has(each));
  measured.push([manifest[key].name ?? key, LAZY.has(manifest[key].name) ? 'lazy' : 'route', sum(own)]);
}

// the elements: the module with the words of one language, and with the drawing as well
const elements = manifestOf(embed);
const weight = (keys) => [...keys].reduce((total, key) => total + kib(elements[key].file, embed), 0);
const base = together('src/embed/index.ts', elements);
const words = Math.max(...['en', 'ru', 'fa'].map((each) => kib(elements[`src/embed/words/${each}.ts`].file, embed)));
const drawing = new Set([...base, ...together('src/embed/graph/drawing.ts', elements)]);
measured.push(['<xrm-360>', 'element', weight(base) + words], ['<xrm-graph>', 'drawing', weight(drawing) + words]);

let over = 0;
for (const [name, kind, size] of measured) {
  const fits = size <= BUDGET[kind];
  over += fits ? 0 : 1;
  console.log(`${fits ? 'ok  ' : 'OVER'} ${name.padEnd(28)} ${size.toFixed(1)} of ${BUDGET[kind]} KiB`);
}
process.exit(over ? 1 : 0);
