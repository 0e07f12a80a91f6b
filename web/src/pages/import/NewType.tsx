import { Button, TextInput } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { accepted, type Problem } from '@/api/failures';
import { gql } from '@/api/gql';
import { keys } from '@/api/keys';
import { Fault } from '@/ui/Fault';
import { MAKE_TYPE, type SourceGuess } from './api';

interface Props {
  proposal: SourceGuess['newType'];
  made: (name: string) => void;
}

/** A type of its own for a file that fits none: its fields by the columns, its name as the reader wants it. */
export function NewType({ proposal, made }: Props) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [open, setOpen] = useState(false);
  const [name, setName] = useState(proposal.name);
  const [plural, setPlural] = useState(proposal.plural);
  const make = useMutation({
    mutationFn: async () => {
      const input = { types: [{ ...proposal, name, plural }], reason: t('import:newType.title') };
      const { applyModel } = await gql<{ applyModel: { errors: Problem[] } }>(MAKE_TYPE, { input });
      accepted(applyModel);
      await client.invalidateQueries({ queryKey: keys.model });
    },
    onSuccess: () => made(name),
  });

  function submit(event: FormEvent): void {
    event.preventDefault();
    make.mutate();
  }

  if (!open) {
    return (
      <Button variant="light" leftSection={<IconPlus size={16} />} onClick={() => setOpen(true)}>
        {t('import:newType.title')}
      </Button>
    );
  }
  return (
    <form className="import-new" onSubmit={submit}>
      <TextInput label={t('import:newType.name')} value={name} onChange={(event) => setName(event.currentTarget.value)} dir="ltr" data-autofocus required />
      <TextInput label={t('import:newType.plural')} value={plural} onChange={(event) => setPlural(event.currentTarget.value)} dir="ltr" required />
      <Button type="submit" loading={make.isPending}>{t('import:newType.make')}</Button>
      {make.isError && <Fault error={make.error} />}
    </form>
  );
}
