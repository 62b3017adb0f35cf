import './trusted';
import './storage';
import './begin';
import './app.css';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { I18nProvider } from 'react-aria-components';
import { createRoot } from 'react-dom/client';
import { Provider } from 'urql';
import { newClient } from './client';
import { region } from './lib/format';
import { startPrefs } from './lib/prefs';
import { getLocale } from './paraglide/runtime.js';
import { router } from './router';

startPrefs();
document.documentElement.lang = getLocale();

const root = document.getElementById('root');
if (root) {
  createRoot(root).render(
    <StrictMode>
      <I18nProvider locale={region()}>
        <Provider value={newClient()}>
          <RouterProvider router={router} />
        </Provider>
      </I18nProvider>
    </StrictMode>,
  );
}
