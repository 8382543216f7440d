/** Why this file exists: what the demo says on the terminal to somebody who has just started it. */
import { PEOPLE, SEATS, type Seat } from './cast.ts';

const ROLE_NAMES: Record<Seat, string> = {
  facilitator: 'samtalsledare (facilitator, and administrator)',
  chair: 'ordförande (chair)',
  secretary: 'sekreterare (secretary)',
  member1: 'ledamot (member)',
  member2: 'ledamot (member)',
  observer: 'åhörare (observer, reads only)',
};

export interface Invitations {
  seats: Record<Seat, string>;
  /** Of the guests of the workshop, by what they are called in the line for programs. */
  guests: Record<string, string>;
  projector: string;
  /** The meeting's code for guests. */
  code: string | null;
}

/** The address, one sign-in link per role, and what becomes of the data. `dataDir` is `null` when it is temporary. */
export function welcome(url: string, { seats, guests, projector, code }: Invitations, dataDir: string | null): string {
  const rows = (Object.keys(SEATS) as Seat[]).map((seat) => {
    const name = PEOPLE.find(({ key }) => key === SEATS[seat])?.name ?? '';
    return `  ${name.padEnd(18)} ${ROLE_NAMES[seat]}\n    ${seats[seat]}\n`;
  });
  const data = dataDir
    ? `Everything is kept in ${dataDir}; go on with it by DATA_DIR=${dataDir} npm start.`
    : 'Everything is removed when you stop it with Ctrl+C.';
  return `
Rådslag runs at ${url}, with an invented retreat in full swing.
Open a link to come in as that person, in as many browsers as you like (a private window each, to be several at once):

${rows.join('\n')}
  gäster i en grupp (guests, writing in a group of the workshop under way)
    ${Object.values(guests).join('\n    ')}

  storbild (the projector)
    ${projector}

  Come in as a guest yourself: ${url}/g/${code}

${data}
`;
}
