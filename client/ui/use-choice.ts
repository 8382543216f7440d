/**
 * Why this file exists: a switch whose truth is the server's shows what was chosen in the press itself and until the
 * server has said. A request's own state is known a frame later, and in that frame the switch would spring back.
 */
import { useState } from 'react';

/** What to show, and what to do with a choice; `send` calls `settled` when it was taken or refused. */
export function useChoice<T>(known: T, send: (value: T, settled: () => void) => void): [T, (value: T) => void] {
  const [chosen, setChosen] = useState<{ value: T } | null>(null);
  const choose = (value: T): void => {
    const choice = { value };
    setChosen(choice);
    // Of two choices in a row the later one is shown.
    send(value, () => setChosen((now) => (now === choice ? null : now)));
  };
  return [chosen ? chosen.value : known, choose];
}
