// What can go wrong at a start, each as one clear sentence that says what to do; a stack is for faults of our own.

/** A fault the operator can do something about: its message is the whole story. */
export class ClearFault extends Error {}

const DISK_FULL = 'The disk is full: free about 2 GB and run npm start again; nothing was damaged.';

/**
 * The sentence for a fault, whoever threw it.
 *
 * @param {unknown} fault
 * @returns {string}
 */
export function explain(fault) {
  if (fault instanceof ClearFault) return fault.message;
  if (isDiskFull(fault)) return DISK_FULL;
  if (fault?.code === 'EACCES' || fault?.code === 'EPERM') {
    return `${fault.path ?? 'A file of this folder'} can't be used by this user: run npm start as the user who owns this folder.`;
  }
  if (fault?.code === 'EROFS')
    return 'This folder is read-only: npm start keeps its data in .habitat/ beside the code.';
  return fault instanceof Error ? (fault.stack ?? fault.message) : String(fault);
}

/**
 * Whether a fault, or the output of a program, tells of a full disk.
 *
 * @param {unknown} fault
 */
export function isDiskFull(fault) {
  const text = typeof fault === 'string' ? fault : `${fault?.code ?? ''} ${fault?.message ?? ''}`;
  return /\b(ENOSPC|EDQUOT)\b|no space left on device|disk quota exceeded/i.test(text);
}

/**
 * The fault for a program that failed: the end of what it said, or the disk sentence.
 *
 * @param {string} what
 * @param {string} output
 */
export function programFault(what, output) {
  if (isDiskFull(output)) return new ClearFault(DISK_FULL);
  const end = output.trimEnd().split('\n').slice(-25).join('\n');
  return new ClearFault(`${what} failed.\n\n${end}`);
}
