import type { Plugin } from 'vite';

export function worker(): Plugin;
export function shellOf(bundle: Record<string, unknown>): string[];
