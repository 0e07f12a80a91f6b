/** Subscriptions over one WebSocket (`graphql-transport-ws`): browsers allow six streams to a host, and have many tabs. */
import { waitBefore } from '@/lib/backoff';
import { settings, zoneOf } from '@/lib/settings';
import type { Variables } from './gql';
import { answered, doubt, isAway, listenToLine } from './line';

interface Message {
  type: string;
  id?: string;
  payload?: { data?: unknown } | readonly unknown[];
}

interface Wanted {
  query: string;
  /** Asked for at each connection, so that a cursor goes on from the last answer. */
  variables: () => Variables;
  heard: (data: never) => void;
  /** The server will tell no more of it. */
  failed: () => void;
}

export type State = 'connecting' | 'open' | 'broken';

const AWAY = 4403;
const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 15_000;
/** A line that has gone silent looks open for minutes: it is asked, and closed when nothing comes back. */
const ASKED_MS = 25_000;
const SILENT_MS = 10_000;

export class Socket {
  private readonly wanted = new Map<string, Wanted>();
  private readonly watchers = new Set<() => void>();
  private socket: WebSocket | null = null;
  private tries = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private pulse: ReturnType<typeof setTimeout> | undefined;
  private unlisten: (() => void) | undefined;
  private next = 1;
  private acknowledged = false;
  state: State = 'connecting';

  /** Hear of it until the function that is returned is called; goes on by itself after a break. */
  subscribe<T>(query: string, heard: (data: T) => void, variables: () => Variables = () => ({}), failed: () => void = () => undefined): () => void {
    const id = String(this.next++);
    this.wanted.set(id, { query, variables, heard: heard as (data: never) => void, failed });
    this.unlisten ??= listenToLine(() => this.lineTurned());
    if (!this.socket) this.open();
    else if (this.acknowledged) this.ask(id);
    return () => {
      this.wanted.delete(id);
      if (this.acknowledged) this.send({ type: 'complete', id });
      if (!this.wanted.size) this.close();
    };
  }

  watch = (watcher: () => void): (() => void) => {
    this.watchers.add(watcher);
    return () => this.watchers.delete(watcher);
  };

  private lineTurned(): void {
    if (isAway()) this.socket?.close();
    else if (!this.socket && this.wanted.size) this.open();
  }

  private open(): void {
    clearTimeout(this.timer);
    const place = `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/graphql`;
    const socket = new WebSocket(place, 'graphql-transport-ws');
    this.socket = socket;
    socket.onopen = () => this.send({ type: 'connection_init', payload: { 'Time-Zone': zoneOf(settings()) } });
    socket.onmessage = (event) => this.hear(JSON.parse(String(event.data)) as Message);
    socket.onclose = (event) => this.broke(socket, event.code);
  }

  private close(): void {
    clearTimeout(this.timer);
    clearTimeout(this.pulse);
    this.socket?.close(1000);
    this.socket = null;
    this.acknowledged = false;
  }

  /** Every message shows that the line is alive; without one for a while it is asked, then given up. */
  private alive(): void {
    clearTimeout(this.pulse);
    this.pulse = setTimeout(() => {
      this.send({ type: 'ping' });
      const { socket } = this;
      this.pulse = setTimeout(() => socket && (socket.close(), this.broke(socket, 0)), SILENT_MS);
    }, ASKED_MS);
  }

  private hear(message: Message): void {
    this.alive();
    if (message.type === 'connection_ack') {
      this.acknowledged = true;
      this.tries = 0;
      answered();
      this.become('open');
      for (const id of this.wanted.keys()) this.ask(id);
    } else if (message.type === 'ping') {
      this.send({ type: 'pong' });
    } else if (message.type === 'next' && message.id) {
      const payload = message.payload as { data?: unknown } | undefined;
      if (payload?.data) this.wanted.get(message.id)?.heard(payload.data as never);
    } else if (message.type === 'error' && message.id) {
      const wanted = this.wanted.get(message.id);
      this.wanted.delete(message.id);
      wanted?.failed();
    }
  }

  private broke(socket: WebSocket, code: number): void {
    if (socket !== this.socket) return;
    clearTimeout(this.pulse);
    this.socket = null;
    this.acknowledged = false;
    this.become('broken');
    if (code === AWAY || !this.wanted.size) return;
    // while the line is away it is asked after elsewhere: this goes on when it is back
    void doubt();
    this.timer = setTimeout(() => isAway() || this.open(), waitBefore(this.tries++, FIRST_WAIT_MS, LONGEST_WAIT_MS));
  }

  private ask(id: string): void {
    const wanted = this.wanted.get(id);
    if (!wanted) return;
    this.send({ type: 'subscribe', id, payload: { query: wanted.query, variables: wanted.variables() } });
  }

  private send(message: object): void {
    if (this.socket?.readyState === WebSocket.OPEN) this.socket.send(JSON.stringify(message));
  }

  private become(state: State): void {
    this.state = state;
    for (const watcher of this.watchers) watcher();
  }
}

export const socket = new Socket();
