import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

// Builds the examples of docs/embedding.md. VITE_POSSYNC says where POS Sync is.
export default defineConfig({
  root: import.meta.dirname,
  plugins: [react()],
  build: {
    chunkSizeWarningLimit: 1000,
    reportCompressedSize: false,
    rolldownOptions: { input: ['frame', 'urql', 'apollo'].map((name) => `${import.meta.dirname}/${name}.html`) },
  },
});
