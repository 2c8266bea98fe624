// What native.rs asks of the file chosen in the field whose id is `field`: its bytes, or a small plain picture of it, in base64.
const file = document.getElementById(field)?.files[0];
const base64 = blob => new Promise((yes, no) => {
  const reader = new FileReader();
  reader.onload = () => yes(reader.result.slice(reader.result.indexOf(',') + 1));
  reader.onerror = no;
  reader.readAsDataURL(blob);
});
/** Drawn anew, so that nothing but what is seen goes on; nothing if no side and quality makes it small enough. */
const small = async (blob, sides, qualities, mostBytes) => {
  const image = await createImageBitmap(blob);
  const canvas = document.createElement('canvas');
  for (const side of sides) {
    const scale = Math.min(1, side / Math.max(image.width, image.height));
    canvas.width = Math.max(1, Math.round(image.width * scale));
    canvas.height = Math.max(1, Math.round(image.height * scale));
    canvas.getContext('2d').drawImage(image, 0, 0, canvas.width, canvas.height);
    for (const quality of qualities) {
      const drawn = await new Promise(yes => canvas.toBlob(yes, 'image/jpeg', quality));
      if (drawn && drawn.size <= mostBytes) return base64(drawn);
    }
  }
};
