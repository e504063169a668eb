package org.mobilenet4j.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.module.ModuleDescriptor;
import java.lang.reflect.Executable;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.mobilenet4j.arch.zoo.ConvTail;

/// What every class that others can use owes them: a `toString` of its own, `equals` and `hashCode` together, and a
/// refusal of `null` that names the parameter.
class PublicApiTest {
    private static final List<String> MODULES = List.of("library", "formats", "default");

    /// What is optional alone; annotations cannot be seen when tests run.
    private static final Set<Class<?>> TAKE_NULL = Set.of(ConvTail.class);

    /// Public classes in exported packages of our modules.
    private static List<Class<?>> exported() throws IOException, ClassNotFoundException {
        var all = new ArrayList<Class<?>>();
        for (var module : MODULES) {
            var root = Path.of("..", module, "target", "classes");
            var packages = new TreeSet<String>();
            try (var info = Files.newInputStream(root.resolve("module-info.class"))) {
                ModuleDescriptor.read(info).exports().forEach(export -> packages.add(export.source()));
            }
            for (var name : packages) {
                try (var files = Files.list(root.resolve(name.replace('.', '/')))) {
                    for (var file : files.map(path -> String.valueOf(path.getFileName()))
                            .filter(file -> file.endsWith(".class") && !file.equals("package-info.class"))
                            .toList()) {
                        all.add(Class.forName(
                                name + "." + file.substring(0, file.length() - ".class".length()),
                                false,
                                PublicApiTest.class.getClassLoader()));
                    }
                }
            }
        }
        return all.stream().filter(PublicApiTest::isPublic).toList();
    }

    private static boolean isPublic(Class<?> type) {
        return Stream.<Class<?>>iterate(type, Objects::nonNull, Class::getEnclosingClass)
                .allMatch(each -> Modifier.isPublic(each.getModifiers()));
    }

    /// Whether there are objects of it, which others see.
    private static boolean hasObjects(Class<?> type) {
        return !type.isInterface()
                && !Throwable.class.isAssignableFrom(type)
                && (type.getConstructors().length > 0
                        || Stream.of(type.getDeclaredMethods())
                                .anyMatch(method -> Modifier.isPublic(method.getModifiers())
                                        && !Modifier.isStatic(method.getModifiers())));
    }

    private static Class<?> owner(Class<?> type, String method, Class<?>... parameters) {
        try {
            return type.getMethod(method, parameters).getDeclaringClass();
        } catch (NoSuchMethodException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void everyClassSaysWhatItIs() throws Exception {
        assertThat(exported())
                .hasSizeGreaterThan(200)
                .filteredOn(PublicApiTest::hasObjects)
                .filteredOn(type -> owner(type, "toString") == Object.class)
                .isEmpty();
    }

    @Test
    void equalsAndHashCodeBelongTogether() throws Exception {
        assertThat(exported())
                .filteredOn(PublicApiTest::hasObjects)
                .filteredOn(type -> (owner(type, "equals", Object.class) == Object.class)
                        != (owner(type, "hashCode") == Object.class))
                .isEmpty();
    }

    /// An array is equal to no other, whatever is in it.
    @Test
    void recordsHaveNoArrays() throws Exception {
        assertThat(exported())
                .filteredOn(Class::isRecord)
                .filteredOn(type -> Stream.of(type.getRecordComponents())
                        .anyMatch(part -> part.getType().isArray()))
                .isEmpty();
    }

    @Test
    void nullIsRefusedByName() throws Exception {
        var wrong = new ArrayList<String>();
        for (var type : exported()) {
            if (!Modifier.isAbstract(type.getModifiers()) && !Throwable.class.isAssignableFrom(type)) {
                for (var constructor : type.getConstructors()) {
                    refuses(constructor, constructor::newInstance, wrong);
                }
            }
            for (var method : type.getDeclaredMethods()) {
                boolean isOurs = !method.isSynthetic()
                        && !(type.isEnum() && method.getName().equals("valueOf"));
                if (isOurs && Modifier.isStatic(method.getModifiers()) && Modifier.isPublic(method.getModifiers())) {
                    refuses(method, arguments -> method.invoke(null, arguments), wrong);
                }
            }
        }
        assertThat(wrong).isEmpty();
    }

    private interface Call {
        @Nullable
        Object with(Object... arguments) throws ReflectiveOperationException;
    }

    /// With `null` for all parameters that are objects.
    private static void refuses(Executable called, Call call, List<String> wrong) throws ReflectiveOperationException {
        var objects = Stream.of(called.getParameters())
                .filter(parameter -> !parameter.getType().isPrimitive())
                .map(Parameter::getName)
                .toList();
        if (objects.isEmpty() || TAKE_NULL.contains(called.getDeclaringClass())) {
            return;
        }
        try {
            call.with(Arrays.stream(called.getParameterTypes())
                    .map(PublicApiTest::anything)
                    .toArray());
            wrong.add(called.toGenericString() + " takes null");
        } catch (InvocationTargetException e) {
            var problem = e.getCause();
            var text = String.valueOf(problem.getMessage());
            if (!(problem instanceof NullPointerException)
                    || objects.stream()
                            .noneMatch(name -> text.equals(name) || text.contains("\"" + name + "\" is null"))) {
                wrong.add(called.toGenericString() + ": " + problem);
            }
        }
    }

    private static @Nullable Object anything(Class<?> type) {
        if (!type.isPrimitive()) {
            return null;
        }
        return switch (type.getName()) {
            case "boolean" -> false;
            case "byte" -> (byte) 1;
            case "short" -> (short) 1;
            case "char" -> 'a';
            case "long" -> 1L;
            case "float" -> 0.5f;
            case "double" -> 0.5;
            default -> 1;
        };
    }
}
