/**
 * Why this file exists: every answer, errors and upgrades included, tells the browser what it may do with it.
 */
import { randomBytes } from 'node:crypto';
import type { MiddlewareHandler } from 'hono';
import type { AppEnv } from './env.ts';
import type { Site } from './site.ts';

/**
 * Only our own origin. Style attributes written by scripts through the CSSOM need no permission; the nonce is for the
 * one style element React Aria puts in the page (it reads the nonce from a meta element, see static.ts).
 */
export function contentSecurityPolicy(site: Site, nonce: string): string {
  const socket = site.origin.replace(/^http/, 'ws');
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data: blob:",
    "font-src 'self'",
    `connect-src 'self' ${socket}`,
    "manifest-src 'self'",
    // A PDF among the attachments that may be shown in place; see sent-attachment.ts.
    "frame-src 'self'",
    "worker-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ');
}

/** What somebody else's file may do: nothing, in a place apart from ours. */
const FILE_POLICY = "sandbox; default-src 'none'; frame-ancestors 'none'";
/**
 * A PDF in which nothing can act may, beside that, stand in a frame of our own page. The sandbox is said here and not at the frame,
 * where Chromium's viewer refuses to open.
 */
const PDF_POLICY = "sandbox; default-src 'none'; frame-ancestors 'self'";

const PERMISSIONS = ['camera', 'display-capture', 'geolocation', 'microphone', 'payment', 'usb']
  .map((feature) => `${feature}=()`)
  .join(', ');

/** Sets the headers after the handler, so that no handler can forget or lose them. */
export function securityHeaders(site: Site): MiddlewareHandler<AppEnv> {
  return async (c, next) => {
    const nonce = randomBytes(16).toString('base64');
    c.set('nonce', nonce);
    await next();
    const headers = c.res.headers;
    const { stance } = c.var;
    headers.set(
      'Content-Security-Policy',
      stance === undefined ? contentSecurityPolicy(site, nonce) : stance === 'pdf' ? PDF_POLICY : FILE_POLICY,
    );
    headers.set('X-Content-Type-Options', 'nosniff');
    headers.set('X-Frame-Options', stance === 'pdf' ? 'SAMEORIGIN' : 'DENY');
    headers.set('Referrer-Policy', 'no-referrer');
    headers.set('Permissions-Policy', PERMISSIONS);
    headers.set('Cross-Origin-Opener-Policy', 'same-origin');
    headers.set('Cross-Origin-Resource-Policy', 'same-origin');
    headers.set('Origin-Agent-Cluster', '?1');
    if (site.secure) headers.set('Strict-Transport-Security', 'max-age=31536000');
    if (!headers.has('Cache-Control')) headers.set('Cache-Control', 'no-store');
  };
}
