import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';

// GraphiQL's style carries two fonts as text, 300 kB that the system's own fonts make needless.
const withoutFonts: Plugin = {
  name: 'without-fonts',
  enforce: 'pre',
  transform: (code, id) => (id.endsWith('/style.css') ? code.replace(/@font-face\s*\{[^}]*\}/g, '') : undefined),
};

// GraphiQL for the demo, built apart from the pages: it has a policy of its own and does not count in their budget. Its version is the
// last with CodeMirror: the next one brings Monaco, which weighs several MB.
export default defineConfig({
  root: import.meta.dirname,
  base: '/explorer/',
  plugins: [react(), withoutFonts],
  build: {
    outDir: '../../explorer',
    emptyOutDir: true,
    target: 'es2022',
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 2000,
    reportCompressedSize: false,
    rolldownOptions: { onwarn: (warning, warn) => warning.code !== 'MODULE_LEVEL_DIRECTIVE' && warn(warning) },
  },
});
