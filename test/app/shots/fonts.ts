/** A configuration of fontconfig: what comes closest to a Mac's own fonts, where that is installed. */
export const FONTS = `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>
<include ignore_missing="yes">/etc/fonts/fonts.conf</include>
${[
  ['system-ui', 'Inter'],
  ['sans', 'Inter'],
  ['sans-serif', 'Inter'],
  ['ui-monospace', 'JetBrains Mono'],
]
  .map(
    ([asked, given]) => `<match target="pattern"><test name="family"><string>${asked}</string></test>
<edit name="family" mode="prepend" binding="strong"><string>${given}</string></edit></match>`,
  )
  .join('\n')}
</fontconfig>`;
