import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';
import { worker } from './worker/plugin.mjs';

// `npm run dev` speaks to a server started beside it: XRM_PORT=8000 xrm demo
const server = process.env.XRM_URL ?? 'http://127.0.0.1:8000';

export default defineConfig({
  plugins: [react(), worker()],
  resolve: { alias: { '@': fileURLToPath(new URL('./src', import.meta.url)) } },
  build: { target: 'es2022', manifest: true, assetsInlineLimit: 0, reportCompressedSize: false },
  server: { proxy: { '/graphql': { target: server, ws: true }, '/auth': server, '/api': server, '/imports': { target: server } } },
  test: { environment: 'node', include: ['tests/unit/**/*.test.ts'] },
});
