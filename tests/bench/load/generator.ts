/**
 * Why this file exists: the load of the bench, in a process of its own.
 */
import { answerQuestions } from '../processes.ts';
import { bareSync } from './bare-sync.ts';
import { churn } from './churn.ts';
import { Crowd } from './crowd.ts';
import type { GeneratorQuestions } from './questions.ts';
import { makeTrace } from './trace-maker.ts';
import { playTrace } from './trace-player.ts';
import { wave } from './wave.ts';

let crowd: Crowd | null = null;

function here(): Crowd {
  if (!crowd) throw new Error('nobody has joined');
  return crowd;
}

answerQuestions<GeneratorQuestions>(
  {
    join: (order) => {
      crowd = new Crowd(order);
      return crowd.join();
    },
    type: (rates) => {
      here().type(rates);
      return null;
    },
    openWindow: () => {
      here().openWindow();
      return null;
    },
    closeWindow: (how) => here().closeWindow(how),
    stopTyping: () => {
      here().stopTyping();
      return null;
    },
    complete: ({ ms }) => here().complete(ms),
    leave: async () => {
      await crowd?.leave();
      crowd = null;
      return null;
    },
    churn,
    makeTrace,
    playTrace,
    wave,
    bareSync,
  },
  () => {},
);
