import { Button, NativeSelect } from '@mantine/core';
import { IconDownload, IconFileImport } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { accepted } from '@/api/failures';
import { gql } from '@/api/gql';
import { keys } from '@/api/keys';
import { useSettings } from '@/lib/useSettings';
import { heading, useModel } from '@/meta/model';
import { Bone } from '@/ui/Bones';
import { Fault } from '@/ui/Fault';
import { useSaid } from '@/ui/useSaid';
import { SAVE, type Changed, type Guess, type ImportFile, type SourceGuess, type Upload } from './api';
import { ColumnTable } from './ColumnTable';
import { firstRule, isReady, nameOfFile, withFile, type Mapping } from './mapping';
import { NewType } from './NewType';
import { Preview } from './Preview';
import { guessedAs, useGuess, useMapping } from './useImport';

const route = getRouteApi('/import');
const NOTHING: Mapping = { name: 'upload', sources: {} };
const NEW = '+';
const NO_GUESSES: readonly Guess[] = [];

/** What each column means: guessed first, then as the reader says, with what becomes of the first rows beside it. */
export function Columns({ upload }: { upload: Upload }) {
  const { t } = useTranslation();
  const guess = useGuess(upload);
  const { source: chosen } = route.useSearch();
  const go = route.useNavigate();
  const { change, errors } = useMapping(upload);
  const said = useSaid();
  const begun = useRef(false);
  useEffect(() => {
    if (begun.current || upload.mapping || !guess.data) return;
    begun.current = true;
    change(guess.data.mapping);
  }, [upload.mapping, guess.data, change]);

  if (guess.isError) return <Fault error={guess.error} again={() => void guess.refetch()} />;
  const file = upload.files.find((each) => each.name === chosen) ?? upload.files[0];
  const about = guess.data?.sources.find((each) => each.file === file?.name);
  if (!file || !about || !upload.mapping) return <div className="import-body"><Bone height={40} /><Bone height={320} /></div>;
  return (
    <div className="import-body">
      <div className="import-tools">
        <NativeSelect
          aria-label={t('import:columns.file')}
          value={file.name}
          data={upload.files.map((each) => each.name)}
          onChange={(event) => void go({ search: { upload: upload.id, step: 'columns', source: event.currentTarget.value }, replace: true })}
        />
        <span className="grow" />
        <MappingFile upload={upload} />
      </div>
      <Meaning key={file.name} upload={upload} file={file} about={about} change={change} />
      {errors.length > 0 && isReady(upload.mapping) && (
        <ul className="import-errors" role="status">
          {errors.slice(0, 5).map((each) => <li key={each.message} dir="auto">{said.problem(each)}</li>)}
        </ul>
      )}
    </div>
  );
}

interface MeaningProps {
  upload: Upload;
  file: ImportFile;
  about: SourceGuess;
  change: (mapping: Mapping) => void;
}

function Meaning({ upload, file, about, change }: MeaningProps) {
  const { t } = useTranslation();
  const { language } = useSettings();
  const { data: model } = useModel();
  const mapping = upload.mapping ?? NOTHING;
  const name = nameOfFile(mapping, file.name) ?? about.name;
  const source = mapping.sources[name];
  const type = firstRule(source)?.[1].type;
  const client = useQueryClient();
  const byHand = type !== undefined && type !== about.type;
  const guessed = useQuery({ ...guessedAs(upload, file, type ?? ''), enabled: byHand });
  const guesses = byHand ? guessed.data?.columns : about.columns;
  const choose = useMutation({
    mutationFn: async (next: string) => {
      if (!next) return withFile(mapping, name, undefined);
      const found = await client.fetchQuery(guessedAs(upload, file, next));
      return withFile(mapping, name, found?.source ?? { file: file.name, records: { record: { type: next, key: [], fields: {} } } });
    },
    onSuccess: change,
  });
  const links = source && !type ? t('import:columns.onlyLinks') : t('import:columns.skip');
  const types = (model?.types ?? []).map((each) => ({ value: each.name, label: heading(each.labels, language) }));
  return (
    <>
      <div className="import-tools">
        <NativeSelect
          label={t('import:columns.type')}
          value={type ?? ''}
          data={[{ value: '', label: links }, ...types, { value: NEW, label: t('import:columns.newType') }]}
          disabled={choose.isPending}
          onChange={(event) => choose.variables !== event.currentTarget.value && event.currentTarget.value !== NEW && choose.mutate(event.currentTarget.value)}
        />
        {!type && <NewType proposal={about.newType} made={(made) => choose.mutate(made)} />}
      </div>
      {choose.isError && <Fault error={choose.error} />}
      {source && <ColumnTable file={file} mapping={mapping} name={name} guesses={guesses ?? NO_GUESSES} change={change} />}
      {isReady(mapping) && source && <Preview upload={upload.id} mapping={mapping} source={name} file={file} />}
      {!source && <p className="muted">{t('import:columns.unmapped')}</p>}
    </>
  );
}

/** The mapping as the file that the command takes, out and in. */
function MappingFile({ upload }: { upload: Upload }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const input = useRef<HTMLInputElement>(null);
  const load = useMutation({
    mutationFn: async (file: File) => {
      const { done } = await gql<Changed>(SAVE, { input: { upload: upload.id, text: await file.text() } });
      accepted(done);
    },
    onSettled: () => client.invalidateQueries({ queryKey: keys.importUpload(upload.id) }),
  });
  const download = upload.text ? `data:application/yaml;charset=utf-8,${encodeURIComponent(upload.text)}` : undefined;
  return (
    <>
      {load.isError && <Fault error={load.error} />}
      <Button variant="default" leftSection={<IconFileImport size={16} />} loading={load.isPending} onClick={() => input.current?.click()}>
        {t('import:columns.load')}
      </Button>
      <input
        ref={input}
        type="file"
        hidden
        accept=".yaml,.yml"
        aria-label={t('import:columns.load')}
        onChange={(event) => {
          const file = event.currentTarget.files?.[0];
          if (file) load.mutate(file);
          event.currentTarget.value = '';
        }}
      />
      {download && (
        <Button variant="default" leftSection={<IconDownload size={16} />} renderRoot={(props) => <a href={download} download="mapping.yaml" {...props} />}>
          {t('import:columns.save')}
        </Button>
      )}
    </>
  );
}
