/**
 * Why this file exists: handing one mail to a mail server, and knowing afterwards what can be known. A server that has not
 * got the whole mail has not taken it: it is tried again. One that answers has said yes or no. One that got all of it and
 * never answered may have taken it, and only then nobody knows; that is said as it is, and never tried again by itself,
 * because two notices are worse than a call to somebody who got none.
 */
import { Readable } from 'node:stream';
import SMTPConnection from 'nodemailer/lib/smtp-connection';
import type { HandOver, MailPort, RawMail } from './ports.ts';

export interface SmtpOptions {
  /** smtp://host, smtp://name:password@host:587, smtps://host. */
  url: string;
  from: string;
  /** What this machine calls itself to the server. */
  name: string;
  /** How long connecting, the greeting and every silence may take, milliseconds. */
  patienceMs?: number;
}

const PATIENCE_MS = 30_000;
const MAX_REASON = 200;

/** What a server said, in one line that can be shown. */
export function reasonOf(text: string): string {
  return text
    .replace(/[\p{Cc}\p{Cf}\u2028\u2029]+/gu, ' ')
    .trim()
    .slice(0, MAX_REASON);
}

const isLoopback = (host: string): boolean => host === 'localhost' || host === '[::1]' || host.startsWith('127.');

/** A mail server that is spoken to over SMTP, a connection a mail. */
export function createSmtp({ url, from, name, patienceMs = PATIENCE_MS }: SmtpOptions): MailPort {
  const { protocol, hostname, port, username, password } = new URL(url);
  const secure = protocol === 'smtps:';
  const auth = username === '' ? null : { user: decodeURIComponent(username), pass: decodeURIComponent(password) };
  const options = {
    host: hostname.replace(/^\[|\]$/g, ''),
    port: port === '' ? (secure ? 465 : 587) : Number(port),
    secure,
    // A password never travels readable to another machine.
    requireTLS: auth !== null && !secure && !isLoopback(hostname),
    name,
    connectionTimeout: patienceMs,
    greetingTimeout: patienceMs,
    socketTimeout: patienceMs,
    dnsTimeout: patienceMs,
    socketCloseTimeout: 0,
  };

  return {
    from,
    send(mail, signal) {
      return new Promise<HandOver>((resolve) => {
        const connection = new SMTPConnection(options);
        const body = wholeOf(mail);
        let open = true;
        const end = (outcome: HandOver): void => {
          if (!open) return;
          open = false;
          clearTimeout(timer);
          signal.removeEventListener('abort', aborted);
          if (outcome.state === 'handed') connection.quit();
          else connection.close();
          resolve({ ...outcome, reason: reasonOf(outcome.reason) });
        };
        const failed = (error: unknown): void => end(judged(error, body.gone));
        // Our own reasons begin with @: the page says them in the reader's language (shared/notice/mail.ts).
        // A server that always says a little is never silent: the whole of it has an end too.
        const timer = setTimeout(() => failed(new Error('@slow')), 4 * patienceMs);
        const aborted = (): void => failed(new Error('@stopped'));
        signal.addEventListener('abort', aborted);
        connection.on('error', failed);
        connection.on('end', () => failed(new Error('@hung-up')));
        const send = (): void => {
          connection.send({ from: mail.from, to: [mail.to], size: mail.raw.length }, body.stream, (error, info) => {
            if (error) failed(error);
            else end({ state: 'handed', reason: info?.response ?? '' });
          });
        };
        if (signal.aborted) return aborted();
        connection.connect((error) => {
          if (error) failed(error);
          else if (auth === null) send();
          else connection.login({ user: auth.user, pass: auth.pass }, (wrong) => (wrong ? failed(wrong) : send()));
        });
      });
    },
  };
}

/** The mail as a stream that knows whether all of it has been asked for: only then can its end have been sent. */
function wholeOf({ raw }: RawMail): { stream: Readable; readonly gone: boolean } {
  const PIECE = 16 * 1024;
  let at = 0;
  let gone = false;
  const stream = new Readable({
    read() {
      if (at >= raw.length) {
        gone = true;
        this.push(null);
        return;
      }
      this.push(raw.subarray(at, at + PIECE));
      at += PIECE;
    },
  });
  return {
    stream,
    get gone() {
      return gone;
    },
  };
}

/** What an error means for the mail; `gone` when all of it was given to the connection. */
export function judged(error: unknown, gone: boolean): HandOver {
  const { message, response, responseCode, command, code } = factsOf(error);
  const reason = response === '' ? message : response;
  if (responseCode !== null && !(code === 'ECONNECTION' && gone)) {
    // 421: the server goes away, whatever was said; what concerns our sign-in may be put right.
    const ours = command.startsWith('AUTH') || code === 'EAUTH';
    return { state: responseCode >= 500 && !ours ? 'refused' : 'later', reason };
  }
  // An address or a mail that the other side could not take at all, said by our own side.
  if (code === 'EENVELOPE') return { state: 'refused', reason };
  return { state: gone ? 'uncertain' : 'later', reason };
}

function factsOf(error: unknown) {
  const told = (typeof error === 'object' && error !== null ? error : {}) as Record<string, unknown>;
  const text = (value: unknown): string => (typeof value === 'string' ? value : '');
  return {
    message: text(told.message) || 'unknown',
    response: text(told.response),
    responseCode: typeof told.responseCode === 'number' ? told.responseCode : null,
    command: text(told.command),
    code: text(told.code),
  };
}
