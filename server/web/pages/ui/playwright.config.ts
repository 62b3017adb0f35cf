import { defineConfig } from '@playwright/test';

export default defineConfig({
  testDir: 'e2e',
  outputDir: 'test-results',
  timeout: 120_000, // these are for a machine that others use too: nothing waits for them that goes well
  forbidOnly: true,
  expect: { timeout: 30_000 },
  retries: 2, // a browser on a busy machine; the list names what passed only then as flaky
  workers: 2, // each file has a demo of its own, and the machine of CI is small
  reporter: [['list']],
  use: {
    trace: process.env.TRACE ? 'retain-on-failure' : 'off', // it takes half of the time
    contextOptions: { reducedMotion: 'reduce' },
    locale: 'en-US',
    timezoneId: 'America/Los_Angeles', // the demo's own
    launchOptions: { executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox'] },
  },
});
