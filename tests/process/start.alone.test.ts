/** How soon a real installation answers after its command, on a machine that has nothing else to do. */
import { afterEach, expect, it } from 'vitest';
import { startInstallation, temporaryFolder } from '../support/server-process.ts';

const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  for (const clean of cleanups.splice(0).reverse()) await clean();
});

it('an installation answers within three seconds of its command', async () => {
  const { path: dataDir, remove } = temporaryFolder();
  cleanups.push(remove);
  // The first makes the database; the second is an ordinary morning.
  for (const morning of ['first', 'ordinary']) {
    const server = await startInstallation({ dataDir });
    cleanups.push(() => server.end());
    if (morning === 'ordinary') expect(server.startedIn).toBeLessThan(3_000);
    await server.end('SIGTERM');
  }
});
