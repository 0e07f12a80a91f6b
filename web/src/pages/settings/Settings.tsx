import { Button, NativeSelect, SegmentedControl } from '@mantine/core';
import { IconKeyboard } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { choose, LANGUAGES, NAMES, type Chosen } from '@/lib/settings';
import { useFormat, useSettings } from '@/lib/useSettings';
import { Credentials } from '@/meta/credentials/Credentials';
import { Card } from '@/ui/Card';
import { showKeys } from '@/ui/keysShown';
import { Account } from './Account';
import { Notices } from './Notices';
import { OwnPassword } from './OwnPassword';
import './settings.css';

const ZONES = Intl.supportedValuesOf('timeZone');
const EXAMPLE = { amount: '1234567.8', currency: 'EUR' };

/** What one reader chooses for themselves; it holds at once and is kept in this browser. */
export default function Settings() {
  const { t } = useTranslation('settings');
  const chosen = useSettings();
  const format = useFormat();
  const now = new Date().toISOString();
  const zones = [{ value: 'auto', label: t('settings:zone.auto') }, ...ZONES.map((zone) => ({ value: zone, label: zone }))];
  const several = <K extends keyof Chosen>(key: K, values: readonly Chosen[K][], label: string, words: (value: Chosen[K]) => string) => (
    <SegmentedControl
      size="sm"
      aria-label={label}
      value={chosen[key]}
      data={values.map((value) => ({ value, label: words(value) }))}
      onChange={(value) => choose({ [key]: value })}
    />
  );
  return (
    <div className="settings">
      <h1>{t('settings:title')}</h1>
      <div className="settings-parts">
        <div>
          <Card title={t('settings:reading')}>
            <Row name={t('settings:language')}>{several('language', LANGUAGES, t('settings:language'), (each) => NAMES[each])}</Row>
            <Row name={t('settings:calendar')}>
              {several('calendar', ['auto', 'gregory', 'persian'], t('settings:calendar'), (each) => t(`settings:calendar_${each}`))}
            </Row>
            <Row name={t('settings:digits')}>
              {several('digits', ['auto', 'latn', 'arabext'], t('settings:digits'), (each) => t(`settings:digits_${each}`))}
            </Row>
            <Row name={t('settings:zone.name')}>
              <NativeSelect
                aria-label={t('settings:zone.name')}
                value={chosen.timeZone}
                data={zones}
                onChange={(event) => choose({ timeZone: event.currentTarget.value })}
              />
            </Row>
            <p className="settings-example num">
              {t('settings:example')} <bdi>{format.moment(now)}</bdi> · <bdi>{format.money(EXAMPLE)}</bdi>
            </p>
          </Card>
          <Card title={t('settings:looks')}>
            <Row name={t('settings:theme')}>
              {several('theme', ['system', 'light', 'dark'], t('settings:theme'), (each) => t(`settings:theme_${each}`))}
            </Row>
            <Row name={t('settings:density')}>
              {several('density', ['comfortable', 'compact'], t('settings:density'), (each) => t(`settings:density_${each}`))}
            </Row>
          </Card>
          <Card title={t('settings:keyboard')}>
            <Row name={t('settings:single')}>
              <SegmentedControl
                size="sm"
                aria-label={t('settings:single')}
                value={String(chosen.singleKeys)}
                data={[{ value: 'true', label: t('settings:single_on') }, { value: 'false', label: t('settings:single_off') }]}
                onChange={(value) => choose({ singleKeys: value === 'true' })}
              />
            </Row>
            <Row name={t('settings:single_says')}>
              <Button size="sm" variant="default" leftSection={<IconKeyboard size={16} />} onClick={() => showKeys(true)}>{t('keys:title')}</Button>
            </Row>
          </Card>
        </div>
        <div>
          <Account />
          <Notices />
          <Credentials />
          <OwnPassword />
        </div>
      </div>
    </div>
  );
}

function Row({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="settings-row">
      <span>{name}</span>
      {children}
    </div>
  );
}
