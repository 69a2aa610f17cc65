export function freePort(): Promise<number>;
export function isPortFree(port: number): Promise<boolean>;
export function preferPort(wanted: number): Promise<number>;
export function freePortRange(count: number): Promise<number>;
