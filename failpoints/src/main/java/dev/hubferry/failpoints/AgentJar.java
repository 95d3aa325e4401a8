package dev.hubferry.failpoints;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/** Makes the agent's jar out of the classes that are on the class path, so that no test depends on how far the build has come. */
public final class AgentJar {
    private static final List<Class<?>> CLASSES = List.of(
            Agent.class,
            Arm.class,
            ControlDirectory.class,
            HaltingPlace.class,
            Halts.class,
            Hit.class,
            Moment.class,
            Weaver.class,
            dev.hubferry.failpoints.scan.Points.class);

    private AgentJar() {}

    /** Writes the jar and returns it. */
    public static Path write(Path jar) throws IOException {
        Manifest manifest = new Manifest();
        Attributes main = manifest.getMainAttributes();
        main.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        main.putValue("Premain-Class", Agent.class.getName());
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream out = new JarOutputStream(file, manifest)) {
            for (Class<?> type : CLASSES) {
                add(out, type.getName().replace('.', '/') + ".class");
            }
            add(out, Weaver.class.getName().replace('.', '/') + "$Hooks.class");
        }
        return jar;
    }

    private static void add(JarOutputStream out, String name) throws IOException {
        try (InputStream in = AgentJar.class.getClassLoader().getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("no class " + name);
            }
            out.putNextEntry(new JarEntry(name));
            in.transferTo(out);
            out.closeEntry();
        }
    }
}
