// Signing in takes two answers of the service, and the page has a file of its own: they are on their way while the code that all pages
// share is still being run.
import { start } from './auth';
import { pageAt, pages } from './pages';

void start();
const page = pageAt(window.location.pathname.replace(/^\/manage/, '').replace(/^\/?$/, '/status'));
if (page) pages[page]().catch(() => undefined); // the router asks for it again, and says so if it does not come
