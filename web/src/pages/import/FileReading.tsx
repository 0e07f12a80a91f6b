import { Button, NativeSelect } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { accepted } from '@/api/failures';
import { gql } from '@/api/gql';
import { keys } from '@/api/keys';
import { Fault } from '@/ui/Fault';
import { LOOK, type Changed, type ImportFile } from './api';
import { DELIMITERS, ENCODINGS, offered } from './reading';

/** How a file is read: found out, or as somebody says who knows better. */
export function FileReading({ upload, file }: { upload: string; file: ImportFile }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [open, setOpen] = useState(false);
  const look = useMutation({
    mutationFn: async (how: { encoding: string; delimiter: string }) => {
      const { done } = await gql<Changed>(LOOK, { input: { upload, file: file.name, encoding: how.encoding || null, delimiter: how.delimiter || null } });
      accepted(done);
    },
    onSettled: () => client.invalidateQueries({ queryKey: keys.importUpload(upload) }),
  });
  if (!open) {
    return <Button size="compact-sm" variant="subtle" className="import-how" onClick={() => setOpen(true)}>{t('import:reading.open')}</Button>;
  }
  const { encoding, delimiter } = file;
  return (
    <div className="import-reading" role="group" aria-label={t('import:reading.title', { file: file.name })}>
      <NativeSelect
        size="xs"
        label={t('import:reading.encoding')}
        value={encoding}
        disabled={look.isPending}
        data={[{ value: '', label: t('import:reading.found') }, ...offered(ENCODINGS, encoding).map((value) => ({ value, label: value }))]}
        onChange={(event) => look.mutate({ encoding: event.currentTarget.value, delimiter })}
      />
      <NativeSelect
        size="xs"
        label={t('import:reading.delimiter')}
        value={delimiter}
        disabled={look.isPending}
        data={[
          { value: '', label: t('import:reading.found') },
          ...offered(Object.keys(DELIMITERS), delimiter).map((value) => ({ value, label: DELIMITERS[value] ? t(`import:reading.sign.${DELIMITERS[value]}`) : value })),
        ]}
        onChange={(event) => look.mutate({ encoding, delimiter: event.currentTarget.value })}
      />
      {look.isError && <Fault error={look.error} />}
    </div>
  );
}
