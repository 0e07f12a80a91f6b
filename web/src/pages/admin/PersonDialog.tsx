import { Button, Modal } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { keys } from '@/api/keys';
import { RecordPicker } from '@/meta/RecordPicker';
import { Fault } from '@/ui/Fault';
import { tell } from '@/ui/toasts';
import { useAccount, type User } from './people';

/** Which record an account is: its day, tasks and figures are those of that record. */
export function PersonDialog({ user, onClose }: { user: User; onClose: () => void }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [person, setPerson] = useState(user.person?.id ?? '');
  const account = useAccount();

  function put(id: string | null): void {
    account.mutate({ act: 'person', input: { name: user.name, person: id } }, { onSuccess: () => void client.invalidateQueries({ queryKey: keys.me }) });
  }

  function save(event: FormEvent): void {
    event.preventDefault();
    const before = user.person?.id ?? null;
    account.mutate(
      { act: 'person', input: { name: user.name, person: person || null } },
      {
        onSuccess: () => {
          void client.invalidateQueries({ queryKey: keys.me });
          onClose();
          tell(t('app:saved'), { label: t('app:undo'), run: () => put(before) });
        },
      },
    );
  }

  return (
    <Modal opened onClose={onClose} title={t('admin:person.title', { name: user.name })} closeButtonProps={{ 'aria-label': t('app:cancel') }}>
      <form className="admin-limit" onSubmit={save}>
        <p className="muted">{t('admin:person.says')}</p>
        <RecordPicker label={t('admin:person.record')} value={person} onChange={setPerson} autoFocus />
        {account.isError && <Fault error={account.error} />}
        <Button type="submit" loading={account.isPending}>{t('app:save')}</Button>
      </form>
    </Modal>
  );
}
