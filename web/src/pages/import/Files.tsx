import { ActionIcon, Button, Progress } from '@mantine/core';
import { IconFileUpload, IconTable, IconX } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useRef, useState, type DragEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { asFailure } from '@/api/failures';
import { gql } from '@/api/gql';
import { keys } from '@/api/keys';
import { useFormat } from '@/lib/useSettings';
import { useWords } from '@/ui/Fault';
import { DROP, type Changed, type ImportFile, type Upload } from './api';
import { FileReading } from './FileReading';
import { send } from './sending';

const ACCEPTED = '.csv,.tsv,.txt,.gz';
const route = getRouteApi('/import');

interface Sent {
  name: string;
  share: number;
  problem?: string;
}

/** Files dropped, chosen or added, each with how it was read; what is no table says why. */
export function Files({ upload, sending: { sent, add } }: { upload: Upload | undefined; sending: Sending }) {
  const { t } = useTranslation();
  return (
    <div className="import-body">
      <DropZone add={add} small={Boolean(upload?.files.length)} />
      {sent.length > 0 && (
        <ul className="import-sent" aria-label={t('import:files.sending')}>
          {sent.map((each, place) => (
            <li key={`${place} ${each.name}`} role={each.problem ? 'alert' : undefined} data-bad={each.problem ? true : undefined}>
              <b dir="auto">{each.name}</b>
              {each.problem ? <span dir="auto">{each.problem}</span> : <Progress value={each.share * 100} size="sm" aria-label={each.name} />}
            </li>
          ))}
        </ul>
      )}
      {upload && <Kept upload={upload} />}
    </div>
  );
}

interface Sending {
  sent: readonly Sent[];
  add: (files: File[]) => Promise<void>;
}

/** Sends files one after the other; what was refused stays told until others are sent. */
export function useSending(id: string | undefined): Sending {
  const go = route.useNavigate();
  const client = useQueryClient();
  const words = useWords();
  const [sent, setSent] = useState<Sent[]>([]);

  async function add(files: File[]): Promise<void> {
    let upload = id;
    setSent(files.map((file) => ({ name: file.name, share: 0 })));
    const note = (place: number, more: Partial<Sent>) =>
      setSent((now) => now.map((each, at) => (at === place ? { ...each, ...more } : each)));
    for (const [place, file] of files.entries()) {
      try {
        upload = (await send(file, upload, (share) => note(place, { share }))).upload;
        note(place, { share: 1 });
      } catch (error) {
        note(place, { problem: words(asFailure(error)) });
      }
    }
    setSent((now) => now.filter((each) => each.problem));
    if (!upload) return;
    await client.invalidateQueries({ queryKey: keys.importUpload(upload) });
    if (upload !== id) void go({ search: { upload, step: 'files' } });
  }
  return { sent, add };
}

function DropZone({ add, small }: { add: (files: File[]) => Promise<void>; small: boolean }) {
  const { t } = useTranslation();
  const input = useRef<HTMLInputElement>(null);
  const [over, setOver] = useState(false);

  function drop(event: DragEvent): void {
    event.preventDefault();
    setOver(false);
    void add([...event.dataTransfer.files]);
  }

  return (
    <div
      className="import-drop"
      data-over={over || undefined}
      data-small={small || undefined}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      <IconFileUpload size={small ? 24 : 36} stroke={1.4} aria-hidden="true" />
      <b>{t('import:files.drop')}</b>
      {!small && <p>{t('import:files.says')}</p>}
      <Button variant={small ? 'default' : 'filled'} onClick={() => input.current?.click()}>
        {t(small ? 'import:files.more' : 'import:files.choose')}
      </Button>
      <input
        ref={input}
        type="file"
        multiple
        hidden
        accept={ACCEPTED}
        aria-label={t('import:files.choose')}
        onChange={(event) => {
          void add([...(event.currentTarget.files ?? [])]);
          event.currentTarget.value = '';
        }}
      />
    </div>
  );
}

function Kept({ upload }: { upload: Upload }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const drop = useMutation({
    mutationFn: (file: string) => gql<Changed>(DROP, { input: { upload: upload.id, file } }),
    onSettled: () => client.invalidateQueries({ queryKey: keys.importUpload(upload.id) }),
  });
  return (
    <ul className="import-files">
      {upload.files.map((file) => (
        <li key={file.name} className="card">
          <IconTable size={20} stroke={1.6} aria-hidden="true" />
          <FileWords upload={upload.id} file={file} />
          <ActionIcon variant="subtle" color="gray" size={36} aria-label={t('import:files.remove', { file: file.name })} onClick={() => drop.mutate(file.name)}>
            <IconX size={17} />
          </ActionIcon>
        </li>
      ))}
    </ul>
  );
}

function FileWords({ upload, file }: { upload: string; file: ImportFile }) {
  const { t } = useTranslation();
  const format = useFormat();
  const facts = [
    t('import:files.rows', { count: file.rows, number: format.number(file.rows) }),
    t('import:files.columns', { count: file.columns.length, number: format.number(file.columns.length) }),
  ];
  return (
    <div>
      <b className="cut" dir="auto">{file.name}</b>
      <small className="num">
        {facts.join(' · ')} · <bdi>{file.encoding}</bdi>
      </small>
      <small className="cut" dir="auto">{file.columns.map((each) => each.name).join(', ')}</small>
      {file.ragged > 0 && <small className="warn">{t('import:files.ragged', { count: file.ragged, number: format.number(file.ragged) })}</small>}
      {file.columns.length === 1 && <small className="warn">{t('import:files.single')}</small>}
      <FileReading upload={upload} file={file} />
    </div>
  );
}
