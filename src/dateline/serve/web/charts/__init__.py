"""Charts, drawn by the server as SVG that needs no script: numbers become positions here, templates write them."""
