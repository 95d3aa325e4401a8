package dev.hubferry.messaging;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.hubferry.messaging", "dev.hubferry.trace");

    @Test
    void dependsOnContractsAndTheFrameworkOnly() {
        classes()
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "dev.hubferry.messaging..",
                        "dev.hubferry.trace..",
                        "dev.hubferry.contracts..",
                        "java..",
                        "javax.sql..",
                        "jakarta..",
                        "io.micrometer.core..",
                        "io.opentelemetry..",
                        "io.quarkus..",
                        "io.smallrye..",
                        "org.eclipse.microprofile..",
                        "org.apache.kafka..",
                        "com.fasterxml.jackson..",
                        "org.flywaydb.core.api..",
                        "org.jboss.logging..",
                        "org.jspecify..")
                .check(CLASSES);
    }

    @Test
    void onlyTracesKnowOfOpenTelemetry() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.hubferry.trace")
                .and()
                .doNotHaveSimpleName("MessagingBeans")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.opentelemetry..")
                .check(CLASSES);
    }

    @Test
    void onlyTheWiringKnowsOfQuarkus() {
        noClasses()
                .that()
                .doNotHaveSimpleName("MessagingBeans")
                .and()
                .doNotHaveSimpleName("HealthBeans")
                .and()
                .doNotHaveSimpleName("MessagingLifecycle")
                .and()
                .doNotHaveSimpleName("MigrationLock")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("jakarta..", "io.quarkus..")
                .check(CLASSES);
    }
}
