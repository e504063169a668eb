package org.mobilenet4j.app.cli.options;

import java.util.Iterator;
import org.mobilenet4j.arch.zoo.Networks;

/// What shells complete a network's name to.
public final class NetworkNames implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
        return Networks.names().iterator();
    }
}
