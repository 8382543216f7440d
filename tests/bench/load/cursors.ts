/**
 * Why this file exists: a moving caret as editors send it: some three hundred bytes of JSON about who and where. The
 * clock within the caret's position counts the moves, so a receiver knows which one it sees, whatever the server made of
 * the rest.
 */
import { Cursor, Writer } from './bytes.ts';

const writer = new Writer();
const ORGANISATIONS = ['Norra kommunen', 'Älvdalens region', 'Länsförbundet', 'Skogsvårdsrådet'];

/** The awareness message of move number `move` of a client. */
export function cursorMessage(client: number, move: number, person: number): Uint8Array {
  const item = { client, clock: move };
  const state = {
    user: {
      id: `3f1c0a5e-7d2b-4c96-8a10-${String(person).padStart(12, '0')}`,
      name: `Deltagare ${person + 1}`,
      colour: person % 8,
      organisation: ORGANISATIONS[person % ORGANISATIONS.length],
    },
    cursor: {
      anchor: { type: null, tname: null, item, assoc: 0 },
      head: { type: null, tname: null, item, assoc: 0 },
    },
  };
  return writer.uint(1).uint(client).uint(move).text(JSON.stringify(state)).take();
}

const MOVE = /"head":\{[^{}]*"item":\{"client":\d+,"clock":(\d+)\}/;

/** Who moved to which move, in an awareness message; heartbeats and goodbyes are left out. */
export function readMoves(body: Uint8Array): { client: number; move: number }[] {
  const cursor = new Cursor(body);
  const moves: { client: number; move: number }[] = [];
  for (let states = cursor.uint(); states > 0; states--) {
    const client = cursor.uint();
    cursor.uint();
    const move = MOVE.exec(cursor.text())?.[1];
    if (move !== undefined) moves.push({ client, move: Number(move) });
  }
  return moves;
}
