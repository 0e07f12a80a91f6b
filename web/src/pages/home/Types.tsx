import { IconPlus } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useFormat, useSettings } from '@/lib/useSettings';
import { heading, type EntityType, type Model } from '@/meta/model';
import { useCounts } from '@/meta/useCounts';
import { Bone } from '@/ui/Bones';
import { signOf } from '@/ui/signs';

/** Everything that is kept, by type, those with most records first; each with a way to add one. */
export function Types({ model }: { model: Model }) {
  const { t } = useTranslation();
  const counts = useCounts().data ?? {};
  const types = [...model.types].sort((a, b) => (counts[b.name] ?? 0) - (counts[a.name] ?? 0));
  return (
    <section aria-label={t('app:home.says')} className="no-print">
      <h2 className="home-title">{t('app:home.says')}</h2>
      <div className="home-types">
        {types.map((type) => <Tile key={type.name} type={type} count={counts[type.name]} />)}
      </div>
    </section>
  );
}

function Tile({ type, count }: { type: EntityType; count: number | undefined }) {
  const { t } = useTranslation();
  const { language } = useSettings();
  const format = useFormat();
  const Sign = signOf(type.icon);
  return (
    <article className="card home-type">
      <span className="home-sign" style={{ '--hue': type.color || '#64748b' } as React.CSSProperties}>
        <Sign size={19} stroke={1.6} aria-hidden="true" />
      </span>
      <h3>
        <Link to="/t/$type" params={{ type: type.name }} className="cover">
          {heading(type.labels, language)}
        </Link>
      </h3>
      <p className="num muted">{count === undefined ? <Bone width={60} /> : t('app:home.records', { count, number: format.number(count) })}</p>
      <Link to="/t/$type/new" params={{ type: type.name }} className="home-new" aria-label={t('app:find.new', { type: type.label[language] })}>
        <IconPlus size={17} aria-hidden="true" />
      </Link>
    </article>
  );
}
