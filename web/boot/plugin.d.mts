import type { Plugin } from 'vite';

export function boot(): Plugin;

interface First {
  /** Files by language, and by the first part of a page's address. */
  words: Record<string, string[]>;
  pages: Record<string, string[]>;
  questions: { every: string[]; pages: Record<string, string[]> };
  accept: string;
}

export function firstOf(bundle: Record<string, unknown>): First;
