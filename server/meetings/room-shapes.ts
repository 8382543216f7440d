/**
 * Why this file exists: what each kind of room may hold, so that nobody can put something into it that other people's
 * pages stumble over: a list where the agenda's map is, a word between the paragraphs, a node no editor knows (which
 * editors delete, for everybody).
 *
 * It is about what may stand in what. The order of nodes, and that a list has at least one entry, is not: two honest
 * edits at once can break that, and the editor mends it.
 */
import { getSchema } from '@tiptap/core';
import type { NodeType } from '@tiptap/pm/model';
import { AGENDA_ROOT } from '#shared/agenda.ts';
import { notesSchema } from '#shared/editor/schema.ts';
import { isId } from '#shared/ids.ts';
import { CLAUSE_FIELDS, CLAUSES_ROOT, PROPOSAL_FIELDS, PROPOSALS_ROOT } from '#shared/proposals/proposals.ts';
import { NOTES_FRAGMENT, parseRoom } from '#shared/rooms.ts';
import { isContributionKey, MAX_KEY, MAX_SOURCES } from '#shared/workshop/contribution-keys.ts';
import {
  CLUSTER_FIELDS,
  CLUSTERS_ROOT,
  HIDDEN_ROOT,
  PLACEMENTS_ROOT,
  parseTagEntry,
  TAGS_ROOT,
} from '#shared/workshop/harvest.ts';
import type { Content, Place, RoomShape, TypeName } from '../relay/ports.ts';

/** The attribute that says what a block was made from. */
const SOURCES = 'sources';
/** Fifty keys and the commas between them; several values may be sent at once, replaced ones kept for undoing. */
const MAX_SOURCES_BYTES = 20 * MAX_SOURCES * (MAX_KEY + 1);
/** Names, orders and times in the harvest, as much as anybody can mean. */
const MAX_HARVEST_BYTES = 4_000;

/** What an element of the notes may hold. */
interface NodeShape {
  attributes: ReadonlySet<string>;
  /** Names of the elements that may stand in it. */
  elements: ReadonlySet<string>;
  /** Whether words may. */
  words: boolean;
}

const schema = getSchema(notesSchema());
const NODES: ReadonlyMap<string, NodeShape> = new Map(
  Object.entries(schema.nodes)
    .filter(([name]) => name !== 'text')
    .map(([name, type]) => [name, nodeShape(type)]),
);
const TOP = NODES.get(schema.topNodeType.name)!;
const MARKS: ReadonlySet<string> = new Set(Object.keys(schema.marks));
/** y-tiptap's name for one of several marks of a kind on the same words. */
const OVERLAPPING = /--[a-zA-Z0-9+/=]{8}$/;

function nodeShape(type: NodeType): NodeShape {
  const elements = new Set<string>();
  const seen = new Set([type.contentMatch]);
  for (const match of seen) {
    for (let i = 0; i < match.edgeCount; i++) {
      const edge = match.edge(i);
      elements.add(edge.type.name);
      seen.add(edge.next);
    }
  }
  const words = elements.delete('text');
  return { attributes: new Set(Object.keys(type.spec.attrs ?? {})), elements, words };
}

type IsRoot = (name: string) => boolean;

/** Fragments as the editor's binding writes them, at the roots that `isRoot` knows. */
const editorShape = (isRoot: IsRoot): RoomShape => ({
  allows(place, content) {
    if (place.type === 'xmlText')
      return (
        content.key === null &&
        (content.kind === 'text' ||
          (content.kind === 'format' && MARKS.has(content.name.replace(OVERLAPPING, ''))) ||
          // Words and what stands between them may share a text.
          (content.kind === 'type' && allowsElement(place.parent, content, isRoot)))
      );
    const node = nodeOf(place, isRoot);
    if (!node) return false;
    if (content.key !== null)
      return (
        content.kind === 'value' &&
        node.attributes.has(content.key) &&
        (content.key !== SOURCES || content.bytes <= MAX_SOURCES_BYTES)
      );
    if (content.kind !== 'type') return false;
    return content.type === 'xmlText' ? node.words : allowsElement(place, content, isRoot);
  },
});

/** The notes of an item: one fragment. */
export const NOTES_SHAPE: RoomShape = editorShape((name) => name === NOTES_FRAGMENT);

/** What groups write and the shared summary: a fragment per prompt, named by its id. */
const PROMPTS_SHAPE: RoomShape = editorShape(isId);

function allowsElement(place: Place | null, content: Content, isRoot: IsRoot): boolean {
  const node = place && nodeOf(place, isRoot);
  return content.type === 'xmlElement' && node?.elements.has(content.name) === true;
}

function nodeOf(place: Place, isRoot: IsRoot): NodeShape | undefined {
  if (place.depth === 0) return isRoot(place.root) ? TOP : undefined;
  return place.type === 'xmlElement' ? NODES.get(place.name) : undefined;
}

/** The agenda: a map of maps. Values it does not know yet are harmless; see shared/agenda.ts for the names. */
const AGENDA: RoomShape = {
  allows(place, content) {
    if (place.depth === 0)
      return place.root === AGENDA_ROOT && content.key !== null && content.kind === 'type' && content.type === 'map';
    if (place.depth === 1) {
      if (content.key === null) return false;
      if (content.kind !== 'type') return content.kind === 'value';
      return content.type === TYPES_OF_ITEM.get(content.key);
    }
    if (place.depth > 2) return false;
    if (place.type === 'text') return content.kind === 'text' && content.key === null;
    return content.key !== null && (content.kind === 'value' || content.kind === 'object');
  },
};

const TYPES_OF_ITEM: ReadonlyMap<string, TypeName> = new Map([
  ['title', 'text'],
  ['presenters', 'map'],
]);

/**
 * The harvest: four maps of plain values, bounded, under keys that name something. Only the clusters are maps themselves.
 * See shared/workshop/harvest.ts for the names.
 */
const HARVEST: RoomShape = {
  allows(place, content) {
    const { key } = content;
    if (key === null || content.bytes > MAX_HARVEST_BYTES) return false;
    const plain = content.kind === 'value';
    if (place.depth === 1)
      return place.root === CLUSTERS_ROOT && plain && (CLUSTER_FIELDS as readonly string[]).includes(key);
    if (place.depth > 1) return false;
    switch (place.root) {
      case CLUSTERS_ROOT:
        return isId(key) && content.kind === 'type' && content.type === 'map';
      case PLACEMENTS_ROOT:
        return isContributionKey(key) && (plain || content.kind === 'object');
      case HIDDEN_ROOT:
        return isContributionKey(key) && plain;
      case TAGS_ROOT:
        return plain && parseTagEntry(key) !== null;
      default:
        return false;
    }
  },
};

/** Values of a proposal and its clauses: a wording of some pages at most. */
const MAX_CLAUSE_BYTES = 20_000;
const WORDINGS: RoomShape = editorShape(isId);

/** Proposals: two maps of maps of plain values, and a fragment per clause. See shared/proposals/proposals.ts. */
const PROPOSALS: RoomShape = {
  allows(place, content) {
    const fields = FIELDS_OF.get(place.root);
    if (!fields) return WORDINGS.allows(place, content);
    const { key } = content;
    if (key === null || content.bytes > MAX_CLAUSE_BYTES || place.depth > 1) return false;
    if (place.depth === 0) return isId(key) && content.kind === 'type' && content.type === 'map';
    return content.kind === 'value' && fields.includes(key);
  },
};
const FIELDS_OF: ReadonlyMap<string, readonly string[]> = new Map<string, readonly string[]>([
  [PROPOSALS_ROOT, PROPOSAL_FIELDS],
  [CLAUSES_ROOT, CLAUSE_FIELDS],
]);

const NOTHING: RoomShape = { allows: () => false };

/** What the room of this name may hold. */
export function shapeOf(name: string): RoomShape {
  const room = parseRoom(name);
  if (room === null) return NOTHING;
  switch (room.kind) {
    case 'agenda':
      return AGENDA;
    case 'item':
      return NOTES_SHAPE;
    case 'group':
    case 'summary':
      return PROMPTS_SHAPE;
    case 'harvest':
      return HARVEST;
    case 'proposal':
      return PROPOSALS;
  }
}
