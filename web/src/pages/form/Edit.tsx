import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { gql } from '@/api/gql';
import { keys } from '@/api/keys';
import { useSettings } from '@/lib/useSettings';
import { Missing } from '@/app/Pages';
import { recordQuery } from '@/meta/compose';
import { editable } from '@/meta/forms/brief';
import { typeNamed, useModel, type EntityType } from '@/meta/model';
import type { Row } from '@/meta/rows';
import { Fault } from '@/ui/Fault';
import { Editing } from './Editing';
import { keptRecord, orKept } from './orKept';

const TYPE = 'query TypeOf($id: ID!) { record(id: $id) { __typename } }';

/** The record that the address names, to be changed. */
export default function Edit() {
  const { id } = useParams({ from: '/r/$id/edit' });
  const model = useModel();
  const client = useQueryClient();
  const { language } = useSettings();
  const found = useQuery({
    queryKey: [...keys.record(id), 'typeOf'],
    queryFn: ({ signal }) =>
      orKept(
        async () => (await gql<{ record: { __typename: string } | null }>(TYPE, { id }, signal)).record?.__typename ?? '',
        async () => (await keptRecord(client, id, language))?.type,
      ),
    staleTime: 0,
  });
  if (found.isError) return <Fault error={found.error} again={() => void found.refetch()} />;
  if (!model.data || found.isPending) return null;
  const type = typeNamed(model.data, found.data);
  return type ? <Loaded key={id} type={type} id={id} /> : <Missing />;
}

function Loaded({ type, id }: { type: EntityType; id: string }) {
  const fields = editable(type.fields);
  const client = useQueryClient();
  const { language } = useSettings();
  const found = useQuery({
    queryKey: ['form', id, fields.map((field) => field.name)],
    queryFn: ({ signal }) =>
      orKept(
        async () => (await gql<{ record: Row | null }>(recordQuery(type, fields), { id }, signal)).record,
        async () => (await keptRecord(client, id, language))?.row,
      ),
    staleTime: 0,
    gcTime: 0,
  });
  if (found.isError) return <Fault error={found.error} again={() => void found.refetch()} />;
  if (found.isPending) return null;
  return found.data ? <Editing type={type} found={found.data} /> : <Missing />;
}
