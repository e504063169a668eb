package org.mobilenet4j.server.http;

import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.commons.fileupload2.core.AbstractFileUpload;
import org.apache.commons.fileupload2.core.DiskFileItem;
import org.apache.commons.fileupload2.core.DiskFileItemFactory;
import org.apache.commons.fileupload2.core.FileItemInput;
import org.apache.commons.fileupload2.core.FileItemInputIterator;
import org.apache.commons.fileupload2.core.FileUploadException;
import org.apache.commons.fileupload2.core.RequestContext;
import org.jspecify.annotations.Nullable;
import org.mobilenet4j.error.BadValueException;
import org.mobilenet4j.server.model.Photo;
import org.mobilenet4j.server.settings.Limits;

/// The photos in a request's body: the body itself, or the parts of a multipart form. Nothing is
/// written to a file.
public final class Photos {
    private final Bodies bodies;
    private final Limits limits;

    Photos(Bodies bodies, Limits limits) {
        this.bodies = bodies;
        this.limits = limits;
    }

    /// The photos that `request` brings, at least one; they are not decoded yet.
    ///
    /// @throws ProblemException if there is none, or the body is not what its type says
    public List<Photo> read(ServerRequest request) {
        var type = request.headers().first(HeaderNames.CONTENT_TYPE).orElse("");
        var body = bodies.read(request);
        if (type.toLowerCase(Locale.ROOT).startsWith("multipart/")) {
            return parts(type, body);
        }
        if (body.length == 0) {
            throw new BadValueException("the request has no body; send a photo");
        }
        return List.of(of(body));
    }

    /// A photo that came by other ways, such as within JSON.
    public Photo of(byte[] bytes) {
        return new Photo(null, bytes, limits.decoding());
    }

    private List<Photo> parts(String type, byte[] body) {
        var photos = new ArrayList<Photo>();
        var form = new Form();
        try {
            var parts = form.getItemIterator(new MemoryBody(type, body));
            while (parts.hasNext()) {
                photos.add(part(parts.next()));
                if (photos.size() > limits.photos()) {
                    throw new ProblemException(
                            Status.REQUEST_ENTITY_TOO_LARGE_413,
                            "the form has more than " + limits.photos() + " parts; send fewer at once");
                }
            }
        } catch (IOException | IllegalArgumentException _) {
            throw new BadValueException("the body is no multipart form as its type says; see RFC 7578");
        }
        if (photos.isEmpty()) {
            throw new BadValueException("the form has no parts; send a photo in each");
        }
        return photos;
    }

    private Photo part(FileItemInput part) throws IOException {
        try (var in = part.getInputStream()) {
            return new Photo(name(part), in.readAllBytes(), limits.decoding());
        }
    }

    /// What the client calls it, without the folders that some send along.
    private static @Nullable String name(FileItemInput part) {
        try {
            var name = part.getName();
            return name == null ? null : name.substring(1 + Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')));
        } catch (RuntimeException _) { // of names with a NUL
            return null;
        }
    }

    /// Here it only iterates over parts: the library's other ways write files, and need a factory that this has not.
    private static final class Form extends AbstractFileUpload<MemoryBody, DiskFileItem, DiskFileItemFactory> {
        @Override
        public FileItemInputIterator getItemIterator(MemoryBody body) throws IOException {
            return getItemIterator((RequestContext) body);
        }

        @Override
        public Map<String, List<DiskFileItem>> parseParameterMap(MemoryBody body) throws FileUploadException {
            return parseParameterMap((RequestContext) body);
        }

        @Override
        public List<DiskFileItem> parseRequest(MemoryBody body) throws FileUploadException {
            return parseRequest((RequestContext) body);
        }
    }

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record MemoryBody(String type, byte[] bytes) implements RequestContext {
        @Override
        public String getCharacterEncoding() {
            return StandardCharsets.UTF_8.name();
        }

        @Override
        public long getContentLength() {
            return bytes.length;
        }

        @Override
        public String getContentType() {
            return type;
        }

        @Override
        public InputStream getInputStream() {
            return new ByteArrayInputStream(bytes);
        }

        @Override
        public boolean isMultipartRelated() {
            return false;
        }
    }
}
