import { defineConfig } from '@playwright/test';
import tests from './playwright.config';

export default defineConfig({
  ...tests,
  testDir: 'bench',
  testMatch: '*.bench.ts',
  retries: 0,
  workers: 1,
  use: { ...tests.use, actionTimeout: 120_000 }, // what does not happen is named, and not waited for until the end of the hour
});
