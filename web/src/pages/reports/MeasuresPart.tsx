import { ActionIcon, Button, NativeSelect, TextInput } from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useSettings } from '@/lib/useSettings';
import { heading, type EntityType, type Field, type Model } from '@/meta/model';
import { digits } from '@/meta/kinds/number';
import { keysOf, UNITS, type Figure, type Key, type Measure, type Source, type TileKind, type Unit } from './board';
import { farType, fieldAt, figuresOf, isDay, isGroupable, isNumber, keyFor } from './fields';

interface Props {
  model: Model;
  type: EntityType;
  source: Source;
  set: (part: Partial<Source>) => void;
}

const MOST_MEASURES = 4;
const placeOf = ({ field, via }: { field?: string; via?: string }): string => (via ? `${via}.${field}` : (field ?? ''));

function placed(value: string): { field?: string; via?: string } {
  const [first, second] = value.split('.');
  return second ? { via: first!, field: second } : value ? { field: value } : {};
}

/** The fields of a type, and of the types that its relations lead to, that pass. */
function usePlaces(model: Model, type: EntityType, passes: (field: Field) => boolean) {
  const { language } = useSettings();
  const own = type.fields.filter(passes).map((field) => ({ value: field.name, label: heading(field, language) }));
  const along = type.relations.flatMap((side) => {
    const fields = farType(model, type, side.name)?.fields.filter(passes) ?? [];
    return fields.length ? [{ group: heading(side, language), items: fields.map((field) => ({ value: `${side.name}.${field.name}`, label: heading(field, language) })) }] : [];
  });
  return { own, along };
}

/** What is counted or added up. */
export function MeasuresPart({ model, type, source, several, set }: Props & { several: boolean }) {
  const { t } = useTranslation();
  const { language } = useSettings();
  const { own, along } = usePlaces(model, type, (field) => figuresOf(field).length > 0);
  const shown = several && source.by.length < 2 ? source.measures : source.measures.slice(0, 1);
  const put = (place: number, measure: Measure) => set({ measures: source.measures.map((each, at) => (at === place ? measure : each)) });
  function choose(place: number, value: string): void {
    const at = placed(value);
    const field = fieldAt(model, type, at);
    put(place, field ? { ...at, figure: figuresOf(field)[0] ?? 'count' } : { figure: 'count' });
  }
  return (
    <fieldset className="editor-part">
      <legend>{t('reports:measures')}</legend>
      {shown.map((measure, place) => {
        const field = fieldAt(model, type, measure);
        const figures: Figure[] = field ? figuresOf(field) : ['count'];
        return (
          <div key={place} className="editor-line">
            <NativeSelect
              size="sm" aria-label={t('reports:measure')} value={placeOf(measure)}
              data={[{ value: '', label: heading(type.labels, language) }, ...own, ...along]}
              onChange={(event) => choose(place, event.currentTarget.value)}
            />
            <NativeSelect
              size="sm" aria-label={t('reports:how')} value={measure.figure} data={figures.map((each) => ({ value: each, label: t(`reports:figure.${each}`) }))}
              onChange={(event) => put(place, { ...measure, figure: event.currentTarget.value as Figure, ...(event.currentTarget.value === 'percentile' ? { percent: 90 } : {}) })}
            />
            {measure.figure === 'percentile' && (
              <TextInput
                size="sm" w={56} aria-label={t('reports:figure.percentile')} inputMode="numeric" value={String(measure.percent ?? 90)}
                onChange={(event) => put(place, { ...measure, percent: Math.max(1, Math.min(99, Math.round(Number(digits(event.currentTarget.value))) || 1)) })}
              />
            )}
            {shown.length > 1 && (
              <ActionIcon variant="subtle" color="gray" size={30} aria-label={t('reports:dropMeasure')} onClick={() => set({ measures: source.measures.filter((_, at) => at !== place) })}>
                <IconX size={15} />
              </ActionIcon>
            )}
          </div>
        );
      })}
      {several && source.by.length < 2 && shown.length < MOST_MEASURES && (
        <Button size="compact-sm" variant="subtle" leftSection={<IconPlus size={14} />} onClick={() => set({ measures: [...source.measures, { figure: 'count' }] })}>
          {t('reports:addMeasure')}
        </Button>
      )}
    </fieldset>
  );
}

/** What is grouped by: up to two fields, days by a unit of the calendar, numbers by a width. */
export function KeysPart({ kind, model, type, source, set }: Props & { kind: TileKind }) {
  const { t } = useTranslation();
  const { own, along } = usePlaces(model, type, isGroupable);
  const [least, most] = keysOf(kind);
  if (!most) return null;
  const keys: (Key | undefined)[] = Array.from({ length: most }, (_, place) => source.by[place]);
  function put(place: number, key: Key | undefined): void {
    const next = [...source.by];
    if (key) next[place] = key;
    else next.splice(place);
    set({ by: next });
  }
  function choose(place: number, value: string): void {
    const at = placed(value);
    const field = fieldAt(model, type, at);
    put(place, field && keyFor(field, at.via));
  }
  return (
    <fieldset className="editor-part">
      <legend>{t('reports:groups')}</legend>
      {keys.map((key, place) => {
        const field = key && fieldAt(model, type, key);
        if (place > source.by.length) return null;
        return (
          <div key={place} className="editor-line">
            <NativeSelect
              size="sm" aria-label={t(place ? 'reports:secondKey' : 'reports:firstKey')} value={key ? placeOf(key) : ''}
              data={[...(place < least ? [] : [{ value: '', label: '–' }]), ...own, ...along]}
              onChange={(event) => choose(place, event.currentTarget.value)}
            />
            {key && field && isDay(field) && (
              <NativeSelect
                size="sm" aria-label={t('reports:unit')} value={key.unit ?? 'MONTH'} data={UNITS.map((each) => ({ value: each, label: t(`reports:unitOf.${each}`) }))}
                onChange={(event) => put(place, { ...key, unit: event.currentTarget.value as Unit })}
              />
            )}
            {key && field && isNumber(field) && (
              <TextInput size="sm" w={92} aria-label={t('reports:widthOf')} inputMode="decimal" value={key.width ?? ''} onChange={(event) => put(place, { ...key, width: digits(event.currentTarget.value) })} />
            )}
          </div>
        );
      })}
    </fieldset>
  );
}
