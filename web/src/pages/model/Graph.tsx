import { ActionIcon } from '@mantine/core';
import { IconFocusCentered, IconMinus, IconPlus } from '@tabler/icons-react';
import { useEffect, useMemo, useRef, useState, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat, useSettings } from '@/lib/useSettings';
import { useCounts } from '@/meta/useCounts';
import { Sign } from './Sign';
import { titled } from './design';
import type { ModelSearch } from './asked';
import { apart } from './apart';
import { useDesigner } from './designer';
import type { ShownType } from './draft';
import { boundsOf, CARD, layoutOf, nearest, type Spot } from './layout';
import { linesOf, type Line } from './lines';
import { useCanvas } from './useCanvas';

/** The types as cards and the relations as lines between them; arrow keys walk from card to card. */
export function Graph({ chosen }: { chosen: ModelSearch }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { shown, show } = useDesigner();
  const frame = useRef<HTMLDivElement>(null);
  const names = shown.types.map((type) => type.name).join(' ');
  const ends = shown.relations.map(({ source, target }) => `${source.types.join()}>${target.types.join()}`).join(' ');
  const spots = useMemo(
    () =>
      layoutOf(
        names.split(' ').filter(Boolean),
        ends.split(' ').filter(Boolean).flatMap((each) => {
          const [from = '', to = ''] = each.split('>');
          return from.split(',').flatMap((one) => to.split(',').map((other) => ({ from: one, to: other })));
        }),
      ),
    [names, ends],
  );
  const box = useMemo(() => boundsOf(spots.values()), [spots]);
  const { view, fit, zoom, reveal, handlers } = useCanvas(frame, box);
  useEffect(fit, [fit]);
  const [over, setOver] = useState<string>();
  const lines = useMemo(() => linesOf(shown.relations, spots), [shown.relations, spots]);
  const picked = chosen.relation ?? over;
  const isLit = (line: Line): boolean =>
    line.relation === picked || (!picked && chosen.type !== undefined && (line.from === chosen.type || line.to === chosen.type));
  const quiet = Boolean(picked ?? chosen.type);

  function onKeyDown(event: KeyboardEvent<HTMLElement>, name: string): void {
    const next = nearest(spots, name, event.key);
    if (!next) return;
    event.preventDefault();
    frame.current?.querySelector<HTMLElement>(`[data-type="${next}"]`)?.focus();
  }

  const first = chosen.type && spots.has(chosen.type) ? chosen.type : [...spots.keys()].sort()[0];
  return (
    <div ref={frame} className="model-graph" role="group" aria-label={t('model:graph.name')} dir="ltr" {...handlers}>
      <div className="model-world" style={{ transform: `translate(${view.x}px, ${view.y}px) scale(${view.scale})` }}>
        <svg className="model-lines" aria-hidden="true">
          <defs>
            <Arrow id="model-arrow" className="model-arrow" />
            <Arrow id="model-arrow-lit" className="model-arrow-lit" />
          </defs>
          {lines.map((line) => (
            <g key={line.key} data-line data-state={line.state} data-lit={isLit(line) || undefined} data-quiet={quiet || undefined}>
              <path d={line.path} markerEnd={line.symmetric ? undefined : `url(#model-arrow${isLit(line) ? '-lit' : ''})`} />
              <path
                className="model-line-hit"
                d={line.path}
                onPointerEnter={() => setOver(line.relation)}
                onPointerLeave={() => setOver(undefined)}
                onClick={() => show({ relation: line.relation })}
              />
            </g>
          ))}
        </svg>
        <Labels lines={lines.filter(isLit)} spots={spots} />
        {shown.types.map((type) => {
          const spot = spots.get(type.name);
          if (!spot) return null;
          return (
            <Card
              key={type.name}
              type={type}
              spot={spot}
              chosen={type.name === chosen.type}
              reachable={type.name === first}
              onKeyDown={(event) => onKeyDown(event, type.name)}
              onFocus={() => reveal(spot)}
            />
          );
        })}
      </div>
      <div className="model-tools">
        <ActionIcon variant="default" size={34} aria-label={t('model:graph.nearer')} onClick={() => zoom(1.25)}><IconPlus size={17} /></ActionIcon>
        <ActionIcon variant="default" size={34} aria-label={t('model:graph.farther')} onClick={() => zoom(0.8)}><IconMinus size={17} /></ActionIcon>
        <ActionIcon variant="default" size={34} aria-label={t('model:graph.all')} onClick={fit}><IconFocusCentered size={17} /></ActionIcon>
      </div>
      <p className="model-legend num" dir="auto">
        {t('model:types', { count: shown.types.length, number: format.number(shown.types.length) })}
        {' · '}
        {t('model:relations', { count: shown.relations.length, number: format.number(shown.relations.length) })}
      </p>
    </div>
  );
}

function Arrow({ id, className }: { id: string; className: string }) {
  return (
    <marker id={id} className={className} viewBox="0 0 8 8" refX="6.5" refY="4" markerWidth="7" markerHeight="7" orient="auto-start-reverse">
      <path d="M0,0.6 L7,4 L0,7.4 z" />
    </marker>
  );
}

/** What lit lines are called, each relation once. */
function Labels({ lines, spots }: { lines: readonly Line[]; spots: ReadonlyMap<string, Spot> }) {
  const { language } = useSettings();
  const { shown } = useDesigner();
  const told = [...new Map(lines.map((line) => [line.relation, line])).values()];
  const words = told.map(({ relation: name, middle }) => {
    const relation = shown.relations.find((each) => each.name === name);
    return { ...middle, name, text: relation ? titled(relation, language) : name };
  });
  return apart(words, spots.values()).map(({ x, y, text }, place) => (
    <span key={words[place]?.name} className="model-line-name" style={{ transform: `translate(${x}px, ${y}px) translate(-50%, -50%)` }} aria-hidden="true">
      <bdi>{text}</bdi>
    </span>
  ));
}

interface CardProps {
  type: ShownType;
  spot: Spot;
  chosen: boolean;
  reachable: boolean;
  onKeyDown: (event: KeyboardEvent<HTMLElement>) => void;
  onFocus: () => void;
}

function Card({ type, spot, chosen, reachable, onKeyDown, onFocus }: CardProps) {
  const { t } = useTranslation();
  const { language } = useSettings();
  const format = useFormat();
  const { show } = useDesigner();
  const count = useCounts().data?.[type.name];
  const fields = type.fields.filter((field) => field.state !== 'dropped').length;
  return (
    <button
      type="button"
      className="model-card"
      dir={language === 'fa' ? 'rtl' : 'ltr'}
      data-type={type.name}
      data-state={type.state}
      aria-pressed={chosen}
      tabIndex={reachable ? 0 : -1}
      style={{ transform: `translate(${spot.x - CARD.width / 2}px, ${spot.y - CARD.height / 2}px)`, inlineSize: CARD.width, blockSize: CARD.height }}
      onClick={() => show({ type: type.name })}
      onKeyDown={onKeyDown}
      onFocus={(event) => event.currentTarget.matches(':focus-visible') && onFocus()}
    >
      <Sign icon={type.icon} color={type.color} size={32} />
      <span className="model-card-words">
        <b className="cut" dir="auto">{titled(type, language, 'one')}</b>
        <small className="num cut">
          {type.state === 'kept' || type.state === 'changed'
            ? count === undefined
              ? t('model:fieldsCount', { count: fields, number: format.number(fields) })
              : t('model:records', { count, number: format.number(count) })
            : t(`model:state.${type.state}`)}
        </small>
      </span>
      {type.state === 'changed' && <i className="model-mark" title={t('model:state.changed')} />}
    </button>
  );
}
