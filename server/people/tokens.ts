/**
 * Why this file exists: what opens a door is a random token that only its holder has; what we keep is its hash.
 */
import { hash, randomBytes } from 'node:crypto';

/** 256 random bits, safe in a cookie and in a URL's fragment. */
export function newToken(): string {
  return randomBytes(32).toString('base64url');
}

/** SHA-256, hexadecimal. Enough for tokens, which cannot be guessed; passwords need passwords.ts. */
export function hashToken(token: string): string {
  return hash('sha256', token, 'hex');
}
