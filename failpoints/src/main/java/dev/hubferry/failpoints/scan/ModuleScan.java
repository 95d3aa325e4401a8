package dev.hubferry.failpoints.scan;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeElement;
import java.lang.classfile.MethodModel;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.constant.ConstantDesc;
import java.lang.constant.DirectMethodHandleDesc;
import java.lang.reflect.AccessFlag;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The methods of a module, what each calls, and which are failpoints; a lambda counts as part of the method that it stands in. */
final class ModuleScan {
    private final Map<MethodId, Facts> methods = new HashMap<>();

    private record Facts(Optional<String> point, boolean isPrivate, Set<MethodId> calls) {}

    private ModuleScan() {}

    /** @param classes folder of class files */
    static ModuleScan of(Path classes) throws IOException {
        ModuleScan scan = new ModuleScan();
        try (Stream<Path> files = Files.walk(classes)) {
            List<Path> found =
                    files.filter(file -> file.toString().endsWith(".class")).toList();
            if (found.isEmpty()) {
                throw new IllegalStateException("no classes in " + classes);
            }
            found.forEach(scan::read);
        }
        return scan;
    }

    private void read(Path file) {
        try {
            ClassModel model = ClassFile.of().parse(Files.readAllBytes(file));
            model.methods().forEach(this::read);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void read(MethodModel method) {
        Set<MethodId> calls = new HashSet<>();
        method.code().ifPresent(code -> code.forEach(element -> calls.addAll(calls(element))));
        methods.put(id(method), new Facts(Points.of(method), method.flags().has(AccessFlag.PRIVATE), calls));
    }

    private static MethodId id(MethodModel method) {
        return new MethodId(
                method.parent().orElseThrow().thisClass().asInternalName(),
                method.methodName().stringValue(),
                method.methodType().stringValue());
    }

    private static Set<MethodId> calls(CodeElement element) {
        return switch (element) {
            case InvokeInstruction call ->
                Set.of(new MethodId(
                        call.owner().asInternalName(),
                        call.name().stringValue(),
                        call.type().stringValue()));
            case InvokeDynamicInstruction lambda ->
                lambda.bootstrapArgs().stream().flatMap(ModuleScan::referred).collect(Collectors.toSet());
            default -> Set.of();
        };
    }

    private static Stream<MethodId> referred(ConstantDesc argument) {
        if (!(argument instanceof DirectMethodHandleDesc handle)) {
            return Stream.of();
        }
        String owner = handle.owner().descriptorString();
        return Stream.of(
                new MethodId(owner.substring(1, owner.length() - 1), handle.methodName(), handle.lookupDescriptor()));
    }

    /** All methods that are no lambda. */
    Set<MethodId> methods() {
        return methods.keySet().stream().filter(method -> !method.isLambda()).collect(Collectors.toSet());
    }

    Optional<String> point(MethodId method) {
        return facts(method).point();
    }

    boolean isPrivate(MethodId method) {
        return facts(method).isPrivate();
    }

    /** What the method calls, in its lambdas too. */
    Set<MethodId> calls(MethodId method) {
        Set<MethodId> all = new HashSet<>();
        for (MethodId called : facts(method).calls()) {
            if (called.isLambda() && methods.containsKey(called)) {
                all.addAll(calls(called));
            } else {
                all.add(called);
            }
        }
        return all;
    }

    /** Who of the module calls the method. */
    Set<MethodId> callers(MethodId method) {
        return methods().stream()
                .filter(caller -> !caller.equals(method) && calls(caller).contains(method))
                .collect(Collectors.toSet());
    }

    private Facts facts(MethodId method) {
        Facts facts = methods.get(method);
        if (facts == null) {
            throw new IllegalArgumentException("no method " + method);
        }
        return facts;
    }
}
