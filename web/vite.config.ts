import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';
import { boot } from './boot/plugin.mjs';
import { worker } from './worker/plugin.mjs';

// `npm run dev` speaks to a server started beside it: XRM_PORT=8000 xrm demo
const server = process.env.XRM_URL ?? 'http://127.0.0.1:8000';

// A browser asks for few files rather than for a hundred: what every page needs at once is two, libraries (which change rarely) and
// the frame; signs and small parts that many pages share are one each, the rest comes with the pages that need it.
const initial: ['$initial'] = ['$initial'];
const chunks = {
  groups: [
    { name: 'libraries', tags: initial, test: /node_modules/, priority: 3 },
    { name: 'frame', tags: initial, test: (id: string) => !/main\.tsx|index\.html/.test(id), priority: 2 },
    { name: 'icons', test: /@tabler/, minShareCount: 2, priority: 1 },
    { name: 'parts', test: /src.(ui|lib|meta|api)/, minShareCount: 5, maxModuleSize: 6000 },
  ],
};

export default defineConfig({
  plugins: [react(), boot(), worker()],
  resolve: { alias: { '@': fileURLToPath(new URL('./src', import.meta.url)) } },
  build: {
    target: 'es2022',
    manifest: true,
    assetsInlineLimit: 0,
    reportCompressedSize: false,
    chunkSizeWarningLimit: 600,
    rolldownOptions: { output: { codeSplitting: chunks } },
  },
  server: { proxy: { '/graphql': { target: server, ws: true }, '/auth': server, '/api': server, '/imports': { target: server } } },
  test: { environment: 'node', include: ['tests/unit/**/*.test.ts'] },
});
