import { Button, Modal, TextInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { western } from '@/lib/calendar';
import { Fault } from '@/ui/Fault';
import { tell } from '@/ui/toasts';
import { useAllowance, type Allowance, type Spender } from './allowances';

const read = (text: string): number | null => (western(text).trim() ? Number(western(text).replace(/[^0-9]/g, '')) : null);

interface Props {
  whose: Spender;
  name: string;
  allowance: Allowance;
  onClose: () => void;
}

/** What a person or a token may spend on questions; empty lines leave it to the server's settings. */
export function AllowanceDialog({ whose, name, allowance, onClose }: Props) {
  const { t } = useTranslation();
  const [operation, setOperation] = useState(String(allowance.operation ?? ''));
  const [minute, setMinute] = useState(String(allowance.minute ?? ''));
  const setting = useAllowance();

  function save(event: FormEvent): void {
    event.preventDefault();
    setting.mutate(
      { ...whose, operation: read(operation), minute: read(minute) },
      {
        onSuccess: () => {
          onClose();
          tell(t('app:saved'), { label: t('app:undo'), run: () => setting.mutate({ ...whose, ...allowance }) });
        },
      },
    );
  }

  return (
    <Modal opened onClose={onClose} title={t('credentials:limit.title', { name })} closeButtonProps={{ 'aria-label': t('app:cancel') }}>
      <form className="credentials-limit" onSubmit={save}>
        <p className="muted">{t('credentials:limit.says')}</p>
        <TextInput data-autofocus inputMode="numeric" dir="ltr" label={t('credentials:limit.operation')} value={operation} onChange={(event) => setOperation(event.currentTarget.value)} />
        <TextInput inputMode="numeric" dir="ltr" label={t('credentials:limit.minute')} value={minute} onChange={(event) => setMinute(event.currentTarget.value)} />
        {setting.isError && <Fault error={setting.error} />}
        <Button type="submit" loading={setting.isPending}>{t('app:save')}</Button>
      </form>
    </Modal>
  );
}
