package dev.hubferry.testbed;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;

/**
 * Calls {@link SharedParts} in the JVM's application class loader.
 *
 * <p>Quarkus loads test resources in several class loaders; a static field there would be one per loader, and gone
 * when it is closed.
 */
final class JvmWide {
    private JvmWide() {}

    static String call(String method, String argument) {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        ClassLoader wide = ClassLoader.getSystemClassLoader();
        thread.setContextClassLoader(wide);
        try {
            Method target = wide.loadClass(SharedParts.class.getName()).getDeclaredMethod(method, String.class);
            target.setAccessible(true);
            return (String) target.invoke(null, argument);
        } catch (InvocationTargetException e) {
            throw new TestbedException("shared part failed: " + e.getCause(), e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new TestbedException("shared parts are not on the application's class path", e);
        } finally {
            thread.setContextClassLoader(before);
        }
    }
}
