import { useTranslation } from 'react-i18next';
import { useFormat } from '@/lib/useSettings';
import type { Colouring } from './choices';
import { paintOf, shadeOf } from './colors';
import { useGround } from './style';

const STEPS = [0, 0.25, 0.5, 0.75, 1];

/** What shades of discs tell, from the least to the most, and how those look that have no score; nothing where colours tell of types. */
export function ColourScale({ by }: { by: Colouring }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { dark } = useGround();
  const paint = paintOf(dark);
  if (by === 'type') return null;
  if (by === 'community') return <p className="graph-scale-says">{t('explorer:scale.community')}</p>;
  const [least, most] = by === 'degree' ? [t('explorer:scale.few'), t('explorer:scale.many')] : [format.percent(0), format.percent(1)];
  return (
    <div className="graph-scale" role="img" aria-label={t('explorer:scale.says', { of: t(`explorer:by.${by}`), least, most })}>
      <bdi className="num">{least}</bdi>
      <span>{STEPS.map((share) => <i key={share} style={{ background: shadeOf(share, by, paint) }} />)}</span>
      <bdi className="num">{most}</bdi>
      {by !== 'degree' && <small><i style={{ background: shadeOf(undefined, by, paint) }} />{t('explorer:scale.none')}</small>}
    </div>
  );
}
