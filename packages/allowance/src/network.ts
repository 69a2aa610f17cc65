// Where a request comes from, as it is counted. Whoever has one IPv6 address has a network of 2^64 of them, so the whole
// network is one place.
import { isIPv6 } from 'node:net';

const GROUPS = 8;
/** 64 bits: what a house, or a rented machine, is given at least. */
const COUNTED = 4;
/** `::ffff:7f00:1`: IPv4 as a socket for both kinds names it. */
const MAPPED = /^(?:0:){5}ffff:([0-9a-f]{1,4}):([0-9a-f]{1,4})$/;

/** All eight groups of an address, in the shortest form of each. */
function groupsOf(address: string): string[] {
  const [bare = ''] = address.split('%');
  const [head = '', tail] = new URL(`http://[${bare}]/`).hostname.slice(1, -1).split('::');
  const given = (part: string) => (part === '' ? [] : part.split(':'));
  if (tail === undefined) return given(head);
  const missing = GROUPS - given(head).length - given(tail).length;
  return [...given(head), ...Array<string>(missing).fill('0'), ...given(tail)];
}

/** The place an address is counted as: itself, the IPv4 address mapped into it, or the first half of an IPv6 address. */
export function networkOf(address: string): string {
  if (!isIPv6(address)) return address;
  const groups = groupsOf(address);
  const [, high, low] = MAPPED.exec(groups.join(':')) ?? [];
  if (high === undefined || low === undefined) return `${groups.slice(0, COUNTED).join(':')}::/64`;
  return [high, low]
    .map((pair) => Number.parseInt(pair, 16))
    .flatMap((pair) => [pair >> 8, pair & 255])
    .join('.');
}
