/** What the packs page asks: the packs there are, a plan, an install, an export. */
import { useQuery } from '@tanstack/react-query';
import type { Problem } from '@/api/failures';
import { gql } from '@/api/gql';
import { keys } from '@/api/keys';

export interface Part {
  name: string;
  label: string;
  icon: string;
  color: string;
  extends: boolean;
}

export interface Pack {
  name: string;
  version: string;
  installed: boolean;
  bundled: boolean;
  requires: string[];
  label: string;
  description: string;
  types: Part[];
  relations: Part[];
  profiles: Part[];
}

export type Settle = 'REFUSE' | 'KEEP' | 'TAKE';

/** What is to be installed: a pack that comes with XRM, or one from a file. */
export type Wish = { names: string[] } | { archive: string };

interface Broken {
  code: string;
  sentence: string;
  details: unknown;
}

interface Planned extends Broken {
  records: number;
  links: number;
}

export interface Outcome {
  packs: string[];
  plan: { effect: string; changes: Planned[]; apiBreaks: Broken[] } | null;
  conflicts: { sentence: string; details: unknown }[];
  version: number;
  errors: Problem[];
}

const PART = '{ name label(language: $language) icon color extends }';
const PACKS = `query Packs($language: String!) {
  packs {
    name version installed bundled requires label(language: $language) description(language: $language)
    types ${PART} relations ${PART} profiles ${PART}
  }
}`;
const INSTALL = `mutation Install($input: InstallPackInput!) {
  installPack(input: $input) {
    packs plan { effect changes { code sentence details records links } apiBreaks { code sentence details } }
    conflicts { sentence details } version errors { code message path details }
  }
}`;
const EXPORT = 'query Exported($name: String!) { exportedPack(name: $name) { archive } }';

export const usePacks = (language: string, enabled: boolean) =>
  useQuery({
    queryKey: keys.packs(language),
    queryFn: async ({ signal }) => (await gql<{ packs: Pack[] }>(PACKS, { language }, signal)).packs,
    enabled,
  });

export async function install(wish: Wish, onConflict: Settle, dryRun: boolean): Promise<Outcome> {
  return (await gql<{ installPack: Outcome }>(INSTALL, { input: { ...wish, onConflict, dryRun } })).installPack;
}

/** The pack as a .zip; null where nothing in the model belongs to it. */
export async function exported(name: string): Promise<Blob | null> {
  const { exportedPack } = await gql<{ exportedPack: { archive: string } | null }>(EXPORT, { name });
  if (!exportedPack) return null;
  return new Blob([Uint8Array.from(atob(exportedPack.archive), (letter) => letter.charCodeAt(0))], { type: 'application/zip' });
}

export async function inBase64(file: Blob): Promise<string> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  let text = '';
  for (let at = 0; at < bytes.length; at += 8192) text += String.fromCharCode(...bytes.subarray(at, at + 8192));
  return btoa(text);
}
