package org.mobilenet4j.data.shard;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.mobilenet4j.data.Names;

/// Which folders of archives are classes: the first that branch. Folders around them are passed through, and
/// training and validation photos side by side (`train/cat`, `val/cat`) told apart.
final class Layout {
    /// A part of the photos.
    enum Part {
        TRAIN,
        VALIDATION;

        /// How the names of its folders begin, the better first.
        private List<String> starts() {
            return this == TRAIN ? List.of("train") : List.of("val", "test", "t10k");
        }

        private List<String> of(Collection<String> names) {
            for (var start : starts()) {
                var found = names.stream()
                        .filter(name -> name.toLowerCase(Locale.ROOT).startsWith(start))
                        .toList();
                if (!found.isEmpty()) {
                    return found;
                }
            }
            return List.of();
        }
    }

    /// More folders than this side by side are classes, whatever their names.
    private static final int MOST_PARTS = 4;

    /// Folders around the classes that are passed through, at most.
    private static final int MOST_WRAPPERS = 16;

    private final String root;
    private final boolean divided;
    private final Collection<String> top;

    private Layout(String root, boolean divided, Collection<String> top) {
        this.root = root;
        this.divided = divided;
        this.top = top;
    }

    /// The layout of archives with photos in these folders.
    static Layout of(Collection<String> folders) {
        var below = folders.stream().map(folder -> folder + "/").toList();
        var root = "";
        for (int depth = 0; ; depth++) {
            var top = new TreeSet<String>();
            boolean nested = true;
            for (var folder : below) {
                var rest = folder.substring(root.length());
                int end = rest.indexOf('/');
                nested &= end >= 0 && end < rest.length() - 1;
                top.add(end < 0 ? "" : rest.substring(0, end));
            }
            boolean divided = nested
                    && top.size() <= MOST_PARTS
                    && !Part.TRAIN.of(top).isEmpty()
                    && !Part.VALIDATION.of(top).isEmpty();
            if (divided || !nested || top.size() != 1 || depth == MOST_WRAPPERS) {
                return new Layout(root, divided, top);
            }
            root += top.first() + "/";
        }
    }

    /// Whether there are training and validation photos.
    boolean isDivided() {
        return divided;
    }

    /// The class of the photos in `folder`, or null if they do not belong to `part`.
    @Nullable
    String label(String folder, Part part) {
        var names = folder.substring(root.length()).split("/", -1);
        if (!divided) {
            return part == Part.TRAIN ? names[0] : null;
        }
        return part.of(top).contains(names[0]) ? names[1] : null;
    }

    /// The folder of the file called `entry`, without what roots it (`/`, `./`); empty if it lies in none or is
    /// passed over.
    static String folder(String entry) {
        var parts = new ArrayList<String>();
        for (var part : entry.split("/", -1)) {
            if (part.isEmpty() || part.equals(".")) {
                continue;
            }
            if (Names.isPassedOver(part)) {
                return "";
            }
            parts.add(part);
        }
        return String.join("/", parts.subList(0, Math.max(0, parts.size() - 1)));
    }
}
