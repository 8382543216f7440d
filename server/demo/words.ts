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

/** The address, one sign-in link per role, and what becomes of the data. `dataDir` is `null` when it is temporary. */
export function welcome(url: string, links: Record<Seat, string>, dataDir: string | null): string {
  const rows = (Object.keys(SEATS) as Seat[]).map((seat) => {
    const name = PEOPLE.find(({ key }) => key === SEATS[seat])?.name ?? '';
    return `  ${name.padEnd(18)} ${ROLE_NAMES[seat]}\n    ${links[seat]}\n`;
  });
  const data = dataDir
    ? `Everything is kept in ${dataDir}; go on with it by DATA_DIR=${dataDir} npm start.`
    : 'Everything is removed when you stop it with Ctrl+C.';
  return `
Rådslag runs at ${url}, with an invented retreat in full swing.
Open a link to come in as that person, in as many browsers as you like (a private window each, to be several at once):

${rows.join('\n')}
${data}
`;
}
