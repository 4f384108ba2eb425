import { headers, refused } from "./client";

/** Sending is an upload on its way. */
export interface Sending<T> {
  done: Promise<T>;
  abort: () => void;
}

/** upload sends a form and tells how far it has come (0 to 1): fetch cannot say that of what it sends. */
export function upload<T>(
  path: string,
  form: FormData,
  progress: (share: number) => void,
  more: Record<string, string> = {},
): Sending<T> {
  const request = new XMLHttpRequest();
  const done = new Promise<T>((resolve, reject) => {
    request.open("POST", path);
    for (const [name, value] of Object.entries({ ...headers("POST"), ...more })) request.setRequestHeader(name, value);
    request.upload.onprogress = event => event.lengthComputable && progress(event.loaded / event.total);
    request.onerror = () => reject(new TypeError("network"));
    request.onabort = () => reject(new DOMException("aborted", "AbortError"));
    request.onload = () => {
      if (request.status >= 400) reject(refused(request.status, request.responseText, path));
      else resolve((request.responseText ? JSON.parse(request.responseText) : undefined) as T);
    };
    request.send(form);
  });
  return { done, abort: () => request.abort() };
}

/** fileForm is a form with one file under the name that the API expects, and further fields. */
export function fileForm(file: File, fields: Record<string, string> = {}): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.set(name, value);
  form.set("file", file, file.name);
  return form;
}
