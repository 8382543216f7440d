/**
 * Why this file exists: the server's numbers for Prometheus. The relay counts by itself (server/relay/stats.ts); here the
 * counts are read when somebody scrapes, so that nothing is paid for them in between. Nothing here says who or what.
 */
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import { DURATION_BOUNDS, type Durations, type RelayStats } from '../relay/stats.ts';
import type { Backups } from '../services.ts';

export interface MetricsDeps {
  stats: RelayStats;
  /** Rooms that come over plain HTTP, where a network blocks WebSockets. */
  lines: { lines: number; linesOpened: number; channels: number; channelsOpened: number; repeated: number };
  /** Distinct people connected now. */
  people(): number;
  backups: Pick<Backups, 'last'>;
  version: string;
}

export interface Metrics {
  readonly contentType: string;
  /** The text Prometheus reads. */
  text(): Promise<string>;
}

/** A histogram whose counts are kept elsewhere, in milliseconds; told in seconds, as Prometheus wants it. */
class KeptHistogram extends Histogram {
  readonly #name: string;
  readonly #help: string;
  readonly #kept: Durations;

  constructor(name: string, help: string, kept: Durations, registry: Registry) {
    super({ name, help, registers: [registry] });
    this.#name = name;
    this.#help = help;
    this.#kept = kept;
  }

  /** What the registry asks when it writes text. */
  async getForPromString(): Promise<unknown> {
    const { counts, count, sum } = this.#kept;
    const values: { metricName: string; labels: Record<string, number | string>; value: number }[] = [];
    let below = 0;
    for (const [i, bound] of DURATION_BOUNDS.entries()) {
      below += counts[i]!;
      values.push({ metricName: `${this.#name}_bucket`, labels: { le: bound / 1000 }, value: below });
    }
    values.push({ metricName: `${this.#name}_bucket`, labels: { le: '+Inf' }, value: count });
    values.push({ metricName: `${this.#name}_sum`, labels: {}, value: sum / 1000 });
    values.push({ metricName: `${this.#name}_count`, labels: {}, value: count });
    return { name: this.#name, help: this.#help, type: 'histogram', values };
  }
}

type Read = () => number;

/** Makes the registry at the first scrape: who has no Prometheus pays nothing. */
export function createMetrics(deps: MetricsDeps): Metrics {
  let registry: Registry | null = null;
  return {
    contentType: Registry.PROMETHEUS_CONTENT_TYPE,
    text() {
      registry ??= build(deps);
      return registry.metrics();
    },
  };
}

function build({ stats, lines, people, backups, version }: MetricsDeps): Registry {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });

  const gauge = (name: string, help: string, read: Read): void => {
    new Gauge({
      name,
      help,
      registers: [registry],
      collect() {
        this.set(read());
      },
    });
  };
  const counter = (name: string, help: string, read: Read): void => {
    new Counter({
      name,
      help,
      registers: [registry],
      collect() {
        this.reset();
        this.inc(read());
      },
    });
  };
  const counterBy = (name: string, help: string, label: string, read: () => Record<string | number, number>): void => {
    new Counter({
      name,
      help,
      labelNames: [label],
      registers: [registry],
      collect() {
        this.reset();
        for (const [key, n] of Object.entries(read())) this.inc({ [label]: key }, n);
      },
    });
  };

  new Gauge({ name: 'radslag_info', help: 'The running version', labelNames: ['version'], registers: [registry] }).set(
    { version },
    1,
  );
  gauge('radslag_rooms', 'Rooms loaded', () => stats.rooms);
  gauge('radslag_connections', 'Sockets in rooms or being let in', () => stats.connections);
  gauge('radslag_people', 'Distinct people in rooms', people);
  gauge('radslag_storage_writable', '1 while storage takes updates, 0 while everybody only reads', () =>
    stats.storageUnavailableSince === null ? 1 : 0,
  );
  gauge(
    'radslag_last_backup_timestamp_seconds',
    'When the last backup was made; 0 when never',
    () => (backups.last()?.at ?? 0) / 1000,
  );
  counter('radslag_connections_opened_total', 'Sockets taken over', () => stats.connectionsOpened);
  gauge('radslag_line_connections', 'Of the connections now, those over plain HTTP', () => lines.channels);
  gauge('radslag_lines', 'Pages now that come over plain HTTP', () => lines.lines);
  counter('radslag_line_connections_opened_total', 'Rooms opened over plain HTTP', () => lines.channelsOpened);
  counter('radslag_lines_opened_total', 'Pages that came over plain HTTP', () => lines.linesOpened);
  counter('radslag_line_repeated_total', 'Requests that brought again what had been taken', () => lines.repeated);
  counterBy('radslag_connections_closed_total', 'Sockets closed by the server', 'code', () => stats.closed);
  counter('radslag_frames_in_total', 'Frames from clients', () => stats.framesIn);
  counter('radslag_bytes_in_total', 'Bytes of frames from clients', () => stats.bytesIn);
  counter('radslag_frames_out_total', 'Frames to clients', () => stats.framesOut);
  counter('radslag_bytes_out_total', 'Bytes of frames to clients', () => stats.bytesOut);
  counter('radslag_updates_in_total', 'Updates accepted', () => stats.updatesIn);
  counter('radslag_deliveries_total', 'Updates times the clients they were sent to', () => stats.deliveries);
  counter('radslag_presence_in_total', 'Presence messages from clients', () => stats.presenceIn);
  counter('radslag_presence_out_total', 'Presence frames to clients', () => stats.presenceOut);
  counter('radslag_commits_total', 'Commits to the journal', () => stats.commits);
  counter('radslag_commit_failures_total', 'Commits that failed and were tried again', () => stats.commitFailures);
  counter('radslag_rows_total', 'Updates committed', () => stats.rows);
  counterBy('radslag_refused_total', 'Updates refused', 'reason', () => stats.refused);
  counter('radslag_resyncs_total', 'Clients asked for everything they have', () => stats.resyncs);
  counter(
    'radslag_hash_differences_total',
    'Clients that showed something else than the server has in a quiet room',
    () => stats.hashDifferences,
  );
  counter('radslag_hash_replacements_total', 'Of them, those that a resync did not help', () => stats.hashReplacements);
  counter('radslag_slow_peers_total', 'Peers cut because they did not read', () => stats.slowPeers);
  counter('radslag_malformed_total', 'Messages that could not be read', () => stats.malformed);
  counter('radslag_compactions_total', 'Rooms compacted', () => stats.compactions);
  counter('radslag_compaction_failures_total', 'Compactions that failed', () => stats.compactionFailures);
  counter('radslag_load_errors_total', 'Rooms that could not be loaded', () => stats.loadErrors);
  new KeptHistogram('radslag_commit_seconds', 'One commit, asked for to on disk', stats.commitMs, registry);
  new KeptHistogram('radslag_persist_seconds', 'One update, accepted to on disk', stats.persistMs, registry);
  return registry;
}
