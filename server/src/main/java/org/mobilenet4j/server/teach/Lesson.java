package org.mobilenet4j.server.teach;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.mobilenet4j.server.teach.TeachingException.Reason;
import org.mobilenet4j.text.OneLine;

/// The classes of a session and their photos, within [TeachingLimits]. Safe for threads.
final class Lesson {
    private static final int LONGEST_LABEL = 60;

    private final TeachingLimits limits;
    private final Map<String, List<TaughtPhoto>> classes = new LinkedHashMap<>();
    private int photos;
    private long bytes;
    private int lastId;

    Lesson(TeachingLimits limits) {
        this.limits = limits;
    }

    /// Adds a photo to a class, which begins with its first photo; returns the photo's number.
    synchronized int add(String label, byte[] content) throws TeachingException {
        checkLabel(label);
        if (photos == limits.photos()) {
            throw full("a session has at most " + limits.photos() + " photos; remove some");
        }
        if (bytes + content.length > limits.bytes()) {
            throw full("a session has at most " + (limits.bytes() >> 20) + " MiB of photos; send smaller ones");
        }
        if (!classes.containsKey(label) && classes.size() == limits.classes()) {
            throw full("a session has at most " + limits.classes() + " classes; remove one");
        }
        var photo = new TaughtPhoto(++lastId, content);
        classes.computeIfAbsent(label, _ -> new ArrayList<>()).add(photo);
        photos++;
        bytes += content.length;
        return photo.id();
    }

    /// Removes a photo, and its class if that was the last.
    synchronized void remove(String label, int id) throws TeachingException {
        var kept = classOf(label);
        var photo = kept.stream()
                .filter(each -> each.id() == id)
                .findFirst()
                .orElseThrow(() -> missing("there is no photo " + id + " of '" + OneLine.of(label) + "'"));
        kept.remove(photo);
        forget(photo);
        if (kept.isEmpty()) {
            classes.remove(label);
        }
    }

    synchronized void removeClass(String label) throws TeachingException {
        classOf(label).forEach(this::forget);
        classes.remove(label);
    }

    /// Gives a class another name; its place among the classes stays.
    synchronized void rename(String label, String to) throws TeachingException {
        classOf(label);
        checkLabel(to);
        if (to.equals(label)) {
            return;
        }
        if (classes.containsKey(to)) {
            throw new TeachingException(Reason.BAD, "there is a class '" + OneLine.of(to) + "' already");
        }
        var before = new LinkedHashMap<>(classes);
        classes.clear();
        before.forEach((each, its) -> classes.put(each.equals(label) ? to : each, its));
    }

    /// The number of photos of each class.
    synchronized Map<String, Integer> counts() {
        var counts = new LinkedHashMap<String, Integer>();
        classes.forEach((label, its) -> counts.put(label, its.size()));
        return counts;
    }

    /// The photos as they are now.
    synchronized TaughtPhotos photos() throws TeachingException {
        if (classes.size() < 2) {
            throw new TeachingException(
                    Reason.NOT_YET, "there is nothing to tell apart yet; add photos of two classes");
        }
        var now = new LinkedHashMap<String, List<TaughtPhoto>>();
        classes.forEach((label, its) -> now.put(label, List.copyOf(its)));
        return new TaughtPhotos(now);
    }

    private void forget(TaughtPhoto photo) {
        photos--;
        bytes -= photo.bytes();
    }

    private List<TaughtPhoto> classOf(String label) throws TeachingException {
        var its = classes.get(label);
        if (its == null) {
            throw missing("there is no class '" + OneLine.of(label) + "'");
        }
        return its;
    }

    private static void checkLabel(String label) throws TeachingException {
        if (label.isBlank()
                || label.length() > LONGEST_LABEL
                || !OneLine.of(label).equals(label)) {
            throw new TeachingException(
                    Reason.BAD, "a class needs a name of 1 to " + LONGEST_LABEL + " printable characters");
        }
    }

    private static TeachingException full(String message) {
        return new TeachingException(Reason.FULL, message);
    }

    private static TeachingException missing(String message) {
        return new TeachingException(Reason.MISSING, message);
    }
}
