import { defineConfig } from '@playwright/test';
import tests from './playwright.config';

export default defineConfig({
  ...tests,
  testDir: 'bench',
  testMatch: '*.bench.ts',
  retries: 0,
  workers: 1,
  use: { ...tests.use, actionTimeout: 120_000 }, // an act that never ends fails by its name, long before the whole run times out
});
