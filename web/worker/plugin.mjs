// Writes dist/worker.js: the service worker with the names of the files that the application is opened and read with.
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const SOURCE = new URL('./worker.js', import.meta.url);
const FIXED = ['/', '/boot.js', '/favicon.svg', '/app.webmanifest', '/icons/icon-192.png'];
/** What can be read and written without a line; other pages are kept when they are first used. */
const READ = /\/src\/(i18n\/\w+\/index\.ts|app\/.+|kept\/.+|pages\/(home\/Home|list\/(List|board\/Board|calendar\/Calendar|timeline\/TimeLine)|record\/Record|form\/(Create|Edit)|settings\/Settings)\.tsx)$/;
const FONTS = /(inter-(latin|cyrillic)|vazirmatn-arabic)-wght-normal/;

/** The chunks that are fetched together with these, by name. */
export function together(names, bundle, found = new Set()) {
  for (const name of names) {
    if (found.has(name)) continue;
    found.add(name);
    together(bundle[name].imports, bundle, found);
  }
  return found;
}

export function shellOf(bundle) {
  const files = Object.values(bundle);
  const wanted = files.filter((file) => file.type === 'chunk' && (file.isEntry || READ.test(file.facadeModuleId ?? ''))).map((file) => file.fileName);
  const chunks = [...together(wanted, bundle)];
  const styles = chunks.flatMap((name) => [...(bundle[name].viteMetadata?.importedCss ?? [])]);
  const fonts = files.map((file) => file.fileName).filter((name) => name.endsWith('.woff2') && FONTS.test(name));
  return [...FIXED, ...[...new Set([...chunks, ...styles, ...fonts])].sort().map((name) => `/${name}`)];
}

export const worker = () => ({
  name: 'xrm-worker',
  apply: 'build',
  writeBundle({ dir }, bundle) {
    const shell = shellOf(bundle);
    const hash = createHash('sha256').update(shell.join('\n')).update(readFileSync(SOURCE));
    for (const place of FIXED) hash.update(readFileSync(join(dir, place === '/' ? 'index.html' : place)));
    const head = `const VERSION = '${hash.digest('hex').slice(0, 16)}';\nconst SHELL = ${JSON.stringify(shell)};\n`;
    writeFileSync(join(dir, 'worker.js'), head + readFileSync(SOURCE, 'utf8'));
  },
});
