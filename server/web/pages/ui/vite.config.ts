/// <reference types="vitest/config" />
import optimizeLocales from '@react-aria/optimize-locales-plugin';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

// The demo that `make pages-dev` serves the pages for.
const demo = process.env.POSSYNC_DEMO ?? 'http://127.0.0.1:8080';

export default defineConfig({
  base: '/manage/',
  plugins: [
    react(),
    // React Aria carries the texts of all its languages unless it is told which ones the pages have.
    { ...optimizeLocales.vite({ locales: ['en-US', 'es-ES'] }), enforce: 'pre' },
    {
      name: 'short-documents', // their indentation is for who reads the source
      enforce: 'pre',
      transform: (code, id) =>
        /\/src\/.*\.tsx?$/.test(id) && code.includes('graphql(`')
          ? code.replace(
              /graphql\(`([^`]*)`\)/g,
              (_, text: string) => `graphql(\`${text.trim().replace(/\s+/g, ' ')}\`)`,
            )
          : undefined,
    },
  ],
  build: {
    outDir: '../dist',
    emptyOutDir: true,
    target: 'es2022',
    assetsInlineLimit: 0, // data: URLs are no files that the policy lets through
    chunkSizeWarningLimit: 700,
    reportCompressedSize: false,
    rolldownOptions: {
      output: {
        // Each file costs a request: one has what the first load needs, and one what at least three pages share.
        codeSplitting: {
          groups: [
            { name: 'first', tags: ['$initial'], priority: 2 },
            { name: 'shared', minShareCount: 3, priority: 1 },
          ],
        },
      },
    },
  },
  server: {
    host: '127.0.0.1', // cookies belong to a host and not to a port, so the demo's sign-in counts here too
    port: 5173,
    proxy: {
      '/graphql': { target: demo, ws: true },
      '/export': demo,
      '/manage/config.json': demo,
      '/manage/session': demo,
      '/manage/token': demo,
    },
  },
  test: { environment: 'happy-dom', include: ['src/**/*.test.{ts,tsx}'] },
});
