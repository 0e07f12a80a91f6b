import { Button, Modal, TextInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { western } from '@/lib/calendar';
import { Fault } from '@/ui/Fault';
import { tell } from '@/ui/toasts';
import { useAllowance, type User } from './people';

const read = (text: string): number | null => (western(text).trim() ? Number(western(text).replace(/[^0-9]/g, '')) : null);

/** What somebody may spend on questions; empty lines leave it to the server's settings. */
export function AllowanceDialog({ user, onClose }: { user: User; onClose: () => void }) {
  const { t } = useTranslation();
  const [operation, setOperation] = useState(String(user.allowance.operation ?? ''));
  const [minute, setMinute] = useState(String(user.allowance.minute ?? ''));
  const setting = useAllowance();

  function save(event: FormEvent): void {
    event.preventDefault();
    setting.mutate(
      { user: user.name, operation: read(operation), minute: read(minute) },
      { onSuccess: () => { onClose(); tell(t('app:saved')); } },
    );
  }

  return (
    <Modal opened onClose={onClose} title={t('admin:limit.title', { name: user.name })} closeButtonProps={{ 'aria-label': t('app:cancel') }}>
      <form className="admin-limit" onSubmit={save}>
        <p className="muted">{t('admin:limit.says')}</p>
        <TextInput data-autofocus inputMode="numeric" dir="ltr" label={t('admin:limit.operation')} value={operation} onChange={(event) => setOperation(event.currentTarget.value)} />
        <TextInput inputMode="numeric" dir="ltr" label={t('admin:limit.minute')} value={minute} onChange={(event) => setMinute(event.currentTarget.value)} />
        {setting.isError && <Fault error={setting.error} />}
        <Button type="submit" loading={setting.isPending}>{t('app:save')}</Button>
      </form>
    </Modal>
  );
}
