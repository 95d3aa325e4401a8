package dev.hubferry.system.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hubferry.sandbox.world.Service;
import dev.hubferry.system.Project;
import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.instruction.InvokeInstruction;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Nothing that is shipped can halt a service at a failpoint. */
class ProductionTest {
    private static final String OURS = "dev/hubferry/";
    private static final String AGENT = "dev/hubferry/failpoints/";
    private static final Set<String> ENDINGS = Set.of(
            "java/lang/System.exit",
            "java/lang/Runtime.exit",
            "java/lang/Runtime.halt",
            "java/lang/ProcessHandle.destroyForcibly");

    @ParameterizedTest
    @EnumSource
    void theServiceIsShippedWithoutTheAgentAndWithoutAnythingThatHalts(Service service) throws IOException {
        // Given
        Path application = Project.root().resolve(service.module()).resolve("target/quarkus-app");
        List<String> wrong = new ArrayList<>();
        List<String> seen = new ArrayList<>();

        // When
        try (Stream<Path> files = Files.walk(application)) {
            for (Path jar :
                    files.filter(file -> file.toString().endsWith(".jar")).toList()) {
                look(jar, seen, wrong);
            }
        }

        // Then
        assertThat(wrong).isEmpty();
        assertThat(seen).as("classes of ours that were looked at").hasSizeGreaterThan(50);
    }

    private static void look(Path file, List<String> seen, List<String> wrong) throws IOException {
        try (JarFile jar = new JarFile(file.toFile())) {
            if (jar.getManifest() != null
                    && jar.getManifest().getMainAttributes().getValue("Premain-Class") != null) {
                wrong.add(file.getFileName() + " is an agent");
            }
            for (JarEntry entry : jar.stream().toList()) {
                if (entry.getName().startsWith(AGENT)) {
                    wrong.add(file.getFileName() + " has " + entry.getName());
                } else if (entry.getName().startsWith(OURS) && entry.getName().endsWith(".class")) {
                    seen.add(entry.getName());
                    try (InputStream in = jar.getInputStream(entry)) {
                        look(ClassFile.of().parse(in.readAllBytes()), wrong);
                    }
                }
            }
        }
    }

    private static void look(ClassModel type, List<String> wrong) {
        type.methods()
                .forEach(method -> method.code()
                        .ifPresent(code -> code.forEach(element -> {
                            if (element instanceof InvokeInstruction call
                                    && ENDINGS.contains(call.owner().asInternalName() + "."
                                            + call.name().stringValue())) {
                                wrong.add(type.thisClass().asInternalName() + " calls " + call.name());
                            }
                        })));
    }
}
