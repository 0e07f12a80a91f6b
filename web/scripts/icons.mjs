// Draws the icons of the installed application into public/icons: the sign of favicon.svg, as pixels. Run by hand when it changes.
import { mkdirSync, writeFileSync } from 'node:fs';
import { crc32, deflateSync } from 'node:zlib';

const ACCENT = [0x45, 0x40, 0xc4];
const WHITE = [255, 255, 255];
// in the 24 units of favicon.svg: two lines that cross, four discs at their ends, one of them filled
const HALF_LINE = 1.1;
const LINES = [[7.6, 7.6, 16.4, 16.4], [16.4, 7.6, 7.6, 16.4]];
const RINGS = [[18.5, 18.5], [18.5, 5.5], [5.5, 18.5]];
const FILLED = [5.5, 5.5];
const RADIUS = 3;

function toLine(x, y, [ax, ay, bx, by]) {
  const [dx, dy] = [bx - ax, by - ay];
  const along = Math.max(0, Math.min(1, ((x - ax) * dx + (y - ay) * dy) / (dx * dx + dy * dy)));
  return Math.hypot(x - ax - along * dx, y - ay - along * dy);
}

/** How far outside the sign a point is, in its units; less than nothing inside. */
function distance(x, y) {
  const lines = LINES.map((line) => toLine(x, y, line) - HALF_LINE);
  const rings = RINGS.map(([cx, cy]) => Math.abs(Math.hypot(x - cx, y - cy) - RADIUS) - HALF_LINE);
  return Math.min(...lines, ...rings, Math.hypot(x - FILLED[0], y - FILLED[1]) - RADIUS - HALF_LINE);
}

/** How far outside the square with round corners that a plain icon stands on. */
function outsideTile(x, y, radius) {
  const [dx, dy] = [Math.abs(x - 0.5) - 0.5 + radius, Math.abs(y - 0.5) - 0.5 + radius];
  return Math.hypot(Math.max(dx, 0), Math.max(dy, 0)) + Math.min(Math.max(dx, dy), 0) - radius;
}

const covered = (outside, pixel) => Math.max(0, Math.min(1, 0.5 - outside / pixel));

/** White on the accent; `share` is how much of the width the sign takes, `round` the radius of the tile's corners. */
function drawn(size, share, round) {
  const rows = Buffer.alloc(size * (size * 4 + 1));
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < size; column++) {
      const [x, y] = [(column + 0.5) / size, (row + 0.5) / size];
      const scale = 24 / share;
      const ink = covered(distance((x - 0.5) * scale + 12, (y - 0.5) * scale + 12), scale / size);
      const place = row * (size * 4 + 1) + 1 + column * 4;
      for (let part = 0; part < 3; part++) rows[place + part] = Math.round(ACCENT[part] + (WHITE[part] - ACCENT[part]) * ink);
      rows[place + 3] = Math.round(255 * (round ? covered(outsideTile(x, y, round), 1 / size) : 1));
    }
  }
  return png(size, rows);
}

function png(size, rows) {
  const head = Buffer.alloc(13);
  head.writeUInt32BE(size, 0);
  head.writeUInt32BE(size, 4);
  head.set([8, 6, 0, 0, 0], 8);
  const signature = Buffer.from([137, 80, 78, 71, 13, 10, 26, 10]);
  return Buffer.concat([signature, part('IHDR', head), part('IDAT', deflateSync(rows, { level: 9 })), part('IEND', Buffer.alloc(0))]);
}

function part(name, data) {
  const named = Buffer.concat([Buffer.from(name), data]);
  const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  check.writeUInt32BE(crc32(named));
  return Buffer.concat([length, named, check]);
}

const folder = new URL('../public/icons/', import.meta.url);
mkdirSync(folder, { recursive: true });
for (const size of [192, 512]) {
  writeFileSync(new URL(`icon-${size}.png`, folder), drawn(size, 0.72, 0.22));
  // launchers cut a maskable icon to their own shape: the sign keeps to the middle
  writeFileSync(new URL(`maskable-${size}.png`, folder), drawn(size, 0.56, 0));
}
writeFileSync(new URL('apple-180.png', folder), drawn(180, 0.66, 0));
