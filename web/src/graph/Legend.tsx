import { IconStack2 } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useSettings } from '@/lib/useSettings';
import { heading, typeNamed, useModel } from '@/meta/model';
import { signOf } from '@/ui/signs';
import { paintOf, typeColor } from './colors';
import { linesOf } from './lines';
import type { Scene } from './scene';
import type { Shown } from './showing';
import { useGround } from './style';

/** The sign of a type, or of several records together, in its colour, as discs on the drawing have it. */
export function TypeSign({ type, size = 18, many = false }: { type: string; size?: number; many?: boolean }) {
  const model = useModel();
  const { dark } = useGround();
  const known = typeNamed(model.data, type);
  const Sign = many ? IconStack2 : signOf(known?.icon ?? '');
  const paint = paintOf(dark);
  return (
    <i className="type-sign" aria-hidden="true" style={{ width: size, height: size, background: typeColor(known?.color ?? '', paint), color: paint.paper }}>
      <Sign size={size * 0.66} stroke={2} />
    </i>
  );
}

export function useTypeName(): (type: string, many?: boolean) => string {
  const model = useModel();
  const { language } = useSettings();
  return (name, many = false) => {
    const type = typeNamed(model.data, name);
    return type ? heading(many ? type.labels : type.label, language) : name;
  };
}

/** Which colour and sign is which type. */
export function Legend({ types }: { types: readonly (readonly [string, number])[] }) {
  const nameOf = useTypeName();
  return (
    <ul className="graph-legend">
      {types.map(([type]) => (
        <li key={type}>
          <TypeSign type={type} size={14} />
          {nameOf(type, true)}
        </li>
      ))}
    </ul>
  );
}

/** What lines mean, as far as they are told apart on the drawing. */
export function LineLegend({ scene, shown }: { scene: Scene; shown: Shown }) {
  const { t } = useTranslation();
  const { today } = useGround();
  const kinds = linesOf(scene, shown, today);
  if (!kinds.length) return null;
  return (
    <section aria-label={t('explorer:lines.title')}>
      <h2>{t('explorer:lines.title')}</h2>
      <ul className="graph-lines">
        {kinds.map((kind) => (
          <li key={kind}>
            <i className="graph-line" data-kind={kind} aria-hidden="true" />
            {t(`explorer:lines.${kind}`)}
          </li>
        ))}
      </ul>
    </section>
  );
}
