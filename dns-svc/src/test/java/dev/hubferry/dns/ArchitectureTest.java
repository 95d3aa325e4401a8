package dev.hubferry.dns;

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
            .importPackages("dev.hubferry.dns");

    @Test
    void domainIsPlainJava() {
        classes()
                .that()
                .resideInAPackage("..dns.domain..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("..dns.domain..", "dev.hubferry.contracts..", "java..", "org.jspecify..")
                .check(CLASSES);
    }

    @Test
    void messagingKnowsTheDomainAndTheKit() {
        noClasses()
                .that()
                .resideInAPackage("..dns.messaging..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("..dns.adapter..", "..dns.config..")
                .check(CLASSES);
    }

    @Test
    void adaptersKnowTheDomainAndTheirOwnLibrary() {
        noClasses()
                .that()
                .resideInAPackage("..dns.adapter..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "..dns.messaging..",
                        "..dns.config..",
                        "dev.hubferry.messaging..",
                        "io.quarkus..",
                        "io.smallrye..",
                        "jakarta..")
                .check(CLASSES);
        onlyIn("..adapter.dnsjava..", "org.xbill..");
        onlyIn("..adapter.namecheap..", "com.google..");
        onlyIn("..adapter.namecheap..", "java.net.http..");
        onlyIn("..adapter.postgres..", "java.sql..");
    }

    @Test
    void adaptersDoNotKnowEachOther() {
        SlicesRuleDefinition.slices()
                .matching("dev.hubferry.dns.adapter.(*)..")
                .should()
                .notDependOnEachOther()
                .check(CLASSES);
    }

    @Test
    void configurationKnowsNothing() {
        classes()
                .that()
                .resideInAPackage("..dns.config..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("..dns.config..", "java..", "io.smallrye.config..", "org.jspecify..")
                .check(CLASSES);
    }

    private static void onlyIn(String room, String library) {
        noClasses()
                .that()
                .resideOutsideOfPackage(room)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(library)
                .check(CLASSES);
    }
}
