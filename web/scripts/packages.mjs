// Lays out the two npm packages in .packages/, from what was built: `npm pack ./.packages/elements` makes a file of one.
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, rmSync } from 'node:fs';

const web = new URL('../', import.meta.url);
const at = (path) => new URL(path, web).pathname;
const tsc = (project, out) => execFileSync(process.execPath, [at('node_modules/typescript/bin/tsc'), '-p', at(project), '--outDir', at(out)], { stdio: 'inherit' });
const PACKED = /\.(br|gz)$/;

rmSync(at('.packages'), { recursive: true, force: true });
for (const name of ['elements', 'react']) {
  mkdirSync(at(`.packages/${name}`), { recursive: true });
  for (const file of ['package.json', 'README.md']) cpSync(at(`packages/${name}/${file}`), at(`.packages/${name}/${file}`));
  cpSync(at('../LICENSE'), at(`.packages/${name}/LICENSE`));
}
for (const file of ['xrm.js', 'assets']) {
  cpSync(at(`dist/embed/${file}`), at(`.packages/elements/${file}`), { recursive: true, filter: (source) => !PACKED.test(source) });
}
tsc('packages/elements', '.packages/elements');
tsc('packages/react', '.packages/react');
for (const name of ['elements', 'react']) console.log(name, readdirSync(at(`.packages/${name}`)).join(' '));
