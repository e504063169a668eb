package org.mobilenet4j.app.cli.pull;

import java.util.Iterator;
import org.mobilenet4j.app.pull.Catalog;
import org.mobilenet4j.app.pull.CatalogModel;

/// What shells complete the name of a model to pull to.
final class CatalogNames implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
        return Catalog.bundled().models().stream().map(CatalogModel::name).iterator();
    }
}
