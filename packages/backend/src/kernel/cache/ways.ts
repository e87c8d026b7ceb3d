/**
 * The ways to all that there is of Redis: one to a server; in a cluster one to each node that has keys, so that a node which
 * is lost takes with it what it had, and nothing else. Redirections are not followed: who meets one goes on without Redis
 * that once, and the map is asked for anew.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Redis } from 'ioredis';
import type { Logger } from 'pino';
import { makeNodeClient, within } from './client.ts';
import { type ClusterNode, readSlots, type SlotRange, slotOf } from './cluster-slots.ts';
import { PROBE, probeAmong } from './keys.ts';
import { Link } from './link.ts';
import type { RedisAddress } from './redis-url.ts';

export interface Ways {
  /** To whoever has a key; undefined where that is not known. */
  to(key: string): Link | undefined;
  /** To everybody who has keys. */
  all(): readonly Link[];
  /** Whether everybody who has keys answers. */
  readonly isOpen: boolean;
  whenOpen(ms: number): Promise<boolean>;
  /** Somebody was told that another has a key. */
  redirected(from: Link, client: Redis, reason: unknown): void;
  close(): void;
}

export interface WaysOptions {
  readonly answerMs: number;
  readonly log: Logger;
}

const PROBE_SECONDS = 60;
const LOOK_EACH_MS = 20;
/** Nobody has a slot that the map leaves out, until the map is another one. */
const LEARN_AGAIN_MS = 1_000;

/** As everything is done here, by a script: a server that runs none is of no use, whatever it says to a SET. In one round trip. */
const PROVE = `return redis.call('SET', KEYS[1], ARGV[1], 'EX', ARGV[2])`;
const probe = (client: Redis, key: string) =>
  client.eval(PROVE, 1, key, new Date().toISOString(), PROBE_SECONDS);

export const openWays = (address: RedisAddress, options: WaysOptions): Ways =>
  address.cluster ? new WaysOfCluster(address, options) : wayToServer(address, options);

function wayToServer(address: RedisAddress, options: WaysOptions): Ways {
  const link = new Link({
    ...options,
    connect: () => makeNodeClient(address),
    // The client goes on in database 0 where the server does not have this one.
    settle: (client) => client.select(address.database),
    prove: (client) => probe(client, PROBE),
  });
  return {
    to: () => link,
    all: () => [link],
    get isOpen() {
      return link.client !== undefined;
    },
    whenOpen: (ms) => link.whenOpen(ms),
    // A node of a cluster that was taken for a server has a part of the keys alone.
    redirected: (_, client, reason) => link.fail(client, reason),
    close: () => link.close(),
  };
}

/** A try at a node brings its map; a try that fails has another one asked, since a replica may have taken over. */
class WaysOfCluster implements Ways {
  readonly #address: RedisAddress;
  readonly #options: WaysOptions;
  readonly #known = new Map<string, { readonly node: ClusterNode; readonly link: Link }>();
  #map: readonly SlotRange[] = [];
  #learning = false;
  #learnedAt = Number.NEGATIVE_INFINITY;
  #closed = false;

  constructor(address: RedisAddress, options: WaysOptions) {
    this.#address = address;
    this.#options = options;
    for (const node of address.nodes) this.#know(node);
  }

  to(key: string): Link | undefined {
    const slot = slotOf(key);
    const range = this.#map.find(({ first, last }) => slot >= first && slot <= last);
    if (range) return this.#known.get(nameOf(range.node))?.link;
    if (performance.now() - this.#learnedAt > LEARN_AGAIN_MS) void this.#learn(() => true);
    return undefined;
  }

  all(): readonly Link[] {
    const names = new Set(this.#map.map(({ node }) => nameOf(node)));
    return [...names].flatMap((name) => this.#known.get(name)?.link ?? []);
  }

  get isOpen(): boolean {
    return this.#map.length > 0 && this.all().every(({ client }) => client);
  }

  async whenOpen(ms: number): Promise<boolean> {
    const until = performance.now() + ms;
    while (!this.isOpen && !this.#closed && performance.now() < until) await sleep(LOOK_EACH_MS);
    return this.isOpen;
  }

  redirected(from: Link): void {
    void this.#learn((link) => link === from);
  }

  close(): void {
    this.#closed = true;
    for (const { link } of this.#known.values()) link.close();
  }

  #know(node: ClusterNode): void {
    const name = nameOf(node);
    if (this.#known.has(name)) return;
    const link = new Link({
      ...this.#options,
      connect: () => makeNodeClient(this.#address, node),
      prove: (client) => this.#prove(client, node),
      onTried: (opened) => {
        if (!opened) void this.#learn(() => true);
      },
    });
    this.#known.set(name, { node, link });
  }

  /** Writes where the node says that it may be written to; a replica, and who has no keys yet, is merely asked. */
  async #prove(client: Redis, node: ClusterNode): Promise<void> {
    const [id, map] = await Promise.all([client.cluster('MYID'), readSlots(client, node)]);
    const own = map.filter(({ nodeId }) => nodeId === id);
    const isOwn = (slot: number) => own.some(({ first, last }) => slot >= first && slot <= last);
    if (own.length > 0)
      await probe(
        client,
        probeAmong((key) => isOwn(slotOf(key))),
      );
    this.#follow(map);
  }

  /** Asks the first one that is there, and may be asked. */
  async #learn(mayBeAsked: (link: Link) => boolean): Promise<void> {
    const asked = [...this.#known.values()].find(({ link }) => link.client && mayBeAsked(link));
    const client = asked?.link.client;
    if (!client || this.#learning) return;
    this.#learning = true;
    this.#learnedAt = performance.now();
    try {
      this.#follow(await within(this.#options.answerMs, readSlots(client, asked.node)));
    } catch (error) {
      asked.link.fail(client, error);
    } finally {
      this.#learning = false;
    }
  }

  /** A map that is out of date is corrected by whoever is sent to the wrong node. */
  #follow(map: readonly SlotRange[]): void {
    if (map.length === 0 || this.#closed) return;
    this.#map = map;
    for (const { node } of map) this.#know(node);
    // Where we began we can begin again, should all the others be replaced.
    const wanted = new Set([...map.map(({ node }) => node), ...this.#address.nodes].map(nameOf));
    for (const [name, { link }] of this.#known)
      if (!wanted.has(name)) {
        this.#known.delete(name);
        link.close();
      }
  }
}

const nameOf = ({ host, port }: ClusterNode): string => `${host}:${port}`;
