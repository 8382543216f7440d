/**
 * Why this file exists: /api/docs shows the generated document without anybody else's scripts or styles.
 */
export const DOCS_HTML = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Rådslag API</title>
<link rel="stylesheet" href="/api/docs.css">
<script src="/api/docs.js" type="module"></script>
</head>
<body>
<main>
<h1>Rådslag API</h1>
<p id="about"></p>
<p>The whole document: <a href="/api/openapi.json">/api/openapi.json</a></p>
<div id="routes"></div>
</main>
</body>
</html>
`;

export const DOCS_CSS = `:root { color-scheme: light dark; }
body { margin: 0; font: 1rem/1.5 system-ui, sans-serif; }
main { max-width: 60rem; margin: 0 auto; padding: 2rem 1rem; }
h2 { margin-top: 2rem; }
details { border-top: 1px solid color-mix(in srgb, currentColor 20%, transparent); padding: .5rem 0; }
summary { cursor: pointer; overflow-wrap: anywhere; }
summary code { font-weight: 600; }
pre { overflow: auto; padding: .75rem; border: 1px solid color-mix(in srgb, currentColor 20%, transparent); }
`;

export const DOCS_JS = `const methods = ['get', 'post', 'put', 'patch', 'delete'];
const add = (parent, name, text) => {
  const element = document.createElement(name);
  if (text !== undefined) element.textContent = text;
  parent.append(element);
  return element;
};
const spec = await (await fetch('/api/openapi.json')).json();
document.getElementById('about').textContent = spec.info.description;
const root = document.getElementById('routes');
const tags = new Map();
for (const [path, item] of Object.entries(spec.paths))
  for (const method of methods)
    if (item[method]) {
      const tag = item[method].tags?.[0] ?? 'Other';
      tags.set(tag, [...(tags.get(tag) ?? []), { path, method, operation: item[method] }]);
    }
for (const [tag, routes] of tags) {
  add(root, 'h2', tag);
  for (const { path, method, operation } of routes) {
    const details = add(root, 'details');
    const summary = add(details, 'summary');
    add(summary, 'code', method.toUpperCase() + ' ' + path);
    summary.append(' ' + (operation.summary ?? ''));
    const body = operation.requestBody?.content?.['application/json']?.schema;
    if (body) { add(details, 'h3', 'Body'); add(details, 'pre', JSON.stringify(body, null, 2)); }
    for (const [status, response] of Object.entries(operation.responses ?? {})) {
      add(details, 'h3', status + ' ' + (response.description ?? ''));
      const schema = response.content?.['application/json']?.schema;
      if (schema) add(details, 'pre', JSON.stringify(schema, null, 2));
    }
  }
}
if (spec.components?.schemas) {
  add(root, 'h2', 'Schemas');
  for (const [name, schema] of Object.entries(spec.components.schemas)) {
    const details = add(root, 'details');
    add(add(details, 'summary'), 'code', name);
    add(details, 'pre', JSON.stringify(schema, null, 2));
  }
}
`;
