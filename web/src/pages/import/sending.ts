/** Sends the bytes of a file as they are, and tells how far that is; `fetch` cannot tell. */
import { Failure } from '@/api/failures';

interface Refused {
  errors?: { message: string; extensions?: { code?: string; details?: unknown } }[];
}

export interface Taken {
  upload: string;
  file: string;
}

export function send(file: File, upload: string | undefined, progress: (share: number) => void): Promise<Taken> {
  const query = new URLSearchParams({ name: file.name, ...(upload ? { upload } : {}) });
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', `/imports/files?${query}`);
    request.setRequestHeader('content-type', 'application/octet-stream');
    request.upload.onprogress = ({ loaded, total }) => progress(total ? loaded / total : 0);
    request.onerror = () => reject(new Failure('offline', ''));
    request.onload = () => {
      if (request.status === 201) resolve(JSON.parse(request.responseText) as Taken);
      else reject(failure(request));
    };
    request.send(file);
  });
}

function failure(request: XMLHttpRequest): Failure {
  const id = request.getResponseHeader('x-request-id') ?? '';
  try {
    const { errors = [] } = JSON.parse(request.responseText) as Refused;
    const problems = errors.map(({ message, extensions }) => ({ code: extensions?.code ?? 'unexpected', message, path: [], details: extensions?.details }));
    return new Failure(problems[0]?.code ?? 'unexpected', problems[0]?.message ?? '', id, problems);
  } catch {
    return new Failure('unavailable', '', id);
  }
}
