import { Button, Menu } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useSettings } from '@/lib/useSettings';
import { heading } from '@/meta/model';
import { signOf } from '@/ui/signs';
import { useLogging } from './logging';

/** Write down what happened, or what is to be done: linked with the record from the beginning. */
export function LogMenu() {
  const { t } = useTranslation();
  const { language } = useSettings();
  const { sorts, log } = useLogging();
  if (!sorts.length) return null;
  return (
    <Menu position="bottom-end" withinPortal width={220}>
      <Menu.Target>
        <Button size="sm" leftSection={<IconPlus size={16} />}>{t('record:log')}</Button>
      </Menu.Target>
      <Menu.Dropdown>
        {sorts.map((what) => {
          const Sign = signOf(what.type.icon);
          return (
            <Menu.Item key={what.type.name} leftSection={<Sign size={16} stroke={1.7} />} onClick={() => log(what)}>
              {heading(what.type.label, language)}
            </Menu.Item>
          );
        })}
      </Menu.Dropdown>
    </Menu>
  );
}
