// A photo of a paper form, as a phone takes it.
export const PLACE_OF_THE_PHOTO = 'SADA-GPS-36.586N-37.044E';

/** A photo as a phone takes it: large, with Exif and GPS. */
export async function photo(phone) {
  const base64 = await phone.page.evaluate(() => {
    const canvas = Object.assign(document.createElement('canvas'), { width: 3000, height: 2200 });
    const drawing = canvas.getContext('2d');
    drawing.fillStyle = '#fff';
    drawing.fillRect(0, 0, 3000, 2200);
    drawing.fillStyle = '#123';
    drawing.font = '120px sans-serif';
    for (let line = 0; line < 16; line += 1) drawing.fillText(`لم تصلنا السلة منذ شهرين ${line} ${Math.random()}`, 200, 130 * line + 150);
    // Noise, as paper has it, so that the picture has a photo's size.
    for (let n = 0; n < 60_000; n += 1) { drawing.fillStyle = `hsl(${Math.random() * 360} 30% 80%)`; drawing.fillRect(Math.random() * 3000, Math.random() * 2200, 6, 6); }
    return canvas.toDataURL('image/jpeg', 0.95).split(',')[1];
  });
  const plain = Buffer.from(base64, 'base64');
  const exif = Buffer.concat([Buffer.from('Exif\0\0MM\0*\0\0\0\x08', 'latin1'), Buffer.from(`GPS ${PLACE_OF_THE_PHOTO}`)]);
  const head = Buffer.from([0xff, 0xe1, 0, 0]);
  head.writeUInt16BE(exif.length + 2, 2);
  return { name: 'IMG_0001.jpg', mimeType: 'image/jpeg', buffer: Buffer.concat([plain.subarray(0, 2), head, exif, plain.subarray(2)]) };
}

export async function attach(phone, file) {
  await phone.at('photo-file').setInputFiles(file);
  await phone.at('photo-remove').waitFor({ timeout: 30_000 });
}
