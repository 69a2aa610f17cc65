export const unprivileged: { readonly uid: number; readonly gid: number };
export function isRoot(): boolean;
export function postgresBinaries(): { readonly folder: string };
