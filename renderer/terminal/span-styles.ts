/**
 * xterm.js writes colours that a program gives as numbers into `style`
 * attributes, which the page's policy forbids (`style-src-attr 'none'`); the same through the object model is allowed. On
 * spans, which are what xterm.js draws with, the one becomes the other. Markup that gets in is barred as before.
 */
export function styleSpansByObject(): void {
  HTMLSpanElement.prototype.setAttribute = function (name: string, value: string) {
    if (name === 'style') this.style.cssText = value;
    else Element.prototype.setAttribute.call(this, name, value);
  };
}
