"""Turns lessons and Markdown pages into HTML, without running anything.

Usage: render_pages.py REQUEST.json ANSWER.json

The request names the project's folder (`root`), the folder that links are relative to (`folder`) and
the pages: `{"file": notebook or Markdown file, "name": the page's name}`. The answer holds a page
each, see `RenderedPage` in render-pages.mjs. nbconvert does the converting, Pygments the colours;
formulas are left as `<tex-math>` for KaTeX, which is Node's.

The notebooks are the workbook's own, so their HTML is taken as it is.
"""

import json
import re
import sys
from html import escape
from pathlib import Path
from urllib.parse import unquote, urlsplit

import nbformat
from bs4 import BeautifulSoup, NavigableString, Tag
from nbconvert import HTMLExporter
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath

FIGURE = "application/vnd.plotly.v1+json"
# The first of these that an output has is shown.
SHOWN = [
    "text/html",
    "text/markdown",
    "image/svg+xml",
    "image/png",
    "image/jpeg",
    "text/latex",
    "text/plain",
]
HEADINGS = ["h1", "h2", "h3", "h4"]
# A space belongs between the texts of these and what follows.
BLOCKS = {"p", "li", "td", "th", "tr", "div", "pre", "br", "caption", "summary", "blockquote"}
# Pages beside the lessons.
PAGES = {"README.md": "index", "LICENSE.md": "license"}


class Renderer(IPythonRenderer):
    """nbconvert's Markdown, with formulas marked instead of left in the text."""

    def _html_embed_images(self, html):
        """Leaves HTML alone: nbconvert closes what a fragment opens, `<details>` too."""
        return html

    def block_math(self, body):
        return f'<tex-math display="true">{escape(body, quote=False)}</tex-math>'

    def inline_math(self, body):
        return f"<tex-math>{escape(body, quote=False)}</tex-math>"

    def latex_environment(self, name, body):
        return self.block_math(f"\\begin{{{name}}}{body}\\end{{{name}}}")


def to_html(source, folder):
    renderer = Renderer(
        escape=False, embed_images=True, exclude_anchor_links=False, path=str(folder)
    )
    return MarkdownWithMath(renderer=renderer).render(source)


def exporter(folder):
    """nbconvert's exporter with our template; `folder` is where a lesson's images are looked for."""
    here = Path(__file__).resolve().parent
    made = HTMLExporter(
        template_name="template",
        extra_template_basedirs=[str(here)],
        filters={"markdown2html": lambda source: to_html(source, folder)},
    )
    made.config.NbConvertBase.display_data_priority = SHOWN
    made.update_config(made.config)
    return made


def take_figures(notebook, name):
    """Puts a `<figure>` in each figure's place; returns what is to be drawn there."""
    figures = []
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            data = output.get("data", {})
            if FIGURE not in data:
                continue
            picture = output.get("metadata", {}).get("image/png", {})
            alt = str(picture.get("alt") or data.get("text/plain", "")).strip()
            figure = {
                "id": f"{name}-{len(figures) + 1}",
                "spec": data[FIGURE],
                "picture": data.get("image/png", ""),
                "alt": alt,
            }
            figures.append(figure)
            output["data"] = {"text/html": figure_html(figure, picture)}
    return figures


def figure_html(figure, size):
    height = figure["spec"].get("layout", {}).get("height") or size.get("height") or 400
    picture = (
        f'<img src="figures/{figure["id"]}.png" alt="{escape(figure["alt"])}" loading="lazy"'
        f' width="{size.get("width", 800)}" height="{size.get("height", height)}">'
        if figure["picture"]
        else f'<p>{escape(figure["alt"])}</p>'
    )
    return (
        f'<figure class="figure" data-figure="figures/{figure["id"]}.js"'
        f' style="--height: {height}px" aria-label="{escape(figure["alt"])}">{picture}</figure>'
    )


def classes(node):
    return node.get("class", []) if isinstance(node, Tag) else []


def unique_ids(soup):
    """Makes equal headings' anchors differ, and gives each heading a link to itself."""
    seen = set()
    for heading in soup.find_all(HEADINGS):
        for anchor in heading.find_all("a", class_="anchor-link"):
            anchor.decompose()
        wanted = heading.get("id") or "section"
        number = 1
        heading["id"] = wanted
        while heading["id"] in seen:
            number += 1
            heading["id"] = f"{wanted}-{number}"
        seen.add(heading["id"])
        if heading.name != "h1":
            link = soup.new_tag("a", href=f"#{heading['id']}")
            link["class"] = "anchor"
            link["aria-label"] = f"Link to “{heading.get_text().strip()}”"
            link.string = "#"
            heading.append(link)


def turn_links(soup, request):
    """Lets links between lessons lead between pages; returns the sources of what was turned."""
    folder, root = Path(request["folder"]), Path(request["root"])
    turned = {}
    for link in soup.find_all("a", href=True):
        href = link["href"]
        parts = urlsplit(href)
        if parts.scheme or parts.netloc or not parts.path:
            continue
        path = unquote(parts.path)
        # Notebooks in folders beneath, the exercises, are no pages of the book.
        if path.endswith(".ipynb") and "/" not in path:
            target = f"{path.removesuffix('.ipynb')}.html"
        elif path in PAGES:
            target = f"{PAGES[path]}.html"
        elif (folder / path).resolve().is_relative_to(root) and (folder / path).exists():
            # The book is read without the repository: a file of it can be named, not opened.
            where = (folder / path).resolve().relative_to(root).as_posix()
            link.name = "span"
            del link["href"]
            link["class"] = "repository-file"
            link["title"] = f"In the repository: {where}"
            continue
        else:
            target = path
        link["href"] = target + (f"#{parts.fragment}" if parts.fragment else "")
        turned[link["href"]] = href
    return turned


def wrap_tables(soup):
    """Wide tables scroll by themselves, not the page."""
    for table in soup.find_all("table"):
        table.wrap(soup.new_tag("div", attrs={"class": "table-scroll"}))


def head_of(soup):
    """What a lesson says of itself in its first cell."""
    title = soup.find("h1")
    first = title.find_next("p") if title else None
    parts = [child for child in first.children if str(child).strip()] if first else []
    question = parts[0] if parts and parts[0].name in ("em", "strong") else None
    about = soup.find(lambda tag: tag.name == "p" and "Time:" in tag.get_text())
    time = re.search(r"Time:\s*([^.]+)\.", about.get_text()) if about else None
    after = str(about).partition("Builds on")[2] if about else ""
    builds_on = re.findall(r'href="([^"#]+)\.html', re.split("All lessons|Next:", after)[0])
    return {
        "title": title.get_text().strip() if title else "",
        "question": " ".join(question.get_text().split()) if question else "",
        "time": " ".join(time[1].split()) if time else "",
        "buildsOn": builds_on,
    }


def sections_of(soup, page):
    """The page's texts, heading by heading, for the search."""
    sections = []
    # The first page shows the lessons as a path instead.
    left_out = {"table"} if page == "index" else set()

    def add(kind, text):
        if sections:
            sections[-1][kind].append(text)

    def walk(node):
        for child in node.children:
            if isinstance(child, NavigableString):
                add("text", str(child))
            elif not isinstance(child, Tag) or child.name in left_out:
                continue
            elif "unseen" in classes(child):
                continue
            elif child.name in HEADINGS:
                parts = [part for part in child.children if "anchor" not in classes(part)]
                title = "".join(part.get_text() for part in parts).strip()
                level = int(child.name[1])
                sections.append(
                    {"id": child["id"], "level": level, "title": title, "text": [], "code": []}
                )
            elif "highlight" in classes(child):
                add("code", child.get_text() + " ")
            else:
                if child.name == "figure":
                    add("text", f" {child.get('aria-label', '')} ")
                if child.name in BLOCKS:
                    add("text", " ")
                walk(child)
                if child.name in BLOCKS:
                    add("text", " ")

    walk(soup)
    for section in sections:
        for kind in ("text", "code"):
            section[kind] = " ".join("".join(section[kind]).split())
    return sections


def render(page, request):
    file = Path(page["file"])
    figures = []
    if file.suffix == ".ipynb":
        notebook = nbformat.read(file, as_version=4)
        figures = take_figures(notebook, page["name"])
        html, _ = exporter(file.parent).from_notebook_node(notebook)
    else:
        html = f'<div class="cell text">{to_html(file.read_text("utf-8"), file.parent)}</div>'
    soup = BeautifulSoup(html, "html.parser")
    unique_ids(soup)
    turned = turn_links(soup, request)
    wrap_tables(soup)
    return {
        "name": page["name"],
        "html": str(soup).strip(),
        "figures": figures,
        "turned": turned,
        "sections": sections_of(soup, page["name"]),
        **head_of(soup),
    }


def main(request_file, answer_file):
    request = json.loads(Path(request_file).read_text("utf-8"))
    pages = [render(page, request) for page in request["pages"]]
    Path(answer_file).write_text(json.dumps(pages), "utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
