package org.mobilenet4j.packages;

import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.constantpool.Utf8Entry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// The packages of one module as a table: a line `package: those it uses`, without `org.mobilenet4j.` before the names.
/// A package uses only those of lines above its own, so that there are no circles.
public final class PackageTable {
    /// A class of ours in a class file, in names, descriptors and signatures alike.
    private static final Pattern CLASS = Pattern.compile("org/mobilenet4j/([a-z0-9/]+)/[A-Z]");

    private final Map<String, Set<String>> permitted = new LinkedHashMap<>();

    public PackageTable(String table) {
        for (var line : table.lines().toList()) {
            int colon = line.indexOf(':');
            permitted.put(
                    line.substring(0, colon).strip(),
                    Set.of(line.substring(colon + 1).strip().split("\\s+", 0)));
        }
    }

    /// What the class files below `classes` and the table do not agree in, a sentence each.
    public List<String> contradictions(Path classes) throws IOException {
        var used = uses(classes);
        var problems = new ArrayList<String>();
        var above = new HashSet<String>(Set.of(""));
        permitted.forEach((from, targets) -> {
            if (!used.containsKey(from)) {
                problems.add("the table names " + from + ", which has no classes");
            }
            for (var to : targets) {
                if (!above.contains(to)) {
                    problems.add("the table lets " + from + " use " + to + ", which is not in a line above");
                }
                if (!to.isEmpty() && !used.getOrDefault(from, Map.of()).containsKey(to)) {
                    problems.add("the table lets " + from + " use " + to + ", but it does not");
                }
            }
            above.add(from);
        });
        used.forEach((from, targets) -> {
            if (!permitted.containsKey(from)) {
                problems.add("the table does not name " + from);
                return;
            }
            targets.forEach((to, user) -> {
                if (!permitted.get(from).contains(to)) {
                    problems.add(from + " may not use " + to + ", but its " + user + " does");
                }
            });
        });
        return problems;
    }

    /// Each package with the others of the same module that it uses, and a class that does.
    private static Map<String, Map<String, String>> uses(Path classes) throws IOException {
        var used = new TreeMap<String, Map<String, String>>();
        var root = classes.resolve("org/mobilenet4j");
        try (var files = Files.walk(root)) {
            for (var file : (Iterable<Path>) files.filter(PackageTable::isClass)::iterator) {
                var from = dotted(root.relativize(file.getParent()).toString());
                var targets = used.computeIfAbsent(from, _ -> new TreeMap<>());
                for (var entry : ClassFile.of().parse(file).constantPool()) {
                    if (entry instanceof Utf8Entry text) {
                        CLASS.matcher(text.stringValue())
                                .results()
                                .map(found -> dotted(found.group(1)))
                                .filter(to -> !to.equals(from))
                                .forEach(to -> targets.putIfAbsent(to, simpleName(file)));
                    }
                }
            }
        }
        used.values().forEach(targets -> targets.keySet().retainAll(used.keySet()));
        return used;
    }

    private static boolean isClass(Path file) {
        var name = file.getFileName().toString();
        return name.endsWith(".class") && !name.equals("package-info.class");
    }

    private static String simpleName(Path file) {
        return file.getFileName().toString().replace(".class", "");
    }

    private static String dotted(String path) {
        return path.replace('/', '.');
    }
}
