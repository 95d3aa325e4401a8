package dev.hubferry.failpoints;

import java.io.File;
import java.lang.instrument.Instrumentation;

/** The agent's entry: {@code -javaagent:JAR=CONTROL-DIRECTORY}. */
public final class Agent {
    private Agent() {}

    /** Called by the JVM before {@code main}. */
    public static void premain(String controlDirectory, Instrumentation instrumentation) {
        Halts.watch(new File(controlDirectory));
        instrumentation.addTransformer(new Weaver());
    }
}
