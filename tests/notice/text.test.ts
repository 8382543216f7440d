/** Why this file exists: a notice in a mail's plain text says all that the page says, in lines that can be quoted. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { plainText, wrapped } from '#shared/document/plain-text.ts';
import { noticePrint } from '#shared/notice/print.ts';
import { item, notice } from './world.ts';

describe('plain text', () => {
  it('is of lines no longer than they can be, without losing or dividing a word', () => {
    fc.assert(
      fc.property(fc.array(fc.stringMatching(/^[a-zåäö]{1,90}$/), { minLength: 1 }), (words) => {
        const text = wrapped(words.join(' '), '  ');
        expect(text.split(/\s+/).filter(Boolean)).toEqual(words);
        for (const line of text.split('\n'))
          if ([...line].length > 72) expect(line.trim().split(' '), line).toHaveLength(1);
      }),
    );
  });

  it('says what the notice says', () => {
    const presenters = [{ name: 'Asta Berg', title: '', organisation: 'Almvik' }];
    const document = notice({
      number: 2,
      message: 'Välkomna.\nBuss går.',
      replyBy: '2026-11-01',
      items: [
        item(1, { start: '08:30', presenters, title: 'Öppnande' }),
        item(2, { kind: 'break', number: '', title: '' }),
      ],
      changes: [{ kind: 'added', itemId: item(1).id, number: '1', title: 'Öppnande' }],
    });
    const text = plainText(noticePrint(document));
    for (const part of [
      'Vägen vidare\n============',
      'Svara senast: söndag 1 november 2026',
      'Välkomna.\nBuss går.',
      'Ändrat sedan version 1\n----------------------\n\n- Ny punkt: 1 ”Öppnande”',
      '08.30 · 1 · Öppnande · Asta Berg, Almvik',
      '\nPaus\n',
      '- Älvdals kommun: Asta Berg, Ines Vik',
    ])
      expect(text).toContain(part);
  });
});
