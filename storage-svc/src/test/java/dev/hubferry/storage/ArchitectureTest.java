package dev.hubferry.storage;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.hubferry.storage");

    @Test
    void domainIsPlainJava() {
        classes()
                .that()
                .resideInAPackage("..storage.domain..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("..storage.domain..", "dev.hubferry.contracts..", "java..", "org.jspecify..")
                .check(CLASSES);
    }

    @Test
    void messagingKnowsTheDomainAndTheKit() {
        noClasses()
                .that()
                .resideInAPackage("..storage.messaging..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("..storage.adapter..", "..storage.config..")
                .check(CLASSES);
    }

    @Test
    void adaptersKnowTheDomainAndTheirOwnLibrary() {
        noClasses()
                .that()
                .resideInAPackage("..storage.adapter..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "..storage.messaging..",
                        "..storage.config..",
                        "dev.hubferry.messaging..",
                        "io.quarkus..",
                        "io.smallrye..",
                        "jakarta..")
                .check(CLASSES);
        noClasses()
                .that()
                .resideOutsideOfPackage("..adapter.ssh..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("net.schmizz..")
                .check(CLASSES);
    }

    @Test
    void hostsAreReachedThroughTheRemoteShellOnly() {
        noClasses()
                .that()
                .haveSimpleNameNotStartingWith("Sshj")
                .and()
                .doNotHaveSimpleName("PinnedHostKey")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("net.schmizz..")
                .check(CLASSES);
    }

    @Test
    void configurationKnowsNothing() {
        classes()
                .that()
                .resideInAPackage("..storage.config..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("..storage.config..", "java..", "io.smallrye.config..", "org.jspecify..")
                .check(CLASSES);
    }
}
