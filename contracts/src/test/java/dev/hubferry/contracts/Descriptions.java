package dev.hubferry.contracts;

import com.sun.source.doctree.DocCommentTree;
import com.sun.source.doctree.DocTree;
import com.sun.source.doctree.LinkTree;
import com.sun.source.doctree.LiteralTree;
import com.sun.source.doctree.ParamTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/**
 * What the records' Javadoc says, read from their sources, so that a document for people outside says what those who change a record read
 * beside it.
 */
final class Descriptions {
    private static final Path SOURCES = Path.of("src/main/java/dev/hubferry/contracts");

    private final Map<String, DocCommentTree> comments = new HashMap<>();

    private Descriptions() {}

    static Descriptions read() throws IOException {
        var compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null);
                Stream<Path> sources = Files.list(SOURCES)) {
            JavacTask task = (JavacTask) compiler.getTask(
                    null, files, null, List.of(), null, files.getJavaFileObjectsFromPaths(sources.toList()));
            Descriptions read = new Descriptions();
            Scanner scanner = read.new Scanner(DocTrees.instance(task));
            for (CompilationUnitTree unit : task.parse()) {
                var unused = scanner.scan(unit, null);
            }
            return read;
        }
    }

    /** What a record, an enum or a constant of one is for; in one paragraph. */
    Optional<String> of(Class<?> type) {
        return Optional.ofNullable(comments.get(name(type)))
                .map(comment -> text(comment.getFullBody()))
                .filter(text -> !text.isEmpty());
    }

    /** What a component of a record is. */
    Optional<String> ofComponent(Class<?> type, String component) {
        return Optional.ofNullable(comments.get(name(type))).stream()
                .flatMap(comment -> comment.getBlockTags().stream())
                .filter(ParamTree.class::isInstance)
                .map(ParamTree.class::cast)
                .filter(param -> param.getName().toString().equals(component))
                .map(param -> text(param.getDescription()))
                .findFirst();
    }

    /** Without the package, as it is written: {@code MigrationEvent.StepFailed}. */
    private static String name(Class<?> type) {
        return type.getName().substring(type.getPackageName().length() + 1).replace('$', '.');
    }

    private static String text(List<? extends DocTree> parts) {
        return parts.stream()
                .map(Descriptions::text)
                .collect(Collectors.joining())
                .replaceAll("\\s+", " ")
                .strip();
    }

    private static String text(DocTree part) {
        return switch (part) {
            case LiteralTree literal -> literal.getBody().getBody();
            case LinkTree link -> linked(link.getReference().getSignature());
            case DocTree other ->
                switch (other.getKind()) {
                    case START_ELEMENT, END_ELEMENT -> " ";
                    default -> other.toString();
                };
        };
    }

    /** An event by the name that it has outside. */
    private static String linked(String signature) {
        for (Class<?> event : MigrationEvent.class.getPermittedSubclasses()) {
            if (event.getSimpleName().equals(signature)) {
                return event.getAnnotation(WireType.class).value();
            }
        }
        return signature;
    }

    private final class Scanner extends TreePathScanner<@Nullable Void, @Nullable Void> {
        private final DocTrees trees;

        private Scanner(DocTrees trees) {
            this.trees = trees;
        }

        @Override
        public @Nullable Void visitClass(ClassTree node, @Nullable Void unused) {
            DocCommentTree comment = trees.getDocCommentTree(getCurrentPath());
            if (comment != null) {
                comments.put(path(getCurrentPath()), comment);
            }
            return super.visitClass(node, unused);
        }

        private static String path(TreePath path) {
            StringBuilder name = new StringBuilder();
            for (TreePath at = path; at != null; at = at.getParentPath()) {
                if (at.getLeaf() instanceof ClassTree type) {
                    name.insert(0, name.isEmpty() ? type.getSimpleName() : type.getSimpleName() + ".");
                }
            }
            return name.toString();
        }
    }
}
