/**
 * Why this file exists: an older Node cannot even read main.ts. This is plain JavaScript that it can, so that it says
 * what is wrong in one line instead of a stack.
 */
const OLDEST_NODE = 24;

if (Number(process.versions.node.split('.')[0]) < OLDEST_NODE) {
  console.error(
    `Rådslag needs Node ${OLDEST_NODE} or newer and this is ${process.versions.node}: start it with npm start.`,
  );
  process.exitCode = 1;
} else {
  // Before everything else is read: reading it is what makes the heap grow.
  const { tuneEngine } = await import('./engine.ts');
  tuneEngine();
  await import('./main.ts');
}
