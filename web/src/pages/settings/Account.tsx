import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useMe } from '@/api/session';
import { Card } from '@/ui/Card';

/** Which record the reader's account is, and who sets it. */
export function Account() {
  const { t } = useTranslation();
  const me = useMe().data;
  if (!me) return null;
  return (
    <Card title={t('settings:account.title', { name: me.name })}>
      <div className="settings-row">
        <span>{t('settings:account.person')}</span>
        {me.person ? <Link to="/r/$id" params={{ id: me.person.id }} className="cut settings-link" dir="auto">{me.person.title}</Link> : <span className="muted">{t('settings:account.none')}</span>}
      </div>
      <p className="settings-example">{t('settings:account.says')}</p>
    </Card>
  );
}
