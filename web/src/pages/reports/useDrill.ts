import { useNavigate } from '@tanstack/react-router';
import { asFailure } from '@/api/failures';
import { gql } from '@/api/gql';
import { typeNamed, type EntityType } from '@/meta/model';
import { useWords } from '@/ui/Fault';
import { tell } from '@/ui/toasts';
import type { Tile } from './board';
import { spansFor, whereOf, type Around } from './compose';
import { all, type Where } from './where';

const IN_WORDS = 'query InWords($type: String!, $where: JSON!) { filterText(type: $type, where: $where) }';

/** The filter of a list, in words, that shows exactly the records of a tile that meet a condition besides. */
export async function wordsOf(tile: Tile, type: EntityType, around: Around, fit: Where | undefined): Promise<string> {
  const where = all([whereOf(tile, type, around, spansFor(tile, around)?.now), fit]);
  const printed = where ? (await gql<{ filterText: string }>(IN_WORDS, { type: type.name, where })).filterText : '';
  const parts = [tile.source.text.trim(), printed].filter(Boolean);
  return parts.length > 1 ? parts.map((part) => `(${part})`).join(' and ') : (parts[0] ?? '');
}

/** Opens the list of the records behind a tile, a bar or a cell. */
export function useDrill(around: Around | undefined): (tile: Tile, fit?: Where) => Promise<void> {
  const go = useNavigate();
  const words = useWords();
  return async (tile, fit) => {
    const type = around && typeNamed(around.model, tile.source.type);
    if (!around || !type) return;
    try {
      const text = await wordsOf(tile, type, around, fit);
      await go({ to: '/t/$type', params: { type: type.name }, search: text ? { text } : {} });
    } catch (error) {
      tell(words(asFailure(error)));
    }
  };
}
