// Folders and buckets as the environment names them: those of backups and those of evidence files.
import type { ConfigFault } from './environment.ts';

type BucketUse = 'BACKUP' | 'EVIDENCE';
type BucketValues<Use extends BucketUse> = {
  readonly [Name in `${Use}_S3_${'BUCKET' | 'ENDPOINT' | 'ACCESS_KEY_ID' | 'SECRET_ACCESS_KEY'}`]?:
    string | undefined;
};
type BucketDefaults<Use extends BucketUse> = {
  readonly [Name in `${Use}_S3_${'PREFIX' | 'REGION'}`]: string;
};

/** A key without its secret, or the other way round. */
export function bucketFaults<Use extends BucketUse>(use: Use, values: BucketValues<Use>): ConfigFault[] {
  const id = `${use}_S3_ACCESS_KEY_ID` as const;
  const secret = `${use}_S3_SECRET_ACCESS_KEY` as const;
  if ((values[id] === undefined) === (values[secret] === undefined)) return [];
  return [{ name: secret, problem: `goes together with ${id}` }];
}

/** Which bucket, and who asks for it; null where none is set up. */
export function bucketOf<Use extends BucketUse>(use: Use, values: BucketValues<Use> & BucketDefaults<Use>) {
  const bucket: string | undefined = values[`${use}_S3_BUCKET`];
  if (bucket === undefined) return null;
  const accessKeyId: string | undefined = values[`${use}_S3_ACCESS_KEY_ID`];
  const secretAccessKey: string | undefined = values[`${use}_S3_SECRET_ACCESS_KEY`];
  const endpoint: string | undefined = values[`${use}_S3_ENDPOINT`];
  return {
    bucket,
    prefix: values[`${use}_S3_PREFIX`],
    endpoint: endpoint ?? null,
    region: values[`${use}_S3_REGION`],
    credentials:
      accessKeyId === undefined || secretAccessKey === undefined ? null : { accessKeyId, secretAccessKey },
  };
}

interface EvidenceValues extends BucketValues<'EVIDENCE'>, BucketDefaults<'EVIDENCE'> {
  readonly EVIDENCE_DIRECTORY: string;
  readonly EVIDENCE_MAX_BYTES: number;
  readonly EVIDENCE_SCAN_COMMAND?: string | undefined;
  readonly EVIDENCE_CLAMD?: { readonly host: string; readonly port: number } | undefined;
}

/** Where evidence files lie, how large one may be and who looks at it before it is kept. */
export function evidenceConfig(values: EvidenceValues) {
  return {
    directory: values.EVIDENCE_DIRECTORY,
    s3: bucketOf('EVIDENCE', values),
    mostBytes: values.EVIDENCE_MAX_BYTES,
    scanCommand: values.EVIDENCE_SCAN_COMMAND ?? null,
    clamd: values.EVIDENCE_CLAMD ?? null,
  };
}

/** One scanner, and a bucket's key with its secret. */
export function evidenceFaults(
  found: BucketValues<'EVIDENCE'> & Partial<Pick<EvidenceValues, 'EVIDENCE_CLAMD' | 'EVIDENCE_SCAN_COMMAND'>>,
): ConfigFault[] {
  const both = found.EVIDENCE_CLAMD !== undefined && found.EVIDENCE_SCAN_COMMAND !== undefined;
  const twice = { name: 'EVIDENCE_SCAN_COMMAND', problem: 'is set beside EVIDENCE_CLAMD: keep one' };
  return [...bucketFaults('EVIDENCE', found), ...(both ? [twice] : [])];
}
