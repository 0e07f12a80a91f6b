/** The elements that other applications put into their pages, as one module and what it brings when it is wanted: dist/embed/. */
import { fileURLToPath } from 'node:url';
import { defineConfig, type Plugin } from 'vite';

const COMPONENTS = /createReactComponent\.mjs$/;
const NODES = '\0icon-nodes';

/** Icons as the nodes that they are made of, without React. */
const iconsAsNodes = (): Plugin => ({
  name: 'icons-as-nodes',
  enforce: 'pre',
  resolveId: (id) => (COMPONENTS.test(id) ? NODES : null),
  load: (id) => (id === NODES ? 'export default (type, name, pascal, nodes) => nodes;' : null),
});

export default defineConfig({
  base: './',
  publicDir: false,
  plugins: [iconsAsNodes()],
  resolve: { alias: { '@': fileURLToPath(new URL('./src', import.meta.url)) } },
  build: {
    target: 'es2022',
    outDir: 'dist/embed',
    manifest: true,
    modulePreload: false,
    assetsInlineLimit: 0,
    reportCompressedSize: false,
    rolldownOptions: {
      input: 'src/embed/index.ts',
      preserveEntrySignatures: 'strict',
      output: { entryFileNames: 'xrm.js', chunkFileNames: 'assets/[name]-[hash].js', assetFileNames: 'assets/[name]-[hash][extname]' },
    },
  },
});
