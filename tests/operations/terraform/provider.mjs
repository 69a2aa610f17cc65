// A provider that Terraform can start where none can be downloaded: it knows every resource, attribute and block of the
// real ones that are used here, plans by that, and makes nothing. So `terraform validate` and `terraform plan` hold our
// files to what AWS's own provider takes.
//
// Terraform speaks gRPC with it (plugin protocol 5). Only five of its questions have an answer with content; the others
// get an empty message, which means "no objection". That is little enough to be written down without a library.
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http2';
import { decode, encode, ExtData } from '@msgpack/msgpack';
import { field, fieldsOf } from './protobuf.mjs';

const UNIMPLEMENTED = '12';
const NESTING = { single: 1, list: 2, set: 3 };
const UNKNOWN = new ExtData(0, new Uint8Array([0]));

/** What is written and never read: no plan may hold it. */
const isWriteOnly = (name, flags) => name.endsWith('_wo') && flags !== 'c';

/** `flags`: r required, o optional, c computed. */
function attributeOf(name, [type, flags]) {
  return Buffer.concat([
    field(1, name),
    field(2, JSON.stringify(type)),
    field(4, flags.includes('r')),
    field(5, flags.includes('o')),
    field(6, flags.includes('c') && !isWriteOnly(name, flags)),
    field(10, isWriteOnly(name, flags)),
  ]);
}

function blockOf({ attributes, blocks }) {
  return Buffer.concat([
    ...Object.entries(attributes).map((entry) => field(2, attributeOf(...entry))),
    ...Object.entries(blocks).map(([name, [nesting, least, most, inner]]) => {
      // A single block may be left out; that is not said by numbers.
      const numbers = nesting === 'single' ? [] : [field(4, least), field(5, most)];
      return field(
        3,
        Buffer.concat([field(1, name), field(2, blockOf(inner)), field(3, NESTING[nesting]), ...numbers]),
      );
    }),
  ]);
}

const schemaOf = (block) => field(2, blockOf(block));
const schemasOf = (number, blocks) =>
  Object.entries(blocks).map(([name, block]) =>
    field(number, Buffer.concat([field(1, name), field(2, schemaOf(block))])),
  );

/** What AWS would fill in, filled in with what `answerOf` says; nothing that is written only. */
function filled({ attributes }, value, answerOf) {
  if (value === null) return null;
  const entries = Object.entries(value).map(([name, given]) => {
    const flags = attributes[name]?.[1] ?? '';
    if (isWriteOnly(name, flags)) return [name, null];
    return [name, given === null && flags.includes('c') ? answerOf(name) : given];
  });
  return Object.fromEntries(entries);
}

/** A value with its type, as Terraform packs it. */
const dynamic = (value) => field(1, encode(value));
const valueOf = (bytes) => decode(fieldsOf(bytes).get(1));

const knowledge = JSON.parse(readFileSync(process.argv[2], 'utf8'));

/** What AWS would answer, with `{name}` for what was asked with; `otherwise` where that is not known. */
function known(answers = {}, asked, otherwise) {
  return (name) => {
    const answer = answers[name] ?? otherwise;
    return typeof answer === 'string' ? answer.replace(/\{(\w+)\}/g, (_, key) => asked[key]) : answer;
  };
}

/** One question about a resource of a kind (managed, data, ephemeral): what it holds then. */
function held(kind, typeBytes, valueBytes, otherwise) {
  const type = typeBytes.toString();
  const value = valueOf(valueBytes);
  return dynamic(
    filled(knowledge[kind][type], value, known(knowledge.answers[type]?.[kind], value, otherwise)),
  );
}

const answers = {
  GetSchema: () =>
    Buffer.concat([
      field(1, schemaOf(knowledge.provider)),
      ...schemasOf(2, knowledge.managed),
      ...schemasOf(3, knowledge.data),
      ...schemasOf(8, knowledge.ephemeral),
    ]),
  // What is planned may be known later; what is read is known now, or never.
  PlanResourceChange: (asked) => field(1, held('managed', asked.get(1), asked.get(3), UNKNOWN)),
  ReadDataSource: (asked) => field(1, held('data', asked.get(1), asked.get(2), null)),
  OpenEphemeralResource: (asked) => field(3, held('ephemeral', asked.get(1), asked.get(2), null)),
};

function answerTo(path, message) {
  const [, question] = /^\/tfplugin5\.Provider\/(\w+)$/.exec(path) ?? [];
  if (question === undefined) return null;
  const answer = answers[question]?.(fieldsOf(message)) ?? Buffer.alloc(0);
  // Not compressed, and how long it is.
  const frame = Buffer.alloc(5);
  frame.writeUInt32BE(answer.length, 1);
  return Buffer.concat([frame, answer]);
}

const server = createServer();
server.on('stream', (stream, headers) => {
  const path = headers[':path'];
  if (path === '/plugin.GRPCController/Shutdown') process.exit(0);
  const chunks = [];
  stream.on('error', () => undefined);
  stream.on('data', (chunk) => chunks.push(chunk));
  stream.on('end', () => {
    const answer = answerTo(path, Buffer.concat(chunks).subarray(5));
    stream.respond({ ':status': 200, 'content-type': 'application/grpc' }, { waitForTrailers: true });
    stream.on('wantTrailers', () =>
      stream.sendTrailers({ 'grpc-status': answer === null ? UNIMPLEMENTED : '0' }),
    );
    stream.end(answer ?? undefined);
  });
});
server.listen(0, '127.0.0.1', () => {
  process.stdout.write(`1|5|tcp|127.0.0.1:${server.address().port}|grpc\n`);
});
