/**
 * Why this file exists: what can be set from outside, read once, with one clear line for each wrong value, all at once.
 */
import { resolve } from 'node:path';
import { z } from 'zod';
import { isMailAddress } from '#shared/notice/mail.ts';
import { parseTrustedProxy, type TrustedProxy } from './http/client-address.ts';

const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;

export interface Config {
  /** Absolute path of the folder in which everything is kept. */
  dataDir: string;
  /** 0 lets the system choose. */
  port: number;
  host: string;
  /** The origin people use, or `null` for the listening address. */
  publicUrl: string | null;
  logLevel: (typeof LOG_LEVELS)[number];
  /** Who knows it may read /metrics; `null` leaves that to administrators. */
  metricsToken: string | null;
  /** Whose word about the addresses of those who ask is taken; `null` for nobody's. */
  trustedProxy: TrustedProxy | null;
  /** Where a backup is made every night, or `null` for none. */
  backup: { folder: string; at: string; keep: number } | null;
  /** The mail server that notices are handed to, and whom they are from; `null` for none: the pages say so then. */
  mail: { url: string; from: string } | null;
}

/** Wrong settings, one line each. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  readonly lines: string[];

  constructor(lines: string[]) {
    super(lines.join('\n'));
    this.lines = lines;
  }
}

function isOrigin(value: string): boolean {
  if (!URL.canParse(value)) return false;
  const url = new URL(value);
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return false;
  // `https://a.se/` is the same origin as `https://a.se`; a path, a query, a user or a fragment is not an origin.
  return url.hostname !== '' && (url.href === `${url.origin}/` || url.href === url.origin) && !/[?#]/.test(value);
}

/** smtp://host, smtp://name:password@host:587, smtps://…; what belongs to no server is not taken. */
function isSmtpUrl(value: string): boolean {
  if (!URL.canParse(value)) return false;
  const { protocol, hostname, pathname, search, hash, username, password } = new URL(value);
  if ((protocol !== 'smtp:' && protocol !== 'smtps:') || hostname === '') return false;
  return (
    (pathname === '' || pathname === '/') && search === '' && hash === '' && (username === '') === (password === '')
  );
}

const environment = z.object({
  DATA_DIR: z.string().min(1, 'must name a folder').default('./data'),
  PORT: z
    .string()
    .regex(/^\d{1,5}$/, 'must be a port number, 0 to 65535')
    .transform(Number)
    .refine((port) => port <= 65_535, 'must be a port number, 0 to 65535')
    .default(3000),
  HOST: z
    .string()
    .regex(/^[0-9A-Za-z.:_-]+$/, 'must be a host name or an address, without a port')
    .default('127.0.0.1'),
  PUBLIC_URL: z
    .string()
    .refine(isOrigin, 'must be an origin such as https://radslag.example.se: http or https, no path')
    .transform((value) => new URL(value).origin)
    .nullable()
    .default(null),
  BACKUP_DIR: z.string().min(1, 'must name a folder').nullable().default(null),
  BACKUP_AT: z
    .string()
    .regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be a time of day such as 03:00')
    .default('03:00'),
  BACKUP_KEEP: z
    .string()
    .regex(/^[1-9]\d{0,3}$/, 'must be a number from 1 to 9999')
    .transform(Number)
    .default(14),
  METRICS_TOKEN: z
    .string()
    .regex(/^[!-~]{16,200}$/, 'must be 16 to 200 letters, digits and signs, without spaces')
    .nullable()
    .default(null),
  TRUSTED_PROXY: z
    .string()
    .refine(
      (value) => parseTrustedProxy(value) !== null,
      'must be a number of proxies from 1 to 9, or their addresses or networks with commas between',
    )
    .transform(parseTrustedProxy)
    .nullable()
    .default(null),
  SMTP_URL: z
    .string()
    .refine(isSmtpUrl, 'must be smtp:// or smtps://, a host, perhaps a port, perhaps name and password before an @')
    .nullable()
    .default(null),
  MAIL_FROM: z
    .string()
    .refine(isMailAddress, 'must be one plain address such as moten@example.se')
    .nullable()
    .default(null),
  LOG_LEVEL: z.enum(LOG_LEVELS, `must be one of ${LOG_LEVELS.join(', ')}`).default('info'),
});

/**
 * Reads the settings from an environment. An empty value counts as not set. Throws {@link ConfigError} naming every
 * wrong variable; the values themselves are never repeated.
 */
export function parseConfig(env: Record<string, string | undefined>): Config {
  const given: Record<string, string> = {};
  for (const key of Object.keys(environment.shape)) {
    const value = env[key];
    if (value !== undefined && value !== '') given[key] = value;
  }
  const parsed = environment.safeParse(given);
  if (!parsed.success)
    throw new ConfigError(
      parsed.error.issues
        .map((issue) => `${String(issue.path[0])} ${issue.message}`)
        .filter((l, i, all) => all.indexOf(l) === i),
    );
  const { DATA_DIR, PORT, HOST, PUBLIC_URL, LOG_LEVEL, METRICS_TOKEN, TRUSTED_PROXY } = parsed.data;
  const { BACKUP_DIR, BACKUP_AT, BACKUP_KEEP, SMTP_URL, MAIL_FROM } = parsed.data;
  if (SMTP_URL !== null && MAIL_FROM === null) throw new ConfigError(['MAIL_FROM must be set where SMTP_URL is']);
  return {
    dataDir: resolve(DATA_DIR),
    port: PORT,
    host: HOST,
    publicUrl: PUBLIC_URL,
    logLevel: LOG_LEVEL,
    metricsToken: METRICS_TOKEN,
    trustedProxy: TRUSTED_PROXY,
    backup: BACKUP_DIR === null ? null : { folder: resolve(BACKUP_DIR), at: BACKUP_AT, keep: BACKUP_KEEP },
    mail: SMTP_URL === null || MAIL_FROM === null ? null : { url: SMTP_URL, from: MAIL_FROM },
  };
}
