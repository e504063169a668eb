package org.mobilenet4j;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.BindingPatternTree;
import com.sun.source.tree.CaseTree;
import com.sun.source.tree.DefaultCaseLabelTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.PatternCaseLabelTree;
import com.sun.source.tree.SwitchExpressionTree;
import com.sun.source.tree.SwitchTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePathScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mobilenet4j.arch.Layer;
import org.mobilenet4j.arch.Leaf;

/// Switches over [Layer] name every layer, so that the compiler names each place that must know a new one. The peers
/// of the benchmarks build a folded MobileNet alone, and refuse every other layer by a default.
class LayerSwitchesTest {
    private static final Set<String> LAYERS = names(Layer.class);
    private static final Set<String> LEAVES = names(Leaf.class);
    private static final int FEWEST = 30;

    @Test
    void noneHasADefault() throws IOException {
        var sources = new ArrayList<Path>();
        try (var modules = Files.newDirectoryStream(Path.of(".."), path -> Files.isDirectory(path.resolve("src")))) {
            for (var module : modules) {
                sources.addAll(sources(module.resolve("src")));
            }
        }
        var files = ToolProvider.getSystemJavaCompiler().getStandardFileManager(null, null, null);
        var scan = new Scan(files.getJavaFileObjectsFromPaths(sources));

        assertThat(scan.found).isEmpty();
        assertThat(scan.switches).isGreaterThan(FEWEST);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "case Conv conv -> 1; default -> 0;",
                "case org.mobilenet4j.arch.Conv conv -> 1; case null, default -> 0;",
                "case Conv conv -> 1; case Layer other -> 0;",
                "case Sequence sequence -> 2; case Parallel parallel -> 1; case Conv conv -> 1; case Leaf leaf -> 0;",
            })
    void findsWhatStandsForLayersThatItDoesNotName(String cases) throws IOException {
        assertThat(new Scan(List.of(source(cases))).found).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "case Sequence sequence -> 2; case Parallel parallel -> 1; case Leaf leaf -> 0;",
                "case Leaf leaf when leaf.isOdd() -> 1; case Conv conv -> 2;",
                "case String text -> 1; default -> 0;",
            })
    void letsOtherSwitchesBe(String cases) throws IOException {
        assertThat(new Scan(List.of(source(cases))).found).isEmpty();
    }

    private static List<Path> sources(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(path -> path.toString().endsWith(".java"))
                    .filter(path -> !path.startsWith(folder.resolve("test")))
                    .filter(path -> !path.startsWith(folder.resolve("peers")))
                    .toList();
        }
    }

    private static JavaFileObject source(String cases) {
        var text = "class Given { int of(Object layer) { return switch (layer) { " + cases + " }; } }";
        return new SimpleJavaFileObject(URI.create("string:///Given.java"), JavaFileObject.Kind.SOURCE) {
            @Override
            public String getCharContent(boolean ignoresErrors) {
                return text;
            }
        };
    }

    /// The simple names of `type` and of all that it permits.
    private static Set<String> names(Class<?> type) {
        var names = new HashSet<>(Set.of(type.getSimpleName()));
        if (type.isSealed()) {
            Arrays.stream(type.getPermittedSubclasses()).forEach(inner -> names.addAll(names(inner)));
        }
        return names;
    }

    /// Looks through the switches over layers of some sources.
    private static final class Scan extends TreePathScanner<Void, Trees> {
        private final List<String> found = new ArrayList<>();
        private int switches;

        Scan(Iterable<? extends JavaFileObject> sources) throws IOException {
            var compiler = ToolProvider.getSystemJavaCompiler();
            var task = (JavacTask) compiler.getTask(null, null, null, List.of("-proc:none"), null, sources);
            var trees = Trees.instance(task);
            for (var unit : task.parse()) {
                scan(unit, trees);
            }
        }

        @Override
        public Void visitSwitch(SwitchTree tree, Trees trees) {
            check(tree, tree.getCases(), trees);
            return super.visitSwitch(tree, trees);
        }

        @Override
        public Void visitSwitchExpression(SwitchExpressionTree tree, Trees trees) {
            check(tree, tree.getCases(), trees);
            return super.visitSwitchExpression(tree, trees);
        }

        private void check(Tree tree, List<? extends CaseTree> cases, Trees trees) {
            var all = types(cases);
            if (all.stream().noneMatch(LAYERS::contains)) {
                return;
            }
            switches++;
            var whole =
                    types(cases.stream().filter(each -> each.getGuard() == null).toList());
            boolean namesLeaves = all.stream().anyMatch(name -> LEAVES.contains(name) && !name.equals("Leaf"));
            boolean hasDefault = cases.stream()
                    .flatMap(each -> each.getLabels().stream())
                    .anyMatch(DefaultCaseLabelTree.class::isInstance);
            if (hasDefault || whole.contains("Layer") || (whole.contains("Leaf") && namesLeaves)) {
                var unit = getCurrentPath().getCompilationUnit();
                long at = trees.getSourcePositions().getStartPosition(unit, tree);
                found.add(
                        unit.getSourceFile().getName() + ":" + unit.getLineMap().getLineNumber(at));
            }
        }

        /// The simple names of the types that the cases ask for.
        private static List<String> types(List<? extends CaseTree> cases) {
            return cases.stream()
                    .flatMap(each -> each.getLabels().stream())
                    .filter(label -> label instanceof PatternCaseLabelTree pattern
                            && pattern.getPattern() instanceof BindingPatternTree)
                    .map(label -> ((BindingPatternTree) ((PatternCaseLabelTree) label).getPattern())
                            .getVariable()
                            .getType())
                    .map(type -> type instanceof MemberSelectTree select
                            ? select.getIdentifier().toString()
                            : String.valueOf(type))
                    .toList();
        }
    }
}
