/** A photograph has no more pixels than this on its longer side: enough to read a notice on a wall, and a tenth of the bytes. */
const side = 2560;
const quality = 0.88;

/** fitted is the size of a picture that is no longer than `most` on its longer side; one that fits stays as it is. */
export function fitted(width: number, height: number, most = side): { width: number; height: number } {
  const scale = Math.min(1, most / Math.max(width, height));
  return { width: Math.round(width * scale), height: Math.round(height * scale) };
}

/** smaller is a photograph scaled down for sending; what fits, is no picture or cannot be read here stays as it is. */
export async function smaller(file: File): Promise<File> {
  if (!/^image\/(jpeg|png|webp)$/.test(file.type)) return file;
  try {
    const picture = await createImageBitmap(file);
    const to = fitted(picture.width, picture.height);
    if (to.width === picture.width) return file;
    const canvas = document.createElement("canvas");
    canvas.width = to.width;
    canvas.height = to.height;
    canvas.getContext("2d")?.drawImage(picture, 0, 0, to.width, to.height);
    picture.close();
    const made = await new Promise<Blob | null>(resolve => canvas.toBlob(resolve, "image/jpeg", quality));
    if (!made || made.size >= file.size) return file;
    return new File([made], file.name.replace(/\.\w+$/, ".jpg"), { type: "image/jpeg", lastModified: file.lastModified });
  } catch {
    return file; // this browser cannot read it: the original goes
  }
}
