package org.mobilenet4j.formats.dataset.boxes;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.mobilenet4j.error.BadFileException;

/// Goes through an XML file from one end of an element to the next: enough for files whose elements hold either text or
/// elements. A file that declares a document type, and with it entities, is refused: nothing is ever fetched or
/// expanded.
final class XmlCursor {
    private static final long MAX_BYTES = 16 << 20;
    private static final int MAX_DEPTH = 32;
    private static final int MAX_TEXT = 4096;
    /// Of the names of an element and those around it.
    private static final int MAX_PATH = 512;

    private final Path file;
    private final XMLStreamReader reader;
    private final StringBuilder path = new StringBuilder();
    private final StringBuilder text = new StringBuilder();

    private XmlCursor(Path file, XMLStreamReader reader) {
        this.file = file;
        this.reader = reader;
    }

    /// What is done at the beginning and the end of an element.
    interface Visitor {
        /// An element begins.
        ///
        /// @param path the names of the elements around it and its own, such as `annotation/object`
        void begin(String path, Place place) throws BadFileException;

        /// An element ends.
        ///
        /// @param path as where it began
        /// @param text the text in it behind its last element, without spaces around
        void end(String path, String text, Place place) throws BadFileException;
    }

    /// Shows all elements of `file` to `visitor`, in their order.
    ///
    /// @throws BadFileException if it is not such XML
    /// @throws IOException if it cannot be read
    static void walk(Path file, Visitor visitor) throws IOException {
        if (Files.size(file) > MAX_BYTES) {
            throw new BadFileException(file, "is longer than the limit of " + MAX_BYTES + " bytes");
        }
        var factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        try (var stream = Files.newInputStream(file)) {
            var reader = factory.createXMLStreamReader(stream);
            try {
                new XmlCursor(file, reader).walk(visitor);
            } finally {
                reader.close();
            }
        } catch (XMLStreamException e) {
            throw new BadFileException(place(file, e).toString(), "is not well-formed XML; write it again", e);
        }
    }

    private static Place place(Path file, XMLStreamException e) {
        return new Place(
                file, e.getLocation() == null ? 1 : Math.max(1, e.getLocation().getLineNumber()));
    }

    private void walk(Visitor visitor) throws XMLStreamException, BadFileException {
        for (int depth = 0; reader.hasNext(); ) {
            switch (next()) {
                case XMLStreamConstants.START_ELEMENT -> {
                    if (++depth > MAX_DEPTH) {
                        throw new BadFileException(
                                place().toString(), "has more than " + MAX_DEPTH + " elements in each other");
                    }
                    path.append(depth > 1 ? "/" : "").append(reader.getLocalName());
                    if (path.length() > MAX_PATH) {
                        throw new BadFileException(place().toString(), "has elements with far too long names");
                    }
                    text.setLength(0);
                    visitor.begin(path.toString(), place());
                }
                case XMLStreamConstants.END_ELEMENT -> {
                    visitor.end(path.toString(), text.toString().strip(), place());
                    path.setLength(Math.max(0, path.lastIndexOf("/")));
                    text.setLength(0);
                    depth--;
                }
                case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA ->
                    text.append(
                            reader.getTextCharacters(),
                            reader.getTextStart(),
                            Math.min(reader.getTextLength(), MAX_TEXT - text.length()));
                case XMLStreamConstants.DTD, XMLStreamConstants.ENTITY_REFERENCE ->
                    throw new BadFileException(
                            place().toString(),
                            "declares a document type or an entity, which is not read; take it out");
                default -> {}
            }
        }
    }

    /// The parser fails on some damaged files with exceptions of its own.
    private int next() throws XMLStreamException {
        try {
            return reader.next();
        } catch (RuntimeException damage) {
            throw new XMLStreamException(String.valueOf(damage.getMessage()), reader.getLocation(), damage);
        }
    }

    private Place place() {
        return new Place(file, Math.max(1, reader.getLocation().getLineNumber()));
    }
}
