import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import * as Y from 'yjs';
import { AGENDA_ROOT, addItem } from '#shared/agenda.ts';
import { NOTES_FRAGMENT, roomName } from '#shared/rooms.ts';
import { contributionKey } from '#shared/workshop/contribution-keys.ts';
import { addCluster, mergeCluster, place, setHidden, setTag } from '#shared/workshop/harvest.ts';
import { shapeOf } from '../../server/meetings/room-shapes.ts';
import { bytes, crafted, textIn } from './crafted.ts';
import { verdicts } from './verdicts.ts';
import { person, ROOM, sync, World } from './world.ts';

let world: World;
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'Date'] });
  world = new World();
});
afterEach(() => {
  world.attacked = true;
  world.dispose();
  vi.useRealTimers();
});

const MEETING = '0123456789abcdefghjk';
const NOTES_ROOM = roomName({ kind: 'item', meetingId: MEETING, itemId: 'abcdefghjk0123456789' });
const AGENDA_ROOM = roomName({ kind: 'agenda', meetingId: MEETING });
const { made, refused, accepted } = verdicts(() => world);

/** A paragraph with words. */
function paragraph(words: string): Y.XmlElement {
  const node = new Y.XmlElement('paragraph');
  node.insert(0, [new Y.XmlText(words)]);
  return node;
}
const notes = (doc: Y.Doc) => doc.getXmlFragment(NOTES_FRAGMENT);
const nodeOf = (name: string, ...children: (Y.XmlElement | Y.XmlText)[]) => {
  const node = new Y.XmlElement(name);
  node.insert(0, children);
  return node;
};

test('VAL-11 types nested deeper than 64 are refused: at once, by instalments, and within one commit', async () => {
  const nest = (levels: number) => (doc: Y.Doc) => {
    let map: Y.Map<unknown> = doc.getMap('m');
    for (let i = 0; i < levels; i++) {
      const inner = new Y.Map<unknown>();
      map.set('k', inner);
      map = inner;
    }
  };
  await refused(await made(nest(65)), 'depth');
  await refused(await made(nest(3_000)), 'depth');
  await accepted(await made(nest(64), { client: 50 }));
  const deepest = (doc: Y.Doc): Y.Map<unknown> => {
    let map: Y.Map<unknown> = doc.getMap('m');
    for (let inner = map.get('k'); inner instanceof Y.Map; inner = map.get('k')) map = inner;
    return map;
  };
  await refused(await made((doc) => deepest(doc).set('k', new Y.Map())), 'depth');
  // Beside what is deepest is as deep, whatever stands before it.
  await accepted(await made((doc) => deepest(doc).set('words', 'hit men inte längre')));
  await refused(await made((doc) => deepest(doc).set('words', new Y.Text('a'))), 'depth');

  // Ten levels a message, and none of them in any document while the disk is busy.
  const attacker = world.raw(person('bo'), { room: 'item:a:b' });
  const doc = new Y.Doc();
  await world.settle();
  world.store.hold();
  for (let i = 0; i < 8; i++) {
    const before = Y.encodeStateVector(doc);
    doc.transact(() => {
      let map = deepest(doc);
      for (let level = 0; level < 10; level++) {
        const inner = new Y.Map<unknown>();
        map.set('k', inner);
        map = inner;
      }
    });
    attacker.send(sync(2, Y.encodeStateAsUpdate(doc, before)));
  }
  await world.settle();
  world.store.release();
  await world.settle();
  const depth = await world.relay.read('item:a:b', (current) => {
    let levels = 0;
    for (let map: unknown = current.getMap('m').get('k'); map instanceof Y.Map; map = map.get('k')) levels++;
    return levels;
  });
  expect(depth).toBe(60);
  expect(world.logged.find((line) => line.event === 'refused')?.fields.reason).toBe('depth');
});

test('VAL-12 subdocuments are refused', async () => {
  await refused(await made((doc) => doc.getMap('m').set('sub', new Y.Doc())), 'subdocument');
});

test('VAL-13 keys that poison prototypes are refused, wherever they stand', async () => {
  const poison: ((doc: Y.Doc) => void)[] = [
    (doc) => doc.getMap('m').set('__proto__', 1),
    (doc) => doc.getMap('constructor').set('a', 1),
    (doc) => doc.getMap('m').set('a', { deep: [{ prototype: { admin: true } }] }),
    (doc) => doc.getText('t').insert(0, 'x', JSON.parse('{"__proto__": true}') as object),
    (doc) => doc.getText('t').insertEmbed(0, JSON.parse('{"constructor": 1}') as object),
  ];
  for (const edit of poison) await refused(await made(edit), 'key');
  const element = (doc: Y.Doc) => {
    const node = new Y.XmlElement('p');
    node.setAttribute('__proto__', 'x');
    doc.getXmlFragment('x').insert(0, [node]);
  };
  await refused(await made(element), 'key');
});

test('VAL-14 a room holds the roots of its kind and nothing that its readers take for something else', async () => {
  world = new World({ shapeOf });
  await accepted(await made((doc) => notes(doc).insert(0, [paragraph('ett')]), { room: NOTES_ROOM }), NOTES_ROOM);
  const wrongNotes: ((doc: Y.Doc) => void)[] = [
    (doc) => doc.getXmlFragment('other').insert(0, [paragraph('x')]),
    (doc) => doc.getMap(AGENDA_ROOT).set('a', new Y.Map()),
    (doc) => doc.getMap(NOTES_FRAGMENT).set('a', 'b'),
    (doc) => doc.getArray(NOTES_FRAGMENT).insert(0, ['word', { a: 1 }]),
    (doc) => doc.getArray(NOTES_FRAGMENT).insert(0, [new Y.Map()]),
    (doc) => doc.getText(NOTES_FRAGMENT).insert(0, 'word'),
    (doc) => doc.getText(NOTES_FRAGMENT).insertEmbed(0, { a: 1 }),
    (doc) => notes(doc).insert(1, [new Y.XmlText('word')]),
    (doc) => (notes(doc).get(0) as Y.XmlElement).insert(0, [new Y.XmlElement('table')]),
  ];
  for (const edit of wrongNotes) await refused(await made(edit, { room: NOTES_ROOM }), 'content', NOTES_ROOM);
  await accepted(
    await made((doc) => addItem(doc, { id: MEETING, title: 'Öppnande', kind: 'information' }), { room: AGENDA_ROOM }),
    AGENDA_ROOM,
  );
  const item = (doc: Y.Doc) => doc.getMap<Y.Map<unknown>>(AGENDA_ROOT).get(MEETING)!;
  const wrongAgenda: ((doc: Y.Doc) => void)[] = [
    (doc) => notes(doc).insert(0, [paragraph('x')]),
    (doc) => doc.getMap(AGENDA_ROOT).set('a', 'word'),
    (doc) => doc.getArray(AGENDA_ROOT).insert(0, ['word']),
    (doc) => item(doc).set('title', new Y.Map()),
    (doc) => item(doc).set('minutes', new Y.Map()),
    (doc) => item(doc).set('order', { a: 1 }),
    (doc) => (item(doc).get('title') as Y.Text).insertEmbed(0, { a: 1 }),
  ];
  for (const edit of wrongAgenda) await refused(await made(edit, { room: AGENDA_ROOM }), 'content', AGENDA_ROOM);
  await accepted(
    await made(
      (doc) => {
        (item(doc).get('title') as Y.Text).insert(3, 'x');
        item(doc).set('minutes', 20);
        (item(doc).get('presenters') as Y.Map<unknown>).set('p1', { text: 'Maj', order: 'a0' });
      },
      { room: AGENDA_ROOM },
    ),
    AGENDA_ROOM,
  );
  await refused(await made((doc) => doc.getMap('m').set('a', 1)), 'content', 'no-room-of-ours');
});

test('VAL-15 nodes, marks and attributes that the editor does not know are refused, and nodes where they cannot be', async () => {
  world = new World({ shapeOf });
  const cell = nodeOf('tableCell', paragraph('a'));
  const item = nodeOf('taskItem', paragraph('köp kaffe'));
  item.setAttribute('checked', true as unknown as string);
  const heading = nodeOf('heading', new Y.XmlText('Beslut'));
  heading.setAttribute('level', 3 as unknown as string);
  const mention = new Y.XmlElement('mention');
  mention.setAttribute('id', MEETING);
  const first = paragraph('');
  await accepted(
    await made(
      (doc) => {
        notes(doc).insert(0, [
          heading,
          nodeOf('table', nodeOf('tableRow', cell)),
          nodeOf('taskList', item),
          nodeOf('blockquote', nodeOf('bulletList', nodeOf('listItem', paragraph('b')))),
          first,
        ]);
        first.insert(1, [mention, new Y.XmlElement('hardBreak')]);
        (first.get(0) as Y.XmlText).insert(0, 'fet', { bold: {}, 'link--AbCd+/0=': { href: 'https://exempel.se' } });
        (first.get(0) as Y.XmlText).format(0, 1, { bold: null });
      },
      { room: NOTES_ROOM },
    ),
    NOTES_ROOM,
  );
  const block = (doc: Y.Doc, at: number) => notes(doc).get(at) as Y.XmlElement;
  const wrong: ((doc: Y.Doc) => void)[] = [
    (doc) => notes(doc).insert(0, [new Y.XmlElement('marquee')]),
    (doc) => notes(doc).insert(0, [new Y.XmlElement('doc')]),
    (doc) => notes(doc).insert(0, [new Y.XmlElement('tableRow')]),
    (doc) => notes(doc).insert(0, [new Y.XmlElement('mention')]),
    (doc) => notes(doc).insert(0, [new Y.XmlHook('paragraph') as unknown as Y.XmlText]),
    (doc) => block(doc, 0).insert(0, [paragraph('x')]),
    (doc) => block(doc, 1).insert(0, [new Y.XmlText('x')]),
    (doc) => block(doc, 0).setAttribute('onclick', 'x'),
    (doc) => block(doc, 0).setAttribute('level', { a: 1 } as unknown as string),
    (doc) => block(doc, 0).setAttribute('level', new Y.Text('3') as unknown as string),
    (doc) => (block(doc, 4).get(0) as Y.XmlText).format(0, 1, { blink: {} }),
    (doc) => (block(doc, 4).get(0) as Y.XmlText).insertEmbed(0, { image: 'x' }),
    (doc) => (block(doc, 4).get(0) as Y.XmlText).setAttribute('style', 'x'),
  ];
  for (const [i, edit] of wrong.entries())
    await refused(await made(edit, { room: NOTES_ROOM }), 'content', NOTES_ROOM).catch((error: unknown) => {
      throw new Error(`case ${i}: ${String(error)}`, { cause: error });
    });
});

test('VAL-14 a harvest holds its four maps, plain and bounded values, and keys that name something', async () => {
  world = new World({ shapeOf });
  const room = roomName({ kind: 'harvest', meetingId: MEETING, itemId: 'abcdefghjk0123456789' });
  const cluster = 'c0123456789abcdefghj';
  const key = contributionKey('g0123456789abcdefghj', 17, 4);
  await accepted(
    await made(
      (doc) => {
        addCluster(doc, { id: cluster, name: 'Resan är service', at: 1_700_000_000_000, by: MEETING });
        place(doc, [key], cluster);
        setHidden(doc, [key], true);
        setTag(doc, [key], 'vägval', true);
        mergeCluster(doc, cluster, cluster, MEETING, 1_700_000_000_001);
      },
      { room },
    ),
    room,
  );
  const own = (doc: Y.Doc) => doc.getMap<Y.Map<unknown>>('clusters').get(cluster)!;
  const wrong: ((doc: Y.Doc) => void)[] = [
    (doc) => doc.getMap('votes').set(key, true),
    (doc) => doc.getXmlFragment('clusters').insert(0, [paragraph('x')]),
    (doc) => doc.getArray('placements').insert(0, ['x']),
    (doc) => doc.getText('tags').insert(0, 'x'),
    (doc) => doc.getMap('clusters').set(cluster, 'x'),
    (doc) => doc.getMap('clusters').set(cluster, new Y.Text('x')),
    (doc) => doc.getMap('clusters').set('not an id', new Y.Map()),
    (doc) => own(doc).set('name', new Y.Text('x')),
    (doc) => own(doc).set('name', { a: 1 }),
    (doc) => own(doc).set('name', 'x'.repeat(5_000)),
    (doc) => own(doc).set('colour', 3),
    (doc) => doc.getMap('placements').set('rubbish', { cluster, order: 'a0' }),
    (doc) => doc.getMap('placements').set(key, new Y.Map()),
    (doc) => doc.getMap('placements').set(key, { cluster, order: 'a'.repeat(5_000) }),
    (doc) => doc.getMap('hidden').set(cluster, true),
    (doc) => doc.getMap('hidden').set(key, { a: 1 }),
    (doc) => doc.getMap('tags').set(key, true),
    (doc) => doc.getMap('tags').set(`${key}:${'x'.repeat(300)}`, true),
    (doc) => doc.getMap('tags').set(`${key}:vägval`, new Y.Map()),
  ];
  for (const [i, edit] of wrong.entries())
    await refused(await made(edit, { room }), 'content', room).catch((error: unknown) => {
      throw new Error(`case ${i}: ${String(error)}`, { cause: error });
    });
});

test('VAL-15 what a block says it was made from is bounded', async () => {
  world = new World({ shapeOf });
  const room = roomName({ kind: 'summary', meetingId: MEETING, itemId: 'abcdefghjk0123456789' });
  const summary = (doc: Y.Doc) => doc.getXmlFragment(MEETING);
  const sourced = (sources: string) => (doc: Y.Doc) => {
    const block = paragraph('Bussen på beställning.');
    block.setAttribute('sources', sources);
    summary(doc).insert(0, [block]);
  };
  await accepted(await made(sourced(contributionKey('g0123456789abcdefghj', 17, 4)), { room }), room);
  await refused(await made(sourced('x'.repeat(100_000)), { room }), 'content', room);
});

test('VAL-18 what stands between things that cannot be neighbours is refused: documents would differ', async () => {
  await accepted(await made((doc) => doc.getText('t').insert(0, 'abcdef'), { client: 70 }));
  await accepted(await made((doc) => doc.getText('other').insert(0, 'xyz'), { client: 71 }));
  const between = (left: [number, number], right: [number, number]) =>
    crafted([{ client: 90, clock: 0, structs: [bytes(Uint8Array.of(0xc4), ...left, ...right, '?')] }]);
  await refused(between([70, 4], [70, 1]), 'order');
  await refused(between([70, 4], [70, 4]), 'order');
  await refused(between([70, 4], [71, 1]), 'order');
  // The same within one commit, where no document knows of either.
  const attacker = world.raw(person('bo'));
  await world.settle();
  world.store.hold();
  attacker.send(sync(2, crafted([{ client: 91, clock: 0, structs: [textIn('t', 'uvw')] }])));
  attacker.send(sync(2, between([91, 2], [91, 0])));
  await world.settle();
  world.store.release();
  await world.settle();
  expect(await world.text()).not.toContain('?');
  // Typing on in the middle of one's own words stands before what was typed earlier, and may.
  const typing = new Y.Doc();
  typing.clientID = 95;
  const text = typing.getText('own');
  text.insert(0, 'början slut');
  for (const letter of 'mitt i ') {
    text.insert(7 + text.length - 11, letter);
    await accepted(Y.encodeStateAsUpdate(typing));
  }
  expect(await world.relay.read(ROOM, (doc) => doc.getText('own').toString())).toBe('början mitt i slut');
});

test('VAL-15 values that were replaced and are kept for undoing come as one, and pass', async () => {
  world = new World({ shapeOf });
  const doc = new Y.Doc();
  const undo = new Y.UndoManager(notes(doc), { captureTimeout: 0 });
  const heading = nodeOf('heading', new Y.XmlText('Beslut'));
  notes(doc).insert(0, [heading]);
  for (const level of [2, 3, 4, 2]) heading.setAttribute('level', level as unknown as string);
  const update = Y.encodeStateAsUpdate(doc);
  const several = Y.decodeUpdate(update).structs.filter(
    (struct) => struct instanceof Y.Item && struct.content instanceof Y.ContentAny && struct.length > 1,
  );
  expect(several).toHaveLength(1);
  await accepted(update, NOTES_ROOM);
  undo.destroy();
});
