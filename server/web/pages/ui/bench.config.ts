import { defineConfig } from '@playwright/test';
import tests from './playwright.config';

export default defineConfig({ ...tests, testDir: 'bench', testMatch: '*.bench.ts', retries: 0, workers: 1 });
