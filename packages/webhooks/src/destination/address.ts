// Which addresses a message may go to. A webhook makes this machine send a request to an address that somebody typed, so
// everything inside a network is off limits: only what the whole internet reaches is an address for one.
import { BlockList, isIPv4, isIPv6 } from 'node:net';

/** IPv4 that is not the public internet (IANA special-purpose registry, RFC 6890), and clouds' own services. */
const INSIDE: readonly (readonly [address: string, bits: number])[] = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 3],
  // Azure answers its machines here, at an address that looks like any other.
  ['168.63.129.16', 32],
];

/** Within the global unicast range, what leads to an IPv4 address in disguise or nowhere. */
const NOT_GLOBAL: readonly (readonly [address: string, bits: number])[] = [
  // Teredo, ORCHID, benchmarks
  ['2001::', 23],
  ['2001:db8::', 32],
  // 6to4 carries an IPv4 address
  ['2002::', 16],
  ['3fff::', 20],
];

const inside = new BlockList();
for (const [address, bits] of INSIDE) inside.addSubnet(address, bits, 'ipv4');
const notGlobal = new BlockList();
for (const [address, bits] of NOT_GLOBAL) notGlobal.addSubnet(address, bits, 'ipv6');
// Of IPv6 only this range is the internet: mapped, translated (NAT64), local and site addresses all lie outside.
const globalUnicast = new BlockList();
globalUnicast.addSubnet('2000::', 3, 'ipv6');

/** Whether an address, written as the resolver or the URL parser write it, is one of the public internet. */
export function isPublicAddress(address: string): boolean {
  if (isIPv4(address)) return !inside.check(address, 'ipv4');
  if (!isIPv6(address) || address.includes('%')) return false;
  return globalUnicast.check(address, 'ipv6') && !notGlobal.check(address, 'ipv6');
}

/** The address a URL's host is itself; null for a name. The URL parser has undone decimal, octal, hex and short forms. */
export function literalAddress(hostname: string): string | null {
  const bare = hostname.startsWith('[') ? hostname.slice(1, -1) : hostname;
  return isIPv4(bare) || isIPv6(bare) ? bare : null;
}

/** Names that only mean something inside a network, or that a machine answers for itself. */
const INSIDE_NAME = /(^|\.)(localhost|local|internal|intranet|lan|home|corp|home\.arpa|test|invalid|onion)$/;

/** Whether a host name can be one of the public internet: it has a dot, and does not end like the names of a house. */
export function isPublicName(hostname: string): boolean {
  const name = hostname.toLowerCase().replace(/\.$/, '');
  return name.includes('.') && !INSIDE_NAME.test(name);
}
