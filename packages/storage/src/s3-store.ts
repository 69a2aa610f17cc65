// Files in a bucket of any S3 API. An object appears there only when its upload is complete.
import type { Readable } from 'node:stream';
import type { Store, StoredObject } from './store.ts';

/** Which bucket, and who asks for it. */
export interface S3Settings {
  readonly bucket: string;
  /** What the names of its objects begin with; may be empty. */
  readonly prefix: string;
  /** Null for Amazon's own. */
  readonly endpoint: string | null;
  readonly region: string;
  /** Null to use the credentials of the machine or task. */
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string } | null;
}

/** A bucket that says nothing for so long is away: without an end to waiting, one silent night would be the last. */
const SILENCE_MS = 120_000;

/** The library is large: what needs no bucket, as archiving a segment, does not load it. */
async function connect(config: S3Settings, silenceMs: number) {
  const [s3, { Upload }] = await Promise.all([import('@aws-sdk/client-s3'), import('@aws-sdk/lib-storage')]);
  const client = new s3.S3Client({
    region: config.region,
    requestHandler: { connectionTimeout: Math.min(silenceMs, 10_000), socketTimeout: silenceMs },
    // Other makers' S3 knows neither buckets as hosts nor Amazon's newer checksums.
    ...(config.endpoint === null ? {} : { endpoint: config.endpoint, forcePathStyle: true }),
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    ...(config.credentials === null ? {} : { credentials: config.credentials }),
  });
  return { s3, client, Upload };
}

/** Opens the bucket; nothing is asked of it before the first use. */
export function openS3Store(config: S3Settings, silenceMs = SILENCE_MS): Store {
  const { bucket: Bucket } = config;
  const root = config.prefix === '' ? '' : `${config.prefix.replace(/\/+$/, '')}/`;
  let opened: ReturnType<typeof connect> | undefined;
  const connection = () => (opened ??= connect(config, silenceMs));

  return {
    title: `the bucket ${Bucket}`,
    async read(name) {
      const { s3, client } = await connection();
      try {
        const { Body } = await client.send(new s3.GetObjectCommand({ Bucket, Key: root + name }));
        return (Body as Readable | undefined) ?? null;
      } catch (error) {
        if (error instanceof s3.NoSuchKey) return null;
        throw error;
      }
    },
    async write(name, content) {
      const { client, Upload } = await connection();
      await new Upload({ client, params: { Bucket, Key: root + name, Body: content } }).done();
    },
    async list(folder) {
      const { s3, client } = await connection();
      const found: StoredObject[] = [];
      const pages = s3.paginateListObjectsV2({ client }, { Bucket, Prefix: `${root}${folder}/` });
      for await (const page of pages) {
        for (const { Key, Size, LastModified } of page.Contents ?? []) {
          if (Key === undefined) continue;
          found.push({
            name: Key.slice(root.length),
            size: Size ?? 0,
            modifiedAt: LastModified ?? new Date(0),
          });
        }
      }
      return found;
    },
    async remove(name) {
      const { s3, client } = await connection();
      await client.send(new s3.DeleteObjectCommand({ Bucket, Key: root + name }));
    },
  };
}
