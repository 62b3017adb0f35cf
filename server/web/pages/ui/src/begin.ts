// Signing in takes two answers of the service: they are on their way while the code of the pages is still being read.
import { start } from './auth';

void start();
