// As what the answers of this request are taken away; the API puts every file on record.
import 'server-only';
import { AsyncLocalStorage } from 'node:async_hooks';

const kept = new AsyncLocalStorage<'csv' | 'json'>();

/** Does the work of a request whose answers become a file. */
export const takingAs = <Made>(form: 'csv' | 'json', work: () => Made): Made => kept.run(form, work);

/** The file's form; undefined where a page is made. */
export const takenAs = (): 'csv' | 'json' | undefined => kept.getStore();
