import { describe, expect, it } from "vitest";
import { checkLinks } from "./check-links.mjs";

const page = (file: string, html: string, turned: Record<string, string> = {}) => ({
  file,
  html,
  turned,
});
const check = (html: string, turned = {}, files: string[] = []) =>
  checkLinks(
    [page("a.html", html, turned), page("b.html", '<h2 id="so,-so?">b</h2>')],
    new Set(files),
  );

describe("checkLinks", () => {
  it("passes links to pages, files and headings, encoded or not", () => {
    const html =
      '<h2 id="here">h</h2><a href="b.html">1</a><a href="#here">2</a><a href="#">top</a>' +
      '<a href="b.html#so,-so?">3</a><a href="b.html#so%2C-so%3F">4</a><img src="p%20q.png" alt="">';
    expect(check(html, {}, ["p q.png"])).toEqual({ broken: [], external: [] });
  });

  it("names the page, and the link as its source has it", () => {
    const { broken } = check('<a href="c.html">c</a>', { "c.html": "c.ipynb" });
    expect(broken).toEqual(['a.html: the link "c.ipynb" leads to no page or file of the book']);
  });

  it("names a heading that isn't there", () => {
    const { broken } = check('<a href="b.html#gone">b</a><a href="#gone">a</a>');
    expect(broken).toEqual([
      'a.html: the link "b.html#gone" leads to no heading "gone" in b.html',
      'a.html: the link "#gone" leads to no heading "gone" in a.html',
    ]);
  });

  it("finds missing pictures and figures, too", () => {
    const { broken } = check('<img alt="" src="x.png"><figure data-figure="x.js"></figure>');
    expect(broken).toHaveLength(2);
  });

  it("lists links out of the book once, with the pages that have them", () => {
    const out = '<a href="https://x.org/?a=1&amp;b=2">x</a>';
    const { broken, external } = checkLinks(
      [page("a.html", out + out), page("b.html", out)],
      new Set(),
    );
    expect(broken).toEqual([]);
    expect(external).toEqual(["https://x.org/?a=1&b=2 (a.html, b.html)"]);
  });

  it("takes a text that looks like an attribute for a text", () => {
    expect(check('<p>write href=&quot;x&quot; or href="gone"</p>').broken).toEqual([]);
  });
});
