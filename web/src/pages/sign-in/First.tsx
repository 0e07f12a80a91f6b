import { Button, CopyButton } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Logo } from '@/app/Logo';
import { Speaking } from './Speaking';

const MAKE = 'xrm user add NAME --admin';

/** The door of a server at which nobody can enter yet: how the first person is made. It goes on by itself once there is one. */
export function First() {
  const { t } = useTranslation();
  return (
    <main className="door">
      <section className="door-card card">
        <span className="door-logo">
          <Logo size={34} />
        </span>
        <h1>{t('app:door.nobody.title')}</h1>
        <p className="muted">{t('app:door.nobody.says')}</p>
        <ol className="door-steps">
          <li>
            {t('app:door.nobody.make')}
            <code className="door-command" dir="ltr">{MAKE}</code>
            <CopyButton value={MAKE}>
              {({ copied, copy }) => (
                <Button variant="default" size="sm" leftSection={copied ? <IconCheck size={15} /> : <IconCopy size={15} />} onClick={copy}>
                  {t(copied ? 'app:door.nobody.copied' : 'app:door.nobody.copy')}
                </Button>
              )}
            </CopyButton>
          </li>
          <li>{t('app:door.nobody.password')}</li>
          <li>{t('app:door.nobody.comeIn')}</li>
        </ol>
        <Speaking />
      </section>
    </main>
  );
}
