import { useTranslation } from 'react-i18next';
import { isRightToLeft } from '@/lib/settings';
import { useFormat, useSettings } from '@/lib/useSettings';
import { heading, typeNamed, type EntityType, type Model } from '@/meta/model';
import { cellOf } from '@/meta/spreadsheet';
import { asFailure } from '@/api/failures';
import { useWords } from '@/ui/Fault';
import { tell } from '@/ui/toasts';
import { figuresOf, valueOf, type ToldPart, type Wording } from './answer';
import type { Tile } from './board';
import { asCohorts } from './cohorts';
import { rowsOf, writeExcel, type Page } from './excel';
import { fieldAt } from './fields';
import type { Answers } from './useFigures';
import { useTitle, useWordings } from './useWording';

/** Writes tiles, as they are answered, into a workbook that the browser keeps. */
export function useExcel(model: Model | undefined, answers: Answers) {
  const { t } = useTranslation();
  const reader = useSettings();
  const { language } = reader;
  const { tag } = useFormat();
  const titleOf = useTitle(model);
  const wordingOf = useWordings(model);
  const words = useWords();

  function pageOf(tile: Tile): Page[] {
    const type = typeNamed(model, tile.source.type);
    const answer = answers[tile.id];
    if (!model || !type || !answer?.now) return [];
    const name = titleOf(tile);
    if (tile.kind === 'table' || tile.kind === 'graph') return [{ name, rows: records(tile, type, answer.now) }];
    const wording = wordingOf(type);
    if (tile.kind === 'kpi') return [{ name, rows: figure(tile, type, answer.now, wording) }];
    return [{ name, rows: rowsOf(asCohorts(figuresOf(tile, model, type, answer.now, answer.before, wording), tile, wording.calendar, tag), t('reports:group')) }];
  }

  const figure = (tile: Tile, type: EntityType, part: ToldPart, wording: Wording): Page['rows'] => {
    const measure = tile.source.measures[0]!;
    const value = valueOf(part.aggregate, measure, fieldAt(model!, type, measure));
    return [[{ value: wording.measure(measure) }], [value === null ? null : { value }]];
  };

  const records = (tile: Tile, type: EntityType, part: ToldPart): Page['rows'] => {
    const fields = tile.source.fields.flatMap((each) => type.fields.filter((field) => field.name === each));
    return [
      [type.label, ...fields].map((named) => ({ value: heading(named, language) })),
      ...(part.nodes ?? []).map((row) => [{ value: row.displayName }, ...fields.map((field) => cellOf(row[field.name], field, reader))]),
    ];
  };

  return async (tiles: readonly Tile[], file: string): Promise<void> => {
    const pages = tiles.flatMap(pageOf);
    if (!pages.length) return;
    try {
      await writeExcel(pages, file, isRightToLeft(language));
    } catch (error) {
      tell(words(asFailure(error)));
    }
  };
}
