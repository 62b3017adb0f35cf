// Starts to sign in and to load the page's own file at once, while the browser still runs the code that all pages share.
import { start } from './auth';
import { pageAt, pages } from './pages';

void start();
const page = pageAt(window.location.pathname.replace(/^\/manage/, '').replace(/^\/?$/, '/status'));
if (page) pages[page]().catch(() => undefined); // the router asks for it again, and says so if it does not come
