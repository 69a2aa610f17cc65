import { expect, it } from 'vitest';
import { routeLookup } from './route.ts';

const routeOf = routeLookup({
  staticRoutes: [{ page: '/' }, { page: '/contributions' }],
  dynamicRoutes: [{ page: '/contributions/[id]', regex: '^/contributions/([^/]+?)(?:/)?$' }],
});

it('an address is named by its template, never by what was asked for', () => {
  expect(routeOf('/?_rsc=abc')).toBe('/');
  expect(routeOf('/contributions?status=open')).toBe('/contributions');
  expect(routeOf('/contributions/Q29udHJpYnV0aW9uOjE')).toBe('/contributions/[id]');
});

it('addresses nobody serves share one name, so that a scanner makes no series', () => {
  expect(routeOf('/wp-login.php')).toBe('unknown');
  expect(routeOf('/contributions/1/2/3')).toBe('unknown');
  expect(routeOf('/_next/static/chunks/4f.js')).toBe('/_next');
});
