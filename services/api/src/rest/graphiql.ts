// GraphiQL for developers, served from files on this machine: the page asks nothing of any other server. Never there
// in production.
import type { FastifyInstance } from 'fastify';

/** Answers a browser's GET /graphql with the page; the library is large, so it is loaded when first asked for. */
export function serveGraphiql(app: FastifyInstance): void {
  app.addHook('onRequest', async (request, reply) => {
    const wantsPage = request.method === 'GET' && request.headers.accept?.includes('text/html') === true;
    if (!wantsPage || request.url.split('?')[0] !== '/graphql' || request.url.includes('query=')) return;
    const { renderGraphiQL } = await import('@graphql-yoga/render-graphiql');
    await reply
      .type('text/html')
      .send(
        renderGraphiQL({ title: 'Habitat', endpoint: '/graphql', headers: '{"authorization": "Bearer "}' }),
      );
  });
}
