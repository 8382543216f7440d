/**
 * Why this file exists: requests made from the document the server itself serves, first as the document says, then
 * broken in one of many ways. A route added tomorrow is fuzzed tomorrow.
 */
import type { Random } from '../support/random.ts';

interface JsonSchema {
  $ref?: string;
  type?: string | string[];
  enum?: unknown[];
  const?: unknown;
  pattern?: string;
  format?: string;
  minLength?: number;
  maxLength?: number;
  minimum?: number;
  maximum?: number;
  items?: JsonSchema;
  properties?: Record<string, JsonSchema>;
  required?: string[];
  anyOf?: JsonSchema[];
  oneOf?: JsonSchema[];
  allOf?: JsonSchema[];
}

interface Operation {
  operationId?: string;
  requestBody?: { content?: Record<string, { schema?: JsonSchema }> };
  responses?: Record<string, unknown>;
}

export interface OpenApi {
  paths: Record<string, Record<string, Operation>>;
  components?: { schemas?: Record<string, JsonSchema> };
}

export interface FuzzRequest {
  method: string;
  /** The route as the document names it, for reports. */
  route: string;
  path: string;
  headers: Record<string, string>;
  body: string | undefined;
  /** Statuses over 499 that the document names for this route. */
  documented: number[];
}

const ODD_TEXTS = [
  '',
  ' ',
  'å'.repeat(3_000),
  '\u0000',
  '\u202egnp',
  '\ud800',
  '__proto__',
  'constructor',
  '1e999',
  "' or 1=1 --",
  '../../etc/passwd',
  '<script>alert(1)</script>',
  '%00%ff',
  'x'.repeat(100_000),
  '2026-02-30',
  '25:61',
  'Europe/Ingenstans',
  'javascript:alert(1)',
];
const ODD_VALUES: unknown[] = [
  null,
  true,
  false,
  0,
  -1,
  1.5,
  2 ** 31,
  2 ** 53,
  -(2 ** 63),
  1e308,
  [],
  {},
  [[]],
  [null],
  { toString: 1 },
  { length: 1e9 },
];

/** Makes values and requests of one document. `ids` are those that exist. */
export class RequestMaker {
  readonly #document: OpenApi;
  readonly #dice: Random;
  readonly #operations: { method: string; path: string; operation: Operation }[];

  constructor(document: OpenApi, dice: Random) {
    this.#document = document;
    this.#dice = dice;
    this.#operations = Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, operation]) => ({ method: method.toUpperCase(), path, operation })),
    );
  }

  /** One request; `ids` by the name of the parameter, several of each. */
  next(ids: Record<string, readonly string[]>): FuzzRequest {
    const dice = this.#dice;
    const { method, path: template, operation } = dice.pick(this.#operations);
    const path = template.replace(/\{(\w+)\}/g, (_, name: string) => this.#id(ids[name] ?? []));
    const schema = operation.requestBody?.content?.['application/json']?.schema;
    let body: string | undefined;
    if (schema) body = this.#text(this.#broken(this.#value(schema, ids, 0)));
    else if (method !== 'GET' && dice.next() < 0.1) body = dice.pick(['{}', '[]', '7', '', '{"x":1}']);
    const headers: Record<string, string> = {};
    if (body !== undefined)
      headers['content-type'] =
        dice.next() < 0.97 ? 'application/json' : dice.pick(['text/plain', '', 'application/xml']);
    if (dice.next() < 0.03) headers['accept-language'] = 'x'.repeat(dice.int(0, 4_000));
    return {
      method: dice.next() < 0.98 ? method : dice.pick(['GET', 'POST', 'PUT', 'PATCH', 'DELETE']),
      route: `${method} ${template}`,
      path: dice.next() < 0.95 ? path : `${path}${dice.pick(['/', '?a=b', '%00', '/x', '?%zz', '#x', '//'])}`,
      headers,
      body,
      documented: Object.keys(operation.responses ?? {})
        .map(Number)
        .filter((status) => status >= 500),
    };
  }

  #id(known: readonly string[]): string {
    const dice = this.#dice;
    if (known.length > 0 && dice.next() < 0.85) return dice.pick(known);
    return encodeURIComponent(dice.pick(['0'.repeat(20), '..', '%', 'å', '-1', 'x'.repeat(500), '__proto__', 'null']));
  }

  #resolve(schema: JsonSchema): JsonSchema {
    if (schema.$ref === undefined) return schema;
    return this.#document.components?.schemas?.[schema.$ref.split('/').at(-1) ?? ''] ?? {};
  }

  /** A value as the schema wants it. */
  #value(given: JsonSchema, ids: Record<string, readonly string[]>, depth: number): unknown {
    const dice = this.#dice;
    const schema = this.#resolve(given);
    if (schema.const !== undefined) return schema.const;
    if (schema.enum) return dice.pick(schema.enum);
    const choices = schema.anyOf ?? schema.oneOf;
    if (choices) return this.#value(dice.pick(choices), ids, depth);
    const type = Array.isArray(schema.type) ? dice.pick(schema.type) : schema.type;
    switch (type) {
      case 'object': {
        const made: Record<string, unknown> = {};
        for (const [key, property] of Object.entries(schema.properties ?? {}))
          if (schema.required?.includes(key) || dice.next() < 0.6) made[key] = this.#value(property, ids, depth + 1);
        return made;
      }
      case 'array':
        return Array.from({ length: depth > 4 ? 0 : dice.int(0, 4) }, () =>
          this.#value(schema.items ?? {}, ids, depth + 1),
        );
      case 'integer':
      case 'number':
        return dice.int(Math.max(schema.minimum ?? 0, -1_000), Math.min(schema.maximum ?? 100, 1_000));
      case 'boolean':
        return dice.next() < 0.5;
      case 'null':
        return null;
      default:
        return this.#string(schema, ids);
    }
  }

  #string(schema: JsonSchema, ids: Record<string, readonly string[]>): string {
    const dice = this.#dice;
    if (schema.format === 'email') return `person${dice.int(0, 1e9)}@exempel.se`;
    if (schema.format === 'date') return `2026-0${dice.int(1, 9)}-1${dice.int(0, 9)}`;
    if (schema.format === 'uri') return 'https://exempel.se/rum';
    if (schema.pattern?.includes('{20}')) return dice.pick(Object.values(ids).flat());
    if (schema.pattern?.includes('2[0-3]')) return `1${dice.int(0, 9)}:${dice.int(10, 59)}`;
    if (schema.pattern?.includes(':')) return `${dice.int(1, 2 ** 31)}:${dice.int(0, 50)}`;
    const length = dice.int(schema.minLength ?? 0, Math.min(schema.maxLength ?? 30, (schema.minLength ?? 0) + 20));
    return Array.from({ length }, () => dice.pick([...'abcdeåäö AB1'])).join('');
  }

  /** One thing wrong somewhere, or two; a third are left right so that something happens at all. */
  #broken(value: unknown): unknown {
    const dice = this.#dice;
    if (dice.next() < 0.33) return value;
    if (typeof value !== 'object' || value === null || dice.next() < 0.1) return this.#odd();
    const made: Record<string, unknown> | unknown[] = Array.isArray(value) ? [...value] : { ...value };
    const keys = Object.keys(made);
    const key = keys.length > 0 ? dice.pick(keys) : 'x';
    const place = made as Record<string, unknown>;
    const way = dice.int(0, 5);
    if (way === 0) delete place[key];
    else if (way === 1)
      place[dice.pick(['x', '__proto__', 'constructor', 'isAdmin', 'id', 'roles', 'phase'])] = this.#odd();
    else if (way === 2) place[key] = this.#odd();
    else if (way === 3) place[key] = [place[key], place[key]];
    else if (way === 4 && Array.isArray(place[key]))
      place[key] = Array.from({ length: dice.int(10, 3_000) }, () => dice.pick([null, -1, 1, 'x', {}, 'å'.repeat(40)]));
    else place[key] = this.#broken(place[key]);
    return made;
  }

  #odd(): unknown {
    return this.#dice.next() < 0.5 ? this.#dice.pick(ODD_TEXTS) : this.#dice.pick(ODD_VALUES);
  }

  /** As JSON; now and then with a letter of it changed, lost or doubled. */
  #text(value: unknown): string {
    const dice = this.#dice;
    const text = JSON.stringify(value) ?? 'null';
    if (dice.next() < 0.9) return text;
    const at = dice.int(0, text.length);
    const way = dice.int(0, 3);
    if (way === 0) return text.slice(0, at);
    if (way === 1) return text.slice(0, at) + dice.pick([...'{}[]",:\\0-e\u0000']) + text.slice(at);
    if (way === 2) return text.slice(0, at) + text.slice(at + 1);
    return '['.repeat(dice.int(1, 5_000)) + text;
  }
}
