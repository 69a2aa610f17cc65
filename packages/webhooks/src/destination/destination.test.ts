// Where a webhook may lead: every known way of writing an inside address is refused, at registration and at the send.
import { expect, describe, test } from 'vitest';
import { isPublicAddress } from './address.ts';
import type { DestinationSettings, Resolved } from './destination.ts';
import { checkDestination } from './destination.ts';

const INTERNET = '93.184.215.14';
const NAMES: Readonly<Record<string, readonly string[]>> = {
  'hooks.example.org': [INTERNET, '2606:2800:21f:cb07:6820:80da:af6b:8b2c'],
  'inside.example.org': ['10.1.2.3'],
  'both.example.org': [INTERNET, '127.0.0.1'],
  'mapped.example.org': ['::ffff:169.254.169.254'],
};
const resolve = async (name: string): Promise<readonly Resolved[]> =>
  (NAMES[name] ?? []).map((address) => ({ address, family: address.includes(':') ? 6 : 4 }));
const outside: DestinationSettings = { privateNetworks: false, resolve };

const refusalOf = async (url: string, settings = outside) => {
  const checked = await checkDestination(url, settings);
  return checked.ok ? null : checked.refusal.code;
};

describe('an address on the internet', () => {
  test.each([
    'https://hooks.example.org/habitat?tenant=7',
    'https://hooks.example.org:8443/',
    `https://${INTERNET}/hook`,
    'https://[2606:2800:21f:cb07:6820:80da:af6b:8b2c]/hook',
  ])('%s may be told', async (url) => {
    expect(await refusalOf(url)).toBeNull();
  });
});

describe('an address inside a network is refused', () => {
  test.each([
    ['loopback', '127.0.0.1'],
    ['loopback in decimal', '2130706433'],
    ['loopback in octal', '0177.0.0.1'],
    ['loopback in hexadecimal', '0x7f.0x0.0x0.0x1'],
    ['loopback in one hexadecimal number', '0x7f000001'],
    ['loopback cut short', '127.1'],
    ['loopback in wide letters', '１２７.0.0.1'],
    ['no address at all', '0.0.0.0'],
    ['nothing, as a number', '0'],
    ['ten', '10.0.0.8'],
    ['one seven two', '172.31.255.255'],
    ['one nine two', '192.168.1.1'],
    ['carrier-grade NAT', '100.64.0.1'],
    ['link-local, where clouds keep their secrets', '169.254.169.254'],
    ['the same in decimal', '2852039166'],
    ['Azure’s own', '168.63.129.16'],
    ['multicast', '224.0.0.1'],
    ['broadcast', '255.255.255.255'],
    ['IPv6 loopback', '[::1]'],
    ['IPv6 unspecified', '[::]'],
    ['IPv4 mapped into IPv6', '[::ffff:127.0.0.1]'],
    ['the same in hexadecimal', '[::ffff:7f00:1]'],
    ['NAT64', '[64:ff9b::7f00:1]'],
    ['6to4', '[2002:7f00:1::]'],
    ['Teredo', '[2001:0:7f00:1::]'],
    ['unique local', '[fd00:ec2::254]'],
    ['IPv6 link-local', '[fe80::1]'],
    ['a name of this machine', 'localhost'],
    ['the same with a dot at its end', 'localhost.'],
    ['a name below it', 'a.localhost'],
    ['a name without a dot', 'postgres'],
    ['a name of a cluster', 'postgres.habitat.svc.cluster.local'],
    ['a cloud’s name for its secrets', 'metadata.google.internal'],
    ['a name that leads inside', 'inside.example.org'],
    ['a name that leads inside as well', 'both.example.org'],
    ['a name that leads to a mapped address', 'mapped.example.org'],
    ['a name that leads nowhere', 'nowhere.example.org'],
  ])('%s: %s', async (_what, host) => {
    expect(await refusalOf(`https://${host}/hook`)).toBe('WEBHOOK_ADDRESS_REFUSED');
  });

  test('a scoped address is no public one', () => {
    expect(isPublicAddress('2606:2800::1%eth0')).toBe(false);
  });
});

describe('a form that is refused', () => {
  test.each([
    ['no URL', 'hooks.example.org'],
    ['another protocol', 'ftp://hooks.example.org/'],
    ['a file', 'file:///etc/passwd'],
    ['a user in front of the host', 'https://hooks.example.org@127.0.0.1/'],
    ['a password', 'https://user:word@hooks.example.org/'],
    ['a fragment', 'https://hooks.example.org/#here'],
    ['a port that mail servers listen on', 'https://hooks.example.org:25/'],
    ['more than 2000 characters', `https://hooks.example.org/${'x'.repeat(2000)}`],
  ])('%s', async (_what, url) => {
    expect(await refusalOf(url)).toBe('BAD_WEBHOOK_URL');
  });

  test('plain HTTP', async () => {
    expect(await refusalOf('http://hooks.example.org/')).toBe('WEBHOOK_NEEDS_HTTPS');
  });
});

test('an installation without the internet may say that inside addresses are meant; their form is still looked at', async () => {
  const inside = { ...outside, privateNetworks: true };
  expect(await refusalOf('http://127.0.0.1:9000/', inside)).toBeNull();
  expect(await refusalOf('http://inside.example.org/', inside)).toBeNull();
  expect(await refusalOf('http://user@127.0.0.1:9000/', inside)).toBe('BAD_WEBHOOK_URL');
  expect(await refusalOf('http://127.0.0.1:22/', inside)).toBe('BAD_WEBHOOK_URL');
});
