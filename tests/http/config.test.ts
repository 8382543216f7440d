/**
 * Why this file exists: a wrong setting is said in one line, all of them at once, and never with its value.
 */
import { describe, expect, it } from 'vitest';
import { ConfigError, parseConfig } from '../../server/config.ts';
import { defaultOrigin, isLoopback, siteFrom } from '../../server/http/site.ts';

const wrong = (env: Record<string, string>): string[] => {
  try {
    parseConfig(env);
  } catch (error) {
    if (error instanceof ConfigError) return error.lines;
    throw error;
  }
  return [];
};

describe('settings', () => {
  it('have defaults, and an empty value is none', () => {
    const defaults = {
      dataDir: `${process.cwd()}/data`,
      port: 3000,
      host: '127.0.0.1',
      publicUrl: null,
      logLevel: 'info',
      metricsToken: null,
      trustedProxy: null,
      backup: null,
      mail: null,
    };
    expect(parseConfig({})).toEqual(defaults);
    expect(parseConfig({ PORT: '', HOST: '', PUBLIC_URL: '', DATA_DIR: '', LOG_LEVEL: '', OTHER: 'x' })).toEqual(
      defaults,
    );
  });

  it('are read', () => {
    const env = {
      DATA_DIR: '/srv/rad',
      PORT: '0',
      HOST: '::',
      PUBLIC_URL: 'https://Rad.exempel.se/',
      LOG_LEVEL: 'warn',
      METRICS_TOKEN: 'hemlighet-0123456789',
      TRUSTED_PROXY: '1',
      BACKUP_DIR: '/srv/kopior',
      BACKUP_AT: '23:45',
      BACKUP_KEEP: '30',
      SMTP_URL: 'smtp://rad:hemlig@post.exempel.se:587',
      MAIL_FROM: 'moten@exempel.se',
    };
    expect(parseConfig(env)).toEqual({
      dataDir: '/srv/rad',
      port: 0,
      host: '::',
      publicUrl: 'https://rad.exempel.se',
      logLevel: 'warn',
      metricsToken: 'hemlighet-0123456789',
      trustedProxy: { hops: 1 },
      backup: { folder: '/srv/kopior', at: '23:45', keep: 30 },
      mail: { url: 'smtp://rad:hemlig@post.exempel.se:587', from: 'moten@exempel.se' },
    });
    expect(parseConfig({ PUBLIC_URL: 'http://10.0.0.7:8080' }).publicUrl).toBe('http://10.0.0.7:8080');
    expect(parseConfig({ PUBLIC_URL: 'https://rad.exempel.se:443' }).publicUrl).toBe('https://rad.exempel.se');
  });

  it('that are wrong are all named at once, without their values', () => {
    const lines = wrong({
      PORT: '70000',
      HOST: 'a b',
      PUBLIC_URL: 'ftp://hemlig.se',
      METRICS_TOKEN: 'hemlig',
      TRUSTED_PROXY: 'hemlig',
      LOG_LEVEL: 'hemlig',
    });
    const names = lines.map((line) => line.split(' ')[0]);
    expect(names).toEqual(['PORT', 'HOST', 'PUBLIC_URL', 'METRICS_TOKEN', 'TRUSTED_PROXY', 'LOG_LEVEL']);
    expect(lines.join('\n')).not.toContain('hemlig');
  });

  it.each([
    ['BACKUP_AT', '24:00'],
    ['BACKUP_AT', '3'],
    ['BACKUP_KEEP', '0'],
    ['BACKUP_KEEP', 'alla'],
  ])('refuse %s %s for the backups', (name, value) => {
    expect(wrong({ BACKUP_DIR: '/srv/kopior', [name]: value })).toHaveLength(1);
  });

  it.each(['-1', '3.5', '0x10', '65536', 'tretusen', ' 80'])('refuse the port %s', (PORT) => {
    expect(wrong({ PORT })).toEqual(['PORT must be a port number, 0 to 65535']);
  });

  it.each([
    'radslag.se',
    'ws://a.se',
    'https://a.se/path',
    'https://a.se/?x',
    'https://a.se?',
    'https://a.se/#',
    'https://user:pass@a.se',
    'https://',
    'javascript:alert(1)',
  ])('refuse %s as the public address', (PUBLIC_URL) => {
    expect(wrong({ PUBLIC_URL })).toHaveLength(1);
  });
});

describe('the public address', () => {
  it('is the listening address when nothing is said', () => {
    expect(defaultOrigin('127.0.0.1', 3000)).toBe('http://127.0.0.1:3000');
    expect(defaultOrigin('::1', 3000)).toBe('http://[::1]:3000');
    expect(defaultOrigin('0.0.0.0', 80)).toBe('http://localhost');
    expect(siteFrom('https://a.se')).toEqual({ origin: 'https://a.se', host: 'a.se', secure: true });
  });

  it('knows the other names of this machine', () => {
    for (const host of ['localhost', 'LOCALHOST:3000', '127.0.0.1:1', '[::1]', '[::1]:3000'])
      expect(isLoopback(host)).toBe(true);
    for (const host of ['localhost.ond.se', '127.0.0.1.ond.se', 'ond.se', '[::1].se', ''])
      expect(isLoopback(host)).toBe(false);
  });
});
