import { useCallback, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { western } from '@/lib/calendar';
import { calendarOf, zoneOf } from '@/lib/settings';
import type { Format } from '@/lib/format';
import { useFormat, useSettings } from '@/lib/useSettings';
import { isYear } from '@/meta/kinds/said';
import { choiceLabel, heading, namingField, typeNamed, type EntityType, type Field, type Model } from '@/meta/model';
import type { Wording } from './answer';
import type { Key, Measure, Tile, Unit } from './board';
import { farType, fieldAt, isDay, isNumber } from './fields';
import type { ToldKey } from './where';

/** A period as its axis names it. */
export function periodWords(from: string, unit: Unit, format: Format, quarter: (number: string, year: string) => string): string {
  const day = new Date(`${from.slice(0, 10)}T00:00:00Z`);
  const shown = (options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(format.tag, { ...options, timeZone: 'UTC' });
  if (unit === 'YEAR') return yearOf(day, format);
  if (unit === 'MONTH') return `${shown({ month: 'short' }).format(day)} ${yearOf(day, format)}`;
  if (unit === 'QUARTER') {
    const month = Number(western(shown({ month: 'numeric' }).format(day)));
    return quarter(format.plain(Math.ceil(month / 3)), yearOf(day, format));
  }
  return shown({ day: 'numeric', month: 'short' }).format(day);
}

/** The number of a year alone: some locales write the era beside it. */
const yearOf = (day: Date, format: Format): string =>
  new Intl.DateTimeFormat(format.tag, { year: 'numeric', timeZone: 'UTC' }).formatToParts(day).find((part) => part.type === 'year')?.value ?? '';

/** How this reader reads figures and groups of a type. */
export function useWording(model: Model, type: EntityType): Wording {
  const wordingOf = useWordings(model);
  return useMemo(() => wordingOf(type), [wordingOf, type]);
}

/** The same for any type. */
export function useWordings(model: Model | undefined): (type: EntityType) => Wording {
  const { t } = useTranslation();
  const chosen = useSettings();
  const format = useFormat();
  return useCallback((type) => {
    const { language } = chosen;
    const fieldOf = (at: { field?: string; via?: string }): Field | undefined => model && fieldAt(model, type, at);
    return {
      calendar: calendarOf(chosen),
      zone: zoneOf(chosen),
      others: t('reports:others'),
      before: t('reports:before'),
      key: (told, key, field) => keyWords(told, key, field),
      measure: (measure) => {
        const field = fieldOf(measure);
        if (!field) return heading(type.labels, language);
        const named = heading(field, language);
        return measure.figure === 'sum' ? named : t(`reports:figure.${measure.figure}Of`, { field: named, percent: format.plain(measure.percent ?? 90) });
      },
      show: (value, measure, short) => figureWords(value, measure, fieldOf(measure), format, short),
    };

    function keyWords(told: ToldKey, key: Key, field: Field): string {
      if (told.value === null) return t('reports:none');
      if (isDay(field) && told.from) return periodWords(told.from, key.unit ?? 'MONTH', format, (number, year) => t('reports:quarter', { number, year }));
      if (isYear(field)) return format.plain(Number(told.from));
      if (isNumber(field)) return `${format.number(told.from ?? '')}–${format.number(told.until ?? '')}`;
      if (field.kind === 'boolean') return told.value === true || told.value === 'true' ? t('app:yes') : t('app:no');
      const choice = field.options.choices?.find((each) => each.value === told.value);
      return choice ? choiceLabel(choice, language) : String(told.value);
    }
  }, [model, chosen, format, t]);
}

function figureWords(value: number, measure: Measure, field: Field | undefined, format: Format, short = false): string {
  const counted = measure.figure === 'count' || measure.figure === 'countDistinct';
  if (counted || !field) return short && Math.abs(value) >= 10_000 ? format.compact(value) : format.number(value, 0);
  if (field.kind === 'money') return format.money({ amount: String(value), currency: field.options.currency ?? '' }, short || Math.abs(value) >= 1e7);
  if (field.kind === 'percent') return format.percent(value / 100, 1);
  if (isYear(field)) return format.plain(Math.round(value));
  return short && Math.abs(value) >= 10_000 ? format.compact(value) : format.number(value, 2);
}

/** What a tile is called: its own title, or what it shows by what. */
export function useTitle(model: Model | undefined): (tile: Tile) => string {
  const { t } = useTranslation();
  const { language } = useSettings();
  const format = useFormat();
  return (tile) => {
    if (tile.title) return tile.title;
    const type = typeNamed(model, tile.source.type);
    if (!model || !type || tile.kind === 'text') return t(`reports:kind.${tile.kind}`);
    const [measure] = tile.source.measures;
    const field = measure && fieldAt(model, type, measure);
    const records = heading(type.labels, language);
    if (tile.kind === 'table') return records;
    if (tile.kind === 'graph') return `${records} – ${heading(type.relations.find((side) => side.name === tile.source.link) ?? type.labels, language)}`;
    const figure = field && t(`reports:figure.${measure.figure}Of`, { field: heading(field, language), percent: format.plain(measure.percent ?? 90) });
    const what = figure ? t('reports:of', { figure, records }) : records;
    const [from, to] = tile.source.by.map((key) => fieldAt(model, type, key));
    if (tile.kind === 'cohort' && from && to) return t('reports:fromTo', { what, from: heading(from, language), to: heading(to, language) });
    const keys = tile.source.by.flatMap((key) => {
      const named = fieldAt(model, type, key);
      if (!named) return [];
      if (key.unit) return t(`reports:every.${key.unit}`);
      const side = type.relations.find((each) => each.name === key.via);
      const far = key.via && farType(model, type, key.via);
      const told = far && namingField(far)?.name === named.name ? '' : named[language];
      return t('reports:along', { field: [side?.[language], told].filter(Boolean).join(' – ') });
    });
    return keys.length ? t('reports:by', { what, keys: keys.join(t('reports:and')) }) : what;
  };
}
