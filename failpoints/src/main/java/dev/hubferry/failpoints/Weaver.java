package dev.hubferry.failpoints;

import static java.lang.constant.ConstantDescs.CD_String;
import static java.lang.constant.ConstantDescs.CD_boolean;
import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.CD_void;

import dev.hubferry.failpoints.scan.Points;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.MethodModel;
import java.lang.classfile.MethodTransform;
import java.lang.classfile.instruction.ReturnInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.lang.instrument.ClassFileTransformer;
import java.security.ProtectionDomain;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Puts a call at the beginning and before every return of each method that is a failpoint. */
final class Weaver implements ClassFileTransformer {
    private static final String OURS = "dev/hubferry/";
    private static final String AGENT = "dev/hubferry/failpoints/";
    private static final ClassDesc HALTS = ClassDesc.of(Halts.class.getName());
    private static final MethodTypeDesc NAMED = MethodTypeDesc.of(CD_void, CD_String);
    private static final MethodTypeDesc RESULT_AND_NAME = MethodTypeDesc.of(CD_void, CD_int, CD_String);

    @Override
    public byte @Nullable [] transform(
            @Nullable ClassLoader loader,
            @Nullable String name,
            @Nullable Class<?> redefined,
            @Nullable ProtectionDomain domain,
            byte[] bytes) {
        if (name == null || loader == null || !name.startsWith(OURS) || name.startsWith(AGENT)) {
            return null;
        }
        try {
            return woven(loader, bytes).orElse(null);
        } catch (RuntimeException | Error e) {
            // The JVM would swallow it and run the class as it is.
            e.printStackTrace();
            return null;
        }
    }

    /** Empty when the class has no failpoint. */
    static Optional<byte[]> woven(ClassLoader loader, byte[] bytes) {
        ClassFile files = ClassFile.of(ClassFile.ClassHierarchyResolverOption.of(
                ClassHierarchyResolver.ofResourceParsing(loader).orElse(ClassHierarchyResolver.defaultResolver())));
        ClassModel model = files.parse(bytes);
        if (model.methods().stream().allMatch(method -> Points.of(method).isEmpty())) {
            return Optional.empty();
        }
        ClassTransform transform = (builder, element) -> {
            if (element instanceof MethodModel method && Points.of(method).isPresent()) {
                builder.transformMethod(
                        method,
                        MethodTransform.transformingCode(
                                new Hooks(Points.of(method).get(), countsWhatItDid(method))));
            } else {
                builder.with(element);
            }
        };
        return Optional.of(files.transformClass(model, transform));
    }

    private static boolean countsWhatItDid(MethodModel method) {
        ClassDesc result = method.methodTypeSymbol().returnType();
        return result.equals(CD_int) || result.equals(CD_boolean);
    }

    /** @param counts whether the result says, by 0 or false, that nothing was done */
    private record Hooks(String point, boolean counts) implements CodeTransform {
        @Override
        public void atStart(CodeBuilder builder) {
            builder.ldc(point).invokestatic(HALTS, "before", NAMED);
        }

        @Override
        public void accept(CodeBuilder builder, CodeElement element) {
            if (element instanceof ReturnInstruction) {
                after(builder);
            }
            builder.with(element);
        }

        private void after(CodeBuilder builder) {
            if (counts) {
                builder.dup().ldc(point).invokestatic(HALTS, "after", RESULT_AND_NAME);
            } else {
                builder.ldc(point).invokestatic(HALTS, "after", NAMED);
            }
        }
    }
}
