package dev.hubferry.k8s;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.hubferry.k8s");

    @Test
    void domainIsPlainJava() {
        classes()
                .that()
                .resideInAPackage("..k8s.domain..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("..k8s.domain..", "dev.hubferry.contracts..", "java..", "org.jspecify..")
                .check(CLASSES);
    }

    @Test
    void domainHasNoCycles() {
        SlicesRuleDefinition.slices()
                .matching("dev.hubferry.k8s.domain.(*)..")
                .should()
                .beFreeOfCycles()
                .check(CLASSES);
    }

    @Test
    void messagingKnowsTheDomainAndTheKit() {
        noClasses()
                .that()
                .resideInAPackage("..k8s.messaging..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("..k8s.adapter..", "..k8s.config..")
                .check(CLASSES);
    }

    @Test
    void adaptersKnowTheDomainAndTheirOwnLibrary() {
        noClasses()
                .that()
                .resideInAPackage("..k8s.adapter..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "..k8s.messaging..",
                        "..k8s.config..",
                        "dev.hubferry.messaging..",
                        "io.quarkus..",
                        "io.smallrye..",
                        "jakarta..")
                .check(CLASSES);
        noClasses()
                .that()
                .resideOutsideOfPackage("..adapter.fabric8..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.fabric8..")
                .check(CLASSES);
    }

    @Test
    void adaptersDoNotKnowEachOther() {
        SlicesRuleDefinition.slices()
                .matching("dev.hubferry.k8s.adapter.(*)..")
                .should()
                .notDependOnEachOther()
                .check(CLASSES);
    }

    @Test
    void configurationKnowsNothing() {
        classes()
                .that()
                .resideInAPackage("..k8s.config..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("..k8s.config..", "java..", "io.smallrye.config..", "org.jspecify..")
                .check(CLASSES);
    }
}
