/** Why this file exists: files of faults whose stages are all on one server, each in a room of its own. */
import { afterAll, beforeAll, type onTestFinished } from 'vitest';
import { type FaultyProcess, startFaulty } from '../support/faulty-process.ts';
import { temporaryFolder } from '../support/server-process.ts';
import { Stage } from './stage.ts';

/** Starts a server for this file; answers what sets a stage there that is struck when the test is over. */
export function stagesOnOneServer(): (finished: typeof onTestFinished) => Promise<Stage> {
  const folder = temporaryFolder();
  let server: FaultyProcess;
  beforeAll(async () => {
    server = await startFaulty({ dataDir: folder.path });
  }, 60_000);
  afterAll(async () => {
    await server?.end();
    folder.remove();
  });
  return async (finished) => {
    const made = await Stage.set(server);
    finished(() => made.close());
    return made;
  };
}
