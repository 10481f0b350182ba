'use strict';

// Shows one of the documents that this gateway publishes: the one that ?api=NAME names, else the first.
async function show() {
  const answer = await fetch('docs/apis.json');
  if (!answer.ok) {
    throw new Error(`The list of documents answered ${answer.status}.`);
  }
  const apis = await answer.json();
  const wanted = new URLSearchParams(location.search).get('api');
  const shown = apis.find((api) => api.name === wanted) ?? apis[0];
  document.title = shown.title;
  if (apis.length > 1) {
    list(apis, shown);
  }
  SwaggerUIBundle({
    url: shown.path,
    dom_id: '#api',
    deepLinking: true,
    docExpansion: 'list',
    layout: 'BaseLayout',
    presets: [SwaggerUIBundle.presets.apis],
    // By default the document's address would go to a validator on the internet.
    validatorUrl: null,
  });
}

function list(apis, shown) {
  const links = apis.map((api) => {
    const link = document.createElement('a');
    link.href = `?api=${encodeURIComponent(api.name)}`;
    link.textContent = api.title;
    if (api === shown) {
      link.setAttribute('aria-current', 'page');
    }
    return link;
  });
  const nav = document.getElementById('apis');
  nav.replaceChildren(...links);
  nav.hidden = false;
}

show().catch((error) => {
  const message = document.createElement('p');
  message.className = 'failed';
  message.textContent = `The documentation cannot be shown. ${error.message}`;
  document.getElementById('api').replaceChildren(message);
});
