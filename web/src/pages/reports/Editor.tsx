import { Checkbox, CloseButton, NativeSelect, Textarea, TextInput } from '@mantine/core';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { onEscape } from '@/lib/onEscape';
import { useFormat, useSettings } from '@/lib/useSettings';
import { isKnown } from '@/meta/kinds';
import { heading, typeNamed, type EntityType, type Model } from '@/meta/model';
import { addable } from './addable';
import { HEIGHTS, keysOf, SPANS, TILE_KINDS, WIDTHS, type Source, type SpanName, type Tile, type TileKind } from './board';
import { isDay } from './fields';
import { FilterPart } from './FilterPart';
import { KIND_SIGNS } from './kinds';
import { KeysPart, MeasuresPart } from './MeasuresPart';
import { useTitle } from './useWording';

interface Props {
  tile: Tile;
  model: Model;
  change: (part: Partial<Tile>) => void;
  close: () => void;
}

/** Everything about one tile, beside the dashboard, which shows at once what comes of it. */
export function Editor({ tile, model, change, close }: Props) {
  const { t } = useTranslation();
  const { language } = useSettings();
  const titleOf = useTitle(model);
  const panel = useRef<HTMLElement>(null);
  useEffect(() => void panel.current?.querySelector<HTMLElement>('[aria-pressed=true]')?.focus(), [tile.id]);
  const { source } = tile;
  const type = typeNamed(model, source.type);
  const set = (part: Partial<Source>) => change({ source: { ...source, ...part } });
  const become = (kind: TileKind) => change({ kind, source: suited(kind, source, model) });
  return (
    <aside ref={panel} className="editor" aria-label={t('reports:edit', { title: titleOf(tile) })} onKeyDown={onEscape(close)}>
      <header>
        <h2 dir="auto">{titleOf(tile)}</h2>
        <CloseButton aria-label={t('reports:close')} onClick={close} />
      </header>
      <Kinds kind={tile.kind} become={become} />
      <TextInput
        size="sm" label={t('reports:tileTitle')} placeholder={titleOf({ ...tile, title: '' })} maxLength={100} value={tile.title}
        onChange={(event) => change({ title: event.currentTarget.value })}
      />
      {tile.kind === 'text' && (
        <Textarea size="sm" label={t('reports:kind.text')} rows={6} dir={tile.text ? 'auto' : undefined} value={tile.text} onChange={(event) => change({ text: event.currentTarget.value })} />
      )}
      {tile.kind !== 'text' && (
        <>
          <NativeSelect
            size="sm" label={t('reports:source')} value={source.type}
            data={model.types.map((each) => ({ value: each.name, label: heading(each.labels, language) }))}
            onChange={(event) => change({ source: addable(tile.kind, model, { ...source, type: event.currentTarget.value, filter: [], text: '', segment: '', date: '' }) })}
          />
          {type && <OfSource tile={tile} model={model} type={type} set={set} />}
          {tile.kind === 'kpi' && (
            <TextInput size="sm" label={t('reports:goal')} inputMode="decimal" value={tile.target} onChange={(event) => change({ target: event.currentTarget.value })} />
          )}
        </>
      )}
      <Size tile={tile} change={change} />
    </aside>
  );
}

/** What is asked already, as far as another kind of tile can show it. */
function suited(kind: TileKind, source: Source, model: Model): Source {
  const [least, most] = keysOf(kind);
  const fresh = addable(kind, model, source);
  const by = [...source.by.slice(0, most), ...fresh.by.slice(source.by.length)].slice(0, Math.max(least, Math.min(source.by.length, most)));
  const timed = (kind === 'line' || kind === 'area') && !by[0]?.unit && fresh.by[0]?.unit;
  return { ...fresh, ...source, by: timed ? fresh.by : by, fields: source.fields.length ? source.fields : fresh.fields, link: source.link || fresh.link };
}

function Kinds({ kind, become }: { kind: TileKind; become: (kind: TileKind) => void }) {
  const { t } = useTranslation();
  return (
    <div className="editor-kinds" role="group" aria-label={t('reports:kindOf')}>
      {TILE_KINDS.map((each) => {
        const Sign = KIND_SIGNS[each];
        return (
          <button key={each} type="button" aria-pressed={each === kind} onClick={() => become(each)}>
            <Sign size={19} stroke={1.6} aria-hidden="true" />
            {t(`reports:kind.${each}`)}
          </button>
        );
      })}
    </div>
  );
}

interface PartProps {
  tile: Tile;
  model: Model;
  type: EntityType;
  set: (part: Partial<Source>) => void;
}

function OfSource({ tile, model, type, set }: PartProps) {
  const { t } = useTranslation();
  const { language } = useSettings();
  const { source, kind } = tile;
  const figures = kind !== 'table' && kind !== 'graph';
  const days = type.fields.filter(isDay);
  return (
    <>
      {figures && <MeasuresPart model={model} type={type} source={source} several={kind === 'bar' || kind === 'line' || kind === 'pivot'} set={set} />}
      {figures && <KeysPart kind={kind} model={model} type={type} source={source} set={set} />}
      {kind === 'table' && (
        <Checkbox.Group label={t('reports:fields')} value={source.fields} onChange={(fields) => set({ fields })}>
          <div className="editor-fields">
            {type.fields.filter(isKnown).map((field) => <Checkbox key={field.name} size="xs" value={field.name} label={heading(field, language)} />)}
          </div>
        </Checkbox.Group>
      )}
      {kind === 'graph' && (
        <NativeSelect
          size="sm" label={t('reports:relation')} value={source.link}
          data={type.relations.map((side) => ({ value: side.name, label: heading(side, language) }))}
          onChange={(event) => set({ link: event.currentTarget.value })}
        />
      )}
      <FilterPart type={type} source={source} set={set} />
      {days.length > 0 && (
        <NativeSelect
          size="sm" label={t('reports:date')} description={t('reports:dateSays')} value={source.date}
          data={[{ value: '', label: '–' }, ...days.map((field) => ({ value: field.name, label: heading(field, language) }))]}
          onChange={(event) => set({ date: event.currentTarget.value })}
        />
      )}
      {source.date && (
        <NativeSelect
          size="sm" label={t('reports:period')} value={source.span}
          data={SPANS.map((each) => ({ value: each, label: t(`reports:span.${each}`) }))}
          onChange={(event) => set({ span: event.currentTarget.value as SpanName })}
        />
      )}
      {source.date && source.span !== 'ALL' && (kind === 'kpi' || kind === 'bar') && (
        <Checkbox size="xs" label={t('reports:compare')} checked={source.compare} onChange={(event) => set({ compare: event.currentTarget.checked })} />
      )}
      {kind !== 'kpi' && <Most source={source} set={set} figures={figures} />}
    </>
  );
}

const TOPS = [3, 5, 10, 15, 20, 25, 50, 100];

function Most({ source, set, figures }: { source: Source; set: (part: Partial<Source>) => void; figures: boolean }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <div className="editor-two">
      <NativeSelect
        size="sm" label={t('reports:top')} value={String(source.top)}
        data={[...new Set([...TOPS, source.top])].sort((a, b) => a - b).map((each) => ({ value: String(each), label: format.plain(each) }))}
        onChange={(event) => set({ top: Number(event.currentTarget.value) })}
      />
      {figures && <TextInput size="sm" label={t('reports:least')} inputMode="decimal" value={source.least} onChange={(event) => set({ least: event.currentTarget.value })} />}
    </div>
  );
}

function Size({ tile, change }: { tile: Tile; change: (part: Partial<Tile>) => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <div className="editor-two">
      <NativeSelect
        size="sm" label={t('reports:width')} value={String(tile.width)} data={WIDTHS.map((each) => ({ value: String(each), label: `${format.plain(each)} / ${format.plain(12)}` }))}
        onChange={(event) => change({ width: Number(event.currentTarget.value) })}
      />
      <NativeSelect
        size="sm" label={t('reports:height')} value={String(tile.height)} data={HEIGHTS.map((each) => ({ value: String(each), label: format.plain(each) }))}
        onChange={(event) => change({ height: Number(event.currentTarget.value) })}
      />
    </div>
  );
}
