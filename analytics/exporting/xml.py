"""GraphML and GEXF, written node by node: what Gephi, yEd, Cytoscape and networkx read."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import IO, Any
from xml.sax.saxutils import escape, quoteattr

from analytics.exporting.extract import Edges, Extract, Kind, Nodes
from analytics.exporting.written import Written

# what XML 1.0 cannot hold in any form: control characters, lone surrogates, and two that are no characters
FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
GRAPHML = {"number": "double", "integer": "long", "boolean": "boolean", "text": "string"}
GEXF = GRAPHML
HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
Columns = Mapping[str, Kind]
EDGE_COLUMNS: Columns = {"relation": "text", "weight": "number", "validFrom": "text", "validTo": "text"}


def write_graphml(extract: Extract, file: IO[bytes]) -> Written:
    """The extract as GraphML: `type`, `label` and scores of nodes; `relation`, `weight`, `validFrom`, `validTo` of edges."""
    written = Written()
    columns: Columns = {"type": "text", "label": "text", **extract.kinds}
    node_keys = {name: f"n{place}" for place, name in enumerate(columns)}
    edge_keys = {name: f"e{place}" for place, name in enumerate(EDGE_COLUMNS)}
    _put(file, HEAD, '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">\n')
    for domain, keys, kinds in (("node", node_keys, columns), ("edge", edge_keys, EDGE_COLUMNS)):
        for name, key in keys.items():
            title = quoteattr(_clean(name, written))
            _put(file, f'<key id="{key}" for="{domain}" attr.name={title} attr.type="{GRAPHML[kinds[name]]}"/>\n')
    _put(file, '<graph edgedefault="directed">\n')
    for nodes in extract.node_blocks():
        _put(
            file,
            *(f"<node id={id}>{_data(values, node_keys, written)}</node>\n" for id, values in _nodes(nodes, written)),
        )
    for edges in extract.edge_blocks():
        for ends, values in _edges(edges, written):
            _put(file, f"<edge {ends}>{_data(values, edge_keys, written)}</edge>\n")
    _put(file, "</graph>\n</graphml>\n")
    return written


def write_gexf(extract: Extract, file: IO[bytes]) -> Written:
    """The extract as GEXF 1.3: `type` and scores of nodes as attributes beside the label; the same of edges as in GraphML."""
    written = Written()
    columns: Columns = {"type": "text", **extract.kinds}
    edge_columns: Columns = {name: kind for name, kind in EDGE_COLUMNS.items() if name != "weight"}
    node_keys = {name: f"n{place}" for place, name in enumerate(columns)}
    edge_keys = {name: f"e{place}" for place, name in enumerate(edge_columns)}
    _put(file, HEAD, '<gexf xmlns="http://gexf.net/1.3" version="1.3">\n<graph defaultedgetype="directed">\n')
    for domain, keys, kinds in (("node", node_keys, columns), ("edge", edge_keys, edge_columns)):
        _put(file, f'<attributes class="{domain}">\n')
        for name, key in keys.items():
            _put(file, f'<attribute id="{key}" title={quoteattr(_clean(name, written))} type="{GEXF[kinds[name]]}"/>\n')
        _put(file, "</attributes>\n")
    _put(file, "<nodes>\n")
    for nodes in extract.node_blocks():
        for id, values in _nodes(nodes, written):
            label = quoteattr(_clean(str(values.pop("label")), written))
            _put(file, f"<node id={id} label={label}>{_attributes(values, node_keys, written)}</node>\n")
    _put(file, "</nodes>\n<edges>\n")
    for edges in extract.edge_blocks():
        for ends, values in _edges(edges, written):
            weight = values.pop("weight")
            heavy = "" if weight is None else f' weight="{_text(weight, written)}"'
            _put(file, f"<edge {ends}{heavy}>{_attributes(values, edge_keys, written)}</edge>\n")
    _put(file, "</edges>\n</graph>\n</gexf>\n")
    return written


def _nodes(nodes: Nodes, written: Written) -> Iterator[tuple[str, dict[str, Any]]]:
    for place, id in enumerate(nodes.ids):
        values = {"type": nodes.types[place], "label": nodes.labels[place]}
        scores = {name: column[place] for name, column in nodes.scores.items()}
        written.empty += sum(value is None for value in scores.values())
        written.nodes += 1
        yield quoteattr(id), {**values, **scores}


def _edges(edges: Edges, written: Written) -> Iterator[tuple[str, dict[str, Any]]]:
    for place, (source, target) in enumerate(zip(edges.sources, edges.targets, strict=True)):
        values = {
            "relation": edges.relation,
            "weight": None if edges.weights is None else edges.weights[place],
            "validFrom": None if edges.valid_from is None else edges.valid_from[place],
            "validTo": None if edges.valid_to is None else edges.valid_to[place],
        }
        ends = f'id="{written.edges}" source={quoteattr(source)} target={quoteattr(target)}'
        written.edges += 1
        yield ends, values


def _data(values: Mapping[str, Any], keys: Mapping[str, str], written: Written) -> str:
    return "".join(f'<data key="{keys[name]}">{text}</data>' for name, text in _texts(values, written))


def _attributes(values: Mapping[str, Any], keys: Mapping[str, str], written: Written) -> str:
    found = "".join(
        f'<attvalue for="{keys[name]}" value={_attribute(text)}/>' for name, text in _texts(values, written)
    )
    return f"<attvalues>{found}</attvalues>" if found else ""


def _texts(values: Mapping[str, Any], written: Written) -> Iterable[tuple[str, str]]:
    return ((name, _text(value, written)) for name, value in values.items() if value is not None)


def _text(value: Any, written: Written) -> str:
    """A value as the text of an element."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%dT%H:%MZ")
    if isinstance(value, str):
        # a bare carriage return would be read as a line's end
        return escape(_clean(value, written), {"\r": "&#13;"})
    return str(value).replace("inf", "INF")


def _attribute(text: str) -> str:
    return '"' + text.replace('"', "&quot;").replace("\n", "&#10;").replace("\t", "&#9;") + '"'


def _clean(text: str, written: Written) -> str:
    cleaned = FORBIDDEN.sub("", text)
    written.cleaned += cleaned != text
    return cleaned


def _put(file: IO[bytes], *texts: str) -> None:
    for text in texts:
        file.write(text.encode())
