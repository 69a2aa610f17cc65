export function debian(names: readonly string[]): Promise<string[]>;
export function withoutDebian(names: readonly string[]): Promise<string | null>;
