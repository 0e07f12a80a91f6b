import type { Plugin } from 'vite';

export function boot(): Plugin;

interface First {
  /** Files by language, and by the first part of a page's address. */
  words: Record<string, string[]>;
  pages: Record<string, string[]>;
  /** What is said, by language, where the program cannot be fetched. */
  lost: Record<string, { says: string; again: string }>;
  questions: { every: string[]; pages: Record<string, string[]> };
  accept: string;
}

export function firstOf(bundle: Record<string, unknown>): First;
