import { Link, useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useFormat, useSettings } from '@/lib/useSettings';
import { capital } from '@/meta/model';
import { Badge } from '@/ui/Badge';
import { Card } from '@/ui/Card';
import { MoreLink } from './MoreLink';
import type { View } from '@/meta/view360';

/** The relations that have links, each with its first few; where there are none yet, how to begin. */
export function Near({ view }: { view: View }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { language } = useSettings();
  const go = useNavigate({ from: '/r/$id' });
  const sections = view.sections.filter((section) => section.count > 0);
  const show = (rel?: string) => void go({ search: ({ sort: _, ...before }) => ({ ...before, tab: 'relations', ...(rel ? { rel } : {}) }) });
  if (!view.sections.length) return null;
  return (
    <Card title={t('record:tab.relations')} aside={<MoreLink label={sections.length ? t('record:all') : t('record:relations.begin')} onClick={() => show()} />}>
      {!sections.length && <p className="card-note card-end">{t('record:relations.none')}</p>}
      <div className="near" hidden={!sections.length}>
        {sections.map((section) => (
          <div key={section.field}>
            <h3>
              <button type="button" className="near-head" onClick={() => show(section.field)}>
                {capital(section.label, language)} <span className="muted num">{format.number(section.count)}</span>
              </button>
            </h3>
            {section.links.slice(0, 3).map((link) => (
              <Link key={link.id} to="/r/$id" params={{ id: link.record.id }} className="near-link">
                <Badge text={link.record.title} seed={link.record.id} size={22} />
                <span className="cut" dir="auto">{link.record.title}</span>
              </Link>
            ))}
          </div>
        ))}
      </div>
    </Card>
  );
}
