/**
 * Counts what became of each attempt, and keeps what got through. An attempt has got through where there is evidence of
 * it, such as a row of somebody else's: that no error came is none.
 */
import type { Finding } from '../check/index.ts';

/**
 * `refused`: there was something to take, and it was not given. `empty`: the victim has nothing there. `through`: the
 * evidence. `known`: the same, of what PostgreSQL tells everybody and no right or policy stops; the reference names it.
 * `untried`: why the attempt could not be made, so that it proves nothing.
 */
export type Verdict =
  | 'refused'
  | 'empty'
  | { readonly through: string; readonly remedy?: string }
  | { readonly known: string }
  | { readonly untried: string };

/** One thing that was tried: what must hold, of which object. */
export interface Aim {
  readonly rule: string;
  readonly object: string;
}

export interface GroupCount {
  readonly group: string;
  tried: number;
  refused: number;
  empty: number;
  through: number;
  known: number;
  untried: number;
  ms: number;
}

export interface AttackFinding extends Finding {
  readonly group: string;
  /** Instance and tier, and the schema where the tenant has its own. */
  readonly place: string;
}

/** An attempt that could not be made, or that a known limit answers, and what there is to say of it. */
export interface Remark extends Aim {
  readonly group: string;
  readonly place: string;
  readonly why: string;
}

export class Tally {
  readonly #groups = new Map<string, GroupCount>();
  readonly #findings = new Map<string, AttackFinding>();
  readonly #untried: Remark[] = [];
  readonly #limits = new Map<string, Remark>();
  readonly #onProgress: (line: string) => void;
  #tried = 0;

  constructor(onProgress: (line: string) => void = () => {}) {
    this.#onProgress = onProgress;
  }

  get tried(): number {
    return this.#tried;
  }

  /** Each rule and object once a place, however many attempts break it. */
  get findings(): AttackFinding[] {
    return [...this.#findings.values()];
  }

  get untried(): readonly Remark[] {
    return this.#untried;
  }

  get limits(): Remark[] {
    return [...this.#limits.values()];
  }

  get groups(): GroupCount[] {
    return [...this.#groups.values()];
  }

  count(group: string): GroupCount {
    const known = this.#groups.get(group);
    const count = known ?? { group, tried: 0, refused: 0, empty: 0, through: 0, known: 0, untried: 0, ms: 0 };
    this.#groups.set(group, count);
    return count;
  }

  note(of: { group: string; place: string; remedy: string }, aim: Aim, verdict: Verdict): void {
    const { group, place, remedy } = of;
    const count = this.count(group);
    const key = [aim.rule, aim.object, place].join('\n');
    this.#tried += 1;
    count.tried += 1;
    if (typeof verdict === 'string') count[verdict] += 1;
    else if ('untried' in verdict) {
      count.untried += 1;
      this.#untried.push({ ...aim, group, place, why: verdict.untried });
    } else if ('known' in verdict) {
      count.known += 1;
      this.#limits.set(key, { ...aim, group, place, why: verdict.known });
    } else {
      count.through += 1;
      if (!this.#findings.has(key))
        this.#findings.set(key, {
          ...{ ...aim, detail: verdict.through, remedy: verdict.remedy ?? remedy },
          ...{ group, place },
        });
    }
    this.#onProgress(`${place}, ${group}: ${this.#tried} tried, ${this.#findings.size} got through`);
  }
}
