/** Why this file exists: what the wall decides without a browser: when it draws, which group a digit means, what counts as a word. */
import { describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { hasWords } from '../../client/stage/wall/live-text.ts';
import { type Frames, PAINT_EVERY_MS, Painter, type PaintJob } from '../../client/stage/wall/painter.ts';
import { answerOf, wordsIn } from '../../client/stage/wall/pulse.ts';
import { numberTyped, SECOND_DIGIT_MS } from '../../client/stage/wall/wall-keys.ts';

/** Time and frames turned by hand. */
class Hand implements Frames {
  time = 0;
  #timers: { at: number; call: () => void }[] = [];
  #frames: (() => void)[] = [];
  now = (): number => this.time;
  after(ms: number, call: () => void): () => void {
    const timer = { at: this.time + ms, call };
    this.#timers.push(timer);
    return () => {
      this.#timers = this.#timers.filter((one) => one !== timer);
    };
  }
  frame(call: () => void): () => void {
    this.#frames.push(call);
    return () => {
      this.#frames = this.#frames.filter((one) => one !== call);
    };
  }
  /** So many milliseconds pass, with a frame every 10. */
  pass(ms: number): void {
    for (const end = this.time + ms; this.time < end; ) {
      this.time += 10;
      const due = this.#timers.filter(({ at }) => at <= this.time);
      this.#timers = this.#timers.filter((one) => !due.includes(one));
      for (const { call } of due) call();
      for (const call of this.#frames.splice(0)) call();
    }
  }
}

function job(log: string[], name: string): PaintJob {
  return {
    paint: () => void log.push(`${name} paints`),
    measure: () => {
      log.push(`${name} measures`);
      return () => void log.push(`${name} scrolls`);
    },
  };
}

describe('the painter', () => {
  test('draws a group at most ten times a second, however often it asks', () => {
    const hand = new Hand();
    const painter = new Painter(hand);
    const log: string[] = [];
    const one = job(log, 'one');
    for (let n = 0; n < 100; n++) {
      painter.request(one);
      hand.pass(10);
    }
    const painted = log.filter((line) => line.endsWith('paints')).length;
    expect(painted).toBeLessThanOrEqual(1_000 / PAINT_EVERY_MS + 1);
    expect(painted).toBeGreaterThanOrEqual(8);
  });

  test('all that are due share a frame: first all are written, then all measured, then all scrolled', () => {
    const hand = new Hand();
    const painter = new Painter(hand);
    const log: string[] = [];
    painter.request(job(log, 'one'));
    painter.request(job(log, 'two'));
    hand.pass(20);
    expect(log).toEqual(['one paints', 'two paints', 'one measures', 'two measures', 'one scrolls', 'two scrolls']);
  });

  test('a group that asks for the first time does not wait for another that was just drawn', () => {
    const hand = new Hand();
    const painter = new Painter(hand);
    const log: string[] = [];
    const one = job(log, 'one');
    painter.request(one);
    hand.pass(10);
    painter.request(job(log, 'two'));
    hand.pass(10);
    expect(log).toContain('two paints');
    painter.request(one);
    painter.forget(one);
    hand.pass(500);
    expect(log.filter((line) => line === 'one paints')).toHaveLength(1);
  });

  test('one that waits its turn does not hold up one that need not', () => {
    const hand = new Hand();
    const painter = new Painter(hand);
    const log: string[] = [];
    const one = job(log, 'one');
    painter.request(one);
    hand.pass(10);
    painter.request(one);
    painter.request(job(log, 'two'));
    hand.pass(20);
    expect(log).toContain('two paints');
  });
});

describe('a digit', () => {
  test('is a group; with the next one soon after it is a group of two digits, where there is one', () => {
    const first = numberTyped(null, 1, 0, 12);
    expect(first?.number).toBe(1);
    expect(numberTyped(first, 2, SECOND_DIGIT_MS - 1, 12)?.number).toBe(12);
    expect(numberTyped(first, 0, 100, 12)?.number).toBe(10);
    expect(numberTyped(first, 2, SECOND_DIGIT_MS, 12)?.number).toBe(2);
    expect(numberTyped(first, 3, 100, 12)?.number).toBe(3);
    expect(numberTyped(null, 4, 0, 3)).toBeNull();
    expect(numberTyped(null, 0, 0, 12)).toBeNull();
  });
});

describe('words', () => {
  const fragment = (make: (root: Y.XmlFragment) => void): Y.XmlFragment => {
    const root = new Y.Doc().getXmlFragment('p');
    make(root);
    return root;
  };
  const paragraph = (...parts: (string | Y.XmlElement)[]): Y.XmlElement => {
    const element = new Y.XmlElement('paragraph');
    element.insert(
      0,
      parts.map((part) => (typeof part === 'string' ? new Y.XmlText(part) : part)),
    );
    return element;
  };

  test('are counted across blocks, lists and mentions; a dash is none', () => {
    const root = fragment((at) => {
      const entry = new Y.XmlElement('listItem');
      entry.insert(0, [paragraph('Två ord')]);
      const list = new Y.XmlElement('bulletList');
      list.insert(0, [entry]);
      const mention = new Y.XmlElement('mention');
      mention.setAttribute('label', 'Elsa Lind');
      at.insert(0, [paragraph('E-post – 24/7'), list, paragraph('tack ', mention)]);
    });
    expect(wordsIn(root)).toBe(2 + 2 + 2);
  });

  test('what was deleted is not counted, and empty paragraphs say nothing', () => {
    const root = fragment((at) => at.insert(0, [paragraph('bort med detta'), paragraph()]));
    ((root.get(0) as Y.XmlElement).get(0) as Y.XmlText).delete(4, 10);
    expect(wordsIn(root)).toBe(1);
    expect(hasWords(root)).toBe(true);
    ((root.get(0) as Y.XmlElement).get(0) as Y.XmlText).delete(0, 4);
    expect(wordsIn(root)).toBe(0);
    expect(hasWords(root)).toBe(false);
    expect([0, 1, 5, 6].map(answerOf)).toEqual(['none', 'begun', 'begun', 'answered']);
  });

  test('a document nested without end is read to a depth', () => {
    const root = fragment((at) => {
      let inner = paragraph('djupt');
      for (let n = 0; n < 200; n++) {
        const quote = new Y.XmlElement('blockquote');
        quote.insert(0, [inner]);
        inner = quote;
      }
      at.insert(0, [inner]);
    });
    expect(wordsIn(root)).toBe(0);
    expect(hasWords(root)).toBe(false);
  });
});
